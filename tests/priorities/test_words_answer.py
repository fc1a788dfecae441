"""The answer of the chapter on priorities: the order first, its views, what would change it; the same as the tables say."""

import pytest
from stories import DRAWN_THEN_ALL, pack_of

from nasssap_lib import costing, priorities
from nasssap_lib.display.numbers import format_share
from nasssap_lib.priorities.words_answer import priority_answer


def tables_of(pack):
    options = costing.assess_options(pack)
    criteria = priorities.assess_criteria(pack, options)
    matrix = priorities.criteria_matrix(criteria, "", "", options)
    weights = priorities.read_weights("", matrix.values, [])
    ranking = priorities.rank_sequence(matrix, weights, criteria)
    acceptance = priorities.accept_ranks(matrix, criteria, options=options)
    holds, changes = priorities.what_holds(matrix, acceptance), priorities.what_changes_leader(matrix, weights, options)
    return priorities.propose_sequence(ranking, acceptance, options), holds, changes, matrix, criteria, options


@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_the_order_stands_first_with_its_share_of_the_views(country):
    steps, holds, *others = tables_of(pack_of(country))
    findings = priority_answer(steps, holds, *others, "Testland")
    assert 3 <= len(findings) <= 5 and findings[0][2] == "sequence"
    first = steps[steps["step"] == 1]
    benefits = first[first["kind"] == "benefit"] if (first["kind"] == "benefit").any() else first
    assert all(name in findings[0][0] for name in benefits["name"])
    often = holds[holds["option"].isin(benefits["option"]) & (holds["first"] >= 0.1)]
    assert all(format_share(share, 0) in findings[0][1] for share in often["first"])
    assert "the four guarantees are due to all" in findings[-1][0]


def test_where_nothing_can_be_ranked_it_says_so():
    steps, holds, changes, matrix, criteria, options = tables_of(pack_of("SEN"))
    none = steps.assign(step=float("nan"))
    (alone,) = priority_answer(none, holds, changes, matrix, criteria.assign(ranked=False), options, "Testland")
    assert "no option can be ranked yet" in alone[0] and "cannot be costed" in alone[1]
