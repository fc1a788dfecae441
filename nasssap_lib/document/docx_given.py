"""A ministry's own Word file, whose styles a document is written in: refused with the reason, or its styles taken and nothing else.

Only styles, numbering and theme get into a document: no words, pictures, macros or names of authors.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nasssap_lib.document.docx_styles import MARK, PARAGRAPHS, TABLE
from nasssap_lib.document.docx_template import clean_template, open_word, zipped
from nasssap_lib.errors import NasssapError
from nasssap_lib.files import fault_words

MOST_BYTES, MOST_UNPACKED, MOST_PARTS, MOST_LINKS = 20_000_000, 200_000_000, 2_000, 5
PARTS = ("styles", "numbering", "theme")  # that are taken
LISTS = ("List Bullet", "List Number")
KINDS = {style.name: "paragraph" for style in PARAGRAPHS} | {MARK: "character", TABLE: "table"}
TYPES = "[Content_Types].xml"
MACROS = re.compile(r"macroEnabled|vbaProject|vbaData|activeX", re.IGNORECASE)
WORD = b"wordprocessingml.document.main+xml"
EXTERNAL = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*?TargetMode\s*=\s*[\"']External[\"'][^>]*>")
TARGET = re.compile(rb"\sTarget\s*=\s*[\"']([^\"']*)")
PICTURE = re.compile(rb"\sr:(?:embed|link|id|pict)\s*=")
REMEDY = "take a file that nasssap document wrote, change its styles in Word, save it and name that file here"


def read_template(path: Path) -> bytes:
    """A Word file as ``docx.render_docx`` takes it for its styles.

    Raises
    ------
    NasssapError : it cannot be read, or what is wrong with it, with its name
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise NasssapError(fault_words(error, path)) from error
    if size > MOST_BYTES:
        raise NasssapError(f"{path}: expected at most {MOST_BYTES / 1e6:.0f} MB, got {size / 1e6:.0f} MB; {REMEDY}")
    with_styles_of(content, str(path))
    return content


def with_styles_of(content: bytes, name: str = "template") -> bytes:
    """The clean Word file with the styles, the numbering and the theme of another.

    Parameters
    ----------
    content : a DOCX with all styles of ``docx_styles.STYLES``
    name : of the file, for messages

    Raises
    ------
    NasssapError : it is no DOCX, too large, has macros or links to elsewhere, or lacks styles; all that it lacks is named

    Examples
    --------
    >>> with_styles_of(clean_template())[:2]
    b'PK'
    """
    if fault := _file_fault(content):
        raise NasssapError(f"{name}: {fault}")
    parts = _taken(content, name)
    if faults := list(_style_faults(parts)):
        raise NasssapError(f"{name}: {'; '.join(faults)}; {REMEDY}")
    _spell(_styles(parts["styles"].element))
    with zipfile.ZipFile(io.BytesIO(clean_template())) as clean:
        given = {f"word/{name}.xml": part.blob for name, part in parts.items()}
        return zipped((name, given.get(name) or clean.read(name)) for name in clean.namelist())


def _spell(styles: Mapping[tuple[str, str], Any]) -> None:
    """Names of styles as we write them: Word does not mind capitals."""
    for name, kind in KINDS.items():
        styles[kind, name.casefold()].name_val = name


# -------------------------------------------------------------------------------------------------------- the file as a whole


def _file_fault(content: bytes) -> str:
    """Why a file is not opened; "" where it may be."""
    if len(content) > MOST_BYTES:
        return f"expected at most {MOST_BYTES / 1e6:.0f} MB, got {len(content) / 1e6:.0f} MB"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            entries = file.infolist()
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                return f"expected at most {MOST_PARTS:,} parts and {MOST_UNPACKED / 1e6:.0f} MB unpacked"
            if TYPES not in file.namelist():
                return "expected a Word file (DOCX), got another kind of archive"
            return _parts_fault({entry.filename: file.read(entry) for entry in entries if _is_xml(entry.filename)})
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        return f"expected a Word file (DOCX), got none or a broken one ({error})"


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels", ".bin"))


def _parts_fault(parts: dict[str, bytes]) -> str:
    """What is in the XML of a file that has no business there."""
    if MACROS.search(parts[TYPES].decode("utf-8", "replace")) or any(map(MACROS.search, parts)):
        return "expected no macros, got some; save it in Word as a document without them (.docx)"
    if WORD not in parts[TYPES]:
        return "expected a Word document (DOCX), got another kind of file; save it in Word as a document (.docx)"
    if any(b"<!DOCTYPE" in content for name, content in parts.items() if not name.endswith(".bin")):
        return "expected XML as Word writes it, got XML with a DOCTYPE"
    links = [
        _target(link) for name, content in parts.items() if name.endswith(".rels") for link in EXTERNAL.findall(content)
    ]
    if links:
        shown = ", ".join(links[:MOST_LINKS]) + (" …" if len(links) > MOST_LINKS else "")
        return f"expected no links to elsewhere, got {shown}; remove them in Word, a template attached to it among them"
    return ""


def _target(link: bytes) -> str:
    found = TARGET.search(link)
    return repr(found[1].decode("utf-8", "replace")[:80] if found else "")


# ------------------------------------------------------------------------------------------------------------- its styles


def _taken(content: bytes, name: str) -> dict[str, Any]:
    """Those of the parts that are taken which it has."""
    from lxml.etree import LxmlError

    try:
        relations = open_word(content).part.rels.values()
        related = {relation.reltype.rpartition("/")[2]: relation.target_part for relation in relations}
    except (ValueError, KeyError, LxmlError) as error:
        raise NasssapError(f"{name}: expected a Word file (DOCX), got one that cannot be read ({error})") from error
    return {name: related[name] for name in PARTS if name in related}


def _style_faults(parts: Mapping[str, Any]) -> Iterator[str]:
    if pictured := [name for name, part in parts.items() if PICTURE.search(part.blob)]:
        yield f"expected no pictures in its {' and '.join(pictured)}"
    styles = _styles(parts["styles"].element) if "styles" in parts else {}
    if missing := [name for name, kind in KINDS.items() if (kind, name.casefold()) not in styles]:
        yield f"expected the styles {', '.join(missing)}"
    numbers = parts["numbering"].element.xpath("./w:num/@w:numId") if "numbering" in parts else []
    lists = {name: styles.get(("paragraph", name.casefold())) for name in LISTS}
    if bare := [name for name, style in lists.items() if style is not None and _number(style) not in numbers]:
        yield f"expected a numbering in the styles {', '.join(bare)}"


def _styles(element) -> dict[tuple[str, str], Any]:
    """Styles by kind and name in small letters."""
    from docx.oxml.ns import qn

    return {
        (style.get(qn("w:type"), "paragraph"), style.name_val.casefold()): style
        for style in element.style_lst
        if style.name_val
    }


def _number(style) -> str:
    return next(iter(style.xpath("./w:pPr/w:numPr/w:numId/@w:val")), "")
