"""One sound sheet of a group as its answers come back, to be changed; what was taken of it, and what was said against it."""

import pandas as pd

from nasssap_lib.dialogue.answers import collect_answers
from nasssap_lib.dialogue.pairwise import pairs
from nasssap_lib.dialogue.questions import draft_questions
from nasssap_lib.dialogue.words import question_labels, remark_words

CRITERIA = pd.DataFrame({
    "criterion": ["persons", "cost", "equity"], "value": 1.0,
})  # fmt: skip


OPTIONS = pd.DataFrame({"option": ["child", "pension"], "name": ["Child benefit", "Pension"]})


QUESTIONS = draft_questions(CRITERIA, OPTIONS)


LABELS = question_labels(QUESTIONS, OPTIONS)


SOUND = {
    "group:name": "Unions", "group:kind": "workers", "group:influence": "6", "weight:persons": "50", "weight:cost": "20",
    "weight:equity": "30", "option:child.position": "supports", "option:pension.position": "opposes", "option:pension.why": "- too dear",
}  # fmt: skip


def sheet(file="unions.xlsx", **changes):
    """Rows of one sheet; keys are a question, or a question, a point and a field. None leaves an answer open."""
    given_ = SOUND | {key.replace("__", ":").replace("_DOT_", "."): value for key, value in changes.items()}
    rows = [
        (file, f"S!A{n}", *(key.split(".") if "." in key else (key, "value")), value or "")
        for n, (key, value) in enumerate(given_.items())
    ]
    return pd.DataFrame(rows, columns=["file", "cell", "question", "field", "answer"])


def collect(*sheets, known=None):
    return collect_answers(pd.concat(sheets, ignore_index=True), QUESTIONS, known)


def mistakes(found):
    """What was not taken, in words."""
    return remark_words(found.mistakes, LABELS)


def remarks(found):
    """All remarks in words."""
    return remark_words(found.remarks, LABELS)


def weights(found):
    rows = found.rows[found.rows["about"] == "weight"]
    return dict(zip(rows["item"], rows["value"], strict=True))


def compared(*answers):
    """The sheet with its points left open and pairs compared: (which, times) in the order of the pairs."""
    names = [f"pair__{a}__{b}" for a, b in pairs(["persons", "cost", "equity"])]
    cells = {f"{n}_DOT_which": w for n, (w, _) in zip(names, answers, strict=True)}
    cells |= {f"{n}_DOT_times": t for n, (_, t) in zip(names, answers, strict=True)}
    return sheet(weight__persons=None, weight__cost=None, weight__equity=None, **cells)
