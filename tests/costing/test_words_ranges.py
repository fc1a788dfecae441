"""Sentences on ranges say how they are to be read, in words for every code that a table can hold."""

import numpy as np
import pandas as pd
import pytest
from stories import pack_of

from nasssap_lib.costing.assumptions import COMMON, OWN, assumptions_of
from nasssap_lib.costing.stress import CASES as STRESSED
from nasssap_lib.costing.stress import stress_cases
from nasssap_lib.costing.words_ranges import (
    ASSUMPTIONS,
    CASES,
    UNITS,
    bands_title,
    case_sentence,
    share_of_draws_sentence,
    tornado_title,
    value_words,
)
from nasssap_lib.pack.schema import ADMIN_BASES, AMOUNT_BASES


def test_every_code_has_its_words():
    assert set(ASSUMPTIONS) == {*OWN, *COMMON} and set(CASES) == set(STRESSED)
    assert set(AMOUNT_BASES) <= set(UNITS) and {f"share_of_{base}" for base in ADMIN_BASES} <= set(UNITS)
    assert set(assumptions_of(pack_of("SEN"))["unit"]) <= set(UNITS)


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        ("gdp_per_head", 7.5, "7.5"), ("lcu_per_month", 12_000, "12,000"), ("share_of_benefits", 0.05, "5\xa0%"), ("years", 0.0, "0"),
        ("factor", 1.04, "+4\xa0%"), ("share_a_year", -0.005, "−0.5\xa0%"),
        ("between_bounds", -1.0, "lower bound"), ("between_bounds", 0.0, "medium variant"), ("between_bounds", -0.5, "−0.5"),
    ],
)  # fmt: skip
def test_values_at_the_ends_of_bars(unit, value, words):
    assert value_words(unit, value) == words


def test_titles_name_the_last_year_that_is_known():
    rows = pd.DataFrame(
        {"option": "total", "name": "", "year": [2030, 2031], "low": [0.01, np.nan], "high": [0.02, np.nan]}
    )
    assert bands_title(rows, "Testland") == "Testland: all options together would cost 1\xa0% to 2\xa0% of GDP in 2030"
    assert "not known" in bands_title(rows.assign(low=np.nan), "Testland")
    assert "none has a range, or the cost is not known" in tornado_title(pd.DataFrame())


def test_a_share_of_draws_is_never_called_a_probability():
    words = share_of_draws_sentence(0.5, 0.02, 2030)
    assert "of the draws within the assumed ranges" in words and "no probability" in words
    assert "not known" in share_of_draws_sentence(np.nan, 0.02, 2030)


def test_the_dearest_case_is_named_with_what_no_economy_moves():
    """All options of Senegal are in % of GDP per head: full take-up at once is the only case that costs more."""
    words = case_sentence(stress_cases(pack_of("SEN"), [2028]), 2028)
    assert "Full take-up at once" in words and "8 options follow GDP per head" in words
    assert "not known" in case_sentence(stress_cases(pack_of("SEN"), [2028], ["disability_benefit"]), 2028)
