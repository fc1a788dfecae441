"""How a table is set on a page of A4: upright or lying, in which size of type, and how wide each column is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

from nasssap_lib.display.grid import Cell, Grid
from nasssap_lib.display.style import BREAKS, text_width

UPRIGHT, LYING = 467.0, 713.0  # points between the margins of a page
SIZES = (8.2, 7.6, 7.0)  # points of type, the first that does
SMALLEST = 6.2
DETAIL = 0.86  # of the size: the small text below a value
MOST_COLUMNS = 40  # of a page of A4: two letters a line
INSET = 5.0  # points left and right of the words in a cell
DRAWN = 1.03  # words are measured without the rounding of a page
WHOLE = 18  # letters up to which a word stays whole
NARROW = 7.0  # points of the widest letter in the smallest type, and of a column without a word
HEADS = 3  # cells that a heading counts for where a column is given its width
UNFILLED = 1.15  # of a line's letters, for words end before it does
BISECTIONS = 50
TALLEST = 11  # lines of a row, beyond which a table is better set wider


class Setting(NamedTuple):
    """How a table is set: lying pages or upright ones, points of type and of each column, letters after which a word may break."""

    lying: bool
    size: float
    widths: tuple[float, ...]
    whole: int = WHOLE


class Need(NamedTuple):
    """Points that a column cannot do without, for its longest word, those of its longest line, and its weight beside others."""

    least: float
    most: float
    weight: float


class Extent(NamedTuple):
    """Points of a text: its longest word, its longest line, all of it in one line."""

    word: float
    line: float
    length: float


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
    for lying, size in product((False, True), SIZES):
        needs, width = column_needs(grid, size), LYING if lying else UPRIGHT
        widths = share_width(needs, width)
        if sum(need.least for need in needs) <= width and (lying or row_lines(grid, widths, size) <= TALLEST):
            return Setting(lying, size, widths)
    needs = column_needs(grid, SMALLEST)
    widths = share_width(needs, LYING)
    narrow = min((width - 2 * INSET) / (need.least - 2 * INSET) for need, width in zip(needs, widths, strict=True))
    return Setting(True, SMALLEST, widths, WHOLE if narrow >= 1 else max(1, math.floor(WHOLE * narrow / 2)))


def column_needs(grid: Grid, size: float) -> list[Need]:
    """What each column needs in a size of type, its inset included."""
    columns = zip(grid.columns, zip(*grid.rows, strict=True), strict=True)
    return [
        _need([_extent(column.words, size, "bold")], [_cell_extent(cell, size) for cell in cells])
        for column, cells in columns
    ]


def share_width(needs: Sequence[Need], width: float) -> tuple[float, ...]:
    """Widths of columns: as they like where there is room, otherwise by weight, so that the rows are low.

    The sum of (length / width)^3 over all cells stands for the height of the table: it is least where each width is in proportion to
    the fourth root of the column's sum of length^3, within what the column needs.

    Examples
    --------
    >>> share_width([Need(18, 20, 1), Need(18, 40, 1)], 100), share_width([Need(27, 40, 1), Need(37, 40, 1)], 49)
    ((20, 40), (22.0, 27.0))
    >>> [round(points, 3) for points in share_width([Need(18, 90, 2), Need(18, 90, 1), Need(30, 90, 1)], 90)]
    [40.0, 20.0, 30]
    """
    least, most = (sum(points) for points in list(zip(*needs, strict=True))[:2])
    if most <= width:
        return tuple(need.most for need in needs)
    if least > width:
        letter = 2 * INSET + NARROW
        narrow = (width - letter * len(needs)) / (least - letter * len(needs))
        return tuple(letter + narrow * (need.least - letter) for need in needs)
    low, high = 0.0, max(need.most / need.weight for need in needs)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(_weighed(needs, middle)) <= width else (low, middle)
    return tuple(_weighed(needs, low))


def _weighed(needs: Iterable[Need], unit: float) -> list[float]:
    return [min(max(need.weight * unit, need.least), need.most) for need in needs]


def row_lines(grid: Grid, widths: Sequence[float], size: float) -> int:
    """Lines of the tallest row, about."""
    return max((cell_lines(row, widths, size) for row in grid.rows), default=0)


def cell_lines(row: Iterable[Cell], widths: Sequence[float], size: float) -> int:
    """Lines of the tallest cell of a row, about."""
    return max(
        text_lines(cell.text + cell.mark, width - 2 * INSET, size)
        + text_lines(cell.detail, width - 2 * INSET, size * DETAIL)
        for cell, width in zip(row, widths, strict=True)
    )


def text_lines(text: str, width: float, size: float) -> int:
    """Lines of a text in so many points of width, about: words seldom fill their lines.

    Examples
    --------
    >>> text_lines("", 100, 8), text_lines("word", 100, 8), text_lines("word\\nword " * 2, 1000, 8)
    (0, 1, 3)
    """
    return sum(math.ceil(_points(line, size) * UNFILLED / width) for line in text.split("\n"))


def _need(heads: list[Extent], cells: list[Extent]) -> Need:
    extents = [*heads * HEADS, *cells]
    least, most = (max(*points, NARROW) * DRAWN + 2 * INSET for points in list(zip(*extents, strict=True))[:2])
    return Need(least, most, sum(max(extent.length, 1) ** 3 for extent in extents) ** 0.25)


def _cell_extent(cell: Cell, size: float) -> Extent:
    value, detail = _extent(cell.text + cell.mark, size), _extent(cell.detail, size * DETAIL)
    return Extent(max(value.word, detail.word), max(value.line, detail.line), value.length + detail.length)


def _extent(text: str, size: float, weight: str = "normal") -> Extent:
    """Points of a text: its longest word as far as words stay whole, its longest line, and all its lines together."""
    lines = [_points(line, size, weight) for line in text.split("\n")]
    return Extent(max(_points(word[:WHOLE], size, weight) for word in BREAKS.split(text)), max(lines), sum(lines))


def _points(text: str, size: float, weight: str = "normal") -> float:
    return text_width(text, size, weight) * 72 if text else 0.0
