"""What a pension scheme means to one person: what she pays, her pension, for how long, and the interest that the two amount to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nasssap_lib.budget.pension_scheme import SchemeStart, of_all_schemes, start_of
from nasssap_lib.budget.scheme_rules import FIRST_AGE, OLDEST
from nasssap_lib.budget.scheme_year import MONTHS, Path
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.life_table import SEXES

WAGES = {"low": 0.5, "average": 1.0}  # of the mean wage of the sex at each age
CAREERS = ("full", "interrupted", "interrupted_credited")
AWAY_FROM, AWAY = 28, 5  # age at which an interrupted career stops, and years of it
LOWEST_RETURN, HIGHEST_RETURN, STEPS = -0.5, 1.0, 80
PERSON_COLUMNS = [
    "scheme", "short_name", "sex", "wage", "career", "entry_year", "entry_age", "retirement_age", "service", "contributions",
    "first_pension", "lump_sum", "replacement", "years_of_pension", "internal_return", "real_return", "quality", "source",
]  # fmt: skip


@once_a_pack
def typical_persons(pack: Pack, scheme: str | None = None) -> pd.DataFrame:
    """Women and men who enter a pension scheme in the first year after its valuation: what they pay and what they have of it.

    Parameters
    ----------
    pack : the country
    scheme : id of schemes.csv, as of :func:`budget.project_pension_scheme`; None: all that can be valued

    Returns
    -------
    table : scheme, short_name, sex (those of whom some contribute), wage (average: the mean of the sex at each age; low: half of it),
        career (full;
        interrupted: five years from age 28 without contributions; interrupted_credited: the same years count as service),
        entry_year, entry_age (the mean of those who enter),
        retirement_age, service (years); contributions (of employer and worker until retirement), first_pension (a month) and lump_sum,
        national currency in prices of the year of the valuation; replacement (first pension ÷ last full wage, a share; NaN without a
        pension), years_of_pension (expected at retirement), internal_return (a share a year: the interest at which expected contributions
        are worth expected benefits), real_return (the same after inflation; NaN where nothing is paid), quality, source

    Raises
    ------
    NasssapError : as of :func:`budget.project_pension_scheme`

    Notes
    -----
    Survival is that of the person's own cohort: the mortality of each year at the age then reached. Without pensions of survivors and at
    invalidity the return is a lower bound. Rules are those of each year, contributions are paid in full for twelve months.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = typical_persons(read_pack("XTC"), "npf")
    >>> gaps = table[(table["sex"] == "female") & (table["wage"] == "average")].set_index("career")["first_pension"]
    >>> bool(gaps["full"] >= gaps["interrupted_credited"] > gaps["interrupted"])
    True
    """
    if scheme is None:
        return of_all_schemes(pack, typical_persons, PERSON_COLUMNS)
    start = start_of(pack, scheme)
    rows = [
        _person(start, at, level, career) | {"sex": sex, "wage": wage, "career": career}
        for at, sex in enumerate(SEXES)
        if start.state.active[at].any()
        for wage, level in WAGES.items()
        for career in CAREERS
    ]
    return pd.DataFrame(rows).assign(
        scheme=scheme, short_name=start.short_name, quality=start.quality, source=start.source
    )[PERSON_COLUMNS]


@dataclass(frozen=True)
class _Life:
    """A life in the scheme, one value a year from the entry on; wages a month, full and up to the ceiling; pays, serves: 0 or 1."""

    years: np.ndarray
    ages: np.ndarray
    alive: np.ndarray
    wage: np.ndarray
    insured: np.ndarray
    pays: np.ndarray
    serves: np.ndarray
    prices: np.ndarray
    path: Path
    retirement: int


def _person(start: SchemeStart, sex: int, level: float, career: str) -> dict:
    life = _life(start, sex, level, career)
    rules, work = start.rules, life.retirement - life.ages[0]
    first = int(life.years[work])
    service = float(life.serves.sum())
    reference = _reference(life, rules, work)
    vested = service >= rules.at("vesting", first)
    share = min(rules.by_sex("accrual", first)[sex] * service, rules.at("maximum_replacement", first))
    pension = max(share * reference, life.path.lowest[first]) if vested else 0.0
    once = 0.0 if vested else rules.at("lump_sum", first) * reference * service
    contributions = rules.along("contribution_rate", life.years) * MONTHS * life.insured * life.pays
    benefits = _benefits(life, rules, work, pension, once)
    flows = benefits - contributions * life.alive
    after = life.alive[work:] / life.alive[work]
    return {
        "entry_year": int(life.years[0]), "entry_age": int(life.ages[0]), "retirement_age": life.retirement, "service": service,
        "contributions": float((contributions / life.prices).sum()), "first_pension": pension / life.prices[work],
        "lump_sum": once / life.prices[work], "replacement": pension / life.wage[work - 1] if vested else np.nan,
        "years_of_pension": float(after.sum() - 0.5), "internal_return": internal_return(flows),
        "real_return": internal_return(flows / life.prices),
    }  # fmt: skip


def _life(start: SchemeStart, sex: int, level: float, career: str) -> _Life:
    rules, first = start.rules, start.year + 1
    entry = rules.entry(first)[sex]
    mean = (entry * np.arange(OLDEST + 1)).sum() / entry.sum() if entry.sum() > 0 else FIRST_AGE + 5
    ages = np.arange(int(round(mean)), OLDEST + 2)  # the last year is that in which who is of the last age dies
    years = first + ages - ages[0]
    retirement = int(round(rules.by_sex("pensionable_age", first)[sex]))
    dying = np.array([start.mortality.of(int(year))[sex, age - 1] for year, age in zip(years, ages, strict=True)])
    path = start.path
    path.reach(int(years[-1]))
    at_work = ages < retirement
    places = np.where(at_work, ages, retirement - 1) - FIRST_AGE
    grown, ceilings = (np.array([moved[int(year)] for year in years]) for moved in (path.wages, path.ceiling))
    wage = level * start.profile.wage[sex, places] * grown
    away = (ages >= AWAY_FROM) & (ages < AWAY_FROM + AWAY) & (career != "full")
    prices = np.cumprod(1 + rules.along("inflation", years))
    pays = (at_work & ~away).astype(float)
    serves = at_work.astype(float) if career == "interrupted_credited" else pays
    alive = np.cumprod(np.append(1.0, 1 - dying[1:]))
    return _Life(years, ages, alive, wage, np.minimum(wage, ceilings), pays, serves, prices, path, retirement)


def _reference(life: _Life, rules, work: int) -> float:
    """Mean of the last insured wages that were contributed from, raised to the last year of work."""
    paid = np.flatnonzero(life.pays[:work])[-max(round(rules.at("averaging", int(life.years[work - 1]))), 1) :]
    raised = np.cumprod([1.0, *(1 + rules.indexing("revaluation", int(year)) for year in life.years[1:work])])
    return float((life.insured[paid] * raised[work - 1] / raised[paid]).mean()) if len(paid) else 0.0


def _benefits(life: _Life, rules, work: int, pension: float, once: float) -> np.ndarray:
    """Expected benefits of each year: half a year of the first and of the year of death, as the scheme pays them."""
    indexed = np.cumprod([1.0, *(1 + rules.indexing("pension", int(year)) for year in life.years[work + 1 :])])
    years = (life.alive[work:] + np.append(0.0, life.alive[work:-1])) / 2
    benefits = np.zeros(len(life.years))
    benefits[work:] = MONTHS * pension * indexed * years
    benefits[work] += once * life.alive[work]
    return benefits


def internal_return(flows: np.ndarray) -> float:
    """The interest a year at which flows of years that follow each other are worth nothing; NaN where none between −50 and 100 % does.

    Examples
    --------
    >>> round(internal_return(np.array([-100.0, 0.0, 121.0])), 6)
    0.1
    """
    low, high = LOWEST_RETURN, HIGHEST_RETURN
    times = np.arange(len(flows))

    def value(rate: float) -> float:
        return float((flows * (1 + rate) ** -times).sum())

    if not value(low) > 0 > value(high):
        return float("nan")
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if value(middle) > 0 else (low, middle)
    return (low + high) / 2
