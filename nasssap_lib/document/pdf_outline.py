"""The bookmarks of a PDF and the page that each leads to."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator


def outline_pages(pdf: bytes) -> list[tuple[str, int]]:
    """Titles of all bookmarks in the order in which they are read, with their pages; the first page is 1.

    Bookmarks that lead to no page of the file are left out.

    Raises
    ------
    pikepdf.PdfError : it is no PDF

    Examples
    --------
    >>> from nasssap_lib.document.blocks import Document, Section
    >>> from nasssap_lib.document.pdf import render_pdf
    >>> chapters = Section("a", "A", parts=(Section("b", "B", 2),)), Section("c", "C")
    >>> outline_pages(render_pdf(Document("en", "Senegal", "Strategy", "", "", "Contents", chapters)))
    [('A', 3), ('B', 3), ('C', 4)]
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(opened.pages, start=1)}
        return [
            (item.title, numbers[item.destination[0].objgen])
            for item in _walk(outline.root)
            if isinstance(item.destination, pikepdf.Array) and item.destination[0].objgen in numbers
        ]


def _walk(items: Iterable) -> Iterator:
    for item in items:
        yield item
        yield from _walk(item.children)
