"""Whom social assistance reaches: its coverage from the poorest to the richest fifth, as household surveys show it (ASPIRE)."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources
from nasssap_lib.reasons import reason
from nasssap_lib.terms import QUINTILES

TAX_FINANCED = ("universal", "social_assistance")
REGISTERED = ("persons", "households", "families")


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


GROWN = 2.0  # times as many in the register as when the survey was made: what it found then says nothing of today
NEAR = 2  # years before the survey within which a register tells how many there were


def grown_registers(pack: Pack, survey_year: int | None = None) -> pd.DataFrame:
    """Tax-financed schemes whose register counts at least twice as many as when the survey was made: its rates are doubtful.

    Parameters
    ----------
    pack : the country
    survey_year : year of the survey; None: that of :func:`coverage_by_quintile`

    Returns
    -------
    table : scheme (id), short_name, counted_in, survey_year, year_then, then, year_now, now (as the register counts, never
        converted), times (now ÷ then), source; no row where no register of both times contradicts the survey

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> grown_registers(read_pack("ZMB"))[["short_name", "then", "now"]].values.tolist()
    [['SCT', 180261.0, 1300000.0]]
    """
    survey = coverage_by_quintile(pack)["year"].max() if survey_year is None else survey_year
    columns = [
        "scheme",
        "short_name",
        "counted_in",
        "survey_year",
        "year_then",
        "then",
        "year_now",
        "now",
        "times",
        "source",
    ]
    if pd.isna(survey):
        return pd.DataFrame(columns=columns)
    schemes = pack.schemes[pack.schemes["type"].isin(TAX_FINANCED) & (pack.schemes["status"] == "active")]
    figures = pack.scheme_figures.merge(schemes[["id", "short_name"]], left_on="scheme", right_on="id")
    figures = figures[(figures["measure"] == "beneficiaries") & figures["counted_in"].isin(REGISTERED)]
    figures = figures[figures["year"] <= pack.settings.reference_year].sort_values(["year", "value"])
    key, since = ["scheme", "short_name", "counted_in"], figures["year"] - int(survey)
    then = figures[(since <= 0) & (since >= -NEAR)].drop_duplicates(key, keep="last")
    now = figures[since > 0].drop_duplicates(key, keep="last")
    both = then.merge(now, on=key, suffixes=("_then", "_now"))
    both = both.assign(
        survey_year=int(survey),
        then=both["value_then"],
        now=both["value_now"],
        times=both["value_now"] / both["value_then"],
        source=[join_sources(*pair) for pair in zip(both["source_then"], both["source_now"], strict=True)],
    )
    return both.loc[both["times"] >= GROWN, columns].reset_index(drop=True)


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
