"""Checks of the cells of a table against its schema: every problem is found, none stops the search for the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from nasssap_lib.errors import Problem
from nasssap_lib.pack.cells import Cells
from nasssap_lib.pack.kinds import cell_faults, is_date
from nasssap_lib.pack.remedies import Hints, list_remedy
from nasssap_lib.pack.schema import Column, Table, order_words

SHIFTED = "each cell below its header"
TRIED = 50  # rows with every move
MOVED = 3  # wrong cells of one row, from which on it may have been moved as a whole

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
    values = cells.frame[column.name].tolist()
    faults = cell_faults(set(values), column)
    if not faults:
        return []
    return [
        Problem(cells.file, line, column.name, value[:80], *faults[value])
        for value, line in zip(values, cells.lines, strict=True)
        if value in faults
    ]


def _check_order(cells: Cells, table: Table, first: str, second: str) -> list[Problem]:
    """Rows whose value in the first column is above that in the second; dates are compared as exactly as both are known."""
    if not {first, second} <= set(cells.frame):
        return []
    a, b = cells.frame[first], cells.frame[second]
    if next(column.kind for column in table.columns if column.name == first) == "date":
        wrong = [is_date(x) and is_date(y) and x[: len(y)] > y[: len(x)] for x, y in zip(a, b, strict=True)]
    else:
        wrong = pd.to_numeric(a, errors="coerce") > pd.to_numeric(b, errors="coerce")
    order = next(order for order in table.orders if first in order)
    return problems_at(cells, first, wrong, lambda i: f"at most {second}, {b.iat[i]}", order_words(order))


def check_keys(cells: Cells, table: Table) -> list[Problem]:
    """The same key twice, also where only capital letters or spaces differ: both lines are named."""
    keys = list(zip(*(_folded(cells.frame[name].tolist()) for name in table.key), strict=True))
    if len(set(keys)) == len(keys):
        return []
    first, problems = {}, []
    words = " · ".join(table.key)
    other = "keep one, or name another source" if "source" in table.key else "keep one, or give it an id of its own"
    if "source" not in table.key and "id" not in table.key:
        other = "keep one"
    for i, key in enumerate(keys):
        if first.setdefault(key, i) != i:
            found = " · ".join(filter(None, cells.frame[list(table.key)].iloc[i]))[:120]
            hint = f"it stands already in line {cells.lines[first[key]]}; {other}"
            problems.append(Problem(cells.file, cells.lines[i], "", found, f"each key ({words}) once", hint))
    return problems


def _folded(values: list[str]) -> Iterator[str]:
    """What two spellings of one name have in common."""
    return map({cell: " ".join(cell.casefold().split()) for cell in set(values)}.__getitem__, values)


def check_references(
    cells: Cells, name: str, known: set[str], what: str, rows: pd.Series | None = None, key: Iterable[str] = ()
) -> list[Problem]:
    """Ids of a ";" list that ``known`` does not hold, in all rows or in those where ``rows`` is true; ``key``: columns that name a row.

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
        Problem(cells.file, cells.lines[i], name, value[:80], what, near(value) or add, of=_key_words(cells, i, key))
        for i in np.flatnonzero(named)
        for value in wrong[column.iat[i]]
    ]


def _key_words(cells: Cells, place: int, key: Iterable[str]) -> str:
    """What names a row: the cells of its key, such as "effective_coverage, children, total, 2025"."""
    given = [cells.frame[name].iat[place] for name in key if name in cells.frame]
    return ", ".join(filter(None, given))[:120]


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
    missing = pd.Series("", cells.frame.index, dtype="str")
    typed = {column.name: _typed(cells.frame.get(column.name, missing), column) for column in columns}
    return pd.DataFrame(typed, cells.frame.index)


def _typed(text: pd.Series, column: Column) -> pd.api.extensions.ExtensionArray | np.ndarray:
    if column.kind in ("choices", "codes"):
        lists = {cell: re.sub(r"\s*;\s*", ";", cell) for cell in text.unique() if ";" in cell}
        return (text.replace(lists) if lists else text).array
    if column.kind not in ("number", "integer", "year"):
        return text.array
    given = text.tolist()
    numbers = np.array([float(cell) if cell else np.nan for cell in given], dtype="float64")
    if column.kind == "number":
        return numbers
    missing = np.isnan(numbers)
    if column.required and not missing.any():
        return numbers.astype("int64")
    return pd.arrays.IntegerArray(np.where(missing, 1, numbers).astype("int64"), missing)


def empty_frame(table: Table) -> pd.DataFrame:
    """An empty table with the columns and types of the schema."""
    if table.file not in _EMPTY or list(_EMPTY[table.file]) != table.names:
        _EMPTY[table.file] = to_typed(empty_cells(table, table.file), table)
    return _EMPTY[table.file].copy()


def empty_cells(table: Table, file: str) -> Cells:
    """A table without rows, as a pack has it that does without its file."""
    return Cells(file, _no_rows(tuple(table.names)).copy(deep=False), [])


@cache
def _no_rows(names: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame([], columns=list(names), dtype="str")
