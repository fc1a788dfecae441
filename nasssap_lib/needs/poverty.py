"""Poverty as published, line by line, and recomputed from the published shares of the distribution as a check.

Two vintages of purchasing power parities are two series: they never meet in one row.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.needs.grouped_poverty import poverty_from_groups
from nasssap_lib.pack.model import Pack
from nasssap_lib.reasons import reason
from nasssap_lib.rows import as_records

LINES = {
    2017: (2.15, 3.65, 6.85),
    2021: (3.00, 4.20, 8.30),
}  # international lines by vintage, dollars per person per day
PEOPLE = np.arange(1, 11) / 10  # tenths of the population, cumulative


def poverty_by_line(pack: Pack) -> pd.DataFrame:
    """The newest published headcount and poverty gap of each line.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table : line ("national", "3.00_ppp2021" …), vintage ("national", "2017", "2021"), year, headcount, poverty_gap (shares
        0–1; the gap NaN where not published), quality, source; national line first

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> poverty_by_line(read_pack("SEN"))["line"].iloc[0]
    'national'
    """
    newest = pack.latest("poverty_headcount", breakdown=None)
    newest = newest[newest["breakdown"].str.startswith("line=")].copy()
    newest["line"] = newest["breakdown"].str.removeprefix("line=")
    gaps = _published(pack, "poverty_gap")
    keys = zip(newest["breakdown"], newest["year"], newest["source"], strict=True)
    newest["poverty_gap"] = [gaps.get(key, np.nan) for key in keys]
    newest["vintage"] = newest["line"].str.extract(r"ppp(\d{4})")[0].fillna("national")
    table = newest.assign(headcount=newest["value"] / 100, poverty_gap=newest["poverty_gap"] / 100)
    table = table.sort_values(["vintage", "line"], key=lambda column: column.replace("national", ""))
    return table[["line", "vintage", "year", "headcount", "poverty_gap", "quality", "source"]].reset_index(drop=True)


def recompute_poverty(pack: Pack) -> pd.DataFrame:
    """Headcounts recomputed from the shipped deciles and mean, beside the published ones of the same survey, line and vintage.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table : year, line, published, recomputed (headcounts, shares 0–1), difference (percentage points), lorenz (the curve that
        was used), source, reason (codes; why recomputed is NaN); one row a survey and line; no row where the pack holds no mean
        or not all deciles

    A share of nothing or less, as surveys of income find it, and shares that fall give no Lorenz curve: n/a, with the reason.

    Notes
    -----
    Grouped data carry less than the microdata behind the published figure; differences of a point are usual (Datt 1998, FCND
    Discussion Paper 50). The result is a check of the shipped shares, never shown in place of the published figure.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = recompute_poverty(read_pack("SEN"))
    >>> bool(table["difference"].abs().max() < 3)
    True
    """
    deciles = [f"d{i}" for i in range(1, 11)]
    usable = pack.welfare[pack.welfare[["mean", *deciles]].notna().all(axis=1)]
    published = _published(pack, "poverty_headcount")
    rows = [
        _recomputed(survey, line, published.get(_key(survey, line), np.nan), deciles)
        for survey in as_records(usable)
        for line in LINES.get(survey["ppp_year"], ())
    ]
    columns = ["year", "line", "published", "recomputed", "difference", "lorenz", "source", "reason"]
    return pd.DataFrame(rows, columns=columns).dropna(subset="published").reset_index(drop=True)


def _published(pack: Pack, indicator: str) -> dict[tuple[str, int, str], float]:
    """Published percentages by line, year and source."""
    facts = pack.facts[pack.facts["indicator"] == indicator]
    return dict(zip(zip(facts["breakdown"], facts["year"], facts["source"], strict=True), facts["value"], strict=True))


def _key(survey: dict, line: float) -> tuple[str, int, str]:
    return f"line={line:.2f}_ppp{survey['ppp_year']}", survey["year"], survey["source"]


def _recomputed(survey: dict, line: float, published: float, deciles: list[str]) -> dict:
    shares = np.array([survey[name] for name in deciles])
    headcount, curve, why = np.nan, "", _fault_of_shares(shares)
    if not why:
        result = poverty_from_groups(PEOPLE, np.minimum(np.cumsum(shares) / shares.sum(), 1.0), survey["mean"], line)
        headcount, curve = result.headcount, result.lorenz_poverty
        why = reason("no_curve_holds") if np.isnan(headcount) else ""
    return {
        "year": survey["year"],
        "line": f"{line:.2f}_ppp{survey['ppp_year']}",
        "published": published / 100,
        "recomputed": headcount,
        "difference": headcount * 100 - published,
        "lorenz": curve,
        "source": survey["source"],
        "reason": why,
    }


def _fault_of_shares(shares: np.ndarray) -> str:
    """Why shares of tenths of the population give no Lorenz curve; "" where they do."""
    if (shares <= 0).any():
        return reason("share_of_nothing")
    return reason("shares_not_rising") if (np.cumsum(shares) / shares.sum() > PEOPLE + 1e-9).any() else ""
