"""What a batch is to do: every combination once, in order, and everything that is wrong named before any process starts."""

import pytest

from nasssap_lib.chapter.notebooks import chapters
from nasssap_lib.errors import ParameterError
from nasssap_lib.pack.folders import data_root
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.plan import check_on_packs, check_scenarios, plan


def planned(*given, **more):
    return plan(*given, root=data_root(), folders=Folders.of("nowhere"), **more)


def test_countries_scenarios_languages_and_notebooks_in_this_order():
    jobs = planned(
        ["SEN", "LKA", "SEN"],
        ["02_gap_identification", "01_stocktaking"],
        {},
        scenarios=["", "low"],
        languages=["en", "fr"],
    )
    assert len(jobs) == len({job.name for job in jobs}) == 2 * 2 * 2 * 2
    assert [job.name for job in jobs[:5]] == [
        "SEN 02_gap_identification", "SEN 01_stocktaking", "SEN 02_gap_identification fr", "SEN 01_stocktaking fr",
        "SEN 02_gap_identification low",
    ]  # fmt: skip


def test_what_is_given_twice_or_means_the_same_is_run_once():
    """Two jobs that write the same products at once would be in each other's way."""
    jobs = planned(
        ["SEN"],
        ["01_stocktaking", "01_stocktaking"],
        {},
        scenarios=["low", "low", "low,high", "low, high"],
        languages=["fr", "en", "", "fr"],
    )
    assert [job.folder for job in jobs] == [
        "SEN/low/fr", "SEN/low", "SEN/low_and_high/fr", "SEN/low_and_high",
    ]  # fmt: skip


def test_without_names_all_notebooks_and_a_parameter_goes_to_those_that_have_it():
    jobs = planned(["SEN"], (), {"child_age_to": 17})
    assert [job.notebook for job in jobs] == chapters()
    assert {job.notebook: job.parameters for job in jobs if job.parameters} == {
        "02_gap_identification": {"child_age_to": 17}
    }


def test_everything_that_is_wrong_is_named_at_once():
    with pytest.raises(ParameterError) as error:
        planned(["SEN", "SEM"], ["07_magic"], {"yaer": 2020}, scenarios=["fr"], languages=["xx"])
    assert set(error.value.wrong) == {"SEM", "07_magic", "yaer", "scenario", "language"}


def test_a_criterion_that_a_country_does_not_have_is_refused_and_one_it_has_is_not():
    check_on_packs(planned(["SEN"], ["03_priority_setting"], {"order": "equity>cost"}))
    with pytest.raises(ParameterError, match="magic"):
        check_on_packs(planned(["SEN"], ["03_priority_setting"], {"weights": "magic=1"}))


def test_a_scenario_that_some_countries_have_is_refused_for_the_others_with_the_command_for_those(tmp_path):
    for code, names in (("SEN", ["low"]), ("LKA", []), ("ZMB", ["low", "high"])):
        for name in names:
            (tmp_path / code / "scenarios").mkdir(parents=True, exist_ok=True)
            (tmp_path / code / "scenarios" / f"{name}.toml").touch()
    jobs = planned(["SEN", "LKA", "ZMB"], ["01_stocktaking"], {}, scenarios=["", "low"])
    check_scenarios([job for job in jobs if job.country != "LKA" or not job.scenario], tmp_path)
    with pytest.raises(ParameterError) as error:
        check_scenarios(jobs, tmp_path)
    assert [*error.value.wrong] == ["LKA --scenario low"]
    assert "nasssap run SEN ZMB --scenario low" in str(error.value)
    check_scenarios(planned(["SEN"], ["01_stocktaking"], {}, sweeps=["level=5"]), tmp_path)


def test_a_sweep_runs_each_value_beside_the_baseline_where_a_notebook_has_the_parameter():
    jobs = planned(["SEN"], (), {"year": 2030}, sweeps=["level=5", "child_age_to=17"])
    swept = {(job.scenario, job.version): job for job in jobs if job.notebook == "02_gap_identification"}
    assert [*swept] == [("", ""), ("sweep_level_5", ""), ("", "sweep_child_age_to_17")]
    last = swept["", "sweep_child_age_to_17"]
    assert last.parameters == {"year": 2030, "child_age_to": 17}
    assert last.folder == "SEN/sweep_child_age_to_17" and last.name.endswith("sweep_child_age_to_17")
    assert {job.notebook for job in jobs if job.version} == {"02_gap_identification"}
    assert {job.notebook for job in jobs if job.scenario} == set(chapters())
    assert all(bool(job.made) == bool(job.scenario) for job in jobs)


def test_a_swept_value_is_checked_like_any_other_and_what_is_swept_is_not_set():
    with pytest.raises(ParameterError, match="14, 17"):
        planned(["SEN"], (), {}, sweeps=["child_age_to=14,15"])
    with pytest.raises(ParameterError) as error:
        planned(["SEN", "SEM"], (), {"child_age_to": 14}, sweeps=["child_age_to=17", "yaer=1"], languages=["xx"])
    assert set(error.value.wrong) == {"SEM", "language", "--sweep yaer"}
    with pytest.raises(ParameterError, match="is swept and set"):
        planned(["SEN"], (), {"child_age_to": 14}, sweeps=["child_age_to=17"])
