"""A scenario's own fertility, mortality and migration: what changes, from when, and how it is marked."""

import pandas as pd
import pytest
from small_pack import write_small_pack
from stories import pack_of

from nasssap_lib.errors import PackError
from nasssap_lib.pack.assumed_rates import assumed_rates
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.scenario import (
    Scenario,
    apply_scenario,
    checked_toml,
    read_scenario,
    scenario_differences,
    scenario_table,
    write_scenario,
)
from nasssap_lib.population.outlook import project_population
from nasssap_lib.population.projection import Assumptions

CHANGES = {"fertility_variant": "low", "fertility": 0.9, "mortality": 0.8, "migration": 0.5}


def values(rates: pd.DataFrame, indicator: str, period: str, variant: str = "medium") -> pd.Series:
    rows = rates[(rates["indicator"] == indicator) & (rates["period"] == period) & (rates["variant"] == variant)]
    return rows.set_index(["sex", "age_group"])["value"]


@pytest.mark.parametrize("country", ["SEN", "XTC"])
def test_a_scenarios_projection_is_that_of_the_same_assumptions(country):
    """Two ways to one number: the rates of the scenario's pack, and the assumptions given to the projection."""
    pack = pack_of(country)
    scenario = apply_scenario(pack, Scenario("other", country, population=CHANGES))
    ours = project_population(scenario)
    theirs = project_population(pack, Assumptions(**CHANGES))
    assert ours["persons"].to_numpy() == pytest.approx(theirs["persons"].to_numpy())
    assert (ours["persons"] != project_population(pack)["persons"]).any()


def test_what_is_published_of_the_past_and_of_totals_stays():
    before, after = pack_of("SEN").demography, assumed_rates(pack_of("SEN").demography, CHANGES, 2025)
    for indicator, period in (
        ("death_rate", "2020-2025"),
        ("total_fertility", "2020-2025"),
        ("population_total", "2030"),
    ):
        pd.testing.assert_series_equal(values(after, indicator, period), values(before, indicator, period))
    assert (after["value"] != before["value"]).equals(after["quality"] == "assumed")


def test_each_parameter_changes_its_own_rates():
    before = pack_of("SEN").demography
    after = assumed_rates(before, CHANGES, 2025)
    for indicator, factor in (("death_rate", 0.8), ("net_migrants", 0.5), ("sex_ratio_at_birth", 1)):
        assert values(after, indicator, "2030-2035").to_numpy() == pytest.approx(
            factor * values(before, indicator, "2030-2035").to_numpy()
        )
    low = values(before, "total_fertility", "2030-2035", "low").iat[0]
    assert values(after, "total_fertility", "2030-2035").iat[0] == pytest.approx(0.9 * low)


def test_the_pack_and_its_gaps_and_costs_stay_on_the_published_population():
    pack = pack_of("SEN")
    kept = pack.demography.copy()
    changed = apply_scenario(pack, Scenario("other", "SEN", population=CHANGES))
    assert changed.population is pack.population and changed.facts is pack.facts
    pd.testing.assert_frame_equal(pack.demography, kept)
    assert apply_scenario(pack, Scenario("same", "SEN")).demography is pack.demography


def test_the_differences_name_what_is_assumed():
    table = scenario_differences(pack_of("SEN"), Scenario("x", "SEN", population={"fertility": 0.9, "mortality": 1}))
    assert table[["measure", "parameter", "baseline", "scenario"]].values.tolist() == [
        ["Population", "fertility", "1", "0.9"]
    ]


def test_what_is_written_is_read_back(training_folder):
    pack, root = pack_of("XTC"), training_folder.parent
    scenario = Scenario("fewer", "XTC", "Fewer children", population=CHANGES)
    write_scenario(pack, scenario, root)
    assert read_scenario(pack, "fewer", root) == scenario
    assert scenario_table(pack, root).query("parameter == 'mortality'")["value"].tolist() == ["0.8"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"fertilty": 0.9}, "a parameter of the population; did you mean 'fertility'"),
        ({"fertility": -1.0}, "from 0 to 10.0"),
        ({"mortality": 0.0}, "from 0.01 to 10.0"),
        ({"migration": "none"}, "a number"),
        ({"fertility_variant": "lowest"}, "one of medium, low, high"),
    ],
)
def test_a_fault_is_named_with_its_line(changes, words):
    with pytest.raises(PackError, match=words) as caught:
        checked_toml(pack_of("XTC"), Scenario("wrong", "XTC", population=changes))
    (problem,) = caught.value.problems
    assert problem.file == "XTC/scenarios/wrong.toml" and problem.row == 7


def test_a_pack_without_rates_has_nothing_to_change(tmp_path):
    pack = read_pack("XTS", write_small_pack(tmp_path).parent)
    with pytest.raises(PackError, match=r"rates in demography.csv, which are changed; fill that table first"):
        checked_toml(pack, Scenario("x", "XTS", population={"fertility": 0.9}))
