"""Tables of the system: every scheme has a row, what is not projected says why."""

import pytest
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib.budget.system import project_system, system_totals
from nasssap_lib.budget.tables_system import system_table, totals_table


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_tables_of_every_country_can_be_read(country):
    system = project_system(pack_of(country))
    table = system_table(system)
    assert len(table.shown) == system["scheme"].nunique()
    for html in (table._repr_html_(), totals_table(system_totals(system), "XXX")._repr_html_()):
        assert "&lt;NA&gt;" not in html
        assert ">nan<" not in html


def test_an_account_without_expenditure_shows_its_benefits():
    shown = system_table(project_system(pack_of("TZA"))).shown.set_index("account")
    assert shown.loc["NSSF", "base"].startswith("Benefits paid: 0.46")


def test_totals_show_decades_in_share_and_money():
    shown = totals_table(system_totals(project_system(pack_of("XTC"))), "XTC").shown
    assert shown["year"].tolist() == [2025, 2030, 2040, 2050]
    assert shown["expenditure_words"].str.contains("billion XTC").all()
