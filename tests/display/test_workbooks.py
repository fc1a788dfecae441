"""Cells of a workbook: a text never becomes a formula, only answers can be changed, and rows are as high as their text."""

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.display.texts import in_language
from nasssap_lib.display.workbooks import (
    finish,
    lines_of,
    open_sheet,
    problem_words,
    put,
    put_answer,
    put_header,
    put_title,
    save_book,
)  # fmt: skip
from nasssap_lib.pack.workbooks import SheetProblem


@pytest.fixture
def sheet():
    """A sheet of three columns."""
    page = openpyxl.Workbook().active
    open_sheet(page, [20, 40, 10])
    return page


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "{=1}"])
def test_a_text_stays_a_text_also_after_saving(sheet, tmp_path, text):
    put(sheet, 2, 2, text)
    sheet.parent.save(tmp_path / "a.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx").active["B2"]
    assert (cell.data_type, cell.value) == ("s", text)


def test_numbers_stay_numbers(sheet):
    assert put(sheet, 2, 2, 0.25).data_type == "n"


def test_only_answers_can_be_changed_and_ids_are_out_of_sight(sheet):
    put(sheet, 2, 2, "a question")
    put_answer(sheet, 2, 3)
    finish(sheet)
    assert sheet.protection.sheet and not sheet.protection.password
    assert sheet["B2"].protection.locked and not sheet["C2"].protection.locked
    assert sheet.column_dimensions["A"].hidden and sheet.row_dimensions[1].hidden
    assert [sheet.column_dimensions[name].width for name in "BCD"] == [20, 40, 10]


def test_a_title_and_its_sentences_stand_one_below_the_other_over_all_columns(sheet):
    free = put_title(sheet, 2, "Title", ["short", "word " * 60], 3)
    assert free == 6  # title in 2, sentences in 3 and 4, one row left free
    assert [str(cells) for cells in sheet.merged_cells.ranges] == ["B3:D3", "B4:D4"]
    short, long = (sheet.row_dimensions[row].height for row in (3, 4))
    assert long >= 4 * short  # 300 letters over columns of 70


def test_a_header_is_as_high_as_its_tallest_head(sheet):
    put_header(sheet, 3, ["one", "two", "a head that needs several lines in ten letters"])
    assert sheet.row_dimensions[3].height > 5 * 15.5


@given(st.lists(st.text("ab", min_size=1, max_size=30), min_size=1, max_size=20), st.integers(5, 60))
def test_lines_are_enough_for_the_letters_and_never_more_than_words_and_their_pieces(words, letters):
    lines = lines_of(" ".join(words), letters)
    assert lines * letters >= sum(map(len, words))
    assert lines <= sum(1 + (len(word) + 1) // letters for word in words) + 1


def test_what_is_wrong_with_a_file_is_said_with_or_without_a_value():
    whole = SheetProblem("a.xlsx", 0, "", "", "value_not_formula", "paste_values")
    assert problem_words(whole).startswith("a.xlsx: expected a value, not a formula")
    with in_language("qps"):
        assert problem_words(whole).startswith("⟦") and problem_words(whole).endswith("⟧")


def test_a_saved_workbook_names_no_person_and_opens(sheet, tmp_path):
    path = save_book(tmp_path / "new" / "a.xlsx", sheet.parent)
    read = openpyxl.load_workbook(path)
    assert (read.properties.creator, read.properties.lastModifiedBy) == ("nasssap", "nasssap")
