"""The negotiating table read back: what was agreed is taken, and nothing where anything else was changed."""

import dataclasses
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from kept_workbooks import with_values
from negotiating_tables import (
    agreed_in,
    all_forms,
    book,
    book_of,
    changed,
    coordinates,
    formulas,
    input_of,
    saved,
    written,
)
from openpyxl.utils import get_column_letter
from recalculated import by_office
from stories import pack_of
from workbook_parts import with_part

from nasssap_lib.display.texts import in_language
from nasssap_lib.financing.sheet_reader import plain_formula, read_agreed, read_meta
from nasssap_lib.pack.workbooks import WorkbookError

NEW_AID = {
    ("pays.space_4", "value_central"): 0.6,
    ("pays.space_4", "from_year"): 2028,
    ("pays.space_4", "to_year"): 2030,
}


@pytest.fixture(scope="module")
def senegal(tmp_path_factory):
    """The table of Senegal as a file, which nobody changes."""
    return written(tmp_path_factory.mktemp("senegal"), book_of("SEN"))


@pytest.fixture
def table(senegal, tmp_path):
    """A copy of it."""
    return Path(shutil.copy(senegal, tmp_path))


def refused(path, pack=None) -> list[tuple[str, str]]:
    """Places and codes of all that is wrong with a workbook."""
    with pytest.raises(WorkbookError) as caught:
        agreed_in(path, pack or pack_of("SEN"))
    return [
        (problem.place.removeprefix(f"{path.name}, "), problem.expected.split(" {")[0])
        for problem in caught.value.problems
    ]


def with_cell(path, sheet: str, row: int, column: int, value):
    """A copy with one other cell."""
    return with_values(path, {(sheet, f"{get_column_letter(column)}{row}"): value}, path.parent / "changed.xlsx")


@pytest.mark.parametrize("language", ["en", "fr", "es", "qps"])
def test_a_table_that_nobody_changed_is_no_scenario_in_any_language(tmp_path, language):
    agreed = agreed_in(written(tmp_path, book_of("XTC", language), language), pack_of("XTC"))
    assert agreed.changes.empty and not agreed.scenario.measures and not agreed.scenario.financing


def test_what_was_agreed_is_told_and_taken_in_the_language_of_whoever_asks(tmp_path):
    made = book_of("SEN", "fr")
    once = next(words for code, words in input_of(made, "pays.space_4", "kind")[1].input.choices if code == "one_off")
    values = {("social_pension", "take_up_central"): 70, ("social_pension", "start_year"): 2028} | NEW_AID
    path = changed(written(tmp_path, made, "fr"), made, values | {("pays.space_4", "kind"): once})
    agreed = agreed_in(path, pack_of("SEN"))
    rows = agreed.changes.set_index(["name", "parameter"])[["before", "after"]]
    assert rows.loc[("Social pension from age 65", "take_up_central")].tolist() == [85.0, 70.0]
    assert rows.loc[("Aid and transfers from partners", "kind")].tolist() == [
        "every year",
        "once (spread over its years)",
    ]
    assert agreed.scenario.measures == {
        "social_pension": {"start_year": 2028, "take_up_central": 0.7, "take_up_low": 0.576, "take_up_high": 0.782}
    }
    assert agreed.scenario.financing == {
        "space_4": {
            "name": "Aid and transfers from partners", "option": 4, "kind": "one_off", "value_central": 0.6,
            "from_year": 2028, "to_year": 2030,
        }
    }  # fmt: skip


def test_ends_of_a_changed_yield_move_with_it_and_an_emptied_one_is_none(tmp_path):
    made = book_of("XTC")
    values = {
        ("pays.fuel", "value_central"): 0.25,
        ("pays.sugar", "value_central"): None,
        ("pays.fuel", "to_year"): None,
    }
    scenario = agreed_in(changed(written(tmp_path, made), made, values), pack_of("XTC")).scenario
    assert scenario.financing["fuel"] == {"value_central": 0.25, "value_low": 0.15, "value_high": 0.35, "to_year": 2100}
    assert scenario.financing["sugar"] == {"value_central": 0.0, "value_low": 0.0, "value_high": 0.0}


def test_a_formula_that_became_a_number_or_another_formula_is_named_by_sheet_and_cell(table):
    sheet, cell = next((sheet, cell) for sheet, cell in formulas(book_of("SEN")) if sheet.key == "years")
    place = f"{sheet.title}!{get_column_letter(cell.column + 1)}{cell.row + 1}"
    for value in (1.5, "=1+1", None):
        assert refused(with_cell(table, sheet.title, *coordinates(cell), value)) == [(place, "our_formula")]


def test_a_figure_of_the_pack_is_not_changed_at_the_table(table):
    made = book_of("SEN")
    row = made.places.row("social_pension.target")
    assert refused(with_cell(table, "5 Persons", row + 1, 8, 1e6)) == [(f"5 Persons!H{row + 1}", "our_number")]
    assert refused(with_cell(table, "3 By year", 1 + made.places.row("persons.disability_benefit"), 8, 5)) == [
        (f"3 By year!H{1 + made.places.row('persons.disability_benefit')}", "locked_cell")
    ]


def test_a_sheet_that_was_renamed_and_one_taken_out_are_named(table):
    opened = openpyxl.load_workbook(table)
    opened["1 Table"].title = "Mine"
    del opened["5 Persons"]
    with pytest.raises(WorkbookError) as caught:
        agreed_in(saved(opened, table.parent / "changed.xlsx"), pack_of("SEN"))
    first, second = str(caught.value).splitlines()
    assert "a sheet named 1 Table" in first and "a sheet named 5 Persons" in second


WRONG = [  # what is typed into a cell, and what is said of it; the cells of one row are changed together
    {
        ("cash_transfer", "take_up_central"): (31, "number_between"),  # so many are paid today
        ("cash_transfer", "amount_central"): (-1, "number_between"),
        ("cash_transfer", "start_year"): (2028.5, "year_between"),
        ("pays.space_2", "kind"): ("sometimes", "one_of_list"),
        ("social_pension", "amount_central"): (None, "number_between"),
        ("disability_benefit", "amount_central"): (True, "a_number"),
    },
    {
        ("cash_transfer", "take_up_central"): (101, "number_between"),
        ("cash_transfer", "amount_central"): ("four", "a_number"),
        ("cash_transfer", "start_year"): (2051, "year_between"),
        ("pays.space_2", "value_central"): (31, "number_between"),
    },
    {
        ("cash_transfer", "take_up_central"): (0.6, "number_between"),  # 60 % is meant
        ("cash_transfer", "amount_central"): ("=2+2", "value_not_formula"),
        ("cash_transfer", "full_year"): (2026, "year_between"),
        ("pays.space_2", "from_year"): ("soon", "a_number"),
    },
]


@pytest.mark.parametrize("typed", WRONG)
def test_what_cannot_be_typed_into_a_cell_is_refused_with_its_place(table, typed):
    made = book_of("SEN")
    said = refused(changed(table, made, {key: value for key, (value, _code) in typed.items()}))
    for key, (_value, code) in typed.items():
        _sheet, cell = input_of(made, *key)
        assert (f"1 Table!{get_column_letter(cell.column + 1)}{cell.row + 1}", code) in said


def test_years_and_money_must_fit_each_other(table):
    made = book_of("SEN")

    def codes(values: dict) -> list[str]:
        return [code for _place, code in refused(changed(table, made, values))]

    years = {("social_pension", "start_year"): 2035, ("pays.space_2", "value_central"): 0.5}
    assert sorted(codes({**years, **NEW_AID, ("pays.space_4", "to_year"): 2027})) == [
        "not_before",
        "not_before",
        "year_of_money",
    ]
    once = next(words for code, words in input_of(made, "pays.space_4", "kind")[1].input.choices if code == "one_off")
    assert codes({**NEW_AID, ("pays.space_4", "kind"): once, ("pays.space_4", "to_year"): None}) == [
        "last_year_of_money"
    ]


def test_no_more_is_taken_from_a_stock_than_it_holds(tmp_path):
    made = book_of("XTC")
    path = changed(written(tmp_path, made), made, {("pays.reserves", "value_central"): 0.5})
    assert [code for _place, code in refused(path, pack_of("XTC"))] == ["number_between"]


def test_all_that_is_wrong_is_named_together(table):
    values = {("cash_transfer", "take_up_central"): 500, ("social_pension", "amount_central"): "ten"}
    path = changed(table, book_of("SEN"), values)
    assert len(refused(with_cell(path, "4 Calculation", 8, 8, 0))) == 3


def test_a_workbook_of_another_country_or_version_of_the_pack_says_what_to_do(table):
    book_, meta = read_meta(table)
    with pytest.raises(WorkbookError, match="whose pack is here"):
        read_agreed(book_, meta, pack_of("ZMB"))
    pack = pack_of("SEN")
    newer = pack.with_tables(measures=pack.measures.assign(admin_rate=0.2))
    with pytest.raises(WorkbookError, match="figures of the pack have changed.*nasssap workbook SEN --costing"):
        read_agreed(book_, meta, newer)


def test_another_workbook_is_not_taken_for_a_table(tmp_path):
    path = saved(openpyxl.Workbook(), tmp_path / "other.xlsx")
    with pytest.raises(WorkbookError, match="a workbook that nasssap workbook wrote; this one is another"):
        read_meta(path)


def test_links_macros_and_bombs_are_refused(table):
    with pytest.raises(WorkbookError, match="needs no other one"):
        agreed_in(with_part(table, "xl/externalLinks/externalLink1.xml", b"<externalLink/>"), pack_of("SEN"))
    with pytest.raises(WorkbookError, match="without macros"):
        read_meta(with_part(table, "xl/vbaProject.bin", b"macro"))
    with pytest.raises(WorkbookError, match="unfolds|unfold"):
        read_meta(with_part(table, "xl/theme/big.xml", b" " * 30_000_000))


HOSTILE = ['=HYPERLINK("http://x","y")', "+1+1", "@SUM(1)", '"),1)*("', "'quoted", "{=1}", "<b>&amp;</b>", "a" * 300]


def test_texts_of_a_pack_are_never_formulas_and_do_not_break_any(tmp_path):
    pack = pack_of("XTC")
    names = [HOSTILE[at % len(HOSTILE)] for at in range(len(pack.measures))]
    pays = [HOSTILE[at % len(HOSTILE)] for at in range(len(pack.financing))]
    hostile = dataclasses.replace(
        pack, measures=pack.measures.assign(name=names), financing=pack.financing.assign(name=pays)
    )
    made = book(hostile)
    path = written(tmp_path, made)
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    found = [formula for sheet in sheets for formula in re.findall(r"<f>(.*?)</f>", sheet)]
    assert len(found) == len(formulas(made))
    assert not any("HYPERLINK" in formula or "SUM(1)" in formula for formula in found)
    assert agreed_in(path, hostile).changes.empty


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (soffice)")
@pytest.mark.parametrize(("country", "language"), [("XTC", "en"), ("SEN", "fr"), ("forms", "es")])
def test_a_table_that_libreoffice_saved_is_read_as_one_of_excel(tmp_path, country, language):
    pack = all_forms(pack_of("XTC")) if country == "forms" else pack_of(country)
    made = book(pack, language)
    option = made.table.lines[0].id
    path = changed(written(tmp_path, made, language), made, {(option, "take_up_central"): 61.5})
    agreed = agreed_in(by_office(path, tmp_path), pack)
    assert agreed.changes[["of", "parameter", "after"]].values.tolist() == [[option, "take_up_central", 61.5]]


def test_what_programs_write_in_different_ways_is_the_same_formula():
    assert plain_formula("='1 Table'!$C$8*2") == plain_formula("= '1 Table'!C8 * 2") != plain_formula("='1 Table'!C9*2")
    assert plain_formula('="a b"') != plain_formula('="ab"')


def test_problems_are_said_in_the_language_that_is_asked_for(table):
    from nasssap_lib.display.workbooks import problem_words

    path = changed(table, book_of("SEN"), {("cash_transfer", "take_up_central"): 20})
    with pytest.raises(WorkbookError) as caught:
        agreed_in(path, pack_of("SEN"))
    with in_language("fr"):
        words = problem_words(caught.value.problems[0])
    assert "1 Table!F13" in words and "un nombre de 32 à 100" in words
