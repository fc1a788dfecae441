"""Pieces of a Word document: paragraphs, runs, fields, links and bookmarks. What a reader reads goes in as text and as nothing else.

Styles are named here as Word shows them; ``docx.render_docx`` puts their identifiers in their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from nasssap_lib.unseen import without_unseen

NO_LETTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")  # what XML refuses, beside controls
SPACE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}


def plain(text: str) -> str:
    r"""A text as a file of Word may hold it: without controls and marks of direction, tabs as spaces, ends of lines kept.

    Examples
    --------
    >>> plain("=1+1\x07\r\n<w:p>\u202e\ttrois")
    '=1+1\n<w:p> trois'
    """
    return NO_LETTERS.sub("", without_unseen(text.replace("\r\n", "\n").replace("\t", " ")))


def one_line(text: str) -> str:
    r"""A text without ends of lines, for what Word repeats elsewhere: titles in the contents.

    Examples
    --------
    >>> one_line("Costing\nand financing")
    'Costing and financing'
    """
    return " ".join(plain(text).split("\n"))


def node(tag: str, *inside, **attributes: object):
    """An element of Word's own namespace with its attributes and what is inside it; None is left out.

    Examples
    --------
    >>> node("ind", left=240).attrib.values()
    ['240']
    """
    make, space, known = _maker()
    named = {f"{space}{name}": str(value) for name, value in attributes.items()}
    element = make(f"{space}{tag}", named, known)
    element.extend([child for child in inside if child is not None])
    return element


@cache
def _maker() -> tuple[Callable, str, dict[str, str]]:
    """What ``docx.oxml.OxmlElement`` makes an element with, looked up once: a document has sixty thousand of them."""
    from docx.oxml.ns import nsmap
    from docx.oxml.parser import oxml_parser

    return oxml_parser.makeelement, f"{{{nsmap['w']}}}", {"w": nsmap["w"]}


def run(text: str, style: str = ""):
    """A run of letters in a style of letters; an end of a line in the text is one in the document."""
    pieces: list = [node("rPr", node("rStyle", val=style))] if style else []
    for number, line in enumerate(plain(text).split("\n")):
        pieces += [node("br")] if number else []
        pieces.append(_text(line))
    return node("r", *pieces)


def _text(line: str, tag: str = "t"):
    element = node(tag)
    element.text = line
    for name, value in SPACE.items():
        element.set(name, value)
    return element


def tab():
    """A run that goes to the next stop of tabs."""
    return node("r", node("tab"))


def paragraph(style: str, *inside, properties: Iterable = ()):
    """A paragraph of a style; a string inside it becomes a run. properties: elements in the order of the schema, from keepNext on.

    Examples
    --------
    >>> paragraph("Note", "e: estimated").text
    'e: estimated'
    """
    runs = [run(piece) if isinstance(piece, str) else piece for piece in inside]
    return node("p", node("pPr", node("pStyle", val=style), *properties), *runs)


def field_start(code: str) -> list:
    """The runs that open a field; what Word shows of it follows, and ``field_end``."""
    return [
        node("r", node("fldChar", fldCharType="begin")),
        node("r", _text(f" {code} ", "instrText")),
        node("r", node("fldChar", fldCharType="separate")),
    ]


def field_end():
    """The run that closes a field."""
    return node("r", node("fldChar", fldCharType="end"))


def field(code: str, shown: str) -> list:
    """The runs of a field with what a reader sees until it is updated.

    Examples
    --------
    >>> len(field("PAGE", "1"))
    5
    """
    return [*field_start(code), run(shown), field_end()]


def bookmark(number: int, name: str) -> list:
    """Where a place that links lead to begins and ends; the title stands between."""
    return [node("bookmarkStart", id=number, name=name), node("bookmarkEnd", id=number)]


def link(name: str, *inside):
    """A link to a bookmark of the document."""
    return node("hyperlink", *inside, anchor=name, history=1)
