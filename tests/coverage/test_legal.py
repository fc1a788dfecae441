"""Law and fact: the decomposition of employment injury, the law table, Convention No. 102."""

import pandas as pd
import pytest

from nasssap_lib import terms
from nasssap_lib.coverage.legal import C102_PARTS, compare_with_c102, employment_injury_law_and_fact, law_table
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.reasons import split_reasons

# covered ÷ employees of the same year, computed by others from the same published rates and wage shares (evidence.md §1)
COVERED_OF_EMPLOYEES = {
    "RWA": 15.0,
    "SEN": 29.1,
    "HND": 31.6,
    "BFA": 34.2,
    "MLI": 36.1,
    "ZMB": 45.9,
    "TZA": 61.8,
    "LKA": 101.0,
}


@pytest.mark.parametrize(("country", "expected"), COVERED_OF_EMPLOYEES.items())
def test_part_vi_of_convention_102_as_an_indication(country, expected):
    row = compare_with_c102(read_pack(country)).set_index("branch").loc["employment_injury"]
    assert row["covered"] * 100 == pytest.approx(expected, abs=0.05)
    assert row["flag"] == ("over_100" if expected > 100 else "")
    assert row["minimum"] == 0.5


def test_all_other_parts_are_not_compared():
    table = compare_with_c102(read_pack("SEN"))
    others = table[table["branch"] != "employment_injury"]
    assert list(table["branch"]) == list(C102_PARTS)
    assert others["covered"].isna().all()
    assert (others["reason"] != "").all()


@pytest.mark.parametrize("country", sorted(set(COVERED_OF_EMPLOYEES) - {"LKA"}))
def test_the_three_parts_of_employment_injury_are_all_employed_persons(country):
    parts = employment_injury_law_and_fact(read_pack(country))
    assert parts["share"].sum() == pytest.approx(1)
    assert (parts["share"] >= 0).all()
    # the employed of the gap table and of the decomposition are the same persons
    assert parts["persons"].sum() == pytest.approx(parts["persons"].iloc[0] / parts["share"].iloc[0])


def test_a_rate_above_the_share_of_employees_is_said_not_clipped():
    parts = employment_injury_law_and_fact(read_pack("LKA")).set_index("status")
    assert parts.loc["in_fact", "share"] == pytest.approx(0.58)
    assert pd.isna(parts.loc["by_law_only", "share"])
    assert split_reasons(parts.loc["by_law_only", "reason"]) == [("rate_above_wage_share", {"employees": 57.5})]


@pytest.mark.parametrize("country", sorted(COVERED_OF_EMPLOYEES))
def test_the_law_table_has_every_branch_and_category_once(country):
    law = law_table(read_pack(country))
    assert len(law) == len(C102_PARTS) * len(terms.POPULATION_CATEGORIES)
    assert set(law["state"]) <= {"mandatory", "programme", "voluntary", "excluded", "none_found"}
    assert ((law["schemes"] == "") == (law["state"] == "none_found")).all()


def test_voluntary_is_not_covered_by_law():
    # CSS employment injury: compulsory for employees, voluntary for the self-employed (CLEISS 2014)
    law = law_table(read_pack("SEN")).set_index(["branch", "category"])["state"]
    assert law["employment_injury", "private_employees"] == "mandatory"
    assert law["employment_injury", "informal"] == "voluntary"
    assert law["unemployment", "private_employees"] == "none_found"
