"""Bounds of a union and of a rounded rate; more of the union stands in test_gaps.py."""

import pytest

from nasssap_lib.coverage.bounds import UnionBounds, published_bounds, union_bounds


def test_a_rate_is_as_exact_as_its_last_printed_digit():
    assert published_bounds(19.91, 2) == pytest.approx((0.1991, 0.19905, 0.19915))
    assert published_bounds(4, 0) == pytest.approx((0.04, 0.035, 0.045))
    assert published_bounds(0.2, 0)[1] == 0  # never below nobody
    assert published_bounds(0, 0, "No programme anchored in national legislation") == (0, 0, 0)


def test_one_scheme_alone_reaches_its_own_share():
    assert union_bounds([0.3]) == UnionBounds(0.3, 0.3)
