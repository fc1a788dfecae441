"""The picture of the targets: nothing overlaps, and what is drawn is what the tables say."""

import pytest
from picture_checks import text_problems
from stories import DRAWN_THEN_ALL, SPOKEN, pack_of

from nasssap_lib.display.sheet import nothing_of
from nasssap_lib.display.style import Caption, drawn_as_wide_as
from nasssap_lib.display.texts import in_language
from nasssap_lib.document.slide_content import PICTURE
from nasssap_lib.monitoring.charts import plot_targets
from nasssap_lib.monitoring.sheets import typed_targets
from nasssap_lib.monitoring.yearly import yearly_targets

CAPTION = Caption("Testland", "S")


def drawn(country: str, starts=None, within_money: bool = False):
    pack = pack_of(country)
    return plot_targets(yearly_targets(pack, starts), typed_targets(pack, starts), within_money, CAPTION)


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_nothing_overlaps_or_leaves_the_picture(country, language):
    with in_language(language, pack_of(country).translations(language)):
        assert text_problems(drawn(country)) == []
        with drawn_as_wide_as(PICTURE):
            assert text_problems(drawn(country)) == []


def points(axes, marker_area: int) -> list[float]:
    """Places of the markers of a size, in percent."""
    return [
        round(float(x), 1)
        for part in axes.collections
        if part.get_sizes()[0] == marker_area
        for x, _y in part.get_offsets()
    ]


def test_markers_stand_where_the_tables_say():
    axes = drawn("XTC", {"maternity_grant": 2027}, within_money=True).axes[0]
    assert points(axes, 190) == [70.8]  # 0.058 + 0.65 × what is not covered of mothers: by hand in test_yearly
    assert 5.8 in points(axes, 34) and 40.0 in points(axes, 30)  # today, and the target t3 that was written down


def test_what_can_be_at_most_is_a_bar_behind_the_commitment():
    axes = drawn("SEN").axes[0]
    bars = {round(bar.get_x(), 1): round(bar.get_x() + bar.get_width(), 1) for bar in axes.patches}
    assert bars[54.8] == 84.7  # older persons: 0.299 + 0.548 if nobody has both


def test_where_no_group_can_be_drawn_the_picture_says_so():
    pack = pack_of("SEN")
    targets = yearly_targets(pack)
    bare = targets.assign(baseline=float("nan"), low=float("nan"))
    assert nothing_of(plot_targets(bare, typed_targets(pack), False, CAPTION))
