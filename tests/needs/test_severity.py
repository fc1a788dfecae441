"""Severity of poverty of the people whom an option aims at: by group, or not known."""

import dataclasses

import pytest
from stories import REAL, story

from nasssap_lib.needs.severity import NATIONAL_ONLY, assess_severity


def test_severity_is_known_by_group_or_not_at_all():
    """Training country, 2022, national line: the nation's severity 5.75 % ÷ headcount 37.06 % is that among the poor."""
    severity = assess_severity(story("XTC")["pack"]).set_index("option")
    assert severity.loc["child_benefit", ["severity", "year"]].tolist() == [pytest.approx(0.0843), 2022]
    assert severity.loc["health_informal", "severity"] == pytest.approx(0.0575)  # everybody
    assert severity.loc["grant_more_poor", "severity"] == pytest.approx(0.0575 / 0.3706, rel=1e-3)
    assert severity.loc["maternity_grant", ["low", "high"]].tolist() == [0, severity["severity"].max()]
    assert "mothers" in severity.loc["maternity_grant", "reason"]
    for country in REAL:
        nation = assess_severity(story(country)["pack"])
        assert nation["severity"].isna().all() and set(nation["reason"]) == {NATIONAL_ONLY}


def test_without_severity_by_group_the_headcount_stands_for_it():
    pack = story("XTC")["pack"]
    known = dataclasses.replace(
        pack, facts=pack.facts[(pack.facts["indicator"] != "poverty_severity") | (pack.facts["group"] == "total")]
    )
    found = assess_severity(known).set_index("option")
    assert found.loc["child_benefit", ["indicator", "severity"]].tolist() == [
        "poverty_headcount",
        pytest.approx(0.4707),
    ]
    assert found.loc["grant_more_poor", "severity"] == 1
