"""Why options cannot all start: each way out by hand."""

import numpy as np
import pytest
from roadmap_story import by_hand

from nasssap_lib.errors import NasssapError
from nasssap_lib.roadmap.conflicts import why_infeasible
from nasssap_lib.roadmap.programme import Programme

ALL = ("pension", "registry_pension", "child")
RICH = (1, 1, 1)


def ways(table) -> list[tuple]:
    columns = ["relaxed", "kind", "option", "institution", "year", "amount"]
    return [tuple(row) for row in table[columns].round(9).itertuples(index=False)]


def test_what_can_start_is_not_in_conflict():
    assert why_infeasible(by_hand(), ["pension", "child"]).empty
    assert why_infeasible(by_hand(), []).empty


def test_an_envelope_that_is_too_small_by_year():
    # all three cost 0.010 in 2038, of 0.009; started in 2028 they cost 0.007 in 2028, which is what there is
    assert ways(why_infeasible(by_hand(), ALL)) == [("envelope", "envelope", "", "", 2038, 0.001)]


def test_an_institution_that_cannot_carry_the_starts():
    # nothing may start before 2028: three starts of an institution that can carry one
    p = by_hand(envelope=RICH, institution=["ministry"] * 3, capacity={"ministry": 1}, earliest=(2028, 2028, 2028))
    assert ("capacity", "capacity", "", "ministry", 2028, 2) in ways(why_infeasible(p, ALL))


def test_two_ways_out_stand_beside_each_other():
    # either two starts in 2028, or the child benefit in 2027, a year too early
    p = by_hand(envelope=RICH, institution=["ministry"] * 3, capacity={"ministry": 1}, earliest=(2029, 2028, 2028))
    first, second = ways(why_infeasible(p, ["registry_pension", "child"]))
    assert first == ("capacity", "capacity", "", "ministry", 2028, 1)
    assert second in [("earliest", "earliest", name, "", 2027, 1) for name in ("child", "registry_pension")]


def test_a_law_that_comes_too_late():
    assert ways(why_infeasible(by_hand(envelope=RICH, earliest=(2030, 2027, 2027)), ["pension"])) == [
        ("earliest", "earliest", "pension", "", 2028, 2)
    ]


def test_a_lag_that_is_longer_than_there_are_years():
    p = by_hand(envelope=RICH, pairs=[("pension", "child", 3)])
    # 2028 less 2027 leaves one year of three
    assert ("prerequisite", "prerequisite", "pension", "", 2028, 2) in ways(why_infeasible(p, ["pension", "child"]))


def test_the_way_out_is_the_one_with_the_fewest_years_in_all():
    # b in 2027 is a year before a, c and d then wait one year of three: 1 + 2 + 2; b in 2028 would leave 0 + 3 + 3
    p = Programme(
        options="abcd", guarantee="gggg", group="pqrs", institution="mmmm", starts=[2027, 2028], years=[2027, 2028],
        cost=np.zeros((4, 2, 2)), closed=np.zeros((4, 2, 2)), weight=[0.25] * 4, envelope=[0, 0], earliest=[2028, 2027, 2027, 2027],
        capacity={"m": 4}, pairs=[("b", "a", 0), ("c", "b", 3), ("d", "b", 3)],
    )  # fmt: skip
    rows = why_infeasible(p, "abcd").query("relaxed == 'prerequisite'")
    assert dict(zip(rows["option"], rows["amount"], strict=True)) == {"b": 1, "c": 2, "d": 2}


def test_where_no_single_kind_is_enough_all_give_way_together():
    p = by_hand(envelope=(0.004, 0.007, 0.005), earliest=(2029, 2027, 2027))
    assert ways(why_infeasible(p, ["pension"])) == [
        ("all", "envelope", "", "", 2038, 0.001), ("all", "earliest", "pension", "", 2028, 1),
    ]  # fmt: skip


def test_what_is_needed_counts_though_nobody_asked_for_it():
    p = by_hand(pairs=[("child", "pension", 0), ("child", "registry_pension", 0)])
    assert ("envelope", "envelope", "", "", 2038, 0.001) in ways(why_infeasible(p, ["child"]))


def test_an_unknown_option():
    with pytest.raises(NasssapError, match="no such option 'chlid': did you mean 'child'"):
        why_infeasible(by_hand(), ["chlid"])
