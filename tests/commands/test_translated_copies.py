"""``nasssap lab --lang``: copies with translated prose, the same code, and nothing of what somebody changed is lost."""

import nbformat
import pytest

from nasssap_lib.commands.lab import lab_arguments, notebooks_to_open
from nasssap_lib.errors import ParameterError
from nasssap_lib.run.folders import Folders


@pytest.fixture
def folders(tmp_path):
    return Folders.of(tmp_path)


def test_every_notebook_is_copied_with_its_prose_translated_and_its_language_set(folders):
    target = notebooks_to_open(folders, "fr")
    assert target == folders.reports / "lab" / "fr"
    assert {path.name for path in target.glob("*")} == {path.name for path in folders.notebooks.glob("*.ipynb")}
    for path in folders.notebooks.glob("[0-9]*.ipynb"):
        ours, theirs = (nbformat.read(place, as_version=4) for place in (path, target / path.name))
        code, copied = ([cell.source for cell in book.cells if cell.cell_type == "code"] for book in (ours, theirs))
        assert copied[0] == code[0].replace('language: str = ""', 'language: str = "fr"') != code[0]
        assert copied[1:] == code[1:]
        assert [cell.id for cell in ours.cells] == [cell.id for cell in theirs.cells]
    second = nbformat.read(target / "02_gap_identification.ipynb", as_version=4)
    assert second.cells[0].source.startswith("# Identification des écarts")


def test_a_copy_that_somebody_changed_is_left_alone_and_outputs_alone_are_no_change(folders):
    target = notebooks_to_open(folders, "fr")
    mine, run = (target / f"{name}.ipynb" for name in ("01_stocktaking", "02_gap_identification"))
    notebook = nbformat.read(mine, as_version=4)
    notebook.cells[-1].source += "\n# my own line"
    nbformat.write(notebook, mine)
    executed = nbformat.read(run, as_version=4)
    executed.cells[-1].execution_count = 7
    nbformat.write(executed, run)
    notebooks_to_open(folders, "fr")
    assert "# my own line" in mine.read_text("utf-8")
    assert nbformat.read(run, as_version=4).cells[-1].execution_count == 7, "what was computed there stays too"


@pytest.mark.parametrize("text", ['{"cells": [', "{}", "[]", '{"nbformat": 4, "cells": 3}', "\0"])
def test_a_copy_that_is_no_notebook_any_more_is_left_alone_and_an_empty_one_is_made_again(folders, text):
    target = notebooks_to_open(folders, "fr")
    broken, empty = target / "01_stocktaking.ipynb", target / "02_gap_identification.ipynb"
    whole = empty.read_bytes()
    broken.write_text(text, encoding="utf-8")
    empty.write_bytes(b"")
    notebooks_to_open(folders, "fr")
    assert broken.read_text(encoding="utf-8") == text and empty.read_bytes() == whole


def test_an_unknown_language_is_refused_and_nothing_is_written(folders):
    for code in ("french", "../x"):
        with pytest.raises(ParameterError, match="lang: expected one of"):
            notebooks_to_open(folders, code)
    assert not folders.reports.exists()


def test_the_start_page_is_that_of_the_copies(folders):
    target = notebooks_to_open(folders, "fr")
    assert "--LabApp.default_url=/lab/tree/reports/lab/fr/start.ipynb" in lab_arguments(folders.out, target)


def test_outside_a_clone_copies_are_opened_and_in_it_the_notebooks_themselves(folders):
    for language in ("", "en"):
        assert notebooks_to_open(folders, language) == folders.out / "notebooks"
    for path in folders.notebooks.glob("*.ipynb"):
        ours, theirs = (
            nbformat.read(place / path.name, as_version=4) for place in (folders.notebooks, folders.out / "notebooks")
        )
        assert [cell.source for cell in ours.cells] == [cell.source for cell in theirs.cells]
    before = {path: path.read_bytes() for path in folders.notebooks.glob("*.ipynb")}
    assert notebooks_to_open(Folders.of()) == folders.notebooks
    assert {path: path.read_bytes() for path in folders.notebooks.glob("*.ipynb")} == before
