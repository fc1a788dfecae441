"""Tables of priorities as a reader sees them."""

import re
from html import escape, unescape

import pandas as pd
from small_pack import write_small_pack
from stories import pack_of, story

from nasssap_lib.costing.options import assess_options, equal_money
from nasssap_lib.costing.tables import cost_table, equal_money_table, option_cards
from nasssap_lib.costing.words import equal_money_sentence, options_sentence
from nasssap_lib.display.texts import in_language, named
from nasssap_lib.needs.assessment import assess_guarantees, needs_by_group
from nasssap_lib.needs.tables import assessment_table, needs_table
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.priorities.matrix import criteria_matrix
from nasssap_lib.priorities.readiness import assess_readiness
from nasssap_lib.priorities.sequence import accept_ranks, propose_sequence, rank_sequence, what_holds
from nasssap_lib.priorities.switching_values import what_changes_leader
from nasssap_lib.priorities.tables import (
    acceptability_table,
    changes_table,
    criteria_table,
    holds_table,
    ranking_table,
    readiness_table,
    sequence_table,
)
from nasssap_lib.priorities.weights import read_weights
from nasssap_lib.priorities.words import criteria_sentence, holds_sentence, sequence_sentence, weights_sentence
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
    assert sum("nothing in the data" in table._repr_html_() for table in shown) == 9
    assert "measures.csv" in options_sentence(options)
    assert "nothing to rank" in criteria_sentence(criteria)
    assert "No sequence" in sequence_sentence(steps)
    assert holds_sentence(what_holds(matrix, acceptance)) and changes_sentence(changes, matrix)
    assert equal_money_sentence(equal_money(options)) and weights_sentence(weights)


def row_of(table, name: str) -> str:
    """The row that bears a name, as a reader sees it."""
    (row,) = (row for row in re.findall(r"<tr[^>]*>.*?</tr>", table._repr_html_()) if f">{escape(name)}<" in row)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split())


def ranked_by_hand(**changes) -> pd.DataFrame:
    """A leads at the central values and could be second; the readiness of B is not known; C stands alone in its list."""
    rows = {
        "kind": ["benefit", "benefit", "subsidy"], "option": list("abc"), "name": list("ABC"), "rank_best": [1.0, 1, 1],
        "rank_worst": [2.0, 2, 1], "rank": [1.0, None, 1], "score_low": [0.4, 0.2, 0.5], "score": [0.6, None, 0.5],
        "score_high": [0.7, 0.65, 0.5], "decisive": ["", "b: readiness", ""], "surely_behind": "", "other_method": "topsis",
        "rank_other": [1.0, None, 1], "source": "S", "reason": "",
    }  # fmt: skip
    return pd.DataFrame(rows | changes)


def test_a_rank_that_ranges_leave_open_is_an_interval_with_the_missing_figure():
    table = ranking_table(ranked_by_hand())
    assert row_of(table, "B") == "B Benefits that are paid 1 to 2 n/a n/a B: readiness"
    # a place among those that are complete is none among all
    assert row_of(table, "A") == "A Benefits that are paid 1 to 2 0.6 1"
    assert row_of(table, "C") == "C Cover that is subsidised 1 0.5 1"
    complete = ranking_table(ranked_by_hand(rank=[1.0, 2, 1], score=[0.6, 0.5, 0.5], decisive=""))
    assert row_of(complete, "A") == "A Benefits that are paid 1 to 2 1 at central values 0.6 1"
    assert "2 at central values" in row_of(complete, "B")


def test_places_at_one_common_level_stand_beside_those_at_the_typed_levels():
    common = ranked_by_hand(rank_best=[2.0, 1, 1], rank_worst=[2.0, 1, 1]).iloc[::-1]
    table = ranking_table(ranked_by_hand(), common)
    assert "Place, one level for all" in table._repr_html_()
    assert row_of(table, "A") == "A Benefits that are paid 1 to 2 2 0.6 1"


def test_what_holds_names_places_shares_and_by_whom_an_option_is_beaten():
    places = {name: [1.0, 2, None] for name in ("rank_best", "rank_worst", "place_best", "place_worst")}
    holds = pd.DataFrame(places | {
        "kind": "benefit", "option": list("abc"), "name": list("ABC"), "beaten_by": ["", "a", ""], "first": [0.9, 0.1, None],
        "source": "S", "reason": ["", "", "no_births"],
    })  # fmt: skip
    table = holds_table(holds)
    assert table.rows[["name", "place", "by"]].to_numpy().tolist() == [
        ["A", "1", "no other option"],
        ["B", "2", "A"],
        ["C", "not ranked", ""],
    ]
    assert row_of(table, "B") == "B 10\N{NO-BREAK SPACE}% 2 A".replace("\N{NO-BREAK SPACE}", " ")
    assert "not ranked" in row_of(table, "C") and "births" in row_of(table, "C")


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
    """Sri Lanka's Aswesuma stands on all three; whether Senegal's cash transfer has a law was not read: 2 to 3 of 3."""
    complete = readiness_table(assess_readiness(pack_of("LKA")))
    assert "3 of 3" in row_of(complete, "Child benefit, ages 0 to 4")
    assert "Welfare Benefits Act No. 24 of 2002" in row_of(complete, "Child benefit, ages 0 to 4")
    table = readiness_table(assess_readiness(pack_of("SEN")))
    assert "0 of 3" in row_of(table, "Paid work for the unemployed")
    transfer = row_of(table, "Cash transfer to all poor persons (PNBSF)")
    assert "not read" in transfer and "n/a 2 to 3 of 3" in transfer


def test_institutions_and_laws_of_options_are_in_the_language_of_the_page():
    """Mali's safety nets are run by a unit (UTGFS), Ministry of Economy and Finance: both stand before the scheme's name."""
    pack = pack_of("MLI")
    with in_language("fr", pack.translations("fr")):
        table = readiness_table(assess_readiness(pack))
        found = row_of(table, "Prestation pour enfants de 0 à 4 ans")
        pension = row_of(table, "Épargne retraite abondée pour les travailleurs informels")
    assert "(UTGFS), ministère de l'Économie et des Finances (Jigisemejiri)" in found
    assert "1961 (première loi) ; loi n° 99-041 du 12 août 1999" in pension and "(INPS pension)" in pension


def test_steps_stand_in_order_with_what_could_move_them():
    steps = pd.DataFrame({
        "kind": ["benefit", "benefit", "subsidy"], "step": [1.0, 2, 1], "latest": [1.0, 5, 1], "option": list("abc"), "name": list("ABC"),
        "guarantee": "health", "rank_best": [1.0, 2, 1], "rank_worst": [1.0, 5, 1], "first": [0.9, 0.1, 1], "decisive": "",
        "source": "S", "reason": "",
    })  # fmt: skip
    assert "could be as late as 5" in row_of(sequence_table(steps), "B")
    assert "could be as late" not in row_of(sequence_table(steps), "A")
    assert "Cover that is subsidised" in row_of(sequence_table(steps), "C")
    open_figure = sequence_table(steps.assign(decisive=["", "b: cost", ""]))
    assert "would settle its place: B: cost" in row_of(open_figure, "B")
    assert "would settle" not in row_of(
        open_figure, "A"
    )  # nothing is said where nothing is open, and no column is kept for it
    unknown = steps.assign(rank_best=[1.0, None, 1], rank_worst=[1.0, None, 1], reason=["", "no_births", ""])
    assert "no births were published for the year" in row_of(sequence_table(unknown), "B")
    assert "would settle" not in row_of(sequence_table(unknown), "B")
    told = story("XTC")
    acceptance = accept_ranks(told["matrix"], told["criteria"], 200, options=told["options"])
    table = sequence_table(propose_sequence(told["ranking"], acceptance, told["options"]))
    for _kind, part in table.rows.groupby("kind"):
        shown = [int(step) for step in part["step_words"] if step != "waiting"]
        assert shown == sorted(shown)


def test_shares_of_a_stated_order_are_not_called_those_of_all_views():
    told = story("XTC")
    free, ordered = (accept_ranks(told["matrix"], told["criteria"], 200, order=order) for order in ((), ["cost"]))
    assert "whatever the weights" in acceptability_table(free).title
    assert "respect the stated order" in acceptability_table(ordered).title


def test_the_law_behind_an_option_is_said_in_the_readers_language_with_its_scheme():
    pack = pack_of("HND")
    with in_language("es", pack.translations("es")):
        table = readiness_table(assess_readiness(pack))
        savings = row_of(table, named("Matched pension savings for informal workers"))
    assert "Decreto 140-1959, rama aplicada en 1971 (IHSS IVM)" in savings
    assert "Instituto Hondureño de Seguridad Social (IHSS) (IHSS IVM)" in savings  # a name with brackets of its own
