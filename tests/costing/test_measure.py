"""Costs against the ILO's published case, hand calculations, and what must hold for every measure."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_numbers import reference

from nasssap_lib import terms
from nasssap_lib.costing.measure import Measure, Range, cost_measure, on_benefits, triangular
from nasssap_lib.errors import NasssapError

ECONOMY = pd.DataFrame({
    "year": [2025, 2026, 2027], "population": [1000.0, 1010.0, 1020.0], "gdp": [50_000.0, 60_600.0, np.nan],
    "prices": [100.0, 110.0, 121.0], "poverty_line": [20.0, 22.0, 24.2],
})  # fmt: skip
PEOPLE = pd.DataFrame({"year": [2025, 2026, 2027], "persons": [100.0, 110.0, 120.0]})


def measure(**changes) -> Measure:
    given = {
        "id": "grant", "group": "children", "age_from": 0, "age_to": 4, "sex": "total", "amount": 10.0,
        "amount_basis": "gdp_per_head", "indexing": "gdp_per_head", "take_up": {2025: 0.5}, "months": 12, "admin_rate": 0.05,
        "admin_base": "benefits",
    }  # fmt: skip
    return Measure(**given | changes)


def one(**changes) -> pd.Series:
    return cost_measure(PEOPLE, measure(**changes), ECONOMY, [2025]).iloc[0]


def test_the_rapid_assessment_protocols_case():
    # ILO, Overview of the RAP, Bangkok 2011: 60 % × 2,393,000 children × 4,800 THB a year × 1.05 = 7,236,432,000 THB
    children = pd.DataFrame({"year": [2010], "persons": [2_393_000.0]})
    grant = measure(amount=400, amount_basis="lcu_per_month", indexing="none", take_up={2010: 0.6})
    economy = pd.DataFrame({"year": [2010], "population": [67e6], "gdp": [10e12]})
    row = cost_measure(children, grant, economy, [2010]).iloc[0]
    assert row["total"] == 7_236_432_000
    assert row["administration"] == pytest.approx(344_592_000)  # 5 % of 6,891,840,000
    assert row["share_of_gdp"] == pytest.approx(0.0007236432)


@pytest.mark.reference
def test_the_reference_file_agrees():
    case = next(case for case in reference("actuarial.json")["cases"] if case["id"].startswith("RAP"))
    given, expected = case["inputs"], case["expected"]["cost"]
    children = pd.DataFrame({"year": [2010], "persons": [float(given["target_population"])]})
    grant = measure(
        amount=given["benefit_month"], amount_basis="lcu_per_month", indexing="none", take_up={2010: given["take_up"]},
        admin_rate=given["admin_rate_on_benefits"],
    )  # fmt: skip
    economy = pd.DataFrame({"year": [2010], "population": [67e6]})
    assert cost_measure(children, grant, economy, [2010])["total"].iat[0] == expected


def test_the_columns_are_those_of_the_contract():
    costs = cost_measure(PEOPLE, measure(), ECONOMY, [2025])
    assert list(costs) == ["year", "persons", "benefits", "administration", "total", "share_of_gdp"]


def test_a_level_in_percent_of_gdp_per_head_by_hand():
    # GDP per head 50; 10 % of it: 5 a year; 50 persons: 250; administration 12.5; 262.5 of 50,000 = 0.525 %
    row = one()
    assert (row["persons"], row["benefits"], row["administration"]) == (50, 250, 12.5)
    assert row["share_of_gdp"] == pytest.approx(0.00525)


def test_such_a_level_needs_no_gdp():
    # 2027 has no GDP: 60 persons × 10 % × 1.05 ÷ 1,020 persons; the money is not known
    row = cost_measure(PEOPLE, measure(), ECONOMY, [2027]).iloc[0]
    assert row["share_of_gdp"] == pytest.approx(60 * 0.1 * 1.05 / 1020)
    assert np.isnan(row["total"])


def test_four_months_cost_a_third():
    assert one(months=4)["total"] == pytest.approx(one()["total"] / 3)


def test_administration_on_gross_expenditure():
    # 5 % of gross expenditure is 5/95 = 5.263 % of benefits: 250 / 0.95 = 263.158
    assert one(admin_base="gross")["total"] == pytest.approx(250 / 0.95)
    assert on_benefits(0.05, "gross") == pytest.approx(0.0526316, abs=1e-7)


def test_indexing_by_hand():
    # stated in 2025 at GDP per head 50, so 5 a year; 2026: GDP per head 60, prices + 10 %
    years = {"gdp_per_head": 6.0, "prices": 5.5, "none": 5.0}
    for indexing, each in years.items():
        row = cost_measure(PEOPLE, measure(indexing=indexing), ECONOMY, [2026]).iloc[0]
        assert row["benefits"] == pytest.approx(55 * each), indexing
        assert row["share_of_gdp"] == pytest.approx(55 * each * 1.05 / 60_600)


def test_a_level_in_percent_of_the_poverty_line():
    # 50 persons × 25 % of a line of 20 = 250
    assert one(amount=25, amount_basis="poverty_line", indexing="prices")["benefits"] == pytest.approx(250)


def test_take_up_grows_in_a_straight_line_and_begins_when_it_is_said():
    path = measure(take_up={2026: 0.2, 2028: 0.6})
    people = pd.DataFrame({"year": range(2025, 2031), "persons": 100.0})
    economy = pd.DataFrame({"year": range(2025, 2031), "population": 1000.0})
    reached = cost_measure(people, path, economy, range(2025, 2031))["persons"]
    assert reached.tolist() == pytest.approx([0, 20, 40, 60, 60, 60])


def test_ages_and_sex_are_counted_in_a_population_by_age():
    rows = [(2025, sex, age, 10.0) for sex in ("female", "male") for age in terms.AGE_GROUPS]
    people = pd.DataFrame(rows, columns=["year", "sex", "age_group", "persons"])
    women = measure(age_from=65, age_to=74, sex="female", take_up={2025: 1.0})
    assert cost_measure(people, women, ECONOMY, [2025])["persons"].iat[0] == 20


def test_draws_are_seeded_and_lie_within_the_ranges():
    uncertain = measure(amount=Range(5, 10, 20), take_up={2025: Range(0.4, 0.5, 0.8)})
    table = cost_measure(PEOPLE, uncertain, ECONOMY, [2025, 2026], draws=400, seed=1)
    assert table.equals(cost_measure(PEOPLE, uncertain, ECONOMY, [2025, 2026], draws=400, seed=1))
    assert table["draw"].nunique() == 400
    now = table[table["year"] == 2025]["share_of_gdp"]
    assert now.between(100 * 0.4 * 0.05 * 1.05 / 1000, 100 * 0.8 * 0.2 * 1.05 / 1000).all()
    # mean of a triangular distribution: a third of the sum of its corners; the two parameters are independent
    mean = 100 * (0.4 + 0.5 + 0.8) / 3 * (5 + 10 + 20) / 300 * 1.05 / 1000
    assert now.mean() == pytest.approx(mean, rel=0.05)
    by_draw = table.pivot(index="draw", columns="year", values="persons")
    assert np.allclose(by_draw[2026] / by_draw[2025], 1.1)  # one draw holds for all years


def test_draws_without_a_seed_are_refused():
    with pytest.raises(NasssapError, match="seed"):
        cost_measure(PEOPLE, measure(), ECONOMY, [2025], draws=10)


def test_all_faults_of_a_measure_are_told_together():
    with pytest.raises(NasssapError) as told:
        measure(amount_basis="gold", months=13, take_up={2025: 1.2})
    assert all(word in str(told.value) for word in ("gold", "13", "shares from 0 to 1"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"indexing": "gold"}, "indexing 'gold'"),
        ({"amount": -1.0}, "amount: expected 0 or more"),
        ({"inclusion_error": 1.0}, "inclusion_error"),
        ({"uses": -2.0}, "uses -2.0"),
        ({"own_payment": 11.0}, "own_payment 11.0: expected 0 or more, at most the amount, 10.0"),
        ({"form": "gold"}, "form 'gold'"),
        ({"admin_per_person": -1.0}, "admin_per_person -1.0"),
        ({"materials": float("nan")}, "materials nan"),
    ],
)
def test_what_a_measure_cannot_be_is_refused_by_name(changes, said):
    with pytest.raises(NasssapError, match=said):
        measure(**changes)


def test_contributions_and_errors_of_inclusion_by_hand():
    # 50 of 100 persons take it up, a fifth of those who are paid are others: 62.5; 10 % less 4 % of a GDP per head of 50: 3 each
    row = one(inclusion_error=Range(0.1, 0.2, 0.3), form="contributory", own_payment=4.0)
    assert (row["persons"], row["benefits"]) == (pytest.approx(62.5), pytest.approx(62.5 * 3))


def test_who_has_a_benefit_already_gets_no_tested_one():
    people = PEOPLE.assign(most=[20.0, 200.0, np.nan])
    assert cost_measure(people, measure(), ECONOMY, [2025, 2026, 2027])["persons"].tolist() == [20, 55, 60]


def test_start_up_is_paid_in_the_first_year_and_registration_for_who_is_new():
    # 50 persons from 2025 on, 55 in 2026: 5 are new; 2 % of a GDP per head of 60 each; a million of start-up in 2025
    paths = {"admin_rate": 0.0, "admin_start_up": 1.0, "admin_registration": 2.0}
    costs = cost_measure(PEOPLE, measure(**paths), ECONOMY, [2025, 2026])
    assert costs["administration"].tolist() == pytest.approx([50 * 0.02 * 50 + 1e6, 5 * 0.02 * 60])
    assert costs["share_of_gdp"].iat[0] == pytest.approx((250 + 50 + 1e6) / 50_000)


def test_years_before_the_one_in_which_the_amount_is_stated_are_refused():
    with pytest.raises(NasssapError, match="2025 on"):
        cost_measure(PEOPLE, measure(), ECONOMY, [2024, 2025])


@given(st.floats(0, 50), st.floats(0.01, 5))
def test_cost_is_linear_in_the_level(amount, factor):
    assert one(amount=amount * factor)["share_of_gdp"] == pytest.approx(one(amount=amount)["share_of_gdp"] * factor)


@given(st.floats(0, 1), st.floats(0, 10), st.floats(0, 10), st.floats(0, 10))
def test_a_triangular_value_lies_between_its_ends(u, a, b, c):
    low, mode, high = sorted((a, b, c))
    assert low - 1e-9 <= float(triangular(u, low, mode, high)) <= high + 1e-9
