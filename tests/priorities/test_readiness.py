"""Readiness and reach of the poorest fifth, read from an inventory and by hand."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from stories import pack_of, story

from nasssap_lib.priorities.readiness import assess_equity, assess_readiness
from nasssap_lib.reasons import reason


def test_readiness_is_read_from_the_inventory():
    """PNBSF pays poor households: an institution, a channel, and a legal basis that is no law: not read."""
    ready = assess_readiness(pack_of("SEN")).set_index("option")
    for option in ("child_benefit", "cash_transfer"):
        row = ready.loc[option]
        assert np.isnan(row["readiness"]) and (row["low"], row["high"]) == (pytest.approx(2 / 3), pytest.approx(1))
        assert row["register"] == "PNBSF" and row["institution"].endswith("(DGPSN) (PNBSF)")
        assert row["reason"] == reason("not_read", item="law")
    # CSS and IPRES serve private employees: nothing there for mothers and older persons outside
    assert ready.loc[["maternity_benefit", "social_pension"], "readiness"].tolist() == [0, 0]
    assert ready.loc["public_works", "readiness"] == 0  # an observed zero in law
    # a branch of which the inventory lists nothing stays open
    nothing = with_schemes({**MOTHERS, "branches": "old_age"})
    assert np.isnan(nothing["readiness"]) and nothing["reason"] == "no_scheme_listed"


def with_schemes(*rows: dict, code: str = "SEN", option: str = "maternity_benefit") -> pd.Series:
    """Readiness of an option where the inventory holds only these schemes, each like Senegal's fund of employees but for what is said."""
    pack = pack_of(code)
    first = pack.schemes.query("id == 'css_famille'") if code == "SEN" else pack.schemes.head(1)
    head = first.assign(area="", paid="").to_dict("records")[0]
    schemes = pd.DataFrame([head | {"id": f"s{i}", "short_name": f"S{i}"} | row for i, row in enumerate(rows)])
    return assess_readiness(pack.with_tables(schemes=schemes)).set_index("option").loc[option]


MOTHERS = {
    "branches": "maternity", "population_category": "informal", "type": "social_assistance", "institution": "Fund",
    "legal_basis": "Act 1 of 2010", "voluntary_for": "", "mandatory_for": "",
}  # fmt: skip


def test_each_point_names_its_scheme():
    row = with_schemes(MOTHERS)
    assert (row["institution"], row["law"], row["register"]) == ("Fund (S0)", "Act 1 of 2010 (S0)", "S0")
    assert row["readiness"] == row["low"] == row["high"] == 1
    two = with_schemes(MOTHERS, {**MOTHERS, "institution": "", "legal_basis": "Decree 2"})
    assert (two["institution"], two["law"]) == ("Fund (S0)", "Act 1 of 2010 (S0), Decree 2 (S1)")
    assert two["register"] == "S0, S1"


@pytest.mark.parametrize("category", ["private_employees", "public_servants", "private_employees;public_servants"])
def test_a_fund_and_a_law_of_employees_are_nothing_for_informal_mothers(category):
    row = with_schemes({**MOTHERS, "population_category": category})
    assert row[["institution", "law", "register"]].tolist() == ["", "", ""] and row["readiness"] == 0
    assert row["reason"] == reason("no_scheme_for_these_people")
    both = with_schemes({**MOTHERS, "population_category": category}, {**MOTHERS, "legal_basis": "Programme of 2020"})
    assert both["institution"] == "Fund (S1)" and both["law"] == ""
    assert (both["low"], both["high"]) == (pytest.approx(2 / 3), 1)  # the law of S1's people was not read


def test_a_grant_that_is_paid_once_is_no_channel():
    row = with_schemes({**MOTHERS, "paid": "once"})
    assert row["register"] == "" and row["institution"] == "Fund (S0)" and row["readiness"] == pytest.approx(2 / 3)
    assert with_schemes({**MOTHERS, "paid": "regular"})["readiness"] == 1
    assert with_schemes({**MOTHERS, "paid": "once"}, {**MOTHERS, "paid": "regular"})["register"] == "S1"


@pytest.mark.parametrize("change", [{"paid": "in_kind"}, {"type": "fee_waiver"}, {"type": "social_insurance"}])
def test_goods_care_free_of_charge_and_insurance_are_nothing_to_pay_a_benefit_from(change):
    row = with_schemes({**MOTHERS, **change})
    assert row[["institution", "law", "register"]].tolist() == ["", "", ""] and row["readiness"] == 0


def test_a_subsidy_stands_on_what_its_people_may_join():
    """Insurance of employees that informal workers may join; assistance to them is nothing that one joins."""
    fund = {
        **MOTHERS, "branches": "employment_injury", "type": "social_insurance", "population_category": "private_employees",
    }  # fmt: skip
    given = {"option": "injury_extension"}
    assert with_schemes(fund, **given)["readiness"] == 0
    assert with_schemes({**fund, "voluntary_for": "informal"}, **given)["readiness"] == 1
    assert with_schemes({**MOTHERS, "branches": "employment_injury"}, **given)["readiness"] == 0


def test_a_scheme_of_one_part_of_the_country_is_none_for_all_of_it():
    row = with_schemes({**MOTHERS, "area": "Zanzibar"})
    assert row["readiness"] == 0 and row["reason"] == reason("no_scheme_for_these_people")
    assert with_schemes({**MOTHERS, "area": "Zanzibar"}, MOTHERS)["institution"] == "Fund (S1)"


@pytest.mark.parametrize(
    ("basis", "is_law"),
    [("Loi 75-50", True), ("Decreto PCM-20-2022", True), ("Act No. 24 of 2002", True), ("Cabinet decision, 2014; no law", False),
     ("Programme launched 2013", False), ("", False), ("NO LAW", False)],
)  # fmt: skip
def test_a_law_is_one_that_is_named(basis, is_law):
    row = with_schemes({**MOTHERS, "legal_basis": basis})
    assert bool(row["law"]) == is_law and (row["readiness"] == 1 or np.isnan(row["readiness"]))


def test_a_planned_scheme_gives_its_law_and_nothing_else():
    row = with_schemes({**MOTHERS, "status": "planned"})
    assert row[["institution", "law", "register"]].tolist() == ["", "Act 1 of 2010 (S0)", ""]


def test_a_scheme_whose_status_was_not_read_decides_nothing():
    ready = assess_readiness(pack_of("BFA")).set_index("option").loc["cash_transfer"]
    assert (ready["low"], ready["high"]) == (0, pytest.approx(1))


def test_equity_by_hand():
    # Senegal 2021, ASPIRE, social assistance: 39.10958 % of the poorest fifth, 26.82213 % of all: 0.2 × 39.10958 ÷ 26.82213
    equity = assess_equity(pack_of("SEN")).set_index("option")["equity"]
    assert equity["child_benefit"] == pytest.approx(0.2 * 39.10958 / 26.82213)
    assert equity["injury_extension"] == pytest.approx(0.2 * 0.92716 / 8.87263)
    assert np.isnan(assess_equity(pack_of("MLI")).set_index("option").loc["health_insurance", "equity"])


def test_a_survey_more_than_five_years_older_is_shown_and_gives_no_value():
    """Zambia's survey is of 2015, its reference year 2025; six years are too many, five are not."""
    pack = pack_of("ZMB")
    row = assess_equity(pack).set_index("option").loc["cash_transfer"]
    assert row["year"] == 2015 and np.isnan(row["equity"]) and row["poorest"] > 0 and row["everybody"] > 0
    assert row["reason"] == reason("survey_too_old", year=2015)
    for year, known in ((2020, True), (2021, False)):
        then = pack.with_tables(settings=dataclasses.replace(pack.settings, reference_year=year))
        row = assess_equity(then).set_index("option").loc["cash_transfer"]
        assert np.isfinite(row["equity"]) == known and row["year"] == 2015
    weighed = story("ZMB")["criteria"].query("criterion == 'equity' and option == 'cash_transfer'").iloc[0]
    assert np.isnan(weighed["value"]) and weighed["reason"] == reason("survey_too_old", year=2015)
