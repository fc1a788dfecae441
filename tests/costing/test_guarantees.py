"""The four guarantees against hand calculations on published inputs; what is not known, not read, or implausible says so."""

import numpy as np
import pandas as pd
import pytest
from stories import ALL, pack_of

from nasssap_lib.costing.guarantees import GUARANTEE_COLUMNS, guarantee_assumptions, guarantee_costs
from nasssap_lib.costing.published import CITATIONS
from nasssap_lib.errors import NasssapError
from nasssap_lib.terms import GUARANTEES


def of(country: str, component: str, year: int | None = None, pack=None) -> pd.Series:
    return guarantee_costs(pack or pack_of(country), year).set_index("component").loc[component]


def with_prevalence(country: str, value: float, note: str, se: float = np.nan):
    """A pack with the prevalence of adults and no other."""
    pack = pack_of(country)
    facts = pack.facts[~pack.facts["indicator"].str.startswith("severe_disability_prevalence")]
    fact = facts.iloc[[0]].assign(
        indicator="severe_disability_prevalence_adults", group="total", sex="total", breakdown="", year=2018, value=value, se=se,
        unit="percent", quality="observed", note=note,
    )  # fmt: skip
    return pack.with_tables(facts=pd.concat([facts, fact], ignore_index=True))


def test_a_pension_for_all_senegalese_of_65_by_hand():
    # WPP 2024, 2025: 690,291 of 18,931,970; no line in the pack: 10 % of GDP per head (7 to 15), administration 5 %
    row = of("SEN", "old_age")
    assert row["central"] == pytest.approx(690_291 * 0.10 * 1.05 / 18_931_970)
    assert row["low"] == pytest.approx(690_291 * 0.07 * 1.05 / 18_931_970)
    assert row["high"] == pytest.approx(690_291 * 0.15 * 1.05 / 18_931_970)
    assert (row["basis"], row["level"], row["flag"]) == ("gdp_per_head", 10, "")


def test_a_rwandan_pension_of_the_national_line_is_high_and_says_so():
    # NISR, EICV7: 560,127 francs a year in 2024; moved by prices to 2025 and set against GDP per head of 2025
    pack = pack_of("RWA")
    prices = pack.series("consumer_price_index").set_index("year")["value"]
    gdp = pack.series("gdp_current").set_index("year")["value"][2025] * 1e9
    people = pack.used_population.query("year == 2025")["persons"].sum()
    row = of("RWA", "old_age")
    assert row["level"] == pytest.approx(100 * 560_127 * prices[2025] / prices[2024] / (gdp / people))
    assert (row["basis"], row["amount"], row["flag"]) == ("poverty_line", 100, "high_level") and row["level"] > 30
    assert not row["verified"] and "ILO-WP14-MEMORY" in row["assumptions"]


def test_disability_in_sri_lanka_has_the_range_of_its_survey_and_the_cost_of_assessment():
    """3.8 % of adults, 95 % interval 3.5 to 4.2: persons of 18 and over, 15 % of GDP per head (10 to 20), assessed every five years."""
    pack = with_prevalence("LKA", 3.8, "95 % interval 3.5 to 4.2, from which the standard error is taken", 0.18)
    rows = pack.used_population.query("year == 2025").groupby("age_group")["persons"].sum()
    adults = (
        rows.sum() - rows[["0-4", "5-9", "10-14"]].sum() - rows["15-19"] * 3 / 5
    )  # 15, 16 and 17 are three of five years
    row = of("LKA", "severe_disability", pack=pack)
    assert row["persons"] == pytest.approx(0.038 * adults)
    assert (row["persons_low"], row["persons_high"]) == (pytest.approx(0.035 * adults), pytest.approx(0.042 * adults))
    assert row["central"] == pytest.approx(0.038 * adults * (0.15 * 1.05 + 0.02 / 5) / rows.sum())
    assert row["high"] == pytest.approx(0.042 * adults * (0.20 * 1.05 + 0.05 / 5) / rows.sum())
    assert "adults_only" in row["reason"]


def test_a_standard_error_gives_the_range_and_a_bare_figure_says_that_it_has_none():
    row = of("LKA", "severe_disability", pack=with_prevalence("LKA", 4.0, "", 0.5))
    assert row["persons_low"] / row["persons"] == pytest.approx((4 - 1.96 * 0.5) / 4)
    bare = of("LKA", "severe_disability", pack=with_prevalence("LKA", 4.0, ""))
    assert bare["persons_low"] == bare["persons_high"] and "no_range_of_prevalence" in bare["reason"]


def test_without_a_prevalence_disability_is_not_costed_and_says_what_it_needs():
    pack = pack_of("SEN")
    facts = pack.facts[~pack.facts["indicator"].str.startswith("severe_disability_prevalence")]
    table = guarantee_costs(pack.with_tables(facts=facts)).set_index("component")
    row = table.loc["severe_disability"]
    assert np.isnan(row["central"]) and row["reason"] == "no_prevalence_range"
    known = table.drop(index=["severe_disability", "health", "income"])
    assert table.loc["income", "central"] == pytest.approx(known["central"].sum())
    assert table.loc["income", "reason"] == 'sum_without_components {"group": ["severe_disability"]}'


@pytest.mark.parametrize("country", ALL)
def test_every_guarantee_stands_in_every_country_with_its_range_or_its_reason(country):
    pack = pack_of(country)
    for year in (2025, 2030):
        table = guarantee_costs(pack, year)
        assert list(table) == GUARANTEE_COLUMNS and set(GUARANTEES) < set(table["guarantee"])
        known = table[table["central"].notna()]
        assert len(known) >= 4 and (table["central"].notna() | table["reason"].ne("")).all()
        assert (known["low"] <= known["central"]).all() and (known["central"] <= known["high"]).all()
        assert known["flag"].eq("high_level")[known["level"] > 30].all()
        assert set(filter(None, ";".join(table["source"]).split(";"))) <= set(pack.sources["id"])
        assert set(";".join(table["assumptions"]).split(";")) <= set(CITATIONS)


def test_the_line_is_that_of_the_pack_at_the_prices_of_the_year_and_the_level_is_made_of_it():
    """Rwanda's line of 2024, 560,127 RWF a person a year, and the consumer price index of the WEO."""
    pack = pack_of("RWA")
    prices = pack.series("consumer_price_index").set_index("year")["value"]
    row = guarantee_costs(pack).set_index("component").loc["old_age"]
    assert (row["line_published"], row["line_year"], row["currency"]) == (560127, 2024, "RWF")
    assert row["line"] == pytest.approx(560127 * prices[2025] / prices[2024])
    gdp = pack.series("gdp_current").set_index("year")["value"][2025] * 1e9
    people = pack.used_population.query("year == 2025")["persons"].sum()
    assert row["level"] == pytest.approx(100 * row["line"] / (gdp / people), rel=1e-3)
    senegal = guarantee_costs(pack_of("SEN"))
    assert senegal["line"].isna().all() and senegal["currency"].eq("").all()


def test_a_year_past_the_demography_is_refused():
    with pytest.raises(NasssapError, match="2025 .* to 2050"):
        guarantee_costs(pack_of("SEN"), 2060)


def test_where_the_population_ends_before_the_reference_year_nothing_is_costed_and_each_says_why():
    pack = pack_of("ZMB")
    earlier = pack.with_tables(population=pack.population[pack.population["year"] <= 2020])
    table = guarantee_costs(earlier).set_index("component").drop(index=["health", "income"])
    assert table["central"].isna().all() and (table["reason"] != "").all() and set(table["year"]) == {2025}


def test_what_was_not_read_is_not_verified():
    table = guarantee_assumptions()
    unread = table["source"].isin(["ILO-WP14-MEMORY", "NASSSAP-ASSUMPTIONS"])
    assert (table["verified"] == ~unread).all() and unread.any() and not unread.all()
    assert ((table["low"] <= table["central"]) & (table["central"] <= table["high"])).all()
