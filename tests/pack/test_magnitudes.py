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
    ("indicator", "value", "doubted"),
    [
        ("informal_employment_share", 0.951, True),
        ("informal_employment_share", 95.1, False),
        ("effective_coverage", 0.4, False),
    ],
)
def test_one_figure_alone_is_a_share_where_no_country_has_so_few(indicator, value, doubted):
    """A new pack often holds one value of an indicator; a coverage below 1 % is published of mothers in Tanzania."""

    def one(facts):
        return facts[facts["indicator"] == indicator].iloc[:1].assign(value=value)

    found = list(magnitude_findings(frames_of("SEN", facts=one)))
    assert [(f.column, f.doubt) for f in found if f.expected == "seldom_below_1"] == [("value", True)] * doubted


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
        ({"population": where("persons", lambda v: 0.0)}, ("population", "persons_above_0", True)),
        ({"population": where("persons", lambda v: v * 10, sex="female")}, ("population", "population_of_year", False)),
        ({"population": where("persons", lambda v: v * 5, sex="female", age_group="30-34")}, ("population", "sexes_alike", True)),
        ({"population": where("sex", {"female": "male", "male": "female"}.get)}, ("population", "boys_and_old_women", True)),
        ({"facts": where("value", lambda v: 0.0, indicator="gdp_current")}, ("facts", "above_0", False)),
        ({"facts": where("value", lambda v: v / 100, indicator="unemployment_rate")}, ("facts", "percent_not_share", True)),
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


def test_the_figure_that_is_wrong_is_named_and_not_what_follows_from_it():
    """The IMF's population in thousands: the age groups are right, and three other figures say so."""
    frames = frames_of("SEN", facts=where("value", lambda v: v * 1000, indicator="population_imf"))
    named = {frames[found.frame].loc[found.row, "indicator"] for found in magnitude_findings(frames)}
    assert named == {"population_imf"}
    assert {found.frame for found in magnitude_findings(frames)} == {"facts"}


def test_people_in_thousands_are_named_where_they_stand():
    frames = frames_of("SEN", population=where("persons", lambda v: v / 1000))
    assert told(magnitude_findings(frames)) >= {("population", "persons", "population_of_year", False)}
    assert "same_as" not in {code for _, _, code, doubt in told(magnitude_findings(frames)) if not doubt}


@pytest.mark.parametrize("values", [[900, 90_000, 95_000], [500, 52_000, 1_200]])
def test_an_emergency_scheme_may_grow_a_hundredfold(values):
    def grown(figures: pd.DataFrame) -> pd.DataFrame:
        rows = figures[figures["unit"] == "persons"].head(1)
        new = pd.concat([rows.assign(year=2019 + i, value=float(v), detail="pilot") for i, v in enumerate(values)])
        return pd.concat([figures, new], ignore_index=True)

    found = told(magnitude_findings(frames_of("SEN", scheme_figures=grown)))
    assert all(doubt for *_, doubt in found)


def test_a_city_without_farms_is_no_error_of_unit():
    frames = frames_of("SEN", facts=where("value", lambda v: 0.3, indicator="employment_share_agriculture"))
    assert all(doubt for *_, doubt in told(magnitude_findings(frames)))


def test_a_balance_that_crosses_zero_is_no_error_of_unit():
    near_zero = where("value", lambda v: 0.001, indicator="government_net_lending_gdp", year=2018)
    assert told(magnitude_findings(frames_of("SEN", facts=near_zero))) == set()
