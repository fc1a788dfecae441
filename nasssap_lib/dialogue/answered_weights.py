"""How much each criterion matters to a group, as it answered: points of a hundred, or pairs compared."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.dialogue.answer_sheet import AnswerSheet
from nasssap_lib.dialogue.pairwise import CONSISTENT, TIMES, weigh_pairs

POINTS = 100.0
ROUNDING = 0.5  # points by which a sum may miss 100: shares were rounded


def answered_weights(sheet: AnswerSheet, ids: list[str], pair_ids: list[str]) -> tuple[dict[str, float], str]:
    """Weights in points of 100 by criterion, and how they were given; none where the answers cannot be used.

    Parameters
    ----------
    sheet : of one group; receives the remarks
    ids, pair_ids : of the questions on criteria and on pairs of criteria

    Examples
    --------
    >>> sheet = AnswerSheet("a.xlsx", {("weight:cost", "value"): ("100", "2!C4")}, {})
    >>> answered_weights(sheet, ["weight:cost", "weight:equity"], [])
    ({'cost': 100.0, 'equity': 0.0}, '')
    """
    points, compared = _points(sheet, ids), _compared(sheet, ids, pair_ids)
    if points is None or compared is None:  # something was answered, and cannot be used
        return {}, ""
    if not points and not compared:
        sheet.say(
            "missing",
            ids[0] if ids else "weight",
            "value",
            "points for the criteria, or all pairs compared",
            "ask the group",
        )
        return {}, ""
    if points and compared:
        odd = next(
            ((a, b) for a in points for b in points if points[a] > points[b] and compared[a] < compared[b]), None
        )
        if odd:
            first, second = (sheet.labels.get(f"weight:{name}", name) for name in odd)
            expected = f"points and pairs that agree: by points “{first}” matters more than “{second}”, by pairs less"
            sheet.say("contradictory", f"weight:{odd[0]}", "value", expected, "keep one of the two, or mend it")
            return {}, ""
    return (points, "") if points else (compared, compared.pop("", ""))


def _points(sheet: AnswerSheet, ids: list[str]) -> dict[str, float] | None:
    """Points by criterion; {} where none were given, None where they cannot be used."""
    if not any(sheet.text(question) for question in ids):
        return {}
    before = len(sheet.remarks)
    given = {question: sheet.number(question, "value", POINTS, "whole points are enough") for question in ids}
    if len(sheet.remarks) > before:
        return None
    total = sum(value or 0.0 for value in given.values())
    if abs(total - POINTS) > ROUNDING:
        first = next(question for question in ids if given[question] is not None)
        sheet.say("wrong", first, "value", "points that add up to 100", f"they add up to {total:g}")
        return None
    return {question.split(":")[1]: value or 0.0 for question, value in given.items()}


def _compared(sheet: AnswerSheet, ids: list[str], pair_ids: list[str]) -> dict | None:
    """Weights from pairs; under "" how they were found. {} where no pair was compared, None where they cannot be used."""
    if not any(sheet.text(question, name) for question in pair_ids for name in ("which", "times")):
        return {}
    before = len(sheet.remarks)
    ratios = [(*question.split(":")[1:], _ratio(sheet, question)) for question in pair_ids]
    if len(sheet.remarks) > before:
        return None
    criteria = [question.split(":")[1] for question in ids]
    found = weigh_pairs(pd.DataFrame(ratios, columns=["first", "second", "ratio"]), criteria)
    if not found.consistent:
        _say_odd_pair(sheet, found)
        return None
    words = f"from pairwise comparisons, consistency ratio {found.consistency_ratio:.2f}"
    return {**(100 * found.weights).round(2).to_dict(), "": words}


def _ratio(sheet: AnswerSheet, question: str) -> float:
    """How many times more the first of two criteria matters; 1 after an answer that is missing or wrong, which is said."""
    which, times = (
        sheet.text(question, "which"),
        sheet.number(question, "times", max(TIMES), "1 to 9: 1 the same, 9 far more"),
    )
    if which not in ("first", "second", "same"):
        kind = "wrong" if which else "missing"
        sheet.say(
            kind,
            question,
            "which",
            "the first, the second, or the same",
            "choose from the list; compare all pairs or none",
        )
        return 1.0
    if which == "same":
        if times not in (None, 1.0):
            sheet.say(
                "contradictory", question, "times", "nothing, or 1, where both matter the same", "choose one of the two"
            )
        return 1.0
    if times not in TIMES or times == 1:
        if sheet.text(question, "times") and times is not None:
            kind = "contradictory" if times == 1 else "wrong"
            sheet.say(kind, question, "times", "a whole number from 2 to 9", "or choose that both matter the same")
        elif times is None and not sheet.text(question, "times"):
            sheet.say("missing", question, "times", "a whole number from 2 to 9", "ask the group")
        return 1.0
    return times if which == "first" else 1 / times


def _say_odd_pair(sheet: AnswerSheet, found) -> None:
    first, second = (sheet.labels.get(f"weight:{name}", name) for name in found.odd)
    more, less, times = (first, second, found.implied) if found.implied >= 1 else (second, first, 1 / found.implied)
    implied = f"“{more}” about {times:.1f} times “{less}”" if round(times, 1) > 1 else "that both matter the same"
    expected = (
        f"comparisons that fit one another (consistency ratio {found.consistency_ratio:.2f}, at most {CONSISTENT:.2f})"
    )
    remedy = f"ask this pair again first: the other answers say {implied}"
    sheet.say("contradictory", f"pair:{found.odd[0]}:{found.odd[1]}", "which", expected, remedy)
