"""From a bundle to the same numbers: one byte changed is named, and code from a bundle is never executed."""

import json
import re
import shutil
import zipfile
from dataclasses import replace

import nbformat
import pandas as pd
import pytest
from bundle_tools import NOTEBOOK, entries, resealed, write
from command_line import call

from nasssap_lib.commands.exchange import _report_rerun
from nasssap_lib.errors import PackError, ParameterError
from nasssap_lib.exchange import verify
from nasssap_lib.exchange.compare import compare_sets
from nasssap_lib.exchange.verify import BundleError, Rerun, _compare, code_differences, open_bundle, rerun, same_cells


def test_a_sound_bundle_is_verified_and_the_digest_printed(bundle, temporary):
    result = call("verify", bundle.path, "--digest", bundle.digest.upper())
    assert result.exit_code == 0, result.output
    assert bundle.digest in result.output
    result = call("verify", bundle.path)
    assert "Hashes show damage, not who sent it" in result.output
    assert "whole, not that it is true" in result.output
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
    with pytest.raises(BundleError, match=r"x\.csv: not in the manifest; ask for the file as it was sent$"):
        open_bundle(write(tmp_path / "x.zip", files, ("x.csv", "a")))
    many = [(f"x{number:02}.csv", "a") for number in range(40)]
    with pytest.raises(BundleError) as refused:
        open_bundle(write(tmp_path / "x.zip", files, *many))
    (line,) = str(refused.value).splitlines()
    assert line.startswith("x00.csv: not in the manifest (40 such, also in files x01.csv, x02.csv,") and len(line) < 250
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
        json.dumps({**manifest, "runs": {}}).encode(),
        json.dumps({**manifest, "made": "yesterday"}).encode(),
        json.dumps({**manifest, "language": "xx"}).encode(),
        json.dumps({**manifest, "file": "../x.zip"}).encode(),
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


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Records of the one run of our notebooks on the bundle's pack, and the folder of its products."""
    return [], tmp_path_factory.mktemp("ran") / "out"


@pytest.fixture
def run_once(ran, monkeypatch):
    """What our notebooks make of the same pack is the same: they run for the first test that asks, and the next has a copy."""
    (records, kept), run_as = ran, verify.run_as

    def run_or_copy(country, runs, root, out, *further, **watching):
        if not records:
            records.extend(run_as(country, runs, root, out, *further, **watching))
            shutil.copytree(out, kept)
        else:
            shutil.copytree(kept, out)
        return records

    monkeypatch.setattr(verify, "run_as", run_or_copy)


def test_our_own_notebooks_give_the_same_numbers_and_every_other_one_is_named(bundle, tmp_path, temporary, run_once):
    path = write(tmp_path / "x.zip", with_our_library(bundle.path))
    assert code_differences(open_bundle(path)) == []
    files = with_our_library(bundle.path)
    name = f"data/processed/SEN/{NOTEBOOK}/gaps.csv"
    files[name] = files[name].replace(b"0.1991", b"0.1992", 1)
    result = rerun(open_bundle(write(tmp_path / "y.zip", resealed(files))), 2)
    assert not result.stopped
    assert not result.failed
    assert result.compared["tables"] >= 9
    assert {kind: result.compared[kind] for kind in ("notebooks", "pages", "texts", "records")} == {
        "notebooks": 1, "pages": 2, "texts": 1, "records": 2,
    }  # fmt: skip
    assert (result.other, result.drawn) == ([], []), "only a number is another one"
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


@pytest.mark.parametrize("damage", [{"cell_type": None}, {"source": None}, {}])
def test_a_notebook_whose_cells_are_none_is_refused_in_one_line(bundle, tmp_path, damage):
    files = entries(bundle.path)
    name = f"reports/{NOTEBOOK}.ipynb"
    content = json.loads(files[name])
    for key in damage:
        del content["cells"][1][key]
    files[name] = json.dumps(content if damage else {"nbformat": 1}).encode()
    result = call("verify", write(tmp_path / "x.zip", resealed(files)), "--rerun", "--jobs", "1")
    assert result.exit_code == 1, result.output
    assert f"{name}: expected a notebook" in result.output


def test_what_share_would_not_write_is_refused(bundle, tmp_path):
    files = entries(bundle.path)
    for name in ("invoice.pdf.exe", "ipykernel_launcher.py", "data/processed/SEN/03_priority_setting/ranking.csv"):
        with pytest.raises(BundleError, match=f"'{name}': nothing that nasssap share writes of these runs"):
            open_bundle(write(tmp_path / "x.zip", resealed({**files, name: b"x"})))


def test_pages_outputs_and_start_page_that_say_something_else_than_ours_are_named(
    bundle, tmp_path, temporary, run_once
):
    files = with_our_library(bundle.path)
    page, book = f"reports/{NOTEBOOK}.html", f"reports/{NOTEBOOK}.ipynb"
    lies = {
        page: files[page].replace(b"</main>", b"<h1>99.9 %</h1></main>"),
        book: files[book].replace(b"<td", b"<td class='x'", 1),
        "index.html": b"<h1>99.9 %</h1>",
    }
    assert all(lies[name] != files[name] for name in lies)
    result = call("verify", write(tmp_path / "y.zip", resealed({**files, **lies})), "--rerun", "--jobs", "1")
    named = [line for line in result.output.splitlines() if line.startswith("not what our own notebooks write")]
    assert [line.rpartition(": ")[2] for line in named] == sorted(lies)
    assert result.exit_code == 1 and "theirs → ours" not in result.output
    assert re.search(
        r"Compared with what our own notebooks write of this pack: \d+ tables, 1 notebook, 2 pages", result.output
    )
    assert not list(temporary.iterdir())


def told(bundle, name, content):
    """What a comparison says of a bundle in which one file is another one, where ours are the honest files."""
    honest = entries(bundle.path)
    manifest = json.loads(honest["manifest.json"])
    return _compare(replace(open_bundle(bundle.path), files={**honest, name: content}, manifest=manifest), honest)


def false_cell(change):
    """A change of the executed notebook."""

    def lie(content):
        notebook = json.loads(content)
        change(notebook["cells"])
        return json.dumps(notebook, indent=1).encode()

    return lie


def last_output(cells):
    return next(output for cell in reversed(cells) for output in reversed(cell.get("outputs", [])) if "data" in output)


BOOK, PAGE = f"reports/{NOTEBOOK}.ipynb", f"reports/{NOTEBOOK}.html"
TABLE, RECORD = (f"data/processed/SEN/{NOTEBOOK}/{name}" for name in ("gaps.csv", "run.json"))
LIES = {
    "an output's text": (BOOK, false_cell(lambda cells: last_output(cells)["data"].update({"text/plain": "99.9 %"}))),
    "an output of another kind": (BOOK, false_cell(lambda cells: last_output(cells)["data"].update({"text/latex": "99.9"}))),
    "an output's metadata": (BOOK, false_cell(lambda cells: last_output(cells)["metadata"].update(alt="99.9 %"))),
    "a cell of prose": (BOOK, false_cell(lambda cells: cells[0].update(source="# 99.9 % are covered"))),
    "a further cell": (BOOK, false_cell(lambda cells: cells.append({"cell_type": "raw", "metadata": {}, "source": "99.9 %"}))),
    "an attachment": (BOOK, false_cell(lambda cells: cells[0].update(attachments={"a.png": {"image/png": "AAAA"}}))),
    "a cell's metadata": (BOOK, false_cell(lambda cells: cells[0]["metadata"].update(note="99.9 %"))),
    "a picture of the web": (PAGE, lambda content: content.replace(b"</main>", b"<img src='https://x.example/a.png'></main>")),
    "README": ("README.txt", lambda content: content + b"pay here\n"),
    "the record of the run": (RECORD, lambda content: content.replace(b'"message": ""', b'"message": "99"')),
    "the manifest": ("manifest.json", lambda content: content.replace(b'"fictional": false', b'"fictional": true')),
    "the order of a table": (TABLE, lambda content: b"\n".join([*(lines := content.splitlines())[:1], *reversed(lines[1:])])),
    "a header of an empty column": (TABLE, lambda content: b"\n".join(
        line + (b",everybody is covered" if number == 0 else b",") for number, line in enumerate(content.splitlines()))),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_whatever_is_false_in_a_bundle_is_named(bundle, lie):
    name, change = LIES[lie]
    content = entries(bundle.path)[name]
    assert change(content) != content
    result = told(bundle, name, change(content))
    assert (result.other, result.drawn) == ([name], [])


def test_false_pictures_are_named_and_other_versions_are_no_excuse(bundle, monkeypatch):
    page = entries(bundle.path)[PAGE]
    picture = re.search(rb"data:image/svg\+xml;base64,[A-Za-z0-9+/=]+", page)[0]
    result = told(bundle, PAGE, page.replace(picture, b"data:image/svg+xml;base64,AAAA"))
    assert (result.other, result.drawn) == ([], [PAGE])
    for versions, code in (({}, 1), ({"matplotlib": ("3.1", "3.9")}, 3)):
        monkeypatch.setattr("nasssap_lib.commands.exchange.other_versions", lambda _bundle, found=versions: found)
        assert _report_rerun(open_bundle(bundle.path), result) == code


def test_nothing_compared_is_no_success(bundle, capsys):
    assert _report_rerun(open_bundle(bundle.path), Rerun(differences=compare_sets({}, {}), compared={"pages": 3})) == 1
    assert "No table was compared" in capsys.readouterr().err


def test_cells_are_compared_with_header_and_order_and_numbers_within_noise():
    ours = b"group,value\nchildren,0.3\nmothers,n/a\n"
    assert same_cells(b'"group",value\r\nchildren,0.30000000000000004\r\nmothers,n/a\r\n', ours)
    for other in (b"group,share\nchildren,0.3\nmothers,n/a\n", b"group,value\nmothers,n/a\nchildren,0.3\n", ours + b"\n",
                  ours.replace(b"0.3", b"0.31"), b"9,group,value\n9,children,0.3\n9,mothers,n/a\n", b"\xef\xbb\xbf" + ours):  # fmt: skip
        assert not same_cells(other, ours)
