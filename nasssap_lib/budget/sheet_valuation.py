"""The workbook that asks a fund for what a valuation needs; what the pack knows already stands in it, with its source."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from nasssap_lib.budget.valuation_questions import ASKED, YEARS, ValuationForm, valuation_form
from nasssap_lib.budget.words_accounts import ITEM_NAMES
from nasssap_lib.display.numbers import format_number
from nasssap_lib.display.texts import N_, _, current_language, join_clauses, join_listed, label, named
from nasssap_lib.display.workbooks import (
    BOX,
    FONT,
    MUTED,
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
from nasssap_lib.rows import as_records
from nasssap_lib.schemes.words import detail_words
from nasssap_lib.terms import BRANCHES, INSURED_STATUSES, SCHEME_MEASURES, SCHEME_RULES, SEXES, UNITS

META, MARK, SCHEMA = "nasssap", "nasssap valuation form", 1
BOLD = Font(name=FONT, size=11, bold=True)
GIVEN = Font(name=FONT, size=11, italic=True, color=MUTED)
HEADS = {  # what is asked of a group: head of its column, the highest value that it can have
    "persons": (N_("Persons"), None),
    "density": (N_("Months contributed in the year, mean"), 12),
    "wage": (N_("Wage a month before a ceiling, mean"), None),
    "service": (N_("Years contributed so far, mean"), 70),
    "pension": (N_("Pension a month, mean"), None),
}
SHEETS = {  # statuses that one sheet asks for → its title, what it asks
    ("active", "dormant"): (
        N_("2 Members"),
        N_("Who contributes, and who contributed before and has no pension yet?"),
        N_(
            "Persons on 31 December of the newest year that is complete, by sex and age. Everybody who contributed in the year counts."
        ),
    ),
    ("old_age", "invalidity", "survivor", "orphan"): (
        N_("3 Pensioners"),
        N_("Who has a pension?"),
        N_("Persons with a pension on 31 December of the same year, by kind of pension, sex and age."),
    ),
}
RULE_UNITS = {
    "share": "percent",
    "months": "months",
    "number": "number",
    "years": "years",
    "lcu_per_month": "lcu_per_month",
}
MONTHS_UNIT = {"months": N_("months")}
STATED = N_(
    "In grey italics: what was read elsewhere, with its source beside it. Correct it where it is wrong, and leave it where it is right."
)
WORKING_PAPER = N_("A form for an actuary or a statistician of the fund. Nothing in it is a valuation.")
FICTIONAL = N_("Fictional country: every figure in this workbook is invented for training.")


def write_valuation_form(path: Path, pack: Pack, scheme: str) -> Path:
    """Write the form for a scheme in the language that is spoken, whole or not at all.

    Parameters
    ----------
    path : of the workbook
    pack : the country
    scheme : id of a scheme that people pay contributions for

    Returns
    -------
    path of the workbook

    Raises
    ------
    NasssapError : no such scheme, or one that taxes or employers pay for

    Notes
    -----
    The first column and row are hidden and hold the ids of lines and columns, those of ``insured.csv`` and ``scheme_rules.csv``. No
    formula, no macro; texts of the pack are written as texts. The protection has no password: it prevents accidents, nothing else.
    """
    form = valuation_form(pack, scheme)
    book = Workbook()
    _fund_sheet(book.active, form, pack)
    for statuses in SHEETS:
        _person_sheet(book.create_sheet(), form, statuses)
    _rule_sheet(book.create_sheet(), form)
    _account_sheet(book.create_sheet(), form)
    _meta_sheet(book.create_sheet(META), form, pack)
    return save_book(path, book)


def _meta_sheet(sheet: Worksheet, form: ValuationForm, pack: Pack) -> None:
    meta = {
        "mark": MARK,
        "schema": SCHEMA,
        "country": pack.country,
        "scheme": form.scheme,
        "language": current_language(),
    }
    for row, (name, value) in enumerate(meta.items(), 1):
        put(sheet, row, 1, name)
        put(sheet, row, 2, value)
    sheet.sheet_state = "veryHidden"


def _fund_sheet(sheet: Worksheet, form: ValuationForm, pack: Pack) -> None:
    sheet.title = _("1 Fund")
    open_sheet(sheet, [44, 30, 40, 40])
    below = [
        _(FICTIONAL if pack.settings.fictional else WORKING_PAPER),
        _(
            "This workbook asks for what a valuation of the fund needs: its members, its pensioners, its rules, and its accounts of "
            "{n} years. Fill in the pale cells. An answer that you leave open is taken as not known, never as 0.",
            n=YEARS,
        ),
        _(STATED),
        _("All amounts are in {currency}; accounts in billion {currency}.", currency=form.currency),
    ]
    row = put_title(sheet, 2, _("{scheme}: what a valuation needs", scheme=named(form.name)), below, 4)
    sheet["C1"] = "value"
    asked = (
        ("filled_by", _("Filled in by, office")),
        ("date", _("Date")),
        ("year", _("Year of the figures on persons")),
    )
    for number, (name, words) in enumerate(asked, row):
        put(sheet, number, 1, f"fund:{name}")
        put(sheet, number, 2, words, BOLD)
        put_answer(sheet, number, 3)
    if len(form.known):
        _known_figures(sheet, form.known, row + len(asked) + 1)
    finish(sheet)


def _known_figures(sheet: Worksheet, known: pd.DataFrame, row: int) -> None:
    """Totals and averages that were read elsewhere: what the lines of the form should come to."""
    put(
        sheet,
        row,
        2,
        _("What was read elsewhere: the lines of the next sheets should come to it, or tell why not"),
        BOLD,
    )
    sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=5)
    put_header(sheet, row + 1, [_("Figure"), _("Value"), _("Source"), _("Remark")])
    for number, line in enumerate(known.itertuples(), row + 2):
        figure = join_listed([label(SCHEME_MEASURES | SCHEME_RULES, line.measure), detail_words(line.detail)])
        value = _("{number} {unit}", number=format_number(line.value, 2), unit=label(UNITS, line.unit))
        dated = value if pd.isna(line.year) else _("{value} ({year})", value=value, year=int(line.year))
        cells = [figure, dated, line.source, detail_words(line.note)]
        for column, text in enumerate(cells, 2):
            put(sheet, number, column, text, GIVEN).border = BOX
        sheet.row_dimensions[number].height = (
            15.5 * max(lines_of(cells[0], 42), lines_of(cells[1], 28), lines_of(cells[3], 38)) + 3
        )


def _person_sheet(sheet: Worksheet, form: ValuationForm, statuses: Sequence[str]) -> None:
    title, question, how = SHEETS[tuple(statuses)]
    asked = list(dict.fromkeys(name for status in statuses for name in ASKED[status]))
    sheet.title = _(title)
    open_sheet(sheet, [40, 14, 12, *[20] * len(asked), 30])
    row = put_title(sheet, 2, _(question), [_(how), _(STATED)], 4 + len(asked))
    for column, name in enumerate(asked, 5):
        sheet.cell(1, column).value = name
    put_header(
        sheet,
        row,
        [_("Who"), _("Sex"), _("Age"), *(_(HEADS[name][0]) for name in asked), _("Source of what is filled in")],
    )
    lines = form.persons[form.persons["status"].isin(statuses)]
    for number, line in enumerate(as_records(lines), row + 1):
        put(sheet, number, 1, "|".join([line["status"], line["sex"], _ages(line, "-")]))
        words = (label(INSURED_STATUSES, line["status"]), label(SEXES, line["sex"]), _ages(line, "–"))
        for column, text in enumerate(words, 2):
            put(sheet, number, column, text).border = BOX
        for column, name in enumerate(asked, 5):
            if name in ASKED[line["status"]]:
                _put_given(sheet, number, column, line[name])
        put(sheet, number, 5 + len(asked), line["source"], GIVEN)
    for column, name in enumerate(asked, 5):
        _allow(sheet, number=(row + 1, row + len(lines)), column=column, most=HEADS[name][1])
    sheet.freeze_panes = sheet.cell(row + 1, 5)
    finish(sheet)


def _ages(line: dict, dash: str) -> str:
    """Ages of a group: from and to, or from on; "" for all."""
    first, last = line["age_from"], line["age_to"]
    if pd.isna(first):
        return ""
    return f"{int(first)}+" if pd.isna(last) else f"{int(first)}{dash}{int(last)}"


def _put_given(sheet: Worksheet, row: int, column: int, value: float) -> None:
    """A cell to fill in, with what is known already in grey italics."""
    cell = put_answer(sheet, row, column)
    if pd.notna(value):
        fill, border, protection = cell.fill, cell.border, cell.protection
        cell = put(sheet, row, column, round(float(value), 6), GIVEN)
        cell.fill, cell.border, cell.protection = copy(fill), copy(border), copy(protection)


def _allow(sheet: Worksheet, number: tuple[int, int], column: int, most: float | None, least: float | None = 0) -> None:
    """Numbers alone, at least 0 unless they may be below it."""
    if number[1] < number[0]:
        return
    cells = f"{sheet.cell(number[0], column).coordinate}:{sheet.cell(number[1], column).coordinate}"
    low = -1e15 if least is None else least
    rule = DataValidation(
        "decimal",
        operator="between",
        formula1=f"{low:g}",
        formula2=f"{1e15 if most is None else most:g}",
        allow_blank=True,
    )
    told = (
        _("A number of at least {low}.", low=0)
        if most is None
        else _("A number from {low} to {high}.", low=0, high=most)
    )
    rule.error, rule.showErrorMessage = told if least is not None else _("A number."), True
    sheet.add_data_validation(rule)
    rule.add(cells)


def _rule_sheet(sheet: Worksheet, form: ValuationForm) -> None:
    sheet.title = _("4 Rules")
    open_sheet(sheet, [60, 14, 12, 12, 18, 24, 30, 40])
    below = [
        _(
            "By law or regulation, and as it is applied. Rates by age are those of the fund's own experience of the last years."
        ),
        _(STATED),
    ]
    row = put_title(sheet, 2, _("By which rules does the fund take in and pay?"), below, 8)
    for column, name in ((5, "from_year"), (6, "value"), (9, "remark")):
        sheet.cell(1, column).value = name
    heads = [_("Rule"), _("Sex"), _("Age"), _("From year"), _("Value"), _("Unit"), _("Source"), _("Your remark")]
    put_header(sheet, row, heads)
    lines = as_records(form.rules)
    for number, line in enumerate(lines, row + 1):
        percent = line["unit"] == "share"
        year = "" if pd.isna(line["from_year"]) else str(int(line["from_year"]))
        put(sheet, number, 1, "|".join([line["rule"], line["sex"], _ages(line, "-"), year]))
        unit = label(UNITS | MONTHS_UNIT, RULE_UNITS[line["unit"]])
        words = (label(SCHEME_RULES, line["rule"]), label(SEXES, line["sex"]), _ages(line, "–"))
        for column, text in enumerate(words, 2):
            put(sheet, number, column, text).border = BOX
        _put_given(sheet, number, 5, line["from_year"])
        _put_given(sheet, number, 6, line["value"] * (100 if percent else 1))
        put(sheet, number, 7, unit).border = BOX
        put(sheet, number, 8, line["source"], GIVEN)
        put_answer(sheet, number, 9)
        sheet.row_dimensions[number].height = 15.5 * lines_of(words[0], 58) + 3
    _allow(sheet, (row + 1, row + len(lines)), 6, None, least=None)
    sheet.freeze_panes = sheet.cell(row + 1, 3)
    finish(sheet)


def _account_sheet(sheet: Worksheet, form: ValuationForm) -> None:
    sheet.title = _("5 Accounts")
    years = sorted(form.accounts["year"].unique())
    open_sheet(sheet, [60, *[16] * len(years), 60])
    below = [
        _(
            "Billion {currency} a year, as closed; assets at the end of the year. Parts that are not kept apart stay open.",
            currency=form.currency,
        ),
        _("Only what the scheme alone takes in and pays; accounts of several schemes together are not in it."),
        _(STATED),
    ]
    row = put_title(
        sheet, 2, _("What came in and was paid in the last {n} years?", n=len(years)), below, 2 + len(years)
    )
    for column, year in enumerate(years, 3):
        sheet.cell(1, column).value = str(year)
    put_header(sheet, row, [_("Account item"), *map(str, years), _("Source of what is filled in")])
    parts = list(form.accounts.groupby(["item", "branch"], sort=False))
    for number, ((item, branch), part) in enumerate(parts, row + 1):
        put(sheet, number, 1, f"{item}|{branch}")
        name = label(ITEM_NAMES, "assets_closing" if item == "assets" else item)
        put(sheet, number, 2, join_listed([name, label(BRANCHES, branch) if branch else ""])).border = BOX
        for column, line in enumerate(part.sort_values("year").itertuples(), 3):
            _put_given(sheet, number, column, line.value)
        put(sheet, number, 3 + len(years), _sources(part), GIVEN)
        sheet.row_dimensions[number].height = 15.5 * lines_of(_sources(part), 58) + 3
    for column in range(3, 3 + len(years)):
        _allow(sheet, (row + 1, row + len(parts)), column, None, least=None)
    sheet.freeze_panes = sheet.cell(row + 1, 3)
    finish(sheet)


def _sources(part: pd.DataFrame) -> str:
    """Which source each filled year is from; a budget is named."""
    known = part[part["source"] != ""].sort_values("year")
    return join_clauses(
        [
            f"{_('{year}, budget', year=line.year) if line.kind == 'budget' else line.year}: {line.source}"
            for line in known.itertuples()
        ]
    )
