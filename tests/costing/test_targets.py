"""Whom an option would reach: the persons that it aims at, or those of them who are not covered; in reports and workbench alike."""

import numpy as np
import pytest
from stories import FIRST_THEN_ALL, pack_of, story

from nasssap_lib.costing import exploration
from nasssap_lib.costing.targets import target_by_year


def option(country: str, name: str) -> dict:
    return pack_of(country).measures.set_index("id", drop=False).loc[name].to_dict()


@pytest.mark.parametrize("code", FIRST_THEN_ALL)
def test_the_workbench_aims_at_whom_the_reports_aim_at(code):
    pack = pack_of(code)
    ground, options = exploration.prepare(pack), story(code)["options"].set_index("option")
    for name, target in ground.targets.items():
        here = target.set_index("year")["persons"][pack.settings.reference_year]
        assert here == pytest.approx(options.loc[name, "target_population"], nan_ok=True), name


@pytest.mark.parametrize("code", FIRST_THEN_ALL)
def test_at_full_take_up_in_the_reference_year_the_workbench_reaches_and_costs_what_the_reports_say(code):
    """Each way: builds on, tested, extends and new, as if the option had been paid in full from the reference year on."""
    pack, options = pack_of(code), story(code)["options"].set_index("option")
    year = pack.settings.reference_year
    at_once = {name: {"start_year": year, "full_year": year} for name in options.index}
    table = exploration.explore_measures(exploration.prepare(pack), at_once)
    found = table[table["year"] == year].set_index("measure")
    for name, row in options.iterrows():
        assert found.loc[name, "persons"] == pytest.approx(row["persons_central"], nan_ok=True), name
        assert found.loc[name, "share_of_gdp"] == pytest.approx(row["cost_central"], nan_ok=True), name
    if code == "XTC":
        assert set(options["way"]) == {"builds_on", "benefit_tested", "extends", "new"}


def test_in_the_workbench_a_tested_benefit_never_reaches_who_has_one_already():
    """Training country: 5.8 % of mothers are covered; of full take-up 94.2 % is left, in every year."""
    ground = exploration.prepare(pack_of("XTC"))
    change = {"maternity_grant": {"take_up_central": 1.0, "start_year": 2026, "full_year": 2026}}
    table = exploration.explore_measures(ground, change).set_index("year")
    births = ground.targets["maternity_grant"].set_index("year")["persons"]
    for year in (2026, 2030, 2035):
        assert table.loc[year, "persons"] == pytest.approx(0.942 * births[year])


def test_who_is_not_insured_by_hand():
    """Rwanda: 85.3 % insured in 2024 (EICV7), so 14.7 % of everybody are reached, whatever the year."""
    found = target_by_year(pack_of("RWA"), option("RWA", "health_insurance"), [2025, 2030])
    people = pack_of("RWA").used_population.query("year in (2025, 2030)").groupby("year")["persons"].sum()
    assert found["persons"].tolist() == found["most"].tolist() == pytest.approx((people * 0.147).tolist())
    assert set(found["rule"]) == {"whole_population; not_covered"} and set(found["quality"]) == {"estimated"}
    assert found["source"].str.contains("NISR-EICV7").all()


def test_where_no_share_of_insured_is_published_the_reason_is_said():
    """Burkina Faso publishes none: nobody knows how many are not insured, and nothing is assumed."""
    found = target_by_year(pack_of("BFA"), option("BFA", "health_insurance"), [2025])
    assert np.isnan(found["persons"]).all() and found["reason"].tolist() == ["no_insured_share"]


def test_a_group_that_is_not_counted_has_a_reason():
    other = option("SEN", "injury_extension") | {"group": "widows", "guarantee": "older_persons", "kind": "benefit"}
    found = target_by_year(pack_of("SEN"), other, [2025])
    assert np.isnan(found["persons"]).all() and "group_not_counted" in found["reason"].iat[0]


def test_a_tested_benefit_keeps_its_people_and_says_whom_it_can_reach_at_most():
    """Mothers are all births; 94.2 % of them have no benefit."""
    found = target_by_year(pack_of("XTC"), option("XTC", "maternity_grant"), [2025]).iloc[0]
    assert found["persons"] == pytest.approx(307_918)
    assert found["most"] == pytest.approx(0.942 * 307_918)
    new = target_by_year(pack_of("XTC"), option("XTC", "child_benefit"), [2025]).iloc[0]
    assert new["most"] == new["persons"]


def test_an_option_for_women_counts_women():
    """Half of a pension: those of 65 and over who are women; the rate of all older persons stands for them."""
    pack = pack_of("SEN")
    women = pack.measures.query("id == 'social_pension'").assign(sex="female")
    found = target_by_year(pack.with_tables(measures=women), women.iloc[0].to_dict(), [2025])
    rows = pack.used_population.query("year == 2025 and sex == 'female'")
    old = rows[
        rows["age_group"].str[:2].isin(["65", "70", "75", "80", "85", "90", "95"]) | (rows["age_group"] == "100+")
    ]
    assert found["persons"].iat[0] == pytest.approx(old["persons"].sum())
