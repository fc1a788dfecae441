"""Sentences on registers: contradictions named with both readings, in every language."""

import pytest
from pseudo_language import untranslated
from stories import drawn_first, pack_of

from nasssap_lib.coverage.reconciliation import STATES as CODES
from nasssap_lib.coverage.reconciliation import reconcile_coverage
from nasssap_lib.coverage.words_reconciliation import STATES, reconciliation_sentence
from nasssap_lib.display.texts import PSEUDO, in_language


def told(country: str) -> str:
    return reconciliation_sentence(reconcile_coverage(pack_of(country))).replace("\u00a0", " ")


def test_both_readings_and_the_register_are_named():
    assert "Poor persons, 2019: 32 % published for 2019, 42 % by the registers (PNBSF)" in told("SEN")
    assert "None contradicts the other." in told("XTC")
    assert told("HND").startswith("No register counts the people")


@pytest.mark.parametrize("country", drawn_first("XTC", "SEN", "ZMB", "HND"))
def test_every_sentence_is_of_the_catalogue(country):
    with in_language(PSEUDO):
        assert untranslated([told(country)], pack_of(country)) == []


def test_every_state_has_words():

    assert set(CODES) == set(STATES)
