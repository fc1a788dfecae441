"""Sentences on pension schemes: the answer first, one for each way that a scheme can go, in every language."""

import dataclasses

import pytest
from stories import pack_of

from nasssap_lib.budget.pension_debt import implicit_debt
from nasssap_lib.budget.pension_scheme import project_pension_schemes
from nasssap_lib.budget.typical_person import typical_persons
from nasssap_lib.budget.words_pensions import (
    accounts_title,
    debt_sentence,
    fund_title,
    pension_sentence,
    pensions_answer,
    rate_title,
    typical_sentence,
    untold_rules_note,
)
from nasssap_lib.display.texts import in_language

SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def projections():
    return project_pension_schemes(pack_of("XTC"))


def plain(words: str) -> str:
    return words.replace(SPACE, " ")


def with_accounts(projection, **columns):
    return dataclasses.replace(projection, accounts=projection.accounts.assign(**columns))


def test_the_answer_says_when_the_fund_is_empty_and_which_rate_would_do(projections):
    npf = projections[0]
    words = plain(pensions_answer(projections))
    turn = int(npf.accounts.loc[npf.accounts["balance"] < 0, "year"].iloc[0])
    lean = int(npf.accounts.loc[npf.accounts["expenditure"] > npf.accounts["contributions"], "year"].iloc[0])
    assert words.startswith(
        f"NPF: contributions no longer pay for everything from {lean} on, with interest more is paid than comes in from {turn} on, "
        f"and its fund is empty in {npf.exhausted}."
    )
    assert f"would be {100 * npf.level_premium:.1f} % at 6.2 % interest, while 13.6 % is collected" in words
    assert "PSPS: the State pays" in words


def test_a_country_without_insured_persons_says_what_must_be_filled():
    assert "its insured persons and rules are not known" in pensions_answer([])
    assert pensions_answer([]).startswith("n/a")


def test_every_way_that_a_scheme_can_go_has_its_sentence(projections):
    npf, psps = projections
    rich = with_accounts(npf, fund=1e9, balance=1.0)
    assert "as much comes in as is paid in every year from 2025 to 2074" in pension_sentence(rich)
    turning = with_accounts(npf, fund=1e9)
    assert "its fund lasts beyond 2074" in pension_sentence(turning)
    assert fund_title(turning) == "NPF: the fund lasts beyond 2074"
    unknown = with_accounts(psps, gdp=float("nan"))
    assert "of all income in 2025" in pension_sentence(unknown)
    cheap = with_accounts(npf, expenditure=0.0)
    assert accounts_title(cheap) == "NPF: contributions pay for everything until 2074"


def test_titles_say_the_finding(projections):
    npf, psps = projections
    last = npf.accounts["payg_rate"].iloc[-1]
    assert plain(rate_title(npf)) == f"NPF: 13.6 % of wages is collected, {100 * last:.1f} % is needed in 2074"
    assert fund_title(npf) == f"NPF: the fund is empty in {npf.exhausted}"
    assert fund_title(psps) == "PSPS has no fund: the State pays what contributions lack"
    assert accounts_title(psps) == "PSPS: contributions no longer pay for everything from 2025 on"


def test_debt_is_told_at_both_rates_and_in_money_where_gdp_is_not_known():
    debt = implicit_debt(pack_of("XTC"), "npf")
    shares = debt.set_index("rate")["share_of_gdp"]
    words = plain(debt_sentence(debt))
    assert f"exceed its fund by {100 * shares[0.02]:.4g} % of GDP at a real rate of 2 %" in words
    money = debt_sentence(debt.assign(share_of_gdp=float("nan"), implicit_debt=3e9), "XTS")
    assert "by 3 billion XTS at a real rate" in money


def test_typical_persons_are_told_with_what_a_gap_costs():
    persons = typical_persons(pack_of("XTC"), "npf")
    words = plain(typical_sentence(persons))
    assert (
        words.index("a woman of average wage") < words.index("If she stays away") < words.index("a man of average wage")
    )
    once = persons.assign(replacement=float("nan"))
    assert "is paid once" in typical_sentence(once) and "stays away" not in typical_sentence(once)


def test_every_text_is_in_the_catalogue(projections):
    pack = pack_of("XTC")
    with in_language("qps"):
        told = [
            pensions_answer(projections),
            pensions_answer([]),
            debt_sentence(implicit_debt(pack)),
            typical_sentence(typical_persons(pack)),
        ]
        told += [title(one) for one in projections for title in (rate_title, accounts_title, fund_title)]
        for words in told:
            assert words.startswith("⟦")
            assert words.endswith("⟧")


def test_rules_that_are_not_stated_are_named_and_those_that_are_not_missed_are_not():
    rules = pack_of("XTC").scheme_rules
    whole = untold_rules_note(rules)
    assert "Inflation" not in whole and "growth of wages" not in whole
    told = untold_rules_note(rules[~((rules["scheme"] == "npf") & rules["rule"].isin(["inflation", "wage_growth"]))])
    assert "npf (not stated, so counted as nothing: growth of wages, a year and inflation, a year" in told
    assert untold_rules_note(rules.iloc[:0]) == ""


def test_a_scheme_that_cannot_be_projected_is_told_with_the_reason(projections):
    told = pensions_answer(projections, {"fund": "no assets of fund in 2024"})
    assert told.endswith("fund: not projected. no assets of fund in 2024")
    assert pensions_answer([], {"fund": "no assets"}) == "fund: not projected. no assets"
