"""Severity of poverty of the people whom an option aims at: by group, or not known."""

import dataclasses

import pandas as pd
import pytest
from small_pack import write_small_pack
from stories import REAL, pack_of

from nasssap_lib.needs.severity import NATIONAL_ONLY, assess_severity
from nasssap_lib.pack.reader import read_pack


def test_severity_is_known_by_group_or_not_at_all():
    """Training country, 2022, national line: the nation's severity 5.75 % ÷ headcount 37.06 % is that among the poor."""
    severity = assess_severity(pack_of("XTC")).set_index("option")
    assert severity.loc["child_benefit", ["severity", "year"]].tolist() == [pytest.approx(0.0843), 2022]
    assert severity.loc["health_informal", "severity"] == pytest.approx(0.0575)  # everybody
    assert severity.loc["grant_more_poor", "severity"] == pytest.approx(0.0575 / 0.3706, rel=1e-3)
    assert severity.loc["maternity_grant", ["low", "high"]].tolist() == [0, severity["severity"].max()]
    assert "mothers" in severity.loc["maternity_grant", "reason"]
    for country in REAL:
        nation = assess_severity(pack_of(country))
        assert nation["severity"].isna().all() and set(nation["reason"]) == {NATIONAL_ONLY}


def test_without_severity_by_group_the_headcount_stands_for_it():
    pack = pack_of("XTC")
    known = dataclasses.replace(
        pack, facts=pack.facts[(pack.facts["indicator"] != "poverty_severity") | (pack.facts["group"] == "total")]
    )
    found = assess_severity(known).set_index("option")
    assert found.loc["child_benefit", ["indicator", "severity"]].tolist() == [
        "poverty_headcount",
        pytest.approx(0.4707),
    ]
    assert found.loc["grant_more_poor", "severity"] == 1


def test_girls_or_boys_alone_do_not_stand_for_all_children():
    pack = pack_of("XTC")
    children = pack.facts[(pack.facts["indicator"] == "poverty_severity") & (pack.facts["group"] == "children")]
    by_sex = [children.assign(sex=sex, value=value) for sex, value in (("female", 1.0), ("male", 99.0))]
    richer = pack.with_tables(facts=pd.concat([pack.facts, *by_sex], ignore_index=True))
    assert assess_severity(richer).equals(assess_severity(pack))


def test_a_pack_without_options_has_no_rows_and_one_without_figures_a_reason(tmp_path):
    pack = read_pack("XTS", write_small_pack(tmp_path).parent)
    assert assess_severity(pack).empty
    bare = dataclasses.replace(pack_of("XTC"), facts=pack.facts.iloc[:0])
    assert set(assess_severity(bare)["reason"]) == {"poverty_of_nation_only"}
