"""What debt would become if what is missing were borrowed, on the country's published projections and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import reason

DEBT_COLUMNS = [
    "year", "debt", "growth", "interest", "primary_balance", "gap", "borrowed", "added_low", "added", "added_high", "debt_with_gap",
    "quality", "source", "reason",
]  # fmt: skip
SERIES = {
    "debt": "government_debt_gdp", "primary_balance": "government_primary_balance_gdp", "net_lending": "government_net_lending_gdp",
    "gdp": "gdp_current",
}  # fmt: skip
ENDS = {"added_low": "_low", "added": "", "added_high": "_high"}


def debt_path(pack: Pack, gap: pd.DataFrame) -> pd.DataFrame:
    """Government debt by year if the gap were borrowed, beside the published path.

    Parameters
    ----------
    pack : the country
    gap : result of :func:`financing.financing_gap`, of years that follow each other

    Returns
    -------
    table with the columns of ``DEBT_COLUMNS``, one row a year of the gap

    * debt: as published, share of GDP (1 is 100 %); growth: of nominal GDP, share; interest: implied by the published balances, share
      of last year's debt; primary_balance, gap, borrowed (what is proposed as borrowing): shares of GDP
    * added_low, added, added_high: what borrowing the gap, and what is proposed as borrowing, since its first year
      would add to debt, shares of GDP; debt_with_gap: with it
    * NaN with a reason in years without all of the published figures; what comes after them is not known either

    Raises
    ------
    NasssapError : years that do not follow each other

    Notes
    -----
    Debt follows d_t = d_{t−1}(1 + r)/(1 + g) − primary balance + what else changed it; r = (primary balance − net lending) × (1 + g) ÷
    d_{t−1}, interest on debt as the publisher's own figures imply it. Borrowing adds a_t = a_{t−1}(1 + r)/(1 + g) + gap_t + borrowed_t, so
    that all else is kept as published: growth, interest, primary balance and what else changed the debt. No rate is
    assumed; where one of them was not published nothing is said.

    Source: the debt identity, as in IMF and World Bank, *Guidance Note on the Debt Sustainability Framework* (2018).

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> gap = pd.DataFrame({"year": [2027], "gap_low": 0.0, "gap": 0.01, "gap_high": 0.02, "quality": "assumed", "source": ""})
    >>> gap = gap.assign(borrowed_low=0.0, borrowed=0.005, borrowed_high=0.0)
    >>> debt_path(read_pack("SEN"), gap)[["added", "added_high"]].values.tolist()
    [[0.015, 0.02]]
    """
    if gap.empty:
        return pd.DataFrame(columns=DEBT_COLUMNS)
    years = [int(year) for year in gap["year"]]
    if years != list(range(years[0], years[0] + len(years))):
        raise NasssapError(
            f"debt_path: gap of {', '.join(map(str, years[:6]))} …; expected years that follow each other"
        )
    known = _published(pack, years)
    table = pd.DataFrame(
        {"year": years, **known, "gap": gap["gap"].to_numpy(float), "borrowed": gap["borrowed"].to_numpy(float)}
    )
    for name, end in ENDS.items():
        lent = gap[f"gap{end}"].to_numpy(float) + gap[f"borrowed{end}"].to_numpy(float)
        table[name] = added_debt(lent, known["interest"], known["growth"])
    table["debt_with_gap"] = table["debt"] + table["added"]
    series = [pack.series(name) for name in SERIES.values()]
    qualities = [quality for one in series for quality in one["quality"].unique()]
    table["quality"] = weakest(filter(None, ["estimated", *qualities, *gap["quality"].unique()]))
    table["source"] = join_sources(
        *gap["source"].unique(), *(source for one in series for source in one["source"].unique())
    )
    table["reason"] = [
        reason("no_debt_projection", year=year) if np.isnan(value) else ""
        for year, value in zip(years, table["added"], strict=True)
    ]
    return table[DEBT_COLUMNS]


def added_debt(gap: np.ndarray, interest: np.ndarray, growth: np.ndarray) -> np.ndarray:
    """Debt that borrowing a gap year by year leaves, in shares of each year's GDP.

    Parameters
    ----------
    gap : shares of GDP, years that follow each other
    interest, growth : of the same years, shares; NaN: not known

    Examples
    --------
    >>> added_debt(np.array([0.01, 0.01]), np.array([0.05, 0.05]), np.array([0.10, 0.08])).round(6).tolist()
    [0.01, 0.019722]
    """
    carried, debt = (1 + interest) / (1 + growth), 0.0
    path = np.full(len(gap), np.nan)
    for at, missing in enumerate(gap):
        debt = debt * carried[at] + missing  # NaN from the first year on in which growth or interest is not known
        path[at] = debt
    return path


def _published(pack: Pack, years: list[int]) -> Mapping[str, np.ndarray]:
    """Debt, growth, implied interest and primary balance of the years, shares; NaN where one of them was not published."""
    span = [years[0] - 1, *years]
    wide = {name: _in(pack, series, span) for name, series in SERIES.items()}
    growth = wide["gdp"][1:] / wide["gdp"][:-1] - 1
    paid = (wide["primary_balance"] - wide["net_lending"])[1:] / 100
    before = np.where(wide["debt"][:-1] > 0, wide["debt"][:-1] / 100, np.nan)
    interest = np.where(paid >= 0, paid * (1 + growth) / before, np.nan)
    debt = np.where(np.isnan(interest), np.nan, wide["debt"][1:] / 100)
    interest = np.where(np.isnan(debt), np.nan, interest)
    return {"debt": debt, "growth": growth, "interest": interest, "primary_balance": wide["primary_balance"][1:] / 100}


def _in(pack: Pack, indicator: str, years: list[int]) -> np.ndarray:
    return pack.series(indicator).set_index("year")["value"].reindex(years).to_numpy(float)
