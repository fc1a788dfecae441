"""One gate for check and run: what a pack or a scenario says against who is covered is named where it was written."""

import shutil

import pandas as pd
import pytest

from nasssap_lib.chapter.gate import BASELINE, runnable_pack
from nasssap_lib.errors import PackError
from nasssap_lib.pack.folders import data_root

LOW = """schema = 1
country = "SEN"

[measures.social_pension]
months = 6

[measures.cash_transfer]
take_up_low = 0.1
take_up_central = 0.2
"""


@pytest.fixture
def packs(tmp_path):
    """Senegal alone: 32 % of its poor are covered."""
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    shutil.copytree(data_root() / "SEN", tmp_path / "SEN")
    shutil.rmtree(tmp_path / "SEN" / "scenarios", ignore_errors=True)
    (tmp_path / "SEN" / "scenarios").mkdir()
    return tmp_path


def write(packs, name, text):
    (packs / "SEN" / "scenarios" / f"{name}.toml").write_text(text, encoding="utf-8")


def refused(packs, *versions):
    with pytest.raises(PackError) as caught:
        runnable_pack("SEN", packs, versions)
    return caught.value.problems


def lower_the_baseline(packs):
    path = packs / "SEN" / "measures.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.loc[0, "note"] = "one\ntwo\nthree"
    table.loc[table["id"] == "cash_transfer", ["take_up_low", "take_up_central"]] = ["0.1", "0.3"]
    table.to_csv(path, index=False)
    return table["id"].tolist().index("cash_transfer") + 4


def test_a_scenario_that_takes_members_away_is_refused_at_its_own_line(packs):
    write(packs, "low", LOW)
    assert runnable_pack("SEN", packs, [BASELINE]).country == "SEN"
    (problem,) = refused(packs, BASELINE, "low")
    assert (problem.file, problem.row, problem.column) == ("SEN/scenarios/low.toml", 9, "take_up_central")
    assert problem.value == "0.2" and problem.expected.startswith("at least 0.32 for cash_transfer")


def test_what_the_baseline_says_is_named_once_with_the_line_of_its_file_however_many_scenarios_keep_it(packs):
    line = lower_the_baseline(packs)
    for name in ("one", "two"):
        write(packs, name, LOW.partition("[measures.cash_transfer]")[0])
    (problem,) = refused(packs, BASELINE, "one", "two")
    assert (problem.file, problem.row, problem.value) == ("SEN/measures.csv", line, "0.3")


def test_a_scenario_that_mends_the_baseline_may_be_run_though_the_baseline_may_not(packs):
    lower_the_baseline(packs)
    write(packs, "higher", LOW.replace("take_up_central = 0.2", "take_up_central = 0.4"))
    assert runnable_pack("SEN", packs, ["higher"]).country == "SEN"
    assert len(refused(packs, BASELINE, "higher")) == 1


def test_all_scenarios_are_looked_at_whatever_is_wrong_with_one(packs):
    write(packs, "broken", LOW.replace("months = 6", "months = 13"))
    write(packs, "low", LOW)
    assert [problem.file for problem in refused(packs, "broken", "low", "none")] == [
        "SEN/scenarios/broken.toml", "SEN/scenarios/low.toml", "SEN/scenarios/none.toml",
    ]  # fmt: skip


def test_a_scenario_that_nobody_can_mean_is_refused_and_an_odd_one_is_a_doubt(packs):
    write(
        packs, "early", LOW.replace("months = 6", "start_year = 1999\nfull_year = 2000").partition("[measures.cash")[0]
    )
    (problem,) = refused(packs, "early")
    assert (problem.file, problem.row, problem.value) == ("SEN/scenarios/early.toml", 5, "1999")
    write(packs, "odd", LOW.replace("months = 6", "months = 0").partition("[measures.cash")[0])
    baseline, with_odd = runnable_pack("SEN", packs), runnable_pack("SEN", packs, [BASELINE, "odd"])
    (doubt,) = set(with_odd.doubts) - set(baseline.doubts)
    assert (doubt.file, doubt.row, doubt.column) == ("SEN/scenarios/odd.toml", 5, "months")
