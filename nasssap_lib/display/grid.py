"""A table for readers as a grid of words, whatever it is written as: headings, cells with their marks, and what stands below."""

from __future__ import annotations

from typing import NamedTuple

from nasssap_lib.display.numbers import NOT_AVAILABLE
from nasssap_lib.display.tables import MARK_WORDS, ReportTable, View, left_out_words, mark_of, seen_views, why_nothing
from nasssap_lib.display.tables import write_text as _plain
from nasssap_lib.display.texts import _, join_clauses, join_sentences
from nasssap_lib.rows import as_records


class Cell(NamedTuple):
    """Words of a cell, its mark ("e", "a", "i" or ""), and the small text below it."""

    text: str
    mark: str = ""
    detail: str = ""


class Column(NamedTuple):
    """Heading of a column; numeric: set to the right, which what names the rows never is; long: of sentences."""

    words: str
    numeric: bool = False
    long: bool = False


class Grid(NamedTuple):
    """A table in words; the first cell of a row names it. nothing: a sentence where there is no row or no figure, "" otherwise."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: str = ""
    nothing: str = ""


def grid_of(table: ReportTable) -> Grid:
    """A table for readers as a grid of words.

    Parameters
    ----------
    table : as a room's ``tables`` makes it

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"item": ["a"], "value": [1.5], "quality": ["estimated"]})
    >>> grid = grid_of(ReportTable(frame, "T", {"item": View("Item"), "value": View("Value", str, "quality", True)}))
    >>> grid.rows[0][1], grid.foot
    (Cell(text='1.5', mark='e', detail=''), 'e: estimated')
    """
    views, unknown, said_once = seen_views(table)
    columns = tuple(Column(view.words, bool(i and view.numeric), view.long) for i, view in enumerate(views.values()))
    if not len(table.rows) or (unknown and len(views) == 1 and not said_once):
        return Grid(table.title, columns, (), "", _("{title}: {reason}.", title=table.title, reason=why_nothing(table)))
    rows = tuple(tuple(_cell(row, name, view) for name, view in views.items()) for row in as_records(table.rows))
    marks = {cell.mark for row in rows for cell in row}
    told = [_("{mark}: {meaning}", mark=mark, meaning=_(words)) for mark, words in MARK_WORDS.items() if mark in marks]
    foot = join_sentences([*said_once, join_clauses([*told, *left_out_words(unknown)])])
    return Grid(table.title, columns, rows, foot)


def _cell(row: dict, name: str, view: View) -> Cell:
    detail = _plain(row.get(view.detail)) if view.detail else ""
    text = view.write(row.get(name))
    return Cell(text, "" if text == _(NOT_AVAILABLE) else mark_of(row, view), detail)
