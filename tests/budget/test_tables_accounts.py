"""Tables of accounts for readers: n/a with its reason, figures with the kind they are of."""

import pytest
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib.budget.accounts import without_account, year_accounts
from nasssap_lib.budget.balances import fund_balances
from nasssap_lib.budget.illustration import payg_illustration
from nasssap_lib.budget.tables_accounts import (
    account_table,
    accounts_table,
    balances_table,
    illustration_table,
    without_account_table,
)


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_tables_of_every_country_can_be_read(country):
    pack = pack_of(country)
    accounts = year_accounts(pack)
    tables = [
        accounts_table(accounts, "XXX"),
        account_table(accounts, "XXX"),
        without_account_table(without_account(pack)),
        illustration_table(payg_illustration(pack)),
        balances_table(fund_balances(pack), "XXX"),
    ]
    for table in tables:
        html = table._repr_html_()
        assert "nan" not in html.lower().replace("finan", "")
        assert "&lt;NA&gt;" not in html


def test_what_was_not_found_stays_visible_with_its_reason():
    shown = account_table(year_accounts(pack_of("TZA")), "TZS", [("nssf", 2023)]).shown.set_index("line")
    assert shown.loc["Administration cost", "billions"] == "n/a"
    assert shown.loc["Administration cost", "remark"] == "not found in the sources read"
    assert shown.loc["Residual", "billions"] == "688.9 billion TZS"


def test_a_part_is_told_as_one():
    shown = account_table(year_accounts(pack_of("MLI")), "XOF").shown
    assert any(line.startswith("of which benefits paid, retirement pensions") for line in shown["line"])


def test_the_illustration_shows_decades_and_the_refused():
    shown = illustration_table(payg_illustration(pack_of("SEN"))).shown
    assert shown.loc[0, "2024"] == "12.62\N{NO-BREAK SPACE}%"
    assert shown.loc[1, "2024"] == "9.88\N{NO-BREAK SPACE}%"
    assert shown.loc[shown["short_name"] == "FNR", "2050"].tolist() == ["n/a"]
