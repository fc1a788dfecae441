"""Cells of the matrix: a value of the pack that is written and read back is the same one."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import ALL, pack_of

from nasssap_lib.action_plan.sheet_columns import (
    BY_NAME,
    COLUMNS,
    head_words,
    known_codes,
    one_text,
    option_words,
    plan_rows,
    quality_words,
    shown,
    taken,
)
from nasssap_lib.display.texts import in_language, languages
from nasssap_lib.names import alike
from nasssap_lib.pack.schema import ACTIVITIES
from nasssap_lib.pack.workbooks import Cell


def said(column: str, value, kind: str = "text", percent: bool = False, codes=None):
    return taken(BY_NAME[column], Cell("1 Plan", 7, 3, value, kind, percent), codes or {})


def test_the_matrix_has_every_column_of_the_plan():
    assert list(BY_NAME) == ACTIVITIES.names and len(COLUMNS) == 17


def test_a_cost_names_its_currency():
    with in_language("fr"):
        assert head_words("cost", "XOF") == "Coût, millions de XOF" and head_words("id", "XOF") == "N°"


@pytest.mark.parametrize(
    ("value", "kind", "month"),
    [
        ("2027-03", "text", "2027-03"),
        ("03/2027", "text", "2027-03"),
        ("3.2027", "text", "2027-03"),
        ("2027", "text", "2027"),
        (2027, "number", "2027"),
        (datetime(2027, 3, 1), "date", "2027-03"),
        (date(2027, 3, 15), "date", "2027-03-15"),
        ("13/2027", "text", "13/2027"),  # no month: the pack's own check says so
        (time(8, 30), "date", "08:30:00"),
    ],
)
def test_months_as_people_and_spreadsheets_write_them(value, kind, month):
    assert said("start", value, kind).text == month


@pytest.mark.parametrize(
    ("value", "kind", "percent", "text", "expected"),
    [
        (80, "number", False, "0.8", ""),
        (0.8, "number", True, "0.8", ""),
        (12.5, "number", False, "0.125", ""),
        ("45 %", "text", False, "0.45", ""),
        (0, "number", False, "0", ""),
        (100, "number", False, "1", ""),
        (101, "number", False, "1.01", "number_between"),
        (-1, "number", False, "-0.01", "number_between"),
        (0.8, "number", False, "0.008", "number_between"),
        ("most", "text", False, "most", "a_number"),
        (True, "truth", False, "True", "a_number"),
    ],
)
def test_shares_are_typed_in_percent(value, kind, percent, text, expected):
    found = said("financed", value, kind, percent)
    assert (found.text, found.expected.partition(" ")[0]) == (text, expected)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1 200,5", "1200.5"),
        ("1\N{NARROW NO-BREAK SPACE}200", "1200"),
        ("12\xa0345.5", "12345.5"),
        ("1 234 567", "1234567"),
        ("450", "450"),
    ],
)
def test_thousands_may_stand_in_groups(value, text):
    found = said("cost", value)
    assert (found.text, found.expected) == (text, "")


@pytest.mark.parametrize("value", ["1 20", "12 00", "1 2345", "1,200,000", "1 200 million", "1.200,5"])
def test_what_could_be_read_in_two_ways_is_no_number(value):
    assert said("cost", value).expected == "a_number"


def test_ids_are_separated_as_people_do():
    assert (
        said("depends_on", "a01, a03;a04\na05").text == "a01;a03;a04;a05"
        and said("depends_on", 7, "number").text == "7"
    )


def test_an_option_is_known_by_its_name_in_every_language_and_by_its_id():
    codes = known_codes(pack_of("XTC"))
    for language in languages():
        with in_language(language, pack_of("XTC").translations(language)):
            for code, words in option_words(pack_of("XTC")).items():
                assert said("measure", words.upper(), codes=codes).text == code
    assert said("measure", "child_benefit", codes=codes).text == "child_benefit"
    assert said("measure", "le plan entier", codes=codes).text == "" == said("measure", "", codes=codes).text
    assert said("measure", "a pension for cats", codes=codes).expected == "option_of_list"


def test_options_of_one_name_are_told_apart_by_their_id():
    pack = pack_of("XTC")
    same = pack.with_tables(measures=pack.measures.assign(name="Grant"))
    assert set(option_words(same).values()) == {f"Grant ({code})" for code in same.measures["id"]}
    assert said("measure", "grant (pension_65)", codes=known_codes(same)).text == "pension_65"


def test_real_countries_have_no_illustrations():
    assert "illustrative" in quality_words(True) and "illustrative" not in quality_words(False)
    assert said("quality", "illustrative", codes=known_codes(pack_of("SEN"))).expected == "quality_of_list"
    assert said("quality", "hypothèse", codes=known_codes(pack_of("SEN"))).text == "assumed"


@pytest.mark.parametrize("country", ALL)
def test_words_of_a_list_are_of_one_code_each(country):
    pack = pack_of(country)
    options = option_words(pack)
    assert len({alike(words) for words in options.values()}) == len(options) == len(pack.measures)


@given(st.decimals(0, 1, places=6), st.decimals(0, 10**9, places=3))
def test_numbers_come_back_as_they_were(share, cost):
    for name, value in (("progress", float(share)), ("cost", float(cost))):
        text = one_text(BY_NAME[name], value)
        cell = Cell("1 Plan", 7, 3, shown(BY_NAME[name], text, {}, {}), "number")
        assert float(taken(BY_NAME[name], cell, {}).text) == pytest.approx(value, rel=1e-11, abs=0)


@pytest.mark.parametrize("sign", list("=+-@"))
def test_a_text_that_a_spreadsheet_would_run_is_made_inert(sign):
    assert said("name", f"{sign}cmd|' /C calc'!A0").text.startswith("'" + sign)


def test_rows_of_a_plan_are_the_same_in_one_form():
    pack = pack_of("XTC")
    rows = plan_rows(pack.activities)
    assert list(rows) == pack.activities["id"].tolist()
    assert rows["a04"]["depends_on"] == "a01;a03" and rows["a04"]["cost"] == "520" and rows["a04"]["financed"] == "0.4"
    assert rows["a06"]["measure"] == rows["a06"]["finance_source"] == ""
