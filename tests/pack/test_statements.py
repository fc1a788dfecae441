"""What groups said, checked as part of a pack: every way to be wrong is named with line, column, value and remedy."""

import shutil

import pytest

from nasssap_lib.errors import PackError
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.reader import read_pack

HEADER = "stakeholder,name,kind,influence,about,item,value,reason,quality,source\n"


def row(stakeholder="unions", name="Unions", kind="workers", influence="0.5", about="weight", item="cost", value="100"):
    return f"{stakeholder},{name},{kind},{influence},{about},{item},{value},,illustrative,XTC-TRAINING\n"


@pytest.fixture
def problems(tmp_path):
    """What is wrong with the training country if its groups said this."""
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    shutil.copytree(data_root() / "XTC", tmp_path / "XTC")

    def read(*rows):
        (tmp_path / "XTC" / "stakeholders.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
        try:
            read_pack("XTC", tmp_path)
        except PackError as error:
            return error.problems
        return []

    return read


def test_what_is_sound_is_read(problems):
    sound = [row(), row(item="acceptance", value="0"), row(about="position", item="pension_65", value="-1"),
             row(about="pays", item="pension_65", value="12.5"), row(about="burden", item="pension_65", value="-0.2"),
             row("women", "Women", item="severity", value="5")]  # fmt: skip
    assert problems(*sound) == []


@pytest.mark.parametrize(
    ("rows", "column", "words"),
    [
        ([row(item="costs")], "item", "did you mean 'cost'?"),
        ([row(about="position", item="pension", value="1")], "item", "did you mean 'pension_65'?"),
        ([row(value="-5"), row(item="equity")], "value", "from 0 to 100 for weight"),
        ([row(about="position", item="pension_65", value="1.5")], "value", "from -1 to 1 for position"),
        ([row(about="receives", item="pension_65", value="101")], "value", "from 0 to 100 for receives"),
        ([row(value="0"), row(item="equity", value="0")], "value", "at least one weight above 0"),
        ([row(), row(item="equity", name="Union"), row(item="readiness")], "name", "'Unions' as in its other rows"),
        (
            [row(), row(item="equity", influence="0.6"), row(item="readiness")],
            "influence",
            "'0.5' as in its other rows",
        ),
    ],
)
def test_what_is_wrong_is_named(problems, rows, column, words):
    (problem,) = problems(*rows)
    assert problem.column == column and words in str(problem)
    assert problem.file == "XTC/stakeholders.csv" and problem.row == (3 if len(rows) > 1 and column != "value" else 2)


def test_the_odd_one_is_named_even_where_it_stands_first(problems):
    (problem,) = problems(row(kind="worker"), row(item="equity"), row(item="readiness"))
    assert (problem.row, problem.column, problem.value) == (2, "kind", "worker")


def test_shares_of_all_groups_up_to_everything(problems):
    two = [
        row(about="pays", item="pension_65", value="60"),
        row("women", "Women", about="pays", item="pension_65", value="50"),
    ]
    (problem,) = problems(*two)
    assert problem.row == 3 and "together they are 110" in str(problem)
    assert problems(*[line.replace(",60,", ",50,") for line in two]) == []


def test_one_group_under_two_ids_would_count_twice(problems):
    found = problems(row(), row("others", "  UNIONS"), row("others", "unions", item="equity"))
    assert (3, "name") in {(p.row, p.column) for p in found if "'unions' has this name already" in p.expected}
