"""Sentences on registers beside published rates: what contradicts what, and what can be defended."""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.texts import N_, _, join_clauses, join_listed, join_sentences, label, named, ngettext

STATES = {
    "defended": N_("can be defended"),
    "contradictory": N_("contradictory"),
    "only_published": N_("published rate alone"),
    "only_registers": N_("registers alone"),
    "nothing": N_("nothing known"),
}
RATES = {  # of the whole population, by the indicator of the rate
    "aspire_coverage_social_assistance": N_("Social assistance, whole population (survey)"),
    "health_insurance_coverage": N_("Health insurance, whole population"),
}


def rate_name(indicator: str, group: str) -> str:
    """What a rate is of.

    Examples
    --------
    >>> rate_name("effective_coverage", "poor"), rate_name("health_insurance_coverage", "total")
    ('Poor persons', 'Health insurance, whole population')
    """
    return label(RATES, indicator) if indicator in RATES else label(terms.COVERAGE_GROUPS, group)


def register_names(names: str) -> str:
    """Short names of the schemes whose registers are counted."""
    return join_listed([named(name) for name in names.split(";") if name])


def share_span(low: float, high: float) -> str:
    """A share, or from where to where it lies.

    Examples
    --------
    >>> share_span(float("nan"), float("nan"))
    ''
    """
    if pd.isna(low):
        return ""
    first, last = format_share(low, 1), format_share(high, 1)
    return first if first == last else _("{low} to {high}", low=first, high=last)


def reconciliation_sentence(table: pd.DataFrame) -> str:
    """Which rates the registers of their year contradict, with both readings and no value between them; else how many agree.

    Parameters
    ----------
    table : result of ``coverage.reconcile_coverage``
    """
    apart = table[table["state"] == "contradictory"]
    agree = table[table["state"] == "defended"]
    first = ngettext(
        "Registers and a published rate can be set against each other, within a year, for {n} observation.",
        "Registers and published rates can be set against each other, within a year, for {n} observations.",
        len(apart) + len(agree),
        n=len(apart) + len(agree),
    )
    if apart.empty and agree.empty:
        return _("No register counts the people of a published rate within a year of it: nothing can be reconciled.")
    if apart.empty:
        return join_sentences([first, _("None contradicts the other.")])
    told = [
        _(
            "{group}, {year}: {rate} published for {rate_year}, {registers} by the registers ({schemes})",
            group=rate_name(row.indicator, row.group),
            year=row.year,
            rate=format_share(row.rate, 1),
            rate_year=row.published_year,
            registers=share_span(row.registers_low, row.registers_high),
            schemes=register_names(row.registers),
        )
        for row in apart.itertuples()
    ]
    return join_sentences(
        [
            first,
            _("Contradictory, so that no value between them is given: {rates}.", rates=join_clauses(told)),
            _("Ask both sources whom they count before either is used."),
        ]
    )
