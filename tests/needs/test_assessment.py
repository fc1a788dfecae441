"""Needs by group and findings on guarantees: by hand, and what a dialogue must supply."""

import pandas as pd
import pytest
from stories import pack_of

from nasssap_lib.needs.assessment import _evidence, assess_guarantees, codi_checklist, needs_by_group
from nasssap_lib.needs.tables import codi_table
from nasssap_lib.needs.words import checklist_sentence


def test_needs_of_senegal():
    needs = needs_by_group(pack_of("SEN")).set_index("group")
    # children 0 to 14, WPP 2024: 7,145,456 in 2025
    assert needs.loc["children", "gap"] == pytest.approx(7_074_001, abs=1)
    assert needs.loc["older_persons", "growth"] > 1
    assert needs.loc["severe_disability", "evidence"] == "no_rate"
    assert (needs.loc[needs["gap"].isna(), "reason"] != "").all()


@pytest.mark.parametrize("country", ["BFA", "MLI", "ZMB"])
def test_rates_of_women_and_men_of_2016_do_not_stand_under_a_rate_of_2020(country):
    """UNSD: older persons 2020 (6.0, 7.3, 7.8 %) and by sex for 2016 only (women 0.7, 0.6, 3.4; men 5.4, 5.3, 15.7)."""
    row = needs_by_group(pack_of(country)).set_index("group").loc["older_persons"]
    assert row["coverage_year"] == 2020
    assert pd.isna(row["women"]) and pd.isna(row["men"])


def test_rates_of_women_and_men_of_the_same_observation_stay():
    """UNSD, Rwanda 2020, employment injury: 8.5, women 5.0, men 12.2."""
    row = needs_by_group(pack_of("RWA")).set_index("group").loc["employment_injury"]
    assert (row["coverage"], row["women"], row["men"]) == pytest.approx((0.085, 0.05, 0.122))


def test_a_zero_in_law_is_no_rate_of_women_and_men():
    row = needs_by_group(pack_of("SEN")).set_index("group").loc["unemployed"]
    assert row["coverage"] == 0 and pd.isna(row["women"]) and pd.isna(row["men"])


@pytest.mark.parametrize(("now", "evidence"), [(2025, "legal_zero"), (2026, "old")])
def test_a_legal_zero_of_2020_is_evidence_as_long_as_any_rate_of_2020(now, evidence):
    row = pd.Series({"coverage_year": 2020, "flag": "legal_zero"})
    assert _evidence(row, now) == evidence


def test_findings_of_a_real_country_are_what_a_dialogue_must_supply():
    found = assess_guarantees(pack_of("RWA"))
    assert len(found) == 4
    assert (found["recommendation"] == "").all() and (found["reason"] != "").all()
    assert "CBHI" in found["provision"].iat[0]
    full = assess_guarantees(pack_of("XTC"))
    assert (full["reason"] == "").all() and len(full) == len(pack_of("XTC").findings)


def test_checklist_of_codi_counts_findings_by_words_and_by_number():
    """CODI has 7, 4 and 7 key areas; one name stands in two modules; what is no area of CODI comes last."""
    said = pd.DataFrame({
        "guarantee": ["health", "health", "children", "children", "older_persons"],
        "codi_area": ["benefit design", "9", "Information dissemination & raising awareness", "18", "Weather"],
        "quality": "observed", "source": "S",
    })  # fmt: skip
    found = codi_checklist(said)
    areas = found[found["number"].notna()].set_index("number")
    assert areas.groupby("module", sort=False).size().tolist() == [7, 4, 7]
    assert areas.loc[9, ["health", "findings"]].tolist() == [2, 2]
    assert (areas.loc[6, "children"], areas.loc[18, "children"]) == (1, 2)
    assert areas["findings"].sum() == 5
    assert found.iloc[-1][["area", "older_persons"]].tolist() == ["Weather", 1]
    assert "none has a finding yet" in checklist_sentence(codi_checklist(said.head(0)))


def test_areas_without_a_finding_are_a_short_table_by_module():
    none = codi_checklist(pack_of("SEN").findings)
    table = codi_table(none)
    rows = dict(table.rows[["module", "area"]].itertuples(index=False))
    assert [len(names.split("; ")) for names in rows.values()] == [7, 4, 7]  # CODI's key areas, by module
    assert len(checklist_sentence(none).split()) < 20  # the list was a sentence of 75 words
