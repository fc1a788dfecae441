"""The clean file that slides are written into: 16:9, our colours and fonts, and nothing of who made the template or when."""

from __future__ import annotations

import io
import zipfile

from nasssap_lib.document.docx_template import theme_xml, zipped
from nasssap_lib.errors import NasssapError

INSTALL = "slides need the extra `document`: pip install 'nasssap[document]'"
WIDE = 12192000, 6858000  # 13.333 × 7.5 inches in EMU
LEFT_OUT = ("/thumbnail", "/extended-properties", "/printerSettings")  # of python-pptx's template: traces of its maker
TITLE_SIZE = "3000"  # hundredths of a point


def open_template():
    """An empty presentation of python-pptx with wide layouts.

    Raises
    ------
    NasssapError : python-pptx is not installed

    Examples
    --------
    >>> len(open_template().slides)
    0
    """
    try:
        from pptx import Presentation
    except ImportError as error:
        raise NasssapError(INSTALL) from error
    show = Presentation()
    for relations in (show.part.package._rels, show.part.rels):
        for name in [name for name, one in relations.items() if one.reltype.endswith(LEFT_OUT)]:
            relations.pop(name)
    _widen(show)
    _dress(show.slide_master)
    core = show.core_properties._element
    for child in list(core):  # the name and the day of the template's maker
        core.remove(child)
    return show


def _widen(show) -> None:
    """Layouts drawn for 4:3 in the width of 16:9, so that slides that a ministry adds have it too."""
    ratio = WIDE[0] / show.slide_width
    show.slide_width, show.slide_height = WIDE
    show.element.sldSz.attrib.pop("type", None)
    for sheet in (show.slide_master, *show.slide_layouts):
        for place in sheet.element.xpath(".//a:off | .//a:ext[@cx]"):
            side = "x" if place.tag.endswith("off") else "cx"
            place.set(side, str(round(int(place.get(side)) * ratio)))


def _dress(master) -> None:
    """Our theme, and titles to the left as our slides have them."""
    from pptx.oxml.ns import qn

    for relation in master.part.rels.values():
        if relation.reltype.endswith("/theme"):
            relation.target_part._blob = theme_xml().encode()
    (level,) = master.element.xpath("./p:txStyles/p:titleStyle/a:lvl1pPr")
    level.set("algn", "l")
    letters = level.find(qn("a:defRPr"))
    letters.set("sz", TITLE_SIZE)
    letters.set("b", "1")


def saved(show) -> bytes:
    """The file without the time at which it was written.

    Examples
    --------
    >>> saved(open_template()) == saved(open_template())
    True
    """
    written = io.BytesIO()
    show.save(written)
    with zipfile.ZipFile(written) as file:
        return zipped((name, file.read(name)) for name in file.namelist())
