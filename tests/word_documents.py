"""Documents that use every block, and what a Word file says when others read it."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator
from PIL import Image

from nasssap_lib.display.grid import Cell, Column, Grid
from nasssap_lib.document.blocks import LEAD, NOTE, Document, Figure, Items, Paragraph, Section, Table

NEEDS_OFFICE = pytest.mark.skipif(
    not all(map(shutil.which, ("soffice", "pdftotext"))),
    reason="needs LibreOffice (soffice) and poppler-utils (pdftotext)",
)
HOSTILE = '=HYPERLINK("x") <w:p>&amp;\x00\x07\x1b \u202eegnahc\u2066 { TOC \\o } ]]> \ufffe' + "x" * 400
HARMLESS = '=HYPERLINK("x") <w:p>&amp; egnahc { TOC \\o } ]]> ' + "x" * 400
WORDS = {
    "en": ("Contents", "Situation", "Two in three women are not covered.", "Ministry of Labour", "1,234.5", "e: estimated"),
    "fr": ("Table des matières", "État des lieux", "Deux femmes sur trois ne sont pas couvertes : « n.d. ».", "Ministère du Travail",
           "1\u202f234,5", "e : estimation"),
    "es": ("Índice", "Diagnóstico", "¿Cuántas mujeres? Dos de cada tres no están cubiertas.", "Secretaría de Trabajo", "1.234,5",
           "e: estimación"),
}  # fmt: skip


@cache
def png(colour: str = "#14506e") -> bytes:
    """A picture."""
    file = io.BytesIO()
    Image.new("RGB", (144, 60), colour).save(file, "png")
    return file.getvalue()


def picture(alt: str = "A dark bar, 60 % of the width.", inches=(7.2, 3.0), anchor: str = "bar") -> Figure:
    """A figure of a document."""
    return Figure(anchor, "Figure 1. Coverage", alt, "", png(), inches, "Source: ILO, 2024")


def table(rows: int = 3, columns: int = 3, word: str = "words", anchor: str = "t", numeric: bool = True) -> Table:
    """A table whose figures count on from 1, row by row."""
    heads = (Column("Item"), *(Column(f"Year {place}", numeric) for place in range(1, columns)))
    body = tuple(
        (
            Cell(f"Item {row}"),
            *(
                Cell(f"{word} {row * (columns - 1) + place + 1}", "e", f"since {2000 + row}")
                for place in range(columns - 1)
            ),
        )
        for row in range(rows)
    )
    return Table(
        anchor, f"Table {anchor}. Cost by year", Grid("Cost", heads, body, "e: estimated"), "Source: ministry, 2024"
    )


def wide_table(anchor: str = "wide") -> Table:
    """A table of long words that no upright page holds."""
    return table(4, 10, "contributionsandbenefits", anchor)


def document(*sections: Section, language: str = "en", **changed) -> Document:
    """A document of these sections."""
    given = {
        "language": language, "country": "Testland", "title": "National strategy", "subtitle": "2026–2030", "claim": "A working draft.",
        "contents": WORDS[language][0], "sections": sections, "facts": (("Edition", "1"), ("Newest figure", "2024")),
    }  # fmt: skip
    return Document(**given | changed)


def whole_document(language: str = "en") -> Document:
    """Every block that there is: long tables and wide ones, lists, pictures, hostile words, sections four levels deep."""
    contents, title, sentence, name, figure, foot = WORDS[language]
    grid = Grid(
        "T",
        (Column(name), Column("%", True)),
        ((Cell(name), Cell(figure, "e", "2019")), (Cell(sentence), Cell("n/a"))),
        foot,
    )
    nothing = Grid("Nothing", (Column("Item"),), (), "", "Nothing here: nothing in the pack.")
    deep = Section("d", "Deepest", 4, "2.1.1.1", (Paragraph("At the bottom."), Items(("third",), True)))
    parts = (
        Section("b1", "Tables", 2, "2.1", (Table("t1", "Table 1. Words", grid, "Source: X"), Table("t2", "Table 2.", nothing), table(80)),
                (Section("b11", "Below", 3, "2.1.1", (), (deep,)),)),
        Section("b2", "Wide", 2, "2.2", (Paragraph("Before the wide table.", LEAD), wide_table(), Paragraph("After it."))),
        Section("b3", HOSTILE, 2, "2.3", (Paragraph(HOSTILE), Items((HOSTILE,)), Table("t3", HOSTILE, Grid(
            HOSTILE, (Column(HOSTILE), Column("Value", True)), ((Cell(HOSTILE, "e", HOSTILE), Cell("-5")),), HOSTILE), HOSTILE))),
    )  # fmt: skip
    return document(
        Section("a", title, 1, "", (Paragraph(sentence, LEAD), Paragraph("Two\nlines."), Items((name, "two")), Items(("one", "two"), True),
                                    Paragraph("In small print.", NOTE), picture(HOSTILE, anchor="first"), picture())),
        Section("b", "Results", 1, "2", (), parts),
        language=language,
    )  # fmt: skip


def texts_of(made: Document):
    """All texts of a document in the order in which they are read, after its list of contents."""
    for section in made.walk():
        yield f"{section.number} {section.title}".strip()
        for block in section.blocks:
            yield from _texts_of_block(block)


def _texts_of_block(block):
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Items):
        yield from block.items
    elif isinstance(block, Figure):
        yield from (block.caption, block.source)
    elif block.grid.nothing:
        yield block.grid.nothing
    else:
        yield block.caption
        yield from (column.words for column in block.grid.columns)
        for row in block.grid.rows:
            for cell in row:
                yield from filter(None, (cell.text + cell.mark, cell.detail))
        yield from filter(None, (block.grid.foot, block.source))


def opened(content: bytes):
    """A Word file as python-docx reads it."""
    return docx.Document(io.BytesIO(content))


def paragraphs_of(content: bytes) -> list[str]:
    """All paragraphs of a Word file in the order in which they are read, those of tables among them."""
    from docx.text.paragraph import Paragraph as Read

    word = opened(content)
    return [
        text
        for element in word.element.body.iter(f"{{{word.element.nsmap['w']}}}p")
        if (text := Read(element, word).text)
    ]


def part(content: bytes, name: str) -> str:
    """A part of a Word file as XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read(name).decode()


def faults(content: bytes, folder: Path) -> list[str]:
    """What a checker of Office files finds wrong with it."""
    path = folder / "checked.docx"
    path.write_bytes(content)
    return [f"{error.part_uri}: {error.description}" for error in OpenXmlValidator().validate(path).errors]


@cache
def loaded_to_begin() -> frozenset[str]:
    """Modules of a process that is ready to write Word files and slides, and has not written one yet."""
    code = "import sys, nasssap_lib.document.docx, nasssap_lib.document.slides; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return frozenset(done.stdout.split())


def as_pdf(content: bytes, folder: Path) -> Path:
    """A Word file as LibreOffice prints it."""
    path = folder / "printed.docx"
    path.write_bytes(content)
    profile = (folder / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        path,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return path.with_suffix(".pdf")


def pages_of(pdf: Path) -> list[str]:
    """Text of each page of a PDF, as it is read."""
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", pdf, "-"], check=True, capture_output=True, timeout=60)
    return done.stdout.decode().split("\f")[:-1]


def squeezed(text: str) -> str:
    """A text without spaces and ends of lines, which printing moves."""
    return re.sub(r"\s+", "", text)
