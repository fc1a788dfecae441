"""All that is asked of who pays, in one step: what each function of its own gives."""

import pandas as pd
import pytest
from financing_story import financed
from stories import FIRST_THEN_ALL

from nasssap_lib import costing, financing


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_each_table_is_that_of_its_own_function(country):
    story = financed(country)
    costs = costing.combine_options(costing.cost_package(story.pack), story.pack, list(story.pack.measures["id"]))
    money = financing.finance_package(story.pack, costs)
    for name, table in money._asdict().items():
        pd.testing.assert_frame_equal(table, vars(story)[name], obj=name)


def test_options_that_are_not_chosen_are_paid_by_nobody():
    pack = financed("XTC").pack
    costs = costing.cost_package(pack, [2030], ["pension_65"])
    money = financing.finance_package(pack, costs, ["pension_65"])
    assert not money.space.loc[money.space["reason"].str.startswith("pays_options_not_chosen"), "counted"].any()
    assert money.gap["space"].iat[0] <= money.gap["cost"].iat[0]
