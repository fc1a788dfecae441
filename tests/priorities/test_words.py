"""Sentences on priorities: an order that was stated is said, with its weights and the views that it admits."""

from stories import story

from nasssap_lib.priorities.matrix import criteria_matrix
from nasssap_lib.priorities.sequence import accept_ranks, rank_sequence
from nasssap_lib.priorities.tables import acceptability_table
from nasssap_lib.priorities.weights import mean_weights, read_order, read_weights
from nasssap_lib.priorities.words import acceptability_sentence, acceptability_title, weights_sentence


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
