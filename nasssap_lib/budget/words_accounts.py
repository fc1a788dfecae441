"""Sentences on accounts of one year, on the illustration of a pay-as-you-go rate and on funds of balances: the answer first."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.texts import (
    N_,
    _,
    join_clauses,
    join_listed,
    join_sentences,
    label,
    named,
    ngettext,
    reason_words,
)
from nasssap_lib.display.words import join_words, money_words, small_first, small_share
from nasssap_lib.reasons import has_reason
from nasssap_lib.schemes.words import detail_words
from nasssap_lib.schemes.words_sper import account_name, covered_names
from nasssap_lib.terms import SCHEME_MEASURES

ITEM_NAMES = SCHEME_MEASURES | {
    "other_income": N_("Other income"),
    "other_expenditure": N_("Other expenditure"),
    "assets_opening": N_("Reserves at the beginning of the year"),
    "assets_closing": N_("Reserves at the end of the year"),
    "residual": N_("Residual"),
    "growth": N_("Growth of reserves a year"),
    "refunds_contributions": N_("Benefits paid, of contributions"),
    "refunds_assets": N_("Benefits paid, of reserves"),
}
BASES = {
    "outturn": N_("outturn"),
    "budget": N_("budget"),
    "mixed": N_("outturn beside budget"),
}
READINGS = {"upper": N_("all that is paid"), "lower": N_("benefits alone")}
MOST = 3  # accounts that a page tells line by line
SIDES_LED_BY = (("income", "contributions", "state_transfer"), ("expenditure", "benefits"))


class Headline(NamedTuple):
    """The figure by which a side of an account is told: the total, or else what stands for it."""

    item: str
    value: float
    share: float
    kind: str


def headline(account: pd.DataFrame, items: tuple[str, ...]) -> Headline:
    """Of the lines of one account the first of these items that is known.

    Parameters
    ----------
    account : rows of one account of ``budget.year_accounts``
    items : codes, the one to be preferred first
    """
    known = account[account["value"].notna() & account["role"].ne("part")].set_index("item")
    item = next((name for name in items if name in known.index), "")
    if not item:
        return Headline(items[0], float("nan"), float("nan"), "")
    row = known.loc[item]
    return Headline(item, float(row["value"]), float(row["share_of_gdp"]), row["kind"])


def year_words(account: pd.Series) -> str:
    """The year of an account as it is told: a fiscal year by both calendar years, a budget as such.

    Parameters
    ----------
    account : a row of ``budget.year_accounts``
    """
    year = str(account["year"]) if account["year"] == account["first_year"] else _fiscal(account)
    return year if account["basis"] == "outturn" else f"{year}, {label(BASES, account['basis'])}"


def _fiscal(account: pd.Series) -> str:
    return f"{account['first_year']}/{account['year'] % 100:02d}"


def accounts_sentence(accounts: pd.DataFrame, without: pd.DataFrame, currency: str = "") -> str:
    """For how many schemes a year carries an account, what the largest take in and pay, and what lacks for the others.

    Parameters
    ----------
    accounts : result of ``budget.year_accounts``
    without : result of ``budget.without_account``
    currency : code of the national currency
    """
    have = {code for covers in accounts["covers"] for code in covers.split(";")}
    n, of = len(have), len(have) + len(without)
    if not of:
        return _("The inventory lists no active scheme: there is no account.")
    if not n:
        return join_sentences(
            [
                _("No scheme has an account: of none were income and expenditure of one year found."),
                lacking_words(without),
            ]
        )
    first = ngettext(
        "{n} scheme of {all} has an account of one year, alone or with others.",
        "{n} schemes of {all} have an account of one year, alone or with others.",
        n, n=n, all=of,
    )  # fmt: skip
    told = [account_sentence(accounts, which, currency) for which in main_accounts(accounts)]
    return join_sentences([first, *told, lacking_words(without)])


def main_accounts(accounts: pd.DataFrame, most: int = MOST) -> list[tuple[str, int]]:
    """The accounts that pay most, on GDP of their year: ids of their schemes and year; outturns before budgets.

    Parameters
    ----------
    accounts : result of ``budget.year_accounts``
    most : how many

    Examples
    --------
    >>> from nasssap_lib.budget.accounts import year_accounts
    >>> from nasssap_lib.pack.reader import read_pack
    >>> main_accounts(year_accounts(read_pack("TZA")))
    [('psssf', 2022), ('nssf', 2023)]
    """
    paid = accounts[accounts["item"].isin(SIDES_LED_BY[1]) & accounts["role"].ne("part") & accounts["value"].notna()]
    paid = paid.sort_values("item", key=lambda items: items.ne(SIDES_LED_BY[1][0]), kind="stable").drop_duplicates(
        ["covers", "year"]
    )
    order = paid.assign(budget=paid["basis"].eq("budget")).sort_values(
        ["budget", "share_of_gdp"], ascending=[True, False], kind="stable"
    )
    return [(covers, int(year)) for covers, year in zip(order["covers"], order["year"], strict=True)][:most]


def account_of(accounts: pd.DataFrame, which: tuple[str, int]) -> pd.DataFrame:
    """The lines of one account: ids of its schemes (";") and its year."""
    return accounts[accounts["covers"].eq(which[0]) & accounts["year"].eq(which[1])]


def account_sentence(accounts: pd.DataFrame, which: tuple[str, int], currency: str = "") -> str:
    """What one account took in and paid, and what was left or moved in its reserves.

    Parameters
    ----------
    accounts : result of ``budget.year_accounts``
    which : ids of its schemes (";") and its year
    currency : code of the national currency
    """
    account = account_of(accounts, which)
    if account.empty:
        return ""
    taken, paid = (headline(account, items) for items in SIDES_LED_BY)
    unit = account["unit"].iat[0]
    words = {"scheme": account_name(account["short_name"].iat[0]), "year": year_words(account.iloc[0])}
    told = _(
        "{scheme} ({year}): {income} {taken}, {expenditure} {paid}, {share} of GDP.",
        income=small_first(label(ITEM_NAMES, taken.item)), taken=money_words(taken.value, unit, currency),
        expenditure=small_first(label(ITEM_NAMES, paid.item)), paid=money_words(paid.value, unit, currency),
        share=small_share(paid.share), **words,
    )  # fmt: skip
    surplus, residual = (headline(account, (item,)) for item in ("surplus", "residual"))
    left = ""
    if pd.notna(surplus.value):
        pattern = (
            N_("{money} are left of the year.") if surplus.value > 0 else N_("{money} more are paid than come in.")
        )
        pattern = pattern if surplus.value else N_("As much comes in as is paid.")
        left = _(pattern, money=money_words(abs(surplus.value), unit, currency))
    moved = ""
    if pd.notna(residual.value) and pd.isna(surplus.value):
        moved = _(
            "Reserves moved by {money} beyond these lines: a residual, printed by nobody.",
            money=money_words(residual.value, unit, currency),
        )
    return join_sentences([told, left, moved])


def scheme_names(accounts: pd.DataFrame) -> dict[str, str]:
    """Short names of all schemes that accounts are of.

    Parameters
    ----------
    accounts : result of ``budget.year_accounts``
    """
    pairs = zip(accounts["covers"].str.split(";"), accounts["short_name"], strict=True)
    parts = [(codes, names.split(";") if len(codes) > 1 else [names]) for codes, names in pairs]
    return {code: name for codes, names in parts for code, name in zip(codes, names, strict=False)}


def line_words(row, names: dict[str, str]) -> str:
    """Name of a line of an account; a part says of what, and of which scheme.

    Parameters
    ----------
    row : named tuple of ``budget.year_accounts``
    names : result of :func:`scheme_names`
    """
    of = covered_names(row.of, names) if row.of and row.of != row.covers else ""
    words = join_listed([label(ITEM_NAMES, row.item), detail_words(row.detail), of])
    return _("of which {figure}", figure=small_first(words)) if row.role == "part" else words


def account_title(account: pd.DataFrame, currency: str = "") -> str:
    """The finding of the picture of one account: what came in and what was paid.

    Parameters
    ----------
    account : lines of one account of ``budget.year_accounts``
    currency : code of the national currency
    """
    taken, paid = (headline(account, items) for items in SIDES_LED_BY)
    unit = account["unit"].iat[0]
    return _(
        "Account of {scheme}, {year}: {income} {taken}, {expenditure} {paid}",
        scheme=account_name(account["short_name"].iat[0]), year=year_words(account.iloc[0]),
        income=small_first(label(ITEM_NAMES, taken.item)), taken=money_words(taken.value, unit, currency),
        expenditure=small_first(label(ITEM_NAMES, paid.item)), paid=money_words(paid.value, unit, currency),
    )  # fmt: skip


def lacking_words(without: pd.DataFrame) -> str:
    """Which schemes have no account, by what lacks.

    Parameters
    ----------
    without : result of ``budget.without_account``, or any table with short_name and reason
    """
    told = [
        _(
            "{names} ({reason})",
            names=join_words([named(name) for name in rows["short_name"]]),
            reason=reason_words(why),
        )
        for why, rows in without.groupby("reason", sort=False)
    ]
    return _("n/a for {schemes}.", schemes=join_clauses(told)) if told else ""


def illustration_sentence(illustration: pd.DataFrame) -> str:
    """Illustration, not a valuation: from which rate to which ageing alone would move each scheme, and for whom there is none.

    Parameters
    ----------
    illustration : result of ``budget.payg_illustration``
    """
    known = illustration[illustration["rate"].notna()]
    refused = lacking_words(illustration[illustration["rate"].isna()])
    if known.empty:
        return join_sentences([_("No pay-as-you-go rate can be shown for any scheme."), refused])
    told = [_moved(rows) for _scheme, rows in known.groupby("scheme", sort=False)]
    return join_sentences([_("Illustration, not a valuation."), *told, refused])


def _moved(rows: pd.DataFrame) -> str:
    ends = [rows[rows["year"] == year]["rate"] for year in (rows["year"].min(), rows["year"].max())]
    told = _(
        "If nothing changed but ages, {scheme} would cost {first} of wages in {year} and {last} in {last_year}.",
        scheme=named(rows["short_name"].iat[0]), first=range_words(ends[0], 2), year=int(rows["year"].min()),
        last=range_words(ends[1], 1), last_year=int(rows["year"].max()),
    )  # fmt: skip
    two = (
        _("The lower rate counts benefits alone, the upper one all that is paid.")
        if rows["reading"].nunique() > 1
        else ""
    )
    return join_sentences([told, two])


def illustration_title(illustration: pd.DataFrame, country_name: str) -> str:
    """The finding of the picture of the illustration.

    Parameters
    ----------
    illustration : result of ``budget.payg_illustration``
    country_name : of the country
    """
    known = illustration[illustration["rate"].notna()]
    if known.empty:
        return _("No pay-as-you-go rate can be shown in {country_name}", country_name=country_name)
    first, last = known["year"].min(), known["year"].max()
    part = known[known["scheme"] == known["scheme"].iat[0]]
    return _(
        "Ageing alone: {scheme} costs {first} of wages in {year}, {last} in {last_year}",
        scheme=named(part["short_name"].iat[0]), first=range_words(part.loc[part["year"] == first, "rate"], 1), year=int(first),
        last=range_words(part.loc[part["year"] == last, "rate"], 1), last_year=int(last),
    )  # fmt: skip


def range_words(rates: pd.Series, decimals: int) -> str:
    """One rate, or the lower and the upper of several.

    Examples
    --------
    >>> range_words(pd.Series([0.1262, 0.0988]), 2).split(), range_words(pd.Series([0.12]), 1).split()
    (['between', '9.88', '%', 'and', '12.62', '%'], ['12', '%'])
    """
    low, high = format_share(rates.min(), decimals), format_share(rates.max(), decimals)
    return low if low == high else _("between {low} and {high}", low=low, high=high)


def balances_sentence(balances: pd.DataFrame, currency: str = "") -> str:
    """What funds that pay balances or lump sums hold, how it grew, and what they pay back of contributions; "" where there is none.

    Parameters
    ----------
    balances : result of ``budget.fund_balances``
    currency : code of the national currency
    """
    told = [_balance(rows, currency) for _scheme, rows in balances.groupby("scheme", sort=False)]
    if not told:
        return ""
    return join_sentences([*told, _("Funds of balances and lump sums have no pay-as-you-go rate.")])


def _balance(rows: pd.DataFrame, currency: str) -> str:
    scheme = named(rows["short_name"].iat[0])
    newest = rows.sort_values("year", kind="stable").drop_duplicates("item", keep="last").set_index("item")
    if "assets" not in newest.index or pd.isna(newest.loc["assets", "value"]):
        return _("{scheme}: n/a, its reserves were not found.", scheme=scheme)
    held = newest.loc["assets"]
    first = _(
        "{scheme} held {money} in {year}, {share} of GDP.",
        scheme=scheme, money=money_words(held["value"], held["unit"], currency), year=held["year"], share=small_share(held["share_of_gdp"]),
    )  # fmt: skip
    more = ""
    if "growth" in newest.index:
        row = newest.loc["growth"]
        more = _(
            "Since {since} its reserves grew by {share} a year.",
            since=row["since"],
            share=format_share(row["value"], 1),
        )
    back = ""
    if "refunds_contributions" in newest.index:
        row = newest.loc["refunds_contributions"]
        pattern = (
            N_("In {year} it was to pay back {share} of its contributions: a budget beside an outturn.")
            if any(has_reason([row["reason"]], "partly_budgeted"))
            else N_("In {year} it paid back {share} of its contributions.")
        )
        back = _(pattern, year=row["year"], share=format_share(row["value"], 1))
    return join_sentences([first, more, back])
