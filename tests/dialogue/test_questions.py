"""What a group is asked: every question has an id and a place for its answers."""

import pytest
from dialogue_tools import cells, form_of, write_sheet

from nasssap_lib.dialogue.sheet_writer import Country


@pytest.fixture(scope="module")
def form():
    """Senegal's questions."""
    return form_of("SEN")


def write(folder, form, language="en", name="sheet.xlsx", fictional=False, **more):
    return write_sheet(folder / name, form, language, country=Country("SEN", "Senegal", fictional), **more)


def test_every_question_has_a_place_for_each_of_its_answers(tmp_path, form):
    where = cells(write(tmp_path, form))
    questions = form[0]
    assert {question for question, _ in where} == set(questions["id"])
    options = questions.loc[questions["section"] == "option", "id"]
    assert {(q, f) for q in options for f in ("position", "why", "pays", "receives")} <= set(where)
