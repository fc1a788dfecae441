"""What is bargained over at the table, in arrays: what may be changed of each option, within which bounds, and all that its cost stands on.

A workbook carries these numbers as formulas: what it gives must be what :func:`costing.cost_package` and :func:`costing.combine_options`
give, so that both are computed here once and laid beside each other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from nasssap_lib.costing.combined import ALL, by_single_age, combine_options, eligible, not_netted, overlapping
from nasssap_lib.costing.economy import series_sources
from nasssap_lib.costing.formula import MONTHS, MOVED, STATED, Unit, beneficiaries, ramp, unit_of
from nasssap_lib.costing.measure import Measure
from nasssap_lib.costing.package import Ground, costs_of_options, ground_of, horizon
from nasssap_lib.costing.today import covered_today, way_of
from nasssap_lib.errors import NasssapError
from nasssap_lib.financing.gap import financing_gap, option_costs
from nasssap_lib.financing.space import CONTRIBUTIONS, drawn, space_by_year, whole_yield
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import join_sources
from nasssap_lib.reasons import has_reason, reason, split_reasons
from nasssap_lib.rows import as_records
from nasssap_lib.terms import FISCAL_SPACE

SEXES = ("female", "male")
RESULTS = ("persons", "share_of_gdp", "total", "replaced", "double_payment")
TOGETHER = ("share_of_gdp", "total", "replaced", "net_share_of_gdp")
DIGITS = 10  # that count when two versions of a pack are told apart
LEAST_TAKE_UP = 0.01  # below it somebody wrote 0.85 for 85 %
MOST_PERCENT, MOST_TIMES, MOST_SPACE = 200.0, 20.0, 30.0
GAP = ("cost", "space", "gap", "gap_money", "unused")
ELSEWHERE = (
    "pays_own_pensions",
    "pays_for_scheme",
    "pays_options_not_chosen",
)  # why money never pays for the options of the table


@dataclass(frozen=True)
class Bounds:
    """Least and most that may be typed."""

    least: float
    most: float


@dataclass(frozen=True, eq=False)
class Line:
    """An option at the table; arrays run over the years of the table and the one before them.

    row, measure, ground : of the pack, as :mod:`costing.package` has them · unit : of its amount, by year
    level, take_up, start : bounds of what may be changed; the year of full take-up ends where the start does
    earlier : places of the options that pay before it and share people with it
    netted : share of what it replaces that no option before it replaces
    month_unit : national currency a month that one unit of its amount is, in the year ``Negotiation.money_year``
    results : of ``RESULTS``, women and men together and each option alone; NaN where not known
    together : of ``TOGETHER``, each person paid once
    """

    row: Mapping[str, Any]
    measure: Measure
    ground: Ground
    unit: Unit
    level: Bounds
    take_up: Bounds
    start: Bounds
    earlier: tuple[int, ...]
    netted: float
    month_unit: float
    results: Mapping[str, np.ndarray]
    together: Mapping[str, np.ndarray]

    @property
    def id(self) -> str:
        """Id of the option."""
        return self.row["id"]

    @property
    def ramp(self) -> np.ndarray:
        """Share of the full take-up that is reached by year."""
        return ramp(self.ground.years, int(self.row["start_year"]), int(self.row["full_year"]))

    @property
    def persons(self) -> np.ndarray:
        """Beneficiaries, sexes × years."""
        reached = float(self.row["take_up_central"]) * self.ramp
        error = self.measure.terms().inclusion_error
        shares = np.array([self.ground.women, 1 - self.ground.women])
        return beneficiaries(self.ground.target * shares, reached, error, self.ground.most * shares)


@dataclass(frozen=True, eq=False)
class Source:
    """A row of what pays: a source of money at the table.

    id : of ``financing.csv``, or ``space_N`` of a row that is still empty · option : number of the option for fiscal space, 1–8 ·
    kind : recurrent, one_off or headroom · value : % of GDP, NaN where nothing is typed · first, last : years, None where none is given ·
    known : the pack has it · draws_on, stock : stock or headroom that it draws on, and how much that holds, % of GDP, NaN where not known ·
    pays_for : ids of the options that alone it pays for; none: any · elsewhere : reason why it pays for none of them, "" where it does ·
    yields : counted space by year, % of GDP · lost : another one that draws on the same stock counts in its place
    """

    id: str
    name: str
    option: int
    kind: str
    value: float
    first: int | None
    last: int | None
    source: str
    quality: str
    known: bool
    draws_on: str
    stock: float
    pays_for: tuple[str, ...]
    elsewhere: str
    yields: np.ndarray
    lost: bool = False

    @property
    def whole(self) -> float:
        """What it takes in all its years, % of GDP; infinite where it has no end, below 0 where the row is empty."""
        if self.first is None:
            return -1.0
        last = pd.NA if self.last is None else self.last
        return float(
            whole_yield({"kind": self.kind, "value_central": self.value, "from_year": self.first, "to_year": last})
        )


@dataclass(frozen=True, eq=False)
class Negotiation:
    """A country's table.

    years : of the table, the first one the year before it · money_year : newest year, up to that in which all have grown up, whose economy
    is known; None: none · read_year : year that the table opens at · economy : series by year, with the base year in ``base`` ·
    people, belongs, ages : persons by sex and part of the ages, segments × years, which option can reach them, segments × options, and
    the first and last ages of each ·
    whole : sums of ``combine_options`` · gap : columns of ``financing.financing_gap`` · paid : by option, as ``financing.option_costs`` has
    it, shares of GDP
    """

    country: str
    currency: str
    base_year: int
    years: np.ndarray
    read_year: int
    money_year: int | None
    lines: tuple[Line, ...]
    sources: tuple[Source, ...]
    economy: Mapping[str, np.ndarray]
    base: Mapping[str, float]
    economy_sources: Mapping[str, str]
    people: Mapping[str, np.ndarray]
    belongs: Mapping[str, np.ndarray]
    ages: Mapping[str, list[list[tuple[int, int]]]]
    population_sources: str
    whole: Mapping[str, np.ndarray] = field(default_factory=dict)
    gap: Mapping[str, np.ndarray] = field(default_factory=dict)
    paid: Mapping[str, np.ndarray] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A short hash of all that the table stands on: two versions of a pack that give other numbers have another one."""
        return hashlib.sha256(json.dumps(_plain(self), sort_keys=True).encode()).hexdigest()[:16]

    @property
    def space(self) -> np.ndarray:
        """Money that counts for the options by year, % of GDP, whether all of it can be used or not."""
        return sum((source.yields for source in self.sources), np.zeros(len(self.years)))


@once_a_pack
def negotiation_of(pack: Pack) -> Negotiation:
    """All that the negotiating table of a country stands on.

    Parameters
    ----------
    pack : the country, with the central values of its options; who pays a person whom two options reach: the first in the pack

    Raises
    ------
    NasssapError : the pack has no option, or no population to project

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = negotiation_of(read_pack("SEN"))
    >>> pension = next(line for line in table.lines if line.id == "social_pension")
    >>> int(table.years[5]), round(float(pension.results["share_of_gdp"][5]), 5)
    (2031, 0.00351)
    """
    rows = as_records(pack.measures)
    asked = horizon(pack, rows) if rows else []
    if not asked:
        raise NasssapError(
            f"{pack.country}: no option whose cost could be laid on the table; fill measures.csv and population.csv"
        )
    years = np.array([asked[0] - 1, *asked])
    order = [row["id"] for row in rows]
    costs = costs_of_options(pack, rows, asked)
    together = combine_options(costs, pack, order)
    grounds = [ground_of(pack, row, years.tolist()) for row in rows]
    economy, base = grounds[0].economy, grounds[0].base
    mature = min(max(int(max(row["start_year"], row["full_year"])) for row in rows), int(years[-1]))
    money_year = _money_year(grounds[0], pack.settings.reference_year, mature)
    pairs = overlapping(pack, rows)
    lines = [_line(pack, at, rows, pairs, ground, costs, together, money_year) for at, ground in enumerate(grounds)]
    people, belongs, ages = _segments(pack, rows, years)
    space = space_by_year(pack, asked)
    gap = financing_gap(together, space, pack).set_index("year").reindex(years)
    paid = option_costs(together).pivot(index="option", columns="year", values="paid").reindex(columns=years)
    return Negotiation(
        pack.country, pack.settings.currency, pack.settings.reference_year, years, max(mature, asked[0]), money_year, tuple(lines),
        tuple(_sources(pack, space, years)), economy, base, _economy_sources(pack), people, belongs, ages,
        join_sources(*pack.used_population["source"].unique()), _wide(together, ALL, TOGETHER, years),
        {name: gap[name].to_numpy(float) for name in GAP}, {name: paid.loc[name].to_numpy(float) for name in order},
    )  # fmt: skip


def _money_year(ground: Ground, base_year: int, mature: int) -> int | None:
    """The newest year up to a given one whose GDP is known: the base year, or one of the table's."""
    known = [int(year) for year, gdp in zip(ground.years, ground.economy["gdp"], strict=True) if gdp == gdp]
    base = [base_year] if ground.base["gdp"] == ground.base["gdp"] else []
    return max((year for year in [*base, *known] if year <= mature), default=None)


def _line(pack: Pack, at: int, rows: list[dict], pairs, ground: Ground, costs, together, money_year) -> Line:
    row = rows[at]
    measure = Measure.from_row(row)
    earlier = [
        place for place in range(at) if {(rows[place]["id"], row["id"]), (row["id"], rows[place]["id"])} & {*pairs}
    ]
    return Line(
        row, measure, ground, unit_of(measure.amount_basis, measure.indexing, ground.base, ground.economy),
        _level_bounds(row, measure), _take_up_bounds(pack, row), _start_bounds(row, ground.years), tuple(earlier),
        not_netted(pack, row, rows[:at]), _month_unit(pack, measure, ground, money_year),
        _wide(costs, row["id"], RESULTS, ground.years), _wide(together, row["id"], TOGETHER, ground.years),
    )  # fmt: skip


def _wide(table: pd.DataFrame, option: str, columns: tuple[str, ...], years: np.ndarray) -> dict[str, np.ndarray]:
    """Columns of women and men together by year."""
    rows = table[(table["option"] == option) & (table["sex"] == "total")].set_index("year").reindex(years)
    return {name: rows[name].to_numpy(float) for name in columns}


def _level_bounds(row: Mapping, measure: Measure) -> Bounds:
    """From what the person pays herself (its low end too) to far above what is paid anywhere."""
    central, low = float(row["amount_central"]), float(row["amount_low"])
    least = measure.own_payment * (central / low if low else 1.0)
    return Bounds(least, max(MOST_PERCENT, central) if STATED[measure.amount_basis] else MOST_TIMES * max(central, 1.0))


def _take_up_bounds(pack: Pack, row: Mapping) -> Bounds:
    """Whoever is covered already stays covered where an option builds on a scheme."""
    central = float(row["take_up_central"])
    covered = covered_today(pack, row).share if way_of(row) == "builds_on" else np.nan
    least = max(LEAST_TAKE_UP, 0.0 if np.isnan(covered) else np.ceil(covered * 1e4) / 1e4)
    return Bounds(min(least, central), 1.0)


def _start_bounds(row: Mapping, years: np.ndarray) -> Bounds:
    return Bounds(min(int(years[1]), int(row["start_year"])), max(int(years[-1]), int(row["full_year"])))


def _month_unit(pack: Pack, measure: Measure, ground: Ground, year: int | None) -> float:
    """What one unit of the amount is a month in a year; of a benefit by contact a twelfth of a year's contacts."""
    if year is None:
        return np.nan
    now = (
        dict(ground.base)
        if year < ground.years[0]
        else {name: cells[ground.years == year][0] for name, cells in ground.economy.items()}
    )
    unit = unit_of(
        measure.amount_basis, measure.indexing, ground.base, {name: np.array([cell]) for name, cell in now.items()}
    )
    times = 1.0 if measure.uses is None else float(measure.terms().times)
    return float(unit.money[0]) * times / MONTHS


def _segments(pack: Pack, rows: list[dict], years: np.ndarray) -> tuple[dict, dict, dict]:
    """Ages put together where the same options can reach them: sex → persons, who reaches them, first and last ages."""
    people = by_single_age(pack, years.tolist())
    reach = np.array([eligible(pack, row) for row in rows])
    persons, belongs, ages = {}, {}, {}
    for place, sex in enumerate(SEXES):
        kinds, of_age = np.unique(reach[:, place].T, axis=0, return_inverse=True)
        counted = np.array([people[:, place, of_age.ravel() == kind].sum(axis=1) for kind in range(len(kinds))])
        used = kinds.any(axis=1)
        persons[sex], belongs[sex] = counted[used], kinds[used]
        ages[sex] = [_runs(np.flatnonzero(of_age.ravel() == kind)) for kind in np.flatnonzero(used)]
    return persons, belongs, ages


def _runs(ages: np.ndarray) -> list[tuple[int, int]]:
    """First and last of each run of ages."""
    parts = np.split(ages, np.flatnonzero(np.diff(ages) > 1) + 1)
    return [(int(part[0]), int(part[-1])) for part in parts]


def _economy_sources(pack: Pack) -> dict[str, str]:
    series = [*dict.fromkeys(filter(None, [*STATED.values(), *MOVED.values()]))]
    return {name: join_sources(*series_sources(pack, [name])) for name in series} | {
        "gdp": join_sources(*series_sources(pack, ["gdp_per_head"])),
        "population": join_sources(*pack.used_population["source"].unique()),
    }


def _sources(pack: Pack, space: pd.DataFrame, years: np.ndarray) -> list[Source]:
    """Rows of the pack, and an empty one for each of the eight options that it has none of."""
    known = [_known_source(pack, row, space, years) for row in as_records(pack.financing)]
    ids = {source.id for source in known}
    numbers = [number for number in FISCAL_SPACE if number not in {source.option for source in known}]
    free = [_free_source(number, _free_id(number, ids), years) for number in numbers]
    return sorted([*known, *free], key=lambda source: source.option)


def _known_source(pack: Pack, row: Mapping, space: pd.DataFrame, years: np.ndarray) -> Source:
    own = space[space["id"] == row["id"]].set_index("year").reindex(years)
    told = own["reason"].dropna()
    why = [
        reason(code, **values) for code, values in split_reasons(told.iloc[0] if len(told) else "") if code in ELSEWHERE
    ]
    counted = own["counted"].eq(True).to_numpy()
    return Source(
        row["id"], row["name"], int(row["option"]), row["kind"], float(row["value_central"]), int(row["from_year"]),
        None if pd.isna(row["to_year"]) else int(row["to_year"]), row["source"], row["quality"], True, drawn(row),
        float("nan") if pd.isna(row["stock"]) else float(row["stock"]),
        tuple(name for name in pack.measures["id"] if name in row["pays_for"].split(";")),
        "".join(why[:1]), np.where(counted, 100 * own["central"].to_numpy(float), 0.0),
        any(has_reason(told, "same_stock")),
    )  # fmt: skip


def _free_source(number: int, id_: str, years: np.ndarray) -> Source:
    """A row that is still empty; more contributors pay their own scheme's pensions first."""
    stock = drawn({"option": number, "draws_on": ""})
    elsewhere = reason("pays_own_pensions") if number == CONTRIBUTIONS else ""
    nothing = np.zeros(len(years))
    return Source(
        id_, "", number, "recurrent", np.nan, None, None, "", "assumed", False, stock, np.nan, (), elsewhere, nothing
    )


def _free_id(number: int, taken: set[str]) -> str:
    name = f"space_{number}"
    while name in taken:
        name += "_"
    return name


def _plain(table: Negotiation) -> list:
    """Numbers and codes that the results stand on, as JSON; digits that differ between machines are cut off."""
    lines = [
        [
            line.id, {name: _cell(value) for name, value in line.row.items() if name in COUNTED},
            _cut(line.ground.target), _cut(line.ground.most), _cut(line.ground.women), _cut([line.ground.replaced.share, line.netted]),
            list(line.earlier), _cut([line.level.least, line.take_up.least]),
        ]
        for line in table.lines
    ]  # fmt: skip
    money = {name: _cut(cells) for name, cells in table.economy.items()}
    people = {
        sex: [_cut(cells.ravel()), table.belongs[sex].astype(int).tolist()] for sex, cells in table.people.items()
    }
    pays = [
        [
            one.id,
            one.option,
            one.kind,
            *_cut([one.value, one.stock]),
            one.first,
            one.last,
            one.draws_on,
            one.pays_for,
            one.elsewhere,
        ]
        for one in table.sources
    ]
    return [
        table.country,
        table.years.tolist(),
        lines,
        money,
        {name: _cut([value]) for name, value in table.base.items()},
        people,
        pays,
    ]


COUNTED = (
    "amount_low", "amount_central", "amount_high", "amount_basis", "indexing", "months", "take_up_low", "take_up_central", "take_up_high",
    "start_year", "full_year", "admin_rate", "admin_base", "form", "uses", "own_payment", "materials", "inclusion_error_central",
    "admin_start_up", "admin_registration", "admin_per_person",
)  # fmt: skip


def _cell(value: Any) -> Any:
    return _cut([float(value)])[0] if isinstance(value, int | float | np.number) else str(value)


def _cut(values) -> list:
    return [f"{float(value):.{DIGITS}g}" for value in values]
