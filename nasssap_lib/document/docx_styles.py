"""The styles of the Word document: how its titles, prose, lists, captions and tables look, and what keeps them together.

A ministry may bring a file of its own instead: it needs the styles of ``STYLES`` by these names, whatever they look like.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nasssap_lib.display.style import ABSENT, COVERED, INK, MUTED, NOT_COVERED, PALE, RULE

FONT = "Arial"  # on every computer with Word; its letters are as wide in LibreOffice's Liberation Sans
BODY, CELL, SMALL = 10, 8, 7  # points: prose, cells of tables, what stands below them
POINT, CM = 20, 567  # twips
INSET = 80  # twips between the edge of a cell and its words
WIDTH, HEIGHT = 11906, 16838  # A4
SIDE, TOP = 2.2 * CM, 2.3 * CM  # margins
TEXT_WIDTH, WIDE_WIDTH = round(WIDTH - 2 * SIDE), round(HEIGHT - 2 * SIDE)  # upright; of a page that lies on its side
TEXT_HEIGHT, WIDE_HEIGHT = round(HEIGHT - 2 * TOP), round(WIDTH - 2 * TOP)
TABLE, MARK = "Report table", "Mark"

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SIDES = ("top", "left", "bottom", "right")
KEEP, KEEP_LINES, NEW_PAGE = "<w:keepNext/>", "<w:keepLines/>", "<w:pageBreakBefore/>"


@dataclass(frozen=True)
class Style:
    """A style of paragraphs.

    size, before, after : points; none: as ``based`` · colour : "" as ``based`` · flow : what keeps it with its neighbours, as XML ·
    more : further properties of the paragraph in the order of the schema, as XML · outline : level in Word's navigation, 0 for none
    """

    name: str
    size: float = 0
    colour: str = ""
    bold: bool = False
    before: float | None = None
    after: float | None = None
    based: str = "Normal"
    follows: str = ""
    flow: str = ""
    more: str = ""
    line: str = ""
    indent: str = ""
    outline: int = 0
    letters: str = ""


def _box(colour: str, fill: str) -> str:
    sides = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="8" w:color="{colour[1:]}"/>' for side in SIDES)
    return f'<w:pBdr>{sides}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{fill[1:]}"/>'


def _heading(level: int, size: float, before: float, after: float) -> Style:
    flow = KEEP + KEEP_LINES + (NEW_PAGE if level == 1 else "")
    return Style(f"heading {level}", size, COVERED, True, before, after, follows="Normal", flow=flow, outline=level)


def _contents(level: int) -> Style:
    dots = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    indent = f'<w:ind w:left="{round((level - 1) * 0.6 * CM)}"/>'
    return Style(
        f"toc {level}",
        BODY - (level > 1) / 2,
        bold=level == 1,
        before=5 if level == 1 else None,
        after=2,
        more=dots,
        indent=indent,
    )


def _list(name: str, number: int) -> Style:
    numbering = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    return Style(name, after=3, more=numbering)


# The frame of a box stands outside its text: so far inside, it stands within the margins.
BOXED = f'<w:ind w:left="{9 * POINT}" w:right="{9 * POINT}"/>'
LOOSE, TIGHT = "276", "240"  # height of lines in 240ths
PARAGRAPHS = (
    Style("Normal", BODY, INK, before=0, after=6, based="", line=LOOSE),
    Style("Title", 28, COVERED, True, after=8, line=TIGHT, follows="Subtitle", flow=KEEP_LINES),
    Style("Subtitle", 14, MUTED, after=22, line=TIGHT, follows="Normal"),
    Style("Country", 12, MUTED, True, before=120, after=6, letters='<w:caps/>', follows="Title"),
    Style("Claim", 11, bold=True, before=6, after=30, more=_box(NOT_COVERED, PALE), indent=BOXED, flow=KEEP_LINES),
    Style("Fact", 9.5, after=2, line=TIGHT),
    Style("Fact name", bold=True, based="Fact"),
    _heading(1, 20, 0, 12),
    _heading(2, 14, 18, 6),
    _heading(3, 11.5, 14, 4),
    _heading(4, 10, 10, 3),
    Style("TOC Heading", 20, COVERED, True, after=12, follows="Normal", flow=KEEP + NEW_PAGE),
    *(_contents(level) for level in (1, 2, 3)),
    Style("Lead", 11.5, COVERED, after=8, follows="Normal"),
    _list("List Bullet", 1),
    _list("List Number", 2),
    Style("caption", 9, COVERED, True, before=10, after=4, line=TIGHT, follows="Normal", flow=KEEP_LINES),
    Style("Picture", before=0, after=10, line=TIGHT, follows="Source"),
    Style("Table text", CELL, before=1.5, after=1.5, line=TIGHT),
    Style("Table heading", CELL, bold=True, based="Table text", flow=KEEP),
    Style("Table row", CELL, bold=True, based="Table text"),
    Style("Table detail", SMALL, MUTED, before=0, based="Table text"),
    Style("Note", 8, MUTED, before=3, after=4, line=TIGHT),
    Style("Source", 7.5, MUTED, before=3, after=12, line=TIGHT),
    Style("header", 8, MUTED, after=0, line=TIGHT),
    Style("footer", 8, MUTED, after=0, line=TIGHT),
)  # fmt: skip
OWN = {
    "Country", "Claim", "Fact", "Fact name", "Lead", "Picture", "Table text", "Table heading", "Table row", "Table detail", "Note",
    "Source",
}  # fmt: skip
STYLES = (*(style.name for style in PARAGRAPHS), TABLE, MARK)


def style_id(name: str) -> str:
    """Identifier of a style of the clean file: its name without spaces, as Word writes it.

    Examples
    --------
    >>> style_id("heading 1"), style_id("Table text"), style_id("toc 2"), style_id("caption")
    ('Heading1', 'Tabletext', 'TOC2', 'Caption')
    """
    words = name.replace("toc ", "TOC ")
    return (words[:1].upper() + words[1:]).replace(" ", "")


def _letters(style: Style) -> str:
    parts = ["<w:b/><w:bCs/>" if style.bold else "", style.letters]
    if style.colour:
        parts.append(f'<w:color w:val="{style.colour[1:]}"/>')
    if style.size:
        parts.append(f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>')
    return f"<w:rPr>{''.join(parts)}</w:rPr>"


def _spacing(style: Style) -> str:
    rooms = {"before": style.before, "after": style.after}
    values = {side: round(room * POINT) for side, room in rooms.items() if room is not None}
    values |= {"line": style.line, "lineRule": "auto"} if style.line else {}
    written = "".join(f' w:{name}="{value}"' for name, value in values.items())
    return f"<w:spacing{written}/>" if values else ""


def _style_xml(style: Style) -> str:
    default = ' w:default="1"' if not style.based else ""
    own = ' w:customStyle="1"' if style.name in OWN else ""
    based = f'<w:basedOn w:val="{style_id(style.based)}"/>' if style.based else ""
    follows = f'<w:next w:val="{style_id(style.follows)}"/>' if style.follows else ""
    outline = f'<w:outlineLvl w:val="{style.outline - 1}"/>' if style.outline else ""
    return (
        f'<w:style w:type="paragraph"{default}{own} w:styleId="{style_id(style.name)}"><w:name w:val="{style.name}"/>{based}{follows}'
        f"<w:qFormat/><w:pPr>{style.flow}{style.more}{_spacing(style)}{style.indent}{outline}</w:pPr>{_letters(style)}</w:style>"
    )


def _sides(tag: str, widths: Sequence[int]) -> str:
    edges = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in zip(SIDES, widths, strict=True))
    return f"<w:{tag}>{edges}</w:{tag}>"


def _rule(side: str, eighths: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour[1:]}"/>'


def _table_style() -> str:
    """The table of the report: light rules between rows, strong ones around, a shaded head."""
    rules = _rule("top", 8, COVERED) + _rule("bottom", 8, COVERED) + _rule("insideH", 4, RULE)
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{ABSENT[1:]}"/><w:vAlign w:val="bottom"/>'
    head = f"<w:tcPr><w:tcBorders>{_rule('bottom', 8, COVERED)}</w:tcBorders>{shade}</w:tcPr>"
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(TABLE)}"><w:name w:val="{TABLE}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{rules}</w:tblBorders>'
        f"{_sides('tblCellMar', (0, INSET, 0, INSET))}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow">{head}</w:tblStylePr></w:style>'
    )


def _other_styles() -> str:
    """Styles of letters, tables and lists that Word expects, the mark of a figure, and the table of the report."""
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{MARK}"><w:name w:val="{MARK}"/><w:qFormat/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_sides("tblCellMar", (0, 108, 0, 108))}</w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
        f"{_table_style()}"
    )


def styles_xml() -> str:
    """The part of a Word file that holds the styles."""
    fonts = " ".join(f'w:{kind}="{FONT}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    return f"{HEAD}<w:styles {NAMESPACE}>{defaults}{''.join(map(_style_xml, PARAGRAPHS))}{_other_styles()}</w:styles>"
