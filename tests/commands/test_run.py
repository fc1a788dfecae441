"""``nasssap run``: what is refused before anything runs, and what is said of each notebook."""

import sys
from contextlib import suppress
from pathlib import Path

import pytest
from command_line import call
from small_pack import CODEBOOK

from nasssap_lib.commands.run import Progress, _summary, failure_line, notebook_bar, parse_settings, tell_pages
from nasssap_lib.errors import ParameterError
from nasssap_lib.run import cluster
from nasssap_lib.run.batch import RunRecord
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.jobs import Job

NOTEBOOK = "02_gap_identification"


def test_a_wrong_setting_of_run_is_refused(packs):
    result = call("run", "SEN", "--data", packs, "--out", packs / "out", "--set", "year=twenty")
    assert result.exit_code == 1
    assert "expected a whole number" in result.output
    result = call("run", "SEN", "--data", packs, "--out", packs / "out", "--set", "year")
    assert "NAME=VALUE" in result.output


@pytest.mark.parametrize(
    ("text", "value"),
    [("year=2030", 2030), ("share=0.5", 0.5), ("flag=True", True), ("weights=cost=1,equity=2", "cost=1,equity=2"),
     ("data=[1, 2]", "[1, 2]"), ("order=", ""), ("code=__import__('os')", "__import__('os')")],
)  # fmt: skip
def test_a_setting_is_a_number_a_truth_or_text_and_nothing_is_run(text, value):
    (parsed,) = parse_settings((text,)).values()
    assert parsed == value and type(parsed) is type(value)


@pytest.mark.parametrize("pairs", [("year",), ("=5",), ("a b=5",), ("year=1", "year=2")])
def test_a_setting_without_a_name_or_given_twice_is_refused(pairs):
    with pytest.raises(ParameterError, match="NAME=VALUE, each name once"):
        parse_settings(pairs)


def test_a_failure_is_said_with_its_cell_and_at_most_ten_lines():
    """Twelve lines of a message: ten are shown, two are counted."""
    message = "\n".join(f"line {number}" for number in range(1, 13))
    lines = failure_line(RunRecord("SEN", NOTEBOOK, "failed", 0.1, 4, message)).splitlines()
    assert lines[0] == "SEN 02_gap_identification · cell 4 · failed"
    assert lines[-2:] == ["  line 10", "  … and 2 more"]
    assert len(lines) == 12
    assert failure_line(RunRecord("SEN", NOTEBOOK, "failed", 0.1)) == "SEN 02_gap_identification · failed\n  "


def test_what_ends_all_notebooks_of_a_country_is_told_once(capsys):
    with Progress() as progress:
        for notebook, country in ((NOTEBOOK, "SEN"), ("03_priority_setting", "SEN"), (NOTEBOOK, "LKA")):
            progress.step(RunRecord(country, notebook, "failed", 0.1, message="SEN/measures.csv:7 take_up: '0'"))
    told = capsys.readouterr().err.splitlines()
    assert sum("take_up" in line for line in told) == 2
    assert "SEN 03_priority_setting · failed, as above" in told


def test_how_long_still_stands_first_for_a_narrow_terminal_cuts_the_end():
    """By hand: one of 9 s and one of 6 s have begun, one of 15 s has not: 30 s for two at once."""
    progress = Progress(2)
    work = [Job("SEN", f"0{n}_a_long_name", {}, "", Folders.of("nowhere"), expected=n) for n in (9, 6, 15)]
    progress.left = {job.name: job.expected for job in work}
    for job in work[:2]:
        progress.begin(job)
    assert progress.words() == "about 15 s left · SEN 09_a_long_name, SEN 06_a_long_name"
    progress.left = {}
    progress.running = {"SEN 01": (0.0, float("inf"))}
    assert progress.words() == "SEN 01"  # nobody knows


def test_a_closed_standard_error_stops_nothing(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)  # as Python has it after 2>&-
    job = Job("SEN", NOTEBOOK, {}, "", Folders.of("nowhere"))
    with Progress() as progress:
        progress.plan([job])
        progress.begin(job)
        progress.step(job.record("done", 1.0))
    with notebook_bar() as tell:
        tell(NOTEBOOK)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux that is always full")
@pytest.mark.parametrize("planned", [True, False])
def test_a_log_on_a_full_disk_stops_nothing(monkeypatch, planned):
    job = Job("SEN", NOTEBOOK, {}, "", Folders.of("nowhere"))
    with open("/dev/full", "w", buffering=1) as full:  # noqa: PTH123
        monkeypatch.setattr(sys, "stderr", full)
        with Progress() as progress:
            if planned:
                progress.plan([job])
            progress.begin(job)
            progress.step(job.record("done", 1.0))
            progress.say("a" * 100_000)
        assert _summary([job.record("failed")], job.folders, 1.0) == 1
        monkeypatch.undo()
        with suppress(OSError):
            full.close()


def test_a_data_folder_without_a_country_is_named(tmp_path):
    (tmp_path / "codebook.csv").write_text(CODEBOOK, encoding="utf-8")
    result = call("run", "--data", tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 1 and "no country pack under" in result.output
    assert not (tmp_path / "out").exists()


def test_a_wrong_sweep_and_a_pattern_that_fits_nothing_are_refused_before_anything_runs(packs):
    given = ("run", "SEN", "--data", packs, "--out", packs / "out")
    for options, words in (
        (("--sweep", "level"), "expected NAME=VALUE,VALUE"),
        (("--sweep", "child_age_to=15"), "expected one of 14, 17"),
        (
            ("--sweep", "social_pension.start=2"),
            "SEN: start: '2' — expected a parameter of a measure; did you mean 'start_year'",
        ),
        (("--scenario", "x_*"), "fits no scenario of SEN"),
        (("--scenario", "x_*,low"), "a pattern stands alone"),
    ):
        result = call(*given, *options)
        assert result.exit_code == 1 and words in result.output
    assert not (packs / "out").exists()


def test_pages_of_versions_are_named_at_the_end_and_at_most_three(tmp_path, capsys):
    folders = Folders.of(tmp_path)
    for code in ("AAA", "BBB", "CCC", "DDD"):
        (folders.reports / code).mkdir(parents=True)
        (folders.reports / code / "comparison.html").touch()
    tell_pages(folders, ("AAA", "XXX"), ())
    tell_pages(folders, ("AAA", "BBB", "CCC", "DDD"), ("en",))
    one, four = capsys.readouterr().out.splitlines()
    assert one == f"versions side by side: {folders.reports / 'AAA' / 'comparison.html'}"
    assert four.endswith(", and 1 more in the index") and "DDD" not in four
    tell_pages(folders, ("AAA",), ("fr",))
    assert capsys.readouterr().out == ""


def test_a_scheduler_that_does_not_answer_is_said_in_one_line(packs, monkeypatch):
    monkeypatch.setattr(cluster, "SECONDS_TO_ANSWER", 1)
    given = ("run", "SEN", "--notebook", NOTEBOOK, "--data", packs, "--out", packs / "out", "--force")
    result = call(*given, "--scheduler", "tcp://127.0.0.1:9")
    assert result.exit_code == 1
    assert "tcp://127.0.0.1:9: no Dask scheduler answers there" in result.output
