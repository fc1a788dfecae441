"""Money of a plan by hand, and what it leaves open."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import plan_of
from stories import ALL, REAL, pack_of

from nasssap_lib.action_plan.money import activity_costs, costs_by_payer, open_points, plan_costs


def test_the_cost_of_the_training_country_by_year_by_hand():
    # 2025: a01 45 × 3/9 = 15, a02 900 × 6/18 = 300, a05 60 × 4/9 = 26.67, a09 35 × 2/9 = 7.78
    # 2028: a04 520 × 3/9 = 173.33, a06 340 × 6/25 = 81.6, a10 620 × 3/20 = 93
    table = plan_costs(pack_of("XTC")).set_index("year")
    assert table.loc[2025, "cost"] == pytest.approx(15 + 300 + 60 * 4 / 9 + 35 * 2 / 9)
    assert table.loc[2028, "cost"] == pytest.approx(520 / 3 + 81.6 + 93)
    # unfunded in 2028: 0.6 of a04, all of a06, 0.7 of a10
    assert table.loc[2028, "unfunded"] == pytest.approx(0.6 * 520 / 3 + 81.6 + 0.7 * 93)
    assert table["activities"].to_dict() == {2025: 4, 2026: 9, 2027: 9, 2028: 3}
    assert (table["reason"] == "").all()


def test_payers_of_the_training_country_by_hand():
    table = costs_by_payer(pack_of("XTC")).groupby("finance_source")[["financed", "unfunded"]].sum()
    # ILO: 0.7 of the valuation (60) and 0.6 of the survey (290); nobody is named for a06 and a13
    assert table.loc["ILO"].tolist() == pytest.approx([42 + 174, 18 + 116])
    assert table.loc[""].tolist() == pytest.approx([0, 365])


@given(st.integers(0, 40), st.integers(1, 40), st.floats(0, 1), st.floats(0, 1e6))
def test_years_add_up_to_the_whole(start, months, financed, cost):
    dates = [f"{2025 + at // 12}-{at % 12 + 1:02d}" for at in (start, start + months - 1)]
    pack = plan_of(" ".join(["a", *dates]), a={"cost": cost, "financed": financed})
    table = activity_costs(pack)
    assert table["cost"].sum() == pytest.approx(cost) and table["months"].sum() == months
    assert table["unfunded"].sum() == pytest.approx(cost * (1 - financed))


def test_a_sum_without_a_cost_says_so():
    pack = plan_of("a 2027-01 2027-02", "b 2027-01 2027-02", b={"cost": np.nan})
    row = plan_costs(pack).iloc[0]
    assert row["cost"] == 12 and row["reason"] == 'sum_without_activities {"activities": ["b"]}'


def test_what_a_plan_leaves_open_is_named():
    pack = plan_of(
        "a 2027-01 2027-02", "b 2027-01 2027-02", "c 2027-01 2027-02", "d 2027-01 2027-02",
        a={"institution": "", "financed": 1.0}, b={"cost": np.nan, "financed": np.nan}, c={"finance_source": ""},
        d={"financed": np.nan, "measure": "pension_65"},
    )  # fmt: skip
    table = open_points(pack)
    told = set(zip(table["id"], table["lacks"], strict=True)) - {("", "no_activity")}
    assert told == {
        ("a", "no_responsible_institution"), ("b", "no_cost_stated"), ("c", "partly_financed"), ("c", "no_payer_named"),
        ("d", "no_share_stated"),
    }  # fmt: skip
    assert table.set_index("lacks").loc["partly_financed", "amount"] == 6
    without = set(table.loc[table["lacks"] == "no_activity", "option"])
    assert without == set(pack.measures["id"]) - {"pension_65"}


def test_the_training_country_leaves_three_options_without_an_activity():
    table = open_points(pack_of("XTC"))
    assert table.loc[table["lacks"] == "no_activity", "option"].tolist() == [
        "health_informal",
        "maternity_grant",
        "works_on_demand",
    ]


@pytest.mark.parametrize("country", ALL)
def test_a_country_without_a_plan_has_no_money_of_it(country):
    pack = pack_of(country)
    empty = country in REAL
    assert all(table.empty == empty for table in (plan_costs(pack), costs_by_payer(pack), open_points(pack)))
