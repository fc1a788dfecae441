"""Fills in sheets of a dialogue as people do: by what stands on the page, in Excel's own types."""

from __future__ import annotations

from pathlib import Path

import openpyxl


def cells(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """(question, field) → (sheet, cell) of a workbook, by its hidden first row and column."""
    book, where = openpyxl.load_workbook(path), {}
    for sheet in book.worksheets:
        fields = {cell.column: cell.value for cell in sheet[1] if cell.value}
        for row in sheet.iter_rows(min_row=2):
            if row[0].value and ":" in str(row[0].value):
                for column, name in fields.items():
                    where[row[0].value.split(" | ")[0], name] = sheet.title, sheet.cell(row[0].row, column).coordinate
    return where


def fill(path: Path, answers: dict[str, object], to: Path | None = None) -> Path:
    """Write answers ("weight:cost", "option:pension.why") into a sheet, and keep it, or a copy of it."""
    where, book = cells(path), openpyxl.load_workbook(path)
    for key, value in answers.items():
        question, _, field = key.rpartition(".") if "." in key else (key, "", "value")
        sheet, cell = where[question, field]
        book[sheet][cell] = value
    book.save(to or path)
    return to or path
