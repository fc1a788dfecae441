"""What code made a number: alike whatever the machine, another one as soon as a number could be another."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from nasssap_lib.run.fingerprint import (
    code_digest,
    different_cells,
    document_hashes,
    library_digest,
    library_hashes,
    only_literals,
)


def injected(source):
    return new_code_cell(source, metadata={"tags": ["injected-parameters"]})


@pytest.fixture
def library(tmp_path):
    """Files of a library: one that computes, one that prints, one of no kind that counts, one that only a wheel has."""
    for name in ("coverage/gaps.py", "commands/cli.py", "coverage/notes.txt", "pack/codebook.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x = 1\ny = 2\n")
    return tmp_path


def test_only_what_a_number_can_depend_on_counts(library):
    assert list(library_hashes(library)) == ["coverage/gaps.py"]
    before = library_digest(library_hashes(library))
    (library / "commands" / "cli.py").write_text("print('other words')\n")
    assert library_digest(library_hashes(library)) == before
    (library / "coverage" / "gaps.py").write_text("x = 1\ny = 3\n")
    assert library_digest(library_hashes(library)) != before


def test_line_ends_of_another_system_and_the_order_of_files_do_not_count(library):
    before = library_hashes(library)
    (library / "coverage" / "gaps.py").write_bytes(b"x = 1\r\ny = 2\r\n")
    assert library_hashes(library) == before
    assert (
        library_digest({"b": "1", "a": "2"})
        == library_digest({"a": "2", "b": "1"})
        != library_digest({"a": "1", "b": "2"})
    )


def test_prose_outputs_and_injected_literals_do_not_change_a_notebooks_code():
    plain = new_notebook(cells=[new_code_cell("x = 1")])
    run = new_notebook(
        cells=[new_markdown_cell("# T"), injected('country = "SEN"\nyear = -1'), new_code_cell("x = 1\r\n")]
    )
    assert code_digest(run) == code_digest(plain)
    assert different_cells(run, plain) == []


@pytest.mark.parametrize("code", ['open("x", "w")', "year = int('5')", "import os", "x = [1]", "year = = 5", "x += 1"])
def test_code_that_calls_itself_injected_parameters_is_code(code):
    assert not only_literals(code)
    assert code_digest(new_notebook(cells=[injected(code)])) != code_digest(new_notebook())


def test_differences_are_told_by_cell_with_the_line_that_differs():
    theirs = new_notebook(cells=[new_code_cell("a = 1"), new_code_cell("b = 1\nevil()"), new_code_cell("c = 1")])
    ours = new_notebook(cells=[new_code_cell("a = 1"), new_code_cell("b = 1\nfair()"), new_code_cell("c = 1")])
    assert different_cells(theirs, ours) == ["code cell 2: theirs evil() | ours fair()"]


def test_a_document_depends_on_its_room_and_its_template_too(tmp_path):
    for name in (
        "coverage/gaps.py",
        "document/strategy.typ",
        "run/template/a.css",
        "exchange/bundle.py",
        "commands/cli.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert list(document_hashes(tmp_path)) == ["coverage/gaps.py", "document/strategy.typ", "run/template/a.css"]
    assert list(library_hashes(tmp_path)) == ["coverage/gaps.py"]
