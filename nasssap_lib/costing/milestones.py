"""The years at which a package is read: when all of its options have grown up, and the last one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from nasssap_lib.costing.economy import economy_of
from nasssap_lib.costing.options import HIGH_LEVEL
from nasssap_lib.costing.ranges import TORNADO_COLUMNS, Prepared, tornado
from nasssap_lib.pack.model import Pack
from nasssap_lib.ties import spans

MEASURED_BY = {"poverty_line": "of_poverty_line", "minimum_wage": "of_minimum_wage", "wages": "of_average_earnings"}
LEVEL_COLUMNS = ["option", "name", "year", "level", "month", *MEASURED_BY.values(), "flag", "quality", "source"]


class Milestones(NamedTuple):
    """first : year of the table · mature : first year in which every option has its full take-up · last : year of the table."""

    first: int
    mature: int
    last: int


def milestones_of(costs: pd.DataFrame, measures: pd.DataFrame) -> Milestones | None:
    """The years at which the costs of a package are read; None where it has no years.

    Parameters
    ----------
    costs : result of ``costing.cost_package``
    measures : a pack's options: id, full_year

    Examples
    --------
    >>> costs = pd.DataFrame({"option": "a", "year": [2027, 2028, 2050]})
    >>> milestones_of(costs, pd.DataFrame({"id": ["a"], "full_year": [2031]}))
    Milestones(first=2027, mature=2050, last=2050)
    """
    if costs.empty:
        return None
    years = sorted(costs["year"].unique())
    full = measures.loc[measures["id"].isin(costs["option"]), "full_year"].max()
    return Milestones(int(years[0]), int(next((year for year in years if year >= full), years[-1])), int(years[-1]))


def options_in_year(costs: pd.DataFrame, year: int, sex: str = "total") -> pd.DataFrame:
    """Rows of one year, of women and men together unless a sex is named, by option."""
    return costs[(costs["year"] == year) & (costs["sex"] == sex)].set_index("option", drop=False)


def level_checks(pack: Pack, costs: pd.DataFrame, years: Iterable[int]) -> pd.DataFrame:
    """Levels of options beside what a person lives on: GDP per head, the poverty line, the minimum wage, average earnings.

    Parameters
    ----------
    pack : the country
    costs : result of ``costing.cost_package``
    years : years of the costs

    Returns
    -------
    table with the columns of ``LEVEL_COLUMNS``, one row an option and year

    * level: % of GDP per head; month: national currency a month in which it is paid, prices of the year
    * of_poverty_line, of_minimum_wage, of_average_earnings: shares 0–1 of the same year; NaN where the year has no such figure
    * flag: "high_level" above 30 % of GDP per head

    Notes
    -----
    A level that is indexed to prices falls against GDP per head: the cost falls by erosion, and here it is seen.

    Examples
    --------
    >>> from nasssap_lib.costing.package import cost_package
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> level_checks(pack, cost_package(pack, [2030], ["social_pension"]), [2030])["level"].tolist()
    [10.0]
    """
    years = [int(year) for year in years]
    table = costs[(costs["sex"] == "total") & costs["year"].isin(years)].reset_index(drop=True)
    economy = economy_of(pack, years).set_index("year")
    for name, column in MEASURED_BY.items():
        table[column] = 12 * table["month"] / table["year"].map(economy[name].astype(float))
    table["flag"] = ["high_level" if spans(HIGH_LEVEL, level) else "" for level in table["level"]]
    return table[LEVEL_COLUMNS]


def shown_years(at: Milestones | None) -> list[int]:
    """The years that a table of many shows: the first, that of full take-up, the tens between, the last.

    Examples
    --------
    >>> shown_years(Milestones(2027, 2031, 2050)), shown_years(None)
    ([2027, 2031, 2040, 2050], [])
    """
    if at is None:
        return []
    tens = [year for year in range(at.mature + 5, at.last - 4) if year % 10 == 0]
    return sorted({at.first, at.mature, *tens, at.last})


def level_years(costs: pd.DataFrame, at: Milestones | None) -> tuple[int, ...]:
    """The last year in which money is known, where lines and wages can be too, and the last year of all.

    Examples
    --------
    >>> costs = pd.DataFrame({"year": [2027, 2030, 2050], "total": [1.0, 1.0, None]})
    >>> level_years(costs, Milestones(2027, 2031, 2050)), level_years(costs, None)
    ((2030, 2050), ())
    """
    if at is None:
        return ()
    known = costs.loc[costs["total"].notna(), "year"]
    return tuple(sorted({int(known.max()) if len(known) else at.mature, at.last}))


def dearest_tornado(ready: Prepared, costs: pd.DataFrame, at: Milestones | None) -> pd.DataFrame:
    """What each assumption alone moves in the option that costs most when all have grown up.

    Parameters
    ----------
    ready : result of ``costing.prepare_package``
    costs : result of ``costing.cost_package`` for the same options
    at : result of :func:`milestones_of`

    Returns
    -------
    as ``costing.tornado``; no row where no option can be costed
    """
    known = options_in_year(costs, at.mature)["share_of_gdp"].dropna() if at else pd.Series(dtype=float)
    if known.empty:
        return pd.DataFrame(columns=TORNADO_COLUMNS)
    return tornado(ready, known.idxmax(), at.mature)
