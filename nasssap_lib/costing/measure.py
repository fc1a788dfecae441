"""What a measure costs, year by year: persons reached, benefits, administration, and the share of GDP.

The formula is that of the ILO's Rapid Assessment Protocol: target population × take-up × benefit × (1 + administration).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.costing.formula import MONTHS, MOVED, STATED, Costs, Terms, Unit, beneficiaries, costs_of, unit_of
from nasssap_lib.errors import NasssapError
from nasssap_lib.population.by_age import count_persons
from nasssap_lib.terms import BENEFIT_FORMS

COST_COLUMNS = ["year", "persons", "benefits", "administration", "total", "share_of_gdp"]
ECONOMY = ("population", "gdp", "prices", "poverty_line", "wages", "minimum_wage")
ADMINISTRATION = ("admin_start_up", "admin_registration", "admin_per_person")


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
    amount, amount_basis : benefit per person; national currency a month (lcu_per_month), or % of a year's GDP per head
        (gdp_per_head), poverty line (poverty_line), minimum wage (minimum_wage) or average earnings (average_earnings)
    indexing : how the amount grows after the first year of the economy: gdp_per_head, prices, wages, none
    take_up : share of the target population reached, 0–1, by year; straight lines between years, 0 before the first, the last one after
    months : months of benefit in a year
    admin_rate, admin_base : administration as a share of benefits, or of gross expenditure (benefits and administration)
    form : cash, in_kind, contributory, public_works or health
    uses : contacts per person a year; the amount is then that of one contact, and months do not count. None: paid by month
    own_payment : what the person pays of the amount, in its unit: a co-payment, or with contributory benefits the own contribution
    materials : of public works, share on top of wages, 0 or more; counted with benefits
    inclusion_error : share of beneficiaries outside the target population, 0 to below 1; take-up is 1 − the exclusion error
    admin_start_up : millions of national currency in the first year of payment, of that year
    admin_registration : per person newly registered, in the unit of the amount (lcu_per_month: national currency)
    admin_per_person : collection or running cost per person a year, in the unit of the amount (lcu_per_month: national currency)
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
    form: str = "cash"
    uses: float | None = None
    own_payment: float = 0.0
    materials: float = 0.0
    inclusion_error: float | Range = 0.0
    admin_start_up: float = 0.0
    admin_registration: float = 0.0
    admin_per_person: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what cannot be costed, all faults together."""
        shares = [share for value in self.take_up.values() for share in as_range(value)]
        top = 1 if self.admin_base == "gross" else np.inf
        faults = {
            f"amount_basis {self.amount_basis!r}: expected one of {', '.join(STATED)}": self.amount_basis not in STATED,
            f"indexing {self.indexing!r}: expected one of {', '.join(filter(None, MOVED))}": self.indexing not in MOVED,
            f"admin_base {self.admin_base!r}: expected benefits or gross": self.admin_base not in ("benefits", "gross"),
            f"admin_rate {self.admin_rate}: expected 0 or more, below 1 of gross": not 0 <= self.admin_rate < top,
            f"months {self.months}: expected 0 to 12": not 0 <= self.months <= MONTHS,
            "take_up: expected at least one year, shares from 0 to 1": not shares
            or not all(0 <= s <= 1 for s in shares),
            "amount: expected 0 or more, low ≤ central ≤ high": not _rising(as_range(self.amount)),
        } | self._further_faults()
        if found := [words for words, wrong in faults.items() if wrong]:
            raise NasssapError(f"measure {self.id}: {'; '.join(found)}")

    def _further_faults(self) -> dict[str, bool]:
        """What the parameters that most measures leave alone cannot be."""
        error, least = as_range(self.inclusion_error), as_range(self.amount).low
        each = {name: getattr(self, name) for name in ("materials", *(name for name in ADMINISTRATION))}
        return {
            f"form {self.form!r}: expected one of {', '.join(BENEFIT_FORMS)}": self.form not in BENEFIT_FORMS,
            f"uses {self.uses}: expected 0 or more": self.uses is not None and not self.uses >= 0,
            f"own_payment {self.own_payment}: expected 0 or more, at most the amount, {least}": not 0
            <= self.own_payment
            <= max(least, 0),
            "inclusion_error: expected 0 or more, below 1, low ≤ central ≤ high": not _rising(error) or error.high >= 1,
        } | {f"{name} {value}: expected 0 or more": not 0 <= value < np.inf for name, value in each.items()}

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
            form=row.get("form") or "cash",
            uses=_given(row, "uses", None),
            inclusion_error=_given(row, f"inclusion_error_{end}", _given(row, "inclusion_error_central")),
            **{name: _given(row, name) for name in ("own_payment", "materials", *ADMINISTRATION)},
        )

    def terms(self, amount: np.ndarray | float | None = None) -> Terms:
        """What is paid for one beneficiary, at the central value of what is a range.

        Parameters
        ----------
        amount : instead of the measure's own, in its unit
        """
        each = 1 / MONTHS if self.amount_basis == "lcu_per_month" else 1.0  # its unit is a month's
        return Terms(
            as_range(self.amount).central if amount is None else amount,
            self.own_payment,
            self.months / MONTHS if self.uses is None else self.uses * each,
            self.materials,
            on_benefits(self.admin_rate, self.admin_base),
            self.admin_registration * each,
            self.admin_per_person * each,
            as_range(self.inclusion_error).central,
        )

    def level(self, unit: Unit) -> np.ndarray:
        """What one person is paid, net of the own payment, in % of GDP per head: of twelve months, or of all contacts of a year."""
        terms = self.terms()
        return 100 * unit.heads * (terms.amount - terms.own_payment) * (1.0 if self.uses is None else terms.times)


def _given(row: Mapping[str, Any], name: str, other: float | None = 0.0) -> float | None:
    """A cell of an optional column, or what an empty one stands for."""
    value = row.get(name)
    return other if value is None or pd.isna(value) else float(value)


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
        persons alone (then these are the target population: births, poor persons, unemployed persons), with ``most``, where there
        is one, persons of it who can be reached at most
    measure : the measure; a parameter that is a Range is taken at its central value, or drawn
    macro : year, population (persons), gdp (national currency a year), prices (index), poverty_line, wages, minimum_wage (national
        currency a person a year), all but year and population optional or NaN; its first year is the one in which the amount is
        stated
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
    NasssapError : draws without a seed, an economy without its columns, or a year before the one in which the amount is stated

    Notes
    -----
    The formula is :func:`costing.formula.costs_of`: benefits = persons × amount × months / 12, administration = benefits × rate on
    benefits, and what else the measure states. Whoever enters is registered, also members of an older scheme. Persons of two
    measures are not kept apart: a person may be counted in both.

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
    if years and min(years) < (stated := int(macro["year"].min())):
        raise NasssapError(f"cost_measure: years from {stated} on, in which the amount is stated; got {min(years)}")
    amount, shares, errors = _drawn(measure, years, draws, seed)
    targets, most = _target_persons(population, measure, [year - 1 for year in years] + years)
    targets = np.where(
        np.isnan(targets), np.tile(targets[len(years) :], 2), targets
    )  # where the year before is not known
    people = beneficiaries(targets, shares, errors, most)
    before, persons = people[:, : len(years)], people[:, len(years) :]
    economy = _economy(macro)
    now = economy.reindex(years)
    start_up = np.equal(years, min(measure.take_up)) * measure.admin_start_up * 1e6
    costs = costs_of(
        persons, measure.terms(amount), _unit(measure, economy, now), now["population"].to_numpy(),
        before, start_up, now["gdp"].to_numpy(),
    )  # fmt: skip
    result = _long(years, costs)
    if draws is not None:
        result.insert(0, "draw", np.repeat(np.arange(draws), len(years)))
    return result


def _long(years: list[int], costs: Costs) -> pd.DataFrame:
    table = {"year": years} | costs._asdict()
    return pd.DataFrame({name: np.broadcast_to(table[name], costs.persons.shape).ravel() for name in COST_COLUMNS})


def _target_persons(
    population: pd.DataFrame, measure: Measure, years: list[int]
) -> tuple[np.ndarray, np.ndarray | None]:
    """Persons at whom the measure aims, year by year, and how many of them it can reach at most."""
    if "age_group" in population:
        rows = population if "quality" in population else population.assign(quality="estimated", source="")
        counted = count_persons(rows, years, measure.age_from or 0, measure.age_to, measure.sex)
        return counted["persons"].to_numpy(float), None
    table = population.set_index("year").reindex(years)
    most = table["most"].fillna(np.inf).to_numpy(float) if "most" in table else None
    return table["persons"].to_numpy(float), most


def _economy(macro: pd.DataFrame) -> pd.DataFrame:
    economy = macro.reindex(columns=["year", *ECONOMY]).astype(float).sort_values("year").set_index("year")
    return economy.assign(gdp_per_head=economy["gdp"] / economy["population"])


def _unit(measure: Measure, economy: pd.DataFrame, now: pd.DataFrame) -> Unit:
    """What one unit of the amount is; it is stated in the first year of the economy."""
    named = {name: now[name].to_numpy() for name in now}
    return unit_of(measure.amount_basis, measure.indexing, economy.iloc[0].to_dict(), named)


def _drawn(
    measure: Measure, years: list[int], draws: int | None, seed: int | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Amount and inclusion error (draws × 1), take-up of the years before and of the years (draws × 2 years); central values once."""
    ends = {year: as_range(value) for year, value in sorted(measure.take_up.items())}
    asked = np.array([year - 1 for year in years] + years, dtype=int)
    paths = [np.interp(asked, list(ends), [value[i] for value in ends.values()]) for i in range(3)]
    started = asked >= min(measure.take_up)
    amount, error = as_range(measure.amount), as_range(measure.inclusion_error)
    if draws is None:
        return np.array([[amount.central]]), (paths[1] * started)[None, :], np.array([[error.central]])
    u = np.random.default_rng(seed).random((3, draws, 1))
    return triangular(u[0], *amount), triangular(u[1], *paths) * started, triangular(u[2], *error)


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
    rising = u < (mode - low) / safe
    away = np.sqrt(np.where(rising, u * (safe * (mode - low)), (1 - u) * (safe * (high - mode))))
    return np.where(width > 0, np.where(rising, low + away, high - away), mode)
