"""A criterion costs two files; one of which something is forgotten fails on import, with a sentence that names it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from forked import Ended, forked
from stories import ALL, REAL, story

from nasssap_lib.dialogue.positions import assess_positions
from nasssap_lib.errors import NasssapError
from nasssap_lib.priorities.words import criterion_words
from nasssap_lib.terms import CRITERIA, Criterion

LIBRARY = Path(__file__).parents[2] / "nasssap_lib"


DATA = LIBRARY.parent / "data" / "raw"


OWN = """        Criterion(
            id="level",
            label="Level of the benefit",
            unit="score",
            decimals=1,
            better="max",
            moved_by=("level",),
            question="How much would one person receive?",
            needs="a benefit that can be set against GDP per head",
        ),
"""


FUNCTION = '''def _level(pack: Pack, options: pd.DataFrame) -> pd.DataFrame:
    """Level in % of GDP per head."""
    return options.assign(value=options["level_central"], low=options["level_low"], high=options["level_high"])


'''


USED = """
from nasssap_lib import costing, dialogue, priorities
from nasssap_lib.pack.reader import read_pack

pack = read_pack("XTC")
options = costing.assess_options(pack)
criteria = priorities.assess_criteria(pack, options)
matrix = priorities.criteria_matrix(criteria, options=options)
changes = priorities.what_changes_leader(matrix, priorities.read_weights("", matrix.values), options)
priorities.rank_sequence(matrix, priorities.read_weights("level=1", matrix.values), criteria)
print(matrix.objectives["level"], float(matrix.values["level"].max()))
print(priorities.weights_sentence(priorities.read_weights("level=3,cost=1", matrix.values)))
print([view.words for view in priorities.criteria_table(criteria).views.values()])
print(dialogue.question_labels(dialogue.draft_questions(criteria, options), options)["weight:level"])
"""


@pytest.fixture
def scratch(tmp_path):
    """A copy of the library that a test may change, as compiled as it is here."""
    shutil.copytree(LIBRARY, tmp_path / "nasssap_lib")
    return tmp_path


def change(scratch: Path, file: str, before: str, after: str) -> None:
    path = scratch / "nasssap_lib" / file
    text = path.read_text(encoding="utf-8")
    assert before in text, before
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def run(scratch: Path, code: str) -> Ended | subprocess.CompletedProcess:
    """What becomes of code that imports the changed library: in a fork that has imported pandas and all else, where forks can be had."""
    if hasattr(os, "fork"):
        return forked(run_here, scratch, code)
    environment = {**os.environ, "PYTHONPATH": str(scratch), "NASSSAP_DATA": str(DATA), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=scratch, env=environment, capture_output=True, text=True, timeout=120
    )


def run_here(scratch: Path, code: str) -> None:
    """Forget the library, and find the changed one."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "nasssap_lib"]:
        del sys.modules[name]
    sys.path.insert(0, str(scratch))
    sys.dont_write_bytecode = True
    os.environ["NASSSAP_DATA"] = str(DATA)
    os.chdir(scratch)
    space = {"__name__": "__main__"}
    exec(code, space)
    assert Path(sys.modules["nasssap_lib"].__file__).parent.parent == scratch


def fault(scratch: Path, code: str) -> str:
    done = run(scratch, code)
    assert done.returncode != 0
    return done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("name", ["label", "unit", "better", "question", "needs"])
def test_a_criterion_of_which_something_is_not_said_is_refused(name):
    said = {field: getattr(CRITERIA["cost"], field) for field in ("id", "label", "unit", "better", "question", "needs")}
    with pytest.raises(NasssapError, match=f"'cost': no {name}$"):
        Criterion(**said | {name: ""})


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"unit": "euros"}, "unit euros"), ({"better": "more"}, "better more"), ({"moved_by": ("age",)}, "moved_by age")],
)
def test_a_criterion_of_an_unknown_unit_or_direction_is_refused(wrong, message):
    said = {field: getattr(CRITERIA["cost"], field) for field in ("id", "label", "unit", "better", "question", "needs")}
    with pytest.raises(NasssapError, match=f"'cost': unknown {message}"):
        Criterion(**said | wrong)


def test_the_label_of_a_criterion_deleted(scratch):
    change(scratch, "terms.py", '            label="Readiness",\n', "")
    assert re.search("terms.CRITERIA, criterion 'readiness': no label", fault(scratch, "import nasssap_lib.terms"))


def test_the_function_of_a_criterion_deleted(scratch):
    change(scratch, "priorities/criteria.py", '    "equity": _equity,\n', "")
    assert "nothing for ['equity']" in fault(scratch, "import nasssap_lib.priorities.criteria")


def test_a_unit_that_nobody_can_write(scratch):
    change(scratch, "terms.py", 'CRITERION_UNITS = ("share",', 'CRITERION_UNITS = ("hours", "share",')
    assert "nothing for ['hours']" in fault(scratch, "import nasssap_lib.priorities.words")


def test_an_own_criterion_costs_two_files(scratch):
    """In terms.py what it is, in priorities/criteria.py what it is made of; half of it fails, the whole of it is everywhere."""
    further = '        Criterion(\n            id="severity"'
    change(scratch, "terms.py", further, OWN.replace("question", "# question") + further)
    assert "criterion 'level': no question" in fault(scratch, "import nasssap_lib.terms")
    change(scratch, "terms.py", "# question", "question")
    assert "nothing for ['level']" in fault(scratch, "import nasssap_lib.priorities.criteria")
    change(scratch, "priorities/criteria.py", "# Of a pack and its options:", f"{FUNCTION}# Of a pack and its options:")
    change(
        scratch, "priorities/criteria.py", '    "equity": _equity,\n', '    "equity": _equity,\n    "level": _level,\n'
    )
    done = run(scratch, USED)
    assert done.returncode == 0, done.stderr
    better, weights, headings, asked = done.stdout.splitlines()
    assert better == "max 19.0"  # works_on_demand of measures.csv: 19 % of GDP per head
    assert "level of the benefit 75" in weights
    assert "Level of the benefit" in headings
    assert asked == "Level of the benefit"


@pytest.mark.parametrize("country", ALL)
def test_every_option_has_every_criterion_and_every_missing_value_a_reason(country):
    criteria = story(country)["criteria"]
    assert criteria.groupby("option")["criterion"].nunique().nunique() == 1
    assert (criteria.loc[criteria["value"].isna(), "reason"] != "").all()
    matrix = story(country)["matrix"]
    assert matrix.low.notna().all(axis=None) and matrix.high.notna().all(axis=None)
    assert (matrix.low <= matrix.high + 1e-12).all(axis=None)


@pytest.mark.parametrize("country", REAL)
def test_nobody_judges_a_real_country(country):
    assert set(story(country)["criteria"]["criterion"]) == set(CRITERIA)
    told = story(country)
    assert assess_positions(told["matrix"], told["pack"].stakeholders, told["options"]).empty


def test_judgements_are_a_criterion_of_their_own_and_marked():
    criteria = story("XTC")["criteria"]
    judged = criteria[criteria["criterion"] == "acceptance"].set_index("option")
    assert judged.loc["child_benefit", ["value", "low", "high"]].tolist() == [0.875, 0.85, 0.9]  # mean of 0.9 and 0.85
    assert set(judged["quality"]) == {"illustrative"}
    assert criterion_words("acceptance") == "Acceptance (judged)"
