"""A country's options as a programme: against costs, coverage, activities and proposals taken by themselves."""

import dataclasses

import numpy as np
import pytest
from stories import pack_of

from nasssap_lib.costing.package import cost_package, costs_of_options
from nasssap_lib.costing.today import covered_today
from nasssap_lib.display.sheet import nothing_of
from nasssap_lib.display.style import Caption
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.reasons import has_reason
from nasssap_lib.roadmap.charts import plot_roadmap
from nasssap_lib.roadmap.country import (
    CountryProgramme,
    country_programme,
    envelope_of,
    fault_of_envelope,
    fault_of_starts,
    typed_starts,
)
from nasssap_lib.roadmap.plan import plan_roadmap


def at(ready: CountryProgramme, option: str, start: int) -> tuple[int, int]:
    return ready.programme.options.index(option), ready.programme.starts.index(start)


def test_what_starts_as_typed_costs_what_the_costing_says():
    pack = read_pack("XTC")
    ready = country_programme(pack)
    costs = (
        cost_package(pack, ready.programme.years)
        .query("sex == 'total'")
        .set_index(["option", "year"])["net_share_of_gdp"]
    )
    for option, start in typed_starts(ready).items():
        own = ready.programme.cost[at(ready, option, start)]
        np.testing.assert_allclose(own, np.maximum(costs.loc[option].to_numpy(float), 0), rtol=1e-9)


def test_what_starts_later_costs_what_an_option_costs_that_was_typed_later():
    pack = read_pack("SEN")
    ready = country_programme(pack, ["social_pension"], envelope=0.01)
    row = pack.measures.query("id == 'social_pension'").to_dict("records")[0]
    moved = costs_of_options(
        pack, [row | {"start_year": 2030, "full_year": int(row["full_year"]) + 3}], ready.programme.years
    )
    moved = moved.query("sex == 'total'")["net_share_of_gdp"].to_numpy(float)
    np.testing.assert_allclose(ready.programme.cost[at(ready, "social_pension", 2030)], moved, rtol=1e-9)
    assert moved[0] == 0 and moved[-1] > 0


def test_at_full_take_up_the_least_is_closed_that_two_shares_of_one_population_leave():
    pack = read_pack("SEN")
    ready = country_programme(pack, ["social_pension"], envelope=0.01)
    row = pack.measures.query("id == 'social_pension'").to_dict("records")[0]
    covered, take_up = covered_today(pack, row).share, row["take_up_central"]
    closed = ready.programme.closed[at(ready, "social_pension", 2027)]
    years = np.array(ready.programme.years)
    np.testing.assert_allclose(closed[years >= row["full_year"]], (take_up - covered) / (1 - covered))
    assert (np.diff(closed) > -1e-12).all() and closed[0] < closed[-1]  # it only grows


def test_an_option_starts_in_the_year_after_its_last_activity_ends():
    options = country_programme(read_pack("XTC")).options.set_index("option")
    assert options.loc["child_benefit", ["ready_by", "earliest"]].tolist() == ["2028-03", 2029]
    assert options.loc["grant_more_poor", ["ready_by", "earliest"]].tolist() == ["2026-12", 2027]
    assert options.loc["maternity_grant", ["ready_by", "earliest"]].tolist() == ["", 2027]
    assert list(has_reason(options.loc[["maternity_grant"], "reason"], "no_activities_of_option")) == [True]


def test_the_envelope_is_what_proposals_hold_that_every_option_may_use():
    money = country_programme(read_pack("XTC")).envelope.set_index("year")
    by_hand = (
        0.5 + 0.2 / 3 + 2.0 / 5
    ) / 100  # fuel, a dividend over three years, a headroom over five; sugar is bound to health
    assert money.loc[2027, "envelope"] == pytest.approx(by_hand)
    assert list(has_reason(money.loc[[2027], "reason"], "bound_money_left_out")) == [True]


def test_without_a_proposal_there_is_no_programme_and_an_amount_that_is_given_is_assumed():
    ready = country_programme(read_pack("SEN"))
    assert ready.programme is None and ready.envelope["envelope"].isna().all()
    given = country_programme(read_pack("SEN"), envelope=0.004)
    assert set(given.programme.envelope) == {0.004} and set(given.envelope["quality"]) == {"assumed"}


def test_an_option_without_a_cost_is_left_out_and_says_why():
    ready = country_programme(read_pack("SEN"), envelope=0.004)
    row = ready.options.set_index("option").loc["disability_benefit"]
    assert not row["in_order"] and row["reason"] and "disability_benefit" not in ready.programme.options


def test_money_is_asked_for_until_all_have_grown_and_ten_years_later():
    programme = country_programme(read_pack("XTC")).programme
    assert (programme.starts[0], programme.starts[-1], programme.horizon) == (2027, 2034, 2038)
    assert programme.years[-2:] == (2038, 2048)


def test_a_pack_without_options_has_nothing_to_order():
    pack = read_pack("SEN")
    frames = {part.name: getattr(pack, part.name) for part in dataclasses.fields(pack)}
    ready = country_programme(type(pack)(**frames | {"measures": pack.measures.head(0)}))
    assert ready.programme is None and ready.options.empty


@pytest.mark.parametrize("last", [0, 2025])
def test_a_population_that_ends_before_the_first_start_lets_nothing_be_ordered(last):
    pack = read_pack("SEN")
    frames = {part.name: getattr(pack, part.name) for part in dataclasses.fields(pack)}
    ready = country_programme(type(pack)(**frames | {"population": pack.population.query("year <= @last")}))
    assert ready.programme is None and not ready.options["in_order"].any()
    assert set(ready.options["reason"]) == {"no_population_of_year"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"envelope": 1.5}, "between 0 and 1"),
        ({"options": ["x"]}, "no such option"),
        ({"starts": 0}, "no year in which"),
    ],
)
def test_what_cannot_be_is_refused(given, words):
    with pytest.raises(NasssapError, match=words):
        country_programme(read_pack("SEN"), **given)


def test_parameters_of_the_chapter():
    assert envelope_of(0) is None and envelope_of(0.25) == 0.0025
    assert fault_of_envelope(0) == fault_of_envelope(20) == fault_of_starts(1) == ""
    assert fault_of_envelope(21) and fault_of_envelope(-0.1) and fault_of_envelope(float("nan")) and fault_of_starts(0)


def test_a_pack_without_options_has_an_empty_programme_that_can_be_asked_and_drawn():
    pack = pack_of("XTC")
    roadmap = plan_roadmap(pack.with_tables(measures=pack.measures.head(0), activities=pack.activities.head(0)))
    assert typed_starts(roadmap.ready) == {} and roadmap.ready.options["in_order"].tolist() == []
    assert nothing_of(plot_roadmap(roadmap, Caption("Zephyria", "")))
