"""Registers beside published rates: intervals by hand, properties, and where a contradiction is carried to."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import one, pack_of

from nasssap_lib.costing.today import covered_today
from nasssap_lib.coverage.bounds import UnionBounds
from nasssap_lib.coverage.gaps import coverage_gaps
from nasssap_lib.coverage.reconciliation import (
    STATES,
    contradicted_rates,
    is_consistent,
    reconcile,
    reconcile_coverage,
    register_bounds,
    row_year,
)
from nasssap_lib.display.texts import reason_words
from nasssap_lib.reasons import split_reasons

ALL = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB", "XTC"]
ASPIRE = "aspire_coverage_social_assistance"
ends = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda pair: UnionBounds(min(pair), max(pair)))


@given(ends, ends)
def test_what_is_left_lies_in_both_and_is_empty_only_where_they_are_apart(registers, published):
    found = reconcile(registers, published)
    if found.state == "contradictory":
        assert np.isnan(found.low) and np.isnan(found.high)
        assert registers.low > published.high or published.low > registers.high
    else:
        assert max(registers.low, published.low) == found.low <= found.high
        assert found.high <= min(registers.high, published.high) + 1e-9


def test_two_ends_that_touch_do_not_contradict_and_one_side_alone_says_so():
    assert reconcile(UnionBounds(0.2, 0.3), UnionBounds(0.3, 0.4)) == (0.3, 0.3, "defended")
    assert reconcile(UnionBounds(0.2, 0.3), None) == (0.2, 0.3, "only_registers")
    assert reconcile(None, None).state == "nothing"


def test_registers_reach_between_the_largest_and_their_sum():
    table = pd.DataFrame({"persons": [300.0, 200.0, np.nan], "at_least": [False, False, False]})
    assert register_bounds(table, 1000) == UnionBounds(0.3, 0.5)
    assert register_bounds(table, 400) == UnionBounds(0.75, 1.0)  # never more than everybody
    assert register_bounds(table, 200).low == 1.0  # a register larger than its group reaches all of it, at most
    assert register_bounds(table.tail(1), 1000) is None and register_bounds(table, float("nan")) is None


@pytest.mark.parametrize("country", ALL)
def test_nothing_of_a_row_is_more_than_a_year_apart_and_a_contradiction_has_no_value(country):
    table = reconcile_coverage(pack_of(country))
    assert set(table["state"]) <= set(STATES)
    for row in table.itertuples():
        years = [int(year) for year in row.registers_years.split(", ") if year]
        years += [] if pd.isna(row.published_year) else [int(row.published_year)]
        assert not years or max(years) - min(years) <= 1, row
    apart = table[table["state"] == "contradictory"]
    assert apart[["low", "high"]].isna().all(axis=None) and apart["source"].str.contains(";").all()
    assert all("contradicted" in reason_words(cell) for cell in apart["reason"])
    known = table[table["state"] == "defended"]
    assert (known["low"] <= known["high"]).all() and (known["source"] != "").all()


def test_senegals_rate_of_the_poor_is_contradicted_by_its_register_of_the_same_year():
    row = one(reconcile_coverage(pack_of("SEN")), group="poor", state="contradictory")
    poor = row["target"]  # population x national headcount
    assert row["registers_low"] == pytest.approx(300_000 * 8.66 / poor)
    assert (row["rate"], row["published_year"], row["registers"]) == (pytest.approx(0.32), 2019, "PNBSF")
    assert {"REWMI-PNBSF-2019", "UNDESA-HH-2022"} <= set(row["source"].split(";"))


def test_zambia_across_years_is_only_side_by_side():
    table = reconcile_coverage(pack_of("ZMB"))
    aspire = table[table["indicator"] == ASPIRE].set_index("year")
    assert aspire.loc[2015, "rate"] == pytest.approx(0.0146, abs=0.0005)  # 1.5 % of the population
    assert aspire.loc[2022, "state"] == "only_registers" and pd.isna(aspire.loc[2022, "rate"])
    assert aspire.loc[2022, "registers_low"] == pytest.approx(0.241, abs=0.0005)
    assert "side by side" in reason_words(aspire.loc[2022, "reason"])
    poor = one(table, group="poor", year=2016)
    assert (poor["state"], poor["rate"]) == ("defended", pytest.approx(0.187))


def test_a_sum_bounds_from_above_only_where_every_scheme_is_counted():
    mali = one(reconcile_coverage(pack_of("MLI")), indicator=ASPIRE, year=2018)
    assert (mali["known"], mali["of"], mali["state"]) == (1, 1, "contradictory")  # 62,000 households, 16 % of everybody
    zambia = one(reconcile_coverage(pack_of("ZMB")), group="poor", year=2016)
    assert zambia["known"] < zambia["of"] and zambia["rate"] > zambia["registers_high"]  # others are not counted


def test_the_training_countrys_registers_make_its_rates():
    table = reconcile_coverage(pack_of("XTC"))
    assert is_consistent(table)
    assert set(table.query("group == 'employment_injury' and year == 2024")["state"]) == {"defended"}


def test_a_contradicted_rate_is_doubtful_in_the_gaps_and_where_options_use_it():
    pack = pack_of("SEN")
    assert contradicted_rates(pack)["group"].tolist() == ["poor"]
    row = one(coverage_gaps(pack), group="poor", sex="total")
    assert row["flag"] == "contradictory" and "PNBSF" in reason_words(row["reason"])
    option = one(pack.measures, id="cash_transfer").to_dict()
    today = covered_today(pack, option)
    assert today.share == pytest.approx(0.32) and "contradicted" in reason_words(today.rule)


def test_a_rate_stands_in_the_row_of_its_own_year_where_that_has_a_register():
    assert [row_year(2020, years) for years in ({2020, 2021}, {2019, 2021}, {2021}, {2018}, set())] == [
        2020,
        2019,
        2021,
        2020,
        2020,
    ]


def test_a_rate_above_all_registers_may_count_schemes_that_the_inventory_lacks():
    """Senegal: 22.5 % in the survey of 2018, 16.8 % by the one register of 2017, which ends where it begins."""
    table = reconcile_coverage(pack_of("SEN"))
    row = one(table, indicator="aspire_coverage_social_assistance", year=2017)
    codes = [code for code, _ in split_reasons(row["reason"])]
    assert row["state"] == "contradictory" and {"rate_contradicted_at", "schemes_may_lack"} <= set(codes)
    poor = one(table, group="poor", state="contradictory")
    assert "schemes_may_lack" not in poor["reason"] and "recipients_may_not_be_poor" in poor["reason"]
