"""What an order costs, closes and breaks, by hand."""

import numpy as np
import pandas as pd
import pytest
from roadmap_story import by_hand

from nasssap_lib.errors import NasssapError
from nasssap_lib.roadmap.checks import check_order, closed_shares, open_sum, order_costs, smallest_share

ALL_AT_ONCE = {"pension": 2027, "registry_pension": 2027, "child": 2027}


def breaks(table: pd.DataFrame) -> list[tuple]:
    return [tuple(row) for row in table.round(9).itertuples(index=False)]


def test_money_by_year():
    money = order_costs(by_hand(committed=(0.001, 0, 0)), {"pension": 2027, "child": 2028})
    assert money["cost"].tolist() == pytest.approx([0.004, 0.006, 0.009])
    assert money["left"].tolist() == pytest.approx([-0.001, 0.001, 0])


def test_a_group_counts_by_its_greatest_option_and_never_by_the_sum():
    table = closed_shares(by_hand(), ALL_AT_ONCE)
    assert table.round(9).values.tolist() == [
        ["children", 2027, 0.25, 0.75], ["children", 2028, 0.5, 0.5], ["older", 2027, 0.8, 0.2], ["older", 2028, 0.8, 0.2],
    ]  # fmt: skip
    assert smallest_share(by_hand(), ALL_AT_ONCE) == 0.5
    assert open_sum(by_hand(), ALL_AT_ONCE) == pytest.approx((0.75 + 0.5 + 0.2 + 0.2) / 2)


def test_groups_of_a_guarantee_count_by_their_weights():
    p = by_hand(group=("over_80", "over_65", "under_5"), weight=(0.25, 0.75, 1))
    assert smallest_share(p, {"pension": 2027, "registry_pension": 2028, "child": 2027}) == pytest.approx(
        0.25 * 0.8 + 0.75 * 0.3
    )


def test_an_envelope_that_breaks_says_when_and_by_how_much():
    # 2027: 0.007 of 0.004; 2028: 0.008 of 0.007; 2038: 0.010 of 0.009
    assert breaks(check_order(by_hand(), ALL_AT_ONCE)) == [
        ("envelope", "", "", "", 2027, 0.003), ("envelope", "", "", "", 2028, 0.001), ("envelope", "", "", "", 2038, 0.001),
    ]  # fmt: skip


def test_exactly_the_envelope_holds():
    assert check_order(by_hand(), {"child": 2027, "pension": 2028}).empty
    assert check_order(by_hand(envelope=(0.002, 0.007 - 2e-8, 0.009)), {"child": 2027, "pension": 2028})[
        "year"
    ].tolist() == [2028]


def test_too_early_too_many_and_without_what_it_needs():
    p = by_hand(
        envelope=(1, 1, 1),
        earliest=(2028, 2027, 2030),
        capacity={"ministry": 1, "agency": 1},
        pairs=[("child", "pension", 2), ("pension", "registry_pension", 0)],
    )
    assert breaks(check_order(p, ALL_AT_ONCE)) == [
        ("earliest", "pension", "", "", 2027, 1), ("earliest", "child", "", "", 2027, 3), ("prerequisite", "child", "pension", "", 2027, 2),
        ("capacity", "", "", "ministry", 2027, 1),
    ]  # fmt: skip
    (never,) = check_order(p, {"pension": 2028}).itertuples()
    assert (never.kind, never.option, never.needs) == ("prerequisite", "pension", "registry_pension")
    assert np.isnan(never.amount)


def test_an_order_may_be_a_table_and_leave_options_out():
    table = pd.DataFrame({"option": ["child", "pension"], "start": pd.array([2027, None], dtype="Int64")})
    assert (
        order_costs(by_hand(), table)["cost"].tolist()
        == order_costs(by_hand(), {"child": 2027, "pension": None})["cost"].tolist()
    )
    assert order_costs(by_hand(), {})["cost"].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    "starts, message",
    [
        ({"chlid": 2027}, "no such option 'chlid': did you mean 'child'"),
        ({"child": 2038}, "child starts in 2038, expected one of 2027 to 2028"),
        (pd.DataFrame({"option": ["child", "child"], "start": [2027, 2028]}), "started twice: child"),
    ],
)
def test_orders_that_are_none(starts, message):
    with pytest.raises(NasssapError, match=message):
        check_order(by_hand(), starts)
