"""The sheets beside the matrix: how to fill it in, what the options need that no activity serves yet, and what can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from nasssap_lib.action_plan.sheet_columns import WHOLE_PLAN
from nasssap_lib.action_plan.skeleton import plan_skeleton
from nasssap_lib.action_plan.tables import skeleton_table
from nasssap_lib.display.texts import _, join_listed, named
from nasssap_lib.display.workbooks import (
    BOX,
    FONT,
    INK,
    column_letter,
    finish,
    lines_of,
    open_sheet,
    put,
    put_header,
    put_title,
)
from nasssap_lib.financing.sheet_cells import on_sheet
from nasssap_lib.pack.model import Pack
from nasssap_lib.rows import as_records

GUIDE_WIDTHS = [34, *[26] * 6]
LIST_WIDTHS = [50, 24, 40, 32, 90]
BOLD = Font(name=FONT, size=11, bold=True, color=INK)


def guide_sheet(sheet: Worksheet, pack: Pack, file: str) -> None:
    """How to fill in and send back, and what each option needs that no activity serves.

    Parameters
    ----------
    sheet : that receives them
    pack : the country
    file : name of the workbook, for the command that reads it back
    """
    open_sheet(sheet, GUIDE_WIDTHS)
    row = put_title(
        sheet, 2, _("How to fill in this workbook"), _sentences(pack.settings.currency, file), len(GUIDE_WIDTHS)
    )
    bare = plan_skeleton(pack)
    bare = bare[~bare["option"].isin(pack.activities["measure"])]
    row = put_title(
        sheet, row, _("Options without an activity"), [_about(bare, len(pack.activities) == 0)], len(GUIDE_WIDTHS)
    )
    if len(bare):
        _need_table(sheet, row, bare)
    finish(sheet)


def _sentences(currency: str, file: str) -> list[str]:
    return [
        _(
            "Fill in the pale cells, one activity a row: months as in {example}, money in million {currency}, shares in percent; what is "
            "not known stays empty.",
            example="2027-03", currency=currency,
        ),
        _(
            "A new activity goes into an empty row, with its quality and the id of its source from the lists, and gets its number by "
            "itself; to take an activity out, empty all pale cells of its row."
        ),
        _(
            "Save the workbook as .xlsx and send it back: nasssap plan import {file} names every change by its cell, and takes all of "
            "them or none.",
            file=file,
        ),
    ]  # fmt: skip


def _about(bare: pd.DataFrame, no_plan: bool) -> str:
    if bare.empty:
        return _("Every option has an activity.")
    if no_plan:
        return _(
            "Nobody has planned yet: no month and no institution stands here that the country pack does not name. This is what each "
            "option needs, and what of it was found."
        )
    return _("What each of these options needs, and what of it was found.")


def _need_table(sheet: Worksheet, row: int, bare: pd.DataFrame) -> None:
    """An option a row, a step a column: whether it was found, and what."""
    table = skeleton_table(bare)
    put_header(sheet, row, [view.words for view in table.views.values()])
    for number, line in enumerate(as_records(table.rows), row + 1):
        words = [named(line["name"])]
        words += [_need(line[name], line[view.detail]) for name, view in table.views.items() if view.detail]
        put_line(sheet, number, 2, words, GUIDE_WIDTHS)


def _need(state: str, found: str) -> str:
    return _("{state}: {found}", state=state, found=found) if found else state


def put_line(sheet: Worksheet, row: int, first: int, words: Sequence[str], widths: Sequence[float]) -> None:
    """Write texts side by side, in a row that is high enough for the longest of them.

    Parameters
    ----------
    sheet, row, first : where to, from which column on
    words, widths : texts, and letters that their columns have
    """
    for column, text in enumerate(words, first):
        put(sheet, row, column, text, BOLD if column == 2 else None).border = BOX
    height = 15.5 * max(lines_of(text, width) for text, width in zip(words, widths, strict=True)) + 3
    sheet.row_dimensions[row].height = max(height, sheet.row_dimensions[row].height or 0)


def list_sheet(sheet: Worksheet, pack: Pack, options: dict[str, str], qualities: dict[str, str]) -> dict[str, str]:
    """What can be chosen, with what an id stands for.

    Parameters
    ----------
    sheet : that receives it
    pack : the country
    options, qualities : words by code

    Returns
    -------
    column of the matrix → the cells from which it takes
    """
    open_sheet(sheet, LIST_WIDTHS)
    row = put_title(sheet, 2, _("What can be chosen"), [], len(LIST_WIDTHS))
    put_header(sheet, row, [_("Option"), _("Id"), _("Quality"), _("Id of the source"), _("Source")])
    lists = {
        "measure": (2, [[_(WHOLE_PLAN), ""], *([words, code] for code, words in options.items())]),
        "quality": (4, [[words] for words in qualities.values()]),
        "source": (5, [[source["id"], _source(source)] for source in as_records(pack.sources)]),
    }
    for first, lines in lists.values():
        for number, words in enumerate(lines, row + 1):
            put_line(sheet, number, first, words, LIST_WIDTHS[first - 2 :][: len(words)])
    sheet.freeze_panes = sheet.cell(row + 1, 1)
    finish(sheet)
    return {name: _cells(sheet, first, row + 1, len(lines)) for name, (first, lines) in lists.items()}


def _source(source: dict) -> str:
    return join_listed([named(source["publisher"]), named(source["title"]), source["edition"]])


def _cells(sheet: Worksheet, column: int, row: int, count: int) -> str:
    letter = column_letter(column)
    return on_sheet(sheet.title, f"${letter}${row}:${letter}${row + count - 1}")
