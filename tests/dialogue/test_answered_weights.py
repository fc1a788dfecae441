"""Weights as groups state them, in points or in pairs: taken where they add up, named where they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from returned_answers import collect, compared, mistakes, remarks, sheet, weights

from nasssap_lib.dialogue.pairwise import pairs


@pytest.mark.parametrize("answer", ["many", "101", "-1", "=50", "1,000", "5O", "nan", "1e2", "٣"])
def test_points_that_are_no_points_are_named_and_no_weight_of_the_group_is_taken(answer):
    found = collect(sheet(weight__cost=answer))
    (remark,) = mistakes(found).to_dict("records")
    assert (remark["kind"], remark["question"], remark["answer"]) == ("wrong", "Cost, % of GDP", answer)
    assert weights(found) == {}
    assert len(found.rows[found.rows["about"] == "position"]) == 2  # the rest of the sheet is


def test_points_that_do_not_add_up_are_not_scaled():
    found = collect(sheet(weight__cost="10"))
    assert mistakes(found)["remedy"].tolist() == ["they add up to 90"]
    assert weights(found) == {}


def test_an_open_criterion_gets_nothing_where_the_others_make_a_hundred():
    assert weights(collect(sheet(weight__persons="70", weight__cost=None))) == {"persons": 70, "cost": 0, "equity": 30}


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3))
def test_weights_are_taken_only_where_they_add_up(points):
    given_ = dict(zip(["weight__persons", "weight__cost", "weight__equity"], map(str, points), strict=True))
    found = collect(sheet(**given_))
    assert (sum(weights(found).values()) == 100) == (sum(points) == 100)
    assert found.mistakes.empty == (sum(points) == 100)


def test_pairs_give_weights_with_their_consistency():
    """Persons 2 times cost, 4 times equity, cost 2 times equity: 4 : 2 : 1."""
    found = collect(compared(("first", "2"), ("first", "4"), ("first", "2")))
    assert found.remarks.empty
    assert weights(found) == pytest.approx({"persons": 57.14, "cost": 28.57, "equity": 14.29}, abs=0.01)
    assert '"ratio": 0.0}' in found.rows.loc[found.rows["about"] == "weight", "reason"].iat[0]


def test_pairs_that_run_in_a_circle_are_named_and_not_averaged():
    found = collect(compared(("first", "5"), ("second", "5"), ("first", "5")))
    (remark,) = mistakes(found).to_dict("records")
    assert remark["kind"] == "contradictory" and "consistency ratio" in remark["expected"]
    assert weights(found) == {}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (("first", ""), "missing"), (("", ""), "missing"), (("first", "1"), "contradictory"), (("same", "3"), "contradictory"),
        (("both", "2"), "wrong"), (("first", "12"), "wrong"), (("first", "2.5"), "wrong"), (("second", "=3"), "wrong"),
    ],
)  # fmt: skip
def test_a_pair_that_says_nothing_or_too_much_is_named(answer, kind):
    found = collect(compared(answer, ("first", "2"), ("first", "2")))
    assert remarks(found)["kind"].tolist() == [kind]
    assert remarks(found)["question"].str.startswith("Persons (judged) against Cost, % of GDP").all()
    assert weights(found) == {}


def test_points_and_pairs_that_agree_are_taken_those_that_do_not_are_named():
    names = [f"pair__{a}__{b}" for a, b in pairs(["persons", "cost", "equity"])]
    agree = {f"{n}_DOT_which": w for n, w in zip(names, ("first", "first", "second"), strict=True)}
    times = {f"{n}_DOT_times": "2" for n in names}
    assert weights(collect(sheet(**agree, **times))) == {"persons": 50, "cost": 20, "equity": 30}
    turned = {f"{n}_DOT_which": w for n, w in zip(names, ("second", "second", "first"), strict=True)}
    found = collect(sheet(**turned, **times))
    assert mistakes(found)["kind"].tolist() == ["contradictory"]
    assert weights(found) == {}


def test_no_weights_at_all_are_missing_not_wrong():
    found = collect(sheet(weight__persons=None, weight__cost=None, weight__equity=None))
    assert found.mistakes.empty
    assert remarks(found)["kind"].tolist() == ["missing"]
