"""Pictures of burdens: values with their signs, one scale, and options without any are counted."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from told_dialogue import CAPTION, told, words

from nasssap_lib.dialogue.charts_burdens import Bars, plot_burdens


def test_burdens_carry_their_values_with_sign():
    drawn = words(plot_burdens(told(), CAPTION))
    for text in ("+0.50", "+0.25", "−0.10", " 0 ", "n/a"):
        assert text in drawn


def test_bars_have_one_scale_and_point_away_from_zero():
    figure = plot_burdens(told(), CAPTION)
    axes = figure.axes[0]
    bars = {round(patch.get_width(), 4): patch for patch in axes.patches if patch.get_height() == pytest.approx(0.11)}
    widths = sorted(width for width in bars if width > 0)
    assert widths[2] == pytest.approx(2 * widths[1], abs=1e-3)  # 0.5 and 0.25
    assert widths[1] == pytest.approx(2.5 * widths[0], abs=1e-3)  # 0.25 and 0.1
    assert bars[widths[0]].get_facecolor()[:3] == to_rgb("#14506e")  # gains
    scale = Bars.of(told()["burden"].dropna())
    assert scale.place(-0.1, 1.0) < scale.place(0.0, 1.0) < scale.place(0.5, 1.0)


def test_options_without_any_burden_are_counted_not_drawn():
    groups = told(burden=[0.5, np.nan, -0.1, np.nan, np.nan, np.nan])
    figure = plot_burdens(groups, CAPTION)
    assert "1 option for which nobody stated a burden left out." in figure.get_label()
    assert "Pension" not in words(figure)
    assert "n/a · no burden is stated" in words(plot_burdens(told(burden=np.nan), CAPTION))
