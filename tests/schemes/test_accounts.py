"""Accounts: units, budgets, months, and expenditure that a source states in two parts."""

import pytest
from stories import one, pack_of

from nasssap_lib.schemes.accounts import is_whole, scheme_accounts


def test_money_is_in_billions_a_year_and_a_budget_is_told_from_an_outturn():
    zambia = scheme_accounts(pack_of("ZMB"))
    sct = one(zambia, scheme="sct", item="expenditure", year=2021)
    assert (sct["value"], sct["unit"], sct["kind"]) == (pytest.approx(2.3), "lcu_billion", "budget")
    ipres = one(scheme_accounts(pack_of("SEN")), scheme="ipres", item="benefits")
    assert (ipres["value"], ipres["quality"]) == (pytest.approx(120), "estimated")  # about ten billion a month


def test_expenditure_is_income_less_surplus_where_a_source_says_so():
    mali = scheme_accounts(pack_of("MLI"))
    derived = one(mali, item="expenditure", kind="outturn", year=2021)
    assert derived["value"] == pytest.approx(198.151067788 - 12.714334731)
    assert derived["quality"] == "estimated" and derived["covers"] == "inps_at;inps_famille;inps_vieillesse"
    assert (
        len(mali.query("item == 'expenditure' and kind == 'outturn' and year == 2022")) == 0
    )  # a surplus without receipts


def test_a_part_is_not_the_whole():
    tanzania = scheme_accounts(pack_of("TZA"))
    parts = tanzania[(tanzania["item"] == "benefits") & (tanzania["year"] == 2019)]
    assert not is_whole(parts).any() and set(parts["branch"]) == {"old_age", "maternity", "medical_care"}


def test_figures_of_which_none_is_of_an_account_give_no_account():
    """As a table that tells of other things alone, or only of years to come, gives it."""
    pack = pack_of("BFA")
    figures = pack.scheme_figures
    for kept in (
        figures.head(1).assign(measure="other"),
        figures.head(1).assign(year=pack.settings.reference_year + 1),
    ):
        table = scheme_accounts(pack.with_tables(scheme_figures=kept))
        assert len(table) == 0 and table["scheme"].dtype == "str"
