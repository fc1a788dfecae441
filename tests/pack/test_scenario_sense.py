"""What cannot be in measures.csv cannot be in a scenario either, and what is odd there is odd here."""

import pytest
from stories import pack_of

from nasssap_lib.pack.scenario import Scenario
from nasssap_lib.pack.scenario_sense import sense_of_scenario

YEAR = 2026
HUGE = {f"amount_{end}": 1e17 for end in ("low", "central", "high")}


def odd(measure, changes, lines=(), country="SEN"):
    return sense_of_scenario(
        pack_of(country), Scenario("x", country, measures={measure: changes}, lines=dict(lines)), YEAR
    )


@pytest.mark.parametrize(
    ("measure", "changes", "column", "expected"),
    [
        ("social_pension", {"start_year": 1999, "full_year": 2000}, "start_year", "a year from 2000 on"),
        ("social_pension", {"age_from": 10, "age_to": 30}, "age_to", "ages at which people are counted"),
        ("maternity_benefit", {"sex": "male"}, "sex", "female"),
        (
            "social_pension",
            {"admin_base": "gross", "admin_rate": 1.0, "admin_rate_high": 1.0},
            "admin_rate",
            "less than 1",
        ),
    ],
)
def test_what_cannot_be_is_named_and_stops(measure, changes, column, expected):
    lines = {(f"measures.{measure}", name): 7 for name in changes}
    (problem,) = odd(measure, changes, lines)
    assert (problem.file, problem.column, problem.doubt) == ("SEN/scenarios/x.toml", column, ())
    assert problem.row == 7 and expected in problem.expected and problem.hint


@pytest.mark.parametrize(
    ("changes", "column", "value"),
    [(HUGE, "amount_central", "1e+17"), ({"months": 0}, "months", "0"), ({"start_year": 2149, "full_year": 2150}, "start_year", "2149"),
     ({"amount_basis": "poverty_line", "amount_central": 1001, "amount_high": 1002}, "amount_central", "1001")],
)  # fmt: skip
def test_what_is_hardly_meant_is_a_doubt(changes, column, value):
    (problem,) = odd("social_pension", changes)
    assert (problem.column, problem.value) == (column, value) and problem.doubt and problem.hint


def test_where_another_parameter_makes_the_baselines_value_odd_the_line_is_that_of_the_measure():
    """Half of GDP per head is no odd benefit; the 300 % of a poverty line are none either, in % of GDP per head they are."""
    pack = pack_of("SEN")
    rows = pack.measures["id"] == "social_pension"
    amounts = {f"amount_{end}": pack.measures[f"amount_{end}"].mask(rows, 300.0) for end in ("low", "central", "high")}
    basis = pack.measures["amount_basis"].mask(rows, "poverty_line")
    pack = pack.with_tables(measures=pack.measures.assign(**amounts, amount_basis=basis))
    lines = {("measures.social_pension", ""): 3, ("measures.social_pension", "amount_basis"): 4}
    scenario = Scenario("x", "SEN", measures={"social_pension": {"amount_basis": "gdp_per_head"}}, lines=lines)
    (problem,) = sense_of_scenario(pack, scenario, YEAR)
    assert (problem.row, problem.column, problem.value) == (3, "amount_central", "300")


def test_what_is_plain_and_what_the_baseline_says_too_is_not_named():
    assert odd("social_pension", {"amount_central": 12.0, "months": 6}) == []
    pack = pack_of("SEN")
    lowered = pack.with_tables(measures=pack.measures.assign(start_year=1999))
    assert sense_of_scenario(lowered, Scenario("x", "SEN", measures={"social_pension": {"months": 6}}), YEAR) == []


def test_who_pays_is_asked_as_in_a_pack():
    more = {"reserves": {"value_low": 0.3, "value_central": 0.5, "value_high": 0.6}}
    lines = {("financing.reserves", "value_high"): 9}
    (problem,) = sense_of_scenario(pack_of("XTC"), Scenario("x", "XTC", financing=more, lines=lines), YEAR)
    assert (problem.file, problem.column) == ("XTC/scenarios/x.toml", "value_high")
    assert problem.row == 9 and "0.4" in problem.expected
