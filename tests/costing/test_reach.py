"""Who is newly covered: by hand, and what must hold whatever the parameters."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.costing.reach import WAYS, reach_of
from nasssap_lib.errors import NasssapError

SHARE = st.floats(0, 1)
PEOPLE = st.floats(1, 1e9)
OVERLAP = st.one_of(st.none(), SHARE)
CLOSE = 1e-9  # of the people


@pytest.mark.parametrize(
    ("way", "overlap", "persons", "newly"),
    [  # 60 % take-up of 1,000 people of whom 30 % are covered
        ("builds_on", None, 600, 300),  # 0.6 − 0.3
        ("benefit_tested", None, 600, 600),  # min(0.6, 0.7)
        ("extends", None, 420, 420),  # 0.6 of the 700 who are not covered
        ("new", None, 600, 420),  # 0.6 × 0.7
        ("new", 0.0, 600, 300),  # all covered are among the 600
        ("new", 1.0, 600, 600),  # 600 of the 700
        ("new", 0.5, 600, 450),  # half-way
    ],
)
def test_each_way_by_hand(way, overlap, persons, newly):
    found = reach_of(way, 0.6, 0.3, 1000, overlap)
    assert found == (pytest.approx(persons), pytest.approx(newly))


def test_a_tested_benefit_reaches_no_more_than_have_none():
    """90 % take-up where 30 % are covered: only 700 can receive it."""
    assert reach_of("benefit_tested", 0.9, 0.3, 1000) == (pytest.approx(700), pytest.approx(700))


def test_the_published_checks_of_senegal():
    """country_checks.csv: t(1−c)T = 411,310 within (t−c)T = 380,350 and min(t; 1−c)T = 483,894; (t−c)T = 1,987,857."""
    found = [float(reach_of("new", 0.85, 0.299, 690_291, overlap).newly_covered) for overlap in (0, None, 1)]
    assert found == pytest.approx([380_350, 411_310, 483_894], abs=5)
    assert reach_of("builds_on", 0.6, 0.32, 7_099_489).newly_covered == pytest.approx(1_987_857, abs=5)


def test_take_up_below_coverage_newly_covers_nobody():
    assert reach_of("builds_on", 0.2, 0.32, 1000) == (pytest.approx(200), 0)


def test_unknown_coverage_stays_unknown_and_reach_of_a_new_benefit_does_not_need_it():
    for way in WAYS:
        assert np.isnan(reach_of(way, 0.5, np.nan, 1000).newly_covered), way
    assert reach_of("new", 0.5, np.nan, 1000).persons == 500


def test_no_such_way_is_refused_with_those_that_there_are():
    with pytest.raises(NasssapError, match="'magic'; expected one of builds_on, benefit_tested, extends, new"):
        reach_of("magic", 0.5, 0.5, 1)


@given(st.sampled_from(list(WAYS)), SHARE, SHARE, PEOPLE, OVERLAP)
def test_nobody_beyond_the_people_and_no_more_newly_covered_than_reached(way, t, c, people, overlap):
    found = reach_of(way, t, c, people, overlap)
    slack = CLOSE * people
    assert -slack <= found.newly_covered <= found.persons + slack
    assert found.persons <= people + slack
    assert found.newly_covered <= (1 - c) * people + slack  # of those who are not covered


@given(SHARE, SHARE, PEOPLE, SHARE)
def test_newly_covered_by_a_new_benefit_lies_between_the_bounds_of_frechet(t, c, people, overlap):
    fewest, most = max(0, t - c) * people, min(t, 1 - c) * people
    for given_ in (None, overlap):
        newly = reach_of("new", t, c, people, given_).newly_covered
        assert fewest - CLOSE * people <= newly <= most + CLOSE * people
    assert reach_of("new", t, c, people, 0.0).newly_covered == pytest.approx(fewest, abs=CLOSE * people)
    assert reach_of("new", t, c, people, 1.0).newly_covered == pytest.approx(most, abs=CLOSE * people)


@given(st.sampled_from(list(WAYS)), SHARE, SHARE, SHARE, PEOPLE, OVERLAP)
def test_more_take_up_never_covers_fewer_and_more_coverage_never_leaves_more_to_cover(way, a, b, c, people, overlap):
    low, high = sorted((a, b))
    slack = CLOSE * people
    less, more = (reach_of(way, t, c, people, overlap) for t in (low, high))
    assert less.newly_covered <= more.newly_covered + slack and less.persons <= more.persons + slack
    few, many = (reach_of(way, c, covered, people, overlap) for covered in (low, high))
    assert many.newly_covered <= few.newly_covered + slack


@given(st.lists(st.tuples(SHARE, SHARE), min_size=1, max_size=5), PEOPLE)
def test_arrays_are_the_same_as_one_by_one(pairs, people):
    t, c = (np.array(values) for values in zip(*pairs, strict=True))
    for way in WAYS:
        found = reach_of(way, t, c, people)
        single = [float(reach_of(way, *pair, people).newly_covered) for pair in pairs]
        np.testing.assert_allclose(found.newly_covered, single)
