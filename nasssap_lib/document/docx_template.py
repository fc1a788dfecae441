"""The clean Word file that a document is written into: its styles, lists, fonts and settings, and not one word.

No file of python-docx is used: its own template is refused by checkers of Office files.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from nasssap_lib.display.style import ABSENT, COVERED, INK, MUTED, NOT_COVERED, RULE, WARNING
from nasssap_lib.document.docx_nodes import node
from nasssap_lib.document.docx_styles import (
    CM,
    FONT,
    HEAD,
    HEIGHT,
    NAMESPACE,
    SIDE,
    TOP,
    WIDTH,
    style_id,
    styles_xml,
)
from nasssap_lib.errors import NasssapError

INSTALL = "a Word file needs the extra `document`: pip install 'nasssap[document]'"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say: no time of a machine in it
THEME_COLOURS = {
    "dk1": INK, "lt1": "#ffffff", "dk2": COVERED, "lt2": ABSENT, "accent1": COVERED, "accent2": NOT_COVERED, "accent3": WARNING,
    "accent4": MUTED, "accent5": RULE, "accent6": INK, "hlink": COVERED, "folHlink": MUTED,
}  # fmt: skip


def _numbering_xml() -> str:
    def kind(number: int, shape: str, text: str, style: str) -> str:
        indent = round(0.6 * CM)
        return (
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{shape}"/><w:pStyle w:val="{style_id(style)}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl></w:abstractNum>'
        )

    kinds = kind(1, "bullet", "•", "List Bullet") + kind(2, "decimal", "%1.", "List Number")
    used = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (1, 2))
    return f"{HEAD}<w:numbering {NAMESPACE}>{kinds}{used}</w:numbering>"


def _settings_xml() -> str:
    """As Word 2013 and later write it, so that none opens it "in compatibility mode"; nothing is updated when it is opened."""
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return f'{HEAD}<w:settings {NAMESPACE}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:compat>{mode}</w:compat></w:settings>'


def _fonts_xml() -> str:
    return (
        f'{HEAD}<w:fonts {NAMESPACE}><w:font w:name="{FONT}"><w:altName w:val="Liberation Sans"/><w:panose1 w:val="020B0604020202020204"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def theme_xml() -> str:
    """Colours and fonts that Word offers in its menus; fills, lines and effects are the plainest that the format allows."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>' for name, colour in THEME_COLOURS.items())
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    fills, lines = fill * 3, f'<a:ln w="9525">{fill}</a:ln>' * 3
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="nasssap"><a:themeElements>'
        f'<a:clrScheme name="nasssap">{colours}</a:clrScheme>'
        f'<a:fontScheme name="nasssap"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="nasssap"><a:fillStyleLst>{fills}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{fills}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def page_nodes(wide: bool) -> list:
    """Size and margins of a page, upright or on its side."""
    side, top, edge = round(SIDE), round(TOP), round(1.1 * CM)
    size = {"w": HEIGHT, "h": WIDTH, "orient": "landscape"} if wide else {"w": WIDTH, "h": HEIGHT}
    margins = {"top": top, "right": side, "bottom": top, "left": side, "header": edge, "footer": edge, "gutter": 0}
    return [node("pgSz", **size), node("pgMar", **margins)]


def _document_xml() -> str:
    return f"{HEAD}<w:document {NAMESPACE}><w:body><w:sectPr/></w:body></w:document>"


def _core_xml() -> str:
    core, dublin = f"{PACKAGE}/metadata/core-properties", "http://purl.org/dc/elements/1.1/"
    return f'{HEAD}<cp:coreProperties xmlns:cp="{core}" xmlns:dc="{dublin}"/>'


PARTS = {
    "styles": styles_xml,
    "numbering": _numbering_xml,
    "settings": _settings_xml,
    "fontTable": _fonts_xml,
    "theme": theme_xml,
}
THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"


def _types_xml() -> str:
    kinds = {part: f"{WORD_TYPE}.{part}+xml" for part in PARTS} | {
        "document": f"{WORD_TYPE}.document.main+xml",
        "theme": THEME_TYPE,
    }
    parts = "".join(f'<Override PartName="/word/{part}.xml" ContentType="{kind}"/>' for part, kind in kinds.items())
    core = '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    defaults = '<Default Extension="xml" ContentType="application/xml"/>'
    defaults += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{defaults}{parts}{core}</Types>'


def _relations_xml(*targets: tuple[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'


def clean_template() -> bytes:
    """A Word file with all styles of ``STYLES`` and no words.

    Returns
    -------
    the bytes of a DOCX, the same in every run

    Examples
    --------
    >>> clean_template() == clean_template(), clean_template()[:2]
    (True, b'PK')
    """
    parts = {
        "[Content_Types].xml": _types_xml(),
        "_rels/.rels": _relations_xml(
            (f"{RELATIONS}/officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core_xml(),
        "word/document.xml": _document_xml(),
        "word/_rels/document.xml.rels": _relations_xml(*((f"{RELATIONS}/{part}", f"{part}.xml") for part in PARTS)),
        **{f"word/{part}.xml": write() for part, write in PARTS.items()},
    }
    return zipped((name, text.encode()) for name, text in parts.items())


def open_word(content: bytes):
    """A Word file as python-docx has it.

    Raises
    ------
    NasssapError : python-docx is not installed
    """
    try:
        from docx import Document
    except ImportError as error:
        raise NasssapError(INSTALL) from error
    return Document(io.BytesIO(content))


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files as a zip archive whose bytes depend on them alone: no times, no traces of the machine."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for name, content in files:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            file.writestr(entry, content)
    return archive.getvalue()
