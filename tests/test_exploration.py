"""The workbench's arithmetic by hand, and its widgets as a person moves them."""

import shutil

import pytest

from nasssap_lib import exploration
from nasssap_lib.errors import NasssapError, ParameterError
from nasssap_lib.pack import data_root, read_pack
from nasssap_lib.pack.scenario import apply_scenario, read_scenario
from nasssap_lib.workbench import open_workbench


@pytest.fixture(scope="module")
def ground():
    return exploration.prepare(read_pack("SEN"))


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
    honduras = exploration.prepare(read_pack("HND"))  # births are known there, the rate of mothers is not
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


def test_a_measure_without_target_population_is_missing_never_zero(ground):
    table = exploration.explore_measures(ground, {"disability_benefit": {}})
    assert table["share_of_gdp"].isna().all()
    assert (table["reason"] != "").all()


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


def test_moving_sliders_changes_what_is_said_and_a_scenario_is_written(tmp_path):
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    shutil.copytree(data_root() / "ZMB", tmp_path / "ZMB", ignore=shutil.ignore_patterns("scenarios"))
    bench = open_workbench("ZMB", str(tmp_path))
    before = bench.gap_text.value
    bench.target.value = 80
    assert bench.gap_text.value != before
    bench.write()
    assert "nothing is added" in bench.message.value
    bench.measure.value = "social_pension"
    bench.keep.value = True
    bench.level.value = 18
    bench.name.value = "../out"
    bench.write()
    assert "a scenario&#x27;s name" in bench.message.value
    bench.name.value = "higher"
    bench.write()
    assert "nasssap run ZMB --scenario higher" in bench.message.value
    pack = read_pack("ZMB", tmp_path)
    changed = (
        apply_scenario(pack, read_scenario(pack, "higher", tmp_path)).measures.set_index("id").loc["social_pension"]
    )
    assert changed["amount_central"] == 18
    assert changed["amount_low"] <= 18 <= changed["amount_high"]


def test_two_countries_stand_side_by_side():
    bench = open_workbench("SEN", "", "RWA")
    assert len(bench.pictures.children) == 4
    bench.group.value = "severe_disability"  # no gap in persons: the picture says so, nothing fails
    assert "n/a" in bench.gap_text.value
