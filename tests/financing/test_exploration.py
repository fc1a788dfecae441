"""The gap of a package that somebody changes: what the notebook computes for the same package, and moves as it must."""

import pandas as pd
import pytest
from stories import pack_of

from nasssap_lib.costing.combined import combine_options
from nasssap_lib.costing.exploration import prepare
from nasssap_lib.costing.package import cost_package
from nasssap_lib.errors import NasssapError
from nasssap_lib.financing.exploration import explore_financing
from nasssap_lib.financing.gap import financing_gap
from nasssap_lib.financing.space import space_by_year

YEARS = [2028, 2031, 2040]


@pytest.fixture(scope="module")
def ground():
    return prepare(pack_of("XTC"), 2040)


def test_unchanged_it_is_the_gap_of_the_chapter(ground):
    chosen = ["pension_65", "child_benefit"]
    pack = pack_of("XTC")
    combined = combine_options(cost_package(pack, YEARS, chosen), pack, chosen)
    expected = financing_gap(combined, space_by_year(pack, YEARS, chosen), pack)
    pd.testing.assert_frame_equal(explore_financing(ground, dict.fromkeys(chosen, {}), years=YEARS), expected)


def test_more_take_up_never_lowers_the_gap_and_fewer_proposals_never_do(ground):
    row = pack_of("XTC").measures.set_index("id").loc["pension_65"]
    small = explore_financing(ground, {"pension_65": {"take_up_central": 0.2}}, ["fuel"], YEARS)
    large = explore_financing(ground, {"pension_65": {"take_up_central": row["take_up_central"]}}, ["fuel"], YEARS)
    none = explore_financing(ground, {"pension_65": {}}, [], YEARS)
    assert (large["gap"] >= small["gap"]).all() and (none["gap"] >= large["gap"]).all()
    assert none["gap"].tolist() == pytest.approx(none["cost"].tolist())


def test_all_years_of_the_exploration_and_nothing_chosen(ground):
    assert explore_financing(ground, {"pension_65": {}})["year"].tolist() == list(range(2026, 2041))
    assert explore_financing(ground, {}).empty


def test_what_does_not_exist_is_refused(ground):
    with pytest.raises(NasssapError, match="pension_66"):
        explore_financing(ground, {"pension_66": {}}, years=YEARS)
    with pytest.raises(NasssapError, match="gold"):
        explore_financing(ground, {"pension_65": {}}, ["gold"], YEARS)
