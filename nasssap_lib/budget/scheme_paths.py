"""How each type of scheme goes on from the account of its base year: insured persons, balances, recipients, or an actuarial model."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.budget.drivers import people_of_scheme, system_drivers
from nasssap_lib.budget.pension_scheme import project_pension_scheme, start_of, valued_schemes
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import reason
from nasssap_lib.schemes.accounts import is_whole, scheme_accounts
from nasssap_lib.schemes.recipients import PENSION_BRANCHES
from nasssap_lib.terms import SCHEME_TYPES, TAX_FINANCED_TYPES, require_each

FLOWS = ("contributions", "state_transfer", "donor_income", "investment_income", "other_income")  # they make income
OUTLAYS = ("benefits", "administration", "other_expenditure")  # they make expenditure
RESERVES = ("assets_opening", "assets_closing")
COUNTED = ("contributors", "affiliates", "beneficiaries")  # members of an insurance: the first count that is known
COUNTED_FOR_CARE = ("affiliates", "contributors", "beneficiaries")
WHOLE = 1e-9  # billion


class Base(NamedTuple):
    """What a projection begins with.

    scheme, type, branches : of the inventory · year : of the account · lines : billion, by item; NaN where not printed · persons :
    insured or recipients in that year · quality, source : of the account
    """

    scheme: str
    type: str
    branches: str
    year: int
    lines: dict[str, float]
    persons: float
    quality: str
    source: str


def base_of(pack: Pack, scheme: pd.Series, account: pd.DataFrame) -> Base:
    """The account of one year as the beginning of a projection, with the persons of its year.

    Parameters
    ----------
    pack : the country
    scheme : its row of the inventory
    account : its lines, of ``budget.year_accounts``
    """
    lines = account[account["role"].ne("part")].set_index("item")["value"].to_dict()
    year, known = int(account["year"].iat[0]), account[account["value"].notna()]
    counts = _counts(pack, scheme["id"], year)
    wanted = COUNTED_FOR_CARE if "medical_care" in scheme["branches"].split(";") else COUNTED
    wanted = wanted if scheme["type"] not in TAX_FINANCED_TYPES else ("beneficiaries",)
    persons = next((float(counts[item]) for item in wanted if item in counts.index), np.nan)
    quality = weakest([*known["quality"], "estimated"])
    lines["other_income"] = _left(lines, "income", FLOWS[:-1])
    lines["other_expenditure"] = _left(lines, "expenditure", OUTLAYS[:-1])
    return Base(
        scheme["id"], scheme["type"], scheme["branches"], year, lines, persons, quality, join_sources(*known["source"])
    )


def _counts(pack: Pack, scheme: str, year: int) -> pd.Series:
    """Persons or households of a year by item: of the whole scheme, or else the only count that there is."""
    heads = scheme_accounts(pack)
    heads = heads[
        heads["covers"].eq(scheme) & heads["unit"].eq("number") & heads["year"].eq(year) & heads["value"].gt(0)
    ]
    only = heads.groupby("item")["value"].transform("size") == 1
    return heads[is_whole(heads) | only].drop_duplicates("item", keep="last").set_index("item")["value"]


def _left(lines: dict[str, float], total: str, parts: tuple[str, ...]) -> float:
    """What a printed total holds beyond its printed lines."""
    return lines[total] - float(np.nansum([lines[item] for item in parts]))


def years_ahead(pack: Pack, base: Base, last: int, indexing: str) -> tuple[pd.DataFrame, str]:
    """The years after the account as the type of the scheme asks, or why there are none.

    Parameters
    ----------
    pack : the country
    base : result of :func:`base_of`
    last : last calendar year
    indexing : a code of ``drivers.INDEXING``

    Returns
    -------
    rows of ``budget.project_system`` after the base year, and "" ; or no rows and the reason
    """
    method = method_of(base.type, base.branches)
    if method == "pension":
        return _pensions(pack, base, last)
    way = WAYS.get(method)
    if way is None:
        return pd.DataFrame(), TYPES_WITHOUT[base.type]
    needs, project = way
    lacks = [item for item in needs if not base.lines[item] >= 0]
    if method != "balances" and not base.persons > 0:
        lacks.append("contributors" if method == "insurance" else "beneficiaries")
    if lacks:
        named = list(dict.fromkeys("assets" if item in RESERVES else item for item in lacks))
        return pd.DataFrame(), reason("projection_needs", measures=named)
    if last <= base.year:
        return pd.DataFrame(), "no_population_of_year"
    ahead = np.arange(base.year, last + 1)
    drivers = system_drivers(pack, ahead)
    if drivers[["gdp", "working"]].isna().any(axis=None):
        return pd.DataFrame(), reason("no_gdp", year=int(ahead[drivers[["gdp", "working"]].isna().any(axis=1)][0]))
    return _labelled(base, method, project(pack, base, drivers, indexing), drivers), ""


def method_of(kind: str, branches: str) -> str:
    """Which way of projecting the type and the branches of a scheme ask for; "" where it keeps no account.

    Examples
    --------
    >>> method_of("universal", "old_age"), method_of("provident_fund", "old_age"), method_of("social_insurance", "old_age;survivors")
    ('recipients', 'balances', 'pension')
    >>> method_of("community", "medical_care"), method_of("employer_liability", "maternity")
    ('insurance', '')
    """
    own = set(branches.split(";"))
    if kind in TYPES_WITHOUT:
        return ""
    if kind in TAX_FINANCED_TYPES:
        return "recipients"
    if kind == "provident_fund" or (kind == "voluntary" and "old_age" in own):
        return "balances"
    return "pension" if PENSION_BRANCHES & own else "insurance"


def _pensions(pack: Pack, base: Base, last: int) -> tuple[pd.DataFrame, str]:
    """The actuarial projection of a pension scheme, where the pack holds its rules and its insured persons."""
    accounts = pension_accounts(pack, base.scheme, last)
    if accounts is None:
        return pd.DataFrame(), "needs_rules_and_insured"
    accounts = accounts[accounts["year"].between(base.year + 1, last)]
    columns = (
        "contributions",
        "investment_income",
        "state_transfer",
        "income",
        "benefits",
        "administration",
        "expenditure",
        "balance",
    )
    money = {item: accounts[item].to_numpy(float) * WHOLE for item in columns if item in accounts}
    table = pd.DataFrame(
        {"year": accounts["year"].to_numpy(int), "persons": accounts["contributors"].to_numpy(float)} | money
    )
    table = table.assign(reserve=accounts["fund"].to_numpy(float) * WHOLE, gdp=accounts["gdp"].to_numpy(float) * WHOLE)
    table = table.assign(donor_income=0.0, other_income=0.0, other_expenditure=0.0)
    published = system_drivers(pack, table["year"].tolist())["published"].to_numpy()
    return _labelled(base, "pension", table, table.assign(published=published)), ""


def pension_accounts(pack: Pack, scheme: str, last: int) -> pd.DataFrame | None:
    """The accounts that the actuarial model gives for a scheme, in national currency; None where the pack has no rules for it.

    Parameters
    ----------
    pack : the country
    scheme : id
    last : last calendar year
    """
    if scheme not in valued_schemes(pack):
        return None
    years = last - start_of(pack, scheme).year
    return project_pension_scheme(pack, scheme, years).accounts if years >= 1 else None


def _insurance(pack: Pack, base: Base, drivers: pd.DataFrame, indexing: str) -> pd.DataFrame:
    """Insured persons × what is paid in and out for each: short-term benefits, employment injury, health insurance, mutuals.

    Who is insured in work grows with persons of 15 to 64, whoever is insured for care with all persons; amounts for each with wages,
    dues of mutuals with the index.
    """
    care = "medical_care" in base.branches.split(";")
    people = drivers["population" if care else "working"].to_numpy(float)
    index = drivers[indexing if base.type == "community" else "wages"].to_numpy(float)
    working = drivers["working"].to_numpy(float)
    paid_in = index * (people if base.type == "community" else working)
    paid_out = index * people
    money = {
        item: _moved(base, item, paid_in)
        for item in ("contributions", "state_transfer", "donor_income", "other_income")
    }
    money |= {item: _moved(base, item, paid_out) for item in ("benefits", "other_expenditure")}
    money |= {"administration": _moved(base, "administration", paid_in)}
    return _with_reserve(
        base, pd.DataFrame({"year": drivers["year"], "persons": base.persons * people / people[0]} | money)
    )


def _balances(pack: Pack, base: Base, drivers: pd.DataFrame, indexing: str) -> pd.DataFrame:
    """Contributions with wages; the same share of reserves paid out each year; interest of the base year."""
    paid_in = (drivers["wages"] * drivers["working"]).to_numpy(float)
    people = drivers["working"].to_numpy(float)
    money = {
        item: _moved(base, item, paid_in)
        for item in ("contributions", "state_transfer", "donor_income", "other_income")
    }
    money |= {item: _moved(base, item, paid_in) for item in ("administration", "other_expenditure")}
    table = pd.DataFrame({"year": drivers["year"], "persons": base.persons * people / people[0]} | money)
    return _with_reserve(base, table, payout=base.lines["benefits"] / base.lines["assets_opening"])


def _recipients(pack: Pack, base: Base, drivers: pd.DataFrame, indexing: str) -> pd.DataFrame:
    """Recipients × benefit, administration in proportion, paid by the State and, in the same share, by donors."""
    people = people_of_scheme(pack, base.scheme, base.branches, drivers["year"].tolist())
    moved = people * drivers[indexing].to_numpy(float)
    money = {item: _moved(base, item, moved) for item in (*FLOWS, "income", *OUTLAYS, "expenditure")}
    return pd.DataFrame({"year": drivers["year"], "persons": base.persons * people / people[0]} | money)


WAYS: dict[str, tuple[tuple[str, ...], Callable]] = {  # method → what its account must have, and how it goes on
    "insurance": (("income", "contributions", "expenditure", "benefits"), _insurance),
    "balances": (("income", "contributions", "investment_income", "expenditure", "benefits", *RESERVES), _balances),
    "recipients": (("income", "expenditure"), _recipients),
}
TYPES_WITHOUT = {"employer_liability": "employers_pay"}
require_each(
    SCHEME_TYPES,
    [*TAX_FINANCED_TYPES, "social_insurance", "provident_fund", "community", "voluntary", *TYPES_WITHOUT],
    "budget.scheme_paths",
)


def _moved(base: Base, item: str, driver: np.ndarray) -> np.ndarray:
    """A line of the base year in the years to come, in proportion to what moves it; nothing where it was not printed."""
    value = base.lines.get(item, np.nan)
    return (0.0 if np.isnan(value) else value) * driver / driver[0]


def interest_of(opening: float, closing: float, earned: float) -> float:
    """Interest that reserves earned in a year: 2 I ÷ (F₀ + F₁ − I), flows in the middle of the year.

    Examples
    --------
    >>> round(interest_of(100.0, 110.0, 5.0), 4)
    0.0488
    """
    return 2 * earned / (opening + closing - earned)


def _with_reserve(base: Base, table: pd.DataFrame, payout: float | None = None) -> pd.DataFrame:
    """Reserves from year to year: F_t = F_{t−1} (1 + i) + (all else that comes in − all that is paid) (1 + i)^½.

    Where payout is given, benefits are this share of the reserve at the beginning of each year.
    """
    opening, closing, earned = (base.lines[item] for item in (*RESERVES, "investment_income"))
    known = not np.isnan([opening, closing, earned]).any()
    interest = interest_of(opening, closing, earned) if known else 0.0
    fund, n = closing if known else np.nan, len(table)
    other_in = sum(
        table[item].to_numpy(float) for item in ("contributions", "state_transfer", "donor_income", "other_income")
    )
    cost = (table["administration"] + table["other_expenditure"]).to_numpy(float)
    benefits = table["benefits"].to_numpy(float).copy() if payout is None else np.zeros(n)
    reserve, income = np.full(n, np.nan), np.zeros(n)
    for place in range(1, n):  # one year after the other: each begins with what the last one left
        start = fund
        benefits[place] = benefits[place] if payout is None else payout * start
        net = other_in[place] - benefits[place] - cost[place]
        fund = start * (1 + interest) + net * (1 + interest) ** 0.5 if known else np.nan
        reserve[place], income[place] = fund, fund - start - net if known else 0.0
    return table.assign(
        benefits=benefits,
        investment_income=income,
        income=other_in + income,
        expenditure=benefits + cost,
        reserve=reserve,
    )


def _labelled(base: Base, method: str, table: pd.DataFrame, drivers: pd.DataFrame) -> pd.DataFrame:
    """Rows after the base year, with their shares of GDP."""
    last = drivers.loc[drivers["published"], "year"].max()
    kept = "" if pd.isna(last) else reason("gdp_grows_on", year=int(last))
    table = table.assign(
        gdp=drivers["gdp"].to_numpy(float), reason=np.where(drivers["published"], "", kept), scheme=base.scheme, method=method,
        quality=base.quality, source=base.source,
    )  # fmt: skip
    table = table[table["year"] > base.year]
    shares = {
        share: table[item] / table["gdp"]
        for share, item in (("share_of_gdp", "expenditure"), ("income_share", "income"))
    }
    return table.assign(balance=table["income"] - table["expenditure"], **shares)
