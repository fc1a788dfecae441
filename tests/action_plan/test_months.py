"""Dates as months, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.action_plan.months import month_of, month_text, quarter_text
from nasssap_lib.errors import NasssapError


@given(st.integers(1900, 2200), st.integers(1, 12))
def test_a_month_comes_back_as_it_was_written(year, month):
    text = f"{year}-{month:02d}"
    assert month_text(month_of(text)) == month_text(month_of(f"{text}-17")) == text
    assert quarter_text(month_of(text)) == f"{year}-Q{(month + 2) // 3}"


def test_a_year_alone_is_twelve_months():
    assert month_text(month_of("2027")) == "2027-01"
    assert month_text(month_of("2027", last=True)) == "2027-12"


@pytest.mark.parametrize("date", ["", "2027-13", "2027-00", "March 2027", "2027-x"])
def test_what_is_no_date_is_named(date):
    with pytest.raises(NasssapError, match="expected a year or a month"):
        month_of(date)
