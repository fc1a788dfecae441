"""Parameters are refused all at once, with what is allowed; checks come from the rooms, and only when they are needed."""

import subprocess
import sys

import pytest

from nasssap_lib.chapter.chapter import open_chapter
from nasssap_lib.chapter.parameters import Parameter, parameter_faults
from nasssap_lib.errors import ParameterError
from nasssap_lib.run.batch import run_batch


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(ParameterError) as caught:
        open_chapter(
            "02_gap_identification", "SEM", scenario=",", language="french", yaer=2020, child_age_to=15, year="twenty"
        )
    text = str(caught.value)
    for words in (
        "country: no pack 'SEM'", "scenario: expected the name", "language: expected one of", "yaer: no parameter",
        "did you mean 'year'?", "child_age_to: expected one of 14, 17", "year: expected a whole number, got 'twenty'",
    ):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("name", ["07_magic", "../02_gap_identification", "", "02_gap_identification.ipynb"])
def test_a_notebook_that_does_not_exist_is_refused(name):
    with pytest.raises(ParameterError, match="no notebook .*there are 01_stocktaking"):
        open_chapter(name, "SEN")


def test_weights_and_orders_are_checked_by_their_room_and_against_the_country():
    for wrong in ({"weights": "cost=much"}, {"order": "equity, cost"}, {"method": "dice"}, {"order": "equity>cots"}):
        with pytest.raises(ParameterError, match=next(iter(wrong))):
            open_chapter("03_priority_setting", "SEN", **wrong)


@pytest.mark.parametrize("value", [True, None, [2025], 2025.0, "2025"])
def test_a_value_of_another_type_is_refused_and_nothing_breaks(value):
    assert "expected a whole number" in parameter_faults("x", {"year": Parameter(int)}, {"year": value})["year"]
    for check in ("weights", "order", "method", "year", "child_age_to"):  # types that nobody declared
        parameter_faults("x", None, {check: value})


def fresh(code: str, folder=None) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


KERNEL = """
import nasssap_lib.chapter.notebooks as notebooks
notebooks.notebooks_folder = lambda: None  # a library without its project
country: str = "SEN"
data: str = {data!r}
year: int = 0
from nasssap_lib.chapter import open_chapter
chapter = open_chapter("02_my_copy", country, data, year=year)
print(chapter._place())
try:
    open_chapter("02_my_copy", country, data, year="twenty", yaer=1)
except Exception as error:
    print(error)
"""


def test_where_the_file_is_not_at_hand_the_kernel_itself_is_asked(tmp_path):
    from nasssap_lib.pack.folders import data_root

    lines = fresh(KERNEL.format(data=str(data_root())), tmp_path)
    assert "Senegal · My copy" in lines
    assert (
        "year: expected a whole number" in lines and "yaer: no parameter of 02_my_copy; did you mean 'year'?" in lines
    )


@pytest.mark.parametrize("wrong", ["equity>cots", "equity,cost", "equity>equity"])
def test_an_order_that_does_not_fit_is_refused_before_anything_runs(wrong, tmp_path):
    with pytest.raises(ParameterError, match="order: .*(did you mean 'cost'|equity>cost>readiness|named twice)"):
        open_chapter("03_priority_setting", "SEN", order=wrong)
    with pytest.raises(ParameterError, match="order: "):
        run_batch(["SEN"], ["03_priority_setting"], {"order": wrong}, "", tmp_path, 1)
    assert not list(tmp_path.rglob("*.ipynb")) and not list(tmp_path.rglob("run.json"))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"weights": "severity=1"},
            "nothing is known of .severity. in SEN .*by group.*; something is known of newly_covered, cost, readiness$",
        ),
        ({"order": "severity>cost"}, "order: nothing is known of 'severity' in SEN"),
        ({"weights": "sevrity=1"}, "weights: SEN has no criterion 'sevrity'; did you mean 'severity'"),
        ({"weights": "weather=1"}, "there are newly_covered, cost, readiness, unmet_need, gap_closed, equity, severity, poverty_effect"),
    ],
)  # fmt: skip
def test_a_criterion_of_which_nothing_is_known_is_refused_before_anything_runs(given, message, tmp_path):
    with pytest.raises(ParameterError, match=message):
        open_chapter("03_priority_setting", "SEN", **given)
    with pytest.raises(ParameterError, match=message):
        run_batch(["SEN"], ["03_priority_setting"], given, "", tmp_path, 1)
    assert not list(tmp_path.rglob("*.ipynb")) and not list(tmp_path.rglob("run.json"))
