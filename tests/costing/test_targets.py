"""Whom an option would reach: the persons that it aims at, or those of them who are not covered."""

import numpy as np
import pandas as pd
import pytest
from stories import pack_of

from nasssap_lib.costing import exploration
from nasssap_lib.costing import options as measures
from nasssap_lib.costing.targets import believed_gaps, need_of_health, rows_of_option, target_by_year
from nasssap_lib.pack.folders import countries, data_root


@pytest.mark.parametrize("code", countries(data_root()))
def test_the_workbench_aims_at_whom_the_reports_aim_at(code):
    pack = pack_of(code)
    ground, options = exploration.prepare(pack), measures.assess_options(pack).set_index("option")
    for name, target in ground.targets.items():
        here = target.set_index("year")["persons"][pack.settings.reference_year]
        assert here == pytest.approx(options.loc[name, "target_population"], nan_ok=True), name


def test_of_published_rates_only_the_primary_denominator_is_believed_and_none_that_is_to_be_verified():
    gaps = pd.DataFrame({
        "group": ["poor", "poor", "mothers"], "primary": [True, False, True], "flag": ["", "", "to_verify"],
        "covered": [1.0, 2.0, 3.0], "gap": [4.0, 5.0, 6.0],
    })  # fmt: skip
    believed = believed_gaps(gaps)
    assert believed["group"].tolist() == ["poor", "mothers"]
    assert believed["gap"].fillna(-1).tolist() == [4.0, -1.0] and believed["covered"].fillna(-1).tolist() == [1.0, -1.0]
    assert gaps["gap"].tolist() == [4.0, 5.0, 6.0]


def test_who_is_not_insured_by_hand():
    """Rwanda: 85.3 % insured in 2024 (EICV7), so 14.7 % of everybody are reached, whatever the year."""
    need = need_of_health(pack_of("RWA"))
    assert need.coverage == pytest.approx(0.853) and need.coverage_year == 2024
    assert need.uncovered == pytest.approx((0.147,) * 3)
    insurance = {"guarantee": "health", "group": "total", "sex": "total"}
    found = target_by_year(pack_of("RWA"), insurance, pd.DataFrame(), [2025, 2030])
    people = pack_of("RWA").used_population.query("year in (2025, 2030)").groupby("year")["persons"].sum()
    assert found["persons"].tolist() == pytest.approx((people * 0.147).tolist())


def test_where_no_share_of_insured_is_published_the_reason_is_said():
    """Senegal publishes none: nobody knows how many are not insured, and nothing is assumed."""
    need = need_of_health(pack_of("SEN"))
    assert np.isnan(need.gap) and np.isnan(need.uncovered).all() and need.no_gap == "no_insured_share"


def test_an_extension_reaches_those_not_covered_and_a_group_that_is_not_counted_has_a_reason():
    gaps = pd.DataFrame({
        "group": "employment_injury", "sex": "total", "year": [2025], "gap": [700.0], "denominator_rule": "employed_persons",
        "quality": "estimated", "source": "S", "reason": "",
    })  # fmt: skip
    option = {"guarantee": "working_age", "group": "employment_injury", "sex": "total"}
    found = target_by_year(pack_of("SEN"), option, gaps, [2025, 2026]).set_index("year")
    assert found.loc[2025, ["persons", "rule"]].tolist() == [700.0, "employed_persons; not_covered"]
    assert np.isnan(found.loc[2026, "persons"]) and "group_not_counted" in found.loc[2026, "reason"]


def test_mothers_are_women_where_the_option_says_no_sex():
    gaps = pd.DataFrame({"group": ["mothers", "poor", "poor"], "sex": ["female", "female", "total"], "year": 2025})
    assert rows_of_option(gaps, {"group": "mothers", "sex": "total"})["sex"].tolist() == ["female"]
    assert rows_of_option(gaps, {"group": "poor", "sex": "female"})["sex"].tolist() == ["female"]
    assert rows_of_option(gaps, {"group": "poor", "sex": "male"})["sex"].tolist() == ["total"]
