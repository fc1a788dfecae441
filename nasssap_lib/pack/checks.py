"""Checks of the cells of a table against its schema: every problem is found, none stops the search for the next."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from nasssap_lib.errors import Problem
from nasssap_lib.pack.age_groups import is_date_of_a_spreadsheet, names_a_month
from nasssap_lib.pack.cells import MAX_CELL, Cells
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
from nasssap_lib.pack.schema import FIRST_YEAR, LAST_YEAR, Column, Table, order_words

NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?"
MOST_DIGITS = 40  # signs of a number; beyond, nobody typed it
CODE = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}"
SHIFTED = "each cell below its header"
TRIED = 50  # rows with every move
MOVED = 3  # wrong cells of one row, from which on it may have been moved as a whole
FORMULA = r"[=@\t\r].*|[+-](?![\d.,\s–-]*%?$).*"


_EMPTY: dict[str, pd.DataFrame] = {}  # most packs do without some tables: made once, copied


def check_header(cells: Cells, table: Table) -> list[Problem]:
    """Missing and unknown columns; optional ones and translations of prose may be missing."""
    found = list(cells.frame.columns)
    known = table.header(found)
    near = Hints(table.names)
    missing = [
        Problem(
            cells.file, cells.head, name, "", f"a column {name!r}", f"add it; the columns are {', '.join(table.names)}"
        )
        for name in (column.name for column in table.columns if not column.optional)
        if name not in found
    ]
    unknown = [
        Problem(cells.file, cells.head, name[:60], name[:60], "only columns of the schema", near(name))
        for name in found
        if name not in known
    ]
    if len(missing) == len(unknown) == 1 and not unknown[0].hint.startswith("did"):
        unknown = [replace(unknown[0], hint=f"is it {missing[0].column!r} by another name? then rename it")]
    return missing + unknown


def check_cells(cells: Cells, table: Table) -> list[Problem]:
    """Every cell against the kind of its column, values that must not fall from left to right, and every key once."""
    if not cells.lines:
        return []
    columns = table.with_translations(cells.frame)
    problems = [problem for column in columns if column.name in cells.frame for problem in _check_column(cells, column)]
    problems += [problem for pair in table.ascending for problem in _check_order(cells, table, *pair)]
    return _shifts_named(cells, table, problems) if problems else check_keys(cells, table)


def _shifts_named(cells: Cells, table: Table, problems: list[Problem]) -> list[Problem]:
    """One problem for each row whose cells stand beside their columns: moved by one cell, nothing is wrong with it any more."""
    wrong: dict[int, set[str]] = {}
    for problem in problems:
        wrong.setdefault(problem.row, set()).add(problem.column)
    places = [i for i, line in enumerate(cells.lines) if len(wrong.get(line, ())) >= MOVED]
    if not places:
        return problems
    mended = _mended_by_a_move(cells, table, places)
    return [problem for problem in problems if problem.row not in mended] + [
        Problem(cells.file, line, name, found, SHIFTED, f"the cells are shifted: {remedy} in column {name}")
        for line, (name, found, remedy) in mended.items()
    ]


def beside_shifts(further: list[Problem], problems: list[Problem]) -> list[Problem]:
    """Further problems without those of rows of which it is said already that their cells are shifted."""
    shifted = {(problem.file, problem.row) for problem in problems if problem.expected == SHIFTED}
    return [problem for problem in further if (problem.file, problem.row) not in shifted]


def _mended_by_a_move(cells: Cells, table: Table, places: list[int]) -> dict[int, tuple[str, str, str]]:
    """Lines that one cell more or less puts right: the column where, what stands there, and what to do.

    Of many rows some are tried with every move, and the others only with what helped one of them.
    """
    moves = [(start, moved) for start in range(cells.frame.shape[1]) for moved in (1, -1)]
    some = places[:: max(1, len(places) // TRIED)]
    helpful = sorted(set(_first_moves(cells, table, some, moves).values()))
    mended = _first_moves(cells, table, places, helpful) if helpful else {}
    remedies = {1: "insert a cell", -1: "delete a cell"}
    found = {}
    for i, (start, moved) in mended.items():
        name = cells.frame.columns[start]
        found[cells.lines[i]] = (name, cells.frame[name].iat[i][:80], remedies[moved])
    return found


def _first_moves(
    cells: Cells, table: Table, places: list[int], moves: list[tuple[int, int]]
) -> dict[int, tuple[int, int]]:
    """The first move (column from which on, one to the right or −1) after which nothing is wrong with a row, by its place."""
    rows, mended = cells.frame.iloc[places].reset_index(drop=True), {}
    for start, moved in moves:
        lost = rows.iloc[:, -1 if moved == 1 else start]
        values = rows.copy()
        values.iloc[:, start:] = rows.iloc[:, start:].shift(moved, axis=1, fill_value="").to_numpy()
        columns = [column for column in table.with_translations(values) if column.name in values]
        tried = replace(cells, frame=values, lines=places)
        still = {problem.row for column in columns for problem in _check_column(tried, column)}
        for i in np.flatnonzero(lost == ""):
            if places[i] not in still:
                mended.setdefault(places[i], (start, moved))
    return mended


def problems_at(
    cells: Cells,
    name: str,
    wrong: pd.Series,
    expected: str | Callable[[int], str],
    hint: str | Callable[[str], str] = "",
) -> list[Problem]:
    """Problems for the rows where ``wrong`` is true.

    Parameters
    ----------
    cells, name : table and column
    wrong : one truth value a row
    expected : a text, or a function of the row's position
    hint : a text, or a function of the value
    """
    places = np.flatnonzero(np.asarray(wrong, dtype=bool))
    values = cells.frame[name] if len(places) else None
    return [
        Problem(
            cells.file,
            cells.lines[i],
            name,
            values.iat[i][:80],
            expected(i) if callable(expected) else expected,
            hint(values.iat[i]) if callable(hint) else hint,
        )
        for i in places
    ]


def _check_column(cells: Cells, column: Column) -> list[Problem]:
    text = cells.frame[column.name]
    empty = text == ""
    problems = (
        problems_at(cells, column.name, empty, "a value", f"{column.meaning}; a row without one is left out")
        if column.required
        else []
    )
    if empty.all():
        return problems
    letters = _check_letters(cells, column, text)
    wrong = {problem.row for problem in letters}
    return problems + letters + [p for p in _KINDS[column.kind](cells, column, text, ~empty) if p.row not in wrong]


def _check_letters(cells: Cells, column: Column, text: pd.Series) -> list[Problem]:
    """Cells that are too long, that hold letters which do not show, or that were read in another encoding."""
    values, most = text.tolist(), min(column.longest, MAX_CELL)
    long = [most < len(value) for value in values]
    problems = problems_at(cells, column.name, long, f"at most {most:,} letters", "shorten it") if any(long) else []
    together = "\n".join(values)
    if not unprintable(together) and not is_mojibake(together):  # hardly ever: looked for in one go
        return problems
    faults = [("", "") if long else letter_fault(value) for value, long in zip(values, long, strict=True)]
    wrong = [expected != "" for expected, _ in faults]
    return problems + [
        replace(problem, hint=faults[i][1])
        for i, problem in zip(
            np.flatnonzero(wrong), problems_at(cells, column.name, wrong, lambda i: faults[i][0]), strict=True
        )
    ]


def _written(text: pd.Series, pattern: str, flags: int = 0) -> pd.Series:
    """Whether the whole cell is of a pattern; each different cell is looked at once."""
    fits = re.compile(pattern, flags).fullmatch
    return text.isin([cell for cell in text.unique() if fits(cell)])


def _check_text(cells, column, text, given):
    hint = "a spreadsheet would run it; put a word before the sign"
    return problems_at(cells, column.name, given & _written(text, FORMULA, re.DOTALL), "text, not a formula", hint)


def _check_code(cells, column, text, given):
    wrong = given & ~_written(text, CODE)
    return problems_at(cells, column.name, wrong | _dates(text, given), "an id of letters, digits, _ . -", _date_hint)


def _check_codes(cells, column, text, given):
    wrong = given & ~_written(text, rf"{CODE}(?:\s*;\s*{CODE})*")
    return problems_at(cells, column.name, wrong | _dates(text, given), "ids separated by ;", _list_hint)


def _dates(text: pd.Series, given: pd.Series) -> pd.Series:
    """Cells that a spreadsheet took for a date, as it makes 01-Mar of an id like MAR-1; it writes no month in capital letters."""
    dates = [value for value in text[given].unique() if len(value) < 9 and names_a_month(value) and not value.isupper()]
    return text.isin(dates)


def _list_hint(value: str) -> str:
    return _date_hint(value) or list_remedy(value)


def _date_hint(value: str) -> str:
    return DATE_HINT if is_date_of_a_spreadsheet(value) else ""


def _check_number(cells, column, text, given):
    is_number = _written(text, NUMBER) & (text.str.len() <= MOST_DIGITS)
    problems = problems_at(cells, column.name, given & ~is_number, "a number", number_remedy)
    values = pd.to_numeric(text.where(given & is_number), errors="coerce")
    return problems + _check_range(cells, column, values)


def _check_range(cells, column, values):
    low, high = column.range
    problems = []
    if low is not None:
        problems += problems_at(
            cells, column.name, values < low, f"at least {low:g}", lambda cell: below_remedy(cell, low)
        )
    if high is not None:
        hint = "shares are written from 0 to 1, as in 0.8 for 80 %" if column.unit == "share" else ""
        problems += problems_at(cells, column.name, values > high, f"at most {high:g}", hint)
    return problems


def _check_integer(cells, column, text, given):
    is_integer = _written(text, r"[+-]?[0-9]{1,9}")
    problems = problems_at(cells, column.name, given & ~is_integer, "a whole number", whole_remedy)
    return problems + _check_range(cells, column, pd.to_numeric(text.where(given & is_integer), errors="coerce"))


def _check_year(cells, column, text, given):
    is_year = _written(text, r"[0-9]{4}")
    values = pd.to_numeric(text.where(is_year), errors="coerce")
    wrong = given & ~values.between(FIRST_YEAR, LAST_YEAR)
    return problems_at(
        cells,
        column.name,
        wrong,
        f"a year from {FIRST_YEAR} to {LAST_YEAR}",
        lambda value: _date_hint(value) or year_remedy(value),
    )


def _check_date(cells, column, text, given):
    known = {value: _is_date(value) for value in text[given].unique()}
    wrong = given & ~text.map(known).eq(True)
    expected = "a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD"
    return problems_at(cells, column.name, wrong, expected, DATE_HINT)


def _is_date(value: str) -> bool:
    """Whether a text is a year, a month or a day of the calendar, written as ISO 8601 has it.

    Examples
    --------
    >>> [_is_date(value) for value in ("2028", "2028-02", "2028-02-29", "2027-02-29", "2027-13", "Feb-27")]
    [True, True, True, False, False, False]
    """
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value, re.ASCII):
        return False
    year, month, day = [*map(int, value.split("-")), 1, 1][:3]
    try:
        return FIRST_YEAR <= date(year, month, day).year <= LAST_YEAR
    except ValueError:
        return False


def _check_choice(cells, column, text, given):
    wrong = given & ~text.isin(column.choices)
    expected = (
        "one of " + ", ".join(column.choices) if len(column.choices) <= 12 else f"a code of the list for {column.name}"
    )
    near = Hints(column.choices)

    def hint(value: str) -> str:
        words = _date_hint(value) or near(value)
        if column.name in ("sex", "age_group") and "_".join(value.casefold().split()) in TOTALS - {*column.choices}:
            words = words if words.startswith("did") else "leave rows of totals out: they are added up from the others"
        return "" if words.startswith("allowed") and len(column.choices) <= 12 else words  # they stand there already

    return problems_at(cells, column.name, wrong, expected, hint)


def _check_choices(cells, column, text, given):
    parts = split_list(text[given])
    wrong = ~parts.isin(column.choices)
    bad, near = text.index.isin(parts.index[wrong]), Hints(column.choices)

    def hint(value: str) -> str:
        words = list_remedy(value) or next(near(part) for part in _parts(value) if part not in column.choices)
        return "" if words.startswith("allowed") else words

    return problems_at(cells, column.name, pd.Series(bad, text.index), "a ; list of " + ", ".join(column.choices), hint)


_KINDS = {
    "text": _check_text,
    "code": _check_code,
    "codes": _check_codes,
    "number": _check_number,
    "integer": _check_integer,
    "year": _check_year,
    "date": _check_date,
    "choice": _check_choice,
    "choices": _check_choices,
}


def _check_order(cells: Cells, table: Table, first: str, second: str) -> list[Problem]:
    """Rows whose value in the first column is above that in the second; dates are compared as exactly as both are known."""
    if not {first, second} <= set(cells.frame):
        return []
    a, b = cells.frame[first], cells.frame[second]
    if next(column.kind for column in table.columns if column.name == first) == "date":
        wrong = [_is_date(x) and _is_date(y) and x[: len(y)] > y[: len(x)] for x, y in zip(a, b, strict=True)]
    else:
        wrong = pd.to_numeric(a, errors="coerce") > pd.to_numeric(b, errors="coerce")
    order = next(order for order in table.orders if first in order)
    return problems_at(cells, first, wrong, lambda i: f"at most {second}, {b.iat[i]}", order_words(order))


def check_keys(cells: Cells, table: Table) -> list[Problem]:
    """The same key twice, also where only capital letters or spaces differ: both lines are named."""
    key = cells.frame[list(table.key)].apply(_folded)
    repeated = np.flatnonzero(key.duplicated())
    if not len(repeated):
        return []
    first = pd.Series(cells.lines).groupby([key[name].to_numpy() for name in table.key]).transform("min")
    words = " · ".join(table.key)
    other = "keep one, or name another source" if "source" in table.key else "keep one, or give it an id of its own"
    if "source" not in table.key and "id" not in table.key:
        other = "keep one"
    return [
        Problem(
            cells.file,
            cells.lines[i],
            "",
            " · ".join(filter(None, cells.frame[list(table.key)].iloc[i]))[:120],
            f"each key ({words}) once",
            f"it stands already in line {first.iat[i]}; {other}",
        )
        for i in repeated
    ]


def _folded(text: pd.Series) -> pd.Series:
    """What two spellings of one name have in common."""
    return text.map({cell: " ".join(cell.casefold().split()) for cell in text.unique()})


def split_list(text: pd.Series) -> pd.Series:
    """The parts of ";" lists, one a row, under the index of their cell."""
    return text.str.split(";").explode().astype("str").str.strip()


def check_references(
    cells: Cells, name: str, known: set[str], what: str, rows: pd.Series | None = None
) -> list[Problem]:
    """Ids of a ";" list that ``known`` does not hold, in all rows or in those where ``rows`` is true.

    A list with other signs between its ids is named once, where the kind of its cells is checked.
    """
    column = cells.frame[name]
    wrong = {
        cell: [part for part in _parts(cell) if part not in known and not list_remedy(part)] for cell in column.unique()
    }
    wrong = {cell: parts for cell, parts in wrong.items() if parts}
    named, near = column.isin(wrong) if rows is None else column.isin(wrong) & rows, Hints(known)
    add = f"add it to {what.rpartition(' of ')[2]}" if what.endswith(".csv") else ""
    add = f"write one that stands there, or {add}" if add and known else add
    return [
        Problem(cells.file, cells.lines[i], name, value[:80], what, near(value) or add)
        for i in np.flatnonzero(named)
        for value in wrong[column.iat[i]]
    ]


def with_official_codes(problems: list[Problem], codebook: Cells | None) -> list[Problem]:
    """Unknown indicators that are official codes of the codebook lead to its ids."""
    if codebook is None or not {"id", "official_code"} <= set(codebook.frame):
        return problems
    codes = codebook.frame["official_code"].str.casefold()
    ids = dict(zip(codes, codebook.frame["id"], strict=True))
    return [
        replace(problem, hint=f"did you mean {meant!r}? its official code is {problem.value}")
        if problem.column == "indicator" and (meant := ids.get(problem.value.casefold(), "")) and problem.value
        else problem
        for problem in problems
    ]


def _parts(cell: str) -> list[str]:
    return [part for part in map(str.strip, cell.split(";")) if part]


def to_typed(cells: Cells, table: Table) -> pd.DataFrame:
    """The checked text as numbers, years and strings, in the order of the schema, translations beside their prose."""
    columns = table.with_translations(cells.frame)
    frame = cells.frame.reindex(columns=[column.name for column in columns], fill_value="")
    for column in columns:
        text = frame[column.name]
        if column.kind == "number":
            frame[column.name] = pd.to_numeric(text.mask(text == "")).astype("float64")
        elif column.kind in ("integer", "year"):
            numbers = pd.to_numeric(text.mask(text == "")).astype("Int64")
            frame[column.name] = numbers.astype("int64") if column.required and not numbers.isna().any() else numbers
        elif column.kind in ("choices", "codes"):
            frame[column.name] = text.str.replace(r"\s*;\s*", ";", regex=True)
    return frame


def empty_frame(table: Table) -> pd.DataFrame:
    """An empty table with the columns and types of the schema."""
    if table.file not in _EMPTY or list(_EMPTY[table.file]) != table.names:
        _EMPTY[table.file] = to_typed(empty_cells(table, table.file), table)
    return _EMPTY[table.file].copy()


def empty_cells(table: Table, file: str) -> Cells:
    """A table without rows, as a pack has it that does without its file."""
    return Cells(file, pd.DataFrame([], columns=table.names, dtype="str"), [])
