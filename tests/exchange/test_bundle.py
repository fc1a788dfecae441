"""A bundle of reports, pack and tables: what is in it, what must be there before it is written, and where it may go."""

import hashlib
import json
import os
import shutil
from datetime import UTC, datetime
from html.parser import HTMLParser

import nbformat
import pytest
from bundle_tools import NOTEBOOK, copy_run, entries, stamp
from command_line import call
from refusing_disks import call_on_disk

from nasssap_lib.chapter.notebooks import chapters
from nasssap_lib.exchange.bundle import Run, ShareError, share
from nasssap_lib.exchange.disclosure import DisclosureError
from nasssap_lib.exchange.verify import open_bundle
from nasssap_lib.pack.folders import data_root


def test_a_bundle_holds_reports_pack_tables_sources_and_manifest(bundle):
    files = entries(bundle.path)
    assert {
        "README.txt", "manifest.json", "index.html", f"reports/{NOTEBOOK}.ipynb", f"reports/{NOTEBOOK}.html",
        "data/raw/codebook.csv", "data/raw/SEN/country.toml", "data/raw/SEN/sources.csv",
        f"data/processed/SEN/{NOTEBOOK}/gaps.csv",
    } <= set(files)  # fmt: skip
    manifest = json.loads(files["manifest.json"])
    assert {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "manifest.json"
    } == {name: entry["sha256"] for name, entry in manifest["files"].items()}
    assert manifest["runs"][NOTEBOOK]["parameters"] == {}
    assert {"nasssap", "python", "pandas"} <= set(manifest["versions"])
    assert "coverage/gaps.py" in manifest["library"]
    assert hashlib.sha256(files["manifest.json"]).hexdigest() == bundle.digest
    assert datetime.fromisoformat(manifest["made"]).tzinfo == UTC


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found += [value for name, value in attributes if name == "href"]


def test_all_chapters_of_a_country_can_be_shared_and_verified(senegal, tmp_path):
    stamp(senegal / "reports" / "SEN")
    shared = share("SEN", tmp_path / "SEN.zip", out=senegal)
    files = entries(shared.path)
    notebooks = {name: len(content) for name, content in files.items() if name.endswith(".ipynb")}
    assert len(notebooks) == len(chapters())
    assert max(notebooks.values()) < 2_000_000
    assert not open_bundle(shared.path).changed


def test_the_start_page_leads_to_every_report_and_its_links_work_inside_the_zip(bundle, tmp_path):
    files = entries(bundle.path)
    links = Links()
    links.feed(files["index.html"].decode())
    assert {f"reports/{NOTEBOOK}.html", f"reports/{NOTEBOOK}.ipynb"} <= set(links.found)
    assert set(links.found) <= set(files)
    assert b"<script" not in files["index.html"]
    assert b'<html lang="fr">' in files["index.html"]
    assert b'href="../index.html#' in files[f"reports/{NOTEBOOK}.html"]


def test_the_readme_is_in_the_working_language_and_says_what_hashes_show(bundle):
    text = entries(bundle.path)["README.txt"].decode()
    assert "Sénégal" in text
    assert "ne prouvent pas qui l'a envoyé" in " ".join(text.split())
    assert "nasssap verify SEN.zip --rerun" in text
    assert max(map(len, text.splitlines())) < 100
    assert len(text.splitlines()) < 40


def test_the_same_runs_give_the_same_bytes(bundle, senegal, tmp_path):
    again = share("SEN", tmp_path / "SEN.zip", [NOTEBOOK], out=senegal)
    assert again.path.read_bytes() == bundle.path.read_bytes()


def test_no_trace_of_the_machine_and_every_output_is_there(bundle):
    notebook = nbformat.reads(entries(bundle.path)[f"reports/{NOTEBOOK}.ipynb"].decode(), as_version=4)
    assert set(notebook.metadata) == {"kernelspec", "language_info", "nasssap"}
    assert all(set(cell.metadata) <= {"tags"} for cell in notebook.cells)
    assert sum(bool(cell.get("outputs")) for cell in notebook.cells) > 5


def test_reports_that_are_missing_or_old_are_refused_with_what_to_run(senegal, tmp_path):
    with pytest.raises(ShareError, match=r"has not been run(.|\n)*first: nasssap run SEN"):
        share("SEN", tmp_path / "x.zip", out=tmp_path)
    packs = tmp_path / "packs"
    packs.mkdir()
    shutil.copy(data_root() / "codebook.csv", packs)
    shutil.copytree(data_root() / "SEN", packs / "SEN")
    sources = packs / "SEN" / "sources.csv"
    sources.write_text(sources.read_text("utf-8").replace("not stated", "not stated yet", 1), "utf-8")
    result = call("share", "SEN", "--to", tmp_path / "x.zip", "--data", packs, "--out", senegal)
    assert result.exit_code == 1
    assert "older than the pack" in result.output
    assert "first: nasssap run SEN" in result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "x.zip").exists()


def test_reports_of_other_code_and_tables_that_were_edited_are_refused(senegal, tmp_path):
    out = copy_run(senegal, tmp_path)
    table = out / "data" / "processed" / "SEN" / NOTEBOOK / "gaps.csv"
    table.write_text(table.read_text("utf-8").replace("0.1991", "0.2991", 1), "utf-8")
    result = call("share", "SEN", "--notebook", NOTEBOOK, "--out", out)
    assert (result.exit_code, "gaps.csv: not as the run wrote it" in result.output) == (1, True)
    report = out / "reports" / "SEN" / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(report, as_version=4)
    notebook.metadata["nasssap"] = {"library_sha256": "0" * 64}
    nbformat.write(notebook, report)
    with pytest.raises(ShareError, match="made by other code"):
        share("SEN", tmp_path / "x.zip", [NOTEBOOK], out=out)
    assert not list(out.glob("reports/*.zip"))


def test_a_page_that_was_edited_and_one_of_another_run_are_refused(senegal, tmp_path):
    """While a run moves its products into place, the tables are the new run's and the page the old one's."""
    out = copy_run(senegal, tmp_path)
    page = out / "reports" / "SEN" / f"{NOTEBOOK}.html"
    whole = page.read_bytes()
    share_it = ("share", "SEN", "--notebook", NOTEBOOK, "--out", out)
    page.write_bytes(whole.replace(b"19.9", b"91.9"))
    assert page.read_bytes() != whole
    result = call(*share_it)
    assert result.exit_code == 1 and "Traceback" not in result.output
    assert f"reports/{NOTEBOOK}.html: not as the run wrote it; run the notebook again" in result.output
    page.write_bytes(whole)
    assert call(*share_it).exit_code == 0
    (out / "data" / "processed" / "SEN" / NOTEBOOK / "inputs.json").write_text("{", "utf-8")
    assert f"reports/{NOTEBOOK}.ipynb: not as the run wrote it" in call(*share_it).output


def test_what_is_shared_is_of_one_moment_whatever_a_run_writes_meanwhile(senegal, tmp_path):
    out = copy_run(senegal, tmp_path)
    results = out / "data" / "processed" / "SEN" / NOTEBOOK
    run = Run(NOTEBOOK, out / "reports" / "SEN" / f"{NOTEBOOK}.ipynb", results)
    assert not run.changed
    before = dict(run.content)
    (results / "gaps.csv").write_text("other\n", "utf-8")
    run.page.write_text("other", "utf-8")
    assert run.content == before and run.tables["gaps.csv"] == before["gaps.csv"] != b"other\n"
    again = Run(NOTEBOOK, run.report, results)
    assert again.changed == [f"{NOTEBOOK}.html", "gaps.csv"]


@pytest.mark.parametrize("name", ["x.txt", "a b.zip", "nowhere/x.zip"])
def test_a_wrong_destination_is_refused(senegal, tmp_path, name):
    with pytest.raises(ShareError, match="--to"):
        share("SEN", tmp_path / name, [NOTEBOOK], out=senegal)


@pytest.mark.parametrize(
    "damaged, words",
    [
        ("data/processed/SEN/{}/run.json", "its run.json is damaged"),
        ("reports/SEN/{}.ipynb", "its executed notebook is damaged"),
    ],
)
def test_products_that_were_cut_are_refused_with_what_to_run(senegal, tmp_path, damaged, words):
    out = copy_run(senegal, tmp_path)
    path = out / damaged.format(NOTEBOOK)
    text = path.read_text("utf-8")
    for cut in ("", text[: len(text) // 2], "[]", "{}"):
        path.write_text(cut, "utf-8")
        result = call("share", "SEN", "--notebook", NOTEBOOK, "--out", out)
        assert (result.exit_code, f"{NOTEBOOK}: {words}" in result.output) == (1, True), (cut, result.output)
        assert "first: nasssap run SEN" in result.output
    assert not list(out.glob("reports/*.zip"))


@pytest.mark.skipif(os.name == "nt", reason="disks of a POSIX system")
@pytest.mark.parametrize("kind, words", [("full", "the disk is full"), ("read-only", "the disk is read-only")])
def test_a_disk_that_refuses_the_bundle_is_said_in_one_line(senegal, tmp_path, kind, words):
    disk = tmp_path / "disk"
    disk.mkdir()
    share_it = ("share", "SEN", "--notebook", NOTEBOOK, "--out", senegal, "--to", disk / "x.zip")
    ((code, output),) = call_on_disk(kind, disk, share_it)
    first, *said = output.splitlines()
    assert (code, first, len(said)) == (1, "checking what must not travel …", 1)
    assert str(disk) in said[0] and words in said[0]


def test_a_ministrys_prose_travels_and_other_prose_makes_another_bundle(bundle, senegal, tmp_path):
    packs = tmp_path / "packs"
    shutil.copytree(data_root() / "SEN", packs / "SEN")
    shutil.copy(data_root() / "codebook.csv", packs)
    (packs / "SEN" / "text").mkdir()
    digests = {bundle.digest}
    for words in ("By 2040 nobody falls below a floor.\n", "By 2045 nobody falls below a floor.\n"):
        (packs / "SEN" / "text" / "vision.md").write_text(words, encoding="utf-8")
        shared = share("SEN", tmp_path / "SEN.zip", [NOTEBOOK], data=packs, out=senegal)
        assert entries(shared.path)["data/raw/SEN/text/vision.md"].decode() == words
        assert not open_bundle(shared.path).changed
        digests.add(shared.digest)
    assert len(digests) == 3
    result = call("verify", shared.path, "--rerun", "--jobs", "1")
    assert result.exit_code == 0 and "All of it says what ours says" in result.output
    (packs / "SEN" / "text" / "vision.md").write_text("Ask awa@example.org.\n", encoding="utf-8")
    with pytest.raises(DisclosureError, match=r"text/vision\.md, line 1: an e-mail address"):
        share("SEN", tmp_path / "SEN.zip", [NOTEBOOK], data=packs, out=senegal)
