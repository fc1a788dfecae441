"""Arguments of the wrong kind or out of range are named in a sentence at the door of a room, whatever the function."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from stories import pack_of, story

import nasssap_lib as ns
from nasssap_lib import costing, coverage, needs, population, priorities, stocktaking
from nasssap_lib.arguments import ONE, check_arguments, fault_of
from nasssap_lib.costing import exploration
from nasssap_lib.errors import NasssapError

SHARES = [0.2, 0.4, 0.6, 0.8], [0.05, 0.15, 0.3, 0.5]
WRONG = {  # what is said of each
    "a sum below zero": (
        lambda: costing.equal_money(story("SEN")["options"], [0.005, -1]),
        r"costing.equal_money: money: expected a list of numbers of at least 0, got \[0.005, -1\]",
    ),
    "one sum and no list": (lambda: costing.equal_money(story("SEN")["options"], 0.005), "money: expected a list of numbers"),
    "a level below zero": (lambda: costing.at_common_level(story("SEN")["options"], -5.0), "level: expected a number of at l"),
    "an age below zero": (
        lambda: coverage.coverage_gaps(pack_of("SEN"), child_age_to=-3),
        "coverage.coverage_gaps: child_age_to: expected a whole number from 0 to 120, got -3",
    ),
    "an age in words": (lambda: coverage.project_status_quo(pack_of("SEN"), child_age_to="14"), "whole number .*, got '14'"),
    "a year of long ago": (lambda: coverage.coverage_gaps(pack_of("SEN"), 1800), "year: .* from 1850 to 2150, got 1800"),
    "a year in words": (lambda: coverage.coverage_gaps(pack_of("SEN"), "2020"), "year: expected a whole number"),
    "half a year": (lambda: population.count_persons(pack_of("SEN").population, [2025.5]), r"years: .*, got \[2025.5\]"),
    "a year and no list": (lambda: stocktaking.age_structure(pack_of("SEN"), 2030), "years: expected a list of whole numb"),
    "years in words": (lambda: coverage.project_status_quo(pack_of("SEN"), "2030"), "years: expected a list of whole num"),
    "a year that is not known": (lambda: costing.economy_of(pack_of("SEN"), [float("nan")]), r"years: .*, got \[nan\]"),
    "True for a year": (lambda: population.target_populations(pack_of("SEN"), "poor", [True]), r"years: .*, got \[True\]"),
    "no draws": (lambda: costing.draw_costs(story("SEN")["options"], 0), "draws: expected a whole number from 1 to"),
    "a seed below zero": (lambda: costing.draw_costs(story("SEN")["options"], 10, -1), "seed: .* of at least 0, got -1"),
    "a mean in words": (lambda: needs.poverty_from_groups(*SHARES, "3", 1), "mean: expected a number, got '3'"),
    "an endless line": (lambda: needs.poverty_from_groups(*SHARES, 3, np.inf), "line: expected a number, got inf"),
    "shares in words": (lambda: needs.poverty_from_groups(SHARES[0], "half", 3, 1), "welfare_share: .*, got 'half'"),
    "one share and no list": (lambda: coverage.union_bounds(0.5), "shares: expected a list of numbers, got 0.5"),
    "no pack": (lambda: needs.poverty_by_line(None), "pack: expected a country pack, got None"),
    "a table for a pack": (lambda: costing.assess_options(pd.DataFrame()), "pack: expected a country pack, got a table"),
    "a code for a pack": (lambda: needs.poverty_by_line("SEN"), r"nasssap_lib.read_pack\('SEN'\) reads one"),
    "a number for a text": (lambda: priorities.read_weights(1, []), "weights?: expected a text, got 1|text: expected a text"),
    "a number for a folder": (lambda: ns.read_pack("SEN", 1), "data: expected a folder, got 1"),
    "a group that is none": (lambda: coverage.coverage_trend(pack_of("SEN"), "women"), "group is 'women'; expected one of"),
    "a year of a series": (lambda: pack_of("SEN").latest("births", year="2020"), "latest: year: expected a whole number"),
    "a change in words": (
        lambda: costing.explore_measures(exploration.prepare(pack_of("SEN")), {"social_pension": {"amount_central": "10"}}),
        "expected a number of at least 0, got '10'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_argument_is_named_with_what_was_expected(name):
    call, said = WRONG[name]
    with pytest.raises(NasssapError, match=said) as caught:
        call()
    assert "\n" not in str(caught.value)


def test_all_wrong_arguments_are_named_together():
    with pytest.raises(NasssapError, match="year: .*; child_age_to: "):
        coverage.coverage_gaps(pack_of("SEN"), 1800, child_age_to=-3)


def test_what_numpy_and_pandas_read_is_a_number_and_a_list_that_is_read_once_is_not_lost():
    pack = pack_of("SEN")
    expected = population.count_persons(pack.used_population, [2025, 2030])
    for years in (
        np.array([2025, 2030]),
        pd.Series([2025.0, 2030.0]),
        (year for year in (2025, 2030)),
        range(2025, 2031, 5),
    ):
        pd.testing.assert_frame_equal(population.count_persons(pack.used_population, years), expected)
    assert len(coverage.coverage_gaps(pack, np.int64(2025))) == len(coverage.coverage_gaps(pack, 2025))


def test_too_few_and_unknown_arguments_are_told_by_python():
    with pytest.raises(TypeError, match="coverage_gaps"):
        coverage.coverage_gaps()
    with pytest.raises(TypeError, match="yaer"):
        coverage.coverage_gaps(pack_of("SEN"), yaer=2020)


def test_each_kind_takes_what_it_names_and_nothing_else():
    fitting = {
        "int": 3, "float": 2.5, "str": "a", "Pack": pack_of("SEN"), "pd.DataFrame": pd.DataFrame(), "ArrayLike": [1, 2],
        "Mapping": {}, "str | os.PathLike": Path(),
    }  # fmt: skip
    assert set(fitting) == set(ONE)
    for kind, value in fitting.items():
        assert fault_of("x", kind, value) == ""
        assert fault_of("x", kind, object())


def test_an_argument_without_a_kind_that_is_known_is_not_looked_at():
    def free(thing, other: "Thing | Other" = None): ...  # noqa: F821

    assert check_arguments(free, {"thing": object(), "other": 1})[1] == ""
