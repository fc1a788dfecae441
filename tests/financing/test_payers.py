"""Who pays: parts of a year's cost add up to it."""

import pandas as pd
import pytest
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib.costing.package import cost_package
from nasssap_lib.financing.gap import financing_gap
from nasssap_lib.financing.payers import MISSING, PAYER_COLUMNS, who_pays
from nasssap_lib.financing.space import space_by_year


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_parts_add_up_to_the_cost(country):
    pack = pack_of(country)
    years = range(2027, 2041)
    space = space_by_year(pack, years)
    gap = financing_gap(cost_package(pack, years), space, pack)
    table = who_pays(gap, space)
    assert list(table.columns) == PAYER_COLUMNS
    assert table.groupby("year")["share_of_gdp"].sum().tolist() == pytest.approx(gap["cost"].tolist())
    assert table.groupby("year")["of_cost"].sum().tolist() == pytest.approx([1.0] * len(gap))
    missing = table[table["option"] == MISSING].set_index("year")["share_of_gdp"]
    assert missing.to_dict() == pytest.approx(gap.set_index("year")["gap"].to_dict())


def test_what_is_offered_beyond_the_cost_is_used_in_proportion():
    gap = pd.DataFrame({"year": [2030], "cost": 0.01, "space": 0.01, "gap": 0.0, "quality": "assumed", "source": "S"})
    space = pd.DataFrame(
        {"year": 2030, "option": [1, 2, 2, 3], "central": [0.01, 0.02, 0.01, 0.5], "counted": [True, True, True, False]}
    )
    table = who_pays(gap, space).set_index("option")
    assert table["share_of_gdp"].to_dict() == pytest.approx({1: 0.0025, 2: 0.0075, MISSING: 0.0})


def test_a_year_without_a_known_cost_is_left_out():
    gap = pd.DataFrame(
        {"year": [2030], "cost": float("nan"), "space": float("nan"), "gap": float("nan"), "quality": "", "source": ""}
    )
    assert who_pays(gap, pd.DataFrame(columns=["year", "option", "central", "counted"])).empty
