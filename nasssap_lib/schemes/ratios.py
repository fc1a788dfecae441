"""Ratios of the expenditure and performance review: of two figures of one scheme at most a year apart, and of money on GDP.

Definitions after the ILO's Social Protection Expenditure and Performance Reviews and its manual Social Budgeting (Scholz, Cichon and
Hagemejer 2000): cost ratio, fund ratio, contributors per pensioner, share of administration.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from nasssap_lib import terms
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
from nasssap_lib.schemes.accounts import MONEY, is_whole
from nasssap_lib.schemes.recipients import ALONE, PENSION_BRANCHES

APART = 1  # years between two figures of one ratio, at most
RATIO_COLUMNS = [
    "scheme", "short_name", "ratio", "detail", "branch", "covers", "kind", "year", "value", "unit", "above", "above_value",
    "above_year", "below", "below_value", "below_year", "newest", "quality", "source", "reason",
]  # fmt: skip
HEADS = ("persons", "households", "families", "subscribers")


@dataclass(frozen=True)
class Ratio:
    """A ratio of two figures of one scheme, or of one account of several.

    id : its code · above, below : items, the first that a scheme has in a year is used · unit : of its value · shift : years by which
    what is below lies after what is above · apart : years that they may differ beside · funds : True where only what people pay
    contributions for has it · times : by which it is multiplied · heads : True where what is below must be all whom a scheme pays
    """

    id: str
    above: tuple[str, ...]
    below: tuple[str, ...]
    unit: str = "share"
    shift: int = 0
    apart: int = APART
    funds: bool = True
    times: float = 1.0
    heads: bool = False


RATIOS = (
    Ratio("cost_ratio", ("expenditure",), ("income",), funds=False),
    Ratio("benefits_income", ("benefits",), ("income",), funds=False),
    Ratio("benefits_contributions", ("benefits",), ("contributions",)),
    Ratio("administration_share", ("administration",), ("expenditure",), funds=False),
    Ratio("contributors_per_pensioner", ("contributors",), ("pensioners",), "persons"),
    Ratio(
        "expenditure_per_beneficiary",
        ("expenditure", "benefits"),
        ("beneficiaries", "pensioners"),
        "lcu",
        funds=False,
        times=1e9,
        heads=True,
    ),
    Ratio("fund_ratio_opening", ("assets",), ("benefits", "expenditure"), "years", shift=1, apart=0),
    Ratio("fund_ratio_closing", ("assets",), ("benefits", "expenditure"), "years", apart=0),
)


def ratio_of(above, below):
    """One figure over another; NaN where there is nothing below: a fund that pays nothing has no fund ratio.

    Examples
    --------
    >>> float(ratio_of(170.0, 85.0)), float(ratio_of(3.0, 0.0))
    (2.0, nan)
    """
    above, below = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / below, np.nan)


def matched_ratios(accounts: pd.DataFrame, ratio: Ratio) -> pd.DataFrame:
    """A ratio for every year of the figure above that has one below at most so many years away.

    Parameters
    ----------
    accounts : result of ``accounts.scheme_accounts``
    ratio : which

    Returns
    -------
    rows with columns of :func:`sper_ratios`; of several figures below the nearest year, then an outturn, then the earlier year
    """
    whole = accounts[is_whole(accounts) & accounts["value"].notna()]
    first, second = _of_items(whole, ratio.above), _of_items(whole, ratio.below)
    first, second = _in_own_people(first), _in_own_people(second)
    pairs = first.merge(second, on=["scheme", "covers"], suffixes=("", "_below"))
    pairs = pairs[(pairs["unit"] == pairs["unit_below"]) | ratio.unit.startswith(("lcu", "persons"))]
    away = (pairs["year_below"] - pairs["year"] - ratio.shift).abs()
    pairs = pairs.assign(away=away, budgets=pairs[["kind", "kind_below"]].eq("budget").sum(axis=1))[away <= ratio.apart]
    pairs = pairs.sort_values(["away", "budgets", "order", "order_below", "year_below"], kind="stable")
    year = "year_below" if ratio.apart == 0 else "year"
    pairs = pairs.drop_duplicates(["scheme", "covers", year])
    return _ratio_rows(pairs, ratio.id, ratio.unit, pairs[year], ratio.times)


def _of_items(whole: pd.DataFrame, items: tuple[str, ...]) -> pd.DataFrame:
    rows = whole[whole["item"].isin(items)]
    return rows.assign(order=rows["item"].map({item: place for place, item in enumerate(items)}))


def _in_own_people(rows: pd.DataFrame) -> pd.DataFrame:
    """Without what counts anything but people, such as registrations of many years."""
    return rows[(rows["unit"] != "number") | rows["counted_in"].isin(HEADS)]


def _ratio_rows(pairs: pd.DataFrame, code: str, unit: str, year: pd.Series, times: float = 1.0) -> pd.DataFrame:
    """Rows of a ratio from figures that were matched."""
    value = ratio_of(pairs["value"], pairs["value_below"]) * times
    why = [
        join_reasons(*cells, *([] if below > 0 else [reason("nothing_below", measure=what)]))
        for *cells, below, what in zip(
            pairs["reason"], pairs["reason_below"], pairs["value_below"], pairs["item_below"], strict=True
        )
    ]
    people = pairs["counted_in_below"].isin(("households", "families")) & (pairs["unit_below"] == "number")
    why = [join_reasons(cell, reason("per_household") if home else "") for cell, home in zip(why, people, strict=True)]
    return pd.DataFrame(
        {
            "scheme": pairs["scheme"], "ratio": code, "detail": pairs["detail"], "branch": pairs["branch"], "covers": pairs["covers"],
            "kind": np.where(pairs[["kind", "kind_below"]].eq("budget").any(axis=1), "budget", "outturn"), "year": year, "value": value,
            "unit": unit, "above": pairs["item"], "above_value": pairs["value"], "above_year": pairs["year"], "below": pairs["item_below"],
            "below_value": pairs["value_below"], "below_year": pairs["year_below"],
            "quality": [weakest(cells) for cells in zip(pairs["quality"], pairs["quality_below"], strict=True)],
            "source": [join_sources(*cells) for cells in zip(pairs["source"], pairs["source_below"], strict=True)], "reason": why,
        }
    )  # fmt: skip


def parts_of_receipts(accounts: pd.DataFrame) -> pd.DataFrame:
    """What one scheme or branch pays, of the receipts that its institution has for several: a share of them, and no cost rate.

    Parameters
    ----------
    accounts : result of ``accounts.scheme_accounts``
    """
    paid = accounts[(accounts["item"] == "benefits") & accounts["value"].notna() & accounts["kind"].eq("outturn")]
    taken = accounts[
        (accounts["item"] == "income") & accounts["value"].notna() & is_whole(accounts) & accounts["kind"].eq("outturn")
    ]
    members = taken.assign(member=taken["covers"].astype("str").str.split(";")).explode("member")
    pairs = paid.merge(
        members, left_on=["scheme", "year", "unit"], right_on=["member", "year", "unit"], suffixes=("", "_below")
    )
    other = (pairs["covers"] != pairs["covers_below"]) | ~is_whole(pairs)
    pairs = pairs[other]
    pairs = pairs.assign(year_below=pairs["year"], unit_below=pairs["unit"])
    rows = _ratio_rows(pairs, "part_of_receipts", "share", pairs["year"])
    several = (pairs["covers"] != pairs["covers_below"]).to_numpy()
    rows["reason"] = [
        join_reasons(cell, reason("receipts_of_several") if many else "")
        for cell, many in zip(rows["reason"], several, strict=True)
    ]
    return rows


def on_product(accounts: pd.DataFrame, gdp: pd.DataFrame, persons: pd.DataFrame) -> pd.DataFrame:
    """Money of each year on the GDP of that year, and spending per head of the population.

    Parameters
    ----------
    accounts : result of ``accounts.scheme_accounts``
    gdp, persons : results of :func:`yearly_bases`
    """
    money = accounts[accounts["item"].isin(MONEY) & accounts["value"].notna()]
    gross = money.drop_duplicates(["scheme", "covers", "item", "kind", "detail", "branch", "year", "unit"], keep="last")
    shares = [_on_base(gross, gdp, "{item}_gdp", "share", 1.0)]
    spent = gross[gross["item"].isin(("expenditure", "benefits")) & gross["unit"].eq("lcu_billion") & is_whole(gross)]
    shares.append(_on_base(spent, persons, "{item}_per_head", "lcu", 1e9))
    return pd.concat(shares, ignore_index=True)


def _on_base(rows: pd.DataFrame, base: pd.DataFrame, code: str, unit: str, times: float) -> pd.DataFrame:
    """Rows over the mean of a base in the two calendar years of their year."""
    base = base.drop_duplicates(["year", "unit"], keep="last")
    pairs = rows.merge(base, on=["year", "unit"], suffixes=("", "_last"))
    pairs = pairs.merge(base.rename(columns={"year": "first_year"}), on=["first_year", "unit"], suffixes=("", "_first"))
    mean = (pairs["value_last"] + pairs["value_first"]) / 2
    below = "population" if times > 1 else "gdp"
    quality = [weakest(cells) for cells in zip(pairs["quality_last"], pairs["quality_first"], strict=True)]
    pairs = pairs.assign(
        value_below=mean, item_below=below, year_below=pairs["year"], kind_below="", reason_below="", counted_in_below="",
        unit_below=pairs["unit"], quality_below=quality,
        source_below=[join_sources(*cells) for cells in zip(pairs["source_last"], pairs["source_first"], strict=True)],
    )  # fmt: skip
    table = _ratio_rows(pairs, "", unit, pairs["year"], times)
    fiscal = (pairs["first_year"] != pairs["year"]).to_numpy()
    table["reason"] = [
        join_reasons(cell, reason("half_years", first=int(first), last=int(last)) if two else "")
        for cell, two, first, last in zip(table["reason"], fiscal, pairs["first_year"], pairs["year"], strict=True)
    ]
    return table.assign(ratio=[code.format(item=item) for item in pairs["item"]])


def residual_of(opening: float, closing: float, contributions: float, benefits: float) -> float:
    """What the accounts of a year leave over: income from investment, less administration and all that is not stated.

    closing − opening − contributions + benefits, in the unit of the four; not shipped by anybody: print it as a residual

    Examples
    --------
    >>> round(residual_of(6080, 7600, 1660, 828.91), 2)
    688.91
    """
    return closing - opening - contributions + benefits


def residuals(accounts: pd.DataFrame) -> pd.DataFrame:
    """What reserves moved by beyond contributions and benefits, for each year that has all four figures.

    Parameters
    ----------
    accounts : result of ``accounts.scheme_accounts``
    """
    whole = accounts[is_whole(accounts) & accounts["value"].notna()]
    whole = whole.assign(order=whole["kind"].eq("budget")).sort_values(["order"], kind="stable")
    key = ["scheme", "covers", "unit", "year"]
    items = {
        name: whole[whole["item"] == name].drop_duplicates(key).set_index(key)
        for name in ("assets", "contributions", "benefits")
    }
    opening = items["assets"].reset_index().assign(year=lambda rows: rows["year"] + 1).set_index(key)
    four = (opening, items["assets"], items["contributions"], items["benefits"])
    years = four[0].index.intersection(four[1].index).intersection(four[2].index).intersection(four[3].index)
    parts = [table.loc[years] for table in four]
    scheme, covers, _, year = (years.get_level_values(name) for name in key)
    text = ("kind", "quality", "source")
    kind, qualities, source = (list(zip(*(part[name] for part in parts), strict=True)) for name in text)
    quality = [weakest([*cells, "estimated"]) for cells in qualities]
    return pd.DataFrame(
        {
            "scheme": scheme, "ratio": "residual", "detail": "", "branch": "", "covers": covers,
            "kind": ["budget" if "budget" in cells else "outturn" for cells in kind], "year": year,
            "value": residual_of(*(part["value"].to_numpy() for part in parts)), "unit": "lcu_billion", "above": "assets",
            "above_value": parts[1]["value"].to_numpy(), "above_year": year, "below": "contributions",
            "below_value": parts[2]["value"].to_numpy(), "below_year": year, "quality": quality,
            "source": [join_sources(*cells) for cells in source], "reason": "not_shipped_residual",
        }
    )  # fmt: skip


def lacking_ratios(
    accounts: pd.DataFrame, heads: pd.DataFrame, schemes: pd.DataFrame, known: pd.DataFrame
) -> pd.DataFrame:
    """Ratios that a scheme should have and has not: which figure lacks, or how far apart the two are.

    Parameters
    ----------
    accounts : result of ``accounts.scheme_accounts``
    heads : result of ``recipients.recipient_counts``
    schemes : rows of the inventory
    known : ratios with their scheme
    """
    funds = schemes["type"].isin((*terms.CONTRIBUTORY_TYPES, "community"))
    pensions = schemes["branches"].map(lambda codes: bool(PENSION_BRANCHES & set(codes.split(";")))).astype(bool)
    have = set(zip(known["scheme"], known["ratio"], strict=True))
    figures_of = cache(lambda of_heads, scheme: _figures_of(heads if of_heads else accounts, scheme))
    rows = []
    for ratio in RATIOS:
        wanted = funds if ratio.funds else funds | True
        own = schemes[wanted & (pensions | (ratio.id != "contributors_per_pensioner"))]
        lacking = (scheme for scheme in own["id"] if (scheme, ratio.id) not in have)
        rows += [_lacking(*figures_of(ratio.heads, scheme), scheme, ratio) for scheme in lacking]
    table = pd.DataFrame(rows)
    return table if len(table) else pd.DataFrame(columns=RATIO_COLUMNS)


def _figures_of(accounts: pd.DataFrame, scheme: str) -> tuple[list[dict], list[dict]]:
    """All rows of a scheme; and those that stand for the whole of it."""
    rows = accounts[accounts["scheme"] == scheme]
    whole = _in_own_people(rows[is_whole(rows) & rows["value"].notna()])
    return as_records(rows[["item", "reason"]]), as_records(whole[["item", "year"]])


def _lacking(own_rows: list[dict], own: list[dict], scheme: str, ratio: Ratio) -> dict:
    above, below = ([row["year"] for row in own if row["item"] in items] for items in (ratio.above, ratio.below))
    lacks = [items[0] for years, items in ((above, ratio.above), (below, ratio.below)) if not years]
    if lacks:
        why = _why_lacking(own_rows, lacks, ratio)
    else:
        first, last = int(max(above)), int(max(below))
        why = reason("figures_apart", measure=ratio.above[0], year=first, other_measure=ratio.below[0], other_year=last)
    return {
        "scheme": scheme, "ratio": ratio.id, "detail": "", "branch": "", "covers": scheme, "kind": "", "year": pd.NA, "value": np.nan,
        "unit": ratio.unit, "above": ratio.above[0], "above_value": np.nan, "above_year": pd.NA, "below": ratio.below[0],
        "below_value": np.nan, "below_year": pd.NA, "quality": "", "source": "", "reason": why,
    }  # fmt: skip


def _why_lacking(own: list[dict], lacks: list[str], ratio: Ratio) -> str:
    """Why figures of a ratio lack: none was found, or none of the whole scheme in one year, or none of all whom it pays."""
    items = {name: ratio.above if name == ratio.above[0] else ratio.below for name in lacks}
    told = {name: {row["reason"] for row in own if row["item"] in items[name]} for name in lacks}
    alone = [name for name in lacks if ALONE in told[name]]
    parts = [name for name in lacks if name not in alone and told[name]]
    none = [name for name in lacks if name not in (*alone, *parts)]
    return join_reasons(
        reason("figure_lacks", measures=none) if none else "",
        reason("figure_of_part", measures=parts) if parts else "",
        ALONE if alone else "",
    )


def newest_of(table: pd.DataFrame) -> np.ndarray:
    """Of each account, ratio and part the newest outturn, and a budget that is newer: a scheme's own account hides no common one."""
    order = pd.DataFrame(
        {
            "part": list(zip(table["scheme"], table["covers"], table["ratio"], table["detail"], strict=True)), "at": np.arange(len(table)),
            "year": table["year"].astype("Int64").fillna(0).astype(int), "budget": table["kind"].eq("budget"),
        }
    )  # fmt: skip
    order = order.sort_values(["year", "budget"], ascending=[False, True], kind="stable")
    newest = order.drop_duplicates(["part", "budget"])
    spent = newest[~newest["budget"]].set_index("part")["year"]
    late = newest["budget"] & (newest["year"] <= newest["part"].map(spent).fillna(-1))
    return np.isin(order["at"].sort_values(), newest.loc[~late, "at"])
