"""Figures whose proportion to GDP, to each other or to a day's life no country has: the same thing in another unit.

Where a whole series is in the wrong unit, no neighbour in time shows it; another figure of the pack does.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from nasssap_lib.pack.magnitudes import plain_number, side_by_side
from nasssap_lib.pack.plausible import Finding, Frames, each, indicator_names, where
from nasssap_lib.reasons import reason

# A figure, times so many a year, is between these times another one: outside the first two it cannot be, outside the others it is odd.
# Minimum wages that nobody adjusts fall to 2 % of GDP per head; a poverty line is about half of it in poor countries.
PROPORTIONS = (
    ("minimum_wage_monthly", 12, "gdp_per_head", (0.003, 30), (0.015, 4)),
    ("minimum_wage_daily", 260, "gdp_per_head", (0.003, 30), (0.015, 4)),
    ("minimum_wage_hourly", 2080, "gdp_per_head", (0.003, 30), (0.015, 4)),
    ("national_poverty_line", 1, "gdp_per_head", (0.005, 20), (0.05, 2)),
    ("national_poverty_line_harmonised", 365, "gdp_per_head_ppp", (0.005, 20), (0.05, 2)),
    ("welfare_median", 365, "gdp_per_head_ppp", (0.005, 20), (0.05, 2)),
    ("gdp_ppp", 1, "gdp_current_usd", (0.1, 40), (0.4, 10)),
    ("gdp_per_head_ppp", 1, "gdp_per_head_usd", (0.1, 40), (0.4, 10)),
    ("gdp_per_head_ppp_2021", 1, "gdp_per_head_ppp", (0.05, 50), (0.2, 8)),
)
NEAREST = 5  # years between a figure and the one that it is held against
IN_GDP = {  # spending in % of GDP: no country reaches the first, few the second
    "social_protection_expenditure_gdp": (60, 35),
    "social_assistance_expenditure_gdp": (60, 15),
}
SPENT = {"social_protection_budget": 35, "social_protection_expenditure": 35}  # billions, as a percentage of GDP
SURELY = 60
CONSTANT = 10  # times, in each year: constant prices are those of a year nearby
LIVED_ON = (0.0, 500.0), (0.5, 150.0)  # a mean in international dollars a day: outside it cannot be, or is odd
MEDIAN = (0.1, 3.0), (0.25, 1.1)  # of the mean of the same survey
FIRST_VINTAGE, VINTAGES = 1985, (1985, 1993, 2005, 2011, 2017, 2021)  # of international comparisons of prices


def proportion_findings(frames: Frames, this_year: int) -> Iterator[Finding]:
    """Figures out of all proportion to another one.

    Parameters
    ----------
    frames : tables of a pack by their name in it
    this_year : the calendar year in which somebody asks
    """
    facts, welfare = frames["facts"], frames["welfare"]
    if len(facts):
        used = {name for first, _, other, *_ in PROPORTIONS for name in (first, other)}
        used |= {*IN_GDP, *SPENT, "gdp_current", "gdp_constant", "gdp_deflator"}
        plain = facts["indicator"].isin(used) & facts["area"].eq("") & facts["breakdown"].eq("")
        wide, rows = side_by_side(facts[plain & facts["group"].eq("total") & facts["sex"].eq("total")], ["year"])
        names = indicator_names(frames)
        for rule in PROPORTIONS:
            yield from _out_of_proportion(wide, rows, facts, names, rule)
        yield from _spending(wide, rows, facts)
        yield from _constant_prices(wide, rows, facts)
        yield from _medians(wide, rows, facts, welfare)
    yield from _welfare(welfare, this_year)


def _out_of_proportion(wide, rows, facts, names, rule) -> Iterator[Finding]:
    first, times, other, sure, usual = rule
    if not {first, other} <= set(wide):
        return
    values, known = wide[first].dropna(), wide[other][wide[other] > 0]
    if values.empty or known.empty:
        return
    beside = known.reindex(values.index, method="nearest", tolerance=NEAREST)
    ratio = values * times / beside
    for doubt, odd in _outside(ratio, sure, usual):
        told = [
            reason(
                "in_proportion", other=names.get(other, other), ratio=plain_number(value), least=usual[0], most=usual[1]
            )
            for value in ratio[odd]
        ]
        yield from each("facts", facts.loc[rows[first][ratio.index[odd]]], "value", told, "mend_one_of_them", doubt)


def _outside(ratio: pd.Series, sure: tuple, usual: tuple) -> Iterator[tuple[bool, np.ndarray]]:
    """Whether it is a doubt, and where, as far as there are such: first what cannot be, then what is odd."""
    value = ratio.to_numpy()
    wrong = (value < sure[0]) | (value > sure[1])
    odd = ~wrong & ((value < usual[0]) | (value > usual[1]))
    yield from ((doubt, rows) for doubt, rows in ((False, wrong), (True, odd)) if rows.any())


def _spending(wide, rows, facts) -> Iterator[Finding]:
    """More spent on social protection than any country spends."""
    for name in sorted(IN_GDP.keys() & set(wide)):
        sure, most = IN_GDP[name]
        yield from _too_much(wide[name], sure, most, rows[name], facts)
    for name in sorted(SPENT.keys() & set(wide)) if "gdp_current" in wide else ():
        gdp = wide["gdp_current"].where(wide["gdp_current"] > 0).ffill().bfill()
        yield from _too_much(wide[name] / gdp * 100, SURELY, SPENT[name], rows[name], facts)


def _too_much(percent: pd.Series, sure: float, most: float, rows: pd.Series, facts: pd.DataFrame) -> Iterator[Finding]:
    for doubt, odd in ((False, percent > sure), (True, (percent > most) & (percent <= sure))):
        if not odd.any():
            continue
        told = [reason("spent_up_to", most=most, percent=plain_number(value)) for value in percent[odd]]
        yield from each("facts", facts.loc[rows[odd]], "value", told, "mend_unit", doubt)


def _constant_prices(wide, rows, facts) -> Iterator[Finding]:
    """GDP at constant prices that is far from that at current prices in each year; beside a deflator it is held against that."""
    if (
        not {"gdp_constant", "gdp_current"} <= set(wide)
        or wide.get("gdp_deflator", pd.Series(dtype=float)).notna().any()
    ):
        return
    ratio = (wide["gdp_constant"] / wide["gdp_current"]).where(wide["gdp_current"] > 0).dropna()
    if len(ratio) and ((ratio > CONSTANT).all() or (ratio < 1 / CONSTANT).all()):
        last = facts.loc[[rows["gdp_constant"][ratio.index[-1]]]]
        told = reason("as_current_nearby", factor=plain_number(max(ratio.iat[-1], 1 / ratio.iat[-1])))
        yield from each("facts", last, "value", told, "mend_unit", True)


def _medians(wide, rows, facts, welfare) -> Iterator[Finding]:
    """A median far from the mean of the same survey: of a distribution to the right it is somewhat lower."""
    if welfare.empty or "welfare_median" not in wide:
        return
    means = (
        welfare[(welfare["ppp_year"] == 2017) & (welfare["mean"] > 0)].drop_duplicates("year").set_index("year")["mean"]
    )
    ratio = (wide["welfare_median"] / means.reindex(wide.index)).dropna()
    for doubt, odd in _outside(ratio, *MEDIAN):
        told = [reason("median_of_mean", mean=plain_number(means[year])) for year in ratio.index[odd]]
        yield from each(
            "facts", facts.loc[rows["welfare_median"][ratio.index[odd]]], "value", told, "mend_one_of_them", doubt
        )


def _welfare(welfare: pd.DataFrame, this_year: int) -> Iterator[Finding]:
    """Means that nobody lives on, and dollars of years in which no prices were compared."""
    if welfare.empty:
        return
    mean, (sure, usual) = welfare["mean"], LIVED_ON
    wrong = mean.le(sure[0]) | mean.gt(sure[1])
    odd = ~wrong & (mean.lt(usual[0]) | mean.gt(usual[1]))
    told = reason("lived_on", least=usual[0], most=usual[1])
    yield from where("welfare", welfare, wrong, "mean", told, "dollars_a_day")
    yield from where("welfare", welfare, odd, "mean", told, "dollars_a_day", True)
    year = welfare["ppp_year"]
    never = ~year.between(FIRST_VINTAGE, this_year)
    told = reason("a_vintage", years=list(map(str, VINTAGES)))
    yield from where("welfare", welfare, never, "ppp_year", told, "mend_year")
    yield from where("welfare", welfare, ~never & ~year.isin(VINTAGES), "ppp_year", told, "mend_year", True)
