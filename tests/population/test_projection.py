"""Projections against the United Nations' own, against counts made by hand, and by what must hold whatever the rates."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import REAL, pack_of

from nasssap_lib.errors import NasssapError
from nasssap_lib.population.outlook import starting_population, used_rates
from nasssap_lib.population.projection import Assumptions, project, project_scenarios
from nasssap_lib.terms import AGE_GROUPS, LIFE_TABLE_AGES

FERTILE = AGE_GROUPS[3:10]


def people(persons=1000.0, year=2025) -> pd.DataFrame:
    cells = pd.MultiIndex.from_product([["female", "male"], AGE_GROUPS], names=["sex", "age_group"])
    return pd.Series(persons, cells, name="persons", dtype=float).reset_index().assign(year=year)


def rates(force=0.01, children=2.0, ratio=1.0, moved=0.0, periods=("2025-2030", "2030-2035")) -> pd.DataFrame:
    """Rates of two periods: one force of mortality at all ages, equal shares of seven ages of mothers."""
    rows = []
    for period in periods:
        for sex in ("female", "male"):
            rows += [("death_rate", age, sex, period, "medium", force) for age in LIFE_TABLE_AGES]
            rows += [("net_migrants", age, sex, period, "medium", moved) for age in AGE_GROUPS]
        rows += [("fertility_share", age, "female", period, "medium", 100 / 7) for age in FERTILE]
        rows += [("total_fertility", "", "female", period, "medium", children)]
        rows += [("total_fertility", "", "female", period, "low", children / 2)]
        rows += [("sex_ratio_at_birth", "", "total", period, "medium", ratio)]
    return pd.DataFrame(rows, columns=["indicator", "age_group", "sex", "period", "variant", "value"])


def of_sex(projection, sex: str) -> pd.Series:
    persons = projection.persons
    return persons[persons["sex"] == sex].set_index(["year", "age_group"])["persons"]


@pytest.mark.parametrize("country", REAL)
@pytest.mark.parametrize("first", [2020, 2025])
def test_the_united_nations_projection_comes_out_of_its_own_rates(country, first):
    pack = pack_of(country)
    published = pack.used_population.groupby(["year", "age_group"])["persons"].sum()
    projected = project(starting_population(pack, first), used_rates(pack)).persons
    ours = projected.groupby(["year", "age_group"])["persons"].sum()
    assert ours.index.get_level_values("year").max() == 2075
    older = AGE_GROUPS[12:]
    for year in range(first + 5, 2055, 5):
        assert ours[year].sum() == pytest.approx(published[year].sum(), rel=0.0015)
        assert ours[year][older].sum() == pytest.approx(published[year][older].sum(), rel=0.007)


@pytest.mark.parametrize("country", REAL)
def test_births_are_those_of_the_published_years(country):
    """Half of the first and of the last year, and all between them."""
    pack = pack_of(country)
    births = project(starting_population(pack, 2025), used_rates(pack)).births.set_index("period")["births"]
    yearly = pack.series("births").set_index("year")["value"].loc[2025:2030] * 1000
    assert births["2025-2030"] == pytest.approx(np.trapezoid(yearly), rel=0.005)


def test_the_training_country_is_what_its_own_model_says():
    pack = pack_of("XTC")
    for first in (2015, 2025):
        ours = (
            project(starting_population(pack, first), used_rates(pack))
            .persons.groupby(["year", "sex"])["persons"]
            .sum()
        )
        published = pack.used_population.groupby(["year", "sex"])["persons"].sum()
        for year in range(first + 5, 2055, 5):
            assert ours[year].to_numpy() == pytest.approx(published[year].to_numpy(), rel=0.01)


def test_a_step_by_hand():
    """Force 0.01 at all ages; 1,000 of each age and sex, 100 migrants at each; 2.1 children a woman, 1.05 boys per girl.

    A group of 10 to 84 keeps exp(−0.05): (1,000 + 50) × 0.9512294 + 50 = 1,048.7909. Women bear 2.1 ÷ 7 = 0.3 children in five years at
    each of seven ages: 7 × 0.3 × (1,000 + 1,048.7909) ÷ 2 = 2,151.2304.
    """
    projected = project(people(), rates(0.01, 2.1, 1.05, 100.0, ["2025-2030"]))
    women = of_sex(projected, "female")[2030]
    assert women.loc["15-19":"80-84"].to_numpy() == pytest.approx(1048.7909, abs=0.01)
    assert projected.births["births"].tolist() == [pytest.approx(2151.2304, abs=0.01)]
    girls, boys = women["0-4"] - 50, of_sex(projected, "male")[2030]["0-4"] - 50
    assert boys / girls == pytest.approx(1.05, rel=1e-3)  # boys die a little later within their first year
    # girls at 0: a = 0.1284773, q = 0.01 / 1.0087152 = 0.0099136, lived 0.9913601; at 1 to 4: a = 1.50682, q = 0.0390270, lived 3.8640077
    assert girls == pytest.approx(2151.2304 / 2.05 * (0.9913601 + 3.8640077) / 5, abs=0.01)
    oldest = (1000 + 50) * 2 * np.exp(-0.05) + 50  # 95-99 and 100+ together
    assert women["100+"] == pytest.approx(oldest, rel=1e-4)


@given(st.floats(0.002, 0.05), st.floats(0.0, 7.0))
def test_equal_sexes_stay_equal_without_migration(force, children):
    """Only the years lived by those who die below five differ by sex: from 5 on the sexes are the same in the first step."""
    projected = project(people(), rates(force, children))
    women, men = of_sex(projected, "female")[2030], of_sex(projected, "male")[2030]
    assert women.iloc[2:].to_numpy() == pytest.approx(men.iloc[2:].to_numpy())
    assert women["0-4"] == pytest.approx(men["0-4"], rel=2e-3)


@given(st.floats(0.5, 20), st.floats(-200, 200), st.floats(0.5, 6))
def test_twice_the_people_and_migrants_are_twice_as_many_later(times, moved, children):
    one = project(people(), rates(moved=moved, children=children))
    more = project(people(1000 * times), rates(moved=moved * times, children=children))
    assert more.persons["persons"].to_numpy() == pytest.approx(times * one.persons["persons"].to_numpy())
    assert more.births["births"].to_numpy() == pytest.approx(times * one.births["births"].to_numpy())


def test_without_fertility_there_are_no_children():
    projected = project(people(), rates(), Assumptions(fertility=0))
    persons = projected.persons.set_index(["year", "age_group"])["persons"]
    assert (projected.births["births"] == 0).all()
    assert (persons[2030]["0-4"] == 0).all() and (persons[2035][["0-4", "5-9"]] == 0).all()
    assert (persons[2035]["10-14"] > 0).all()


@given(st.floats(0, 3), st.floats(0.1, 3), st.floats(0, 3))
def test_many_scenarios_at_once_are_each_of_them_alone(fertility, mortality, migration):
    scenarios = pd.DataFrame(
        {
            "fertility_variant": ["medium", "low", "medium"],
            "fertility": [1.0, fertility, 1.0],
            "mortality": [1.0, 1.0, mortality],
            "migration": [1.0, migration, migration],
        },
        index=["none", "some", "more"],
    )
    all_at_once = project_scenarios(people(), rates(moved=20), scenarios)
    for name, row in scenarios.iterrows():
        alone = project(people(), rates(moved=20), Assumptions(**row))
        same = all_at_once.persons[all_at_once.persons["scenario"] == name]
        assert same["persons"].to_numpy() == pytest.approx(alone.persons["persons"].to_numpy(), rel=1e-9)


@given(st.floats(1.05, 3.0))
def test_each_assumption_moves_what_it_is_about(factor):
    base = project(people(), rates(moved=20))
    last = base.persons[base.persons["year"] == 2035]["persons"].sum()
    for changed, more in (
        (Assumptions(fertility=factor), True),
        (Assumptions(mortality=factor), False),
        (Assumptions(migration=factor), True),
    ):
        other = project(people(), rates(moved=20), changed).persons
        assert (other[other["year"] == 2035]["persons"].sum() > last) is np.bool_(more)


def test_the_low_variant_of_fertility_is_its_own_series():
    half = project(people(), rates(), Assumptions(fertility=0.5)).births["births"]
    low = project(people(), rates(), Assumptions(fertility_variant="low")).births["births"]
    pd.testing.assert_series_equal(low, half)


def test_what_is_projected_is_marked_and_names_its_sources():
    pack = pack_of("SEN")
    persons = project(starting_population(pack, 2025), used_rates(pack)).persons
    observed = starting_population(pack, 2025).assign(quality="observed")
    later = project(observed, used_rates(pack)).persons.groupby("year")["quality"].unique().map(list)
    assert later[2025] == ["observed"] and later[2030] == ["estimated"]
    assert "WPP2024-mx5dt" in persons[persons["year"] == 2030]["source"].iat[0]
    assert persons[persons["year"] == 2025]["source"].unique().tolist() == ["WPP2024-popprojAge5dt"]


@pytest.mark.parametrize(
    ("population", "given_rates", "words"),
    [
        (people(year=2026), rates(), "no period of the rates begins in 2026.*they begin in 2025, 2030"),
        (pd.concat([people(), people(year=2030)]), rates(), "the population is of 2 years"),
        (people().iloc[1:], rates(), "no persons of female 0-4 in 2025"),
        (people(np.nan), rates(), "missing or below 0"),
        (pd.concat([people(), people().iloc[:1]]), rates(), "stands twice"),
        (people(), rates(moved=-5000), "more people of .* leave in 2025-2030 than live there"),
        (people(), rates(force=-1), "the death rate at 0"),
        (
            people(),
            rates().query("indicator != 'net_migrants'"),
            "net_migrants female 0-4 is missing in 2025-2030; write 0",
        ),
        (people(), rates().query("indicator != 'sex_ratio_at_birth'"), "sex_ratio_at_birth total is missing"),
        (people(), rates().query("age_group != '20-24' or indicator != 'fertility_share'"), "adds up to 85.7"),
        (people(), pd.concat([rates(), rates().tail(1)]), "stands twice"),
    ],
)
def test_what_nothing_can_be_projected_from_is_refused_with_its_place(population, given_rates, words):
    with pytest.raises(NasssapError, match=words):
        project(population, given_rates)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"fertility_variant": "hihg"}, "did you mean 'high'"),
        ({"fertility": -0.1}, "fertility is -0.1; expected a factor at least 0"),
        ({"mortality": 0}, "mortality is 0; expected a factor more than 0"),
        ({"migration": 110}, "migration is 110; .* at most 10"),
        ({"fertility": "high"}, "fertility is 'high'"),
    ],
)
def test_assumptions_that_mean_nothing_are_refused(changes, words):
    with pytest.raises(NasssapError, match=words):
        Assumptions(**changes)


def test_a_number_in_place_of_assumptions_is_refused():
    with pytest.raises(
        NasssapError, match=r"assumptions is 0.9; expected Assumptions, such as Assumptions\(fertility=0.9\)"
    ):
        project(people(), rates(), 0.9)


def test_a_scenario_that_assumes_something_unknown_is_refused():
    with pytest.raises(NasssapError, match="'fertilty' is no assumption; did you mean 'fertility'"):
        project_scenarios(people(), rates(), pd.DataFrame({"fertilty": [1.0]}))


def test_the_few_whom_rounding_takes_below_nobody_are_nobody():
    """Mali's men of 100 and over: 9 persons, of whom 27 leave."""
    pack = pack_of("MLI")
    assert (project(starting_population(pack, 2020), used_rates(pack)).persons["persons"] >= 0).all()
