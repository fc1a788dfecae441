"""Tables of needs and of what is said of each guarantee, for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import NOT_AVAILABLE, format_persons, format_share
from nasssap_lib.display.tables import (
    ReportTable,
    View,
    write_number,
    write_persons,
    write_share,
    write_text,
    write_year,
)
from nasssap_lib.terms import GUARANTEES

EVIDENCE = {
    "recent": "observed within five years",
    "old": "observed more than five years ago",
    "legal_zero": "a zero in law",
    "over_100": "above 100 %: verify",
    "to_verify": "to be verified, not used",
    "no_rate": "no published rate",
}


def assessment_table(assessment: pd.DataFrame, needs: pd.DataFrame) -> ReportTable:
    """The assessment matrix: provisions, gaps, issues and recommendations by guarantee.

    Parameters
    ----------
    assessment : result of ``assessment.assess_guarantees``
    needs : result of ``assessment.needs_by_group``; states the gap where no finding does
    """
    shown = assessment.copy()
    shown["guarantee"] = shown["guarantee"].map(GUARANTEES)
    empty = shown["reason"] != ""
    gaps = {GUARANTEES[code]: _gaps_of(needs[needs["guarantee"] == code]) for code in GUARANTEES}
    shown["gap"] = shown["gap"].mask(empty, shown["guarantee"].map(gaps))
    shown["provision"] = shown["provision"].mask(
        empty & (shown["provision"] == ""), "no scheme listed in the inventory"
    )
    for name in ("objective", "implementation_issue", "recommendation"):
        shown[name] = shown[name].mask(empty, NOT_AVAILABLE)
    views = {
        "guarantee": View("Guarantee", detail="codi_area"),
        "objective": View("Objective", long=True),
        "provision": View("Provisions", long=True),
        "gap": View("Gaps", long=True),
        "implementation_issue": View("Issues of implementation", long=True),
        "recommendation": View("Recommendations", quality="quality", long=True),
    }
    title = "Assessment matrix" + ("; n/a: a dialogue must supply it" if empty.any() else "")
    return ReportTable(assessment, title, views, shown)


def codi_table(checklist: pd.DataFrame) -> ReportTable | None:
    """Findings by key area of CODI and guarantee; None where there is no finding at all.

    Parameters
    ----------
    checklist : result of ``assessment.codi_checklist``
    """
    if not checklist["findings"].any():
        return None
    shown = checklist.copy()
    shown["area"] = [
        f"{row.number:.0f} {row.area}" if row.number == row.number else row.area for row in checklist.itertuples()
    ]
    for guarantee in GUARANTEES:
        shown[guarantee] = shown[guarantee].map(lambda count: str(count) if count else "–")
    views = {"area": View("Key area of CODI", detail="module")}
    views |= {guarantee: View(words, numeric=True) for guarantee, words in GUARANTEES.items()}
    return ReportTable(checklist, "Findings by key area: – is not looked at yet, not free of problems", views, shown)


def _gaps_of(needs: pd.DataFrame) -> str:
    """The gaps of a guarantee's groups in words; groups overlap and are not added up."""
    if needs.empty:
        return "not in SDG 1.3.1; see the health panel of chapter 2"
    parts = [f"{row.label.split(',')[0]}: {format_persons(row.gap)}" for row in needs.itertuples()]
    return "; ".join(parts)


def needs_table(needs: pd.DataFrame) -> ReportTable:
    """The needs matrix: size, coverage, trend and evidence by life-cycle group.

    Parameters
    ----------
    needs : result of ``assessment.needs_by_group``
    """
    shown = needs.copy()
    shown["trend"] = [_trend(*row) for row in zip(shown["target_last"], shown["growth"], strict=True)]
    shown["sexes"] = [_sexes(*row) for row in zip(shown["women"], shown["men"], strict=True)]
    shown["evidence_words"] = ["; ".join(_once(EVIDENCE[row.evidence], row.reason)) for row in shown.itertuples()]
    year, last = (int(shown[name].iat[0]) for name in ("year", "last_year"))
    views = {
        "label": View("Group"),
        "target_population": View(f"Persons, {year}", write_persons, "quality", True),
        "trend": View(f"Persons, {last}", write_text, numeric=True),
        "coverage": View("Coverage", write_share, numeric=True, detail="sexes"),
        "coverage_year": View("Year", write_year, numeric=True),
        "gap": View(f"Gap, {year}, rate kept", write_persons, "quality", True),
        "evidence_words": View("Evidence", long=True),
    }
    title = "Needs matrix by life-cycle group (groups overlap: there is no total)"
    return ReportTable(needs, title, views, shown)


def _once(words: str, reason: str) -> list[str]:
    """The evidence and the reasons that say something else."""
    return [words, *(part for part in reason.split("; ") if part and part != words)]


def _trend(last: float, growth: float) -> str:
    if pd.isna(last) or pd.isna(growth):
        return NOT_AVAILABLE
    sign = "+" if growth >= 0 else "−"
    return f"{format_persons(last)} ({sign}{format_share(abs(growth), 0)})"


def _sexes(women: float, men: float) -> str:
    both = pd.notna(women) and pd.notna(men)
    return f"women {format_share(women, 1)}, men {format_share(men, 1)}" if both else ""


def poverty_table(poverty: pd.DataFrame) -> ReportTable:
    """Poverty by line, vintages apart.

    Parameters
    ----------
    poverty : result of ``poverty.poverty_by_line``
    """
    shown = poverty.assign(words=[_line_words(line) for line in poverty["line"]])
    views = {
        "words": View("Line"),
        "year": View("Year", write_year, numeric=True),
        "headcount": View("Headcount", write_share, "quality", True),
        "poverty_gap": View("Poverty gap", write_share, "quality", True),
    }
    return ReportTable(poverty, "Poverty by line, the newest survey of each", views, shown)


def recomputed_table(check: pd.DataFrame) -> ReportTable:
    """Published and recomputed headcounts of the newest survey of the check.

    Parameters
    ----------
    check : result of ``poverty.recompute_poverty``
    """
    newest = check[check["year"] == check["year"].max()]
    shown = newest.assign(words=[_line_words(line) for line in newest["line"]])
    views = {
        "words": View("Line"),
        "year": View("Year", write_year, numeric=True),
        "published": View("Published", write_share, numeric=True),
        "recomputed": View("Recomputed", write_share, numeric=True),
        "difference": View("Difference, points", write_number, numeric=True),
    }
    return ReportTable(check, "Headcounts as published and as recomputed from deciles", views, shown)


def _line_words(line: str) -> str:
    amount, _, vintage = line.partition("_ppp")
    return f"{amount} international dollars of {vintage} a day" if vintage else line.replace("_", " ").capitalize()
