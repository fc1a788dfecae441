"""How much each criterion matters to a group, as it answered: points of a hundred, or pairs compared."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.dialogue.answer_sheet import AnswerSheet
from nasssap_lib.dialogue.pairwise import CONSISTENT, TIMES, PairwiseWeights, weigh_pairs
from nasssap_lib.reasons import reason

POINTS = 100.0
ROUNDING = 0.5  # points by which a sum may miss 100: shares were rounded


def answered_weights(sheet: AnswerSheet, ids: list[str], pair_ids: list[str]) -> tuple[dict[str, float], str]:
    """Weights in points of 100 by criterion, and how they were given (a code of reasons); none where the answers cannot be used.

    Parameters
    ----------
    sheet : of one group; receives the remarks
    ids, pair_ids : of the questions on criteria and on pairs of criteria

    Examples
    --------
    >>> sheet = AnswerSheet("a.xlsx", {("weight:cost", "value"): ("100", "2!C4")})
    >>> answered_weights(sheet, ["weight:cost", "weight:equity"], [])
    ({'cost': 100.0, 'equity': 0.0}, '')
    """
    points, compared = _points(sheet, ids), _compared(sheet, ids, pair_ids)
    if points is None or compared is None:  # something was answered, and cannot be used
        return {}, ""
    if not points and not compared:
        first = ids[0] if ids else "weight"
        sheet.say("missing", first, "value", reason("points_or_pairs"), reason("ask_group"))
        return {}, ""
    if points and compared:
        odd = next(
            ((a, b) for a in points for b in points if points[a] > points[b] and compared[a] < compared[b]), None
        )
        if odd:
            first, second = (f"weight:{name}" for name in odd)
            expected = reason("points_and_pairs_agree", first=first, second=second)
            sheet.say("contradictory", first, "value", expected, reason("keep_one_of_two"))
            return {}, ""
    return (points, "") if points else (compared, compared.pop("", ""))


def _points(sheet: AnswerSheet, ids: list[str]) -> dict[str, float] | None:
    """Points by criterion; {} where none were given, None where they cannot be used."""
    if not any(sheet.text(question) for question in ids):
        return {}
    before = len(sheet.remarks)
    given = {question: sheet.number(question, "value", POINTS, reason("whole_points")) for question in ids}
    if len(sheet.remarks) > before:
        return None
    total = sum(value or 0.0 for value in given.values())
    if abs(total - POINTS) > ROUNDING:
        first = next(question for question in ids if given[question] is not None)
        sheet.say("wrong", first, "value", reason("points_sum"), reason("points_add_up_to", total=total))
        return None
    return {question.split(":")[1]: value or 0.0 for question, value in given.items()}


def _compared(sheet: AnswerSheet, ids: list[str], pair_ids: list[str]) -> dict | None:
    """Weights from pairs; under "" how they were given. {} where no pair was compared, None where they cannot be used."""
    if not any(sheet.text(question, name) for question in pair_ids for name in ("which", "times")):
        return {}
    before = len(sheet.remarks)
    ratios = [(*question.split(":")[1:], _ratio(sheet, question)) for question in pair_ids]
    if len(sheet.remarks) > before:
        return None
    criteria = [question.split(":")[1] for question in ids]
    weighed = weigh_pairs(pd.DataFrame(ratios, columns=["first", "second", "ratio"]), criteria)
    if not weighed.consistent:
        _say_odd_pair(sheet, weighed)
        return None
    how = reason("from_pairs", ratio=round(float(weighed.consistency_ratio), 2))
    return {**(100 * weighed.weights).round(2).to_dict(), "": how}


def _ratio(sheet: AnswerSheet, question: str) -> float:
    """How many times more the first of two criteria matters; 1 after an answer that is missing or wrong, which is said."""
    which, times = sheet.text(question, "which"), sheet.number(question, "times", max(TIMES), reason("pair_scale"))
    if which not in ("first", "second", "same"):
        kind = "wrong" if which else "missing"
        sheet.say(kind, question, "which", reason("pair_which"), reason("pair_from_list"))
        return 1.0
    if which == "same":
        if times not in (None, 1.0):
            sheet.say("contradictory", question, "times", reason("pair_same_times"), reason("choose_one_of_two"))
        return 1.0
    if times not in TIMES or times == 1:
        if sheet.text(question, "times") and times is not None:
            kind = "contradictory" if times == 1 else "wrong"
            sheet.say(kind, question, "times", reason("pair_times"), reason("pair_or_same"))
        elif times is None and not sheet.text(question, "times"):
            sheet.say("missing", question, "times", reason("pair_times"), reason("ask_group"))
        return 1.0
    return times if which == "first" else 1 / times


def _say_odd_pair(sheet: AnswerSheet, weighed: PairwiseWeights) -> None:
    first, second = (f"weight:{name}" for name in weighed.odd)
    more, less, times = (
        (first, second, weighed.implied) if weighed.implied >= 1 else (second, first, 1 / weighed.implied)
    )
    expected = reason("pairs_fit", ratio=round(float(weighed.consistency_ratio), 2), most=CONSISTENT)
    alike = round(times, 1) <= 1
    implied = (
        reason("ask_pair_same")
        if alike
        else reason("ask_pair_ratio", more=more, times=round(float(times), 1), less=less)
    )
    sheet.say("contradictory", f"pair:{weighed.odd[0]}:{weighed.odd[1]}", "which", expected, implied)
