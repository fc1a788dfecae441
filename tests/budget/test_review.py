"""Schemes at three depths in one step: each as its own function gives it, and nothing deeper than the figures carry."""

import pandas as pd
import pytest
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib import budget


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_each_table_is_that_of_its_own_function(country):
    pack = pack_of(country)
    found = budget.review_schemes(pack)
    for table, function in zip(
        found, (budget.year_accounts, budget.without_account, budget.payg_illustration), strict=False
    ):
        pd.testing.assert_frame_equal(table, function(pack))
    assert [one.scheme for one in found.projections] == budget.valued_schemes(pack)


def test_the_main_scheme_is_the_one_that_pays_most():
    found = budget.review_schemes(pack_of("XTC"))
    paid = {one.scheme: one.accounts["expenditure"].iloc[0] for one in found.projections}
    assert found.main.scheme == max(paid, key=paid.get) == "npf"
    assert budget.review_schemes(pack_of("SEN")).main is None


def test_only_the_training_country_has_insured_persons():
    assert budget.review_schemes(pack_of("SEN")).projections == []
    assert len(budget.review_schemes(pack_of("XTC")).projections) == 2
