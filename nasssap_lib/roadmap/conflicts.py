"""Why options cannot all start: which constraint is in the way, and by how much."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from nasssap_lib.roadmap.checks import BREAK_COLUMNS, check_order
from nasssap_lib.roadmap.formulation import (
    Formulation,
    Terms,
    capacity_terms,
    cost_terms,
    formulate,
    room,
    weighed,
)
from nasssap_lib.roadmap.optimum import NODES, by_id, known_options, read_starts
from nasssap_lib.roadmap.programme import Programme
from nasssap_lib.roadmap.solver import Infeasible, minimise

KINDS = ("envelope", "capacity", "earliest", "prerequisite")


def why_infeasible(programme: Programme, must_start: Iterable[str], node_limit: int = NODES) -> pd.DataFrame:
    """Which constraint keeps options from all starting, and by how much at least.

    Parameters
    ----------
    programme : what may start and what holds it back
    must_start : ids of options that have to start
    node_limit : most nodes of each question

    Returns
    -------
    table with ``relaxed`` and the columns of ``checks.BREAK_COLUMNS``; no rows: they can all start

    * relaxed: the one kind of constraint that gives way while all others hold (a way out each); ``all``: no single kind is enough
    * amount: of that way out: shares of GDP, starts or years, smallest in sum over years and options

    Raises
    ------
    NasssapError : no such option
    MissingEvidence : no order was found within the node limit

    Notes
    -----
    Where all kinds give way together, a start too many and a year too early each count as 1 % of GDP: stated, not measured.

    Examples
    --------
    >>> from nasssap_lib.roadmap.programme import Programme
    >>> parts = dict(options=["a"], guarantee=["g"], group=["p"], institution=["m"], starts=[2027], years=[2027], earliest=[2027])
    >>> numbers = dict(cost=[[[0.004]]], closed=[[[0.6]]], weight=[1], envelope=[0.003], capacity={"m": 1})
    >>> why_infeasible(Programme(**parts, **numbers), ["a"])[["relaxed", "kind", "year", "amount"]].round(6).values.tolist()
    [['envelope', 'envelope', 2027, 0.001]]
    """
    must, programme = known_options(programme, must_start), by_id(programme)
    if _way_out(programme, must, (), node_limit) is not None:
        return pd.DataFrame(columns=["relaxed", *BREAK_COLUMNS])
    ways = {kind: _way_out(programme, must, (kind,), node_limit) for kind in KINDS}
    ways = {kind: way for kind, way in ways.items() if way is not None}
    ways = ways or {"all": _way_out(programme, must, KINDS, node_limit)}
    return pd.concat([way.assign(relaxed=kind) for kind, way in ways.items()], ignore_index=True)[
        ["relaxed", *BREAK_COLUMNS]
    ]


def _way_out(programme: Programme, must: list[str], kinds: Iterable[str], node_limit: int) -> pd.DataFrame | None:
    """What breaks least when kinds of constraints give way; None where that is not enough."""
    model = formulate(programme, must, kinds)
    penalty = weighed([GIVES_WAY[kind](model) for kind in kinds], 1.0)
    try:
        found = minimise(model, penalty, node_limit, "why_infeasible")
    except Infeasible:
        return None
    return check_order(programme, read_starts(model, found))


def _money_given(model: Formulation) -> Terms:
    """Hundredths of a percent of GDP above the envelope, a column a year."""
    over = {}
    for year, most in enumerate(room(model.programme)):
        column = model.column(upper=np.inf)
        model.row(cost_terms(model, year) | {column: -1.0}, most=most)
        over[column] = 1.0
    return over


def _starts_given(model: Formulation) -> Terms:
    """Starts above what an institution can carry, a column an institution and year."""
    over = {}
    for (institution, _start), terms in capacity_terms(model).items():
        column = model.column(upper=np.inf)
        model.row(terms | {column: -1.0}, most=model.programme.capacity[institution])
        over[column] = 100.0
    return over


def _years_given(model: Formulation) -> Terms:
    """Years before the earliest start."""
    programme = model.programme
    return {
        column: 100.0 * (programme.earliest[option] - programme.starts[start])
        for (option, start), column in model.started.items()
        if programme.starts[start] < programme.earliest[option]
    }


def _needs_given(model: Formulation) -> Terms:
    """Years before what an option needs is ready, a column a pair; what never starts counts as started after the last start."""
    programme, short = model.programme, {}
    after = programme.starts[-1] + 1
    for option, needs, lag in programme.pairs:
        column = model.column(upper=np.inf)
        own, needed = (programme.options.index(name) for name in (option, needs))
        terms = {column: -1.0}
        for (at, start), begun in model.started.items():
            year = programme.starts[start]
            if at in (own, needed):
                terms[begun] = float(lag + after - year if at == own else year - after)
        model.row(terms, most=0.0)  # both started: lag + year of what is needed − own year; own not started: at most 0
        short[column] = 100.0
    return short


GIVES_WAY: dict[str, Callable[[Formulation], Terms]] = dict(
    zip(KINDS, (_money_given, _starts_given, _years_given, _needs_given), strict=True)
)
