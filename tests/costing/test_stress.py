"""Stress cases by hand from the economy of the pack, and what each of them leaves as it is."""

import numpy as np
import pandas as pd
import pytest
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib.costing.economy import economy_of
from nasssap_lib.costing.package import cost_package
from nasssap_lib.costing.ranges import prepare_package
from nasssap_lib.costing.stress import CASES, STRESS_COLUMNS, stress_cases
from nasssap_lib.reasons import has_reason

YEARS = [2027, 2030]


def in_francs(indexing: str):
    """Senegal's pension as 10,000 francs a month."""
    pack = pack_of("SEN")
    measures = pack.measures[pack.measures["id"] == "social_pension"].copy()
    measures[["amount_low", "amount_central", "amount_high"]] = 10_000.0
    measures[["amount_basis", "indexing"]] = ["lcu_per_month", indexing]
    return pack.with_tables(measures=measures.reset_index(drop=True))


def by_case(pack, year: int = 2030):
    table = stress_cases(pack, YEARS, ["social_pension"])
    return table[table["year"] == year].set_index("case")


def economy(pack):
    return economy_of(pack, range(2025, 2031)).set_index("year")


def test_of_a_package_that_was_made_ready_the_cases_are_the_same():
    pack = pack_of("XTC")
    pd.testing.assert_frame_equal(stress_cases(prepare_package(pack, YEARS)), stress_cases(pack, YEARS))


def test_as_typed_is_the_package_and_every_case_has_every_option_and_year():
    pack = pack_of("ZMB")
    table = stress_cases(pack, YEARS)
    assert list(table.columns) == STRESS_COLUMNS and table["case"].unique().tolist() == list(CASES)
    assert len(table) == len(CASES) * len(pack.measures) * len(YEARS)
    package = cost_package(pack, YEARS).query("sex == 'total'").set_index(["option", "year"])
    typed = table[table["case"] == "as_typed"].set_index(["option", "year"]).loc[package.index]
    for name in ("persons", "total", "share_of_gdp", "net_share_of_gdp", "usd", "share_of_revenue", "level", "month"):
        assert np.allclose(typed[name], package[name], rtol=1e-12, equal_nan=True), name


def test_lower_growth_by_hand():
    """Real growth g of each year from 2026 on is g − 0.02: GDP is less by Π (1 + g − 0.02) ÷ (1 + g)."""
    pack = in_francs("prices")
    real = (economy(pack)["gdp"].pct_change() + 1) / (economy(pack)["prices"].pct_change() + 1)
    less = np.prod([(real[year] - 0.02) / real[year] for year in range(2026, 2031)])
    rows = by_case(pack)
    assert rows.loc["growth_lower", "total"] == pytest.approx(rows.loc["as_typed", "total"])
    assert rows.loc["growth_lower", "share_of_gdp"] == pytest.approx(rows.loc["as_typed", "share_of_gdp"] / less)
    assert rows.loc["growth_lower", "unmoved"] == "persons;total;usd"
    assert 0.89 < less < 0.93


def test_doubled_inflation_by_hand():
    """Francs that nobody raises weigh less on a GDP whose prices have grown by Π (1 + 2π) ÷ (1 + π)."""
    pack = in_francs("none")
    rise = economy(pack)["prices"].pct_change()
    more = np.prod([(1 + 2 * rise[year]) / (1 + rise[year]) for year in range(2026, 2031)])
    rows = by_case(pack)
    assert rows.loc["inflation_doubled", "total"] == pytest.approx(rows.loc["as_typed", "total"])
    assert rows.loc["inflation_doubled", "share_of_gdp"] == pytest.approx(rows.loc["as_typed", "share_of_gdp"] / more)
    with_prices = by_case(in_francs("prices"))
    assert with_prices.loc["inflation_doubled", "total"] == pytest.approx(with_prices.loc["as_typed", "total"] * more)
    assert "share_of_gdp" in with_prices.loc["inflation_doubled", "unmoved"].split(";")


def test_a_currency_down_by_thirty_per_cent_moves_dollars_alone():
    rows = by_case(pack_of("SEN"))
    assert rows.loc["currency_down", "usd"] == pytest.approx(0.7 * rows.loc["as_typed", "usd"])
    assert rows.loc["currency_down", "unmoved"] == "persons;total;share_of_gdp;share_of_revenue;level"


def test_full_take_up_at_once_is_the_full_year_in_the_first_year():
    pack = pack_of("SEN")
    at_once = pack.with_tables(measures=pack.measures.assign(full_year=pack.measures["start_year"]))
    package = cost_package(at_once, YEARS, ["social_pension"]).query("sex == 'total'").set_index("year")
    table = stress_cases(pack, YEARS, ["social_pension"]).query("case == 'take_up_at_once'").set_index("year")
    assert np.allclose(table["share_of_gdp"], package["share_of_gdp"]) and np.allclose(table["usd"], package["usd"])


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_what_a_case_does_not_move_is_said(country):
    table = stress_cases(pack_of(country), [2028])
    follows = table[
        table["case"].isin(["growth_lower", "inflation_doubled"]) & table["level"].eq(table["level"].round(9))
    ]
    known = follows[follows["share_of_gdp"].notna() & follows["unmoved"].str.contains("share_of_gdp")]
    assert all(has_reason(known["reason"], "share_follows_gdp"))
    assert (table.loc[table["case"] == "as_typed", "unmoved"] == "").all()
    unknown = table[table["share_of_gdp"].isna()]
    assert (unknown["reason"] != "").all()
    kept = table[table["case"] == "inflation_doubled"]
    assert all(has_reason(kept["reason"], "keeps_exchange_rate"))
