"""A document as the data of Typst's template: blocks in the order of reading, tables measured, wide ones on lying pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from nasssap_lib.display.fonts import MAIN, drawable, further_fonts
from nasssap_lib.display.grid import Grid
from nasssap_lib.document.blocks import Block, Document, Figure, Items, Paragraph, Section, Table
from nasssap_lib.document.columns import MOST_COLUMNS, UPRIGHT, cell_lines, set_table
from nasssap_lib.unseen import without_unseen

LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([A-Za-z]{2}))?")
TALLEST = 560.0  # points of a picture: a page without its running heads and the caption
WHOLE_ROW = 30  # lines of a row that is not broken between pages
TOGETHER = 330.0  # points of a table that is not: half of an upright page, most of a lying one
LINE, GAP = 1.3, 7.0  # height of a line in units of its type, points above and below the words of a row


def document_faults(document: Document) -> list[str]:
    """What keeps a document from being an accessible PDF, each with its place; empty: nothing.

    Examples
    --------
    >>> document_faults(Document("", "Senegal", "Strategy", "", "", "Contents", ()))
    ["document: expected the code of a language, such as fr, got ''", 'document: expected at least one section']
    """
    return list(_faults(document))


def _faults(document: Document) -> Iterator[str]:
    if not LANGUAGE.fullmatch(document.language):
        yield f"document: expected the code of a language, such as fr, got {document.language!r}"
    if not drawable(document.title).strip():
        yield "document: expected a title, got none"
    if not document.sections:
        yield "document: expected at least one section"
    counts = Counter(section.anchor for section in document.walk())
    yield from (f"section {anchor}: expected an anchor of its own" for anchor, count in counts.items() if count > 1)
    for section in document.sections:
        yield from _section_faults(section, 1)


def _section_faults(section: Section, level: int) -> Iterator[str]:
    if not section.anchor:
        yield f"section {section.title!r}: expected an anchor, got none"
    if not drawable(section.title).strip():
        yield f"section {section.anchor}: expected a title, got none"
    if section.level != level:
        yield f"section {section.anchor}: expected level {level} where it stands, got {section.level}"
    for block in section.blocks:
        yield from _block_faults(block)
    for part in section.parts:
        yield from _section_faults(part, level + 1)


def _block_faults(block: Block) -> Iterator[str]:
    if isinstance(block, Figure) and not without_unseen(block.alt).strip():
        yield f"figure {block.anchor}: expected words that stand for the picture (alt), got none"
    if isinstance(block, Figure) and not min(block.inches) > 0:
        yield f"figure {block.anchor}: expected a width and a height in inches, got {block.inches}"
    if isinstance(block, Table) and not block.grid.nothing:
        yield from (f"table {block.anchor}: {fault}" for fault in _grid_faults(block.grid))


def _grid_faults(grid: Grid) -> Iterator[str]:
    if not grid.columns or not grid.rows:
        yield "expected columns and rows, or the sentence that says why there are none"
    if len(grid.columns) > MOST_COLUMNS:
        yield f"expected at most {MOST_COLUMNS} columns on a page, got {len(grid.columns)}"
    for number, row in enumerate(grid.rows, 1):
        if len(row) != len(grid.columns):
            yield f"expected {len(grid.columns)} cells in row {number}, got {len(row)}"


def typst_data(document: Document) -> str:
    """The document as JSON for the template.

    Parameters
    ----------
    document : one without faults
    """
    language, region = LANGUAGE.fullmatch(document.language).groups()
    words = {name: drawable(getattr(document, name)) for name in ("country", "title", "subtitle", "claim", "contents")}
    return json.dumps({
        **words, "language": language, "region": region, "fictional": document.fictional, "fonts": _families(),
        "facts": [list(map(drawable, fact)) for fact in document.facts], "runs": page_runs(document),
        "anchors": [section.anchor for section in document.walk()],
    })  # fmt: skip


def _families() -> list[str]:
    """Names of the fonts' families, as Typst knows them: that of the pictures, then parts of Noto."""
    from matplotlib.font_manager import get_font

    return [MAIN, *(get_font(file).family_name for file in further_fonts()[1:])]


def page_runs(document: Document) -> list[dict]:
    """What stands on upright and on lying pages in turn; headings and the sentences below them go where their exhibit goes."""
    blocks = [block for section in document.walk() for block in _section_data(section)]
    below: dict = {"kind": "end", "lying": False}
    for block in reversed(blocks):
        leads = block["kind"] == "heading" or below["kind"] != "heading"
        block.setdefault("lying", leads and below["lying"])
        below = block
    return [{"lying": lying, "blocks": list(run)} for lying, run in groupby(blocks, itemgetter("lying"))]


def _section_data(section: Section) -> Iterator[dict]:
    text = drawable(f"{section.number} {section.title}".strip())
    yield {"kind": "heading", "level": section.level, "text": text, "anchor": section.anchor}
    yield from map(_block_data, section.blocks)


def _block_data(block: Block) -> dict:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": drawable(block.text), "look": block.kind}
        case Items():
            return {"kind": "items", "items": list(map(drawable, block.items)), "numbered": block.numbered}
        case Figure():
            return {**_exhibit(block, ""), "kind": "figure", "lying": False, "alt": without_unseen(block.alt), "svg": block.svg,
                    "width": _picture_width(block.inches)}  # fmt: skip
    if block.grid.nothing:
        return {"kind": "paragraph", "text": drawable(block.grid.nothing), "look": "note"}
    return {**_exhibit(block, block.grid.foot), "kind": "table", **_grid_data(block.grid)}


def _exhibit(block: Table | Figure, foot: str) -> dict:
    return {"caption": drawable(block.caption), "notes": [drawable(words) for words in (foot, block.source) if words]}


def _picture_width(inches: tuple[float, float]) -> float:
    """Points: as drawn, but neither wider than the text nor taller than a page."""
    width, height = (72 * side for side in inches)
    return width * min(1, UPRIGHT / width, TALLEST / height)


def _grid_data(grid: Grid) -> dict:
    setting = set_table(grid)
    lines = [cell_lines(row, setting.widths, setting.size) for row in grid.rows]
    return {
        **setting._asdict(),
        "together": sum(count * setting.size * LINE + GAP for count in lines) <= TOGETHER,
        "numeric": [column.numeric for column in grid.columns],
        "heads": [drawable(column.words) for column in grid.columns],
        "rows": [
            {"whole": count <= WHOLE_ROW, "cells": [list(map(drawable, cell)) for cell in row]}
            for row, count in zip(grid.rows, lines, strict=True)
        ],
    }
