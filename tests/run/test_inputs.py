"""Whether a report is current: every kind of change is seen and named, and no report runs again that it does not concern."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from own_notebooks import use_notebooks, write_notebook, write_place

from nasssap_lib.chapter.notebooks import notebooks_folder
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.scenario import Scenario, write_scenario
from nasssap_lib.run import inputs
from nasssap_lib.run.batch import run_batch
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.inputs import INPUTS, Sources, index_digest, pack_files, why_run
from nasssap_lib.run.plan import plan

NAMES = ("01_one", "02_two")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Reports of two countries and two notebooks, the baseline and a scenario of one, English and French; made once."""
    folder = write_place(tmp_path_factory.mktemp("current"), NAMES)
    late = Scenario("late", "ZMB", "", "", {"social_pension": {"start_year": 2030, "full_year": 2034}})
    write_scenario(read_pack("ZMB", folder / "packs"), late, folder / "packs")
    with pytest.MonkeyPatch.context() as patch:
        use_notebooks(patch, folder / "notebooks")
        records = run_batch(["ZMB", "XTS"], (), {}, folder / "packs", folder / "out", 2, language=["", "fr"])
        records += run_batch(["ZMB"], (), {}, folder / "packs", folder / "out", 2, scenario="late")
    assert {record.message for record in records if record.status != "done"} == set()
    return folder


@pytest.fixture
def place(made, tmp_path, monkeypatch):
    """A copy of these that a test may change."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    use_notebooks(monkeypatch, tmp_path / "notebooks")
    return tmp_path


def jobs(place: Path, **parameters):
    """All jobs of the reports that were made."""
    root, folders = place / "packs", Folders.of(place / "out")
    work = plan(["ZMB", "XTS"], (), parameters, root, folders, languages=["", "fr"])
    return work + plan(["ZMB"], (), parameters, root, folders, ["late"])


def stale(place: Path) -> dict[str, str]:
    """The reports that must run, and why."""
    sources = Sources(place / "packs")
    return {job.name: why for job in jobs(place) if (why := why_run(job, sources))}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_nothing_changed_and_nothing_runs(place):
    assert stale(place) == {}


def test_a_file_that_was_touched_and_is_equal_runs_nothing(place):
    for path in [*(place / "packs").rglob("*.csv"), *(place / "notebooks").glob("*.ipynb")]:
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)
    assert stale(place) == {}


def test_a_changed_figure_runs_its_country_alone_and_is_named_with_its_line(place):
    path = place / "packs" / "XTS" / "indicators.csv"
    line = path.read_text().splitlines().index(next(row for row in path.read_text().splitlines() if ",2019,20," in row))
    change(path, ",2019,20,", ",2019,21,")
    assert stale(place) == {
        f"XTS {name}{of}": f"indicators.csv:{line + 1} changed" for name in NAMES for of in ("", " fr")
    }


def test_a_changed_codebook_is_read_by_every_country(place):
    change(place / "packs" / "codebook.csv", "overage", "OVERAGE")
    assert len(stale(place)) == len(jobs(place))


@pytest.mark.parametrize("name", ["notes.csv", "welfare.csv"])
def test_a_new_table_counts_whether_the_schema_knows_it_or_not(place, name):
    (place / "packs" / "XTS" / name).write_text("a\n1\n")
    assert set(stale(place).values()) == {f"{name} is new"} and len(stale(place)) == 4


def test_a_scenario_that_changed_runs_what_names_it(place):
    path = place / "packs" / "ZMB" / "scenarios" / "late.toml"
    change(path, "2030", "2031")
    line = path.read_text(encoding="utf-8").splitlines().index("start_year = 2031") + 1
    assert stale(place) == {f"ZMB {name} late": f"late.toml:{line} changed" for name in NAMES}


def test_a_notebook_that_changed_runs_alone(place):
    write_notebook(place / "notebooks", "02_two", "1 + 1")
    assert {name.split()[1] for name in stale(place)} == {"02_two"}
    assert set(stale(place).values()) == {"the notebook changed"} and len(stale(place)) == 5


def test_a_notebook_more_changes_the_head_of_every_report(place):
    write_notebook(place / "notebooks", "03_three")
    sources = Sources(place / "packs")
    assert {why_run(job, sources) for job in jobs(place)} == {"the list of notebooks changed", "not run yet"}


def test_another_parameter_is_another_run_and_says_from_what_to_what(place):
    job = jobs(place)[0]
    assert why_run(replace(job, parameters={"year": 2030}), Sources(place / "packs")) == "year not given → 2030"


def test_a_function_of_the_library_that_changed_runs_all_and_a_command_nothing(place, monkeypatch):
    library = place / "library"
    shutil.copytree(inputs.LIBRARY, library, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(inputs, "LIBRARY", library)
    change(library / "commands" / "cli.py", "figures", "Figures")
    assert stale(place) == {}
    change(library / "coverage" / "gaps.py", "return", " return")
    assert set(stale(place).values()) == {"nasssap_lib/coverage/gaps.py changed"} and len(stale(place)) == len(
        jobs(place)
    )


@pytest.mark.parametrize("file", ["run/html.py", "run/template/style.css"])
def test_what_makes_the_page_counts(place, monkeypatch, file):
    monkeypatch.setattr(inputs, "library_hashes", lambda *given, **more: {file: "other"})
    assert len(stale(place)) == len(jobs(place))
    assert (inputs.LIBRARY / file).is_file()


def test_a_catalogue_that_changed_runs_the_reports_in_its_language(place, monkeypatch):
    library = place / "library"
    shutil.copytree(inputs.LIBRARY, library, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(inputs, "LIBRARY", library)
    catalogue = library / "display" / "catalogues" / "fr.po"
    catalogue.write_text(catalogue.read_text(encoding="utf-8") + "\n# more\n", encoding="utf-8")
    assert len(stale(place)) == 4 and all(name.endswith(" fr") for name in stale(place))
    assert set(stale(place).values()) == {"nasssap_lib/display/catalogues/fr.po changed"}


def test_another_version_of_a_package_runs_all(place, monkeypatch):
    now = inputs.versions()
    monkeypatch.setattr(inputs, "versions", lambda: {**now, "pandas": "99"})
    assert set(stale(place).values()) == {f"pandas {now['pandas']} → 99"}
    assert {"python", "pandas", "numpy", "matplotlib", "papermill", "pymcdm"} <= set(now)


def test_a_product_that_is_gone_or_was_changed_is_made_again(place):
    (place / "out" / "reports" / "XTS" / "01_one.html").unlink()
    change(place / "out" / "data" / "processed" / "ZMB" / "02_two" / "sources.csv", "2", "3")
    assert stale(place) == {"XTS 01_one": "01_one.html is missing", "ZMB 02_two": "sources.csv was changed"}


def test_a_folder_that_has_the_name_of_a_table_or_lies_beside_tables_stops_no_run(place):
    results = place / "out" / "data" / "processed"
    (results / "XTS" / "01_one" / "mine.csv").mkdir()
    assert stale(place) == {}
    (results / "ZMB" / "02_two" / "sources.csv").unlink()
    (results / "ZMB" / "02_two" / "sources.csv").mkdir()
    assert stale(place) == {"ZMB 02_two": "sources.csv is missing"}


WITHOUT_PACK = {"parameters": {}, "versions": {}, "library": {}, "products": {}}


@pytest.mark.parametrize(
    ("file", "content", "why"),
    [
        ("run.json", '{"sta', "its run.json is damaged"),
        ("run.json", '{"status": "done"}', "its run.json is damaged"),
        ("run.json", '{"status": "failed", "finished": "2026-03-01T10:20:30+00:00"}', "the last run failed"),
        (INPUTS, "[]", "written by an older version"),
        (INPUTS, "[" * 100_000, "written by an older version"),
        (INPUTS, WITHOUT_PACK | {"pack": {"XTS/country.toml": "a"}}, "written by an older version"),
        (INPUTS, WITHOUT_PACK | {"pack": {"XTS/country.toml": {"lines": "0123456"}}}, "written by an older version"),
    ],
)
def test_a_record_that_cannot_be_trusted_is_no_reason_to_leave_it(place, file, content, why):
    text = content if isinstance(content, str) else json.dumps(content)
    (place / "out" / "data" / "processed" / "XTS" / "01_one" / file).write_text(text)
    assert stale(place) == {"XTS 01_one": why}


def test_the_batch_runs_what_is_stale_says_why_and_writes_the_index_again(place):
    index = place / "out" / "reports" / "index.html"
    before = index.read_text(encoding="utf-8")
    records = run_batch(["ZMB", "XTS"], (), {}, place / "packs", place / "out", 2)
    assert {record.status for record in records} == {"current"}
    assert index.read_text(encoding="utf-8") == before
    change(place / "packs" / "XTS" / "country.toml", 'name_en = "Testland"', 'name_en = "Testonia"')
    records = run_batch(["ZMB", "XTS"], (), {}, place / "packs", place / "out", 2)
    assert [(record.country, record.status) for record in records] == [("ZMB", "current")] * 2 + [("XTS", "done")] * 2
    assert records[-1].why == "country.toml:3 changed"
    assert index.read_text(encoding="utf-8") != before
    lines = (place / "out" / "reports" / "run.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["status"] for line in lines) == ["current", "current", "done", "done"]
    assert (
        run_batch(["XTS"], ["01_one"], {}, place / "packs", place / "out", 1, force=True)[0].why == "asked to (--force)"
    )


def test_an_index_that_is_no_text_is_written_again(place):
    index = place / "out" / "reports" / "index.html"
    before = index.read_bytes()
    index.write_bytes(before[:100] + b"\xff" + before[100:-200])
    run_batch(["XTS"], ["01_one"], {}, place / "packs", place / "out", 1)
    assert index.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are POSIX")
def test_pipes_in_the_place_of_what_an_earlier_run_left_are_not_waited_for(place):
    results, reports = place / "out" / "data" / "processed" / "XTS" / "01_one", place / "out" / "reports"
    kept = results / "run.json", results / INPUTS, reports / "index.html", reports / "run.jsonl"
    (reports / "run.jsonl").write_text("", encoding="utf-8")
    for path in kept:
        path.unlink()
        os.mkfifo(path)
    (record,) = run_batch(["XTS"], ["01_one"], {}, place / "packs", place / "out", 1)
    assert (record.status, record.why) == ("done", "its run.json is damaged")
    assert all(path.is_file() for path in kept)


def test_the_index_is_current_until_something_that_it_says_could_change(place):
    folders, root = Folders.of(place / "out"), place / "packs"
    digest = index_digest(folders, root, "", Sources(root))
    assert index_digest(folders, root, "", Sources(root)) == digest
    assert index_digest(folders, root, "fr", Sources(root)) != digest
    change(place / "out" / "data" / "processed" / "XTS" / "01_one" / "run.json", '"done"', '"failed"')
    assert index_digest(folders, root, "", Sources(root)) != digest


def test_a_run_is_made_from_what_was_read_whatever_is_edited_meanwhile(place):
    sources = Sources(place / "packs")
    work = jobs(place)
    before = [sources.of(job) for job in work]
    change(place / "packs" / "XTS" / "indicators.csv", ",2019,20,", ",2019,21,")
    sources.copy_to(place / "copy", work)
    assert [sources.of(job) for job in work] == before
    assert ",2019,20," in (place / "copy" / "data" / "XTS" / "indicators.csv").read_text()


def test_only_files_that_a_run_can_read_count(place):
    root = place / "packs"
    (root / "XTS" / "notes").mkdir()
    (root / "XTS" / "notes" / "secret.csv").write_text("a\n")
    (root / "XTS" / "letter.docx").write_text("a")
    assert set(pack_files(root, "XTS")) >= {"codebook.csv", "XTS/indicators.csv", "XTS/country.toml"}
    assert not {name for name in pack_files(root, "XTS") if "secret" in name or "letter" in name}
    assert stale(place) == {}


def test_the_notebooks_of_the_project_are_found_again_after_a_test():
    assert notebooks_folder().name == "notebooks" and "02_gap_identification.ipynb" in {
        path.name for path in notebooks_folder().iterdir()
    }


def test_a_country_whose_files_cannot_be_read_fails_in_one_line_and_stops_no_other(place, monkeypatch):
    """Root may read everything: the refusal is played."""
    read = Path.read_bytes

    def refused(path):
        if path.name == "schemes.csv" and path.parent.name == "XTS":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    records = run_batch(["XTS", "ZMB"], (), {}, place / "packs", place / "out", 1)
    assert [record.status for record in records] == ["failed"] * 2 + ["current"] * 2
    assert "schemes.csv: no permission" in records[0].message and "\n" not in records[0].message
