"""A decision as a table: checked and brought to one scale; what does not fit is named, nothing is filled in."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_matrices import matrices

from nasssap_lib.errors import MissingEvidence, NasssapError
from nasssap_lib.priorities.decision import (
    check_matrix,
    check_objectives,
    check_weights,
    missing_cells,
    ranked,
    refuse_missing,
    scaled,
    spans,
)  # fmt: skip

TABLE = pd.DataFrame({"cost": [1.0, np.nan], "equity": [np.nan, 2.0]}, index=["a", "b"])


@given(matrices())
def test_the_best_of_each_criterion_is_one_and_the_worst_zero_whichever_way_is_better(problem):
    matrix = problem[0].to_numpy()
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    for sign in (1.0, -1.0):
        share = scaled(matrix, low, high, np.full(matrix.shape[1], sign))
        wide = high > low
        best = (matrix.max(axis=0) if sign > 0 else matrix.min(axis=0)) == matrix
        assert ((share >= 0) & (share <= 1)).all()
        assert (share[best & wide] == 1).all()
        assert (share[:, ~wide] == 0).all()  # a criterion on which all are equal says nothing


@given(st.lists(st.integers(0, 5), min_size=1, max_size=8))
def test_a_rank_is_one_more_than_the_options_that_are_better(scores):
    expected = [1 + sum(other > score for other in scores) for score in scores]
    assert ranked(np.array(scores, dtype=float)).tolist() == expected


def test_what_a_computer_leaves_of_a_sum_is_no_difference():
    assert ranked(np.array([0.1 + 0.2, 0.3, 0.3 + 1e-9])).tolist() == [2, 2, 1]
    assert spans(np.array([1e9, 0.0]), np.array([1e9 + 1e-4, 0.0])).tolist() == [False, False]
    assert spans(np.array([1e-9]), np.array([2e-9])).tolist() == [True]  # small, but twice as much
    assert check_matrix(pd.DataFrame({"x": [0.1 + 0.2, 0.3]}))["x"].nunique() == 1


def test_ranks_of_several_draws_are_taken_within_each():
    assert ranked(np.array([[3.0, 1.0], [1.0, 3.0]])).tolist() == [[1, 2], [2, 1]]


def test_missing_cells_are_named_row_by_row_and_refused_with_a_hint():
    assert missing_cells(TABLE) == [("a", "equity"), ("b", "cost")]
    with pytest.raises(MissingEvidence, match="No value for a: equity, b: cost. Ask for it."):
        refuse_missing(TABLE, "Ask for it.")
    refuse_missing(TABLE.fillna(0.0), "Ask for it.")


@pytest.mark.parametrize(
    "wrong",
    [pd.DataFrame(), TABLE.set_axis(["a", "a"]), TABLE.set_axis(["cost", "cost"], axis=1), TABLE.replace(1.0, np.inf),
     TABLE.astype(object).replace(1.0, "much")],
)  # fmt: skip
def test_a_table_that_is_no_decision_is_refused(wrong):
    with pytest.raises(NasssapError, match="The matrix"):
        check_matrix(wrong)


def test_missing_values_are_no_fault_of_a_table():
    assert check_matrix(TABLE.astype(object)).equals(TABLE)


@pytest.mark.parametrize("weights", [{"cost": 1}, {"cost": 1, "equity": 1, "x": 1}, {"cost": -1, "equity": 2}, {"cost": 0, "equity": 0},
                                     {"cost": np.nan, "equity": 1}, {"cost": np.inf, "equity": 1}])  # fmt: skip
def test_weights_that_do_not_fit_or_do_not_weigh_are_refused(weights):
    with pytest.raises(NasssapError, match="weights"):
        check_weights(weights, ["cost", "equity"])


def test_weights_and_objectives_follow_the_criteria_whatever_their_order():
    assert check_weights(pd.Series({"b": 2, "a": 6}), ["a", "b"]).tolist() == [0.75, 0.25]
    assert check_objectives({"b": "min", "a": "max"}, ["a", "b"]).tolist() == [1, -1]
    with pytest.raises(NasssapError, match=r"got \{'a': 'more'\}"):
        check_objectives({"a": "more", "b": "min"}, ["a", "b"])
