"""Tables of the stocktaking for readers: process, evidence, country, people, plans and laws."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_persons
from nasssap_lib.display.tables import (
    ReportTable,
    View,
    write_code,
    write_name,
    write_reason,
    write_share,
    write_text,
    write_year,
)
from nasssap_lib.display.texts import N_, _, join_clauses, label, named, ngettext, reason_words
from nasssap_lib.display.words import amount_number, amount_words, capital, join_words
from nasssap_lib.reasons import join_reasons
from nasssap_lib.schemes.words import year_span
from nasssap_lib.stocktaking.words import KIND_NAMES, PROFILE_NAMES, SUBJECTS, figure_name
from nasssap_lib.terms import PANEL_UNITS, SEXES, STEP_STATUSES, STEPS

NO_BREAK_HYPHEN = "\N{NON-BREAKING HYPHEN}"
MOST_SOURCES = 3  # that a line of the evidence names
WORK = {
    "wage": N_("Wage and salaried workers"),
    "self_employed": N_("Self-employed, family workers included"),
    "own_account": N_("of whom on own account"),
    "family": N_("of whom contributing family workers"),
}


def process_table(process: pd.DataFrame) -> ReportTable:
    """The state of the eight steps, event by event.

    Parameters
    ----------
    process : result of ``stocktaking.process_state``
    """
    shown = process.assign(
        step_name=[f"{step} · {label(STEPS, step)}" for step in process["step"]],
        day=process["date"].str.replace("-", NO_BREAK_HYPHEN),
    )
    views = {
        "step_name": View(_("Step")),
        "state": View(_("State"), write_code(STEP_STATUSES)),
        "day": View(_("Date")),
        "initiator": View(_("Who initiated it"), write_name),
        "evidence": View(_("What was read"), write_name, long=True),
    }
    return ReportTable(process, _("The eight steps in the country: what the sources tell"), views, shown)


def evidence_table(evidence: pd.DataFrame) -> ReportTable:
    """How old the evidence is, subject by subject.

    Parameters
    ----------
    evidence : result of ``stocktaking.evidence_by_subject``
    """
    rows = list(evidence.itertuples())
    shown = evidence.assign(
        years=[_(NOT_AVAILABLE) if pd.isna(row.newest) else year_span(row.oldest, row.newest) for row in rows],
        sources=[_sources(row.edition.split(";")) for row in rows],
        lacking=[_lacking(row) for row in rows],
        rests_on=[_("press alone") if row.grade == "press" else "" for row in rows],
    )
    views = {
        "subject": View(_("Subject"), write_code(SUBJECTS)),
        "years": View(_("Newest figure"), write_text, "quality", True),
        "age": View(_("Years old"), write_year, numeric=True),
        "sources": View(_("Edition"), detail="rests_on", long=True),
        "lacking": View(_("What is missing"), long=True),
    }
    return ReportTable(evidence, _("What the figures rest on, subject by subject"), views, shown)


def _sources(names: list[str]) -> str:
    more = len(names) - MOST_SOURCES
    return join_clauses([*map(named, names[:MOST_SOURCES]), _("and {n} more", n=more) if more > 0 else ""])


def _lacking(row) -> str:
    missing = reason_words(row.missing)
    if not row.reason or not missing:
        return missing or reason_words(row.reason)
    return _("{reason}: {missing}", reason=reason_words(row.reason), missing=missing)


def contradiction_table(contradictions: pd.DataFrame, currency: str = "") -> ReportTable:
    """Figures that cannot stand side by side, and what to do about it.

    Parameters
    ----------
    contradictions : result of ``stocktaking.contradictions``
    currency : code of the national currency
    """
    rows = list(contradictions.itertuples())
    shown = contradictions.assign(
        figure_name=[figure_name(row.figure) for row in rows],
        kind_name=[label(KIND_NAMES, row.kind) for row in rows],
        dated=[row.years or _("not dated") for row in rows],
        both=[_both(row, currency) for row in rows],
        odd=[_what_is_odd(row) for row in rows],
    )
    views = {
        "figure_name": View(_("Figure"), detail="kind_name"),
        "dated": View(_("Years")),
        "both": View(_("First and second")),
        "odd": View(_("What is odd"), long=True),
        "what_to_do": View(_("What to do"), write_reason, long=True),
    }
    return ReportTable(contradictions, _("Contradictions that the figures show by themselves"), views, shown)


def _what_is_odd(row) -> str:
    words = reason_words(row.explanation)
    return _("expected: {words}", words=words) if row.kind == "odd" else words


def _both(row, currency: str) -> str:
    """Both figures: an arrow from the older to the newer one, "and" between figures that stand side by side."""
    if pd.isna(row.first):
        return ""
    if pd.isna(row.second):
        return amount_words(row.first, row.unit, currency)
    second = amount_words(row.second, row.unit, currency)
    # the unit stands once, behind the second
    first = amount_words(row.first, row.unit) if row.unit == "percent" else amount_number(row.first)
    return (
        f"{first} → {second}"
        if row.kind in ("revised", "jump", "outgrown")
        else _("{first} and {last}", first=first, last=second)
    )


def collection_table(wanted: pd.DataFrame) -> ReportTable:
    """The figures to collect, in the order of what they would change.

    Parameters
    ----------
    wanted : result of ``stocktaking.figures_to_collect``
    """
    rows = list(wanted.itertuples())
    shown = wanted.assign(
        ranked=[f"{row.rank} · {reason_words(row.figure)}" for row in rows],
        people=[format_persons(row.persons) if row.persons == row.persons else "" for row in rows],
    )
    views = {
        "ranked": View(_("Figure")),
        "missing": View(_("What is missing"), write_reason, long=True),
        "people": View(_("Persons concerned"), write_text, "quality", True),
    }
    return ReportTable(wanted, _("Figures to collect, in the order of what they would change"), views, shown)


def profile_table(profile: pd.DataFrame) -> ReportTable:
    """The country at a glance.

    Parameters
    ----------
    profile : result of ``stocktaking.country_profile``
    """
    values = zip(profile["value"], profile["unit"], strict=True)
    shown = profile.assign(
        figure=[
            format_persons(value) if unit == "persons" else format_number(value, 0 if abs(value) >= 1000 else 1)
            for value, unit in values
        ]
    )
    views = {
        "item": View(_("Figure"), write_code(PROFILE_NAMES)),
        "figure": View(_("Value"), write_text, "quality", True),
        "unit": View(_("Unit"), write_code(PANEL_UNITS)),
        "year": View(_("Year"), write_year, numeric=True),
        "reason": View(_("Why missing"), write_reason),
    }
    return ReportTable(profile, _("The country at a glance"), views, shown)


def work_table(work: pd.DataFrame) -> ReportTable:
    """Wage, own account and family work by sex; n/a where family workers were not published for the sex.

    Parameters
    ----------
    work : result of ``stocktaking.work_status``
    """
    # a sex without any share has no column, and so no reason for one that is missing
    known = [sex for sex in SEXES if work.loc[work["sex"] == sex, "share"].notna().any()]
    told = work[work["sex"].isin(known or list(SEXES)) & work["share"].isna()]
    reasons = told.groupby("status")["reason"].agg(lambda cells: join_reasons(*cells)).reindex(WORK, fill_value="")
    wide = work.pivot(index="status", columns="sex", values="share").reindex(WORK).reset_index()
    shown = wide.assign(why=wide["status"].map(reasons))
    shown["quality"] = next(iter(work.loc[work["quality"] != "", "quality"]), "")
    year, title = work["year"].dropna(), _("Employed persons by status")
    if len(year):
        title = _("Employed persons by status, {year}", year=int(year.iloc[0]))
    views = {
        "status": View(_("Status"), write_code(WORK)),
        **{sex: View(capital(label(SEXES, sex)), write_share, "quality", True) for sex in SEXES},
        "why": View(_("Why missing"), write_reason),
    }
    return ReportTable(work, title, views, shown)


def history_table(history: pd.DataFrame) -> ReportTable:
    """Past extensions and reforms, oldest first.

    Parameters
    ----------
    history : result of ``stocktaking.past_extensions``
    """
    views = {
        "reform": View(_("Reform"), write_name),
        "year": View(_("Year"), write_year, numeric=True),
        "what_happened": View(_("What happened"), write_name, long=True),
        "result": View(_("Outcome"), long=True),
    }
    shown = history.assign(result=_or_reason(history, "outcome"))
    return ReportTable(history, _("Past extensions and reforms"), views, shown)


def _or_reason(table: pd.DataFrame, column: str) -> list[str]:
    """What the pack says, or why it says nothing."""
    return [named(text) or reason_words(cell) for text, cell in zip(table[column], table["reason"], strict=True)]


def links_table(links: pd.DataFrame) -> ReportTable:
    """The plans, programmes, policies and laws that the strategy must fit.

    Parameters
    ----------
    links : result of ``stocktaking.plans_and_laws``
    """
    rows = list(links.itertuples())
    shown = links.assign(
        translated=["" if named(row.title_en) == row.title else named(row.title_en) for row in rows],
        when=[row.period or write_year(row.year) for row in rows],
        says=_or_reason(links, "content"),
        ended=[_("ended") if row.state == "ended" else "" for row in rows],
    )
    views = {
        "title": View(_("Document"), detail="translated"),
        "kind": View(_("Kind"), write_name),
        "when": View(_("Period"), detail="ended"),
        "says": View(_("What it says on social protection"), long=True),
    }
    return ReportTable(links, _("Plans, programmes, policies and laws that the strategy must fit"), views, shown)


def conventions_table(conventions: pd.DataFrame) -> ReportTable:
    """What was read on the ratification of the social security Conventions.

    Parameters
    ----------
    conventions : result of ``stocktaking.conventions``
    """
    rows = list(conventions.itertuples())
    shown = conventions.assign(
        state=[named(row.status) or _("nothing found, check NORMLEX") for row in rows],
        says=[_convention_note(row) for row in rows],
    )
    views = {
        "convention": View(_("Convention"), write_name),
        "state": View(_("State, as far as was read")),
        "year": View(_("Year"), write_year, numeric=True),
        "says": View(_("Note"), long=True),
    }
    return ReportTable(conventions, _("Social security Conventions and their ratification"), views, shown)


def _convention_note(row) -> str:
    parts = _("parts accepted: {parts}", parts=named(row.parts_accepted)) if row.parts_accepted else ""
    replaced = row.replaces.split(";") if row.replaces else []
    instead = ngettext(
        "binds in place of Part {parts} of Convention No. 102, whatever Parts were accepted",
        "binds in place of Parts {parts} of Convention No. 102, whatever Parts were accepted",
        len(replaced),
        parts=join_words(replaced),
    )
    return join_clauses([parts, replaced and instead, named(row.note), reason_words(row.reason)])
