"""The World Bank's economy of ten persons: Revisiting Targeting (2022), chapter 7; and hand calculations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.errors import MissingEvidence, NasssapError
from nasssap_lib.survey import targeting
from tests.reference_numbers import reference

INCOME = np.array([6, 8, 11, 15, 21, 25, 30, 40, 50, 100])
POOR, POOREST_20 = INCOME < 20, np.arange(10) < 2
RECEIVES = {  # chapter 7: who gets the budget of 30 in each scenario
    "1": np.isin(INCOME, [6, 8]),
    "2": np.isin(INCOME, [8, 11]),
    "3": np.isin(INCOME, [11, 15]),
    "4": np.full(10, True),
}


@pytest.mark.reference
def test_reference_economy_is_the_one_tested_here():
    economy = reference("targeting.json")["economy"]
    assert economy["income"] == INCOME.tolist()
    assert {name: np.array(who, bool).tolist() for name, who in economy["scenarios"].items()} == {
        name: who.tolist() for name, who in RECEIVES.items()
    }
    assert sum(np.maximum(economy["poverty_line"] - INCOME, 0)) == economy["total_gap"]


@pytest.mark.reference
def test_published_errors_of_targeting():
    """Table 7.3, p. 474."""
    rows = [row for row in reference("targeting.json")["published"] if "EE" in row]
    for row in rows:
        target = POOR if row["benchmark"] == "poverty line" else POOREST_20
        received = RECEIVES[row["scenario"]]
        assert targeting.undercoverage(received, target) == row["EE"]
        assert targeting.leakage(received, target) == row["IE"]
    assert len(rows) == 4


@pytest.mark.parametrize("scenario", ["1", "2", "3"])
def test_success_rate_and_kappa(scenario):
    """Table 7.8, p. 480: TSR 0.80, joint probability 0.56, kappa 0.54 (exactly 6/11)."""
    found = targeting.targeting_success(RECEIVES[scenario], POOR)
    assert (found.rate, found.chance, found.kappa) == pytest.approx((0.8, 0.56, 6 / 11))


@pytest.mark.reference
def test_income_after_transfer():
    """Table 7.9, p. 481, scenario 2: of the 30 spent, 9 + 12 close the gaps of the two beneficiaries (12 and 9)."""
    row = next(row for row in reference("targeting.json")["published"] if "income_after" in row)
    after = INCOME + np.array(row["transfer"])
    assert (after.tolist(), after.sum()) == (row["income_after"], row["total_after"])
    assert targeting.cost_effectiveness(row["transfer"], INCOME, 20) == pytest.approx((12 + 9) / 30)


def test_the_two_differentials_are_different_numbers():
    """The book's is (1 − EE) − IE; Ravallion's is coverage of the poor minus coverage of the rest."""
    book = {name: targeting.coverage_less_leakage(who, POOREST_20) for name, who in RECEIVES.items()}
    ravallion = {name: targeting.targeting_differential(who, POOREST_20) for name, who in RECEIVES.items()}
    assert book == pytest.approx({"1": 1, "2": 0, "3": -1, "4": 0.2})
    assert ravallion == pytest.approx({"1": 1, "2": 0.375, "3": -0.25, "4": 0})


def test_cgh_is_one_for_a_universal_transfer_and_five_for_a_perfect_one():
    assert targeting.cgh_index(3 * RECEIVES["4"], POOREST_20) == pytest.approx(1)
    assert targeting.cgh_index(15 * RECEIVES["1"], POOREST_20) == pytest.approx(5)
    assert targeting.incidence(15 * RECEIVES["2"], POOREST_20) == {False: 0.5, True: 0.5}


def test_weights_count_persons():
    """Two sampled persons that stand for 3 and 1: the target's one is covered, so is the other: leakage 1/4."""
    assert targeting.leakage([1, 1], [True, False], weight=[3, 1]) == 0.25
    assert targeting.cgh_index([1, 1], [True, False], weight=[3, 1]) == 1


def test_nobody_in_the_denominator_is_unknown():
    nobody, everybody = np.full(3, False), np.full(3, True)
    assert np.isnan(targeting.leakage(nobody, everybody))
    assert np.isnan(targeting.coverage(everybody, nobody))
    assert np.isnan(targeting.cgh_index([1, 1, 1], nobody))
    assert np.isnan(targeting.targeting_success(everybody, everybody).kappa)
    assert np.isnan(list(targeting.incidence([0, 0, 0], ["a", "b", "b"]).values())).all()


def test_missing_and_mismatched_persons_are_refused():
    with pytest.raises(MissingEvidence, match="1 values are missing"):
        targeting.coverage([1, np.nan], [1, 0])
    with pytest.raises(NasssapError, match="one length"):
        targeting.coverage([1, 0, 1], [1, 0])
    with pytest.raises(NasssapError, match="at least 0"):
        targeting.coverage([1, 0], [1, 0], weight=[1, -1])


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(1, 9)), min_size=1, max_size=30))
def test_shares_stay_shares(persons):
    received, target, weight = (np.array(column) for column in zip(*persons, strict=True))
    for measure in (targeting.coverage, targeting.undercoverage, targeting.leakage):
        value = measure(received, target, weight)
        assert np.isnan(value) or 0 <= value <= 1
    if received.any():
        assert sum(targeting.incidence(received, target, weight).values()) == pytest.approx(1)
