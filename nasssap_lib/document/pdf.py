"""The strategy document for print: PDF by Typst, tagged for readers who listen (PDF/UA-1), without a program of the system.

Typst's template is fixed (``strategy.typ``), and all words reach it as data, so that no letter of them is ever markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from matplotlib import get_data_path

from nasssap_lib.display.fonts import further_fonts
from nasssap_lib.document.blocks import Document, Figure
from nasssap_lib.document.pdf_tags import with_row_heads
from nasssap_lib.document.typst_source import document_faults, typst_data
from nasssap_lib.errors import NasssapError

STANDARD = "ua-1"
TEMPLATE = Path(__file__).with_name("strategy.typ")
INSTALL = "the PDF needs the extra `document`: pip install 'nasssap[document]'"
PICTURE = b'#image(bytes(sys.inputs.svg), format: "svg")'


def render_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1, the same bytes for the same document.

    Parameters
    ----------
    document : with a language, a title, and words for each picture

    Raises
    ------
    NasssapError : the extra ``document`` is not installed; what is wrong with the document, all of it, each with its anchor

    Examples
    --------
    >>> from nasssap_lib.document.blocks import Paragraph, Section
    >>> chapter = Section("a", "Situation", number="1", blocks=(Paragraph("Words."),))
    >>> render_pdf(Document("en", "Senegal", "Strategy", "", "", "Contents", (chapter,)))[:5]
    b'%PDF-'
    """
    with _explained(document):
        pdf, warnings = _compiler(document).compile_with_warnings(format="pdf", pdf_standards=[STANDARD])
    if warnings:
        raise NasssapError("; ".join(f"the PDF: {warning.message}" for warning in warnings))
    try:
        return with_row_heads(pdf)
    except ImportError as error:
        raise NasssapError(INSTALL) from error


def _typst():
    try:
        import typst
    except ImportError as error:
        raise NasssapError(INSTALL) from error
    return typst


@lru_cache(maxsize=1)
def _fonts():
    """The fonts that ship with matplotlib and with this library, none of the system."""
    folders = [Path(get_data_path()) / "fonts" / "ttf", Path(further_fonts()[-1]).parent]
    return _typst().Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(map(str, folders)))


def _compiler(document: Document):
    typst = _typst()
    if faults := document_faults(document):
        raise NasssapError("\n".join(faults))
    return typst.Compiler(
        str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=_fonts(), sys_inputs={"document": typst_data(document)}
    )


@contextmanager
def _explained(document: Document) -> Iterator[None]:
    """What Typst refuses as an error of ours, with the anchor of the picture that cannot be drawn."""
    try:
        yield
    except RuntimeError as error:  # TypstError is one; a query raises the plain one
        figures = [block for section in document.walk() for block in section.blocks if isinstance(block, Figure)]
        undrawn = [f"figure {figure.anchor}: {fault}" for figure in figures if (fault := _picture_fault(figure))]
        raise NasssapError("\n".join(undrawn) or f"the PDF: {error}") from error


def _picture_fault(figure: Figure) -> str:
    try:
        _typst().compile(PICTURE, font_paths=_fonts(), format="pdf", sys_inputs={"svg": figure.svg})
    except RuntimeError as error:
        return str(error)
    return ""
