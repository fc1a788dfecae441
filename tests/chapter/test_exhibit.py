"""A picture of the workbench and its bars: one is chosen, its facts follow, and nothing of a pack runs."""

from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from nasssap_lib.chapter.exhibit import Exhibit
from nasssap_lib.chapter.workbench import open_workbench
from nasssap_lib.costing import exploration
from nasssap_lib.pack.reader import read_pack


@pytest.fixture(scope="module")
def ground():
    return exploration.prepare(read_pack("SEN"))


def test_a_bar_is_chosen_and_its_facts_follow_the_sliders():
    bench = open_workbench("SEN")
    gap, cost = (bench.exhibits["SEN", name] for name in ("target_gap", "cost_path"))
    assert [words for words, _ in gap.bars.options] == ["covered today", "to be reached", "still not covered"]
    assert "covered today" in gap.facts.value
    gap.bars.value = "gap_at_target"
    assert "still not covered" in gap.facts.value
    for words in ("rate of 2022 kept", "whole population", "retrieved by OWID", "UN WPP 2024", "assumption"):
        assert words in gap.facts.value
    before = gap.facts.value
    bench.target.value = 80
    assert gap.bars.value == "gap_at_target"
    assert gap.facts.value != before
    bench.measure.value = "social_pension"
    bench.level.value = 31
    assert "benefit 31 % of GDP per head" in cost.facts.value
    assert "Not as in the pack" in cost.facts.value


def test_several_measures_are_drawn_at_once_and_each_can_be_chosen():
    bench = open_workbench("SEN", "", "LKA")
    for name in ("social_pension", "disability_benefit"):
        bench.measure.value = name
        bench.keep.value = True
    bench.measure.value = "child_benefit"
    drawn = ["social_pension", "disability_benefit", "child_benefit"]
    for code in ("SEN", "LKA"):
        bars = bench.exhibits[code, "cost_path"].bars
        assert [part for _, part in bars.options] == drawn
        bars.value = "disability_benefit"
        assert "n/a (" in bench.exhibits[code, "cost_path"].facts.value
    assert "n/a (" in bench.cost_text.value
    assert [line.split(" · ")[0] for line in bench.gap_text.value.split("<p>")[1:]] == ["Senegal", "Sri Lanka"]


def test_hostile_words_of_a_pack_run_nowhere_on_the_workbench(ground):
    rows = ground.measures.assign(name="<img src=x onerror=alert(1)>")
    changes = {"social_pension": {}}
    hostile = replace(ground, measures=rows)
    parts = exploration.cost_parts(hostile, exploration.explore_measures(hostile, changes), changes, 2030)
    exhibit = Exhibit(lambda table: "<script>")
    exhibit.show(Figure(), parts)
    assert "<img" not in exhibit.facts.value
    assert "<script" not in exhibit.facts.value
    assert "&lt;script&gt;" in exhibit.facts.value
