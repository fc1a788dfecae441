"""The answer of the chapter on who pays: what it costs, what there is, what is missing and by when; how sure, and the exhibit."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from nasssap_lib.costing.milestones import Milestones
from nasssap_lib.costing.words_answer import not_known_from
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.texts import _, join_sentences, named
from nasssap_lib.financing.package import Financing
from nasssap_lib.financing.words import (
    STEPS,
    debt_sentence,
    headroom_sentence,
    net_note,
    not_counted,
    payers_sentence,
    row_of,
    span_words,
    weight_sentence,
)
from nasssap_lib.reasons import split_reasons
from nasssap_lib.rows import as_records


def financing_answer(money: Financing, at: Milestones | None) -> list[tuple[str, str, str]]:
    """What the second half of the chapter found: what is missing, and who pays.

    Parameters
    ----------
    money : result of ``financing.finance_package``
    at : result of ``costing.milestones_of``

    Returns
    -------
    (finding, how sure it is, name of its exhibit) each: ``financing_gap``, then ``financing_options``
    """
    year, lost = _told_year(money.gap, at.mature) if at else (0, set())
    at = at and at._replace(mature=year)
    row = row_of(money.gap, year) if at else None
    if row is None or pd.isna(row["cost"]):
        words = _("What is missing is not known, for no option can be costed.")
        return [
            (
                words,
                _("What can be said of the eight options for fiscal space stands in their table."),
                "financing_options",
            )
        ]
    later = not_known_from(year + 1, sorted(map(named, lost))) if lost else _later(money.gap, row, at)
    return [
        (
            join_sentences([_missing(row), later]),
            join_sentences([net_note(row, 1), _range(row), debt_sentence(money.debt)]),
            "financing_gap",
        ),
        (
            join_sentences(
                [_who(row, money.payers, at), headroom_sentence(money.options) if row["space_high"] < STEPS else ""]
            ),
            join_sentences([weight_sentence(money.revenue, money.aid), not_counted(money.space)]),
            "financing_options",
        ),
    ]


def _missing(row: pd.Series) -> str:
    """What is missing when all options have grown up."""
    values = {"year": int(row["year"]), **{name: format_share(row[name], 1) for name in ("space", "gap")}}
    values["cost"] = _net_cost(row)
    if row["space_high"] < STEPS:
        return _(
            "All of the {cost} that the options cost in {year} is missing: nothing that would pay for it was found.",
            **values,
        )
    if row["gap"] < STEPS:
        return _("The {cost} that the options cost in {year} is paid for at the central values.", **values)
    return _("Of the {cost} that the options cost in {year}, {space} is paid for and {gap} is missing.", **values)


def _told_year(gap: pd.DataFrame, mature: int) -> tuple[int, set[str]]:
    """The year of the finding and the options whose cost is not known after it: when all have grown up, if none is lost until then."""
    without = {int(row["year"]): _without_cost(row) for row in as_records(gap[gap["year"] <= mature])}
    if mature not in without:
        return mature, set()
    lost = without[mature] - set.intersection(*without.values())
    return max(year for year, names in without.items() if not lost & names), lost


def _without_cost(row: Mapping) -> set[str]:
    """Names of the options whose cost is not known in a year."""
    return {
        name for code, values in split_reasons(row["reason"]) if code == "sum_without" for name in values["options"]
    }


def _net_cost(row: pd.Series) -> str:
    """The cost of a year, with the gross one that a reader has met before where the two are apart."""
    net, gross = (format_share(row[name], 1) for name in ("cost", "gross"))
    if net == gross:
        return _("{share} of GDP", share=net)
    return _("{share} of GDP ({gross} less what is replaced)", share=net, gross=gross)


def _later(gap: pd.DataFrame, row: pd.Series, at: Milestones) -> str:
    """What is missing in the last year, where that is another share; and the first year in which something is."""
    last = row_of(gap, at.last)
    if last is None or at.last == at.mature or pd.isna(last["gap"]) or last["gap"] < STEPS:
        return ""
    first = gap.loc[gap["gap"] >= STEPS, "year"].min()
    values = {"year": at.last, "gap": format_share(last["gap"], 1), "first": int(first)}
    if row["gap"] < STEPS:
        return _("From {first} on something is missing: {gap} of GDP in {year}.", **values)
    return _("In {year}, {gap} is missing.", **values)


def _range(row: pd.Series) -> str:
    """Between what the missing part lies as far as the yields are uncertain."""
    least = any(code == "sum_without" for code, _values in split_reasons(row["reason"]))
    bound = _("A lower bound: the cost of some options is not known.") if least else ""
    if row["space_high"] < STEPS:
        return join_sentences([bound, _("The cost has its own range, which this inherits.")])
    ends = span_words(row["gap_low"], row["gap_high"])
    return join_sentences(
        [bound, _("Missing: {span} of GDP if all yields are high, or low; the cost has its own range.", span=ends)]
    )


def _who(row: pd.Series, payers: pd.DataFrame, at: Milestones) -> str:
    """Who pays, or that nobody does."""
    if row["space_high"] < STEPS:
        return _("Who pays is open: no proposal for any of the eight options for fiscal space was found.")
    return payers_sentence(payers, at)
