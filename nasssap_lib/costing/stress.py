"""Ready cases that finance ministries ask for: a case changes drivers of the economy, or the path, and the same formula is run.

A case is a question, no forecast: nothing says how likely it is, and what else would move with it is not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pandas as pd

from nasssap_lib.costing.formula import MONTHS, unit_of
from nasssap_lib.costing.package import Ground
from nasssap_lib.costing.ranges import Prepared, costs_at, prepare_package
from nasssap_lib.pack.model import Pack
from nasssap_lib.reasons import join_reasons, reason

GROWTH, INFLATION, FALL = 0.02, 2.0, 0.3  # points of real growth; times; share of the currency's value
TYPED = "as_typed"
MEASURED = ("persons", "total", "share_of_gdp", "usd", "share_of_revenue", "level")
SAME = 1e-9  # relative difference below which nothing has moved
STRESS_COLUMNS = [
    "case", "option", "name", "year", "persons", "total", "share_of_gdp", "net_share_of_gdp", "usd", "share_of_revenue", "level",
    "month", "unmoved", "quality", "reason",
]  # fmt: skip


def stress_cases(
    package: Pack | Prepared, years: Iterable[int] | None = None, options: Iterable[str] | None = None
) -> pd.DataFrame:
    """Cost of each option as typed, and in four cases.

    Parameters
    ----------
    package : the country, or what ``costing.prepare_package`` made of it (then years and options are its own)
    years, options : see ``costing.cost_package``

    Returns
    -------
    table : case, option, name, year, persons, total (national currency of the year), share_of_gdp, net_share_of_gdp (0–1), usd,
        share_of_revenue (0–1), level (% of GDP per head), month (national currency a month), unmoved (which of persons, total,
        share_of_gdp, usd, share_of_revenue and level the case leaves as typed, ";"), quality (assumed), reason (why NaN; why the case
        moves no share of GDP; what it keeps)

    * as_typed: nothing changes
    * growth_lower: real GDP grows two points a year less from the reference year on; prices, the exchange rate and revenue in % of GDP
      stay, wages follow GDP per head
    * inflation_doubled: prices rise twice as fast; real GDP, the exchange rate and what a decree sets in currency stay
    * currency_down: the currency loses 30 % of its value in US dollars after the reference year; prices stay
    * take_up_at_once: full take-up from the first year of payment

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = stress_cases(read_pack("SEN"), [2030], ["social_pension"]).set_index("case")
    >>> table.loc["currency_down", "unmoved"]
    'persons;total;share_of_gdp;share_of_revenue;level'
    >>> round(float(table.loc["currency_down", "usd"] / table.loc["as_typed", "usd"]), 6)
    0.7
    """
    ready = package if isinstance(package, Prepared) else prepare_package(package, years, options)
    typed = _case(ready, TYPED)
    frames = [typed, *(_case(ready, case, typed) for case in CASES if case != TYPED)]
    return pd.concat(frames, ignore_index=True)[STRESS_COLUMNS]


def lower_growth(ground: Ground, base: int) -> Mapping[str, np.ndarray]:
    """The economy with real growth two points a year lower after the base year.

    Notes
    -----
    Real growth of a year is that of GDP over that of consumer prices: GDP × Π (1 + g − 0.02) ÷ (1 + g).
    """
    economy = ground.economy
    real = _growth(economy["gdp"]) / _growth(economy["prices"])
    return _scaled(economy, _since(ground.years, base, (real - GROWTH) / real), ("gdp", "gdp_per_head", "wages"))


def doubled_inflation(ground: Ground, base: int) -> Mapping[str, np.ndarray]:
    """The economy with prices that rise twice as fast after the base year, at the same real growth."""
    rise = _growth(ground.economy["prices"])
    times = _since(ground.years, base, (1 + INFLATION * (rise - 1)) / rise)
    return _scaled(ground.economy, times, ("prices", "gdp", "gdp_per_head", "wages", "poverty_line"))


def weaker_currency(ground: Ground, base: int) -> Mapping[str, np.ndarray]:
    """The economy with a currency that is worth 30 % less in US dollars after the base year."""
    return _scaled(ground.economy, np.where(ground.years > base, 1 / (1 - FALL), 1.0), ("exchange_rate",))


def _as_it_is(ground: Ground, base: int) -> Mapping[str, np.ndarray]:
    return ground.economy


CASES: dict[str, Callable[[Ground, int], Mapping[str, np.ndarray]]] = {
    TYPED: _as_it_is,
    "growth_lower": lower_growth,
    "inflation_doubled": doubled_inflation,
    "currency_down": weaker_currency,
    "take_up_at_once": _as_it_is,
}
KEEPS = {
    "inflation_doubled": "keeps_exchange_rate",
    "currency_down": "keeps_prices",
    "growth_lower": "keeps_revenue_share",
}


def _growth(series: np.ndarray) -> np.ndarray:
    """Each year over the year before; the first year is NaN."""
    return np.concatenate([[np.nan], series[1:] / series[:-1]])


def _since(years: np.ndarray, base: int, times: np.ndarray) -> np.ndarray:
    """Product of yearly factors after the base year."""
    return np.cumprod(np.where(years > base, times, 1.0))


def _scaled(economy: Mapping[str, np.ndarray], times: np.ndarray, names: Iterable[str]) -> Mapping[str, np.ndarray]:
    return {**economy, **{name: economy[name] * times for name in names}}


def _case(ready: Prepared, case: str, typed: pd.DataFrame | None = None) -> pd.DataFrame:
    """Costs of all options in a case, and what it leaves as typed."""
    grounds = tuple(ground._replace(economy=CASES[case](ground, ready.base)) for ground in ready.grounds)
    rows = ready.rows
    if case == "take_up_at_once":
        rows = tuple(row | {"full_year": row["start_year"]} for row in rows)
    changed = ready._replace(grounds=grounds, rows=rows)
    cells = costs_at(changed, ready.assumptions["central"].to_numpy(float)[None])
    if not rows:
        return pd.DataFrame(columns=STRESS_COLUMNS)
    parts = [_option(changed, at, cells) for at in range(len(rows))]
    table = pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})
    table = table.assign(case=case, unmoved="", quality="assumed")
    if typed is not None:
        table["unmoved"] = _unmoved(table, typed)
        table["reason"] = [
            join_reasons(why, KEEPS.get(case, ""), _why_unmoved(case, unmoved))
            for why, unmoved in zip(table["reason"], table["unmoved"], strict=True)
        ]
    return table


def _option(ready: Prepared, at: int, cells: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Columns of an option's rows of a case."""
    row, measure, ground = ready.rows[at], ready.measures[at], ready.grounds[at]
    places = np.searchsorted(ground.years, ready.years)
    economy = {name: values[places] for name, values in ground.economy.items()}
    level = measure.level(unit_of(measure.amount_basis, measure.indexing, ground.base, economy))
    own = {name: values[0, :, at] for name, values in cells.items()}
    lacks = np.isnan(own["share_of_gdp"]) & np.isnan(ground.target[places])
    facts = ground.facts["reason"].to_numpy(object)[places]
    no_gdp = [
        reason("no_gdp", year=year) if lost else ""
        for lost, year in zip(np.isnan(own["total"]), ready.years, strict=True)
    ]
    return {
        **own,
        "option": np.full(len(places), row["id"], object), "name": np.full(len(places), row["name"], object),
        "year": np.asarray(ready.years), "level": level, "usd": own["total"] / economy["exchange_rate"],
        "share_of_revenue": own["share_of_gdp"] / economy["revenue"], "month": level / 100 * economy["gdp_per_head"] / MONTHS,
        "reason": np.where(lacks, facts, np.array(no_gdp, object)),
    }  # fmt: skip


def _unmoved(table: pd.DataFrame, typed: pd.DataFrame) -> list[str]:
    """For each row what is as typed; what is not known in one of them is not said to be."""
    now, before = table[list(MEASURED)].to_numpy(float), typed[list(MEASURED)].to_numpy(float)
    same = np.abs(now - before) <= SAME * np.abs(before)
    return [";".join(np.asarray(MEASURED)[row]) for row in same]


def _why_unmoved(case: str, unmoved: str) -> str:
    """A level that is a share of GDP per head keeps its share of GDP in any economy."""
    economic = case in ("growth_lower", "inflation_doubled")
    return "share_follows_gdp" if economic and {"share_of_gdp", "level"} <= set(unmoved.split(";")) else ""
