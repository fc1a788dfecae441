"""The Gantt chart: legible at sixty activities, bars in their months, progress and what has no slack told without colour."""

import pandas as pd
import pytest
from picture_checks import text_problems
from stories import SPOKEN

from nasssap_lib.action_plan.charts import plot_gantt
from nasssap_lib.action_plan.months import month_of
from nasssap_lib.action_plan.schedule import schedule_activities
from nasssap_lib.display.sheet import nothing_of
from nasssap_lib.display.style import Caption
from nasssap_lib.display.texts import in_language
from nasssap_lib.pack.reader import read_pack

CAPTION = Caption("Testland", "S")


def many(times: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The plan of the training country several times over, as schedule and as activities."""
    pack = read_pack("XTC")
    schedule, activities = schedule_activities(pack), pack.activities
    copies = [pd.concat([table] * times, ignore_index=True) for table in (schedule, activities)]
    for copy in copies:
        copy["id"] = [f"a{place:02}" for place in range(len(copy))]
    return tuple(copy.head(60) for copy in copies)


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("times", [1, 5])
def test_nothing_overlaps_or_leaves_the_picture(language, times):
    with in_language(language, read_pack("XTC").translations(language)):
        assert text_problems(plot_gantt(*many(times), CAPTION)) == []


def test_bars_stand_in_their_months_and_are_filled_as_far_as_reported():
    schedule, activities = many(1)
    axes = plot_gantt(schedule, activities, CAPTION).axes[0]
    planned = [bar[0] for bar in axes.containers]
    a02 = [bar for bar in planned if bar.get_x() == month_of("2025-07")]
    assert [round(bar.get_width(), 2) for bar in a02] == [18, 4.5]  # eighteen months, a quarter of them done


def test_what_has_no_slack_has_a_thick_frame():
    schedule, activities = many(1)
    axes = plot_gantt(schedule, activities, CAPTION).axes[0]
    thick = {round(bar[0].get_x()) for bar in axes.containers if bar[0].get_linewidth() > 1.5}
    assert thick == {month_of(start) for start in schedule.loc[schedule["critical"], "start"]}


def test_without_a_plan_the_picture_says_so():
    pack = read_pack("SEN")
    assert nothing_of(plot_gantt(schedule_activities(pack), pack.activities, CAPTION))
