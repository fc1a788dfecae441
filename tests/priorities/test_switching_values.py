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
from stories import ALL, story

from nasssap_lib.priorities.matrix import Matrix
from nasssap_lib.priorities.ranking import rank_options
from nasssap_lib.priorities.sequence import leaders
from nasssap_lib.priorities.switching_values import what_changes_leader
from nasssap_lib.priorities.tables import changes_table
from nasssap_lib.priorities.words_switching_values import changes_sentence

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


# what notebook 03 writes of each change, and the index reads
COLUMNS = "kind option criterion now needed side low high within change leaders new_leader source reason"


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


@given(problems(missing=True), st.data())
def test_nothing_changes_before_the_value_and_something_just_beyond_it(problem, data):
    """Any value between now and needed leaves the leaders as they are; just beyond it those stand whom the table names."""
    matrix, weights = problem
    found = what_changes_leader(matrix, weights, options_of(matrix.values.index))
    now = ";".join(leaders(matrix, weights))
    assert set(found["leaders"]) == {now}
    rows = found[found["kind"].isin(["weight", "level", "take_up"])]
    row = next(rows.iloc[[data.draw(st.integers(0, len(rows) - 1))]].itertuples())
    top = {"weight": 0.99, "take_up": 1.0, "level": 40.0}[row.kind]
    end = row.needed if pd.notna(row.needed) else data.draw(st.sampled_from([0.01, top]))
    share = data.draw(st.floats(0, 0.999))
    assert first_at(matrix, weights, row, row.now + share * (end - row.now)) == now
    if pd.notna(row.needed):
        assert row.new_leader != now
        steps = [row.needed + sign * (row.needed - row.now) for sign in (0, 1e-9, 1e-7, 1e-6, 1e-5)]
        assert row.new_leader in {first_at(matrix, weights, row, value) for value in steps if value >= 0}


@given(problems(missing=True))
def test_a_known_figure_beyond_the_value_leaves_those_whom_the_table_names(problem):
    matrix, weights = problem
    found = what_changes_leader(matrix, weights, options_of(matrix.values.index))
    for row in found[(found["kind"] == "missing") & found["needed"].notna()].itertuples():
        end = row.low if row.side == "below" else row.high
        assert row.low <= row.needed <= row.high
        inner = (
            (0.001, 0.3, 1) if abs(end - row.needed) > 1e-6 else (1,)
        )  # only the very end of the range, where a criterion is flat
        for share in inner:
            value = row.needed + share * (end - row.needed)
            assert first_at(matrix, weights, row, value) == row.new_leader


@pytest.mark.parametrize("country", ALL)
def test_every_change_of_every_country_changes_what_it_says(country):
    matrix, weights, _, _, found = told(country)
    assert list(found.columns) == COLUMNS.split()
    distance = found["change"].abs()
    assert distance.dropna().is_monotonic_increasing and not distance.isna().iloc[: distance.notna().sum()].any()
    now = ";".join(leaders(matrix, weights))
    moving = found[found["kind"].isin(["weight", "level", "take_up"])]
    assert (moving.loc[moving["needed"].isna(), "reason"] != "").all()
    for row in moving[moving["needed"].notna()].itertuples():
        assert first_at(matrix, weights, row, row.now + 0.99 * (row.needed - row.now)) == now != row.new_leader
        beyond = [row.needed + part * (row.needed - row.now) for part in (1e-9, 1e-7, 1e-6, 1e-5)]
        assert row.new_leader in {first_at(matrix, weights, row, value) for value in beyond}
        if row.kind != "weight":
            inside = row.low - 1e-9 <= row.needed <= row.high + 1e-9
            assert row.within == ("inside" if inside else "outside")


def test_the_missing_figure_that_decides_in_senegal():
    """The law of the cash transfer was not read: with 2.4 of 3 and less the maternity benefit leads, with more the cash transfer."""
    matrix, weights, _, criteria, found = told("SEN")
    rows = found.head(2).set_index("side")
    assert rows["kind"].tolist() == ["missing", "missing"] and rows["option"].tolist() == ["cash_transfer"] * 2
    for side, value in (("below", 2 / 3), ("above", 1.0)):
        known = matrix.values.copy()
        known.loc["cash_transfer", "readiness"] = value
        assert leaders(dataclasses.replace(matrix, values=known), weights) == [rows.loc[side, "new_leader"]]
    text = changes_sentence(found, matrix)
    assert "The decisive change is the missing readiness of “Cash transfer to all poor persons (PNBSF)”" in text
    shown = changes_table(found, matrix)._repr_html_()
    assert "or less" in shown and "or more" in shown and "inside" in shown and "outside" in shown


@pytest.mark.parametrize("country", ["SEN", "HND", "XTC"])
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
    assert "adequate is no criterion" in text and "chapter 1" in text


def test_the_weight_that_turns_the_leader_turns_it():
    told = story("SEN")
    matrix = dataclasses.replace(told["matrix"], values=told["matrix"].values.loc[told["matrix"].complete])
    change = what_changes_leader(matrix, told["weights"], told["options"]).query("kind == 'weight'").iloc[0]
    share = change["needed"] + 0.001 * np.sign(change["needed"] - change["now"])
    others = [name for name in matrix.values if name != change["criterion"]]
    beyond = {change["criterion"]: share, **dict.fromkeys(others, (1 - share) / len(others))}
    assert leaders(matrix, told["weights"]) == [change["leaders"]]
    assert leaders(matrix, beyond) == [change["new_leader"]]
