"""A programme as a mixed-integer programme: columns, rows and the two aims, in the units in which the solver is exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from nasssap_lib.roadmap.programme import Programme

MONEY = 1e4  # the solver counts hundredths of a percent of GDP: its tolerance of 1e-6 is then a millionth of that
SAME = 1e-12  # shares closed that differ by less are one level

Terms = dict[int, float]  # coefficients by column


@dataclass
class Formulation:
    """Columns and rows under construction.

    Parameters
    ----------
    programme : what may start
    started : column of each option started in each year that the rows below can allow, by their places
    by : for each option, columns of its start up to each start year
    lower, upper, whole : of each column: bounds, and whether it is a whole number
    rows : coefficients, least and most of each row
    """

    programme: Programme
    started: dict[tuple[int, int], int] = field(default_factory=dict)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def column(self, lower: float = 0.0, upper: float = 1.0, whole: bool = False) -> int:
        """Number of a new column."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.lower) - 1

    def row(self, terms: Terms, least: float = -np.inf, most: float = np.inf) -> None:
        """Hold a sum of columns between two numbers."""
        self.rows.append((terms, least, most))

    def up_to(self, option: int, start: int) -> Terms:
        """Terms of: the option has started in this start year or before."""
        return {self.started[option, at]: 1.0 for at in range(start + 1) if (option, at) in self.started}


def formulate(programme: Programme, must_start: Iterable[str] = (), relaxed: Iterable[str] = ()) -> Formulation:
    """Starts of the options and what holds them back.

    Parameters
    ----------
    programme : what may start
    must_start : ids of options that have to start
    relaxed : kinds of :data:`checks.BREAK_COLUMNS` that are left out: envelope, earliest, prerequisite, capacity
    """
    model, relaxed = Formulation(programme), set(relaxed)
    first = [programme.starts[0]] * len(programme.options) if "earliest" in relaxed else list(programme.earliest)
    if not relaxed & {"earliest", "prerequisite"}:
        first = _earliest_with_needs(programme)
    for option, year in enumerate(first):
        for start, begun in enumerate(programme.starts):
            if begun >= year:
                model.started[option, start] = model.column(whole=True)
    last = len(programme.starts) - 1
    for option, name in enumerate(programme.options):
        # whether it starts at all is a case of its own: HiGHS decides that before when, and needs a hundredth of the nodes
        ever = model.column(lower=1.0 if name in set(must_start) else 0.0, whole=True)
        model.row(model.up_to(option, last) | {ever: -1.0}, 0.0, 0.0)
    parts = {"envelope": _hold_envelope, "prerequisite": _hold_needs, "capacity": _hold_capacity}
    for kind, hold in parts.items():
        if kind not in relaxed:
            hold(model)
    return model


def _earliest_with_needs(programme: Programme) -> list[int]:
    """First year of each option when what it needs starts as early as it can."""
    first = dict(zip(programme.options, programme.earliest, strict=True))
    for _ in programme.options:  # as often as a chain can be long
        for option, needs, lag in programme.pairs:
            first[option] = max(first[option], first[needs] + lag)
    return list(first.values())


def cost_terms(model: Formulation, year: int) -> Terms:
    """Money of a year in the solver's unit."""
    cost = model.programme.cost
    return {
        column: cost[option, start, year] * MONEY
        for (option, start), column in model.started.items()
        if cost[option, start, year]
    }


def room(programme: Programme) -> np.ndarray:
    """What the envelope leaves in each year, in the solver's unit."""
    return (programme.envelope - programme.committed) * MONEY


def _hold_envelope(model: Formulation) -> None:
    for year, most in enumerate(room(model.programme)):
        model.row(cost_terms(model, year), most=most)


def _hold_needs(model: Formulation) -> None:
    """In each start year: whether an option has started is at most whether what it needs had started the lag before."""
    programme = model.programme
    places = {name: at for at, name in enumerate(programme.options)}
    for option, needs, lag in programme.pairs:
        for start, year in enumerate(programme.starts):
            own = model.up_to(places[option], start)
            ready = sum(begun + lag <= year for begun in programme.starts) - 1
            model.row(own | dict.fromkeys(model.up_to(places[needs], ready), -1.0), most=0.0)


def _hold_capacity(model: Formulation) -> None:
    for (institution, _start), terms in capacity_terms(model).items():
        model.row(terms, most=model.programme.capacity[institution])


def capacity_terms(model: Formulation) -> dict[tuple[str, int], Terms]:
    """Starts of each institution in each start year."""
    terms: dict[tuple[str, int], Terms] = {}
    for (option, start), column in model.started.items():
        terms.setdefault((model.programme.institution[option], start), {})[column] = 1.0
    return terms


def share_terms(model: Formulation, years: Iterable[int]) -> dict[tuple[str, int], Terms]:
    """Share of gap closed of each guarantee in each of the years, by the lower bound of the union of a group's options.

    Parameters
    ----------
    model : takes the columns and rows that the union needs
    years : places of years

    Notes
    -----
    The union is the greatest of Σ v c with v at most what has started at a level c, and Σ v at most 1. Starts that close the same share
    in a year are one level, so a ramp needs as many columns as it has steps.
    """
    programme, shares = model.programme, {}
    for year in years:
        for (guarantee, _group), members in programme.groups().items():
            union = _union_terms(model, members, year)
            whole = shares.setdefault((guarantee, year), {})
            whole |= {column: value * programme.weight[members[0]] for column, value in union.items()}
    return shares


def _union_terms(model: Formulation, members: list[int], year: int) -> Terms:
    closed = model.programme.closed
    alone = {
        column: closed[option, start, year]
        for (option, start), column in model.started.items()
        if option in members and closed[option, start, year] > SAME
    }
    if len(members) == 1:
        return alone
    levels: dict[float, list[int]] = {}
    for column, share in alone.items():
        levels.setdefault(round(share / SAME) * SAME, []).append(column)
    counted = {model.column(): (share, columns) for share, columns in levels.items()}
    for column, (_share, columns) in counted.items():
        model.row({column: 1.0} | dict.fromkeys(columns, -1.0), most=0.0)
    model.row(dict.fromkeys(counted, 1.0), most=1.0)
    return {column: share for column, (share, _columns) in counted.items()}


def weighed(parts: Iterable[Terms], factor: float) -> Terms:
    """Sum of terms, each times a factor."""
    total: Terms = {}
    for terms in parts:
        for column, value in terms.items():
            total[column] = total.get(column, 0.0) + factor * value
    return total
