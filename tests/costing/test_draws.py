"""Draws of take-up, level, administration and coverage together: what one draw moves belongs together, and ends hold it.

The mean of a triangular distribution is the mean of its three corners (Evans et al., Statistical Distributions).
"""

import numpy as np
import pandas as pd
import pytest
from stories import ALL, FIRST_THEN_ALL, story

from nasssap_lib.costing.draws import FIGURES, draw_costs, draw_figures, extreme_figures, figures_at

PEOPLE, POPULATION = 1000.0, 50_000.0


def options(**more) -> pd.DataFrame:
    """1,000 of 50,000 persons, 30 % covered; level 6, 10 or 20 % of GDP per head; take-up 0.4, 0.5 or 0.9; no administration."""
    row = {
        "option": "a", "name": "A", "way": "new", "people": PEOPLE, "level_low": 6.0, "level_central": 10.0, "level_high": 20.0,
        "take_up_low": 0.4, "take_up_central": 0.5, "take_up_high": 0.9, "admin_low": 0.0, "admin_central": 0.0, "admin_high": 0.0,
        "coverage": 0.3, "coverage_low": 0.3, "coverage_high": 0.3, "unit_cost": 0.1 / POPULATION,
        "cost_central": 0.5 * PEOPLE * 0.1 / POPULATION,
    }  # fmt: skip
    return pd.DataFrame([row | more])


SURE = {f"{name}_{end}": value for name, value in (("level", 10.0), ("take_up", 0.5)) for end in ("low", "high")}


def test_the_mean_cost_is_that_of_the_triangles():
    """500 persons at 10 % cost 0.1 % of GDP; level 12 instead of 10, take-up 0.6 instead of 0.5, administration 5 % of benefits."""
    mean_level, mean_take_up, mean_admin = (6 + 10 + 20) / 3, (0.4 + 0.5 + 0.9) / 3, (0.0 + 0.0 + 0.15) / 3
    by_hand = 0.001 * (mean_level / 10) * (mean_take_up / 0.5) * (1 + mean_admin)
    cost = draw_costs(options(admin_high=0.15), draws=200_000, seed=7)["cost"]
    assert cost.mean() == pytest.approx(by_hand, rel=0.003)
    assert cost.between(0.001 * 0.6 * 0.8, 0.001 * 2.0 * 1.8 * 1.15).all()


def test_without_ranges_every_draw_is_the_central_cost():
    np.testing.assert_allclose(draw_costs(options(**SURE))["cost"], 0.001)


def test_the_same_seed_draws_the_same_and_another_one_does_not():
    first, again, other = (draw_costs(options(), 50, seed)["cost"] for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


def test_many_persons_never_come_at_the_cost_of_few():
    """Cost ÷ persons of one draw is what a person costs in it: at a sure level always the same, 0.1 of GDP per head."""
    sure_level = options(level_low=10.0, level_high=10.0)
    figures = draw_figures(sure_level, draws=500)
    np.testing.assert_allclose(figures["cost"] / figures["persons"], 0.1 / POPULATION)
    assert figures["persons"].std() > 0


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_persons_and_cost_of_one_draw_belong_together(country):
    """What one person costs in a draw lies between its ends, and is the level and administration of the draw, not of another."""
    table = story(country)["options"]
    figures = draw_figures(table, draws=300)
    known = table["cost_central"].notna().to_numpy()
    unit = (figures["cost"] / figures["persons"])[:, known]
    low, high = (table[f"unit_{end}"].to_numpy(float)[known] for end in ("low", "high"))
    assert (unit >= low * (1 - 1e-9)).all() and (unit <= high * (1 + 1e-9)).all()
    # persons of a draw are its take-up of the people (of those not covered, where only they are reached): known without the cost
    new = known & (table["way"] == "new").to_numpy()
    take_up = figures["persons"][:, new] / table["people"].to_numpy(float)[new]
    ends = [table[f"take_up_{end}"].to_numpy(float)[new] for end in ("low", "high")]
    assert (take_up >= ends[0] - 1e-9).all() and (take_up <= ends[1] + 1e-9).all()
    # a draw with more persons at a dearer level costs more: the product, whatever the order
    np.testing.assert_allclose(figures["cost"][:, known], unit * figures["persons"][:, known])


@pytest.mark.parametrize("country", ALL)
def test_draws_stay_inside_the_ends_of_the_options(country):
    table = story(country)["options"]
    figures, extremes = draw_figures(table, draws=300), extreme_figures(table)
    assert set(extremes) == set(FIGURES)
    for name in ("cost", "newly_covered"):
        known = table[f"{name}_central"].notna().to_numpy() & (table["coverage"].notna() | (name == "cost")).to_numpy()
        low, high = (table[f"{name}_{end}"].to_numpy(float)[known] for end in ("low", "high"))
        drawn = figures[name][:, known]
        assert (drawn >= low * (1 - 1e-9) - 1e-9).all() and (drawn <= high * (1 + 1e-9)).all(), name
        np.testing.assert_allclose(extremes[name][known].min(axis=1), low, atol=1e-9)
        np.testing.assert_allclose(extremes[name][known].max(axis=1), high)


def test_newly_covered_of_draws_lies_between_the_bounds_of_one_take_up():
    """Sure take-up of 50 %, 30 % covered: 200 to 500 of 1,000, drawn evenly between them, so 350 in the mean."""
    newly = draw_figures(options(**SURE), draws=20_000, seed=3)["newly_covered"]
    assert newly.min() >= 200 and newly.max() <= 500
    assert newly.mean() == pytest.approx(350, abs=2)


def test_coverage_that_is_not_known_is_drawn_from_none_to_all():
    unknown = options(coverage=np.nan, coverage_low=0.0, coverage_high=1.0)
    figures = draw_figures(unknown, draws=500)
    assert (
        np.isfinite(figures["newly_covered"]).all()
        and figures["unmet_need"].min() < 0.05 < 0.95 < figures["unmet_need"].max()
    )
    assert (figures["newly_covered"] <= figures["unmet_need"] * PEOPLE + 1e-9).all()
    at_ends = extreme_figures(unknown)
    assert (at_ends["newly_covered"].min(), at_ends["newly_covered"].max()) == (0, pytest.approx(900))


def test_figures_at_other_parameters_by_hand():
    """Twice the level and 10 % administration, 80 % take-up of 1,000: 800 persons at 0.2 × 1.1 of GDP per head."""
    found = figures_at(options(), take_up=[0.8], level=[20.0], administration=[0.1], coverage=[0.5])
    assert found["persons"] == pytest.approx([800])
    assert found["cost"] == pytest.approx([800 * 0.2 * 1.1 / POPULATION])
    assert found["newly_covered"] == pytest.approx([400])  # 0.8 × (1 − 0.5)
    assert (found["gap_closed"], found["unmet_need"]) == (pytest.approx([0.8]), pytest.approx([0.5]))
    builds = figures_at(options(way="builds_on"), take_up=[[0.3], [0.5], [0.8]])
    assert builds["newly_covered"][:, 0] == pytest.approx([0, 200, 500])


@pytest.mark.parametrize("country", ALL)
def test_central_figures_are_those_of_the_options(country):
    table = story(country)["options"]
    found = figures_at(table)
    for name in ("cost", "newly_covered", "persons", "gap_closed"):
        np.testing.assert_allclose(found[name], table[f"{name}_central"].astype(float), err_msg=name)


@pytest.mark.parametrize("country", ["SEN", "XTC"])
def test_central_costs_of_a_country_lie_inside_their_draws(country):
    table = story(country)["options"]
    ends = draw_costs(table).groupby("option")["cost"].agg(["min", "max"])
    known = table[table["cost_central"] > 0].set_index("option").loc[ends.index]
    assert (ends["min"] <= known["cost_central"]).all()
    assert (known["cost_central"] <= ends["max"]).all()
    assert (ends["min"] >= known["cost_low"] - 1e-12).all()
    assert (ends["max"] <= known["cost_high"] + 1e-12).all()
