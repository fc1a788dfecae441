"""One year of a pension scheme: who dies, falls ill, retires, stops, returns and enters, and what is paid to whom.

After Iyer, Actuarial Mathematics of Social Security Pensions (ILO, 1999), ch. 4, and Plamondon et al., Actuarial Practice in Social
Security (ILO/ISSA, 2002): everything by sex, single age and years of service, from the end of one year to the end of the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nasssap_lib.budget.scheme_rules import FIRST_AGE, LAST_AGE, OLDEST, WORKS, Mortality, SchemeRules
from nasssap_lib.budget.scheme_state import KINDS, SERVICE, SERVICES, SchemeState, WageProfile

MONTHS = 12
OLD_AGE, INVALIDITY, SURVIVOR, ORPHAN = range(len(KINDS))


@dataclass(frozen=True)
class YearTerms:
    """Everything that holds in one year; arrays by sex and age reached in the year (dying: age at its begin).

    Parameters
    ----------
    year : the year
    dying, retiring, falling_ill, leaving, returning, entry, married, children : shares and children, by sex and age 0 to 120
    density : share of the year that contributors contribute, by sex and age 15 to 75
    reference : reference wage by sex, age at the begin of the year (15 to 75) and service, national currency a month
    insured_wage : wage up to the ceiling, by sex and age 15 to 75, of the year, national currency a month
    accrual : by sex; vesting (years), highest, at_invalidity, survivor_share, orphan_share, lump_sum (months), indexing, revaluation
    lowest : lowest pension, national currency a month
    age_gap, orphan_age : years
    """

    year: int
    dying: np.ndarray
    retiring: np.ndarray
    falling_ill: np.ndarray
    leaving: np.ndarray
    returning: np.ndarray
    entry: np.ndarray
    married: np.ndarray
    children: np.ndarray
    density: np.ndarray
    reference: np.ndarray
    insured_wage: np.ndarray
    accrual: np.ndarray
    vesting: float
    highest: float
    lowest: float
    at_invalidity: float
    survivor_share: float
    orphan_share: float
    lump_sum: float
    indexing: float
    revaluation: float
    age_gap: int
    orphan_age: int


@dataclass(frozen=True)
class YearFlows:
    """What a year moves: money in national currency.

    Parameters
    ----------
    insured_wages : wages of the months contributed, up to the ceiling
    pensions : by kind; lump_sums; new_pensioners : persons by kind; new_pensions : their pensions a month, by kind
    entrants : persons
    """

    insured_wages: float
    pensions: np.ndarray
    lump_sums: float
    new_pensioners: np.ndarray
    new_pensions: np.ndarray
    entrants: float


class Path:
    """Terms of one year after the other: wages, ceiling and lowest pension move along.

    Parameters
    ----------
    rules : of the scheme
    mortality : of the country
    profile : wages of the year of the valuation
    base : the year of the valuation
    """

    def __init__(self, rules: SchemeRules, mortality: Mortality, profile: WageProfile, base: int) -> None:
        self.rules, self.mortality, self.profile = rules, mortality, profile
        self.wages, self.ceiling, self.lowest = {base: 1.0}, {}, {}
        self.ceiling[base], self.lowest[base] = rules.at("ceiling", base), rules.at("minimum_pension", base)
        self.base = base
        self._terms: dict[int, YearTerms] = {}

    def terms(self, year: int) -> YearTerms:
        """Terms of a year after that of the valuation."""
        if year not in self._terms:
            self.reach(year)
            self._terms[year] = self._terms_of(year)
        return self._terms[year]

    def reach(self, last: int) -> None:
        """Move wages, the ceiling and the lowest pension on to a year."""
        for year in range(max(self.wages) + 1, last + 1):
            self.wages[year] = self.wages[year - 1] * (1 + self.rules.at("wage_growth", year))
            self.ceiling[year] = self._moved("ceiling", self.ceiling[year - 1], year, "ceiling")
            self.lowest[year] = self._moved("minimum_pension", self.lowest[year - 1], year, "pension")

    def _terms_of(self, year: int) -> YearTerms:
        rules, at = self.rules, self.rules.at
        return YearTerms(
            year, self.mortality.of(year), rules.retirement(year),
            *(rules.by_age(name, year) for name in ("invalidity_incidence", "leaving", "returning")),
            rules.entry(year), rules.by_age("married", year), rules.by_age("children", year),
            self.profile.density, self.reference(year - 1), self.insured(year), rules.by_sex("accrual", year), at("vesting", year),
            at("maximum_replacement", year), self.lowest[year], at("invalidity_replacement", year), at("survivor_share", year),
            at("orphan_share", year), at("lump_sum", year), rules.indexing("pension", year), rules.indexing("revaluation", year),
            round(at("age_gap", year)), round(at("orphan_age", year)),
        )  # fmt: skip

    def insured(self, year: int) -> np.ndarray:
        """Wages of a year up to its ceiling, by sex and age 15 to 75."""
        return np.minimum(self.profile.wage * self.wages[year], self.ceiling[year])

    def reference(self, year: int) -> np.ndarray:
        """Reference wage of those who contributed to the end of a year, by sex, age and service: the mean of their last insured wages."""
        insured, last = self.insured(year), round(self.rules.at("averaging", year))
        if last <= 1:
            return np.repeat(insured[..., None], SERVICES, axis=-1)
        back = np.arange(min(last, SERVICES))
        ages = np.maximum(np.arange(insured.shape[1])[:, None] - back, 0)
        years = year - back
        factors = self._revalued(years)
        earned = np.minimum(self.profile.wage[:, ages] * self._wage_levels(years), self._ceilings(years))
        means = np.cumsum(earned * factors, axis=-1) / (back + 1)
        return means[..., np.clip(SERVICE.astype(int), 1, back.size) - 1]

    def _wage_levels(self, years: np.ndarray) -> np.ndarray:
        return self._back(self.wages, years, self.rules.at("wage_growth", self.base))

    def _ceilings(self, years: np.ndarray) -> np.ndarray:
        return self._back(self.ceiling, years, self.rules.indexing("ceiling", self.base))

    def _back(self, path: dict[int, float], years: np.ndarray, growth: float) -> np.ndarray:
        """Values of years; before the valuation they had grown as in its year."""
        known = np.array([path[max(year, self.base)] for year in years.tolist()])
        return known * (1 + growth) ** np.minimum(years - self.base, 0)

    def _revalued(self, years: np.ndarray) -> np.ndarray:
        """What a wage of each year (falling from the newest) is raised by until the newest."""
        rates = [1 + self.rules.indexing("revaluation", max(int(year), self.base)) for year in years[:-1]]
        return np.cumprod([1.0, *rates])

    def _moved(self, rule: str, before: float, year: int, follows: str) -> float:
        """Last year's amount moved along, unless the rule states a new one for this very year."""
        stated = self.rules.states_from(rule, year)
        return self.rules.at(rule, year) if stated else before * (1 + self.rules.indexing(follows, year))


@dataclass(frozen=True)
class _Moved:
    """Of a year: persons who newly receive and their pensions (kind, sex, age reached), and the dead with what they leave (sex, age)."""

    new: np.ndarray
    begun: np.ndarray
    dead: np.ndarray
    left: np.ndarray


def one_year(
    state: SchemeState, terms: YearTerms, contributors: float | None = None, accrues: bool = True
) -> tuple[SchemeState, YearFlows]:
    """The state at the end of the next year, and what the year moved.

    Parameters
    ----------
    state : at the end of the year before
    terms : of the year
    contributors : persons who contribute in the year; who is lacking enters. None: nobody enters
    accrues : False: nobody earns further service

    Notes
    -----
    Whoever dies, falls ill or retires in the year contributes no more in it, whoever enters contributes as the others of the age: half
    a year each way. Pensions that begin in the year, and those of the dying, are paid for half of it. A pension begins at the
    formula's amount and is indexed from the next year on. Vesting counts for old age and for those who had stopped; whoever dies or falls
    ill as a contributor has a pension at once.
    """
    nobody, ages = np.zeros_like(state.pensioners), np.zeros_like(terms.dying)
    moved = _Moved(nobody, nobody.copy(), ages, ages.copy())
    working, wages, lump_sums, entrants = (state.active, state.dormant, state.dormant_wages), 0.0, 0.0, 0.0
    if contributors is not None or state.active.any() or state.dormant.any():
        working, lump_sums = _leave_work(state, terms, moved)
        working, wages, entrants = _work(working, terms, contributors, accrues)
    pensioners, pensions, paid = _receive(state, terms, moved)
    flows = YearFlows(wages, paid, lump_sums, moved.new.sum((1, 2)), moved.begun.sum((1, 2)), entrants)
    return SchemeState(*working, pensioners, pensions), flows


def _leave_work(state: SchemeState, terms: YearTerms, moved: _Moved) -> tuple[tuple[np.ndarray, ...], float]:
    """Who dies, falls ill or retires, written into ``moved``; who goes on contributing or waiting, and what is paid once.

    Returns
    -------
    contributors, persons who wait and their reference wages, by the age reached; lump sums
    """
    x, aged = slice(FIRST_AGE, LAST_AGE), slice(FIRST_AGE + 1, LAST_AGE + 1)  # ages at the begin, and reached
    dying, retiring, ill = terms.dying[:, x, None], terms.retiring[:, aged, None], terms.falling_ill[:, aged, None]
    active, dormant, owed = state.active[:, :-1], state.dormant[:, :-1], state.dormant_wages[:, :-1]
    reference = terms.reference[:, :-1]
    past = np.divide(owed, dormant, out=np.zeros_like(owed), where=dormant > 0)
    due, due_past, vested = _pension(terms, reference), _pension(terms, past), terms.vesting <= SERVICE
    at_once = np.maximum(due, terms.at_invalidity * reference)

    dead, dead_past = active * dying, dormant * dying * vested
    sick, able = (active - dead) * ill, (active - dead) * (1 - ill)
    asleep = dormant * (1 - dying)
    retired, retired_past = able * retiring, asleep * retiring
    moved.new[OLD_AGE][:, aged] = ((retired + retired_past) * vested).sum(-1)
    moved.begun[OLD_AGE][:, aged] = ((retired * due + retired_past * due_past) * vested).sum(-1)
    moved.new[INVALIDITY][:, aged] = sick.sum(-1)
    moved.begun[INVALIDITY][:, aged] = (sick * at_once).sum(-1)
    moved.dead[:, x] = (dead + dead_past).sum(-1)
    moved.left[:, x] = (dead * at_once + dead_past * due_past).sum(-1)
    unvested = ((retired * reference + retired_past * past) * ~vested * SERVICE).sum()

    able, asleep = able - retired, asleep - retired_past
    leaving, back = able * terms.leaving[:, aged, None], asleep * terms.returning[:, aged, None]
    waiting_wages = ((asleep - back) * past + leaving * reference) * (1 + terms.revaluation)
    working = able - leaving + back, asleep - back + leaving, waiting_wages
    return tuple(np.pad(people, ((0, 0), (1, 0), (0, 0))) for people in working), terms.lump_sum * float(unvested)


def _work(
    working: tuple[np.ndarray, ...], terms: YearTerms, contributors: float | None, accrues: bool
) -> tuple[tuple[np.ndarray, ...], float, float]:
    """Who is lacking enters, everybody contributes and serves: the persons after it, insured wages and entrants."""
    contribute, *waiting = working
    entrants = 0.0 if contributors is None else max(0.0, contributors - float(contribute.sum()))
    contribute[..., 0] += entrants * terms.entry[:, WORKS]
    wages = MONTHS * float((contribute.sum(-1) * terms.density * terms.insured_wage).sum())
    served = _served(contribute, terms.density[..., None]) if accrues else contribute
    return (served, *waiting), wages, entrants


def _receive(state: SchemeState, terms: YearTerms, moved: _Moved) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pensioners and their pensions at the end of the year, and what they were paid, by kind."""
    indexed = state.pensions * (1 + terms.indexing)
    own = [OLD_AGE, INVALIDITY]
    dead = moved.dead + (state.pensioners[own] * terms.dying).sum(0)
    left = moved.left + (indexed[own] * terms.dying).sum(0)
    _bereave(terms, dead, left, moved.new, moved.begun)
    staying = np.broadcast_to(1 - terms.dying, state.pensioners.shape).copy()
    staying[ORPHAN][:, max(terms.orphan_age - 1, 0) :] = 0
    paid = MONTHS * (indexed * (1 + staying) / 2).sum((1, 2)) + MONTHS / 2 * moved.begun.sum((1, 2))
    return _older(state.pensioners * staying) + moved.new, _older(indexed * staying) + moved.begun, paid


def _pension(terms: YearTerms, reference: np.ndarray) -> np.ndarray:
    """Pension by the formula, national currency a month, by sex, age and service."""
    share = np.minimum(terms.accrual[:, None, None] * SERVICE, terms.highest)
    return np.where(reference > 0, np.maximum(share * reference, terms.lowest), 0.0)


def _bereave(terms: YearTerms, dead: np.ndarray, left: np.ndarray, new: np.ndarray, begun: np.ndarray) -> None:
    """Widows, widowers and orphans of those who die in the year, into the arrays of new pensions."""
    ages = np.arange(OLDEST + 1)
    for sex, gap in (
        (0, terms.age_gap),
        (1, -terms.age_gap),
    ):  # a dead woman's husband is older, a dead man's wife younger
        into = np.clip(ages + 1 + gap, FIRST_AGE, OLDEST)
        np.add.at(new[SURVIVOR][1 - sex], into, dead[sex] * terms.married[sex])
        np.add.at(begun[SURVIVOR][1 - sex], into, left[sex] * terms.married[sex] * terms.survivor_share)
    if terms.orphan_age > 0:
        new[ORPHAN][:, : terms.orphan_age] = (dead * terms.children).sum() / (2 * terms.orphan_age)
        amount = (left * terms.children).sum() * terms.orphan_share
        begun[ORPHAN][:, : terms.orphan_age] = amount / (2 * terms.orphan_age)


def _older(persons: np.ndarray) -> np.ndarray:
    """Everybody a year older; who is of the last age has died."""
    return np.concatenate([np.zeros_like(persons[..., :1]), persons[..., :-1]], axis=-1)


def _served(persons: np.ndarray, density: np.ndarray) -> np.ndarray:
    """Service after a year: the share of the year that is contributed moves up by one year, the rest stays, and the mean is exact."""
    up = persons * density
    served = persons - up
    served[..., 1:] += up[..., :-1]
    served[..., -1] += up[..., -1]
    return served
