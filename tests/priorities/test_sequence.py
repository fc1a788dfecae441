"""Scores, ranks and steps of a sequence: sums, what no missing value can turn, and steps that the evidence separates."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import ALL, story

from nasssap_lib.priorities.matrix import Matrix
from nasssap_lib.priorities.ranking import rank_options
from nasssap_lib.priorities.sequence import accept_ranks, propose_sequence, rank_sequence, score_options
from nasssap_lib.priorities.words import sequence_sentence


def option(country: str, name: str) -> pd.Series:
    return story(country)["options"].set_index("option").loc[name]


@pytest.mark.parametrize("country", ALL)
def test_contributions_add_up_to_the_score(country):
    told = story(country)
    scores = score_options(told["matrix"], told["weights"])
    ranking = told["ranking"].set_index("option")
    sums = scores.groupby("option")[["low", "high"]].sum()
    assert np.allclose(sums["low"], ranking["score_low"].reindex(sums.index))
    assert np.allclose(sums["high"], ranking["score_high"].reindex(sums.index))
    assert (scores["low"] <= scores["weight"] + 1e-12).all()
    assert ranking["score_high"].dropna().between(0, 1 + 1e-12).all()


def test_a_complete_matrix_gives_the_weighted_sum_of_the_library():
    told = story("SEN")
    filled = told["matrix"].values.fillna(told["matrix"].low)
    matrix = dataclasses.replace(told["matrix"], values=filled)
    expected = rank_options(filled, told["weights"], matrix.objectives)
    found = rank_sequence(matrix, told["weights"], told["criteria"]).set_index("option").loc[filled.index]
    assert found["rank_best"].tolist() == found["rank_worst"].tolist() == expected.table["rank"].tolist()
    assert np.allclose(found["score_high"], expected.table["score"])


@pytest.mark.parametrize("country", ALL)
def test_no_order_is_an_artefact_of_a_missing_value(country):
    """Whatever the missing values are, within what they could be, each option stays in its interval of ranks."""
    told, rng = story(country), np.random.default_rng(0)
    matrix, ranking = told["matrix"], told["ranking"].set_index("option")
    absent = matrix.values.isna()
    scale = matrix.values.where(~absent, matrix.low).min(), matrix.values.where(~absent, matrix.high).max()
    for _ in range(30):
        drawn = matrix.low + (matrix.high - matrix.low) * rng.random(absent.shape)
        values = matrix.values.where(~absent, drawn)
        share = (values - scale[0]) / (scale[1] - scale[0]).where(scale[1] > scale[0], 1)
        less = [name for name, better in matrix.objectives.items() if better == "min"]
        score = share.assign(**{name: 1 - share[name] for name in less}).mul(pd.Series(told["weights"])).sum(axis=1)
        rank = score.round(9).rank(ascending=False, method="min")
        assert (rank >= ranking["rank_best"].reindex(rank.index)).all()
        assert (rank <= ranking["rank_worst"].reindex(rank.index)).all()


def test_acceptability_adds_up_and_leaves_out_what_has_no_cost():
    told = story("HND")
    found = accept_ranks(told["matrix"], told["criteria"], draws=2000)
    ranks = found.filter(like="rank_")
    assert np.allclose(ranks.dropna().sum(axis=1), 1)
    assert np.allclose(ranks.sum(), 1)
    assert found.set_index("option").loc["disability_benefit", "rank_1":"rank_6"].isna().all()


def test_steps_of_the_sequence_are_separated_by_the_evidence():
    told = story("SEN")
    steps = propose_sequence(told["ranking"], accept_ranks(told["matrix"], told["criteria"], 500), told["options"])
    by_option = steps.set_index("option")["step"]
    # readiness of the cash transfer was not read: between those of the maternity benefit (0.698) and the child benefit (0.691)
    assert by_option["cash_transfer"] == by_option["maternity_benefit"] == 1
    assert by_option["child_benefit"] == 2 and by_option["social_pension"] == 3
    assert np.isnan(by_option["disability_benefit"])
    assert steps.set_index("option").loc["cash_transfer", "latest"] == 3
    assert "guarantees are due to all" in sequence_sentence(steps)


def test_one_unknown_value_does_not_lump_the_options_of_the_training_country():
    """Readiness of the public works is not known; the other nine keep their order, and the works could come last but one."""
    told = story("XTC")
    steps = propose_sequence(told["ranking"], pd.DataFrame({"option": []}), told["options"]).set_index("option")
    exact = steps.drop(index="works_on_demand")
    assert exact["step"].tolist() == list(range(1, 10)) and (exact["latest"] == exact["step"]).all()
    assert steps.loc["works_on_demand", ["step", "latest"]].tolist() == [3, 8]
    assert "at the latest: “Rural works on demand, 100 days a year” step 8" in sequence_sentence(steps)


def ranked_matrix(values, low, high, weights):
    better = {name: "min" if name == "c0" else "max" for name in values}
    names = {name: name for name in values.index}
    out = pd.DataFrame(columns=["option", "name", "reason"])
    matrix = Matrix(values, low, high, better, names, out)
    criteria = pd.DataFrame({"option": list(values.index), "source": "S"})
    return matrix, rank_sequence(matrix, weights, criteria)


@given(st.data())
def test_steps_are_the_levels_of_what_is_sure_and_no_filling_contradicts_them(data):
    """For every pair of steps where one was surely ahead, the weighted sum over whatever was filled in says the same; within a
    step nobody is surely ahead; one step earlier somebody stands who is.
    """
    n, m = data.draw(st.integers(2, 6)), data.draw(st.integers(1, 4))
    numbers = st.integers(0, 12)
    values = pd.DataFrame(
        data.draw(st.lists(st.lists(numbers, min_size=m, max_size=m), min_size=n, max_size=n)),
        [f"o{i}" for i in range(n)], [f"c{j}" for j in range(m)], dtype=float,
    )  # fmt: skip
    absent = np.array(data.draw(st.lists(st.booleans(), min_size=n * m, max_size=n * m))).reshape(n, m)
    width = np.array(data.draw(st.lists(numbers, min_size=n * m, max_size=n * m))).reshape(n, m)
    weights = {name: data.draw(st.integers(1, 5)) for name in values}
    low, high = values - width * absent, values + width * absent
    matrix, ranking = ranked_matrix(values.mask(absent), low, high, weights)
    options = pd.DataFrame({"option": values.index, "guarantee": "health"})
    steps = propose_sequence(ranking, pd.DataFrame({"option": []}), options).set_index("option")
    ahead = ranking.set_index("option")["surely_behind"].map(lambda text: set(filter(None, text.split(";"))))
    for option, names in ahead.items():
        expected = 1 + max((steps.loc[name, "step"] for name in names), default=0)
        assert steps.loc[option, "step"] == expected <= steps.loc[option, "latest"]
        assert not names & set(steps.index[steps["step"] == steps.loc[option, "step"]])
    for _ in range(4):
        filled = low + (high - low) * data.draw(st.sampled_from([0, 0.25, 0.5, 1]))
        filled = filled.where(~pd.DataFrame(width % 2 == 1, low.index, low.columns), low + high - filled)
        score = rank_options(filled, weights, matrix.objectives).table.set_index("option")["score"]
        assert all(score[name] > score[option] for option, names in ahead.items() for name in names)
