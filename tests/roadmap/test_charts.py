"""The picture of the roadmap: nothing overlaps, bars stand where options start, and it is read without colour."""

import matplotlib.text
import pytest
from picture_checks import text_problems
from planned_roadmaps import planned
from stories import DRAWN_THEN_ALL, SPOKEN

from nasssap_lib.display.sheet import nothing_of
from nasssap_lib.display.style import Caption
from nasssap_lib.display.texts import in_language
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.roadmap.charts import plot_roadmap

CAPTION = Caption("Testland", "S")


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_nothing_overlaps_or_leaves_the_picture(country, language):
    with in_language(language, read_pack(country).translations(language)):
        assert text_problems(plot_roadmap(planned(country), CAPTION)) == []


def test_bars_begin_where_the_best_order_starts_and_others_say_that_they_do_not():
    found = planned("XTC")
    figure = plot_roadmap(found, CAPTION)
    axes = next(axes for axes in figure.axes if axes.get_xlim()[0] > 2000)
    begun = sorted(found.best.starts["start"].dropna().astype(int))
    grows = [bar[0] for bar in axes.containers if bar[0].get_hatch()]
    assert sorted(round(bar.get_x() + 0.5) for bar in grows) == begun
    written = [text.get_text() for text in figure.findobj(matplotlib.text.Text)]
    assert written.count("not within the money") == len(found.best.starts) - len(begun)


def test_the_lines_are_the_costs_of_both_orders_and_differ_without_colour():
    found = planned("XTC")
    axes = plot_roadmap(found, CAPTION).axes[-1]
    best, typed = axes.lines
    assert best.get_ydata() == pytest.approx(100 * found.best_costs["cost"].iloc[:-1].to_numpy(float))
    assert typed.get_ydata() == pytest.approx(100 * found.typed_costs["cost"].iloc[:-1].to_numpy(float))
    assert best.get_linestyle() != typed.get_linestyle()


def test_without_an_option_the_picture_says_so():
    found = planned("XTC")
    bare = found._replace(ready=found.ready._replace(options=found.ready.options.head(0)), best=None)
    assert nothing_of(plot_roadmap(bare, CAPTION))
