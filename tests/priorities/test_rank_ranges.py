"""Places within all ranges: against draws of every parameter, and what must hold however wide the ranges are."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from brute_force import drawn_figures, scores_of
from hypothesis import given
from hypothesis import strategies as st
from small_matrices import noisy, ranged
from stories import DRAWN_THEN_ALL, REAL, ranked_at_common_level, story

from nasssap_lib.priorities.matrix import Matrix, criteria_matrix
from nasssap_lib.priorities.rank_ranges import beaten_whatever, rank_ranges
from nasssap_lib.priorities.ranking import rank_options
from nasssap_lib.priorities.sequence import leaders

NEAR = 0.02  # of the scale: take-up is tried at nine values between its ends, and persons bend with it


def ahead_of(table: pd.DataFrame) -> dict[str, set[str]]:
    """Who is surely ahead of each option."""
    return {row.option: set(filter(None, row.surely_behind.split(";"))) for row in table.itertuples()}


@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_no_draw_of_the_parameters_leaves_the_interval(country):
    """100 draws: take-up, level, administration, coverage and overlap anywhere in their ranges or at their ends; what is missing is
    drawn within what it could be and, once it is known, belongs to the scale.
    """
    told, rng = story(country), np.random.default_rng(7)
    options = told["options"].set_index("option", drop=False)
    for matrix in told["matrix"].lists:
        found = rank_ranges(matrix, told["weights"]).set_index("option")
        rows = options.loc[matrix.values.index].to_dict("records")
        ahead, low, high = ahead_of(found.reset_index()), matrix.low.to_numpy(), matrix.high.to_numpy()
        for number in range(100):
            u = rng.random(low.shape) if number % 2 else rng.integers(0, 2, low.shape)
            values = pd.DataFrame(low + u * (high - low), matrix.values.index, matrix.values.columns)
            figures = drawn_figures(rows, rng, number % 4 > 1)
            for name in figures.columns.intersection(values.columns):
                values[name] = figures[name].fillna(values[name])
            central = matrix.values.fillna(values)
            score = scores_of(values, central, matrix.objectives, told["weights"], options["population"].iat[0])
            lead = np.subtract.outer(score.to_numpy(), score.to_numpy())
            for option, names in ahead.items():
                assert all(score[name] > score[option] - NEAR for name in names), (number, option)
            assert ((lead > -NEAR).sum(axis=0) >= found["rank_best"]).all()
            assert (1 + (lead > NEAR).sum(axis=0) <= found["rank_worst"]).all()


def test_take_up_moves_persons_and_cost_together_by_hand():
    """Two options, cost and persons weigh the same. b stands fast at cost 2 and 4 persons (not on a logarithmic scale here). At a
    take-up of one a costs 1 and reaches 2, at twice that 2 and 4, at half of it 0.5 and 1. On scales 1 to 2 and 2 to 4 its score is
    0.5 × (2 − cost) + 0.5 × (persons − 2) ÷ 2: 0.5 at every take-up; of b it is 0.5 too. Apart, a could have 4 persons for 0.5.
    """
    values = pd.DataFrame({"cost": [1.0, 2.0], "newly_covered": [2.0, 4.0]}, index=["a", "b"])
    low = pd.DataFrame({"cost": [0.5, 2.0], "newly_covered": [1.0, 4.0]}, index=["a", "b"])
    high = pd.DataFrame({"cost": [2.0, 2.0], "newly_covered": [4.0, 4.0]}, index=["a", "b"])
    joint = {
        "cost": pd.DataFrame([[0.5, 1, 2], [2, 2, 2]], index=["a", "b"]),
        "newly_covered": pd.DataFrame([[1, 2, 4], [4, 4, 4]], index=["a", "b"]),
    }
    better = {"cost": "min", "newly_covered": "max"}
    apart = Matrix(values, low, high, better, {"a": "A", "b": "B"}, pd.DataFrame())
    weights = {"cost": 1, "newly_covered": 1}
    together = rank_ranges(dataclasses.replace(apart, joint=joint), weights).set_index("option")
    assert together.loc["a", ["score_low", "score", "score_high"]].tolist() == pytest.approx([0.5, 0.5, 0.5])
    wide = rank_ranges(apart, weights).set_index("option")
    # apart: 0.5 × (2 − 2) + 0.5 × (1 − 2) ÷ 2 and 0.5 × (2 − 0.5) + 0.5 × (4 − 2) ÷ 2
    assert wide.loc["a", ["score_low", "score_high"]].tolist() == pytest.approx([-0.25, 1.25])


def test_an_interval_by_hand():
    """One criterion, cost 1, 2 and 4: scores 1, 2/3 and 0. a between 0.5 and 2.5 costs: 7/6 to 1/2; b exact: ahead of a, or behind."""
    values = pd.DataFrame({"cost": [1.0, 2.0, 4.0]}, index=list("abc"))
    low, high = values.copy(), values.copy()
    low.loc["a"], high.loc["a"] = 0.5, 2.5
    found = rank_ranges(Matrix(values, low, high, {"cost": "min"}, {}, pd.DataFrame()), {"cost": 3}).set_index("option")
    assert found.loc["a", ["rank_best", "rank_worst"]].tolist() == [1, 2]
    assert found.loc["a", ["score_low", "score_high"]].tolist() == pytest.approx([1 / 2, 7 / 6])
    assert found.loc["c", ["rank_best", "rank_worst", "surely_behind"]].tolist() == [3, 3, "a;b"]


def test_a_missing_figure_that_makes_the_scale_by_hand():
    """Cost and c1 weigh the same. Of c1 two options have 3, b has 0 to 10. On cost b leads a by a half of the scale, a quarter of the
    score. With a c1 of 0 the scale of c1 is 0 to 3, and a leads on it by all of it: b scores 0.5, a 0.75. Above 3 b leads on both.
    """
    values = pd.DataFrame({"cost": [2.0, 0.0, 4.0], "c1": [3.0, np.nan, 3.0]}, index=list("abc"))
    low, high = values.fillna(0), values.fillna(10)
    matrix = Matrix(values, low, high, {"cost": "min", "c1": "max"}, {}, pd.DataFrame())
    found = rank_ranges(matrix, {"cost": 1, "c1": 1}).set_index("option")
    assert found[["rank_best", "rank_worst"]].to_numpy().tolist() == [[1, 2], [1, 2], [2, 3]]
    assert found["surely_behind"].tolist() == ["", "", "a"]


@given(ranged(), st.data())
def test_no_filling_and_no_value_within_its_range_leaves_the_interval(problem, data):
    """What is known stays the scale; what was missing belongs to it once it is known. Every corner and what lies between."""
    matrix, weights = problem
    found = rank_ranges(matrix, weights).set_index("option")
    size = matrix.values.shape
    u = np.array(
        data.draw(st.lists(st.sampled_from([0, 0.25, 0.5, 1]), min_size=size[0] * size[1], max_size=size[0] * size[1]))
    )
    values = matrix.low + (matrix.high - matrix.low) * u.reshape(size)
    score = scores_of(values, matrix.values.fillna(values), matrix.objectives, weights, 0)
    rank = score.round(9).rank(ascending=False, method="min")
    assert (rank >= found["rank_best"]).all() and (rank <= found["rank_worst"]).all()
    for option, names in ahead_of(found.reset_index()).items():
        assert all(score[name] > score[option] for name in names)


@given(ranged(), st.data())
def test_wider_ranges_never_narrow_an_interval(problem, data):
    matrix, weights = problem
    size = matrix.values.shape
    more = st.lists(st.integers(0, 6), min_size=size[0] * size[1], max_size=size[0] * size[1])
    below, above = (np.array(data.draw(more)).reshape(size) for _ in range(2))
    wider = dataclasses.replace(matrix, low=matrix.low - below, high=matrix.high + above)
    before, after = (rank_ranges(one, weights).set_index("option") for one in (matrix, wider))
    assert (after["rank_best"] <= before["rank_best"]).all() and (after["rank_worst"] >= before["rank_worst"]).all()
    now, then = (ahead_of(one.reset_index()) for one in (before, after))
    assert all(then[option] <= now[option] for option in now)


@pytest.mark.parametrize("country", ["SEN", "HND", "RWA", "XTC"])
def test_wider_parameters_never_narrow_an_interval_of_a_country(country):
    """Each parameter half as wide again, as far as it can be."""
    told = story(country)
    wide = told["options"].copy()
    for name, top in (("take_up", 1.0), ("level", np.inf), ("admin", np.inf), ("coverage", 1.0)):
        central = wide["coverage" if name == "coverage" else f"{name}_central"]
        low, high = wide[f"{name}_low"], wide[f"{name}_high"]
        wide[f"{name}_low"] = (central - 1.5 * (central - low)).clip(lower=0).fillna(low)
        wide[f"{name}_high"] = (central + 1.5 * (high - central)).clip(upper=top).fillna(high)
    widened = criteria_matrix(told["criteria"], options=wide)
    for before, after in zip(told["matrix"].lists, widened.lists, strict=True):
        now, then = (rank_ranges(one, told["weights"]).set_index("option") for one in (before, after))
        assert (then["rank_best"] <= now["rank_best"]).all() and (then["rank_worst"] >= now["rank_worst"]).all()
        assert (then["score_low"] <= now["score_low"] + 1e-12).all()
        assert (then["score_high"] >= now["score_high"] - 1e-12).all()


def with_copy(matrix: Matrix, option: str) -> Matrix:
    """The matrix with one option twice."""

    def longer(table):
        return pd.concat([table, table.loc[[option]].rename(index={option: "copy"})])

    tables = {name: longer(getattr(matrix, name)) for name in ("values", "low", "high")}
    joint = {name: longer(table) for name, table in matrix.joint.items()}
    return dataclasses.replace(matrix, **tables, joint=joint, names={**matrix.names, "copy": "Copy"})


def test_a_copy_changes_no_other_pair_of_a_country():
    for country in ("SEN", "XTC"):
        told = story(country)
        for matrix in told["matrix"].lists:
            unchanged_by_copies(matrix, told["weights"])


@given(ranged())
def test_a_copy_changes_no_other_pair(problem):
    unchanged_by_copies(*problem)


def unchanged_by_copies(matrix: Matrix, weights: dict) -> None:
    """Who is surely ahead of whom, and who is ahead at the central values, among the options that were there before."""
    before = rank_ranges(matrix, weights)
    now, score = ahead_of(before), before.set_index("option")["score"]
    for option in matrix.values.index[[0, -1]]:  # the first and the last of the list
        after = rank_ranges(with_copy(matrix, option), weights)
        then, scores = ahead_of(after), after.set_index("option")["score"]
        assert {name: then[name] - {"copy"} for name in now} == now
        assert then["copy"] == then[option] and "copy" not in then[option]
        pairs = [np.subtract.outer(part.to_numpy(), part.to_numpy()).round(9) for part in (score, scores[score.index])]
        assert np.array_equal(np.sign(pairs[0]), np.sign(pairs[1]), equal_nan=True)


def dearer(options: pd.DataFrame) -> pd.DataFrame:
    """The same options at twice the cost."""
    double = [name for name in options if name.startswith(("cost_", "net_cost_", "unit_"))]
    return options.assign(**{name: 2 * options[name] for name in double})


@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_twice_the_cost_of_everything_changes_no_rank_at_a_common_level(country):
    told = story(country)
    double = ranked_at_common_level(told["pack"], dearer(told["options"]), told["weights"])
    compared = ["kind", "option", "rank_best", "rank_worst", "rank", "decisive", "surely_behind"]
    pd.testing.assert_frame_equal(told["common"][compared], double[compared])


@given(ranged(), st.sampled_from([0.01, 2.0, 1000.0]))
def test_what_is_multiplied_for_all_options_changes_no_rank(problem, factor):
    matrix, weights = problem
    tables = {
        name: getattr(matrix, name).assign(c0=getattr(matrix, name)["c0"] * factor)
        for name in ("values", "low", "high")
    }
    now, then = (rank_ranges(one, weights) for one in (matrix, dataclasses.replace(matrix, **tables)))
    columns = ["option", "rank_best", "rank_worst", "surely_behind"]
    pd.testing.assert_frame_equal(now[columns], then[columns])


@given(ranged(missing=0, width=0))
def test_without_ranges_the_interval_is_the_rank(problem):
    matrix, weights = problem
    found = rank_ranges(matrix, weights)
    ranks = rank_options(matrix.values, weights, matrix.objectives).table
    assert found["rank_best"].tolist() == found["rank_worst"].tolist() == ranks["rank"].tolist()
    assert found["score"].to_numpy() == pytest.approx(ranks["score"].to_numpy())
    assert set(found["decisive"]) == {""}


@pytest.mark.parametrize("country", REAL)
def test_the_rank_at_the_central_values_lies_within_the_interval(country):
    """Where every option of the list is complete; elsewhere it is the place among those that are."""
    ranking = story(country)["ranking"]
    for _kind, part in ranking[ranking["rank_best"].notna()].groupby("kind"):
        if part["rank"].notna().all():
            assert part["rank"].between(part["rank_best"], part["rank_worst"]).all()


@given(ranged(), st.sampled_from([1.0, 1e-13, 1e9]))
def test_noise_changes_no_place_at_any_size(problem, size):
    """Whole numbers against the same with other last digits, of a thousandth of the size of what stands beside them."""
    matrix, weights = problem
    tables = {name: getattr(matrix, name) + 1000 for name in ("values", "low", "high")}
    blurred = {name: noisy(table) * size for name, table in tables.items()}
    whole, other = (dataclasses.replace(matrix, **each) for each in (tables, blurred))
    places = ["rank_best", "rank_worst", "decisive", "surely_behind"]
    assert rank_ranges(whole, weights)[places].equals(rank_ranges(other, weights)[places])
    assert beaten_whatever(whole).equals(beaten_whatever(other))
    assert leaders(whole, weights) == leaders(other, weights)
