"""The rates from which the people of the training country can be projected: the same model, summed up by five-year period."""

from __future__ import annotations

import math

from nasssap_lib.terms import AGE_GROUPS, LIFE_TABLE_AGES
from training_country.people import LAST_AGE, ages, births, count, death_rate

PERIODS = range(2015, 2075, 5)
TOTALS = range(2025, 2080, 5)  # years
SEXES = ("female", "male")
MOTHERS = AGE_GROUPS[3:10]
MEAN_AGE, SPREAD = 28.4, 7.6  # of mothers, in years
BOYS_PER_GIRL = 1.0305
WIDTHS = {
    "low": -0.5,
    "high": 0.5,
    "lower_80": -0.44,
    "upper_80": 0.44,
    "lower_95": -0.68,
    "upper_95": 0.68,
}  # children
EFFECT = 0.16  # of the population that a child more per woman adds in a generation of thirty years


def demography_rows() -> list[dict]:
    """Rows of demography.csv."""
    rows = [row for year in PERIODS for row in _rates_of_period(year)]
    return rows + [row for year in TOTALS for row in _totals(year)]


def _rates_of_period(year: int) -> list[dict]:
    total = total_fertility(year)
    uncertain = max(0.0, min((year - 2020) / 30, 1.0))
    rows = [
        _row("death_rate", year, rate, "deaths_per_person_year", age_group=group, sex=sex)
        for sex in SEXES
        for group, rate in zip(LIFE_TABLE_AGES, death_rates(year, sex), strict=True)
    ]
    rows += [
        _row("fertility_share", year, share, "percent", age_group=group, sex="female")
        for group, share in zip(MOTHERS, fertility_shares(), strict=True)
    ]
    widths = {"medium": 0.0} | (WIDTHS if year > 2015 else {})
    rows += [
        _row(
            "total_fertility",
            year,
            round(total + width * uncertain, 4),
            "children_per_woman",
            sex="female",
            variant=name,
        )
        for name, width in widths.items()
    ]
    nobody = [
        _row("net_migrants", year, 0, "persons", age_group=group, sex=sex) for sex in SEXES for group in AGE_GROUPS
    ]
    return [*rows, _row("sex_ratio_at_birth", year, BOYS_PER_GIRL, "ratio"), *nobody]


def _row(indicator: str, year: int, value: float, unit: str, **further: str) -> dict:
    same = {"indicator": indicator, "sex": "total", "period": f"{year}-{year + 5}", "variant": "medium"}
    return same | {"value": value, "unit": unit} | further


def death_rates(year: int, sex: str) -> list[float]:
    """Central death rates of a period by age of a life table: deaths ÷ years lived at the forces of mortality of the model.

    Whoever is 7 in the middle of a year is 7½ on average, and moves to 8½ at the force of age 7.
    """
    force = [sum(death_rate(age, y, sex) for y in range(year, year + 5)) / 5 for age in range(LAST_AGE + 1)]
    halves = [
        force[0],
        *(rate for rate in force for _ in range(2)),
    ]  # by half years of age: the first, then two a force
    alive = [1.0]
    for rate in halves:
        alive.append(alive[-1] * math.exp(-rate / 2))
    lived = [(before - after) / rate for before, after, rate in zip(alive, alive[1:], halves, strict=False)]
    starts = [2 * int(group.rstrip("+").partition("-")[0]) for group in LIFE_TABLE_AGES]
    ends = [*starts[1:], len(halves)]
    return [(alive[a] - alive[b]) / sum(lived[a:b]) for a, b in zip(starts, ends, strict=True)]


def fertility_shares() -> list[float]:
    """Percentages of total fertility by age of the mother: a bell around the mean age, the last one what is left of 100."""
    bell = [math.exp(-(((ages(group)[0] + 2.5 - MEAN_AGE) / SPREAD) ** 2) / 2) for group in MOTHERS]
    shares = [round(100 * part / sum(bell), 4) for part in bell]
    return [*shares[:-1], round(100 - sum(shares[:-1]), 4)]


def total_fertility(year: int) -> float:
    """Children per woman that give the births of the period to the women of its years."""
    born = sum(weight * births(y) for y, weight in _years(year))
    women = sum(
        weight * count(y, "female", *ages(group)) * share / 100 / 5
        for y, weight in _years(year)
        for group, share in zip(MOTHERS, fertility_shares(), strict=True)
    )
    return born / women


def _years(year: int) -> list[tuple[int, float]]:
    """Years of a period and their weight: half of the first and of the last, for it runs from middle to middle."""
    return [(y, 0.5 if y in (year, year + 5) else 1.0) for y in range(year, year + 6)]


def _totals(year: int) -> list[dict]:
    """Persons at the end of a year, halfway between two middles; bounds as wide as those of fertility."""
    middle = (count(year) + count(year + 1)) / 2
    effect = EFFECT * ((year - 2020) / 30) ** 2
    return [
        _row("population_total", year, round(middle * (1 + effect * width)), "persons", variant=variant)
        | {"period": str(year), "note": "31 December"}
        for variant, width in ({"medium": 0.0} | WIDTHS).items()
    ]
