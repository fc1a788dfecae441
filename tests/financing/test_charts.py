"""Pictures of who pays: nothing overlaps in any language, what is missing is told from what is paid without colour."""

import matplotlib.text
import numpy as np
import pytest
from financing_story import financed
from picture_checks import text_problems
from stories import DRAWN_THEN_ALL, SPOKEN

from nasssap_lib.costing.milestones import Milestones
from nasssap_lib.display.sheet import nothing_of
from nasssap_lib.display.style import Caption
from nasssap_lib.display.texts import in_language
from nasssap_lib.financing.charts import gap_title, options_title, plot_gap, plot_options

CAPTION = Caption("Testland", "S")


def texts(figure) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in figure.findobj(matplotlib.text.Text)]


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_nothing_overlaps_or_leaves_the_picture(country, language):
    story = financed(country)
    with in_language(language, story.pack.translations(language)):
        assert text_problems(plot_gap(story.gap, CAPTION, story.at)) == []
        assert text_problems(plot_gap(story.gap[story.gap["year"] == story.at.mature], CAPTION, story.at)) == []
        assert text_problems(plot_options(story.options, CAPTION)) == []


@pytest.mark.parametrize(
    "country", ["XTC", "SEN"]
)  # the one has years without a missing part, the other none that is paid for
def test_bars_are_as_high_as_the_cost_and_what_is_missing_is_hatched(country):
    gap = financed(country).gap.set_index("year")
    paid, missing = plot_gap(financed(country).gap, CAPTION, financed(country).at).axes[-1].containers
    for bars, name, bottom in ((paid, "space", 0 * gap["cost"]), (missing, "gap", gap["space"])):
        drawn = gap[gap[name] > 1e-9]
        np.testing.assert_allclose([bar.get_x() + bar.get_width() / 2 for bar in bars], drawn.index)
        np.testing.assert_allclose([bar.get_height() for bar in bars], 100 * drawn[name])
        np.testing.assert_allclose([bar.get_y() for bar in bars], 100 * bottom[drawn.index])
    assert all(bar.get_hatch() for bar in missing) and not any(bar.get_hatch() for bar in paid)


def test_what_is_missing_is_written_at_the_years_that_are_read():
    story = financed("SEN")
    written = texts(plot_gap(story.gap, CAPTION, story.at))
    assert "1.71\N{NO-BREAK SPACE}% missing" in written and "1.79\N{NO-BREAK SPACE}% missing" in written
    near = texts(plot_gap(story.gap, CAPTION, Milestones(2027, 2049, 2050)))
    assert sum(text.endswith("missing") and text[0].isdigit() for text in near) == 1  # two would overlap


def test_titles_say_the_finding():
    story = financed("XTC")
    assert "0.21\N{NO-BREAK SPACE}% of GDP is missing in 2031" in gap_title(story.gap, "T", 2031)
    assert "is paid for" in gap_title(story.gap, "T", 2028)
    assert "nothing pays yet" in gap_title(financed("SEN").gap, "T", 2031)
    assert gap_title(story.gap, "T", None) == "T: what is missing is not known"
    assert options_title(story.options, "T") == "T: a proposal for each of the eight options for fiscal space"
    assert "none of the eight" in options_title(financed("SEN").options, "T")
    assert "proposals for 7 of the eight" in options_title(story.options.query("option != 8"), "T")


def test_a_picture_of_nothing_says_why():
    assert "no option can be costed" in nothing_of(plot_gap(financed("SEN").gap.assign(cost=np.nan), CAPTION))


def test_proposals_are_filled_figures_hollow_and_what_is_not_estimated_says_what_it_needs():
    figure = plot_options(financed("HND").options, CAPTION)
    assert any("needs interest, maturity" in text for text in texts(figure))
    bars = [bar for axes in figure.axes for container in axes.containers for bar in container]
    headroom = next(bar for bar in bars if round(bar.get_width(), 2) == 2.28)
    assert headroom.get_facecolor()[:3] == (1.0, 1.0, 1.0)
    widths = [
        round(bar.get_width(), 3)
        for axes in plot_options(financed("XTC").options, CAPTION).axes
        for container in axes.containers
        for bar in container
    ]
    assert 0.4 in widths and 0.067 in widths  # the headroom of 2.0 in five years, the dividend of 0.2 in three
