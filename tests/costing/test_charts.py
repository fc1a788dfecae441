"""The frontier: one point an option with its ranges, those that no other beats are filled and joined, the rest is named."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text
from picture_checks import text_boxes, text_problems
from stories import DRAWN_THEN_ALL, story

from nasssap_lib.costing.charts import plot_frontier
from nasssap_lib.display.style import COVERED, Caption

CAPTION = Caption("Zephyria", "S")
SHAPES = {"benefit": "o", "subsidy": "s"}  # circles: benefits paid; squares: cover subsidised


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
    return {place: filled for marker in SHAPES.values() for place, filled in points_of(figure, marker).items()}


def points_of(figure, marker: str) -> dict[tuple[float, float], bool]:
    """The same of the points of one shape."""
    dots = [line for line in figure.axes[0].lines if line.get_marker() == marker]
    return {
        (float(line.get_xdata()[0]), float(line.get_ydata()[0])): to_hex(line.get_markerfacecolor()) == COVERED
        for line in dots
    }


def test_every_option_is_a_point_and_no_other_of_its_list_beats_one_that_is_filled(options, frontier):
    for kind, rows in options.groupby("kind"):
        drawn = points_of(frontier, SHAPES[kind])
        assert sorted(drawn) == sorted(zip(rows["cost_central"], rows["newly_covered_central"], strict=True))
        for (cost, persons), filled in drawn.items():
            beaten = any(x <= cost and y >= persons and (x, y) != (cost, persons) for x, y in drawn)
            assert filled == (not beaten)
    assert len(points(frontier)) == len(options) == 10


def test_the_best_of_each_list_are_joined_by_a_line_of_their_own(options, frontier):
    """A dashed line never leads from a circle to a square."""
    lines = [line for line in frontier.axes[0].lines if len(line.get_xdata()) > 1 and line.get_linewidth() == 1.0]
    assert len(lines) == 2
    for line in lines:
        ends = set(zip(line.get_xdata(), line.get_ydata(), strict=True))
        assert any(ends <= {place for place, filled in points_of(frontier, shape).items() if filled} for shape in "os")


def test_each_point_has_a_range_of_cost_and_one_of_persons(options, frontier):
    lines = [line for line in frontier.axes[0].lines if line.get_linewidth() == pytest.approx(1.8)]
    level = {tuple(line.get_xdata()) for line in lines if len(set(line.get_ydata())) == 1}
    assert set(zip(options["cost_low"], options["cost_high"], strict=True)) <= level


def test_an_option_without_persons_newly_covered_is_named_with_its_cost(options):
    pension = options["option"] == "pension_65"
    some = options.assign(
        newly_covered_central=options["newly_covered_central"].mask(pension), reason=np.where(pension, "no_rate", "")
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


@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_no_label_lies_on_a_range(country):
    figure = plot_frontier(story(country)["options"], CAPTION)
    axes = figure.axes[0]
    labels = {text.get_text() for text in axes.texts[2:]}  # after the words at both axes
    boxes = [(words, box) for words, box in text_boxes(figure) if words in labels]
    ranges = [line for line in axes.lines if line.get_linewidth() == pytest.approx(1.8)]
    assert len(boxes) >= 4 and len(ranges) >= 8
    for line in ranges:
        low, high = np.sort(axes.transData.transform(line.get_xydata()), axis=0)
        for words, box in boxes:
            shared = np.minimum(high, box.max) - np.maximum(low, box.min)
            assert not (shared > -0.5).all(), f"{words!r} lies on a range"


def test_one_option_alone_and_none_at_all(options):
    assert text_problems(plot_frontier(options.head(1), CAPTION)) == []
    assert plot_frontier(options[:0], CAPTION) is None
    assert "no option has both a cost" in words(plot_frontier(options.assign(cost_central=np.nan), CAPTION))


def test_a_range_that_begins_at_nobody_is_drawn_to_a_twentieth_of_the_central_value(options):
    """Newly covered may be nobody where take-up may fall on those who are covered: a logarithmic axis has no zero."""
    figure = plot_frontier(options.head(2).assign(newly_covered_low=0.0), CAPTION)
    assert text_problems(figure) == []
    bars = [line for line in figure.axes[0].lines if line.get_linewidth() == pytest.approx(1.8)]
    lows = sorted(min(line.get_ydata()) for line in bars if len(set(line.get_xdata())) == 1)
    assert lows == pytest.approx(sorted(options.head(2)["newly_covered_central"] / 20))
