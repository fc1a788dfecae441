"""The smallest change that dethrones the leader: against hand calculations, another function, and what lies before and beyond it."""

import dataclasses
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from leaders import HAND, first_at, matrix_of, options_of, told
from stories import DRAWN_THEN_ALL, story

from nasssap_lib.priorities.matrix import Matrix
from nasssap_lib.priorities.ranking import rank_options
from nasssap_lib.priorities.sequence import leaders
from nasssap_lib.priorities.switching_values import what_changes_leader
from nasssap_lib.priorities.tables import changes_table
from nasssap_lib.priorities.words_switching_values import changes_sentence, decisive_words
from nasssap_lib.ties import settled

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


# what notebook 03 writes of each change, and the index reads
COLUMNS = "list kind option criterion now needed side low high within change leaders new_leader source reason"


def test_a_level_and_a_take_up_by_hand():
    """Both criteria weigh a half. a: 0.5 × 1 + 0.5 × 0.1 = 0.55; b: 0.5 × 0.75 + 0.25 = 0.625 leads; c: 0.5. With a cost x of b its
    score is 0.5 × (0.05 − x) ÷ 0.04 + 0.25, which is 0.55 at x = 0.026: 1.3 times its level, or its take-up.
    """
    found = what_changes_leader(matrix_of(HAND), {"cost": 1, "equity": 1}, options_of("abcd")).set_index(
        ["kind", "option"]
    )
    level, take_up = found.loc[("level", "b")], found.loc[("take_up", "b")]
    assert (level["now"], level["needed"], level["new_leader"]) == (4, pytest.approx(5.2), "a")
    assert (level["side"], level["within"], level["change"]) == ("above", "inside", pytest.approx(0.3))
    assert (take_up["needed"], take_up["new_leader"], take_up["within"]) == (pytest.approx(0.65), "a", "inside")
    assert found["leaders"].unique().tolist() == ["b"]


def test_a_moved_value_moves_the_scale():
    """D is cheaper than a from a fifth of its level on: a's own share of the scale falls, b's too, and nothing else changes. With a
    cost y of d below 0.01, b scores 0.5 × (0.05 − 0.02) ÷ (0.05 − y) + 0.25, c 0.5, and d 0.5: b falls to 0.55 at y = 0 only; a
    scores 0.5 × 0.04 ÷ (0.05 − y) + 0.05, less than b, so nobody is dethroned however low the level is.
    """
    found = what_changes_leader(matrix_of(HAND), {"cost": 1, "equity": 1}, options_of("abcd")).set_index(
        ["kind", "option"]
    )
    assert np.isnan(found.loc[("take_up", "d"), "needed"]) or found.loc[("take_up", "d"), "side"] == "above"
    # upwards y = 0.05 t is the dearest: cost counts less between a and b, and the scores of a and b draw together:
    # a − b = 0.5 × 0.01 ÷ (y − 0.01) − 0.2 < 0, so b stays ahead of a; c rises to 0.5 × (y − 0.05) ÷ (y − 0.01) + 0.5 and reaches b's
    # 0.5 × (y − 0.02) ÷ (y − 0.01) + 0.25 where 0.25 = 0.5 × 0.03 ÷ (y − 0.01): y = 0.07, 1.4 times the level
    assert found.loc[("level", "d"), ["needed", "new_leader", "within"]].tolist() == [pytest.approx(5.6), "c", "inside"]


def test_a_missing_figure_by_hand():
    """The equity of a is unknown, 0 to 1: a leads from 0.625 on (0.5 + 0.5 × 0.25 = 0.625 of b), so from 0.25; below it is b."""
    values = HAND.copy()
    values.loc["a", "equity"] = np.nan
    found = what_changes_leader(
        matrix_of(values, HAND.replace(0.1, 0.0), HAND.replace(0.1, 1.0)), {"cost": 1, "equity": 1}, options_of("abcd")
    )
    rows = found[found["kind"] == "missing"].set_index("side")
    assert rows["needed"].tolist() == [pytest.approx(0.25, abs=1e-9)] * 2
    assert rows["new_leader"].to_dict() == {"below": "b", "above": "a"}
    assert rows["within"].tolist() == ["inside", "inside"]
    # the middle of what it could be, 0.5, lies above; below is half of it away
    assert rows["change"].to_dict() == {"above": 0, "below": pytest.approx(-0.5)}
    assert found["kind"].iat[0] == "missing" and found["leaders"].iat[0] == "a;b"


def test_what_no_admissible_value_changes_is_said():
    values = pd.DataFrame({"cost": [0.01, 0.02], "equity": [1.0, 0.0]}, index=["a", "b"])
    found = what_changes_leader(matrix_of(values), {"cost": 1, "equity": 3}, options_of("ab"))
    assert found["needed"].isna().all() and (found["reason"] != "").all() and (found["new_leader"] == "").all()
    assert "alone would change" in changes_sentence(found, matrix_of(values))


def test_take_up_never_exceeds_everybody():
    found = what_changes_leader(matrix_of(HAND), {"cost": 1, "equity": 1}, options_of("abcd", take_up=(0.8, 0.9, 0.95)))
    assert found.loc[found["kind"] == "take_up", "needed"].dropna().between(0, 1).all()
    assert np.isnan(found.set_index(["kind", "option"]).loc[("take_up", "b"), "needed"])  # 1.17 would be needed


@st.composite
def problems(draw, missing: bool):
    n, m = draw(st.integers(2, 5)), draw(st.integers(2, 4))
    cells = st.lists(st.integers(1, 12), min_size=m, max_size=m)
    names = ["cost", *(f"c{j}" for j in range(1, m))]
    values = pd.DataFrame(draw(st.lists(cells, min_size=n, max_size=n)), list("abcde"[:n]), names, dtype=float)
    weights = {name: float(draw(st.integers(1, 5))) for name in names}
    low, high = values.copy(), values.copy()
    if missing:
        for row, column in draw(st.sets(st.tuples(st.integers(0, n - 1), st.integers(1, m - 1)), max_size=2)):
            high.iloc[row, column] += draw(st.integers(1, 9))
            values.iloc[row, column] = np.nan
    return matrix_of(values, low, high), weights


def nearest_weight(matrix: Matrix, weights: dict, criterion: str) -> float:
    """The weight at which the leader of a complete matrix is met by another, by the straight lines of their scores."""
    low, span = matrix.values.min(), matrix.values.max() - matrix.values.min()
    level = ((matrix.values - low) / span.replace(0, np.nan)).fillna(0.0)
    less = [name for name, better in matrix.objectives.items() if better == "min" and span[name] > 0]
    level = level.assign(**{name: 1 - level[name] for name in less})
    share = pd.Series(weights) / sum(weights.values())
    score, alone = level @ share, level[criterion]
    without = (score - share[criterion] * alone) / (1 - share[criterion])
    leader = score.idxmax()
    meets = [
        (without[leader] - without[other], alone[leader] - alone[other]) for other in score.index if other != leader
    ]
    found = [at_none / (at_none - at_all) for at_none, at_all in meets if at_none * at_all < -1e-12]
    return min(found, key=lambda weight: abs(weight - share[criterion]), default=np.nan)


@given(problems(missing=False))
def test_weights_of_a_complete_matrix_are_those_of_the_closed_form(problem):
    matrix, weights = problem
    table = rank_options(matrix.values, weights, matrix.objectives).table
    assume((table["rank"] == 1).sum() == 1)
    found = what_changes_leader(matrix, weights, options_of(matrix.values.index))
    for row in found[found["kind"] == "weight"].itertuples():
        needed = nearest_weight(matrix, weights, row.criterion)
        if 0.01 < needed < 0.99:
            assert row.needed == pytest.approx(needed, abs=1e-8)
        elif np.isnan(needed):
            assert np.isnan(row.needed)


def just_beyond(row) -> list[float]:
    """Values at needed and a little further; where two are equal now, on the side that the table names."""
    way = row.needed - row.now or row.now * (-1 if row.side == "below" else 1)
    values = [row.needed + part * way for part in (0, 1e-9, 1e-7, 1e-6, 1e-5)]
    return [value for value in values if value >= 0]


@given(problems(missing=True), st.data())
def test_nothing_changes_before_the_value_and_something_just_beyond_it(problem, data):
    """Any value between now and needed leaves the leaders as they are; just beyond it those stand whom the table names."""
    matrix, weights = problem
    options = options_of(matrix.values.index)
    found = what_changes_leader(matrix, weights, options)
    now = ";".join(leaders(matrix, weights))
    assert set(found["leaders"]) == {now}
    rows = found[found["kind"].isin(["weight", "level", "take_up"])]
    row = next(rows.iloc[[data.draw(st.integers(0, len(rows) - 1))]].itertuples())
    top = {"weight": 0.99, "take_up": 1.0, "level": 40.0}[row.kind]
    end = row.needed if pd.notna(row.needed) else data.draw(st.sampled_from([0.01, top]))
    share = data.draw(st.floats(0, 0.999))
    if end != row.now:
        assert first_at(matrix, options, weights, row, row.now + share * (end - row.now)) == now
    if pd.notna(row.needed):
        assert row.new_leader != now
        assert row.new_leader in {first_at(matrix, options, weights, row, value) for value in just_beyond(row)}


@given(problems(missing=True))
def test_a_known_figure_beyond_the_value_leaves_those_whom_the_table_names(problem):
    matrix, weights = problem
    options = options_of(matrix.values.index)
    found = what_changes_leader(matrix, weights, options)
    for row in found[(found["kind"] == "missing") & found["needed"].notna()].itertuples():
        end = row.low if row.side == "below" else row.high
        assert row.low <= row.needed <= row.high
        inner = (
            (0.001, 0.3, 1) if abs(end - row.needed) > 1e-6 else (1,)
        )  # only the very end of the range, where a criterion is flat
        for share in inner:
            value = row.needed + share * (end - row.needed)
            assert first_at(matrix, options, weights, row, value) == row.new_leader


@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_every_change_of_every_country_changes_what_it_says(country):
    whole, weights, options, _, every = told(country)
    assert list(every.columns) == COLUMNS.split()
    assert every["list"].unique().tolist() == [part.kind for part in whole.lists]
    for matrix in whole.lists:
        found = every[every["list"] == matrix.kind]
        distance = found["change"].abs()
        assert (np.diff(settled(distance.dropna())) >= 0).all() and not distance.isna().iloc[
            : distance.notna().sum()
        ].any()
        now = ";".join(leaders(matrix, weights))
        moving = found[found["kind"].isin(["weight", "level", "take_up"])]
        assert (moving.loc[moving["needed"].isna(), "reason"] != "").all()
        for row in moving[moving["needed"].notna()].itertuples():
            before = row.now + 0.99 * (row.needed - row.now)
            assert first_at(matrix, options, weights, row, before) == now != row.new_leader
            assert row.new_leader in {first_at(matrix, options, weights, row, value) for value in just_beyond(row)}
            if row.kind != "weight":
                inside = row.low - 1e-9 <= row.needed <= row.high + 1e-9
                assert row.within == ("inside" if inside else "outside")


def tied(second=(1.0, 1.0)) -> Matrix:
    """Two options; cost and c1 of the first are 1."""
    values = pd.DataFrame({"cost": [1.0, second[0]], "c1": [1.0, second[1]]}, index=["a", "b"])
    return matrix_of(values)


def test_two_options_alike_in_everything_part_at_once():
    """Any lower level of a makes it the cheaper one, and nothing else tells the two apart; any lower take-up of it too."""
    found = what_changes_leader(tied(), {"cost": 1, "c1": 1}, options_of("ab")).set_index(["kind", "option"])
    assert set(found["leaders"]) == {"a;b"}
    for kind in ("level", "take_up"):
        row = found.loc[(kind, "a")]
        assert row["needed"] == row["now"] and row["change"] == 0
        assert row["new_leader"] == {"below": "a", "above": "b"}[row["side"]]
    level = found.loc[("level", "a")]
    assert (level["now"], level["side"], level["new_leader"], level["within"]) == (4.0, "below", "a", "inside")
    # no weight tells apart two that are alike
    assert found.loc["weight", "needed"].isna().all()
    text = decisive_words(found.reset_index().iloc[0], tied().names)
    assert text.endswith("alters who can come first is any lower level of “A”: then only “A” can come first.")


def test_two_options_that_are_equal_by_their_weights_part_at_once():
    """B costs twice as much and has twice the c1: with equal weights 0.5 each. Any other weight of either tells them apart; so does
    any higher level of b: its cost x > 2 leaves cost 1 and 0, c1 0 and 1 on the scale: still 0.5 each. A lower one, 1 < x < 2, too:
    only below 1, half its level, b is cheaper: 1 against 0.
    """
    found = what_changes_leader(tied((2.0, 2.0)), {"cost": 1, "c1": 1}, options_of("ab")).set_index("kind")
    assert set(found["leaders"]) == {"a;b"}
    weights = found.loc["weight"]
    assert weights["needed"].tolist() == [0.5, 0.5] == weights["now"].tolist()
    for row in weights.itertuples():
        more = {"cost": "a", "c1": "b"}[row.criterion]
        less = {"a": "b", "b": "a"}[more]
        assert row.new_leader == (more if row.side == "above" else less)
    level = found.loc["level"].set_index("option")
    # a: from twice its level on it is the dearer one; b: from half of it down the cheaper one
    assert level["needed"].to_dict() == {"a": pytest.approx(8.0), "b": pytest.approx(2.0)}
    assert level["new_leader"].to_dict() == {"a": "b", "b": "b"}


def test_persons_on_a_logarithmic_scale_by_hand():
    """a: cost 1, 100 persons; b: cost 2, 1,000; c: cost 5, 10,000. Persons are 2, 3 and 4 on their scale. Persons weigh 3 of 4: a
    0.25, b 0.25 × 3/4 + 0.75 × 1/2 = 0.5625, c 0.75 leads. Twice b's level costs 4: 0.25 ÷ 4 + 0.375 = 0.4375. With the weight w of
    persons b scores (1 − w) × 3/4 + w ÷ 2 and c w: equal at w = 0.6; a has 1 − w, less.
    """
    values = pd.DataFrame({"cost": [1.0, 2.0, 5.0], "persons": [100.0, 1e3, 1e4]}, index=list("abc"))
    matrix = dataclasses.replace(matrix_of(values), floors={"persons": 1.0})
    found = what_changes_leader(matrix, {"cost": 1, "persons": 3}, options_of("abc"))
    row = found[(found["kind"] == "weight") & (found["criterion"] == "persons")].iloc[0]
    assert (row["leaders"], row["new_leader"], row["side"]) == ("c", "b", "below")
    assert row["needed"] == pytest.approx(0.6)


def test_what_was_not_read_decides_nothing_in_senegal():
    """Whether the PNBSF rests on a law was not read: two or three of three for the child benefit and for the cash transfer. The child
    benefit covers more persons for half the cost, so it leads whatever is found.
    """
    matrix, weights, _, _, found = told("SEN")
    benefits = matrix.lists[0]
    assert found.loc[(found["list"] == "benefit") & (found["kind"] == "missing"), "needed"].isna().all()
    child, transfer = (benefits.values.loc[name] for name in ("child_benefit", "cash_transfer"))
    assert child["newly_covered"] > transfer["newly_covered"] and child["cost"] < transfer["cost"]
    for first, second in ((2 / 3, 2 / 3), (2 / 3, 1.0), (1.0, 2 / 3), (1.0, 1.0)):
        known = benefits.values.copy()
        known["readiness"] = known["readiness"].fillna({"child_benefit": first, "cash_transfer": second})
        ends = {"values": known, "low": known, "high": known}
        assert leaders(dataclasses.replace(benefits, **ends), weights) == ["child_benefit"]
        # three criteria that weigh the same, worked out here
        table = known.assign(newly_covered=np.log10(known["newly_covered"]), cost=-known["cost"])
        assert ((table - table.min()) / (table.max() - table.min())).mean(axis=1).idxmax() == "child_benefit"


def test_the_missing_figure_that_decides_in_sri_lanka():
    """How many poor persons are newly covered is not known; up to a value the child benefit leads, beyond it the cash transfer."""
    matrix, weights, _, _, found = told("LKA")
    benefits = matrix.lists[0]
    rows = found[found["list"] == "benefit"].head(2).set_index("side")
    assert rows["kind"].tolist() == ["missing", "missing"] and rows["option"].tolist() == ["cash_transfer"] * 2
    needed = rows["needed"].iloc[0]
    for side, value in (("below", 0.9 * needed), ("above", 1.1 * needed)):
        known = benefits.values.copy()
        known.loc["cash_transfer", "newly_covered"] = value
        assert leaders(dataclasses.replace(benefits, values=known), weights) == [rows.loc[side, "new_leader"]]
    text = decisive_words(found.iloc[0], matrix.names)
    assert (
        "What decides first is the missing persons newly covered of “Cash transfer to all poor persons (Aswesuma)”"
        in text
    )
    shown = changes_table(found, matrix)._repr_html_()
    assert "or less" in shown or "or more" in shown


@pytest.mark.parametrize("country", ["BFA", "HND", "LKA"])
def test_a_missing_figure_shows_no_change_and_keeps_it_in_the_data(country):
    matrix, _, _, criteria, found = told(country)
    table = changes_table(found, matrix)
    missing = table.rows["kind"] == "missing"
    assert (table.rows.loc[missing, "by"] == "").all()
    assert (table.rows.loc[table.rows["kind"].isin(["level", "take_up"]), "by"] != "").all()
    needed = found["needed"].notna() & (found["kind"] == "missing")
    assert table.data.loc[needed, "change"].notna().any() == needed.any()


def test_a_reader_is_told_that_adequacy_is_no_criterion():
    """A lower level is cheaper and so better here: the notebook says what that leaves out, beside the table that shows it."""
    cells = nbformat.read(NOTEBOOKS / "03_priority_setting.ipynb", as_version=4).cells
    text = next(cell.source for cell in cells if cell.source.startswith("## What would put another option first"))
    assert "adequate is no criterion" in text and "chapter 2" in text


def test_the_weight_that_turns_the_leader_turns_it():
    told = story("XTC")
    matrix = told["matrix"].lists[1]
    assert matrix.complete == list(matrix.values.index)
    found = what_changes_leader(matrix, told["weights"], told["options"])
    change = found.query("kind == 'weight'").iloc[0]
    share = change["needed"] + 0.001 * np.sign(change["needed"] - change["now"])
    others = [name for name in matrix.values if name != change["criterion"]]
    beyond = {change["criterion"]: share, **dict.fromkeys(others, (1 - share) / len(others))}
    assert leaders(matrix, told["weights"]) == [change["leaders"]]
    assert leaders(matrix, beyond) == [change["new_leader"]]


@pytest.mark.parametrize(("low", "high"), [(0.4, 0.6), (0.1, 0.3), (0.0, 1.0), (0.2, 1.0)])
def test_an_ordinal_figure_that_is_missing_whatever_its_range(low, high):
    """Readiness has steps of a third: a range between two of them, or one that begins between, ended in an IndexError."""
    values = pd.DataFrame({"readiness": [np.nan, 0.5, 0.34], "cost": [0.01, 0.02, 0.03]}, index=list("abc"))
    ends = [values.fillna({"readiness": end}) for end in (low, high)]
    matrix = matrix_of(values, *ends)
    found = what_changes_leader(matrix, {"readiness": 3, "cost": 1}, options_of("abc"))
    needed = found.loc[(found["kind"] == "missing") & found["needed"].notna(), "needed"]
    assert needed.between(low, high).all()
