"""Checks of what groups said: values within their range, criteria and options that exist, one name and influence a group."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from nasssap_lib.errors import Problem
from nasssap_lib.pack.cells import Cells
from nasssap_lib.pack.checks import check_references
from nasssap_lib.terms import CRITERIA, STATEMENTS

COMPUTED = {*CRITERIA}
EVERYTHING = 100.5  # shares are rounded
NEEDED = {"stakeholder", "name", "kind", "influence", "about", "item", "value"}


def statement_problems(texts: dict[str, Cells | None]) -> Iterable[Problem]:
    """Problems of stakeholders.csv that need other tables, or several of its rows, to be seen.

    Parameters
    ----------
    texts : the tables of a pack as text, by name
    """
    said = texts.get("stakeholders")
    if said is None or not said.lines or not set(said.frame) >= NEEDED:
        return
    criteria = _criteria(texts.get("judgements"))
    found = [
        *_wrong_values(said),
        *_nothing_and_too_much(said),
        *check_references(said, "item", criteria, "a criterion", said.frame["about"] == "weight"),
        *_two_of_one_group(said),
        *_one_group_twice(said),
    ]
    yield from sorted(found, key=lambda problem: problem.row)


def _criteria(judgements: Cells | None) -> set[str]:
    """Criteria that can be weighed: those that are computed, and those that somebody judged."""
    judged = set(judgements.frame["criterion"]) if judgements is not None and "criterion" in judgements.frame else set()
    return {*COMPUTED, *judged, *(f"{name}_judged" for name in judged)}


def _wrong_values(said: Cells) -> Iterable[Problem]:
    values = pd.to_numeric(said.frame["value"], errors="coerce")
    for about, (low, high) in STATEMENTS.items():
        wrong = (said.frame["about"] == about) & ~values.between(low, high) & values.notna()
        for i in wrong.to_numpy().nonzero()[0]:
            expected = f"from {low:g} to {high:g} for {about}"
            yield Problem(said.file, said.lines[i], "value", said.frame["value"].iat[i], expected)


def _nothing_and_too_much(said: Cells) -> Iterable[Problem]:
    """A group whose weights are all 0, and shares of an option that come to more than everything."""
    frame = said.frame.assign(number=pd.to_numeric(said.frame["value"], errors="coerce"), line=said.lines)
    for _, rows in frame[frame["about"] == "weight"].groupby("stakeholder"):
        if rows["number"].ge(0).all() and not rows["number"].sum() > 0:
            hint = "leave the weights of the group out"
            yield Problem(
                said.file, int(rows["line"].iat[0]), "value", rows["value"].iat[0], "at least one weight above 0", hint
            )
    for (item, about), rows in frame[frame["about"].isin(("pays", "receives"))].groupby(["item", "about"]):
        if rows["number"].le(100).all() and rows["number"].sum() > EVERYTHING:
            expected = f"shares ({about}) of all groups of {item} up to 100; together they are {rows['number'].sum():g}"
            yield Problem(
                said.file, int(rows["line"].iat[-1]), "value", rows["value"].iat[-1], expected, "settle it at the table"
            )


def _two_of_one_group(said: Cells) -> Iterable[Problem]:
    for name in ("name", "kind", "influence"):
        usual = said.frame.groupby("stakeholder")[name].transform(lambda given: given.mode().iat[0])
        for i in (said.frame[name] != usual).to_numpy().nonzero()[0]:
            hint = "one group has one, in all of its rows; another group needs another id"
            expected = f"{usual.iat[i][:60]!r} as in its other rows"
            yield Problem(said.file, said.lines[i], name, said.frame[name].iat[i][:60], expected, hint)


def _one_group_twice(said: Cells) -> Iterable[Problem]:
    """A name under a second id, also where capital letters or spaces differ: the group would count twice."""
    names = said.frame["name"].str.casefold().str.split().str.join(" ")
    first = said.frame["stakeholder"].groupby(names).transform("first")
    others = said.frame[(said.frame["stakeholder"] != first) & (names != "")].drop_duplicates("stakeholder")
    for i in others.index:
        expected = f"one id a group: {first[i][:60]!r} has this name already"
        hint = "two groups need two names; rows of one group need one id"
        yield Problem(said.file, said.lines[i], "name", said.frame["name"].iat[i][:60], expected, hint)
