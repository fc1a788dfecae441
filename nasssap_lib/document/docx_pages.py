"""Which pages of a Word document stand upright and which lie on their side, and what stands at the foot of each.

A page lies down for a table alone; its heading and the sentences before it lie down with it, so that no heading stays behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import groupby
from typing import NamedTuple

from nasssap_lib.document.blocks import Block, Document, Items, Paragraph, Section, Table
from nasssap_lib.document.docx_nodes import field, node, one_line, paragraph, tab
from nasssap_lib.document.docx_styles import TEXT_WIDTH, WIDE_WIDTH
from nasssap_lib.document.docx_table import lies
from nasssap_lib.document.docx_template import page_nodes

FEW_LETTERS = 700  # after a table on its side that stay with it; more of them begin an upright page


class Piece(NamedTuple):
    """The heading of a section, or a block of it; wide: on a page that lies on its side."""

    content: Section | Block
    wide: bool


def pieces_of(sections: Iterable[Section]) -> Iterator[Piece]:
    """Headings and blocks in the order in which they are read, each with the side of its page.

    Examples
    --------
    >>> [(type(piece.content).__name__, piece.wide) for piece in pieces_of([Section("a", "A", blocks=(Paragraph("words"),))])]
    [('Section', False), ('Paragraph', False)]
    """
    for section in sections:
        yield Piece(section, _opens_wide(section))
        yield from (Piece(block, wide) for block, wide in zip(section.blocks, sides(section.blocks), strict=True))
        yield from pieces_of(section.parts)


def _opens_wide(section: Section) -> bool:
    if section.blocks:
        return sides(section.blocks)[0]
    return bool(section.parts) and _opens_wide(section.parts[0])


def sides(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks of a section are on pages that lie on their side.

    Words before the first table go with it; words between two tables lie down where both do; after the last, where they are few.
    """
    fixed = [
        None if isinstance(block, Paragraph | Items) else isinstance(block, Table) and lies(block) for block in blocks
    ]
    return [_side(place, fixed, blocks) if side is None else side for place, side in enumerate(fixed)]


def _side(place: int, fixed: Sequence[bool | None], blocks: Sequence[Block]) -> bool:
    before = next((side for side in reversed(fixed[:place]) if side is not None), None)
    after = next((side for side in fixed[place:] if side is not None), None)
    if after is None:
        last = max((number for number, side in enumerate(fixed) if side is not None), default=-1)
        return bool(before) and sum(map(_letters, blocks[last + 1 :])) <= FEW_LETTERS
    return after if before is None else before and after


def _letters(block: Block) -> int:
    return len(block.text) if isinstance(block, Paragraph) else sum(map(len, block.items))


def set_pages(word, document: Document, laid: Iterable[tuple[bool, list]]) -> None:
    """Put what was laid out into the body of a Word document, with a section of Word's for every run of pages of one side.

    Parameters
    ----------
    word : python-docx's document
    document : whose country and title stand at the foot of the pages
    laid : for every piece whether its page lies on its side, and its elements
    """
    body = word.element.body
    body.clear_content()
    end = body.get_or_add_sectPr()
    heads = _heads(word, document)
    runs = [
        (wide, [element for _, elements in pieces for element in elements])
        for wide, pieces in groupby(laid, lambda piece: piece[0])
    ]
    for number, (wide, elements) in enumerate(runs):
        page = node("sectPr", *deepcopy(heads[wide]), *page_nodes(wide), node("titlePg") if number == 0 else None)
        for element in elements:
            end.addprevious(element)
        if number < len(runs) - 1:
            elements[-1].pPr.append(page)  # every piece ends with a paragraph
        else:
            body.replace(end, page)


def _heads(word, document: Document) -> dict[bool, list]:
    """What refers to head and foot of the pages, by their side; in Word the stops of tabs follow no margin."""
    return {wide: _head(word, document, WIDE_WIDTH if wide else TEXT_WIDTH) for wide in (False, True)}


def _head(word, document: Document, width: int) -> list:
    references = []
    for kind, add, inside in (
        ("header", word.part.add_header_part, [document.claim] if document.fictional else []),
        (
            "footer",
            word.part.add_footer_part,
            [one_line(f"{document.country} · {document.title}"), tab(), *field("PAGE", "1")],
        ),
    ):
        if inside:
            part, relation = add()
            stops = node("tabs", node("tab", val="right", pos=width))
            part.element[:] = [paragraph(kind, *inside, properties=[stops])]
            references.append(_reference(kind, relation))
    return references


def _reference(kind: str, relation: str):
    from docx.oxml import OxmlElement
    from docx.oxml.ns import nsmap, qn

    reference = OxmlElement(f"w:{kind}Reference", nsdecls={prefix: nsmap[prefix] for prefix in "wr"})
    reference.set(qn("w:type"), "default")
    reference.set(qn("r:id"), relation)
    return reference
