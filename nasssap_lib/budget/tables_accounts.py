"""Tables of accounts of one year, of the illustration of a pay-as-you-go rate and of funds of balances, for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.budget.words_accounts import (
    ITEM_NAMES,
    READINGS,
    SIDES_LED_BY,
    Headline,
    account_of,
    headline,
    line_words,
    main_accounts,
    scheme_names,
    year_words,
)
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_share
from nasssap_lib.display.tables import ReportTable, View, write_code, write_name, write_text, write_year
from nasssap_lib.display.texts import N_, _, join_clauses, join_listed, label, reason_words
from nasssap_lib.display.words import money_words, small_share
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.schemes.words import detail_words
from nasssap_lib.schemes.words_sper import account_name
from nasssap_lib.terms import SCHEME_TYPES

KINDS = {
    "outturn": N_("outturn"),
    "budget": N_("budget"),
    "stock": N_("stock"),
    "difference": N_("by difference"),
    "ratio": N_("ratio"),
}
EVERY = 10  # years between two columns of the illustration


def accounts_table(accounts: pd.DataFrame, currency: str = "") -> ReportTable:
    """Each account in one row: its year, what came in, what was paid, what was left, and reserves.

    Parameters
    ----------
    accounts : result of ``budget.year_accounts``
    currency : code of the national currency
    """
    rows = [_overview(part, currency) for _key, part in accounts.groupby(["covers", "year"], sort=False)]
    columns = ["account", "when", "income", "expenditure", "left", "reserves", "quality", "source"]
    views = {
        "account": View(_("Scheme")),
        "when": View(_("Year")),
        "income": View(_("Income"), write_text, "quality", True),
        "expenditure": View(_("Expenditure"), numeric=True),
        "left": View(_("Balance"), numeric=True),
        "reserves": View(_("Reserves"), numeric=True),
    }
    shown = pd.DataFrame(rows, columns=columns)
    return ReportTable(accounts, _("Accounts of one year, with what each amount is of GDP"), views, shown)


def _overview(account: pd.DataFrame, currency: str) -> dict:
    sides = [headline(account, items) for items in (*SIDES_LED_BY, ("surplus",), ("assets_closing", "assets_opening"))]
    wholes = ("income", "expenditure", "surplus", "assets_closing")
    cells = [_amount(side, whole, account["unit"].iat[0], currency) for side, whole in zip(sides, wholes, strict=True)]
    known = account[account["value"].notna()]
    return {
        "account": account_name(account["short_name"].iat[0]),
        "when": year_words(account.iloc[0]),
        "quality": weakest(known["quality"]),
        "source": join_sources(*known["source"]),
    } | dict(zip(("income", "expenditure", "left", "reserves"), cells, strict=True))


def _amount(side: Headline, whole: str, unit: str, currency: str) -> str:
    """Money and its share of GDP; a line that stands for the total is named."""
    if pd.isna(side.value):
        return _(NOT_AVAILABLE)
    words = money_words(side.value, unit, currency)
    if pd.notna(side.share):
        words = _("{value} ({year})", value=words, year=small_share(side.share))
    return words if side.item == whole else _("{figure}: {value}", figure=label(ITEM_NAMES, side.item), value=words)


def account_table(
    accounts: pd.DataFrame, currency: str = "", which: list[tuple[str, int]] | None = None
) -> ReportTable:
    """Accounts line by line, with what was not found and why.

    Parameters
    ----------
    accounts : result of ``budget.year_accounts``
    currency : code of the national currency
    which : ids of their schemes (";") and their years; None: those that pay most
    """
    parts = [account_of(accounts, one) for one in (main_accounts(accounts) if which is None else which)]
    lines = pd.concat([accounts.iloc[:0], *parts])
    lines = lines[lines["value"].notna() | ~lines["item"].isin(("other_income", "other_expenditure"))]
    names = scheme_names(accounts)
    rows = list(lines.itertuples())
    shown = lines.assign(
        account=[account_name(row.short_name) for row in rows],
        when=[year_words(row) for _at, row in lines.iterrows()],
        line=[line_words(row, names) for row in rows],
        billions=[
            _(NOT_AVAILABLE) if pd.isna(row.value) else money_words(row.value, row.unit, currency) for row in rows
        ],
        of_gdp=["" if pd.isna(row.share_of_gdp) else small_share(row.share_of_gdp) for row in rows],
        remark=[join_clauses([detail_words(row.note), reason_words(row.reason)]) for row in rows],
    )
    views = {
        "account": View(_("Scheme"), detail="when"),
        "line": View(_("Account item")),
        "kind": View(_("Kind"), write_code(KINDS)),
        "billions": View(_("Amount"), write_text, "quality", True),
        "of_gdp": View(_("Of GDP of the year"), numeric=True),
        "remark": View(_("Remark"), long=True),
    }
    return ReportTable(lines, _("Accounts of one year line by line: what was printed, and what lacks"), views, shown)


def without_account_table(without: pd.DataFrame) -> ReportTable:
    """Schemes without an account of one year: what is known of their money and what lacks.

    Parameters
    ----------
    without : result of ``budget.without_account``
    """
    shown = without.assign(
        found=[
            join_listed([label(ITEM_NAMES, code) for code in known.split(";") if code]) for known in without["known"]
        ],
        lacks=[reason_words(cell) for cell in without["reason"]],
    )
    views = {
        "short_name": View(_("Scheme"), write_name),
        "type": View(_("Type"), write_code(SCHEME_TYPES)),
        "found": View(_("Found")),
        "year": View(_("Newest year"), write_year, numeric=True),
        "lacks": View(_("What lacks"), long=True),
    }
    return ReportTable(without, _("Schemes without an account of one year"), views, shown)


def illustration_table(illustration: pd.DataFrame) -> ReportTable:
    """Illustration, not a valuation: the pay-as-you-go rate of each scheme every ten years, or why it has none.

    Parameters
    ----------
    illustration : result of ``budget.payg_illustration``
    """
    known = illustration[illustration["rate"].notna()]
    years = shown_years(known)
    rows = [_rates(part, years) for _key, part in known.groupby(["scheme", "reading"], sort=False)]
    refused = illustration[illustration["rate"].isna()]
    rows += [
        {"short_name": row.short_name, "reading_words": "", "remark": reason_words(row.reason)}
        | dict.fromkeys(map(str, years), _(NOT_AVAILABLE))
        for row in refused.itertuples()
    ]
    columns = ["short_name", "reading_words", *map(str, years), "remark"]
    views = {"short_name": View(_("Scheme"), write_name, detail="reading_words")}
    views |= {str(year): View(str(year), write_text, numeric=True) for year in years}
    views |= {"remark": View(_("Remark"), long=True)}
    title = _("Illustration, not a valuation: pay-as-you-go rate in % of wages if nothing changed but ages")
    return ReportTable(illustration, title, views, pd.DataFrame(rows, columns=columns))


def shown_years(known: pd.DataFrame) -> list[int]:
    """The base year, full decades and the last year of a table.

    Examples
    --------
    >>> shown_years(pd.DataFrame({"year": range(2024, 2051)}))
    [2024, 2030, 2040, 2050]
    """
    years = sorted({int(year) for year in known["year"]})
    return [year for year in years if year in (years[0], years[-1]) or year % EVERY == 0]


def _rates(part: pd.DataFrame, years: list[int]) -> dict:
    at = part.set_index("year")["rate"]
    cells = {
        str(year): format_share(at[year], 2 if year == at.index[0] else 1) if year in at.index else _(NOT_AVAILABLE)
        for year in years
    }
    why = join_clauses([reason_words(part["rule"].iat[0]), reason_words(part["reason"].iat[0])])
    return cells | {
        "short_name": part["short_name"].iat[0],
        "reading_words": label(READINGS, part["reading"].iat[0]),
        "remark": why,
    }


def balances_table(balances: pd.DataFrame, currency: str = "") -> ReportTable:
    """What funds of balances and lump sums hold, take in and pay back, each with its year.

    Parameters
    ----------
    balances : result of ``budget.fund_balances``
    currency : code of the national currency
    """
    rows = list(balances.itertuples())
    shown = balances.assign(
        figure=[label(ITEM_NAMES, row.item) for row in rows],
        words=[_balance_words(row, currency) for row in rows],
        of_gdp=["" if pd.isna(row.share_of_gdp) else small_share(row.share_of_gdp) for row in rows],
        remark=[reason_words(row.reason) for row in rows],
    )
    views = {
        "short_name": View(_("Scheme"), write_name),
        "figure": View(_("Figure")),
        "kind": View(_("Kind"), write_code(KINDS)),
        "year": View(_("Year"), write_year, numeric=True),
        "words": View(_("Value"), write_text, "quality", True),
        "of_gdp": View(_("Of GDP of the year"), numeric=True),
        "remark": View(_("Remark"), long=True),
    }
    return ReportTable(
        balances, _("Funds of balances and lump sums: what they hold, take in and pay back"), views, shown
    )


def _balance_words(row, currency: str) -> str:
    if pd.isna(row.value):
        return _(NOT_AVAILABLE)
    return format_share(row.value, 1) if row.unit == "share" else money_words(row.value, row.unit, currency)
