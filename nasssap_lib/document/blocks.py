"""What a document is made of, whatever it is written as: sections with paragraphs, lists, tables and figures, all in the reader's words.

A renderer knows these and nothing of the country: it reads no pack, translates nothing and rounds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nasssap_lib.display.grid import Grid

TEXT, NOTE, LEAD = "text", "note", "lead"  # of a paragraph: prose; small print; the sentence that a section begins with


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text; kind: TEXT, NOTE or LEAD."""

    text: str
    kind: str = TEXT


@dataclass(frozen=True)
class Items:
    """A list; ``numbered``: its items are counted."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its caption, such as "Table 4. Cost by year", and the line of sources below it ("" where it has none)."""

    anchor: str
    caption: str
    grid: Grid
    source: str = ""


@dataclass(frozen=True)
class Figure:
    """A picture with its caption and the words that stand for it; inches: width and height as drawn.

    title, measured : what stands at its top, where slides say it in larger letters; head: inches that this takes, 0 where nothing does
    """

    anchor: str
    caption: str
    alt: str
    svg: str
    png: bytes
    inches: tuple[float, float]
    source: str = ""
    title: str = ""
    measured: str = ""
    head: float = 0.0


Block = Paragraph | Items | Table | Figure


@dataclass(frozen=True)
class Section:
    """A chapter (level 1) or a part of one, with its own parts below it; ``number`` as "3.2", "" where it is not counted."""

    anchor: str
    title: str
    level: int = 1
    number: str = ""
    blocks: tuple[Block, ...] = ()
    parts: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """The section itself and all below it, in the order in which they are read."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Document:
    """A whole document.

    language : code, such as fr · title, subtitle : of its title page · country : its name · claim : what it is and is not, as "Technical
    working draft, not a government document." · fictional : of the training country · facts : lines of the title page, words and value
    (edition, digest of the pack, date of the newest figure) · contents : heading of the list of contents · sections : the chapters ·
    english : texts that stand in English in it, though it is in another language ·
    short : a paper of two pages, without a title page of its own and a list of contents
    """

    language: str
    country: str
    title: str
    subtitle: str
    claim: str
    contents: str
    sections: tuple[Section, ...]
    fictional: bool = False
    facts: tuple[tuple[str, str], ...] = field(default=())
    english: frozenset[str] = frozenset()
    short: bool = False

    def walk(self) -> Iterator[Section]:
        """All sections, in the order in which they are read."""
        for section in self.sections:
            yield from section.walk()


def texts_of(blocks: Iterable[Block]) -> Iterator[str]:
    """What is read in blocks, each text for itself: paragraphs, items, captions, heads, cells and what stands small below them.

    Examples
    --------
    >>> list(texts_of([Paragraph("Words."), Items(("one", "two"))]))
    ['Words.', 'one', 'two']
    """
    for block in blocks:
        match block:
            case Paragraph():
                yield block.text
            case Items():
                yield from block.items
            case Figure():
                yield from (block.caption, block.alt, block.source)
            case Table():
                yield from (block.caption or block.grid.title, *(column.words for column in block.grid.columns))
                yield from (text for row in block.grid.rows for cell in row for text in (cell.text, cell.detail))
                yield from (block.grid.nothing, block.grid.foot, block.source)
