"""Tables of priorities as a reader sees them."""

from small_pack import write_small_pack

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
