"""What more money buys and what high costs break, by hand."""

import numpy as np
import pytest
from roadmap_story import BY_HAND, by_hand, drawn

from nasssap_lib.errors import NasssapError
from nasssap_lib.roadmap.checks import check_order
from nasssap_lib.roadmap.optimum import best_order
from nasssap_lib.roadmap.variations import high_costs, one_more


def test_more_money_lets_the_pension_start_a_year_earlier():
    # 0.002 more in 2027: 0.004 + 0.002; the older's share of 2027 is then 0.8 instead of 0: the open sum falls by 0.8 / 2
    more = one_more(by_hand(), 0.002)
    assert more.changed.values.tolist() == [["pension", 2028, 2027]]
    assert (more.smallest_share, more.open_sum) == pytest.approx((0, 0.4))


def test_more_money_never_makes_the_first_aim_worse():
    for seed in range(0, 40, 4):
        p = drawn(seed)
        before = best_order(p)
        more = one_more(p, before=before)
        assert more.before is before
        assert more.smallest_share >= -1e-9, f"seed {seed}"
        assert more.smallest_share > 1e-9 or more.open_sum >= -1e-9, f"seed {seed}"


@pytest.mark.parametrize("amount", [0, -0.001, np.nan])
def test_more_has_to_be_more(amount):
    with pytest.raises(NasssapError, match="amount is"):
        one_more(by_hand(), amount)


def test_high_costs_break_an_order_in_the_years_in_which_nothing_is_left():
    # 0.002, 0.007, 0.009 of 0.004, 0.007, 0.009, a tenth more: 0.0007 and 0.0009 too much
    broken = high_costs(by_hand(), {"child": 2027, "pension": 2028}, 1.1)
    assert broken["year"].tolist() == [2028, 2038]
    assert broken["amount"].tolist() == pytest.approx([0.0007, 0.0009])


def test_a_net_saving_does_not_grow_with_the_factor():
    cost = np.array(BY_HAND["cost"])
    cost[2, 0] = -0.001
    p = by_hand(cost=cost)
    assert check_order(p, {"child": 2027, "pension": 2028}).empty
    # the pension 0.012 in 2038, less a saving of 0.001, of 0.009
    assert high_costs(p, {"child": 2027, "pension": 2028}, 2.0).iloc[-1][["year", "amount"]].tolist() == [
        2038,
        pytest.approx(0.002),
    ]


def test_costs_that_come_out_high_may_be_given_as_they_are():
    high = np.array(BY_HAND["cost"])
    high[0, 1, 2] = 0.0065
    assert high_costs(by_hand(), {"child": 2027, "pension": 2028}, high)["amount"].tolist() == pytest.approx([0.0005])
    with pytest.raises(NasssapError, match="cost has the shape"):
        high_costs(by_hand(), {}, high[:2])
    with pytest.raises(NasssapError, match="the factor is 0"):
        high_costs(by_hand(), {}, 0)
