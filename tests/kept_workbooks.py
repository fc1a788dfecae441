"""Workbooks that tests fill in: each is opened once, however many of them change some of its cells."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import openpyxl


@lru_cache(maxsize=4)
def _opened(content: bytes) -> openpyxl.Workbook:
    """A workbook of openpyxl; opening it takes longer than what most tests do with it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def opened(path: Path) -> openpyxl.Workbook:
    """A workbook that nobody changes."""
    return _opened(path.read_bytes())


def with_values(path: Path, values: Mapping[tuple[str, str], object], to: Path, texts: bool = False) -> Path:
    """A copy of a workbook with other values in some cells: (sheet, cell) → value; ``texts``: what looks like a formula is a text."""
    book, before = opened(path), []
    for (sheet, place), value in values.items():
        cell = book[sheet][place]
        before.append((cell, cell.value, cell.data_type, cell.number_format))
        cell.value = value
        if texts and isinstance(value, str):
            cell.data_type = "s"
    book.save(to)
    for cell, value, kind, form in before:
        cell.value, cell.data_type, cell.number_format = value, kind, form
    return to
