"""The cost formula in plain arrays: hand calculations, linked errors of targeting, and properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.costing.formula import Terms, Unit, beneficiaries, costs_of, ramp, unit_of

ONE = Unit(np.array([1.0, 2.0]), np.array([0.01, 0.01]))
SHARES = st.floats(0, 1)


def test_take_up_grows_by_equal_steps_to_the_year_of_full_take_up():
    assert ramp(range(2026, 2033), 2027, 2031).tolist() == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1, 1])
    assert ramp([2026, 2027], 2027, 2020).tolist() == [0, 1]  # full from the start
    many = ramp(np.arange(2026, 2032), np.array([[2027], [2028]]), np.array([[2027], [2031]]))
    assert many.shape == (2, 6) and many[1].tolist() == pytest.approx([0, 0, 0.25, 0.5, 0.75, 1])


def test_beneficiaries_by_the_two_linked_errors():
    # 1,000 poor persons, 30 % of them missed; 20 % of those who are paid are not poor: 700 ÷ 0.8 = 875, of whom 175 are not
    assert beneficiaries(1000, 0.7, 0.2) == pytest.approx(875)
    assert beneficiaries(1000, 0.7, 0.2) * 0.2 == pytest.approx(175)


def test_all_terms_by_hand():
    # 100 persons, 40 of them before: (50 − 10) × 3 contacts × 1.25 for materials = 150 each, 15,000; administration 10 %: 1,500,
    # 100 × 2 to run and 60 × 5 to register: 500; start-up 1,000 → 3,000 and 18,000 in all; the second year at twice the price
    terms = Terms(50, 10, 3, 0.25, 0.10, 5, 2)
    costs = costs_of(np.array([100.0, 100.0]), terms, ONE, 1000, np.array([40.0, 100.0]), np.array([1000.0, 0.0]), 1e6)
    assert costs.benefits.tolist() == [15_000, 30_000]
    assert costs.administration.tolist() == pytest.approx([1_500 + 500 + 1_000, 3_000 + 400])
    assert costs.total.tolist() == pytest.approx([18_000, 33_400])
    # in heads of GDP: (16,500 + 500) × 0.01 ÷ 1,000 persons, and 1,000 of a GDP of a million
    assert costs.share_of_gdp[0] == pytest.approx(17_000 * 0.01 / 1000 + 0.001)


def test_what_grows_with_gdp_per_head_keeps_its_share_where_gdp_ends():
    base = {"gdp_per_head": 50.0, "minimum_wage": 20.0, "wages": 80.0, "prices": 100.0}
    now = {
        "gdp_per_head": np.array([60.0, np.nan]),
        "wages": np.array([100.0, np.nan]),
        "prices": np.array([110.0, 121.0]),
    }
    assert unit_of("minimum_wage", "gdp_per_head", base, now).heads.tolist() == pytest.approx([0.2 / 50] * 2)
    by_wages = unit_of("average_earnings", "wages", base, now)
    assert by_wages.money[0] == pytest.approx(0.8 * 100 / 80) and np.isnan(by_wages.money[1])
    by_prices = unit_of("lcu_per_month", "prices", base, now)
    assert by_prices.money.tolist() == pytest.approx([13.2, 14.52])
    assert by_prices.heads[0] == pytest.approx(13.2 / 60) and np.isnan(by_prices.heads[1])


def test_a_series_that_is_missing_gives_no_number():
    unit = unit_of("poverty_line", "none", {"gdp_per_head": 50.0}, {"gdp_per_head": np.array([60.0])})
    assert np.isnan(unit.money).all() and np.isnan(unit.heads).all()


@given(SHARES, SHARES, st.floats(0, 0.9))
def test_draws_cost_what_each_of_them_costs_alone(low, high, error):
    take_up, amount = np.array([[low], [high]]), np.array([[5.0], [7.0]])
    terms = Terms(amount, administration=0.1, inclusion_error=error)
    both = costs_of(beneficiaries(np.array([10.0, 20.0]), take_up, error), terms, ONE, 100)
    for place in (0, 1):
        people = beneficiaries(np.array([10.0, 20.0]), take_up[place], error)
        alone = costs_of(people, terms._replace(amount=amount[place]), ONE, 100)
        assert np.allclose(both.total[place], alone.total, rtol=1e-12)


@given(SHARES, st.floats(0, 100), st.floats(0, 3))
def test_cost_is_linear_in_take_up_and_in_the_level(take_up, amount, factor):
    whole = costs_of(beneficiaries(100, take_up), Terms(amount), ONE, 1000).total
    assert np.allclose(costs_of(beneficiaries(100, take_up), Terms(amount * factor), ONE, 1000).total, whole * factor)
    full = costs_of(beneficiaries(100, 1), Terms(amount), ONE, 1000).total
    assert np.allclose(whole, full * take_up)


def test_nobody_costs_nothing():
    costs = costs_of(np.zeros(2), Terms(50, 10, 3, 0.25, 0.10, 5, 2), ONE, 1000, np.zeros(2))
    assert not costs.total.any() and not costs.share_of_gdp.any()
