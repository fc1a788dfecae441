"""A new notebook costs one file: dropped into notebooks/, it runs, is listed, shared and verified; nothing else is edited."""

import json
import subprocess
from functools import partial

import nbformat
import pytest
from other_install import copy_project, install, nasssap

from nasssap_lib.exchange.verify import open_bundle

CELLS = {
    "parameters": """country: str = "SEN"  # ISO 3166 alpha-3 code of a country pack
threshold: float = 0.5  # share of coverage below which a group is named
data: str = ""  # data folder; empty: found from where this notebook is
results: str = ""  # folder for the result tables as CSV; empty: none are written
scenario: str = ""  # name of a scenario of the pack; empty: the baseline
language: str = ""  # language of the report; empty: English""",
    "opening": """from nasssap_lib import coverage
from nasssap_lib.chapter import open_chapter

chapter = open_chapter("07_example", country, data, results, scenario, language, threshold=threshold)
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
    """A copy of the project with one notebook more, and the interpreter that has it installed."""
    root = copy_project(tmp_path_factory.mktemp("project"))
    write_example(root / "notebooks" / "07_example.ipynb")
    return root, install(root, tmp_path_factory.mktemp("venv"))


@pytest.fixture
def call(project):
    """The command ``nasssap`` of that copy."""
    return partial(nasssap, project[1], cwd=project[0])


def test_it_is_known_with_its_number_title_question_and_parameters(project):
    code = """from nasssap_lib.chapter.notebooks import chapters, read_notebook
book = read_notebook("07_example")
print(chapters()[-1], book.number, book.title, book.question, book.parameters["threshold"].kind.__name__, sep="|")"""
    done = subprocess.run([project[1], "-P", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "07_example|7|An example|What a newcomer asks|float"


def test_it_runs_is_listed_shared_and_verified(project, call):
    done = call("run", "XTS", "--notebook", "07_example", "--set", "threshold=0.4", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    reports = project[0] / "reports"
    page = (reports / "XTS" / "07_example.html").read_text("utf-8")
    assert "7 of 7 · An example" in page and "<h1>What a newcomer asks</h1>" in page and "Table 7.1" in page
    assert page.count("What a newcomer asks") == 1
    assert 'href="XTS/07_example.html">An example</a>' in (reports / "index.html").read_text("utf-8")
    assert call("share", "XTS", "--notebook", "07_example", "--to", "x.zip").returncode == 0
    assert open_bundle(project[0] / "x.zip").runs == {"07_example": {"threshold": 0.4}}
    done = call("verify", "x.zip", "--rerun", "--jobs", "1")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        0,
        "All of it says what ours says, and the numbers are the same.",
    )


def test_its_parameters_are_checked_like_anybodys(call):
    for wrong, words in (("threshold=half", "expected a number"), ("treshold=0.4", "none of 07_example has")):
        done = call("run", "XTS", "--notebook", "07_example", "--set", wrong)
        assert (done.returncode, words in done.stderr) == (1, True), done.stderr


def test_a_notebook_that_does_not_declare_what_a_run_needs_is_refused_before_a_kernel_starts(project, call):
    path = project[0] / "notebooks" / "08_short.ipynb"
    text = json.loads(path.with_name("07_example.ipynb").read_text("utf-8"))
    source = "".join(text["cells"][1]["source"])
    text["cells"][1]["source"] = "\n".join(
        line for line in source.splitlines() if not line.startswith(("language", "results"))
    )
    path.write_text(json.dumps(text).replace("07_example", "08_short"), "utf-8")
    try:
        done = call("run", "XTS", "--notebook", "08_short", "--lang", "fr")
    finally:
        path.unlink()
    words = "08_short: its parameter cell does not declare results, language with a type"
    assert (done.returncode, words in done.stderr) == (1, True), done.stderr
