"""Checks of what groups said: values within their range, criteria and options that exist, one name and influence a group."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from nasssap_lib.errors import Problem
from nasssap_lib.pack.cells import Cells
from nasssap_lib.pack.checks import did_you_mean
from nasssap_lib.terms import CRITERIA, FURTHER_CRITERIA, STATEMENTS

NEEDED = {"stakeholder", "name", "kind", "influence", "about", "item", "value"}


def statement_problems(texts: dict[str, Cells | None]) -> Iterable[Problem]:
    """Problems of stakeholders.csv that need other tables, or several of its rows, to be seen.

    Parameters
    ----------
    texts : the tables of a pack as text, by name
    """
    said, options = texts.get("stakeholders"), texts.get("measures")
    if said is None or not set(said.frame) >= NEEDED:
        return
    yield from _wrong_values(said)
    yield from _wrong_items(
        said, _criteria(texts.get("judgements")), set(options.frame["id"]) if options is not None else set()
    )
    yield from _two_of_one_group(said)


def _criteria(judgements: Cells | None) -> set[str]:
    """Criteria that can be weighed: those that are computed, and those that somebody judged."""
    judged = set(judgements.frame["criterion"]) if judgements is not None and "criterion" in judgements.frame else set()
    return {*CRITERIA, *FURTHER_CRITERIA, *judged, *(f"{name}_judged" for name in judged)}


def _wrong_values(said: Cells) -> Iterable[Problem]:
    values = pd.to_numeric(said.frame["value"], errors="coerce")
    for about, (low, high) in STATEMENTS.items():
        wrong = (said.frame["about"] == about) & ~values.between(low, high) & values.notna()
        for i in wrong.to_numpy().nonzero()[0]:
            expected = f"from {low:g} to {high:g} for {about}"
            yield Problem(said.file, said.lines[i], "value", said.frame["value"].iat[i], expected)
    weights = values[said.frame["about"] == "weight"].groupby(said.frame["stakeholder"]).sum()
    for stakeholder in weights.index[weights <= 0]:
        line = said.lines[(said.frame["stakeholder"] == stakeholder).to_numpy().argmax()]
        yield Problem(
            said.file, line, "value", stakeholder, "at least one weight above 0", "leave the weights of the group out"
        )


def _wrong_items(said: Cells, criteria: set[str], options: set[str]) -> Iterable[Problem]:
    is_weight = said.frame["about"] == "weight"
    for mask, known, what in (
        (is_weight, criteria, "a criterion"),
        (~is_weight, options, "the id of an option in measures.csv"),
    ):
        for i in (mask & ~said.frame["item"].isin(known)).to_numpy().nonzero()[0]:
            value = said.frame["item"].iat[i]
            yield Problem(said.file, said.lines[i], "item", value[:60], what, did_you_mean(value, known))


def _two_of_one_group(said: Cells) -> Iterable[Problem]:
    for name in ("name", "kind", "influence"):
        first = said.frame.groupby("stakeholder")[name].transform("first")
        for i in (said.frame[name] != first).to_numpy().nonzero()[0]:
            hint = "one group has one, in all of its rows; another group needs another id"
            yield Problem(
                said.file, said.lines[i], name, said.frame[name].iat[i][:60], f"{first.iat[i][:60]!r} as before", hint
            )
