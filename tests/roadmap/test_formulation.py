"""Columns and rows of a small programme."""

import numpy as np
import pytest
from roadmap_story import by_hand

from nasssap_lib.roadmap.formulation import formulate, room, share_terms, weighed


def holds(model, chosen: dict) -> bool:
    """Whether the rows hold for what has started, each option's own case column included."""
    columns = {model.started[key] for key in chosen.items() if key in model.started}
    ever = {c for c in range(len(model.lower)) if c not in set(model.started.values())}
    for terms, least, most in model.rows:
        own = columns | {c for c in ever if c in terms and terms[c] < 0 and columns & set(terms)}
        if not least <= sum(value for column, value in terms.items() if column in own) <= most:
            return False
    return all(key in model.started for key in chosen.items())


def test_starts_before_the_earliest_and_before_what_is_needed_are_no_columns():
    model = formulate(
        by_hand(earliest=(2028, 2027, 2027), pairs=[("child", "pension", 0), ("registry_pension", "child", 1)])
    )
    assert set(model.started) == {(0, 1), (2, 1)}  # the small pension could start in 2029


def test_what_is_relaxed_has_its_columns_again():
    assert len(formulate(by_hand(earliest=(2030, 2030, 2030))).started) == 0
    assert len(formulate(by_hand(earliest=(2030, 2030, 2030)), relaxed=["earliest"]).started) == 6


@pytest.mark.parametrize(
    "changed, relaxed, chosen, expected",
    [
        ({}, (), {0: 1, 2: 0}, True),
        ({}, (), {0: 0, 2: 0}, False),  # 0.006 in 2027
        ({}, ["envelope"], {0: 0, 2: 0}, True),
        ({"envelope": (1, 1, 1), "capacity": {"ministry": 1, "agency": 1}}, (), {0: 0, 1: 0}, False),
        ({"envelope": (1, 1, 1), "capacity": {"ministry": 1, "agency": 1}}, ["capacity"], {0: 0, 1: 0}, True),
        ({"envelope": (1, 1, 1), "pairs": [("pension", "child", 1)]}, (), {0: 1, 2: 0}, True),
        ({"envelope": (1, 1, 1), "pairs": [("pension", "child", 1)]}, (), {0: 1, 2: 1}, False),
        ({"envelope": (1, 1, 1), "pairs": [("pension", "child", 1)]}, (), {0: 1}, False),
        ({"envelope": (1, 1, 1), "pairs": [("pension", "child", 1)]}, ["prerequisite"], {0: 0}, True),
    ],
)
def test_rows_hold_for_orders_that_hold(changed, relaxed, chosen, expected):
    assert holds(formulate(by_hand(**changed), relaxed=relaxed), chosen) is expected


def test_starts_at_one_level_are_one_column_of_the_union():
    model = formulate(by_hand())
    before = len(model.lower)
    shares = share_terms(model, [1])
    assert (
        len(model.lower) - before == 2
    )  # 0.8 and 0.3, each whenever it starts; the child benefit is alone in its group
    assert sorted(shares["older", 1].values()) == pytest.approx([0.3, 0.8])
    assert sorted(shares["children", 1].values()) == [0.25, 0.5]


def test_terms_add_up_by_column():
    assert weighed([{1: 2.0}, {1: 1.0, 3: -1.0}], 2.0) == {1: 6.0, 3: -2.0}


def test_the_room_is_what_is_not_committed():
    assert room(by_hand(committed=(0.001, 0, 0))) == pytest.approx(np.array([30, 70, 90]))
