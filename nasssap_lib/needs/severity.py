"""How deep poverty is in the group that an option serves: a further criterion, where figures by group were published.

Never a repetition of the national figure: where no group has a figure of its own, severity tells no options apart.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import is_old, join_sources, weakest
from nasssap_lib.reasons import reason
from nasssap_lib.rows import as_records
from nasssap_lib.terms import sex_of

LINE = "line=national"
INDICATORS = ("poverty_severity", "poverty_headcount")  # the second only where no group has the first
NATIONAL_ONLY = reason("poverty_of_nation_only")
SEVERITY_COLUMNS = [
    "option",
    "name",
    "group",
    "indicator",
    "year",
    "severity",
    "low",
    "high",
    "quality",
    "source",
    "reason",
]


def assess_severity(pack: Pack) -> pd.DataFrame:
    """Severity of poverty (or, where only that was published, its headcount) in the group that each option serves.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table with the columns of ``SEVERITY_COLUMNS``: indicator, year, severity (share 0–1 at the national line; NaN where the group
        has no figure of its own), low, high (what it could be; NaN where nothing is known of any group), reason

    Notes
    -----
    Severity (Foster, Greer and Thorbecke 1984, α = 2) of a group is its headcount × severity among its poor. For poor persons
    that is the national severity ÷ the national headcount; for options that serve everybody (health) it is the national figure.
    A figure of a survey more than five years older than the reference year gives none. A missing one lies between 0 and the severity
    among the nation's poor, or the highest of a group if that is more: its poor are not taken to be poorer than that.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> assess_severity(read_pack("SEN"))["reason"].unique().tolist()
    ['poverty_of_nation_only']
    """
    found = next((table for name in INDICATORS if len(table := _by_group(pack, name))), None)
    now = pack.settings.reference_year
    rows = [_row(measure, found, now) for measure in as_records(pack.measures)]
    return pd.DataFrame(rows, columns=SEVERITY_COLUMNS)


def _by_group(pack: Pack, indicator: str) -> pd.DataFrame:
    """Figures of the newest year by group, with the nation's and that of the poor; no row where no group has one."""
    facts = pack.latest(indicator, group=None, sex=None, breakdown=LINE)
    whole = facts["sex"] == facts["group"].map(sex_of)  # girls or boys alone do not stand for all children
    own = facts[whole & (facts["group"] != "total")].drop_duplicates("group", keep="last")
    nation = pack.series(indicator, breakdown=LINE).set_index("year")
    heads = pack.series(INDICATORS[1], breakdown=LINE).set_index("year")
    if own.empty:
        return own.set_index("group")
    table, year = own.set_index("group")[["year", "value", "quality", "source"]], own["year"].max()
    if year in nation.index and year in heads.index and heads.loc[year, "value"] > 0:
        both = {
            "year": year,
            "quality": weakest([nation.loc[year, "quality"], heads.loc[year, "quality"], "estimated"]),
        }
        both["source"] = join_sources(nation.loc[year, "source"], heads.loc[year, "source"])
        among_poor = 100 * nation.loc[year, "value"] / heads.loc[year, "value"]
        extra = {"total": both | {"value": nation.loc[year, "value"]}, "poor": both | {"value": among_poor}}
        table = pd.concat([table, pd.DataFrame(extra).T.drop(index=table.index, errors="ignore")])
    return table.assign(value=table["value"].astype(float) / 100, indicator=indicator)


def _row(measure: dict, found: pd.DataFrame | None, now: int) -> dict:
    group = "total" if measure["guarantee"] == "health" else measure["group"]
    head = {"option": measure["id"], "name": measure["name"], "group": group}
    if found is None:
        unknown = dict.fromkeys(("severity", "low", "high"), np.nan)
        return head | unknown | {"source": "", "quality": "", "reason": NATIONAL_ONLY}
    if group not in found.index:
        bound = {"severity": np.nan, "low": 0.0, "high": float(found["value"].max())}
        return head | bound | {"source": "", "quality": "", "reason": reason("no_severity_of_group", group=group)}
    row = found.loc[group]
    value, year = float(row["value"]), int(row["year"])
    if is_old(year, now):
        bound = {"severity": np.nan, "low": 0.0, "high": float(found["value"].max()), "year": year}
        return head | bound | {"source": row["source"], "quality": "", "reason": reason("survey_too_old", year=year)}
    known = {name: row[name] for name in ("indicator", "quality", "source")} | {"year": int(row["year"])}
    return head | known | {"severity": value, "low": value, "high": value, "reason": ""}
