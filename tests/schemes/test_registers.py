"""Registers against rates: what has grown by more than half since a rate was observed, and what is no growth."""

import pandas as pd
import pytest
from stories import ALL, one, pack_of

from nasssap_lib.schemes.registers import outgrown_rates


def test_zambia_s_cash_transfer_has_outgrown_the_survey_of_2015():
    found = one(outgrown_rates(pack_of("ZMB")), indicator="aspire_coverage_social_assistance")
    # 180,261 households when the survey was made, more than 1.3 million in 2024: 7.2 times
    assert found[["rate_year", "first", "first_year", "last", "last_year"]].tolist() == [
        2015,
        180_261,
        2015,
        1_300_000,
        2024,
    ]
    assert found["growth"] == pytest.approx(1_300_000 / 180_261)
    assert {"SPORG-SCT-2017", "ZDIGEST-2024"} <= set(found["source"].split(";"))


def test_other_countries_have_no_such_series():
    assert {country for country in ALL if len(outgrown_rates(pack_of(country)))} == {"ZMB"}


def registers(counts: dict[int, float], **more) -> pd.DataFrame:
    pack = pack_of("ZMB")
    figures = pack.scheme_figures
    own = figures[(figures["scheme"] == "sct") & (figures["measure"] == "beneficiaries")].iloc[:1]
    rows = [own.assign(year=year, value=value, **more) for year, value in counts.items()]
    return outgrown_rates(pack.with_tables(scheme_figures=pd.concat(rows)))


@pytest.mark.parametrize(
    ("counts", "grown"),
    [
        ({2015: 100, 2024: 151}, True),
        ({2015: 100, 2024: 150}, False),  # more than half
        ({2014: 300, 2015: 100, 2024: 160}, True),  # the nearest count
        ({2013: 100, 2024: 500}, True),  # two years apart
        ({2012: 100, 2024: 500}, False),  # nothing stands for 2015
        ({2015: 100, 2024: 160, 2025: 120}, False),  # the newest counts
        ({2015: 100, 2030: 900}, False),  # ahead of the reference year
        ({2015: 0, 2024: 900}, False),
    ],
)
def test_what_a_register_contradicts(counts, grown):
    """Zambia's survey is of 2015, the reference year 2025."""
    found = registers(counts)
    assert ("aspire_coverage_social_assistance" in set(found["indicator"])) is grown


def test_persons_added_up_over_years_are_no_register():
    assert registers({2015: 100, 2024: 900}, counted_in="cumulative_persons").empty
