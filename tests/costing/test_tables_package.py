"""Tables of a package as a reader sees them."""

import re

import numpy as np
import pytest
from costing_tables import rows_of
from stories import pack_of

from nasssap_lib import costing
from nasssap_lib.costing.milestones import options_in_year
from nasssap_lib.display.numbers import format_persons, format_share


@pytest.fixture(scope="module")
def senegal():
    pack = pack_of("SEN")
    costs = costing.cost_package(pack)
    return pack, costs, costing.milestones_of(costs, pack.measures)


def test_an_option_is_one_row_with_gross_replaced_and_net(senegal):
    pack, costs, at = senegal
    rows = rows_of(costing.package_table(costs, at))
    assert len(rows) == 1 + len(pack.measures)
    row = next(row for row in rows if "PNBSF" in row)
    cash = options_in_year(costs, at.mature).loc["cash_transfer"]
    for share in (cash["share_of_gdp"], cash["net_share_of_gdp"], cash["replaced"]):
        assert format_share(share, 2) in row
    assert "still under the old rules in 2027" in row and "no GDP was published" not in row
    assert len(costing.package_table(costs, at).data) == len(costs)  # all years, women and men, in the CSV


def test_women_and_men_stand_below_their_sum(senegal):
    _, costs, at = senegal
    women, men = (options_in_year(costs, at.mature, sex).loc["social_pension", "persons"] for sex in ("female", "male"))
    row = next(row for row in rows_of(costing.persons_table(costs, costing.shown_years(at))) if "Social pension" in row)
    assert f"female {format_persons(women)}, male {format_persons(men)}" in row
    assert "n/a" not in row


def test_money_is_of_the_last_year_that_has_some(senegal):
    _, costs, at = senegal
    table = costing.money_table(costs, at, "XOF")
    year = int(costs.loc[costs["total"].notna(), "year"].max())
    assert str(year) in table.title and set(table.data["year"]) == {year}
    assert costing.money_table(costs.assign(total=np.nan), at, "XOF").rows.empty


def test_bands_are_of_two_years_and_their_csv_of_all(senegal):
    pack, _, at = senegal
    bands = costing.bands(costing.draw_package(pack, draws=200))
    table = costing.bands_table(bands, at)
    assert set(table.rows["year"]) == {at.mature, at.last} and len(table.data) == len(bands)
    (row,) = (row for row in rows_of(table) if "All that can be costed" in row and str(at.mature) in row)
    band = bands[(bands["option"] == "total") & (bands["year"] == at.mature)].iloc[0]
    assert f"{format_share(band['low'], 2)} to {format_share(band['high'], 2)}" in row


def test_what_assumes_nothing_is_not_shown_but_written(senegal):
    pack = senegal[0]
    assumptions = costing.assumptions_of(pack, ["social_pension"])
    table = costing.assumptions_table(assumptions, pack.measures)
    shown = " ".join(rows_of(table))
    assert "Errors of inclusion" not in shown and "Take-up" in shown
    assert re.search(r"Paid for\W+12 \w* ?.*months a year", shown) and "2031" in shown
    assert set(table.data["assumption"]) == set(assumptions["assumption"])


def test_a_population_stands_between_bounds_where_its_publisher_gives_some(senegal):
    pack = senegal[0]
    assumptions = costing.assumptions_of(pack, ["social_pension"])
    (row,) = (row for row in rows_of(costing.assumptions_table(assumptions, pack.measures)) if "Population" in row)
    assert re.search(r"lower bound\W+medium variant.*upper bound\W.*projection by its publisher", row)
    place = assumptions["assumption"] == "population"
    without = assumptions.assign(low=assumptions["low"].mask(place, 0.0), high=assumptions["high"].mask(place, 0.0))
    (row,) = (row for row in rows_of(costing.assumptions_table(without, pack.measures)) if "Population" in row)
    assert "gives no bounds" in row and "lower" not in row


def test_the_sum_stands_below_the_options(senegal):
    pack, costs, at = senegal
    combined = costing.combine_options(costs, pack, list(pack.measures["id"]))
    rows = rows_of(costing.together_table(combined, at))
    (together,) = (row for row in rows if row.strip().startswith("Together"))
    assert format_share(options_in_year(combined, at.mature).loc["all", "share_of_gdp"], 2) in together
    shown = costing.together_table(combined, at).rows.set_index("option")
    assert shown.loc["all", "paid"] == ""  # persons of different options are no sum
    unknown = shown["persons"].isna() & (shown.index != "all")
    assert unknown.any() and set(shown.loc[unknown, "paid"]) == {"n/a"} and shown.loc[unknown, "reason"].all()


def test_a_case_that_moves_no_share_says_so(senegal):
    pack, costs, at = senegal
    rows = rows_of(costing.stress_table(costing.stress_cases(pack), at))
    (currency,) = (row for row in rows if "Currency down" in row)
    (at_once,) = (row for row in rows if "at once" in row)
    assert "moves the money, not the share of GDP" in currency and "moves the share of GDP" in at_once


def test_levels_and_base_years_have_a_row_each(senegal):
    pack, costs, at = senegal
    levels = costing.level_checks(pack, costs, (at.mature, at.last))
    rows = rows_of(
        costing.level_table(levels, "XOF")
    )  # SEN's levels keep their share of GDP: 2050 would say nothing new
    assert len(rows) == 1 + levels["option"].nunique() and not any("2050" in row for row in rows)
    falling = levels.assign(level=levels["level"].where(levels["year"] != at.last, levels["level"] / 2))
    assert len(rows_of(costing.level_table(falling, "XOF"))) == 1 + len(levels)
    assert "0.9\N{NO-BREAK SPACE}%" in costing.level_table(levels.assign(of_minimum_wage=0.009), "XOF")._repr_html_()
    base = costing.base_year_against_outturn(pack)
    assert "PNBSF" in " ".join(rows_of(costing.base_year_table(base)))


def test_a_package_without_years_is_an_empty_table(senegal):
    pack, costs, _ = senegal
    empty = costs.iloc[:0]
    for table in (
        costing.package_table(empty, None),
        costing.money_table(empty, None, "XOF"),
        costing.stress_table(costing.stress_cases(pack).iloc[:0], None),
        costing.together_table(costing.combine_options(costs, pack, list(pack.measures["id"])).iloc[:0], None),
    ):
        assert table.rows.empty
