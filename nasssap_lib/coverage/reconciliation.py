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
from nasssap_lib.coverage.register_counts import RATE, RULES, Registered, register_shares, serves, targets_of
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
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
    return _bounds_of(as_records(counts.dropna(subset="persons")), people)


def _bounds_of(counted: list[dict], people: float) -> UnionBounds | None:
    if not counted or not people > 0:
        return None
    bounds = union_bounds(min(row["persons"] / people, 1.0) for row in counted)
    return UnionBounds(bounds.low, 1.0 if any(row["at_least"] for row in counted) else bounds.high)


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
    schemes = list(standing_schemes(pack).itertuples())
    counts: dict[tuple, list[dict]] = {}
    for count in as_records(register_shares(pack)):
        counts.setdefault((count["indicator"], count["group"]), []).append(count)
    rows: list[dict] = []
    for rule in RULES:
        own = counts.get((rule.indicator, rule.group), [])
        every = sum(serves(scheme, rule) for scheme in schemes)
        rows += _rows_of(pack, rule, own, every, _rates(pack, rule.indicator, rule.group))
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


def _rates(pack: Pack, indicator: str, group: str) -> list[dict]:
    series = pack.series(indicator, group, terms.sex_of(group))
    return as_records(series[series["year"] <= pack.settings.reference_year])


def _rows_of(pack: Pack, rule: Registered, own: list[dict], every: int, rates: list[dict]) -> list[dict]:
    """Rows of one rule: a year in which a register was counted, or a rate observed."""
    counted = {row["year"] for row in own}
    rate_of = {row_year(rate["year"], counted): rate for rate in rates}  # of two the newer
    years = sorted(counted | set(rate_of)) or [pack.settings.reference_year]
    people, both = targets_of(pack, rule.target, years), bool(own and rates)
    return [_row(pack, rule, own, every, rate_of.get(year), both, year, people[year]) for year in years]


def _near(own: list[dict], first: int, last: int) -> list[dict]:
    """The newest count of each scheme in some years, the oldest first."""
    newest = {row["scheme"]: row for row in own if first <= row["year"] <= last}  # those of a scheme ascend
    return sorted(newest.values(), key=lambda row: row["year"])


def _row(
    pack: Pack, rule: Registered, own: list[dict], every: int, rate: dict | None, both: bool, year: int, target: tuple
) -> dict:
    rates = [rate] if rate else []
    first = max([year, *(row["year"] for row in rates)]) - 1  # nothing is more than a year from anything else
    near, (people, quality, source, why) = _near(own, first, year), target
    counted = [row for row in near if row["persons"] == row["persons"]] if people > 0 else []
    bounds = _bounds_of(counted, people)
    more = any(row["at_least"] for row in counted)
    published = _published(pack, rate)
    found = reconcile(_as_far_as_known(bounds, len(counted) == every and not more), published)
    closed = min(1.0, float(sum(row["persons"] for row in counted) / people)) if bounds else np.nan
    told = [
        near[0]["reason"] if near and not bounds else "",
        reason("registers_not_counted", n=every - len(counted), all=every) if bounds and len(counted) < every else "",
        reason("count_is_more_than") if more else "",
        why if near and not bounds else "",
        reason("only_within_a_year") if both and found.state in ("only_published", "only_registers") else "",
    ]
    facts = [*(row["source"] for row in [*rates, *(counted if bounds else near)]), *([source] if bounds else [])]
    qualities = [*(row["quality"] for row in [*rates, *counted]), *([quality] if bounds and quality else [])]
    if found.state == "contradictory":
        above = published.low > bounds.high  # more is published than all registers together
        others = "schemes_may_lack" if above else "recipients_may_not_be_poor" if rule.group == "poor" else ""
        told = [contradiction(rate, bounds, counted), others, *told]
    return _named(rule.indicator, rule.group, year, published, rate) | {
        "target": people, "registers": ";".join(row["short_name"] for row in counted), "known": len(counted), "of": every,
        "registers_low": bounds.low if bounds else np.nan, "registers_high": closed,
        "registers_years": ", ".join(str(one) for one in sorted({row["year"] for row in counted})), "low": found.low, "high": found.high,
        "state": found.state, "quality": weakest(qualities) if qualities else "", "source": join_sources(*facts),
        "reason": join_reasons(*dict.fromkeys(filter(None, told))),
    }  # fmt: skip


def _as_far_as_known(bounds: UnionBounds | None, complete: bool) -> UnionBounds | None:
    """Registers as bounds: their sum is no upper one where others are not counted."""
    return bounds if bounds is None or complete else UnionBounds(bounds.low, 1.0)


def _published(pack: Pack, rate: dict | None) -> UnionBounds | None:
    if rate is None:
        return None
    _share, low, high = published_bounds(float(rate["value"]), pack.decimals(rate), rate["note"])
    return UnionBounds(low, high)


def contradiction(rate: dict, bounds: UnionBounds, counted: list[dict]) -> str:
    """The reason cell of a contradiction: which rate, which registers, how far they reach."""
    least, most = (round(min(1.0, end) * 100, 1) for end in (bounds.low, bounds.high))
    told = {"percent": round(float(rate["value"]), 2), "rate_year": int(rate["year"])}
    told |= {"schemes": [row["short_name"] for row in counted], "least": least}
    return reason("rate_contradicted_at", **told) if least == most else reason("rate_contradicted", **told, most=most)


def _named(indicator: str, group: str, year: int, published: UnionBounds | None, rate: dict | None) -> dict:
    known = published is not None
    return {
        "indicator": indicator, "group": group, "year": year, "rate": rate["value"] / 100 if known else np.nan,
        "published_low": published.low if known else np.nan, "published_high": published.high if known else np.nan,
        "published_year": rate["year"] if known else pd.NA,
    }  # fmt: skip


def _only_published(pack: Pack, group: str) -> dict:
    """The newest rate of a group that no register counts."""
    rate = next(reversed(_rates(pack, RATE, group)), None)
    published = _published(pack, rate)
    found = reconcile(None, published)
    year = rate["year"] if rate else pack.settings.reference_year
    return _named(RATE, group, year, published, rate) | {
        "target": targets_of(pack, group, [year])[year][0], "registers": "", "known": 0, "of": 0, "registers_low": np.nan,
        "registers_high": np.nan, "registers_years": "", "low": found.low, "high": found.high, "state": found.state,
        "quality": rate["quality"] if rate else "", "source": rate["source"] if rate else "",
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
