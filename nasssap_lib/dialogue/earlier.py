"""What a group answered in an earlier round, as its next sheet holds it: it changes what has changed, and begins with nothing blank."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from nasssap_lib.terms import POSITIONS

FILLED = "filled:"  # before the id of a question: what stood in the sheet when it was written
POINTS = 100.0
Answers = Mapping[tuple[str, str], str | float]


def earlier_answers(said: pd.DataFrame, questions: pd.DataFrame) -> dict[tuple[str, str], str | float]:
    """A group's earlier answers by question and field.

    Parameters
    ----------
    said : its rows of a pack's stakeholders: about, item, value, reason
    questions : result of ``questions.draft_questions``

    Returns
    -------
    (question, field) → position as supports, doubts or opposes, words, points of 100, shares in %. Points are left out where
    the group weighed a criterion that is not asked any more, and so is a position between these three

    Examples
    --------
    >>> said = pd.DataFrame([("weight", "cost", 3.0, ""), ("weight", "equity", 1.0, ""), ("position", "pension", -1.0, "too dear")],
    ...     columns=["about", "item", "value", "reason"])
    >>> asked = pd.DataFrame({"id": ["weight:cost", "weight:equity", "option:pension"]})
    >>> earlier_answers(said, asked)  # doctest: +NORMALIZE_WHITESPACE
    {('weight:cost', 'value'): 75.0, ('weight:equity', 'value'): 25.0, ('option:pension', 'position'): 'opposes',
     ('option:pension', 'why'): 'too dear'}
    """
    asked, codes = set(questions["id"]), {value: code for code, value in POSITIONS.items()}
    weights = said[said["about"] == "weight"]
    total = float(weights["value"].sum())
    points = {f"weight:{row.item}": round(POINTS * row.value / total, 2) for row in weights.itertuples() if total > 0}
    found = {(question, "value"): value for question, value in points.items() if set(points) <= asked}
    for row in said[said["about"] != "weight"].itertuples():
        question = f"option:{row.item}"
        if row.about == "position" and row.value in codes:
            found |= {(question, "position"): codes[row.value]} | (
                {(question, "why"): row.reason} if row.reason else {}
            )
        elif row.about in ("pays", "receives"):
            found[question, row.about] = float(row.value)
    return {key: value for key, value in found.items() if key[0] in asked}


def number_text(value: float) -> str:
    """A number as an answer is compared: two decimals at most.

    Examples
    --------
    >>> number_text(33.333), number_text(50.0)
    ('33.33', '50')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")
