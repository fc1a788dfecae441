"""What a benefit costs, in plain arrays: one formula for a measure, a package of options and draws.

Every argument is a number or an array; they broadcast together (draw × option × year, sex × year …). Nothing here knows a pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

MONTHS = 12
STATED = {  # basis of an amount → series of the economy that it is a percentage of; "": money
    "gdp_per_head": "gdp_per_head",
    "lcu_per_month": "",
    "poverty_line": "poverty_line",
    "minimum_wage": "minimum_wage",
    "average_earnings": "wages",
}
MOVED = {"gdp_per_head": "gdp_per_head", "prices": "prices", "wages": "wages", "none": "", "": ""}


class Unit(NamedTuple):
    """What one unit of an amount is a year: in national currency, and in multiples of GDP per head."""

    money: np.ndarray
    heads: np.ndarray


class Terms(NamedTuple):
    """What is paid for one beneficiary, in units of the amount.

    amount, own_payment : benefit, and what the person pays of it
    times : how many times a year it is paid: months ÷ 12, or contacts
    materials : share on top of benefits (public works)
    administration : share of benefits
    registration, per_person : per person newly registered, and per person a year
    inclusion_error : share of beneficiaries who are outside the target population, 0–1
    """

    amount: np.ndarray | float
    own_payment: np.ndarray | float = 0.0
    times: np.ndarray | float = 1.0
    materials: np.ndarray | float = 0.0
    administration: np.ndarray | float = 0.0
    registration: np.ndarray | float = 0.0
    per_person: np.ndarray | float = 0.0
    inclusion_error: np.ndarray | float = 0.0


class Costs(NamedTuple):
    """persons (beneficiaries); benefits, administration, total (national currency a year); share_of_gdp (0–1)."""

    persons: np.ndarray
    benefits: np.ndarray
    administration: np.ndarray
    total: np.ndarray
    share_of_gdp: np.ndarray


def ramp(years, start, full) -> np.ndarray:
    """Share of the full take-up that is reached by year: a straight line from the first year of payment to that of full take-up.

    Examples
    --------
    >>> ramp(np.arange(2026, 2031), 2027, 2029).round(3).tolist()
    [0.0, 0.333, 0.667, 1.0, 1.0]
    """
    years, start = np.asarray(years, float), np.asarray(start, float)
    return np.clip((years - start + 1) / (np.maximum(full, start) - start + 1), 0.0, 1.0)


def unit_of(basis: str, indexing: str, base: Mapping[str, np.ndarray], now: Mapping[str, np.ndarray]) -> Unit:
    """What one unit of an amount is a year.

    Parameters
    ----------
    basis, indexing : keys of ``STATED`` and ``MOVED``
    base : the economy of the year in which the amount is stated: gdp_per_head, poverty_line, minimum_wage, wages (national currency
        a person a year), prices (index); what is missing is NaN
    now : the same of the years of the cost

    Notes
    -----
    What grows with GDP per head keeps its share of it, and needs no GDP of later years; stated in % of GDP per head it needs none at
    all.

    Examples
    --------
    >>> economy = {"gdp_per_head": np.array([50.0, np.nan]), "prices": np.array([100.0, 110.0])}
    >>> unit = unit_of("gdp_per_head", "gdp_per_head", {name: values[0] for name, values in economy.items()}, economy)
    >>> unit.money.tolist(), unit.heads.tolist()
    ([0.5, nan], [0.01, 0.01])
    """
    grows, of = MOVED[indexing], STATED[basis]
    heads = np.asarray(now["gdp_per_head"], float)
    growth = np.asarray(now.get(grows, np.nan), float) / base.get(grows, np.nan) if grows else np.ones_like(heads)
    unit = np.asarray(base.get(of, np.nan), float) / 100 if of else float(MONTHS)
    money = unit * growth
    if basis == grows == "gdp_per_head":
        return Unit(money, np.full(np.shape(money), 0.01))
    if grows == "gdp_per_head":
        return Unit(money, np.where(np.isnan(heads), unit / base["gdp_per_head"], money / heads))
    return Unit(money, money / heads)


def beneficiaries(target, take_up, inclusion_error=0.0, most=None) -> np.ndarray:
    """Persons who are paid: those of the target population who take it up, and those outside it who are paid by error.

    Parameters
    ----------
    target : persons · take_up : share 0–1 of them, 1 − the exclusion error
    inclusion_error : share of beneficiaries outside the target population, 0 to below 1
    most : persons of the target population who can be reached at most; None: all

    Notes
    -----
    beneficiaries = (1 − EE) P ÷ (1 − IE): the two errors are linked, for IE is a share of those who are paid.

    Examples
    --------
    >>> float(beneficiaries(1000, 0.8, 0.2)), float(beneficiaries(1000, 0.8, most=500))
    (1000.0, 500.0)
    """
    reached = np.asarray(take_up, float) * target
    reached = reached if most is None else np.minimum(reached, most)
    return reached / (1 - np.asarray(inclusion_error, float))


def costs_of(
    persons, terms: Terms, unit: Unit, population, before=None, start_up=0.0, gdp=np.nan, money: bool = True
) -> Costs:
    """Cost of a benefit.

    Parameters
    ----------
    persons : beneficiaries, see :func:`beneficiaries`
    terms : what is paid for each
    unit : see :func:`unit_of`
    population : all persons of the country, of the same years
    before : beneficiaries of the year before; None: nobody is newly registered
    start_up : national currency of the year, counted as administration
    gdp : national currency of the year; only a start-up cost needs it
    money : False: persons and the share of GDP alone are asked for; benefits, administration and total are NaN

    Notes
    -----
    benefits = persons × times × (amount − own payment) × (1 + materials); administration = benefits × its rate + persons × running
    cost + newly registered × cost of registration + start-up.

    Examples
    --------
    >>> unit = Unit(np.array(12.0), np.array(np.nan))
    >>> costs = costs_of(2_393_000 * 0.6, Terms(400.0, administration=0.05), unit, 67e6)
    >>> float(costs.benefits), float(costs.total)
    (6891840000.0, 7236432000.0)
    """
    persons = np.asarray(persons, float)
    registered = 0.0 if before is None else np.maximum(persons - before, 0.0)
    _benefits, in_heads = _in(unit.heads, persons, registered, terms)
    share, start_up = in_heads / population, np.asarray(start_up, float)
    if start_up.any():
        share = share + np.where(start_up > 0, start_up / gdp, 0.0)
    if not money:
        return Costs(persons, *[np.asarray(np.nan)] * 3, share)
    benefits, total = _in(unit.money, persons, registered, terms)
    administration = benefits * terms.administration + _running(unit.money, persons, registered, terms)
    if start_up.any():
        administration, total = administration + start_up, total + start_up
    return Costs(persons, benefits, administration, total, share)


def _in(unit, persons, registered, terms: Terms) -> tuple[np.ndarray, np.ndarray]:
    """Benefits and total in one measure of money."""
    # Draws × 1, for it is the same in all years: small beside persons.
    each = (terms.amount - terms.own_payment) * terms.times * (1 + terms.materials)
    benefits = persons * each * unit
    return benefits, benefits * (1 + terms.administration) + _running(unit, persons, registered, terms)


def _running(unit, persons, registered, terms: Terms) -> np.ndarray | float:
    """What each person and each new one costs in administration; seldom anything, so that most draws need not be gone through."""
    if not (np.any(terms.per_person) or np.any(terms.registration)):
        return 0.0
    return (persons * terms.per_person + registered * terms.registration) * unit
