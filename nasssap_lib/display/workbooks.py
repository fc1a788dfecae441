"""The look of all workbooks, the one way in which text gets into a cell (as text, never as a formula), and what is wrong with one."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from nasssap_lib.display.texts import _, reason_words
from nasssap_lib.files import write_bytes
from nasssap_lib.pack.workbooks import SheetProblem

DARK, PALE, RULE, INK, MUTED = "14506E", "FFF4DD", "D9DEE4", "1F2933", "6B7785"
FONT = "Calibri"
LINE = Side(style="thin", color=RULE)
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
WRAP = Alignment(wrap_text=True, vertical="top")


def put(sheet: Worksheet, row: int, column: int, value: str | float | None, font: Font | None = None) -> Cell:
    """Write a value; a text that looks like a formula stays a text."""
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font = font or Font(name=FONT, size=11, color=INK)
    cell.alignment = WRAP
    return cell


def put_title(sheet: Worksheet, row: int, text: str, below: list[str], width: int) -> int:
    """Write a title and sentences below it, each over so many columns; return the next free row."""
    put(sheet, row, 2, text, Font(name=FONT, size=16, bold=True, color=DARK)).alignment = Alignment(vertical="center")
    sheet.row_dimensions[row].height = 26
    for number, sentence in enumerate(below, row + 1):
        put(sheet, number, 2, sentence, Font(name=FONT, size=11, color=MUTED))
        sheet.merge_cells(start_row=number, end_row=number, start_column=2, end_column=1 + width)
        letters = sum(sheet.column_dimensions[column_letter(column)].width for column in range(2, 2 + width))
        sheet.row_dimensions[number].height = 15.5 * lines_of(sentence, letters)
    return row + len(below) + 2


def put_header(sheet: Worksheet, row: int, words: list[str]) -> None:
    """Write the heads of columns, from the second column on."""
    widths = [sheet.column_dimensions[column_letter(column)].width for column in range(2, 2 + len(words))]
    for column, text in enumerate(words, 2):
        cell = put(sheet, row, column, text, Font(name=FONT, size=11, bold=True, color="FFFFFF"))
        cell.fill, cell.border = PatternFill("solid", fgColor=DARK), BOX
    sheet.row_dimensions[row].height = 15.5 * max(map(lines_of, words, widths)) + 3


def put_answer(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell that is to be filled in: pale ground, and open where the sheet is protected."""
    cell = put(sheet, row, column, None)
    cell.fill, cell.border, cell.protection = PatternFill("solid", fgColor=PALE), BOX, Protection(locked=False)
    return cell


def lines_of(text: str, letters: float) -> int:
    """Lines that a text needs in a column of so many letters; Excel does not give a row the height of its text by itself.

    Examples
    --------
    >>> lines_of("a word or two", 40), lines_of("word " * 20, 40)
    (1, 3)
    """
    lines, room = 1, letters
    for word in text.split():
        if len(word) + 1 > room and room < letters:
            lines, room = lines + 1, letters
        lines += int((len(word) + 1) // letters)
        room -= (len(word) + 1) % letters
    return lines


def column_letter(column: int) -> str:
    """The letter of one of the first 26 columns."""
    return chr(ord("A") + column - 1)


def finish(sheet: Worksheet) -> None:
    """Print on one page's width, keep the structure from being changed by accident (there is no password)."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet, sheet.protection.formatColumns, sheet.protection.formatRows = True, False, False


def open_sheet(sheet: Worksheet, widths: list[float]) -> None:
    """Prepare a sheet: the first row and column, which hold ids for reading it back, are hidden."""
    for column, width in enumerate(widths, 2):
        sheet.column_dimensions[column_letter(column)].width = width
    sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[1].hidden = True


def save_book(path: Path, book: Workbook) -> Path:
    """Write a workbook, whole or not at all.

    Parameters
    ----------
    path : of the workbook; its folder is made
    book : all its sheets
    """
    book.properties.creator, book.properties.lastModifiedBy = "nasssap", "nasssap"
    content = io.BytesIO()
    book.save(content)
    write_bytes(path, content.getvalue())
    return path


def problem_words(problem: SheetProblem) -> str:
    """What is wrong with a workbook, in the reader's language.

    Examples
    --------
    >>> problem_words(SheetProblem("a.xlsx", 7, "D", "=1+1", "value_not_formula", "paste_values", "2 Criteria"))
    "a.xlsx, 2 Criteria!D7: got '=1+1', expected a value, not a formula; copy the cell, then Paste special, Values"
    """
    said = {"expected": reason_words(problem.expected), "remedy": reason_words(problem.hint), "place": problem.place}
    if not problem.value:
        return _("{place}: expected {expected}; {remedy}", **said)
    return _("{place}: got '{got}', expected {expected}; {remedy}", got=problem.value, **said)
