"""A new notebook costs one file: dropped into notebooks/, it runs, is listed, shared and verified; nothing else is edited."""

import json
import shutil

import nbformat
import pytest

from nasssap_lib.chapter.notebooks import chapters, read_notebook
from nasssap_lib.errors import ParameterError
from nasssap_lib.exchange.bundle import share
from nasssap_lib.exchange.verify import open_bundle, rerun
from nasssap_lib.pack.folders import data_root
from nasssap_lib.run.batch import run_batch
from nasssap_lib.run.folders import project_root

CELLS = {
    "parameters": """country: str = "SEN"  # ISO 3166 alpha-3 code of a country pack
threshold: float = 0.5  # share of coverage below which a group is named
data: str = ""  # data folder; empty: found from where this notebook is
results: str = ""  # folder for the result tables as CSV; empty: none are written
scenario: str = ""  # name of a scenario of the pack; empty: the baseline
language: str = ""  # language of the report; empty: English""",
    "opening": """from nasssap_lib import coverage
from nasssap_lib.chapter import open_chapter

chapter = open_chapter("04_example", country, data, results, scenario, language, threshold=threshold)
chapter""",
    "result": """gaps = coverage.coverage_gaps(chapter.pack)
chapter.show("gaps", coverage.gap_table(gaps))""",
}


def write_example(path):
    cells = [nbformat.v4.new_markdown_cell("# An example\n\n## What a newcomer asks\n\nProse.")]
    for name, source in CELLS.items():
        cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]} if name == "parameters" else {})
        cells += [cell] if name != "result" else [nbformat.v4.new_markdown_cell("## A table\n\nHow to read it."), cell]
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project's notebooks and of one pack, with one notebook more."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(project_root() / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".*"))
    (root / "data" / "raw").mkdir(parents=True)
    shutil.copy(data_root() / "codebook.csv", root / "data" / "raw")
    shutil.copytree(data_root() / "XTC", root / "data" / "raw" / "XTC")
    write_example(root / "notebooks" / "04_example.ipynb")
    return root


@pytest.fixture
def inside(project, monkeypatch):
    monkeypatch.chdir(project)
    return project


def test_it_is_known_with_its_number_title_question_and_parameters(inside):
    assert chapters()[-1] == "04_example"
    notebook = read_notebook("04_example")
    assert (notebook.number, notebook.title, notebook.question) == (4, "An example", "What a newcomer asks")
    assert notebook.parameters["threshold"].kind is float


def test_it_runs_is_listed_shared_and_verified(inside):
    (record,) = run_batch(["XTC"], ["04_example"], {"threshold": 0.4}, jobs=1)
    assert record.status == "done", record.message
    page = (inside / "reports" / "XTC" / "04_example.html").read_text("utf-8")
    assert "4 of 4 · An example" in page and "<h1>What a newcomer asks</h1>" in page and "Table 4.1" in page
    assert page.count("What a newcomer asks") == 1
    assert 'href="XTC/04_example.html">An example</a>' in (inside / "reports" / "index.html").read_text("utf-8")
    shared = share("XTC", inside / "x.zip", ["04_example"])
    bundle = open_bundle(shared.path)
    assert bundle.runs == {"04_example": {"threshold": 0.4}}
    result = rerun(bundle, 1)
    assert not result.stopped and not result.failed and result.tables == 1 and result.differences.empty


def test_its_parameters_are_checked_like_anybodys(inside):
    for wrong, words in (({"threshold": "half"}, "expected a number"), ({"treshold": 0.4}, "none of 04_example has")):
        with pytest.raises(ParameterError, match=words):
            run_batch(["XTC"], ["04_example"], wrong, jobs=1)


def test_a_notebook_that_does_not_declare_what_a_run_needs_is_refused_before_a_kernel_starts(inside):
    path = inside / "notebooks" / "05_short.ipynb"
    text = json.loads((inside / "notebooks" / "04_example.ipynb").read_text("utf-8"))
    source = "".join(text["cells"][1]["source"])
    text["cells"][1]["source"] = "\n".join(
        line for line in source.splitlines() if not line.startswith(("language", "results"))
    )
    path.write_text(json.dumps(text).replace("04_example", "05_short"), "utf-8")
    try:
        with pytest.raises(
            ParameterError, match="05_short: its parameter cell does not declare results, language with a type"
        ):
            run_batch(["XTC"], ["05_short"], {}, jobs=1, language="fr")
    finally:
        path.unlink()
