"""Tables of priorities as a reader sees them."""

import re
from html import escape, unescape

from small_pack import write_small_pack
from stories import story

from nasssap_lib.costing.options import assess_options, equal_money
from nasssap_lib.costing.tables import cost_table, equal_money_table, option_cards
from nasssap_lib.costing.words import equal_money_sentence, options_sentence
from nasssap_lib.needs.assessment import assess_guarantees, needs_by_group
from nasssap_lib.needs.tables import assessment_table, needs_table
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.priorities.matrix import criteria_matrix
from nasssap_lib.priorities.readiness import assess_readiness
from nasssap_lib.priorities.sequence import accept_ranks, propose_sequence, rank_sequence
from nasssap_lib.priorities.switching_values import what_changes_leader
from nasssap_lib.priorities.tables import (
    acceptability_table,
    changes_table,
    criteria_table,
    ranking_table,
    readiness_table,
    sequence_table,
)
from nasssap_lib.priorities.weights import read_weights
from nasssap_lib.priorities.words import acceptability_sentence, criteria_sentence, sequence_sentence, weights_sentence
from nasssap_lib.priorities.words_switching_values import changes_sentence


def test_a_pack_without_options_still_says_what_is_missing(tmp_path):
    pack = read_pack("XTS", write_small_pack(tmp_path).parent)
    options = assess_options(pack)
    criteria = assess_criteria(pack, options)
    matrix = criteria_matrix(criteria)
    weights = read_weights("", matrix.values)
    ranking = rank_sequence(matrix, weights, criteria)
    acceptance = accept_ranks(matrix, criteria)
    changes = what_changes_leader(matrix, weights, options)
    steps = propose_sequence(ranking, acceptance, options)
    shown = [
        option_cards(options, pack.schemes), cost_table(options), equal_money_table(equal_money(options)),
        criteria_table(criteria), readiness_table(assess_readiness(pack)),
        ranking_table(ranking), changes_table(changes, matrix),
        acceptability_table(acceptance), sequence_table(steps),
        assessment_table(assess_guarantees(pack), needs_by_group(pack)), needs_table(needs_by_group(pack)),
    ]  # fmt: skip
    assert sum("nothing in the pack" in table._repr_html_() for table in shown) == 9
    assert "measures.csv" in options_sentence(options)
    assert "nothing to rank" in criteria_sentence(criteria)
    assert "No sequence" in sequence_sentence(steps)
    assert acceptability_sentence(acceptance) and changes_sentence(changes, matrix)
    assert equal_money_sentence(equal_money(options)) and weights_sentence(weights)


def row_of(table, name: str) -> str:
    """The row that bears a name, as a reader sees it."""
    (row,) = (row for row in re.findall(r"<tr[^>]*>.*?</tr>", table._repr_html_()) if f">{escape(name)}<" in row)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split())


def test_a_rank_that_a_missing_figure_leaves_open_is_an_interval_with_that_figure():
    """Training country: readiness of the public works is not known; they could come third to eighth."""
    table = ranking_table(story("XTC")["ranking"])
    works = row_of(table, "Rural works on demand, 100 days a year")
    assert "3 to 8" in works and "0.47 to 0.64" in works and works.count("n/a") == 1
    assert works.endswith("Rural works on demand, 100 days a year: readiness")
    assert (
        row_of(table, "Disability grant without a test of means") == "Disability grant without a test of means 1 0.73 4"
    )


def test_an_option_that_is_not_ranked_says_why_and_is_nobodys_last():
    row = row_of(ranking_table(story("SEN")["ranking"]), "Disability benefit, severe disability")
    assert "not ranked" in row and "n/a" in row and "prevalence" in row
    assert not re.search(r"\d", row)


def test_a_criterion_that_is_missing_shows_what_it_could_be():
    html = criteria_table(story("XTC")["criteria"])._repr_html_()
    assert "(less is better)" in html and "<i>n/a</i>" in html
    works = row_of(criteria_table(story("XTC")["criteria"]), "Rural works on demand, 100 days a year")
    assert re.search(r"n/a .* to .*\?", works)


def test_readiness_counts_of_three_and_tells_none_from_not_read():
    """Senegal: the child benefit stands on all three; whether the cash transfer has a law was not read: 2 to 3 of 3."""
    table = readiness_table(assess_readiness(story("SEN")["pack"]))
    assert "3 of 3" in row_of(table, "Child benefit, ages 0 to 4")
    assert "0 of 3" in row_of(table, "Paid work for the unemployed")
    transfer = row_of(table, "Cash transfer to all poor persons (PNBSF)")
    assert "not read" in transfer and "n/a 2 to 3 of 3" in transfer


def test_steps_stand_in_order_with_what_could_move_them():
    told = story("XTC")
    steps = propose_sequence(told["ranking"], accept_ranks(told["matrix"], told["criteria"], 200), told["options"])
    table = sequence_table(steps)
    assert "could be as late as 8" in row_of(table, "Rural works on demand, 100 days a year")
    shown = [int(step) for step in table.rows["step_words"] if step != "waiting"]
    assert shown == sorted(shown)


def test_shares_of_a_stated_order_are_not_called_those_of_all_views():
    told = story("XTC")
    free, ordered = (accept_ranks(told["matrix"], told["criteria"], 200, order=order) for order in ((), ["cost"]))
    assert "whatever the weights" in acceptability_table(free).title
    assert "respect the stated order" in acceptability_table(ordered).title
