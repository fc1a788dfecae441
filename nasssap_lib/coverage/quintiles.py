"""Whom social assistance reaches: its coverage from the poorest to the richest fifth, as household surveys show it (ASPIRE)."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.pack.model import Pack

QUINTILES = {
    "q1": "Poorest fifth",
    "q2": "Second fifth",
    "q3": "Middle fifth",
    "q4": "Fourth fifth",
    "q5": "Richest fifth",
}


def coverage_by_quintile(pack: Pack, indicator: str = "aspire_coverage_social_assistance") -> pd.DataFrame:
    """Coverage by quintile in the newest year that has all five, and of the whole population in that year.

    Parameters
    ----------
    pack : the country
    indicator : an ASPIRE coverage; it counts persons in households where anybody receives, from a survey: another indicator
        than SDG 1.3.1, not another reading of it

    Returns
    -------
    table : quintile (q1 … q5, "total"), label, year, coverage (share 0–1), quality, source, reason

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> coverage_by_quintile(read_pack("SEN"))["quintile"].tolist()
    ['q1', 'q2', 'q3', 'q4', 'q5', 'total']
    """
    series = {quintile: pack.series(indicator, breakdown=quintile) for quintile in QUINTILES}
    common = set.intersection(*(set(facts["year"]) for facts in series.values()))
    if not common:
        return _newest_of_each(series, pack.latest(indicator))
    year = max(common)
    rows = {quintile: facts[facts["year"] == year].iloc[0] for quintile, facts in series.items()}
    whole = pack.series(indicator)
    whole = whole[whole["year"] == year]
    table = [_row(quintile, QUINTILES[quintile], row) for quintile, row in rows.items()]
    table.append(_row("total", "Whole population", whole.iloc[0] if len(whole) else None, int(year)))
    return pd.DataFrame(table)


def _newest_of_each(series: dict[str, pd.DataFrame], whole: pd.DataFrame) -> pd.DataFrame:
    """Where no year has all five: the newest of each with its own year, n/a where there is none."""
    rows = [
        _row(quintile, QUINTILES[quintile], facts.iloc[-1] if len(facts) else None)
        for quintile, facts in series.items()
    ]
    return pd.DataFrame([*rows, _row("total", "Whole population", whole.iloc[0] if len(whole) else None)])


def _row(quintile: str, label: str, fact: pd.Series | None, year: int | None = None) -> dict:
    if fact is None:
        empty = {"coverage": float("nan"), "quality": "", "source": "", "reason": "not published"}
        return {"quintile": quintile, "label": label, "year": year or pd.NA, **empty}
    return {
        "quintile": quintile, "label": label, "year": int(fact["year"]), "coverage": fact["value"] / 100,
        "quality": fact["quality"], "source": fact["source"], "reason": "",
    }  # fmt: skip
