"""A document is read in one order, whatever it is written as."""

from nasssap_lib.document.blocks import Document, Paragraph, Section


def test_sections_are_walked_as_they_are_read():
    inner = Section("b", "B", 2, "1.1", (Paragraph("words"),))
    document = Document("en", "T", "Title", "", "", "Contents", (Section("a", "A", parts=(inner,)), Section("c", "C")))
    assert [section.anchor for section in document.walk()] == ["a", "b", "c"]
