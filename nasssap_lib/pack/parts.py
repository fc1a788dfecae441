"""Wholes and their parts: women and men, shares of a whole, distributions, lines of poverty. Arithmetic, whatever the country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from nasssap_lib.pack.age_groups import first_ages
from nasssap_lib.pack.magnitudes import side_by_side
from nasssap_lib.pack.plausible import Finding, Frames, each, indicator_names, where
from nasssap_lib.reasons import reason

RATE_POINTS = 1.0  # a rate of both sexes lies between that of women and that of men; published digits are rounded
COUNT_SHARE = 0.02
WHOLES = (  # published shares of one whole
    ("employment_share_agriculture", "employment_share_industry", "employment_share_services"),
    ("wage_and_salaried_share", "self_employed_share"),
)
WHOLE_POINTS = 2.0
INSIDE = (
    ("contributing_family_share", "self_employed_share"),
    ("poverty_gap", "poverty_headcount"),
    ("poverty_severity", "poverty_gap"),
)
INSIDE_POINTS = 0.5
LINE = re.compile(r"line=([0-9]+\.[0-9]{2})_(ppp[0-9]{4})")
DECILES, QUINTILES = [f"d{i}" for i in range(1, 11)], [f"q{i}" for i in range(1, 6)]
SUM_POINTS, ORDER_POINTS, PAIR_POINTS = 1.0, 0.05, 0.3
GINI_BELOW, GINI_ABOVE = 0.5, 8.0  # points by which a Gini index may lie off that of straight lines between the tenths
NEAR_YEARS, LEAST_COVERED = 3, 0.75  # rates of other years and younger pensioners leave room
COUNTS = ("persons", "thousand_persons", "million_persons")
ROW = ["area", "indicator", "group", "breakdown", "year", "source"]


def parts_findings(frames: Frames) -> Iterator[Finding]:
    """Wholes that are not made of their parts.

    Parameters
    ----------
    frames : tables of a pack by their name in it
    """
    facts = frames["facts"]
    # it would be passed over: chapters ask for women
    of_both = facts["group"].eq("mothers") & facts["sex"].ne("female")
    yield from where("facts", facts, of_both, "sex", "mothers_are_women", "mend_group_or_sex")
    yield from _sexes(facts)
    names = indicator_names(frames)
    some = facts[facts["indicator"].isin([*sum(WHOLES, ()), *sum(INSIDE, ())]) & facts["area"].eq("")]
    beside = side_by_side(some, ["group", "sex", "breakdown", "year", "source"])
    yield from _wholes(*beside, facts, names)
    yield from _inside(*beside, facts, names)
    yield from _lines(facts)
    yield from _covered_by_group(facts, frames["population"])
    yield from _distributions(frames["welfare"])


def _sexes(facts: pd.DataFrame) -> Iterator[Finding]:
    """Figures of both sexes that are not between those of women and men, or not their sum where persons are counted."""
    sex, indicator = facts["sex"], facts["indicator"]
    if not {"total", "female", "male"} <= set(sex.unique()):
        return
    some = facts[indicator.isin(indicator[sex == "female"]) & indicator.isin(indicator[sex == "male"])]
    if some.empty:
        return
    same = some.groupby(ROW, sort=False).ngroup().to_numpy()
    value, sex, last = some["value"].to_numpy(), some["sex"].to_numpy(dtype=object), same.max() + 1
    total, women, men = (_first_of_each(value, same, sex == name, last) for name in ("total", "female", "male"))
    rows = _first_of_each(np.arange(len(some), dtype=float), same, sex == "total", last)
    rates = (total < np.minimum(women, men) - RATE_POINTS) | (total > np.maximum(women, men) + RATE_POINTS)
    counted = np.isin(same, same[some["unit"].isin(COUNTS)])
    counts = _first_of_each(counted.astype(float), same, sex == "total", last) > 0
    odd = np.flatnonzero(np.where(counts, np.abs(total - women - men) > COUNT_SHARE * total, rates))
    odd = odd[~np.isnan(total[odd] + women[odd] + men[odd])]
    told = [
        reason("sum_of_sexes" if counts[i] else "between_sexes", women=float(women[i]), men=float(men[i])) for i in odd
    ]
    yield from each("facts", some.iloc[rows[odd].astype(int)], "value", told, "ask_parts_of_it", True)


def _first_of_each(value: np.ndarray, group: np.ndarray, rows: np.ndarray, groups: int) -> np.ndarray:
    """The first value of each group among some rows; NaN where it has none there."""
    first = np.full(groups, np.nan)
    first[group[rows][::-1]] = value[rows][::-1]
    return first


def _wholes(wide: pd.DataFrame, rows: pd.DataFrame, facts: pd.DataFrame, names: Mapping[str, str]) -> Iterator[Finding]:
    for parts in (parts for parts in WHOLES if {*parts} <= set(wide)):
        some = wide.reindex(columns=list(parts)).dropna()
        sums = some.sum(axis=1)
        odd = sums[(sums - 100).abs() > WHOLE_POINTS]
        if odd.empty:
            continue
        said = [names.get(part, part) for part in parts]
        told = [reason("sum_of_100", parts=said, sum=float(round(value, 1))) for value in odd]
        yield from each("facts", facts.loc[rows.loc[odd.index, parts[0]]], "value", told, "ask_parts_of_it", True)


def _inside(wide: pd.DataFrame, rows: pd.DataFrame, facts: pd.DataFrame, names: Mapping[str, str]) -> Iterator[Finding]:
    """A part that is more than its whole."""
    for part, whole in (pair for pair in INSIDE if {*pair} <= set(wide)):
        odd = wide[wide[part].to_numpy() > wide[whole].to_numpy() + INSIDE_POINTS]
        if odd.empty:
            continue
        told = [reason("part_up_to", whole=names.get(whole, whole), most=float(value)) for value in odd[whole]]
        yield from each("facts", facts.loc[rows.loc[odd.index, part]], "value", told, "mend_one_of_them")


def _lines(facts: pd.DataFrame) -> Iterator[Finding]:
    """Fewer poor below a higher line of the same dollars, year and source."""
    lines = facts[facts["indicator"] == "poverty_headcount"]
    lines = lines[lines["area"] == ""]
    if lines.empty:
        return
    parts = {cell: found for cell in lines["breakdown"].unique() if (found := LINE.fullmatch(cell))}
    lines = lines[lines["breakdown"].isin(parts)]
    lines = lines.assign(
        line=[float(parts[cell][1]) for cell in lines["breakdown"]],
        dollars=[parts[cell][2] for cell in lines["breakdown"]],
    )
    key = ["group", "sex", "year", "source", "dollars"]
    lines = lines.sort_values([*key, "line"], kind="stable")
    below = lines.groupby(key)["value"].shift()
    odd = lines[lines["value"] < below - INSIDE_POINTS]
    yield from each(
        "facts",
        odd,
        "value",
        [reason("poor_at_least", least=float(below[row])) for row in odd.index],
        "mend_one_of_them",
    )


def _covered_by_group(facts: pd.DataFrame, population: pd.DataFrame) -> Iterator[Finding]:
    """At least one benefit counts fewer people than children and older persons together, who are different people."""
    rates = facts[facts["indicator"] == "effective_coverage"]
    rates = rates[rates["area"].eq("") & rates["sex"].eq("total")]
    covered = rates[rates["group"] == "at_least_one"]
    if covered.empty or not rates["group"].isin(["children", "older_persons"]).any():
        return
    rates, covered = rates.sort_values("year"), covered.sort_values("year")
    ages = population.drop_duplicates(["year", "sex", "age_group"])
    first, persons = first_ages(ages["age_group"]), ages["persons"]
    everybody = persons.groupby(ages["year"]).sum()
    least = pd.Series(0.0, covered.index)
    for group, of_group in (("children", first < 15), ("older_persons", first >= 65)):
        share = persons[of_group].groupby(ages["year"]).sum() / everybody
        part = np.interp(covered["year"], share.index.astype(float), share) if len(share) else 0.0
        least += _nearest_rate(rates[rates["group"] == group], covered["year"].to_numpy()) * part
    odd = covered[covered["value"] < least * LEAST_COVERED - 1]
    told = [reason("covered_at_least", least=float(f"{least[row]:.3g}")) for row in odd.index]
    yield from each("facts", odd, "value", told, "ask_who_is_counted_in_it", True)


def _nearest_rate(rates: pd.DataFrame, years: np.ndarray) -> np.ndarray | float:
    """The rate of the nearest year, at most 100; 0 where none is near."""
    own = rates.drop_duplicates("year", keep="last")
    if own.empty:
        return 0.0
    gaps = np.abs(own["year"].to_numpy() - years[:, None])
    rate = own["value"].to_numpy().clip(max=100.0)[gaps.argmin(axis=1)]
    return np.where(gaps.min(axis=1) <= NEAR_YEARS, rate, 0.0)


def _distributions(welfare: pd.DataFrame) -> Iterator[Finding]:
    """Shares of tenths and fifths that are not those of a distribution."""
    if welfare.empty:
        return
    tenths, fifths = welfare[DECILES], welfare[QUINTILES]
    for shares in (tenths, fifths):
        yield from _one_distribution(welfare, shares)
    pairs = pd.DataFrame(tenths.to_numpy().reshape(-1, 5, 2).sum(axis=2), welfare.index, QUINTILES)
    for column in QUINTILES:
        odd = welfare[np.abs(pairs[column].to_numpy() - fifths[column].to_numpy()) > PAIR_POINTS]
        if odd.empty:
            continue
        told = [reason("fifth_of_tenths", sum=float(round(pairs.at[row, column], 2))) for row in odd.index]
        yield from each("welfare", odd, column, told, "copy_shares_again", True)
    yield from _gini(welfare, tenths)


def _one_distribution(welfare: pd.DataFrame, shares: pd.DataFrame) -> Iterator[Finding]:
    """Shares of equal parts, the poorest first, that do not come to everything, or fall, or of which some are missing."""
    values, columns = shares.to_numpy(), shares.columns
    known = ~np.isnan(values)
    whole = known.all(axis=1)
    sums = values.sum(axis=1)
    off = whole & (np.abs(sums - 100) > SUM_POINTS)
    told = [reason("shares_sum_to", sum=float(round(value, 2))) for value in sums[off]]
    yield from each("welfare", welfare[off], columns[-1], told, "copy_shares_again")
    falls = whole[:, None] & (np.diff(values, axis=1) < -ORDER_POINTS)
    for place in np.flatnonzero(falls.any(axis=0)):
        yield from each("welfare", welfare[falls[:, place]], columns[place + 1], "shares_ascend", "poorest_first")
    some = (known.sum(axis=1) > 2) & ~whole  # the first and the last tenth are published by themselves
    yield from where("welfare", welfare, some, columns[0], "all_shares", "copy_shares_again")


def _gini(welfare: pd.DataFrame, tenths: pd.DataFrame) -> Iterator[Finding]:
    """A Gini index that is not that of the shares beside it: straight lines between the tenths give the least that it can be."""
    least = 100 - (tenths.cumsum(axis=1) - tenths / 2).sum(axis=1, min_count=10) * 0.2
    odd = welfare[~(welfare["gini"] - least).between(-GINI_BELOW, GINI_ABOVE) & welfare["gini"].notna() & least.notna()]
    told = [
        reason("gini_of_shares", least=float(round(least[row], 1)), most=float(round(least[row] + GINI_ABOVE, 1)))
        for row in odd.index
    ]
    yield from each("welfare", odd, "gini", told, "mend_one_of_them", True)
