"""The expenditure review against figures calculated by hand, and what it must not say."""

import pandas as pd
import pytest
from country_checks import comes_out
from stories import one, pack_of

from nasssap_lib.display.texts import reason_words
from nasssap_lib.schemes.spending import scheme_spending, spending_by_group
from nasssap_lib.schemes.sper import (
    implied_cost_rate,
    implied_cost_rates,
    joint_spending,
    money_lines,
    spending_accounts,
    sper_ratios,
)

ALL = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB", "XTC"]


def ratio(country: str, scheme: str, code: str, year: int, detail: str = "", **more) -> pd.Series:
    ratios = sper_ratios(pack_of(country))
    return one(ratios[ratios["value"].notna()], scheme=scheme, ratio=code, year=year, detail=detail, **more)


@pytest.mark.parametrize(
    ("check", "where", "times"),
    [
        ("ipres_payg_upper", ("SEN", "ipres", "cost_rate_expenditure", 2024), 100),
        ("ipres_payg_lower", ("SEN", "ipres", "cost_rate_benefits", 2024), 100),
        ("ipres_cost_ratio", ("SEN", "ipres", "cost_ratio", 2024), 100),
        ("ipres_charges_gdp", ("SEN", "ipres", "expenditure_gdp", 2024), 100),
        ("fnr_contributors_per_pensioner", ("SEN", "fnr", "contributors_per_pensioner", 2023), 1),
        ("inps_pensions_gdp", ("MLI", "inps_vieillesse", "benefits_gdp", 2021, "retirement pensions"), 100),
        ("inps_pensions_receipts", ("MLI", "inps_vieillesse", "part_of_receipts", 2021, "retirement pensions"), 100),
        ("inps_expenditure_receipts", ("MLI", "inps_vieillesse", "cost_ratio", 2021), 100),
        ("nssf_fund_ratio_closing", ("TZA", "nssf", "fund_ratio_closing", 2023), 1),
        ("nssf_residual", ("TZA", "nssf", "residual", 2023), 1),
    ],
)
def test_ratios_calculated_by_hand_come_out_of_the_packs(check, where, times):
    comes_out(check, float(ratio(*where)["value"]) * times)


def test_contributions_of_a_fiscal_year_stand_on_half_of_two_years():
    row = ratio("TZA", "nssf", "contributions_gdp", 2023, kind="outturn")
    comes_out("nssf_contributions_gdp", row["value"] * 100)
    assert "half of 2022 and half of 2023" in reason_words(row["reason"])


def test_receipts_of_several_schemes_are_no_base_of_a_cost_rate():
    assert implied_cost_rates(pack_of("MLI")).empty
    assert "no cost rate" in reason_words(
        ratio("MLI", "inps_famille", "part_of_receipts", 2021, "family benefits")["reason"]
    )


def test_other_funds_by_hand():
    # PSSSF 2021/22: 1,600 paid, 1,530 contributed; IHSS 2019: 598,590 contributors, 41,000 pensioners; CSS-like parts are not the whole
    assert ratio("TZA", "psssf", "benefits_contributions", 2022)["value"] == pytest.approx(1600 / 1530)
    assert ratio("HND", "ihss_ivm", "contributors_per_pensioner", 2019)["value"] == pytest.approx(598_590 / 41_000)
    assert ratio("TZA", "nssf", "fund_ratio_opening", 2023)["value"] == pytest.approx(6080 / 828.91)
    assert ratio("TZA", "nssf", "fund_ratio_closing", 2014)["value"] == pytest.approx(2759 / 344.7)
    # 2013, an amount a month each: 482.25 of 327.58 million, whatever the months
    assert ratio("HND", "ihss_ivm", "cost_ratio", 2013)["value"] == pytest.approx(482.25 / 327.58)
    assert ratio("LKA", "epf", "benefits_contributions", 2010)["value"] == pytest.approx(34.9 / 54.8)


@pytest.mark.parametrize("country", ALL)
def test_both_figures_of_a_ratio_are_at_most_a_year_apart_and_a_missing_one_is_named(country):
    ratios = sper_ratios(pack_of(country))
    known = ratios[ratios["value"].notna()]
    assert ((known["above_year"] - known["below_year"]).abs() <= 1).all()
    assert (ratios.loc[ratios["value"].isna(), "reason"] != "").all()
    assert all(reason_words(cell) for cell in ratios.loc[ratios["value"].isna(), "reason"])
    assert (known["source"] != "").all() and (known["quality"] != "").all()


def test_ipres_has_no_contributors_per_pensioner_for_its_counts_are_years_apart():
    ratios = sper_ratios(pack_of("SEN"))
    row = one(ratios, scheme="ipres", ratio="contributors_per_pensioner")
    assert pd.isna(row["value"]) and "2024" in reason_words(row["reason"]) and "2016" in reason_words(row["reason"])


def test_a_month_and_a_half_year_are_never_made_a_year():
    for country, scheme, item in (("LKA", "aswesuma", "benefits"), ("RWA", "rssb_pension", "contributions")):
        lines = money_lines(pack_of(country))
        lines = lines[(lines["scheme"] == scheme) & (lines["item"] == item) & (lines["detail"] != "")]
        assert len(lines) == 1 and lines["amount"].isna().all() and lines["share"].isna().all()


def test_debts_of_the_state_are_lines_of_their_own():
    lines = money_lines(pack_of("HND")).query("group == 'owed'").set_index("item")["amount"]
    assert lines.to_dict() == {"debt_state": 6.3, "debt_employers": 8.0}


def test_the_training_country_has_every_ratio():
    shown = sper_ratios(pack_of("XTC")).query("newest and scheme == 'npf'")
    wanted = {
        "expenditure_gdp", "benefits_gdp", "income_gdp", "contributions_gdp", "investment_income_gdp", "cost_ratio", "administration_share",
        "contributors_per_pensioner", "expenditure_per_beneficiary", "fund_ratio_opening", "fund_ratio_closing", "residual",
        "cost_rate_expenditure", "cost_rate_benefits", "debt_state_gdp", "debt_employers_gdp", "expenditure_per_head",
    }  # fmt: skip
    assert wanted <= set(shown.loc[shown["value"].notna(), "ratio"])


def test_a_balanced_scheme_has_its_contribution_rate_as_cost_rate():
    assert implied_cost_rate(0.14, 170, 170) == pytest.approx(0.14)
    assert implied_cost_rate(0.2, 0, 170) == 0
    assert pd.isna(implied_cost_rate(0.2, 5, 0))


def test_accounts_of_several_schemes_stand_below_the_schemes_and_in_no_sum():
    pack = pack_of("HND")
    spending = scheme_spending(pack)
    accounts = spending_accounts(spending, money_lines(pack))
    own, joint = accounts[accounts["covers"] == ""], accounts[accounts["covers"] != ""].set_index("kind")
    assert own["share"].equals(spending["share"])
    # 482.25 million lempiras a month in 2013; the ceiling of the budget of 2024, 18,300 million
    assert joint["amount"].to_dict() == {"outturn": pytest.approx(0.48225 * 12), "budget": pytest.approx(18.3)}
    assert set(joint["short_name"]) == {"IHSS EM;IHSS IVM"}
    assert all("in no sum" in reason_words(cell) for cell in joint["reason"])
    groups = spending_by_group(accounts)
    assert groups[groups["by"] != "account"].reset_index(drop=True).equals(spending_by_group(spending))
    assert groups[groups["by"] == "account"]["share"].tolist() == joint["share"].tolist()


def test_a_scheme_that_stands_in_an_account_of_several_alone_has_no_spending_of_its_own():
    spending = scheme_spending(pack_of("HND"))
    lone = spending.assign(covers=spending["covers"].mask(spending["scheme"] == "ihss_ivm", "ihss_em;ihss_ivm"))
    row = one(spending_accounts(lone, money_lines(pack_of("HND"))).query("covers == ''"), scheme="ihss_ivm")
    assert pd.isna(row["share"]) and pd.isna(row["amount"]) and row["reason"] == "of_several_schemes"


def test_of_an_account_a_budget_stands_only_where_it_is_newer_than_the_outturn():
    lines = pd.DataFrame(
        [("a;b", "expenditure", "outturn", 2021, 5.0), ("a;b", "benefits", "outturn", 2022, 4.0),
         ("a;b", "expenditure", "budget", 2020, 6.0), ("c;d", "benefits", "budget", 2019, 3.0), ("a", "expenditure", "outturn", 2022, 9.0)],
        columns=["covers", "item", "kind", "year", "amount"],
    ).assign(detail="", branch="")  # fmt: skip
    found = joint_spending(lines)[["covers", "measure", "kind", "year"]].values.tolist()
    assert found == [["a;b", "expenditure", "outturn", 2021], ["c;d", "benefits", "budget", 2019]]


def test_a_scheme_s_own_account_hides_no_account_of_several():
    shown = sper_ratios(pack_of("HND")).query("newest and scheme == 'ihss_ivm' and ratio == 'expenditure_gdp'")
    assert set(zip(shown["covers"], shown["year"], strict=True)) == {
        ("ihss_ivm", 2019), ("ihss_em;ihss_ivm", 2013), ("ihss_em;ihss_ivm", 2024),
    }  # fmt: skip


@pytest.mark.parametrize("country", ALL)
def test_benefits_are_no_larger_a_share_of_income_than_of_contributions_which_are_a_part_of_it(country):
    ratios = sper_ratios(pack_of(country))
    key = ["scheme", "covers", "kind", "year"]
    known = ratios[ratios["value"].notna() & ratios["below_year"].eq(ratios["year"])]
    both = known[known["ratio"] == "benefits_income"].merge(known[known["ratio"] == "benefits_contributions"], on=key)
    assert (both["value_x"] <= both["value_y"] * 1.01).all()
