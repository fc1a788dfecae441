"""The workbench speaks the language it was opened in: controls, lines and facts; what it is told wrong is refused."""

import html
import re
import shutil

import pytest
from pseudo_language import faults_of_text, names_of, text_blocks

from nasssap_lib.chapter.workbench import open_workbench
from nasssap_lib.costing.exploration import prepare
from nasssap_lib.display.texts import use_language
from nasssap_lib.errors import ParameterError
from nasssap_lib.financing.exploration import explore_financing
from nasssap_lib.financing.words import gap_words
from nasssap_lib.pack.folders import countries, data_root
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.scenario import apply_scenario, read_scenario


@pytest.fixture(autouse=True)
def english():
    yield
    use_language("")


def controls(workbench):
    names = [
        "country",
        "second",
        "group",
        "sex",
        "year",
        "target",
        "measure",
        "level",
        "take_up",
        "start",
        "keep",
        "name",
        "title",
        "reason",
        "save",
    ]
    return [getattr(workbench, name).description for name in names]


def test_wrong_countries_and_languages_are_refused_all_at_once():
    with pytest.raises(ParameterError) as caught:
        open_workbench("SEM", "", "ZMX", "french")
    for words in ("country: no pack 'SEM'", "second: no pack 'ZMX'", "language: expected one of"):
        assert words in str(caught.value)


def test_it_speaks_french_and_then_english():
    assert "Pays" in controls(open_workbench("SEN", language="fr"))
    assert ("Senegal (SEN)", "SEN") in open_workbench("SEN").country.options


def test_no_text_of_the_workbench_is_left_out_or_glued_together():
    workbench = open_workbench("XTC", language="qps")
    names = names_of(*(read_pack(code) for code in countries(data_root())))
    shown = controls(workbench)
    shown += [
        words
        for widget in (workbench.country, workbench.second, workbench.group, workbench.sex)
        for words, _ in widget.options
    ]
    exhibits = workbench.exhibits.values()
    shown += [words for exhibit in exhibits for words, _ in exhibit.bars.options]
    pages = [line.value for line in workbench.lines]
    pages += [exhibit.facts.value for exhibit in exhibits]
    workbench.write()
    pages += [workbench.message.value]
    shown += [text for page in pages for _, text in text_blocks(page)]
    assert [fault for text in shown for fault in faults_of_text(text, names)] == []


def test_moving_sliders_changes_what_is_said_and_a_scenario_is_written(tmp_path):
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    shutil.copytree(data_root() / "ZMB", tmp_path / "ZMB", ignore=shutil.ignore_patterns("scenarios"))
    bench = open_workbench("ZMB", str(tmp_path))
    before = bench.gap_text.value
    bench.target.value = 80
    assert bench.gap_text.value != before
    bench.write()
    assert "nothing is added" in bench.message.value
    bench.measure.value = "social_pension"
    bench.keep.value = True
    bench.level.value = 18
    bench.name.value = "../out"
    bench.write()
    assert "a scenario&#x27;s name" in bench.message.value
    bench.name.value = "higher"
    bench.write()
    assert f"nasssap run ZMB --data {tmp_path} --scenario higher" in bench.message.value
    pack = read_pack("ZMB", tmp_path)
    changed = (
        apply_scenario(pack, read_scenario(pack, "higher", tmp_path)).measures.set_index("id").loc["social_pension"]
    )
    assert changed["amount_central"] == 18
    assert changed["amount_low"] <= 18 <= changed["amount_high"]
    numbers = re.findall(r"[\d.]+$", (tmp_path / "ZMB" / "scenarios" / "higher.toml").read_text("utf-8"), re.MULTILINE)
    assert numbers and max(len(number.replace(".", "").strip("0")) for number in numbers) <= 4


def test_a_scenario_has_the_title_and_the_reason_that_were_given_and_they_leave_with_the_country(tmp_path):
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    for code in ("ZMB", "RWA"):
        shutil.copytree(data_root() / code, tmp_path / code, ignore=shutil.ignore_patterns("scenarios"))
    bench = open_workbench("ZMB", str(tmp_path))
    bench.keep.value = True
    bench.title.value, bench.reason.value = 'A "higher" pension', "asked for\nby the unions = yes"
    bench.write()
    assert f"nasssap run ZMB --data {tmp_path} --scenario my-scenario" in bench.message.value
    pack = read_pack("ZMB", tmp_path)
    written = read_scenario(pack, "my-scenario", tmp_path)
    assert (written.title, written.description) == ('A "higher" pension', "asked for by the unions = yes")
    bench.country.value = "RWA"
    assert [bench.message.value, bench.title.value, bench.reason.value] == ["", "", ""]
    bench.keep.value = True
    bench.write()
    assert "Written: my-scenario.toml" in bench.message.value and "nasssap run RWA" in bench.message.value
    bench.level.value += 1
    assert bench.message.value == ""
    assert read_scenario(read_pack("RWA", tmp_path), "my-scenario", tmp_path).title == "Scenario my-scenario"


def test_two_countries_stand_side_by_side():
    bench = open_workbench("SEN", "", "RWA")
    assert len(bench.pictures.children) == 4
    bench.group.value = "severe_disability"  # no gap in persons: the picture says so, nothing fails
    assert "n/a" in bench.gap_text.value


def test_what_a_slider_rounds_is_no_change():
    bench = open_workbench("SEN")
    bench.measure.value = "social_pension"
    bench.level.value = 10.000000000000002  # what a browser sends for the 10 that it was given
    bench.keep.value = True
    assert bench.changes["social_pension"]["amount_central"] == 10
    assert bench.exhibits["SEN", "cost_path"].parts["changed"].tolist() == [""]


def test_what_pays_for_the_measures_drawn_is_told_and_moves_with_them():
    workbench = open_workbench("XTC")
    workbench.year.value, workbench.measure.value = 2035, "pension_65"
    told = []
    for level in (10.0, 60.0):
        workbench.level.value = level
        gap = explore_financing(prepare(read_pack("XTC")), {"pension_65": {"amount_central": level}}, years=[2035])
        words = gap_words(gap, 2035)
        assert words and words in html.unescape(workbench.financing_text.value)
        told.append(words)
    assert told[0] != told[1]
