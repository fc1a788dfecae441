"""Everything that is asked of the order of options, in one step: the typed order, the best one, and what other money would buy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.costing.options import MONEY
from nasssap_lib.pack.model import Pack
from nasssap_lib.roadmap.checks import BREAK_COLUMNS, check_order, closed_shares, order_costs
from nasssap_lib.roadmap.conflicts import why_infeasible
from nasssap_lib.roadmap.country import A_YEAR, CountryProgramme, country_programme, typed_starts
from nasssap_lib.roadmap.optimum import Order, best_order
from nasssap_lib.roadmap.programme import Programme
from nasssap_lib.roadmap.variations import THOUSANDTH, high_costs, one_more

COSTS = ["year", "cost", "committed", "envelope", "left"]
CLOSED = ["guarantee", "year", "typed", "best"]
MONEY_COLUMNS = ["money", "more", "options", "names", "smallest_share", "mean_share", "cost", "proved"]

HIGH = ["order", *BREAK_COLUMNS]
IN_THE_WAY = ["relaxed", *BREAK_COLUMNS]
NOTHING = tuple(pd.DataFrame(columns=columns) for columns in (CLOSED, HIGH, IN_THE_WAY, MONEY_COLUMNS))


class Roadmap(NamedTuple):
    """What was found of the order in which options start.

    ready : result of ``roadmap.country_programme``
    breaks : what the typed order breaks, result of ``roadmap.check_order``; without an envelope nothing of the kind envelope
    typed_costs, best_costs : cost against envelope by year, results of ``roadmap.order_costs``; best_costs is empty without an envelope
    best : the best order within the envelope; None where there is no envelope, or no option that can be ordered
    closed : guarantee, year, typed, best (shares 0–1 of gaps closed at least; best NaN without an envelope)
    high : years in which each order breaks the envelope when costs come out high: order ("typed" or "best") and ``checks.BREAK_COLUMNS``
    in_the_way : what keeps all options from starting, result of ``roadmap.why_infeasible``; both empty where there is no envelope
    money : what other amounts would buy, columns ``MONEY_COLUMNS``: money (share of GDP in each year; NaN: the envelope itself), more
        (share of GDP added to it), options (ids that start, ";"), names, smallest_share (of the guarantee that is worst off at the
        horizon), mean_share (over guarantees), cost (share of GDP at the horizon), proved (whether it is proved to be the best)
    """

    ready: CountryProgramme
    breaks: pd.DataFrame
    typed_costs: pd.DataFrame
    best_costs: pd.DataFrame
    best: Order | None
    closed: pd.DataFrame
    high: pd.DataFrame
    in_the_way: pd.DataFrame
    money: pd.DataFrame

    @property
    def cited(self) -> pd.DataFrame:
        """Sources of the options and of the money that there is for them: a table with the column source."""
        return pd.concat([self.ready.options[["source"]], self.ready.envelope[["source"]]], ignore_index=True)


class Starts(NamedTuple):
    """First year of each option that starts, and whether the order was proved against money (else it is the one that is typed)."""

    years: dict[str, int]
    within_money: bool


def planned_starts(
    pack: Pack, options: Iterable[str] | None = None, envelope: float | None = None, a_year: int = A_YEAR
) -> Starts:
    """When the options start: in the best order within the money, or as typed where nothing is proposed to pay for them.

    Parameters
    ----------
    pack, options, envelope, a_year : see ``roadmap.country_programme``

    Returns
    -------
    Starts; an option that does not fit the money is left out, and so is one of which cost or gap is not known where there is money

    Raises
    ------
    NasssapError, MissingEvidence : as ``roadmap.country_programme`` and ``roadmap.best_order``

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> planned_starts(read_pack("SEN"), ["social_pension"])
    Starts(years={'social_pension': 2027}, within_money=False)
    """
    ready = country_programme(pack, None if options is None else list(options), envelope, a_year=a_year)
    if ready.programme is None:
        typed = zip(ready.options["option"], ready.options["typed_start"].astype(int), strict=True)
        return Starts(dict(typed), within_money=False)
    return Starts(best_order(ready.programme).years, within_money=True)


def plan_roadmap(
    pack: Pack, options: Iterable[str] | None = None, envelope: float | None = None, a_year: int = A_YEAR
) -> Roadmap:
    """The typed order checked and costed, the best order beside it, and what other money would buy.

    Parameters
    ----------
    pack, options, envelope, a_year : see ``roadmap.country_programme``

    Returns
    -------
    Roadmap; its tables of costs and shares are empty where no option of the pack can be ordered

    Raises
    ------
    NasssapError, MissingEvidence : as ``roadmap.country_programme`` and ``roadmap.best_order``

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> found = plan_roadmap(read_pack("SEN"), ["social_pension", "child_benefit"], envelope=0.006)
    >>> found.breaks["kind"].unique().tolist(), int(found.best.starts["start"].notna().sum())
    (['envelope'], 1)
    """
    wanted = None if options is None else list(options)
    ready = country_programme(pack, wanted, envelope, a_year=a_year)
    programme = ready.programme
    paid = programme is not None
    if not paid:  # without an envelope the costs of an order can be told all the same
        programme = country_programme(pack, wanted, MONEY[-1], a_year=a_year).programme
    if programme is None:
        return Roadmap(
            ready, *(pd.DataFrame(columns=columns) for columns in (BREAK_COLUMNS, COSTS, COSTS)), None, *NOTHING
        )
    typed = typed_starts(ready)
    best = best_order(programme) if paid else None
    starts = best.years if best is not None else {}
    costs, breaks = order_costs(programme, typed), check_order(programme, typed)
    return Roadmap(
        ready,
        breaks if paid else breaks[breaks["kind"] != "envelope"].reset_index(drop=True),
        costs if paid else costs.assign(envelope=np.nan, left=np.nan),
        order_costs(programme, starts) if paid else costs.head(0),
        best, _closed(programme, typed, starts if paid else None), *_checks(ready, typed, best), _money(programme, ready.options, best),
    )  # fmt: skip


def _checks(ready: CountryProgramme, typed: Mapping, best: Order | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Where both orders break the envelope when costs come out high, and what keeps all options from starting."""
    programme = ready.programme
    if best is None or programme is None:
        return pd.DataFrame(columns=HIGH), pd.DataFrame(columns=IN_THE_WAY)
    orders = {"typed": typed, "best": best.years}
    high = [high_costs(programme, starts, ready.high).assign(order=order) for order, starts in orders.items()]
    return pd.concat(high, ignore_index=True)[HIGH], why_infeasible(programme, programme.options)


def _closed(programme: Programme, typed: Mapping, best: Mapping | None) -> pd.DataFrame:
    table = closed_shares(programme, typed)[["guarantee", "year", "closed"]].rename(columns={"closed": "typed"})
    found = np.nan if best is None else closed_shares(programme, best)["closed"].to_numpy()
    return table.assign(best=found)


def _money(programme: Programme, options: pd.DataFrame, best: Order | None) -> pd.DataFrame:
    """The envelope and a little more of it; without one, amounts that one can ask for."""
    if best is None:
        tried = [(amount, 0.0, np.full(len(programme.years), amount)) for amount in MONEY]
    else:
        after = one_more(programme, before=best).after
        tried = [(np.nan, 0.0, programme.envelope), (np.nan, THOUSANDTH, programme.envelope + THOUSANDTH)]
    names = dict(zip(options["option"], options["name"], strict=True))
    rows = []
    for amount, more, envelope in tried:
        own = replace(programme, envelope=envelope)
        order = best_order(own) if best is None else after if more else best
        starts, begun = order.years, list(order.years)
        ends = closed_shares(own, starts).query("year == @own.horizon")["closed"]
        costs = order_costs(own, starts).set_index("year")["cost"]
        rows.append({
            "money": amount, "more": more, "options": ";".join(begun), "names": ";".join(names[option] for option in begun),
            "smallest_share": order.smallest_share, "mean_share": ends.mean(), "cost": costs[own.horizon], "proved": order.proved,
        })  # fmt: skip
    return pd.DataFrame(rows, columns=MONEY_COLUMNS)
