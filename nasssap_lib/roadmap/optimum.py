"""The best order of starts: the smallest share closed as large as it can be, then as little left open over the years, then least money."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.errors import MissingEvidence, NasssapError, did_you_mean
from nasssap_lib.roadmap.checks import check_order, open_sum, order_costs, smallest_share
from nasssap_lib.roadmap.formulation import MONEY, Formulation, Terms, formulate, share_terms, weighed
from nasssap_lib.roadmap.programme import Programme
from nasssap_lib.roadmap.solver import Infeasible, Solved, minimise

TOLERANCE = 1e-6  # a later step may give away so much of an earlier one: of a share closed, of the open sum
SHARES = 1e3  # the solver counts thousandths, so that the tolerance is a thousand times its own
FINE = 1e3  # the third step counts ten-millionths of GDP
MOST_NODES, WORK = 20_000, 1_800_000  # of a step; the second is of options × starts × nodes: about a minute on a laptop
PARTS, NEARBY_NODES = 5, 50  # two of so many parts of the options at a time, and most nodes of each
STEP_COLUMNS = ["step", "value", "bound", "gap", "proved", "nodes"]


class Order(NamedTuple):
    """An order of starts that breaks nothing, and how good it is known to be."""

    starts: pd.DataFrame  # option, guarantee, group, institution, start (Int64; NA: not started)
    smallest_share: float  # share of gap closed of the guarantee that is worst off at the horizon, 0–1
    open_sum: float  # years for which an average gap stays wholly open
    gap: float  # the open sum is at most so much above the best there is, relative to it; 0: proved
    proved: bool  # the first two steps
    nodes: int
    steps: pd.DataFrame  # STEP_COLUMNS: smallest_share, open_sum and, where both are proved, cost

    @property
    def years(self) -> dict[str, int]:
        """First year of each option that starts."""
        begun = self.starts.dropna(subset=["start"])
        return dict(zip(begun["option"], begun["start"].astype(int), strict=True))

    @property
    def digest(self) -> str:
        """SHA-256 of who starts when, which two machines can compare."""
        return hashlib.sha256(
            "".join(f"{option} {year}\n" for option, year in sorted(self.years.items())).encode()
        ).hexdigest()


def best_order(programme: Programme, must_start: Iterable[str] = (), node_limit: int | None = None) -> Order:
    """Which option starts in which year.

    Parameters
    ----------
    programme : what may start and what holds it back
    must_start : ids of options that have to start
    node_limit : most nodes of each step; no time limit, so that every machine gives the same order; None: :func:`usual_nodes`

    Returns
    -------
    Order : checked again by :func:`checks.check_order`

    Raises
    ------
    NasssapError : no such option; the options that must start cannot (see :func:`conflicts.why_infeasible`)
    MissingEvidence : no order was found within the node limit

    Notes
    -----
    (i) max min_G closed_{G,H}; (ii) at that, to 1e-6, min Σ_t Σ_G open_{G,t} / number of guarantees; (iii) at both, least net cost
    over all years and, where that is equal to a ten-millionth of GDP, options whose ids come first start, and start first. The third
    step is left out where one of the first two is not proved; then two fifths of the options at a time are put in order anew while the
    others stay, which leaves the bound as it is and brings the order nearer to it. Options of one group count by the greatest of them.

    Examples
    --------
    >>> from nasssap_lib.roadmap.programme import Programme
    >>> parts = dict(options=["a"], guarantee=["g"], group=["p"], institution=["m"], starts=[2027], years=[2027], earliest=[2027])
    >>> numbers = dict(cost=[[[0.002]]], closed=[[[0.6]]], weight=[1], envelope=[0.003], capacity={"m": 1})
    >>> order = best_order(Programme(**parts, **numbers))
    >>> order.starts["start"].tolist(), round(order.open_sum, 6), order.proved
    ([2027], 0.4, True)
    """
    must = known_options(programme, must_start)
    node_limit = usual_nodes(programme) if node_limit is None else node_limit
    if node_limit < 1:
        raise NasssapError(f"best_order: node_limit is {node_limit}, expected at least 1")
    programme = by_id(programme)
    first, least, begun = _largest_smallest_share(programme, must, node_limit)
    second, begun = _smallest_open_sum(programme, must, node_limit, least, begun)
    steps = [first, second]
    if all(step["proved"] for step in steps):
        third, begun = _least_cost(programme, must, node_limit, least, open_sum(programme, begun), begun)
        steps.append(third)
    return _order(programme, begun, pd.DataFrame(steps, columns=STEP_COLUMNS))


def usual_nodes(programme: Programme) -> int:
    """Most nodes of a step, fewer for a large programme, whose nodes take longer: 2,000 for 60 options and 15 starts."""
    return min(MOST_NODES, max(WORK // (len(programme.options) * len(programme.starts)), 1))


def by_id(programme: Programme) -> Programme:
    """The same programme with its options in the order of their ids: what was given first decides nothing."""
    places = sorted(range(len(programme.options)), key=programme.options.__getitem__)
    names = ("options", "guarantee", "group", "institution", "earliest")
    named = {name: [getattr(programme, name)[at] for at in places] for name in names}
    arrays = {name: getattr(programme, name)[places] for name in ("cost", "closed", "weight")}
    return replace(programme, **named, **arrays, pairs=sorted(programme.pairs))


def known_options(programme: Programme, names: Iterable[str]) -> list[str]:
    """The options that have to start, each of them one of the programme."""
    names, known = list(names), set(programme.options)
    if wrong := [f"{name!r}: {did_you_mean(name, known)}" for name in names if name not in known]:
        raise NasssapError(f"must_start: no such option {'; '.join(wrong)}")
    return names


def _largest_smallest_share(programme: Programme, must: list[str], node_limit: int):
    """Step (i): its row, the share, and the order."""
    model = formulate(programme, must)
    smallest = model.column()
    _hold_smallest(model, share_terms(model, [_horizon(programme)]), smallest)
    found = minimise(model, {smallest: -SHARES}, node_limit, "best_order, smallest share closed")
    begun = read_starts(model, found)
    share = smallest_share(programme, begun)
    return _step("smallest_share", share, max(-found.bound / SHARES, share), found), share, begun


def _smallest_open_sum(programme: Programme, must: list[str], node_limit: int, least: float, before: dict):
    """Step (ii): its row and the order; that of the step before where this one finds none better."""
    model = formulate(programme, must)
    shares = _hold_shares(model, least)
    try:
        found = minimise(model, _open_terms(shares, programme), node_limit, "best_order, open shares")
    except (
        MissingEvidence
    ):  # none was found within the nodes: the order of the step before holds, and nothing is known of a better one
        value = open_sum(programme, before)
        return {
            "step": "open_sum",
            "value": value,
            "bound": 0.0,
            "gap": 1.0,
            "proved": False,
            "nodes": node_limit,
        }, before
    begun = min(read_starts(model, found), before, key=lambda order: open_sum(programme, order))
    if not found.proved:
        begun = _better_nearby(programme, must, least, begun)
    value, whole = open_sum(programme, begun), float(programme.counted.sum())
    return _step("open_sum", value, min(whole + found.bound / SHARES, value), found), begun


def _better_nearby(programme: Programme, must: list[str], least: float, begun: dict[str, int]) -> dict[str, int]:
    """Where the nodes ran out: a part of the options is put in order anew while all others stay, one part after the other."""
    parts = np.array_split(np.arange(len(programme.options)), PARTS)
    for part, following in zip(parts, [*parts[1:], parts[0]], strict=True):
        model = formulate(programme, must)
        _hold_others(model, begun, {*part.tolist(), *following.tolist()})
        shares = _hold_shares(model, least)
        try:
            found = minimise(model, _open_terms(shares, programme), NEARBY_NODES, "best_order, nearby")
        except (MissingEvidence, Infeasible):  # to the solver's tolerance nothing else holds
            continue
        begun = min(begun, read_starts(model, found), key=lambda order: open_sum(programme, order))
    return begun


def _hold_others(model: Formulation, begun: dict[str, int], free: set[int]) -> None:
    """Options that are not free start as they did, or not at all."""
    programme = model.programme
    for (option, start), column in model.started.items():
        if option not in free:
            as_before = float(begun.get(programme.options[option]) == programme.starts[start])
            model.lower[column] = model.upper[column] = as_before


def _least_cost(programme: Programme, must: list[str], node_limit: int, least: float, most_open: float, before: dict):
    """Step (iii): its row and the order."""
    model = formulate(programme, must)
    shares = _hold_shares(model, least)
    whole = float(programme.counted.sum())
    model.row(_open_terms(shares, programme), most=SHARES * (most_open - whole + TOLERANCE))
    try:
        found = minimise(model, _cost_terms(model), node_limit, "best_order, least cost")
    except MissingEvidence:  # the order before stands: both its aims are proved
        cost = float(order_costs(programme, before)["cost"].sum())
        return dict.fromkeys(STEP_COLUMNS, np.nan) | {
            "step": "cost",
            "value": cost,
            "proved": False,
            "nodes": node_limit,
        }, before
    begun = read_starts(model, found)
    scale = MONEY * FINE
    return _step("cost", found.objective / scale, found.bound / scale, found), begun


def _horizon(programme: Programme) -> int:
    return programme.years.index(programme.horizon)


def _hold_smallest(model: Formulation, shares: dict, smallest: int) -> None:
    for terms in shares.values():
        model.row(weighed([terms, {smallest: -1.0}], SHARES), least=0.0)


def _hold_shares(model: Formulation, least: float) -> dict[tuple[str, int], Terms]:
    """Terms of the shares of all counted years, held at the result of step (i) at the horizon."""
    programme = model.programme
    shares = share_terms(model, np.flatnonzero(programme.counted).tolist())
    for (_guarantee, year), terms in shares.items():
        if year == _horizon(programme):
            model.row(weighed([terms], SHARES), least=SHARES * (least - TOLERANCE))
    return shares


def _open_terms(shares: dict, programme: Programme) -> Terms:
    """Open sum less the number of counted years, in the solver's unit."""
    return weighed(shares.values(), -SHARES / len(programme.guarantees))


def _cost_terms(model: Formulation) -> Terms:
    """Money of all years, and less than a ten-millionth of GDP for who starts when."""
    cost, options, starts = model.programme.cost, len(model.programme.options), len(model.programme.starts)
    most = 2 * options * options * starts
    return {
        column: cost[option, start].sum() * MONEY * FINE + ((option + 1) * starts + (options - option) * start) / most
        for (option, start), column in model.started.items()
    }


def read_starts(model: Formulation, found: Solved) -> dict[str, int]:
    """Years of the options that start."""
    programme = model.programme
    return {
        programme.options[option]: programme.starts[start]
        for (option, start), column in model.started.items()
        if found.values[column] > 0.5
    }


def _step(name: str, value: float, bound: float, found: Solved) -> dict:
    gap = abs(value - bound) / max(abs(value), 1e-12)
    return {
        "step": name,
        "value": value,
        "bound": value if found.proved else bound,
        "gap": 0.0 if found.proved else gap,
        "proved": found.proved,
        "nodes": found.nodes,
    }


def _order(programme: Programme, begun: dict[str, int], steps: pd.DataFrame) -> Order:
    broken = check_order(programme, begun)
    if len(broken):
        raise NasssapError(f"best_order: the solver's order does not hold:\n{broken.to_string(index=False)}")
    start = pd.array([begun.get(name) for name in programme.options], dtype="Int64")
    names = {"guarantee": programme.guarantee, "group": programme.group, "institution": programme.institution}
    starts = pd.DataFrame({"option": programme.options} | names | {"start": start})
    aims = steps.iloc[:2]
    return Order(
        starts,
        smallest_share(programme, begun),
        open_sum(programme, begun),
        float(aims["gap"].iat[1]),
        bool(aims["proved"].all()),
        int(steps["nodes"].sum()),
        steps,
    )
