"""Where products go: scenarios and languages beside the baseline, never over it; and the current folder decides nothing that is run."""

import os
from pathlib import Path

import pytest

import nasssap_lib
from nasssap_lib.chapter import notebooks
from nasssap_lib.errors import NasssapError
from nasssap_lib.run import folders
from nasssap_lib.run.folders import Folders, project_root, run_folder, scenario_names
from nasssap_lib.run.lock import only_run


def test_every_run_of_a_country_has_a_folder_of_its_own():
    runs = [
        ("SEN", scenario, language) for scenario in ("", "low", "low,high", "high,low") for language in ("", "fr", "es")
    ]
    names = [run_folder(*run) for run in runs]
    assert len(set(names)) == len(runs) == 12
    assert all(name.split("/")[0] == "SEN" for name in names)


def test_spaces_and_empty_parts_of_a_list_of_scenarios_do_not_count():
    assert scenario_names(" low ,, high ") == ["low", "high"]
    assert scenario_names(" , ") == []
    assert run_folder("SEN", "low , high") == "SEN/low_and_high"


def look_like_a_project(folder):
    """A folder with notebooks/ in it, as an unpacked bundle of somebody may have."""
    (folder / "notebooks").mkdir(parents=True)
    (folder / "notebooks" / "01_stocktaking.ipynb").write_text('{"cells": []}', "utf-8")


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A library elsewhere: as a wheel installs it, with its notebooks inside."""
    library = tmp_path / "site-packages" / "nasssap_lib"
    look_like_a_project(library)
    monkeypatch.setattr(notebooks, "LIBRARY", library)
    monkeypatch.setattr(folders, "LIBRARY", library)
    return library


def test_products_go_where_asked_and_into_the_clone_otherwise(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Folders.of() == Folders(project_root() / "notebooks", project_root())
    elsewhere = Folders.of("out")
    assert elsewhere.notebooks == project_root() / "notebooks"
    assert elsewhere.processed == tmp_path.resolve() / "out" / "data" / "processed"
    assert elsewhere.reports == tmp_path.resolve() / "out" / "reports"
    assert not (tmp_path / "out").exists()  # nothing is made before something is written


@pytest.mark.skipif(os.name == "nt", reason="links of a POSIX system")
def test_links_that_lead_to_one_another_are_refused_in_one_line(tmp_path):
    for one, other in (("a", "b"), ("b", "a")):
        (tmp_path / one).symlink_to(tmp_path / other)
    with (
        pytest.raises(NasssapError, match="a: links that lead to one another; name another"),
        only_run(Folders.of(tmp_path / "a")),
    ):
        pass


def test_what_the_current_folder_calls_notebooks_is_not_run(tmp_path, monkeypatch):
    look_like_a_project(tmp_path / "bundle")
    (tmp_path / "bundle" / "deep").mkdir()
    for here in (tmp_path / "bundle", tmp_path / "bundle" / "deep"):
        monkeypatch.chdir(here)
        assert Folders.of().notebooks == Path(nasssap_lib.__file__).resolve().parents[1] / "notebooks"
        assert notebooks.read_notebook("01_stocktaking").title == "Stocktaking"


def test_a_wheel_runs_its_own_notebooks_and_writes_into_the_current_folder(installed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    look_like_a_project(installed.parent)  # of another package: not ours
    assert project_root() is None
    assert Folders.of() == Folders(installed / "notebooks", tmp_path.resolve())
    assert Folders.of("out").out == tmp_path.resolve() / "out"


def test_a_library_without_notebooks_says_so(installed):
    (installed / "notebooks" / "01_stocktaking.ipynb").unlink()
    with pytest.raises(NasssapError, match="install nasssap again"):
        Folders.of()
