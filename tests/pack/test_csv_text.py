"""What is written as CSV is read as it was meant, at whatever sign a spreadsheet splits: no formula, no row too many."""

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nasssap_lib.pack.csv_text import csv_text, inert
from nasssap_lib.run.fingerprint import LIBRARY

SIGNS = "=+-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
NUMBER = re.compile(r"[+-](\d[\d., ]*|\.\d+)(e-?\d+)?\s?%?|-", re.IGNORECASE)
ENDS = ("\r", "\n", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
PIECES = st.sampled_from([*SIGNS, *ENDS, *";,|\"'\t 1.5a", "=1+1", "HYPERLINK(1)", "\ufeff", "\u200b", "\xa0", "-5.2"])
CELLS = st.lists(PIECES, max_size=8).map("".join)


def formulas(text, delimiter):
    """Cells that a spreadsheet runs, where it splits at this sign; a number that begins a row is followed by a comma."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    cells = [
        cell.strip("\ufeff\u200b \xa0")
        for row in rows
        for cell in [re.sub(rf"^({NUMBER.pattern})(,.*)?$", "", row[0]), *row[1:]]
    ]
    return [cell for cell in cells if cell.startswith(tuple(SIGNS)) and not NUMBER.fullmatch(cell)]


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4))
@example([("Maternity benefit;=HYPERLINK(1)", "=HYPERLINK(1)")])
@example([("Child benefit\r=1+1", 'x;"=1+1')])
def test_no_cell_is_a_formula_and_no_row_is_broken_in_any_language(rows):
    text = csv_text(pd.DataFrame(rows, columns=["one", "two"], dtype=object))
    for delimiter in ",;\t|":
        assert formulas(text, delimiter) == []
    assert len(text.splitlines()) == len(rows) + 1
    assert len(pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, skip_blank_lines=False)) == len(rows)


@pytest.mark.parametrize("number", ["-5.2", "-5,2", "-1 234.5", "-1,234.5", "+3 %", "-0.5%", "-1e-05", "-.5", "-"])
def test_plain_numbers_and_a_dash_stay_as_they_are(number):
    assert inert(number) == number
    assert inert(f"from 2; {number}; to 3") == f"from 2; {number}; to 3"


@pytest.mark.parametrize("text", ["-1+2", "-5-3", "+1 77", "- see note", "-5.2;=1", "-2*A1", "-inf", "--1"])
def test_what_only_begins_like_a_number_is_none(text):
    assert formulas(inert(text), ";") == []
    assert inert(text) != text


def test_numbers_empty_cells_and_what_is_written_twice_do_not_change():
    table = pd.DataFrame(
        {"=name": ["=a", None, 3], "value": [-5.2, float("nan"), 1.0], "year": pd.array([2020, None, -1], "Int64")}
    )
    text = csv_text(table)
    assert text == "'=name,value,year\n'=a,-5.2,2020\n,,\n3,1.0,-1\n"
    again = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    assert csv_text(again) == text
    assert csv_text(table, byte_order=True) == "\ufeff" + text


def test_columns_of_one_name_and_an_odd_index_are_written_as_they_are():
    table = pd.DataFrame([["=a", 1], ["b", 2]], columns=["x", "x"], index=[7, 7])
    assert csv_text(table) == "x,x\n'=a,1\nb,2\n"
    assert csv_text(table.iloc[:0]) == "x,x\n"


def test_tables_are_written_as_csv_in_one_place_alone():
    writers = [path.name for path in LIBRARY.rglob("*.py") if ".to_csv(" in path.read_text("utf-8")]
    assert writers == ["csv_text.py"]
