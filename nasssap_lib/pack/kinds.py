"""What is wrong with one cell, by the kind of its column: what is expected there, and what to do.

A cell is looked at by itself, so that a table asks once for each different cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date

from nasssap_lib.pack import csv_text
from nasssap_lib.pack.age_groups import is_date_of_a_spreadsheet, names_a_month
from nasssap_lib.pack.cells import MAX_CELL
from nasssap_lib.pack.letters import is_mojibake, letter_fault, unprintable
from nasssap_lib.pack.remedies import (
    DATE_HINT,
    TOTALS,
    Hints,
    below_remedy,
    list_remedy,
    number_remedy,
    whole_remedy,
    year_remedy,
)
from nasssap_lib.pack.schema import FIRST_YEAR, LAST_YEAR, Column

NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
YEAR = re.compile(r"[0-9]{4}")
DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
MOST_DIGITS = 40  # signs of a number; beyond, nobody typed it
ID = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}"
CODE, CODES = re.compile(ID), re.compile(rf"{ID}(?:\s*;\s*{ID})*")
FORMULA = re.compile(r"[=@\t\r].*|[+-](?![\d.,\s–-]*%?$).*", re.DOTALL)
FEW = 12  # choices that are listed

Fault = tuple[str, str]  # what is expected, and what to do
Look = Callable[[str], Fault | None]


def cell_faults(cells: Collection[str], column: Column) -> dict[str, Fault]:
    """What is wrong with the cells of a column, by the cell; those with which nothing is wrong are not in it.

    Parameters
    ----------
    cells : different cells
    column : their column

    Examples
    --------
    >>> cell_faults(["2020", "2019.0"], Column("year", "year", "when it was published"))["2019.0"]
    ('a year from 1850 to 2150', 'write 2019')
    """
    given = [cell for cell in cells if cell]
    look, most = _KINDS[column.kind](column), min(column.longest, MAX_CELL)
    together = " ".join(given)
    letters = letter_fault if unprintable(together) or is_mojibake(together) else None  # hardly ever: seen in one go
    faults = {}
    if column.required and "" in cells:
        faults[""] = ("a value", f"{column.meaning}; a row without one is left out")
    for cell in given:
        if len(cell) > most:
            faults[cell] = (f"at most {most:,} letters", "shorten it")
        elif (letters and (fault := letters(cell)) != ("", "")) or (fault := look(cell)):
            faults[cell] = fault
    return faults


def _text(column: Column) -> Look:
    def look(cell: str) -> Fault | None:
        if FORMULA.fullmatch(cell):
            return "text, not a formula", "a spreadsheet would run it; put a word before the sign"
        if (";" in cell or "|" in cell) and csv_text.FORMULA.search(cell, 1):
            return "text, not a formula", "a spreadsheet that splits at ; or | would run it; put a word before the sign"
        return None

    return look


def _code(column: Column) -> Look:
    def look(cell: str) -> Fault | None:
        if CODE.fullmatch(cell) and not _became_a_date(cell):
            return None
        return "an id of letters, digits, _ . -", _date_hint(cell)

    return look


def _codes(column: Column) -> Look:
    def look(cell: str) -> Fault | None:
        if CODES.fullmatch(cell) and not _became_a_date(cell):
            return None
        return "ids separated by ;", _date_hint(cell) or list_remedy(cell)

    return look


def _became_a_date(cell: str) -> bool:
    """Whether a spreadsheet took a cell for a date, as it makes 01-Mar of an id like MAR-1; it writes no month in capital letters."""
    return len(cell) < 9 and names_a_month(cell) and not cell.isupper()


def _date_hint(cell: str) -> str:
    return DATE_HINT if is_date_of_a_spreadsheet(cell) else ""


def _number(column: Column) -> Look:
    out_of_range = _range(column)

    def look(cell: str) -> Fault | None:
        if NUMBER.fullmatch(cell) and len(cell) <= MOST_DIGITS:
            return out_of_range(cell)
        return "a number", number_remedy(cell)

    return look


def _integer(column: Column) -> Look:
    out_of_range = _range(column)
    return lambda cell: out_of_range(cell) if WHOLE.fullmatch(cell) else ("a whole number", whole_remedy(cell))


def _range(column: Column) -> Look:
    low, high = column.range
    share = "shares are written from 0 to 1, as in 0.8 for 80 %" if column.unit == "share" else ""

    def look(cell: str) -> Fault | None:
        if low is not None and float(cell) < low:
            return f"at least {low:g}", below_remedy(cell, low)
        return (f"at most {high:g}", share) if high is not None and float(cell) > high else None

    return look


def _year(column: Column) -> Look:
    def look(cell: str) -> Fault | None:
        if YEAR.fullmatch(cell) and FIRST_YEAR <= int(cell) <= LAST_YEAR:
            return None
        return f"a year from {FIRST_YEAR} to {LAST_YEAR}", _date_hint(cell) or year_remedy(cell)

    return look


def _date(column: Column) -> Look:
    fault = ("a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD", DATE_HINT)
    return lambda cell: None if is_date(cell) else fault


def is_date(value: str) -> bool:
    """Whether a text is a year, a month or a day of the calendar, written as ISO 8601 has it.

    Examples
    --------
    >>> [is_date(value) for value in ("2028", "2028-02", "2028-02-29", "2027-02-29", "2027-13", "Feb-27")]
    [True, True, True, False, False, False]
    """
    if not DATE.fullmatch(value):
        return False
    year, month, day = [*map(int, value.split("-")), 1, 1][:3]
    try:
        return FIRST_YEAR <= date(year, month, day).year <= LAST_YEAR
    except ValueError:
        return False


def _choice(column: Column) -> Look:
    allowed, near = frozenset(column.choices), Hints(column.choices)

    def look(cell: str) -> Fault | None:
        return None if cell in allowed else (_one_of(column), _choice_hint(cell, column, near))

    return look


def _one_of(column: Column) -> str:
    few = len(column.choices) <= FEW
    return "one of " + ", ".join(column.choices) if few else f"a code of the list for {column.name}"


def _choice_hint(cell: str, column: Column, near: Hints) -> str:
    words = _date_hint(cell) or near(cell)
    if column.name in ("sex", "age_group") and "_".join(cell.casefold().split()) in TOTALS - {*column.choices}:
        words = words if words.startswith("did") else "leave rows of totals out: they are added up from the others"
    return "" if words.startswith("allowed") and len(column.choices) <= FEW else words  # they stand there already


def _choices(column: Column) -> Look:
    allowed, near = frozenset(column.choices), Hints(column.choices)

    def look(cell: str) -> Fault | None:
        strange = [part for part in map(str.strip, cell.split(";")) if part not in allowed]
        if not strange:
            return None
        words = list_remedy(cell) or next((near(part) for part in strange if part), "")
        return "a ; list of " + ", ".join(column.choices), "" if words.startswith("allowed") else words

    return look


_KINDS: dict[str, Callable[[Column], Look]] = {
    "text": _text,
    "code": _code,
    "codes": _codes,
    "number": _number,
    "integer": _integer,
    "year": _year,
    "date": _date,
    "choice": _choice,
    "choices": _choices,
}
