"""Who is covered today, from which evidence: the order of registers and rates, households and places, and when nothing is known."""

import numpy as np
import pandas as pd
import pytest
from stories import pack_of

from nasssap_lib.costing.today import Today, below_coverage, covered_today, kind_of, way_of
from nasssap_lib.reasons import split_reasons

POOR = 0.375 * 18_931_970  # Senegal: 37.5 % (2021) of the population of 2025


def option(country: str, name: str, **changed) -> dict:
    return pack_of(country).measures.set_index("id", drop=False).loc[name].to_dict() | changed


def counting(country: str, *figures: dict, **changed):
    """A pack whose schemes count so many members; keyword arguments replace other tables."""
    pack = pack_of(country)
    row = {
        "measure": "beneficiaries", "detail": "", "unit": "persons", "counted_in": "persons", "quality": "observed", "source": "S",
        "note": "",
    }  # fmt: skip
    schemes = [figure["scheme"] for figure in figures]
    rest = pack.scheme_figures[~pack.scheme_figures["scheme"].isin(schemes)]
    rows = pd.DataFrame([row | figure for figure in figures]).reindex(columns=rest.columns)
    return pack.with_tables(scheme_figures=pd.concat([rest, rows], ignore_index=True), **changed)


def rule_of(today: Today) -> str:
    return split_reasons(today.rule)[0][0]


def transfer() -> dict:
    """It builds on PNBSF; the rate of the poor is 32 % of 2019."""
    return option("SEN", "cash_transfer")


@pytest.mark.parametrize(
    ("counted_in", "year", "rule", "share"),
    [
        ("persons", 2019, "register_of_persons", 2_000_000 / POOR),  # of one year persons counted come before the rate
        ("households", 2019, "rate_of_group", 0.32),  # and the rate before households
        ("households", 2020, "register_of_households", 2_000_000 * 8.66 / POOR),  # the newest comes first
        ("persons", 2018, "rate_of_group", 0.32),
        ("subscribers", 2019, "register_of_persons", 2_000_000 / POOR),
    ],
)
def test_the_order_of_evidence(counted_in, year, rule, share):
    count = 2_000_000 if counted_in != "households" else 200_000
    share = share if counted_in != "households" or rule == "rate_of_group" else share / 10
    pack = counting("SEN", {"scheme": "pnbsf", "year": year, "value": count, "counted_in": counted_in})
    today = covered_today(pack, transfer())
    assert (rule_of(today), today.share) == (rule, pytest.approx(share))
    assert today.year == (year if "register" in rule else 2019)


def test_the_other_reading_is_the_other_end_where_it_is_at_most_two_years_away():
    """1 million persons of 7,099,489: 14.1 %. Beside the rate of 2019, 31.5 to 32.5 %."""
    for year, low in ((2021, 1_000_000 / POOR), (2022, None)):
        today = covered_today(counting("SEN", {"scheme": "pnbsf", "year": year, "value": 1_000_000}), transfer())
        assert today.share == today.low == pytest.approx(1_000_000 / POOR)
        assert today.high == pytest.approx(0.325 if low else today.share)
        assert ("S" in today.source.split(";")) and ((len(today.source.split(";")) > 1) or low is None)


def test_what_counts_a_part_of_the_register_or_money_is_no_register():
    figures = [
        {"scheme": "pnbsf", "year": 2024, "value": 9e5, "detail": "of whom women"},
        {"scheme": "pnbsf", "year": 2024, "value": 9e5, "measure": "benefit"},
        {"scheme": "pnbsf", "year": 2024, "value": 9e5, "counted_in": "families"},
    ]
    assert rule_of(covered_today(counting("SEN", *figures), transfer())) == "rate_of_group"


def test_members_of_several_schemes_are_added_up_and_never_above_everybody():
    """Sri Lanka's pension on two registers: 733,204 and 300,000 of 2,897,811 aged 65 and over; and a count beyond all of them."""
    pension = option("LKA", "social_pension", related_scheme="elders_allowance;farmers_pension")
    elders = {"scheme": "elders_allowance", "year": 2023, "value": 733_204}
    pack = counting("LKA", elders, {"scheme": "farmers_pension", "year": 2024, "value": 300_000})
    today = covered_today(pack, pension)
    assert today.share == pytest.approx(1_033_204 / 2_897_811) and today.year == 2023  # as old as its oldest part
    assert covered_today(counting("LKA", elders | {"value": 9e6}), pension).share == 1


def test_what_employees_have_is_no_cover_of_those_outside_employment():
    """A fund of private employees that an option for the self-employed builds on: its members are others."""
    pack = counting("ZMB", {"scheme": "napsa", "year": 2024, "value": 1_000_000, "measure": "contributors"})
    schemes = pack.schemes.copy()
    schemes.loc[schemes["id"] == "napsa", "population_category"] = "private_employees"
    savings = option("ZMB", "informal_pension")
    employees = covered_today(pack.with_tables(schemes=schemes), savings)
    assert rule_of(employees) == "none_to_wider_rate"
    schemes.loc[schemes["id"] == "napsa", "population_category"] = "informal"
    assert rule_of(covered_today(pack.with_tables(schemes=schemes), savings)) == "register_of_persons"


def test_a_household_on_a_register_of_works_has_one_place_and_on_one_of_the_poor_its_mean_size():
    works = covered_today(pack_of("RWA"), option("RWA", "public_works"))
    assert split_reasons(works.rule)[0][1]["count"] == 128_000
    people = 128_000 / works.share
    poor = covered_today(pack_of("ZMB"), option("ZMB", "cash_transfer"))
    assert poor.share == pytest.approx(1_300_000 * 5 / (0.6 * 21_913_880), abs=1e-6)
    # of a group that is paid neither by household nor for work, households say nothing
    mothers = option("RWA", "maternity_benefit", related_scheme="vup_works", relation="build_on")
    assert "register" not in covered_today(pack_of("RWA"), mothers).rule
    assert 700_000 < people < 740_000  # the unemployed of 2025: a place each


def test_a_rate_of_zero_in_law_gives_way_to_a_scheme_that_pays():
    """Burkina Faso, the unemployed: 0 because no law provides a benefit; a programme of works has its members all the same."""
    works = option("BFA", "public_works", related_scheme="filets_sociaux", relation="build_on")
    pack = counting("BFA", {"scheme": "filets_sociaux", "year": 2015, "value": 10_000})
    assert covered_today(pack_of("BFA"), option("BFA", "public_works")).share == 0
    assert rule_of(covered_today(pack, works)) == "register_of_persons"


def test_a_rate_to_be_verified_and_none_at_all_leave_everything_open():
    """Sri Lanka's poor: 100 % after 51.5 %. Mali's mothers: no rate."""
    for country, name, code in (("LKA", "cash_transfer", "published_jump"), ("MLI", "maternity_benefit", "no_rate")):
        today = covered_today(pack_of(country), option(country, name))
        assert np.isnan(today.share) and (today.low, today.high) == (0, 1)
        assert code in today.reason and today.rule == ""


def test_the_rate_of_all_ages_stands_for_a_part_of_them_and_is_estimated():
    """Senegal: children of 0 to 4 take the rate of children; the poor have their own."""
    child = covered_today(pack_of("SEN"), option("SEN", "child_benefit"))
    assert (
        split_reasons(child.rule) == [("rate_of_wider_group", {"group": "children"})] and child.quality == "estimated"
    )
    assert child.share == pytest.approx(0.01) and (child.low, child.high) == (
        pytest.approx(0.005),
        pytest.approx(0.015),
    )
    assert rule_of(covered_today(pack_of("SEN"), transfer())) == "rate_of_group"


def test_of_the_self_employed_none_is_taken_to_be_covered_up_to_the_rate_of_all_persons():
    """Senegal: 19.91 % have at least one benefit (2022); no rate of the self-employed was published, and no register counts them."""
    today = covered_today(pack_of("SEN"), option("SEN", "informal_pension"))
    assert (today.share, today.low, today.quality, today.year) == (0, 0, "assumed", 2022)
    assert today.high == pytest.approx(0.1991, abs=0.00005001)  # half of its last digit
    assert split_reasons(today.rule) == [("none_to_wider_rate", {"group": "at_least_one", "percent": 19.9})]


def test_a_rate_that_a_register_has_outgrown_is_a_lower_bound():
    """Zambia: 21.1 % of children in 2016, when the cash transfer reached 180,000 households; it reaches 1.3 million."""
    today = covered_today(pack_of("ZMB"), option("ZMB", "child_benefit"))
    assert np.isnan(today.share) and "outgrown" in today.reason
    assert (today.low, today.high) == (pytest.approx(0.211), 1)


def test_the_reach_of_the_register_of_zambia():
    """country_checks.csv, sct_reach_ZMB: 973,323 households × 5 persons ÷ 20,201,187 persons of 2022 = 24.1 % of the population."""
    pack = pack_of("ZMB")
    until = pack.scheme_figures[(pack.scheme_figures["scheme"] != "sct") | (pack.scheme_figures["year"] <= 2022)]
    today = covered_today(pack.with_tables(scheme_figures=until), option("ZMB", "cash_transfer"))
    assert split_reasons(today.rule) == [("register_of_households", {"count": 973_323.0, "year": 2022})]
    assert 100 * today.share * 0.6 * 21_913_876 / 20_201_187 == pytest.approx(24.1, abs=0.05)


@pytest.mark.parametrize(
    ("relation", "kind", "group", "way"),
    [
        ("build_on", "benefit", "poor", "builds_on"), ("merge", "benefit", "poor", "builds_on"),
        ("benefit_tested", "benefit", "mothers", "benefit_tested"), ("coordinate", "benefit", "children", "new"),
        ("crowding_out", "benefit", "children", "new"), ("", "benefit", "children", "new"),
        ("build_on", "subsidy", "self_employed", "extends"), ("", "", "employment_injury", "extends"),
        ("build_on", "", "poor", "builds_on"),
    ],
)  # fmt: skip
def test_the_way_follows_the_list_and_the_relation(relation, kind, group, way):
    row = {"relation": relation, "kind": kind, "group": group, "guarantee": "working_age"}
    assert way_of(row) == way
    assert kind_of(row) == ("subsidy" if way == "extends" else "benefit")


def test_take_up_is_below_coverage_only_where_a_scheme_is_built_on():
    today = Today(0.32, 0.32, 0.32, 2019, "", "", "", "")
    row = {
        "relation": "build_on",
        "kind": "benefit",
        "group": "poor",
        "guarantee": "working_age",
        "take_up_central": 0.3,
    }
    assert below_coverage(row, today)
    assert not below_coverage(row | {"take_up_central": 0.32}, today)
    assert not below_coverage(row | {"relation": "coordinate"}, today)
    assert not below_coverage(row, today._replace(share=np.nan))
