"""A new notebook costs one file: dropped into notebooks/, it runs, is listed, shared and verified; nothing else is edited."""

import json
import shutil
import subprocess
from functools import partial
from pathlib import Path

import command_line
import nbformat
import pytest
from other_install import copy_project, install, nasssap
from own_notebooks import use_notebooks
from small_pack import write_small_pack

from nasssap_lib.chapter.notebooks import chapters, notebooks_folder, read_notebook
from nasssap_lib.exchange.verify import open_bundle
from nasssap_lib.run import batch, workers
from nasssap_lib.run.workers import FORK, WarmWorkers

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


THEIRS = """from pathlib import Path
import nasssap_lib.chapter.notebooks, nasssap_lib.run.folders
for module in (nasssap_lib.chapter.notebooks, nasssap_lib.run.folders):
    module.notebooks_folder = lambda: Path({!r})
"""


@pytest.fixture(scope="module", params=["here", pytest.param("copy", marks=pytest.mark.soak)])
def project(request, tmp_path_factory):
    """A folder with one notebook more than the project has, and the command ``nasssap`` of that folder.

    In CI this process takes its notebooks for its own; in soak it is a copy of the project with an interpreter that has it installed.
    """
    root = tmp_path_factory.mktemp("project")
    if request.param == "copy":
        copy_project(root)
        write_example(root / "notebooks" / "07_example.ipynb")
        yield root, partial(nasssap, install(root, tmp_path_factory.mktemp("venv")), cwd=root)
        return
    shutil.copytree(notebooks_folder(), root / "notebooks")
    write_small_pack(root / "data" / "raw")
    write_example(root / "notebooks" / "07_example.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        use_notebooks(patch, root / "notebooks")
        use_notebooks_in_workers(patch, root / "notebooks")
        patch.setenv("NASSSAP_DATA", str(root / "data" / "raw"))
        patch.chdir(root)
        own = WarmWorkers(tmp_path_factory.mktemp("warm"))
        if FORK:  # the parent that all batches of this process share knows of the project's notebooks alone
            patch.setattr(type(batch.open_workers(own.place, True)), "parent", own)
        yield root, call_here
        own.stop()


def use_notebooks_in_workers(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let processes that are started from now on take a folder for that of the project's notebooks."""
    python = workers._python
    patch.setattr(
        workers, "_python", lambda module: [*python(module)[:-1], THEIRS.format(str(folder)) + python(module)[-1]]
    )


def call_here(*arguments: str) -> subprocess.CompletedProcess:
    """The command in this process, as ``subprocess`` tells it."""
    result = command_line.call(*arguments)
    return subprocess.CompletedProcess(arguments, result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def call(project):
    """The command ``nasssap`` of that folder."""
    return project[1]


def test_it_is_known_with_its_number_title_question_and_parameters(project):
    if project[1] is call_here:
        book = read_notebook("07_example")
        assert (chapters()[-1], book.number, book.title, book.question) == (
            "07_example", 7, "An example", "What a newcomer asks",
        )  # fmt: skip
        assert book.parameters["threshold"].kind is float
        return
    code = """from nasssap_lib.chapter.notebooks import chapters, read_notebook
book = read_notebook("07_example")
print(chapters()[-1], book.number, book.title, book.question, book.parameters["threshold"].kind.__name__, sep="|")"""
    done = subprocess.run([project[1].args[0], "-P", "-c", code], capture_output=True, text=True, check=True)
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
