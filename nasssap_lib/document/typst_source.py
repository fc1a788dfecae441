"""A document as the data of Typst's template: blocks in the order of reading, tables measured, wide ones on lying pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter

from matplotlib.font_manager import get_font

from nasssap_lib.display.fonts import MAIN, drawable, further_fonts
from nasssap_lib.display.grid import Cell, Grid
from nasssap_lib.document.blocks import Block, Document, Figure, Items, Paragraph, Section, Table
from nasssap_lib.document.columns import DETAIL, INSET, LYING, MOST_COLUMNS, UPRIGHT, cell_lines, set_table, text_lines
from nasssap_lib.run.page_languages import long_texts, pieces_of_text
from nasssap_lib.unseen import without_unseen

LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([A-Za-z]{2}))?")
CAPTION, SMALL = 8.4, 7.6  # points of type: captions, and what stands below an exhibit
PAGE = 670.0  # points from top to bottom of an upright page, less the space around an exhibit
LEAST = 150.0  # points of a picture, however long its caption is
HEAD_AND_ROW = 24  # lines of a row and the headings above it, up to which neither is broken between pages
TOGETHER = 330.0  # points of a table that is not broken: half of an upright page, most of a lying one
HELD = 120.0  # points of small print that stays in one piece
LINE, GAP = 1.4, 7.0  # height of a line in units of its type, points above and below the words of a row


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
        "facts": [list(map(drawable, fact)) for fact in document.facts], "runs": _with_english(page_runs(document), document.english),
        "anchors": [section.anchor for section in document.walk()], "short": document.short, "inset": INSET, "detail": DETAIL,
    })  # fmt: skip


def _families() -> list[str]:
    """Names of the fonts' families, as Typst knows them: that of the pictures, then parts of Noto."""
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


def _with_english(runs: list[dict], english: Collection[str]) -> list[dict]:
    """The same with texts cut where English begins and ends, so that they are read out, and broken at line ends, as what they are."""
    if not english:
        return runs
    long = long_texts(english)

    def said(text: str) -> str | list[tuple[str, bool]]:
        pieces = pieces_of_text(text, english, long)
        return pieces if any(is_english for _text, is_english in pieces) else text

    for block in (block for run in runs for block in run["blocks"]):
        match block["kind"]:
            case "paragraph":
                block["text"] = said(block["text"])
            case "items":
                block["items"] = list(map(said, block["items"]))
            case "table":
                for row in block["rows"]:
                    row["cells"] = [[said(value), mark, said(detail)] for value, mark, detail in row["cells"]]
        if "notes" in block:
            block["notes"] = list(map(said, block["notes"]))
    return runs


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
            return _figure_data(block)
    if block.grid.nothing:
        return {"kind": "paragraph", "text": drawable(block.grid.nothing), "look": "note"}
    return _table_data(block)


def _figure_data(figure: Figure) -> dict:
    words = [drawable(text) for text in (figure.source,) if text]
    around = _height(figure.caption, CAPTION) + sum(_height(text, SMALL) for text in words)
    return {
        "kind": "figure", "lying": False, "alt": without_unseen(figure.alt), "svg": figure.svg, "caption": drawable(figure.caption),
        "notes": words, "held": around <= PAGE - LEAST, "width": _picture_width(figure.inches, max(PAGE - around, LEAST)),
    }  # fmt: skip


def _picture_width(inches: tuple[float, float], tallest: float) -> float:
    """Points: as drawn, but neither wider than the text nor taller than the page leaves room for."""
    width, height = (72 * side for side in inches)
    return width * min(1, UPRIGHT / width, tallest / height)


def _height(text: str, size: float, width: float = UPRIGHT) -> float:
    """Points that a paragraph takes from top to bottom, about."""
    return (text_lines(text, width, size) + 1) * size * LINE


def _table_data(table: Table) -> dict:
    setting, grid = set_table(table.grid), table.grid
    lines = [cell_lines(row, setting.widths, setting.size) for row in grid.rows]
    heads = cell_lines([Cell(column.words) for column in grid.columns], setting.widths, setting.size)
    page = LYING if setting.lying else UPRIGHT
    notes = [drawable(words) for words in (grid.foot, table.source) if words]
    below = sum(_height(words, SMALL, page) for words in notes)
    height = (
        sum(count * setting.size * LINE + GAP for count in [heads, *lines])
        + _height(table.caption, CAPTION, page)
        + below
    )
    return {
        "kind": "table", **setting._asdict(), "page": page, "caption": drawable(table.caption), "notes": notes, "held": below <= HELD,
        "together": height <= TOGETHER, "repeated": heads <= HEAD_AND_ROW / 2,
        "numeric": [column.numeric for column in grid.columns], "heads": [drawable(column.words) for column in grid.columns],
        "rows": [{"whole": heads + count <= HEAD_AND_ROW, "cells": [list(map(drawable, cell)) for cell in row]}
                 for row, count in zip(grid.rows, lines, strict=True)],
    }  # fmt: skip
