"""Tables of coverage and gaps for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.coverage.gaps import DOUBTFUL, same_observation
from nasssap_lib.coverage.standards import CORE
from nasssap_lib.coverage.words import LAW_AND_FACT, LAW_AND_FACT_BOUNDS, LAW_STATES, QUINTILES, READINGS, bound_words
from nasssap_lib.display.numbers import format_number, format_persons, format_share, scale_persons
from nasssap_lib.display.tables import (
    ReportTable,
    View,
    write_code,
    write_name,
    write_number,
    write_persons,
    write_reason,
    write_share,
    write_text,
    write_year,
)
from nasssap_lib.display.texts import _, label, named, ngettext
from nasssap_lib.display.words import join_words, small_first
from nasssap_lib.reasons import join_reasons


def gap_table(gaps: pd.DataFrame) -> ReportTable:
    """Target population, coverage and gap in persons, one row a group and denominator.

    A sex has a row only where its gap is known and its rate was observed in the year and edition of the group's.

    Parameters
    ----------
    gaps : result of ``coverage.coverage_gaps``
    """
    whole = gaps["sex"] == gaps["group"].map(terms.sex_of)
    shown = gaps[whole | (gaps["gap"].notna() & same_observation(gaps))].copy()
    shown["group_words"] = [_group_words(*row) for row in zip(shown["group"], shown["sex"], strict=True)]
    shown["range"] = [_range_words(*row) for row in zip(shown["gap_low"], shown["gap_high"], strict=True)]
    shown["range"] = shown["range"].mask(shown["flag"].isin(DOUBTFUL), _("to be verified"))
    shown["how"] = [
        join_reasons("" if rule == "none" else rule, reason, flag if flag == "legal_zero" else "")
        for rule, reason, flag in zip(shown["denominator_rule"], shown["reason"], shown["flag"], strict=True)
    ]
    shown["nowcast_quality"] = "estimated"
    nowcast = _("Gap in {year}, rate kept", year=_only(shown["nowcast_year"]))
    views = {
        "group_words": View(_("Group")),
        "coverage_year": View(_("Year"), write_year, numeric=True),
        "effective_coverage": View(_("Effective coverage"), write_share, "coverage_quality", True),
        "target_population": View(_("Target population"), write_persons, "denominator_quality", True),
        "gap": View(_("Coverage gap, persons"), write_persons, "quality", True, detail="range"),
        "gap_nowcast": View(nowcast, write_persons, "nowcast_quality", True),
        "how": View(_("How counted"), write_reason, long=True),
    }
    title = _("Target population, coverage and coverage gap (groups overlap: there is no total)")
    return ReportTable(gaps, title, views, shown)


def trend_table(trend: pd.DataFrame) -> ReportTable | None:
    """At least one benefit, year by year of one edition; None where it has one year only.

    Parameters
    ----------
    trend : result of ``coverage.coverage_trend``
    """
    if trend.empty:
        return None
    views = {
        "year": View(_("Year"), write_year, numeric=True),
        "effective_coverage": View(_("Effective coverage"), write_share, "quality", True),
        "change": View(_("Change, points"), write_number, numeric=True),
    }
    return ReportTable(trend, _("At least one benefit in the years of one edition"), views)


def _only(values: pd.Series) -> str:
    return str(int(values.iloc[0])) if len(values) else ""


def _group_words(group: str, sex: str) -> str:
    name = label(terms.COVERAGE_GROUPS, group)
    if sex == terms.sex_of(group):
        return name
    return _("{group}, {sex}", group=name, sex=label(terms.sexes_of(group), sex))


def _range_words(low: float, high: float) -> str:
    """From where to where a number of persons lies; nothing where both ends are written alike."""
    if pd.isna(low) or pd.isna(high) or format_persons(low) == format_persons(high):
        return ""
    (few, unit), (many, unit_high) = scale_persons(low), scale_persons(high)
    if unit == unit_high == 1_000_000:
        first, last = format_number(few), format_number(many)
        return ngettext("{low} to {high} million", "{low} to {high} million", int(many), low=first, high=last)
    return _("{low} to {high}", low=format_persons(low), high=format_persons(high))


def projection_table(projection: pd.DataFrame) -> ReportTable:
    """The status quo in two readings, group by group: the gap in persons, a column a year.

    A group whose rate is to be verified is not projected for the reader, nor a sex of another year; the result table keeps them.

    Parameters
    ----------
    projection : result of ``coverage.project_status_quo``
    """
    words = [_group_words(*row) for row in zip(projection["group"], projection["sex"], strict=True)]
    named = projection.assign(words=words).drop_duplicates(["words", "reading", "year"])
    first = named.groupby("words")[
        "year"
    ].first()  # the year of the observation, whether its population is known or not
    known = named["gap"].notna() & (named["flag"] != "to_verify") & same_observation(named)
    rows = named[known]
    later = sorted(rows.loc[rows["year"] > rows["words"].map(first), "year"].unique())
    wide = rows.pivot(index=["words", "reading"], columns="year", values="gap").reindex(columns=later)
    observed = rows[rows["year"] == rows["words"].map(first)].set_index(["words", "reading"])["gap"]
    shown = wide.join(observed).reset_index().assign(quality="estimated")
    shown["year"] = shown["words"].map(first)
    order = {words: i for i, words in enumerate(dict.fromkeys(rows["words"]))}
    shown = shown.sort_values(
        ["words", "reading"], key=lambda column: column.map(order) if column.name == "words" else column
    )
    shown["year"] = shown["year"].astype("str")
    views = {
        "words": View(_("Group")),
        "reading": View(_("Reading of the status quo"), write_code(READINGS)),
        "gap": View(_("Gap observed"), write_persons, "quality", True, detail="year"),
        **{year: View(str(year), write_persons, "quality", True) for year in later},
    }
    title = _("The coverage gap in persons if nothing is extended, in two readings")
    return ReportTable(projection, title, views, shown)


def law_and_fact_table(parts: pd.DataFrame) -> ReportTable:
    """Employment injury by law and fact.

    Parameters
    ----------
    parts : result of ``coverage.employment_injury_law_and_fact``
    """
    names = LAW_AND_FACT_BOUNDS if (parts["basis"] == "bounds").any() else LAW_AND_FACT
    shown = parts.assign(
        share_words=[_ends(*row) for row in zip(parts["share"], parts["share_low"], parts["share_high"], strict=True)]
    )
    views = {
        "status": View(_("Employed persons"), write_code(names)),
        "share_words": View(_("Share"), write_text, "quality", True),
        "persons": View(_("Persons"), write_persons, "quality", True),
        "year": View(_("Year"), write_year, numeric=True),
        "reason": View(_("Note"), write_reason, long=True),
    }
    return ReportTable(parts, _("Employment injury: by law and in fact"), views, shown)


def _ends(share: float, low: float, high: float) -> str:
    """A share, or between which shares it lies where it is not known."""
    if not pd.isna(share) or pd.isna(low) or pd.isna(high):
        return format_share(share)
    return _("{low} to {high}", low=format_share(low), high=format_share(high))


def law_text_table(texts: pd.DataFrame) -> ReportTable:
    """What the pack says of the law on a branch: the words on which legal coverage rests.

    Parameters
    ----------
    texts : result of ``coverage.texts_of_law``
    """
    categories = terms.POPULATION_CATEGORIES
    lists = {
        name: [
            join_words([small_first(label(categories, code)) for code in codes.split(";") if code])
            for codes in texts[name]
        ]
        for name in ("mandatory_for", "voluntary_for", "excluded")
    }
    views = {
        "scheme": View(_("Scheme"), write_name),
        "legal_basis": View(_("Legal basis"), write_name, long=True),
        "who_by_law": View(_("Who, as read"), write_name, long=True),
        "mandatory_for": View(_("Compulsory for")),
        "voluntary_for": View(_("Voluntary for")),
        "excluded": View(_("Excluded by name")),
    }
    return ReportTable(texts, _("Employment injury: what was read of the law"), views, texts.assign(**lists))


def law_by_category_table(law: pd.DataFrame) -> ReportTable:
    """Who the law names: a row a branch, a column a category of the population.

    Parameters
    ----------
    law : result of ``coverage.law_table``
    """
    words = [_law_words(*row) for row in zip(law["state"], law["schemes"], strict=True)]
    wide = law.assign(words=words).pivot(index="branch", columns="category", values="words")
    shown = wide.reindex(list(dict.fromkeys(law["branch"]))).reset_index()
    categories = terms.POPULATION_CATEGORIES
    views = {"branch": View(_("Branch"), write_code(terms.BRANCHES))}
    views |= {code: View(label(categories, code)) for code in categories}
    return ReportTable(law, _("Who the law names"), views, shown)


def _law_words(state: str, schemes: str) -> str:
    words = label(LAW_STATES, state)
    return _("{state} ({schemes})", state=words, schemes=named(schemes)) if schemes else words


def c102_table(comparison: pd.DataFrame) -> ReportTable:
    """Convention No. 102, part by part.

    Parameters
    ----------
    comparison : result of ``coverage.compare_with_c102``
    """
    shown = comparison.assign(
        state=[bound_words(*row) for row in zip(comparison["bound"], comparison["ratified"], strict=True)],
        asked=[_asked_of(*row) for row in zip(comparison["part"], comparison["convention"], strict=True)],
    )
    views = {
        "asked": View(_("Convention and Part")),
        "branch": View(_("Branch"), write_code(terms.BRANCHES)),
        "state": View(_("Ratified, as far as was read")),
        "minimum": View(_("Asked for, of employees"), write_share, numeric=True),
        "covered": View(_("Covered ÷ employees"), write_share, "quality", True),
        "year": View(_("Year"), write_year, numeric=True),
        "reason": View(_("Why n/a, or what to know"), write_reason, long=True),
    }
    title = _("Convention No. 102 and what replaces it: an indication for employment injury only")
    return ReportTable(comparison, title, views, shown)


def _asked_of(part: str, convention: str) -> str:
    """A Part of Convention No. 102, or the Convention that replaces it."""
    if convention == CORE:
        return _("C102, Part {part}", part=part)
    return _("{convention}, in place of Part {part} of C102", convention=convention, part=part)


def quintile_table(quintiles: pd.DataFrame) -> ReportTable:
    """Coverage of social assistance by quintile.

    Parameters
    ----------
    quintiles : result of ``coverage.coverage_by_quintile``
    """
    views = {
        "quintile": View(_("Population by welfare"), write_code(QUINTILES)),
        "year": View(_("Year"), write_year, numeric=True),
        "coverage": View(_("Coverage"), write_share, "quality", True),
        "reason": View(_("Why n/a"), write_reason),
    }
    return ReportTable(quintiles, _("Coverage of social assistance by quintile (ASPIRE)"), views)
