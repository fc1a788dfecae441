"""The economy that costs are set against: GDP, prices, lines, wages, the exchange rate and revenue, year by year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.costing.formula import MONTHS
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.targets import persons_in
from nasssap_lib.provenance import join_sources
from nasssap_lib.schemes.gdp_per_head import gdp_by_persons

FIRST, LAST = 1990, 2100  # years that are worked out together, whichever of them are asked for
COLUMNS = [
    "year", "population", "gdp", "prices", "poverty_line", "wages", "minimum_wage", "exchange_rate", "revenue", "source",
]  # fmt: skip
SERIES = {  # column → indicators that it is made of
    "gdp_per_head": ("gdp_current",),
    "prices": ("consumer_price_index",),
    "poverty_line": ("national_poverty_line", "consumer_price_index"),
    "wages": ("average_earnings", "gdp_per_head_ppp_2021", "national_average_earnings"),
    "minimum_wage": ("minimum_wage_monthly",),
    "exchange_rate": ("exchange_rate",),
    "revenue": ("government_revenue_gdp",),
}


class WageRatio(NamedTuple):
    """Average earnings of employees a year ÷ GDP per head, the year of both, and their sources; NaN where not known."""

    ratio: float
    year: int | None
    source: str


def economy_of(pack: Pack, years: Iterable[int]) -> pd.DataFrame:
    """The economy of a country in the years asked for, as :func:`costing.cost_measure` takes it.

    Returns
    -------
    table : year, population (persons), gdp (national currency a year, NaN after the last year of its source), prices (consumer
        price index), poverty_line (national currency a person a year, moved from its own year by prices; NaN without both), wages
        (average earnings of employees, national currency a year: GDP per head of the year × :func:`wage_ratio`), minimum_wage
        (national currency a year: the national monthly one in force × 12), exchange_rate (national currency per US$), revenue (of
        government, share of GDP, 0–1), source (of population, GDP and prices); NaN where the pack does not have the figure

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> economy_of(read_pack("LKA"), [2024, 2025])["gdp"].isna().tolist()
    [False, True]
    """
    asked = [int(year) for year in years]
    if not all(FIRST <= year <= LAST for year in asked):
        return _economy(pack, asked)
    return _economy(pack, range(FIRST, LAST + 1)).iloc[[year - FIRST for year in asked]].reset_index(drop=True)


@once_a_pack
def _economy(pack: Pack, years: Iterable[int]) -> pd.DataFrame:
    years = list(years)
    people = persons_in(pack, years)
    gdp, prices = above_zero(pack.series("gdp_current")), above_zero(pack.series("consumer_price_index"))
    index = prices.set_index("year")["value"].reindex(years).to_numpy(float)
    table = pd.DataFrame({"year": years, "population": people["persons"], "prices": index})
    table["gdp"] = gdp.set_index("year")["value"].reindex(years).to_numpy(float) * 1e9
    table["poverty_line"] = _line_in(pack, index)
    table["wages"] = table["gdp"] / table["population"] * wage_ratio(pack).ratio
    table["minimum_wage"] = _in_force(pack.series("minimum_wage_monthly"), years) * MONTHS
    table["exchange_rate"] = _at(pack, "exchange_rate", years)
    table["revenue"] = _at(pack, "government_revenue_gdp", years) / 100
    table["source"] = join_sources(*people["source"], *gdp["source"].unique(), *prices["source"].unique())
    return table[COLUMNS]


def above_zero(series: pd.DataFrame) -> pd.DataFrame:
    """A series without what nothing can be divided by."""
    return series[series["value"] > 0]


def _at(pack: Pack, indicator: str, years: list[int]) -> np.ndarray:
    return above_zero(pack.series(indicator)).set_index("year")["value"].reindex(years).to_numpy(float)


def _in_force(series: pd.DataFrame, years: list[int]) -> np.ndarray:
    """The newest value of each year or before it: what a decree sets holds until the next one."""
    known = above_zero(series)
    place = np.searchsorted(known["year"].to_numpy(int), years, side="right") - 1
    return np.append(known["value"].to_numpy(float), np.nan)[place]


def _line_in(pack: Pack, index: np.ndarray) -> np.ndarray:
    """The national line at the prices of each year."""
    line = pack.latest("national_poverty_line")
    prices = above_zero(pack.series("consumer_price_index")).set_index("year")["value"]
    if len(line) != 1 or line["year"].iat[0] not in prices.index or line["unit"].iat[0] != "lcu_per_year":
        return np.full(len(index), np.nan)
    return line["value"].iat[0] * index / prices[line["year"].iat[0]]


def wage_ratio(pack: Pack) -> WageRatio:
    """Average earnings of employees ÷ GDP per head, of the newest year up to the reference year for which both are known.

    Notes
    -----
    Earnings in 2021 PPP $ a month (``average_earnings``) stand on GDP per head in 2021 PPP $ of the same year, those in national
    currency (``national_average_earnings``) on GDP per head in national currency; the first are preferred, for they are of one
    definition in all countries. The ratio is kept in all years: wages are taken to grow with GDP per head.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> bool(wage_ratio(read_pack("ZMB")).ratio > 1)
    True
    """
    found = _ratio(pack, "average_earnings", pack.series("gdp_per_head_ppp_2021"))
    if found.year is not None:
        return found
    return _ratio(pack, "national_average_earnings", gdp_by_persons(pack))


def _ratio(pack: Pack, indicator: str, per_head: pd.DataFrame) -> WageRatio:
    earnings = above_zero(pack.series(indicator))[["year", "value", "source"]]
    both = earnings.merge(above_zero(per_head)[["year", "value", "source"]], on="year", suffixes=("", "_head"))
    both = both[both["year"] <= pack.settings.reference_year]
    if both.empty:
        return WageRatio(np.nan, None, "")
    row = both.iloc[-1]
    return WageRatio(
        row["value"] * MONTHS / row["value_head"], int(row["year"]), join_sources(row["source"], row["source_head"])
    )


def series_sources(pack: Pack, columns: Iterable[str]) -> list[str]:
    """Sources of the series that columns of the economy are made of.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> series_sources(read_pack("SEN"), ["exchange_rate"])
    ['WEO-2025-10']
    """
    names = dict.fromkeys(name for column in columns for name in SERIES.get(column, ()))
    return [source for name in names for source in pack.series(name)["source"].unique()]
