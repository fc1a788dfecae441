"""Reconciliation: what the registers of a group and the published rate of its coverage say together, within a year of each other.

Registers overlap by as much as nobody knows: together they reach between the largest of them and their sum (Fréchet 1935). What is left
when the published rate, with its rounding, is laid upon that is the interval that can be defended. Where nothing is left the two
contradict each other: no value between them is anybody's figure.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib import terms
from nasssap_lib.coverage.bounds import UnionBounds, published_bounds, union_bounds
from nasssap_lib.coverage.register_counts import RATE, RULES, Registered, register_shares, serves, target_of
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.schemes.inventory import standing_schemes

STATES = ("defended", "contradictory", "only_published", "only_registers", "nothing")
SAME = 1e-9  # two shares that differ by less are equal


NOT_COUNTED = ("at_least_one", "children", "severe_disability", "vulnerable")  # no register counts just these people
COLUMNS = [
    "indicator", "group", "year", "target", "registers", "known", "of", "registers_low", "registers_high", "registers_years", "rate",
    "published_low", "published_high", "published_year", "low", "high", "state", "quality", "source", "reason",
]  # fmt: skip


class Interval(NamedTuple):
    """What two readings of one coverage leave: low and high (shares, NaN where nothing is left or nothing known), state."""

    low: float
    high: float
    state: str


def reconcile(registers: UnionBounds | None, published: UnionBounds | None) -> Interval:
    """What registers and published rate say together.

    Parameters
    ----------
    registers : shares between which the registers reach; None: none is known
    published : the published rate with its rounding; None: none was published

    Returns
    -------
    Interval(low, high, state) : the intersection, state "defended"; "contradictory" without a value where it is empty; the one side
        that is known; "nothing"

    Examples
    --------
    >>> reconcile(UnionBounds(0.2, 0.5), UnionBounds(0.15, 0.25))
    Interval(low=0.2, high=0.25, state='defended')
    >>> reconcile(UnionBounds(0.4, 0.5), UnionBounds(0.15, 0.25)).state, reconcile(None, UnionBounds(0.1, 0.2)).state
    ('contradictory', 'only_published')
    """
    if registers is None or published is None:
        one, state = (registers, "only_registers") if registers else (published, "only_published")
        return Interval(one.low, one.high, state) if one else Interval(np.nan, np.nan, "nothing")
    low, high = max(registers.low, published.low), min(registers.high, published.high)
    if low > high + SAME:
        return Interval(np.nan, np.nan, "contradictory")
    return Interval(low, max(low, high), "defended")


def register_bounds(counts: pd.DataFrame, people: float) -> UnionBounds | None:
    """Between which shares of a group its registers reach together: the largest, and their sum, at most everybody.

    Parameters
    ----------
    counts : persons, at_least (True: printed as "more than", so that the sum is no upper bound)
    people : persons in the group

    Returns
    -------
    UnionBounds, or None where no count or no denominator is known

    Examples
    --------
    >>> table = pd.DataFrame({"persons": [300.0, 200.0], "at_least": [False, True]})
    >>> register_bounds(table.head(1), 1000), register_bounds(table, 1000)
    (UnionBounds(low=0.3, high=0.3), UnionBounds(low=0.3, high=1.0))
    """
    shares = counts["persons"].dropna() / people if people > 0 else pd.Series(dtype=float)
    if shares.empty:
        return None
    bounds = union_bounds(shares.clip(upper=1))
    return UnionBounds(bounds.low, 1.0 if counts.loc[shares.index, "at_least"].any() else bounds.high)


@once_a_pack
def reconcile_coverage(pack: Pack) -> pd.DataFrame:
    """Registers and published rate of each group and year, and the interval that they leave.

    Returns
    -------
    table : indicator, group, year, target (persons), registers (short names, ";"), known, of (registers that are counted, of the schemes
        that serve the group), registers_low, registers_high (shares: the largest, the sum), registers_years, rate (published share),
        published_low, published_high (its rounding), published_year, low, high (what both leave), state (a code of ``STATES``), quality,
        source, reason. One row a group and year of an observation up to the reference year; a group of which nothing is known has one row

    Notes
    -----
    Registers are of the row's year or the year before, a rate of the row's year or one beside it: never more than a year apart. A
    sum is an upper bound only where every scheme that serves the group is counted: ``registers_high`` is the sum of those that are,
    and where others are not, or a count is printed as "more than", it does not contradict a higher rate. For groups whose people no
    register counts as such (children, persons with severe disabilities, at least one benefit) there is the published rate alone.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = reconcile_coverage(read_pack("ZMB")).query("indicator == 'aspire_coverage_social_assistance'")
    >>> table[["year", "state"]].values.tolist()[-1]
    [2024, 'only_registers']
    """
    shares, schemes = register_shares(pack), standing_schemes(pack)
    rows: list[dict] = []
    for rule in RULES:
        own = shares[(shares["indicator"] == rule.indicator) & (shares["group"] == rule.group)]
        every = sum(serves(scheme, rule) for scheme in schemes.itertuples())
        rates = _rates(pack, rule.indicator, rule.group)
        partner = {int(year): row_year(int(year), set(own["year"])) for year in rates["year"]}
        years = sorted({*own["year"], *partner.values()}) or [pack.settings.reference_year]
        rows += [_row(pack, rule, own, every, rates[rates["year"].map(partner) == year], int(year)) for year in years]
    rows += [_only_published(pack, group) for group in NOT_COUNTED]
    table = pd.DataFrame(rows, columns=COLUMNS)
    whole = dict.fromkeys(("year", "known", "of", "published_year"), "Int64")
    shares = ("target", "registers_low", "registers_high", "rate", "published_low", "published_high", "low", "high")
    return table.astype(whole | dict.fromkeys(shares, "float64"))


def row_year(year: int, counted: set[int]) -> int:
    """The year in whose row a rate stands: its own where a register was counted then, else a year beside it that has one.

    Examples
    --------
    >>> row_year(2016, {2015, 2016}), row_year(2016, {2017}), row_year(2016, {2019})
    (2016, 2017, 2016)
    """
    return next((near for near in (year, year - 1, year + 1) if near in counted), year)


def _rates(pack: Pack, indicator: str, group: str) -> pd.DataFrame:
    series = pack.series(indicator, group, terms.sex_of(group))
    return series[series["year"] <= pack.settings.reference_year]


def _row(pack: Pack, rule: Registered, own: pd.DataFrame, every: int, rates: pd.DataFrame, year: int) -> dict:
    rate = rates.tail(1)
    first = max([year, *rate["year"]]) - 1  # nothing of the row is more than a year from anything else
    near = own[own["year"].between(first, year)].sort_values("year").drop_duplicates("scheme", keep="last")
    people, quality, source, why = target_of(pack, rule.target, year)
    bounds = register_bounds(near, people)
    counted = near[near["persons"].notna()] if bounds else near.iloc[:0]
    complete = len(counted) == every and not counted["at_least"].any()
    published = _published(pack, rate)
    found = reconcile(_as_far_as_known(bounds, complete), published)
    closed = min(1.0, float(counted["persons"].sum() / people)) if bounds else np.nan
    told = [
        near["reason"].iat[0] if len(near) and not bounds else "",
        reason("registers_not_counted", n=every - len(counted), all=every) if bounds and len(counted) < every else "",
        reason("count_is_more_than") if counted["at_least"].any() else "",
        why if len(near) and not bounds else "",
        reason("only_within_a_year")
        if found.state in ("only_published", "only_registers")
        and len(own)
        and len(_rates(pack, rule.indicator, rule.group))
        else "",
    ]
    facts = [
        *rate["source"],
        *(counted["source"] if bounds else near["source"]),
        *([source] if bounds and source else []),
    ]
    qualities = [*rate["quality"], *counted["quality"], *([quality] if bounds and quality else [])]
    if found.state == "contradictory":
        others = reason("recipients_may_not_be_poor") if rule.group == "poor" else ""
        told = [contradiction(rate, bounds, counted), others, *told]
    return _named(rule.indicator, rule.group, year, published, rate) | {
        "target": people, "registers": ";".join(counted["short_name"]), "known": len(counted), "of": every,
        "registers_low": bounds.low if bounds else np.nan, "registers_high": closed,
        "registers_years": ", ".join(str(one) for one in sorted(set(counted["year"]))), "low": found.low, "high": found.high,
        "state": found.state, "quality": weakest(qualities) if qualities else "", "source": join_sources(*facts),
        "reason": join_reasons(*dict.fromkeys(filter(None, told))),
    }  # fmt: skip


def _as_far_as_known(bounds: UnionBounds | None, complete: bool) -> UnionBounds | None:
    """Registers as bounds: their sum is no upper one where others are not counted."""
    return bounds if bounds is None or complete else UnionBounds(bounds.low, 1.0)


def _published(pack: Pack, rate: pd.DataFrame) -> UnionBounds | None:
    if rate.empty:
        return None
    row = rate.iloc[0]
    _share, low, high = published_bounds(float(row["value"]), pack.decimals(row), row["note"])
    return UnionBounds(low, high)


def contradiction(rate: pd.DataFrame, bounds: UnionBounds, counted: pd.DataFrame) -> str:
    """The reason cell of a contradiction: which rate, which registers, how far they reach."""
    return reason(
        "rate_contradicted",
        percent=round(float(rate["value"].iat[0]), 2),
        rate_year=int(rate["year"].iat[0]),
        schemes=list(counted["short_name"]),
        least=round(bounds.low * 100, 1),
        most=round(min(1.0, bounds.high) * 100, 1),
    )


def _named(indicator: str, group: str, year: int, published: UnionBounds | None, rate: pd.DataFrame) -> dict:
    known = published is not None
    return {
        "indicator": indicator, "group": group, "year": year, "rate": rate["value"].iat[0] / 100 if known else np.nan,
        "published_low": published.low if known else np.nan, "published_high": published.high if known else np.nan,
        "published_year": int(rate["year"].iat[0]) if known else pd.NA,
    }  # fmt: skip


def _only_published(pack: Pack, group: str) -> dict:
    """The newest rate of a group that no register counts."""
    rate = _rates(pack, RATE, group).tail(1)
    published = _published(pack, rate)
    found = reconcile(None, published)
    year = int(rate["year"].iat[0]) if len(rate) else pack.settings.reference_year
    return _named(RATE, group, year, published, rate) | {
        "target": target_of(pack, group, year)[0], "registers": "", "known": 0, "of": 0, "registers_low": np.nan,
        "registers_high": np.nan, "registers_years": "", "low": found.low, "high": found.high, "state": found.state,
        "quality": rate["quality"].iat[0] if len(rate) else "", "source": join_sources(*rate["source"]),
        "reason": reason("no_register_counts_them"),
    }  # fmt: skip


@once_a_pack
def contradicted_rates(pack: Pack) -> pd.DataFrame:
    """Published rates of SDG 1.3.1 that the registers of their year contradict.

    Returns
    -------
    table : group, published_year, reason, source; one row a group and rate
    """
    table = reconcile_coverage(pack)
    table = table[(table["state"] == "contradictory") & (table["indicator"] == RATE)]
    columns = ["group", "published_year", "reason", "source"]
    return table.drop_duplicates(["group", "published_year"], keep="last")[columns].reset_index(drop=True)


def is_consistent(table: pd.DataFrame) -> bool:
    """Whether no register contradicts a published rate.

    Parameters
    ----------
    table : result of :func:`reconcile_coverage`
    """
    return not table["state"].eq("contradictory").any()
