"""Tables of a Word document: columns as wide as their words need, headings that are repeated, rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence

from nasssap_lib.display.grid import Cell, Column, Grid
from nasssap_lib.document.blocks import Table
from nasssap_lib.document.docx_nodes import node, one_line, paragraph, plain, run
from nasssap_lib.document.docx_styles import CELL, MARK, POINT, TABLE, TEXT_WIDTH, WIDE_WIDTH

NARROW, BROAD = frozenset(" .,;:'’|!()[]ijltfrI\xa0\u202f"), frozenset("mwMW%@—…")
EDGES = 8  # points beside the words of a cell
STRETCH = 1.6  # times the width that its words need is the widest that a table is drawn
LONGEST_WORD = 130  # points; a longer one is broken: no page is turned for an address of the web
MOST_LINES = 14  # of a row, before its table goes on a page that lies on its side
WHOLE_LINES = 40  # of a row that may be broken: it would not fit on a page
SHORT = 12  # rows of a table that stays on one page


def breadth(text: str, size: float = CELL) -> float:
    """Points that a line of text is wide, a little more rather than less.

    Examples
    --------
    >>> round(breadth("1,234", 10)), round(breadth("Women", 10))
    (26, 35)
    """
    return size * sum(0.33 if letter in NARROW else 0.9 if letter in BROAD else 0.72 if letter.isupper() else 0.57 for letter in text)


def _words(text: str) -> list[str]:
    return plain(text).replace("-", "- ").replace("–", "– ").replace("/", "/ ").split()


def _needs(column: Column, cells: Sequence[Cell]) -> tuple[float, float]:
    """Points that the longest word of a column needs, and its longest line."""
    texts = [column.words, *(cell.text + cell.mark for cell in cells), *(cell.detail for cell in cells)]
    lines = [line for text in texts for line in plain(text).split("\n")]
    longest_word = max((breadth(word) for line in lines for word in _words(line)), default=0.0)
    return min(longest_word * 1.05, LONGEST_WORD) + EDGES, max(map(breadth, lines), default=0.0) * 1.05 + EDGES


def column_widths(grid: Grid, width: float) -> tuple[list[float], float]:
    """Widths of the columns in points, so that the highest row is as low as it can be, and about how many lines it then has.

    Parameters
    ----------
    grid : a table in words
    width : points that there are

    Examples
    --------
    >>> grid = Grid("", (Column("Item"), Column("What it says", long=True)), ((Cell("Law"), Cell("word " * 100)),))
    >>> widths, lines = column_widths(grid, 400)
    >>> [round(each) for each in widths], round(lines, 1)
    ([26, 374], 6.1)
    """
    needs = [_needs(column, [row[place] for row in grid.rows]) for place, column in enumerate(grid.columns)]
    least, whole = [word for word, _ in needs], [line for _, line in needs]
    if sum(least) >= width:  # words are broken: each column gives of its own
        return [each * width / sum(least) for each in least], max(line / word for word, line in needs) * sum(least) / width
    if sum(whole) <= width:
        stretch = min(STRETCH, width / sum(whole))
        return [each * stretch for each in whole], 1.0
    lines = _fewest_lines(least, whole, width)
    widths = [max(word, line / lines) for word, line in needs]
    return [each * width / sum(widths) for each in widths], lines


def _fewest_lines(least: Sequence[float], whole: Sequence[float], width: float) -> float:
    """In how many lines the longest texts fit beside each other: by halves, for the widths fall as lines grow."""
    low, high = 1.0, max(line / word for word, line in zip(least, whole, strict=True)) + 1
    for _ in range(40):
        middle = (low + high) / 2
        fits = sum(max(word, line / middle) for word, line in zip(least, whole, strict=True)) <= width
        low, high = (low, middle) if fits else (middle, high)
    return high


def lies(table: Table) -> bool:
    """Whether a table needs a page that lies on its side: upright, its words would break or its rows be columns of words."""
    if table.grid.nothing:
        return False
    upright = TEXT_WIDTH / POINT
    words = sum(_needs(column, [row[place] for row in table.grid.rows])[0] for place, column in enumerate(table.grid.columns))
    return words > upright or column_widths(table.grid, upright)[1] > MOST_LINES


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
    last = len(grid.rows) - 1
    rows = [
        _row(row, grid.columns, widths, (followed if place == last else len(grid.rows) <= SHORT or place in (0, last - 1)))
        for place, row in enumerate(grid.rows)
    ]
    return node("tbl", properties, node("tblGrid", *(node("gridCol", w=each) for each in widths)), head, *rows)


def _row(cells: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int], keep: bool, head: bool = False):
    whole = all(
        breadth(cell.text) + breadth(cell.detail) < WHOLE_LINES * width / POINT for cell, width in zip(cells, widths, strict=True)
    )
    marks = [node("cantSplit")] if whole else []
    marks += [node("tblHeader")] if head else []
    styles = ["Table heading" if head else "Table row" if place == 0 else "Table text" for place in range(len(cells))]
    made = [
        _cell(cell, column.numeric, width, style, keep) for cell, column, width, style in zip(cells, columns, widths, styles, strict=True)
    ]
    return node("tr", node("trPr", *marks) if marks else None, *made)


def _cell(cell: Cell, numeric: bool, width: int, style: str, keep: bool):
    properties = [*_kept(keep), *([node("jc", val="right")] if numeric else [])]
    lines = [paragraph(style, cell.text, *([run(cell.mark, MARK)] if cell.mark else []), properties=properties)]
    if cell.detail:
        lines.append(paragraph("Table detail", cell.detail, properties=[*_kept(keep), *([node("jc", val="right")] if numeric else [])]))
    return node("tc", node("tcPr", node("tcW", w=width, type="dxa")), *lines)
