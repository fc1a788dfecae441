"""Sentences on monitoring: what the options commit the country to, which baselines are missing or old, and which targets do not follow."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.texts import N_, _, join_sentences, label, named, ngettext
from nasssap_lib.display.words import join_words, small_first
from nasssap_lib.reasons import split_reasons
from nasssap_lib.terms import GROUPS, GROUPS_IN_TEXT, SEXES

FEW = 3  # groups that a sentence names
COVERAGE = "effective_coverage"
BOTH = "total"
IN_TEXT = {
    "health_insurance_coverage": N_("health insurance among the total population"),
}
SHORT = {"health_insurance_coverage": N_("Health insurance, total population")}


def series_words(indicator: str, name: str, group: str, sex: str = BOTH) -> str:
    """Whose figure it is: the group for coverage, else the indicator, with women or men where it is of them alone.

    Parameters
    ----------
    indicator, group, sex : of the series; mothers are female without a word
    name : of the indicator, as the codebook has it

    Examples
    --------
    >>> series_words("effective_coverage", "", "older_persons", "female"), series_words("out_of_pocket_share", "Paid by patients", "total")
    ('Older persons, women', 'Paid by patients')
    """
    words = (
        label(GROUPS, group)
        if indicator == COVERAGE
        else label(SHORT, indicator)
        if indicator in SHORT
        else named(name)
    )
    if sex == BOTH or group == "mothers":
        return words
    return _("{group}, {sex}", group=words, sex=small_first(label(SEXES, sex)))


def targets_title(targets: pd.DataFrame, within_money: bool, country_name: str) -> str:
    """Title of the picture: to what the options commit the country, or what they would if they started as the costing assumes.

    Parameters
    ----------
    targets : result of ``monitoring.yearly_targets``
    within_money : whether the years of start were proved against money, see ``roadmap.planned_starts``
    country_name : in the reader's language
    """
    if targets.empty:
        return _("{country}: no option, so that no target follows", country=country_name)
    year = int(targets["year"].max())
    if within_money:
        return _("{country}: coverage that the roadmap commits to by {year}", country=country_name, year=year)
    return _("{country}: coverage that the options would bring by {year}, no plan", country=country_name, year=year)


def targets_sentence(targets: pd.DataFrame, within_money: bool) -> str:
    """Where coverage rises most by the last year, at least, and for how many groups no option starts.

    Parameters
    ----------
    targets : result of ``monitoring.yearly_targets``
    within_money : whether the years of start were proved against money
    """
    last = _at_end(targets)
    if last.empty:
        return _("There is no option in the country's data, so that no target follows.")
    known = last[last["low"].notna() & (last["options"] != "")]
    rise = known["low"] - known["baseline"]  # where no rate was published it is not known: those come last
    shown = join_words(
        _rise(row) for row in known.loc[rise.sort_values(ascending=False, kind="stable").index].head(FEW).itertuples()
    )
    rest, year = int((last["options"] == "").sum()), int(last["year"].max())
    if not shown:
        head = _("No option starts of which it is known whom it reaches, so that nothing can be committed to.")
    elif within_money:
        head = _("By {year} the roadmap commits most to {groups}.", year=year, groups=shown)
    else:
        head = _(
            "Did the options start as the costing assumes, coverage would rise most by {year} for {groups}.", groups=shown, year=year,
        )  # fmt: skip
    tail = ngettext("For {n} group no option starts.", "For {n} groups no option starts.", rest, n=rest) if rest else ""
    return join_sentences([head, tail])


def _rise(row) -> str:
    """A group with what it is committed to, and today's coverage."""
    values = {"group": _in_text(row.indicator, row.group), "low": format_share(row.low, 0)}
    if pd.isna(row.baseline):
        return _("{group} (at least {low}; today not published)", **values)
    return _(
        "{group} (at least {low}; {share} in {year})",
        **values,
        share=format_share(row.baseline, 0),
        year=row.baseline_year,
    )


def explored_sentence(targets: pd.DataFrame) -> str:
    """What the measures drawn on the workbench commit to in a year; "" where nothing can be said.

    Parameters
    ----------
    targets : result of ``monitoring.explore_targets``
    """
    known = targets[targets["low"].notna()] if len(targets) else targets
    if known.empty:
        return ""
    shown = join_words(_rise(row) for row in known.itertuples())
    return _("Committed to in {year}: {groups}.", year=int(known["year"].iat[0]), groups=shown)


def take_up_sentence(within_money: bool) -> str:
    """What the commitments stand on.

    Parameters
    ----------
    within_money : whether the years of start were proved against money
    """
    start = (
        _("Years of start are those of the best order within the money.")
        if within_money
        else _("Years of start are assumptions of the costing, no plan of the country.")
    )
    return join_sentences([
        _(
            "A commitment can rest on the lower end of each interval; that end stands on the central value of an assumed take-up, not on "
            "its low one, until registers count who is paid."
        ),
        start,
    ])  # fmt: skip


def _at_end(targets: pd.DataFrame) -> pd.DataFrame:
    return targets[targets["year"] == targets["year"].max()] if len(targets) else targets


def _in_text(indicator: str, group: str) -> str:
    return label(IN_TEXT, indicator) if indicator in IN_TEXT else label(GROUPS_IN_TEXT, group)


def baselines_sentence(sheets: pd.DataFrame) -> str:
    """How many outcomes have no baseline or one older than five years, and of how many nobody is named to measure them.

    Parameters
    ----------
    sheets : result of ``monitoring.indicator_sheets``
    """
    outcomes = sheets[sheets["kind"] == "outcome"]
    if outcomes.empty:
        return ""
    told = [{code for code, _values in split_reasons(cell)} for cell in outcomes["reason"]]
    old, none, nobody = (
        sum(code in codes for codes in told) for code in ("remeasure_first", "no_baseline", "nobody_named_to_measure")
    )
    n = len(outcomes)
    parts = [
        ngettext("{n} baseline is older than five years", "{n} baselines are older than five years", old, n=old) if old else "",
        ngettext("{n} was never published", "{n} were never published", none, n=none) if none else "",
    ]  # fmt: skip
    return join_sentences([
        ngettext("Progress is judged by {n} outcome.", "Progress is judged by {n} outcomes.", n, n=n),
        _("{parts}: to be measured before a target is set.", parts=join_words(filter(None, parts)))
        if any(parts) else _("Each has a baseline of the last five years."),
        ngettext("Who measures {n} of them is not agreed.", "Who measures {n} of them is not agreed.", nobody, n=nobody) if nobody else "",
    ])  # fmt: skip


def typed_sentence(typed: pd.DataFrame) -> str:
    """How the targets that were written down stand to what follows from the options; "" where there are none.

    Parameters
    ----------
    typed : result of ``monitoring.typed_targets``
    """
    if typed.empty:
        return ""
    above, none = typed[typed["standing"] == "above"], int((typed["standing"] == "").sum())
    below = int((typed["standing"] == "below").sum())
    names = [_series_in_text(row) for row in above.itertuples()]
    told = [
        ngettext("The plan has {n} target.", "The plan has {n} targets.", len(typed), n=len(typed)),
        _("Above what the options give that start: {groups}.", groups=join_words(names)) if names else "",
        ngettext("{n} lies below what they commit to.", "{n} lie below what they commit to.", below, n=below) if below else "",
        ngettext("For {n} nothing follows from the options.", "For {n} nothing follows from the options.", none, n=none) if none else "",
    ]  # fmt: skip
    return join_sentences(told)


def _series_in_text(row) -> str:
    return _in_text(row.indicator, row.group) if row.indicator in (COVERAGE, *IN_TEXT) else small_first(named(row.name))


def monitoring_answer(
    targets: pd.DataFrame, sheets: pd.DataFrame, typed: pd.DataFrame, within_money: bool
) -> list[tuple[str, str, str]]:
    """What the chapter found on targets: the commitments, the baselines, and targets that do not follow.

    Parameters
    ----------
    targets, sheets, typed : results of ``yearly_targets``, ``indicator_sheets`` and ``typed_targets``
    within_money : whether the years of start were proved against money, see ``roadmap.planned_starts``

    Returns
    -------
    (finding, how sure it is, name of its exhibit) each: ``targets``, ``sheets`` and, where targets were written down, ``typed_targets``
    """
    found = [
        (targets_sentence(targets, within_money), take_up_sentence(within_money), "targets"),
        (
            baselines_sentence(sheets),
            _("A target is an assumption where its baseline was not measured lately."),
            "sheets",
        ),
        (typed_sentence(typed), _("Both sides are of the year of the target."), "typed_targets"),
    ]
    return [finding for finding in found if finding[0]]


def review_terms_sentence(terms: pd.DataFrame) -> str:
    """When the strategy is reviewed first, and by whom; that nothing was agreed where the pack has no terms.

    Parameters
    ----------
    terms : result of ``monitoring.review_terms``
    """
    if terms.empty:
        return _(
            "There are no terms of review yet: when, by whom and on what grounds the strategy is reviewed is for the country to agree on."
        )
    dated = terms.dropna(subset=["year"]).sort_values("year", kind="stable")
    count = ngettext(
        "{n} term of review was agreed on.", "{n} terms of review were agreed on.", len(terms), n=len(terms)
    )
    if dated.empty:
        return count
    first = dated.iloc[0]
    who = named(first["responsible"]) or _("nobody named")
    return join_sentences(
        [count, _("The first is due in {year} ({institution}).", year=int(first["year"]), institution=who)]
    )
