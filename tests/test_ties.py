"""When two numbers are the same: what arithmetic leaves is no difference at any size, what is written is one at any size."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.ties import noise_of, settled, spans


@pytest.mark.parametrize("size", [1e9, 1.0, 1e-6, 1e-13])
def test_a_sum_and_its_result_tie_at_every_size_and_twice_as_much_does_not(size):
    same = settled([size * (0.1 + 0.2), size * 0.3, size * 0.6])
    assert same[0] == same[1] < same[2]
    assert spans(size * np.array([0.3, 0.3]), size * np.array([0.1 + 0.2, 0.6])).tolist() == [False, True]


def test_what_subtracting_leaves_of_zero_is_zero():
    assert len(set(settled([0.1 + 0.2 - 0.3, 0.0, 1 - 0.9 - 0.1]))) == 1
    assert len(set(settled([1e-15, 2e-15, 3e-15]))) == 3


def test_each_column_has_its_own_size_and_a_gap_stays_a_gap():
    table = pd.DataFrame({"persons": [1e9, 1e9 + 1e-6, np.nan], "cost": [1e-12, 3e-12, 2e-12]})
    found = settled(table)
    assert found[0, 0] == found[1, 0] and np.isnan(found[2, 0])
    assert found[:, 1].tolist() == [1e-12, 3e-12, 2e-12]
    assert settled([np.inf, 1.0, np.nan]).tolist()[:2] == [np.inf, 1.0]
    assert settled([]).size == 0


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=12), st.sampled_from([1e-12, 1e-3, 1.0, 1e12]))
def test_settled_values_order_as_the_whole_numbers_behind_them(numbers, size):
    written, blurred = np.array(numbers, float), np.array(numbers) * size
    blurred[::2] *= 1 + 4 * np.finfo(float).eps
    found = settled(blurred)
    assert (np.sign(np.subtract.outer(found, found)) == np.sign(np.subtract.outer(written, written))).all()
    assert (np.abs(found - blurred) <= noise_of(np.abs(blurred).max())).all()
    assert (settled(found) == found).all()
