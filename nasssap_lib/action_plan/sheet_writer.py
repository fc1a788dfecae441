"""The action-plan matrix as an Excel workbook that institutions fill in: an activity a row, and empty rows for those that are missing."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from nasssap_lib.action_plan.sheet_columns import (
    BY_NAME,
    COLUMNS,
    Column,
    head_words,
    option_words,
    plan_rows,
    quality_words,
    shown,
)
from nasssap_lib.action_plan.sheet_guide import guide_sheet, list_sheet
from nasssap_lib.dialogue.sheet_writer import FICTIONAL
from nasssap_lib.display.texts import N_, _, current_language, named
from nasssap_lib.display.workbooks import (
    BOX,
    DARK,
    FONT,
    WRAP,
    column_letter,
    finish,
    lines_of,
    open_sheet,
    put,
    put_answer,
    put_header,
    put_title,
    save_book,
)
from nasssap_lib.pack.model import Pack

META, MARK, SCHEMA = "nasssap", "nasssap action plan", 1
WRITTEN = "written:"  # before the id of an activity on the sheet of what the workbook was written with
PLAN, GUIDE, LISTS = N_("1 Plan"), N_("2 How to"), N_("3 Lists")
HEADS = "heads"  # marks the row of heads in the hidden first column
EMPTY_ROWS = 40
KEPT = 2  # columns that stay in sight: number and name
A3 = 8
MOST = 1e15  # of a cost
WORKING_PAPER = N_("Working paper for those who carry out the plan, not a government document.")
FILL_IN = N_("Fill in the pale cells; the second sheet says how, and how to send it back.")
FORMATS = {"number": "#,##0.0##", "percent": "General"}  # of optional digits alone Excel leaves a point
PLACED = {  # clear of the text beside it
    "number": Alignment(horizontal="right", vertical="top", indent=1),
    "percent": Alignment(horizontal="center", vertical="top"),
}
RULE = Font(name=FONT, size=11, bold=True, color=DARK)


def write_plan(path: Path, pack: Pack) -> Path:
    """Write the action plan of a country in the language that is spoken, whole or not at all.

    Parameters
    ----------
    path : of the workbook
    pack : the country; without activities the rows are empty, and what each option needs stands on the second sheet

    Returns
    -------
    path of the workbook

    Notes
    -----
    The first row is hidden and names the columns of ``activities.csv``; a hidden sheet holds what the workbook was written with, so that
    several institutions can fill in a copy each. No formula, no macro; texts of the pack are written as texts. What people typed stands
    as they typed it, heads and lists in the language. The protection has no password: it prevents accidents, nothing else.
    """
    book = Workbook()
    lists = option_words(pack), quality_words(pack.settings.fictional)
    _matrix(book.active, pack, *lists)
    guide_sheet(book.create_sheet(_(GUIDE)), pack, path.name)
    for name, place in list_sheet(book.create_sheet(_(LISTS)), pack, *lists).items():
        _allow_list(book.active, name, place)
    _meta_sheet(book.create_sheet(META), pack)
    return save_book(path, book)


def _matrix(sheet: Worksheet, pack: Pack, options: dict[str, str], qualities: dict[str, str]) -> None:
    sheet.title, currency = _(PLAN), pack.settings.currency
    open_sheet(sheet, [column.width for column in COLUMNS])
    for at, column in enumerate(COLUMNS, 2):
        sheet.cell(1, at).value = column.name
    country = named(pack.settings.name_en)
    below = [_(FICTIONAL if pack.settings.fictional else WORKING_PAPER), _(FILL_IN)]
    row = put_title(sheet, 2, _("{country}: action plan", country=country), below, 8)
    put(sheet, row, 1, HEADS)
    put_header(sheet, row, [head_words(column.name, currency) for column in COLUMNS])
    rows = list(plan_rows(pack.activities).values())
    for number, texts in enumerate([*rows, *[{}] * EMPTY_ROWS], row + 1):
        cells = {} if not texts else {name: shown(BY_NAME[name], texts[name], options, qualities) for name in BY_NAME}
        _put_row(sheet, number, cells)
    last = row + len(rows) + EMPTY_ROWS
    sheet.freeze_panes = sheet.cell(row + 1, 2 + KEPT)
    sheet.auto_filter.ref = f"B{row}:{column_letter(1 + len(COLUMNS))}{last}"
    _allow_values(sheet)
    sheet.print_title_rows = f"{row}:{row}"
    finish(sheet)
    sheet.page_setup.paperSize = A3
    sheet.protection.autoFilter = False


def _put_row(sheet: Worksheet, number: int, cells: dict) -> None:
    """An activity, or an empty row; the number of an activity that is there is no cell to fill in."""
    for at, column in enumerate(COLUMNS, 2):
        if column.name == "id" and cells:
            put(sheet, number, at, cells["id"], RULE).border = BOX
        else:
            _put_given(sheet, number, at, column, cells.get(column.name))
    words = [(str(cells.get(column.name) or ""), column.width) for column in COLUMNS]
    sheet.row_dimensions[number].height = 15.5 * max(lines_of(*said) for said in words) + 3


def _put_given(sheet: Worksheet, number: int, at: int, column: Column, value: str | float | None) -> Cell:
    """A cell to fill in, with what the pack has; a month is a text, or a spreadsheet would make a day of it."""
    cell = put_answer(sheet, number, at)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.number_format = FORMATS.get(column.kind, "@")
    cell.alignment = PLACED.get(column.kind, WRAP)
    return cell


def _allow_list(sheet: Worksheet, name: str, source: str) -> None:
    """A drop-down; of sources several may stand in a cell, which a list cannot offer: another text is then asked about."""
    rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.errorStyle = "warning" if name == "source" else "stop"
    rule.error, rule.errorTitle = _("Choose from the list."), _("Not in the list")
    _apply(sheet, rule, name)


def _allow_values(sheet: Worksheet) -> None:
    """Shares in percent, costs that are not negative, and months as a pack writes them."""
    for column in COLUMNS:
        if column.kind in ("number", "percent"):
            most = 100 if column.kind == "percent" else MOST
            rule = DataValidation("decimal", operator="between", formula1="0", formula2=f"{most:g}", allow_blank=True)
            told = (
                _("A number from {low} to {high}.", low=0, high=100)
                if most == 100
                else _("A number of at least {low}.", low=0)
            )
        elif column.kind == "month":
            rule = DataValidation("textLength", operator="between", formula1="4", formula2="10", allow_blank=True)
            told = _("A month, as in {example}.", example="2027-03")
        else:
            continue
        rule.error, rule.showErrorMessage = told, True
        _apply(sheet, rule, column.name)


def _apply(sheet: Worksheet, rule: DataValidation, name: str) -> None:
    letter = column_letter(2 + [column.name for column in COLUMNS].index(name))
    first = sheet.auto_filter.ref.partition(":")[0]
    first_row, last_row = int(first[1:]) + 1, sheet.max_row
    sheet.add_data_validation(rule)
    rule.add(f"{letter}{first_row}:{letter}{last_row}")


def _meta_sheet(sheet: Worksheet, pack: Pack) -> None:
    """What the workbook says of itself, and with what it was written."""
    meta = {
        "mark": MARK,
        "schema": str(SCHEMA),
        "country": pack.country,
        "language": current_language(),
        "sheet": _(PLAN),
    }
    lines = [[name, value] for name, value in meta.items()]
    lines += [[f"{WRITTEN}{name}", *texts.values()] for name, texts in plan_rows(pack.activities).items()]
    for row, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            put(sheet, row, column, value or None)
    sheet.sheet_state = "veryHidden"
