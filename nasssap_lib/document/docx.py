"""The strategy document as a Word file that people work on: real styles, a written list of contents, tables that can be edited.

It knows nothing of the country and translates nothing: every word is the document's.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from nasssap_lib.document.blocks import LEAD, NOTE, Block, Document, Figure, Items, Paragraph, Section, Table
from nasssap_lib.document.docx_given import with_styles_of
from nasssap_lib.document.docx_languages import mark_english
from nasssap_lib.document.docx_nodes import (
    bookmark,
    field,
    field_end,
    field_start,
    link,
    node,
    one_line,
    paragraph,
    plain,
    run,
    tab,
)
from nasssap_lib.document.docx_pages import pieces_of, set_pages
from nasssap_lib.document.docx_styles import TEXT_HEIGHT, TEXT_WIDTH, WIDE_HEIGHT, WIDE_WIDTH
from nasssap_lib.document.docx_table import table_nodes
from nasssap_lib.document.docx_template import clean_template, open_word, zipped
from nasssap_lib.errors import NasssapError

STYLE_OF = {NOTE: "Note", LEAD: "Lead"}  # of a paragraph by its kind
DEEPEST, LISTED = 4, 3  # level of headings that have a style; that the list of contents names
REGIONS = {"en": "GB"}  # where the region with the most speakers is not the one whose spelling we use
LONGEST_TITLE = 255  # letters that Word keeps among a file's properties
SHARE_OF_PAGE = 0.8  # of its height for a picture, so that heading and caption stay with it
TWIPS_AN_INCH, EMU_A_TWIP = 1440, 635
NO_PAGES: Mapping[str, int] = MappingProxyType({})


def render_docx(document: Document, pages: Mapping[str, int] = NO_PAGES, template: bytes = b"") -> bytes:
    """A document as a Word file (DOCX).

    Parameters
    ----------
    document : all words, tables and pictures
    pages : by the anchor of a section the page that it begins on, for the list of contents; a section without one is listed without
    template : a DOCX whose styles are used instead of ours, see :func:`docx_given.with_styles_of`

    Returns
    -------
    the bytes of the file; the same document gives the same bytes

    Raises
    ------
    NasssapError : a picture has no alternative text; the template is refused; python-docx is not installed
    """
    check_pictures(document)
    word = open_word(with_styles_of(template) if template else clean_template())
    laid = [(False, [*_title_page(document), *_contents(document, pages)])]
    number = 0
    for content, wide in pieces_of(document.sections):
        number += isinstance(content, Section)
        heading = isinstance(content, Section)
        laid.append((wide, _heading(content, number, not document.short) if heading else _block(content, wide, word)))
    set_pages(word, document, [piece for piece in laid if piece[1]])
    _describe(word, document)
    mark_english(word.element.body, document.english, language_tag("en"))
    _name_styles(word)
    return _saved(word)


def check_pictures(document: Document) -> None:
    """Refuse pictures without a text that stands for them: who does not see them would have nothing.

    Raises
    ------
    NasssapError : with the anchors of all such pictures
    """
    figures = [block for section in document.walk() for block in section.blocks if isinstance(block, Figure)]
    if bare := [figure.anchor for figure in figures if not plain(figure.alt).strip()]:
        raise NasssapError(f"{', '.join(bare)}: expected alternative text; say in a sentence what the picture shows")


# --------------------------------------------------------------------------------------------------- front of the document


def _title_page(document: Document) -> list:
    words = (
        ("Country", document.country),
        ("Title", document.title),
        ("Subtitle", "" if document.subtitle == document.country else document.subtitle),
        ("Claim", document.claim),
    )
    facts = [_facts(document)] if document.facts else []
    near = (node("spacing", before=0),) if document.short else ()  # at the top of a page that holds more than the title
    first, *others = [(style, text) for style, text in words if text] or [("Title", document.title)]
    return [paragraph(*first, properties=near), *(paragraph(*words) for words in others), *facts, paragraph("Normal")]


def _facts(document: Document):
    """Facts in two columns without lines: names in bold, values beside them."""
    widths = (round(0.3 * TEXT_WIDTH), round(0.7 * TEXT_WIDTH))
    rows = [
        node(
            "tr",
            *(
                _fact(style, text, width)
                for style, text, width in zip(("Fact name", "Fact"), fact, widths, strict=True)
            ),
        )
        for fact in document.facts
    ]
    look = node("tblLook", val="0080", firstRow=0, lastRow=0, firstColumn=1, lastColumn=0, noHBand=1, noVBand=1)
    properties = node("tblPr", node("tblW", w=sum(widths), type="dxa"), node("tblLayout", type="fixed"), look)
    return node("tbl", properties, node("tblGrid", *(node("gridCol", w=width) for width in widths)), *rows)


def _fact(style: str, text: str, width: int):
    return node("tc", node("tcPr", node("tcW", w=width, type="dxa")), paragraph(style, text))


def _place(number: int) -> str:
    """Name of the bookmark of the section that is read as the number-th, as Word names those of its contents."""
    return f"_Toc{number:09}"


def heading_words(section: Section) -> str:
    """A heading as it stands in the document and in its list of contents.

    Examples
    --------
    >>> heading_words(Section("a", "Costs", number="2"))
    '2 Costs'
    """
    return one_line(f"{section.number} {section.title}".strip())


def _contents(document: Document, pages: Mapping[str, int]) -> list:
    """A list of contents that Word can update, with entries already written: complete where nothing updates it."""
    listed = [(number, section) for number, section in enumerate(document.walk(), start=1) if section.level <= LISTED]
    if document.short or not listed:
        return []
    entries = [_entry(section, _place(number), pages.get(section.anchor)) for number, section in listed]
    for place, piece in enumerate(field_start(f'TOC \\o "1-{LISTED}" \\h \\z \\u'), start=1):
        entries[0].insert(place, piece)  # after its properties
    entries[-1].append(field_end())
    return [paragraph("TOC Heading", one_line(document.contents)), *entries]


def _entry(section: Section, name: str, page: int | None):
    on_page = [tab(), *field(f"PAGEREF {name} \\h", str(page))] if page is not None else []
    return paragraph(f"toc {section.level}", link(name, run(heading_words(section)), *on_page))


# -------------------------------------------------------------------------------------------------------- what stands in it


def _heading(section: Section, number: int, new_page: bool) -> list:
    """A heading; that of a chapter begins a page by its style, but where the document is a paper of two pages."""
    start, end = bookmark(number, _place(number))
    properties = () if new_page else (node("pageBreakBefore", val=0),)
    style = f"heading {min(section.level, DEEPEST)}"
    return [paragraph(style, start, run(heading_words(section)), end, properties=properties)]


def _block(block: Block, wide: bool, word) -> list:
    if isinstance(block, Paragraph):
        return [paragraph(STYLE_OF.get(block.kind, "Normal"), block.text)] if plain(block.text).strip() else []
    if isinstance(block, Items):
        return list(_items(block, word))
    if isinstance(block, Table):
        return table_nodes(block, wide)
    return _figure(block, wide, word)


def _items(block: Items, word) -> Iterator:
    if not block.numbered:
        yield from (paragraph("List Bullet", text) for text in block.items)
        return
    count = _new_count(word)
    for text in block.items:
        yield paragraph("List Number", text, properties=[node("numPr", node("ilvl", val=0), node("numId", val=count))])


def _new_count(word) -> int:
    """A numbering of its own for a list, so that it begins at one."""
    numbers = word.part.numbering_part.element
    used = word.styles["List Number"].element.pPr.numPr.numId.val
    count = numbers.add_num(numbers.num_having_numId(used).abstractNumId.val)
    count.add_lvlOverride(ilvl=0).add_startOverride(1)
    return count.numId


def _figure(figure: Figure, wide: bool, word) -> list:
    shown, below = node("r", _drawing(figure, wide, word)), one_line(figure.source)
    return [
        paragraph("caption", one_line(figure.caption), properties=[node("keepNext")]),
        paragraph("Picture", shown, properties=[node("keepNext")] if below else []),
        *([paragraph("Source", below)] if below else []),
    ]


def _drawing(figure: Figure, wide: bool, word):
    width, height = (TWIPS_AN_INCH * EMU_A_TWIP * inches for inches in figure.inches)
    most_width, most_height = (WIDE_WIDTH, WIDE_HEIGHT) if wide else (TEXT_WIDTH, TEXT_HEIGHT)
    scale = min(1, most_width * EMU_A_TWIP / width, SHARE_OF_PAGE * most_height * EMU_A_TWIP / height)
    inline = word.part.new_pic_inline(io.BytesIO(figure.png), round(width * scale), round(height * scale))
    for side in "TBLR":  # without it LibreOffice moves the picture an eighth of an inch into the margin
        inline.set(f"dist{side}", "0")
    inline.docPr.set("name", plain(figure.anchor))
    inline.docPr.set("descr", plain(figure.alt))
    return node("drawing", inline)


# ---------------------------------------------------------------------------------------------------------- the whole file


def language_tag(language: str) -> str:
    """Language and region, by which Word checks the spelling.

    Examples
    --------
    >>> language_tag("fr"), language_tag("es"), language_tag("en")
    ('fr-FR', 'es-ES', 'en-GB')
    """
    from babel.core import get_global

    likely = get_global("likely_subtags").get(language, language).split("_")
    region = REGIONS.get(language) or (likely[-1] if len(likely) > 1 else "")
    return "-".join(filter(None, [language, region]))


def _describe(word, document: Document) -> None:
    """Language and properties of the file; numbers of its pictures."""
    from docx.oxml.ns import qn

    tag = language_tag(document.language)
    _speak(word.styles.element)
    for element in word.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), tag)
    properties = word.core_properties
    properties.title = one_line(document.title)[:LONGEST_TITLE]
    properties.subject = one_line(document.subtitle)[:LONGEST_TITLE]
    properties.author, properties.language = "nasssap", tag
    for number, picture in enumerate(word.element.body.xpath(".//wp:docPr"), start=1):
        picture.set("id", str(number))


def _speak(styles) -> None:
    """Room for the language of all words, which a template need not have."""
    defaults = styles.xpath("./w:docDefaults/w:rPrDefault/w:rPr")
    if not styles.xpath(".//w:lang") and defaults:
        defaults[0].append(node("lang"))


def _name_styles(word) -> None:
    """Identifiers of the template's styles in the place of their names."""
    from docx.oxml.ns import qn
    from docx.parts.story import StoryPart

    named = {style.name_val: style.styleId for style in word.styles.element.style_lst}
    stories = [word.part, *(part for part in word.part.related_parts.values() if isinstance(part, StoryPart))]
    uses = [use for story in stories for use in story.element.iter(*map(qn, ("w:pStyle", "w:rStyle", "w:tblStyle")))]
    for use in uses:
        use.set(qn("w:val"), named[use.get(qn("w:val"))])


def _saved(word) -> bytes:
    """The file without the time at which python-docx wrote it."""
    written = io.BytesIO()
    word.save(written)
    with zipfile.ZipFile(written) as file:
        return zipped((name, file.read(name)) for name in file.namelist())
