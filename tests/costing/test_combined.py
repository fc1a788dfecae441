"""Options together: sums where nobody is in two, an order and bounds where somebody is."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib.costing.combined import COMBINED_COLUMNS, combine_options, overlapping, paid_first
from nasssap_lib.costing.package import cost_package
from nasssap_lib.errors import NasssapError

FULL = {"take_up_low": 0.5, "take_up_central": 0.5, "take_up_high": 0.5, "start_year": 2030, "full_year": 2030}


def together(country: str, names: list[str], order=None, year: int = 2030, pack=None) -> pd.DataFrame:
    pack = pack or pack_of(country)
    return combine_options(cost_package(pack, [year], names), pack, order)


def row(table: pd.DataFrame, option: str, sex: str = "total") -> pd.Series:
    return table[(table["option"] == option) & (table["sex"] == sex)].iloc[0]


def test_options_for_other_ages_add_up():
    names = ["child_benefit", "social_pension"]
    costs = cost_package(pack_of("SEN"), [2030], names).query("sex == 'total'")
    whole = row(combine_options(cost_package(pack_of("SEN"), [2030], names), pack_of("SEN")), "all")
    assert whole["share_of_gdp"] == pytest.approx(costs["share_of_gdp"].sum(), rel=1e-12)
    assert whole["share_low"] == whole["share_high"] == pytest.approx(whole["share_of_gdp"])


def test_options_that_overlap_need_an_order_and_are_named():
    with pytest.raises(NasssapError, match="social_pension and cash_transfer"):
        together("SEN", ["social_pension", "cash_transfer"])
    with pytest.raises(NasssapError, match="lacks cash_transfer"):
        together("SEN", ["social_pension", "cash_transfer"], ["social_pension"])
    with pytest.raises(NasssapError, match="names gold, not costed"):
        together("SEN", ["social_pension", "cash_transfer"], ["social_pension", "cash_transfer", "gold"])


def test_a_person_of_both_is_paid_by_the_first_by_hand():
    """Half of all poor persons, half of those of 65 and over: the transfer loses its share of them times a half."""
    pack = pack_of("SEN")
    rows = pack.measures[pack.measures["id"].isin(["social_pension", "cash_transfer"])]
    pack = pack.with_tables(measures=rows.assign(relation="", related_scheme="", **FULL))
    costs = cost_package(pack, [2030]).set_index(["option", "sex"])["persons"]
    table = together("SEN", None, ["social_pension", "cash_transfer"], pack=pack)
    # WPP 2024, 2030: 430,700 of 10,460,870 women are 65 and over
    poor, old = costs["cash_transfer", "female"], 430_700 / 10_460_870
    her = row(table, "cash_transfer", "female")
    assert her["persons"] == pytest.approx(poor * (1 - old * 0.5))
    # Fréchet: none of the older poor women is left (her rate, below a half, is within the pension's), or all of them are
    assert her["persons_low"] == pytest.approx(poor * (1 - old)) and her["persons_high"] == pytest.approx(poor)
    assert row(table, "social_pension")["persons"] == pytest.approx(costs["social_pension", "total"])
    assert her["share_of_gdp"] / her["persons"] == pytest.approx(
        row(table, "cash_transfer", "male")["share_of_gdp"] / row(table, "cash_transfer", "male")["persons"]
    )


def test_disabled_pensioners_are_named():
    table = together("XTC", ["pension_65", "disability_all"], ["pension_65", "disability_all"])
    both = row(table, "disabled_pensioners")
    assert 0 <= both["persons_low"] < both["persons"] < both["persons_high"]
    assert both["reason"].startswith("disabled_pensioners") and "Older Citizens' Pension" in both["reason"]
    plain = cost_package(pack_of("XTC"), [2030], ["disability_all"]).iloc[2]
    left = row(table, "disability_all")
    assert left["persons"] + both["persons"] == pytest.approx(plain["persons"])


def test_spending_that_two_options_replace_is_netted_once():
    pack = pack_of("ZMB")
    rows = pack.measures[pack.measures["id"].isin(["child_benefit", "cash_transfer"])].assign(
        relation="merge", related_scheme="sct"
    )
    pack = pack.with_tables(measures=rows)
    costs = cost_package(pack, [2031]).query("sex == 'total'").set_index("option")
    table = together("ZMB", None, ["cash_transfer", "child_benefit"], 2031, pack)
    assert row(table, "child_benefit")["replaced"] == 0
    assert row(table, "all")["replaced"] == pytest.approx(costs.loc["cash_transfer", "replaced"])


def test_an_option_without_a_cost_makes_the_sum_a_lower_bound():
    table = together(
        "SEN",
        ["child_benefit", "disability_benefit", "social_pension"],
        ["child_benefit", "disability_benefit", "social_pension"],
    )
    assert (
        row(table, "all")["share_of_gdp"] > 0
        and 'sum_without {"options": ["Disability benefit, severe disability"]}' in row(table, "all")["reason"]
    )
    assert "overlap_not_known" in row(table, "social_pension")["reason"]


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_whatever_the_order_the_bounds_hold_and_women_and_men_add_up(country):
    pack = pack_of(country)
    costs = cost_package(pack, [2030, 2045])
    names = pack.measures["id"].tolist()
    for order in (names, names[::-1]):
        table = combine_options(costs, pack, order)
        assert list(table) == COMBINED_COLUMNS
        known = table[table["persons"].notna()]
        assert (known["persons_low"] <= known["persons"] * (1 + 1e-9)).all()
        assert (known["persons"] <= known["persons_high"] * (1 + 1e-9)).all()
        wide = table.pivot(index=["option", "year"], columns="sex", values="share_of_gdp")
        assert np.allclose(wide["female"] + wide["male"], wide["total"], equal_nan=True)
        plain = costs.groupby(["year", "sex"])["share_of_gdp"].sum()
        sums = table[table["option"] == "all"].set_index(["year", "sex"])["share_of_gdp"]
        assert (sums <= plain[sums.index] * (1 + 1e-9)).all()


def test_cover_of_care_and_a_pension_are_two_purposes():
    rows = (
        pack_of("SEN")
        .measures.query("id in ['social_pension', 'health_insurance', 'injury_extension']")
        .to_dict("records")
    )
    assert overlapping(pack_of("SEN"), rows) == []


@given(st.floats(0, 1), st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_what_is_left_lies_within_its_bounds(share, before):
    middle, low, high = (float(part) for part in paid_first(np.array(share), np.array(before)))
    assert low - 1e-12 <= middle <= high + 1e-12
