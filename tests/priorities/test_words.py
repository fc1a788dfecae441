"""Sentences on priorities: an order that was stated is said, with its weights and the views that it admits."""

import numpy as np
import pandas as pd
import pytest
from stories import story

from nasssap_lib.display.texts import in_language
from nasssap_lib.priorities.matrix import criteria_matrix
from nasssap_lib.priorities.ranking import METHODS
from nasssap_lib.priorities.sequence import accept_ranks, rank_sequence, what_holds
from nasssap_lib.priorities.tables import acceptability_table
from nasssap_lib.priorities.weights import mean_weights, read_order, read_weights
from nasssap_lib.priorities.words import METHODS as EXPLAINED
from nasssap_lib.priorities.words import (
    acceptability_title,
    holds_sentence,
    levels_sentence,
    methods_sentence,
    ranking_title,
    sequence_sentence,
    steps_words,
    weights_sentence,
)


def test_an_order_says_which_views_are_admissible():
    told = story("SEN")
    some = accept_ranks(told["matrix"], told["criteria"], 2000, order=["cost", "readiness"], options=told["options"])
    assert acceptability_title(some, "Senegal").startswith("Senegal: ")
    assert "of admissible views" in acceptability_title(some, "Senegal")
    text = holds_sentence(what_holds(told["matrix"], some))
    assert "“Cost, % of GDP” weighs at least as much as “Readiness”" in text
    assert "what is not named weighs at most as much as “Readiness”" in text
    everything = accept_ranks(told["matrix"], told["criteria"], 2000, options=told["options"])
    assert "of all views" in acceptability_title(everything, "Senegal")
    assert "respect the stated order" in acceptability_table(some)._repr_html_()
    assert "First in, of the views with the weights that suit it best" in acceptability_table(some)._repr_html_()


def test_a_stated_order_is_in_the_ranking_and_in_its_sentence():
    told = story("SEN")
    matrix = criteria_matrix(told["criteria"], order="cost>readiness", options=told["options"])
    order = read_order("cost>readiness", matrix.values)
    weights = read_weights("", matrix.values, order)
    text = weights_sentence(weights, order)
    assert text.startswith(
        "The criteria weigh as the mean of all weights that respect the order “Cost, % of GDP” before “Readiness” before all others"
    )
    # of three criteria (1 + 1/2 + 1/3) ÷ 3, (1/2 + 1/3) ÷ 3 and 1/9
    shares = ["cost, % of GDP 61", "readiness 28", "persons newly covered 11"]
    assert all(f"{share}\N{NO-BREAK SPACE}%" in text for share in shares) and "the same" not in text
    given = weights_sentence(read_weights("cost=1", matrix.values, order), order)
    assert given.startswith("Weights: cost") and "The stated order, “Cost, % of GDP” before “Readiness”" in given
    full = weights_sentence(mean_weights(list(weights), list(weights)), list(weights))
    assert "all others" not in full
    ranks = rank_sequence(matrix, weights, told["criteria"])[["option", "score_high"]]
    equal = rank_sequence(matrix, read_weights("", matrix.values), told["criteria"])[["option", "score_high"]]
    assert not ranks.equals(equal)


def ranking_of(*places, score=0.5):
    """Options A, B, C … with the best and the worst rank that each can have; the score is NaN where a figure is missing."""
    best, worst = zip(*places, strict=True)
    names = list("ABCDEFGHIJ")[: len(places)]
    return pd.DataFrame({"name": names, "rank_best": best, "rank_worst": worst, "score": score})


LEADS = "Testland: A leads at the central values; within the ranges 2 options can come first"
OPEN = "Testland: which of 3 options comes first is left open"


@pytest.mark.parametrize(
    ("ranking", "title"),
    [
        (ranking_of((1, 1), (2, 2)), "Testland: A comes first with these weights, within all ranges"),
        (ranking_of((1, 1), (2, 3), (2, 3)), "Testland: A comes first with these weights, within all ranges"),
        (ranking_of((1, 2), (1, 2), (3, 3), score=[0.8, 0.7, 0.1]), LEADS),
        (ranking_of((1, 2), (1, 2), (3, 3), score=[0.8, 0.7, np.nan]), LEADS),
        (ranking_of((1, 3), (1, 3), (1, 3), score=np.nan), OPEN),
        (ranking_of((1, 3), (1, 3), (1, 3), score=[0.8, np.nan, 0.3]), OPEN),
        (ranking_of((np.nan, np.nan)), "Testland: no option can be ranked yet"),
    ],
)
def test_the_title_claims_a_leader_only_where_nothing_missing_can_turn_it(ranking, title):
    assert ranking_title(ranking, "Testland") == title


def test_the_title_is_about_the_benefits_that_are_paid():
    both = pd.concat(
        [ranking_of((1, 1), (2, 2)).assign(kind="benefit"), ranking_of((1, 2), (1, 2)).assign(kind="subsidy")]
    )
    assert ranking_title(both, "Testland").endswith("A comes first with these weights, within all ranges")


def methods(rank, other, kind="", names="ABCDE"):
    return pd.DataFrame({
        "kind": kind, "name": list(names)[: len(rank)], "rank": rank, "rank_other": other, "other_method": "topsis",
    })  # fmt: skip


def test_a_method_that_disagrees_is_said_with_its_correlation():
    """Spearman by hand, 1 − 6 Σd² ÷ (n (n² − 1)) with n = 5: 2 1 3 4 5: 1 − 12/120; 5 4 3 2 1: −1; 1 5 2 3 4: 1 − 72/120 = 0.4;
    1 3 2 5 4: 1 − 24/120 = 0.8, on the threshold.
    """
    own = [1.0, 2, 3, 4, 5]
    other = methods_sentence(methods(own, [2.0, 1, 3, 4, 5]))
    assert other.startswith("A second method, TOPSIS, puts first what lies nearest to the best values")
    assert other.endswith(
        "TOPSIS disagrees: it puts “B” first (rank correlation 0.9 over 5 options with complete evidence)."
    )
    assert "it puts “E” first (rank correlation −1 " in methods_sentence(methods(own, [5.0, 4, 3, 2, 1]))
    rest = methods_sentence(methods(own, [1.0, 5, 2, 3, 4]))
    assert "puts the same first and orders the rest differently (rank correlation 0.4 " in rest
    alike = methods_sentence(methods(own, [1.0, 3, 2, 5, 4]))
    assert "gives much the same order (rank correlation 0.8 " in alike
    assert "it puts “A” and “B” first" in methods_sentence(methods(own, [1.0, 1, 3, 4, 5]))


def test_every_second_method_is_explained():
    assert set(EXPLAINED) == set(METHODS) - {"weighted_sum"}


def test_over_few_options_no_correlation_is_said():
    few = methods_sentence(methods([1.0, 2], [2.0, 1]))
    assert few.endswith(
        " TOPSIS puts “B” first of the 2 options with complete evidence, the weighted sum does not: which is first depends on the method."
    )
    with in_language("fr"):
        assert ". Parmi les 2 options" in methods_sentence(methods([1.0, 2], [2.0, 1])), (
            "a sentence begins with a capital letter"
        )
    assert methods_sentence(methods([1.0, 2, 3], [1.0, 3, 2])) == ""
    assert methods_sentence(methods([1.0], [1.0])) == ""


def test_two_methods_are_compared_list_by_list():
    both = pd.concat([methods([1.0, 2, 3, 4, 5], [5.0, 4, 3, 2, 1], "benefit"), methods([1.0, 2], [1.0, 2], "subsidy")])
    text = methods_sentence(both)
    assert "Benefits that are paid: TOPSIS disagrees: it puts “E” first" in text
    assert text.count("nearest to the best") == 1  # explained once, whatever the number of lists
    assert "over 5 options" in text and "ubsidis" not in text
    # who lacks a figure is in neither order
    assert "first of the 3 options" in methods_sentence(methods([1.0, 2, np.nan, 3], [3.0, 2, np.nan, 1]))


def scored(kind="", **options):
    """Options with the best place within all ranges and the score at the central values."""
    rows = [{"kind": kind, "name": name, "rank_best": best, "score": score} for name, (best, score) in options.items()]
    return pd.DataFrame(rows)


def test_a_leader_that_wins_by_being_small_is_said():
    typed, level = scored(A=(1, 0.8), B=(2, 0.6), C=(3, 0.1)), scored(A=(2, 0.4), B=(1, 0.6), C=(1, 0.5))
    turned = levels_sentence(typed, level)
    assert turned.startswith("Within all ranges “A” can in principle come first; if all paid one level, “B” and “C”.")
    assert turned.endswith("At the central values “A” is in front; if all paid one level, “B”.")
    stays = levels_sentence(typed, typed)
    assert stays.startswith(
        "Within all ranges “A” can in principle come first, at the assumed levels and at one level for all."
    )
    assert stays.endswith("At the central values “A” is in front, at both levels.")
    tied = levels_sentence(scored(A=(1, 0.5), B=(1, 0.5)), scored(A=(1, 0.5), B=(1, 0.5)))
    assert tied.endswith("At the central values “A” and “B” are in front, at both levels.")


def test_nobody_is_said_to_lead_where_a_figure_is_missing():
    some = scored(A=(1, 0.6), B=(1, np.nan))
    text = levels_sentence(some, scored(A=(1, 0.6), B=(2, 0.3)))
    assert text == "Within all ranges “A” and “B” can in principle come first; if all paid one level, “A”."


def test_levels_are_compared_list_by_list():
    typed = pd.concat([scored("benefit", A=(1, 0.8), B=(2, 0.6)), scored("subsidy", C=(1, 0.9), D=(2, 0.2))])
    level = pd.concat([scored("benefit", A=(2, 0.5), B=(1, 0.6)), scored("subsidy", C=(1, 0.9), D=(2, 0.2))])
    text = levels_sentence(typed, level)
    assert text.startswith(
        "Benefits that are paid: within all ranges “A” can in principle come first; if all paid one level, “B”."
    )
    assert "Cover that is subsidised: within all ranges “C” can in principle come first" in text
    alone = pd.concat([scored("benefit", A=(1, 0.8), B=(2, 0.6)), scored("subsidy", C=(1, 0.9))])
    assert "ubsidised" not in levels_sentence(alone, alone)


def holding(kind="", **rows):
    """Options with who beats them, their places, and the share of views in which each comes first."""
    return pd.DataFrame([
        {"kind": kind, "option": name.lower(), "name": name, "beaten_by": by, "rank_best": best, "rank_worst": worst, "first": first,
         "views": ""}
        for name, (by, best, worst, first) in rows.items()
    ])  # fmt: skip


def test_what_no_weights_overturn_is_said_first():
    text = holds_sentence(holding(A=("", 1, 3, 0.7), B=("a", 1, 4, 0.25), C=("", 1, 4, 0.05), D=("a;b", 3, 4, 0.0)))
    assert text.startswith("First in fewer than 1 of 100 views: “D”.")
    assert "At the central values “B” is beaten on every criterion by “A”." in text
    assert "“D” is beaten" not in text and "“C” in" not in text
    assert "The order is the same for all weights" not in text
    fixed = holds_sentence(holding(A=("", 1, 1, 1.0), B=("a", 2, 2, 0.0)))
    assert fixed.endswith("The order is the same for all weights.")


def test_what_holds_is_said_list_by_list():
    both = pd.concat([
        holding("benefit", A=("", 1, 2, 0.6), B=("", 1, 2, 0.4)), holding("subsidy", C=("", 1, 1, 1.0), D=("", np.nan, np.nan, np.nan)),
    ])  # fmt: skip
    both.loc[both["option"] == "b", "first"] = 0.0
    text = holds_sentence(both)
    assert text.startswith("Benefits that are paid: first in fewer than 1 of 100 views: “B”.")
    assert "Cover that is subsidised: “C” is the only one that can be ranked." in text
    assert holds_sentence(holding(A=("", np.nan, np.nan, np.nan))) == "No option can be ranked yet."


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
    assert "Within one step no option is ahead" in text
    assert "1 option could come later" in text
    assert text.endswith("An option that waits for a figure is not behind the others.")


def test_the_steps_are_told_in_order_and_one_step_is_no_order():
    several = steps_of(A=(1, 1), B=(1, 3), C=(2, 2), D=(3, 3), E=(np.nan, np.nan))
    assert steps_words(several) == [("", "On the evidence at hand first “A” and “B”; then “C”; next “D”.")]
    ((_kind, text),) = steps_words(steps_of(A=(1, 2), B=(1, 1), C=(np.nan, np.nan)))
    assert text == "On the evidence at hand no order of “A” and “B” holds for all values within their ranges."
    assert steps_words(steps_of(A=(1, 1)))[0][1].startswith("On the evidence at hand first “A”")


def test_a_sequence_of_single_steps_that_nothing_can_move_says_no_more():
    text = sequence_sentence(steps_of(A=(1, 1), B=(2, 2)))
    assert "Within one step" not in text and "come later" not in text and "waits" not in text
