"""Slides for a dialogue (PPTX): a picture a chapter, few words, the rest in the notes of who speaks; all of it can be edited.

It knows nothing of the country and translates nothing: every word is the document's.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from nasssap_lib.display.style import COVERED, INK, MUTED, WARNING
from nasssap_lib.document.blocks import Document, Figure, Table
from nasssap_lib.document.docx import LONGEST_TITLE, check_pictures, language_tag
from nasssap_lib.document.docx_nodes import one_line, plain
from nasssap_lib.document.slide_content import (
    AFTER,
    FOOT_TOP,
    INDENT,
    INNER,
    LINE,
    SIDE,
    SMALLEST,
    SOURCE,
    TITLE,
    WIDTH,
    Box,
    Slide,
    fitted,
    slide_of,
)
from nasssap_lib.document.slide_template import open_template, saved

OPENING, TITLE_AND_TEXT, TITLE_ONLY = 0, 1, 5  # layouts of the template
FRONT, FOOT = 44, 14  # points of the title of the whole; of the foot
NUMBER = "{6B1F0A52-3C0D-4E57-9A55-6F0C1B0E7A11}"  # a field of PowerPoint has an identifier, the same in every run


def render_pptx(document: Document) -> bytes:
    """A document as slides: one for the title, one for each chapter.

    Parameters
    ----------
    document : all words, tables and pictures

    Returns
    -------
    the bytes of the file; the same document gives the same bytes

    Raises
    ------
    NasssapError : a picture has no alternative text; python-pptx is not installed

    Examples
    --------
    >>> from nasssap_lib.document.blocks import Section
    >>> render_pptx(Document("en", "Senegal", "Evidence", "", "A draft.", "Contents", (Section("a", "Costs"),)))[:2]
    b'PK'
    """
    check_pictures(document)
    show = open_template()
    _opening(show, document)
    for section in document.sections:
        _chapter(show, slide_of(section), document)
    _describe(show, document)
    return saved(show)


# ------------------------------------------------------------------------------------------------------------- the slides


def _opening(show, document: Document) -> None:
    page = show.slides.add_slide(show.slide_layouts[OPENING])
    title, lines = fitted(document.title, INNER, FRONT, 3)
    country, claim = fitted(document.country, INNER, TITLE, 1)[0], fitted(document.claim, INNER, 20, 2)[0]
    first, second = page.placeholders[0], page.placeholders[1]
    _write(first, Box(SIDE, 3.9 - lines * 0.75, INNER, lines * 0.75), [(title, FRONT, COVERED, True)])
    colour = WARNING if document.fictional else INK
    _write(second, Box(SIDE, 4.1, INNER, 2), [(country, TITLE, INK, False), (claim, 20, colour, False)])
    words = [document.title, document.country, document.claim]
    cut = [one_line(text) for text, seen in zip(words, (title, country, claim), strict=True) if one_line(text) != seen]
    _foot(page, document)
    _notes(page, [*cut, *(one_line(f"{name} · {value}") for name, value in document.facts)])
    _speak(page, document)


def _chapter(show, slide: Slide, document: Document) -> None:
    page = show.slides.add_slide(show.slide_layouts[TITLE_AND_TEXT if slide.words.texts else TITLE_ONLY])
    _write(page.shapes.title, slide.title_box, [(slide.title, TITLE, COVERED, True)])
    if slide.words.texts:
        looks = [(INK, True), (MUTED, False)] if slide.words.headed else []
        looks += [(INK, False)] * len(slide.words.texts)
        pieces = [(text, slide.words.size, *look) for text, look in zip(slide.words.texts, looks, strict=False)]
        _write(page.placeholders[1], slide.words_box, pieces, slide.words.bullets)
    if isinstance(slide.shown, Figure):
        _picture(page, slide.shown, slide.shown_box, slide.cut)
    elif slide.shown:
        _table(page, slide)
    if slide.source:
        _source(page, slide.source)
    _foot(page, document)
    _notes(page, slide.notes)
    _speak(page, document)


def _write(shape, box: Box, pieces: Iterable[tuple[str, float, str, bool]], bullets: bool = False) -> None:
    """Paragraphs, each with its size, colour and weight, into a shape that stands where it should and never shrinks its words."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
    from pptx.util import Pt

    _put(shape, box)
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, (text, size, colour, bold) in enumerate(pieces):
        line = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        line.space_before, line.space_after = Pt(0), Pt(size * AFTER)
        _indent(line, bullets)
        _run(line, text, size, colour, bold)


def _put(shape, box: Box) -> None:
    from pptx.util import Inches

    shape.left, shape.top, shape.width, shape.height = map(Inches, box)


def _indent(line, bullets: bool) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.util import Inches

    line.alignment = PP_ALIGN.LEFT
    properties, indent = line._p.get_or_add_pPr(), Inches(INDENT) if bullets else 0
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    mark = '<a:buChar {} char="•"/>' if bullets else "<a:buNone {}/>"
    properties.append(parse_xml(mark.format(nsdecls("a"))))


def _run(line, text: str, size: float, colour: str, bold: bool = False) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    run = line.add_run()
    run.text = one_line(text)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, RGBColor.from_string(colour[1:].upper())


def _picture(page, figure: Figure, box: Box, cut: float) -> None:
    from pptx.util import Inches

    picture = page.shapes.add_picture(io.BytesIO(figure.png), *map(Inches, box))
    picture.crop_top = cut
    names = picture._element.nvPicPr.cNvPr
    names.set("name", one_line(figure.anchor))
    names.set("descr", plain(figure.alt))


def _source(page, text: str) -> None:
    from pptx.util import Inches

    box = Box(SIDE, FOOT_TOP - 0.1 - SOURCE * LINE / 72, INNER, SOURCE * LINE / 72)
    _write(page.shapes.add_textbox(*map(Inches, box)), box, [(text, SOURCE, MUTED, False)])


def _table(page, slide: Slide) -> None:
    from pptx.util import Inches, Pt

    table: Table = slide.shown
    grid = table.grid
    frame = page.shapes.add_table(len(grid.rows) + 1, len(grid.columns), *map(Inches, slide.shown_box))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", one_line(table.caption))
    for column, width in zip(frame.table.columns, slide.widths, strict=True):
        column.width = Pt(width)
    for column, head in enumerate(grid.columns):
        _cell(frame.table.cell(0, column), [head.words], head.numeric, "#ffffff", True)
        for number, row in enumerate(grid.rows, start=1):
            words = [row[column].text + row[column].mark, row[column].detail]
            _cell(frame.table.cell(number, column), words, head.numeric, INK)


def _cell(cell, words: Iterable[str], numeric: bool, colour: str, bold: bool = False) -> None:
    from pptx.enum.text import PP_ALIGN

    for number, text in enumerate(filter(None, words)):
        line = cell.text_frame.paragraphs[0] if number == 0 else cell.text_frame.add_paragraph()
        line.alignment = PP_ALIGN.RIGHT if numeric else PP_ALIGN.LEFT
        _run(line, text, SMALLEST, colour, bold)


# -------------------------------------------------------------------------------------------- foot, notes and the whole file


def _foot(page, document: Document) -> None:
    """Country, what the slides are, and the number of the slide, which follows it when slides are moved."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.util import Inches

    country, claim = fitted(document.country, 4, FOOT, 1)[0], fitted(document.claim, 8, FOOT, 1)[0]
    foot = page.shapes.add_textbox(*map(Inches, (SIDE, FOOT_TOP, INNER - 1, 0.35)))
    _write(foot, Box(SIDE, FOOT_TOP, INNER - 1, 0.35), [(country, FOOT, MUTED, False)])
    _run(
        foot.text_frame.paragraphs[0],
        f" · {claim}" if claim else "",
        FOOT,
        WARNING if document.fictional else MUTED,
        document.fictional,
    )
    box = Box(WIDTH - SIDE - 0.9, FOOT_TOP, 0.9, 0.35)
    number = page.shapes.add_textbox(*map(Inches, box))
    _write(number, box, [("", FOOT, MUTED, False)])
    line = number.text_frame.paragraphs[0]._p
    line.get_or_add_pPr().set("algn", "r")
    count = len(page.part.package.presentation_part.presentation.slides)
    field = parse_xml(
        f'<a:fld {nsdecls("a")} id="{NUMBER}" type="slidenum"><a:rPr sz="{FOOT * 100}"/><a:t>{count}</a:t></a:fld>'
    )
    line.replace(line.r_lst[0], field)
    for shape, kind, place in ((foot, "ftr", 11), (number, "sldNum", 12)):
        shape._element.nvSpPr.cNvSpPr.attrib.pop("txBox", None)
        shape._element.nvSpPr.nvPr.append(parse_xml(f'<p:ph {nsdecls("p")} type="{kind}" sz="quarter" idx="{place}"/>'))


def _notes(page, texts: Iterable[str]) -> None:
    page.notes_slide.notes_text_frame.text = "\n".join(texts)


def _speak(page, document: Document) -> None:
    """The language of all words, by which spelling is checked and a voice reads them."""
    for element in (page.element, page.notes_slide.element):
        for letters in element.xpath(".//a:r | .//a:fld"):
            letters.get_or_add_rPr().set("lang", language_tag(document.language))


def _describe(show, document: Document) -> None:
    properties = show.core_properties
    properties.title = one_line(document.title)[:LONGEST_TITLE]
    properties.subject = one_line(document.country)[:LONGEST_TITLE]
    properties.author, properties.language = "nasssap", language_tag(document.language)
