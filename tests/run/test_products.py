"""The executed notebook as others may see it: nothing of the machine that ran it, everything of what it shows."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from nasssap_lib.run.products import clean_notebook, without_traces

TAGS = {"tags": ["injected-parameters"]}
INJECTED = 'country = "SEN"\ndata = "/home/me/raw"\nresults = "/home/me/out"\nscenario = ""'


@pytest.fixture
def executed():
    """A notebook as papermill leaves it on a laptop."""
    told = {"papermill": {"duration": 1.2, "path": "/home/me/x"}, "execution": {"iopub": "2026-01-01"}}
    cells = [
        new_code_cell(INJECTED, metadata={**TAGS, **told}),
        new_code_cell('data = "/is/code"', metadata=told, outputs=[new_output("stream", text="19.9 %")], execution_count=2),
    ]  # fmt: skip
    kernel = {"name": "my-env", "display_name": "Python (/home/me/.venv)"}
    return new_notebook(
        cells=cells, metadata={"kernelspec": kernel, "papermill": {"input_path": "/home/me"}, "widgets": {}}
    )


def test_nothing_of_the_machine_is_left_and_outputs_and_tags_stay(executed):
    clean = without_traces(executed)
    assert "/home/me" not in nbformat.writes(clean)
    assert clean.cells[0].metadata == TAGS and clean.cells[1].metadata == {}
    assert clean.cells[1].outputs[0].text == "19.9 %"


def test_injected_folders_are_shown_as_defaults_and_other_parameters_as_they_were(executed):
    shown = without_traces(executed).cells[0].source.splitlines()
    assert shown == ['country = "SEN"', 'data = ""', 'results = ""', 'scenario = ""']


def test_code_that_nobody_injected_is_left_alone(executed):
    assert without_traces(executed).cells[1].source == 'data = "/is/code"'


def test_cleaning_twice_changes_nothing_and_the_file_says_which_library_ran_it(executed, tmp_path):
    path = tmp_path / "x.ipynb"
    stamp = clean_notebook(executed, path).metadata["nasssap"]["library_sha256"]
    once = path.read_bytes()
    assert len(stamp) == 64 and stamp.encode() in once
    clean_notebook(nbformat.read(path, 4), path)
    assert path.read_bytes() == once


def test_two_runs_give_the_same_bytes_although_papermill_names_its_cell_anew_each_time(executed):
    before = executed.cells[0].id
    assert without_traces(executed).cells[0].id != before
    assert without_traces(executed).cells[0].id == "injected-parameters"
