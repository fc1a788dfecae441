"""What a ministry of finance asks of a gap: its weight in revenue, taxes and expenditure, in aid, and in the wage bill."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.financing.options import aid_of_gdp
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason

REVENUE_COLUMNS = [
    "year", "gap", "revenue", "expenditure", "tax", "tax_year", "of_revenue", "of_expenditure", "of_tax", "growth", "growth_needed",
    "quality", "source", "reason",
]  # fmt: skip
AID_COLUMNS = ["year", "gap", "aid", "aid_year", "times", "quality", "source", "reason"]
STAFF_COLUMNS = [
    "year",
    "administration",
    "wage_bill",
    "wage_bill_year",
    "ceiling",
    "ceiling_year",
    "left",
    "quality",
    "source",
    "reason",
]
WAGE_BILL, CEILING = "government_wage_bill_gdp", "wage_bill_ceiling_gdp"


def revenue_checks(pack: Pack, gap: pd.DataFrame) -> pd.DataFrame:
    """The gap beside government revenue, expenditure and taxes, and how revenue would have to grow to close it.

    Parameters
    ----------
    pack : the country
    gap : result of :func:`financing.financing_gap`

    Returns
    -------
    table with the columns of ``REVENUE_COLUMNS``, one row a year of the gap

    * revenue, expenditure: of government in the year, shares of GDP; tax: latest tax revenue, share of GDP, of tax_year
    * of_revenue, of_expenditure, of_tax: gap ÷ each, shares; of_tax keeps the latest tax revenue in % of GDP
    * growth: of nominal revenue a year from the reference year, as published; growth_needed: the same if it paid for the gap too
    * NaN with a reason in years for which they were not published

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> gap = pd.DataFrame({"year": [2030], "gap": [0.01], "quality": ["assumed"], "source": [""], "reason": [""]})
    >>> revenue_checks(read_pack("SEN"), gap)["of_revenue"].round(4).tolist()  # of 22.936 % of GDP
    [0.0436]
    """
    if gap.empty:
        return pd.DataFrame(columns=REVENUE_COLUMNS)
    years, base = [int(year) for year in gap["year"]], pack.settings.reference_year
    used = {name: pack.series(f"government_{name}_gdp") for name in ("revenue", "expenditure")}
    used |= {"gdp": pack.series("gdp_current"), "tax": pack.latest("tax_revenue_gdp", year=base)}
    table = gap[["year", "gap"]].astype({"gap": float}).reset_index(drop=True)
    for name in ("revenue", "expenditure"):
        table[name] = _in(used[name], years) / 100
    table["tax"], table["tax_year"] = _one(used["tax"])
    for name in ("revenue", "expenditure", "tax"):
        table[f"of_{name}"] = table["gap"] / table[name].where(table[name] > 0)
    money = _in(used["gdp"], years) / _in(used["gdp"], [base])
    span = np.where(np.array(years) > base, np.array(years) - base, np.nan)
    now = _in(used["revenue"], [base]) / 100
    table["growth"] = (table["revenue"] / now * money) ** (1 / span) - 1
    table["growth_needed"] = ((table["revenue"] + table["gap"]) / now * money) ** (1 / span) - 1
    table["reason"] = [
        join_reasons(
            reason("no_revenue_of_year", year=year) if np.isnan(value) else "",
            "" if len(used["tax"]) else reason("no_tax_revenue"),
        )
        for year, value in zip(years, table["revenue"], strict=True)
    ]
    return _said(table, gap, list(used.values()))[REVENUE_COLUMNS]


def aid_beside_gap(pack: Pack, gap: pd.DataFrame) -> pd.DataFrame:
    """What would be missing beside what partners give today for social protection.

    Parameters
    ----------
    pack : the country
    gap : result of :func:`financing.financing_gap`

    Returns
    -------
    table with the columns of ``AID_COLUMNS``, one row a year of the gap: gap and aid (of aid_year) as shares of GDP; times: gap ÷ aid: how
        many times today's aid would be asked for if partners paid for all that is missing

    Notes
    -----
    Aid for social protection is that of purpose code 16010; whether it passes through the budget is not said.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> gap = pd.DataFrame({"year": [2030], "gap": [0.0304], "quality": ["assumed"], "source": [""], "reason": [""]})
    >>> aid_beside_gap(read_pack("ZMB"), gap)["times"].round(1).tolist()
    [10.0]
    """
    if gap.empty:
        return pd.DataFrame(columns=AID_COLUMNS)
    known = aid_of_gdp(pack).dropna(subset=["share_of_gdp"]).tail(1)
    table = gap[["year", "gap"]].astype({"gap": float}).reset_index(drop=True)
    table["aid"], table["aid_year"] = (
        (known["share_of_gdp"].iat[0], int(known["year"].iat[0])) if len(known) else (np.nan, pd.NA)
    )
    table["times"] = table["gap"] / table["aid"].where(table["aid"] > 0)
    table["reason"] = "" if len(known) else reason("no_aid_published")
    return _said(table, gap, [known])[AID_COLUMNS]


def staff_check(pack: Pack, costs: pd.DataFrame) -> pd.DataFrame:
    """The options' administration beside the government's wage bill and the ceiling that it has set itself.

    Parameters
    ----------
    pack : the country
    costs : result of ``costing.cost_package``

    Returns
    -------
    table with the columns of ``STAFF_COLUMNS``, one row a year whose money is known: administration of all options, wage_bill (of
        wage_bill_year), ceiling (of ceiling_year), left (ceiling − wage bill − administration), shares of GDP; NaN with a reason where no
        wage bill or no ceiling was published

    Notes
    -----
    What part of administration is pay is not known: all of it is held against the ceiling, an upper bound.

    Examples
    --------
    >>> from nasssap_lib.costing.package import cost_package
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> staff_check(pack, cost_package(pack, [2030], ["social_pension"]))["reason"].tolist()
    ['no_wage_bill; no_wage_bill_ceiling; administration_is_not_all_pay']
    """
    rows = costs[(costs["sex"] == "total") & costs["total"].notna()] if len(costs) else costs
    if rows.empty:
        return pd.DataFrame(columns=STAFF_COLUMNS)
    spent = rows["share_of_gdp"] * rows["administration"] / rows["total"].where(rows["total"] > 0)
    table = spent.fillna(0.0).groupby(rows["year"]).sum().rename("administration").reset_index()
    used = [pack.latest(name, year=pack.settings.reference_year) for name in (WAGE_BILL, CEILING)]
    for name, fact in zip(("wage_bill", "ceiling"), used, strict=True):
        table[name], table[f"{name}_year"] = _one(fact)
    table["left"] = table["ceiling"] - table["wage_bill"] - table["administration"]
    lacks = [code for code, fact in zip(("no_wage_bill", "no_wage_bill_ceiling"), used, strict=True) if fact.empty]
    table["reason"] = join_reasons(*lacks, "administration_is_not_all_pay")
    return _said(table, rows, used)[STAFF_COLUMNS]


def _in(series: pd.DataFrame, years: list[int]) -> np.ndarray:
    return series.set_index("year")["value"].reindex(years).to_numpy(float)


def _one(fact: pd.DataFrame) -> tuple[float, object]:
    """A share of GDP and its year."""
    return (float(fact["value"].iat[0]) / 100, int(fact["year"].iat[0])) if len(fact) else (np.nan, pd.NA)


def _said(table: pd.DataFrame, first: pd.DataFrame, used: list[pd.DataFrame]) -> pd.DataFrame:
    """How sure the table is, and its sources."""
    qualities = [quality for one in (first, *used) for quality in one["quality"].unique()]
    sources = [source for one in (first, *used) for source in one["source"].unique()]
    return table.assign(quality=weakest(filter(None, ["estimated", *qualities])), source=join_sources(*sources))
