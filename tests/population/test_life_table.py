"""Life tables against constant forces, against published life expectancies, and by the properties that no table may lack."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_numbers import reference_path
from stories import REAL, pack_of

from nasssap_lib.errors import NasssapError
from nasssap_lib.population.life_table import annuity, life_table, survival_ratios
from nasssap_lib.population.outlook import life_tables
from nasssap_lib.terms import LIFE_TABLE_AGES

PERIODS = ["2020-2025", "2025-2030"]


def rates(values, sex="female", **further) -> pd.DataFrame:
    return pd.DataFrame({"age_group": LIFE_TABLE_AGES, "sex": sex, "value": values, **further})


def check(name: str) -> pd.Series:
    """The row of country_checks.csv."""
    table = pd.read_csv(reference_path("country_checks.csv"), index_col="id")
    return table.loc[name]


def women_of_senegal() -> pd.DataFrame:
    tables = life_tables(pack_of("SEN"))
    return tables[(tables["sex"] == "female") & (tables["period"] == "2025-2030")]


def test_life_expectancy_at_60_of_senegals_women_is_that_of_the_hand_calculation():
    wanted = check("e60_women_SEN")
    at_60 = women_of_senegal().set_index("age").loc[60]
    assert at_60["ex"] == pytest.approx(wanted["value"], abs=wanted["tolerance"])
    assert (at_60["Tx"], at_60["lx"]) == (pytest.approx(15.523909, abs=1e-3), pytest.approx(0.842792, abs=1e-4))


def test_the_annuity_at_60_is_that_of_the_hand_calculation():
    wanted = check("annuity60_women_SEN")
    value = annuity(women_of_senegal(), 60, 0.03)["annuity"]
    assert value.tolist() == [pytest.approx(wanted["value"], abs=wanted["tolerance"])]


def test_life_expectancy_at_birth_is_that_of_the_check_file():
    wanted = check("e0_SEN")
    assert women_of_senegal()["ex"].iat[0] == pytest.approx(wanted["value"], abs=wanted["tolerance"])


@pytest.mark.parametrize("country", REAL)
def test_life_expectancies_at_birth_are_the_means_of_the_published_years(country):
    """A period runs from the middle of its first year to the middle of its last: half of either counts."""
    pack, tables = pack_of(country), life_tables(pack_of(country)).set_index(["period", "sex", "age"])["ex"]
    for sex in ("female", "male"):
        published = pack.series("life_expectancy", sex=sex).set_index("year")["value"]
        years = published.loc[2025:2030].to_numpy()
        assert len(years) == 6
        mean = (years[1:5].sum() + (years[0] + years[5]) / 2) / 5
        assert tables["2025-2030", sex, 0] == pytest.approx(mean, abs=0.02)


@given(st.floats(0.001, 0.05), st.sampled_from(["female", "male"]))
def test_a_constant_force_is_exponential(force, sex):
    """From 10 on, where deaths of a group follow its neighbours; the shares of infants' and children's years are of their own kind."""
    table = life_table(rates(force, sex)).set_index("age")
    alive = table["lx"] / table["lx"][10]
    older = alive[alive.index >= 10]
    assert older.to_numpy() == pytest.approx(np.exp(-force * (older.index.to_numpy() - 10)), abs=1e-5)
    assert table["ex"][10] == pytest.approx(1 / force, rel=1e-4)


def test_where_the_middle_of_the_group_would_leave_fewer_than_nobody_somebody_is_left():
    """At 0.6 deaths a year and a = 2.5, 5 × 0.6 ÷ (1 + 2.5 × 0.6) = 1.2 of each would die; at 0.9 Greville's a leaves nobody either."""
    for old in (0.6, 0.9):
        assert 5 * old / (1 + 2.5 * old) > 1
        table = life_table(rates([*np.geomspace(0.001, 0.4, 20), old, old])).set_index("age")
        assert 0.9 < table["qx"][95] < 1 and table["lx"][100] > 0


@st.composite
def some_rates(draw):
    return draw(st.lists(st.floats(1e-5, 2.0), min_size=22, max_size=22))


@given(some_rates(), st.sampled_from(["female", "male"]))
def test_survivors_never_fall_below_nobody_whatever_the_rates(values, sex):
    table = life_table(rates(values, sex))
    assert (table["lx"] >= 0).all() and (table["lx"].diff().dropna() <= 0).all() and table["lx"].iat[0] == 1
    assert (table["Lx"] >= 0).all() and (table["ax"] > 0).all() and table["dx"].sum() == pytest.approx(1)
    assert table["Tx"].iat[0] == pytest.approx(table["Lx"].sum())


@given(some_rates())
def test_deaths_are_the_rate_times_the_years_lived(values):
    table = life_table(rates(values))
    assert (table["mx"] * table["Lx"]).to_numpy() == pytest.approx(table["dx"].to_numpy(), abs=1e-9)


@given(st.floats(1.01, 3.0))
def test_higher_rates_shorten_life_at_every_age(factor):
    mild, hard = women_of_senegal(), rates(women_of_senegal()["mx"].to_numpy() * factor)
    assert (life_table(hard)["ex"].to_numpy() < mild["ex"].to_numpy()).all()


def test_infants_deaths_come_early_by_the_published_lines():
    """Andreev and Kingkade by hand: women at 0.01: 0.14903 − 2.05527 × 0.01; men at 0.05: 0.02832 + 3.26021 × 0.05; both at 0.1."""
    years = [
        life_table(rates(m, sex))["ax"].iat[0]
        for m, sex in ((0.01, "female"), (0.05, "male"), (0.1, "female"), (0.1, "male"))
    ]
    assert years == pytest.approx([0.1284773, 0.1913305, 0.31411, 0.29915])


def test_every_age_of_every_table_is_there_with_its_keys():
    tables = life_tables(pack_of("SEN"))
    assert len(tables) == 12 * 2 * 22 and tables["source"].unique().tolist() == ["WPP2024-mx5dt"]
    assert tables.groupby(["period", "sex"])["age"].apply(list).map(tuple).nunique() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda table: table.assign(value=0.0), "the death rate at 0, female is 0; expected more than 0"),
        (lambda table: table.assign(value=-0.1), "is -0.1; expected more than 0"),
        (lambda table: table.assign(value=np.nan), "is nan; expected more than 0"),
        (lambda table: table.assign(value=17.0), "divide rates per 1,000 by 1,000"),
        (lambda table: table.iloc[:-1], "the last age is 95-99; expected an open one"),
        (lambda table: table.drop(index=5), "look at age 20"),
        (lambda table: pd.concat([table, table.iloc[:1]]), "age 0 stands twice"),
        (lambda table: table.assign(sex="total"), "sex is 'total'; expected female or male"),
        (lambda table: table.assign(age_group=["young", *LIFE_TABLE_AGES[1:]]), "age_group is 'young'"),
        (lambda table: table.iloc[:0], "no death rates"),
        (lambda table: table.drop(columns="sex"), "no column sex"),
    ],
)
def test_what_is_senseless_is_refused_with_the_place(change, words):
    with pytest.raises(NasssapError, match=words.replace("(", r"\(")):
        life_table(change(rates(0.02)))


@given(st.floats(0.001, 0.05))
def test_survival_ratios_of_a_constant_force(force):
    ratios = survival_ratios(life_table(rates(force))).set_index("age_group")["ratio"]
    assert ratios.loc["10-14":"85-89"].to_numpy() == pytest.approx(np.exp(-5 * force), abs=1e-5)
    assert ratios.between(0, 1).all() and len(ratios) == 21


def test_survival_ratios_need_the_ages_of_the_population():
    ages = [*LIFE_TABLE_AGES[:18], "85+"]
    short = life_table(pd.DataFrame({"age_group": ages, "sex": "male", "value": 0.02}))
    with pytest.raises(NasssapError, match=r"the last age is 85; expected ages up to 100\+"):
        survival_ratios(short)


def test_an_annuity_without_interest_is_the_years_that_are_left():
    table = women_of_senegal()
    left = table.set_index("age")["ex"]
    assert annuity(table, 65, 0.0)["annuity"].iat[0] == pytest.approx(left[65])
    assert annuity(table, 65, 0.05)["annuity"].iat[0] < annuity(table, 65, 0.03)["annuity"].iat[0] < left[65]


@pytest.mark.parametrize(("age", "interest", "words"), [(62, 0.03, "age is 62"), (60, -1.0, "interest is -1.0")])
def test_an_annuity_from_within_a_group_or_at_no_interest_that_exists_is_refused(age, interest, words):
    with pytest.raises(NasssapError, match=words):
        annuity(women_of_senegal(), age, interest)
