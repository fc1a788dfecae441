"""The matrix read back: what its cells say, and every kind of bad input by sheet and cell."""

import shutil
from datetime import datetime

import openpyxl
import pytest
from plans import plan_of
from recalculated import by_office
from returned_plans import LETTERS, NEW, came_back, filled, first_row, place, refused, training_plan, written
from stories import pack_of
from workbook_parts import with_part

from nasssap_lib.action_plan.sheet_columns import plan_rows
from nasssap_lib.action_plan.sheet_reader import read_plan, read_plan_meta
from nasssap_lib.display.texts import in_language
from nasssap_lib.display.workbooks import problem_words
from nasssap_lib.pack.workbooks import WorkbookError


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """The plan of the training country, which nobody changes."""
    return training_plan(tmp_path_factory.mktemp("plan"))


@pytest.fixture
def path(original, tmp_path):
    """A copy of it."""
    first_row.cache_clear()
    return tmp_path / shutil.copy(original, tmp_path)


def wrong(path, pack=None):
    return refused(lambda: came_back(path, pack or pack_of("XTC")))


@pytest.mark.parametrize("language", ["en", "fr", "es", "qps"])
def test_what_nobody_changed_says_what_the_pack_says_in_any_language(tmp_path, language):
    pack = pack_of("XTC")
    returned = came_back(written(tmp_path, pack, language), pack)
    assert {row.id: row.texts for row in returned.rows} == plan_rows(pack.activities) == returned.written


@pytest.mark.parametrize("country", ["SEN", "ZMB"])
def test_empty_rows_are_no_activities(tmp_path, country):
    assert came_back(written(tmp_path, pack_of(country), "fr"), pack_of(country)).rows == []


def test_an_emptied_row_is_left_out_and_a_new_one_has_no_number_yet(path):
    empty = dict.fromkeys(set(LETTERS) - {"id"})
    rows = came_back(
        filled(path, (3, empty), (13, NEW | {"start": datetime(2027, 2, 1), "cost": "12,5"})), pack_of("XTC")
    ).rows
    assert "a04" not in [row.id for row in rows] and len(rows) == 13
    new = rows[-1]
    assert (new.id, new.texts["start"], new.texts["cost"], new.texts["quality"]) == (
        "",
        "2027-02",
        "12.5",
        "illustrative",
    )
    assert f"C{new.number}" == place(path, "name", 13)


def test_rows_and_columns_may_be_moved_whole(path):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    first = first_row(path)
    for at in range(2, 19):
        sheet.cell(first, at).value, sheet.cell(first + 5, at).value = (
            sheet.cell(first + 5, at).value,
            sheet.cell(first, at).value,
        )
    for row in range(1, first + 13):  # cost and share change places
        sheet.cell(row, 10).value, sheet.cell(row, 11).value = sheet.cell(row, 11).value, sheet.cell(row, 10).value
    book.save(path)
    rows = came_back(path, pack_of("XTC")).rows
    assert {row.id: row.texts for row in rows} == plan_rows(pack_of("XTC").activities)
    assert rows[0].id == "a06"


WRONG = [  # one in each row
    ("cost", "much", "a_number"),
    ("cost", True, "a_number"),
    ("financed", 120, "number_between"),
    ("financed", 0.9, "number_between"),
    ("progress", -5, "number_between"),
    ("measure", "A pension for cats", "option_of_list"),
    ("quality", "good", "quality_of_list"),
    ("name", None, "every_activity_has"),
    ("institution", "  ", "every_activity_has"),
    ("end", None, "every_activity_has"),
    ("quality", None, "every_activity_has"),
    ("source", None, "every_activity_has"),
    ("id", "a02", "number_once"),
]


def test_what_cannot_be_taken_is_named_by_its_cell(path):
    told = wrong(filled(path, *((at, {column: value}) for at, (column, value, _code) in enumerate(WRONG))))
    assert told == [(place(path, column, at), code) for at, (column, _value, code) in enumerate(WRONG)]


def test_a_new_activity_states_its_quality_and_source(path):
    told = wrong(filled(path, (13, {name: NEW[name] for name in ("name", "institution", "start", "end")})))
    assert told == [(place(path, name, 13), "every_activity_has") for name in ("quality", "source")]


def test_a_formula_is_refused_once_wherever_it_stands(path):
    book, cells = openpyxl.load_workbook(path), []
    for at, formula in enumerate(["=1+1", '=HYPERLINK("http://x","y")', "=A1"]):
        for column in ("name", "cost", "start", "measure"):
            cells.append(place(path, column, at))
            book.worksheets[0][cells[-1]] = formula
    book.save(path.with_name("formula.xlsx"))
    assert sorted(wrong(path.with_name("formula.xlsx"))) == sorted((cell, "value_not_formula") for cell in cells)


def test_a_formula_on_a_sheet_that_is_not_read_hurts_nobody(path):
    book = openpyxl.load_workbook(path)
    book.worksheets[1]["D30"] = "=1+1"
    book.save(path)
    assert len(came_back(path, pack_of("XTC")).rows) == 13


def test_an_error_is_refused(path):
    book = openpyxl.load_workbook(path)
    book.worksheets[0][place(path, "cost", 2)] = "#DIV/0!"
    book.save(path)
    assert wrong(path) == [(place(path, "cost", 2), "value_not_error")]


def test_what_stands_beside_the_columns_would_be_lost_and_is_named(path):
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(first_row(path), 21).value = "please call me"
    book.save(path)
    assert wrong(path) == [(f"U{first_row(path)}", "beside_matrix")]


def test_a_sheet_with_another_name_and_a_column_taken_out_are_named(path):
    book = openpyxl.load_workbook(path)
    book.worksheets[0].title = "Mine"
    book.save(path.with_name("renamed.xlsx"))
    with pytest.raises(
        WorkbookError, match="renamed.xlsx: expected a sheet named 1 Plan; give the sheet its name again"
    ):
        came_back(path.with_name("renamed.xlsx"), pack_of("XTC"))
    book.worksheets[0].title = "1 Plan"
    book.worksheets[0].delete_cols(10)
    book.save(path.with_name("without.xlsx"))
    with pytest.raises(WorkbookError, match="1 Plan: expected the column cost of activities.csv"):
        came_back(path.with_name("without.xlsx"), pack_of("XTC"))
    book.worksheets[0].delete_rows(1)
    book.worksheets[0].delete_cols(1)
    book.save(path.with_name("bare.xlsx"))
    assert [code for _cell, code in wrong(path.with_name("bare.xlsx"))] == ["plan_column"] * 17 + ["plan_heads"]


def test_other_workbooks_versions_and_countries_say_what_to_do(path, tmp_path):
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(
        WorkbookError, match="an action plan that nasssap plan wrote; this workbook is another; write it again"
    ):
        read_plan_meta(tmp_path / "other.xlsx")
    with pytest.raises(WorkbookError, match="'XTC' — expected the action plan of a country whose pack is here"):
        came_back(path, pack_of("SEN"))
    for cell, value, words in (("B2", "7", "version 1"), ("B3", "../x", "a country whose pack is here")):
        book = openpyxl.load_workbook(path)
        book["nasssap"][cell] = value
        book.save(tmp_path / "meta.xlsx")
        with pytest.raises(WorkbookError, match=words):
            read_plan_meta(tmp_path / "meta.xlsx")


def test_links_macros_passwords_and_bombs_are_refused(path):
    with pytest.raises(WorkbookError, match="needs no other one"):
        came_back(with_part(path, "xl/externalLinks/externalLink1.xml", b"<externalLink/>"), pack_of("XTC"))
    with pytest.raises(WorkbookError, match="without macros"):
        read_plan_meta(with_part(path, "xl/vbaProject.bin", b"macro"))
    with pytest.raises(WorkbookError, match="unfold"):
        read_plan_meta(with_part(path, "xl/theme/big.xml", b" " * 30_000_000))
    locked = path.with_name("locked.xlsx")
    locked.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(5_000))
    with pytest.raises(WorkbookError, match="not one with a password"):
        read_plan_meta(locked)
    locked.write_bytes(path.read_bytes()[:3_000])
    with pytest.raises(WorkbookError, match="this one is broken"):
        read_plan_meta(locked)
    locked.write_bytes(b"PK" + bytes(6_000_000))
    with pytest.raises(WorkbookError, match="a file of at most 5"):
        read_plan_meta(locked)


def test_far_too_many_rows_are_not_read(path):
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(5_000, 3).value = "far below"
    book.save(path)
    assert wrong(path) == [("C5000", "rows_up_to")]


def test_all_that_is_wrong_is_named_together_in_the_language_that_is_asked_for(path):
    copy = filled(path, (0, {"cost": "much"}), (1, {"financed": 700}), (2, {"end": None}))
    with pytest.raises(WorkbookError) as caught:
        came_back(copy, pack_of("XTC"))
    with in_language("fr"):
        said = [problem_words(problem) for problem in caught.value.problems]
    assert len(said) == 3 and f"1 Plan!{place(path, 'financed', 1)}" in said[1] and "un nombre de 0 à 100" in said[1]


def test_a_share_below_one_percent_that_nobody_touched_stays(tmp_path):
    pack = plan_of("a 2027-01 2027-02", a={"financed": 0.005})
    path = written(tmp_path, pack)
    first_row.cache_clear()
    assert came_back(path, pack).rows[0].texts["financed"] == "0.005"
    assert wrong(filled(path, (0, {"financed": 0.6})), pack) == [(place(path, "financed", 0), "number_between")]


def test_texts_are_taken_as_texts(path):
    copy = filled(path, (0, {"name": "=SUM(A1)", "risk": "two\nlines", "support": " UNICEF  and ILO "}))
    texts = came_back(copy, pack_of("XTC")).rows[0].texts
    assert (texts["name"], texts["risk"], texts["support"]) == ("'=SUM(A1)", "two lines", "UNICEF and ILO")


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (soffice)")
def test_a_matrix_that_libreoffice_saved_is_read_as_one_of_excel(path, tmp_path):
    saved = by_office(filled(path, (1, {"cost": 950.5})), tmp_path)
    read = {row.id: row.texts for row in read_plan(*read_plan_meta(saved), pack_of("XTC")).rows}
    rows = plan_rows(pack_of("XTC").activities)
    assert read == rows | {"a02": rows["a02"] | {"cost": "950.5"}}
