"""Persons by age and sex in any year: published years as they are, years between them interpolated and marked estimated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nasssap_lib.errors import NasssapError
from nasssap_lib.provenance import weakest
from nasssap_lib.terms import AGE_GROUPS, SEXES

BAND = 5


def population_by_age(population: pd.DataFrame, years: Iterable[int]) -> pd.DataFrame:
    """Persons by sex and five-year age group in the years asked for.

    Parameters
    ----------
    population : year, sex (female, male), age_group, persons, quality, source
    years : calendar years; one outside the published range gives no row, for nothing is extrapolated

    Returns
    -------
    table : year, sex, age_group, persons, quality, source; a year between two published ones is interpolated linearly,
        age group by age group, and marked estimated

    Examples
    --------
    >>> frame = pd.DataFrame({"year": [2020, 2025], "sex": "female", "age_group": "0-4", "persons": [100.0, 200.0],
    ...     "quality": "observed", "source": "S"})
    >>> population_by_age(frame, [2022])[["persons", "quality"]].values.tolist()
    [[140.0, 'estimated']]
    """
    wide = population.pivot(index=["sex", "age_group"], columns="year", values="persons")
    years = sorted({int(year) for year in years})
    published = [int(year) for year in wide.columns]
    filled = wide.reindex(columns=sorted({*published, *years})).interpolate(method="index", axis=1, limit_area="inside")
    long = filled.reindex(columns=years).rename_axis(columns="year").stack().rename("persons").dropna().reset_index()
    long["year"] = long["year"].astype("int64")
    facts = population[["quality", "source"]]
    quality = weakest(facts["quality"].unique()) if len(facts) else ""
    long["quality"] = np.where(
        long["year"].isin(published), quality, weakest([quality, "estimated"]) if quality else ""
    )
    long["source"] = _sources(facts)
    return long[["year", "sex", "age_group", "persons", "quality", "source"]]


def share_of_band(age_from: int, age_to: int | None) -> pd.Series:
    """Share of each five-year age group that lies between two ages (both included), persons spread evenly within a group.

    Examples
    --------
    >>> share_of_band(63, None)[["60-64", "65-69"]].tolist()
    [0.4, 1.0]
    """
    low = np.arange(0, 105, BAND)
    end = np.inf if age_to is None else age_to + 1
    overlap = np.clip(np.minimum(low + BAND, end) - np.maximum(low, age_from), 0, BAND) / BAND
    return pd.Series(overlap, index=AGE_GROUPS)


def count_persons(
    population: pd.DataFrame, years: Iterable[int], age_from: int = 0, age_to: int | None = None, sex: str = "total"
) -> pd.DataFrame:
    """Persons between two ages (both included), year by year.

    Parameters
    ----------
    population : as for :func:`population_by_age`
    years : calendar years
    age_from, age_to : first and last age in years; ``age_to=None``: no upper limit
    sex : total, female or male

    Returns
    -------
    table : year, persons, quality, source; one row a year asked for, NaN where the year is outside the published range.
        A year for which one sex alone was published gives no total. Ages inside a five-year group are split evenly and make the
        count estimated.

    Raises
    ------
    NasssapError : no such sex

    Examples
    --------
    >>> frame = pd.DataFrame({"year": 2020, "sex": "female", "age_group": ["60-64", "65-69"], "persons": [100.0, 80.0],
    ...     "quality": "observed", "source": "S"})
    >>> count_persons(frame, [2020], 62, sex="female")[["persons", "quality"]].values.tolist()
    [[140.0, 'estimated']]
    """
    return persons_of_years(persons_of_ages(population, age_from, age_to, sex), years)


@dataclass(frozen=True)
class Ages:
    """Persons between two ages: by published year, with their quality ("" where nothing is published) and sources."""

    persons: pd.Series
    quality: str
    estimated: str
    source: str


def persons_of_ages(population: pd.DataFrame, age_from: int = 0, age_to: int | None = None, sex: str = "total") -> Ages:
    """The part of :func:`count_persons` that does not depend on the years asked for."""
    return ages_among(rows_of_sex(population, sex), age_from, age_to)


def rows_of_sex(population: pd.DataFrame, sex: str) -> pd.DataFrame:
    """Rows that count for a sex: of years in which somebody was counted, for all persons both sexes.

    Raises
    ------
    NasssapError : no such sex
    """
    if sex not in SEXES:
        raise NasssapError(f"count_persons: sex is {sex!r}; expected one of {', '.join(SEXES)}")
    return of_both_sexes(population) if sex == "total" else _peopled(population[population["sex"] == sex])


def ages_among(rows: pd.DataFrame, age_from: int = 0, age_to: int | None = None) -> Ages:
    """Persons between two ages among the rows of a sex, see :func:`rows_of_sex`."""
    share = share_of_band(age_from, age_to)
    published = (rows["persons"] * rows["age_group"].map(share)).groupby(rows["year"]).sum()
    base = weakest(rows["quality"].unique()) if len(rows) else ""
    estimated = weakest([base, "estimated"]) if base else ""
    split = not share.isin([0.0, 1.0]).all()
    return Ages(published, estimated if split else base, estimated, _sources(rows))


def of_both_sexes(population: pd.DataFrame) -> pd.DataFrame:
    """Rows of the years for which women and men were published: one of them is not all persons, and no country has none.

    Examples
    --------
    >>> population = pd.DataFrame({"year": [2020, 2020, 2025], "sex": ["female", "male", "female"], "persons": 1000.0})
    >>> of_both_sexes(population)["year"].tolist()
    [2020, 2020]
    """
    population = _peopled(population)
    both = population.groupby("year")["sex"].nunique() == 2
    return population[population["year"].map(both)] if len(both) and not both.all() else population


def _peopled(population: pd.DataFrame) -> pd.DataFrame:
    """Rows without years in which a sex has nobody at any age: nothing was published."""
    everybody = population.groupby(["year", "sex"])["persons"].transform("sum")
    return population if (everybody > 0).all() else population[everybody > 0]


def persons_of_years(ages: Ages, years) -> pd.DataFrame:
    """Persons year by year, columns as of :func:`count_persons`; what stands between two published years is estimated."""
    asked, published = [int(year) for year in years], set(ages.persons.index)
    persons = _between(ages.persons, asked)
    quality = [
        "" if np.isnan(count) else ages.quality if year in published else ages.estimated
        for year, count in zip(asked, persons, strict=True)
    ]
    texts = {"quality": pd.Series(quality, dtype="str"), "source": ages.source}
    return pd.DataFrame({"year": asked, "persons": persons} | texts)


def _between(published: pd.Series, years: list[int]) -> np.ndarray:
    """Values of the published years, straight lines between them, NaN outside."""
    if published.empty:
        return np.full(len(years), np.nan)
    known = published.sort_index()
    return np.interp(years, known.index, known, left=np.nan, right=np.nan)


def _sources(rows: pd.DataFrame) -> str:
    return ";".join(dict.fromkeys(";".join(rows["source"].unique()).split(";")))
