"""The order when figures change: a little more money in every year, and costs that come out high."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.errors import NasssapError
from nasssap_lib.roadmap.checks import Starts, check_order
from nasssap_lib.roadmap.optimum import NODES, Order, best_order
from nasssap_lib.roadmap.programme import Programme

THOUSANDTH = 0.001  # share of GDP: a tenth of a percent


class OneMore(NamedTuple):
    """What more money in every year buys."""

    amount: float  # share of GDP
    before: Order
    after: Order
    smallest_share: float  # gained of the share closed of the guarantee that is worst off, 0–1
    open_sum: float  # years of an average open gap that are saved
    changed: pd.DataFrame  # option, before, after: starts that differ (Int64; NA: not started)


def one_more(
    programme: Programme,
    amount: float = THOUSANDTH,
    before: Order | None = None,
    must_start: Iterable[str] = (),
    node_limit: int = NODES,
) -> OneMore:
    """What ``amount`` more in every year would buy: solved again, since whole starts have no price.

    Parameters
    ----------
    programme : what may start and what holds it back
    amount : share of GDP
    before : the best order without it; None: solved here
    must_start, node_limit : see :func:`optimum.best_order`

    Notes
    -----
    The open sum can rise when the smallest share does: the first aim comes first.

    Examples
    --------
    >>> from nasssap_lib.roadmap.programme import Programme
    >>> parts = dict(options=["a"], guarantee=["g"], group=["p"], institution=["m"], starts=[2027], years=[2027], earliest=[2027])
    >>> numbers = dict(cost=[[[0.004]]], closed=[[[0.6]]], weight=[1], envelope=[0.003], capacity={"m": 1})
    >>> more = one_more(Programme(**parts, **numbers))
    >>> round(more.smallest_share, 6), more.changed["option"].tolist()
    (0.6, ['a'])
    """
    if not amount > 0:
        raise NasssapError(f"one_more: amount is {amount}, expected a share of GDP above 0")
    must = list(must_start)
    before = best_order(programme, must, node_limit) if before is None else before
    after = best_order(replace(programme, envelope=programme.envelope + amount), must, node_limit)
    both = before.starts[["option", "start"]].merge(after.starts[["option", "start"]], on="option")
    both.columns = ["option", "before", "after"]
    changed = both[both["before"].fillna(0) != both["after"].fillna(0)].reset_index(drop=True)
    gained = after.smallest_share - before.smallest_share, before.open_sum - after.open_sum
    return OneMore(amount, before, after, *gained, changed)


def high_costs(programme: Programme, starts: Starts, high: float | np.ndarray) -> pd.DataFrame:
    """Where an order breaks the envelope when costs come out high: rows of ``checks.BREAK_COLUMNS``.

    Parameters
    ----------
    programme : what may start
    starts : year by option, or a table with option and start
    high : net cost[option, start, year] that comes out, shares of GDP; or a factor on what is not a net saving

    Raises
    ------
    NasssapError : another shape than the programme's cost, no number, a factor that is not above 0

    Examples
    --------
    >>> from nasssap_lib.roadmap.programme import Programme
    >>> parts = dict(options=["a"], guarantee=["g"], group=["p"], institution=["m"], starts=[2027], years=[2027], earliest=[2027])
    >>> numbers = dict(cost=[[[0.004]]], closed=[[[0.6]]], weight=[1], envelope=[0.005], capacity={"m": 1})
    >>> high_costs(Programme(**parts, **numbers), {"a": 2027}, 1.5)["amount"].round(6).tolist()
    [0.001]
    """
    if np.ndim(high) == 0:
        if not high > 0:
            raise NasssapError(f"high_costs: the factor is {high}, expected a number above 0")
        high = np.where(programme.cost > 0, programme.cost * high, programme.cost)
    broken = check_order(replace(programme, cost=high), starts)
    return broken[broken["kind"] == "envelope"].reset_index(drop=True)
