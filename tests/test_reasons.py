"""Reasons: codes with values that can be read back whatever the values hold."""

from string import Formatter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib import reasons
from nasssap_lib.reasons import REASONS, has_reason, join_reasons, reason, split_reasons

HOSTILE = 'A; B {"x": 1}; no_rate'


@pytest.fixture(autouse=True)
def words(monkeypatch):
    monkeypatch.setattr(reasons, "REASONS", {"no_rate": "no rate", "age_from": "aged {age} and over ({scheme})"})


def test_a_cell_is_read_back_as_it_was_written():
    cell = join_reasons(reason("no_rate"), reason("age_from", age=np.int64(60), scheme=HOSTILE))
    assert split_reasons(cell) == [("no_rate", {}), ("age_from", {"age": 60, "scheme": HOSTILE})]
    assert has_reason([cell, "no_rate"], "age_from") == [True, False]


@given(st.lists(st.tuples(st.integers(), st.text(max_size=20)), max_size=4))
def test_joining_and_splitting_undo_one_another(pairs):
    cells = [reason("age_from", age=age, scheme=scheme) for age, scheme in pairs]
    assert split_reasons(join_reasons(*cells)) == [
        ("age_from", {"age": age, "scheme": scheme}) for age, scheme in dict.fromkeys(pairs)
    ]


def test_what_was_said_is_said_once():
    assert join_reasons("no_rate", "", "no_rate") == "no_rate"


@pytest.mark.parametrize("values", [{}, {"age": 60}, {"age": 60, "scheme": "S", "year": 2020}])
def test_values_that_the_words_do_not_have_are_refused(values):
    with pytest.raises(ValueError, match="age_from.*expected the values"):
        reason("age_from", **values)


def test_a_code_without_words_fails_where_it_is_written():
    with pytest.raises(KeyError, match="unheard_of"):
        reason("unheard_of")


def test_a_sentence_is_no_reason():
    with pytest.raises(ValueError, match="no reason"):
        split_reasons("No rate was published")


def test_the_words_of_reasons_are_clauses():
    for code, text in REASONS.items():
        assert code.replace("_", "a").isalnum()
        assert code.islower()
        assert text.strip() == text
        assert not text.endswith("."), code
        assert all(name != "" for _, name, _, _ in Formatter().parse(text)), f"{code}: places have names"
