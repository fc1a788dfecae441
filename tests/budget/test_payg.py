"""PAYG cost rate and general average premium, against other people's numbers and by properties."""

import numpy as np
import pytest
from reference_numbers import reference

from nasssap_lib import budget
from nasssap_lib.errors import NasssapError


@pytest.fixture(scope="module")
def six_years():
    """The exercise of actuarial.json: expenditure and insured wages of six years, its interest and what must come out."""
    case = reference("actuarial.json")["cases"][0]
    given = {name: np.array(values, dtype=float) for name, values in case["inputs"].items()}
    spent, wages = given["pensioners"] * given["avg_pension"], given["contributors"] * given["avg_wage"]
    return spent, wages, float(given["interest"]), case["expected"], case["tol"]


def test_cost_rates_are_those_of_the_exercise(six_years):
    spent, wages, _, expected, tolerance = six_years
    assert budget.payg_cost_rate(spent, wages) == pytest.approx(expected["payg_cost_rate"], abs=tolerance)


def test_the_premium_is_the_ratio_of_present_values_and_not_the_mean_of_rates(six_years):
    spent, wages, interest, expected, tolerance = six_years
    premium = budget.general_average_premium(spent, wages, interest)
    assert premium == pytest.approx(expected["GAP_pv_ratio"], abs=tolerance)
    assert premium != pytest.approx(np.mean(expected["payg_cost_rate"]), abs=1e-3)


def test_the_scaled_premium_leaves_the_last_years_expenditure(six_years):
    spent, wages, interest, expected, tolerance = six_years
    given = expected["scaled_premium_end_of_year_flows_terminal_reserve_eq_E5"]
    assert budget.scaled_premium(spent, wages, interest, timing=1.0) == pytest.approx(given, abs=tolerance)
    rate, fund = budget.scaled_premium(spent, wages, interest, reserve=30e6, ratio=2.0), 30e6
    for out, insured in zip(spent, wages, strict=True):
        fund = fund * (1 + interest) + (rate * insured - out) * (1 + interest) ** 0.5
    assert fund == pytest.approx(2 * spent[-1])


def test_the_premium_empties_the_reserve_exactly(six_years):
    spent, wages, interest, *_ = six_years
    rate, fund = budget.general_average_premium(spent, wages, interest, reserve=20e6), 20e6
    for out, insured in zip(spent, wages, strict=True):
        fund = fund * (1 + interest) + (rate * insured - out) * (1 + interest) ** 0.5
    assert fund == pytest.approx(0, abs=1e-3)


def test_wages_of_nothing_or_unknown_give_no_rate():
    assert np.isnan(budget.payg_cost_rate([1.0, 1.0, np.nan], [0.0, np.nan, 5.0])).all()
    assert np.isnan(budget.general_average_premium([1.0], [0.0], 0.03))


@pytest.mark.parametrize(
    ("spent", "wages", "interest", "said"),
    [([1.0], [1.0, 2.0], 0.0, "1 years and wage_bill 2"), ([-1.0], [1.0], 0.0, "expenditure holds -1"),
     ([1.0], [-2.0], 0.0, "wage_bill holds -2"), ([1.0], [1.0], -1.0, "interest is -1")],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(spent, wages, interest, said):
    with pytest.raises(NasssapError, match=said):
        budget.general_average_premium(spent, wages, interest)
