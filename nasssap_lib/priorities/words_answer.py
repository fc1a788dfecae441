"""The answer of the chapter on priorities: the order, how sure it is, what would change it, what is missing."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.words import frontier_title, quoted
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.texts import _, join_sentences
from nasssap_lib.display.words import as_sentence, join_words
from nasssap_lib.priorities.matrix import Matrix
from nasssap_lib.priorities.words import (
    OFTEN,
    known_values_words,
    lists_of,
    missing_values_words,
    steps_words,
    views_words,
)
from nasssap_lib.priorities.words_switching_values import answered_changes, decisive_words, within_words


def priority_answer(
    steps: pd.DataFrame,
    holds: pd.DataFrame,
    changes: pd.DataFrame,
    matrix: Matrix,
    criteria: pd.DataFrame,
    options: pd.DataFrame,
    country_name: str,
) -> list[tuple[str, str, str]]:
    """What the chapter found, the order first.

    Parameters
    ----------
    steps : result of ``priorities.propose_sequence``
    holds : result of ``priorities.what_holds``
    changes : result of ``priorities.what_changes_leader``
    matrix : result of ``priorities.criteria_matrix``
    criteria : result of ``priorities.assess_criteria``
    options : result of ``costing.assess_options``
    country_name : as it stands in a sentence

    Returns
    -------
    (finding, how sure it is, name of its exhibit) each
    """
    order = steps_words(steps)
    if not order:
        nothing = _("No sequence can be proposed: no option can be ranked yet. The four guarantees are due to all.")
        return [(nothing, missing_values_words(criteria), "criteria")]
    shares = dict(lists_of(holds))
    due = _("This is a sequence, not a choice: the four guarantees are due to all.")
    findings = [(words, _often_words(shares.get(kind, holds)), "sequence") for kind, words in order]
    cost = _("Benefit levels, take-up and administration are assumptions.")
    return [
        *findings,
        *_change(changes, matrix),
        (as_sentence(frontier_title(options, country_name)), cost, "frontier"),
        (join_sentences([due, missing_values_words(criteria)]), known_values_words(criteria), "sequence"),
    ]


def _often_words(holds: pd.DataFrame) -> str:
    """In which shares of the views which options come first."""
    often = holds[holds["first"] >= OFTEN]
    if often.empty:
        return ""
    shares = [
        _("{name} in {share}", name=name, share=format_share(share, 0))
        for name, share in zip(quoted(often["name"]), often["first"], strict=True)
    ]
    return _("Most often first: {shares} of {views}.", shares=join_words(shares), views=views_words(holds))


def _change(changes: pd.DataFrame, matrix: Matrix) -> list[tuple[str, str, str]]:
    """The decisive change of a list, and what lies within its assumed range; nothing where no change turns the order."""
    told = answered_changes(changes, matrix)
    if told is None:
        return []
    kind, found = told
    return [(decisive_words(found.iloc[0], matrix.names, kind), within_words(found), "changes")]
