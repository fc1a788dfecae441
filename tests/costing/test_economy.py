"""The economy of the packs against the figures that were published, and what is missing."""

import numpy as np
import pandas as pd
import pytest
from stories import ALL, pack_of

from nasssap_lib.costing.economy import economy_of, series_sources, wage_ratio


def at(country: str, year: int) -> pd.Series:
    return economy_of(pack_of(country), [year]).iloc[0]


def with_fact(country: str, **fact):
    """A pack with one more fact, of a source that it has."""
    pack = pack_of(country)
    row = pack.facts.iloc[[0]].assign(group="total", sex="total", breakdown="", **fact)
    return pack.with_tables(facts=pd.concat([pack.facts, row], ignore_index=True))


def test_the_economy_of_a_country_ends_where_its_source_ends():
    economy = economy_of(pack_of("LKA"), [2024, 2025]).set_index("year")
    assert economy["gdp"].notna().tolist() == [True, False]  # WEO, October 2025: Sri Lanka to 2024
    assert economy.loc[2024, "gdp"] == pytest.approx(29_898.565e9)


def test_exchange_rate_revenue_and_minimum_wage_are_the_published_ones():
    # WEO, October 2025: 565.5376 francs a dollar and 22.936 % of GDP in 2030; 64,223 francs a month from 2023 on
    row = at("SEN", 2030)
    assert (row["exchange_rate"], row["revenue"]) == (pytest.approx(565.5376), pytest.approx(0.22936))
    assert row["minimum_wage"] == 12 * 64_223
    assert np.isnan(at("SEN", 2022)["minimum_wage"])  # nothing earlier in the pack
    assert np.isnan(at("ZMB", 2030)["minimum_wage"])  # by kind of worker only, no national one


def test_zambias_earnings_beside_gdp_per_head():
    """wage_ratio_ZMB of country_checks.csv: 478.263 × 12 ÷ 3,673.484, both in 2021 PPP $ of 2023: 1.56."""
    pack = with_fact("ZMB", indicator="average_earnings", year=2023, value=478.263, unit="international_dollar_2021")
    ratio = wage_ratio(pack)
    assert (ratio.year, ratio.ratio) == (2023, pytest.approx(1.56, abs=0.01))
    economy = economy_of(pack, [2028]).iloc[0]
    assert economy["wages"] == pytest.approx(ratio.ratio * economy["gdp"] / economy["population"])


def test_earnings_in_national_currency_stand_on_gdp_per_head_in_it():
    # ZOBS: 7,454 kwacha a month in 2024
    pack = pack_of("ZMB")
    facts = pack.facts[pack.facts["indicator"] != "average_earnings"]
    ratio = wage_ratio(pack.with_tables(facts=facts))
    row = at("ZMB", 2024)
    assert (ratio.year, ratio.ratio) == (2024, pytest.approx(7454 * 12 / (row["gdp"] / row["population"])))


def test_without_earnings_there_are_no_wages():
    pack = pack_of("MLI")
    earnings = pack.facts["indicator"].isin(["average_earnings", "national_average_earnings"])
    bare = pack.with_tables(facts=pack.facts[~earnings])
    assert wage_ratio(bare).year is None and economy_of(bare, [2025])["wages"].isna().all()


@pytest.mark.parametrize("country", ALL)
def test_every_column_names_its_sources(country):
    pack = pack_of(country)
    assert set(series_sources(pack, ["gdp_per_head", "prices", "exchange_rate"])) <= set(pack.sources["id"])
    assert series_sources(pack, [""]) == []


def test_a_year_has_the_same_economy_whichever_others_are_asked_for():
    pack = pack_of("SEN")
    far, near = economy_of(pack, [1980, 2024, 2500]), economy_of(pack, [2024, 2024])
    pd.testing.assert_frame_equal(far.iloc[[1, 1]].reset_index(drop=True), near)
    assert far["year"].tolist() == [1980, 2024, 2500]
    assert far["population"].notna().tolist()[1:] == [True, False]  # no country's population is published so far ahead
