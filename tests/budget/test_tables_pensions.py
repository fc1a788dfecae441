"""Tables of pension schemes for readers: all years in the data, milestones in view, n/a where nothing is known."""

import pytest
from stories import pack_of

from nasssap_lib.budget.pension_debt import implicit_debt
from nasssap_lib.budget.pension_scheme import project_pension_schemes
from nasssap_lib.budget.tables_pensions import debt_table, pension_table, typical_table
from nasssap_lib.budget.typical_person import typical_persons


@pytest.mark.parametrize("country", ["XTC", "SEN"])
def test_tables_can_be_read_with_and_without_schemes(country):
    pack = pack_of(country)
    tables = [
        pension_table(project_pension_schemes(pack), "XXX"), debt_table(implicit_debt(pack), "XXX"), typical_table(typical_persons(pack)),
    ]  # fmt: skip
    for table in tables:
        html = table._repr_html_().lower()
        assert "nan" not in html.replace("finan", "")
        assert "&lt;na&gt;" not in html


def test_the_table_shows_milestones_and_holds_all_years():
    projections = project_pension_schemes(pack_of("XTC"))
    table = pension_table(projections, "XTS")
    assert len(table.data) == 100
    shown = table.shown[table.shown["short_name"] == "NPF"].set_index("line")
    assert [name for name in shown if name.isdigit()] == ["2025", "2030", "2040", "2050", "2060", "2070", "2074"]
    assert "Transfer from the State" not in shown.index  # nothing stands in it
    assert "Income from investment" not in set(table.shown.loc[table.shown["short_name"] == "PSPS", "line"])
    first = projections[0].accounts.iloc[0]
    assert shown.loc["Fund, in years of expenditure", "2025"] == f"{first['fund_years']:.1f}"
    assert shown.loc["Contributions", "2025"] == f"{first['contributions'] / 1e9:.1f} billion XTS"


def test_a_debt_without_gdp_is_money_alone():
    debt = implicit_debt(pack_of("XTC"), "npf")
    shown = debt_table(debt.assign(share_of_gdp=float("nan")), "XTS").shown
    assert shown["of_gdp"].tolist() == ["", ""]
    assert debt_table(debt, "XTS").shown["of_gdp"].str.endswith("of GDP").all()


def test_who_has_no_pension_is_paid_once():
    persons = typical_persons(pack_of("XTC"), "npf").head(1)
    shown = typical_table(persons.assign(lump_sum=5000.0, replacement=float("nan"))).shown.iloc[0]
    assert (shown["pension"], shown["replacement"], shown["years_of_pension"]) == ("once: 5,000", "n/a", "n/a")
