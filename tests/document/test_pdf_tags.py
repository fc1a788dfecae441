"""The first cell of a row is its head for who listens; nothing else of the PDF is another."""

import io

import pikepdf
import pytest
from pdf_reading import COLUMN_HEAD, ROW_HEAD, elements, marked_texts, tags

from nasssap_lib.display.grid import Cell, Column, Grid
from nasssap_lib.document import pdf as written
from nasssap_lib.document.blocks import Document, Items, Paragraph, Section, Table
from nasssap_lib.document.pdf_tags import with_row_heads

LONG = "mot " * 900  # a row that goes on on the next page
ROWS = (("Pension", "1,5"), ("", "2"), (LONG, "3"), *((f"ligne {n}", str(n)) for n in range(60)))
GRID = Grid("", (Column("Option"), Column("2030", True)), tuple((Cell(a, "e", "détail"), Cell(b)) for a, b in ROWS))
BLOCKS = (
    Paragraph("Texte."),
    Items(("un", "deux"), True),
    Table("t", "Tableau 1", GRID),
    Table("u", "Tableau 2", GRID),
)
MADE = Document("fr", "Sénégal", "Stratégie", "", "", "Table", (Section("a", "A", blocks=BLOCKS),))


@pytest.fixture(scope="module")
def plain():
    """The PDF as Typst writes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(written, "with_row_heads", lambda pdf: pdf)
        return written.render_pdf(MADE)


@pytest.fixture(scope="module")
def both(plain):
    with pikepdf.open(io.BytesIO(plain)) as before, pikepdf.open(io.BytesIO(with_row_heads(plain))) as after:
        yield before, after


def test_heads_are_first_cells_and_the_rest_is_read_as_before(both):
    before, after = map(tags, both)
    firsts = [place for place, (kind, _) in enumerate(before) if kind == "/TR"]
    changed = [place for place in range(len(before)) if before[place] != after[place]]
    assert len(before) == len(after) and len(changed) == 2 * len(ROWS)
    assert all(
        before[place][0] == "/TD" and after[place][0] == ROW_HEAD and before[place][1] == after[place][1]
        for place in changed
    )
    assert {place - 1 for place in changed} <= set(firsts)
    assert [text for kind, text in after if kind == COLUMN_HEAD] == ["Option", "2030"] * 2


def test_no_cell_names_heads_that_would_leave_out_that_of_its_row(both):
    _, after = both
    cells = elements(after, "/TD")
    assert len(cells) == 2 * len(ROWS) and not any("/Headers" in given for cell in cells for given in cell.A)


def test_what_is_seen_and_how_it_is_declared_stays(both):
    before, after = both
    assert [marked_texts(page) for page in before.pages] == [marked_texts(page) for page in after.pages]
    contents = [[page.Contents.read_bytes() for page in pdf.pages] for pdf in both]
    assert contents[0] == contents[1]
    for key in ("/Lang", "/ViewerPreferences", "/MarkInfo"):
        assert before.Root[key].unparse() == after.Root[key].unparse()
    with before.open_metadata() as old, after.open_metadata() as new:
        assert dict(old) == dict(new) and new["pdfuaid:part"] == "1"


def test_the_file_is_sound_smaller_and_the_same_in_two_runs(plain, both):
    once = with_row_heads(plain)
    assert once == with_row_heads(plain) and len(once) < len(plain)
    with pikepdf.open(io.BytesIO(once)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_a_document_without_tables_stays_readable():
    made = written.render_pdf(Document("en", "Senegal", "Strategy", "", "", "Contents", (Section("a", "A"),)))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert not elements(pdf, "/Table") and elements(pdf, "/H1")
