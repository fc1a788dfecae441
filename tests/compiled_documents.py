"""Whole documents as a ministry compiles them: where their figures come from, in which language they are, what another order keeps."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pikepdf
import pytest
from command_line import call
from matplotlib.text import Text
from pdf_reading import tags
from pseudo_language import text_blocks
from word_documents import squeezed

from nasssap_lib.display.grid import Cell, grid_of
from nasssap_lib.display.tables import ReportTable
from nasssap_lib.document import compilation
from nasssap_lib.document.blocks import Document, Figure, Paragraph, Table, texts_of
from nasssap_lib.document.record import Exhibit, Record
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.schema import TABLES

NUMBERED = r"(?:Table|Figure|Tableau|Cuadro|Gráfico) \d+"
ASSUMED = (
    "none: assumptions of the method",
    "aucune\N{NO-BREAK SPACE}: hypothèses de la méthode",
    "ninguna: supuestos del método",
)
ENGLISH = "(?:the|of|and|to|in|is|for|that|with|are|was|by|on|as|from|not|it|be|at|an|which|who|has|have|this|or|its|their|into|than)"
THREE = re.compile(rf"\b{ENGLISH}(?: {ENGLISH}){{2}}\b", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:[.,\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}]\d+)*")


@dataclass(frozen=True)
class Compiled:
    """What the command wrote for a country, and what that was made of."""

    said: str
    folder: Path
    document: Document
    record: Record

    @property
    def page(self) -> str:
        """The document as a page."""
        return (self.folder / "strategy.html").read_text(encoding="utf-8")


def compiled(folder: Path, country: str, *arguments: str) -> Compiled:
    """Compile a country's document as a ministry does, and keep what it was made of."""
    kept = {}

    def keep(name: str):
        made = getattr(compilation, name)
        return lambda *given, **named: kept.setdefault(name, made(*given, **named))

    with pytest.MonkeyPatch.context() as patch:
        for name in ("record_country", "compose_document"):
            patch.setattr(compilation, name, keep(name))
        result = call("document", country, *arguments, "--out", folder)
    assert result.exit_code == 0, result.output
    written = next((folder / "reports" / country).rglob("strategy.*")).parent
    return Compiled(result.output, written, kept["compose_document"], kept["record_country"])


def shown_in(made: Document) -> list[Table | Figure]:
    """Tables and figures of a document that have a number."""
    blocks = [block for section in made.walk() for block in section.blocks]
    return [block for block in blocks if isinstance(block, Table | Figure) and block.caption]


def annex_of(made: Document) -> Table:
    """The annex that says where everything comes from."""
    (annex,) = [section for section in made.sections if section.anchor == "origins"]
    return next(block for block in annex.blocks if isinstance(block, Table))


def rows_of(made: Document) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Caption and row of the annex for each table and figure; "Table 2. A … Table 5. B" is of all between them in the document."""
    captions = [block.caption for block in shown_in(made)]
    for row in annex_of(made).grid.rows:
        ends = [
            place
            for place, caption in enumerate(captions)
            if row[0].text.startswith(caption) or row[0].text.endswith(caption)
        ]
        yield from ((caption, row) for caption in captions[min(ends) : max(ends) + 1])


def untraced(made: Document, pack: Pack) -> list[str]:
    """Tables and figures from which the annex does not lead to functions that exist, tables and sources."""
    captions, rows = {block.caption for block in shown_in(made)}, dict(rows_of(made))
    faults = [f"{caption}: only here" for caption in captions ^ set(rows)]
    tables, sources = {table.name for table in TABLES}, set(pack.sources["id"])
    for caption, row in rows.items():
        by, of, cited = (
            functions_in(row[1].text),
            row[1].detail.split(", "),
            list(filter(None, row[2].text.split(", "))),
        )
        faults += [f"{caption}: no function {name}" for name in by if not callable(named_in_library(name))]
        faults += [f"{caption}: no table {name}" for name in of if name not in tables and row[1].detail not in ASSUMED]
        faults += [f"{caption}: no source {name}" for name in cited if name not in sources]
        faults += [] if by else [f"{caption}: made by nothing"]
    return faults


def functions_in(words: str) -> list[str]:
    """The functions of a row of the annex, as "coverage.gap_table"; it names them room by room.

    >>> functions_in("costing: bands; coverage: gaps, gap_table")
    ['costing.bands', 'coverage.gaps', 'coverage.gap_table']
    """
    rooms = [part.split(": ") for part in re.split(r"\s*; ", words) if part]
    return [f"{room}.{name}" for room, names in rooms for name in names.split(", ")]


def named_in_library(name: str):
    """The function that the annex calls coverage.gap_table."""
    room, _, function = name.rpartition(".")
    return getattr(importlib.import_module(f"nasssap_lib.{room}"), function, None)


def sentences_of(record: Record) -> Iterator[tuple[str, str]]:
    """Each sentence of the notebooks, with the place of the exhibit beside which it stands."""
    for place, exhibit in record.exhibits.items():
        for text in (*exhibit.said, exhibit.nothing, exhibit.note, *record.after.get(place, [])):
            yield place, text
    for number, findings in record.findings.items():
        yield from ((f"{number}.{exhibit}", text) for text, _sure, exhibit in findings)


def numbers_apart(record: Record, pack: Pack, decimal: str = ".") -> tuple[int, dict[str, set[float]]]:
    """How many numbers stand in sentences; and those that stand, as they are rounded there, in no exhibit of the notebook and no figure of
    the pack, by the place of the sentence's exhibit. In the language that is spoken; decimal: its sign.
    """
    shown: dict[str, set[float]] = {}
    for place, exhibit in record.exhibits.items():
        numbers = shown.setdefault(place[:2], set(pack.facts["value"]) | set(pack.scheme_figures["value"]))
        numbers |= {number for text in texts_of_exhibit(exhibit) for number, _ in numbers_of(text, decimal)}
    count, apart = 0, {}
    for place, text in dict.fromkeys(sentences_of(record)):
        for number, unit in numbers_of(text, decimal):
            count += 1
            if not any(abs(number - known) <= unit * 0.500001 for known in shown[place[:2]]):
                apart.setdefault(place, set()).add(number)
    return count, apart


def texts_of_exhibit(exhibit: Exhibit) -> list[str]:
    """What is read in a table or picture."""
    if isinstance(exhibit.thing, ReportTable):
        grid = grid_of(exhibit.thing)
        return [str(len(grid.rows)), *texts_of([Table("", "", grid)])]
    return (
        []
        if exhibit.thing is None
        else [exhibit.thing.get_label(), *(text.get_text() for text in exhibit.thing.findobj(Text))]
    )


def numbers_of(text: str, decimal: str) -> set[tuple[float, float]]:
    """Numbers of a text, each with the unit of its last digit; decimal: the sign before its fraction."""
    found = set()
    for written in NUMBER.findall(text):
        plain = re.sub(rf"[^\d{decimal}]", "", written).replace(decimal, ".")
        if plain.count(".") < 2:  # else a number of an edition
            found.add((float(plain), 10.0 ** -len(plain.partition(".")[2])))
    return found


def words_of(made: Document) -> Counter[tuple]:
    """What a document says and shows, whatever the order: each paragraph, list, table and figure without its number."""
    blocks = [block for section in made.walk() for block in section.blocks if block is not annex_of(made)]
    words = Counter(
        (type(block).__name__, *(unnumbered(text) for text in texts_of([block])), getattr(block, "svg", ""))
        for block in blocks
    )
    return words + Counter(("origin", unnumbered(caption), *row[1:]) for caption, row in rows_of(made))


def unnumbered(text: str) -> str:
    """A caption without its number."""
    return re.sub(rf"^{NUMBERED}\. ", "", text)


def english_in(made: Compiled) -> list[str]:
    """Texts of the page in which three English words that carry no meaning follow each other, outside what says that it is in English."""
    page = re.sub(r'<span lang="en">[^<]*</span>', "", made.page)
    return [text for _element, text in text_blocks(page) if THREE.search(text)]


def page_texts(page: str) -> list[str]:
    """Texts of a document's page in the order in which they are read, after the list of contents; a table without a number is called as
    its chapter, which other formats do not repeat.
    """
    body = re.sub(rf"<caption><span>(?!{NUMBERED})[^<]*</span></caption>", "", page[page.index("</nav>") :])
    return [text for text in map(unescape, re.findall(r">([^<>]+)<", body)) if text.strip()]


def compared_with_print(page: str, pages: list[str], made: Document) -> tuple[list[str], set[str]]:
    """Texts of a document's page that its print does not have behind those before them; and what the print has between them.

    Parameters
    ----------
    page : the document as a page
    pages : text of each page of the print, as ``word_documents.pages_of`` gives it
    """
    foot = re.compile(rf"{re.escape(made.country)} · {re.escape(made.title)}\s+\d+\s*$")
    printed = plain("".join(foot.sub("", text).removeprefix(made.claim) for text in pages))
    texts = page_texts(page)
    place, lost, between = printed.index(plain("".join(texts[:2]))), [], set()
    for text in texts:
        found = printed.find(plain(text), place)
        if found < 0:
            lost.append(text)
        else:
            between.add(printed[place:found])
            place = found + len(plain(text))
    return lost, (between | {printed[place:]}) - {""}


def plain(text: str) -> str:
    """A text without what printing moves and adds: spaces, ends of lines, bullets; hyphens are hyphens."""
    return squeezed(text).replace("\N{NON-BREAKING HYPHEN}", "-").replace("•", "")


def heads_of(made: Document) -> set[str]:
    """The heads of a document's tables, which a print repeats on each page."""
    tables = [block for section in made.walk() for block in section.blocks if isinstance(block, Table)]
    return {plain("".join(column.words for column in table.grid.columns)) for table in tables}


def pdf_texts(path: Path) -> list[str]:
    """The text layer of a PDF: what each tag holds, as a screen reader gets it."""
    with pikepdf.open(path) as pdf:
        return [text.replace("\N{SOFT HYPHEN}", "") for _tag, text in tags(pdf) if text]


def told_paragraphs(made: Document) -> Iterable[str]:
    """Paragraphs of a document's chapters in which a number stands."""
    blocks = [block for section in made.walk() for block in section.blocks]
    return [block.text for block in blocks if isinstance(block, Paragraph) and NUMBER.search(block.text)]
