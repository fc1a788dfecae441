"""Sentences on priorities: an order that was stated is said, with its weights and the views that it admits."""

import numpy as np
import pandas as pd
import pytest
from stories import story

from nasssap_lib.priorities.matrix import criteria_matrix
from nasssap_lib.priorities.sequence import accept_ranks, rank_sequence
from nasssap_lib.priorities.tables import acceptability_table
from nasssap_lib.priorities.weights import mean_weights, read_order, read_weights
from nasssap_lib.priorities.words import (
    acceptability_sentence,
    acceptability_title,
    ranking_title,
    sequence_sentence,
    weights_sentence,
)


def test_an_order_says_which_views_are_admissible():
    told = story("SEN")
    some = accept_ranks(told["matrix"], told["criteria"], 2000, order=["cost", "equity"])
    assert acceptability_title(some, "Senegal").startswith("Senegal: ")
    assert "of admissible views" in acceptability_title(some, "Senegal")
    text = acceptability_sentence(some)
    assert "“Cost, % of GDP” weighs at least as much as “Reach of the poorest fifth”" in text
    assert "what is not named weighs at most as much as “Reach of the poorest fifth”" in text
    everything = accept_ranks(told["matrix"], told["criteria"], 2000)
    assert "of all views" in acceptability_title(everything, "Senegal")
    assert "respect the stated order" in acceptability_table(some)._repr_html_()
    assert "First in, of the views with the weights that suit it best" in acceptability_table(some)._repr_html_()


def test_a_stated_order_is_in_the_ranking_and_in_its_sentence():
    told = story("SEN")
    matrix = criteria_matrix(told["criteria"], order="cost>readiness")
    order = read_order("cost>readiness", matrix.values)
    weights = read_weights("", matrix.values, order)
    text = weights_sentence(weights, order)
    assert text.startswith(
        "The criteria weigh as the mean of all weights that respect the order “Cost, % of GDP” before “Readiness” before all others"
    )
    assert "cost, % of GDP 46\N{NO-BREAK SPACE}%, readiness 26\N{NO-BREAK SPACE}%" in text and "the same" not in text
    given = weights_sentence(read_weights("cost=1", matrix.values, order), order)
    assert given.startswith("Weights: cost") and "The stated order, “Cost, % of GDP” before “Readiness”" in given
    full = weights_sentence(mean_weights(list(weights), list(weights)), list(weights))
    assert "all others" not in full
    ranks = rank_sequence(matrix, weights, told["criteria"])[["option", "score_high"]]
    equal = rank_sequence(matrix, read_weights("", matrix.values), told["criteria"])[["option", "score_high"]]
    assert not ranks.equals(equal)


def ranking_of(*places):
    """Options A, B, C … with the best and the worst rank that each can have."""
    best, worst = zip(*places, strict=True)
    return pd.DataFrame({"name": list("ABCDEFGHIJ")[: len(places)], "rank_best": best, "rank_worst": worst})


@pytest.mark.parametrize(
    ("places", "title"),
    [
        ([(1, 1), (2, 2)], "Testland: A comes first with these weights"),
        ([(1, 1), (1, 1), (3, 3)], "Testland: A and B come first with these weights"),
        ([(1, 1), (2, 3), (2, 3)], "Testland: A comes first with these weights, whatever the missing figures are"),
        ([(1, 2), (1, 2), (3, 3)], "Testland: a missing figure decides whether A or B comes first"),
        ([(1, 3), (1, 3), (1, 3)], "Testland: missing figures leave open which of three options comes first"),
        ([(np.nan, np.nan)], "Testland: no option can be ranked yet"),
    ],
)
def test_the_title_claims_a_leader_only_where_nothing_missing_can_turn_it(places, title):
    assert ranking_title(ranking_of(*places), "Testland") == title


def test_the_strongest_in_all_views_is_a_majority_or_only_the_most_frequent():
    views = pd.DataFrame({"name": ["A", "B"], "rank_1": [0.6, 0.4], "views": ""})
    assert acceptability_title(views, "Testland") == "Testland: A is first in 60\N{NO-BREAK SPACE}% of all views"
    close = views.assign(rank_1=[0.3, 0.45])
    assert acceptability_title(close, "Testland").endswith(
        "B is first in 45\N{NO-BREAK SPACE}% of all views, no other more often"
    )
    assert acceptability_title(views.assign(rank_1=np.nan), "Testland") == "Testland: no option can be ranked yet"


def steps_of(**places):
    """Options with their step and the latest that it could become."""
    return pd.DataFrame([{"name": name, "step": step, "latest": latest} for name, (step, latest) in places.items()])


def test_a_sequence_says_who_shares_a_step_who_could_come_later_and_who_waits():
    text = sequence_sentence(steps_of(A=(1, 1), B=(1, 3), C=(2, 2), D=(3, 3), E=(np.nan, np.nan)))
    assert text.startswith("On the evidence at hand: first “A” and “B”; then “C”; next “D”.")
    assert "Within one step no option is ahead" in text
    assert "at the latest: “B” step 3." in text
    assert "Waiting for a figure, not behind the others: “E”." in text
    assert text.endswith("the four guarantees are due to all.")


def test_a_sequence_of_single_steps_that_nothing_can_move_says_no_more():
    text = sequence_sentence(steps_of(A=(1, 1), B=(2, 2)))
    assert "Within one step" not in text and "later step" not in text and "Waiting" not in text
