"""The two curves against wbpip's numbers and against the integrals that define them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from nasssap_lib.needs.lorenz import BetaLorenz, QuadraticLorenz, estimate_poverty, fit_curve
from tests.reference_numbers import reference

ELLIPSE = QuadraticLorenz(0.795981535745657, -1.4445933880119242, 0.14728191995919815)
EXACT_BETA = [(0.6562, 0.9676, 0.5301), (0.55, 0.93, 0.42), (0.8, 0.99, 0.65)]


def test_quadratic_from_parameters_equals_wbpip():
    """From wbpip (World Bank, MIT), tests/testthat/test-gd_compute_pip_stats_lq.R: mean 51.566, line 57.792."""
    found = estimate_poverty(ELLIPSE, 57.791666666666664 / 51.5660557757944)
    assert ELLIPSE.valid
    assert ELLIPSE.gini() == pytest.approx(0.3212646422160259, abs=1e-7)
    assert found.headcount == pytest.approx(0.7600581049919128, abs=1e-7)
    assert found.gap == pytest.approx(0.2761760601915931, abs=1e-7)
    assert found.severity == pytest.approx(0.12832887439632906, abs=1e-7)


def test_invalid_quadratic_gives_no_number():
    """The same file, case "LQ invalid": every statistic must be missing."""
    curve = QuadraticLorenz(0.7855413192483588, -1.9856022109519547, -0.3059707943566267)
    assert not curve.valid
    assert not curve.normal
    assert np.isnan([*vars(estimate_poverty(curve, 1.9 / 1.50524)).values()]).all()


@pytest.mark.reference
def test_coefficients_and_residuals_equal_wbpip():
    cases = [
        case for case in reference("grouped.json")["cases"] if "ssez" in case["expected"] and "cum_welfare" in case
    ]
    for case in cases:
        family = QuadraticLorenz if case["function"].endswith("lq") else BetaLorenz
        p, share = (np.array(case[column][:-1]) for column in ("cum_population", "cum_welfare"))
        fit = fit_curve(family, p, share, case["povline"] / case["mean"])
        expected = case["expected"]
        assert [fit.curve.a, fit.curve.b, fit.curve.c] == pytest.approx(expected["coef"], rel=1e-9)
        assert (fit.sse, fit.sse_line) == pytest.approx((expected["sse"], expected["ssez"]), rel=1e-9)
        assert (fit.valid, fit.normal) == (expected["is_valid"], expected["is_normal"])
    assert len(cases) == 4


@pytest.mark.parametrize(
    "curve", [ELLIPSE, QuadraticLorenz(0.9, -0.4, 0.35), *(BetaLorenz(*abc) for abc in EXACT_BETA)]
)
def test_gini_is_twice_the_area_between_curve_and_diagonal(curve):
    area, _ = quad(lambda p: p - float(curve.share(p)), 0, 1, epsabs=1e-12)
    assert curve.gini() == pytest.approx(2 * area, abs=1e-8)


@pytest.mark.parametrize("abc", EXACT_BETA)
@pytest.mark.parametrize("x", [0.4, 0.8, 1.1])
def test_severity_of_beta_is_the_integral_of_squared_gaps(abc, x):
    curve = BetaLorenz(*abc)
    found = estimate_poverty(curve, x)
    squares, _ = quad(lambda p: (1 - float(curve.slope(p)) / x) ** 2, 0, found.headcount, epsabs=1e-10)
    assert found.severity == pytest.approx(squares, abs=1e-6)


@given(st.floats(0.4, 0.8), st.floats(0.9, 1.0), st.floats(0.4, 0.8), st.floats(0.3, 1.2))
def test_headcount_of_beta_is_where_the_slope_meets_the_line(a, b, c, x):
    curve = BetaLorenz(a, b, c)
    head = curve.headcount(x)
    if curve.valid and 0 < head < 1:
        assert curve.slope(max(head - 2e-4, 1e-6)) <= x <= curve.slope(min(head + 2e-4, 1 - 1e-6))


@pytest.mark.parametrize("curve", [ELLIPSE, BetaLorenz(*EXACT_BETA[0])])
def test_line_above_the_richest_is_unknown_and_below_the_poorest_nobody(curve):
    assert np.isnan(curve.headcount(1e6))
    assert ELLIPSE.headcount(1e-6) == 0


@pytest.mark.parametrize(("x", "known"), [(0.2, False), (0.5, True)])
def test_beta_with_b_just_above_one_knows_no_zero(x, known):
    """B = 1.0003: convex at PIP's first point (curvature terms −300 and +1,000), but a slope of 0.2 is under that of the bottom."""
    curve = BetaLorenz(0.7, 1.0003, 0.5)
    assert curve.slope(0.0001) > 0.2
    assert np.isfinite(curve.headcount(x)) == known


def test_beta_that_falls_at_the_bottom_is_no_lorenz_curve():
    """A fit of two classes: its slope is 0.95 at the poorest and 0.15 at the first tenth, so no headcount can be read from it."""
    curve = BetaLorenz(2.1554, 1.4442, 1.4442)
    assert not curve.convex_at_bottom
    assert np.isnan(curve.headcount(1.0))
