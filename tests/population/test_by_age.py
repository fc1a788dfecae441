"""Persons by age in any year, against counts made by hand on the small pack: 1,000 a cell in 2020, 2,000 in 2025."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pack import write_small_pack

from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.population.by_age import count_persons, share_of_band


@pytest.fixture(scope="module")
def population(tmp_path_factory):
    return read_pack("XTS", write_small_pack(tmp_path_factory.mktemp("data")).parent).used_population


def persons(population, *args):
    return count_persons(population, *args)["persons"].tolist()


def test_counts_by_hand(population):
    assert persons(population, [2020]) == [42_000]  # 21 groups × 2 sexes × 1,000
    assert persons(population, [2020], 0, None, "female") == [21_000]
    assert persons(population, [2020], 0, 14) == [6_000]  # three groups
    assert persons(population, [2020], 65) == [16_000]  # 65-69 … 100+: eight groups
    assert persons(population, [2022], 0, 14) == [pytest.approx(8_400)]  # 1,000 + 2/5 × 1,000 = 1,400 a cell
    assert persons(population, [2020], 0, 17) == [pytest.approx(7_200)]  # and 3/5 of 15-19


def test_a_year_outside_the_projection_is_missing_never_extrapolated(population):
    assert np.isnan(persons(population, [2051, 2019])).all()


def test_splitting_a_band_is_marked_estimated(population):
    observed = population.assign(quality="observed")
    assert count_persons(observed, [2020], 60)["quality"].tolist() == ["observed"]
    assert count_persons(observed, [2020], 62)["quality"].tolist() == ["estimated"]
    assert count_persons(observed, [2022], 60)["quality"].tolist() == ["estimated"]


def test_an_empty_population_gives_missing_counts(population):
    assert np.isnan(persons(population.iloc[:0], [2020])).all()


def test_one_sex_alone_is_not_all_persons(population):
    """Women and men of 2020, women alone of 2025: nothing is known of everybody after 2020."""
    women_later = population[(population["year"] == 2020) | (population["sex"] == "female")]
    assert persons(women_later, [2020]) == [42_000]
    assert np.isnan(persons(women_later, [2022, 2025])).all()
    assert persons(women_later, [2025], 0, None, "female") == [42_000]  # 21 groups × 2,000
    assert np.isnan(persons(population[population["sex"] == "male"], [2020])).all()


def test_a_year_with_nobody_is_a_year_without_figures(population):
    """No country has no people: nothing was published, and nothing is divided by it."""
    empty = population.assign(persons=population["persons"].where(population["year"] == 2020, 0))
    assert persons(empty, [2020]) == [42_000]
    assert np.isnan(persons(empty, [2022, 2025])).all()
    assert np.isnan(persons(empty, [2025], 0, 14, "male")).all()
    no_women = population.assign(persons=population["persons"].where(population["sex"] == "male", 0))
    assert np.isnan(persons(no_women, [2020])).all()


def test_an_unknown_sex_is_refused_not_counted_as_nobody(population):
    with pytest.raises(NasssapError, match="sex is 'women'; expected one of total, female, male"):
        count_persons(population, [2020], 0, None, "women")


@given(st.integers(0, 99))
def test_two_parts_of_the_ages_add_up_to_the_whole(age):
    whole = share_of_band(0, None)
    pd.testing.assert_series_equal(share_of_band(0, age) + share_of_band(age + 1, None), whole)
