"""The picture of progress: legible at sixty activities, a slip told without colour."""

import pandas as pd
import pytest
from picture_checks import text_problems
from stories import SPOKEN, pack_of

from nasssap_lib.action_plan.charts_review import plot_progress
from nasssap_lib.action_plan.review import review_plan
from nasssap_lib.display.sheet import nothing_of
from nasssap_lib.display.style import Caption
from nasssap_lib.display.texts import in_language

CAPTION = Caption("Testland", "S")


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("times", [1, 5])
def test_nothing_overlaps_or_leaves_the_picture(language, times):
    pack = pack_of("XTC")
    progress = pd.concat([review_plan(pack).progress] * times, ignore_index=True).head(60)
    with in_language(language, pack.translations(language)):
        assert text_problems(plot_progress(progress, CAPTION)) == []


def test_what_is_missing_is_hatched_and_only_where_an_activity_slipped():
    figure = plot_progress(review_plan(pack_of("XTC")).progress, CAPTION)
    hatched = [bar for bar in figure.axes[0].patches if bar.get_hatch()]
    # a02: 6 of 18 months planned by December 2025, a quarter done
    assert [(round(bar.get_x(), 3), round(bar.get_width(), 3)) for bar in hatched] == [(0.25, 0.083)]
    words = {text.get_text() for axes in figure.axes for text in axes.texts}
    assert "Slipped by 2 months" in words and "Ahead of plan" in words


def test_without_a_plan_the_picture_says_so():
    assert nothing_of(plot_progress(review_plan(pack_of("SEN")).progress, CAPTION))
