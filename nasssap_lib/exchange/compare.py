"""What changed between two tables: values from what to what with both sources, rows added and removed, editions replaced.

Pure: DataFrames in, DataFrame out. Where tables come from is the subject of ``sides``; how changes are shown, of ``changes``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import Any

import numpy as np
import pandas as pd

from nasssap_lib.rows import as_records

TOLERANCE = 1e-9  # of the larger of the two numbers, or of 1
COLUMNS = ["table", "row", "column", "change", "before", "after", "source_before", "source_after"]
CHANGES = ("changed", "edition", "added", "removed")
WORDS = ("quality", "source", "reason", "note", "flag", "edition", "licence", "schemes")  # columns that name no row
SEPARATOR = " · "


def compare_tables(
    before: pd.DataFrame,
    after: pd.DataFrame,
    key: Sequence[str] | None = None,
    table: str = "",
    tolerance: float = TOLERANCE,
) -> pd.DataFrame:
    """Every difference between two versions of a table.

    Parameters
    ----------
    before, after : tables; their columns may differ
    key : columns that name a row; None: the fewest that tell all rows apart. Where ``source`` is one of them, a row whose
        other key columns stand in both tables under different sources counts as a new edition of one figure
    table : name for the column ``table`` of the result
    tolerance : numbers that differ by no more than this, as a share of the larger one or of 1, are equal

    Returns
    -------
    table : table, row, column, change (changed, edition, added, removed), before, after (texts; "" where there is none),
        source_before, source_after; in the order of ``after``, removed rows last

    Examples
    --------
    >>> old = pd.DataFrame({"group": ["children", "mothers"], "value": [1.0, 5.0], "source": ["A", "A"]})
    >>> new = pd.DataFrame({"group": ["children", "unemployed"], "value": [2.0, 0.0], "source": ["B", "B"]})
    >>> for line in compare_tables(old, new, ["group"]).itertuples():
    ...     print([line.change, line.row, line.column, line.before, line.after, line.source_before, line.source_after])
    ['changed', 'children', 'value', '1', '2', 'A', 'B']
    ['added', 'unemployed', '', '', 'value=0', '', 'B']
    ['removed', 'mothers', '', 'value=5', '', 'A', '']
    """
    if before.equals(after):  # as most tables are: nothing has to be named
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    names = list(dict.fromkeys([*after.columns, *before.columns]))
    old, new = (_as_text(frame, names) for frame in (before, after))
    key = [name for name in key if name in names] if key else natural_key(old, new)
    old.index, new.index = (_row_index(frame, key) for frame in (old, new))
    shared = new.index.intersection(old.index, sort=False)
    lines = _changed_cells(old.loc[shared], new.loc[shared], key, tolerance)
    lone_old, lone_new = old.drop(shared), new.drop(shared)
    figure = [name for name in key if name != "source"]
    if "source" in key and figure:
        lines += _edition_lines(old, lone_old, lone_new, figure)
        paired = {line["row_after"] for line in lines if "row_after" in line}
        replaced = {line["row_before"] for line in lines if "row_before" in line}
        lone_new = lone_new[~lone_new.index.isin(paired)]
        lone_old = lone_old[~lone_old.index.isin(replaced)]
    lines += [*_lone_lines(lone_new, key, "added"), *_lone_lines(lone_old, key, "removed")]
    return pd.DataFrame([{"table": table, **line} for line in lines], columns=COLUMNS).astype("str")


def compare_sets(
    before: Mapping[str, pd.DataFrame],
    after: Mapping[str, pd.DataFrame],
    keys: Mapping[str, Sequence[str]] | None = None,
    tolerance: float = TOLERANCE,
) -> pd.DataFrame:
    """Every difference between two sets of tables; a table that only one of them has is one line.

    Parameters
    ----------
    before, after : tables by name
    keys : columns that name a row, by table; a table without: see :func:`compare_tables`

    Returns
    -------
    table with the columns of :func:`compare_tables`

    Examples
    --------
    >>> compare_sets({"a": pd.DataFrame({"x": [1]})}, {})[["table", "change", "before"]].values.tolist()
    [['a', 'removed', '1 rows']]
    """
    keys, tables = keys or {}, []
    for name in sorted(set(before) | set(after)):
        if name in before and name in after:
            tables.append(compare_tables(before[name], after[name], keys.get(name), name, tolerance))
        else:
            rows = f"{len(before.get(name, after.get(name)))} rows"
            line = {"change": "removed", "before": rows} if name in before else {"change": "added", "after": rows}
            tables.append(pd.DataFrame([dict.fromkeys(COLUMNS, "") | {"table": name, **line}]))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)


def natural_key(*frames: pd.DataFrame) -> list[str]:
    """The fewest columns that tell the rows of each table apart, words before numbers; none where none do.

    Examples
    --------
    >>> natural_key(pd.DataFrame({"group": ["a", "a", "b"], "sex": ["f", "m", "m"], "value": [1, 2, 3]}))
    ['group', 'sex']
    """
    names = [name for name in frames[0].columns if not name.endswith(WORDS) and all(name in frame for frame in frames)]
    words = [name for name in names if not all(_is_numeric(frame[name]) for frame in frames)]
    whole = [name for name in names if name not in words and all(_is_whole(frame[name]) for frame in frames)]
    key: list[str] = []
    for name in [*words, *whole, *(name for name in names if name not in {*words, *whole})]:
        if key and _tells_apart(frames, key):
            break
        key.append(name)
    for name in reversed(key.copy()):
        rest = [other for other in key if other != name]
        if rest and _tells_apart(frames, key) and _tells_apart(frames, rest):
            key = rest
    return key


def _tells_apart(frames: Sequence[pd.DataFrame], key: list[str]) -> bool:
    return not any(frame.duplicated(key).any() for frame in frames)


def _is_numeric(column: pd.Series) -> bool:
    given = column[column.astype("str") != ""]
    return bool(pd.to_numeric(given, errors="coerce").notna().all())


def _is_whole(column: pd.Series) -> bool:
    numbers = pd.to_numeric(column, errors="coerce").dropna()
    return bool((numbers % 1 == 0).all())


def _as_text(frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Cells as a reader sees them: numbers with at most 15 digits, nothing for a missing value."""
    texts = {name: [_text(value) for value in frame[name]] if name in frame else "" for name in names}
    return pd.DataFrame(texts, index=pd.RangeIndex(len(frame)), columns=names, dtype="str")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return ""
    return f"{value:.15g}" if isinstance(value, float | np.floating) else str(value)


def _row_index(frame: pd.DataFrame, key: list[str]) -> pd.Index:
    """The name of each row; rows of one name are counted, so that none stands twice."""
    names = frame[key].agg(lambda row: "\x1f".join(row), axis=1) if key and len(frame) else pd.Series("", frame.index)
    return pd.Index(names.astype("str") + "\x1f" + frame.groupby(names).cumcount().astype("str"))


def _changed_cells(old: pd.DataFrame, new: pd.DataFrame, key: Sequence[str], tolerance: float) -> list[dict]:
    """One line a cell that differs; ``old`` and ``new`` hold the same rows in the same order.

    Another source beside another value is no line of its own: every line names both sources.
    """
    values = [name for name in new.columns if name not in key]
    changed = (
        np.column_stack([differs(old[name], new[name], tolerance) for name in values]) if values else np.zeros((0, 0))
    )
    if "source" in values:
        column = values.index("source")
        changed[:, column] &= changed.sum(axis=1) == 1
    lines = []
    for i, j in zip(*changed.nonzero(), strict=True):
        one, other = old.iloc[i], new.iloc[i]
        lines.append(_line(one, other, key, values[j], "changed"))
    return lines


def differs(old: pd.Series, new: pd.Series, tolerance: float) -> np.ndarray:
    """Whether texts differ, row by row; numbers by more than the tolerance, as a share of the larger one or of 1."""
    one, other = (pd.to_numeric(column, errors="coerce").to_numpy("float64") for column in (old, new))
    numbers = np.isfinite(one) & np.isfinite(other)
    with np.errstate(invalid="ignore"):
        apart = np.abs(one - other) > tolerance * np.maximum(1, np.maximum(np.abs(one), np.abs(other)))
    return np.where(numbers, apart, old.to_numpy() != new.to_numpy())


def _edition_lines(old: pd.DataFrame, lone_old: pd.DataFrame, lone_new: pd.DataFrame, key: list[str]) -> list[dict]:
    """Lines for rows of a new source whose figure stands in the older table under another source."""
    index = _places_of(old, key) | _places_of(lone_old, key)
    lines = []
    for i, row in zip(lone_new.index, as_records(lone_new), strict=True):
        known = index.get(tuple(row[name] for name in key))
        if known is None:
            continue
        column = next((name for name in ("value", "persons", "mean", "status") if name in row), "")
        marks = {"row_after": i} | ({"row_before": known} if known in lone_old.index else {})
        lines.append(_line(old.loc[known], row, key, column, "edition") | marks)
    return lines


def _places_of(table: pd.DataFrame, key: list[str]) -> dict[tuple, Any]:
    """Where the row with these values stands."""
    return dict(zip(table[key].itertuples(index=False, name=None), table.index, strict=False))


def _line(old: Mapping[str, Any], new: Mapping[str, Any], key: Sequence[str], column: str, change: str) -> dict:
    return {
        "row": _row_name(new, key),
        "column": column,
        "change": change,
        "before": old.get(column, ""),
        "after": new.get(column, ""),
        "source_before": old.get("source", ""),
        "source_after": new.get("source", ""),
    }


def _lone_lines(lone: pd.DataFrame, key: Sequence[str], change: str) -> Iterator[dict]:
    """Rows that only one table has, each with the first three of its figures, or the text that stands for its value."""
    here, there = ("after", "before") if change == "added" else ("before", "after")
    figures = [name for name in lone if name not in key]
    is_figure = lone[figures].apply(pd.to_numeric, errors="coerce").notna().to_numpy()
    for row, known in zip(as_records(lone), is_figure, strict=True):
        named = list(compress(figures, known))[:3] or [name for name in ("value",) if row.get(name) and name not in key]
        words = ", ".join(f"{name}={row[name]}" for name in named)
        yield {
            "row": _row_name(row, key), "column": "", "change": change, here: words or "the row", there: "",
            f"source_{here}": row.get("source", ""), f"source_{there}": "",
        }  # fmt: skip


def _row_name(row: Mapping[str, Any], key: Sequence[str]) -> str:
    return SEPARATOR.join(row[name] for name in key if row[name])
