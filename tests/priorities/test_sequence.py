"""Scores, ranks and steps of a sequence: sums, what no missing value can turn, and steps that the evidence separates."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from brute_force import drawn_figures, scores_of
from hypothesis import given
from hypothesis import strategies as st
from leaders import matrix_of
from small_matrices import ranged
from stories import FIRST_THEN_ALL, story

from nasssap_lib.costing.options import assess_options
from nasssap_lib.priorities.matrix import Matrix
from nasssap_lib.priorities.ranking import rank_options
from nasssap_lib.priorities.sequence import accept_ranks, propose_sequence, rank_sequence, score_options, what_holds
from nasssap_lib.priorities.words import sequence_sentence


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_contributions_add_up_to_the_score(country):
    """To the score at the central values, where all are known; the range of what is missing lies within that of everything."""
    told = story(country)
    scores = score_options(told["matrix"], told["weights"])
    ranking = told["ranking"].set_index("option")
    sums = scores.groupby("option")[["low", "high"]].sum()
    whole = ranking["score"].dropna()
    assert np.allclose(sums.loc[whole.index, "low"], whole) and np.allclose(sums.loc[whole.index, "high"], whole)
    assert (sums["low"] >= ranking["score_low"].reindex(sums.index) - 1e-12).all()
    assert (sums["high"] <= ranking["score_high"].reindex(sums.index) + 1e-12).all()
    assert (scores["low"] <= scores["weight"] + 1e-12).all()
    assert whole.between(0, 1 + 1e-12).all()
    assert scores.groupby("kind")["option"].nunique().to_dict() == {
        part.kind: len(part.values) for part in told["matrix"].lists
    }


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_without_ranges_each_list_has_the_weighted_sum_of_the_library(country):
    told = story(country)
    filled = told["matrix"].values.fillna(told["matrix"].low)
    matrix = dataclasses.replace(told["matrix"], values=filled, low=filled, high=filled, joint={})
    found = rank_sequence(matrix, told["weights"], told["criteria"]).set_index("option")
    for part in matrix.lists:
        log = np.log10(np.maximum(part.values["newly_covered"], 0.001 * told["options"]["population"].max()))
        expected = rank_options(part.values.assign(newly_covered=log), told["weights"], matrix.objectives).table
        rows = found.loc[part.values.index]
        assert rows["rank_best"].tolist() == rows["rank_worst"].tolist() == expected["rank"].tolist()
        assert rows["rank"].tolist() == expected["rank"].tolist()
        assert np.allclose(rows["score_high"], expected["score"]) and np.allclose(rows["score"], expected["score"])


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_no_order_is_an_artefact_of_a_missing_value(country):
    """Whatever the missing values are, within what they could be, each option stays in its interval of ranks."""
    told, rng = story(country), np.random.default_rng(0)
    ranking = told["ranking"].set_index("option")
    for matrix in told["matrix"].lists:
        absent = matrix.values.isna()
        for _ in range(30):
            drawn = matrix.low + (matrix.high - matrix.low) * rng.random(absent.shape)
            values = matrix.values.where(~absent, drawn)
            population = told["options"]["population"].iat[0]
            score = scores_of(values, values, matrix.objectives, told["weights"], population)
            rank = score.round(9).rank(ascending=False, method="min")
            assert (rank >= ranking["rank_best"].reindex(rank.index)).all()
            assert (rank <= ranking["rank_worst"].reindex(rank.index)).all()


@pytest.mark.parametrize("country", [code for code in FIRST_THEN_ALL if code != "XTC"])
def test_take_up_alone_does_not_give_the_order(country):
    """What somebody typed for take-up does not give the order of the benefits that are paid."""
    told = story(country)
    paid = told["ranking"].query("kind == 'benefit' and rank_best > 0")
    take_up = told["options"].set_index("option")["take_up_central"][paid["option"]]
    assert len(paid) > 3
    assert take_up.diff().max() > 0, "an option stands before one with a higher take-up"


@pytest.mark.parametrize("country", [code for code in FIRST_THEN_ALL if code != "XTC"])
def test_half_the_take_up_leaves_the_need_and_halves_whom_a_new_option_covers(country):
    told = story(country)
    options = told["options"].set_index("option")
    new = options.query("way == 'new' and newly_covered_central > 0").index[0]
    measures = told["pack"].measures.copy()
    ends = ["take_up_low", "take_up_central", "take_up_high"]
    measures.loc[measures["id"] == new, ends] /= 2
    then = assess_options(dataclasses.replace(told["pack"], measures=measures)).set_index("option")
    for name in ("people", "coverage", "gap"):
        assert then.loc[new, name] == options.loc[new, name]
    for name in ("newly_covered_central", "persons_central", "cost_central"):
        assert then.loc[new, name] == pytest.approx(options.loc[new, name] / 2)
    others = options.index.drop(new)
    pd.testing.assert_frame_equal(
        then.loc[others, ["gap", "cost_central"]], options.loc[others, ["gap", "cost_central"]]
    )


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_a_subsidy_is_never_ranked_against_a_benefit(country):
    ranking = story(country)["ranking"]
    kind = ranking.set_index("option")["kind"]
    assert set(kind) == {"benefit", "subsidy"}
    for row in ranking[ranking["rank_best"].notna()].itertuples():
        assert row.rank_worst <= (ranking["rank_best"].notna() & (ranking["kind"] == row.kind)).sum()
        assert all(kind[name] == row.kind for name in row.surely_behind.split(";") if name)
        assert all(kind[cell.split(": ")[0]] == row.kind for cell in row.decisive.split("; ") if cell)


def test_acceptability_adds_up_and_leaves_out_what_has_no_cost():
    told = story("HND")
    found = accept_ranks(told["matrix"], told["criteria"], 2000, options=told["options"])
    for _kind, part in found.groupby("kind"):
        ranks = part.filter(like="rank_").dropna(how="all")
        assert np.allclose(ranks.sum(axis=1), 1)
        assert np.allclose(ranks.sum().iloc[: len(ranks)], 1) and ranks.iloc[:, len(ranks) :].isna().all(axis=None)
    rows = found.set_index("option").filter(like="rank_")
    assert rows.loc["disability_benefit"].isna().all() and rows.loc["health_insurance"].isna().all()


def test_acceptability_against_views_that_the_test_draws():
    """Training country, subsidies, all known: uniform weights by sorted cuts, figures drawn by the test with the rules written again,
    triangles by their own sum. 600 views against 10,000: shares within four standard errors of one another.
    """
    told, views = story("XTC"), 600
    matrix, rng = told["matrix"].lists[1], np.random.default_rng(11)
    options = told["options"].set_index("option", drop=False).loc[matrix.values.index]
    names, rows = list(matrix.values), options.to_dict("records")
    firsts = pd.Series(0.0, matrix.values.index)
    for _ in range(views):
        values = matrix.low + (matrix.high - matrix.low) * rng.random(matrix.low.shape)
        for name, part in drawn_figures(rows, rng, likely=True).items():
            values[name] = part
        cuts = np.sort(rng.random(len(names) - 1))
        weights = dict(zip(names, np.diff([0, *cuts, 1]), strict=True))
        steps = np.array([0, *np.sort(rng.random(2)), 1])  # an order of four steps says nothing of their distances
        values["readiness"] = steps[np.rint(3 * matrix.values["readiness"].to_numpy()).astype(int)]
        score = scores_of(values, matrix.values, matrix.objectives, weights, options["population"].iat[0])
        firsts[score.idxmax()] += 1 / views
    found = accept_ranks(told["matrix"], told["criteria"], options=told["options"]).set_index("option")["rank_1"]
    error = np.sqrt(np.maximum(firsts * (1 - firsts), 0.01) * (1 / views + 1 / 10_000))
    assert (abs(firsts - found[firsts.index]) < 4 * error).all()


def test_steps_of_the_sequence_are_separated_by_the_evidence():
    """Senegal, benefits, by hand at central values: 2,011,740 and 1,987,857 persons of 83,309 to 2,011,740 on the logarithmic scale, cost
    0.45 and 0.99 of 0.025 to 0.99 % of GDP. What was not read leaves the child benefit 2 or 3 of 3: at least (1 + 0.559 + 2/3) ÷ 3 =
    0.742, the maternity benefit (0.470 + 0.879) ÷ 3 = 0.450, the pension 0.397, public works 1/3. The transfer has (0.996 + 0 + 2/3 …
    1) ÷ 3 = 0.554 to 0.665, and less where many are paid much.
    """
    told = story("SEN")
    ranking = told["ranking"].set_index("option")
    by_hand = {"maternity_benefit": 0.450, "social_pension": 0.397, "public_works": 1 / 3}
    assert ranking.loc[list(by_hand), "score"].to_dict() == pytest.approx(by_hand, abs=6e-4)
    acceptance = accept_ranks(told["matrix"], told["criteria"], 500, options=told["options"])
    steps = propose_sequence(told["ranking"], acceptance, told["options"])
    by_option = steps.set_index("option")["step"]
    assert by_option["child_benefit"] == by_option["cash_transfer"] == 1
    assert by_option["maternity_benefit"] == by_option["social_pension"] == 2 and by_option["public_works"] == 3
    assert np.isnan(by_option["disability_benefit"])
    # of their own list: log 2.15 ÷ log 14.5 = 0.286 of persons, 0.978 of cost and 3 of 3, against the cheapest and nothing else
    assert ranking.loc["injury_extension", "score"] == pytest.approx((0.2856 + 0.978 + 1) / 3, abs=6e-4)
    assert ranking.loc["informal_pension", "score"] == pytest.approx(1 / 3)
    assert by_option["injury_extension"] == by_option["health_insurance"] == 1 and by_option["informal_pension"] == 2
    assert "no option is ahead of another" in sequence_sentence(steps)


def test_one_unknown_value_does_not_lump_the_options_of_the_training_country():
    """Readiness of the public works is not known, 2 or 3 of 3; it leaves the steps of the others where either value puts them."""
    told = story("XTC")
    waiting = pd.DataFrame({"option": []})
    steps = propose_sequence(told["ranking"], waiting, told["options"]).set_index("option")
    others = steps.index.drop("works_on_demand")
    assert steps["step"].max() > 1
    for value in (2 / 3, 1.0):
        ends = {name: getattr(told["matrix"], name).copy() for name in ("values", "low", "high")}
        for table in ends.values():
            table.loc["works_on_demand", "readiness"] = value
        known = rank_sequence(dataclasses.replace(told["matrix"], **ends), told["weights"], told["criteria"])
        then = propose_sequence(known, waiting, told["options"]).set_index("option")
        assert then.loc[others, "step"].equals(steps.loc[others, "step"])


def test_each_list_has_steps_of_its_own():
    ranking = pd.DataFrame({
        "kind": ["benefit", "benefit", "subsidy"], "option": list("abc"), "name": list("ABC"), "rank_best": [1, 2, 1],
        "rank_worst": [1, 2, 1], "score_low": [0.8, 0.2, 0.1], "score_high": [0.9, 0.3, 0.1], "decisive": "",
        "surely_behind": ["", "a", ""], "source": "S", "reason": "",
    })  # fmt: skip
    steps = propose_sequence(
        ranking, pd.DataFrame({"option": []}), pd.DataFrame({"option": list("abc"), "guarantee": "health"})
    )
    assert steps[["option", "step", "latest"]].to_numpy().tolist() == [["a", 1, 1], ["b", 2, 2], ["c", 1, 1]]


HELD = pd.DataFrame({"cost": [1.0, 2.0, 3.0, 2.0], "c1": [2.0, 9.0, 1.0, 5.0]}, index=list("abcd"))


def held(matrix: Matrix) -> pd.DataFrame:
    criteria = pd.DataFrame({"option": list(matrix.values.index), "source": "S"})
    return what_holds(matrix, accept_ranks(matrix, criteria, 4000)).set_index("option")


def whole(values: pd.DataFrame) -> Matrix:
    out = pd.DataFrame(columns=["option", "name", "reason", "kind"])
    return dataclasses.replace(matrix_of(values), left_out=out)


def test_what_holds_by_hand_and_over_all_weights():
    """C is beaten by all; d costs what b does and has less: beaten by b. a and b: the cheapest, and the most of c1. With the weight w of
    cost a scores w + (1 − w) ÷ 8, b w ÷ 2 + 1 − w: a leads above w = 7/11; d has w ÷ 2 + (1 − w) ÷ 2 = ½, more than a up to w = 3/7.
    """
    found = held(whole(HELD))
    assert found["beaten_by"].to_dict() == {"a": "", "b": "", "d": "b", "c": "a;b;d"}
    places = {name: [] for name in HELD.index}
    scale = (HELD - HELD.min()) / (HELD.max() - HELD.min())
    for w in np.linspace(0.001, 0.999, 999):
        rank = (w * (1 - scale["cost"]) + (1 - w) * scale["c1"]).round(9).rank(ascending=False, method="min")
        for name in places:
            places[name].append(rank[name])
    for name, seen in places.items():
        assert found.loc[name, ["rank_best", "rank_worst"]].tolist() == [min(seen), max(seen)], name
    assert found.loc["c", ["place_best", "place_worst"]].tolist() == [4, 4]
    assert found["first"].to_dict() == pytest.approx({"a": 4 / 11, "b": 7 / 11, "c": 0, "d": 0}, abs=0.03)


@given(ranged(missing=0, width=0), st.lists(st.integers(1, 20), min_size=4, max_size=4))
def test_no_weights_lead_out_of_what_holds(problem, given_weights):
    """Any weights above 0: within the places; who is beaten scores less than the one that beats it."""
    matrix, _ = problem
    found = held(whole(matrix.values))
    weights = dict(zip(matrix.values, given_weights, strict=False))
    score = rank_options(matrix.values, weights, whole(matrix.values).objectives).table.set_index("option")["score"]
    better = {name: "min" if name == "cost" else "max" for name in matrix.values}
    assert whole(matrix.values).objectives == better
    rank = score.round(9).rank(ascending=False, method="min")
    assert (rank >= found["rank_best"][rank.index]).all() and (rank <= found["rank_worst"][rank.index]).all()
    for option, names in found["beaten_by"].items():
        assert all(score[name] > score[option] for name in names.split(";") if name)


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
