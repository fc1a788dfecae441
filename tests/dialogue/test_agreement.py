"""Agreement and compromise against Zar's birds, scipy and hand calculations."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.dialogue.agreement import borda, kendall_w, median_order, pairwise_tau
from nasssap_lib.errors import MissingEvidence
from tests.reference_numbers import reference, reference_path

# Zar (1999), Biostatistical Analysis, p. 444: wing, tail and bill length of twelve birds (as in R's package synchrony)
WING = [10.4, 10.8, 11.1, 10.2, 10.3, 10.2, 10.7, 10.5, 10.8, 11.2, 10.6, 11.4]
TAIL = [7.4, 7.6, 7.9, 7.2, 7.4, 7.1, 7.4, 7.2, 7.8, 7.7, 7.8, 8.3]
BILL = [17, 17, 20, 14.5, 15.5, 13, 19.5, 16, 21, 20, 18, 22]


def rankings(options=(2, 8), groups=(2, 6)):
    return st.tuples(st.integers(*options), st.integers(*groups)).flatmap(
        lambda size: st.lists(
            st.lists(st.integers(1, 5), min_size=size[0], max_size=size[0]), min_size=size[1], max_size=size[1]
        ).map(lambda columns: pd.DataFrame({f"g{number}": column for number, column in enumerate(columns)}))
    )


def test_kendall_w_of_zar_1999():
    """W = 0.9241 corrected for ties, chi-squared 30.50 with 11 degrees of freedom, p = 0.00132."""
    found = kendall_w(pd.DataFrame({"wing": WING, "tail": TAIL, "bill": BILL}))
    assert found.w == pytest.approx(0.924135220126, abs=1e-9)
    assert found.chi2 == pytest.approx(30.496, abs=1e-3)
    assert found.df == 11
    assert found.p == pytest.approx(0.001323546, abs=1e-8)


@pytest.mark.reference
def test_kendall_w_equals_the_reference():
    case = reference("mcda.json")["kendall"][0]
    birds = pd.read_csv(reference_path(case["data"].split()[0]))
    found, expected = kendall_w(birds), case["expected"]
    assert (found.w, found.df) == (pytest.approx(expected["W_tie_corrected"], abs=1e-11), expected["df"])
    assert (found.chi2, found.p) == (
        pytest.approx(expected["chi2_tie"], abs=1e-3),
        pytest.approx(expected["p"], abs=1e-8),
    )


@given(rankings(options=(2, 8), groups=(3, 6)))
def test_kendall_w_equals_friedman_of_scipy(ranks):
    """Friedman's chi-squared is k(n − 1)W; scipy has it with the same correction for ties."""
    from scipy.stats import friedmanchisquare  # here, for each process that collects tests would wait a second for it

    found = kendall_w(ranks)
    if np.isnan(found.w):
        assert (ranks.nunique() == 1).all()
    elif len(ranks) > 2:
        assert found.chi2 == pytest.approx(friedmanchisquare(*ranks.to_numpy()).statistic, abs=1e-9)
        assert -1e-12 <= found.w <= 1 + 1e-12


def test_full_agreement_is_one_and_opposite_orders_are_zero():
    assert kendall_w(pd.DataFrame({"a": [1, 2, 3], "b": [1, 2, 3]})).w == 1
    assert kendall_w(pd.DataFrame({"a": [1, 2, 3], "b": [3, 2, 1]})).w == 0


def test_p_is_given_from_seven_groups_or_seven_options_on():
    orders = pd.DataFrame({number: [1, 2, 3, 4] for number in range(7)})
    assert np.isfinite(kendall_w(orders).p)
    assert np.isnan(kendall_w(orders.iloc[:, :6]).p)
    assert np.isfinite(kendall_w(pd.DataFrame({"a": range(7), "b": range(7)})).p)


def test_nothing_to_measure_is_nan():
    alone = kendall_w(pd.DataFrame({"a": [1, 2, 3]}))
    tied = kendall_w(pd.DataFrame({"a": [1, 1, 1], "b": [2, 2, 2]}))
    assert np.isnan([alone.w, alone.chi2, alone.p, tied.w, tied.chi2, tied.p]).all()


def test_borda_by_hand():
    """Three options; 2, 1, 0 points by place, 0.5 each for the tie on the last two places."""
    ranks = pd.DataFrame({"unions": [1, 2, 3], "employers": [2, 1, 3], "women": [1, 2.5, 2.5]}, index=["a", "b", "c"])
    found = borda(ranks)
    assert found["points"].tolist() == [2 + 1 + 2, 1 + 2 + 0.5, 0 + 0 + 0.5]
    assert found["rank"].tolist() == [1, 2, 3]


@given(rankings())
def test_borda_gives_every_group_the_same_points_and_ignores_their_order(ranks):
    n, k = ranks.shape
    found = borda(ranks)
    assert found["points"].sum() == pytest.approx(k * n * (n - 1) / 2)
    assert borda(ranks[ranks.columns[::-1]])["points"].tolist() == found["points"].tolist()


@given(rankings(options=(3, 8), groups=(2, 3)))
def test_pairwise_tau_is_scipys(ranks):
    from scipy.stats import kendalltau

    found = pairwise_tau(ranks)
    expected = kendalltau(ranks["g0"], ranks["g1"]).statistic
    assert found.loc["g0", "g1"] == pytest.approx(expected, nan_ok=True)
    assert found.loc["g0", "g1"] == pytest.approx(found.loc["g1", "g0"], nan_ok=True)


@pytest.mark.parametrize("measure", [kendall_w, borda, pairwise_tau])
def test_an_option_that_a_group_left_out_is_named(measure):
    with pytest.raises(MissingEvidence, match="b: unions"):
        measure(pd.DataFrame({"unions": [1, np.nan], "employers": [1, 2]}, index=["a", "b"]))


@pytest.mark.parametrize("size", [1.0, 1e-13])
def test_groups_that_order_alike_agree_whatever_sums_leave_of_their_values(size):
    """Two options at 0.3, once as 0.1 + 0.2: mid-ranks 2.5, 2.5, 1 from every group, by hand."""
    noise = pd.DataFrame({"g1": [0.1 + 0.2, 0.3, 0.1], "g2": [0.3, 0.1 + 0.2, 0.1], "g3": [0.1 + 0.2, 0.3, 0.1]}) * size
    assert kendall_w(noise).w == 1
    assert borda(noise)["points"].tolist() == [1.5, 1.5, 6] and borda(noise)["rank"].tolist() == [2, 2, 1]
    assert median_order(noise)["median"].tolist() == [2.5, 2.5, 1] and median_order(noise)["rank"].tolist() == [2, 2, 1]
    assert pairwise_tau(noise).to_numpy() == pytest.approx(1.0)
