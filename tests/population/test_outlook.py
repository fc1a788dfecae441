"""A country's projection by its own rates: which are used, from which year, and what stands between the fifths."""

import numpy as np
import pandas as pd
import pytest
from reference_numbers import reference_path
from stories import ALL, pack_of

from nasssap_lib.errors import NasssapError
from nasssap_lib.population.by_age import count_persons
from nasssap_lib.population.outlook import (
    life_tables,
    project_births,
    project_population,
    starting_population,
    used_rates,
)
from nasssap_lib.population.projection import Assumptions


def with_rates(pack, rates: pd.DataFrame):
    return pack.with_tables(demography=rates)


def test_births_of_senegal_are_those_of_the_check_file():
    wanted = pd.read_csv(reference_path("country_checks.csv"), index_col="id").loc["births_SEN"]
    births = project_births(pack_of("SEN")).set_index("period")["births"]
    assert births["2025-2030"] / 1000 == pytest.approx(wanted["value"], abs=wanted["tolerance"])


@pytest.mark.parametrize("country", ALL)
def test_a_country_is_projected_from_its_reference_year_to_2075(country):
    years = project_population(pack_of(country))["year"].unique().tolist()
    assert years == list(range(2025, 2080, 5))


def test_years_between_the_fifths_lie_on_a_line_and_are_estimated():
    table = project_population(pack_of("SEN"), years=[2030, 2032, 2035]).groupby("year")
    persons = table["persons"].sum()
    assert persons[2032] == pytest.approx(0.6 * persons[2030] + 0.4 * persons[2035])
    assert set(table["quality"].first()) == {"estimated"}


def test_single_ages_are_counted_as_everywhere_by_the_even_split():
    table = project_population(pack_of("SEN"), years=[2030])
    whole = count_persons(table, [2030], 60, 64)["persons"].iat[0]
    assert count_persons(table, [2030], 62, 64)["persons"].iat[0] == pytest.approx(whole * 0.6)


def test_a_year_beyond_the_rates_gives_no_row():
    assert project_population(pack_of("SEN"), years=[2074, 2076])["year"].unique().tolist() == [2074]


def test_assumptions_change_the_projection_and_nothing_of_the_pack():
    pack = pack_of("SEN")
    before = pack.demography.copy(), pack.population.copy()
    high = project_population(pack, Assumptions(fertility_variant="high"), [2050])["persons"].sum()
    assert high > project_population(pack, years=[2050])["persons"].sum()
    pd.testing.assert_frame_equal(pack.demography, before[0])
    pd.testing.assert_frame_equal(pack.population, before[1])


def test_of_two_editions_the_one_that_ranks_higher_is_used_and_never_both():
    pack = pack_of("SEN")
    sources = pd.concat([pack.sources, pack.sources.tail(1).assign(id="NATIONAL", edition_rank=3)], ignore_index=True)
    national = pack.demography[pack.demography["indicator"] == "total_fertility"].assign(source="NATIONAL", value=4.0)
    both = pack.with_tables(sources=sources, demography=pd.concat([pack.demography, national]))
    rates = used_rates(both)
    assert rates[rates["indicator"] == "total_fertility"]["source"].unique().tolist() == ["NATIONAL"]
    assert rates[rates["indicator"] == "death_rate"]["source"].unique().tolist() == ["WPP2024-mx5dt"]
    assert project_births(both)["births"].iat[0] > project_births(pack)["births"].iat[0]


def test_another_first_year_is_one_in_which_a_period_begins():
    assert starting_population(pack_of("SEN"), 2020)["year"].unique().tolist() == [2020]
    with pytest.raises(NasssapError, match="nothing to project from in 2023; possible: 2020, 2025, 2030"):
        project_population(pack_of("SEN"), from_year=2023)


def test_a_pack_without_demography_says_what_to_fill():
    pack = with_rates(pack_of("SEN"), pack_of("SEN").demography.iloc[:0])
    with pytest.raises(NasssapError, match=r"nothing to project from; fill demography.csv"):
        project_population(pack)
    with pytest.raises(NasssapError, match="no death rates"):
        life_tables(pack)


def test_life_tables_name_period_sex_and_source():
    tables = life_tables(pack_of("XTC"))
    assert {"period", "sex", "source", "ex"} <= set(tables) and not np.isnan(tables["ex"]).any()
