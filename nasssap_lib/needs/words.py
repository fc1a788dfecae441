"""Sentences on needs and on what is said of each guarantee."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.coverage.words import group_list
from nasssap_lib.display.numbers import format_number, format_persons, format_share
from nasssap_lib.display.texts import _, join_sentences, label, ngettext, reason_words
from nasssap_lib.display.words import counted, join_words, small_first
from nasssap_lib.reasons import join_reasons
from nasssap_lib.terms import GROUPS_IN_TEXT, GUARANTEES


def assessment_sentence(assessment: pd.DataFrame) -> str:
    """How many findings the assessment matrix holds, or what a dialogue must supply.

    Parameters
    ----------
    assessment : result of ``needs.assess_guarantees``
    """
    empty = assessment[assessment["reason"] != ""]
    if empty.empty:
        return _("The matrix holds {n} findings, at least one for each guarantee.", n=len(assessment))
    number = len(assessment) - len(empty)
    head = counted(number, "The country's data hold {n} finding", "The country's data hold {n} findings")
    missing = _(
        "{head}: for {guarantees} a dialogue must say what the objective is, what does not work in practice and what is "
        "recommended.",
        head=head if number else _("The country's data hold no finding yet"),
        guarantees=join_words([small_first(label(GUARANTEES, code)) for code in empty["guarantee"]]),
    )
    read = _("Provisions are read from the inventory and gaps from the figures; nothing else is filled in.")
    return join_sentences([missing, read])


def checklist_sentence(checklist: pd.DataFrame) -> str:
    """On how many of CODI's key areas there are findings; which have none yet stands in ``codi_table``.

    Parameters
    ----------
    checklist : result of ``needs.codi_checklist``
    """
    areas = checklist[checklist["number"].notna()]
    done = int((areas["findings"] > 0).sum())
    have = ngettext(
        "Of the {areas} key areas of CODI (ISPA, 2016), {n} has a finding.",
        "Of the {areas} key areas of CODI (ISPA, 2016), {n} have a finding.",
        done,
        areas=len(areas),
        n=done,
    )
    none = _("Of the {areas} key areas of CODI (ISPA, 2016), none has a finding yet.", areas=len(areas))
    return have if done else none


def needs_sentence(needs: pd.DataFrame) -> str:
    """The largest known gap among life-cycle groups, and how old the evidence is."""
    known, none = needs[needs["gap"].notna()], needs[needs["gap"].isna()]
    old = int((needs["evidence"] == "old").sum())
    sentences = [
        _known_gaps(known, len(needs)),
        len(none) and _("It is not known for {groups}.", groups=group_list(none["group"])),
        old
        and counted(
            old,
            "One of the rates is older than five years: re-measure before targets are set.",
            "{n} of the rates are older than five years: re-measure before targets are set.",
        ),
    ]
    return join_sentences(sentences)


def _known_gaps(known: pd.DataFrame, groups: int) -> str:
    """For how many groups a gap is known, and the largest."""
    if known.empty:
        return _("A gap in persons is known for none of {groups} groups.", groups=groups)
    largest = known.loc[known["gap"].idxmax()]
    return _(
        "A gap in persons is known for {n} of {groups} groups; the largest is that of {group}: {persons} (rate of {year}, kept).",
        n=len(known),
        groups=groups,
        group=label(GROUPS_IN_TEXT, largest["group"]),
        persons=format_persons(largest["gap"]),
        year=largest["coverage_year"],
    )


def poverty_sentence(poverty: pd.DataFrame, country_name: str) -> str:
    """The national headcount, or that there is none."""
    national = poverty[poverty["line"] == "national"]
    if national.empty:
        return _(
            "For {country} no headcount at the national line was found; the lines of different vintages are never mixed.",
            country=country_name,
        )
    row = national.iloc[0]
    return _(
        "At the national line, {share} of the people of {country} were poor in {year}.",
        share=format_share(row["headcount"]),
        country=country_name,
        year=row["year"],
    )


def recomputed_sentence(check: pd.DataFrame) -> str:
    """How far headcounts recomputed from the shipped shares lie from the published ones."""
    if check.empty:
        return _(
            "The country's data hold no mean and deciles of one survey: the published headcounts cannot be checked against them."
        )
    newest = check[check["year"] == check["year"].max()]  # those that the table shows
    why = reason_words(join_reasons(*newest["reason"]))
    newest = newest[newest["recomputed"].notna()]
    if newest.empty:
        return _(
            "The published headcounts cannot be checked against the shares of the distribution of the same survey: {reason}.",
            reason=why,
        )
    worst = ngettext(
        "Recomputed from the published deciles and mean of the same surveys, {n} headcount differs from the published one by at "
        "most {points} percentage points.",
        "Recomputed from the published deciles and mean of the same surveys, {n} headcounts differ from the published ones by at "
        "most {points} percentage points.",
        len(newest),
        n=len(newest),
        points=format_number(newest["difference"].abs().max(), 1),
    )
    return join_sentences([worst, _("The published ones are used.")])
