"""Targets on the workbench: those of the notebook, with what the sliders say."""

import pandas as pd
import pytest
from stories import pack_of

from nasssap_lib.costing.exploration import prepare
from nasssap_lib.errors import NasssapError
from nasssap_lib.monitoring.exploration import explore_targets
from nasssap_lib.monitoring.yearly import yearly_targets


@pytest.fixture(scope="module")
def ground():
    return prepare(pack_of("SEN"), 2035)


def test_what_is_not_changed_is_what_the_notebook_shows(ground):
    table = explore_targets(ground, {"social_pension": {}, "health_insurance": {}}, 2031)
    whole = yearly_targets(pack_of("SEN"), years=[2031])
    same = whole[whole["group"].isin(["older_persons", "total"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(
        table.sort_values("group", ignore_index=True), same.sort_values("group", ignore_index=True)
    )


def test_a_slider_moves_the_commitment(ground):
    # 0.47 insured, and half of the others instead of 0.7
    table = explore_targets(ground, {"health_insurance": {"take_up_central": 0.5}}, 2031)
    assert table["low"].tolist() == pytest.approx([0.47 + 0.53 * 0.5])
    later = explore_targets(ground, {"health_insurance": {"start_year": 2032, "full_year": 2036}}, 2031)
    assert later["low"].tolist() == pytest.approx([0.47]) and later["options"].tolist() == [""]


def test_nothing_chosen_and_nothing_known(ground):
    assert explore_targets(ground, {}, 2031).empty
    with pytest.raises(NasssapError, match="social_pensoin"):
        explore_targets(ground, {"social_pensoin": {}}, 2031)
