"""Cost less space by year: by hand, and what must hold whatever the figures are."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from financing_story import financed
from hypothesis import given
from hypothesis import strategies as st
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib.costing.combined import ALL as TOGETHER
from nasssap_lib.costing.combined import combine_options
from nasssap_lib.costing.package import cost_package
from nasssap_lib.errors import NasssapError
from nasssap_lib.financing.gap import GAP_COLUMNS, financing_gap, option_costs, usable_space
from nasssap_lib.financing.space import SPACE_COLUMNS, space_by_year
from nasssap_lib.reasons import has_reason


def costs_of(*rows: dict) -> pd.DataFrame:
    """Costs as costing gives them, of both sexes."""
    empty = {"option": "pension_65", "name": "Pension", "year": 2030, "sex": "total", "share_of_gdp": 0.02, "quality": "assumed",
             "source": "XTC-TRAINING"}  # fmt: skip
    rows = [empty | row for row in rows]
    return pd.DataFrame([row | {"net_share_of_gdp": row.get("net_share_of_gdp", row["share_of_gdp"])} for row in rows])


def space_of(*rows: dict) -> pd.DataFrame:
    empty = dict.fromkeys(SPACE_COLUMNS, "") | {"option": 2, "year": 2030, "low": 0.001, "central": 0.002, "high": 0.003, "counted": True,
             "quality": "illustrative", "source": "XTC-TRAINING"}  # fmt: skip
    return pd.DataFrame([empty | {"id": f"p{at}"} | row for at, row in enumerate(rows)], columns=SPACE_COLUMNS)


def gap_of(costs: pd.DataFrame, space: pd.DataFrame) -> pd.Series:
    return financing_gap(costs, space, pack_of("XTC")).iloc[0]


def test_a_gap_by_hand():
    # gross 2.0 + 1.0 % of GDP, of which 0.5 replaces what is spent today: 2.5; space 0.1 to 0.3 twice
    costs = costs_of({}, {"option": "child_benefit", "share_of_gdp": 0.01, "net_share_of_gdp": 0.005})
    row = gap_of(costs, space_of({}, {}))
    assert row[["gross", "cost"]].tolist() == pytest.approx([0.03, 0.025])
    assert row[["space_low", "space", "space_high"]].tolist() == pytest.approx([0.002, 0.004, 0.006])
    assert row[["gap_low", "gap", "gap_high"]].tolist() == pytest.approx([0.019, 0.021, 0.023])
    product_of_2030 = pack_of("XTC").series("gdp_current").set_index("year")["value"][2030] * 1e9
    assert row["gap_money"] == pytest.approx(0.021 * product_of_2030) and row["unused"] == 0


def test_more_space_than_cost_leaves_no_gap_and_says_what_is_unused():
    row = gap_of(costs_of({}), space_of({"central": 0.03, "high": 0.05}))
    assert row[["space", "gap", "gap_low", "unused"]].tolist() == pytest.approx([0.02, 0, 0, 0.01])
    assert row["gap_high"] == pytest.approx(0.019)


def test_what_is_not_counted_pays_nothing():
    row = gap_of(costs_of({}), space_of({}, {"counted": False, "central": 0.5}))
    assert row["gap"] == pytest.approx(0.018)


def test_money_bound_to_an_option_pays_no_more_than_its_cost():
    costs = costs_of({}, {"option": "child_benefit", "share_of_gdp": 0.004})
    row = gap_of(costs, space_of({"pays_for": "child_benefit", "central": 0.01, "high": 0.01}))
    assert row[["space", "gap", "unused"]].tolist() == pytest.approx([0.004, 0.02, 0.006])


def test_gross_counts_where_the_net_cost_is_not_known_and_below_0_is_no_money():
    costs = costs_of(
        {"net_share_of_gdp": float("nan")}, {"option": "child_benefit", "name": "Child", "net_share_of_gdp": -0.01}
    )
    row = gap_of(costs, space_of({}))
    assert row["cost"] == pytest.approx(0.02)
    assert has_reason([row["reason"]], "only_gross_known") == has_reason([row["reason"]], "no_saving") == [True]


def test_an_option_without_a_cost_makes_a_lower_bound_and_all_without_make_none():
    unknown = {"option": "child_benefit", "share_of_gdp": float("nan")}
    row = gap_of(costs_of({}, unknown), space_of({}))
    assert row["gap"] == pytest.approx(0.018) and has_reason([row["reason"]], "sum_without") == [True]
    nothing = gap_of(costs_of(unknown), space_of({}))
    assert nothing[["cost", "space", "gap", "gap_high", "unused"]].isna().all()


def test_other_years_than_those_of_the_costs_are_refused():
    with pytest.raises(NasssapError, match="2031 to 2031"):
        financing_gap(costs_of({}), space_of({"year": 2031}), pack_of("XTC"))


def test_nothing_that_is_bound_twice_is_spent_twice():
    # two lists that share an option: the greatest flow by trying all ways of giving whole thousandths
    paid = pd.DataFrame({"a": [0.002], "b": [0.003], "c": [0.001]}, index=[2030])
    space = space_of(
        {"pays_for": "a;b", "central": 0.004}, {"pays_for": "b", "central": 0.002}, {"pays_for": "", "central": 0.001}
    )
    best = 0
    for x_a, x_b, y_b, z_a, z_b, z_c in product(range(5), range(5), range(3), range(2), range(2), range(2)):
        if x_a + x_b <= 4 and z_a + z_b + z_c <= 1 and x_a + z_a <= 2 and x_b + y_b + z_b <= 3 and z_c <= 1:
            best = max(best, x_a + x_b + y_b + z_a + z_b + z_c)
    assert usable_space(paid, space).tolist() == pytest.approx([best / 1000])


@given(
    cost=st.floats(0, 0.2),
    yields=st.lists(st.tuples(st.floats(0, 0.1), st.sampled_from(["", "pension_65", "child_benefit"])), max_size=5),
)
def test_doubling_the_cost_never_lowers_the_gap(cost, yields):
    space = space_of(
        *({"central": value, "low": value / 2, "high": 2 * value, "pays_for": bound} for value, bound in yields)
    )
    once, twice = (
        gap_of(costs_of({"share_of_gdp": n * cost}, {"option": "child_benefit", "share_of_gdp": n * cost / 3}), space)
        for n in (1, 2)
    )
    for end in ("gap_low", "gap", "gap_high"):
        assert twice[end] >= once[end] - 1e-15
    assert once["gap_low"] <= once["gap"] <= once["gap_high"] <= once["cost"] + 1e-15
    assert once["gap"] == pytest.approx(once["cost"] - once["space"])


def test_no_proposal_leaves_the_whole_cost_missing():
    row = gap_of(costs_of({}), pd.DataFrame(columns=SPACE_COLUMNS))
    assert row[["gap_low", "gap", "gap_high"]].tolist() == [row["cost"]] * 3


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_every_pack_has_its_gap(country):
    pack = pack_of(country)
    years = range(2027, 2036)
    costs = cost_package(pack, years)
    gap = financing_gap(costs, space_by_year(pack, years), pack)
    assert list(gap.columns) == GAP_COLUMNS and gap["year"].tolist() == list(years)
    np.testing.assert_allclose(gap["gap"], (gap["cost"] - gap["space"]).clip(lower=0))
    assert (gap["cost"] <= gap["gross"] + 1e-12).all() and (gap["source"] != "").all()
    known = pack.series("gdp_current")["year"].max()
    assert gap["gap_money"].notna().tolist() == [year <= known for year in years]


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_the_gross_cost_is_what_the_options_cost_together(country):
    pack = pack_of(country)
    costs = cost_package(pack, [2031])
    combined = combine_options(costs, pack, costs["option"].unique())
    whole = combined[(combined["option"] == TOGETHER) & (combined["sex"] == "total")]
    gap = financing_gap(combined, space_by_year(pack, [2031]), pack)
    assert gap["gross"].tolist() == pytest.approx(whole["share_of_gdp"].tolist())
    assert len(option_costs(combined)) == costs["option"].nunique()


def test_borrowing_pays_last_and_is_told_apart():
    story = financed("XTC")
    gap, space = story.gap.set_index("year"), story.space
    lent = space[space["counted"] & space["draws_on"].eq("public_debt")].groupby("year")["central"].sum()
    assert (gap["borrowed"] <= lent.reindex(gap.index, fill_value=0) + 1e-15).all() and gap["borrowed"].max() > 0
    costs = combine_options(story.costs, story.pack, list(story.pack.measures["id"]))
    free = financing_gap(costs, space[space["draws_on"].ne("public_debt")], story.pack).set_index("year")
    assert np.allclose(free["gap"], gap["gap"] + gap["borrowed"])
