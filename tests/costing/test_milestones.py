"""The years at which a package is read, and its levels beside what a person lives on."""

import numpy as np
import pytest
from stories import pack_of

from nasssap_lib import costing
from nasssap_lib.costing.milestones import Milestones, dearest_tornado, level_checks, milestones_of, options_in_year


@pytest.fixture(scope="module")
def senegal():
    pack = pack_of("SEN")
    return pack, costing.cost_package(pack)


def test_a_package_is_mature_when_its_last_option_is(senegal):
    """All options of Senegal are paid from 2027 on and taken up in full in 2031; the population ends in 2050."""
    pack, costs = senegal
    assert milestones_of(costs, pack.measures) == Milestones(2027, 2031, 2050)
    late = pack.measures.assign(
        full_year=pack.measures["full_year"].where(pack.measures["id"] != "child_benefit", 2035)
    )
    assert milestones_of(costs, late).mature == 2035
    assert milestones_of(costs[costs["option"] != "child_benefit"], late).mature == 2031
    assert milestones_of(costs.iloc[:0], pack.measures) is None


def test_the_rows_of_a_year_are_one_an_option(senegal):
    pack, costs = senegal
    for sex in ("total", "female"):
        rows = options_in_year(costs, 2031, sex)
        assert (
            list(rows.index) == list(pack.measures["id"]) and set(rows["sex"]) == {sex} and set(rows["year"]) == {2031}
        )


def test_levels_stand_beside_the_line_of_their_own_year(senegal):
    """A pension of 10 % of GDP per head, against the country's lines in money where the pack has them."""
    pack, costs = senegal
    rows = level_checks(pack, costs, [2030]).set_index("option")
    economy = costing.economy_of(pack, [2030]).iloc[0]
    head = economy["gdp"] / economy["population"]
    pension = rows.loc["social_pension"]
    assert pension["level"] == pytest.approx(10) and pension["month"] == pytest.approx(head / 10 / 12)
    assert np.isnan(pension["of_poverty_line"]) == np.isnan(economy["poverty_line"])
    assert pension["of_minimum_wage"] == pytest.approx(head / 10 / economy["minimum_wage"], nan_ok=True)
    assert pension["flag"] == "" and level_checks(pack, costs.assign(level=30.1), [2030])["flag"].eq("high_level").all()


def test_the_tornado_is_of_the_dearest_option(senegal):
    pack, costs = senegal
    at = milestones_of(costs, pack.measures)
    ready = costing.prepare_package(pack)
    swings = dearest_tornado(ready, costs, at)
    rows = options_in_year(costs, at.mature)
    assert set(swings["option"]) == {rows["share_of_gdp"].idxmax()}
    assert dearest_tornado(ready, costs, None).empty
    assert dearest_tornado(ready, costs.assign(share_of_gdp=np.nan), at).empty


def test_the_years_shown_are_the_ends_and_the_tens_between():
    assert costing.shown_years(Milestones(2027, 2031, 2050)) == [2027, 2031, 2040, 2050]
    assert costing.shown_years(Milestones(2030, 2030, 2030)) == [2030]
