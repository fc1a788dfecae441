"""Sentences on coverage and gaps."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.language import format_persons, format_share, in_words
from nasssap_lib.sentences.words import capital, join_words
from nasssap_lib.terms import COVERAGE_GROUPS

NO_RATE = "for {place} no rate of persons with at least one benefit was published"


def _row(gaps: pd.DataFrame, group: str, sex: str = "total") -> pd.Series:
    rows = gaps[(gaps["group"] == group) & (gaps["sex"] == sex) & gaps["primary"]]
    return rows.iloc[0]


def headline_title(gaps: pd.DataFrame, place: str) -> str:
    """Title of the headline bar.

    Parameters
    ----------
    gaps : result of ``coverage.coverage_gaps``
    place : name of the country
    """
    row = _row(gaps, "at_least_one")
    if pd.isna(row["gap_share"]):
        return capital(NO_RATE.format(place=place))
    return f"{capital(in_words(row['gap_share']))} people in {place} have no cash benefit at all"


def headline_sentence(gaps: pd.DataFrame, place: str, language: str = "en") -> str:
    """One sentence on at least one benefit: persons, share, year, and what is not counted."""
    row = _row(gaps, "at_least_one")
    if pd.isna(row["effective_coverage"]):
        return f"{capital(NO_RATE.format(place=place))}."
    covered = format_share(row["effective_coverage"], 1, language)
    gap, now = format_persons(row["gap"], language), format_persons(row["gap_nowcast"], language)
    return (
        f"In {row['coverage_year']}, {covered} of the population of {place} received at least one cash benefit or contributed to a "
        f"scheme; {gap} people did not. If the rate has stayed as it was, {now} people are without in {row['nowcast_year']} (estimated)."
    )


def coverage_title(gaps: pd.DataFrame, place: str) -> str:
    """Title of the dot plot: which groups are reached most and least among those that can be drawn."""
    drawn = gaps[gaps["primary"] & gaps["effective_coverage"].notna() & ~gaps["flag"].isin(["to_verify", "over_100"])]
    drawn = drawn[(drawn["group"] != "at_least_one") & ((drawn["sex"] == "total") | (drawn["group"] == "mothers"))]
    if drawn.empty:
        return f"No coverage by group was published for {place}"
    best = drawn.loc[drawn["effective_coverage"].idxmax()]
    name = COVERAGE_GROUPS[best["group"]].split(",")[0].lower()
    share = format_share(best["effective_coverage"])
    zero = drawn[drawn["flag"] == "legal_zero"]
    tail = "; the unemployed have no scheme in law" if "unemployed" in set(zero["group"]) else ""
    return f"{place} reaches {name} most, at {share}{tail}"


def gap_sentence(gaps: pd.DataFrame) -> str:
    """How many groups have a gap in persons, and for which it cannot be given."""
    rows = gaps[gaps["primary"] & ((gaps["sex"] == "total") | (gaps["group"] == "mothers"))]
    known = rows["gap"].notna()
    missing = [COVERAGE_GROUPS[group].split(",")[0].lower() for group in rows.loc[~known, "group"]]
    text = f"A gap in persons can be given for {int(known.sum())} of {len(rows)} groups."
    return text + (f" It cannot for {join_words(missing)}: the table says why." if missing else "")


def projection_title(projection: pd.DataFrame, place: str, language: str = "en") -> str:
    """Title of the status quo projection."""
    rows = projection[(projection["group"] == "at_least_one") & (projection["sex"] == "total")]
    last = rows[rows["year"] == rows["year"].max()]["gap"]
    if last.isna().any() or last.empty:
        return f"No projection of the gap can be made for {place}"
    low, high = format_persons(last.min(), language), format_persons(last.max(), language)
    return f"Without any extension, {low} to {high} people in {place} are not covered in {rows['year'].max()}"


def sex_title(gaps: pd.DataFrame, place: str) -> str:
    """Title of the picture of women and men."""
    rows = gaps[gaps["primary"] & gaps["sex"].isin(["female", "male"])]
    wide = (
        rows[rows["group"] != "mothers"].pivot_table(index="group", columns="sex", values="effective_coverage").dropna()
    )
    behind = wide[wide["female"] < wide["male"]]
    if wide.empty:
        return f"No coverage by sex was published for {place}"
    if (wide["female"] == wide["male"]).all():
        return f"Published rates of women and men do not differ in {place}"
    names = [COVERAGE_GROUPS[group].split(",")[0].lower() for group in behind.index]
    return (
        f"Women are reached less than men among {join_words(names)}"
        if names
        else f"Women are reached at least as often as men in {place}"
    )
