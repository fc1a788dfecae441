"""A job and its record travel between processes as JSON and come back as they were."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from nasssap_lib.run.folders import Folders
from nasssap_lib.run.jobs import DONE, Job, RunRecord

FOLDERS = Folders(Path("notebooks"), Path("out"))
JOB = Job("SEN", "01_stocktaking", {"scenario": "low,high", "language": "fr", "year": 2030}, "raw", FOLDERS, why="x")


def test_a_job_comes_back_as_it_went():
    assert Job.of_json(json.loads(json.dumps(JOB.to_json()))) == JOB


def test_a_record_comes_back_as_it_went():
    record = JOB.record(DONE, 1.234, cell=2)
    assert RunRecord(**json.loads(json.dumps(asdict(record)))) == record
    assert (record.seconds, record.cell, record.why, record.language) == (1.23, 2, "x", "fr")


def test_reports_of_one_notebook_have_names_of_their_own():
    settings = ({}, {"language": "fr"}, {"scenario": "low"}, {"scenario": "low", "language": "fr"})
    jobs = [Job("SEN", "01_stocktaking", given, "", FOLDERS) for given in settings]
    assert (
        len({job.name for job in jobs}) == len({job.report for job in jobs}) == len({job.results for job in jobs}) == 4
    )
    assert [job.name for job in jobs] == [job.record(DONE).name for job in jobs]


@pytest.mark.parametrize("folder", ["", "elsewhere"])
def test_the_notebook_is_read_where_it_was_copied_to(folder):
    job = Job("SEN", "01_stocktaking", {}, "", FOLDERS, notebook_folder=folder)
    assert job.source == Path(folder or "notebooks") / "01_stocktaking.ipynb"
    assert job.page.name == "01_stocktaking.html" and job.failed_copy.name == "01_stocktaking.failed.ipynb"
