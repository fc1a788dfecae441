"""The inventory of schemes: what is listed, incomplete, planned or related, for whom and against what risk."""

import numpy as np
import pandas as pd
import pytest
from small_pack import write_small_pack
from stories import ALL, REAL, one, pack_of

from nasssap_lib import terms
from nasssap_lib.display.texts import reason_words
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.reasons import reason
from nasssap_lib.schemes.inventory import (
    branches_without_scheme,
    relations,
    scheme_inventory,
    scheme_matrix,
    unlisted_reforms,
)


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
        fewer = pack.with_tables(schemes=pack.schemes.iloc[1:])
        more, less = scheme_matrix(pack), scheme_matrix(fewer)
        assert set(np.flatnonzero(less["state"] == "listed")) <= set(np.flatnonzero(more["state"] == "listed"))


def test_relations_by_name():
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


def test_the_indigent_are_no_occupation_and_mutuals_run_a_part_of_the_universal_scheme():
    mali = relations(pack_of("MLI"))
    pairs = {frozenset((row.first, row.second)): row.relation for row in mali.itertuples()}
    assert pairs[frozenset(("AMO", "RAMED"))] == "complementary"
    assert pairs[frozenset(("RAMED", "Mutuelles"))] == "complementary"
    assert pairs[frozenset(("AMO", "Mutuelles"))] == "parallel"  # employees, and the self-employed
    assert one(mali, relation="delegate")[["first", "second"]].tolist() == ["Mutuelles", "RAMU"]
    # one programme of Rwanda for two kinds of poor household
    assert "complementary" in set(relations(pack_of("RWA")).query("first == 'VUP direct'")["relation"])


@pytest.mark.parametrize("country", ALL)
def test_parallel_is_by_occupation_whatever_the_pack_says(country):
    pack = pack_of(country)
    said = pack.schemes.assign(relation=pack.schemes["relation"].replace("complementary", "parallel"))
    served = dict(zip(said["short_name"], said["population_category"], strict=True))
    found = relations(pack.with_tables(schemes=said)).query("relation == 'parallel'")
    for name in {*found["first"], *found["second"]}:
        assert {"private_employees", "public_servants", "informal"} & set(served[name].split(";")), name


def test_what_the_history_tells_of_is_listed_or_said_not_to_be():
    # Zambia's Employment Code Act of 2019: maternity leave of 14 weeks, the employer liable
    maternity = one(scheme_inventory(pack_of("ZMB")), short_name="Maternity")
    assert (maternity["type"], maternity["source"]) == ("employer_liability", "NLX-ZM-C103")
    assert "maternity" not in set(branches_without_scheme(pack_of("ZMB"))["branch"])
    told = {country: unlisted_reforms(pack_of(country))["reform"].tolist() for country in REAL}
    assert {country: names for country, names in told.items() if names} == {
        "LKA": ["Unemployment insurance design"],
        "SEN": ["Simplified scheme for small contributors (RSPC)"],
    }
    listed = set(pack_of("ZMB").schemes["id"])
    assert set(";".join(pack_of("ZMB").history["schemes"]).split(";")) - {""} <= listed


def test_a_history_without_the_new_columns_is_read(tmp_path):
    pack = read_pack("XTS", write_small_pack(tmp_path).parent)
    assert unlisted_reforms(pack).empty
