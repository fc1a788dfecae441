"""Tables of the four guarantees for readers: what they would cost, on which assumptions, and what was published of them elsewhere."""

from __future__ import annotations

from functools import partial

import pandas as pd

from nasssap_lib.costing.guarantees import OURS
from nasssap_lib.costing.tables import range_words, write_fine_share
from nasssap_lib.costing.words import write_level
from nasssap_lib.costing.words_guarantees import CITED, COMPONENTS, OWN
from nasssap_lib.costing.words_package import months_words
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_persons, format_share
from nasssap_lib.display.tables import (
    ReportTable,
    View,
    write_code,
    write_name,
    write_persons,
    write_reason,
    write_year,
)
from nasssap_lib.display.texts import N_, _, label
from nasssap_lib.terms import GUARANTEES

BASES = {"poverty_line": N_("of the national poverty line"), "gdp_per_head": N_("of GDP per head")}
WHAT = {
    "floor_with_health": N_("Financing gap: cash guarantees and essential health care"),
    "cash_package": N_("Cost of five cash benefits"),
    "income_guarantees": N_("Financing gap of the cash guarantees"),
}
AREAS = {
    "low_and_middle_income": N_("133 low- and middle-income countries"),
    "low_and_middle_income_57": N_("57 low- and lower-middle-income countries"),
    "low_income": N_("low-income countries"),
    "lower_middle_income": N_("lower-middle-income countries"),
    "upper_middle_income": N_("upper-middle-income countries"),
    "africa": N_("Africa"),
    "arab_states": N_("Arab States"),
    "latin_america_and_caribbean": N_("Latin America and the Caribbean"),
    "asia_and_pacific": N_("Asia and the Pacific"),
    "europe_and_central_asia": N_("Europe and Central Asia"),
}
KINDS = {
    "published": N_("published"),
    "criticised": N_("published, as its critics quote it"),
    "critique_below": N_("what the critics hold it to be below, at realistic levels"),
}


def guarantees_table(guarantees: pd.DataFrame) -> ReportTable:
    """The four guarantees of Recommendation No. 202 with the ILO studies' assumptions.

    Parameters
    ----------
    guarantees : result of ``costing.guarantee_costs``
    """
    shown = guarantees.copy()
    shown["serves"] = [label(GUARANTEES, code) if code in GUARANTEES else "" for code in shown["guarantee"]]
    shown["persons_range"] = [
        range_words(low, high, format_persons)
        for low, high in zip(shown["persons_low"], shown["persons_high"], strict=True)
    ]
    shown["at"] = [_level_words(row) for row in shown.itertuples()]
    shown["for"] = [months_words(value) if pd.notna(value) else "" for value in shown["months"]]
    shown["cost_range"] = [
        range_words(low, high, write_fine_share) for low, high in zip(shown["low"], shown["high"], strict=True)
    ]
    shown["read"] = [
        "" if pd.isna(row.central) else _("read at its source") if row.verified else _("not all read: to be verified")
        for row in shown.itertuples()
    ]
    views = {
        "component": View(_("Guarantee"), write_code(COMPONENTS), detail="serves"),
        "persons": View(_("Persons"), write_persons, "quality", True, "persons_range"),
        "at": View(_("Level"), detail="for"),
        "level": View(_("% of GDP per head"), write_level, numeric=True),
        "central": View(_("Cost, % of GDP"), write_fine_share, "quality", True, "cost_range"),
        "read": View(_("State of the assumptions")),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    return ReportTable(guarantees, _("The four guarantees at full take-up, before what is paid today"), views, shown)


def _level_words(row) -> str:
    if pd.isna(row.amount) or row.basis not in BASES:
        return _(NOT_AVAILABLE) if row.component not in ("income", "health") else ""
    return _("{percent} {base}", percent=format_share(row.amount / 100, 0), base=label(BASES, row.basis))


PARAMETERS = {
    "age_from": N_("From age"),
    "age_to": N_("To age"),
    "months": N_("Months a year"),
    "level_of_line": N_("Level, with a national poverty line"),
    "level_of_gdp": N_("Level, without one"),
    "assessment": N_("Assessment of a disability, each"),
    "assessed_every": N_("Years between two assessments"),
    "administration": N_("Administration"),
    "take_up": N_("Take-up"),
}
PARAMETER_UNITS = {
    "years": N_("years"),
    "months": N_("months"),
    "percent_of_poverty_line": N_("% of the poverty line"),
    "percent_of_gdp_per_head": N_("% of GDP per head"),
    "share_of_benefits": N_("share of benefits"),
    "share": N_("share"),
}


def _amount(value: float, unit: str) -> str:
    """A parameter as it is read: shares as percentages."""
    return format_share(value) if unit.startswith("share") else format_number(value, 2)


def guarantee_assumptions_table(assumptions: pd.DataFrame) -> ReportTable:
    """What the package of the four guarantees assumes, and whether it was read at its source.

    Parameters
    ----------
    assumptions : result of ``costing.guarantee_assumptions``
    """
    shown = assumptions.assign(
        component=[_("All") if code == "all" else label(COMPONENTS, code) for code in assumptions["component"]],
        value=[_amount(row.central, row.unit) for row in assumptions.itertuples()],
        range=[range_words(row.low, row.high, partial(_amount, unit=row.unit)) for row in assumptions.itertuples()],
        read=[
            _("read at its source") if read else _("assumed here") if source == OURS else _("to be verified")
            for read, source in zip(assumptions["verified"], assumptions["source"], strict=True)
        ],
        cited=_cited(assumptions),
    )
    views = {
        "component": View(_("Guarantee")),
        "parameter": View(_("Assumption"), write_code(PARAMETERS)),
        "value": View(_("Value"), numeric=True, detail="range"),
        "unit": View(_("In"), write_code(PARAMETER_UNITS)),
        "read": View(_("State")),
        "citation": View(_("Read in"), _publication, detail="cited", long=True),
    }
    data = assumptions.drop(columns="source")
    return ReportTable(data, _("What the package of the four guarantees assumes"), views, shown)


def published_table(published: pd.DataFrame) -> ReportTable:
    """Published costs of floors by region and income group, and their critique: never a country's figure.

    Parameters
    ----------
    published : result of ``costing.published_gaps``
    """
    views = {
        "what": View(_("Measured"), write_code(WHAT)),
        "area": View(_("Countries"), write_code(AREAS)),
        "year": View(_("Year"), write_year, numeric=True),
        "value": View(_("% of their GDP"), lambda value: format_number(value, 1), numeric=True),
        "kind": View(_("Kind"), write_code(KINDS)),
        "citation": View(_("Read in"), _publication, detail="cited", long=True),
    }
    title, shown = (
        _("Published for groups of countries, none of them this one"),
        published.assign(cited=_cited(published)),
    )
    return ReportTable(published.drop(columns="source"), title, views, shown)


def _publication(citation: str) -> str:
    """A publication under its own title; what this project assumes in the reader's language."""
    return _(OWN) if citation == OWN else write_name(citation)


def _cited(table: pd.DataFrame) -> list[str]:
    """What must be known of each publication."""
    return [label(CITED, key) if key in CITED else "" for key in table["source"]]
