"""The workbench's arithmetic by hand."""

import pandas as pd
import pytest
from stories import pack_of

from nasssap_lib.chapter.workbench import open_workbench
from nasssap_lib.costing import exploration
from nasssap_lib.costing.combined import combine_options
from nasssap_lib.costing.package import cost_package
from nasssap_lib.errors import NasssapError, ParameterError


@pytest.fixture(scope="module")
def ground():
    return exploration.prepare(pack_of("SEN"))


def test_the_gap_at_a_target_by_hand(ground):
    # 2025: 18,931,970 persons (WPP 2024); 19.91 % covered: 3,769,355.2; at 50 %: 9,465,985 covered, 5,696,629.8 more
    row = exploration.explore_gap(ground, "at_least_one", 2025, 0.5).iloc[0]
    assert row["to_reach"] == pytest.approx(5_696_629.8, abs=1)
    assert row["gap_at_target"] == pytest.approx(9_465_985)


def test_a_target_below_todays_coverage_takes_nobody_away(ground):
    row = exploration.explore_gap(ground, "at_least_one", 2025, 0.1).iloc[0]
    assert (row["to_reach"], row["gap_at_target"]) == (0, pytest.approx(row["gap"]))


def test_a_group_without_a_rate_has_no_gap_at_any_target(ground):
    row = exploration.explore_gap(ground, "severe_disability", 2030, 0.5).iloc[0]
    assert row[["covered", "gap", "to_reach", "gap_at_target"]].isna().all()
    honduras = exploration.prepare(pack_of("HND"))  # births are known there, the rate of mothers is not
    row = exploration.explore_gap(honduras, "mothers", 2030, 0.5, "female").iloc[0]
    assert row["target_population"] > 0
    assert row[["covered", "gap", "to_reach", "gap_at_target"]].isna().all()


def test_the_parts_of_the_bar_are_the_target_population(ground):
    for target in (0.0, 0.3, 1.0):
        row = exploration.explore_gap(ground, "older_persons", 2040, target).iloc[0]
        assert row["covered"] + row["to_reach"] + row["gap_at_target"] == pytest.approx(row["target_population"])


def test_cost_of_a_social_pension_by_hand(ground):
    # 2030, full take-up of 0.5 from 2026 on: persons of 65 and over × 0.5; each gets 20 % of GDP per head, 5 % administration
    change = {"amount_central": 20.0, "take_up_central": 0.5, "start_year": 2026, "full_year": 2026}
    table = exploration.explore_measures(ground, {"social_pension": change}).set_index("year")
    people = ground.targets["social_pension"].set_index("year")["persons"]
    population = ground.economy.set_index("year")["population"]
    assert table.loc[2030, "persons"] == pytest.approx(people[2030] * 0.5)
    assert table.loc[2030, "share_of_gdp"] == pytest.approx(people[2030] * 0.5 * 0.2 * 1.05 / population[2030])
    assert table.loc[2025, "persons"] == 0


def test_measures_together_equal_the_package_of_a_pack_with_the_same_parameters(ground):
    changes = {"social_pension": {"amount_central": 15.0, "start_year": 2028, "full_year": 2030}, "cash_transfer": {}}
    measures = ground.pack.measures.set_index("id", drop=False)
    measures.loc["social_pension", list(changes["social_pension"])] = [15.0, 2028, 2030]
    changed = ground.pack.with_tables(measures=measures.reset_index(drop=True))
    costs = cost_package(changed, [2030], list(changes))
    wanted = combine_options(costs, changed, list(changes))
    pd.testing.assert_frame_equal(exploration.explore_package(ground, changes, 2030), wanted)
    first = wanted.query("option == 'social_pension' and sex == 'total'")
    alone = costs.query("option == 'social_pension' and sex == 'total'")
    assert first["share_of_gdp"].iat[0] == alone["share_of_gdp"].iat[0]  # who was added first pays first
    assert exploration.explore_package(ground, {}, 2030).empty


def test_a_measure_without_target_population_is_missing_never_zero(ground):
    table = exploration.explore_measures(ground, {"disability_benefit": {}})
    assert table["share_of_gdp"].isna().all()
    assert (table["reason"] != "").all()


def test_a_rate_to_be_verified_gives_no_gap_at_any_target():
    # Sri Lanka: 100 % of poor persons in 2018 after 51.5 % in 2016; a gap of 0 would be a claim that nobody believes
    row = exploration.explore_gap(exploration.prepare(pack_of("LKA")), "poor", 2030, 0.5).iloc[0]
    assert row[["covered", "gap", "to_reach", "gap_at_target"]].isna().all()
    assert "published_jump" in row["reason"]


def test_each_part_of_the_bar_says_where_it_comes_from(ground):
    table = exploration.gap_parts(exploration.explore_gap(ground, "at_least_one", 2025, 0.5)).set_index("part")
    assert table.index.tolist() == ["covered", "to_reach", "gap_at_target"]
    assert table["value"].sum() == pytest.approx(18_931_970)  # WPP 2024
    assert table.loc["covered", "share"] == pytest.approx(0.1991)
    assert (table["unit"] == "persons").all()
    assert set(table["coverage_year"]) == {2022}
    assert (table[["rule", "edition", "source"]] != "").all(axis=None)
    below = exploration.gap_parts(exploration.explore_gap(ground, "at_least_one", 2025, 0.1)).set_index("part")
    assert below["quality"].to_dict() == {"covered": "estimated", "to_reach": "assumed", "gap_at_target": "estimated"}


def test_what_does_not_exist_is_refused(ground):
    for call in (
        lambda: exploration.explore_gap(ground, "at_least_one", 1990, 0.5),
        lambda: exploration.explore_gap(ground, "at_least_one", 2025, 50),
        lambda: exploration.explore_measures(ground, {"magic": {}}),
        lambda: exploration.explore_measures(ground, {"social_pension": {"magic": 1}}),
    ):
        with pytest.raises(NasssapError):
            call()
    with pytest.raises(ParameterError, match="no pack"):
        open_workbench("SEN", "", "ABC")
