"""Matrices of action plans as workbooks: written once for all tests that only read them, and copies that somebody filled in."""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path

from kept_workbooks import opened, with_values
from stories import pack_of

from nasssap_lib.action_plan.sheet_columns import COLUMNS
from nasssap_lib.action_plan.sheet_reader import Returned, read_plan, read_plan_meta
from nasssap_lib.action_plan.sheet_writer import HEADS, write_plan
from nasssap_lib.display.texts import in_language
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.workbooks import WorkbookError

LETTERS = {column.name: chr(ord("B") + at) for at, column in enumerate(COLUMNS)}
NEW = {  # what an activity must have
    "name": "Train the local offices", "institution": "Civil registry", "start": "2027-02", "end": "2027-05",
    "quality": "illustration, not a figure of any country", "source": "XTC-TRAINING",
}  # fmt: skip


def written(folder: Path, pack, language: str = "en") -> Path:
    """The matrix of a pack as a file."""
    with in_language(language, pack.translations(language), pack.country):
        return write_plan(folder / f"{pack.country}_plan.xlsx", pack)


@lru_cache(maxsize=8)
def first_row(path: Path) -> int:
    """The row of the first activity."""
    sheet = opened(path).worksheets[0]
    return 1 + next(row for row in range(1, 30) if sheet.cell(row, 1).value == HEADS)


def place(path: Path, column: str, at: int) -> str:
    """The cell of a column of an activity, counted from 0; empty rows follow the activities."""
    return f"{LETTERS[column]}{first_row(path) + at}"


def filled(path: Path, *rows: tuple[int, dict], to: str = "filled.xlsx") -> Path:
    """A copy with other values in some cells: (activity, counted from 0, {column: value}); a text is a text, never a formula."""
    sheet = opened(path).sheetnames[0]
    cells = {(sheet, place(path, column, at)): value for at, row in rows for column, value in row.items()}
    return with_values(path, cells, path.with_name(to), texts=True)


def came_back(path: Path, pack) -> Returned:
    """A matrix as it is read."""
    return read_plan(*read_plan_meta(path), pack)


def refused(read) -> list[tuple[str, str]]:
    """Cells and codes of all that is wrong with a workbook."""
    try:
        read()
    except WorkbookError as error:
        return [(f"{each.column}{each.row or ''}", each.expected.split(" {")[0]) for each in error.problems]
    return []


def packs_in(folder: Path, *countries: str) -> Path:
    """A data folder of its own with some shipped packs."""
    root = folder / "packs"
    root.mkdir()
    for country in countries:
        shutil.copytree(data_root() / country, root / country)
    shutil.copy(data_root() / "codebook.csv", root)
    return root


def training_plan(folder: Path, pack=None) -> Path:
    """The matrix of the training country in English."""
    return written(folder, pack or pack_of("XTC"))
