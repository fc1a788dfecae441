"""What a group is asked: every question has an id and a place for its answers."""

import numpy as np
import pandas as pd
import pytest
from dialogue_tools import form_of, places, write_sheet
from stories import story

from nasssap_lib.dialogue.questions import asked_criteria, draft_questions
from nasssap_lib.dialogue.sheet_writer import Country
from nasssap_lib.terms import CRITERIA


@pytest.fixture(scope="module")
def form():
    """Senegal's questions."""
    return form_of("SEN")


def write(folder, form, language="en", name="sheet.xlsx", fictional=False, **more):
    return write_sheet(folder / name, form, language, country=Country("SEN", "Senegal", fictional), **more)


def test_every_question_has_a_place_for_each_of_its_answers(tmp_path, form):
    where = places(write(tmp_path, form))
    questions = form[0]
    assert {question for question, _ in where} == set(questions["id"])
    options = questions.loc[questions["section"] == "option", "id"]
    assert {(q, f) for q in options for f in ("position", "why", "pays", "receives")} <= set(where)


def asked(*criteria: str):
    known = pd.DataFrame({"criterion": criteria, "value": 1.0})
    return draft_questions(known, pd.DataFrame({"option": ["pension"]}))


@pytest.mark.parametrize(("criteria", "pairs"), [(0, 0), (1, 0), (2, 1), (5, 10), (8, 28), (9, 0)])
def test_every_pair_of_up_to_eight_criteria_is_asked_once(criteria, pairs):
    questions = asked(*(f"c{number}" for number in range(criteria)))
    found = questions[questions["section"] == "pair"]
    assert len(found) == pairs
    assert len({frozenset(pair) for pair in zip(found["item"], found["other"], strict=True)}) == pairs
    assert (questions["section"] == "weight").sum() == criteria
    assert questions["id"].is_unique


def test_criteria_of_which_nothing_is_known_and_those_that_are_typed_are_not_asked():
    """The share of the gap closed is the typed take-up; severity is not the option's; both are shown and never asked."""
    criteria = pd.DataFrame({
        "criterion": ["cost", "cost", "equity", "severity", "gap_closed", "acceptance"],
        "value": [0.1, np.nan, np.nan, 0.2, 0.7, 0.9],
    })  # fmt: skip
    assert asked_criteria(criteria) == ["cost", "acceptance"]


def test_a_group_is_asked_for_further_criteria_that_nobody_typed_and_for_judged_ones():
    """Need and reach of the poorest fifth are weighed only where somebody names them: a group does by its points."""
    assert [name for name, criterion in CRITERIA.items() if criterion.asked] == [
        "newly_covered", "cost", "readiness", "unmet_need", "equity",
    ]  # fmt: skip
    assert [name for name in CRITERIA if not CRITERIA[name].further] == ["newly_covered", "cost", "readiness"]
    criteria = story("XTC")["criteria"]
    assert set(asked_criteria(criteria)) == {"newly_covered", "cost", "readiness", "unmet_need", "equity", "acceptance"}


def test_without_options_and_criteria_a_group_is_still_asked_who_it_is():
    nothing = draft_questions(pd.DataFrame({"criterion": [], "value": []}), pd.DataFrame({"option": []}))
    assert nothing["id"].tolist() == ["group:name", "group:kind"]
