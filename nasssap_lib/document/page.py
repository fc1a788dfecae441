"""A document as one self-contained page: no script, no network, everything that the DOCX and the PDF hold."""

from __future__ import annotations

from nasssap_lib.chapter.output import svg_data_address
from nasssap_lib.display.texts import in_language
from nasssap_lib.document.blocks import Block, Document
from nasssap_lib.run.html import render_page
from nasssap_lib.run.page_languages import marked_as_english
from nasssap_lib.run.page_tables import with_labels


def render_html(document: Document) -> bytes:
    """The page of a document, in UTF-8.

    Parameters
    ----------
    document : result of ``document.compose_document``

    Examples
    --------
    >>> from nasssap_lib.document.blocks import Paragraph, Section
    >>> told = Section("a", "Gaps", 1, "1", (Paragraph("<b> is text"),))
    >>> page = render_html(Document("en", "Testland", "Strategy", "", "", "Contents", (told,))).decode()
    >>> "&lt;b&gt; is text" in page, "1 Gaps" in page
    (True, True)
    """
    with in_language(document.language):
        text = render_page("document.html.j2", document=document, kind_of=_kind, address=svg_data_address)
    marked, _met = marked_as_english(text.strip(), document.english)
    return with_labels(marked).encode("utf-8")


def _kind(block: Block) -> str:
    return type(block).__name__
