"""Tables of a Word document: columns as wide as their words need, headings that are repeated, rows that stay whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nasssap_lib.display.grid import Cell, Column, Grid
from nasssap_lib.document.blocks import Table
from nasssap_lib.document.docx_nodes import node, one_line, paragraph, plain, run
from nasssap_lib.document.docx_styles import (
    CELL,
    INSET,
    MARK,
    POINT,
    TABLE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    WIDE_HEIGHT,
    WIDE_WIDTH,
)

NARROW, BROAD = frozenset(" .,;:'’|!()[]ijltfrI\xa0\u202f"), frozenset("mwMW%@—…")
EDGES = 2 * INSET / POINT + 1  # points beside the words of a cell
BOLD = 1.09  # times as wide as other letters
STEPS, SHARPNESS = 60, 6  # in which a width is shared out; how much the highest cell of a row counts before the others
UNEVEN = 1.6  # how much a high row counts before low ones
STRETCH = 1.6  # times the width that its words need is the widest that a table is drawn
LONGEST_WORD, BROKEN = (
    130,
    80,
)  # points; a longer word is broken, at the latest there: no page is turned for an address of the web
MOST_LINES = 14  # of a row, before its table goes on a page that lies on its side
WHOLE_LINES = 40  # of a row that may be broken: it would not fit on a page
SHORT = 0.3  # of the height of a page: a lower table is not broken
LINE, ROOM = 1.2 * CELL, 4  # points of a line; above and below it
TABLES = 256  # that are remembered: a document has some eighty, and is laid out again for its numbers of pages
BREAKS = re.compile(r"[ \n]+|(?<=[-–])")  # where a line may end: not at a no-break space


def breadth(text: str, size: float = CELL) -> float:
    """Points that a line of text is wide, a little more rather than less.

    Examples
    --------
    >>> round(breadth("1,234", 10)), round(breadth("Women", 10))
    (26, 35)
    """
    return size * sum(
        0.33 if letter in NARROW else 0.9 if letter in BROAD else 0.72 if letter.isupper() else 0.57 for letter in text
    )


def _words(text: str) -> list[str]:
    return BREAKS.split(plain(text))


def _texts(grid: Grid, place: int) -> list[tuple[str, ...]]:
    """The texts that stand below each other in a column, its heading first; each may have small print."""
    return [
        (grid.columns[place].words,),
        *((row[place].text + row[place].mark, row[place].detail) for row in grid.rows),
    ]


def _least(texts: list[tuple[str, ...]], bold: float) -> float:
    """Points that the longest word of a column needs; its heading is bold."""
    cells = {word for text in texts[1:] for part in text for word in _words(part)}
    breadths = [*(breadth(word) * bold for word in cells), *(breadth(word) * BOLD for word in _words(texts[0][0]))]
    return max(each if each <= LONGEST_WORD else BROKEN for each in breadths) + EDGES


@lru_cache(maxsize=TABLES)
def _breadths(grid: Grid) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points of the longest word of each column; points of each text on one line, by row and column, small print on its own line."""
    columns = [_texts(grid, place) for place in range(len(grid.columns))]
    least = [_least(texts, BOLD if place == 0 else 1.0) for place, texts in enumerate(columns)]
    lines = [[[breadth(part) for part in (*text, "")[:2]] for text in texts] for texts in columns]
    whole = np.array(lines, dtype=float).transpose(1, 0, 2)
    whole[0] *= BOLD
    whole[:, 0] *= BOLD
    return np.array(least), whole


@lru_cache(
    maxsize=TABLES
)  # the side of the page is asked for the heading, for the words before a table, and for the table
def column_widths(grid: Grid, width: float) -> tuple[tuple[float, ...], float]:
    """Widths of the columns in points, so that the table is about as low as it can be, and about how many lines its highest row has.

    Parameters
    ----------
    grid : a table in words
    width : points that there are

    Examples
    --------
    >>> grid = Grid("", (Column("Item"), Column("What it says", long=True)), ((Cell("Law"), Cell("word " * 100)),))
    >>> widths, lines = column_widths(grid, 400)
    >>> [round(each) for each in widths], round(lines, 1)
    ([28, 372], 6.0)
    """
    least, whole = _breadths(grid)
    wished = whole.max(axis=(0, 2)) + EDGES
    if least.sum() >= width:
        widths = _cut(least, width)
    elif wished.sum() <= width:
        widths = wished * min(STRETCH, width / wished.sum())
    else:
        widths = _lowest(least, whole, width)
    return tuple(map(float, widths)), float(_lines(whole, widths).max())


def _cut(least: NDArray[np.float64], width: float) -> NDArray[np.float64]:
    """Where not all words fit, those of the widest columns are broken, and of no others."""
    narrow_first = np.sort(least)
    for number, narrow in enumerate(narrow_first):
        share = (width - narrow_first[:number].sum()) / (len(least) - number)
        if narrow >= share:
            return np.minimum(least, share)
    return least


def _lines(whole: NDArray[np.float64], widths: NDArray[np.float64]) -> NDArray[np.float64]:
    """About how many lines each cell has, at least one, by row and column."""
    lines = whole / np.maximum(1.0, widths - EDGES)[:, None]
    return np.maximum(1.0, lines[..., 0]) + lines[..., 1]


def _lowest(least: NDArray[np.float64], whole: NDArray[np.float64], width: float) -> NDArray[np.float64]:
    """Share out the width in small steps, each to the column by which the table gets lower the most."""
    widths, step = least.copy(), (width - least.sum()) / STEPS
    for _ in range(STEPS):
        wider = [widths + step * (np.arange(len(least)) == place) for place in range(len(least))]
        heights = [(_lines(whole, each) ** SHARPNESS).sum(axis=1) ** (1 / SHARPNESS) for each in wider]
        widths = wider[int(np.argmin([(height**UNEVEN).sum() for height in heights]))]
    return widths


def height(grid: Grid, width: float) -> float:
    """About how many points high a table is, set on so many points.

    Examples
    --------
    >>> height(Grid("", (Column("Item"),), ((Cell("Law"),), (Cell("Fund"),))), 400)
    40.8
    """
    widths, _most = column_widths(grid, width)
    lines = _lines(_breadths(grid)[1], np.array(widths)).max(axis=1)
    return round(float((lines * LINE + ROOM).sum()), 1)


def lies(table: Table) -> bool:
    """Whether a table needs a page that lies on its side: upright, its words would break or its rows be columns of words."""
    if table.grid.nothing:
        return False
    upright = TEXT_WIDTH / POINT
    return bool(_breadths(table.grid)[0].sum() > upright) or column_widths(table.grid, upright)[1] > MOST_LINES


def table_nodes(table: Table, wide: bool = False) -> list:
    """A table with its caption above, its notes and sources below; where there is nothing to show, the sentence that says so.

    Parameters
    ----------
    table : as the document holds it
    wide : on a page that lies on its side
    """
    grid = table.grid
    if grid.nothing:
        return [paragraph("Normal", grid.nothing)]
    below = [("Note", grid.foot)] if grid.foot else []
    below += [("Source", table.source)] if table.source or not below else []
    last = len(below) - 1
    return [
        paragraph("caption", one_line(table.caption), properties=[node("keepNext")]),
        _table(table, WIDE_WIDTH if wide else TEXT_WIDTH, bool(grid.foot or table.source)),
        *(paragraph(style, text, properties=_kept(place < last)) for place, (style, text) in enumerate(below)),
    ]


def _kept(keep: bool) -> list:
    return [node("keepNext")] if keep else []


def _table(table: Table, width: int, followed: bool):
    grid = table.grid
    widths = [round(each * POINT) for each in column_widths(grid, width / POINT)[0]]
    properties = node(
        "tblPr",
        node("tblStyle", val=TABLE),
        node("tblW", w=sum(widths), type="dxa"),
        node("tblLayout", type="fixed"),
        node("tblLook", val="00A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=1, noVBand=1),
        node("tblCaption", val=one_line(table.caption)),
    )
    head = _row([Cell(column.words) for column in grid.columns], grid.columns, widths, True, True)
    last, whole = (
        len(grid.rows) - 1,
        height(grid, width / POINT) < SHORT * (WIDE_HEIGHT if width == WIDE_WIDTH else TEXT_HEIGHT) / POINT,
    )
    kept = [followed if place == last else whole or place in (0, last - 1) for place in range(len(grid.rows))]
    rows = [_row(row, grid.columns, widths, keep) for row, keep in zip(grid.rows, kept, strict=True)]
    return node("tbl", properties, node("tblGrid", *(node("gridCol", w=each) for each in widths)), head, *rows)


def _row(cells: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int], keep: bool, head: bool = False):
    whole = all(
        breadth(cell.text) + breadth(cell.detail) < WHOLE_LINES * width / POINT
        for cell, width in zip(cells, widths, strict=True)
    )
    marks = [node("cantSplit")] if whole else []
    marks += [node("tblHeader")] if head else []
    styles = ["Table heading" if head else "Table row" if place == 0 else "Table text" for place in range(len(cells))]
    made = [
        _cell(cell, column.numeric, width, style, keep)
        for cell, column, width, style in zip(cells, columns, widths, styles, strict=True)
    ]
    return node("tr", node("trPr", *marks) if marks else None, *made)


def _cell(cell: Cell, numeric: bool, width: int, style: str, keep: bool):
    properties = [*_kept(keep), *([node("jc", val="right")] if numeric else [])]
    lines = [paragraph(style, cell.text, *([run(cell.mark, MARK)] if cell.mark else []), properties=properties)]
    if cell.detail:
        lines.append(
            paragraph(
                "Table detail", cell.detail, properties=[*_kept(keep), *([node("jc", val="right")] if numeric else [])]
            )
        )
    return node("tc", node("tcPr", node("tcW", w=width, type="dxa")), *lines)
