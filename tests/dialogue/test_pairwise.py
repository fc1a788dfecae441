"""Weights from pairs against Saaty's published example, and properties of answers that fit one another."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.dialogue.pairwise import pairs, weigh_pairs
from nasssap_lib.errors import MissingEvidence, NasssapError

# Saaty (2008), "Decision making with the analytic hierarchy process", Int. J. Services Sciences 1(1), table 3:
# which drink is consumed more in the United States? Derived scale and consistency ratio stand below the matrix.
DRINKS = ["coffee", "wine", "tea", "beer", "sodas", "milk", "water"]
ABOVE = [  # the upper triangle, row by row
    [9, 5, 2, 1, 1, 1 / 2],
    [1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
    [1 / 3, 1 / 4, 1 / 3, 1 / 9],
    [1 / 2, 1, 1 / 3],
    [2, 1 / 2],
    [1 / 3],
]
SCALE = [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
RATIO = 0.022


def compared(ratios, names):
    table = pd.DataFrame(pairs(names), columns=["first", "second"])
    return table.assign(ratio=list(ratios))


def test_weights_and_consistency_of_saaty_2008():
    found = weigh_pairs(compared([ratio for row in ABOVE for ratio in row], DRINKS), DRINKS)
    assert found.weights.tolist() == pytest.approx(SCALE, abs=0.0006)
    assert found.consistency_ratio == pytest.approx(RATIO, abs=0.0006)
    assert found.consistent


@given(st.permutations([1, 2, 4, 8]))
def test_answers_of_one_scale_are_consistent_and_give_it_back(sizes):
    """1, 2, 4, 8: every ratio is a whole number or the inverse of one, so the answers can fit exactly."""
    names = list("abcd")
    size = dict(zip(names, sizes, strict=True))
    found = weigh_pairs(compared([size[a] / size[b] for a, b in pairs(names)], names), names)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert found.weights.tolist() == pytest.approx([size[name] / 15 for name in names])


def test_a_circle_is_inconsistent_and_the_pair_is_named():
    """A 5 times b, b 5 times c, but c 5 times a: nothing fits; the weights are all the same."""
    found = weigh_pairs(compared([5, 1 / 5, 5], list("abc")), list("abc"))
    assert not found.consistent
    assert found.weights.tolist() == pytest.approx([1 / 3] * 3)


def test_the_odd_pair_is_the_one_that_was_turned_round():
    sizes = dict(zip("abcd", (8, 4, 2, 1), strict=True))
    ratios = [sizes[a] / sizes[b] for a, b in pairs("abcd")]
    turned = pairs("abcd").index(("b", "d"))
    ratios[turned] = 1 / ratios[turned]
    found = weigh_pairs(compared(ratios, list("abcd")), list("abcd"))
    assert found.odd == ("b", "d")
    assert found.implied == pytest.approx(4)  # over a: 4/8 × 8/1; over c: 4/2 × 2/1
    assert not found.consistent


@given(st.lists(st.sampled_from([1 / 5, 1 / 2, 1, 2, 5]), min_size=6, max_size=6), st.permutations(list("abcd")))
def test_the_order_in_which_criteria_are_asked_changes_nothing(ratios, order):
    asked = compared(ratios, list("abcd"))
    first, again = weigh_pairs(asked, list("abcd")), weigh_pairs(asked, order)
    assert again.weights[list("abcd")].tolist() == pytest.approx(first.weights.tolist(), abs=1e-6)
    assert again.consistency_ratio == pytest.approx(first.consistency_ratio, abs=1e-9)


def test_one_or_two_criteria_cannot_contradict_one_another():
    assert weigh_pairs(compared([3], list("ab")), list("ab")).weights.tolist() == pytest.approx([0.75, 0.25])
    assert weigh_pairs(compared([], ["a"]), ["a"]).weights.tolist() == [1.0]


def test_a_pair_that_was_left_out_is_named():
    with pytest.raises(MissingEvidence, match="b with c"):
        weigh_pairs(compared([1, 1, 1], list("abc")).head(2), list("abc"))


@pytest.mark.parametrize("ratio", [0, -2, 10, 2.5, np.inf, np.nan])
def test_a_ratio_off_the_scale_is_refused(ratio):
    with pytest.raises(NasssapError, match="ratio"):
        weigh_pairs(compared([ratio], list("ab")), list("ab"))


def test_a_pair_that_stands_twice_is_refused():
    asked = pd.DataFrame({"first": ["a", "b"], "second": ["b", "a"], "ratio": [2, 2]})
    with pytest.raises(NasssapError, match="twice"):
        weigh_pairs(asked, list("ab"))
