"""Where everything stands."""

import pytest
from negotiating_tables import COUNTRIES, book_of


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_two_series_share_a_row(country):
    places = list(book_of(country).places.rows.values())
    assert len(places) == len(set(places)) > 100


def test_sheets_are_named_in_formulas_of_other_sheets_alone():
    places = book_of("SEN").places
    assert places.at("gdp", 0, "economy") == "F7"
    assert places.at("gdp", 0, "years") == "'7 Economy'!F7"
