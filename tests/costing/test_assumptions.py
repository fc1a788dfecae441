"""Assumptions of a costing: what they hold, what is refused, and that draws keep to their ends and shapes."""

import numpy as np
import pandas as pd
import pytest
from stories import ALL, pack_of

from nasssap_lib.costing.assumptions import (
    COMMON,
    OWN,
    assumptions_of,
    check_assumptions,
    draw_assumptions,
    population_bounds,
)
from nasssap_lib.costing.options import ENDS
from nasssap_lib.errors import NasssapError


@pytest.mark.parametrize("country", ALL)
def test_every_option_has_each_of_its_own_and_all_share_the_others(country):
    pack, table = pack_of(country), assumptions_of(pack_of(country))
    own = table[table["option"] != ""]
    assert {tuple(names) for names in own.groupby("option")["assumption"].agg(list)} == {OWN}
    assert set(own["option"]) == set(pack.measures["id"])
    assert table.loc[table["option"] == "", "assumption"].tolist() == list(COMMON)
    check_assumptions(table)
    rows = pack.measures.set_index("id")
    amounts = own[own["assumption"] == "amount"].set_index("option")[list(ENDS)]
    assert np.allclose(amounts, rows.loc[amounts.index, [f"amount_{end}" for end in ENDS]].astype(float))


def line(shape: str, low: float, central: float, high: float) -> dict:
    return {"option": "a", "assumption": "amount", "low": low, "central": central, "high": high, "shape": shape}


def test_draws_keep_to_their_shape():
    """Of 0, 1, 4: the mean of a triangle is (0 + 1 + 4) ÷ 3 and a quarter of its area lies below its mode, of a rectangle 2."""
    table = pd.DataFrame([line("triangular", 0, 1, 4), line("uniform", 0, 1, 4), line("fixed", 0, 1, 4)])
    values = draw_assumptions(table, 40_000, seed=3)
    assert values.min() >= 0 and values.max() <= 4
    assert values[:, 0].mean() == pytest.approx(5 / 3, abs=0.02) and values[:, 1].mean() == pytest.approx(2, abs=0.02)
    assert (values[:, 0] < 1).mean() == pytest.approx(0.25, abs=0.01)
    assert (values[:, 2] == 1).all()
    assert np.corrcoef(values[:, 0], values[:, 1])[0, 1] == pytest.approx(0, abs=0.02)


def test_the_same_seed_draws_the_same_and_more_draws_begin_alike():
    table = assumptions_of(pack_of("SEN"))
    first, longer = draw_assumptions(table, 10, seed=7), draw_assumptions(table, 20, seed=7)
    assert (first == longer[:10]).all() and not (first == draw_assumptions(table, 10, seed=8)).all()


def test_what_cannot_be_is_refused_all_together():
    table = pd.DataFrame([line("normal", 0, 1, 4), line("uniform", 2, 1, 4), line("fixed", 0, np.nan, 4)])
    with pytest.raises(NasssapError) as told:
        check_assumptions(table)
    assert "shape 'normal', expected triangular, uniform, fixed" in str(told.value)
    assert str(told.value).count("expected low ≤ central ≤ high") == 2


def test_bounds_are_of_totals_of_one_date_against_their_own_medium():
    """Of 100 persons 90 to 120 in 2030, of 200 160 to 260 in 2050."""
    rows = [
        ("female", "2030", "medium", 40), ("male", "2030", "medium", 60), ("female", "2050", "medium", 90), ("male", "2050", "medium", 110),
        ("total", "2030", "lower_95", 90), ("total", "2030", "upper_95", 120), ("total", "2050", "lower_95", 160),
        ("total", "2050", "upper_95", 260),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["sex", "period", "variant", "value"])
    table = table.assign(indicator="population_total", source="W", value=table["value"].astype(float))
    bounds = population_bounds(pack_of("SEN").with_tables(demography=table))
    assert bounds[["year", "low", "high"]].values.tolist() == [[2030, 0.9, 1.2], [2050, 0.8, 1.3]]
    assert bounds["source"].tolist() == ["W", "W"]
    assert population_bounds(pack_of("SEN").with_tables(demography=table.head(0))).empty


def test_senegal_in_2050_lies_between_the_printed_bounds():
    """Of 15,319,334 women and 15,272,476 men: 23,582,908 to 38,379,576 persons (WPP 2024, 31 December)."""
    row = population_bounds(pack_of("SEN")).set_index("year").loc[2050]
    medium = 15_319_334 + 15_272_476
    assert row["low"] == pytest.approx(23_582_908 / medium) and row["high"] == pytest.approx(38_379_576 / medium)
    assert population_bounds(pack_of("XTC")).empty  # no bounds: the population is exact, and said to be
    table = assumptions_of(pack_of("XTC"))
    assert table.loc[table["assumption"] == "population", "shape"].tolist() == ["fixed"]
