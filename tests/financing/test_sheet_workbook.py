"""The negotiating table as a file: other programs must calculate what our library does."""

import shutil

import numpy as np
import openpyxl
import pytest
from dialogue_tools import unwrapped
from negotiating_tables import COUNTRIES, FORMS, agreed_pack, all_forms, book, book_of, changed, formulas, written
from recalculated import Calculated, by_office, spoil, values_of
from stories import pack_of

from nasssap_lib.costing.economy import economy_of
from nasssap_lib.costing.measure import Measure, cost_measure
from nasssap_lib.costing.package import cost_package
from nasssap_lib.costing.targets import target_by_year
from nasssap_lib.display.texts import in_language
from nasssap_lib.financing import sheet_sources, sheet_years
from nasssap_lib.financing.sheet_cells import FIRST_YEAR
from nasssap_lib.financing.sheet_places import SHEETS
from nasssap_lib.financing.sheet_workbook import bounds_words, validation_of

NEEDS_OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (soffice)")


def differing(value_of, made, keys=SHEETS) -> list[str]:
    """Formulas of which another program has another value than ours, to nine digits."""
    wrong = []
    for sheet, cell in formulas(made):
        got = value_of(sheet.title, cell)
        if sheet.key in keys and not _alike(got, cell.value):
            wrong.append(f"{sheet.title}!{_letters(cell)} {cell.formula[:80]} ours {cell.value} got {got}")
    return wrong


def _alike(got, ours) -> bool:
    if isinstance(ours, str):
        return (got or "") == ours
    return isinstance(got, int | float) and abs(got - ours) <= 1e-9 * max(1.0, abs(ours))


def recalculated(path):
    """Values as ironcalc calculates them."""
    calculated = Calculated(path)
    return lambda sheet, cell: calculated.value(sheet, cell.row, cell.column)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_formula_recalculated_gives_our_value(country, tmp_path):
    made = book_of(country)
    path, spoilt = written(tmp_path, made), tmp_path / "spoilt.xlsx"
    assert spoil(path, spoilt) == len(formulas(made)) > 2_000
    stored = values_of(spoilt)
    assert {stored[sheet.title, _letters(cell)] for sheet, cell in formulas(made)} == {999.25}
    assert differing(recalculated(spoilt), made) == []


def test_every_form_of_a_benefit_is_carried_by_the_formulas(tmp_path):
    pack = all_forms(pack_of("XTC"))
    made = book(pack)
    known = {line.id for line in made.table.lines if np.isfinite(line.results["share_of_gdp"][1:]).any()}
    assert len(known) >= len(FORMS) - 1, "a form of which nothing is known tests nothing"
    spoilt = tmp_path / "spoilt.xlsx"
    spoil(written(tmp_path, made), spoilt)
    assert differing(recalculated(spoilt), made) == []


def random_changes(made, seed: int) -> dict:
    """Another value within its bounds for every cell that may be changed; who begins first stays, so that the years do."""
    random = np.random.default_rng(seed)
    values = {}
    for sheet in made.sheets:
        for cell in sheet.cells.values():
            allowed = cell.input
            if allowed is None or not allowed.of or allowed.choices:
                continue
            most = min(allowed.most, 3 * cell.value if cell.value else 1.0) if not allowed.whole else allowed.most
            value = random.uniform(allowed.least, max(most, allowed.least))
            values[allowed.of, allowed.parameter] = int(value) if allowed.whole else round(value, 4)
    for of in {of for of, _parameter in values}:
        for first, last in (("start_year", "full_year"), ("from_year", "to_year")):
            if (of, first) in values:
                values[of, first], values[of, last] = sorted((values[of, first], values[of, last]))
    holding = {f"pays.{source.id}": source.stock for source in made.table.sources if np.isfinite(source.stock)}
    values |= {(of, "value_central"): stock / 2 for of, stock in holding.items()}
    option = made.table.lines[0]
    return values | {(option.id, "start_year"): int(made.table.years[1])}


LONG = [
    pytest.param("XTC", 2, marks=pytest.mark.soak),  # in CI as "forms", which has more
    *(pytest.param(country, seed, marks=pytest.mark.soak) for country in (*COUNTRIES, "forms") for seed in range(3, 9)),
]


@pytest.mark.parametrize(("country", "seed"), [("SEN", 1), ("forms", 1), *LONG])
def test_whatever_is_agreed_the_table_the_scenario_and_the_library_say_the_same(country, seed, tmp_path):
    pack = all_forms(pack_of("XTC")) if country == "forms" else pack_of(country)
    made = book(pack)
    values = random_changes(made, seed)
    path = changed(written(tmp_path, made), made, values)
    after = book(agreed_pack(path, pack))
    assert differing(recalculated(path), after, ("years", "work")) == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_one_take_up_changed_costs_what_cost_measure_says(country, tmp_path):
    pack, made = pack_of(country), book_of(country)
    option = next(line.id for line in made.table.lines if line.row["group"] == "older_persons")
    path = changed(written(tmp_path, made), made, {(option, "take_up_central"): 72.5})
    row = pack.measures.set_index("id", drop=False).loc[option].to_dict() | {"take_up_central": 0.725}
    years = made.table.years[1:].tolist()
    targets = target_by_year(pack, row, range(years[0] - 1, years[-1] + 1))
    economy = economy_of(pack, [pack.settings.reference_year, *years])
    alone = cost_measure(targets, Measure.from_row(row), economy, years)["share_of_gdp"].to_numpy()
    package = cost_package(agreed_pack(path, pack), years, [option]).query("sex == 'total'")["share_of_gdp"].to_numpy()
    calculated, place = Calculated(path), made.places.row(f"alone.{option}")
    title = made.places.titles["years"]
    table = [calculated.value(title, place, FIRST_YEAR + at) / 100 for at in range(1, len(years) + 1)]
    np.testing.assert_allclose(table, alone, rtol=1e-9)
    np.testing.assert_allclose(package, alone, rtol=1e-12)


def test_sources_that_draw_on_one_stock_take_turns_as_the_largest(tmp_path):
    pack, made = pack_of("XTC"), book_of("XTC")
    values = {("pays.room", "value_central"): 0.5, ("pays.credit", "value_central"): 0.9}
    path = changed(written(tmp_path, made), made, values)
    after = book(agreed_pack(path, pack))
    counted = {source.id for source in after.table.sources if source.yields.any()}
    assert "credit" in counted and "room" not in counted
    assert differing(recalculated(path), after, ("years", "table")) == []


def _letters(cell) -> str:
    return f"{openpyxl.utils.get_column_letter(cell.column + 1)}{cell.row + 1}"


@pytest.mark.soak
@NEEDS_OFFICE
@pytest.mark.parametrize("country", COUNTRIES)
def test_libreoffice_calculates_our_values_too(country, tmp_path):
    made, spoilt = book_of(country), tmp_path / "spoilt.xlsx"
    spoil(written(tmp_path, made), spoilt)
    stored = values_of(by_office(spoilt, tmp_path))
    assert differing(lambda sheet, cell: stored.get((sheet, _letters(cell))), made) == []


def test_every_formula_carries_our_value_for_viewers_that_calculate_nothing(tmp_path):
    made = book_of("ZMB")
    stored = values_of(written(tmp_path, made))
    assert differing(lambda sheet, cell: stored.get((sheet, _letters(cell))), made) == []


@pytest.mark.parametrize("country", ["SEN", "XTC"])
def test_in_the_pseudo_language_nothing_is_left_out(country):
    made = book_of(country, "qps")
    pack = pack_of(country)
    sources = {"id", "publisher", "title", "edition", "address"}
    names = {str(cell) for column in sources for cell in pack.sources[column]} | {*pack.schemes["short_name"]}
    names |= {
        *pack.measures["name"],
        *pack.financing["name"],
        *pack.financing["draws_on"],
        "public_debt",
        pack.settings.currency,
        pack.settings.name_en,
    }
    names |= {
        "nasssap scenario import",
        f"nasssap run {country} --scenario agreed",
        f"{country}_costing.xlsx --name agreed",
    }
    with in_language("qps"):
        said = [
            bounds_words(cell)
            for sheet in made.sheets
            for cell in sheet.cells.values()
            if cell.input and not cell.input.choices
        ]
    texts = [cell.value for sheet in made.sheets for cell in sheet.cells.values() if isinstance(cell.value, str)]
    faults = [
        fault for words in [*texts, *said, *made.places.titles.values()] if (fault := unwrapped(words, names - {""}))
    ]
    assert faults == []


def test_what_excel_says_of_a_cell_fits_into_its_boxes():
    for language in ("en", "fr", "es"):
        made = book_of("XTC", language)
        with in_language(language):
            rules = [validation_of(cell) for sheet in made.sheets for cell in sheet.cells.values() if cell.input]
        assert max(len(rule["error_title"]) for rule in rules) <= 32
        assert max(len(rule.get("input_message", "")) for rule in rules) <= 255
        assert max(len(title) for title in made.places.titles.values()) <= 31


def test_a_formula_that_would_be_too_long_is_fixed_in_another_colour_and_said(monkeypatch, tmp_path):
    monkeypatch.setattr(sheet_years, "LONGEST", 300)
    monkeypatch.setattr(sheet_sources, "LONGEST", 20)
    made = book(pack_of("XTC"))
    fixed = [cell for cell in made.sheet("work").cells.values() if cell.look == "fixed"]
    assert fixed and all(cell.kind == "number" for cell in fixed)
    told = " ".join(str(cell.value) for cell in made.sheet("guide").cells.values())
    assert "whom an option before it pays, for" in told and "Rural works on demand, 100 days a year." in told
    assert "how much of the space can be used, and so the gap" in told
    spoilt = tmp_path / "spoilt.xlsx"
    spoil(written(tmp_path, made), spoilt)
    assert differing(recalculated(spoilt), made) == []


def test_only_what_may_be_changed_is_unlocked(tmp_path):
    made = book_of("SEN")
    opened = openpyxl.load_workbook(written(tmp_path, made))
    open_cells = {
        (sheet.title, cell.coordinate)
        for sheet in opened.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked and not isinstance(cell, openpyxl.cell.cell.MergedCell)
    }
    inputs = {(sheet.title, _letters(cell)) for sheet in made.sheets for cell in sheet.cells.values() if cell.input}
    assert open_cells == inputs
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in opened.worksheets)
    assert opened["nasssap"].sheet_state == "veryHidden"
