"""Options × criteria: what takes part, what is left out, and what a missing value could be."""

import pytest
from stories import ALL, story

from nasssap_lib.priorities.matrix import criteria_matrix
from nasssap_lib.priorities.tables import (
    criteria_table,
)
from nasssap_lib.priorities.words import (
    criteria_sentence,
)


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
