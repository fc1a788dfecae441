"""Versions of a country: what patterns and sweeps find, what they make of a pack without touching it, what they refuse."""

import tomllib
from types import SimpleNamespace

import pytest
from small_pack import write_small_pack
from stories import pack_of

from nasssap_lib.chapter.notebooks import read_notebook
from nasssap_lib.errors import ParameterError
from nasssap_lib.pack.folders import SCENARIO, data_root
from nasssap_lib.pack.scenario import Scenario, write_scenario
from nasssap_lib.run.sweep import Sweep, Version, changed_measures, is_comparing, parse_sweep, versions_of

GAPS = [read_notebook("02_gap_identification")]


@pytest.fixture
def packs(tmp_path):
    """ZMB with three scenarios, SEN with none of the names that are looked for, a pack without measures."""
    import shutil

    for code in ("ZMB", "SEN"):
        shutil.copytree(data_root() / code, tmp_path / code)
    write_small_pack(tmp_path)
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    for code, name in (("ZMB", "pension_low"), ("ZMB", "pension_high"), ("ZMB", "grants"), ("SEN", "other")):
        write_scenario(pack_of(code), Scenario(name, code), tmp_path)
    return tmp_path


def found(packs, scenarios=(), sweeps=(), codes=("ZMB", "SEN"), say=lambda text: None):
    return versions_of(codes, scenarios, sweeps, packs, GAPS, say)


def test_a_pattern_stands_for_the_scenarios_of_each_country_beside_its_baseline(packs):
    said = []
    versions = found(packs, ["pension_*"], say=said.append)
    assert [version.scenario for version in versions["ZMB"]] == ["", "pension_high", "pension_low"]
    assert versions["SEN"] == [Version()]
    assert said == ["SEN: no scenario fits pension_*; the baseline alone"]


def test_names_alone_are_run_as_before_and_compared_with_nothing(packs):
    assert found(packs, ["grants"])["ZMB"] == [Version("grants")]
    assert found(packs, [""])["SEN"] == [Version()]
    assert not is_comparing(["grants", "low,high"], [])
    both = found(packs, ["grants", "g*"])["ZMB"]
    assert [version.scenario for version in both] == ["", "grants"]


def test_a_pattern_that_fits_nothing_says_what_there_is_and_a_pair_has_none(packs):
    with pytest.raises(ParameterError, match="fits no scenario of ZMB, SEN; there are ZMB: grants, pension_high"):
        found(packs, ["x*"])
    with pytest.raises(ParameterError, match="a pattern stands alone"):
        found(packs, ["pension_*,grants"])


@pytest.mark.parametrize("text", ["level", "level=", "level=5,", "level=5,5", "=5", "a b=1", "a.b.c=1", "level=5,5.0"])
def test_a_sweep_that_is_none_is_refused(text):
    with pytest.raises(ParameterError, match="expected NAME=VALUE"):
        parse_sweep(text)


def test_a_parameter_is_swept_where_a_notebook_has_it(packs):
    versions = found(packs, sweeps=["child_age_to=14,17"])["SEN"]
    assert [(version.folder, version.parameters, version.label) for version in versions] == [
        ("", {}, ""),
        ("sweep_child_age_to_14", {"child_age_to": 14}, "child_age_to = 14"),
        ("sweep_child_age_to_17", {"child_age_to": 17}, "child_age_to = 17"),
    ]
    with pytest.raises(ParameterError, match="did you mean 'child_age_to'"):
        found(packs, sweeps=["child_age=14"])
    with pytest.raises(ParameterError, match="a parameter of a notebook"):
        found(packs, sweeps=["country=SEN"])


def test_a_level_goes_to_all_benefits_in_gdp_per_head_and_takes_its_range_along(packs):
    before = {path: path.read_bytes() for path in packs.rglob("*") if path.is_file()}
    versions = found(packs, sweeps=["level=5,7.5"])["SEN"]
    assert [version.scenario for version in versions] == ["", "sweep_level_5", "sweep_level_7_5"]
    changed = tomllib.loads(versions[1].made)["measures"]
    measures = pack_of("SEN").measures
    assert set(changed) == set(measures.loc[measures["amount_basis"] == "gdp_per_head", "id"])
    # by hand: the pension of 7, 10, 15 % is halved
    assert changed["social_pension"] == {"amount_central": 5, "amount_low": 3.5, "amount_high": 7.5}
    assert {path: path.read_bytes() for path in packs.rglob("*") if path.is_file()} == before


def test_one_parameter_of_one_measure_and_what_must_move_with_it():
    pack = pack_of("SEN")
    for name, value, changes in (
        ("social_pension.take_up_central", 0.425, {"take_up_low": 0.35, "take_up_high": 0.475}),  # 0.7, 0.85, 0.95
        ("social_pension.start_year", 2030, {"full_year": 2034}),  # 2027 to 2031
        ("social_pension.age_from", 70, {}),
    ):
        field = name.partition(".")[2]
        assert changed_measures(Sweep(name, (value,)), value, pack) == {"social_pension": {field: value, **changes}}


def test_a_country_to_which_a_sweep_does_not_apply_is_said(packs):
    said = []
    versions = found(packs, sweeps=["level=5"], codes=("XTS", "SEN"), say=said.append)
    assert versions["XTS"] == [Version()] and len(versions["SEN"]) == 2
    assert said == ["XTS: has no measure to which level applies; the baseline alone"]
    (packs / "XTS" / "population.csv").write_text("broken", encoding="utf-8")
    assert found(packs, sweeps=["level=5"], codes=("XTS", "SEN"), say=said.append)["XTS"] == [Version()]
    assert said[-1] == "XTS: its pack has problems; no sweep over level"


@pytest.mark.parametrize(
    ("sweep", "words"),
    [("social_pensoin.amount_central=5", "did you mean 'social_pension'"),
     ("social_pension.amount=5", "a parameter of a measure"),
     ("social_pension.months=13", "months"), ("level=-5", "numbers from 0 on"), ("level=high", "numbers from 0 on"),
     ("level=True", "numbers from 0 on"), ("level=1e400", "numbers from 0 on"),
     ("social_pension.amount_central=high", "a number")],
)  # fmt: skip
def test_what_no_measure_has_and_what_may_not_be_is_refused(packs, sweep, words):
    with pytest.raises(ParameterError, match=words):
        found(packs, sweeps=[sweep])


def test_what_is_refused_is_said_once_and_nothing_else(packs):
    said = []
    with pytest.raises(ParameterError) as refused:
        found(packs, sweeps=["social_pensoin.start_year=2027"], say=said.append)
    assert said == [] and "did you mean 'social_pension'" in str(refused.value)
    with pytest.raises(ParameterError) as refused:  # a parameter that the batch itself sets is like none of a notebook
        found(packs, sweeps=["country=LKA"])
    assert str(refused.value).count("child_age_to") == 1


def test_a_scenario_of_the_same_name_in_the_pack_is_not_run_over(packs):
    write_scenario(pack_of("SEN"), Scenario("sweep_level_5", "SEN"), packs)
    with pytest.raises(ParameterError, match="SEN has a scenario sweep_level_5 of its own"):
        found(packs, sweeps=["level=5"])


@pytest.mark.parametrize("name", ["level", "informal_worker_savings.amount_central", "x" * 60, "Ä.b"])
@pytest.mark.parametrize(
    "value", [5, 7.25, -3, "gdp_per_head", 1e-9, "equity>cost>readiness>newly_covered>need", "é", 10**60]
)
def test_a_folder_is_a_name_of_a_scenario_and_each_value_has_its_own(name, value):
    sweep = Sweep(name, (value,))
    assert SCENARIO.fullmatch(sweep.folder(value))
    assert sweep.folder(value).startswith("sweep_")
    assert len({sweep.folder(one) for one in (5, -5, 5.5, 55, 0.55)}) == 5
    assert len({sweep.folder(one) for one in ("a b", "a_b", "A b", "a>b")}) == 4
    assert Sweep(name + "y", ()).folder(value) != sweep.folder(value)


def test_a_notebook_without_parameters_has_nothing_to_sweep():
    with pytest.raises(ParameterError, match="none"):
        versions_of(["SEN"], (), ["year=2030"], data_root(), [SimpleNamespace(parameters=None)])
