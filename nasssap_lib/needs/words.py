"""Sentences on needs and on what is said of each guarantee."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_number, format_persons, format_share
from nasssap_lib.display.words import join_words
from nasssap_lib.terms import GUARANTEES


def assessment_sentence(assessment: pd.DataFrame) -> str:
    """How many findings the assessment matrix holds, or what a dialogue must supply.

    Parameters
    ----------
    assessment : result of ``assessment.assess_guarantees``
    """
    empty = assessment[assessment["reason"] != ""]
    if empty.empty:
        return f"The matrix holds {len(assessment)} findings, at least one for each guarantee."
    names = join_words([GUARANTEES[code].lower() for code in empty["guarantee"]])
    found = len(assessment) - len(empty)
    head = f"The pack holds {found} findings" if found else "The pack holds no finding yet"
    return (
        f"{head}: for {names} a dialogue must say what the objective is, what does not work in practice and what is recommended. "
        "Provisions are read from the inventory and gaps from the figures; nothing else is filled in."
    )


def checklist_sentence(checklist: pd.DataFrame) -> str:
    """On how many of CODI's key areas there are findings, and on which there is none yet.

    Parameters
    ----------
    checklist : result of ``assessment.codi_checklist``
    """
    areas = checklist[checklist["number"].notna()]
    open_areas = areas[areas["findings"] == 0]
    done = len(areas) - len(open_areas)
    have = "none has a finding yet" if not done else f"{done} {'has' if done == 1 else 'have'} a finding"
    head = f"Of the {len(areas)} key areas of CODI (ISPA, 2016), {have}."
    parts = [
        f"{module.lower()}: {join_words(list(rows['area']))}"
        for module, rows in open_areas.groupby("module", sort=False)
    ]
    return head + (f" To go through in a dialogue: {'; '.join(parts)}." if parts else "")


def needs_sentence(needs: pd.DataFrame) -> str:
    """The largest known gap among life-cycle groups, and how old the evidence is."""
    known = needs[needs["gap"].notna()]
    old = needs[needs["evidence"] == "old"]
    none = needs[needs["gap"].isna()]
    text = f"A gap in persons is known for {len(known)} of {len(needs)} groups"
    if len(known):
        row = known.loc[known["gap"].idxmax()]
        text += f"; the largest is that of {_group(row)}: {format_persons(row['gap'])}"
    text += "." if none.empty else f". It is not known for {join_words([_group(row) for _, row in none.iterrows()])}."
    return text + (
        f" {len(old)} of the rates {'is' if len(old) == 1 else 'are'} older than five years: re-measure before targets are set."
        if len(old)
        else ""
    )


def _group(row: pd.Series) -> str:
    return row["label"].split(",")[0].lower()


def poverty_sentence(poverty: pd.DataFrame, place: str) -> str:
    """The national headcount, or that there is none."""
    national = poverty[poverty["line"] == "national"]
    if national.empty:
        return (
            f"For {place} no headcount at the national line was found; the lines of different vintages are never mixed."
        )
    row = national.iloc[0]
    return (
        f"At the national line, {format_share(row['headcount'])} of the people of {place} were poor in {row['year']}."
    )


def recomputed_sentence(check: pd.DataFrame) -> str:
    """How far headcounts recomputed from the shipped shares lie from the published ones."""
    if check.empty:
        return (
            "The pack holds no mean and deciles of one survey: the published headcounts cannot be checked against them."
        )
    worst = format_number(check["difference"].abs().max(), 1)
    return (
        f"Recomputed from the published deciles and mean of the same surveys, {len(check)} headcounts differ from the published ones "
        f"by at most {worst} percentage points. The published ones are used."
    )
