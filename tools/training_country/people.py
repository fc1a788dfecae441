"""The invented people of the training country: births and mortality give persons by age, deaths and life expectancy."""

from __future__ import annotations

import math
from functools import cache

from nasssap_lib.terms import AGE_GROUPS

FIRST_COHORT, LAST_YEAR, LAST_AGE = 1890, 2051, 109
BIRTHS_2020 = 302_000
GIRLS = 0.4925  # of all births
MORTALITY = {"female": 0.86, "male": 1.14}  # of the mean of both sexes


@cache
def births(year: int) -> float:
    """Live births: rising by 2.5 % a year until 1985, then ever more slowly, falling after 2030."""
    if year == 2020:
        return BIRTHS_2020
    return births(year - 1) * (1 + _growth(year)) if year > 2020 else births(year + 1) / (1 + _growth(year + 1))


def _growth(year: int) -> float:
    return 0.025 - 0.025 * min(max(year - 1985, 0), 55) / 45


def death_rate(age: int, year: int, sex: str) -> float:
    """Deaths per person-year: childhood, a constant part, and one that doubles every eight years; falling over time."""
    progress = math.exp(-0.019 * (min(year, 2050) - 1980))
    level = (
        0.06 * math.exp(-1.3 * age) * progress**1.3
        + 0.0022 * progress
        + 0.00009 * math.exp(0.086 * age) * progress**0.3
    )
    return MORTALITY[sex] * level


@cache
def persons(year: int, sex: str, age: int) -> float:
    """Persons alive at the middle of a year; nobody moves in or out."""
    if age == 0:
        share = GIRLS if sex == "female" else 1 - GIRLS
        return births(year) * share * math.exp(-0.5 * death_rate(0, year, sex))
    if year - age < FIRST_COHORT:
        return 0.0
    return persons(year - 1, sex, age - 1) * math.exp(-death_rate(age - 1, year - 1, sex))


def count(year: int, sex: str = "total", first: int = 0, last: int = LAST_AGE) -> float:
    """Persons of an age range; the sum of the rounded five-year groups where the range is made of them."""
    sexes = ("female", "male") if sex == "total" else (sex,)
    return sum(persons(year, one, age) for one in sexes for age in range(first, last + 1))


def deaths(year: int) -> float:
    """Births less the growth of the population."""
    return births(year) - (count(year + 1) - count(year - 1)) / 2


def life_expectancy(year: int, sex: str) -> float:
    """Years that a newborn would live at the mortality of the year."""
    alive, years = 1.0, 0.0
    for age in range(LAST_AGE + 1):
        after = alive * math.exp(-death_rate(age, year, sex))
        years += (alive + after) / 2
        alive = after
    return years


def population_rows() -> list[dict]:
    """Rows of population.csv: 2015 to 2050 in five-year age groups."""
    return [
        {"year": year, "sex": sex, "age_group": group, "persons": round(count(year, sex, *ages(group)))}
        for year in range(2015, 2051)
        for sex in ("female", "male")
        for group in AGE_GROUPS
    ]


def ages(group: str) -> tuple[int, int]:
    """First and last age of a five-year group."""
    first, _, last = group.rstrip("+").partition("-")
    return int(first), int(last or LAST_AGE)


def fact_rows() -> list[dict]:
    """Births, deaths, their rates, life expectancy, and the dependency ratio."""
    rows = []
    for year in range(2010, 2051):
        people = count(year)
        rows += [
            {"indicator": "births", "year": year, "value": births(year) / 1000, "digits": 3},
            {"indicator": "deaths", "year": year, "value": deaths(year) / 1000, "digits": 3},
            {"indicator": "crude_birth_rate", "year": year, "value": births(year) / people * 1000, "digits": 2},
            {"indicator": "crude_death_rate", "year": year, "value": deaths(year) / people * 1000, "digits": 2},
        ]
        rows += [
            {"indicator": "life_expectancy", "sex": sex, "year": year, "value": life_expectancy(year, sex), "digits": 1}
            for sex in ("female", "male")
        ]
    for year in range(2010, 2025):
        dependants = count(year, last=14) + count(year, first=65)
        ratio = dependants / count(year, first=15, last=64) * 100
        rows.append({"indicator": "age_dependency_ratio", "year": year, "value": ratio, "digits": 1})
    return rows
