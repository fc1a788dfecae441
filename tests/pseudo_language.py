"""What the pseudo-language shows on a page: text that is in no catalogue, and texts that are glued together; said in sentences.

In the pseudo-language every text of the library stands in ⟦ ⟧. Outside the outermost of them there may be no letter but names
and codes of data, and one block of text (a paragraph, a cell of a table, an attribute that is read) holds at most one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from matplotlib.text import Text

from nasssap_lib.costing.published import CITATIONS
from nasssap_lib.display.tables import ReportTable
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.pack.schema import TABLES

INLINE = {"a", "b", "code", "em", "i", "small", "span", "strong", "sub"}
UNREAD = {"style", "script", "pre", "sup"}  # code, and marks that are codes
READ = ("alt", "data-label", "title")
LETTER = re.compile(r"[^\W\d_]")
FILE = re.compile(r"[\w./-]+\.(?:csv|docx|html|ipynb|json|md|pdf|toml|txt)\b")
ALWAYS = {"nasssap", "UTC", "II", "III", "IV", "VI", "VII", "VIII", "IX"}  # and the parts of Convention No. 102


def names_of(*packs: Pack) -> re.Pattern:
    """Every name, code and sentence that packs hold, as one pattern of whole words."""
    names = {*ALWAYS, *CITATIONS.values()}.union(*map(_names_in, packs))  # titles are in their own language
    return _one_of(frozenset(names))


@once_a_pack
def _names_in(pack: Pack) -> frozenset[str]:
    frames = [getattr(pack, table.attribute) for table in TABLES]
    cells = {str(cell) for frame in [*frames, pack.codebook] for column in frame for cell in frame[column].dropna()}
    cells |= {str(value) for value in vars(pack.settings).values()} | set(pack.settings.plans) | {pack.country}
    return frozenset(cells | {part.strip() for cell in cells for part in cell.split(";")})


@lru_cache(maxsize=16)
def _one_of(names: frozenset[str]) -> re.Pattern:
    known = sorted((name for name in names if len(name) > 1 and LETTER.search(name)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)")


class _Texts(HTMLParser):
    """The blocks of text of a page, each with its element."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attributes):
        if tag not in INLINE | UNREAD or ("class", "here") in attributes:  # the link to copy is no part of the caption
            self.end()
            if tag not in ("br", "meta", "img", "link"):
                self.open.append(tag)
        elif tag in UNREAD:
            self.open.append(tag)
        self.blocks += [(f"{tag} {name}", value or "") for name, value in attributes if name in READ]

    def handle_endtag(self, tag):
        if tag in self.open:
            if tag not in UNREAD:
                self.end()
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if not UNREAD & set(self.open):
            self.text += data

    def end(self):
        """A block is over."""
        if text := " ".join(self.text.split()):
            self.blocks.append((self.open[-1] if self.open else "page", text))
        self.text = ""


def text_blocks(html: str) -> list[tuple[str, str]]:
    """Element and text of every block of a page."""
    parser = _Texts()
    parser.feed(html)
    parser.close()
    parser.end()
    return parser.blocks


def outside(text: str) -> tuple[list[str], int]:
    """What stands outside the outermost ⟦ ⟧ of a text, and how many of those there are.

    >>> outside("a ⟦b ⟦c⟧⟧ d")
    (['a ', ' d'], 1)
    """
    parts, depth, count = [""], 0, 0
    for letter in text:
        if letter == "⟦":
            count += depth == 0
            depth += 1
        elif letter == "⟧":
            depth -= 1
            if depth == 0:
                parts.append("")
        elif depth == 0:
            parts[-1] += letter
    return [part for part in parts if part], count


def faults_of_text(text: str, names: re.Pattern) -> Iterator[str]:
    """What the pseudo-language shows of one block of text."""
    parts, count = outside(text)
    if count > 1:
        yield f"{count} translated texts are glued together in “{text[:160]}”"
    left = [words for part in parts if LETTER.search(words := names.sub("", FILE.sub("", part))) and part not in "VX"]
    if left:
        yield f"in no catalogue: “{' … '.join(words.strip()[:60] for words in left)}” in “{text[:160]}”"


def faults_of_page(path: Path, html: str, names: re.Pattern) -> Iterator[str]:
    """Sentences on what a page in the pseudo-language shows: file, element, text; nothing where all is well."""
    for element, text in dict.fromkeys(text_blocks(html)):
        yield from (f"{path.name}: <{element}> {fault}" for fault in faults_of_text(text, names))


def listed(faults: Iterable[str], most: int = 40) -> str:
    """The first faults as lines, and how many there are."""
    lines = list(faults)
    return "\n".join([f"{len(lines)} faults", *lines[:most]])


def untranslated(texts: Iterable[object], *packs: Pack) -> list[str]:
    """What the pseudo-language shows of texts, each on its own; nothing where all is well."""
    names = names_of(*packs)
    return [fault for text in texts for fault in faults_of_text(" ".join(str(text).split("\n")), names)]


def texts_of_table(table: ReportTable | None) -> list[str]:
    """All that a reader sees of a table: caption, headings, cells and what stands small below them."""
    if table is None:
        return []
    texts = [table.title, *(view.words for view in table.views.values())]
    for row in table.rows.to_dict("records"):
        for name, view in table.views.items():
            texts += [view.write(row[name]), str(row[view.detail]) if view.detail else ""]
    return texts


def texts_of_picture(figure) -> list[str]:
    """All texts of a picture, and what is said in its place to those who do not see it."""
    if figure is None:
        return []
    return [figure.get_label(), *(text.get_text() for text in figure.findobj(Text))]
