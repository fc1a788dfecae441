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
from nasssap_lib.display.texts import N_, _, join_sentences, label, ngettext
from nasssap_lib.display.words import as_sentence, capital, join_words
from nasssap_lib.provenance import is_old

MOST = 2  # groups that are named
PROJECTED = N_("A projection: the rate stays, or the number of covered persons stays.")
ONE_RATE = {  # how sure the headline is, by the quality of the rate itself
    "observed": N_("One published rate."),
    "estimated": N_("One rate, modelled by its publisher or by us."),
    "assumed": N_("One rate, which is an assumption."),
    "illustrative": N_("One rate, an illustration: not a figure of any country."),
}


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
        survey = _("From a household survey: another indicator than the rates above.")
        sure = _invented(quintiles) or survey
        findings.append((as_sentence(quintile_title(quintiles, country_name)), sure, "quintiles"))
    if len(known_projection(projection)):
        sure = join_sentences([_(PROJECTED), _invented(projection)])
        findings.append((as_sentence(projection_title(projection, country_name)), sure, "status_quo"))
    return [finding for finding in findings if finding[0]]


def _invented(rows: pd.DataFrame) -> str:
    """That figures are of no country, where they are not; a published method does not make them surer."""
    invented = (rows["quality"] == "illustrative").any()
    return as_sentence(capital(label(terms.QUALITIES, "illustrative"))) if invented else ""


def _law_sure(parts: pd.DataFrame) -> str:
    if invented := _invented(parts):
        return invented
    if (parts["basis"] == "bounds").any():
        return as_sentence(capital(_(LAW_AND_FACT_BOUNDS["by_law_only"])))
    return _("Estimated: the law by the share of wage workers, the fact by one published rate.")


def _headline_sure(gaps: pd.DataFrame, this_year: int) -> str:
    row = gaps[(gaps["group"] == "at_least_one") & (gaps["sex"] == "total") & gaps["primary"]].iloc[0]
    if pd.isna(row["coverage_year"]):
        return ""
    old = _("It is older than five years.") if is_old(row["coverage_year"], this_year) else ""
    return join_sentences([_(ONE_RATE[row["coverage_quality"]]), old])


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
        "One of {all} rates by group is older than five years; groups overlap and have no total.",
        "{n} of {all} rates by group are older than five years; groups overlap and have no total.",
        old,
        n=old,
        all=len(rows),
    )
    sure = (
        sure
        if old
        else _(
            "None of {all} rates by group is older than five years; groups overlap and have no total.", all=len(rows)
        )
    )
    words = _("By group, most people are left out among {groups}.", groups=join_words(named)) if named else ""
    return words, sure, "gaps"
