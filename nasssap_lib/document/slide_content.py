"""What stands on a slide and what goes into its notes: one picture, few words that are read from the back of a room, nothing cut.

Measures are inches of a slide of 16:9 and points of type. Words are measured in letters wider than those of the slide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nasssap_lib.display.grid import Cell
from nasssap_lib.display.style import break_words
from nasssap_lib.document.blocks import NOTE, Block, Figure, Items, Paragraph, Section, Table
from nasssap_lib.document.columns import cell_lines, column_needs, share_width
from nasssap_lib.document.docx_nodes import one_line, plain

WIDTH, HEIGHT, SIDE, TOP, FOOT_TOP = 13.333, 7.5, 0.4, 0.25, 7.05
INNER = WIDTH - 2 * SIDE
TITLE, TITLE_LINES = 30, 2
SIZES = (24, 20, 18)  # of words, the first in which they fit
SMALLEST = SIZES[-1]
LINE, AFTER = 1.2, 0.5  # height of a line and space after a paragraph, in units of the size
HEAD, GAP, INDENT = 0.15, 0.25, 0.4  # below the title; beside a picture; before the words of a bullet
BESIDE, BELOW = (3.0, 3.5, 4.0, 4.5, 5.0), (1.3, 1.8, 2.3)  # inches of words: widths beside a picture, heights below it
MOST_WORDS, MOST_HEADED, MOST_BULLETS = 2, 1, 5  # paragraphs beside a picture or table; below its title; alone
PICTURE = 5.0  # inches that pictures for slides are drawn wide: nine points of type in them are then 14 or more where rows are few
SOURCE = 14  # points of the line on sources
MOST_ROWS, MOST_COLUMNS = 6, 4  # of a table that a room can read
INSET = 0.08  # above and below the words of a cell


class Box(NamedTuple):
    """A place on a slide."""

    left: float
    top: float
    width: float
    height: float


class Words(NamedTuple):
    """Paragraphs, the points of their type, whether each begins with a bullet; headed: the first two are a picture's title and subtitle."""

    texts: tuple[str, ...]
    size: int
    bullets: bool = False
    headed: bool = False


@dataclass(frozen=True)
class Slide:
    """A slide: what is shown, where, and the notes of who speaks. widths: points of the table's columns · cut: share of the
    picture's height that is its own title and subtitle, which the words say in larger letters · source: as much of it as a line holds.
    """

    title: str
    title_box: Box
    words: Words
    words_box: Box
    notes: tuple[str, ...]
    shown: Figure | Table | None = None
    shown_box: Box = Box(0, 0, 0, 0)
    widths: tuple[float, ...] = ()
    cut: float = 0.0
    source: str = ""


class _Layout(NamedTuple):
    """What a slide shows, before its notes are known."""

    words: Words
    words_box: Box
    shown: Figure | Table | None = None
    shown_box: Box = Box(0, 0, 0, 0)
    widths: tuple[float, ...] = ()
    cut: float = 0.0


def slide_of(section: Section) -> Slide:
    """The slide of a chapter: its first picture as large as it can be, else its first small table, else its sentences.

    Parameters
    ----------
    section : of level 1; what its parts hold is its own

    Examples
    --------
    >>> slide = slide_of(Section("a", "Gaps", blocks=(Paragraph("Few are covered."), Paragraph("n/a: not known", NOTE))))
    >>> slide.words.texts, slide.notes
    (('Few are covered.',), ('n/a: not known',))
    """
    title, lines = fitted(section.title, INNER, TITLE, TITLE_LINES)
    title_box = Box(SIDE, TOP, INNER, lines * TITLE * LINE / 72)
    top = title_box.top + title_box.height + HEAD
    layout = _layout(section, Box(SIDE, top, INNER, FOOT_TOP - 0.1 - top))
    whole = [] if title == one_line(section.title) else [one_line(section.title)]
    notes = (*whole, *_notes(section, layout))
    source = fitted(layout.shown.source, INNER, SOURCE, 1, "normal")[0] if layout.shown and layout.shown.source else ""
    return Slide(title, title_box, layout.words, layout.words_box, notes, *layout[2:], source)


def fitted(text: str, width: float, size: float, most: int, weight: str = "bold") -> tuple[str, int]:
    """A text in one line of words that takes at most so many lines of a slide, and how many it takes; "…" where it is too long.

    Examples
    --------
    >>> fitted("Who pays", 12, 30, 2), fitted("x" * 400, 3, 30, 1)[0][-1]
    (('Who pays', 1), '…')
    """
    text = one_line(text)
    lines = break_words(text, width, size, weight, most)
    return (" ".join(lines) if lines[-1].endswith("…") else text), len(lines)


def words_height(texts: Iterable[str], width: float, size: float) -> float:
    """Inches that paragraphs take in a column.

    Examples
    --------
    >>> round(words_height(["one line"], 5, 18), 2), round(words_height(["one line", "another"], 5, 18), 2)
    (0.42, 0.85)
    """
    lines = [len(break_words(text, width, size, most=None)) for text in texts]
    return sum(count * LINE + AFTER for count in lines) * size / 72


def _layout(section: Section, body: Box) -> _Layout:
    blocks = list(_blocks(section))
    figure = next((block for block in blocks if isinstance(block, Figure)), None)
    if figure:
        return _with_picture(figure, _sentences(blocks), _above_source(body, figure))
    table = next((block for block in blocks if isinstance(block, Table) and not block.grid.nothing), None)
    if table and (layout := _with_table(table, _sentences(blocks), _above_source(body, table))):
        return layout
    told = _sentences(blocks) or _sentences(blocks, small=True) or ([one_line(table.caption)] if table else [])
    return _Layout(_pick(told, (), body.width - INDENT, body.height, MOST_BULLETS)._replace(bullets=True), body)


def _above_source(body: Box, shown: Figure | Table) -> Box:
    """What is left where the line on sources stands at the foot."""
    return body._replace(height=body.height - SOURCE * LINE / 72 - HEAD) if shown.source else body


def _blocks(section: Section) -> Iterator[Block]:
    for part in section.walk():
        if part is not section:
            yield Paragraph(part.title, NOTE)
        yield from part.blocks


def _sentences(blocks: Iterable[Block], small: bool = False) -> list[str]:
    """Paragraphs and items of a list that can stand on a slide; small: small print too."""
    told: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph) and (small or block.kind != NOTE):
            told += _paragraphs(block.text)
        elif isinstance(block, Items):
            told += _items(block)
    return list(dict.fromkeys(told))


def _paragraphs(text: str) -> list[str]:
    return [one_line(piece).strip() for piece in plain(text).split("\n\n") if piece.strip()]


def _items(block: Items) -> list[str]:
    marks = (f"{number}. " if block.numbered else "" for number in range(1, len(block.items) + 1))
    return [mark + one_line(text) for mark, text in zip(marks, block.items, strict=True)]


def _pick(told: Sequence[str], head: tuple[str, ...], width: float, height: float, most: int) -> Words:
    """A head and the first sentences that fit whole below it, in the largest type in which they all do."""
    picked: list[str] = []
    for text in told:
        if len(picked) < most and words_height([*head, *picked, text], width, SMALLEST) <= height:
            picked.append(text)
    texts = (*head, *picked)
    size = next((size for size in SIZES if words_height(texts, width, size) <= height), SMALLEST)
    return Words(texts, size, headed=bool(head))


def _with_picture(figure: Figure, told: list[str], body: Box) -> _Layout:
    """A picture whose title and subtitle the words say in larger letters; as it is where they have no room."""
    width, height = figure.inches
    head = tuple(map(one_line, (figure.title, figure.measured)))
    for picture, box in _places(width / (height - figure.head), body) if figure.head else ():
        words = _pick(told, head, box.width, box.height, MOST_HEADED)
        if words_height(words.texts, box.width, words.size) <= box.height:
            return _Layout(words, box, figure, picture, cut=figure.head / height)
    picture, box = _places(width / height, body)[0]
    words = _pick(told, (), box.width, box.height, MOST_WORDS)
    return _Layout(words, box, figure, picture if words.texts else _alone(width / height, body))


def _places(aspect: float, body: Box) -> list[tuple[Box, Box]]:
    """Where a picture may stand, the largest first, and the words beside it or below it."""
    places = []
    for room in BESIDE:
        width = min(body.height * aspect, body.width - room - GAP)
        left = body.left + width + GAP
        words = body._replace(left=left, width=body.left + body.width - left)
        places.append((Box(body.left, body.top, width, width / aspect), words))
    for room in BELOW:
        width = min(body.width, (body.height - room - GAP) * aspect)
        top = body.top + width / aspect + GAP
        words = body._replace(top=top, height=body.top + body.height - top)
        places.append((Box(body.left, body.top, width, width / aspect), words))
    return sorted(places, key=lambda place: -place[0].width)


def _alone(aspect: float, body: Box) -> Box:
    width = min(body.width, body.height * aspect)
    height = width / aspect
    return Box(body.left + (body.width - width) / 2, body.top + (body.height - height) / 2, width, height)


def _with_table(table: Table, told: list[str], body: Box) -> _Layout | None:
    """A table that a room can read, and what fits below it; None where it is too large."""
    grid = table.grid
    if len(grid.rows) > MOST_ROWS or len(grid.columns) > MOST_COLUMNS:
        return None
    needs = column_needs(grid, SMALLEST)
    if sum(need.least for need in needs) > body.width * 72:
        return None
    widths = share_width(needs, body.width * 72)
    heads = [Cell(column.words) for column in grid.columns]
    lines = [cell_lines(row, widths, SMALLEST) for row in (heads, *grid.rows)]
    height = sum(max(count, 1) * SMALLEST * LINE / 72 + 2 * INSET for count in lines)
    foot = [one_line(grid.foot)] if grid.foot else []
    left = body.height - height - GAP
    if left < words_height(foot, body.width, SMALLEST):
        return None
    below = Box(body.left, body.top + height + GAP, body.width, left)
    words = _pick([*foot, *told], (), below.width, below.height, len(foot) + MOST_WORDS)
    return _Layout(words, below, table, Box(body.left, body.top, sum(widths) / 72, height), widths)


def _notes(section: Section, layout: _Layout) -> Iterator[str]:
    """What is not shown, whole, in its order, and where what is shown comes from."""
    for block in _blocks(section):
        told = list(_told(block, block is layout.shown))
        yield from (text for text in told if text and text not in layout.words.texts)


def _told(block: Block, shown: bool) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from _paragraphs(block.text)
    elif isinstance(block, Items):
        yield from _items(block)
    elif isinstance(block, Figure):
        yield from map(one_line, (block.caption, "" if shown else block.alt, block.source))
    else:
        grid = block.grid
        yield from map(one_line, (block.caption, grid.nothing))
        yield from () if shown or grid.nothing else _rows(block)
        yield from map(one_line, (grid.foot, block.source))


def _rows(table: Table) -> Iterator[str]:
    yield one_line(" · ".join(column.words for column in table.grid.columns))
    for row in table.grid.rows:
        yield one_line(" · ".join(" ".join(filter(None, (cell.text + cell.mark, cell.detail))) for cell in row))
