"""Funds that pay balances or lump sums: what they hold, take in and pay back, and how fast they grow; never a pay-as-you-go rate."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.budget.accounts import share_of_gdp
from nasssap_lib.budget.illustration import pays_lump_sums
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.schemes.accounts import is_whole, scheme_accounts
from nasssap_lib.schemes.inventory import standing_schemes

ITEMS = ("contributions", "benefits", "investment_income", "administration", "assets")
COLUMNS = [
    "scheme", "short_name", "type", "item", "kind", "year", "first_year", "since", "value", "unit", "share_of_gdp", "quality", "source",
    "reason",
]  # fmt: skip


@once_a_pack
def fund_balances(pack: Pack) -> pd.DataFrame:
    """What provident funds, and funds that mostly pay lump sums, hold, take in and pay back, with growth and what is paid of it.

    Returns
    -------
    table : scheme (id), short_name, type, item (contributions, benefits: refunds and withdrawals, investment_income, administration,
        assets; growth: of assets a year between two years that have them; refunds_contributions, refunds_assets: of one year), kind
        (outturn, budget, stock, ratio), year, first_year, since (of growth: from which year), value (billion; growth and ratios:
        shares), unit (lcu_billion, usd_billion, share), share_of_gdp (of the year; NaN for growth and ratios), quality, source, reason;
        the newest figure of each item, of assets all years. A fund with no figure has one row, with the reason

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = fund_balances(read_pack("LKA")).query("scheme == 'epf' and item == 'growth'")
    >>> table[["since", "year", "value"]].round(3).to_numpy(float).tolist()
    [[2010.0, 2012.0, 0.127], [2012.0, 2022.0, 0.118]]
    """
    schemes = standing_schemes(pack)
    lumps = [pays_lump_sums(pack, code) for code in schemes["id"]]
    why = [
        join_reasons("pays_balances" if kind == "provident_fund" else "", lump)
        for kind, lump in zip(schemes["type"], lumps, strict=True)
    ]
    funds = schemes.assign(why=why)
    funds = funds[funds["why"] != ""]
    money = scheme_accounts(pack)
    money = money[
        money["item"].isin(ITEMS) & money["value"].notna() & is_whole(money) & money["covers"].eq(money["scheme"])
    ]
    tables = [_balances(money[money["scheme"] == fund.id], fund) for fund in funds.itertuples()]
    if not tables:
        return pd.DataFrame(columns=COLUMNS)
    table = pd.concat(tables, ignore_index=True)
    return table.assign(share_of_gdp=share_of_gdp(pack, table))[COLUMNS].astype(
        {"year": "Int64", "since": "Int64", "first_year": "Int64"}
    )


def _balances(money: pd.DataFrame, fund) -> pd.DataFrame:
    """Rows of one fund."""
    named = {"scheme": fund.id, "short_name": fund.short_name, "type": fund.type}
    order = money.assign(budget=money["kind"].eq("budget")).sort_values(
        ["year", "budget"], ascending=[True, False], kind="stable"
    )
    stocks = order[order["item"].eq("assets")].drop_duplicates(["unit", "year"], keep="last")
    flows = order[~order["item"].eq("assets")].drop_duplicates(["unit", "item"], keep="last")
    rows = pd.concat([flows, stocks])[
        ["item", "kind", "year", "first_year", "value", "unit", "quality", "source", "reason"]
    ]
    if rows.empty:
        none = dict.fromkeys(("kind", "quality", "source"), "") | dict.fromkeys(("year", "first_year", "since"), pd.NA)
        none |= {"item": "assets", "value": np.nan, "unit": "lcu_billion"}
        return pd.DataFrame([named | none | {"reason": join_reasons(fund.why, "not_found")}])
    rows = rows.assign(since=pd.NA)
    paid = order[order["item"].eq("benefits")]
    ratios = [
        _ratio(paid, order[order["item"].eq("contributions")], "refunds_contributions"),
        _ratio(paid, stocks, "refunds_assets"),
    ]
    return pd.concat([rows, _growth(stocks), *ratios]).assign(**named)


def _growth(stocks: pd.DataFrame) -> pd.DataFrame:
    """Growth of assets a year from each year that has them to the next."""
    later, before = stocks, stocks.groupby("unit")[["year", "value", "quality", "source"]].shift()
    pairs = later.assign(**{f"{name}_before": before[name] for name in before})[before["value"].gt(0)]
    span = (pairs["year"] - pairs["year_before"]).astype(float)
    return pd.DataFrame(
        {
            "item": "growth", "kind": "ratio", "year": pairs["year"], "first_year": pairs["year"],
            "since": pairs["year_before"].astype("Int64"),
            "value": (pairs["value"] / pairs["value_before"]).astype(float) ** (1 / span) - 1, "unit": "share",
            "quality": [weakest([*cells, "estimated"]) for cells in zip(pairs["quality"], pairs["quality_before"], strict=True)],
            "source": [join_sources(*cells) for cells in zip(pairs["source"], pairs["source_before"], strict=True)],
            "reason": [reason("growth_since", since=int(year)) for year in pairs["year_before"]],
        }
    )  # fmt: skip


def _ratio(above: pd.DataFrame, below: pd.DataFrame, code: str) -> pd.DataFrame:
    """What was paid back of another figure of the same year, the newest year that has both; an outturn before a budget."""
    key = ["year", "unit"]
    newest = [rows.drop_duplicates(key, keep="last") for rows in (above, below)]
    pairs = newest[0].merge(newest[1], on=key, suffixes=("", "_below"))
    pairs = pairs[pairs["value_below"] > 0].sort_values("year").tail(1)
    budget = pairs[["kind", "kind_below"]].eq("budget").any(axis=1)
    return pd.DataFrame(
        {
            "item": code, "kind": "ratio", "year": pairs["year"], "first_year": pairs["first_year"], "since": pd.NA,
            "value": pairs["value"] / pairs["value_below"], "unit": "share",
            "quality": [weakest([*cells, "estimated"]) for cells in zip(pairs["quality"], pairs["quality_below"], strict=True)],
            "source": [join_sources(*cells) for cells in zip(pairs["source"], pairs["source_below"], strict=True)],
            "reason": np.where(budget, "partly_budgeted", ""),
        }
    )  # fmt: skip
