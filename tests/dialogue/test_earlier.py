"""What a group said before, as its next sheet begins."""

import pandas as pd

from nasssap_lib.dialogue.earlier import earlier_answers

ASKED = pd.DataFrame({"id": ["weight:cost", "weight:equity", "weight:readiness", "option:child", "option:pension"]})


def said(*rows):
    return pd.DataFrame(rows, columns=["about", "item", "value", "reason"])


def test_shares_of_any_sum_become_points_of_a_hundred():
    found = earlier_answers(
        said(("weight", "cost", 1.0, ""), ("weight", "equity", 2.0, ""), ("weight", "readiness", 0.0, "")), ASKED
    )
    assert list(found.values()) == [33.33, 66.67, 0.0]


def test_points_for_a_criterion_that_is_not_asked_any_more_are_left_open():
    assert earlier_answers(said(("weight", "cost", 1.0, ""), ("weight", "old", 1.0, "")), ASKED) == {}


def test_positions_reasons_and_shares_of_options_that_are_still_asked():
    rows = (
        ("position", "child", 0.0, "Who pays?"),
        ("pays", "child", 12.5, ""),
        ("position", "gone", 1.0, ""),
        ("position", "pension", 0.4, "so so"),
    )
    assert earlier_answers(said(*rows), ASKED) == {
        ("option:child", "position"): "doubts", ("option:child", "why"): "Who pays?", ("option:child", "pays"): 12.5,
    }  # fmt: skip
    assert earlier_answers(said(), ASKED) == {}
