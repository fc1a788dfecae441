"""The picture of draws: ranges beside the shapes, and a word where nothing can be costed."""

import json
import subprocess
import sys

import matplotlib.text
import numpy as np
import pandas as pd
import pytest
from picture_checks import text_problems
from scipy.stats import gaussian_kde
from stories import story

from nasssap_lib.costing.charts_draws import plot_costs
from nasssap_lib.costing.draws import draw_costs
from nasssap_lib.display.style import Caption


def test_an_option_without_a_cost_is_not_drawn_and_an_empty_picture_says_so():
    unknown = story("XTC")["options"].head(1).assign(cost_central=np.nan)
    assert draw_costs(unknown).empty
    figure = plot_costs(draw_costs(unknown), Caption("Testland", "S"))
    assert any("no option can be costed" in text.get_text() for text in figure.findobj(matplotlib.text.Text))


def test_the_dearest_stands_on_top_with_the_middle_nine_tenths_of_its_draws():
    """Costs of 0 to 1 % and of 0 to 2 % in equal steps: 0.05 to 0.95 % and 0.1 to 1.9 %."""
    ladder = pd.DataFrame({"option": "a", "name": "A", "cost": np.arange(101) / 10_000})
    dear = ladder.assign(
        option="b", name="A name that is broken to its room beside the shapes", cost=ladder["cost"] * 2
    )
    figure = plot_costs(pd.concat([ladder, dear]), Caption("Testland", "S"))
    labels = [text.get_text().split("\n")[0] for text in figure.axes[0].get_yticklabels()]
    assert [label[0] for label in labels] == ["A", "A"] and labels[1] == "A"
    ranges = [text.get_text() for text in figure.axes[0].texts]
    assert ranges == ["0.1\xa0% to 1.9\xa0%", "0.05\xa0% to 0.95\xa0%"]
    assert text_problems(figure) == []


def test_the_shapes_are_those_of_scipy_though_it_is_not_loaded_for_them():
    """Another program's kernel density, at the same points; the fresh process shows that seaborn's own copy is what draws."""
    code = """
import json, sys
import numpy as np
from nasssap_lib.costing.charts_draws import seaborn
assert "scipy.stats" not in sys.modules
shape = seaborn._statistics.KDE()(np.random.default_rng(1).gamma(2, size=300))
assert "scipy.stats" not in sys.modules
print(json.dumps([part.tolist() for part in shape]))
"""
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    density, points = json.loads(done.stdout)
    assert np.ptp(density) > 0.1
    assert density == pytest.approx(gaussian_kde(np.random.default_rng(1).gamma(2, size=300))(points), rel=1e-9)
