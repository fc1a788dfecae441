"""Whom social assistance reaches: its coverage from the poorest to the richest fifth, as household surveys show it (ASPIRE)."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.pack.model import Pack
from nasssap_lib.reasons import reason
from nasssap_lib.terms import QUINTILES


def coverage_by_quintile(pack: Pack, indicator: str = "aspire_coverage_social_assistance") -> pd.DataFrame:
    """Coverage by quintile in the newest year that has all five, and of the whole population in that year.

    Parameters
    ----------
    pack : the country
    indicator : an ASPIRE coverage; it counts persons in households where anybody receives, from a survey: another indicator
        than SDG 1.3.1, not another reading of it

    Returns
    -------
    table : quintile (q1 … q5, "total"), year, coverage (share 0–1), quality, source, reason

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
    table = [_row(quintile, row) for quintile, row in rows.items()]
    table.append(_row("total", whole.iloc[0] if len(whole) else None, int(year)))
    return pd.DataFrame(table)


def _newest_of_each(series: dict[str, pd.DataFrame], whole: pd.DataFrame) -> pd.DataFrame:
    """Where no year has all five: the newest of each with its own year, n/a where there is none."""
    rows = [_row(quintile, facts.iloc[-1] if len(facts) else None) for quintile, facts in series.items()]
    return pd.DataFrame([*rows, _row("total", whole.iloc[0] if len(whole) else None)])


def _row(quintile: str, fact: pd.Series | None, year: int | None = None) -> dict:
    if fact is None:
        empty = {"coverage": float("nan"), "quality": "", "source": "", "reason": reason("not_published")}
        return {"quintile": quintile, "year": year or pd.NA, **empty}
    known = {"year": int(fact["year"]), "coverage": fact["value"] / 100, "quality": fact["quality"]}
    return {"quintile": quintile, **known, "source": fact["source"], "reason": ""}
