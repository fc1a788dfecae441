"""Accounts of one year against figures calculated by hand; every line is printed by somebody, a named difference, or missing."""

import numpy as np
import pandas as pd
import pytest
from country_checks import comes_out
from stories import one, pack_of

from nasssap_lib.budget.accounts import SIDES, account_years, share_of_gdp, without_account, year_accounts
from nasssap_lib.reasons import has_reason, split_reasons
from nasssap_lib.schemes.inventory import standing_schemes

ALL = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB", "XTC"]
INPS = "inps_at;inps_famille;inps_vieillesse"


def line(country: str, covers: str, item: str, **more) -> pd.Series:
    accounts = year_accounts(pack_of(country))
    return one(accounts[accounts["role"].ne("part")], covers=covers, item=item, **more)


def test_ipres_2024_by_hand():
    comes_out("ipres_charges_gdp", line("SEN", "ipres", "expenditure")["share_of_gdp"] * 100)
    assert line("SEN", "ipres", "surplus")["value"] == pytest.approx(170 - 153.246846)
    assert line("SEN", "ipres", "other_expenditure")["value"] == pytest.approx(153.246846 - 12 * 10)
    assert np.isnan(
        line("SEN", "ipres", "contributions")["value"]
    )  # receipts were printed whole, never as contributions


def test_nssf_2023_by_hand():
    comes_out("nssf_contributions_gdp", line("TZA", "nssf", "contributions")["share_of_gdp"] * 100)
    residual = line("TZA", "nssf", "residual")
    comes_out("nssf_residual", residual["value"])
    assert residual["role"] == "difference"
    comes_out(
        "nssf_fund_ratio_closing",
        line("TZA", "nssf", "assets_closing")["value"] / line("TZA", "nssf", "benefits")["value"],
    )
    assert line("TZA", "nssf", "benefits")["kind"] == "budget"
    assert line("TZA", "nssf", "benefits")["basis"] == "mixed"
    (code, values), *_ = split_reasons(residual["reason"])
    assert code == "residual_holds"
    assert {"investment_income", "administration"} <= set(values["measures"])


def test_inps_2021_keeps_its_branches_apart():
    spent = line("MLI", INPS, "expenditure", year=2021)
    income = line("MLI", INPS, "income", year=2021)
    comes_out("inps_expenditure_receipts", 100 * spent["value"] / income["value"])
    accounts = year_accounts(pack_of("MLI"))
    parts = accounts[(accounts["year"] == 2021) & accounts["role"].eq("part")].set_index("of")
    comes_out("inps_pensions_gdp", parts.loc["inps_vieillesse", "share_of_gdp"] * 100)
    comes_out("inps_pensions_receipts", 100 * parts.loc["inps_vieillesse", "value"] / income["value"])
    rest = spent["value"] - 81.854541574 - 13.710381982 - 1.205581021
    assert line("MLI", INPS, "other_expenditure", year=2021)["value"] == pytest.approx(rest)


def test_a_newer_budget_stands_beside_the_outturn_and_does_not_replace_it():
    accounts = year_accounts(pack_of("MLI")).drop_duplicates(["covers", "year"])
    assert accounts[["year", "basis"]].values.tolist() == [[2021, "outturn"], [2024, "budget"]]
    assert line("MLI", INPS, "surplus", year=2024)["value"] == pytest.approx(268.451771209 - 254.35082591)


def test_a_figure_of_a_part_is_no_total():
    # Sri Lanka's EPF 2010: 121.3 bn "gross", of which nobody says whether contributions are in it
    assert np.isnan(line("LKA", "epf", "income")["value"])
    assert np.isnan(line("LKA", "epf", "surplus")["value"])
    assert line("LKA", "epf", "contributions")["value"] == 54.8


@pytest.mark.parametrize("country", ALL)
def test_accounts_close_and_nothing_missing_is_zero(country):
    accounts = year_accounts(pack_of(country))
    for _key, part in accounts.groupby(["covers", "year"]):
        lines = part[part["role"] != "part"].set_index("item")
        assert set(lines.index) == set(SIDES) - {"staff_pay"}
        assert lines["value"].notna().any()
        assert (lines["value"].notna() | lines["reason"].ne("")).all()
        assert (lines["value"].isna() | lines["source"].ne("")).all()
        income = lines.loc[
            ["contributions", "state_transfer", "donor_income", "investment_income", "other_income"], "value"
        ]
        if not np.isnan(income["other_income"]):
            assert income.sum() == pytest.approx(lines.loc["income", "value"], abs=1e-9)
        moved = lines.loc["assets_closing", "value"] - lines.loc["assets_opening", "value"]
        total = lines.loc[["surplus", "residual"], "value"]
        if total.notna().all():
            # the printed surplus and income less expenditure are one to the last printed digit
            assert total.sum() == pytest.approx(moved, abs=2e-4)


@pytest.mark.parametrize("country", ALL)
def test_each_scheme_has_an_account_or_a_reason(country):
    pack = pack_of(country)
    have = {code for covers in year_accounts(pack)["covers"] for code in covers.split(";")}
    without = without_account(pack)
    assert have | set(without["scheme"]) == set(standing_schemes(pack)["id"])
    assert not have & set(without["scheme"])
    assert without["reason"].ne("").all()


@pytest.mark.parametrize("country", ["BFA", "RWA", "ZMB"])
def test_countries_without_any_account_say_what_lacks(country):
    assert year_accounts(pack_of(country)).empty
    why = without_account(pack_of(country))["reason"]
    assert all(map(max, has_reason(why, "figure_lacks"), has_reason(why, "budget_pays")))


def test_a_grant_of_which_only_the_spending_is_known_lacks_no_income():
    why = without_account(pack_of("SEN")).set_index("scheme")["reason"]
    assert why["pnbsf"] == "budget_pays" and has_reason([why["fnr"]], "figure_lacks") == [True]


def test_the_only_account_of_honduras_is_old_and_of_two_schemes():
    accounts = year_accounts(pack_of("HND"))
    assert set(accounts["covers"]) == {"ihss_em;ihss_ivm"}
    assert set(accounts["year"]) == {2013}
    assert line("HND", "ihss_em;ihss_ivm", "surplus")["quality"] == "estimated"  # of monthly amounts


def figures(**columns) -> pd.DataFrame:
    return pd.DataFrame({"covers": "a", "unit": "lcu_billion", "detail": "", "branch": "", "value": 1.0} | columns)


def test_one_side_or_sides_of_other_years_make_no_account():
    assert account_years(figures(item=["income", "contributions"], kind="outturn", year=2023)).empty
    assert account_years(figures(item=["income", "benefits"], kind="outturn", year=[2022, 2023])).empty
    of_part = figures(item=["income", "benefits"], kind="outturn", year=2023, detail=["", "July to December"])
    assert account_years(of_part).empty


def test_an_older_budget_is_no_account_beside_a_newer_outturn():
    rows = figures(item=["income", "benefits"] * 2, kind=["budget"] * 2 + ["outturn"] * 2, year=[2021] * 2 + [2022] * 2)
    assert account_years(rows)[["year", "basis"]].values.tolist() == [[2022, "outturn"]]


def test_money_of_a_year_without_gdp_has_no_share():
    rows = pd.DataFrame({"value": [1.0], "unit": ["lcu_billion"], "year": [1900], "first_year": [1900]})
    assert np.isnan(share_of_gdp(pack_of("SEN"), rows)).all()
