"""What the template gets: faults with their place, blocks in the order of reading, and what lies on its side."""

import json
from dataclasses import replace

import pytest

from nasssap_lib.display.grid import Cell, Column, Grid
from nasssap_lib.document.blocks import Document, Figure, Items, Paragraph, Section, Table
from nasssap_lib.document.columns import MOST_COLUMNS, UPRIGHT
from nasssap_lib.document.typst_source import LEAST, PAGE, document_faults, page_runs, typst_data

SMALL = Grid("T", (Column("A"), Column("B", True)), ((Cell("a"), Cell("1", "e", "low")),), "e: estimated")
WIDE = Grid("T", tuple(Column("Dépenses", True) for _ in range(14)), ((Cell("1234567"),) * 14,))
PICTURE = Figure("f", "Figure 1", "A picture", "<svg/>", b"", (7.2, 4.0), "Source: x")


def document(*sections: Section, **changes) -> Document:
    return replace(Document("fr", "Mali", "Titre", "", "", "Contenu", sections), **changes)


def chapter(*blocks, anchor: str = "a", **changes) -> Section:
    return replace(Section(anchor, f"Title {anchor}", number="1", blocks=blocks), **changes)


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (document(chapter(), language=""), "document: expected the code of a language, such as fr, got ''"),
        (document(chapter(), language="french"), "document: expected the code of a language, such as fr, got 'french'"),
        (document(chapter(), title=" "), "document: expected a title, got none"),
        (document(), "document: expected at least one section"),
        (document(chapter(), chapter()), "section a: expected an anchor of its own"),
        (document(chapter(anchor="")), "section 'Title ': expected an anchor, got none"),
        (document(chapter(title="\u202e")), "section a: expected a title, got none"),
        (document(chapter(level=2)), "section a: expected level 1 where it stands, got 2"),
        (document(chapter(parts=(chapter(anchor="b", level=3),))), "section b: expected level 2 where it stands, got 3"),
        (document(chapter(replace(PICTURE, alt="\u200b "))), "figure f: expected words that stand for the picture (alt), got none"),
        (document(chapter(replace(PICTURE, inches=(0, 3)))), "figure f: expected a width and a height in inches, got (0, 3)"),
        (document(chapter(Table("t", "T", Grid("T", (), ())))),
         "table t: expected columns and rows, or the sentence that says why there are none"),
        (document(chapter(Table("t", "T", Grid("T", (Column("A"),), ((Cell("a"), Cell("b")),))))),
         "table t: expected 1 cells in row 1, got 2"),
        (document(chapter(Table("t", "T", Grid("T", (Column("A"),) * 41, ((Cell("a"),) * 41,))))),
         f"table t: expected at most {MOST_COLUMNS} columns on a page, got 41"),
    ],
)  # fmt: skip
def test_a_fault_names_its_place(made, fault):
    assert document_faults(made) == [fault]


def test_all_faults_are_named_together():
    part = chapter(replace(PICTURE, alt=""), anchor="b", level=2)
    assert (
        len(
            document_faults(document(chapter(Table("t", "T", Grid("T", (), ())), parts=(part,)), language="", title=""))
        )
        == 4
    )


def test_a_sound_document_has_no_fault():
    nothing = Table("n", "Table 2", Grid("N", (), (), "", "N: nothing."))
    assert document_faults(document(chapter(Table("t", "T", SMALL), nothing, PICTURE), language="fr-SN")) == []


def data(*blocks) -> list[dict]:
    """Data of the blocks of one chapter."""
    (run,) = json.loads(typst_data(document(chapter(*blocks))))["runs"]
    return run["blocks"][1:]


def test_language_and_region_are_told_apart():
    told = [json.loads(typst_data(document(chapter(), language=code))) for code in ("fr", "fr-SN", "es_HN")]
    assert [(one["language"], one["region"]) for one in told] == [("fr", None), ("fr", "SN"), ("es", "HN")]


def test_a_table_keeps_cells_marks_and_details_in_order():
    (table,) = data(Table("t", "Table 1. T", SMALL, "Source: x"))
    assert table["rows"] == [{"whole": True, "cells": [["a", "", ""], ["1", "e", "low"]]}]
    assert (table["heads"], table["numeric"], table["notes"]) == (
        ["A", "B"],
        [False, True],
        ["e: estimated", "Source: x"],
    )
    assert table["together"] is True


def test_a_table_of_nothing_is_its_sentence():
    assert data(Table("n", "Table 2", Grid("N", (), (), "", "N: nothing.")))[0]["text"] == "N: nothing."


def test_a_picture_with_its_words_fits_a_page_and_is_never_a_stamp():
    heights = [
        data(replace(PICTURE, inches=(5.0, 20.0), caption="word " * n))[0]["width"] * 4 for n in (1, 100, 200, 2000)
    ]
    assert PAGE > heights[0] > heights[1] > heights[2] > heights[3] == pytest.approx(LEAST)
    assert [data(replace(PICTURE, caption="word " * n))[0]["held"] for n in (1, 100, 2000)] == [True, True, False]


def test_small_print_is_held_together_unless_it_is_long():
    tables = [data(Table("t", "T", SMALL, "word " * n))[0] for n in (1, 100, 2000)]
    assert [(table["held"], table["together"]) for table in tables] == [(True, True), (True, True), (False, False)]


def test_long_headings_are_not_repeated_on_each_page():
    columns = (Column("word " * 200), Column("word " * 200))
    assert [data(Table("t", "T", grid))[0]["repeated"] for grid in (SMALL, SMALL._replace(columns=columns))] == [
        True,
        False,
    ]


def test_a_long_table_may_break_and_a_row_of_more_than_a_third_of_a_page_too():
    row = (Cell("word " * 900), Cell("1"))
    (table,) = data(Table("t", "T", SMALL._replace(rows=(row, *SMALL.rows * 60))))
    assert table["together"] is False
    assert [row["whole"] for row in table["rows"]] == [False, *[True] * 60]


@pytest.mark.parametrize(
    ("inches", "width"),
    [((3.0, 2.0), 216.0), ((7.2, 4.0), UPRIGHT), ((0.5, 6.0), 36.0), ((100.0, 1.0), UPRIGHT)],
)
def test_a_picture_is_as_drawn_unless_it_would_leave_the_page(inches, width):
    assert data(replace(PICTURE, inches=inches))[0]["width"] == pytest.approx(width)


def runs(*sections: Section) -> list[tuple[bool, list[str]]]:
    """Of each run of pages: whether it lies, and its blocks, a heading by its words."""
    return [(run["lying"], [block["text"] if block["kind"] == "heading" else block["kind"] for block in run["blocks"]])
            for run in page_runs(document(*sections))]  # fmt: skip


def test_headings_and_sentences_go_where_their_wide_table_goes_and_no_further():
    text, wide = Paragraph("x"), Table("w", "W", WIDE)
    part = chapter(text, wide, wide, text, anchor="c", level=2)
    assert runs(chapter(text, Items(("y",)), anchor="a"), chapter(anchor="b", parts=(part,))) == [
        (False, ["1 Title a", "paragraph", "items"]),
        (True, ["1 Title b", "1 Title c", "paragraph", "table", "table"]),
        (False, ["paragraph"]),
    ]


def test_a_picture_keeps_its_sentences_upright_before_a_wide_table():
    text = Paragraph("x")
    assert runs(chapter(text, PICTURE, text, Table("w", "W", WIDE))) == [
        (False, ["1 Title a", "paragraph", "figure"]),
        (True, ["paragraph", "table"]),
    ]


def test_english_within_another_language_is_cut_out_wherever_it_stands():
    note, short = "Paid twice a year, in cash", "Cash"
    grid = Grid("T", (Column("A"), Column("B")), ((Cell("a"), Cell(short, "e", note)),), f"e : estimation. {note}")
    told = chapter(Paragraph(f"Soit : {note}"), Items((note, f"{short} et plus")), Table("t", "T", grid, short))
    made = document(told, english=frozenset({note, short}))
    (run,) = json.loads(typst_data(made))["runs"]
    _heading, paragraph, items, table = run["blocks"]
    assert paragraph["text"] == [["Soit : ", False], [note, True]]
    assert items["items"] == [[[note, True]], f"{short} et plus"]  # a short text is known where it stands alone
    assert table["rows"][0]["cells"] == [["a", "", ""], [[[short, True]], "e", [[note, True]]]]
    assert table["notes"] == [[["e : estimation. ", False], [note, True]], [[short, True]]]
    assert json.loads(typst_data(replace(made, english=frozenset())))["runs"] == json.loads(json.dumps(page_runs(made)))
