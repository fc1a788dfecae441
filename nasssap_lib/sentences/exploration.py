"""Sentences of the workbench."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.language import format_persons, format_share
from nasssap_lib.sentences.words import join_words
from nasssap_lib.terms import COVERAGE_GROUPS


def target_title(gap: pd.DataFrame, place: str, language: str = "en") -> str:
    """Title of the bar of a coverage one aims at.

    Parameters
    ----------
    gap : result of ``exploration.explore_gap``
    place : name of the country
    """
    row = gap.iloc[0]
    name = "the population" if row["group"] == "at_least_one" else COVERAGE_GROUPS[row["group"]].split(",")[0].lower()
    if pd.isna(row["gap"]):
        return f"{place}: the gap of {name} cannot be given"
    share, reach = format_share(row["target_coverage"], 0, language), format_persons(row["to_reach"], language)
    return (
        f"{place}: covering {share} of {name} means reaching {reach} more"
        if row["to_reach"] > 0
        else f"{place}: {share} of {name} are covered already"
    )


def gap_words(gap: pd.DataFrame, cited: str, language: str = "en") -> str:
    """The gap before and after, in one line, with the year of its rate, the rule of its denominator and its sources."""
    row = gap.iloc[0]
    if pd.isna(row["gap"]):
        return f"Gap: n/a ({row['reason']})"
    before, after = format_persons(row["gap"], language), format_persons(row["gap_at_target"], language)
    return (
        f"Gap: {before} persons at the rate kept, {after} at the target · rate of {row['coverage_year']} · "
        f"{row['denominator_rule']} · {cited}" + (f" · {row['reason']}" if row["reason"] else "")
    )


def cost_title(costs: pd.DataFrame, place: str, language: str = "en") -> str:
    """Title of the lines of cost by year.

    Parameters
    ----------
    costs : result of ``exploration.explore_measures``
    place : name of the country
    """
    known = costs[costs["share_of_gdp"].notna()]
    if known.empty:
        return f"{place}: no measure with a known cost is chosen"
    last = known[known["year"] == known["year"].max()]
    total = format_share(last["share_of_gdp"].sum(), 2, language)
    names = join_words([name[:1].lower() + name[1:] for name in last["name"]])
    words = names if len(last) <= 2 else f"the {len(last)} measures chosen"
    return f"{place}: {words} would cost {total} of GDP in {last['year'].iat[0]}"


def cost_words(costs: pd.DataFrame, year: int, language: str = "en") -> str:
    """Persons reached and cost of each measure in a year, in one line."""
    rows = costs[costs["year"] == year]
    parts = [
        f"{row['name']}: {format_persons(row['persons'], language)} persons reached, "
        f"{format_share(row['share_of_gdp'], 2, language)} of GDP"
        for row in rows.to_dict("records")
    ]
    return f"In {year}: " + "; ".join(parts) if parts else "No measure is chosen"
