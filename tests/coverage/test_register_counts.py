"""Counts of registers in persons: whose people they are, and what is left out because it counts others."""

import pytest
from country_checks import comes_out
from stories import one, pack_of

from nasssap_lib.coverage.register_counts import register_shares

ASPIRE = "aspire_coverage_social_assistance"


def test_zambias_register_of_2022_in_persons_of_the_whole_population():
    row = one(register_shares(pack_of("ZMB")), indicator=ASPIRE, scheme="sct", year=2022)
    comes_out("sct_reach_ZMB", row["share"] * 100)
    assert (row["count"], row["household_size"], row["persons"]) == (973_323, 5, 4_866_615)
    assert row["quality"] == "estimated" and "UNDESA-HH-2022" in row["source"]


def test_the_household_size_is_that_of_the_nearest_survey():
    row = one(register_shares(pack_of("ZMB")), indicator=ASPIRE, scheme="sct", year=2015)
    assert row["persons"] == pytest.approx(180_261 * 5.13)  # DHS 2013, not 2018


def test_families_without_a_household_size_are_not_made_persons():
    rows = register_shares(pack_of("LKA")).query("scheme == 'aswesuma'")
    assert rows["share"].isna().all() and (rows["reason"] == "no_household_size").all()


def test_a_register_that_counts_others_too_is_left_out():
    rows = register_shares(pack_of("SEN"))
    assert "IPRES" not in set(
        rows.query("group == 'older_persons'")["short_name"]
    )  # survivors are among its pensioners
    assert "FNR" in set(rows.query("group == 'older_persons'")["short_name"])
    assert "CSS famille" not in set(rows.query("group == 'mothers'")["short_name"])  # families, not mothers


def test_of_one_branch_alone_a_pension_fund_counts_its_old_age_pensioners():
    row = one(register_shares(pack_of("XTC")), group="older_persons", scheme="npf", year=2024)
    assert row["persons"] == 97_400


@pytest.mark.parametrize("country", ["SEN", "ZMB", "XTC", "RWA"])
def test_every_count_has_a_share_or_a_reason(country):
    rows = register_shares(pack_of(country))
    assert ((rows["share"].notna()) ^ (rows["reason"] != "")).all()
    assert (rows["share"].dropna() >= 0).all() and not rows.duplicated(["indicator", "group", "scheme", "year"]).any()
