"""What is missing by year: the cost of the options less the space that pays for them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from nasssap_lib.costing.combined import ALL, DISABLED_PENSIONERS
from nasssap_lib.costing.economy import economy_of
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.fiscal_space import BORROWED
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason

GAP_COLUMNS = [
    "year", "cost", "gross", "space_low", "space", "space_high", "gap_low", "gap", "gap_high", "borrowed_low", "borrowed",
    "borrowed_high", "gap_money", "unused", "quality",
    "source", "reason",
]  # fmt: skip
RANGE = ("low", "central", "high")
MOST_EARMARKS = 12  # different lists of options that space is bound to: all their subsets are looked at


def financing_gap(costs: pd.DataFrame, space: pd.DataFrame, pack: Pack) -> pd.DataFrame:
    """Cost of the options chosen, the space that pays for them, and what is missing, by year.

    Parameters
    ----------
    costs : result of ``costing.combine_options`` (each person paid once), or of ``costing.cost_package``
    space : result of :func:`financing.space_by_year` for the same options and years
    pack : the country

    Returns
    -------
    table with the columns of ``GAP_COLUMNS``, a year a row; shares of GDP 0–1

    * cost: sum over the options of the net cost where it is known, else the gross one, never below 0; gross: before what is replaced;
      NaN where no option's cost is known
    * space_low, space, space_high: what is counted and can be used: bound to options, it pays no more than their cost
    * borrowed_low, borrowed, borrowed_high: of the space that pays at the same ends, what draws on public debt; it pays last
    * gap_low = cost − space_high, gap = cost − space, gap_high = cost − space_low, never below 0; gap_money: national currency of the
      year, NaN after the economy's source; unused: what the central space holds beyond the cost
    * reason: options without a cost, so that all of it is a lower bound; options of which only the gross cost is known

    Raises
    ------
    NasssapError : space of other years than the costs; space bound to too many different lists of options

    Notes
    -----
    Money bound to options is used as far as it can be, the free money pays for what is left: the greatest flow from sources to
    options, found as its smallest cut (Ford and Fulkerson 1956). The range is that of the space alone; the cost has its own band.

    Examples
    --------
    >>> from nasssap_lib.costing.package import cost_package
    >>> from nasssap_lib.financing.space import space_by_year
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> costs = cost_package(pack, [2031], ["social_pension"])
    >>> gap = financing_gap(costs, space_by_year(pack, [2031]), pack)
    >>> gap[["cost", "space", "gap"]].round(5).values.tolist()
    [[0.00351, 0.0, 0.00351]]
    """
    rows = option_costs(costs)
    if rows.empty:
        return pd.DataFrame(columns=GAP_COLUMNS)
    years = sorted(int(year) for year in rows["year"].unique())
    _same_years(years, space)
    paid = rows.pivot(index="year", columns="option", values="paid").loc[years]
    known = paid.notna().any(axis=1).to_numpy()
    cost, gross = (_sums(rows, name, years) for name in ("paid", "gross"))
    counted = space[space["counted"].astype(bool)] if len(space) else space
    used = {end: np.where(known, usable_space(paid.fillna(0.0), counted, end), np.nan) for end in RANGE}
    offered = _sums(counted.assign(option=counted["id"]), "central", years) if len(counted) else np.zeros(len(years))
    table = pd.DataFrame({"year": years, "cost": cost, "gross": gross})
    for end, suffix in zip(RANGE, ("_low", "", "_high"), strict=True):
        table[f"space{suffix}"] = used[end]
    own = counted[counted["draws_on"] != BORROWED] if len(counted) else counted
    for end, suffix in zip(reversed(RANGE), ("_low", "", "_high"), strict=True):
        table[f"gap{suffix}"] = np.maximum(cost - used[end], 0.0)
        table[f"borrowed{suffix}"] = used[end] - usable_space(paid.fillna(0.0), own, end)
    table["gap_money"] = table["gap"] * economy_of(pack, years)["gdp"].to_numpy(float)
    table["unused"] = np.where(known, np.maximum(offered - used["central"], 0.0), np.nan)
    return _told(table, rows, counted)[GAP_COLUMNS]


def option_costs(costs: pd.DataFrame) -> pd.DataFrame:
    """Cost of each option by year as it is to be paid: net where that is known, else gross, and never below 0.

    Parameters
    ----------
    costs : result of ``costing.combine_options`` or ``costing.cost_package``

    Returns
    -------
    table : option, name, year, gross, paid (shares of GDP 0–1), only_gross (True: the net cost is not known), below (True: it would
        cost less than what it replaces, which is no saving), quality, source; one row an option and year

    Examples
    --------
    >>> both = {"option": "a", "name": "A", "year": 2030, "sex": "total", "share_of_gdp": 0.02, "quality": "assumed", "source": "S"}
    >>> costs = pd.DataFrame([both | {"net_share_of_gdp": 0.015}, both | {"option": "b", "net_share_of_gdp": float("nan")}])
    >>> option_costs(costs)[["paid", "only_gross"]].values.tolist()
    [[0.015, False], [0.02, True]]
    """
    rows = costs[(costs["sex"] == "total") & ~costs["option"].isin([ALL, DISABLED_PENSIONERS])]
    gross, net = rows["share_of_gdp"].astype(float), rows["net_share_of_gdp"].astype(float)
    table = rows[["option", "name", "year", "quality", "source"]].assign(
        gross=gross, only_gross=net.isna() & gross.notna()
    )
    table["below"] = (net < 0).to_numpy()
    table["paid"] = net.where(net.notna(), gross).clip(lower=0).to_numpy()
    return table.reset_index(drop=True)


def usable_space(paid: pd.DataFrame, space: pd.DataFrame, end: str = "central") -> np.ndarray:
    """How much of the space pays for the options, year by year: the greatest flow from proposals to what they may pay.

    Parameters
    ----------
    paid : years × options, shares of GDP 0–1
    space : counted rows of :func:`financing.space_by_year`
    end : low, central or high

    Returns
    -------
    array : shares of GDP 0–1, a year each

    Examples
    --------
    >>> paid = pd.DataFrame({"a": [0.01], "b": [0.02]}, index=[2030])
    >>> rows = [{"year": 2030, "pays_for": "a", "central": 0.03}, {"year": 2030, "pays_for": "", "central": 0.005}]
    >>> usable_space(paid, pd.DataFrame(rows)).round(4).tolist()
    [0.015]
    """
    if space.empty:
        return np.zeros(len(paid))
    bound = space.assign(list=[_options_of(cell, paid.columns) for cell in space["pays_for"]])
    sums = (
        bound.groupby(["list", "year"])[end].sum().unstack(fill_value=0.0).reindex(columns=paid.index, fill_value=0.0)
    )
    if len(sums) > MOST_EARMARKS:
        raise NasssapError(
            f"financing_gap: space is bound to {len(sums)} different lists of options; expected at most {MOST_EARMARKS}"
        )
    held = sums.to_numpy(float)
    lists = [frozenset(cell) for cell in sums.index]
    cuts = [
        _cut(paid, held, lists, set(inside))
        for n in range(len(lists) + 1)
        for inside in combinations(range(len(lists)), n)
    ]
    return np.min(cuts, axis=0)


def _options_of(cell: str, options) -> tuple[str, ...]:
    """The options that a proposal may pay among those that are costed: all of them where it names none."""
    wanted = {name for name in cell.split(";") if name}
    return tuple(name for name in options if name in wanted or not wanted)


def _cut(paid: pd.DataFrame, held: np.ndarray, lists: list[frozenset], inside: set[int]) -> np.ndarray:
    """What separates the money from the costs: what these lists may pay at most, and all that the others hold."""
    reached = sorted(frozenset().union(*(lists[at] for at in inside)))
    others = [at for at in range(len(lists)) if at not in inside]
    return paid[reached].sum(axis=1).to_numpy(float) + held[others].sum(axis=0)


def _same_years(years: list[int], space: pd.DataFrame) -> None:
    given = sorted(int(year) for year in space["year"].unique())
    if given and given != years:
        raise NasssapError(
            f"financing_gap: space of {given[0]} to {given[-1]}, costs of {years[0]} to {years[-1]}; expected the same years"
        )


def _sums(rows: pd.DataFrame, name: str, years: list[int]) -> np.ndarray:
    """Sum of a year over what is known; NaN where nothing is."""
    return rows.groupby("year")[name].sum(min_count=1).reindex(years).to_numpy(float)


def _told(table: pd.DataFrame, rows: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """The table with how sure it is, its sources, and what must be known."""
    lists = {
        "sum_without": rows[rows["paid"].isna()].groupby("year")["name"].agg(list),
        "only_gross_known": rows[rows["only_gross"]].groupby("year")["name"].agg(list),
        "no_saving": rows[rows["below"]].groupby("year")["name"].agg(list),
    }
    quality = weakest(filter(None, [*rows["quality"].unique(), *counted["quality"].unique()]))
    return table.assign(
        quality=quality,
        source=join_sources(*rows["source"].unique(), *counted["source"].unique()),
        reason=[_reason_of(lists, year) for year in table["year"]],
    )


def _reason_of(lists: Mapping[str, pd.Series], year: int) -> str:
    return join_reasons(*(reason(code, options=names[year]) for code, names in lists.items() if year in names.index))
