"""Words of the four guarantees: what they would cost, between what, at which levels, and where their assumptions were read."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_number, format_share, round_significant
from nasssap_lib.display.texts import N_, _, join_sentences, label
from nasssap_lib.display.words import join_words, small_first

COMPONENTS = {
    "children": N_("Children up to the age of 5"),
    "maternity": N_("Mothers around birth"),
    "severe_disability": N_("Persons with severe disabilities"),
    "unemployment": N_("Unemployed persons"),
    "old_age": N_("Older persons from 65 on"),
    "health": N_("Essential health care"),
    "income": N_("Income security, the sum of what is known"),
}
CITED = {  # key of ``published.CITATIONS``: what a reader must know of it
    "ILO-WP113-P4H": N_("summary of ILO Working Paper 113"),
    "ILO-WP14-PL": N_("by a press summary of the World Social Protection Report 2020–22"),
    "ILO-WP14-MEMORY": N_("not read at its source: to be verified"),
    "KIDD-2025": N_(
        "poverty lines of some countries are implausible, such as an old-age pension of US$ 5,559 a year in Sudan, which alone is about "
        "half of the total"
    ),
    "NASSSAP-ASSUMPTIONS": N_("default parameters of this tool: to be replaced by the country's own"),
}

OWN = N_("nasssap, default assumptions")  # of ``published.CITATIONS`` the one that is no title of a publication


def guarantees_sentence(guarantees: pd.DataFrame) -> str:
    """What the guarantees that can be costed come to, between what, at which levels, and which ones lack a figure.

    Parameters
    ----------
    guarantees : result of ``costing.guarantee_costs``
    """
    known = _costed(guarantees)
    more = [] if known.empty else [_range_words(known, _sum_of(guarantees)), _basis_words(known), _verified(guarantees)]
    return _guarantee_words(guarantees, more)


def _guarantee_words(guarantees: pd.DataFrame, more: list[str]) -> str:
    known, row = _costed(guarantees), _sum_of(guarantees)
    if known.empty:
        return _("None of the four guarantees can be costed with the country's data.")
    parts = _parts(guarantees)
    high = [small_first(label(COMPONENTS, code)) for code in known.loc[known["flag"] == "high_level", "component"]]
    missing = [small_first(label(COMPONENTS, code)) for code in parts.loc[parts["central"].isna(), "component"]]
    sentences = [
        _(
            "{n} of {all} cash guarantees can be costed: together {share} of GDP in {year}, at full take-up, before what is paid today.",
            n=len(known), all=len(parts), share=format_share(row["central"], 1), year=int(row["year"]),
        ),
        *more,
        _("Above 30 % of GDP per head, unusually high: {names}.", names=join_words(high)) if high else "",
        _("Not costed, for a figure lacks: {names}.", names=join_words(missing)) if missing else "",
    ]  # fmt: skip
    return join_sentences(sentences)


def _parts(guarantees: pd.DataFrame) -> pd.DataFrame:
    """The cash guarantees, without their sum."""
    return guarantees[~guarantees["component"].isin(["income", "health"])]


def _costed(guarantees: pd.DataFrame) -> pd.DataFrame:
    return _parts(guarantees).dropna(subset=["central"])


def _sum_of(guarantees: pd.DataFrame) -> pd.Series:
    return guarantees.set_index("component").loc["income"]


def _range_words(known: pd.DataFrame, together: pd.Series) -> str:
    """Between what the sum lies, and whose ranges that is made of."""
    ranged = known["low"] < known["high"]
    ends = {"low": format_share(together["low"], 1), "high": format_share(together["high"], 1)}
    if ranged.all():
        return _("With the range of each: {low} to {high}.", **ends)
    if not ranged.any():
        return _("No range of any of them is known.")
    names = join_words([small_first(label(COMPONENTS, code)) for code in known.loc[ranged, "component"]])
    return _(
        "With the ranges that are known, {low} to {high}: only those of {names}; of the others none is known.",
        names=names, **ends,
    )  # fmt: skip


def _basis_words(known: pd.DataFrame) -> str:
    """In what the levels are typed; of a poverty line, its amount and year."""
    by_line = known[known["basis"] == "poverty_line"]
    if by_line.empty:
        return _(
            "The country's data hold no national poverty line in currency, or no consumer price index to bring it to the year: levels "
            "are assumed in % of GDP per head, not those of the ILO's studies."
        )
    row = by_line.iloc[0]
    return _(
        "Levels are in % of the national poverty line, as in the ILO's studies: {line} {currency} a person a year, the line of "
        "{line_year} ({line_published} {currency}) at prices of {year}.",
        line=format_number(round_significant(row["line"]), 0), line_published=format_number(row["line_published"], 0),
        line_year=int(row["line_year"]), year=int(row["year"]), currency=row["currency"],
    )  # fmt: skip


def _verified(guarantees: pd.DataFrame) -> str:
    """Which levels of the guarantees were not read at their source."""
    known = guarantees[guarantees["central"].notna() & (guarantees["component"] != "income")]
    doubtful = [small_first(label(COMPONENTS, code)) for code in known.loc[known["verified"] == False, "component"]]  # noqa: E712
    if not doubtful:
        return _("Every level was read at its source.")
    return _(
        "An order of magnitude: not all assumptions were read at their source ({names}).", names=join_words(doubtful)
    )
