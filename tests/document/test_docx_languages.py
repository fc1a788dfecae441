"""What is English in a document of another language says so to Word, and nothing else of the file changes."""

import re
from dataclasses import replace

import pytest
from docx.oxml.ns import qn
from word_documents import HOSTILE, document, faults, opened, paragraphs_of, part, whole_document

from nasssap_lib.display.grid import Cell, Column, Grid
from nasssap_lib.document.blocks import NOTE, Items, Paragraph, Section, Table
from nasssap_lib.document.docx import render_docx

PAID, LAW, SHORT = "Paid twice a year, in cash & kind", "The law names no age. It was never applied.", "Cash"
GRID = Grid(
    "Régimes", (Column("Régime"), Column("Remarque")),
    ((Cell("CSS", "", SHORT), Cell(f"s'appuie sur la loi. {LAW}", "e")), (Cell(SHORT), Cell(f"{SHORT} et rien d'autre"))), PAID,
)  # fmt: skip
FRENCH = document(
    Section("a", "Régimes", blocks=(
        Paragraph(f"Deux sur trois : {PAID}, puis {PAID}."), Paragraph(LAW, NOTE), Items((PAID, "deux")),
        Table("t", "Tableau 1", GRID, LAW),
    )),
    language="fr",
)  # fmt: skip
ENGLISH = frozenset({PAID, LAW, SHORT})


def runs_in(content: bytes, tag: str) -> list[str]:
    """The texts of runs that have this language."""
    runs = opened(content).element.body.iter(qn("w:r"))
    return [run.text for run in runs if [one.get(qn("w:val")) for one in run.iter(qn("w:lang"))] == [tag]]


def test_each_piece_of_english_has_its_language_wherever_it_stands():
    marked = render_docx(replace(FRENCH, english=ENGLISH))
    assert runs_in(marked, "en-GB") == [PAID, PAID, LAW, PAID, SHORT, LAW, SHORT, PAID, LAW]
    assert runs_in(render_docx(FRENCH), "en-GB") == []


@pytest.mark.parametrize("made", [FRENCH, whole_document("fr")], ids=["pieces", "whole"])
def test_no_word_and_no_look_changes(made, tmp_path):
    plain, marked = (
        render_docx(replace(made, english=english)) for english in ((), ENGLISH | {HOSTILE, "In small print."})
    )
    assert paragraphs_of(marked) == paragraphs_of(plain)
    assert faults(marked, tmp_path) == faults(plain, tmp_path)
    styles = [re.findall(r'<w:rStyle w:val="([^"]*)"/>', part(file, "word/document.xml")) for file in (marked, plain)]
    assert set(styles[0]) == set(styles[1]) != set()
