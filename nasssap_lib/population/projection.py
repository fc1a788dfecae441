"""Persons of years to come, by the cohort-component method: who is there ages, dies and moves by rates, and women bear children.

After Preston, Heuveline and Guillot, Demography (2001), ch. 6. The publisher's own projection stays the baseline of gaps and costs; this
one shows what other assumptions on fertility, mortality and migration would make of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields

import numpy as np
import pandas as pd

from nasssap_lib.errors import NasssapError, did_you_mean
from nasssap_lib.population.by_age import BAND
from nasssap_lib.population.life_table import SEXES, life_functions, life_table, ratios_of
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.rows import as_records
from nasssap_lib.terms import AGE_GROUPS, LIFE_TABLE_AGES

VARIANTS = ("medium", "low", "high", "lower_80", "upper_80", "lower_95", "upper_95")
MOST = 10.0  # times a rate of the publisher
FEW = 1e-4  # of the population: so many more may leave an age than live there, which is rounding among the oldest
NO_AGE = ("",)
MOTHERS = slice(2, 11)  # 10-14 … 50-54 of AGE_GROUPS


@dataclass(frozen=True)
class Assumptions:
    """What differs from the publisher's medium series, in every period.

    Parameters
    ----------
    fertility_variant : series of total fertility: medium, low, high, lower_80, upper_80, lower_95 or upper_95
    fertility, mortality, migration : factors, 1 for what is published: of total fertility, of every death rate, of net migrants

    Raises
    ------
    NasssapError : no such variant; a factor that is no number, below 0 (mortality: 0), or above 10

    Examples
    --------
    >>> Assumptions(fertility=0.9).fertility
    0.9
    """

    fertility_variant: str = "medium"
    fertility: float = 1.0
    mortality: float = 1.0
    migration: float = 1.0

    def __post_init__(self) -> None:
        if self.fertility_variant not in VARIANTS:
            hint = did_you_mean(str(self.fertility_variant), VARIANTS)
            raise NasssapError(f"Assumptions: fertility_variant is {self.fertility_variant!r}; {hint}")
        for name in ("fertility", "mortality", "migration"):
            value = getattr(self, name)
            number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
            if not number or not 0 <= value <= MOST or (name == "mortality" and value == 0):
                least = "more than 0" if name == "mortality" else "at least 0"
                raise NasssapError(
                    f"Assumptions: {name} is {value!r}; expected a factor {least} and at most {MOST:g}, 1 for no change"
                )


@dataclass(frozen=True)
class Projection:
    """A projected population.

    Parameters
    ----------
    persons : year, sex (female, male), age_group, persons, quality, source; the year from which on it is projected first
    births : period, births (persons born alive in the five years), quality, source
    """

    persons: pd.DataFrame
    births: pd.DataFrame


def project(population: pd.DataFrame, rates: pd.DataFrame, assumptions: Assumptions | None = None) -> Projection:
    """Project a population in steps of five years to the end of its rates.

    Parameters
    ----------
    population : sex (female, male), age_group, persons of one year, and that year; quality and source where known
    rates : indicator, age_group, sex, period, variant, value, as in a pack's demography: death_rate (per person and year),
        total_fertility, fertility_share (%), sex_ratio_at_birth (boys per girl), net_migrants (persons over the period)
    assumptions : what differs from the rates; None: nothing

    Returns
    -------
    Projection : persons by year, sex and age group, and births by period; what is projected is at best estimated

    Raises
    ------
    NasssapError : no period begins in the year of the population, a rate is missing in one, more people would leave than live there

    Notes
    -----
    Half of the migrants of an age join before the step and share its mortality, half after it. Births are Σ 5 × rate × the mean of the
    women of an age at both ends; girls and boys by the sex ratio at birth, the survivors of them are 0 to 4. Whoever is 95 or over is
    100 or over after it, as far as alive. No feedback of any kind: neither of incomes nor of policies.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> from nasssap_lib.population.outlook import starting_population, used_rates
    >>> pack = read_pack("SEN")
    >>> projected = project(starting_population(pack, 2025), used_rates(pack))
    >>> (projected.births["births"] / 1000).head(1).round(1).tolist()  # thousands, 2025 to 2030
    [2824.2]
    """
    if not isinstance(assumptions, Assumptions | None):
        raise NasssapError(
            f"project: assumptions is {assumptions!r}; expected Assumptions, such as Assumptions(fertility=0.9)"
        )
    projected = project_scenarios(
        population, rates, pd.DataFrame([asdict(assumptions or Assumptions())], index=["one"])
    )
    return Projection(projected.persons.drop(columns="scenario"), projected.births.drop(columns="scenario"))


def project_scenarios(population: pd.DataFrame, rates: pd.DataFrame, scenarios: pd.DataFrame) -> Projection:
    """Project a population under many assumptions at once.

    Parameters
    ----------
    population, rates : as for :func:`project`
    scenarios : one row each, named by the index; columns of :class:`Assumptions`, those that are missing as published

    Returns
    -------
    Projection : as of :func:`project`, each table with the column scenario before the others

    Raises
    ------
    NasssapError : as for :func:`project` and :class:`Assumptions`; a column that is no assumption

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> from nasssap_lib.population.outlook import starting_population, used_rates
    >>> pack = read_pack("SEN")
    >>> some = pd.DataFrame({"fertility": [1.0, 0.9]}, index=["as published", "a tenth less"])
    >>> births = project_scenarios(starting_population(pack, 2025), used_rates(pack), some).births.set_index(["scenario", "period"])
    >>> bool(births.loc[("a tenth less", "2025-2030"), "births"] < births.loc[("as published", "2025-2030"), "births"])
    True
    """
    year, persons = _start(population)
    periods = _periods(rates, year)
    given = _given(scenarios)
    known = _known(rates[rates["period"].isin(periods)])
    steps = [_step(known, period, given) for period in periods]
    counts, births = [np.broadcast_to(persons, (len(given), *persons.shape))], []
    for step in steps:
        after, born = _after_five_years(counts[-1], *step)
        counts.append(_nobody_below_zero(after, periods[len(births)]))
        births.append(born)
    return _labelled(
        scenarios.index, year, periods, np.stack(counts, axis=1), np.stack(births, axis=1), population, rates
    )


def _start(population: pd.DataFrame) -> tuple[int, np.ndarray]:
    """The year of a population, and its persons by sex and age."""
    years = population["year"].unique().tolist() if "year" in population else []
    if len(years) != 1:
        raise NasssapError(f"project: the population is of {len(years)} years; expected one, from which on to project")
    if population.duplicated(["sex", "age_group"]).any():
        raise NasssapError("project: an age group stands twice in the population; expected each once, by sex")
    persons = population.set_index(["sex", "age_group"])["persons"]
    cells = pd.MultiIndex.from_product([SEXES, AGE_GROUPS])
    if missing := [" ".join(cell) for cell in cells if cell not in persons.index]:
        raise NasssapError(
            f"project: no persons of {missing[0]} in {years[0]}; expected both sexes and all ages up to 100+"
        )
    values = persons.reindex(cells).to_numpy(dtype=float).reshape(2, -1)
    if not (values >= 0).all():
        raise NasssapError("project: persons are missing or below 0; expected counts of at least 0")
    return int(years[0]), values


def _periods(rates: pd.DataFrame, year: int) -> list[str]:
    """Periods one after the other from a year on, as far as death rates go."""
    known, found = set(rates.loc[rates["indicator"] == "death_rate", "period"]), []
    while (period := f"{year}-{year + BAND}") in known:
        found.append(period)
        year += BAND
    if not found:
        begins = ", ".join(sorted(period[:4] for period in known)) or "none: no death rates"
        raise NasssapError(
            f"project: no period of the rates begins in {year}, the year of the population; they begin in {begins}"
        )
    return found


def _given(scenarios: pd.DataFrame) -> list[Assumptions]:
    names = [field.name for field in fields(Assumptions)]
    if strange := [name for name in scenarios if name not in names]:
        raise NasssapError(f"project: {strange[0]!r} is no assumption; {did_you_mean(str(strange[0]), names)}")
    return [Assumptions(**row) for row in as_records(scenarios)]


def _known(rates: pd.DataFrame) -> dict[tuple[str, ...], float]:
    """Each rate by its indicator, period, sex, variant and age; life tables that are none are named here."""
    life_table(rates[rates["indicator"] == "death_rate"])
    columns = [rates[name].tolist() for name in ("indicator", "period", "sex", "variant", "age_group")]
    keys = list(zip(*columns, strict=True))
    known = dict(zip(keys, rates["value"].tolist(), strict=True))
    if len(known) < len(keys):
        twice = " ".join(filter(None, next(key for key in keys if keys.count(key) > 1)))
        raise NasssapError(f"project: {twice} stands twice; expected each rate once")
    return known


def _step(known: Mapping[tuple[str, ...], float], period: str, given: list[Assumptions]) -> tuple:
    """Survival ratios, migrants (scenario, sex, age), births per woman over five years (scenario, age) and the share of girls."""
    mx = np.stack([_values(known, "death_rate", period, sex, LIFE_TABLE_AGES) for sex in SEXES])
    mortality, different = np.unique([one.mortality for one in given], return_inverse=True)
    lived = life_functions(mortality[:, None, None] * mx, np.array([True, False]))["Lx"]
    moved = np.stack([_values(known, "net_migrants", period, sex, AGE_GROUPS) for sex in SEXES])
    migrants = np.array([one.migration for one in given])[:, None, None] * moved
    ratio = _values(known, "sex_ratio_at_birth", period, "total", NO_AGE)[0]
    return ratios_of(lived)[different], migrants, _births_a_woman(known, period, given), 1 / (1 + ratio)


def _births_a_woman(known: Mapping[tuple[str, ...], float], period: str, given: list[Assumptions]) -> np.ndarray:
    """Children that a woman of an age bears in the five years, 10-14 to 50-54, by scenario; ages without a share bear none."""
    shares = np.array(
        [known.get(("fertility_share", period, "female", "medium", age), 0.0) for age in AGE_GROUPS[MOTHERS]]
    )
    if abs(shares.sum() - 100) > 1:
        raise NasssapError(f"project: fertility_share of {period} adds up to {shares.sum():g}; expected 100")
    variants = {one.fertility_variant for one in given}
    total = {name: _values(known, "total_fertility", period, "female", NO_AGE, name)[0] for name in variants}
    children = np.array([one.fertility * total[one.fertility_variant] for one in given])
    return children[:, None] * shares / 100


def _values(
    known: Mapping[tuple[str, ...], float],
    indicator: str,
    period: str,
    sex: str,
    ages: Iterable[str],
    variant: str = "medium",
) -> np.ndarray:
    """Values of an indicator in the order of the ages."""
    keys = [(indicator, period, sex, variant, age) for age in ages]
    for key in keys:
        if not np.isfinite(known.get(key, np.nan)):
            hint = "write 0 where nobody moves" if indicator == "net_migrants" else "copy it from its source"
            said = " ".join(filter(None, (indicator, sex, variant if variant != "medium" else "", key[-1])))
            raise NasssapError(f"project: {said} is missing in {period}; {hint}")
    return np.array([known[key] for key in keys], dtype=float)


def _after_five_years(
    persons: np.ndarray, ratios: np.ndarray, migrants: np.ndarray, births_a_woman: np.ndarray, girls: float
) -> tuple[np.ndarray, np.ndarray]:
    """Persons (scenario, sex, age) five years later, and births (scenario)."""
    exposed = persons + migrants / 2
    after = np.empty_like(exposed)
    after[..., 1:-1] = exposed[..., :-2] * ratios[..., 1:-1]
    after[..., -1] = (exposed[..., -2] + exposed[..., -1]) * ratios[..., -1]
    after[..., 1:] += migrants[..., 1:] / 2
    women = (persons[:, 0, MOTHERS] + after[:, 0, MOTHERS]) / 2
    births = (women * births_a_woman).sum(axis=-1)
    after[..., 0] = births[:, None] * np.array([girls, 1 - girls]) * ratios[..., 0] + migrants[..., 0] / 2
    return after, births


def _nobody_below_zero(persons: np.ndarray, period: str) -> np.ndarray:
    """Persons without the few of the oldest that rounded numbers of migrants take below 0; more of them are an error."""
    below = np.minimum(persons, 0)
    if (-below.sum(axis=(1, 2)) > FEW * np.abs(persons).sum(axis=(1, 2))).any():
        age = AGE_GROUPS[int(below.sum(axis=(0, 1)).argmin())]
        raise NasssapError(
            f"project: more people of {age} leave in {period} than live there; look at net_migrants and its factor"
        )
    return persons - below


def _labelled(
    index, year: int, periods: list[str], counts: np.ndarray, births: np.ndarray, population, rates
) -> Projection:
    """Tables of persons (scenario, year, sex, age) and births (scenario, period)."""
    years = [year, *(int(period[-4:]) for period in periods)]
    base, told = quality_and_source(population), quality_and_source(pd.concat([population, rates]))
    told["quality"] = weakest(filter(None, [told["quality"], "estimated"]))
    base["quality"] = base["quality"] or told["quality"]
    cells = pd.MultiIndex.from_product([years, SEXES, AGE_GROUPS], names=["year", "sex", "age_group"])
    one = pd.DataFrame({"persons": np.nan, "quality": told["quality"], "source": told["source"]}, cells).reset_index()
    one.loc[one["year"] == year, ["quality", "source"]] = [base["quality"], base["source"]]
    born = pd.DataFrame({"period": periods, "births": np.nan, **told})
    return Projection(_every_scenario(one, "persons", index, counts), _every_scenario(born, "births", index, births))


def _every_scenario(one: pd.DataFrame, column: str, index: pd.Index, values: np.ndarray) -> pd.DataFrame:
    """The labels of one scenario again for each, with the values of all."""
    table = one.take(np.tile(np.arange(len(one)), len(index))).reset_index(drop=True)
    table[column] = values.ravel()
    table.insert(0, "scenario", index.repeat(len(one)))
    return table


def quality_and_source(table: pd.DataFrame) -> dict[str, str]:
    """The weakest quality and all sources of a table, "" where it says none."""
    qualities = table["quality"].dropna().unique().tolist() if "quality" in table else []
    sources = table["source"].dropna().unique().tolist() if "source" in table else []
    return {"quality": weakest(qualities) if qualities else "", "source": join_sources(*sources)}
