"""Sentences on what would change who can come first: they count what the table shows."""

import re

import numpy as np
import pandas as pd
import pytest
from leaders import HAND, changes_of, matrix_of, told
from stories import FIRST_THEN_ALL

from nasssap_lib.display.texts import in_language
from nasssap_lib.priorities.tables import changes_table
from nasssap_lib.priorities.words_switching_values import (
    answered_changes,
    change_words,
    changes_sentence,
    decisive_words,
    within_words,
)
from nasssap_lib.stocktaking.words import collection_sentence


def test_the_sentence_counts_what_the_table_shows():
    """Four of five are in the table: one level inside, one level and one rate outside; one level is too far."""
    matrix = matrix_of(HAND)
    found = changes_of(
        "level level take_up missing level", "inside outside outside inside outside", [0.1, 0.2, 0.3, 0.4, 9]
    )
    text = changes_sentence(found, matrix)
    counts = within_words(found)
    assert counts == (
        "Changes that suffice: within the ranges one level and one missing figure; beyond them one level and one rate of take-up."
    )
    assert counts not in text, "the answer has told it"
    assert text.endswith("One more change, of three times what is assumed or more, is left out.")
    assert len(changes_table(found, matrix).rows) == 4
    alone = changes_sentence(found.head(1), matrix)
    assert within_words(found.head(1)) == "Changes that suffice, all within the ranges: one level."
    assert "left out" not in alone


def test_what_the_answer_tells_of_one_list_is_told_of_the_others_in_their_section():
    matrix, _, _, _, every = told("SEN")
    kind, found = answered_changes(every, matrix)
    first, other = changes_sentence(every, matrix).split("\n\n")
    assert kind == "benefit" and within_words(found) not in first and "smallest single change" not in first
    assert (
        "smallest single change" in other
        and within_words(every[every["list"] != kind].dropna(subset="needed")) in other
    )


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_counts_of_every_country_add_up_to_the_rows_of_its_table(country):
    matrix, _, _, _, every = told(country)
    for part in matrix.lists:
        found = every[every["list"] == part.kind]
        if len(part.values) == 2:  # each is best or worst on everything: the table says nothing of such a list
            assert changes_table(found, matrix).rows.empty
            continue
        tail = within_words(found[found["needed"].notna()])
        rows = changes_table(found, matrix).rows
        rows = rows[rows["kind"].isin(["level", "take_up", "missing"])].drop_duplicates(["kind", "option", "criterion"])
        assert sum(int(n.replace("one", "1")) for n in re.findall(r"(\d+|one) (?:level|rate|missing)", tail)) == len(
            rows
        )


def test_one_is_singular():
    wanted = pd.DataFrame({"figure": ["collect_benefit"], "persons": [np.nan]})
    assert collection_sentence(wanted).startswith("1 figure, or set of figures, is to be collected.")
    assert collection_sentence(pd.concat([wanted, wanted])).startswith("2 figures, or sets of figures, are")


@pytest.mark.parametrize("language", ["en", "es", "fr"])
@pytest.mark.parametrize("needed", [0.2, 0.3])
def test_a_criterion_stands_in_one_pair_of_quotation_marks_in_every_language(language, needed):
    row = pd.Series(
        {"kind": "weight", "criterion": "cost", "now": 0.3, "needed": needed, "side": "below", "within": ""}
    )
    with in_language(language):
        words = change_words(row, {})
    assert [sum(words.count(sign) for sign in signs) for signs in ("“«", "”»")] == [1, 1], words


NAMES = {"a": "A", "b": "B"}


def change(**values):
    row = {
        "kind": "missing",
        "option": "a",
        "criterion": "newly_covered",
        "now": np.nan,
        "needed": 921_000.0,
        "side": "above",
    }
    return pd.Series({**row, "within": "inside", "leaders": "a;b", "new_leader": "a", **values})


def test_who_could_come_first_before_is_said_to_be_the_only_one_then():
    told = decisive_words(change(), NAMES)
    assert told == (
        "What decides first is the missing persons newly covered of “A”, if it turns out to be 921,000 or more: "
        "then only “A” can come first."
    )
    level = change(kind="level", now=4.0, needed=3.7, side="below")
    assert decisive_words(level, NAMES).endswith("(within its assumed range): then only “A” can come first.")
    assert decisive_words(level.replace("a;b", "b"), NAMES).endswith("range): then “A” can come first.")


def test_a_change_of_a_tenth_of_a_point_is_no_finding():
    tie = change(kind="weight", criterion="cost", now=0.333, needed=0.332, leaders="b", new_leader="a")
    told = "“B” and “A” are level, or nearly: almost any change of a weight decides between them."
    assert decisive_words(tie, NAMES) == told
    assert "the weight of" in decisive_words(tie.replace(0.332, 0.3), NAMES)
