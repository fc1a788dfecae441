"""Income and expenditure of the whole system in the years to come if nothing is decided, scheme by scheme, each as its type asks.

What a scheme's figures do not carry is not projected, and says why; an account of one year stays what it is.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.budget.accounts import without_account, year_accounts
from nasssap_lib.budget.drivers import INDEXING
from nasssap_lib.budget.scheme_paths import FLOWS, OUTLAYS, base_of, years_ahead
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import reason
from nasssap_lib.schemes.inventory import standing_schemes

YEARS = 25
MONEY = (*FLOWS, "income", *OUTLAYS, "expenditure", "balance", "reserve")
SYSTEM_COLUMNS = [
    "scheme", "short_name", "type", "year", "method", "persons", *MONEY, "gdp", "share_of_gdp", "income_share", "quality", "source",
    "reason",
]  # fmt: skip
TOTAL_COLUMNS = ["year", *MONEY, "gdp", "share_of_gdp", "income_share", "schemes", "of", "quality", "source", "reason"]


def project_system(pack: Pack, last_year: int | None = None, indexing: str = "gdp_per_head") -> pd.DataFrame:
    """Income, expenditure, balance and reserve of each scheme, year by year, with the decisions of today.

    Parameters
    ----------
    pack : the country
    last_year : last calendar year; None: 25 years after the reference year; never past the pack's population
    indexing : what benefits from taxes and from members' dues move with: gdp_per_head, wages, prices

    Returns
    -------
    table, a row a scheme and year : scheme (id; ids of several that keep one account, ";"), short_name, type, year (NA: nothing is known),
        method (account: as printed of its year; pension: actuarial; balances; insurance; recipients; "": none), persons (insured,
        recipients), contributions, state_transfer, donor_income, investment_income, other_income, income, benefits, administration,
        other_expenditure, expenditure, balance (income − expenditure), reserve (end of the year), gdp (billion, national currency of the
        year), share_of_gdp (expenditure), income_share (of GDP), quality, source, reason (codes: why there is no value, or no later year)

    Raises
    ------
    NasssapError : a last year that is not ahead of the reference year, an indexing that there is not

    Notes
    -----
    Pensions of social insurance: :func:`budget.project_pension_scheme`, where the pack holds rules and insured persons. Provident funds
    and voluntary savings: contributions grow with wages, the same share of reserves is paid out, reserves earn the interest of the base
    year. Other insurance: contributions for each insured person grow with wages, and so does what is paid for each; community schemes'
    dues with the index. Taxes: recipients grow with their group, benefits with the index; donors pay the same share. Employer liability
    keeps no account. Lines that were not printed are inside other income and other expenditure, the differences of printed totals.
    Transfers from the State are income of the scheme that receives them and expenditure of none: each is counted once.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = project_system(read_pack("XTC"), 2030)
    >>> table.loc[table["scheme"].eq("wpf") & table["year"].eq(2030), "method"].tolist()
    ['balances']
    >>> project_system(read_pack("SEN"), 2030).query("scheme == 'ipres'")[["year", "method"]].values.tolist()
    [[2024, 'account']]
    """
    if indexing not in INDEXING:
        raise NasssapError(f"project_system: indexing is {indexing!r}; expected one of {', '.join(INDEXING)}")
    now = pack.settings.reference_year
    if last_year is not None and not last_year > now:
        raise NasssapError(f"project_system: last_year is {last_year}; expected a year after the reference year, {now}")
    last = now + YEARS if last_year is None else int(last_year)
    counted = pack.used_population["year"]
    return _system(pack, min(last, int(counted.max())) if len(counted) else now, indexing)


@once_a_pack
def _system(pack: Pack, last: int, indexing: str) -> pd.DataFrame:
    accounts = year_accounts(pack)
    accounts = accounts[accounts["basis"].ne("budget") & accounts["unit"].eq("lcu_billion")]
    schemes = standing_schemes(pack).set_index("id", drop=False)
    tables = []
    for covers, account in accounts.groupby("covers", sort=False):
        tables.append(_of_account(pack, account))
        if covers not in schemes.index:
            tables[-1]["reason"] = "of_several_schemes"
            continue
        base = base_of(pack, schemes.loc[covers], account)
        ahead, why = years_ahead(pack, base, last, indexing)
        tables[-1] = tables[-1].assign(persons=base.persons, reason=why)
        tables += [ahead] if len(ahead) else []
    have = {code for covers in accounts["covers"] for code in covers.split(";")}
    told = without_account(pack)
    tables += [
        _refused(scheme, why) for scheme, why in zip(told["scheme"], told["reason"], strict=True) if scheme not in have
    ]
    tables += [_refused(scheme, "budget_alone") for scheme in schemes.index if scheme not in have | set(told["scheme"])]
    table = pd.concat([part for part in tables if len(part)], ignore_index=True) if tables else pd.DataFrame()
    table = table.reindex(columns=SYSTEM_COLUMNS)
    own = table["scheme"].isin(schemes.index)
    for name in ("short_name", "type"):
        table[name] = np.where(own, table["scheme"].map(schemes[name]), table[name])
    texts = ["method", "quality", "source", "reason"]
    numbers = ("persons", *MONEY, "gdp", "share_of_gdp", "income_share")
    table[texts] = table[texts].astype(object).where(table[texts].notna(), "")
    return table.astype({"year": "Int64"} | dict.fromkeys(numbers, "float64") | dict.fromkeys(texts, "str"))


def _of_account(pack: Pack, account: pd.DataFrame) -> pd.DataFrame:
    """The account of one year as a row: what was printed or follows by difference, no more."""
    lines = account[account["role"].ne("part")].set_index("item")
    value, row = lines["value"], account.iloc[0]
    known = account[account["value"].notna()]
    shares = lines["share_of_gdp"]
    gdp = (value / shares).where(shares.gt(0)).drop("assets_opening")
    return pd.DataFrame(
        [
            {item: value.get(item, np.nan) for item in MONEY}
            | {
                "scheme": row["covers"], "short_name": row["short_name"], "type": row["type"], "year": int(row["year"]),
                "method": "account",
                "balance": value["surplus"], "reserve": value["assets_closing"], "gdp": gdp.median(), "share_of_gdp": shares["expenditure"],
                "income_share": shares["income"], "quality": weakest(known["quality"]), "source": join_sources(*known["source"]),
            }
        ]
    )  # fmt: skip


def _refused(scheme: str, why: str) -> pd.DataFrame:
    return pd.DataFrame([{"scheme": scheme, "year": pd.NA, "reason": why}])


def system_totals(system: pd.DataFrame) -> pd.DataFrame:
    """All schemes together, year by year: the sum of those that are projected, a lower bound of the system.

    Parameters
    ----------
    system : result of :func:`project_system`

    Returns
    -------
    table : year, the money columns of the system (billion), gdp, share_of_gdp (expenditure), income_share, schemes (that count), of
        (that the inventory lists as paying today), quality, source, reason (codes: who is not in it)

    Notes
    -----
    Only years are summed in which every projected scheme has a value. What the State transfers to a scheme is in its income once, and in
    nobody's expenditure; what taxes pay for is in state_transfer of the scheme that pays it out.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> totals = system_totals(project_system(read_pack("XTC"), 2030))
    >>> bool((totals["income"] - totals["expenditure"] - totals["balance"]).abs().max() < 1e-9)
    True
    """
    ahead = system[~system["method"].isin(("account", ""))]
    if ahead.empty:
        return pd.DataFrame(columns=TOTAL_COLUMNS)
    projected = ahead["scheme"].nunique()
    counts = ahead.groupby("year")["scheme"].nunique()
    years = counts.index[counts == projected]
    rows = ahead[ahead["year"].isin(years)]
    sums = (
        rows.groupby("year")[list(MONEY)]
        .sum(min_count=1)
        .assign(gdp=rows.groupby("year")["gdp"].median())
        .reset_index()
    )
    listed = {code for codes in system["scheme"] for code in codes.split(";")}
    others = system[~system["scheme"].isin(ahead["scheme"])].drop_duplicates("scheme")["short_name"]
    out = [name for names in others for name in names.split(";")]
    return sums.assign(
        share_of_gdp=sums["expenditure"] / sums["gdp"], income_share=sums["income"] / sums["gdp"], schemes=projected, of=len(listed),
        quality=weakest(rows["quality"].unique()), source=join_sources(*rows["source"].unique()),
        reason=reason("system_without", schemes=out) if out else "",
    )[TOTAL_COLUMNS]  # fmt: skip
