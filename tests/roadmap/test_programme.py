"""A programme that cannot be is refused, with all that is wrong."""

import numpy as np
import pytest
from roadmap_story import BY_HAND, by_hand

from nasssap_lib.errors import NasssapError

WRONG = {
    "no one of a column": ({"group": ("over_65",)}, "group has 1 entries, expected one of each of the 3 options"),
    "shape": ({"cost": np.zeros((3, 2, 2))}, r"cost has the shape \(3, 2, 2\), expected \(3, 2, 3\)"),
    "no options": ({"options": ()}, "no options"),
    "years back": ({"years": (2028, 2027, 2038)}, "years do not ascend"),
    "start without money": ({"starts": (2026, 2028)}, r"starts without a year: \[2026\]"),
    "horizon": ({"horizon": 2027}, "horizon 2027: expected one of years, not before the last start 2028"),
    "twice": ({"options": ("pension", "pension", "child")}, "options named twice: pension"),
    "unknown": ({"pairs": [("chlid", "pension", 0)]}, "no such option 'chlid': did you mean 'child'"),
    "lag": ({"pairs": [("child", "pension", -1)]}, "child needs pension -1 years before"),
    "half a year": ({"pairs": [("child", "pension", 0.5)]}, "child needs pension 0.5 years before"),
    "circle": (
        {"pairs": [("child", "pension", 1), ("pension", "registry_pension", 0), ("registry_pension", "child", 0)]},
        "in a circle: (child needs pension needs registry_pension needs child|pension needs registry_pension needs child needs pension"
        "|registry_pension needs child needs pension needs registry_pension)",
    ),
    "itself": ({"pairs": [("child", "child", 0)]}, "in a circle: child needs child"),
    "no capacity": ({"capacity": {"ministry": 1}}, "no capacity of 'agency'"),
    "capacity of nobody": ({"capacity": BY_HAND["capacity"] | {"agnecy": 1}}, "'agnecy'; did you mean 'agency'"),
    "negative capacity": ({"capacity": {"ministry": -1, "agency": 1}}, "capacity of ministry is -1"),
    "weights differ": ({"weight": (0.5, 0.4, 1)}, r"weight of over_65 in older: expected one number above 0, got \[0.4, 0.5\]"),
    "no weight": ({"weight": (1, 1, 0)}, "weight of under_5 in children: expected one number above 0"),
    "too much weight": ({"group": ("a", "b", "c"), "weight": (0.7, 0.5, 1)}, "groups of older add up to 1.2, expected at most 1"),
    "committed": ({"committed": (0.001, 0.0085, 0)}, "envelope of 2028 is below what is committed already, by 0.1500% of GDP"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_is_refused(name):
    changed, message = WRONG[name]
    with pytest.raises(NasssapError, match=message):
        by_hand(**changed)


@pytest.mark.parametrize("name", ["cost", "closed"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_no_number_is_named_by_option_start_and_year(name, value):
    numbers = np.array(BY_HAND[name], float)
    numbers[2, 1, 2] = value
    with pytest.raises(NasssapError, match=f"{name} is no number at child started 2028 in 2038"):
        by_hand(**{name: numbers})


def test_shares_outside_or_before_the_start_are_named():
    closed = np.array(BY_HAND["closed"])
    closed[0, 1, 0] = 0.1
    with pytest.raises(NasssapError, match="closed before it starts: pension started 2028 in 2027"):
        by_hand(closed=closed)
    closed[0, 1, 0], closed[1, 0, 2] = 0, 1.01
    with pytest.raises(NasssapError, match="closed is outside 0–1 at registry_pension started 2027 in 2038"):
        by_hand(closed=closed)


def test_all_faults_are_told_together():
    with pytest.raises(NasssapError, match="2027 is below.*, by 0.1000%.*2038 is below.*, by 0.5000%"):
        by_hand(committed=(0.005, 0, 0.014))


def test_what_is_not_given():
    p = by_hand()
    assert p.horizon == 2028
    assert p.counted.tolist() == [True, True, False]
    assert p.committed.tolist() == [0, 0, 0]
    assert p.groups() == {("children", "under_5"): [2], ("older", "over_65"): [0, 1]}
