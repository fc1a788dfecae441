"""One group stands under one id."""

import pandas as pd
import pytest

from nasssap_lib.pack.cells import Cells
from nasssap_lib.pack.groups import group_problems


def problems(*rows):
    frame = pd.DataFrame(rows, columns=["stakeholder", "name"], dtype="str")
    return [str(problem) for problem in group_problems(Cells("stakeholders.csv", frame, list(range(2, 2 + len(rows)))))]


@pytest.mark.parametrize(
    "name", ["Trade Unions", "trade unions", "Trade\N{NO-BREAK SPACE} Unions", "Trade Unio\u0301ns"]
)
def test_a_name_under_a_second_id_is_named_once_with_the_remedy(name):
    (said,) = problems(("unions", "Trade Unions"), ("unions", "Trade Unions"), ("new", name), ("new", name))
    assert said.startswith("stakeholders.csv:4") and "'unions' in line 2" in said and "another name" in said


def test_groups_of_other_names_and_several_rows_of_one_are_sound():
    assert problems(("unions", "Unions"), ("unions", "Unions"), ("employers", "Employers")) == []
    assert list(group_problems(None)) == []
