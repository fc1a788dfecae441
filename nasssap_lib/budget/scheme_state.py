"""Who is insured in a pension scheme when a valuation begins, by sex, single age and years of service."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nasssap_lib.budget.scheme_rules import FIRST_AGE, LAST_AGE, OLDEST, WORKS
from nasssap_lib.population.life_table import SEXES

KINDS = ("old_age", "invalidity", "survivor", "orphan")
MEANS = ("persons", "density", "wage", "service", "pension")
SERVICES = LAST_AGE - FIRST_AGE + 1  # years of service 0, 1 … 60
SERVICE = np.arange(SERVICES, dtype=float)


@dataclass(frozen=True)
class SchemeState:
    """Persons of a scheme at the end of a year.

    Parameters
    ----------
    active, dormant : persons, array (sex, age 15 to 75, years of service)
    dormant_wages : of the same, persons × their reference wage, national currency a month
    pensioners : persons, array (kind, sex, age 0 to 120)
    pensions : of the same, persons × pension, national currency a month
    """

    active: np.ndarray
    dormant: np.ndarray
    dormant_wages: np.ndarray
    pensioners: np.ndarray
    pensions: np.ndarray


@dataclass(frozen=True)
class WageProfile:
    """What contributors of an age earn, and how many months of the year they contribute.

    Parameters
    ----------
    wage : national currency a month, of the year of the valuation, array (sex, age 15 to 75)
    density : share of the year, the same shape
    """

    wage: np.ndarray
    density: np.ndarray


def starting_state(insured: pd.DataFrame) -> tuple[SchemeState, WageProfile]:
    """Arrays from the rows of one scheme and year of ``insured.csv``.

    Parameters
    ----------
    insured : status, sex, age_from, age_to, persons, density (months), wage, service (years), pension

    Notes
    -----
    Persons of a group are spread evenly over its ages. Wages, densities, services and pensions lie on straight lines between the middles
    of the groups, level beyond the first and the last, and are then scaled so that each group's mean is the one given. Service
    is spread around its mean as it comes about by chance: binomially, over the years since the youngest contributor's age.
    """
    groups = _groups(insured)
    wage, density = (_values(groups, "active", name)[:, WORKS] for name in ("wage", "density"))
    dormant = _by_service(groups, "dormant")
    reference = _values(groups, "dormant", "wage")[:, WORKS]
    pensioners = np.stack([_spread(groups, kind) for kind in KINDS])
    means = np.stack([_values(groups, kind, "pension") for kind in KINDS])
    active = _by_service(groups, "active")
    state = SchemeState(active, dormant, dormant * reference[..., None], pensioners, pensioners * means)
    return state, WageProfile(wage, density / 12)


@dataclass(frozen=True)
class _Group:
    """Rows of a status and sex in the order of their ages: first and last ages, and columns as arrays."""

    first: np.ndarray
    last: np.ndarray
    columns: dict[str, np.ndarray]


def _groups(insured: pd.DataFrame) -> dict[tuple[str, str], _Group]:
    ordered = insured.sort_values("age_from")
    return {key: _group(rows) for key, rows in ordered.groupby(["status", "sex"])}


def _group(rows: pd.DataFrame) -> _Group:
    last = np.minimum(rows["age_to"].fillna(OLDEST).to_numpy(int), OLDEST)
    return _Group(rows["age_from"].to_numpy(int), last, {name: rows[name].to_numpy(float) for name in MEANS})


def _of(groups: dict[tuple[str, str], _Group], status: str) -> list[tuple[int, _Group]]:
    return [(at, groups[status, sex]) for at, sex in enumerate(SEXES) if (status, sex) in groups]


def _spread(groups: dict[tuple[str, str], _Group], status: str) -> np.ndarray:
    persons = np.zeros((2, OLDEST + 1))
    for at, group in _of(groups, status):
        widths = group.last - group.first + 1
        ages = np.repeat(group.first, widths) + _within(widths)
        persons[at, ages] = np.repeat(group.columns["persons"] / widths, widths)
    return persons


def _within(widths: np.ndarray) -> np.ndarray:
    """0, 1 … of each group, one after the other."""
    return np.arange(widths.sum()) - np.repeat(np.cumsum(widths) - widths, widths)


def _values(groups: dict[tuple[str, str], _Group], status: str, column: str) -> np.ndarray:
    """A mean of groups at each single age: see the notes of :func:`starting_state`."""
    values = np.zeros((2, OLDEST + 1))
    for at, group in _of(groups, status):
        given, widths = group.columns[column], group.last - group.first + 1
        line = np.interp(np.arange(OLDEST + 1), (group.first + group.last) / 2, given)
        ages = np.repeat(group.first, widths) + _within(widths)
        means = np.add.reduceat(line[ages], np.cumsum(widths) - widths) / widths
        line[ages] *= np.repeat(np.divide(given, means, out=np.ones_like(given), where=means > 0), widths)
        values[at] = line
    return values


def _by_service(groups: dict[tuple[str, str], _Group], status: str) -> np.ndarray:
    """Persons (sex, age 15 to 75, service) from persons by age and the mean service of each age."""
    youngest = min((group.first[0] for _at, group in _of(groups, "active")), default=FIRST_AGE)
    mean = _values(groups, status, "service")[:, WORKS]
    possible = np.arange(FIRST_AGE, LAST_AGE + 1) - youngest
    possible = np.maximum(np.maximum(possible, np.ceil(mean)), 1)
    return _spread(groups, status)[:, WORKS, None] * binomial(np.minimum(possible, SERVICES - 1), mean)


def binomial(trials: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Probabilities of 0, 1 … 60 years of service out of so many, with this mean; along a new last axis.

    Examples
    --------
    >>> binomial(np.array([2.0]), np.array([1.0]))[0, :4].tolist()
    [0.25, 0.5, 0.25, 0.0]
    """
    chance = np.clip(mean / trials, 0, 1)[..., None]
    trials = np.asarray(trials, dtype=int)[..., None]
    logs = np.append(0.0, np.cumsum(np.log(np.arange(1, SERVICES + 1))))
    years = np.arange(SERVICES)
    rest = np.maximum(trials - years, 0)
    with np.errstate(under="ignore"):
        ways = np.exp(logs[trials] - logs[years] - logs[rest])
        return np.where(years <= trials, ways * chance**years * (1 - chance) ** rest, 0.0)
