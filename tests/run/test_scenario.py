"""A scenario through the batch: its own folder, its name and differences on the first page, the baseline untouched."""

import re
import shutil

import pandas as pd
import pytest
from own_notebooks import use_notebooks, write_part

from nasssap_lib.errors import ParameterError
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.scenario import Scenario, write_scenario
from nasssap_lib.run.batch import run_batch

NOTEBOOK = "02_gap_identification"


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    root = tmp_path_factory.mktemp("packs")
    shutil.copy(data_root() / "codebook.csv", root)
    shutil.copytree(data_root() / "ZMB", root / "ZMB", ignore=shutil.ignore_patterns("scenarios"))
    pack = read_pack("ZMB", root)
    write_scenario(
        pack,
        Scenario(
            "late", "ZMB", "A later <b>start</b>", "", {"social_pension": {"start_year": 2030, "full_year": 2034}}
        ),
        root,
    )
    write_scenario(pack, Scenario("short", "ZMB", "", "", {"child_benefit": {"months": 6}}), root)
    return root


def test_the_report_names_the_scenario_and_what_differs(packs, tmp_path, monkeypatch):
    write_part(tmp_path / "notebooks", NOTEBOOK)  # its first page says it
    use_notebooks(monkeypatch, tmp_path / "notebooks")
    (record,) = run_batch(["ZMB"], [NOTEBOOK], {}, packs, tmp_path, 1, scenario="late,short")
    assert record.status == "done", record.message
    page = (tmp_path / "reports" / "ZMB" / "late_and_short" / f"{NOTEBOOK}.html").read_text(encoding="utf-8")
    assert "Scenario late: what differs from the baseline" in page
    assert "Scenario short: what differs from the baseline (compared with the first)" in page
    assert re.search(r"<td[^>]*>2030</td>", page)
    assert "A later &lt;b&gt;start&lt;/b&gt;" in page
    assert 'href="../../index.html#' in page
    assert not (tmp_path / "reports" / "ZMB" / f"{NOTEBOOK}.html").exists()
    index = (tmp_path / "reports" / "index.html").read_text(encoding="utf-8")
    assert f'href="ZMB/late_and_short/{NOTEBOOK}.html"' in index
    assert "(scenario late_and_short)" in index


def test_two_scenarios_stand_side_by_side_in_one_report(packs, tmp_path, monkeypatch):
    name = "03_priority_setting"
    write_part(tmp_path / "notebooks", name, "chapter.versions")
    use_notebooks(monkeypatch, tmp_path / "notebooks")
    (record,) = run_batch(["ZMB"], [name], {}, packs, tmp_path, 1, scenario="short,late")
    assert record.status == "done", record.message
    table = pd.read_csv(tmp_path / "data" / "processed" / "ZMB" / "short_and_late" / name / "scenarios.csv")
    cost = table.pivot(index="option", columns="version", values="cost").loc["child_benefit"]
    assert cost["short"] == pytest.approx(cost["baseline"] / 2)  # six months of twelve
    assert cost["late"] == cost["baseline"]  # a later start is no cost of a year in full payment
    page = (tmp_path / "reports" / "ZMB" / "short_and_late" / f"{name}.html").read_text(encoding="utf-8")
    assert "Scenarios beside the baseline" in page
    assert "Scenario late changes nothing that this chapter shows." in page


def test_without_a_scenario_there_is_a_sentence_and_no_empty_table(batch_of_all):
    page = (batch_of_all / "reports" / "ZMB" / "03_priority_setting.html").read_text(encoding="utf-8")
    assert "No scenario was chosen" in page
    assert "Scenarios beside the baseline" not in page


@pytest.mark.parametrize(
    ("name", "hint"),
    [("latte", "did you mean 'late'?"), ("nosuch", "there are late, short"), ("late,nosuch", "ZMB --scenario nosuch")],
)
def test_a_scenario_that_does_not_exist_is_refused_and_nothing_is_written(packs, tmp_path, name, hint):
    with pytest.raises(ParameterError) as error:
        run_batch(["ZMB"], [NOTEBOOK], {}, packs, tmp_path / "out", 1, scenario=name)
    assert hint in str(error.value) and not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["../x", "/etc", "a/b", "A", ",", " ", "late,", "late,late", "late,short,late2"])
def test_names_that_could_be_a_path_or_are_none_one_or_two_are_refused_before_anything_runs(packs, tmp_path, name):
    with pytest.raises(ParameterError, match="scenario"):
        run_batch(["ZMB"], [NOTEBOOK], {}, packs, tmp_path / "out", 1, scenario=name)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("code", ["../ZMB", "/tmp", "zmb", "AAA"])
def test_a_country_that_is_no_pack_is_refused_and_nothing_is_written(packs, tmp_path, code):
    with pytest.raises(ParameterError, match="no such pack"):
        run_batch([code], [NOTEBOOK], {}, packs, tmp_path / "out", 1)
    assert not (tmp_path / "out").exists()
