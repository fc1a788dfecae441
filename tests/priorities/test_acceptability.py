"""Rank acceptability against exact shares, the published example of rsmaa, and what must hold for every draw."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from small_matrices import CHILD, MATRIX, OBJECTIVES, WEIGHTS, matrices

from nasssap_lib.errors import MissingEvidence, NasssapError
from nasssap_lib.priorities.acceptability import Spread, _ordered_weights, acceptability_of_draws, rank_acceptability
from tests.reference_numbers import reference, reference_path

CORNERS = pd.DataFrame({"x": [1, 0, 0.6], "y": [0, 1, 0.6]}, index=["a", "b", "c"])


BOTH = {"x": "max", "y": "max"}


def shares(found, place=1):
    return found.table[f"rank_{place}"].to_numpy()


@pytest.mark.parametrize("draws", [2_000, 50_000])
def test_two_criteria_against_the_exact_shares(draws):
    """With weight w on x, a leads for w > 0.6, b for w < 0.4, c between: 0.4, 0.4, 0.2. Central weights: 0.8, 0.2, 0.5."""
    found = rank_acceptability(CORNERS, BOTH, draws=draws, seed=3)
    exact = np.array([0.4, 0.4, 0.2])
    assert (abs(shares(found) - exact) < 4 * np.sqrt(exact * (1 - exact) / draws)).all()
    assert found.central_weights["x"].tolist() == pytest.approx([0.8, 0.2, 0.5], abs=0.03)
    assert found.table["confidence"].tolist() == [1, 1, 1]


def test_ordered_weights_against_the_exact_shares():
    """With x before y, w is between ½ and 1: a leads for w > 0.6, four fifths of it; y before x is the mirror image."""
    found = rank_acceptability(CORNERS, BOTH, 50_000, weights="ordered", order=["x", "y"])
    assert shares(found) == pytest.approx([0.8, 0, 0.2], abs=0.01)
    mirror = rank_acceptability(CORNERS, BOTH, 50_000, weights="ordered", order=["y", "x"])
    assert shares(mirror) == pytest.approx([0, 0.8, 0.2], abs=0.01)
    assert found.central_weights.loc["b"].isna().all()
    assert np.isnan(found.table["confidence"][1])


def test_an_order_that_names_one_of_three_criteria_against_the_exact_shares():
    """X weighs at least as much as y and as z: a third of all weights. a (x alone) leads where x weighs more than a half, a quarter
    of all weights and all within that third: three quarters. Mean weights of the third: 11/18 and 7/36 twice.
    """
    matrix = pd.DataFrame({"x": [1, 0], "y": [0, 1], "z": [0, 1]}, index=["a", "d"])
    objectives = dict.fromkeys("xyz", "max")
    found = rank_acceptability(matrix, objectives, 50_000, weights="ordered", order=["x"])
    assert shares(found) == pytest.approx([0.75, 0.25], abs=0.01)
    mean = (found.central_weights.mul(shares(found), axis=0)).sum()
    assert mean.tolist() == pytest.approx([11 / 18, 7 / 36, 7 / 36], abs=0.005)


def test_an_order_that_names_two_of_three_is_the_full_order():
    full, two = (
        rank_acceptability(MATRIX, OBJECTIVES, 3_000, weights="ordered", order=order)
        for order in (["ready", "cost", "persons"], ["ready", "cost"])
    )
    pd.testing.assert_frame_equal(full.table, two.table)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 9))
def test_every_draw_respects_the_order_and_none_is_thrown_away(criteria, named, seed):
    named = min(named, criteria)
    weights = _ordered_weights(np.random.default_rng(seed), 200, criteria, named)
    assert weights.shape == (200, criteria)
    assert weights.sum(axis=1) == pytest.approx(1)
    assert (np.diff(weights[:, :named], axis=1) <= 0).all()
    assert (weights[:, named:] <= weights[:, [named - 1]]).all()


def test_what_is_not_named_has_no_order_of_its_own():
    """Both orders of two criteria that are not named are equally often drawn."""
    weights = _ordered_weights(np.random.default_rng(0), 40_000, 4, 2)
    assert (weights[:, 2] > weights[:, 3]).mean() == pytest.approx(0.5, abs=0.01)


def test_uniform_and_triangular_values_against_the_exact_share():
    """The value of a lies in 0 … 1, likeliest 0.5, that of b is 0.75: a leads with 1/4 (uniform) or 2·¼² = 1/8 (triangle)."""
    matrix = pd.DataFrame({"x": [0.5, 0.75]}, index=["a", "b"])
    low, high = pd.DataFrame({"x": [0.0]}, index=["a"]), pd.DataFrame({"x": [1.0]}, index=["a"])
    for shape, exact in [("uniform", 1 / 4), ("triangular", 1 / 8)]:
        found = rank_acceptability(matrix, {"x": "max"}, 50_000, spread=Spread(low, high, shape))
        assert shares(found)[0] == pytest.approx(exact, abs=0.008)
        assert found.table["confidence"].tolist() == pytest.approx(shares(found).tolist())


def test_missing_value_is_drawn_from_its_range_or_refused():
    matrix = pd.DataFrame({"x": [np.nan, 0.75]}, index=["a", "b"])
    with pytest.raises(MissingEvidence, match="a: x"):
        rank_acceptability(matrix, {"x": "max"})
    spread = Spread(pd.DataFrame({"x": [0.0]}, index=["a"]), pd.DataFrame({"x": [1.0]}, index=["a"]), "triangular")
    assert shares(rank_acceptability(matrix, {"x": "max"}, 50_000, spread=spread))[0] == pytest.approx(0.25, abs=0.008)
    with pytest.raises(MissingEvidence, match="a: x"):
        rank_acceptability(matrix, {"x": "max"}, spread=Spread(spread.low, spread.high * np.nan))


@pytest.mark.reference
def test_thrombosis_example_of_rsmaa():
    """From rsmaa (G. van Valkenhoef), example output: deterministic, because the draws are given."""
    expected = reference("mcda.json")["smaa"][0]["expected"]
    data = pd.read_csv(reference_path("data/smaa_thrombo.csv.gz"))
    columns = [f"{drug}_{criterion}" for drug in ("hep", "enox") for criterion in ("prox", "dist", "bleed")]
    values = data[columns].to_numpy().reshape(-1, 2, 3)
    weights = data[["w_prox", "w_dist", "w_bleed"]].to_numpy()
    found = acceptability_of_draws(values, weights, list(expected["rank_acceptability"]), ["prox", "dist", "bleed"])
    for row in found.table.itertuples():
        assert [row.rank_1, row.rank_2] == pytest.approx(expected["rank_acceptability"][row.option], abs=1e-12)
        assert row.confidence == pytest.approx(expected["confidence_factor"][row.option], abs=1e-12)
        assert found.central_weights.loc[row.option].tolist() == pytest.approx(
            expected["central_weights"][row.option], abs=5e-7
        )
    fixed = acceptability_of_draws(
        values, np.tile([0.5, 0.2, 0.3], (len(values), 1)), ["Heparin", "Enoxaparin"], list("pdb")
    )
    assert fixed.table["rank_1"].tolist() == pytest.approx(list(expected["fixed_weights_05_02_03_rank1"].values()))


@given(matrices(options=(2, 5)), st.data())
def test_a_dominated_option_is_never_first(problem, data):
    matrix, _, objectives = problem
    better = data.draw(st.sampled_from(list(matrix.index)))
    worse = matrix.loc[[better]] - data.draw(
        st.lists(st.integers(0, 3), min_size=matrix.shape[1], max_size=matrix.shape[1])
    )
    assume((worse.to_numpy() != matrix.loc[[better]].to_numpy()).any())
    table = pd.concat([matrix, worse.rename(index={better: "dominated"})])
    found = rank_acceptability(table, objectives, draws=300)
    assert found.table.set_index("option").loc["dominated", "rank_1"] == 0
    assert found.central_weights.loc["dominated"].isna().all()


@given(matrices(), st.integers(0, 5))
def test_rows_add_up_and_the_seed_decides(problem, seed):
    matrix, _, objectives = problem
    spread = Spread(matrix - 1, matrix + 2)
    found, again = (rank_acceptability(matrix, objectives, draws=2_100, spread=spread, seed=seed) for _ in range(2))
    assert found.table.filter(like="rank_").sum(axis=1).to_numpy() == pytest.approx(1)
    pd.testing.assert_frame_equal(found.table, again.table)
    assert found.central_weights.dropna().sum(axis=1).to_numpy() == pytest.approx(1)
    assert found.table["confidence"].dropna().between(0, 1).all()


@given(matrices(options=(3, 5)))
def test_more_draws_give_the_same_shares_within_their_error(problem):
    matrix, _, objectives = problem
    few, many = (shares(rank_acceptability(matrix, objectives, draws=draws, seed=draws)) for draws in (2_000, 20_000))
    error = np.sqrt(np.maximum(many * (1 - many), 1e-3) * (1 / 2_000 + 1 / 20_000))
    assert (abs(few - many) < 5.5 * error).all()


def test_fixed_weights_give_the_ranking():
    found = rank_acceptability(MATRIX, OBJECTIVES, draws=10, weights=WEIGHTS)
    assert shares(found).tolist() == [1, 0, 0]
    assert found.central_weights.loc[CHILD].to_dict() == pytest.approx(WEIGHTS)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weights": "some"}, "expected weights"),
        ({"weights": "ordered"}, "expected weights"),
        ({"weights": "ordered", "order": ["persons", "persons"]}, "expected weights"),
        ({"weights": "ordered", "order": ["persons", "equity"]}, "expected weights"),
        ({"order": ["persons", "cost", "ready"]}, "expected weights"),
        ({"draws": 0}, "at least one draw"),
        ({"spread": Spread(MATRIX + 1, MATRIX + 2)}, "low ≤ value ≤ high"),
        ({"spread": Spread(MATRIX, MATRIX, "normal")}, "'normal'"),
        ({"spread": Spread(MATRIX.rename(columns={"cost": "costs"}), MATRIX)}, "costs"),
    ],
)
def test_views_that_make_no_sense_are_refused(change, sentence):
    with pytest.raises(NasssapError, match=sentence):
        rank_acceptability(MATRIX, OBJECTIVES, **change)


def test_draws_of_another_shape_are_refused():
    with pytest.raises(NasssapError, match="do not fit"):
        acceptability_of_draws(np.ones((5, 2, 3)), np.ones((4, 3)), ["a", "b"], ["x", "y", "z"])


@pytest.mark.parametrize("size", [1.0, 1e-13])
def test_options_that_only_a_sum_tells_apart_share_every_rank(size):
    matrix = pd.DataFrame({"x": [0.1 + 0.2, 0.3, 0.33], "y": [5.0, 5.0, 5.0]}, index=list("abc")) * size
    found = rank_acceptability(matrix, {"x": "max", "y": "max"}, draws=100).table.set_index("option")
    assert found.loc["a", "rank_2"] == found.loc["b", "rank_2"] == found.loc["c", "rank_1"] == 1
