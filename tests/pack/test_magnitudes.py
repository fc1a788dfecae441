"""Figures of the wrong size: units that people mix up are found, and no figure of the nine packs is taken for one of them."""

import pandas as pd
import pytest
from odd_packs import frames_of, told, where
from stories import ALL

from nasssap_lib.pack.magnitudes import magnitude_findings


@pytest.mark.parametrize("country", ALL)
def test_what_is_odd_in_a_shipped_pack_says_that_it_was_published_so(country):
    frames = frames_of(country)
    for found in magnitude_findings(frames):
        assert "as published" in frames[found.frame].loc[found.row, "note"], found


NATIONAL = {"indicator": "effective_coverage", "group": "at_least_one", "year": 2022}


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"facts": where("value", lambda v: v / 100, **NATIONAL)}, ("facts", "about_as_beside", False)),
        ({"facts": where("value", lambda v: v / 100, indicator="effective_coverage")}, ("facts", "percent_not_share", False)),
        ({"facts": where("value", lambda v: v / 100, indicator="wage_and_salaried_share")}, ("facts", "percent_not_share", False)),
        (
            {"facts": where("value", lambda v: v / 100, indicator="poverty_headcount", breakdown="line=national")},
            ("facts", "seldom_below_1", True),
        ),
        ({"facts": where("value", lambda v: v * 1000, indicator="births")}, ("facts", "births_up_to", False)),
        ({"facts": where("value", lambda v: v * 1000, indicator="births", year=2020)}, ("facts", "about_as_beside", False)),
        ({"facts": where("value", lambda v: v * 1000, indicator="gdp_current")}, ("facts", "same_as", False)),
        ({"facts": where("value", lambda v: 1 / v, indicator="exchange_rate")}, ("facts", "same_as", False)),
        ({"facts": where("value", lambda v: v * 2, indicator="government_revenue")}, ("facts", "same_as", True)),
        (
            {"scheme_figures": where("value", lambda v: v * 1000, measure="beneficiaries")},
            ("scheme_figures", "people_up_to", False),
        ),
        ({"scheme_figures": where("value", lambda v: v * 1000, measure="expenditure")}, ("scheme_figures", "money_up_to", False)),
        ({"measures": where("amount_central", lambda v: 4000.0, amount_basis="gdp_per_head")}, ("measures", "amount_up_to", True)),
        ({"population": where("persons", lambda v: v / 1000)}, ("population", "population_of_year", False)),
        ({"population": where("persons", lambda v: 0.0)}, ("population", "persons_above_0", False)),
        ({"population": where("persons", lambda v: v * 10, sex="female")}, ("population", "sexes_alike", True)),
        (
            {"population": where("persons", lambda v: v * 10, age_group="10-14", year=2025)},
            ("population", "about_as_other_years", True),
        ),
    ],
)  # fmt: skip
def test_units_that_are_mixed_up_are_found(changes, finding):
    found = {(frame, code, doubt) for frame, _, code, doubt in told(magnitude_findings(frames_of("SEN", **changes)))}
    assert finding in found


def test_two_publishers_of_one_rank_are_not_chained():
    def census(population: pd.DataFrame) -> pd.DataFrame:
        rows = population[population["year"] == 2025].assign(year=2023, source="CENSUS")
        return pd.concat([population, rows], ignore_index=True)

    def and_its_source(rank: int):
        def add(sources: pd.DataFrame) -> pd.DataFrame:
            row = sources.iloc[[0]].assign(id="CENSUS", publisher="Statistical office", edition_rank=rank)
            return pd.concat([sources, row], ignore_index=True)

        return add

    for rank, expected in ((0, True), (1, False)):
        frames = frames_of("SEN", population=census, sources=and_its_source(rank))
        found = {code for _, _, code, _ in told(magnitude_findings(frames))}
        assert ("one_population" in found) == expected


def test_a_balance_that_crosses_zero_is_no_error_of_unit():
    near_zero = where("value", lambda v: 0.001, indicator="government_net_lending_gdp", year=2018)
    assert told(magnitude_findings(frames_of("SEN", facts=near_zero))) == set()
