"""Tables of coverage and gaps for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.coverage.legal import STATES
from nasssap_lib.display.numbers import format_persons
from nasssap_lib.display.tables import ReportTable, View, write_persons, write_share, write_year


def gap_table(gaps: pd.DataFrame) -> ReportTable:
    """Target population, coverage and gap in persons, one row a group and denominator; a sex only where its gap is known.

    Parameters
    ----------
    gaps : result of ``coverage.coverage_gaps``
    """
    whole = (gaps["sex"] == "total") | (gaps["group"] == "mothers")
    shown = gaps[whole | gaps["gap"].notna()].copy()
    shown["group_words"] = [_group_words(*row) for row in zip(shown["group"], shown["sex"], strict=True)]
    shown["range"] = [_range_words(*row) for row in zip(shown["gap_low"], shown["gap_high"], strict=True)]
    shown["range"] = shown["range"].mask(shown["flag"].isin(["to_verify", "over_100"]), "to be verified")
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
    return ReportTable(gaps, title, views, shown)


def _only(values: pd.Series) -> str:
    return str(int(values.iloc[0])) if len(values) else ""


def _group_words(group: str, sex: str) -> str:
    words = terms.label(terms.COVERAGE_GROUPS, group)
    return words if sex == "total" or group == "mothers" else f"{words}, {terms.SEXES[sex]}"


def _range_words(low: float, high: float) -> str:
    if pd.isna(low) or pd.isna(high):
        return ""
    first, last = format_persons(low), format_persons(high)
    if first == last:
        return ""
    short = first.rsplit(" ", 1)[0] if first.split(" ")[1:] == last.split(" ")[1:] else first
    return f"{short} to {last}"


def projection_table(projection: pd.DataFrame) -> ReportTable:
    """The status quo in two readings, group by group: the gap in persons, a column a year.

    A group whose rate is to be verified is not projected for the reader; the result table keeps it.

    Parameters
    ----------
    projection : result of ``coverage.project_status_quo``
    """
    rows = projection[projection["gap"].notna() & (projection["flag"] != "to_verify")]
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
    return ReportTable(projection, "The coverage gap in persons if nothing is extended, in two readings", views, shown)


def law_and_fact_table(parts: pd.DataFrame) -> ReportTable:
    """Employment injury by law and fact.

    Parameters
    ----------
    parts : result of ``legal.employment_injury_law_and_fact``
    """
    views = {
        "status": View("Employed persons"),
        "share": View("Share", write_share, "quality", True),
        "persons": View("Persons", write_persons, "quality", True),
        "year": View("Year", write_year, numeric=True),
        "reason": View("Note", long=True),
    }
    return ReportTable(parts, "Employment injury: by law and in fact", views)


def law_by_category_table(law: pd.DataFrame) -> ReportTable:
    """Who the law names: a row a branch, a column a category of the population.

    Parameters
    ----------
    law : result of ``legal.law_table``
    """
    words = [
        STATES[state] if not schemes else f"{STATES[state]} ({schemes})"
        for state, schemes in zip(law["state"], law["schemes"], strict=True)
    ]
    wide = law.assign(words=words).pivot(index="branch", columns="category", values="words")
    shown = wide.reindex(list(dict.fromkeys(law["branch"]))).reset_index()
    shown["branch"] = shown["branch"].map(terms.BRANCHES)
    views = {"branch": View("Branch"), **{code: View(name) for code, name in terms.POPULATION_CATEGORIES.items()}}
    return ReportTable(law, "Who the law names", views, shown)


def c102_table(comparison: pd.DataFrame) -> ReportTable:
    """Convention No. 102, part by part.

    Parameters
    ----------
    comparison : result of ``legal.compare_with_c102``
    """
    shown = comparison.assign(branch=comparison["branch"].map(terms.BRANCHES))
    views = {
        "part": View("Part"),
        "branch": View("Branch"),
        "minimum": View("Asked for, of employees", write_share, numeric=True),
        "covered": View("Covered ÷ employees", write_share, "quality", True),
        "year": View("Year", write_year, numeric=True),
        "reason": View("Why n/a, or what to know", long=True),
    }
    return ReportTable(comparison, "Convention No. 102: an indication for employment injury only", views, shown)


def quintile_table(quintiles: pd.DataFrame) -> ReportTable:
    """Coverage of social assistance by quintile.

    Parameters
    ----------
    quintiles : result of ``incidence.coverage_by_quintile``
    """
    views = {
        "label": View("Population by welfare"),
        "year": View("Year", write_year, numeric=True),
        "coverage": View("Coverage", write_share, "quality", True),
        "reason": View("Why n/a"),
    }
    return ReportTable(quintiles, "Coverage of social assistance by quintile (ASPIRE)", views)
