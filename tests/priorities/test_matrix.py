"""Options × criteria: what takes part, what is left out, and what a missing value could be."""

import numpy as np
import pandas as pd
import pytest
from stories import FIRST_THEN_ALL, story

from nasssap_lib.priorities.matrix import criteria_matrix
from nasssap_lib.priorities.tables import criteria_table
from nasssap_lib.priorities.words import criteria_sentence
from nasssap_lib.terms import FURTHER_CRITERIA


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_further_criteria_are_shown_and_weighed_only_where_they_are_named(country):
    criteria = story(country)["criteria"]
    further = criteria[criteria["criterion"].isin(["severity", "poverty_effect"])]
    assert set(further["criterion"]) == {"severity", "poverty_effect"}
    assert not {"severity", "poverty_effect"} & set(story(country)["matrix"].values)
    assert (further.loc[further["criterion"] == "poverty_effect", "reason"] == "no_survey").all()
    assert set(story(country)["matrix"].values) >= {"newly_covered", "cost", "readiness"}
    assert not set(FURTHER_CRITERIA) & set(story(country)["matrix"].values)
    named = criteria_matrix(criteria, order="severity>cost")
    assert ("severity" in named.values) == (country == "XTC")
    text = criteria_sentence(criteria)
    assert "effect on poverty (needs estimates from a household survey" in text
    assert ("Severity of poverty in its group" in text) == (country == "XTC")
    assert "n/a" in criteria_table(criteria)._repr_html_()


def long_table(**changes):
    """Two options × two criteria, and a third option without a cost."""
    rows = pd.DataFrame({
        "option": ["a", "a", "b", "b", "c", "c"], "name": ["A", "A", "B", "B", "C", "C"],
        "criterion": ["cost", "readiness"] * 3, "objective": ["min", "max"] * 3,
        "value": [0.01, 0.3, 0.02, np.nan, np.nan, 0.9], "low": [0.01, 0.3, 0.02, 0.1, np.nan, 0.9],
        "high": [0.01, 0.3, 0.02, 0.8, np.nan, 0.9], "ranked": [True] * 4 + [False] * 2,
        "reason": ["", "", "", "not_found", "no_births", ""], "kind": "benefit", "population": 1e6,
    })  # fmt: skip
    return rows.assign(**changes)


def test_options_stand_in_their_order_and_a_missing_value_keeps_its_range():
    matrix = criteria_matrix(long_table())
    assert matrix.values.index.tolist() == ["a", "b"] and matrix.values.columns.tolist() == ["cost", "readiness"]
    assert matrix.objectives == {"cost": "min", "readiness": "max"} and matrix.names == {"a": "A", "b": "B"}
    assert np.isnan(matrix.values.loc["b", "readiness"])
    assert (matrix.low.loc["b", "readiness"], matrix.high.loc["b", "readiness"]) == (0.1, 0.8)
    assert matrix.complete == ["a"]


def test_further_criteria_take_part_where_a_group_names_them():
    further = long_table(criterion=["cost", "equity"] * 3)
    assert criteria_matrix(further).values.columns.tolist() == ["cost"]
    assert criteria_matrix(further, named=["equity"]).values.columns.tolist() == ["cost", "equity"]


def test_two_lists_share_the_criteria_and_no_option():
    """The subsidy comes first in the table; the benefits are the first list all the same, each with those that cannot be ranked."""
    table = long_table(kind=["subsidy", "subsidy", "benefit", "benefit", "benefit", "benefit"])
    matrix = criteria_matrix(table)
    assert [(part.kind, part.values.index.tolist(), part.left_out["option"].tolist()) for part in matrix.lists] == [
        ("benefit", ["b"], ["c"]), ("subsidy", ["a"], []),
    ]  # fmt: skip
    assert matrix.kind == "" and criteria_matrix(long_table()).lists[0].kind == "benefit"


def test_persons_count_on_a_logarithmic_scale_from_a_thousandth_of_the_population_on():
    """A million inhabitants: 10, 1,000 and 0 persons are one thing; ten times as many are one step more."""
    matrix = criteria_matrix(long_table(criterion=["cost", "newly_covered"] * 3))
    assert matrix.floors == {"newly_covered": 1000.0}
    assert matrix.on_scale("newly_covered", np.array([0, 10, 1e3, 1e4, 1e6])).tolist() == pytest.approx([3, 3, 3, 4, 6])
    assert matrix.on_scale("cost", 0.02) == 0.02


def test_parameters_move_persons_and_cost_of_one_column_together():
    """Senegal's pension at 65, 690,291 persons: the more of one column reached, the dearer it is at that level and administration."""
    told = story("SEN")
    matrix, option = told["matrix"], told["options"].set_index("option").loc["social_pension"]
    assert set(matrix.joint) == {"newly_covered", "cost"}
    cost = matrix.joint["cost"].loc["social_pension"]
    assert (cost.min(), cost.max()) == (pytest.approx(option["cost_low"]), pytest.approx(option["cost_high"]))
    # whoever is newly covered is paid: at the lowest level and administration, 7 % of GDP per head and 3 % of benefits, or more
    newly = matrix.joint["newly_covered"].loc["social_pension"]
    assert (cost >= newly * 0.07 * 1.03 / option["population"] - 1e-12).all()
    assert (cost <= 0.95 * 690_291 * 0.15 * 1.1 / option["population"] + 1e-9).all()


def test_an_option_without_a_cost_is_left_out_once_with_its_reason():
    out = criteria_matrix(long_table()).left_out
    assert out[["option", "name", "reason"]].to_numpy().tolist() == [["c", "C", "no_births"]]


def test_a_criterion_of_which_nothing_at_all_is_known_takes_no_part():
    silent = long_table(value=[0.01, np.nan, 0.02, np.nan, np.nan, 0.9])
    assert criteria_matrix(silent).values.columns.tolist() == ["cost"]


def test_a_further_criterion_is_not_named_by_a_longer_word():
    further = long_table(criterion=["cost", "severity"] * 3)
    assert "severity" not in criteria_matrix(further, weights="severity_judged=1").values
    assert "severity" in criteria_matrix(further, weights="cost=1,severity=2").values
    assert "severity" in criteria_matrix(further, order="cost > severity").values
