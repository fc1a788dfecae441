"""From share to verify to rerun: identical; one byte changed is named; code from a bundle is never executed."""

import hashlib
import json
import re
import shutil
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser

import nbformat
import pandas as pd
import pytest
from bundle_tools import NOTEBOOK, copy_run, entries, resealed, stamp, write
from click.testing import CliRunner

from nasssap_lib.chapter.notebooks import chapters
from nasssap_lib.commands.cli import main
from nasssap_lib.errors import PackError, ParameterError
from nasssap_lib.exchange.bundle import ShareError, share
from nasssap_lib.exchange.verify import BundleError, code_differences, open_bundle, rerun
from nasssap_lib.pack.reader import data_root


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


# ------------------------------------------------------------------------------------------------------------- share


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
    assert b'href="../index.html"' in files[f"reports/{NOTEBOOK}.html"]


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


@pytest.mark.parametrize("name", ["x.txt", "a b.zip", "nowhere/x.zip"])
def test_a_wrong_destination_is_refused(senegal, tmp_path, name):
    with pytest.raises(ShareError, match="--to"):
        share("SEN", tmp_path / name, [NOTEBOOK], out=senegal)


# ------------------------------------------------------------------------------------------------------------ verify


def test_a_sound_bundle_is_verified_and_the_digest_printed(bundle, temporary):
    result = call("verify", bundle.path, "--digest", bundle.digest.upper())
    assert result.exit_code == 0, result.output
    assert bundle.digest in result.output
    result = call("verify", bundle.path)
    assert "Hashes show damage, not who sent it" in result.output
    assert call("verify", bundle.path, "--digest", "0" * 64).exit_code == 1
    assert not list(temporary.iterdir())


def test_one_changed_byte_is_named(bundle, tmp_path):
    content = bytearray(bundle.path.read_bytes())
    with zipfile.ZipFile(bundle.path) as archive:
        entry = archive.getinfo("data/raw/SEN/indicators.csv")
    content[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 1
    (tmp_path / "x.zip").write_bytes(content)
    result = call("verify", tmp_path / "x.zip")
    assert result.exit_code == 1
    assert "changed: data/raw/SEN/indicators.csv" in result.output
    assert result.output.count("changed: ") == 1


def test_a_changed_figure_is_named_and_not_computed_again(bundle, tmp_path):
    files = entries(bundle.path)
    name = f"data/processed/SEN/{NOTEBOOK}/gaps.csv"
    files[name] = files[name].replace(b"0.1991", b"0.2991", 1)
    result = call("verify", write(tmp_path / "x.zip", files), "--rerun")
    assert (result.exit_code, f"changed: {name}" in result.output) == (1, True)


def test_a_file_too_many_or_too_few_and_a_false_manifest_are_refused(bundle, tmp_path):
    files = entries(bundle.path)
    with pytest.raises(BundleError, match=r"x\.csv: not in the manifest"):
        open_bundle(write(tmp_path / "x.zip", files, ("x.csv", "a")))
    less = {name: content for name, content in files.items() if name != "index.html"}
    with pytest.raises(BundleError, match=r"index\.html: in the manifest, not in the archive"):
        open_bundle(write(tmp_path / "x.zip", less))
    manifest = json.loads(files["manifest.json"])
    for wrong in (
        b"[1]", b"[" * 100_000, b"{", b'{"format": 1, "format": 2}',
        json.dumps({**manifest, "country": "../.."}).encode(),
        json.dumps({**manifest, "files": {"a": 1}}).encode(),
        json.dumps({**manifest, "runs": {"../x": {"parameters": {}}}}).encode(),
        json.dumps({**manifest, "runs": {NOTEBOOK: {"parameters": {"year": [1]}}}}).encode(),
    ):  # fmt: skip
        with pytest.raises(BundleError, match="manifest"):
            open_bundle(write(tmp_path / "x.zip", {**files, "manifest.json": wrong}))


def test_code_in_a_bundle_is_not_executed_and_reported_as_different(bundle, tmp_path, temporary):
    trap = tmp_path / "trap"
    files = entries(bundle.path)
    for tags in ([], ["injected-parameters"]):
        notebook = nbformat.reads(files[f"reports/{NOTEBOOK}.ipynb"].decode(), as_version=4)
        source = f"year = 0 if open({str(trap)!r}, 'w').write('x') else 1"
        notebook.cells.insert(3, nbformat.v4.new_code_cell(source, metadata={"tags": tags}))
        changed = resealed({**files, f"reports/{NOTEBOOK}.ipynb": nbformat.writes(notebook).encode()})
        result = call("verify", write(tmp_path / "x.zip", changed), "--rerun")
        assert result.exit_code == 3, result.output
        assert re.search(rf"{NOTEBOOK}, code cell \d: theirs year = 0 if open\(", result.output)
        assert result.output.count("code cell") == 1
        assert "made by other code than ours" in result.output
        assert not trap.exists()
    assert not list(temporary.iterdir())


def test_another_library_is_reported_and_nothing_is_run(bundle, tmp_path):
    files = entries(bundle.path)
    manifest = json.loads(files["manifest.json"])
    manifest["library"]["coverage/gaps.py"] = "0" * 64
    result = call("verify", write(tmp_path / "x.zip", {**files, "manifest.json": json.dumps(manifest)}), "--rerun")
    assert result.exit_code == 3
    assert "library: coverage/gaps.py: another version than ours" in result.output


def with_our_library(path, change=lambda manifest: None):
    """The bundle as if today's library had made it, with a change to its manifest."""
    from nasssap_lib.run.fingerprint import library_hashes

    files = entries(path)
    manifest = json.loads(files["manifest.json"])
    manifest["library"] = library_hashes()
    change(manifest)
    return {**files, "manifest.json": json.dumps(manifest).encode()}


def test_parameters_and_pack_of_a_bundle_are_checked_like_anybodys(bundle, tmp_path, temporary):
    for parameters in ({"yaer": 2020}, {"year": 1066}, {"year": "twenty"}, {"data": "/"}):

        def change(manifest, parameters=parameters):
            manifest["runs"][NOTEBOOK]["parameters"] = parameters

        with pytest.raises(ParameterError):
            rerun(open_bundle(write(tmp_path / "x.zip", with_our_library(bundle.path, change))))
    files = with_our_library(bundle.path)
    files["data/raw/SEN/indicators.csv"] = files["data/raw/SEN/indicators.csv"].replace(b"19.91", b"=1+1", 1)
    with pytest.raises(PackError, match="a number"):
        rerun(open_bundle(write(tmp_path / "x.zip", resealed(files))))
    assert not list(temporary.iterdir())


def test_our_own_notebooks_give_the_same_numbers_and_every_other_one_is_named(bundle, tmp_path, temporary):
    path = write(tmp_path / "x.zip", with_our_library(bundle.path))
    assert code_differences(open_bundle(path)) == []
    files = with_our_library(bundle.path)
    name = f"data/processed/SEN/{NOTEBOOK}/gaps.csv"
    files[name] = files[name].replace(b"0.1991", b"0.1992", 1)
    result = rerun(open_bundle(write(tmp_path / "y.zip", resealed(files))), 2)
    assert not result.stopped
    assert not result.failed
    assert result.tables >= 9
    assert result.differences[["table", "column", "before", "after"]].to_numpy().tolist() == [
        [f"{NOTEBOOK}/gaps", "effective_coverage", "0.1992", "0.1991"]
    ]
    assert result.differences["row"][0].startswith("at_least_one")
    assert not list(temporary.iterdir())


def test_the_bundle_is_a_pack_that_anybody_can_read(bundle, tmp_path):
    from nasssap_lib.pack.reader import read_pack

    with zipfile.ZipFile(bundle.path) as archive:
        archive.extractall(tmp_path)
    assert read_pack("SEN", tmp_path).digest == json.loads((tmp_path / "manifest.json").read_text())["pack_digest"]
    assert len(pd.read_csv(tmp_path / "data" / "processed" / "SEN" / NOTEBOOK / "gaps.csv"))


def test_ctrl_c_leaves_nothing_half_written(bundle, senegal, tmp_path, temporary, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("nasssap_lib.exchange.archive.read_archive", interrupt)
        result = call("share", "SEN", "--notebook", NOTEBOOK, "--to", tmp_path / "x.zip", "--out", senegal)
    assert (result.exit_code, "nothing was written" in result.output) == (130, True)
    path = write(tmp_path / "y.zip", with_our_library(bundle.path))
    monkeypatch.setattr("nasssap_lib.exchange.verify.run_batch", interrupt)
    assert call("verify", path, "--rerun").exit_code == 130
    assert [path.name for path in tmp_path.rglob("*")] == ["y.zip"]
    assert not list(temporary.iterdir())
