"""The batch as a team runs it: products exist and are right, a failing country stops nothing else, nothing is half-written."""

import base64
import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pandas as pd
import papermill
import pytest
from own_notebooks import use_notebooks, write_notebook
from small_pack import write_small_pack

from nasssap_lib.chapter.notebooks import chapters
from nasssap_lib.errors import ParameterError
from nasssap_lib.pack.folders import countries, data_root
from nasssap_lib.run import batch as batch_module
from nasssap_lib.run.batch import _execute, run_batch
from nasssap_lib.run.folders import Folders, project_root
from nasssap_lib.run.jobs import Job

NOTEBOOK = "02_gap_identification"
GAPS = """from nasssap_lib import coverage

chapter.show("gaps", coverage.coverage_gaps(chapter.pack))"""  # the table that the index quotes


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """A real country, one whose pack is broken, and a small one; one notebook is enough to see what a failure stops."""
    folder = tmp_path_factory.mktemp("batch")
    write_notebook(folder / "notebooks", NOTEBOOK, GAPS)
    data = folder / "packs"
    for code in ("XTS", "XTT"):
        write_small_pack(data, code)
    shutil.copy(data_root() / "codebook.csv", data)
    shutil.copytree(data_root() / "SEN", data / "SEN")
    broken = data / "XTS" / "population.csv"
    broken.write_text(broken.read_text().replace("1000", "many", 1))
    with pytest.MonkeyPatch.context() as patch:
        use_notebooks(patch, folder / "notebooks")
        return folder, run_batch(["SEN", "XTS", "XTT"], (), {}, data, folder / "out", 2)


def test_a_failing_country_stops_nothing_else(batch):
    folder, records = batch
    assert [(record.country, record.status) for record in records] == [
        ("SEN", "done"),
        ("XTS", "failed"),
        ("XTT", "done"),
    ]
    assert "XTS/population.csv:2 persons: 'many'" in records[1].message
    index = (folder / "out" / "reports" / "index.html").read_text(encoding="utf-8")
    assert "failed" in index
    assert "XTS/population.csv:2 persons" in index
    assert "19.9\N{NO-BREAK SPACE}% in 2022" in index


def test_a_failing_country_leaves_no_page_and_nothing_half_written(batch):
    folder, _ = batch
    assert not list((folder / "out").rglob(".[0-9]*"))
    assert not list((folder / "out" / "reports" / "XTS").glob("*.html"))


@pytest.mark.parametrize("code", countries(data_root()))
def test_every_product_is_there(batch_of_all, code):
    for name in chapters():
        for ending in ("ipynb", "html"):
            assert (batch_of_all / "reports" / code / f"{name}.{ending}").is_file()
        run = json.loads((batch_of_all / "data" / "processed" / code / name / "run.json").read_text())
        assert run["status"] == "done"
        assert run["tables"]
    assert not list((batch_of_all / "reports" / code).rglob(".[0-9]*"))


@pytest.mark.parametrize("code", countries(data_root()))
def test_reports_carry_no_script_no_address_of_the_machine_and_a_text_for_every_picture(batch_of_all, code):
    pages, notebooks = (sorted((batch_of_all / "reports" / code).rglob(f"*.{kind}")) for kind in ("html", "ipynb"))
    assert len(pages) == len(notebooks) == len(chapters())
    for page in [*pages, batch_of_all / "reports" / "index.html"]:
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert str(batch_of_all) not in text
        assert 'alt=""' not in text
        assert "default-src 'none'" in text
    for path in notebooks:
        assert str(batch_of_all) not in path.read_text(encoding="utf-8")


def test_every_picture_reaches_the_notebook(batch_of_all):
    notebook = nbformat.read(batch_of_all / "reports" / "SEN" / f"{NOTEBOOK}.ipynb", 4)
    pictures = [
        out for cell in notebook.cells for out in cell.get("outputs", []) if "image/svg+xml" in out.get("data", {})
    ]
    assert len(pictures) >= 3
    # JupyterLab shows no SVG of a notebook that somebody else has run, and no alternative text but this one
    for picture in pictures:
        assert base64.b64decode(picture["data"]["image/png"])[:4] == b"\x89PNG"
        assert picture["metadata"]["image/png"]["alt"] == picture["data"]["text/plain"]


def normalise(notebook: nbformat.NotebookNode, *folders: Path) -> list[dict]:
    """What a notebook holds, without times, ids and paths of the machine."""
    cells = []
    for cell in notebook.cells:
        kept = {name: value for name, value in cell.items() if name not in ("metadata", "id")}
        text = json.dumps({**kept, "tags": cell.metadata.get("tags", [])}, sort_keys=True)
        for folder in folders:
            text = text.replace(json.dumps(str(folder))[1:-1], "")
        cells.append({**json.loads(text), "source": json.loads(text)["source"].rstrip()})
    return cells


HERE = "notebooks"  # where a user runs a notebook by hand, and where it finds the packs by itself


@pytest.mark.parametrize("code", ["SEN", *(pytest.param(code, marks=pytest.mark.soak) for code in ("XTC", "TZA"))])
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.soak] * (name != NOTEBOOK)) for name in chapters()]
)
@pytest.mark.parametrize("where", [HERE, pytest.param("elsewhere", marks=pytest.mark.soak)])
def test_outputs_and_tables_equal_those_of_plain_papermill(batch_of_all, tmp_path, monkeypatch, code, name, where):
    """What the batch adds changes nothing: neither forking, nor the copy of the pack, nor that nothing runs twice."""
    monkeypatch.chdir(project_root() / HERE if where == HERE else tmp_path)
    results = tmp_path / name
    given = {"country": code, "data": "" if where == HERE else str(data_root()), "results": str(results)}
    notebook = project_root() / "notebooks" / f"{name}.ipynb"
    plain = papermill.execute_notebook(str(notebook), str(tmp_path / "x.ipynb"), given, progress_bar=False)
    ours = nbformat.read(batch_of_all / "reports" / code / f"{name}.ipynb", 4)
    assert normalise(ours) == normalise(plain, results, data_root())
    same_tables(batch_of_all / "data" / "processed" / code / name, results)


@pytest.mark.soak
def test_the_tables_equal_those_of_a_kernel_started_in_the_notebooks_folder(batch_of_all, tmp_path):
    from nbclient import NotebookClient

    notebook = nbformat.read(project_root() / "notebooks" / f"{NOTEBOOK}.ipynb", 4)
    notebook.cells[1].source = notebook.cells[1].source.replace(
        'results: str = ""', f"results: str = {str(tmp_path)!r}"
    )
    NotebookClient(
        notebook, resources={"metadata": {"path": str(project_root() / "notebooks")}}, kernel_name="python3"
    ).execute()
    same_tables(batch_of_all / "data" / "processed" / "SEN" / NOTEBOOK, tmp_path)


def same_tables(one: Path, other: Path):
    names = {path.name for path in one.glob("*.csv")}
    assert names == {path.name for path in other.glob("*.csv")}
    for name in names:
        pd.testing.assert_frame_equal(pd.read_csv(one / name), pd.read_csv(other / name))


def test_an_interruption_while_jobs_are_handed_out_ends_the_processes(monkeypatch):
    """Ctrl-C a sixth of a second after the start: told as an interruption, not as a fault of ours."""

    def interrupted(*_given):
        raise KeyboardInterrupt

    stopped = []
    monkeypatch.setattr(batch_module.ThreadPoolExecutor, "submit", interrupted)
    job = Job("SEN", NOTEBOOK, {}, "", Folders.of("nowhere"))
    with pytest.raises(KeyboardInterrupt):
        list(_execute([job], SimpleNamespace(stop=lambda: stopped.append(1)), 1, lambda job: None))
    assert stopped


def test_a_wrong_parameter_is_refused_before_a_kernel_starts(tmp_path):
    for wrong in ({"yaer": 2020}, {"year": "twenty"}, {"year": 1066}, {"country": "LKA"}):
        with pytest.raises(ParameterError):
            run_batch(["SEN"], (), wrong, "", tmp_path, 1)
    with pytest.raises(ParameterError, match="no notebook of that name"):
        run_batch(["SEN"], ["07_magic"], {}, "", tmp_path, 1)
    assert not list(tmp_path.iterdir())


NOTHING_STARTED = """
import sys
started = []
events = ("subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.exec")
sys.addaudithook(lambda event, given: started.append(event) if event in events else None)
from nasssap_lib.commands.cli import main
try:
    main()
finally:
    heavy = {"pandas", "numpy", "matplotlib", "papermill", "nbformat", "jinja2"} & set(sys.modules)
    print("started:", started, "imported:", sorted(heavy))
"""


def test_where_nothing_changed_no_process_starts_and_nothing_heavy_is_imported(batch_of_all, tmp_path):
    for part in ("reports", "data/processed"):
        shutil.copytree(batch_of_all / part / "SEN", tmp_path / part / "SEN")
    run_batch(["SEN"], (), {}, "", tmp_path)  # the index of one country is another
    command = [sys.executable, "-c", NOTHING_STARTED, "run", "SEN", "--out", str(tmp_path)]
    again = subprocess.run(command, check=True, capture_output=True, text=True)
    assert f"0 of {len(chapters())} notebooks done and {len(chapters())} current" in again.stdout
    assert "started: [] imported: []" in again.stdout


def test_nor_where_versions_are_compared(batch_of_all, tmp_path):
    for part in ("reports", "data/processed"):
        shutil.copytree(batch_of_all / part / "SEN", tmp_path / part / "SEN")
    run_batch(["SEN"], [NOTEBOOK], {}, "", tmp_path, sweep="child_age_to=17")
    sweep = ("--notebook", NOTEBOOK, "--sweep", "child_age_to=17")
    command = [sys.executable, "-c", NOTHING_STARTED, "run", "SEN", "--out", str(tmp_path), *sweep]
    again = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "0 of 2 notebooks done and 2 current" in again.stdout and "comparison.html" in again.stdout
    assert "started: [] imported: []" in again.stdout
