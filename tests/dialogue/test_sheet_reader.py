"""Sheets that come back as people's programs save them: still the same answers, or one message with the remedy."""

import unicodedata
import warnings

import openpyxl
import pytest
from dialogue_tools import UNIONS, fill, form_of, places, rewritten, write_sheet

from nasssap_lib.dialogue.questions import BELOW
from nasssap_lib.dialogue.sheet_reader import LIMITS, read_dialogue_sheet
from nasssap_lib.dialogue.sheet_writer import Country, Group
from nasssap_lib.pack.workbooks import WorkbookError

NAME = "Confédération des travailleurs"


@pytest.fixture
def sheet(tmp_path):
    """A sheet on which 60 and 40 points were given."""
    path = write_sheet(tmp_path / "SEN_unions.xlsx", form_of("SEN"), group=Group("unions", NAME, "workers"))
    return fill(path, {"weight:cost": 60, "weight:equity": 40})


def answers(path):
    table = read_dialogue_sheet(path, "SEN")
    return dict(zip(table["question"] + "." + table["field"], table["answer"], strict=True))


def test_columns_formatted_down_to_row_60_000(sheet):
    empty = b"".join(b'<row r="%d"><c r="C%d" s="1"/><c r="D%d" s="1"/></row>' % (i, i, i) for i in range(40, 60_000))
    part = "xl/worksheets/sheet2.xml"
    before = answers(sheet)
    rewritten(sheet, lambda data: data.replace(b"</sheetData>", empty + b"</sheetData>"), part)
    assert answers(sheet) == before and before["weight:cost.value"] == "60"


def test_a_pasted_picture(sheet):
    before = answers(sheet)
    rewritten(sheet, lambda parts: parts | {"xl/media/image1.png": b"\0" * 3_300_000})
    assert answers(sheet) == before


def test_points_with_a_percent_sign_that_is_a_letter(sheet):
    book, (title, cell) = openpyxl.load_workbook(sheet), places(sheet)["weight:cost", "value"]
    for number_format, stored in (('0" %"', 60), ("0%", 0.6)):
        book[title][cell], book[title][cell].number_format = stored, number_format
        book.save(sheet)
        assert answers(sheet)["weight:cost.value"] == "60"


def test_a_name_as_a_mac_writes_it(sheet):
    fill(sheet, {"group:name": unicodedata.normalize("NFD", NAME)})
    read = answers(sheet)
    assert read["group:name.value"] == read["group:given.value"] == NAME


def test_strict_open_xml_is_one_message_with_its_remedy(sheet):
    names = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }

    def strict(parts):
        for old, new in names.items():
            parts = {name: data.replace(old, new) for name, data in parts.items()}
        return parts

    rewritten(sheet, strict)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(WorkbookError) as caught:
            read_dialogue_sheet(sheet, "SEN")
    (problem,) = caught.value.problems
    assert "Strict Open XML" in str(problem) and "Save as, Excel Workbook (.xlsx)" in str(problem)


def test_every_row_that_was_sorted_in_part_is_named(tmp_path):
    path = write_sheet(tmp_path / "a.xlsx", form_of("SEN"), group=UNIONS)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    for row in (7, 8, 9):
        sheet.cell(row, 2).value = "other words"
    book.save(path)
    with pytest.raises(WorkbookError) as caught:
        read_dialogue_sheet(path, "SEN")
    assert [(problem.sheet, problem.row, problem.column) for problem in caught.value.problems] == [
        ("2 Criteria", row, "B") for row in (7, 8, 9)
    ]


@pytest.fixture(scope="module")
def form():
    """Senegal's questions."""
    return form_of("SEN")


def write(folder, form, language="en", name="sheet.xlsx", fictional=False, **more):
    return write_sheet(folder / name, form, language, country=Country("SEN", "Senegal", fictional), **more)


def test_rows_may_be_sorted_and_sheets_renamed(tmp_path, form):
    path = fill(write(tmp_path, form), {"weight:cost": 100})
    book = openpyxl.load_workbook(path)
    sheet = next(sheet for sheet in book.worksheets if sheet["D1"].value == "value")
    sheet.title = "what we think"
    sheet.insert_rows(4)
    book.save(path)
    assert answers(path)["weight:cost.value"] == "100"


def test_what_people_type_as_a_percentage_is_one(tmp_path, form):
    path = fill(write(tmp_path, form), {"weight:cost": 0.6, "weight:equity": 0.4})
    book, (sheet, cell) = openpyxl.load_workbook(path), places(path)["weight:cost", "value"]
    book[sheet][cell].number_format = "0%"
    book.save(path)
    read = answers(path)
    assert (read["weight:cost.value"], read["weight:equity.value"]) == ("60", "0.4")


def test_rows_sorted_in_part_are_refused_and_text_below_the_questions_is_not_lost(tmp_path, form):
    path = write(tmp_path, form)
    book = openpyxl.load_workbook(path)
    sheet = book[places(path)["weight:cost", "value"][0]]
    sheet["B7"].value, sheet["B8"].value = sheet["B8"].value, sheet["B7"].value
    book.save(tmp_path / "sorted.xlsx")
    words = refused(tmp_path / "sorted.xlsx")
    assert "2 Criteria!B7" in words and "2 Criteria!B8" in words and "sorted" in words
    book = openpyxl.load_workbook(path)
    options = book.worksheets[3]
    options.cell(options.max_row + 2, 5).value = "and a pension for farmers, please"
    book.save(path)
    table = read_dialogue_sheet(path, "SEN")
    below = table[table["question"] == BELOW]
    assert below["answer"].tolist() == ["and a pension for farmers, please"]
    assert answers(path)["group:name.value"] == "Unions"


def refused(path, country="SEN"):
    with pytest.raises(WorkbookError) as caught:
        read_dialogue_sheet(path, country)
    return str(caught.value)


def test_a_sheet_of_another_country_version_or_kind_is_refused(tmp_path, form):
    path = write(tmp_path, form)
    assert "'SEN' — expected a sheet of ZMB" in refused(path, "ZMB")
    book = openpyxl.load_workbook(path)
    book["nasssap"]["B2"] = 99
    book.save(path)
    assert "version 1" in refused(path)
    plain = openpyxl.Workbook()
    plain.save(tmp_path / "plain.xlsx")
    assert "another one" in refused(tmp_path / "plain.xlsx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"<html></html>", b"\xd0\xcf\x11\xe0 password"])
def test_what_is_no_workbook_is_refused(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert "expected" in refused(path)


def test_other_kinds_of_files_and_missing_ones_are_refused(tmp_path, form):
    path = write(tmp_path, form)
    assert "Save as" in refused(path.rename(path.with_suffix(".xlsm")))
    assert "Save as" in refused(tmp_path / "none.xlsx")


def test_entities_that_unfold_are_refused(tmp_path, form):
    path = write(tmp_path, form)
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    rewritten(path, lambda data: bomb + data.split(b"?>", 1)[-1], "xl/workbook.xml")
    assert "expected" in refused(path)


def test_a_bomb_and_a_giant_are_refused_before_they_unfold(tmp_path, form):
    path = write(tmp_path, form)
    rewritten(path, lambda data: data + b" " * 60_000_000, "xl/worksheets/sheet1.xml")
    assert path.stat().st_size < LIMITS.packed
    assert "unfold to at most" in refused(path)
    giant = tmp_path / "giant.xlsx"
    giant.write_bytes(b"PK" + b"0" * (LIMITS.packed + 1))
    assert "at most" in refused(giant)


def test_a_sheet_that_is_cut_off_is_refused(tmp_path, form):
    path = write(tmp_path, form)
    rewritten(path, lambda data: data[: len(data) // 2], "xl/worksheets/sheet2.xml")
    assert "broken" in refused(path)


def test_a_million_rows_are_not_read(tmp_path, form):
    path = write(tmp_path, form)
    book = openpyxl.load_workbook(path)
    book.worksheets[1]["A1048576"] = "weight:late"
    book.save(path)
    assert "weight:late.value" not in answers(path)


@pytest.mark.parametrize("typed", ["s'oppose", "S’OPPOSE", "Opposes "])
def test_a_position_is_known_whatever_apostrophe_and_capitals_a_keyboard_gives(tmp_path, form, typed):
    option = form[1]["option"].iat[0]
    path = fill(write(tmp_path, form, "fr"), {f"option:{option}.position": typed})
    assert answers(path)[f"option:{option}.position"] == "opposes"
