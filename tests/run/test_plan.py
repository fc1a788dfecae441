"""What a batch is to do: every combination once, in order, and everything that is wrong named before any process starts."""

import pytest

from nasssap_lib.chapter.notebooks import chapters
from nasssap_lib.errors import ParameterError
from nasssap_lib.pack.folders import data_root
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.plan import check_on_packs, plan


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
