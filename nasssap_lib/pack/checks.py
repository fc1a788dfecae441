"""Checks of the cells of a table against its schema: every problem is found, none stops the search for the next."""

from __future__ import annotations

import difflib

import numpy as np
import pandas as pd

from nasssap_lib.errors import Problem
from nasssap_lib.pack.cells import MAX_CELL, Cells
from nasssap_lib.pack.schema import FIRST_YEAR, LAST_YEAR, Column, Table

NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?"
CODE = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}"
FORMULA = r"[=@\t\r].*|[+-](?![\d.,\s–-]*%?$).*"
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"

POINT_HINT = (
    "write decimals with a point and no thousands separator, as in 1234.5; leave out rows that were not published"
)


def check_header(cells: Cells, table: Table) -> list[Problem]:
    """Missing and unknown columns."""
    found = list(cells.frame.columns)
    missing = [
        Problem(cells.file, 1, name, "", f"a column {name!r}", f"add it; the columns are {', '.join(table.names)}")
        for name in table.names
        if name not in found
    ]
    unknown = [
        Problem(cells.file, 1, name, name, "only columns of the schema", did_you_mean(name, table.names))
        for name in found
        if name not in table.names
    ]
    return missing + unknown


def did_you_mean(word: str, known) -> str:
    """A hint towards the nearest known word, or the list of known words where it is short."""
    near = difflib.get_close_matches(word, list(known), n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    known = sorted(known)
    return f"allowed: {', '.join(known)}" if 0 < len(known) <= 24 else ""


def check_cells(cells: Cells, table: Table) -> list[Problem]:
    """Every cell against the kind of its column, and every key once."""
    problems = [problem for column in table.columns for problem in _check_column(cells, column)]
    return problems + ([] if problems else check_keys(cells, table))


def _at(cells: Cells, name: str, wrong: pd.Series, expected: str, hint="") -> list[Problem]:
    """Problems for the rows where ``wrong`` is true; ``hint`` is a text or a function of the value."""
    values = cells.frame[name]
    return [
        Problem(
            cells.file,
            cells.lines[i],
            name,
            values.iat[i][:80],
            expected,
            hint(values.iat[i]) if callable(hint) else hint,
        )
        for i in np.flatnonzero(wrong.to_numpy())
    ]


def _check_column(cells: Cells, column: Column) -> list[Problem]:
    text = cells.frame[column.name]
    empty = text == ""
    problems = (
        _at(cells, column.name, empty, "a value", f"{column.meaning}; a row without one is left out")
        if column.required
        else []
    )
    problems += _at(cells, column.name, text.str.contains(CONTROL) | (text.str.len() > MAX_CELL), "printable text")
    return problems + _KINDS[column.kind](cells, column, text, ~empty)


def _check_text(cells, column, text, given):
    hint = "a spreadsheet would run it; put a word before the sign"
    return _at(cells, column.name, given & text.str.fullmatch(FORMULA, flags=16), "text, not a formula", hint)


def _check_code(cells, column, text, given):
    return _at(cells, column.name, given & ~text.str.fullmatch(CODE), "an id of letters, digits, _ . -")


def _check_codes(cells, column, text, given):
    wrong = given & ~text.str.fullmatch(rf"{CODE}(?:\s*;\s*{CODE})*")
    return _at(cells, column.name, wrong, "ids separated by ;")


def _check_number(cells, column, text, given):
    is_number = text.str.fullmatch(NUMBER)
    problems = _at(cells, column.name, given & ~is_number, "a number", POINT_HINT)
    values = pd.to_numeric(text.where(given & is_number), errors="coerce")
    return problems + _check_range(cells, column, values)


def _check_range(cells, column, values):
    problems = []
    if column.low is not None:
        problems += _at(cells, column.name, values < column.low, f"at least {column.low:g}")
    if column.high is not None:
        problems += _at(cells, column.name, values > column.high, f"at most {column.high:g}")
    return problems


def _check_integer(cells, column, text, given):
    is_integer = text.str.fullmatch(r"[+-]?\d{1,9}")
    problems = _at(cells, column.name, given & ~is_integer, "a whole number")
    return problems + _check_range(cells, column, pd.to_numeric(text.where(given & is_integer), errors="coerce"))


def _check_year(cells, column, text, given):
    is_year = text.str.fullmatch(r"\d{4}")
    values = pd.to_numeric(text.where(is_year), errors="coerce")
    wrong = given & ~values.between(FIRST_YEAR, LAST_YEAR)
    return _at(
        cells,
        column.name,
        wrong,
        f"a year from {FIRST_YEAR} to {LAST_YEAR}",
        "a survey over two years carries the first",
    )


def _check_choice(cells, column, text, given):
    wrong = given & ~text.isin(column.choices)
    expected = (
        "one of " + ", ".join(column.choices) if len(column.choices) <= 12 else f"a {column.name} of the code list"
    )
    return _at(cells, column.name, wrong, expected, lambda value: did_you_mean(value, column.choices))


def _check_choices(cells, column, text, given):
    parts = split_list(text[given])
    wrong = ~parts.isin(column.choices)
    bad = text.index.isin(parts.index[wrong])
    return _at(cells, column.name, pd.Series(bad, text.index), "a ; list of " + ", ".join(column.choices))


_KINDS = {
    "text": _check_text,
    "code": _check_code,
    "codes": _check_codes,
    "sources": _check_codes,
    "number": _check_number,
    "integer": _check_integer,
    "year": _check_year,
    "choice": _check_choice,
    "choices": _check_choices,
}


def check_keys(cells: Cells, table: Table) -> list[Problem]:
    """The same key twice: both lines are named."""
    key = cells.frame[list(table.key)]
    first = pd.Series(cells.lines).groupby([key[name].to_numpy() for name in table.key]).transform("min")
    repeated = key.duplicated().to_numpy()
    words = " · ".join(table.key)
    return [
        Problem(
            cells.file, cells.lines[i], "", " · ".join(part for part in key.iloc[i] if part)[:120],
            f"each key ({words}) once", f"it stands already in line {first.iat[i]}; keep one, or name another source",
        )
        for i in np.flatnonzero(repeated)
    ]  # fmt: skip


def split_list(text: pd.Series) -> pd.Series:
    """The parts of ";" lists, one a row, under the index of their cell."""
    return text.str.split(";").explode().astype("str").str.strip()


def check_references(cells: Cells, name: str, known: set[str], what: str) -> list[Problem]:
    """Ids of a ";" list that ``known`` does not hold."""
    parts = split_list(cells.frame[name])
    wrong = parts[(parts != "") & ~parts.isin(known)]
    position = {index: i for i, index in enumerate(cells.frame.index)}
    return [
        Problem(cells.file, cells.lines[position[index]], name, value, what, did_you_mean(value, known))
        for index, value in wrong.items()
    ]


def to_typed(cells: Cells, table: Table) -> pd.DataFrame:
    """The checked text as numbers, years and strings, in the order of the schema."""
    frame = cells.frame[table.names].copy()
    for column in table.columns:
        text = frame[column.name]
        if column.kind == "number":
            frame[column.name] = pd.to_numeric(text.mask(text == "")).astype("float64")
        elif column.kind in ("integer", "year"):
            numbers = pd.to_numeric(text.mask(text == "")).astype("Int64")
            frame[column.name] = numbers.astype("int64") if column.required and not numbers.isna().any() else numbers
        elif column.kind in ("choices", "codes", "sources"):
            frame[column.name] = text.str.replace(r"\s*;\s*", ";", regex=True)
    return frame


def empty_frame(table: Table) -> pd.DataFrame:
    """An empty table with the columns and types of the schema."""
    frame = pd.DataFrame({name: pd.Series(dtype="str") for name in table.names})
    return to_typed(Cells(table.file, frame, []), table)
