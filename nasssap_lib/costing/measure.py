"""What a measure costs, year by year: persons reached, benefits, administration, and the share of GDP.

The formula is that of the ILO's Rapid Assessment Protocol: target population × take-up × benefit × (1 + administration).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack
from nasssap_lib.population.by_age import count_persons
from nasssap_lib.provenance import join_sources

COST_COLUMNS = ["year", "persons", "benefits", "administration", "total", "share_of_gdp"]
BASES = ("gdp_per_head", "lcu_per_month", "poverty_line")
INDEXING = ("gdp_per_head", "prices", "none", "")
MONTHS = 12


class Range(NamedTuple):
    """A parameter that is not known exactly."""

    low: float
    central: float
    high: float


@dataclass(frozen=True)
class Measure:
    """A benefit that could be paid.

    id, group : as in a pack's measures
    age_from, age_to, sex : whom it reaches, where the group is counted by age; ``age_to=None``: no upper limit
    amount, amount_basis : benefit per person; % of GDP per head (gdp_per_head), national currency a month (lcu_per_month) or
        % of the poverty line (poverty_line)
    indexing : how the amount grows after the first year of the economy: gdp_per_head, prices, none
    take_up : share of the target population reached, 0–1, by year; straight lines between years, 0 before the first, the last one after
    months : months of benefit in a year
    admin_rate, admin_base : administration as a share of benefits, or of gross expenditure (benefits and administration)
    """

    id: str
    group: str
    age_from: int
    age_to: int | None
    sex: str
    amount: float | Range
    amount_basis: str
    indexing: str
    take_up: Mapping[int, float | Range]
    months: float
    admin_rate: float
    admin_base: str

    def __post_init__(self) -> None:
        """Refuse what cannot be costed, all faults together."""
        shares = [share for value in self.take_up.values() for share in as_range(value)]
        top = 1 if self.admin_base == "gross" else np.inf
        faults = {
            f"amount_basis {self.amount_basis!r}: expected one of {', '.join(BASES)}": self.amount_basis not in BASES,
            f"indexing {self.indexing!r}: expected gdp_per_head, prices or none": self.indexing not in INDEXING,
            f"admin_base {self.admin_base!r}: expected benefits or gross": self.admin_base not in ("benefits", "gross"),
            f"admin_rate {self.admin_rate}: expected 0 or more, below 1 of gross": not 0 <= self.admin_rate < top,
            f"months {self.months}: expected 0 to 12": not 0 <= self.months <= MONTHS,
            "take_up: expected at least one year, shares from 0 to 1": not shares
            or not all(0 <= s <= 1 for s in shares),
            "amount: expected 0 or more, low ≤ central ≤ high": not _rising(as_range(self.amount)),
        }
        if found := [words for words, wrong in faults.items() if wrong]:
            raise NasssapError(f"measure {self.id}: {'; '.join(found)}")

    @classmethod
    def from_row(
        cls, row: Mapping[str, Any], end: str = "central", take_up: Mapping[int, float] | None = None
    ) -> Measure:
        """A row of a pack's measures, at one end of its ranges.

        Parameters
        ----------
        row : with the columns of ``measures.csv``
        end : "low", "central" or "high"
        take_up : share by year; None: a straight line from the start to the year of full take-up

        Examples
        --------
        >>> from nasssap_lib.pack.reader import read_pack
        >>> row = read_pack("SEN").measures.set_index("id", drop=False).loc["social_pension"]
        >>> sorted(Measure.from_row(row).take_up) == [row["start_year"], row["full_year"]]
        True
        """
        first, last = (None if pd.isna(row[name]) else int(row[name]) for name in ("age_from", "age_to"))
        return cls(
            id=row["id"],
            group=row["group"],
            age_from=first or 0,
            age_to=last,
            sex=row["sex"],
            amount=float(row[f"amount_{end}"]),
            amount_basis=row["amount_basis"],
            indexing=row["indexing"],
            take_up=take_up or _path_of_take_up(row, end),
            months=float(row["months"]),
            admin_rate=float(row["admin_rate"]),
            admin_base=row["admin_base"],
        )


def _path_of_take_up(row: Mapping[str, Any], end: str) -> dict[int, float]:
    start, full, share = int(row["start_year"]), int(row["full_year"]), float(row[f"take_up_{end}"])
    return {start: share / max(full - start + 1, 1), max(full, start): share}


def _rising(value: Range) -> bool:
    return 0 <= value.low <= value.central <= value.high


def as_range(value: float | Range) -> Range:
    """A parameter as a range; an exact one has three equal ends.

    Examples
    --------
    >>> as_range(0.5)
    Range(low=0.5, central=0.5, high=0.5)
    """
    return value if isinstance(value, Range) else Range(value, value, value)


def on_benefits(admin_rate: float, admin_base: str) -> float:
    """Administration as a share of benefits: a share s of gross expenditure is s / (1 − s) of benefits.

    Examples
    --------
    >>> on_benefits(0.05, "benefits"), round(on_benefits(0.05, "gross"), 5)
    (0.05, 0.05263)
    """
    return admin_rate if admin_base == "benefits" else admin_rate / (1 - admin_rate)


def cost_measure(
    population: pd.DataFrame,
    measure: Measure,
    macro: pd.DataFrame,
    years: Iterable[int],
    draws: int | None = None,
    seed: int | None = None,
) -> pd.DataFrame:
    """Persons reached and cost of a measure, year by year.

    Parameters
    ----------
    population : persons by year, sex and five-year age group (then the measure's ages and sex are counted), or year and
        persons alone (then these are the target population: births, poor persons, unemployed persons)
    measure : the measure; a parameter that is a Range is taken at its central value, or drawn
    macro : year, population (persons), gdp (national currency a year), prices (index), poverty_line (national currency a person a
        year), all but year and population optional or NaN; its first year is the one in which the amount is stated
    years : calendar years of the result
    draws : number of draws of the parameters that are ranges (triangular; one draw holds for all years); None: none
    seed : of the draws

    Returns
    -------
    table : year, persons (reached), benefits, administration, total (national currency a year), share_of_gdp (share 0–1);
        with draws a first column ``draw`` and one row a draw and year. NaN where the economy of the year is not known; an
        amount in % of GDP per head that grows with it needs no GDP: its share of GDP is always known

    Raises
    ------
    NasssapError : draws without a seed, or an economy without its columns

    Notes
    -----
    benefits = persons × amount × months / 12; administration = benefits × rate on benefits. Persons of two measures are not
    kept apart: a person may be counted in both.

    Source: ILO, Overview of the Rapid Assessment Protocol (Bangkok 2011); administration on gross expenditure as in
    Ortiz et al. (2017), ILO ESS Working Paper 58, annex I.

    Examples
    --------
    >>> children = pd.DataFrame({"year": [2010], "persons": [2_393_000.0]})
    >>> grant = Measure("grant", "children", 0, 3, "total", 400, "lcu_per_month", "none", {2010: 0.6}, 12, 0.05, "benefits")
    >>> economy = pd.DataFrame({"year": [2010], "population": [67e6], "gdp": [10.1e12]})
    >>> float(cost_measure(children, grant, economy, [2010])["total"].iat[0])
    7236432000.0
    """
    years = [int(year) for year in years]
    missing = [name for name in ("year", "population") if name not in macro]
    if missing or (draws is not None and seed is None):
        raise NasssapError(
            f"cost_measure: the economy lacks {missing}" if missing else "cost_measure: draws need a seed"
        )
    amount, take_up = _drawn(measure, years, draws, seed)
    reached = take_up * _target_persons(population, measure, years)
    in_money, in_heads, heads = _unit_benefit(measure, macro, years)
    rate, part = on_benefits(measure.admin_rate, measure.admin_base), measure.months / MONTHS
    benefits = reached * amount * in_money * part
    table = {
        "year": np.broadcast_to(years, reached.shape),
        "persons": reached,
        "benefits": benefits,
        "administration": benefits * rate,
        "total": benefits * (1 + rate),
        "share_of_gdp": reached * amount * in_heads * part * (1 + rate) / heads,
    }
    result = pd.DataFrame({name: np.broadcast_to(values, reached.shape).ravel() for name, values in table.items()})
    if draws is not None:
        result.insert(0, "draw", np.repeat(np.arange(draws), len(years)))
    return result


def _target_persons(population: pd.DataFrame, measure: Measure, years: list[int]) -> np.ndarray:
    if "age_group" in population:
        rows = population if "quality" in population else population.assign(quality="estimated", source="")
        counted = count_persons(rows, years, measure.age_from or 0, measure.age_to, measure.sex)
        return counted["persons"].to_numpy(float)
    return population.set_index("year")["persons"].reindex(years).to_numpy(float)


def _unit_benefit(measure: Measure, macro: pd.DataFrame, years: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What one unit of the amount is a year, in money and in multiples of GDP per head; and the population."""
    economy = macro.reindex(columns=["year", "population", "gdp", "prices", "poverty_line"]).astype(float)
    economy = economy.sort_values("year").set_index("year")
    economy["gdp_per_head"] = economy["gdp"] / economy["population"]
    base, now = economy.iloc[0], economy.reindex(years)
    grows = measure.indexing if measure.indexing in ("gdp_per_head", "prices") else None
    growth = (now[grows] / base[grows]).to_numpy() if grows else np.ones(len(years))
    unit = {
        "gdp_per_head": base["gdp_per_head"] / 100,
        "lcu_per_month": float(MONTHS),
        "poverty_line": base["poverty_line"] / 100,
    }[measure.amount_basis]
    money, per_head = unit * growth, now["gdp_per_head"].to_numpy()
    relative = measure.amount_basis == grows == "gdp_per_head"
    return money, np.full(len(years), 0.01) if relative else money / per_head, now["population"].to_numpy()


def _drawn(measure: Measure, years: list[int], draws: int | None, seed: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Amount (draws × 1) and take-up (draws × years); without draws one row of central values."""
    first = min(measure.take_up)
    ends = {year: as_range(value) for year, value in sorted(measure.take_up.items())}
    paths = [np.interp(years, list(ends), [value[i] for value in ends.values()]) for i in range(3)]
    started = np.asarray(years) >= first
    amount = as_range(measure.amount)
    if draws is None:
        return np.array([[amount.central]]), (paths[1] * started)[None, :]
    u = np.random.default_rng(seed).random((2, draws, 1))
    return triangular(u[0], *amount), triangular(u[1], *paths) * started


def triangular(u, low, mode, high) -> np.ndarray:
    """The value below which a share ``u`` of a triangular distribution lies; the mode where it has no width.

    Examples
    --------
    >>> triangular(np.array([0.0, 0.5, 1.0]), 0, 1, 2).tolist()
    [0.0, 1.0, 2.0]
    """
    low, mode, high = (np.asarray(value, float) for value in (low, mode, high))
    width = high - low
    safe = np.where(width > 0, width, 1.0)
    left = low + np.sqrt(u * safe * (mode - low))
    right = high - np.sqrt((1 - u) * safe * (high - mode))
    return np.where(width > 0, np.where(u < (mode - low) / safe, left, right), mode)


def economy_of(pack: Pack, years: Iterable[int]) -> pd.DataFrame:
    """The economy of a country in the years asked for, as :func:`cost_measure` takes it.

    Returns
    -------
    table : year, population (persons), gdp (national currency a year, NaN after the last year of its source), prices (consumer
        price index), poverty_line (national currency a person a year, moved from its own year by prices; NaN without both),
        source

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> economy_of(read_pack("LKA"), [2024, 2025])["gdp"].isna().tolist()
    [False, True]
    """
    years = [int(year) for year in years]
    people = count_persons(pack.used_population, years)
    gdp, prices = _above_zero(pack.series("gdp_current")), _above_zero(pack.series("consumer_price_index"))
    index = prices.set_index("year")["value"].reindex(years).to_numpy(float)
    table = pd.DataFrame({"year": years, "population": people["persons"], "prices": index})
    table["gdp"] = gdp.set_index("year")["value"].reindex(years).to_numpy(float) * 1e9
    table["poverty_line"] = _line_in(pack, index)
    table["source"] = join_sources(*people["source"], *gdp["source"].unique(), *prices["source"].unique())
    return table[["year", "population", "gdp", "prices", "poverty_line", "source"]]


def _above_zero(series: pd.DataFrame) -> pd.DataFrame:
    """A series without what nothing can be divided by."""
    return series[series["value"] > 0]


def _line_in(pack: Pack, index: np.ndarray) -> np.ndarray:
    """The national line at the prices of each year."""
    line = pack.latest("national_poverty_line")
    prices = _above_zero(pack.series("consumer_price_index")).set_index("year")["value"]
    if len(line) != 1 or line["year"].iat[0] not in prices.index or line["unit"].iat[0] != "lcu_per_year":
        return np.full(len(index), np.nan)
    return line["value"].iat[0] * index / prices[line["year"].iat[0]]
