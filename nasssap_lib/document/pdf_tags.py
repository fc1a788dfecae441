"""Heads of rows in the tags of a PDF: who listens to a table hears of which row a figure is, not of which column alone.

Typst's package for Python cannot be asked to tag them. A cell then names no heads of its own, so that the scope of both kinds counts.
"""

from __future__ import annotations

import io
from collections.abc import Iterator


def with_row_heads(pdf: bytes) -> bytes:
    """The PDF with the first cell of every row of its tables tagged as the head of its row.

    Parameters
    ----------
    pdf : tagged, as Typst writes it

    Returns
    -------
    PDF, the same bytes for the same PDF; what is seen of it is the same

    Examples
    --------
    >>> from nasssap_lib.document.blocks import Document, Section
    >>> from nasssap_lib.document.pdf import render_pdf
    >>> with_row_heads(render_pdf(Document("en", "Senegal", "Strategy", "", "", "Contents", (Section("a", "A"),))))[:5]
    b'%PDF-'
    """
    import pikepdf

    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for row in _rows(opened.Root.StructTreeRoot):
            for place, cell in enumerate(row.K):
                _head_by_scope(cell, place == 0)
        opened.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def _rows(element) -> Iterator:
    """Rows of the bodies of all tables."""
    import pikepdf

    below = element.get("/K")
    parts = below if isinstance(below, pikepdf.Array) else [below]
    for part in parts:
        if not isinstance(part, pikepdf.Dictionary):
            continue
        if part.get("/S") == "/TR" and element.get("/S") == "/TBody":
            yield part
        else:
            yield from _rows(part)


def _head_by_scope(cell, row_head: bool) -> None:
    import pikepdf

    of_table = next(attributes for attributes in cell.A if attributes.O == "/Table")
    del of_table["/Headers"]
    if row_head:
        cell.S, of_table.Scope = pikepdf.Name.TH, pikepdf.Name.Row
