"""The negotiating table as an Excel workbook with live formulas: what was agreed is seen at once, and read back as a scenario."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from nasssap_lib.display.texts import N_, _, current_language, join_sentences, named
from nasssap_lib.display.workbooks import DARK, FONT, INK, MUTED, PALE, RULE
from nasssap_lib.files import write_bytes
from nasssap_lib.financing.negotiation import Negotiation
from nasssap_lib.financing.sheet_cells import FIRST_YEAR, FORMULA, HEADS, INPUT, TEXT, Cell, Sheet, letters, on_sheet
from nasssap_lib.financing.sheet_guide import guide_sheet
from nasssap_lib.financing.sheet_inputs import economy_sheet, persons_sheet, terms_sheet
from nasssap_lib.financing.sheet_places import (
    ECONOMY,
    GUIDE,
    PERSONS,
    READ,
    SHEETS,
    TABLE,
    TERMS,
    WORK,
    YEARS,
    Places,
    places_of,
)
from nasssap_lib.financing.sheet_table import GAP_COLUMN, LAST, first_of_years, table_sheet
from nasssap_lib.financing.sheet_years import work_sheet, years_sheet
from nasssap_lib.pack.model import Pack

META, MARK, SCHEMA = "nasssap", "nasssap negotiating table", 1
TITLES = {
    TABLE: N_("1 Table"),
    GUIDE: N_("2 How to"),
    YEARS: N_("3 By year"),
    WORK: N_("4 Calculation"),
    PERSONS: N_("5 Persons"),
    TERMS: N_("6 Terms"),
    ECONOMY: N_("7 Economy"),
}
GREEN, RED, SEA, SKY = "E3EFE6", "B3261E", "14506E", "8FB8CC"
BASIC = {"font_name": FONT, "font_size": 11, "font_color": f"#{INK}", "valign": "vcenter"}
BOXED = {"border": 1, "border_color": f"#{RULE}"}
TYPED = BOXED | {"bg_color": f"#{PALE}", "locked": False, "align": "right", "bold": True}
HEAD = BOXED | {"bold": True, "font_color": "#FFFFFF", "bg_color": f"#{DARK}", "text_wrap": True, "valign": "top"}
TOTAL = BOXED | {"bold": True, "bg_color": "#EEF2F5"}
LOOKS = {
    "plain": {},
    "title": {"font_size": 16, "bold": True, "font_color": f"#{DARK}"},
    "block": {"font_size": 12, "bold": True, "font_color": f"#{DARK}"},
    "muted": {"font_color": f"#{MUTED}", "text_wrap": True},
    "warning": {"font_color": f"#{RED}", "text_wrap": True, "valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "open": {},
    "code": {"font_name": "Consolas", "indent": 2},
    "name": BOXED | {"text_wrap": True},
    "note": BOXED | {"font_color": f"#{MUTED}", "text_wrap": True, "indent": 1},
    "line": BOXED,
    "beside": BOXED | {"font_color": f"#{MUTED}"},
    "below": {"font_color": f"#{MUTED}"},
    "whole": BOXED | {"num_format": '[>=100000000]"∞";0.00'},
    "none": BOXED | {"font_color": f"#{MUTED}", "italic": True, "align": "right"},
    "head": HEAD | {"indent": 1},
    "head_right": HEAD | {"align": "right"},
    "year": HEAD | {"align": "right", "num_format": "0"},
    "year_left": BOXED | {"align": "left", "num_format": "0"},
    "number": BOXED | {"num_format": "#,##0"},
    "fine": BOXED | {"num_format": "#,##0.00"},
    "exact": BOXED | {"num_format": "0.0000"},
    "fixed": BOXED | {"num_format": "0.0000", "italic": True, "bg_color": "#EFE6F2"},
    "percent": BOXED | {"num_format": "0.00"},
    "gap": BOXED | {"num_format": "0.00", "bold": True},
    "money": BOXED | {"num_format": "#,##0.0"},
    "total_name": TOTAL,
    "total": TOTAL | {"num_format": "0.00"},
    "asked": {"bold": True, "align": "right", "font_size": 12},
    "key_head": BOXED | {"font_color": f"#{MUTED}", "align": "center", "text_wrap": True},
    "key": BOXED | {"num_format": "0.00", "font_size": 15, "bold": True, "align": "center", "font_color": f"#{DARK}"},
    "key_gap": BOXED | {"num_format": "0.00", "font_size": 15, "bold": True, "align": "center"},
    "typed": TYPED | {"num_format": "0.##"},
    "typed_money": TYPED | {"num_format": "#,##0.##"},
    "typed_percent": TYPED | {"num_format": "0.00"},
    "typed_year": TYPED | {"num_format": "0"},
    "typed_year_large": TYPED | {"num_format": "0", "font_size": 14},
    "typed_text": TYPED | {"align": "left", "bold": False},
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Book:
    """A workbook that is composed and not written yet; ``meta`` stands on a hidden sheet, by which it is known again."""

    sheets: list[Sheet]
    meta: Mapping[str, str]
    places: Places
    table: Negotiation

    def sheet(self, key: str) -> Sheet:
        """One of its sheets."""
        return next(sheet for sheet in self.sheets if sheet.key == key)


def compose_workbook(pack: Pack, table: Negotiation, file: str = "", titles: Mapping[str, str] | None = None) -> Book:
    """All cells of the negotiating table, in the language that is spoken.

    Parameters
    ----------
    pack : the country
    table : result of ``financing.negotiation_of``
    file : name of the workbook, for the command that reads it back
    titles : of the sheets, where a workbook has them already; None: those of the language

    Examples
    --------
    >>> from nasssap_lib.financing.negotiation import negotiation_of
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("XTC")
    >>> book = compose_workbook(pack, negotiation_of(pack))
    >>> [sheet.title for sheet in book.sheets][:3], book.meta["country"]
    (['1 Table', '2 How to', '3 By year'], 'XTC')
    """
    titles = dict(titles or {key: _(words) for key, words in TITLES.items()})
    places = places_of(table, titles)
    sheets = {key: Sheet(key, titles[key]) for key in SHEETS}
    table_sheet(sheets[TABLE], table, places, named(pack.settings.name_en), pack.settings.fictional)
    used = years_sheet(sheets[YEARS], table, places)
    fixed = work_sheet(sheets[WORK], table, places)
    persons_sheet(sheets[PERSONS], table, places)
    terms_sheet(sheets[TERMS], table, places)
    economy_sheet(sheets[ECONOMY], table, places, _cited(pack, sheets.values()))
    guide_sheet(sheets[GUIDE], table, (fixed, used), file or f"{pack.country}_costing.xlsx")
    meta = {
        "mark": MARK,
        "schema": str(SCHEMA),
        "country": pack.country,
        "language": current_language(),
        "digest": table.digest,
    }
    return Book(list(sheets.values()), meta | {f"sheet:{key}": title for key, title in titles.items()}, places, table)


def _cited(pack: Pack, sheets):
    """Rows of the pack's sources that the sheets name."""
    named_there = {
        part
        for sheet in sheets
        for cell in sheet.cells.values()
        if cell.kind == TEXT and cell.look == "beside"
        for part in str(cell.value).split(";")
    }
    return pack.sources[pack.sources["id"].isin({part.strip() for part in named_there})]


CALLED = re.compile(r"[A-Z][A-Z0-9.]*(?=\()")
OLD = {
    "AND",
    "IF",
    "INDEX",
    "ISNUMBER",
    "MATCH",
    "MAX",
    "MIN",
    "N",
    "NOT",
    "OR",
    "SUM",
    "SUMIFS",
}  # functions of Excel 2007


class _Page(Worksheet):
    """A sheet that does not look for thirty newer functions in each formula, which is a third of the time, where it calls old ones only."""

    def _prepare_formula(self, formula, expand_future_functions=False):
        if formula.startswith("=") and OLD.issuperset(CALLED.findall(formula)):
            return formula[1:]
        return super()._prepare_formula(formula, expand_future_functions)


def write_workbook(path: Path, book: Book) -> Path:
    """Write a workbook, whole or not at all.

    Parameters
    ----------
    path : of the workbook
    book : result of :func:`compose_workbook`, in the same language

    Notes
    -----
    Every formula carries the value that our library gives, for viewers that calculate nothing; Excel and LibreOffice calculate them anew
    when something is changed. No macro, no link, no password.
    """
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(content, options)
    workbook.set_properties({"author": "nasssap", "title": book.sheets[0].cells[1, 1].value})
    looks = {name: workbook.add_format(BASIC | look) for name, look in LOOKS.items()}
    pages = {sheet.key: _write_sheet(workbook, sheet, looks) for sheet in book.sheets}
    _finish_table(workbook, pages[TABLE], book)
    for key in (YEARS, WORK, PERSONS, TERMS, ECONOMY):
        pages[key].freeze_panes(HEADS + 1, 2)
        pages[key].set_paper(8)  # A3: a page that is wide
    _write_meta(workbook.add_worksheet(META), book.meta)
    workbook.close()
    write_bytes(path, content.getvalue())
    return path


def _write_meta(page, meta: Mapping[str, str]) -> None:
    for row, (name, value) in enumerate(meta.items()):
        page.write_string(row, 0, name)
        page.write_string(row, 1, value)
    page.protect()
    page.very_hidden()


def _write_sheet(workbook, sheet: Sheet, looks: Mapping):
    page = workbook.add_worksheet(sheet.title, worksheet_class=_Page)
    for column, width in sheet.widths.items():
        page.set_column(column, column, width)
    for column in sheet.hidden:
        page.set_column(column, column, None, None, {"hidden": True})
    for row, height in sheet.heights.items():
        page.set_row(row, height)
    for row, first, last in sheet.merged:
        page.merge_range(row, first, row, last, "", looks[sheet.cells[row, first].look])
    for cell in sheet.cells.values():
        _write_cell(page, cell, looks[cell.look])
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.protect("", {"format_columns": True, "format_rows": True, "objects": False, "scenarios": False})
    return page


def _write_cell(page, cell: Cell, look) -> None:
    if cell.kind == FORMULA:
        page.write_formula(cell.row, cell.column, cell.formula, look, cell.value)
    elif cell.value is None or cell.value == "":
        page.write_blank(cell.row, cell.column, None, look)
    elif isinstance(cell.value, str):
        page.write_string(cell.row, cell.column, cell.value, look)
    else:
        page.write_number(cell.row, cell.column, cell.value, look)
    if cell.kind == INPUT:
        page.data_validation(cell.row, cell.column, cell.row, cell.column, validation_of(cell))


def validation_of(cell: Cell) -> dict:
    """The rule by which Excel refuses what is typed into a cell, and what it then says."""
    allowed = cell.input
    if allowed.choices:
        rule = {"validate": "list", "source": [words for _code, words in allowed.choices], "ignore_blank": False}
        return rule | {"error_title": _("Not in the list"), "error_message": _("Choose from the list.")}
    words = bounds_words(cell)
    least = f"=MAX({allowed.least:.15g},{allowed.after})" if allowed.after else allowed.least
    rule = {
        "validate": "integer" if allowed.whole else "decimal",
        "criteria": "between",
        "minimum": least,
        "maximum": allowed.most,
    }
    said = {"error_title": _("Outside the bounds"), "error_message": words, "input_message": words}
    return rule | said | {"ignore_blank": allowed.optional}


def bounds_words(cell: Cell) -> str:
    """What may be typed into a cell, in a sentence of at most 255 letters."""
    least, most = (
        f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}" for value in (cell.input.least, cell.input.most)
    )
    if cell.input.whole:
        words = _("A year from {low} to {high}.", low=least, high=most)
    else:
        words = _("A number from {low} to {high}.", low=least, high=most)
    return join_sentences([words, _("It may stay empty.") if cell.input.optional else ""])


def _finish_table(workbook, page, book: Book) -> None:
    """What only the first sheet has: charts, colours of the gap, the list of years, what stays in sight."""
    table, places, titles = book.table, book.places, book.places.titles
    first = first_of_years(table, places)
    last = first + len(table.years) - 2
    heads = f"${letters(FIRST_YEAR + 1)}${HEADS + 1}:${letters(FIRST_YEAR + len(table.years) - 1)}${HEADS + 1}"
    page.data_validation(*READ, *READ, {"validate": "list", "source": "=" + on_sheet(titles[YEARS], heads)})
    red, green = workbook.add_format({"font_color": f"#{RED}"}), workbook.add_format({"font_color": "#2E6B3E"})
    for cells in ((READ[0], 10, READ[0], 11), (first, GAP_COLUMN, last, GAP_COLUMN)):
        page.conditional_format(*cells, {"type": "cell", "criteria": ">", "value": 0.005, "format": red})
        page.conditional_format(*cells, {"type": "cell", "criteria": "<", "value": -0.005, "format": green})
    page.set_zoom(80)
    page.freeze_panes(READ[0] + 1, 0)
    page.activate()
    page.set_first_sheet()
    top, column = READ[0] + 1, LAST + 2
    _put_charts(workbook, page, book, (first, last), (top, column))


def _put_charts(workbook, page, book: Book, rows: tuple[int, int], place: tuple[int, int]) -> None:
    title = book.places.titles[TABLE]
    years = [title, rows[0], 1, rows[1], 1]
    cost = workbook.add_chart({"type": "column"})
    cost.add_series(_series(_("Space"), years, 6, {"fill": {"color": "#9CC5A1"}, "gap": 30}))
    lines = workbook.add_chart({"type": "line"})
    lines.add_series(_series(_("Net cost"), years, 5, {"line": {"color": f"#{SEA}", "width": 2.5}}))
    lines.add_series(_series(_("Cost"), years, 2, {"line": {"color": f"#{SEA}", "width": 1.25, "dash_type": "dash"}}))
    cost.combine(lines)
    gap = workbook.add_chart({"type": "column"})
    gap.add_series(_series(_("Gap"), years, GAP_COLUMN, {"fill": {"color": "#C8553D"}, "gap": 30}))
    height = 270
    for at, (chart, words) in enumerate(
        ((cost, _("Cost and space, % of GDP")), (gap, _("Gap: what no space pays for, % of GDP")))
    ):
        chart.set_title({"name": words, "name_font": {"size": 12, "bold": True, "color": f"#{DARK}"}, "overlay": False})
        chart.set_legend({"position": "bottom"} if chart is cost else {"none": True})
        chart.set_y_axis(
            {
                "num_format": "0.0",
                "major_gridlines": {"visible": True, "line": {"color": f"#{RULE}"}},
                "line": {"none": True},
            }
        )
        chart.set_x_axis({"num_format": "0", "interval_unit": 4, "interval_tick": 4, "label_position": "low"})
        chart.set_size({"width": 520, "height": height})
        page.insert_chart(
            place[0], place[1], chart, {"y_offset": 4 + at * (height + 8), "description": words, "object_position": 2}
        )


def _series(name: str, years: list, column: int, look: dict) -> dict:
    title, first, _column, last, _same = years
    return {"name": name, "categories": years, "values": [title, first, column, last, column], **look}
