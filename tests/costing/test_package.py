"""Yearly costs of options: one by hand from the published inputs, the checks of other people, and what must always hold."""

import csv

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_numbers import reference_path
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib.costing.economy import economy_of
from nasssap_lib.costing.measure import Measure, cost_measure
from nasssap_lib.costing.package import PACKAGE_COLUMNS, cost_package
from nasssap_lib.costing.targets import target_by_year
from nasssap_lib.errors import NasssapError

MONEY = ["benefits", "administration", "total", "constant_prices", "usd"]
FULL = {"take_up_low": 1.0, "take_up_central": 1.0, "take_up_high": 1.0, "start_year": 2030, "full_year": 2030,
        "admin_rate": 0.0, "admin_rate_low": np.nan, "admin_rate_high": np.nan}  # fmt: skip


def with_option(country: str, name: str, **values):
    """A pack whose only option is one of its own, changed."""
    pack = pack_of(country)
    row = pack.measures[pack.measures["id"] == name].copy()
    return pack.with_tables(measures=row.assign(**values))


def one(country: str, name: str, year: int = 2030, sex: str = "total", **values) -> pd.Series:
    costs = cost_package(with_option(country, name, **values), [year])
    return costs.set_index("sex").loc[sex]


def test_senegals_social_pension_of_2030_by_hand():
    """Step by step from WPP 2024 and WEO, October 2025: 10 % of GDP per head from 65 on, 85 % take-up from 2027 to 2031, 5 %."""
    women, men = 430_700, 386_624  # of 65 and over in 2030
    population, gdp, gdp_2025 = 21_163_192, 28_370.193e9, 21_393.299e9  # persons; francs
    reached = 0.85 * 4 / 5  # 2030 is the fourth of five steps
    per_head = gdp / population  # 1,340,544 francs
    pension = 0.10 * per_head  # a year, for it grows with GDP per head
    benefits = (women + men) * reached * pension
    row = one("SEN", "social_pension")
    assert row["persons"] == pytest.approx(555_780.3, abs=0.1) == (women + men) * reached
    assert row["benefits"] == pytest.approx(benefits)
    assert row["administration"] == pytest.approx(0.05 * benefits)
    assert row["total"] == pytest.approx(1.05 * benefits)
    assert row["share_of_gdp"] == pytest.approx(1.05 * benefits / gdp)
    assert row["share_of_revenue"] == pytest.approx(1.05 * benefits / (0.22936 * gdp))
    assert row["constant_prices"] == pytest.approx(1.05 * benefits * 131.175 / 144.977)
    assert row["usd"] == pytest.approx(1.05 * benefits / 565.5376)
    assert (row["level"], row["month"]) == (pytest.approx(10), pytest.approx(pension / 12))
    assert row["net_share_of_gdp"] == row["share_of_gdp"]  # builds on nothing
    her = one("SEN", "social_pension", sex="female")
    assert her["persons"] == pytest.approx(women * reached) and her["benefits"] == pytest.approx(
        women * reached * pension
    )
    # the same pension moved with prices alone: 10 % of GDP per head of 2025, × 144.977 ÷ 131.175, is 9.1 % of that of 2030
    eroded = one("SEN", "social_pension", indexing="prices")
    stated = 0.10 * gdp_2025 / 18_931_970 * 144.977 / 131.175
    assert eroded["level"] == pytest.approx(100 * stated / per_head) and eroded["level"] < 10
    assert eroded["benefits"] == pytest.approx((women + men) * reached * stated)


@pytest.mark.reference
@pytest.mark.parametrize("option, kind", [("social_pension", "pension65_2030"), ("child_benefit", "child04_2030")])
def test_other_peoples_pensions_and_child_benefits_come_out(option, kind):
    with reference_path("country_checks.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["id"].startswith(kind)]
    assert len(rows) >= 3
    level = {"pension65_2030": 10.0, "child04_2030": 4.0}[kind]
    for row in rows:
        ages = {"age_from": 65, "age_to": None} if level == 10 else {"age_from": 0, "age_to": 4}
        amounts = {"amount_low": level, "amount_central": level, "amount_high": level}
        found = one(row["country"], option, **FULL, **ages, **amounts)
        assert 100 * found["share_of_gdp"] == pytest.approx(float(row["value"]), abs=float(row["tolerance"])), row["id"]


def test_zambias_transfer_nets_its_scheme_and_pays_double_in_between():
    """SCT: 3.7 bn kwacha in the budget of 2023 on the GDP of that year; the option builds on it from 2027 to 2031."""
    pack = pack_of("ZMB")
    old = 3.7 / pack.series("gdp_current").set_index("year")["value"][2023]
    costs = cost_package(pack, [2027, 2030, 2031, 2040], ["cash_transfer"]).query("sex == 'total'").set_index("year")
    assert costs["replaced"].tolist() == pytest.approx([0.2 * old, 0.8 * old, old, old])
    assert costs["double_payment"].tolist() == pytest.approx([0.8 * old, 0.2 * old, 0, 0])
    assert (costs["net_share_of_gdp"] - costs["share_of_gdp"]).tolist() == pytest.approx((-costs["replaced"]).tolist())
    before = cost_package(pack, [2026], ["cash_transfer"]).iloc[2]
    assert (before["persons"], before["replaced"], before["double_payment"]) == (0, 0, 0)


def test_a_net_cost_that_is_not_known_names_what_to_collect():
    row = one("LKA", "social_pension")
    assert np.isnan(row["net_share_of_gdp"]) and row["share_of_gdp"] > 0
    assert "spending_not_known" in row["reason"]


def test_after_the_last_year_of_gdp_money_is_missing_and_the_share_stays():
    row = one("LKA", "child_benefit")
    assert row[MONEY].isna().all() and row["share_of_gdp"] > 0 and 'no_gdp {"year": 2030}' in row["reason"]
    assert np.isnan(one("SEN", "child_benefit", 2040, indexing="prices")["share_of_gdp"])


def test_a_level_of_the_minimum_wage_or_of_earnings():
    # 64,223 francs a month since 2023: 20 % of it, in 2025 and after it unchanged
    row = one(
        "SEN",
        "social_pension",
        amount_basis="minimum_wage",
        indexing="none",
        amount_low=20.0,
        amount_central=20.0,
        amount_high=20.0,
    )
    assert row["month"] == pytest.approx(0.2 * 64_223)
    # XTC: 695.3 dollars of purchasing power a month in 2024, its ratio to GDP per head kept: 10 % of earnings keep their level
    costs = cost_package(
        with_option("XTC", "pension_65", amount_basis="average_earnings", indexing="wages"), [2027, 2030]
    )
    levels = costs["level"].unique()
    head = pack_of("XTC").series("gdp_per_head_ppp_2021").set_index("year")["value"][2024]
    assert levels == pytest.approx([10 * 695.3 * 12 / head] * len(levels))
    lacking = one("MLI", "social_pension", amount_basis="poverty_line", indexing="prices")
    assert np.isnan(lacking["share_of_gdp"]) and "no_poverty_line_to_state" in lacking["reason"]


def test_health_care_is_costed_by_contact_and_a_premium_is_no_care():
    # 2 contacts a year at 6,000 francs of which 1,000 are paid by the patient: 10,000 a person
    care = {"form": "health", "uses": 2.0, "own_payment": 1000.0, "amount_basis": "lcu_per_month", "indexing": "none",
            "amount_low": 6000.0, "amount_central": 6000.0, "amount_high": 6000.0, "kind": "benefit"}  # fmt: skip
    row = one("SEN", "health_insurance", **FULL, **care)
    assert row["benefits"] / row["persons"] == pytest.approx(10_000)
    assert row["month"] == pytest.approx(10_000 / 12) and "premium" not in row["reason"]
    assert "premium_is_not_care" in one("SEN", "health_insurance")["reason"]


def test_registration_is_paid_once_and_start_up_in_the_first_year():
    costs = cost_package(
        with_option("SEN", "social_pension", admin_start_up=500.0, admin_registration=0.1, admin_per_person=0.02),
        range(2027, 2034),
    )
    total = costs.query("sex == 'total'").set_index("year")
    plain = (
        cost_package(with_option("SEN", "social_pension"), range(2027, 2031)).query("sex == 'total'").set_index("year")
    )
    more = total["administration"] - plain["administration"]
    per_head = total["month"] * 12 / total["level"]  # 1 % of GDP per head
    new = total["persons"].diff().fillna(total["persons"])
    expected = (0.1 * new + 0.02 * total["persons"]) * per_head
    assert more[[2027, 2030]].tolist() == pytest.approx([expected[2027] + 500e6, expected[2030]])
    # from 2032 on only growth registers: less than 7 % of those who are there
    share = total["share_of_gdp"] / total["persons"]
    assert share[2033] < share[2030]


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_a_package_of_every_country_holds_together(country):
    pack = pack_of(country)
    costs = cost_package(pack)
    assert list(costs) == PACKAGE_COLUMNS
    assert len(costs) == len(pack.measures) * 3 * costs["year"].nunique() and costs["year"].max() == 2050
    wide = costs.pivot(index=["option", "year"], columns="sex")
    for name in ("persons", "total", "share_of_gdp", "replaced", "double_payment"):
        both = wide[name]["female"] + wide[name]["male"]
        assert both.equals(wide[name]["total"].rename(None)), name
    assert (costs["share_of_gdp"].notna() | costs["reason"].ne("")).all()
    assert (costs["net_share_of_gdp"].notna() | costs["reason"].ne("")).all()
    assert set(";".join(costs["source"]).split(";")) <= set(pack.sources["id"])
    # currency → % of GDP → currency
    gdp = economy_of(pack, range(2025, 2051)).set_index("year")["gdp"]
    known = costs[costs["total"].notna()]
    assert np.allclose(known["share_of_gdp"] * known["year"].map(gdp), known["total"], rtol=1e-9)


@pytest.mark.parametrize("country", ["SEN", "XTC"])
def test_the_package_costs_what_each_measure_costs_alone(country):
    pack, years = pack_of(country), list(range(2026, 2051))
    costs = cost_package(pack, years).query("sex == 'total'").set_index("option")
    economy = economy_of(pack, [2025, *years])
    for row in pack.measures.to_dict("records"):
        alone = cost_measure(target_by_year(pack, row, [2025, *years]), Measure.from_row(row), economy, years)
        for name in ("persons", "benefits", "administration", "total", "share_of_gdp"):
            assert np.allclose(costs.loc[row["id"], name], alone[name], rtol=1e-9, atol=0, equal_nan=True), (
                row["id"],
                name,
            )


def test_the_status_quo_with_constant_drivers_is_constant_in_percent_of_gdp():
    pack = with_option("SEN", "social_pension", **FULL)
    now = pack.population[pack.population["year"] == 2025]
    years = [now.assign(year=year) for year in (2025, 2050)]
    costs = cost_package(pack.with_tables(population=pd.concat(years, ignore_index=True)), range(2030, 2051))
    shares = costs.query("sex == 'total'")["share_of_gdp"]
    assert np.allclose(shares, 0.10 * 690_291 / 18_931_970, rtol=1e-12)


@settings(max_examples=15, deadline=None)
@given(st.integers(50, 89), st.integers(1, 10))
def test_a_later_age_never_costs_more(age, later):
    first, second = (one("SEN", "social_pension", age_from=year)["total"] for year in (age, age + later))
    assert second <= first


def test_nobody_costs_nothing():
    row = one("SEN", "social_pension", age_from=130)
    assert (row["persons"], row["total"], row["share_of_gdp"]) == (0, 0, 0)


@pytest.mark.parametrize("years", [[2024], [2051], [2030, 2190]])
def test_a_horizon_before_the_base_year_or_past_the_demography_is_refused(years):
    with pytest.raises(NasssapError, match=rf"2025 .* to 2050 .*; got {years[-1]}"):
        cost_package(pack_of("SEN"), years)


def test_an_unknown_option_is_refused_with_the_one_that_was_meant():
    with pytest.raises(NasssapError, match="did you mean 'social_pension'"):
        cost_package(pack_of("SEN"), [2030], ["social_pensoin"])


def test_no_years_give_no_rows():
    assert cost_package(pack_of("SEN"), []).empty and list(cost_package(pack_of("SEN"), [2030], [])) == PACKAGE_COLUMNS
