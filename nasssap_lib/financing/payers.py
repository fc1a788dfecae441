"""Who pays: the cost of each year by option for fiscal space, and the part for which nobody pays yet."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.reasons import reason

PAYER_COLUMNS = ["year", "option", "share_of_gdp", "of_cost", "quality", "source", "reason"]
MISSING = 0  # in place of an option's number: what nobody pays for


def who_pays(gap: pd.DataFrame, space: pd.DataFrame) -> pd.DataFrame:
    """The cost of each year by the option for fiscal space that pays for it, central values; what is missing is its own part.

    Parameters
    ----------
    gap : result of :func:`financing.financing_gap`
    space : the result of :func:`financing.space_by_year` from which it was made

    Returns
    -------
    table : year, option (1 to 8; 0: missing), share_of_gdp (0–1), of_cost (share of the year's cost), quality, source, reason; the parts
        of a year add up to its cost; years without a known cost are left out

    Notes
    -----
    Where more is offered than can be used, each proposal is used in proportion.

    Examples
    --------
    >>> gap = pd.DataFrame({"year": [2030], "cost": 0.02, "space": 0.005, "gap": 0.015, "quality": "assumed", "source": "S"})
    >>> space = pd.DataFrame({"year": [2030], "option": 2, "central": 0.005, "counted": True})
    >>> who_pays(gap, space)[["option", "of_cost"]].values.tolist()
    [[2.0, 0.25], [0.0, 0.75]]
    """
    known = gap.dropna(subset=["cost"]).set_index("year", drop=False)
    if known.empty:
        return pd.DataFrame(columns=PAYER_COLUMNS)
    counted = space[space["counted"].astype(bool)] if len(space) else space
    parts = (
        counted.groupby(["year", "option"])["central"].sum().reset_index()
        if len(counted)
        else pd.DataFrame(columns=["year", "option", "central"])
    )
    parts = parts[parts["year"].isin(known.index) & (parts["central"] > 0)]
    offered = parts.groupby("year")["central"].transform("sum")
    used = parts["year"].map(known["space"]) / offered.where(offered > 0) * parts["central"]
    paid = parts[["year", "option"]].assign(share_of_gdp=used.astype(float), reason="")
    missing = pd.DataFrame(
        {
            "year": known.index,
            "option": MISSING,
            "share_of_gdp": known["gap"].to_numpy(float),
            "reason": reason("nobody_pays_yet"),
        }
    )
    table = pd.concat([part for part in (paid, missing) if len(part)], ignore_index=True)
    table = table.assign(order=np.where(table["option"] == MISSING, 99, table["option"])).sort_values(
        ["year", "order"], ignore_index=True
    )
    cost = table["year"].map(known["cost"])
    table["of_cost"] = table["share_of_gdp"] / cost.where(cost > 0)
    table["quality"], table["source"] = table["year"].map(known["quality"]), table["year"].map(known["source"])
    return table[PAYER_COLUMNS].astype({"year": int, "option": int})
