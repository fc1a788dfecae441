"""Figures out of all proportion to another one, though each series agrees with itself: found in the series as a whole."""

import pandas as pd
import pytest
from odd_packs import frames_of, told, where
from stories import ALL

from nasssap_lib.pack.magnitudes import magnitude_findings
from nasssap_lib.pack.proportions import proportion_findings

TODAY = 2026


@pytest.mark.parametrize("country", ALL)
def test_no_figure_of_a_shipped_pack_is_out_of_proportion(country):
    assert list(proportion_findings(frames_of(country), TODAY)) == []


def found(country="SEN", **changes):
    frames = frames_of(country, **changes)
    return {(frame, column, code, doubt) for frame, column, code, doubt in told(proportion_findings(frames, TODAY))}


def times(factor, indicator):
    return {"facts": where("value", lambda value: value * factor, indicator=indicator)}


def without(*indicators):
    def drop(facts: pd.DataFrame) -> pd.DataFrame:
        return facts[~facts["indicator"].isin(indicators)]

    return drop


@pytest.mark.parametrize(
    ("country", "indicator", "factor", "code", "doubt"),
    [
        ("SEN", "minimum_wage_monthly", 1 / 1000, "in_proportion", False),
        ("SEN", "minimum_wage_monthly", 1 / 100, "in_proportion", True),
        ("SEN", "minimum_wage_hourly", 1 / 1000, "in_proportion", False),
        ("RWA", "minimum_wage_daily", 1000, "in_proportion", False),
        ("RWA", "national_poverty_line", 100, "in_proportion", False),
        ("RWA", "national_poverty_line", 1 / 100, "in_proportion", False),
        ("RWA", "national_poverty_line", 1 / 12, "in_proportion", True),  # a month for a year
        ("SEN", "national_poverty_line_harmonised", 100, "in_proportion", False),
        ("SEN", "national_poverty_line_harmonised", 1 / 100, "in_proportion", False),
        ("SEN", "welfare_median", 100, "in_proportion", False),
        ("SEN", "welfare_median", 2, "median_of_mean", True),
        ("SEN", "welfare_median", 5, "median_of_mean", False),
        ("SEN", "gdp_ppp", 1000, "in_proportion", False),
        ("SEN", "gdp_ppp", 1 / 1000, "in_proportion", False),
        ("SEN", "gdp_per_head_ppp_2021", 1000, "in_proportion", False),
        ("SEN", "social_protection_expenditure_gdp", 30, "spent_up_to", False),
        ("SEN", "social_protection_expenditure_gdp", 17, "spent_up_to", True),
        ("BFA", "social_assistance_expenditure_gdp", 10, "spent_up_to", True),
        ("LKA", "social_protection_budget", 1000, "spent_up_to", False),
    ],
)
def test_a_series_in_another_unit_is_found_by_another_figure(country, indicator, factor, code, doubt):
    assert ("facts", "value", code, doubt) in found(country, **times(factor, indicator))


def test_gdp_at_constant_prices_in_another_unit_is_found_with_and_without_a_deflator():
    frames = frames_of("SEN", **times(1000, "gdp_constant"))
    assert ("same_as", False) in {(code, doubt) for _, _, code, doubt in told(magnitude_findings(frames))}
    frames["facts"] = without("gdp_deflator")(frames["facts"])
    assert ("as_current_nearby", True) in {
        (code, doubt) for *_, code, doubt in told(proportion_findings(frames, TODAY))
    }


@pytest.mark.parametrize(
    ("indicator", "beside"), [("gdp_ppp", "ppp_conversion_factor"), ("gdp_per_head_ppp", "population")]
)
def test_gdp_at_purchasing_power_parity_agrees_with_what_it_is_computed_from(indicator, beside):
    frames = frames_of("SEN", **times(1000, indicator))
    odd = [one for one in magnitude_findings(frames) if one.expected.startswith("same_as")]
    assert {frames["facts"].loc[one.row, "indicator"] for one in odd} & {
        indicator,
        "gdp_current",
        "gdp_per_head",
        "gdp_ppp",
    }
    assert not any(one.doubt for one in odd)


@pytest.mark.parametrize(
    ("column", "value", "code", "doubt"),
    [
        ("mean", 0.0, "lived_on", False),
        ("mean", 100_000.0, "lived_on", False),
        ("mean", 0.2, "lived_on", True),
        ("mean", 300.0, "lived_on", True),
        ("ppp_year", 1850, "a_vintage", False),
        ("ppp_year", 2050, "a_vintage", False),
        ("ppp_year", 2016, "a_vintage", True),
    ],
)
def test_nobody_lives_on_it_and_no_prices_were_compared_then(column, value, code, doubt):
    assert ("welfare", column, code, doubt) in found(welfare=where(column, lambda _: value))


def test_what_is_twice_as_high_or_half_elsewhere_is_no_finding():
    for factor in (0.5, 2):
        assert found(**times(factor, "minimum_wage_monthly")) == set()
        assert found("RWA", **times(factor, "national_poverty_line")) == set()


def test_empty_tables_are_asked_nothing():
    frames = frames_of("SEN")
    empty = {name: table.iloc[:0] for name, table in frames.items()}
    assert list(proportion_findings(empty, TODAY)) == []
