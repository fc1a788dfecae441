"""Text of a CSV file as cells with their lines; what is no UTF-8 or no table is named with its line, once a table."""

from pathlib import Path

import pytest
from small_pack import edit, population, problems

from nasssap_lib.pack import cells
from nasssap_lib.pack.cells import read_cells
from nasssap_lib.pack.reader import read_pack


@pytest.fixture
def read(tmp_path):
    """Cells and problems of a text under the name of a table."""

    def read_text(text, name="scheme_figures.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_cells(path, name)

    return read_text


def test_bytes_that_are_not_utf8_are_named_with_their_line(pack_folder):
    path = pack_folder / "schemes.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("Caisse", "Caisse générale").encode("latin-1"))
    found = problems(pack_folder)
    assert [(problem.file, problem.row) for problem in found] == [("XTS/schemes.csv", 2)]
    assert "UTF-8" in found[0].expected


def test_lines_are_those_of_the_file_also_after_a_cell_with_a_line_break(pack_folder):
    edit(pack_folder / "indicators.csv", "observed,OLD,\n", 'observed,OLD,"two\nlines"\n')
    edit(pack_folder / "indicators.csv", "50,thousand_persons", "fifty,thousand_persons")
    assert [problem.row for problem in problems(pack_folder)] == [9]


@pytest.mark.parametrize("line", ["sep=,\r\n", '"sep=,"\n', "SEP=,,,\n", "\n\n"])
def test_a_line_before_the_header_is_passed_over_and_counted(read, line):
    found, problems = read(line + "id,name\na,b\n\nc,d\n", "other.csv")
    start = line.count("\n")
    assert problems == [] and list(found.frame) == ["id", "name"]
    assert (found.head, found.lines) == (start + 1, [start + 2, start + 4])


@pytest.mark.parametrize(
    ("name", "encoding"), [("semicolons", "utf-8"), ("tabs", "utf-8"), ("tabs", "utf-16"), ("commas", "utf-16")]
)
def test_what_excel_saves_in_other_dialects_is_the_same_table(pack_folder, name, encoding):
    before = read_pack("XTS", pack_folder.parent)
    for path in (pack_folder / "population.csv", pack_folder / "indicators.csv"):
        text = path.read_text(encoding="utf-8").replace(",", {"semicolons": ";", "tabs": "\t", "commas": ","}[name])
        path.write_bytes(text.replace("14.5", "14,5" if name != "commas" else "14.5").encode(encoding))
    after = read_pack("XTS", pack_folder.parent)
    assert after.facts.equals(before.facts) and after.population.equals(before.population)


def test_an_ambiguous_table_is_named_once(read):
    rows = "".join(f"a;{year};1,234\n" for year in range(2000, 2020))
    found, (problem,) = read("scheme;year;value\n" + rows)
    assert found is None and (problem.row, problem.column, problem.value) == (1, "value", "1,234")
    assert "line 2" in problem.expected and "1234.5" in problem.hint


def test_empty_columns_and_rows_of_a_spreadsheet_are_passed_over(read):
    wide = ["," * 300, "id,name,," + "," * 297, "a,b,," + "," * 297, "," * 300, "c,,,"]
    found, problems = read("\n".join(wide) + "\n", "other.csv")
    assert problems == [] and found.frame.to_dict("list") == {"id": ["a", "c"], "name": ["b", ""]}
    assert (found.head, found.lines) == (2, [3, 5])


def test_columns_without_a_name_that_hold_something_are_named_as_the_spreadsheet_calls_them(read):
    _, (problem,) = read("id,,name,,\na,,b,,\nc,x,d,,y\n", "other.csv")
    assert (problem.row, problem.value) == (1, "2 columns without a name (B, E)")
    assert "'x' stands there in line 3" in problem.hint


def test_a_column_twice_is_named_with_both_places(read):
    _, (problem,) = read("id,name,Id \na,b,c\n", "schemes.csv")
    assert (problem.row, problem.column, problem.expected) == (1, "id", "each column once")
    assert "the columns A and C" in problem.hint


def test_a_header_in_capital_letters_with_spaces_of_any_kind_is_that_of_the_schema(pack_folder):
    path = pack_folder / "population.csv"
    edit(path, "year,sex,age_group,persons", "\xa0Year , SEX,Age Group,persons\xa0")
    assert len(read_pack("XTS", pack_folder.parent).population) == 126


def test_age_groups_that_became_dates_are_read(pack_folder):
    before = read_pack("XTS", pack_folder.parent).population
    text = population().replace(",5-9,", ",05-Sep,", 1).replace(",5-9,", ",mai-09,", 1).replace(",10-14,", ",14-oct.,")
    (pack_folder / "population.csv").write_text(text.replace("100+", "100 and over"), encoding="utf-8")
    assert read_pack("XTS", pack_folder.parent).population.equals(before)


def test_an_open_last_age_group_is_named_once_with_what_to_do(pack_folder):
    old = ("85-89", "90-94", "95-99", "100+")
    rows = [row.replace("80-84", "80+") for row in population().splitlines() if row.split(",")[2] not in old]
    (pack_folder / "population.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (problem,) = problems(pack_folder)
    assert (problem.row, problem.column, problem.value) == (18, "age_group", "80+")
    assert "World Population Prospects" in problem.hint


def test_a_typographic_minus_is_a_minus_and_cells_are_in_one_normal_form(read):
    found, _ = read('scheme,detail,value\na,Se\u0301ne\u0301gal,\u22123.5\nb,"two\r\nlines",1\n')
    assert found.frame["value"].tolist() == ["-3.5", "1"]
    assert found.frame["detail"].tolist() == ["Sénégal", "two\nlines"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (",".join(f"c{i}" for i in range(200_000)), "a header of at most"),
        (",".join(f"c{i}" for i in range(300)) + "\n", "at most 200 columns"),
        ("id\n" + "," * 300 + "x\n", "at most 200 columns"),
        ('id\n"open\n', "a line of CSV"),
        ("\n \n", "a header line"),
        ("", "a header line"),
        ("id\n" * 2 + "\n" * 1_000_000, "at most 1,000,000 lines"),
        ("id,name\na,b\n".encode("utf-16-le"), "text in UTF-8"),
        (b"\xff\xfei\x00d", "text in UTF-8"),
    ],
)
def test_what_is_no_table_or_more_than_one_is_named_once(read, text, words):
    found, (problem,) = read(text, "schemes.csv")
    assert found is None and problem.expected.startswith(words)


def test_a_table_with_more_rows_than_any_country_needs_is_refused_with_a_sentence(read, monkeypatch):
    monkeypatch.setattr(cells, "MAX_ROWS", 3)
    assert read("id\n1\n2\n3\n", "other.csv")[1] == []
    _, (problem,) = read("id\n1\n2\n3\n4\n", "other.csv")
    assert (problem.row, problem.expected) == (5, "at most 3 rows in a table")


def test_a_file_of_a_spreadsheet_with_a_byte_order_mark_is_read(pack_folder):
    path = pack_folder / "schemes.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_pack("XTS", pack_folder.parent).schemes) == 1


def test_a_table_that_the_system_does_not_let_us_read_is_named_beside_all_other_problems(pack_folder, monkeypatch):
    """Root may read everything: the refusal is played."""
    read = Path.read_bytes

    def refused(path):
        if path.name == "schemes.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    edit(pack_folder / "indicators.csv", "50,thousand_persons", "fifty,thousand_persons")
    monkeypatch.setattr(Path, "read_bytes", refused)
    named = {problem.file: problem.expected for problem in problems(pack_folder)}
    assert named["XTS/schemes.csv"] == "a file that can be read" and "XTS/indicators.csv" in named


@pytest.mark.parametrize(
    ("start", "words"), [(b"PK\3\4\x14\0\x06\0", "a workbook"), (b"\xd0\xcf\x11\xe0", "an old Excel"), (b"%PDF-1.7", "a PDF")]
)  # fmt: skip
def test_another_document_under_the_name_of_a_table_is_told_in_one_line(tmp_path, start, words):
    (tmp_path / "indicators.csv").write_bytes(start + b"\0\xff" * 50)
    cells, (problem,) = read_cells(tmp_path / "indicators.csv", "XTS/indicators.csv")
    assert cells is None and problem.value.startswith(words) and "CSV UTF-8" in problem.hint


def test_a_header_that_stands_twice_is_told_once(pack_folder):
    path = pack_folder / "indicators.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], lines[0].upper(), *lines[1:]]), encoding="utf-8")
    (problem,) = problems(pack_folder)
    assert (problem.row, problem.expected, problem.hint) == (2, "the header once, above all rows", "delete this line")
