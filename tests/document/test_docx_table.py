"""Tables of a Word file: all that is in them, set so that nothing is cut and numbers stand below each other."""

from functools import cache
from pathlib import Path

import matplotlib
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from fontTools.agl import AGL2UV
from hypothesis import given
from hypothesis import strategies as st
from word_documents import document, opened, table, wide_table

from nasssap_lib.display.grid import Cell, Column, Grid
from nasssap_lib.document.blocks import Section, Table
from nasssap_lib.document.docx import render_docx
from nasssap_lib.document.docx_styles import POINT, TEXT_WIDTH, WIDE_WIDTH
from nasssap_lib.document.docx_table import BOLD, EDGES, breadth, column_widths, lies

SENTENCES = (
    "Rémunération moyenne des salariés, en monnaie de l'année (plus de cinq ans)",
    "Asignación básica por niñas, niños y adolescentes: ¿quién la recibe?",
    "Maternity benefits of women workers, WORLD BANK and ILO estimates",
    "1,234,567.8 % of GDP (2024–2026)",
    "retrouvable dans les textes lus",
)


def drawn(made: Table):
    """The Word file that holds the table, and the table in it after that of the title page."""
    word = opened(render_docx(document(Section("a", "A", blocks=(made,)), facts=())))
    return word, word.tables[0]


@cache
def helvetica(bold: bool = False) -> dict[str, float]:
    """Widths of letters as Adobe published them, in ems; Arial's are the same."""
    file = Path(matplotlib.get_data_path(), "fonts", "pdfcorefonts", "Helvetica-Bold.afm" if bold else "Helvetica.afm")
    lines = [line.split(";") for line in file.read_text("latin-1").splitlines() if line.startswith("C ")]
    return {
        chr(AGL2UV[parts[2].split()[1]]): float(parts[1].split()[1]) / 1000
        for parts in lines
        if parts[2].split()[1] in AGL2UV
    }


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("bold", [False, True])
def test_lines_are_reckoned_a_little_wider_than_they_are(sentence, bold):
    true = sum(helvetica(bold)[letter] for letter in sentence) * 10
    assert true <= breadth(sentence, 10) * (BOLD if bold else 1) <= 1.25 * true


@pytest.mark.parametrize("word", sorted({word for sentence in SENTENCES for word in sentence.split()}))
def test_no_word_is_wider_than_it_is_reckoned_to_be(word):
    assert sum(helvetica()[letter] for letter in word) <= breadth(word, 1) + 0.04 * len(word) and breadth(word, 1) > 0


def grid_of(texts: list[list[str]]) -> Grid:
    """A table of these texts, the first row its headings."""
    columns = tuple(Column(text) for text in texts[0])
    return Grid("", columns, tuple(tuple(map(Cell, row)) for row in texts[1:]))


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.lists(st.lists(st.text(max_size=60), min_size=n, max_size=n), min_size=1, max_size=6)
    )
)
def test_columns_fill_no_more_than_there_is_and_none_vanishes(texts):
    widths, lines = column_widths(grid_of(texts), 470)
    assert sum(widths) <= 470.001 and min(widths) >= EDGES * 0.999 and lines >= 1
    assert len(widths) == len(texts[0])


def test_no_word_is_broken_where_all_words_fit():
    texts = [["Item", "What it says"], ["Contributions", "word " * 100], ["Short", "reconsideration"]]
    widths, _lines = column_widths(grid_of(texts), 200)
    true = helvetica(bold=True)
    assert widths[0] >= sum(true[letter] for letter in "Contributions") * 8 + 8
    assert widths[1] > widths[0]


def test_where_words_must_be_broken_short_ones_are_not():
    texts = [["Item"] * 9, *[["Law", *["incomprehensibilities"] * 8]] * 2]
    widths, _lines = column_widths(grid_of(texts), 400)
    assert widths[0] >= sum(helvetica(bold=True)[letter] for letter in "Item") * 8 + 8
    assert len(set(widths[1:])) == 1 and sum(widths) == pytest.approx(400)


def test_a_wide_table_lies_down_and_an_address_of_the_web_turns_no_page():
    address = "https://www.example.org/" + "x" * 300
    assert lies(wide_table()) and not lies(table())
    assert not lies(Table("t", "T", grid_of([["Source", "Address", "Year"], ["ILO", address, "2024"]])))
    assert not lies(Table("t", "T", Grid("", (), (), "", "Nothing.")))


def test_long_sentences_in_many_columns_lie_down():
    assert lies(Table("t", "T", grid_of([["Item"] * 7, ["word " * 60] * 7])))
    assert not lies(Table("t", "T", grid_of([["Item"] * 3, ["word " * 60] * 3])))


@pytest.mark.parametrize(
    ("made", "width"), [(table(), TEXT_WIDTH), (table(30, 5, "a long word"), TEXT_WIDTH), (wide_table(), WIDE_WIDTH)]
)
def test_a_table_is_as_wide_as_its_columns_and_no_wider_than_the_text(made, width):
    element = drawn(made)[1]._tbl
    columns = [int(each.get(qn("w:w"))) for each in element.tblGrid.iter(qn("w:gridCol"))]
    assert sum(columns) <= width + len(columns)
    assert int(element.tblPr.find(qn("w:tblW")).get(qn("w:w"))) == sum(columns)
    for row in element.tr_lst:
        assert [cell.width.pt for cell in row.tc_lst] == pytest.approx([each / POINT for each in columns])


def test_the_head_is_repeated_and_rows_stay_whole():
    rows = drawn(table(50))[1]._tbl.tr_lst
    repeated = [row.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    assert repeated == [True] + [False] * 50
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_a_row_higher_than_a_page_may_be_broken():
    made = Table("t", "T", grid_of([["Item", "What it says"], ["Law", "word " * 3000], ["Fund", "words"]]))
    whole = [
        row.trPr is not None and row.trPr.find(qn("w:cantSplit")) is not None for row in drawn(made)[1]._tbl.tr_lst
    ]
    assert whole == [True, False, True]


def test_cells_say_their_figure_their_mark_and_their_small_print():
    grid = Grid(
        "",
        (Column("Item"), Column("Value", True)),
        ((Cell("Law"), Cell("1,234.5", "e", "2019")), (Cell("Fund"), Cell("n/a"))),
    )
    _word, shown = drawn(Table("t", "T", grid))
    figure, small = shown.cell(1, 1).paragraphs
    assert [run.text for run in figure.runs] == ["1,234.5", "e"]
    assert [run.style.name for run in figure.runs] == ["Default Paragraph Font", "Mark"]
    assert figure.runs[1].style.font.superscript
    assert (small.text, small.style.name) == ("2019", "Table detail")
    assert [len(shown.cell(2, place).paragraphs) for place in (0, 1)] == [1, 1]


def test_figures_stand_to_the_right_and_names_are_bold():
    _word, shown = drawn(table())
    for row in shown.rows:
        assert [cell.paragraphs[0].alignment for cell in row.cells] == [None, *[WD_ALIGN_PARAGRAPH.RIGHT] * 2]
        assert row.cells[0].paragraphs[0].style.font.bold
    assert not shown.cell(1, 1).paragraphs[0].style.font.bold
    assert shown.cell(0, 1).paragraphs[0].style.name == "Table heading"


def test_caption_table_notes_and_source_stay_together():
    word, shown = drawn(table())
    place = list(word.element.body).index(shown._tbl)
    caption, note, source = (
        next(p for p in word.paragraphs if p._p is word.element.body[place + step]) for step in (-1, 1, 2)
    )
    assert (caption.text, caption.style.name) == ("Table t. Cost by year", "Caption")
    assert caption.paragraph_format.keep_with_next and note.paragraph_format.keep_with_next
    assert (note.text, note.style.name) == ("e: estimated", "Note")
    assert (source.text, source.style.name) == ("Source: ministry, 2024", "Source")
    assert not source.paragraph_format.keep_with_next


def kept(made: Table) -> list[bool]:
    """For every row whether it stays with what follows."""
    return [
        all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs)
        for row in drawn(made)[1].rows
    ]


def test_a_low_table_stays_whole_and_a_high_one_leaves_no_row_alone():
    assert kept(table(3)) == [True] * 4
    assert kept(table(40)) == [True, True, *[False] * 37, True, True]
    alone = table(3)
    assert kept(Table("t", "T", alone.grid._replace(foot=""), "")) == [True, True, True, False]


def test_something_stands_between_two_tables():
    bare = Table("t", "", table().grid._replace(foot=""), "")
    word = opened(render_docx(document(Section("a", "A", blocks=(bare, bare)), facts=())))
    order = [element.tag.rpartition("}")[2] for element in word.element.body]
    assert "tbl tbl" not in " ".join(order) and order.count("tbl") == 2


def test_a_table_of_nothing_is_its_sentence_alone():
    nothing = Grid("Cost", (Column("Item"),), (), "", "Cost: nothing in the pack.")
    word = opened(
        render_docx(document(Section("a", "A", blocks=(Table("t", "Table 1. Cost", nothing, "Source: X"),)), facts=()))
    )
    assert not word.tables
    assert word.paragraphs[-1].text == "Cost: nothing in the pack."
    assert not any("Table 1" in each.text or "Source" in each.text for each in word.paragraphs)


def test_a_table_names_itself_to_who_does_not_see_it():
    properties = drawn(table())[1]._tbl.tblPr
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "Table t. Cost by year"
    look = properties.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
