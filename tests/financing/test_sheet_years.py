"""What the calculation gives, against the package's own figures."""

import numpy as np
import pytest
from negotiating_tables import COUNTRIES, table_of
from stories import pack_of

from nasssap_lib.costing.combined import combine_options
from nasssap_lib.costing.package import cost_package
from nasssap_lib.financing.sheet_years import left_over, reached_shares, units_of


@pytest.mark.parametrize("country", COUNTRIES)
def test_persons_whom_no_option_before_pays_are_those_of_the_combined_package(country):
    pack, table = pack_of(country), table_of(country)
    together = (
        combine_options(cost_package(pack), pack, list(pack.measures["id"]))
        .set_index(["option", "sex", "year"])
        .sort_index()
    )
    shares = reached_shares(table)
    for at, line in enumerate(table.lines):
        for place, sex in enumerate(("female", "male")):
            ours = line.persons[place] * left_over(table, at, sex, shares)
            theirs = together.loc[(line.id, sex), "persons"].to_numpy(float)
            np.testing.assert_allclose(ours[1:], theirs, rtol=1e-9)


@pytest.mark.parametrize("country", COUNTRIES)
def test_units_times_their_worth_are_the_cost(country):
    table = table_of(country)
    for line in table.lines:
        ours = sum(units_of(line, place) for place in (0, 1)) * line.unit.heads / table.economy["population"]
        np.testing.assert_allclose(ours[1:], line.results["share_of_gdp"][1:], rtol=1e-12)
