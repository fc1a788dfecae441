"""Sheets that come back as people's programs save them: still the same answers, or one message with the remedy."""

import unicodedata
import warnings

import openpyxl
import pytest
from dialogue_tools import UNIONS, cells, fill, form_of, rewritten, write_sheet

from nasssap_lib.dialogue.sheet_reader import read_dialogue_sheet
from nasssap_lib.dialogue.sheet_writer import Group
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
    book, (title, cell) = openpyxl.load_workbook(sheet), cells(sheet)["weight:cost", "value"]
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
