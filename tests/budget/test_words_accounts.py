"""Sentences on accounts: the answer first, what lacks by name, in every language."""

import pandas as pd
import pytest
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib.budget.accounts import ACCOUNT_COLUMNS, LACKING_COLUMNS, without_account, year_accounts
from nasssap_lib.budget.balances import fund_balances
from nasssap_lib.budget.illustration import payg_illustration
from nasssap_lib.budget.words_accounts import (
    accounts_sentence,
    balances_sentence,
    illustration_sentence,
    lacking_words,
    main_accounts,
)
from nasssap_lib.display.texts import in_language


def accounts_words(country: str, currency: str = "") -> str:
    pack = pack_of(country)
    return accounts_sentence(year_accounts(pack), without_account(pack), currency)


def test_senegal_reads_between_both_rates():
    words = illustration_sentence(payg_illustration(pack_of("SEN")))
    assert words.startswith("Illustration, not a valuation.")
    assert "between 9.88 % and 12.62 % of wages in 2024" in words.replace("\N{NO-BREAK SPACE}", " ")
    assert "n/a for FNR and IPRES cadres" in words


def test_mali_and_tanzania_have_accounts_and_no_rate():
    for country, account in (
        ("MLI", "together (2021): income 198.2 billion XOF"),
        ("TZA", "NSSF (2022/23, outturn beside budget)"),
    ):
        assert account in accounts_words(country, "XOF")
        words = illustration_sentence(payg_illustration(pack_of(country)))
        assert words.startswith("No pay-as-you-go rate can be shown for any scheme.")
    assert "a residual, printed by nobody" in accounts_words("TZA", "TZS")


def test_sri_lanka_has_balances():
    words = balances_sentence(fund_balances(pack_of("LKA")), "LKR")
    assert words.startswith("EPF held 3,500 billion LKR in 2022")
    assert words.endswith("have no pay-as-you-go rate.")


def test_a_country_without_account_says_so_first():
    assert accounts_words("ZMB").startswith("No scheme has an account")
    assert balances_sentence(fund_balances(pack_of("ZMB"))) == ""


def test_a_country_without_schemes_has_nothing_to_tell():
    nothing = accounts_sentence(pd.DataFrame(columns=ACCOUNT_COLUMNS), pd.DataFrame(columns=LACKING_COLUMNS))
    assert nothing == "The inventory lists no active scheme: there is no account."
    assert lacking_words(pd.DataFrame(columns=LACKING_COLUMNS)) == ""
    assert main_accounts(pd.DataFrame(columns=ACCOUNT_COLUMNS)) == []


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_every_text_is_in_the_catalogue(country):
    pack = pack_of(country)
    with in_language("qps"):
        for words in (accounts_words(country, "XXX"), illustration_sentence(payg_illustration(pack))):
            assert words.startswith("⟦")
            assert words.endswith("⟧")
