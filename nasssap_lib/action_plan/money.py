"""The money of a plan: its cost by year, who pays, what nobody pays yet, and what the plan leaves open."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from nasssap_lib.action_plan.months import YEAR
from nasssap_lib.action_plan.schedule import spans_of
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import reason
from nasssap_lib.rows import as_records

COST_COLUMNS = [
    "id", "name", "option", "institution", "finance_source", "year", "months", "cost", "financed", "unfunded", "quality", "source",
    "reason",
]  # fmt: skip
MONEY = ["cost", "financed", "unfunded"]
OPEN_COLUMNS = ["id", "name", "option", "institution", "lacks", "amount", "quality", "source"]


def activity_costs(pack: Pack) -> pd.DataFrame:
    """What each activity costs in each year.

    Returns
    -------
    table, an activity and calendar year a row

    * id, name, option, institution, finance_source: as the pack has them
    * months: of the activity in the year
    * cost, financed, unfunded: million national currency at the prices that the plan states; NaN where it states none
    * reason: that no cost, or no share that is financed, was stated

    Notes
    -----
    The cost is spread evenly over the months of the activity: plans state one sum. Unfunded = cost × (1 − share financed).

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = activity_costs(read_pack("XTC")).query("id == 'a04'")  # six of nine months in 2027, two fifths financed
    >>> table[["year", "months", "cost", "unfunded"]].round(1).values.tolist()
    [[2027.0, 6.0, 346.7, 208.0], [2028.0, 3.0, 173.3, 104.0]]
    """
    spans = spans_of(pack.activities)
    rows = [
        row | {"year": year, "months": months, "share": months / spans[row["id"]].months}
        for row in as_records(pack.activities.rename(columns={"measure": "option"}))
        for year, months in _months_by_year(spans[row["id"]])
    ]
    table = pd.DataFrame(rows, columns=[*COST_COLUMNS, "share"])
    table["cost"] = table["cost"].astype(float) * table["share"].astype(float)
    table["unfunded"] = table["cost"] * (1 - table["financed"].astype(float))
    table["financed"] = table["cost"] - table["unfunded"]
    stated = table["cost"].notna(), table["financed"].notna()
    table["reason"] = np.select([~stated[0], ~stated[1]], [reason("no_cost_stated"), reason("no_share_stated")], "")
    return table[COST_COLUMNS]


def _months_by_year(span) -> list[tuple[int, int]]:
    years = Counter(month // YEAR for month in range(span.start, span.end + 1))
    return sorted(years.items())


def plan_costs(pack: Pack) -> pd.DataFrame:
    """Cost of the plan by year.

    Returns
    -------
    table : year, cost, financed, unfunded (million national currency; sums of what is stated), activities (number with work in the
        year), quality, source, reason (ids of activities without a cost or a share: the sums are then lower bounds)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = plan_costs(read_pack("XTC"))
    >>> float(table["cost"].sum()), table["year"].tolist()
    (3835.0, [2025, 2026, 2027, 2028])
    """
    return _summed(activity_costs(pack), ["year"])


def costs_by_payer(pack: Pack) -> pd.DataFrame:
    """Who pays how much in which year.

    Returns
    -------
    table : finance_source (as the plan writes it; "" where it names none), year, cost, financed, unfunded (million national currency:
        of the activities that name this source; unfunded is their part that it does not pay), activities, quality, source, reason

    Notes
    -----
    A share that is financed without a source that pays it stays with "": ``open_points`` names it.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = costs_by_payer(read_pack("XTC"))
    >>> round(float(table[table["finance_source"] == "World Bank credit"]["financed"].sum()))
    720
    """
    return _summed(activity_costs(pack), ["finance_source", "year"])


def _summed(costs: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    rows = [
        dict(zip(by, key, strict=True)) | {name: float(part[name].sum()) for name in MONEY} | _told(part)
        for key, part in costs.groupby(by)
    ]
    return pd.DataFrame(rows, columns=[*by, *MONEY, "activities", "quality", "source", "reason"])


def _told(part: pd.DataFrame) -> dict:
    without = part.loc[part["reason"] != "", "id"].tolist()
    return {
        "activities": len(part),
        "quality": weakest(part["quality"]),
        "source": join_sources(*part["source"]),
        "reason": reason("sum_without_activities", activities=without) if without else "",
    }


def open_points(pack: Pack) -> pd.DataFrame:
    """What the plan leaves open, an activity and a kind of gap a row; options without any activity too.

    Returns
    -------
    table : id, name (of the activity; of the option where it has none), option, institution, lacks (a reason code:
        no_responsible_institution, no_cost_stated, no_share_stated, nothing_financed, partly_financed, no_payer_named or no_activity),
        amount (million national currency without a payer; NaN where none is known), quality, source

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = open_points(read_pack("XTC"))
    >>> table[table["lacks"] == "nothing_financed"][["id", "amount"]].values.tolist()
    [['a06', 340.0], ['a13', 25.0]]
    """
    plan = pack.activities.rename(columns={"measure": "option"})
    missing = plan["cost"] * (1 - plan["financed"])
    lacks = {
        "no_responsible_institution": plan["institution"] == "",
        "no_cost_stated": plan["cost"].isna(),
        "no_share_stated": plan["cost"].notna() & plan["financed"].isna(),
        "nothing_financed": (plan["financed"] == 0) & ~(plan["cost"] == 0),
        "partly_financed": (plan["financed"] > 0) & (plan["financed"] < 1),
        "no_payer_named": (plan["financed"] > 0) & (plan["finance_source"] == ""),
    }
    of_money = ("nothing_financed", "partly_financed")
    amounts = plan.assign(amount=missing), plan.assign(amount=np.nan)
    parts = [amounts[code not in of_money][wrong].assign(lacks=reason(code)) for code, wrong in lacks.items()]
    options = pack.measures[~pack.measures["id"].isin(plan["option"])] if len(plan) else pack.measures.head(0)
    parts.append(options.assign(option=options["id"], id="", lacks=reason("no_activity"), amount=np.nan))
    return pd.concat([part[OPEN_COLUMNS] for part in parts], ignore_index=True)
