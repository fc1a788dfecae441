"""Costs over draws: the mean of a triangular distribution is the mean of its three corners (Evans et al., Statistical Distributions)."""

import numpy as np
import pandas as pd
import pytest

from nasssap_lib.costing.draws import draw_costs
from nasssap_lib.costing.options import assess_options
from nasssap_lib.pack.reader import read_pack


def options(**more) -> pd.DataFrame:
    """Level 6, 10 or 20 % of GDP per head; take-up 0.4, 0.5 or 0.9; cost at the central values 1 % of GDP."""
    row = {
        "option": "a", "name": "A", "cost_central": 0.01, "level_low": 6.0, "level_central": 10.0, "level_high": 20.0,
        "take_up_low": 0.4, "take_up_central": 0.5, "take_up_high": 0.9,
    }  # fmt: skip
    return pd.DataFrame([row | more])


def test_the_mean_cost_is_that_of_the_two_triangles():
    mean_level, mean_take_up = (6 + 10 + 20) / 3, (0.4 + 0.5 + 0.9) / 3
    by_hand = 0.01 * (mean_level / 10) * (mean_take_up / 0.5)  # 1.44 % of GDP
    cost = draw_costs(options(), draws=200_000, seed=7)["cost"]
    assert cost.mean() == pytest.approx(by_hand, rel=0.003)
    assert cost.between(0.01 * 0.6 * 0.8, 0.01 * 2.0 * 1.8).all()


def test_without_ranges_every_draw_is_the_central_cost():
    sure = {f"{name}_{end}": value for name, value in (("level", 10.0), ("take_up", 0.5)) for end in ("low", "high")}
    np.testing.assert_allclose(draw_costs(options(**sure))["cost"], 0.01)


def test_the_same_seed_draws_the_same_and_another_one_does_not():
    first, again, other = (draw_costs(options(), 50, seed)["cost"] for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


@pytest.mark.parametrize("country", ["SEN", "XTC"])
def test_central_costs_of_a_country_lie_inside_their_draws(country):
    table = assess_options(read_pack(country))
    ends = draw_costs(table).groupby("option")["cost"].agg(["min", "max"])
    known = table[table["cost_central"] > 0].set_index("option").loc[ends.index]
    assert (ends["min"] <= known["cost_central"]).all()
    assert (known["cost_central"] <= ends["max"]).all()
    assert (ends["min"] >= known["cost_low"] - 1e-12).all()
    assert (ends["max"] <= known["cost_high"] + 1e-12).all()
