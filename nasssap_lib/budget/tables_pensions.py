"""Tables of pension schemes in the years to come, of what they owe and of typical persons, for readers."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from nasssap_lib.budget.pension_scheme import PensionProjection
from nasssap_lib.budget.words_pensions import BILLION, CAREER_NAMES, SEX_NAMES, WAGE_NAMES
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_persons, format_share
from nasssap_lib.display.tables import ReportTable, View, write_code, write_name, write_text, write_year
from nasssap_lib.display.texts import N_, _, label, named
from nasssap_lib.display.words import money_words, small_share

EVERY = 10
MONEY_LINES = {
    "contributions": N_("Contributions"),
    "investment_income": N_("Income from investment"),
    "state_transfer": N_("Transfer from the State"),
    "income": N_("Income"),
    "pensions_old_age": N_("Old-age pensions"),
    "pensions_invalidity": N_("Invalidity pensions"),
    "pensions_survivor": N_("Pensions of widows and widowers"),
    "pensions_orphan": N_("Pensions of orphans"),
    "lump_sums": N_("Lump sums"),
    "short_term": N_("Short-term benefits"),
    "administration": N_("Administration"),
    "expenditure": N_("Expenditure"),
    "balance": N_("Balance"),
    "fund": N_("Fund at the end of the year"),
}
RATE_LINES = {
    "payg_rate": N_("Expenditure, of insured wages"),
    "dependency": N_("Pensioners for each contributor"),
    "replacement": N_("Average pension, of the average insured wage"),
    "fund_years": N_("Fund, in years of expenditure"),
    "share_of_gdp": N_("Expenditure, of GDP"),
}
PERSON_LINES = {
    "contributors": N_("Contributors"),
    "dormant": N_("Insured who do not contribute"),
    "old_age": N_("Old-age pensioners"),
    "invalidity": N_("Invalidity pensioners"),
    "survivor": N_("Widows and widowers"),
    "orphan": N_("Orphans"),
}
IN_YEARS = ("dependency", "fund_years")


def pension_table(projections: Sequence[PensionProjection], currency: str = "") -> ReportTable:
    """Persons, accounts and rates of pension schemes in the first year, full decades and the last one; all years in its CSV.

    Parameters
    ----------
    projections : result of ``budget.project_pension_schemes``
    currency : code of the national currency
    """
    data = pd.concat(
        [one.accounts.assign(scheme=one.scheme) for one in projections] or [pd.DataFrame(columns=["year"])]
    )
    years = milestone_years(data["year"])
    rows = [row for one in projections for row in _rows(one, years, currency)]
    columns = ["short_name", "line", *map(str, years), "quality", "source"]
    views = {"line": View(_("Account item"), detail="short_name")}
    views |= {str(year): View(str(year), write_text, "quality", numeric=True) for year in years}
    return ReportTable(data, _("Pension schemes in the years to come"), views, pd.DataFrame(rows, columns=columns))


def milestone_years(years: pd.Series) -> list[int]:
    """The first year, full decades and the last year.

    Examples
    --------
    >>> milestone_years(pd.Series(range(2025, 2045)))
    [2025, 2030, 2040, 2044]
    """
    known = sorted({int(year) for year in years})
    return [year for year in known if year in (known[0], known[-1]) or year % EVERY == 0]


def _rows(projection: PensionProjection, years: list[int], currency: str) -> list[dict]:
    at = projection.accounts.set_index("year")
    told = {"short_name": named(projection.short_name), "quality": projection.quality, "source": projection.source}
    lines = [(names, name, write) for names, write in _WRITERS for name in names if at[name].ne(0).any()]
    return [
        told
        | {"line": label(names, name)}
        | {str(year): write(name, at[name].get(year, float("nan")), currency) for year in years}
        for names, name, write in lines
    ]


def _persons(_name: str, value: float, _currency: str) -> str:
    return format_persons(value)


def _money(_name: str, value: float, currency: str) -> str:
    return money_words(value / BILLION, "lcu_billion", currency) if pd.notna(value) else _(NOT_AVAILABLE)


def _rate(name: str, value: float, _currency: str) -> str:
    if name in IN_YEARS:
        return format_number(value, 2 if name == "dependency" else 1)
    return small_share(value) if name == "share_of_gdp" else format_share(value)


_WRITERS = ((PERSON_LINES, _persons), (MONEY_LINES, _money), (RATE_LINES, _rate))


def debt_table(debt: pd.DataFrame, currency: str = "") -> ReportTable:
    """What schemes owe already, less their funds, by real rate of discount; what is earned later stands apart.

    Parameters
    ----------
    debt : result of ``budget.implicit_debt``
    currency : code of the national currency
    """
    money = ["in_payment", "accrued", "fund", "implicit_debt", "future_accrual", "future_contributions"]
    shown = debt.assign(
        rate=[format_share(value) for value in debt["rate"]],
        **{name: [_money(name, value, currency) for value in debt[name]] for name in money},
        of_gdp=[
            _("{share} of GDP", share=format_share(value)) if pd.notna(value) else "" for value in debt["share_of_gdp"]
        ],
    )
    views = {
        "short_name": View(_("Scheme"), write_name),
        "rate": View(_("Real rate"), numeric=True),
        "in_payment": View(_("Pensions in payment"), write_text, "quality", True),
        "accrued": View(_("Rights earned to date"), numeric=True),
        "fund": View(_("Fund"), numeric=True),
        "implicit_debt": View(_("Implicit debt"), write_text, "quality", True, "of_gdp"),
        "future_accrual": View(_("Apart: rights still to be earned"), numeric=True),
        "future_contributions": View(_("Apart: contributions still to come"), numeric=True),
    }
    return ReportTable(debt, _("What pension schemes owe already, by real rate of discount"), views, shown)


def typical_table(persons: pd.DataFrame) -> ReportTable:
    """What typical persons pay and receive; the return is a lower bound, without pensions of survivors.

    Parameters
    ----------
    persons : result of ``budget.typical_persons``
    """
    shown = persons.assign(
        contributions=[format_number(value, 0) for value in persons["contributions"]],
        pension=[_first_pension(row) for row in persons.itertuples()],
        replacement=[format_share(value) for value in persons["replacement"]],
        years_of_pension=[
            _(NOT_AVAILABLE) if pd.isna(row.replacement) else format_number(row.years_of_pension)
            for row in persons.itertuples()
        ],
        real_return=[format_share(value) for value in persons["real_return"]],
    )
    views = {
        "short_name": View(_("Scheme"), write_name),
        "sex": View(_("Sex"), write_code(SEX_NAMES)),
        "wage": View(_("Wage"), write_code(WAGE_NAMES)),
        "career": View(_("Career"), write_code(CAREER_NAMES)),
        "retirement_age": View(_("Retires at"), write_year, numeric=True),
        "contributions": View(_("Paid in, at prices of the valuation"), write_text, "quality", True),
        "pension": View(_("First pension a month"), write_text, "quality", True),
        "replacement": View(_("Of the last wage"), numeric=True),
        "years_of_pension": View(_("Years of pension"), numeric=True),
        "real_return": View(_("Real return a year, at least"), numeric=True),
    }
    return ReportTable(persons, _("What a pension scheme means to one person"), views, shown)


def _first_pension(row) -> str:
    if row.lump_sum > 0:
        return _("once: {amount}", amount=format_number(row.lump_sum, 0))
    return format_number(row.first_pension, 0)
