"""What a group at the table is asked: who it is, how much each criterion matters to it, and what it says of each option.

Every question has an id; a sheet may be sorted or translated, its answers are found by id.
"""

from __future__ import annotations

import pandas as pd

from nasssap_lib.dialogue.pairwise import pairs
from nasssap_lib.terms import FURTHER_CRITERIA, criterion_label

ABOUT_WORDS = {"name": "Name of the group", "kind": "Kind of group", "influence": "Influence on the decision"}
FIELDS = {  # section → the answers that a question of it takes
    "group": ("value",),
    "weight": ("value",),
    "pair": ("which", "times"),
    "option": ("position", "why", "pays", "receives"),
}
MOST_TO_COMPARE = 8  # criteria: 28 pairs; with more, points are the only way
QUESTION_COLUMNS = ["id", "section", "item", "other"]
BELOW = "below the questions"  # stands for a question where a group wrote something beside those asked
ANSWER_COLUMNS = ["file", "place", "question", "field", "answer"]


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
    >>> draft_questions(criteria, pd.DataFrame({"option": ["pension"]}))["id"].tolist()[3:]
    ['weight:cost', 'weight:equity', 'pair:cost:equity', 'option:pension']
    """
    asked = asked_criteria(criteria)["criterion"].tolist()
    rows = [(f"group:{name}", "group", name, "") for name in ABOUT_WORDS]
    rows += [(f"weight:{name}", "weight", name, "") for name in asked]
    rows += [
        (f"pair:{first}:{second}", "pair", first, second)
        for first, second in pairs(asked)
        if len(asked) <= MOST_TO_COMPARE
    ]
    rows += [(f"option:{name}", "option", name, "") for name in options["option"]]
    return pd.DataFrame(rows, columns=QUESTION_COLUMNS)


def asked_criteria(criteria: pd.DataFrame) -> pd.DataFrame:
    """The criteria that a group weighs: those of the ranking of which something is known.

    Parameters
    ----------
    criteria : result of ``criteria.assess_criteria``

    Returns
    -------
    criterion, label : one row a criterion

    Examples
    --------
    >>> criteria = pd.DataFrame({"criterion": ["cost", "severity"], "value": [0.01, 0.2]})
    >>> asked_criteria(criteria)["label"].tolist()
    ['Cost, % of GDP']
    """
    known = criteria[criteria["value"].notna() & ~criteria["criterion"].isin(FURTHER_CRITERIA)]
    known = known.drop_duplicates("criterion")
    return known[["criterion"]].assign(label=known["criterion"].map(criterion_label))


def question_labels(questions: pd.DataFrame, criteria: pd.DataFrame, options: pd.DataFrame) -> dict[str, str]:
    """Words of each question: the label of a criterion, the name of an option.

    Parameters
    ----------
    questions : result of :func:`draft_questions`
    criteria, options : as there

    Examples
    --------
    >>> criteria = pd.DataFrame({"criterion": ["cost", "equity"], "value": [0.01, 0.2]})
    >>> options = pd.DataFrame({"option": ["pension"], "name": ["Social pension"]})
    >>> question_labels(draft_questions(criteria, options), criteria, options)["pair:cost:equity"]
    'Cost, % of GDP against Reach of the poorest fifth'
    """
    words = {criterion: criterion_label(criterion) for criterion in criteria["criterion"].unique()}
    names = {
        "group": ABOUT_WORDS,
        "weight": words,
        "pair": words,
        "option": dict(zip(options["option"], options["name"], strict=True)),
    }
    labels = {}
    for question, section, item, other in questions[QUESTION_COLUMNS].itertuples(index=False):
        labels[question] = names[section][item] + (f" against {words[other]}" if other else "")
    return labels
