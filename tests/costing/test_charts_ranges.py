"""Pictures of ranges: nothing overlaps in any language, ends carry their values, and what is not known says why."""

from functools import cache

import matplotlib.text
import numpy as np
import pandas as pd
import pytest
from picture_checks import text_problems
from stories import DRAWN_THEN_ALL, SPOKEN, pack_of

from nasssap_lib.costing.charts_ranges import plot_cost_bands, plot_tornado
from nasssap_lib.costing.ranges import TOTAL, bands, draw_package, prepare_package, tornado
from nasssap_lib.display.sheet import nothing_of
from nasssap_lib.display.style import COVERED, Caption
from nasssap_lib.display.texts import in_language

CAPTION = Caption("Testland", "S")


def texts(figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(matplotlib.text.Text)]


@cache
def prepared(country: str) -> tuple:
    """A package and its bands, which speak no language."""
    ready = prepare_package(pack_of(country), range(2027, 2051, 3))
    return ready, bands(draw_package(ready, draws=200))


@cache
def tornado_of(country: str, option: str) -> pd.DataFrame:
    ready, _ = prepared(country)
    return tornado(ready, option, ready.years[1])


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_nothing_overlaps_or_leaves_the_picture(country, language):
    pack, (ready, table) = pack_of(country), prepared(country)
    with in_language(language, pack.translations(language)):
        for option in (TOTAL, *pack.measures["id"]):
            assert text_problems(plot_cost_bands(table, CAPTION, option)) == [], option
        for option in pack.measures["id"]:
            year = ready.years[1]
            assert text_problems(plot_tornado(tornado_of(country, option), CAPTION, year)) == [], option


def band(option: str, *net: float) -> pd.DataFrame:
    """Two years of an option from 1 to 3 % of GDP, net of what it replaces or of nothing."""
    low, central, high = net or (0.01, 0.02, 0.03)
    return pd.DataFrame({
        "option": option, "name": "A pension", "year": [2030, 2040], "low": 0.01, "central": 0.02, "high": 0.03, "typed": 0.02,
        "net_low": low, "net_central": central, "net_high": high, "net_typed": central, "reason": "",
    })  # fmt: skip


def test_gross_and_net_stand_apart_and_one_where_nothing_is_replaced():
    both = plot_cost_bands(band("a", 0.005, 0.015, 0.025), CAPTION, "a")
    assert len(both.axes[0].collections) == 2 and len(both.axes[0].lines) == 2
    labels = [text.replace("\n", " ") for text in texts(both)]
    assert {
        "gross: median 2\xa0%",
        "1\xa0% to 3\xa0%",
        "net of what is replaced: median 1.5\xa0%",
        "0.5\xa0% to 2.5\xa0%",
    } <= set(labels)
    assert both.axes[0].lines[0].get_linestyle() != both.axes[0].lines[1].get_linestyle()  # not by colour alone
    alone = plot_cost_bands(band("a"), CAPTION, "a")
    assert len(alone.axes[0].collections) == 1 and not any("replaced" in text for text in texts(alone))
    assert "1\xa0% to 3\xa0% of GDP in 2040" in texts(alone)[0].replace("\n", " ") or "A pension" in " ".join(
        texts(alone)
    )


def test_the_note_that_people_are_counted_twice_stands_under_the_total_alone():
    total, one = (
        " ".join(texts(plot_cost_bands(band(name), CAPTION, name))).replace("\n", " ") for name in (TOTAL, "a")
    )
    assert "counted in both" in total and "counted in both" not in one
    assert "no probability" in total and "no probability" in one


def test_what_is_not_known_is_a_frame_that_says_why():
    unknown = band("a").assign(low=np.nan, central=np.nan, high=np.nan, reason="no_disability_prevalence")
    assert nothing_of(plot_cost_bands(unknown, CAPTION, "a"))
    assert "prevalence" in " ".join(texts(plot_cost_bands(unknown, CAPTION, "a")))
    assert nothing_of(
        plot_tornado(tornado(prepare_package(pack_of("SEN"), [2030]), "disability_benefit", 2030), CAPTION)
    )


def test_a_tornado_names_its_ends_with_their_values_where_they_are():
    """A longer time to full take-up costs less: its high end is left."""
    rows = pd.DataFrame({
        "option": "a", "name": "A", "assumption": ["amount", "build_up"], "unit": ["gdp_per_head", "years"], "low": [7.0, -2.0],
        "central": [10.0, 0.0], "high": [15.0, 2.0], "cost_low": [0.007, 0.012], "cost_central": 0.01, "cost_high": [0.015, 0.008],
        "swing": [0.008, 0.004],
    })  # fmt: skip
    figure = plot_tornado(rows, CAPTION, 2030)
    ends = {text.get_text(): text.xy[0] for text in figure.axes[0].texts if text.xycoords == "data"}
    assert ends["7"] == pytest.approx(0.7) and ends["15"] == pytest.approx(1.5)
    assert ends["+2"] == pytest.approx(0.8) and ends["−2"] == pytest.approx(1.2)
    assert "all central: 1\xa0%" in ends
    filled = [bar for bar in figure.axes[0].patches if bar.get_facecolor()[:3] != (1, 1, 1)]
    assert len(filled) == 2 and COVERED.startswith("#")  # the high end of each is filled, the low end hollow
    assert text_problems(figure) == []


def test_long_words_find_their_room():
    ready = prepare_package(pack_of("XTC"), range(2027, 2040, 4))
    table = bands(draw_package(ready, draws=100))
    with in_language("qps"):
        assert text_problems(plot_cost_bands(table, CAPTION)) == []
        assert text_problems(plot_tornado(tornado(ready, ready.rows[0]["id"], 2031), CAPTION, 2031)) == []
