"""What a result made of several figures may claim: the weakest quality, all sources, and how old a figure is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.provenance import is_legal_zero, is_old, join_sources, strongest_grade, weakest

SURE_TO_UNSURE = ["observed", "estimated", "assumed", "illustrative"]  # the contract, in this order
SOURCES = st.lists(st.sampled_from(["A", "B", "C", "WPP-2024", ""]), max_size=4).map(";".join)


@given(st.lists(st.sampled_from(SURE_TO_UNSURE), min_size=1))
def test_no_result_claims_more_than_its_weakest_figure(qualities):
    found = weakest(qualities)
    assert found in qualities
    assert all(SURE_TO_UNSURE.index(quality) <= SURE_TO_UNSURE.index(found) for quality in qualities)


def test_a_quality_that_is_none_is_refused():
    with pytest.raises(ValueError, match="guessed"):
        weakest(["observed", "guessed"])


@given(st.lists(SOURCES, max_size=4))
def test_every_source_is_named_once_and_none_is_lost(lists):
    joined = join_sources(*lists).split(";")
    wanted = {name for text in lists for name in text.split(";") if name}
    assert set(filter(None, joined)) == wanted
    assert len(joined) == max(len(wanted), 1)


def test_joining_what_was_joined_changes_nothing():
    assert join_sources(join_sources("B;A", "A"), "B") == "B;A"


@pytest.mark.parametrize(("year", "old"), [(2020, False), (2019, True), (2026, False), (float("nan"), False)])
def test_a_figure_is_old_after_more_than_five_years(year, old):
    assert is_old(year, 2025) is old


def test_only_a_zero_can_be_a_zero_in_law():
    note = "No programme anchored in national legislation"
    assert is_legal_zero(0.0, note)
    assert not is_legal_zero(0.4, note)
    assert not is_legal_zero(float("nan"), note)


@pytest.mark.parametrize(
    ("source", "grade"),
    [
        ("DAILY", "press"),
        ("DAILY;FIRM", "press"),
        ("DAILY;OFFICE", "official"),
        ("DAILY;UNGRADED", ""),  # it could be an office
        ("UNGRADED;OFFICE", "official"),  # nothing is stronger
        ("", ""),
    ],
)
def test_a_review_is_as_strong_as_its_strongest_source(source, grade):
    grades = {"DAILY": "press", "OFFICE": "official", "FIRM": "other", "UNGRADED": ""}
    assert strongest_grade(source, grades) == grade
