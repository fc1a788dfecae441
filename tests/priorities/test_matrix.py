"""Options × criteria: what takes part, what is left out, and what a missing value could be."""

import numpy as np
import pandas as pd
import pytest
from stories import ALL, story

from nasssap_lib.priorities.matrix import criteria_matrix
from nasssap_lib.priorities.tables import criteria_table
from nasssap_lib.priorities.words import criteria_sentence


@pytest.mark.parametrize("country", ALL)
def test_further_criteria_are_shown_and_weighed_only_where_they_are_named(country):
    criteria = story(country)["criteria"]
    further = criteria[criteria["criterion"].isin(["severity", "poverty_effect"])]
    assert set(further["criterion"]) == {"severity", "poverty_effect"}
    assert not {"severity", "poverty_effect"} & set(story(country)["matrix"].values)
    assert (further.loc[further["criterion"] == "poverty_effect", "reason"] == "no_survey").all()
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
        "criterion": ["cost", "equity"] * 3, "objective": ["min", "max"] * 3,
        "value": [0.01, 0.3, 0.02, np.nan, np.nan, 0.9], "low": [0.01, 0.3, 0.02, 0.1, np.nan, 0.9],
        "high": [0.01, 0.3, 0.02, 0.8, np.nan, 0.9], "ranked": [True] * 4 + [False] * 2,
        "reason": ["", "", "", "not_found", "no_births", ""],
    })  # fmt: skip
    return rows.assign(**changes)


def test_options_stand_in_their_order_and_a_missing_value_keeps_its_range():
    matrix = criteria_matrix(long_table())
    assert matrix.values.index.tolist() == ["a", "b"] and matrix.values.columns.tolist() == ["cost", "equity"]
    assert matrix.objectives == {"cost": "min", "equity": "max"} and matrix.names == {"a": "A", "b": "B"}
    assert np.isnan(matrix.values.loc["b", "equity"])
    assert (matrix.low.loc["b", "equity"], matrix.high.loc["b", "equity"]) == (0.1, 0.8)
    assert matrix.complete == ["a"]


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
