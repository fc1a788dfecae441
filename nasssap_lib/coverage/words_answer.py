"""The answer of the chapter on gaps: its findings, how sure each is, and the exhibit that shows it."""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.coverage.gaps import whole_groups
from nasssap_lib.coverage.words import (
    LAW_AND_FACT_BOUNDS,
    headline_sentence,
    known_projection,
    law_and_fact_title,
    projection_title,
    quintile_title,
    shares_to_draw,
)
from nasssap_lib.display.numbers import format_persons
from nasssap_lib.display.texts import _, label, ngettext
from nasssap_lib.display.words import as_sentence, capital, join_words
from nasssap_lib.provenance import is_old

MOST = 2  # groups that are named


def coverage_answer(
    gaps: pd.DataFrame,
    parts: pd.DataFrame,
    quintiles: pd.DataFrame,
    projection: pd.DataFrame,
    country_name: str,
    this_year: int,
) -> list[tuple[str, str, str]]:
    """What the chapter found.

    Parameters
    ----------
    gaps : result of ``coverage.coverage_gaps``
    parts : result of ``coverage.employment_injury_law_and_fact``
    quintiles : result of ``coverage.coverage_by_quintile``
    projection : result of ``coverage.project_status_quo``
    country_name : as it stands in a sentence
    this_year : reference year of the pack

    Returns
    -------
    (finding, how sure it is, name of its exhibit) each; what is not known of the country is left out
    """
    findings = [
        (headline_sentence(gaps, country_name), _headline_sure(gaps, this_year), "headline"),
        _largest(gaps, this_year),
    ]
    if shares_to_draw(parts) is not None:
        findings.append((as_sentence(law_and_fact_title(parts, country_name)), _law_sure(parts), "law_and_fact"))
    ends = quintiles.loc[quintiles["quintile"].isin(["q1", "q5"]), "coverage"]
    if len(ends) == 2 and ends.notna().all():
        sure = _("From a household survey: another indicator than the rates above.")
        findings.append((as_sentence(quintile_title(quintiles, country_name)), sure, "quintiles"))
    if len(known_projection(projection)):
        sure = _("A projection: the rate stays, or the number of covered persons stays.")
        findings.append((as_sentence(projection_title(projection, country_name)), sure, "status_quo"))
    return [finding for finding in findings if finding[0]]


def _law_sure(parts: pd.DataFrame) -> str:
    if (parts["basis"] == "bounds").any():
        return as_sentence(capital(_(LAW_AND_FACT_BOUNDS["by_law_only"])))
    return _("Estimated: the law by the share of wage workers, the fact by one published rate.")


def _headline_sure(gaps: pd.DataFrame, this_year: int) -> str:
    row = gaps[(gaps["group"] == "at_least_one") & (gaps["sex"] == "total") & gaps["primary"]].iloc[0]
    if pd.isna(row["coverage_year"]):
        return ""
    if is_old(row["coverage_year"], this_year):
        return _("One published rate, older than five years.")
    return _("One published rate.")


def _largest(gaps: pd.DataFrame, this_year: int) -> tuple[str, str, str]:
    """The groups with the largest gaps in persons, and how many of all rates by group are old."""
    rows = whole_groups(gaps[gaps["primary"]])
    rows = rows[(rows["group"] != "at_least_one") & rows["effective_coverage"].notna()]
    most = rows[rows["gap"] > 0].sort_values("gap", ascending=False, kind="stable").head(MOST)
    named = [
        _(
            "{group} ({gap}, {year})",
            group=label(terms.GROUPS_IN_TEXT, row.group),
            gap=format_persons(row.gap),
            year=row.coverage_year,
        )
        for row in most.itertuples()
    ]
    old = sum(is_old(year, this_year) for year in rows["coverage_year"])
    sure = ngettext(
        "{old} of {n} rate by group is older than five years; groups overlap and have no total.",
        "{old} of {n} rates by group are older than five years; groups overlap and have no total.",
        len(rows),
        old=old,
        n=len(rows),
    )
    words = _("By group, most people are left out among {groups}.", groups=join_words(named)) if named else ""
    return words, sure, "gaps"
