"""How a table is set on a page of A4: upright or lying, in which size of type, and how wide each column is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nasssap_lib.display.grid import Cell, Grid
from nasssap_lib.display.style import BREAKS, text_width

UPRIGHT, LYING = 467.0, 713.0  # points between the margins of a page
SIZES = (8.2, 7.6, 7.0)  # points of type, the first that does
SMALLEST = 6.2
DETAIL = 0.86  # of the size: the small text below a value
INSET = 4.0  # points left and right of the words in a cell
DRAWN = 1.03  # words are measured without the rounding of a page
WHOLE = 18  # letters up to which a word stays whole
TALLEST = 14  # lines of a row, beyond which a table is better set wider


class Setting(NamedTuple):
    """How a table is set: lying pages or upright ones, points of type and of each column, letters after which a word may break."""

    lying: bool
    size: float
    widths: tuple[float, ...]
    whole: int = WHOLE


class Need(NamedTuple):
    """Points that a column cannot do without, for its longest word, and that it would like, for its longest line."""

    least: float
    most: float


def set_table(grid: Grid) -> Setting:
    """How a table is set so that nothing of it leaves the page.

    Upright pages are tried before lying ones and large type before small; where no size does, words break in the narrow columns.

    Parameters
    ----------
    grid : with at least one column

    Examples
    --------
    >>> from nasssap_lib.display.grid import Column
    >>> set_table(Grid("T", (Column("Year", True), Column("Cost", True)), ((Cell("2030"), Cell("1.5")),)))[:2]
    (False, 8.2)
    """
    for lying, size in [*((False, size) for size in SIZES[:2]), *((True, size) for size in SIZES)]:
        needs, width = column_needs(grid, size), LYING if lying else UPRIGHT
        widths = share_width(needs, width)
        if sum(need.least for need in needs) <= width and (lying or row_lines(grid, widths, size) <= TALLEST):
            return Setting(lying, size, widths)
    needs = column_needs(grid, SMALLEST)
    narrow = LYING / sum(need.least for need in needs)
    whole = WHOLE if narrow >= 1 else max(2, math.floor(WHOLE * narrow / 2))
    return Setting(True, SMALLEST, share_width(needs, LYING), whole)


def column_needs(grid: Grid, size: float) -> list[Need]:
    """What each column needs in a size of type, its inset included."""
    columns = zip(grid.columns, zip(*grid.rows, strict=True), strict=True)
    return [_need([_extent(column.words, size, "bold"), *_cell_extents(cells, size)]) for column, cells in columns]


def share_width(needs: Sequence[Need], width: float) -> tuple[float, ...]:
    """Widths of columns: as they like where there is room, otherwise what remains goes to those that lack most.

    Examples
    --------
    >>> share_width([Need(10, 20), Need(10, 40)], 100), share_width([Need(10, 20), Need(10, 40)], 40)
    ((20, 40), (15.0, 25.0))
    >>> share_width([Need(30, 40), Need(10, 40)], 20)
    (15.0, 5.0)
    """
    least, most = (sum(points) for points in zip(*needs, strict=True))
    if most <= width:
        return tuple(need.most for need in needs)
    if least > width:
        return tuple(need.least * width / least for need in needs)
    share = (width - least) / (most - least)
    return tuple(need.least + share * (need.most - need.least) for need in needs)


def row_lines(grid: Grid, widths: Sequence[float], size: float) -> int:
    """Lines of the tallest row, about."""
    return max((cell_lines(row, widths, size) for row in grid.rows), default=0)


def cell_lines(row: Iterable[Cell], widths: Sequence[float], size: float) -> int:
    """Lines of the tallest cell of a row, about: words seldom fill their lines."""
    return max(
        math.ceil(_points(cell.text + cell.mark, size) * 1.15 / (width - 2 * INSET))
        + math.ceil(_points(cell.detail, size * DETAIL) * 1.15 / (width - 2 * INSET))
        for cell, width in zip(row, widths, strict=True)
    )


def _need(extents: Sequence[Need]) -> Need:
    least, most = (max(points) * DRAWN + 2 * INSET for points in zip(*extents, strict=True))
    return Need(least, most)


def _cell_extents(cells: Iterable[Cell], size: float) -> Iterable[Need]:
    for cell in set(cells):
        yield _extent(cell.text + cell.mark, size)
        yield _extent(cell.detail, size * DETAIL)


def _extent(text: str, size: float, weight: str = "normal") -> Need:
    """Points of the longest word, as far as words stay whole, and of the longest line."""
    words = (word[:WHOLE] for word in BREAKS.split(text))
    least = max(_points(word, size, weight) for word in words)
    return Need(least, max(_points(line, size, weight) for line in text.split("\n")))


def _points(text: str, size: float, weight: str = "normal") -> float:
    return text_width(text, size, weight) * 72 if text else 0.0
