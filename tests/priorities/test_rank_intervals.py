"""Intervals of ranks where values are missing: against brute force, and no filling contradicts them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from small_matrices import CHILD, MATRIX, OBJECTIVES, OLD_AGE, WEIGHTS, WORKS, matrices

from nasssap_lib.errors import MissingEvidence, NasssapError
from nasssap_lib.priorities.rank_intervals import rank_interval
from nasssap_lib.priorities.ranking import rank_options


@given(matrices(options=(2, 5)), st.data())
def test_rank_interval_is_what_filling_in_finds(problem, data):
    """Brute force: every combination of lowest and highest known value in two missing cells."""
    matrix, weights, objectives = problem
    cells = [
        (data.draw(st.integers(0, len(matrix) - 1)), data.draw(st.integers(0, matrix.shape[1] - 1))) for _ in range(2)
    ]
    gaps = matrix.copy()
    for row, column in cells:
        gaps.iloc[row, column] = np.nan
    assume((gaps.max() > gaps.min()).iloc[[column for _, column in cells]].all())
    found = rank_interval(gaps, weights, objectives)
    seen = []
    for ends in np.ndindex(2, 2):
        filled = gaps.copy()
        for (row, column), end in zip(cells, ends, strict=True):
            filled.iloc[row, column] = (gaps.min(), gaps.max())[end].iloc[column]
        seen.append(rank_options(filled, weights, objectives).table["rank"])
    assert found["rank_best"].tolist() == np.min(seen, axis=0).tolist()
    assert found["rank_worst"].tolist() == np.max(seen, axis=0).tolist()


def test_rank_interval_names_the_cells_that_matter():
    gaps = MATRIX.astype(float)
    gaps.loc[CHILD, "cost"], gaps.loc[WORKS, "ready"] = np.nan, np.nan
    found = rank_interval(gaps, WEIGHTS, OBJECTIVES, ranges={"cost": (0.4, 1.5)}).set_index("option")
    assert found.loc[CHILD, ["rank_best", "rank_worst", "decisive"]].tolist() == [1, 1, ""]
    # with a cost of 0.6 for the child benefit, cost runs from 0.4 to 0.6: works get 0 for it and at most draw level, 0.2 + 0.2 = 0.4
    assert found.loc[OLD_AGE, ["rank_best", "rank_worst"]].tolist() == [2, 3]
    assert found.loc[OLD_AGE, "decisive"] == f"{CHILD}: cost; {WORKS}: ready"
    assert found["surely_behind"].to_dict() == {CHILD: "", OLD_AGE: CHILD, WORKS: CHILD}


@given(matrices(options=(2, 5)), st.data())
def test_no_filling_contradicts_the_interval(problem, data):
    """Missing values reach beyond the known ones, so that filling them in also moves the scale; the ranking of what was filled in
    stays within the interval, and whoever is surely ahead is ahead.
    """
    matrix, weights, objectives = problem
    objectives = {name: data.draw(st.sampled_from(["max", "min"])) for name in objectives}
    size = matrix.shape
    cells = data.draw(st.sets(st.tuples(*(st.integers(0, n - 1) for n in size)), min_size=1, max_size=4))
    low, high, gaps = matrix.copy(), matrix.copy(), matrix.copy()
    for cell in cells:
        first, second = sorted(data.draw(st.tuples(st.integers(-20, 30), st.integers(-20, 30))))
        low.iloc[cell], high.iloc[cell], gaps.iloc[cell] = first, second, np.nan
    found = rank_interval(gaps, weights, objectives, (low, high)).set_index("option")
    for _ in range(5):
        filled = gaps.copy()
        for cell in cells:
            filled.iloc[cell] = low.iloc[cell] + (high - low).iloc[cell] * data.draw(st.sampled_from([0, 0.3, 0.5, 1]))
        ranking = rank_options(filled, weights, objectives).table.set_index("option")
        assert (ranking["rank"] >= found["rank_best"]).all() and (ranking["rank"] <= found["rank_worst"]).all()
        for option, ahead in found["surely_behind"].items():
            assert all(ranking["score"][name] > ranking["score"][option] for name in ahead.split(";") if name)


def test_rank_interval_without_gaps_is_the_ranking():
    found = rank_interval(MATRIX, WEIGHTS, OBJECTIVES, ranges={"cost": (0, 100)})
    assert found["rank_best"].tolist() == found["rank_worst"].tolist() == [1, 2, 3]
    assert set(found["decisive"]) == {""}


def test_rank_interval_refuses_to_guess():
    unknown = MATRIX.assign(ready=[np.nan, 4, np.nan])
    with pytest.raises(MissingEvidence, match="ready"):
        rank_interval(unknown, WEIGHTS, OBJECTIVES)
    assert rank_interval(unknown, WEIGHTS, OBJECTIVES, ranges={"ready": (1, 4)})["rank_worst"].max() == 3
    with pytest.raises(NasssapError, match="above the high one"):
        rank_interval(unknown, WEIGHTS, OBJECTIVES, ranges={"ready": (4, 1)})
    with pytest.raises(NasssapError, match="unknown criteria"):
        rank_interval(unknown, WEIGHTS, OBJECTIVES, ranges={"reddy": (1, 4)})


def test_ranges_of_single_cells_narrow_the_interval():
    matrix = pd.DataFrame({"x": [np.nan, 0.0, 1.0], "y": [0.5, 1.0, 0.0]}, index=["a", "b", "c"])
    objectives, weights = {"x": "max", "y": "max"}, {"x": 1, "y": 1}
    wide = rank_interval(matrix, weights, objectives).set_index("option")
    # a: 0.5 × (0.6 … 0.7) + 0.25 = 0.55 … 0.6, b and c: 0.5 each
    narrow = rank_interval(matrix, weights, objectives, (matrix.fillna(0.6), matrix.fillna(0.7))).set_index("option")
    assert (wide.loc["a", "rank_best"], wide.loc["a", "rank_worst"]) == (1, 3)
    assert (narrow.loc["a", "rank_best"], narrow.loc["a", "rank_worst"]) == (1, 1)
    with pytest.raises(MissingEvidence, match="a"):
        rank_interval(matrix, weights, objectives, (matrix, matrix))


def test_options_that_only_a_sum_tells_apart_are_open_to_the_same_ranks():
    """1000.1 + 0.2 and 1000.3 differ by a thousand-millionth of the narrow scale; c is ahead of both."""
    values = pd.DataFrame({"x": [1000.1 + 0.2, 1000.3, 1000.4], "y": [1.0, 1.0, np.nan]}, index=list("abc"))
    found = rank_interval(values, {"x": 1, "y": 1}, {"x": "max", "y": "max"}, {"y": (1, 2)})
    assert found[["rank_best", "rank_worst"]].values.tolist() == [[2, 2], [2, 2], [1, 1]]
