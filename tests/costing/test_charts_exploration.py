"""Pictures of the workbench: bars and lines as long as their figures, and a word where nothing is known."""

import pytest
from matplotlib.text import Text
from picture_checks import text_problems
from stories import pack_of

from nasssap_lib.costing import exploration
from nasssap_lib.costing.charts_exploration import plot_cost_path, plot_target_gap
from nasssap_lib.display.style import Caption

CAPTION = Caption("Senegal", "S")


@pytest.fixture(scope="module")
def ground():
    return exploration.prepare(pack_of("SEN"))


def words(figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in figure.findobj(Text))


def test_the_bar_is_cut_at_todays_coverage_and_at_the_target(ground):
    """At least one benefit, 2022: 19.91 % covered; a target of half of all."""
    figure = plot_target_gap(exploration.explore_gap(ground, "at_least_one", 2025, 0.5), CAPTION)
    bars = [bar for bar in figure.axes[0].patches if bar.get_height() == pytest.approx(0.8)]
    assert [bar.get_width() for bar in bars] == pytest.approx([0.1991, 0.5 - 0.1991, 0.5])
    assert text_problems(figure) == []


def test_a_target_below_todays_coverage_is_reached_already(ground):
    figure = plot_target_gap(exploration.explore_gap(ground, "at_least_one", 2025, 0.1), CAPTION)
    bars = [bar for bar in figure.axes[0].patches if bar.get_height() == pytest.approx(0.8)]
    assert [bar.get_width() for bar in bars] == pytest.approx([0.1991, 0, 0.8009])
    assert "are covered already" in words(figure)


def test_a_group_without_a_rate_is_a_pale_bar_with_the_reason(ground):
    figure = plot_target_gap(exploration.explore_gap(ground, "severe_disability", 2025, 0.5), CAPTION)
    assert "n/a · no published rate" in words(figure)
    assert "cannot be given" in figure.get_label()
    assert "kept" not in words(figure)  # no rate of no year
    assert text_problems(figure) == []


def test_a_line_stops_where_nothing_more_is_known_and_its_label_stands_at_its_end(ground):
    """The pension is known to 2040, the benefit of children in 2030 alone."""
    costs = exploration.explore_measures(ground, {"social_pension": {}, "child_benefit": {}})
    pension = costs["measure"] == "social_pension"
    unknown = (pension & (costs["year"] > 2040)) | (~pension & (costs["year"] != 2030))
    figure = plot_cost_path(costs.assign(share_of_gdp=costs["share_of_gdp"].mask(unknown)), CAPTION)
    ends = {
        text.xy[0]: text.get_text() for text in figure.axes[0].texts if hasattr(text, "xy") and " · " in text.get_text()
    }
    assert sorted(ends) == [2030, 2040]
    assert "n/a" not in "".join(ends.values())
    assert figure.axes[0].get_xlim() == (2025, 2040)
    assert text_problems(figure) == []


def test_a_line_a_measure_with_its_last_value_beside_it(ground):
    costs = exploration.explore_measures(ground, {"social_pension": {}, "child_benefit": {}})
    figure = plot_cost_path(costs, CAPTION)
    lines = figure.axes[0].lines
    assert len(lines) == 2
    for line, measure in zip(lines, ("social_pension", "child_benefit"), strict=True):
        own = costs[costs["measure"] == measure]
        assert line.get_xdata().tolist() == own["year"].tolist()
        assert line.get_ydata().tolist() == pytest.approx((own["share_of_gdp"].astype(float) * 100).tolist())
    assert len({line.get_linestyle() for line in lines}) == 2  # told apart without colour
    assert text_problems(figure) == []


def test_lines_that_end_at_one_height_have_labels_that_do_not_touch(ground):
    """Eight measures: every label of the picture can still be read."""
    changes = {name: {} for name in ground.measures["id"]}
    assert text_problems(plot_cost_path(exploration.explore_measures(ground, changes), CAPTION)) == []


@pytest.mark.parametrize(
    ("changes", "said"), [({}, "n/a: no measure chosen"), ({"disability_benefit": {}}, "n/a: Disability benefit")]
)
def test_without_a_cost_the_picture_says_why(ground, changes, said):
    figure = plot_cost_path(exploration.explore_measures(ground, changes), CAPTION)
    assert said in words(figure)
    assert "no measure with a known cost is chosen" in figure.get_label()
    assert text_problems(figure) == []
