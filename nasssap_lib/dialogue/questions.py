"""What a group at the table is asked: who it is, how much each criterion matters to it, and what it says of each option.

Every question has an id; a sheet may be sorted or translated, its answers are found by id.
"""

from __future__ import annotations

import pandas as pd

from nasssap_lib.dialogue.pairwise import pairs
from nasssap_lib.terms import CRITERIA

ABOUT = ("name", "kind")  # what is asked of the group itself
FIELDS = {  # section → the answers that a question of it takes
    "group": ("value",),
    "weight": ("value",),
    "pair": ("which", "times"),
    "option": ("position", "why", "pays", "receives"),
}
MOST_TO_COMPARE = 8  # criteria: 28 pairs; with more, points are the only way
QUESTION_COLUMNS = ["id", "section", "item", "other"]
BELOW = "below"  # stands for a question where a group wrote something beside those asked
ANSWER_COLUMNS = ["file", "cell", "question", "field", "answer"]


def draft_questions(criteria: pd.DataFrame, options: pd.DataFrame) -> pd.DataFrame:
    """All questions of a dialogue about a country's options.

    Parameters
    ----------
    criteria : result of ``criteria.assess_criteria``; see :func:`asked_criteria`; pairs are asked of up to eight
    options : result of ``measures.assess_options``

    Returns
    -------
    table with the columns of ``QUESTION_COLUMNS``: id ("weight:cost", "pair:cost:equity", "option:child_benefit", "group:name"),
        section (group, weight, pair, option), item (criterion, option, or what is asked of the group), other (second criterion)

    Examples
    --------
    >>> criteria = pd.DataFrame({"criterion": ["cost", "equity"], "value": [0.01, 0.2]})
    >>> draft_questions(criteria, pd.DataFrame({"option": ["pension"]}))["id"].tolist()[2:]
    ['weight:cost', 'weight:equity', 'pair:cost:equity', 'option:pension']
    """
    asked = asked_criteria(criteria)
    rows = [(f"group:{name}", "group", name, "") for name in ABOUT]
    rows += [(f"weight:{name}", "weight", name, "") for name in asked]
    rows += [
        (f"pair:{first}:{second}", "pair", first, second)
        for first, second in pairs(asked)
        if len(asked) <= MOST_TO_COMPARE
    ]
    rows += [(f"option:{name}", "option", name, "") for name in options["option"]]
    return pd.DataFrame(rows, columns=QUESTION_COLUMNS)


def asked_criteria(criteria: pd.DataFrame) -> list[str]:
    """The criteria that a group weighs: those of which something is known, but for what somebody typed.

    Parameters
    ----------
    criteria : result of ``criteria.assess_criteria``

    Returns
    -------
    their ids

    Examples
    --------
    >>> asked_criteria(pd.DataFrame({"criterion": ["cost", "severity"], "value": [0.01, 0.2]}))
    ['cost']
    """
    silent = [name for name, criterion in CRITERIA.items() if not criterion.asked]
    known = criteria[criteria["value"].notna() & ~criteria["criterion"].isin(silent)]
    return known["criterion"].drop_duplicates().tolist()
