"""Projections of eight countries under a hundred scenarios against a loop in plain Python. Run: python benchmarks/projection.py"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from nasssap_lib.pack.reader import read_pack
from nasssap_lib.population.outlook import starting_population, used_rates
from nasssap_lib.population.projection import Assumptions, project, project_scenarios
from nasssap_lib.terms import AGE_GROUPS, LIFE_TABLE_AGES

COUNTRIES = ("BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB")
SCENARIOS = 100
WIDTHS = [1.0, 4.0, *[5.0] * 19]
INFANTS = {
    "female": [(0.01724, 0.14903, -2.05527), (0.06891, 0.04667, 3.88089), (99, 0.31411, 0.0)],
    "male": [(0.023, 0.14929, -1.99545), (0.08307, 0.02832, 3.26021), (99, 0.29915, 0.0)],
}
CHILDREN = {
    "female": [(0.107, 1.522, -1.518), (99, 1.361, 0.0)],
    "male": [(0.107, 1.651, -2.816), (99, 1.352, 0.0)],
}


def scenarios() -> pd.DataFrame:
    """A hundred sets of assumptions within ten percent, and two variants of fertility."""
    rng = np.random.default_rng(1)
    factors = pd.DataFrame(rng.uniform(0.9, 1.1, (SCENARIOS, 3)), columns=["fertility", "mortality", "migration"])
    return factors.assign(fertility_variant=["medium", "low"] * (SCENARIOS // 2))


def line(m: float, lines: list[tuple[float, float, float]]) -> float:
    return next(start + slope * m for below, start, slope in lines if m < below)


def years_lived(mx: list[float], sex: str) -> list[float]:
    """Years lived by age of a life table, one age after the other."""
    alive, lived = 1.0, []
    for i, width in enumerate(WIDTHS):
        if i == 0:
            a = line(mx[0], INFANTS[sex])
        elif i == 1:
            a = line(mx[0], CHILDREN[sex])
        else:
            a = 2.5 if i == 2 else 2.5 - 25 / 12 * (mx[i] - math.log(mx[i + 1] / mx[i - 1]) / 10)
        dying = alive * width * mx[i] / (1 + (width - a) * mx[i])
        lived.append(width * (alive - dying) + a * dying)
        alive -= dying
    return [lived[0] + lived[1], *lived[2:], alive / mx[-1]]


def plain_loop(persons: dict, rates: dict, scenarios: list[dict]) -> pd.DataFrame:
    """Projections as lists and loops, one scenario after the other, put into the same table."""
    rows = [row for name, assumed in enumerate(scenarios) for row in rows_of(name, persons, rates, assumed)]
    return pd.DataFrame(rows, columns=["scenario", "year", "sex", "age_group", "persons"])


def rows_of(name: int, persons: dict, rates: dict, assumed: dict) -> list[tuple]:
    """One projection: a row a year, sex and age."""
    people = {sex: list(counts) for sex, counts in persons.items()}
    rows = [(name, 2025, sex, age, count) for sex in people for age, count in zip(AGE_GROUPS, people[sex], strict=True)]
    for first in range(2025, 2075, 5):
        period = f"{first}-{first + 5}"
        after, lived, moved = {}, {}, {}
        for sex in ("female", "male"):
            mx = [rates["death_rate", period, sex, "medium", age] * assumed["mortality"] for age in LIFE_TABLE_AGES]
            lived[sex] = years_lived(mx, sex)
            moved[sex] = [
                rates["net_migrants", period, sex, "medium", age] * assumed["migration"] for age in AGE_GROUPS
            ]
            there = [count + move / 2 for count, move in zip(people[sex], moved[sex], strict=True)]
            grown = [there[i] * lived[sex][i + 1] / lived[sex][i] + moved[sex][i + 1] / 2 for i in range(19)]
            oldest = (there[19] + there[20]) * lived[sex][20] / (lived[sex][19] + lived[sex][20])
            after[sex] = [0.0, *grown, oldest + moved[sex][20] / 2]
        total = rates["total_fertility", period, "female", assumed["fertility_variant"], ""] * assumed["fertility"]
        born = sum(
            total
            * rates["fertility_share", period, "female", "medium", age]
            / 100
            * (people["female"][i] + after["female"][i])
            / 2
            for i, age in enumerate(AGE_GROUPS)
            if 3 <= i < 10
        )
        ratio = rates["sex_ratio_at_birth", period, "total", "medium", ""]
        for sex, share in (("female", 1 / (1 + ratio)), ("male", ratio / (1 + ratio))):
            after[sex][0] = born * share * lived[sex][0] / 5 + moved[sex][0] / 2
            people[sex] = [max(count, 0.0) for count in after[sex]]
            rows += [(name, first + 5, sex, age, n) for age, n in zip(AGE_GROUPS, people[sex], strict=True)]
    return rows


def as_dictionaries(population: pd.DataFrame, rates: pd.DataFrame) -> tuple[dict, dict]:
    """What the loop reads: lists by sex, and rates by their key."""
    counts = population.set_index(["sex", "age_group"])["persons"]
    names = ["indicator", "period", "sex", "variant", "age_group"]
    keys = rates[names].itertuples(index=False, name=None)
    return (
        {sex: [counts[sex, age] for age in AGE_GROUPS] for sex in ("female", "male")},
        dict(zip(keys, rates["value"].tolist(), strict=True)),
    )


def timed(call) -> tuple[object, float]:
    start = perf_counter()
    result = call()
    return result, perf_counter() - start


def main() -> None:
    assumed = scenarios()
    packs = [read_pack(country) for country in COUNTRIES]
    inputs = [(starting_population(pack, 2025), used_rates(pack)) for pack in packs]
    project_scenarios(*inputs[0], assumed.head(2))
    ours, seconds = timed(lambda: [project_scenarios(*one, assumed) for one in inputs])
    plain = [as_dictionaries(*one) for one in inputs]
    records = assumed.to_dict("records")
    theirs, loop = timed(lambda: [plain_loop(*one, records) for one in plain])
    one_by_one = timed(lambda: [project(*inputs[0], Assumptions(**row)) for row in records])[1] * len(COUNTRIES)
    difference = max(
        np.abs(a.persons["persons"].to_numpy() - b["persons"].to_numpy()).max()
        for a, b in zip(ours, theirs, strict=True)
    )
    print(
        f"{len(COUNTRIES)} countries × {SCENARIOS} scenarios × 10 steps of five years, {sum(map(len, theirs)):,} rows"
    )
    print(f"project_scenarios, all of a country at once {seconds:8.2f} s")
    print(f"loop in plain Python, the same table        {loop:8.2f} s   ratio {loop / seconds:.1f} ×")
    print(
        f"project, one scenario after the other       {one_by_one:8.2f} s   ratio {one_by_one / seconds:.1f} × (one country measured)"
    )
    print(f"largest difference, persons                 {difference:8.0e}")


if __name__ == "__main__":
    main()
