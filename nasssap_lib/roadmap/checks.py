"""What an order of starts costs and closes by year, and what it breaks: plain arithmetic, for orders made by hand and by a solver."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from nasssap_lib.errors import NasssapError, did_you_mean
from nasssap_lib.roadmap.programme import CENT, Programme

BREAK_COLUMNS = ["kind", "option", "needs", "institution", "year", "amount"]
Starts = Mapping[str, int | None] | pd.DataFrame  # years by option, or a table with the columns option and start


def check_order(programme: Programme, starts: Starts) -> pd.DataFrame:
    """What an order breaks, each break a row; no rows: it holds.

    Parameters
    ----------
    programme : what may start and what holds it back
    starts : year by option, or a table with option and start; missing, None or NA: not started

    Returns
    -------
    table with the columns of ``BREAK_COLUMNS``

    * kind: envelope (amount: share of GDP above it in the year), prerequisite and earliest (years too early; NaN where what the
      option needs never starts), capacity (starts too many of the institution in the year)
    * option, needs, institution: ids, "" where the kind has none; year: that of the money or of the start

    Raises
    ------
    NasssapError : no such option, a year in which nothing may start, an option twice

    Examples
    --------
    >>> from nasssap_lib.roadmap.programme import Programme
    >>> parts = dict(options=["a"], guarantee=["g"], group=["p"], institution=["m"], starts=[2027], years=[2027], earliest=[2028])
    >>> numbers = dict(cost=[[[0.004]]], closed=[[[0.6]]], weight=[1], envelope=[0.003], capacity={"m": 1})
    >>> check_order(Programme(**parts, **numbers), {"a": 2027})[["kind", "option", "year", "amount"]].round(6).values.tolist()
    [['envelope', '', 2027, 0.001], ['earliest', 'a', 2027, 1.0]]
    """
    begun = _begun(programme, starts)
    rows = [
        *_over_envelope(programme, starts),
        *_too_early(programme, begun),
        *_without_needs(programme, begun),
        *_too_many(programme, begun),
    ]
    table = pd.DataFrame(rows, columns=BREAK_COLUMNS)
    return table.astype({"year": "int64", "amount": float} | dict.fromkeys(BREAK_COLUMNS[:4], "str"))


def order_costs(programme: Programme, starts: Starts) -> pd.DataFrame:
    """Money of an order by year: year, cost, committed, envelope, left (envelope less both); shares of GDP.

    Parameters
    ----------
    programme : what may start
    starts : year by option, or a table with option and start

    Examples
    --------
    >>> from nasssap_lib.roadmap.programme import Programme
    >>> parts = dict(options=["a"], guarantee=["g"], group=["p"], institution=["m"], starts=[2027], years=[2027], earliest=[2027])
    >>> numbers = dict(cost=[[[0.004]]], closed=[[[0.6]]], weight=[1], envelope=[0.003], capacity={"m": 1})
    >>> order_costs(Programme(**parts, **numbers), {"a": 2027})["left"].round(6).tolist()
    [-0.001]
    """
    cost = sum((programme.cost[at] for at in _places(programme, starts)), np.zeros(len(programme.years)))
    money = {"cost": cost, "committed": programme.committed, "envelope": programme.envelope}
    return pd.DataFrame({"year": programme.years} | money).assign(left=programme.envelope - programme.committed - cost)


def closed_shares(programme: Programme, starts: Starts) -> pd.DataFrame:
    """Share of the gap that an order closes, by guarantee and counted year: guarantee, year, closed, open (0–1).

    Parameters
    ----------
    programme : what may start
    starts : year by option, or a table with option and start

    Notes
    -----
    Options of one group close at least what the greatest of them closes alone: the lower bound of their union, never the sum. Groups
    count by their weight in the guarantee; a group without options stays open.

    Examples
    --------
    >>> from nasssap_lib.roadmap.programme import Programme
    >>> parts = dict(options=["a"], guarantee=["g"], group=["p"], institution=["m"], starts=[2027], years=[2027], earliest=[2027])
    >>> numbers = dict(cost=[[[0.004]]], closed=[[[0.6]]], weight=[0.5], envelope=[0.003], capacity={"m": 1})
    >>> closed_shares(Programme(**parts, **numbers), {"a": 2027}).values.tolist()
    [['g', 2027, 0.3, 0.7]]
    """
    begun = dict(_places(programme, starts))
    nothing = np.zeros(len(programme.years))
    closed = {name: nothing.copy() for name in programme.guarantees}
    for (guarantee, _group), members in programme.groups().items():
        alone = [programme.closed[at, begun[at]] for at in members if at in begun]
        closed[guarantee] += programme.weight[members[0]] * np.max([nothing, *alone], axis=0)
    wide = pd.DataFrame(closed, index=programme.years).loc[programme.counted]
    table = wide.rename_axis("year").reset_index().melt("year", var_name="guarantee", value_name="closed")
    return table[["guarantee", "year", "closed"]].assign(open=1 - table["closed"])


def smallest_share(programme: Programme, starts: Starts) -> float:
    """The smallest share of gap closed of a guarantee at the horizon, 0–1.

    Parameters
    ----------
    programme : what may start
    starts : year by option, or a table with option and start
    """
    shares = closed_shares(programme, starts)
    return float(shares.loc[shares["year"] == programme.horizon, "closed"].min())


def open_sum(programme: Programme, starts: Starts) -> float:
    """Σ over counted years of the mean open share of the guarantees: years for which an average gap stays wholly open.

    Parameters
    ----------
    programme : what may start
    starts : year by option, or a table with option and start
    """
    return float(closed_shares(programme, starts)["open"].sum()) / len(programme.guarantees)


def _begun(programme: Programme, starts: Starts) -> dict[str, int]:
    """Years of the options that start, in the order of the programme."""
    if isinstance(starts, pd.DataFrame):
        if starts["option"].duplicated().any():
            raise NasssapError(
                f"check_order: started twice: {', '.join(starts.loc[starts['option'].duplicated(), 'option'])}"
            )
        starts = dict(zip(starts["option"], starts["start"], strict=True))
    asked = {name: year for name, year in starts.items() if not pd.isna(year)}
    known = set(programme.options)
    faults = [f"no such option {name!r}: {did_you_mean(name, known)}" for name in starts if name not in known]
    faults += [
        f"{name} starts in {year}, expected one of {programme.starts[0]} to {programme.starts[-1]} in which options may start"
        for name, year in asked.items()
        if year not in programme.starts
    ]
    if faults:
        raise NasssapError("check_order: " + "; ".join(faults))
    return {name: int(asked[name]) for name in programme.options if name in asked}


def _places(programme: Programme, starts: Starts) -> list[tuple[int, int]]:
    """Places of option and start in the arrays."""
    return [
        (programme.options.index(name), programme.starts.index(year))
        for name, year in _begun(programme, starts).items()
    ]


def _over_envelope(programme: Programme, starts: Starts) -> list[tuple]:
    money = order_costs(programme, starts)
    over = money[money["left"] < -CENT]
    return [("envelope", "", "", "", year, -left) for year, left in zip(over["year"], over["left"], strict=True)]


def _too_early(programme: Programme, begun: Mapping[str, int]) -> list[tuple]:
    earliest = dict(zip(programme.options, programme.earliest, strict=True))
    return [
        ("earliest", name, "", "", year, earliest[name] - year) for name, year in begun.items() if year < earliest[name]
    ]


def _without_needs(programme: Programme, begun: Mapping[str, int]) -> list[tuple]:
    return [
        ("prerequisite", name, needs, "", begun[name], begun[needs] + lag - begun[name] if needs in begun else np.nan)
        for name, needs, lag in programme.pairs
        if name in begun and (needs not in begun or begun[name] < begun[needs] + lag)
    ]


def _too_many(programme: Programme, begun: Mapping[str, int]) -> list[tuple]:
    institution = dict(zip(programme.options, programme.institution, strict=True))
    starts = pd.Series([(institution[name], year) for name, year in begun.items()], dtype=object).value_counts()
    return [
        ("capacity", "", "", name, year, number - programme.capacity[name])
        for (name, year), number in sorted(starts.items())
        if number > programme.capacity[name]
    ]
