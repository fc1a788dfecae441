"""Sentences on what would change who can come first."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from nasssap_lib.costing.words import quoted
from nasssap_lib.display.numbers import format_number, format_persons, format_share
from nasssap_lib.display.words import counted, join_words, small_first
from nasssap_lib.priorities.criteria import Matrix

FAR = 2.0  # a change by twice what is now
KINDS = {
    "missing": "Missing figure",
    "weight": "Weight",
    "level": "Level",
    "take_up": "Take-up",
    "left_out": "Option left out",
}


def changes_sentence(changes: pd.DataFrame, matrix: Matrix, criteria: pd.DataFrame) -> str:
    """The decisive change, the decisive criterion, and how many levels, rates of take-up and missing figures matter within their ranges.

    Parameters
    ----------
    changes : result of ``overturning.what_changes_leader``
    matrix : options × criteria
    criteria : result of ``criteria.assess_criteria``
    """
    if matrix.values.empty:
        return "Nothing is ranked, so nothing can be turned."
    label = criteria.drop_duplicates("criterion").set_index("criterion")["label"]
    found = changes[changes["needed"].notna()]
    if found.empty:
        return "No weight, no level, no take-up and no missing figure alone would change who can come first."
    first = found.iloc[0]
    now, then = (
        join_words(quoted(matrix.names[name] for name in first[who].split(";"))) for who in ("leaders", "new_leader")
    )
    text = (
        f"Now {now} can come first. The decisive change is {change_words(first, matrix.names, label)}: then {then} can."
    )
    weight = found[found["kind"] == "weight"].head(1)
    if first["kind"] != "weight":
        text += (
            f" Of the criteria, {change_words(weight.iloc[0], matrix.names, label)} is the nearest."
            if len(weight) else " No weight of a single criterion would do it."
        )  # fmt: skip
    return f"{text} {_within_words(found)}"


def change_words(row: pd.Series, names: Mapping[str, str], label: pd.Series) -> str:
    """One change in words: what, from, to, and whether that lies within its assumed range.

    Examples
    --------
    >>> row = pd.Series({"kind": "level", "option": "a", "criterion": None, "now": 4.0, "needed": 3.7, "side": "below", "within": "inside"})
    >>> change_words(row, {"a": "A"}, pd.Series(dtype=str))
    'the level of “A” from 4\xa0% to 3.7\xa0% of GDP per head (within its assumed range)'
    """
    range_words = {"inside": " (within its assumed range)", "outside": " (outside its assumed range)"}.get(
        row["within"], ""
    )
    if row["kind"] == "missing":
        known = write_value(row["criterion"], row["needed"])
        side = "or less" if row["side"] == "below" else "or more"
        return f"the missing {small_first(label[row['criterion']])} of “{names[row['option']]}”, if it turns out to be {known} {side}"
    if row["kind"] == "level":
        ends = (f"{format_number(row[name], 2)}\N{NO-BREAK SPACE}%" for name in ("now", "needed"))
        return f"the level of “{names[row['option']]}” from {' to '.join(ends)} of GDP per head{range_words}"
    ends = " to ".join(format_share(row[name], 1) for name in ("now", "needed"))
    if row["kind"] == "take_up":
        return f"take-up of “{names[row['option']]}” from {ends}{range_words}"
    return f"the weight of {small_first(label[row['criterion']])} from {ends}"


def write_value(criterion: str, value: float) -> str:
    """A value in its criterion's own unit.

    Examples
    --------
    >>> write_value("readiness", 0.8), write_value("newly_covered", 1_234_567), write_value("cost", 0.0123)
    ('2.4 of 3', '1.2 million', '1.23\xa0%')
    """
    write = {
        "gap_closed": lambda share: format_share(share, 0),
        "newly_covered": lambda persons: format_persons(persons),
        "cost": lambda share: format_share(share, 2),
        "readiness": lambda share: f"{format_number(share * 3, 1)} of 3",
        "equity": lambda share: format_share(share, 0),
        "severity": lambda share: format_share(share, 1),
        "poverty_effect": lambda share: format_share(share, 1),
    }.get(criterion, lambda score: format_number(score, 2))
    return write(value)


def far_changes(changes: pd.DataFrame) -> pd.Series:
    """Levels and rates of take-up of three times what is assumed and more: nobody proposes them (threshold ours).

    Examples
    --------
    >>> far_changes(pd.DataFrame({"kind": ["level", "level", "weight"], "change": [0.3, 4.0, 4.0]})).tolist()
    [False, True, False]
    """
    return changes["kind"].isin(["level", "take_up"]) & (changes["change"] >= FAR)


def _within_words(found: pd.DataFrame) -> str:
    """How many levels, rates of take-up and missing figures of the table would do it, and how many the table leaves out."""
    far = far_changes(found)
    near, left_out = found[~far].drop_duplicates(["kind", "option", "criterion"]), int(far.sum())
    inside, outside = (near[near["within"] == place] for place in ("inside", "outside"))
    text = (
        f"Within their assumed ranges {_count_kinds(inside)} would do it"
        if len(inside)
        else "Nothing would do it within its assumed range"
    )
    text += f"; only outside them, {_count_kinds(outside)}." if len(outside) else "."
    return text + (
        f" Not in the table: {left_out} more that would need three times what is assumed, or more." if left_out else ""
    )


def _count_kinds(changes: pd.DataFrame) -> str:
    """How many changes of each kind, in words.

    Examples
    --------
    >>> _count_kinds(pd.DataFrame({"kind": ["level", "missing", "level"]}))
    '2 levels and 1 missing figure'
    """
    words = {
        "level": ("{n} level", "{n} levels"),
        "take_up": ("{n} rate of take-up", "{n} rates of take-up"),
        "missing": ("{n} missing figure", "{n} missing figures"),
    }
    counts = changes["kind"].value_counts()
    return join_words([counted(counts[kind], *names) for kind, names in words.items() if kind in counts])
