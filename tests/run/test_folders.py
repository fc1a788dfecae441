"""Where products go: scenarios and languages beside the baseline, never over it; and no project is a message."""

import shutil

import pytest

from nasssap_lib.chapter import notebooks
from nasssap_lib.errors import NasssapError
from nasssap_lib.run import folders
from nasssap_lib.run.folders import Folders, project_root, run_folder, scenario_names


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


def test_products_go_where_asked_and_into_the_project_otherwise(tmp_path, monkeypatch):
    shutil.copytree(project_root() / "notebooks", tmp_path / "notebooks", ignore=shutil.ignore_patterns(".*"))
    monkeypatch.chdir(tmp_path)
    assert Folders.of().reports == tmp_path.resolve() / "reports"
    elsewhere = Folders.of("out")
    assert elsewhere.notebooks == tmp_path.resolve() / "notebooks"
    assert elsewhere.processed == tmp_path.resolve() / "out" / "data" / "processed"
    assert not (tmp_path / "out").exists()  # nothing is made before something is written


def test_outside_the_project_a_sentence_says_what_to_do(monkeypatch):
    assert notebooks.notebooks_folder() is not None
    monkeypatch.setattr(folders, "notebooks_folder", lambda: None)
    with pytest.raises(NasssapError, match="run nasssap inside the project"):
        Folders.of()
