"""The workbench's arithmetic by hand, and its widgets as a person moves them."""

import shutil
from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from nasssap_lib.chapter.exhibit import Exhibit
from nasssap_lib.chapter.workbench import open_workbench
from nasssap_lib.costing import exploration
from nasssap_lib.costing import options as measures
from nasssap_lib.costing.words_exploration import cost_words, part_facts
from nasssap_lib.errors import NasssapError, ParameterError
from nasssap_lib.pack.reader import countries, data_root, read_pack
from nasssap_lib.pack.scenario import apply_scenario, read_scenario


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


def test_a_rate_to_be_verified_gives_no_gap_at_any_target():
    # Sri Lanka: 100 % of poor persons in 2018 after 51.5 % in 2016; a gap of 0 would be a claim that nobody believes
    row = exploration.explore_gap(exploration.prepare(read_pack("LKA")), "poor", 2030, 0.5).iloc[0]
    assert row[["covered", "gap", "to_reach", "gap_at_target"]].isna().all()
    assert "published_jump" in row["reason"]


@pytest.mark.parametrize("code", countries(data_root()))
def test_the_workbench_aims_at_whom_the_reports_aim_at(code):
    pack = read_pack(code)
    ground, options = exploration.prepare(pack), measures.assess_options(pack).set_index("option")
    for name, target in ground.targets.items():
        here = target.set_index("year")["persons"][pack.settings.reference_year]
        assert here == pytest.approx(options.loc[name, "target_population"], nan_ok=True), name


def test_each_part_of_the_bar_says_where_it_comes_from(ground):
    table = exploration.gap_parts(exploration.explore_gap(ground, "at_least_one", 2025, 0.5)).set_index("part")
    assert table.index.tolist() == list(exploration.GAP_PARTS)
    assert table["value"].sum() == pytest.approx(18_931_970)  # WPP 2024
    assert table.loc["covered", "share"] == pytest.approx(0.1991)
    assert (table["unit"] == "persons").all()
    assert set(table["coverage_year"]) == {2022}
    assert (table[["rule", "edition", "source"]] != "").all(axis=None)
    below = exploration.gap_parts(exploration.explore_gap(ground, "at_least_one", 2025, 0.1)).set_index("part")
    assert below["quality"].to_dict() == {"covered": "estimated", "to_reach": "assumed", "gap_at_target": "estimated"}


def test_parts_of_a_gap_that_is_not_known_are_there_without_a_value(ground):
    table = exploration.gap_parts(exploration.explore_gap(ground, "severe_disability", 2030, 0.5))
    assert len(table) == 3
    assert table[["value", "share"]].isna().all(axis=None)
    for part in table.to_dict("records"):
        facts = dict(part_facts(part, ""))
        assert facts["Value"].startswith("n/a (no published rate")
        assert facts["Source"] == "n/a"


def test_the_cost_of_each_measure_drawn_says_its_formula_and_assumptions(ground):
    changes = {
        "social_pension": {"amount_central": 20.0, "start_year": 2026, "full_year": 2026},
        "disability_benefit": {},
    }
    table = exploration.cost_parts(ground, exploration.explore_measures(ground, changes), changes, 2030)
    pension, disability = table.to_dict("records")
    assert pension["value"] == pytest.approx(
        pension["target_population"]
        * pension["share"]
        * 0.20
        * 1.05
        / ground.economy.set_index("year")["population"][2030]
    )
    assert pension["changed"].split(";") == ["amount_central", "start_year", "full_year"]
    facts = dict(part_facts(pension, "UN WPP 2024"))
    assert facts["Formula"].startswith("persons reached × benefit × months ÷ 12 × (1 + administration)")
    assert "benefit 20 % of GDP per head" in facts["Assumptions"]
    assert "administration 5\xa0% of benefits" in facts["Assumptions"]
    assert facts["Not as in the pack"] == "benefit, first year and year of full take-up"
    assert (facts["Quality"], facts["Source"]) == ("assumption", "UN WPP 2024")
    assert dict(part_facts(disability, ""))["Value"].startswith("n/a (")


def test_a_measure_that_is_not_paid_yet_is_no_cost_of_zero(ground):
    changes = {"social_pension": {"start_year": 2035, "full_year": 2035}}
    costs = exploration.explore_measures(ground, changes)
    (part,) = exploration.cost_parts(ground, costs, changes, 2030).to_dict("records")
    assert dict(part_facts(part, ""))["Value"] == "not paid before 2035"
    assert cost_words(costs, 2030) == "In 2030: Social pension from age 65: not paid yet"
    unknown = exploration.explore_measures(ground, {"disability_benefit": {}})
    assert "Disability benefit, severe disability: n/a (" in cost_words(unknown, 2030)


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


def test_a_bar_is_chosen_and_its_facts_follow_the_sliders():
    bench = open_workbench("SEN")
    gap, cost = (bench.exhibits["SEN", name] for name in ("target_gap", "cost_path"))
    assert [words for words, _ in gap.bars.options] == ["covered today", "to be reached", "still not covered"]
    assert "covered today" in gap.facts.value
    gap.bars.value = "gap_at_target"
    assert "still not covered" in gap.facts.value
    for words in ("rate of 2022 kept", "whole population", "retrieved by OWID", "UN WPP 2024", "assumption"):
        assert words in gap.facts.value
    before = gap.facts.value
    bench.target.value = 80
    assert gap.bars.value == "gap_at_target"
    assert gap.facts.value != before
    bench.measure.value = "social_pension"
    bench.level.value = 31
    assert "benefit 31 % of GDP per head" in cost.facts.value
    assert "Not as in the pack" in cost.facts.value


def test_several_measures_are_drawn_at_once_and_each_can_be_chosen():
    bench = open_workbench("SEN", "", "LKA")
    for name in ("social_pension", "disability_benefit"):
        bench.measure.value = name
        bench.keep.value = True
    bench.measure.value = "child_benefit"
    drawn = ["social_pension", "disability_benefit", "child_benefit"]
    for code in ("SEN", "LKA"):
        bars = bench.exhibits[code, "cost_path"].bars
        assert [part for _, part in bars.options] == drawn
        bars.value = "disability_benefit"
        assert "n/a (" in bench.exhibits[code, "cost_path"].facts.value
    assert "n/a (" in bench.cost_text.value
    assert [line.split(" · ")[0] for line in bench.gap_text.value.split("<p>")[1:]] == ["Senegal", "Sri Lanka"]


def test_hostile_words_of_a_pack_run_nowhere_on_the_workbench(ground):
    rows = ground.measures.assign(name="<img src=x onerror=alert(1)>")
    changes = {"social_pension": {}}
    hostile = replace(ground, measures=rows)
    parts = exploration.cost_parts(hostile, exploration.explore_measures(hostile, changes), changes, 2030)
    exhibit = Exhibit(lambda table: "<script>")
    exhibit.show(Figure(), parts)
    assert "<img" not in exhibit.facts.value
    assert "<script" not in exhibit.facts.value
    assert "&lt;script&gt;" in exhibit.facts.value


def test_what_a_slider_rounds_is_no_change():
    bench = open_workbench("SEN")
    bench.measure.value = "social_pension"
    bench.level.value = 10.000000000000002  # what a browser sends for the 10 that it was given
    bench.keep.value = True
    assert bench.changes["social_pension"]["amount_central"] == 10
    assert bench.exhibits["SEN", "cost_path"].parts["changed"].tolist() == [""]
