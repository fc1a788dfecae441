"""From a country to its document and the document's formats: one way for who writes it and for who checks what another one wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from nasssap_lib.display.style import WIDTH
from nasssap_lib.display.texts import in_language
from nasssap_lib.document.blocks import Document
from nasssap_lib.document.compose import compose_document
from nasssap_lib.document.material import Imprint
from nasssap_lib.document.outline import SLIDES, Outline, with_changes
from nasssap_lib.document.page import render_html
from nasssap_lib.document.prose import prose_digest, read_prose
from nasssap_lib.document.record import record_country
from nasssap_lib.document.slide_content import PICTURE
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.model import Pack

DOCX, PPTX = "docx", "pptx"
NO_PAGES: Mapping[str, int] = MappingProxyType({})
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}")  # of an edition


def compile_document(
    pack: Pack,
    data: str,
    language: str,
    outline: Outline,
    imprint: Imprint | None = None,
    step: Callable[[str], None] = lambda notebook: None,
) -> Document:
    """Run the notebooks of a country and make a document of what they show and of a ministry's prose.

    Parameters
    ----------
    pack, data : the country, and the data folder that it was read from
    language : of the document
    outline : result of ``document.read_outline``; an edition before adds the annex on what changed
    imprint : number and edition before
    step : called with the name of each notebook before it runs

    Raises
    ------
    NasssapError : what a notebook raises; prose whose quote leads to no figure, before the notebooks run
    """
    use, folder = (language, pack.translations(language), pack.country), data_root(data) / pack.country
    imprint = replace(imprint or Imprint(), prose=prose_digest(folder, language))
    with in_language(*use):
        read_prose(folder, language, pack, None)
        width = PICTURE if outline.edition == SLIDES else WIDTH
        record = record_country(pack.country, data, language, step=step, width=width)
    with in_language(*use):  # a notebook speaks on as it was asked to: what follows does not depend on it
        prose = read_prose(folder, language, pack, record)
        return compose_document(pack, record, with_changes(outline) if imprint.before else outline, prose, imprint)


def render(
    document: Document,
    formats: Iterable[str],
    pack: Pack,
    pages: Mapping[str, int] = NO_PAGES,
    template: bytes = b"",
) -> dict[str, bytes]:
    """A document in each format, by the format's name; the same document gives the same bytes.

    Parameters
    ----------
    document : result of :func:`compile_document`
    formats : some of ``RENDERED``
    pack : the country
    pages, template : of the Word file, as :func:`docx.render_docx` takes them

    Raises
    ------
    NasssapError : what a format needs is not installed, or a picture has no words
    """
    made = {}
    for name in formats:
        with in_language(document.language, pack.translations(document.language), pack.country):
            made[name] = _docx(document, pages, template) if name == DOCX else RENDERED[name](document)
    return made


def _docx(document: Document, pages: Mapping[str, int] = NO_PAGES, template: bytes = b"") -> bytes:
    from nasssap_lib.document.docx import render_docx

    return render_docx(document, pages, template)


def _pdf(document: Document) -> bytes:
    from nasssap_lib.document.pdf import render_pdf

    return render_pdf(document)


def _pptx(document: Document) -> bytes:
    from nasssap_lib.document.slides import render_pptx

    return render_pptx(document)


RENDERED: dict[str, Callable[[Document], bytes]] = {"html": render_html, DOCX: _docx, "pdf": _pdf, PPTX: _pptx}
