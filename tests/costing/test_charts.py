"""The frontier: one point an option with its ranges, those that no other beats are filled and joined, the rest is named."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text
from picture_checks import text_problems
from stories import story

from nasssap_lib.costing.charts import plot_frontier
from nasssap_lib.display.style import COVERED, Caption

CAPTION = Caption("Zephyria", "S")


@pytest.fixture
def options():
    """The ten options of the training country."""
    return story("XTC")["options"]


@pytest.fixture(scope="module")
def frontier():
    """The picture of all ten; placing its labels takes a second."""
    return plot_frontier(story("XTC")["options"], CAPTION)


def words(figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in figure.findobj(Text))


def points(figure) -> dict[tuple[float, float], bool]:
    """Place of each point, and whether it is filled."""
    dots = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    return {
        (float(line.get_xdata()[0]), float(line.get_ydata()[0])): to_hex(line.get_markerfacecolor()) == COVERED
        for line in dots
    }


def test_every_option_is_a_point_and_no_other_beats_one_that_is_filled(options, frontier):
    drawn = points(frontier)
    assert sorted(drawn) == sorted(zip(options["cost_central"], options["newly_covered_central"], strict=True))
    for (cost, persons), filled in drawn.items():
        beaten = any(x <= cost and y >= persons and (x, y) != (cost, persons) for x, y in drawn)
        assert filled == (not beaten)


def test_each_point_has_a_range_of_cost_and_one_of_persons(options, frontier):
    lines = [line for line in frontier.axes[0].lines if line.get_linewidth() == pytest.approx(1.8)]
    level = {tuple(line.get_xdata()) for line in lines if len(set(line.get_ydata())) == 1}
    assert set(zip(options["cost_low"], options["cost_high"], strict=True)) <= level


def test_an_option_without_persons_newly_covered_is_named_with_its_cost(options):
    pension = options["option"] == "pension_65"
    some = options.assign(
        newly_covered_low=options["newly_covered_low"].mask(pension), reason=np.where(pension, "no_rate", "")
    )
    figure = plot_frontier(some, CAPTION)
    assert len(points(figure)) == 9
    assert "n/a, not drawn: Older Citizens' Pension from 65 on (0.5\N{NO-BREAK SPACE}% of GDP)" in words(figure)
    assert text_problems(figure) == []


def test_more_than_eight_options_carry_numbers_with_a_key_and_fewer_their_names(options, frontier):
    numbers = [text.get_text() for text in frontier.axes[0].texts]
    assert {str(number) for number in range(1, 11)} <= set(numbers)
    assert all(f"{number}  {name}:" in words(frontier) for number, name in enumerate(options["name"], 1))
    few = plot_frontier(options.head(3), CAPTION)
    assert all(name in words(few) for name in options["name"].head(3))
    assert not {"1", "2", "3"} & {text.get_text() for text in few.axes[0].texts}


def test_one_option_alone_and_none_at_all(options):
    assert text_problems(plot_frontier(options.head(1), CAPTION)) == []
    assert plot_frontier(options[:0], CAPTION) is None
    assert "no option has both a cost" in words(plot_frontier(options.assign(cost_low=np.nan), CAPTION))
