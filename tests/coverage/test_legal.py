"""Law and fact: whom the law names, and how much of employment injury that explains."""

import pandas as pd
import pytest
from stories import pack_of

from nasssap_lib import terms
from nasssap_lib.coverage.legal import employment_injury_law_and_fact, law_table, texts_of_law
from nasssap_lib.reasons import split_reasons

ALL = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "XTC", "ZMB"]
BASIS = {
    "BFA": "law",  # CNSS for employees, CARFO for public servants: all employees
    "TZA": "law",  # Workers Compensation Act: all employers
    "XTC": "law",  # Work Injury Act: all employees
    "MLI": "law_in_part",  # INPS: employees; nothing read on public servants
    "RWA": "law_in_part",  # RSSB: whether public employees belong to it was not read
    "SEN": "law_in_part",  # CSS: employees; nothing read on public servants
    "ZMB": "bounds",  # the State as employer is outside the Act
    "HND": "bounds",  # the Social Security Act names work injury, gradually extended; no scheme of it in the inventory
    "LKA": "no_text",
}


@pytest.mark.parametrize("country", ALL)
def test_whom_the_law_names_is_read_from_the_law_not_from_the_wage_share(country):
    parts = employment_injury_law_and_fact(pack_of(country)).set_index("status")
    assert set(parts["basis"]) == {BASIS[country]}
    sure = BASIS[country] == "law"
    assert (parts.loc["not_by_law", "reason"] == "") == sure


def test_zambia_excludes_the_state_as_employer():
    """Rate 12.2 %, wage share 26.6 % (2015): 0 to 14.4 % named and not covered, 73.4 to 87.8 % not named; no point between."""
    parts = employment_injury_law_and_fact(pack_of("ZMB")).set_index("status")
    assert parts["share"].isna().tolist() == [False, True, True]
    assert parts.loc["by_law_only", ["share_low", "share_high"]].tolist() == pytest.approx([0, 0.144], abs=5e-4)
    assert parts.loc["not_by_law", ["share_low", "share_high"]].tolist() == pytest.approx([0.734, 0.878], abs=5e-4)
    code, values = split_reasons(parts.loc["by_law_only", "reason"])[0]
    assert (code, values["category"], values["scheme"]) == ("employees_excluded", "public_servants", "WCFCB")


def test_the_social_security_act_of_honduras_names_work_injury_without_a_scheme():
    """Decreto 140-1959: compulsory cover, gradually extended, also of work injury and involuntary unemployment."""
    pack = pack_of("HND")
    law = law_table(pack).set_index(["branch", "category"])
    assert law.loc[("employment_injury", "private_employees"), ["state", "schemes"]].tolist() == [
        "act_only",
        "Ley del Seguro Social, Decreto 140-1959",
    ]
    assert law.loc[("old_age", "private_employees"), "state"] == "mandatory"  # a scheme applies it
    parts = employment_injury_law_and_fact(pack).set_index("status")
    assert pd.isna(parts.loc["by_law_only", "share"])
    # wage share 48.4 %, rate 15.3 % (2019)
    assert parts.loc["by_law_only", "share_high"] == pytest.approx(0.331, abs=5e-4)
    assert "EDUHN-LSS" in parts.loc["by_law_only", "source"]


def test_an_act_whose_scheme_is_planned_names_people_already():
    """Burkina Faso, Loi 060-2015: compulsory health insurance for all residents; RAMU is planned in the inventory."""
    law = law_table(pack_of("BFA")).set_index(["branch", "category"])
    assert law.loc[("medical_care", "private_employees"), "state"] == "act_only"
    assert law.loc[("medical_care", "informal"), "state"] == "act_only"  # voluntary mutuals are no cover by law


def test_the_words_of_the_law_are_shown():
    texts = texts_of_law(pack_of("HND"))
    assert texts["legal_basis"].tolist() == ["Ley del Seguro Social, Decreto 140-1959"]
    assert texts_of_law(pack_of("LKA")).empty
    assert texts_of_law(pack_of("TZA"))["who_by_law"].tolist() == ["All employers, Mainland Tanzania"]


@pytest.mark.parametrize("country", [code for code, basis in BASIS.items() if basis in ("law", "law_in_part")])
def test_the_three_parts_of_employment_injury_are_all_employed_persons(country):
    parts = employment_injury_law_and_fact(pack_of(country))
    assert parts["share"].sum() == pytest.approx(1)
    assert (parts["share"] >= 0).all()
    # the employed of the gap table and of the decomposition are the same persons
    assert parts["persons"].sum() == pytest.approx(parts["persons"].iloc[0] / parts["share"].iloc[0])


def test_a_rate_above_the_share_of_employees_is_said_not_clipped():
    parts = employment_injury_law_and_fact(pack_of("LKA")).set_index("status")
    assert parts.loc["in_fact", "share"] == pytest.approx(0.58)
    assert pd.isna(parts.loc["by_law_only", "share"])
    assert split_reasons(parts.loc["by_law_only", "reason"]) == [("rate_above_wage_share", {"employees": 57.5})]


@pytest.mark.parametrize("country", ALL)
def test_the_law_table_has_every_branch_and_category_once(country):
    law = law_table(pack_of(country))
    assert len(law) == len(terms.C102_PARTS) * len(terms.POPULATION_CATEGORIES)
    assert set(law["state"]) <= {"mandatory", "programme", "act_only", "voluntary", "excluded", "none_found"}
    assert ((law["schemes"] == "") == (law["state"] == "none_found")).all()


def test_voluntary_is_not_covered_by_law():
    # CSS employment injury: compulsory for employees, voluntary for the self-employed (CLEISS 2014)
    law = law_table(pack_of("SEN")).set_index(["branch", "category"])["state"]
    assert law["employment_injury", "private_employees"] == "mandatory"
    assert law["employment_injury", "informal"] == "voluntary"
    assert law["unemployment", "private_employees"] == "none_found"
