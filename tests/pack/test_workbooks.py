"""Workbooks from elsewhere: plain values come out, and whatever is hostile, damaged or no value is named by sheet and cell."""

import datetime
import os
import pickle
import subprocess
import sys
import unicodedata
import warnings
import zipfile

import openpyxl
import pytest

from nasssap_lib.display.texts import in_language
from nasssap_lib.display.workbooks import problem_words
from nasssap_lib.errors import Problem
from nasssap_lib.pack.workbooks import Limits, WorkbookError, read_workbook


def workbook(folder, name="a.xlsx", **cells):
    """A workbook of two sheets; keyword arguments are cells of the first."""
    book = openpyxl.Workbook()
    book.active.title = "2 Criteria"
    for where, value in ({"A1": "criterion", "B1": "value"} | cells).items():
        book.active[where] = value
    book.create_sheet("notes")["C3"] = "a note"
    book.save(folder / name)
    return folder / name


def rewritten(path, change, name=""):
    """The workbook with its parts changed: ``change`` takes and returns name → bytes; or bytes of the part of that name."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    parts = parts | {name: change(parts[name])} if name else change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in parts.items():
            archive.writestr(entry, data)
    return path


def refused(path, **limits):
    with pytest.raises(WorkbookError) as caught:
        read_workbook(path, limits=Limits(**limits))
    return [str(problem) for problem in caught.value.problems]


def said(path, **limits):
    return [str(problem) for problem in read_workbook(path, limits=Limits(**limits)).problems]


# what comes out --------------------------------------------------------------------------------------------------------


def test_plain_values_of_every_kind_by_sheet_row_and_column(tmp_path):
    day = datetime.date(2026, 11, 26)
    path = workbook(tmp_path, A2="cost", B2=20.5, A3=True, B3=datetime.datetime(2026, 11, 26), D9=7)
    book = read_workbook(path)
    assert book.file == "a.xlsx" and list(book.sheets) == ["2 Criteria", "notes"] and book.problems == []
    rows = book.rows("2 Criteria")
    assert list(rows) == [1, 2, 3, 9]  # empty rows are no rows
    assert {column: cell.value for column, cell in rows[2].items()} == {1: "cost", 2: 20.5}
    assert [cell.kind for row in rows.values() for cell in row.values()] == [
        "text",
        "text",
        "text",
        "number",
        "truth",
        "date",
        "number",
    ]
    assert rows[3][2].value.date() == day
    assert rows[9][4].address == "2 Criteria!D9"


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("0%", 25),
        ("0.0 %", 25),
        ('0" %"', 0.25),
        (r"0\%", 0.25),
        ("General", 0.25),
        ("[Red]0%", 25),
        ("_%0", 0.25),
        ("0[$%]", 0.25),
        ("#,##0.0\\ %", 25),
        ("0;-0%", 0.25),
        ("0%;0", 25),
        ('0" %";0%', 0.25),
        ("[>0.5]0%;0", 0.25),
        ("[<=0.5]0%;0", 25),
    ],
)
def test_only_a_percent_sign_that_counts_multiplies_by_a_hundred(tmp_path, number_format, shown):
    path = workbook(tmp_path, B2=0.25)
    book = openpyxl.load_workbook(path)
    book.active["B2"].number_format = number_format
    book.save(path)
    cell = read_workbook(path).rows("2 Criteria")[2][2]
    assert (cell.shown, cell.value) == (shown, 0.25)


def test_letters_have_one_normal_form(tmp_path):
    name = "Confédération"
    path = workbook(tmp_path, A2=unicodedata.normalize("NFD", name))
    assert read_workbook(path).rows("2 Criteria")[2][1].value == name


def test_what_a_file_says_of_its_own_size_is_not_believed(tmp_path):
    path = workbook(tmp_path, B40=1)
    rewritten(path, lambda data: data.replace(b'<dimension ref="A1:B40"', b'<dimension ref="A1:A1"'), SHEET)
    assert 40 in read_workbook(path).rows("2 Criteria")


# what is no plain value ------------------------------------------------------------------------------------------------


SHEET = "xl/worksheets/sheet1.xml"


def test_all_that_is_no_value_is_named_at_once_by_sheet_and_cell(tmp_path):
    path = workbook(tmp_path, D7="=50+50", B3="#DIV/0!", A5="x" * 30)
    words = said(path, letters=20)
    assert words == [
        "a.xlsx, 2 Criteria!B3: '#DIV/0!' — expected a value, not an error; mend what it was computed from, or empty the cell",
        f"a.xlsx, 2 Criteria!A5: '{'x' * 30}' — expected at most 20 letters; shorten it",
        "a.xlsx, 2 Criteria!D7: '=50+50' — expected a value, not a formula; copy the cell, then Paste special, Values",
    ]
    cell = read_workbook(path).rows("2 Criteria")[7][4]
    assert (cell.kind, cell.value) == ("formula", "=50+50")  # its text: nothing is computed


def test_array_formulas_are_formulas(tmp_path):
    path = workbook(tmp_path, B2=openpyxl.worksheet.formula.ArrayFormula("B2:B3", "=SUM(A1:A2)"))
    (problem,) = read_workbook(path).problems
    assert (problem.sheet, problem.row, problem.column, problem.value) == ("2 Criteria", 2, "B", "=SUM(A1:A2)")


def test_a_problem_is_one_like_those_of_tables_and_travels_between_processes(tmp_path):
    (problem,) = read_workbook(workbook(tmp_path, D7="=1")).problems
    assert isinstance(problem, Problem)
    error = pickle.loads(pickle.dumps(WorkbookError([problem])))
    assert str(error) == str(problem)


def test_problems_are_said_in_the_language_that_is_spoken(tmp_path):
    (problem,) = read_workbook(workbook(tmp_path, D7="=1")).problems
    with in_language("qps"):
        words = problem_words(problem)
    assert words.startswith("⟦a.xlsx, 2 Criteria!D7: got '=1', expected ⟦a value, not a formula⟧") and words[-1] == "⟧"


def test_what_lies_beyond_the_limits_is_named_not_dropped_in_silence(tmp_path):
    path = workbook(tmp_path, A30="far", A31="farther", F2="wide", F3="wide too")
    words = said(path, rows=20, columns=5)
    assert words == [
        "a.xlsx, 2 Criteria!F2: 'wide' — expected at most 5 columns; delete what is not needed, or split the workbook",
        "a.xlsx, 2 Criteria!A30: 'far' — expected nothing below row 20; delete what is not needed, or split the workbook",
    ]


def test_links_to_other_workbooks_are_named_and_not_followed(tmp_path):
    path = rewritten(workbook(tmp_path), lambda parts: parts | {"xl/externalLinks/externalLink1.xml": b"<x/>"})
    assert said(path) == ["a.xlsx: expected a workbook that needs no other one; in Excel: Data, Edit links, Break link"]


# hostile and damaged files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"<html></html>", b"sep=;\na;b", b"\0" + os.urandom(5_000)]
)
def test_what_is_no_workbook_is_named_broken(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    empty = "a file that holds something; this one is empty; copy it again, or ask for it again"
    other = "an Excel workbook (.xlsx); open it in the program that wrote it, and save it as Excel Workbook (.xlsx)"
    broken = "a workbook that can be read; this one is broken; save it again in Excel"
    expected = empty if not content else broken if content.startswith(b"PK") else other
    assert refused(path) == [f"a.xlsx: expected {expected}"]


def test_a_password_and_an_old_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more")
    (words,) = refused(path)
    assert "password" in words and "old .xls" in words


def test_entries_with_a_password(tmp_path):
    path = workbook(tmp_path)
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1  # the flag of an encrypted entry in the list of contents
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(data)
    assert "password" in refused(path)[0]


@pytest.mark.parametrize("name", ["a.xlsm", "a.xls", "a.csv", "none"])
def test_other_kinds_of_files(tmp_path, name):
    (tmp_path / name).write_bytes(b"PK")
    assert "Save as" in refused(tmp_path / name)[0]
    assert "Save as" in refused(tmp_path / "missing.xlsx")[0]
    assert "Save as" in refused(tmp_path)[0]


def test_macros_under_any_name_are_refused(tmp_path):
    path = rewritten(workbook(tmp_path), lambda parts: parts | {"xl/vbaProject.bin": b"x"})
    assert refused(path) == ["a.xlsx: expected a workbook without macros; in Excel: Save as, Excel Workbook (.xlsx)"]
    types = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    path = rewritten(workbook(tmp_path), lambda data: data.replace(plain, types), "[Content_Types].xml")
    assert "without macros" in refused(path)[0]


def test_strict_open_xml_is_one_message_with_its_remedy_and_no_warning(tmp_path):
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    path = rewritten(
        workbook(tmp_path),
        lambda parts: {
            name: data.replace(main, b"http://purl.oclc.org/ooxml/spreadsheetml/main") for name, data in parts.items()
        },
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (words,) = refused(path)
    assert "Strict Open XML" in words and "Save as, Excel Workbook (.xlsx)" in words


def test_pictures_count_as_packed_only_and_are_never_unpacked(tmp_path):
    path = rewritten(workbook(tmp_path), lambda parts: parts | {"xl/media/image1.png": b"\0" * 30_000_000})
    assert path.stat().st_size < 100_000
    assert read_workbook(path, limits=Limits(unpacked=1_000_000)).problems == []
    with path.open("ab") as file:
        file.write(b"\0" * 200_000)
    assert "at most 0.1 MB" in refused(path, packed=100_000)[0]


def test_a_bomb_is_refused_before_it_unfolds(tmp_path):
    path = rewritten(workbook(tmp_path), lambda data: data + b" " * 60_000_000, SHEET)
    (words,) = refused(path, sheet=20_000_000)
    assert "'60.0 MB'" in words and "at most 20 MB" in words and "delete the rows below each table" in words
    path = rewritten(workbook(tmp_path), lambda data: data + b" " * 30_000_000, "xl/styles.xml")
    assert "unfold to at most 20 MB" in refused(path)[0]


def test_all_that_speaks_against_a_file_is_said_at_once(tmp_path):
    more = {"xl/vbaProject.bin": b"x", "xl/media/a.png": b"x", **{f"xl/extra{n}.xml": b"x" for n in range(30)}}
    path = rewritten(workbook(tmp_path), lambda parts: parts | more)
    words = refused(path, parts=30, sheet=10)
    assert len(words) == 3 and "macros" in words[0]


def test_columns_formatted_down_to_the_bottom_are_read(tmp_path):
    empty = b"".join(
        b'<row r="%d"><c r="C%d" s="1"/><c r="D%d" s="1"/></row>' % (row, row, row) for row in range(40, 60_000)
    )
    path = rewritten(
        workbook(tmp_path, B2=3), lambda data: data.replace(b"</sheetData>", empty + b"</sheetData>"), SHEET
    )
    book = read_workbook(path, limits=Limits(rows=1_000))
    assert book.problems == [] and book.rows("2 Criteria")[2][2].value == 3


def test_entities_and_cut_parts_are_broken(tmp_path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    path = rewritten(workbook(tmp_path), lambda data: bomb + data.split(b"?>", 1)[-1], "xl/workbook.xml")
    assert "broken" in refused(path)[0]
    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"):
        path = rewritten(workbook(tmp_path), lambda data: data[: len(data) // 2], part)
        assert "broken" in refused(path)[0], part


def test_a_damaged_archive_is_broken(tmp_path):
    whole = workbook(tmp_path).read_bytes()
    path = tmp_path / "a.xlsx"
    for cut in (len(whole) // 3, len(whole) - 10):
        path.write_bytes(whole[:cut])
        assert "broken" in refused(path)[0]
    at = whole.find(b"xl/worksheets/sheet1.xml") + 40
    path.write_bytes(whole[:at] + bytes(255 - byte for byte in whole[at : at + 20]) + whole[at + 20 :])
    assert "broken" in refused(path)[0]


@pytest.mark.parametrize("twice", [SHEET, "xl/styles.xml"])
def test_a_part_that_stands_twice_ends_in_a_table_or_a_problem(tmp_path, twice):
    path = workbook(tmp_path)
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(twice, b"<x/>")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            assert read_workbook(path).sheets
        except WorkbookError as error:
            assert error.problems


def test_too_many_sheets_are_named(tmp_path):
    book = openpyxl.Workbook()
    for _ in range(5):
        book.create_sheet()
    book.save(tmp_path / "a.xlsx")
    assert refused(tmp_path / "a.xlsx", sheets=4) == [
        "a.xlsx: '6' — expected at most 4 sheets; delete those that are not needed"
    ]


def test_packs_are_read_without_the_reader_of_workbooks():
    """Calculation loads no openpyxl through the room of packs."""
    code = "import nasssap_lib.pack.reader, nasssap_lib.coverage.gaps, sys; print('openpyxl' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"


@pytest.mark.parametrize("part", ["mimetype", "xl/workbook.bin", "word/document.xml"])
def test_other_documents_whose_name_ends_in_xlsx_are_no_workbooks(tmp_path, part):
    """OpenDocument, Excel's binary format, Word."""
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(part, "x")
    assert refused(tmp_path / "a.xlsx") == [
        "a.xlsx: expected an Excel workbook (.xlsx); open it in the program that wrote it, and save it as Excel Workbook (.xlsx)"
    ]


def test_pairs_of_a_sheet_are_texts_and_a_sheet_that_is_not_there_has_none(tmp_path):
    book = read_workbook(workbook(tmp_path, A2="schema", B2=1, A3="alone"))
    assert book.pairs("2 Criteria") == {"criterion": "value", "schema": "1"} and book.pairs("nowhere") == {}


def test_a_workbook_that_must_be_otherwise_is_refused_as_a_whole(tmp_path):
    book = read_workbook(workbook(tmp_path))
    book.must(True, "no_links", "break_links")
    with pytest.raises(WorkbookError, match="^a.xlsx: 'x{80}' — expected a workbook that needs no other one; in Excel"):
        book.must("", "no_links", "break_links", "x" * 200)
