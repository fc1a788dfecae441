"""The columns of the action-plan matrix in a workbook: their heads, and how a value of the pack becomes a cell and a cell one of them.

Money is in millions and shares are typed in percent, as people say them; options and qualities stand in words, months as 2027-03.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from nasssap_lib.dialogue.answer_sheet import read_number
from nasssap_lib.display.texts import N_, PSEUDO, _, in_language, label, languages, named
from nasssap_lib.names import alike, one_form
from nasssap_lib.pack.csv_text import inert
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.workbooks import Cell
from nasssap_lib.reasons import reason
from nasssap_lib.rows import as_records
from nasssap_lib.terms import QUALITIES

WHOLE_PLAN = N_("the whole plan")
MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[./-](\d{4})", re.ASCII)
BETWEEN = re.compile(r"[\s;,]+")
CODES = ("option", "quality")  # kinds of columns whose cells are words of a list

Codes = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Column:
    """A column of the matrix.

    name : of activities.csv · head : what stands above it · width : in letters · kind : of its cells, a key of ``TAKEN``
    """

    name: str
    head: str
    width: float
    kind: str = "text"


COLUMNS = (
    Column("id", N_("No."), 7),
    Column("name", N_("Activity"), 40),
    Column("measure", N_("Option"), 32, "option"),
    Column("institution", N_("Responsible"), 26),
    Column("support", N_("Supporting institutions"), 24),
    Column("start", N_("Start"), 11, "month"),
    Column("end", N_("End"), 11, "month"),
    Column("depends_on", N_("After"), 12, "ids"),
    Column("cost", N_("Cost, million {currency}"), 13, "number"),
    Column("financed", N_("Financed, %"), 13, "percent"),
    Column("finance_source", N_("Source of finance"), 20),
    Column("expertise", N_("Expertise needed"), 24),
    Column("progress", N_("Done, %"), 11, "percent"),
    Column("progress_date", N_("Month of progress"), 13, "month"),
    Column("risk", N_("Risk"), 30),
    Column("quality", N_("Quality"), 25, "quality"),
    Column("source", N_("Source"), 22, "ids"),
)
BY_NAME = {column.name: column for column in COLUMNS}


@dataclass(frozen=True)
class Taken:
    """What a cell says as text of the pack; ``expected`` and ``hint`` are reasons where it cannot be taken."""

    text: str
    expected: str = ""
    hint: str = ""


def head_words(name: str, currency: str) -> str:
    """What stands above a column, in the language that is spoken.

    Examples
    --------
    >>> head_words("cost", "XTS")
    'Cost, million XTS'
    """
    return _(BY_NAME[name].head).format(currency=currency)


def option_words(pack: Pack) -> dict[str, str]:
    """Options by their id as the list of the workbook has them; with the id where two have one name.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> option_words(read_pack("SEN"))["social_pension"]
    'Social pension from age 65'
    """
    words = {row.id: named(row.title) for row in pack.measures.rename(columns={"name": "title"}).itertuples()}
    spelled = [alike(name) for name in words.values()]
    return {code: name if spelled.count(alike(name)) == 1 else f"{name} ({code})" for code, name in words.items()}


def quality_words(fictional: bool) -> dict[str, str]:
    """Qualities as the list of the workbook has them; illustrations belong to fictional countries alone.

    Examples
    --------
    >>> list(quality_words(fictional=False))
    ['observed', 'estimated', 'assumed']
    """
    return {code: label(QUALITIES, code) for code in QUALITIES if fictional or code != "illustrative"}


def known_codes(pack: Pack) -> Codes:
    """Kind of column → words of its list in every language, and ids themselves → code.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> known_codes(read_pack("SEN"))["option"][alike("Pension sociale à partir de 65 ans")]
    'social_pension'
    """
    codes: dict[str, dict[str, str]] = {kind: {} for kind in CODES}
    for language in (PSEUDO, *reversed(languages())):
        with in_language(language, pack.translations(language), pack.country):
            listed = {"option": option_words(pack), "quality": quality_words(pack.settings.fictional)}
            codes["option"][alike(_(WHOLE_PLAN))] = ""
        for kind, words in listed.items():
            codes[kind] |= {alike(said): code for code, said in words.items()}
    for kind, words in listed.items():
        codes[kind] |= {alike(code): code for code in words}
    return codes


def plan_rows(activities: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Activities by their id: column → text, two values that mean the same in one form.

    Parameters
    ----------
    activities : of a pack
    """
    rows = as_records(activities[list(BY_NAME)])
    return {row["id"]: {name: one_text(column, row[name]) for name, column in BY_NAME.items()} for row in rows}


def one_text(column: Column, value: object) -> str:
    """A value of a pack in the one form in which it is compared, and written where it changed.

    Examples
    --------
    >>> one_text(BY_NAME["cost"], 45.0), one_text(BY_NAME["depends_on"], "a01; a03"), one_text(BY_NAME["name"], "Law  and=1")
    ('45', 'a01;a03', 'Law and=1')
    """
    if value is None or pd.isna(value) or value == "":
        return ""
    if column.kind in ("number", "percent"):
        return f"{float(value):.12g}"
    return ";".join(_parts(str(value))) if column.kind == "ids" else inert(one_form(str(value)))


def _parts(text: str) -> list[str]:
    return [part for part in BETWEEN.split(text) if part]


def shown(column: Column, text: str, options: Mapping[str, str], qualities: Mapping[str, str]) -> str | float | None:
    """What stands in a cell for a text of :func:`plan_rows`.

    Parameters
    ----------
    column, text : which, and its text
    options, qualities : words of the lists by code

    Examples
    --------
    >>> shown(BY_NAME["financed"], "0.07", {}, {}), shown(BY_NAME["depends_on"], "a01;a03", {}, {})
    (7.0, 'a01, a03')
    """
    if column.kind == "option":
        return options[text] if text else _(WHOLE_PLAN)
    if not text:
        return None
    if column.kind == "percent":
        return round(100 * float(text), 10)
    if column.kind == "number":
        return float(text)
    return qualities[text] if column.kind == "quality" else text.replace(";", ", ") if column.kind == "ids" else text


def taken(column: Column, cell: Cell | None, codes: Codes) -> Taken:
    """What a cell of the workbook says.

    Parameters
    ----------
    column : its column
    cell : None where nothing stands there
    codes : result of :func:`known_codes`

    Examples
    --------
    >>> taken(BY_NAME["start"], Cell("1 Plan", 7, 6, "03/2027"), {}).text
    '2027-03'
    """
    if cell is None or cell.value == "":
        return Taken("")
    return TAKEN[column.kind](cell, codes)


def _text(cell: Cell, _codes: Codes) -> Taken:
    return Taken(inert(one_form(_said(cell))))


def _said(cell: Cell) -> str:
    if cell.kind == "number":
        return f"{cell.shown:.12g}"
    return cell.value.isoformat()[:10] if isinstance(cell.value, date) else str(cell.value)


def _month(cell: Cell, _codes: Codes) -> Taken:
    """A month that a spreadsheet made a date of is the first day of it."""
    if isinstance(cell.value, date):
        return Taken(f"{cell.value:%Y-%m}" if cell.value.day == 1 else f"{cell.value:%Y-%m-%d}")
    text = one_form(_said(cell))
    turned = MONTH_FIRST.fullmatch(text)
    return Taken(f"{turned[2]}-{int(turned[1]):02d}" if turned else text)


def _ids(cell: Cell, _codes: Codes) -> Taken:
    return Taken(";".join(_parts(one_form(_said(cell)))))


def _number(cell: Cell, _codes: Codes) -> Taken:
    value = cell.shown if cell.kind == "number" else read_number(cell.value) if cell.kind == "text" else None
    if value is None:
        return Taken(_said(cell), reason("a_number"), reason("type_number"))
    return Taken(f"{value:.12g}")


def _percent(cell: Cell, codes: Codes) -> Taken:
    """A share of the pack; what looks like one already is not taken for a percentage."""
    number = _number(cell, codes)
    if number.expected:
        return number
    value = float(number.text)
    said = f"{value / 100:.12g}"
    if not 0 <= value <= 100:
        return Taken(said, reason("number_between", low=0.0, high=100.0), reason("share_no_percent"))
    if 0 < value < 1 and not cell.percent:
        return Taken(said, reason("number_between", low=0.0, high=100.0), reason("share_no_percent"))
    return Taken(said)


def _code(kind: str, expected: str) -> Callable[[Cell, Codes], Taken]:
    def take(cell: Cell, codes: Codes) -> Taken:
        code = codes[kind].get(alike(_said(cell)))
        return Taken(_said(cell), reason(expected), reason("choose_from_list")) if code is None else Taken(code)

    return take


TAKEN = {
    "text": _text, "month": _month, "ids": _ids, "number": _number, "percent": _percent,
    "option": _code("option", "option_of_list"), "quality": _code("quality", "quality_of_list"),
}  # fmt: skip
