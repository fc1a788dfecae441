"""Tables of coverage and gaps for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.language import format_persons
from nasssap_lib.tables.html import ReportTable, View, write_persons, write_share, write_year


def gap_table(gaps: pd.DataFrame, language: str = "en") -> ReportTable:
    """Target population, coverage and gap in persons, one row a group and denominator; a sex only where its gap is known.

    Parameters
    ----------
    gaps : result of ``coverage.coverage_gaps``
    """
    whole = (gaps["sex"] == "total") | (gaps["group"] == "mothers")
    shown = gaps[whole | gaps["gap"].notna()].copy()
    shown["group_words"] = [_group_words(*row) for row in zip(shown["group"], shown["sex"], strict=True)]
    shown["range"] = [_range_words(*row, language) for row in zip(shown["gap_low"], shown["gap_high"], strict=True)]
    shown["how"] = [
        reason if rule == "none" else "; ".join(filter(None, [rule, reason]))
        for rule, reason in zip(shown["denominator_rule"], shown["reason"], strict=True)
    ]
    shown["nowcast_quality"] = "estimated"
    views = {
        "group_words": View("Group"),
        "coverage_year": View("Year", write_year, numeric=True),
        "effective_coverage": View("Effective coverage", write_share, numeric=True),
        "target_population": View("Target population", write_persons, "denominator_quality", True),
        "gap": View("Coverage gap, persons", write_persons, "quality", True, detail="range"),
        "gap_nowcast": View(
            f"Gap in {_only(shown['nowcast_year'])}, rate kept", write_persons, "nowcast_quality", True
        ),
        "how": View("How counted", long=True),
    }
    title = "Target population, coverage and coverage gap (groups overlap: there is no total)"
    return ReportTable(gaps, title, views, language, shown)


def _only(values: pd.Series) -> str:
    return str(int(values.iloc[0])) if len(values) else ""


def _group_words(group: str, sex: str) -> str:
    words = terms.label(terms.COVERAGE_GROUPS, group)
    return words if sex == "total" or group == "mothers" else f"{words}, {terms.SEXES[sex]}"


def _range_words(low: float, high: float, language: str) -> str:
    if pd.isna(low) or pd.isna(high):
        return ""
    first, last = format_persons(low, language), format_persons(high, language)
    if first == last:
        return ""
    short = first.rsplit(" ", 1)[0] if first.split(" ")[1:] == last.split(" ")[1:] else first
    return f"{short} to {last}"


def projection_table(projection: pd.DataFrame, language: str = "en") -> ReportTable:
    """The status quo in two readings, group by group: the gap in persons, a column a year.

    Parameters
    ----------
    projection : result of ``coverage.project_status_quo``
    """
    rows = projection[projection["gap"].notna()]
    rows = rows.assign(words=[_group_words(*row) for row in zip(rows["group"], rows["sex"], strict=True)])
    first = rows.groupby("words")["year"].min()
    later = sorted(rows.loc[rows["year"] > rows["words"].map(first), "year"].unique())
    wide = rows.pivot(index=["words", "reading"], columns="year", values="gap").reindex(columns=later).reset_index()
    wide["observed"] = [
        rows[(rows["words"] == word) & (rows["year"] == first[word])]["gap"].iat[0] for word in wide["words"]
    ]
    wide["first"], wide["quality"] = wide["words"].map(first).astype("str"), "estimated"
    order = {words: i for i, words in enumerate(dict.fromkeys(rows["words"]))}
    shown = wide.sort_values(
        ["words", "reading"], key=lambda column: column.map(order) if column.name == "words" else column
    )
    views = {
        "words": View("Group"),
        "reading": View("Reading of the status quo"),
        "observed": View("Gap observed", write_persons, "quality", True, detail="first"),
        **{year: View(str(year), write_persons, "quality", True) for year in later},
    }
    return ReportTable(
        projection, "The coverage gap in persons if nothing is extended, in two readings", views, language, shown
    )
