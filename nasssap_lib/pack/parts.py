"""Wholes and their parts: women and men, shares of a whole, distributions, lines of poverty. Arithmetic, whatever the country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from nasssap_lib.pack.magnitudes import side_by_side
from nasssap_lib.pack.plausible import Finding, Frames, each, indicator_names
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
    told_by_sex = facts[facts["sex"].isin(["female", "male"])]
    some = facts[facts["indicator"].isin(set(told_by_sex["indicator"]))]
    one = some.assign(row=some.index).drop_duplicates([*ROW, "sex"]).set_index([*ROW, "unit", "sex"])
    wide = one["value"].unstack()
    if not {"total", "female", "male"} <= set(wide):
        return
    wide = wide.dropna()
    total, women, men = (wide[sex] for sex in ("total", "female", "male"))
    counts = wide.index.get_level_values("unit").isin(COUNTS)
    rates = (total < np.minimum(women, men) - RATE_POINTS) | (total > np.maximum(women, men) + RATE_POINTS)
    odd = wide[np.where(counts, (total - women - men).abs() > COUNT_SHARE * total, rates)]
    told = [
        reason("sum_of_sexes" if key[-1] in COUNTS else "between_sexes", women=float(a), men=float(b))
        for key, a, b in zip(odd.index, odd["female"], odd["male"], strict=True)
    ]
    rows = one["row"].unstack().loc[odd.index, "total"] if len(odd) else []
    yield from each("facts", facts.loc[rows], "value", told, "ask_parts_of_it", True)


def _wholes(wide: pd.DataFrame, rows: pd.DataFrame, facts: pd.DataFrame, names: Mapping[str, str]) -> Iterator[Finding]:
    for parts in WHOLES:
        some = wide.reindex(columns=list(parts)).dropna()
        sums = some.sum(axis=1)
        odd = sums[(sums - 100).abs() > WHOLE_POINTS]
        said = [names.get(part, part) for part in parts]
        told = [reason("sum_of_100", parts=said, sum=float(round(value, 1))) for value in odd]
        yield from each(
            "facts",
            facts.loc[rows.loc[odd.index, parts[0]] if len(odd) else []],
            "value",
            told,
            "ask_parts_of_it",
            True,
        )


def _inside(wide: pd.DataFrame, rows: pd.DataFrame, facts: pd.DataFrame, names: Mapping[str, str]) -> Iterator[Finding]:
    """A part that is more than its whole."""
    for part, whole in INSIDE:
        some = wide.reindex(columns=[part, whole]).dropna()
        odd = some[some[part] > some[whole] + INSIDE_POINTS]
        told = [reason("part_up_to", whole=names.get(whole, whole), most=float(value)) for value in odd[whole]]
        yield from each(
            "facts", facts.loc[rows.loc[odd.index, part] if len(odd) else []], "value", told, "mend_one_of_them"
        )


def _lines(facts: pd.DataFrame) -> Iterator[Finding]:
    """Fewer poor below a higher line of the same dollars, year and source."""
    lines = facts[facts["indicator"].eq("poverty_headcount") & facts["area"].eq("")]
    parts = lines["breakdown"].str.extract(r"^line=(\d+\.\d{2})_(ppp\d{4})$")
    lines = lines.assign(line=pd.to_numeric(parts[0]), dollars=parts[1]).dropna(subset=["line"])
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
    rates = facts[facts["indicator"].eq("effective_coverage") & facts["area"].eq("") & facts["sex"].eq("total")]
    rates = rates.assign(row=rates.index).sort_values("year")
    covered = rates[rates["group"] == "at_least_one"]
    ages = population.assign(first=population["age_group"].str.extract(r"^(\d+)")[0].astype(float))
    ages = ages.drop_duplicates(["year", "sex", "age_group"])
    least = pd.Series(0.0, covered.index)
    for group, of_group in (("children", ages["first"] < 15), ("older_persons", ages["first"] >= 65)):
        share = ages[of_group].groupby("year")["persons"].sum() / ages.groupby("year")["persons"].sum()
        own = rates[rates["group"] == group][["year", "value"]].rename(columns={"value": "rate"})
        near = pd.merge_asof(covered[["year"]], own, on="year", direction="nearest", tolerance=NEAR_YEARS)["rate"].clip(
            upper=100
        )
        part = np.interp(covered["year"], share.index.astype(float), share) if len(share) else 0.0
        least += near.fillna(0.0).to_numpy() * part
    odd = covered[covered["value"] < least * LEAST_COVERED - 1]
    told = [reason("covered_at_least", least=float(f"{least[row]:.3g}")) for row in odd.index]
    yield from each("facts", odd, "value", told, "ask_who_is_counted_in_it", True)


def _distributions(welfare: pd.DataFrame) -> Iterator[Finding]:
    """Shares of tenths and fifths that are not those of a distribution."""
    if welfare.empty:
        return
    tenths, fifths = welfare[DECILES], welfare[QUINTILES]
    for shares in (tenths, fifths):
        known = shares.notna().all(axis=1)
        sums = shares[known].sum(axis=1)
        odd = sums[(sums - 100).abs() > SUM_POINTS]
        told = [reason("shares_sum_to", sum=float(round(value, 2))) for value in odd]
        yield from each("welfare", welfare.loc[odd.index], shares.columns[-1], told, "copy_shares_again")
        falls = shares[known].diff(axis=1) < -ORDER_POINTS
        for column in falls:
            yield from each(
                "welfare", welfare.loc[falls.index[falls[column]]], column, "shares_ascend", "poorest_first"
            )
        some = (shares.notna().sum(axis=1) > 2) & ~known  # the first and the last tenth are published by themselves
        yield from each("welfare", welfare[some], shares.columns[0], "all_shares", "copy_shares_again")
    pairs = pd.DataFrame(tenths.to_numpy().reshape(-1, 5, 2).sum(axis=2), welfare.index, QUINTILES)
    for column in QUINTILES:
        odd = welfare[(pairs[column] - fifths[column]).abs() > PAIR_POINTS]
        told = [reason("fifth_of_tenths", sum=float(round(pairs.at[row, column], 2))) for row in odd.index]
        yield from each("welfare", odd, column, told, "copy_shares_again", True)
    yield from _gini(welfare, tenths)


def _gini(welfare: pd.DataFrame, tenths: pd.DataFrame) -> Iterator[Finding]:
    """A Gini index that is not that of the shares beside it: straight lines between the tenths give the least that it can be."""
    least = 100 - (tenths.cumsum(axis=1) - tenths / 2).sum(axis=1, min_count=10) * 0.2
    odd = welfare[~(welfare["gini"] - least).between(-GINI_BELOW, GINI_ABOVE) & welfare["gini"].notna() & least.notna()]
    told = [
        reason("gini_of_shares", least=float(round(least[row], 1)), most=float(round(least[row] + GINI_ABOVE, 1)))
        for row in odd.index
    ]
    yield from each("welfare", odd, "gini", told, "mend_one_of_them", True)
