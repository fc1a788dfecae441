"""Bookmarks lead to the pages on which their headings are printed."""

import io

import pikepdf
import pytest
from pdf_reading import marked_texts

from nasssap_lib.document.blocks import Document, Paragraph, Section
from nasssap_lib.document.pdf import render_pdf
from nasssap_lib.document.pdf_outline import outline_pages


def test_a_bookmark_leads_to_the_page_that_prints_its_heading():
    long = tuple(Paragraph("words " * 300) for _ in range(4))
    parts = (Section("b", "Second heading", 2, "1.1"), Section("c", "Third heading", 2, "1.2", long))
    chapters = (Section("a", "First heading", 1, "1", long, parts), Section("d", "Last heading", 1, "2"))
    written = render_pdf(Document("en", "Senegal", "Strategy", "", "", "Contents", chapters))
    with pikepdf.open(io.BytesIO(written)) as pdf:
        texts = [list(marked_texts(page).values()) for page in pdf.pages]
    for title, page in outline_pages(written):
        assert title in texts[page - 1] and page > 2
    assert [title for title, _ in outline_pages(written)] == [
        "1 First heading", "1.1 Second heading", "1.2 Third heading", "2 Last heading",
    ]  # fmt: skip


def test_a_bookmark_that_leads_nowhere_is_left_out():
    pdf = pikepdf.new()
    pdf.add_blank_page()
    with pdf.open_outline() as outline:
        outline.root.extend([pikepdf.OutlineItem("nowhere"), pikepdf.OutlineItem("here", 0)])
    file = io.BytesIO()
    pdf.save(file)
    assert outline_pages(file.getvalue()) == [("here", 1)]


def test_what_is_no_pdf_is_said():
    with pytest.raises(pikepdf.PdfError):
        outline_pages(b"")
