"""The inventory of schemes: what is listed, incomplete, planned or related, for whom and against what risk."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from stories import ALL, REAL, one, pack_of

from nasssap_lib import terms
from nasssap_lib.display.texts import reason_words
from nasssap_lib.reasons import reason
from nasssap_lib.schemes.inventory import branches_without_scheme, relations, scheme_inventory, scheme_matrix


def test_the_matrix_of_sri_lanka_is_incomplete_for_health_injury_and_maternity():
    matrix = scheme_matrix(pack_of("LKA"))
    incomplete = matrix[matrix["state"] == "incomplete"]
    assert set(incomplete["branch"]) == {"medical_care", "employment_injury", "maternity"}
    published = one(incomplete, branch="maternity", category="informal")["evidence"]
    assert reason_words(published) == "mothers with newborns: 29.4 % covered in 2020"
    assert one(matrix, branch="social_assistance", category="poor_households")["schemes"] == "Aswesuma;Samurdhi ?"


def test_a_planned_scheme_is_not_listed_and_a_voluntary_one_covers_nobody_by_law():
    matrix = scheme_matrix(pack_of("MLI"))
    planned = one(matrix, branch="maternity", category="public_servants")
    assert (planned["state"], planned["planned"], planned["schemes"]) == ("none", "RAMU", "")
    assert one(matrix, branch="old_age", category="informal")[["state", "voluntary"]].tolist() == [
        "voluntary",
        "INPS pension",
    ]


def test_nobody_is_covered_only_where_a_source_says_so():
    without = branches_without_scheme(pack_of("SEN")).set_index("branch")
    assert without.loc["unemployment", "evidence"] == reason("zero_in_law", year=2020)
    assert without.loc["sickness", "evidence"] == ""
    assert (without["reason"] == "none_found").all()


def test_adding_a_scheme_never_empties_a_cell():
    for country in ALL:
        pack = pack_of(country)
        fewer = dataclasses.replace(pack, schemes=pack.schemes.iloc[1:])
        more, less = scheme_matrix(pack), scheme_matrix(fewer)
        assert set(np.flatnonzero(less["state"] == "listed")) <= set(np.flatnonzero(more["state"] == "listed"))


def test_four_relations():
    found = pd.concat([relations(pack_of(country)) for country in REAL])
    assert set(found["relation"]) == set(terms.SCHEME_RELATIONS)
    assert one(relations(pack_of("LKA")), relation="successor")[["first", "second"]].tolist() == [
        "Aswesuma",
        "Samurdhi",
    ]
    assert one(relations(pack_of("SEN")), relation="stacked")[["first", "second"]].tolist() == ["IPRES cadres", "IPRES"]
    # both serve private employees, both main, both medical care
    assert one(relations(pack_of("TZA")), relation="possible_overlap")[["first", "second"]].tolist() == ["NHIF", "NSSF"]


@pytest.mark.parametrize("country", ALL)
def test_a_pair_of_schemes_has_one_relation_and_an_overlap_is_of_active_schemes(country):
    found = relations(pack_of(country))
    pairs = [frozenset(pair) for pair in zip(found["first"], found["second"], strict=True)]
    assert len(pairs) == len(set(pairs))
    active = set(pack_of(country).schemes.query("status == 'active'")["short_name"])
    overlaps = found[found["relation"] == "possible_overlap"]
    assert set(overlaps["first"]) | set(overlaps["second"]) <= active
    assert (overlaps["found_by"] == "rule").all()


def test_community_and_voluntary_schemes_are_full_members():
    senegal = scheme_inventory(pack_of("SEN")).set_index("short_name")["informal"]
    assert senegal["Mutuelles"]
    assert not senegal["FNR"]
    assert senegal["CSS AT-MP"]  # voluntary for the self-employed
    assert len(scheme_inventory(pack_of("SEN"))) == len(pack_of("SEN").schemes)
