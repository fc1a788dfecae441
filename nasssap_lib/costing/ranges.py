"""Ranges of cost: every assumption of every option drawn together, year by year; bands, and one assumption at a time.

What is counted is a share of draws under the typed ranges. It is no probability: nobody knows how likely an assumption is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.costing.assumptions import AT_ONCE, COMMON, assumptions_of, draw_assumptions, population_bounds
from nasssap_lib.costing.formula import Costs, Unit, beneficiaries, costs_of, ramp, unit_of
from nasssap_lib.costing.measure import Measure, on_benefits
from nasssap_lib.costing.options import ENDS
from nasssap_lib.costing.package import Ground, chosen_options, ground_of, horizon
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack
from nasssap_lib.reasons import reason

DRAWS, SEED = 10_000, 1
BAND = (0.05, 0.5, 0.95)  # shares of draws below the lower end, the middle and the upper end
TOTAL = "total"
KEYS = ["option", "assumption"]
FIGURES = ("persons", "total", "share_of_gdp", "net_share_of_gdp")  # that can be drawn
SHARES = ("share_of_gdp", "net_share_of_gdp")  # that bands are made of
BAND_COLUMNS = [
    "option", "name", "year", *ENDS, "typed", *(f"net_{end}" for end in ENDS), "net_typed", "reason",
]  # fmt: skip
TORNADO_COLUMNS = [
    "option", "name", "assumption", "unit", *ENDS, "cost_low", "cost_central", "cost_high", "swing",
]  # fmt: skip


class Prepared(NamedTuple):
    """A package made ready for draws: what does not depend on them.

    rows : of the pack's measures · measures, grounds : of each · years : asked for · base : year in which amounts are stated
    bounds : lower and upper population as factors, by year of the grounds · assumptions : see ``costing.assumptions_of``
    """

    rows: tuple[dict, ...]
    measures: tuple[Measure, ...]
    grounds: tuple[Ground, ...]
    years: tuple[int, ...]
    base: int
    bounds: tuple[np.ndarray, np.ndarray]
    assumptions: pd.DataFrame


class Draws(NamedTuple):
    """Costs at drawn assumptions.

    options, names : of the last axis · years : of the middle one
    persons : beneficiaries · total : national currency · share_of_gdp, net_share_of_gdp : 0–1; all draws × years × options
    values : drawn assumptions, draws × rows of ``assumptions``
    typed : all four at central values, by name, years × options
    reasons : why a share of GDP is NaN, years × options
    """

    options: tuple[str, ...]
    names: tuple[str, ...]
    years: tuple[int, ...]
    persons: np.ndarray
    total: np.ndarray
    share_of_gdp: np.ndarray
    net_share_of_gdp: np.ndarray
    values: np.ndarray
    assumptions: pd.DataFrame
    typed: Mapping[str, np.ndarray]
    reasons: np.ndarray


def prepare_package(
    pack: Pack,
    years: Iterable[int] | None = None,
    options: Iterable[str] | None = None,
    assumptions: pd.DataFrame | None = None,
) -> Prepared:
    """What draws, tornado and stress cases of a package stand on.

    Parameters
    ----------
    pack : the country; amounts are stated at the economy of its reference year
    years : calendar years, see ``costing.cost_package``
    options : ids of its measures; None: all
    assumptions : as of ``costing.assumptions_of``, with other ends or shapes; None: those of the pack

    Raises
    ------
    NasssapError : no such option, years outside, or assumptions of other options
    """
    rows = chosen_options(pack, options)
    asked = horizon(pack, rows, years)
    base = pack.settings.reference_year
    span = range(min([base, *(year - 1 for year in asked[:1])]), max([base, *asked]) + 1)
    own = assumptions_of(pack, [row["id"] for row in rows])
    table = own if assumptions is None else assumptions.reset_index(drop=True)
    if sorted(map(tuple, table[KEYS].values)) != sorted(map(tuple, own[KEYS].values)):
        raise NasssapError(
            "draws: the assumptions are not those of the options: begin with assumptions_of(pack, options)"
        )
    return Prepared(
        tuple(rows), tuple(Measure.from_row(row) for row in rows), tuple(ground_of(pack, row, span) for row in rows),
        tuple(asked), base, _bounds(pack, span), table,
    )  # fmt: skip


def _bounds(pack: Pack, span: range) -> tuple[np.ndarray, np.ndarray]:
    table = population_bounds(pack)
    if table.empty:
        return np.ones(len(span)), np.ones(len(span))
    low, high = (np.interp(span, table["year"], table[end]) for end in ("low", "high"))
    return low, high


def draw_package(
    package: Pack | Prepared,
    years: Iterable[int] | None = None,
    options: Iterable[str] | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    assumptions: pd.DataFrame | None = None,
) -> Draws:
    """Cost of a package at assumptions drawn from their ranges, all assumptions of one draw together.

    Parameters
    ----------
    package : the country, or what :func:`prepare_package` made of it (then years, options and assumptions are its own)
    years, options, assumptions : see :func:`prepare_package`
    draws, seed : how many draws, the same ones for the same seed

    Returns
    -------
    Draws : 8 MB an option at the usual number of draws and years; :func:`bands` of a package keep none of them

    Raises
    ------
    NasssapError : as of :func:`prepare_package`

    Notes
    -----
    Level, take-up and its path, errors of inclusion and administration are drawn for each option; population and indexation once for
    all, for there is one population and one economy. One draw holds for all years. The formula is that of :func:`costing.cost_measure`.

    Population is one factor for all ages between the publisher's bounds of the total: at a level in % of GDP per head it moves persons
    and currency, and not the share of GDP, for GDP per head moves against it.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> drawn = draw_package(read_pack("SEN"), [2030, 2031], ["social_pension", "child_benefit"], draws=200)
    >>> drawn.share_of_gdp.shape, bool((drawn.share_of_gdp > 0).all())
    ((200, 2, 2), True)
    """
    ready = package if isinstance(package, Prepared) else prepare_package(package, years, options, assumptions)
    values = draw_assumptions(ready.assumptions, draws, seed)
    typed, reasons = _typed(ready)
    return Draws(
        tuple(row["id"] for row in ready.rows), tuple(row["name"] for row in ready.rows), ready.years,
        **costs_at(ready, values), values=values, assumptions=ready.assumptions, typed=typed, reasons=reasons,
    )  # fmt: skip


def _typed(ready: Prepared) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Figures at central values, by name, years × options; and why shares of GDP are missing."""
    typed = {
        name: cells[0] for name, cells in costs_at(ready, ready.assumptions["central"].to_numpy(float)[None]).items()
    }
    return typed, _reasons(ready, typed["share_of_gdp"])


def _reasons(ready: Prepared, typed: np.ndarray) -> np.ndarray:
    """Why shares of GDP are missing: of the target population where that lacks, else the economy of the year."""
    cells = np.full(typed.shape, "", object)
    for year, option in zip(*np.nonzero(np.isnan(typed)), strict=True):
        ground = ready.grounds[option]
        place = int(np.searchsorted(ground.years, ready.years[year]))
        lacks = np.isnan(ground.target[place])
        cells[year, option] = ground.facts["reason"].iat[place] if lacks else reason("no_gdp", year=ready.years[year])
    return cells


def costs_at(ready: Prepared, values: np.ndarray) -> dict[str, np.ndarray]:
    """Costs at values of all assumptions, by name of the figure: draws × years × options."""
    shape = len(values), len(ready.years), len(ready.rows)
    cells = {name: np.empty(shape) for name in FIGURES}
    for at, part in enumerate(_costs_by_option(ready, values, FIGURES)):
        for name, cell in cells.items():
            cell[..., at] = part[name].T
    return cells


def _costs_by_option(ready: Prepared, values: np.ndarray, figures: Iterable[str]) -> Iterator[dict[str, np.ndarray]]:
    """Some figures of one option after another at values of all assumptions: years × draws, in arrays that the next one overwrites.

    Where an option replaces nothing, its net share of GDP is the array of the gross one itself.
    """
    drawn, shares = _values_by_option(ready, values), set(figures) <= set(SHARES)
    blocks = [slice(first, first + AT_ONCE) for first in range(0, len(values), AT_ONCE)]
    common = [_of_all(ready, _some(drawn[""], block)) for block in blocks if ready.rows]
    cells = {name: np.empty((len(ready.years), len(values))) for name in figures}
    for at, ground in enumerate(ready.grounds):
        own, places = drawn[ready.rows[at]["id"]], np.searchsorted(ground.years, ready.years)
        asked = [name for name in figures if ground.replaced.share or name != "net_share_of_gdp"]
        for block, (population, growth) in zip(blocks, common, strict=True):
            costs, net = option_costs(ready, at, _some(own, block), population, growth, shares)
            found = {**costs._asdict(), "net_share_of_gdp": net}
            for name in asked:
                cells[name][:, block] = np.broadcast_to(found[name], growth.shape)[:, places].T
        yield {"net_share_of_gdp": cells["share_of_gdp"]} | {name: cells[name] for name in asked}


def _some(values: Mapping[str, np.ndarray], block: slice) -> dict[str, np.ndarray]:
    return {name: cell[block] for name, cell in values.items()}


def _values_by_option(ready: Prepared, values: np.ndarray) -> dict[str, dict[str, np.ndarray]]:
    """Values of each option's assumptions by their names, each draws × 1; those of all under ""."""
    found: dict[str, dict[str, np.ndarray]] = {}
    for at, (option, name) in enumerate(zip(*(ready.assumptions[key].tolist() for key in KEYS), strict=True)):
        found.setdefault(option, {})[name] = values[:, [at]]
    return found


def _of_all(ready: Prepared, common: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Population as a factor of its medium, and what benefits have grown beyond their index: draws × years of the grounds."""
    position, gap = (common[name] for name in COMMON)
    years = np.asarray(_span(ready))
    low, high = ready.bounds
    factor = 1 + np.where(position >= 0, position * (high - 1), -position * (low - 1)) * (years > ready.base)
    return factor, np.cumprod(np.where(years > ready.base, 1 + gap, 1.0), axis=1)


def _span(ready: Prepared) -> np.ndarray:
    return ready.grounds[0].years if ready.grounds else np.array([], int)


def option_costs(
    ready: Prepared,
    at: int,
    own: Mapping[str, np.ndarray],
    population: np.ndarray,
    growth: np.ndarray,
    shares: bool = False,
) -> tuple[Costs, np.ndarray]:
    """Costs of one option at values of its assumptions, and its share of GDP net of what it replaces; draws × years of the ground.

    Parameters
    ----------
    ready : the package
    at : place of the option
    own : value of each of the option's own assumptions, draws × 1
    population, growth : population as a factor of its medium; what benefits have grown beyond their index; draws × years
    shares : True: shares of GDP alone are asked for, see ``money`` of :func:`costing.formula.costs_of`; persons are then those of the
        medium where the share of GDP does not depend on them
    """  # fmt: skip
    row, measure, ground = ready.rows[at], ready.measures[at], ready.grounds[at]
    terms = measure.terms(own["amount"])._replace(
        administration=on_benefits(own["administration"], measure.admin_base), inclusion_error=own["inclusion_error"]
    )
    registered = np.any(terms.registration)
    if shares and measure.amount_basis == measure.indexing == "gdp_per_head" and not registered:
        population = np.ones(1)  # more persons, and just as many more among whom GDP is divided
    start = int(row["start_year"]) + np.round(own["start"])
    full = start + int(row["full_year"]) - int(row["start_year"]) + np.round(own["build_up"])
    reached = ramp(ground.years, start, full)
    people = beneficiaries(
        ground.target * population, own["take_up"] * reached, own["inclusion_error"], ground.most * population
    )
    economy = ground.economy
    moved = {name: economy[name] / population for name in ("gdp_per_head", "wages")}  # GDP stays, heads do not
    unit = unit_of(measure.amount_basis, measure.indexing, ground.base, {**economy, **moved})
    unit = Unit(unit.money if shares else unit.money * growth, unit.heads * growth)
    before = np.concatenate([np.zeros_like(people[..., :1]), people[..., :-1]], axis=-1) if registered else None
    start_up = np.where(ground.years == start, measure.admin_start_up * 1e6, 0.0)
    heads = economy["population"] * population
    costs = costs_of(people, terms, unit, heads, before, start_up, economy["gdp"], not shares)
    share, replaced = costs.share_of_gdp, ground.replaced.share
    return costs, share - reached * replaced if replaced else share


def bands(package: Prepared | Draws, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Between which ends nine of ten draws lie, year by year, for each option and for all together.

    Parameters
    ----------
    package : result of :func:`prepare_package`, or of :func:`draw_package`, whose draws are then taken
    draws, seed : as of :func:`draw_package`, of a prepared package; no more than one option's are kept at a time

    Returns
    -------
    table : option (id; "total": all options that can be costed), name, year, low, central, high (share of GDP that 5, 50 and 95 % of the
        draws lie below), typed (at the typed central values), net_low, net_central, net_high, net_typed (net of what is replaced),
        reason (why NaN)

    Notes
    -----
    Shares of draws under the typed ranges, no probabilities. The middle of the draws is not the typed central value where ranges are not
    symmetric. People who are in two options are counted in both, in the total too.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = bands(prepare_package(read_pack("SEN"), [2031], ["social_pension", "child_benefit"]), draws=500)
    >>> table["option"].tolist(), bool((table["low"] < table["high"]).all())
    (['social_pension', 'child_benefit', 'total'], True)
    """
    if isinstance(package, Prepared):
        ids, names = ([row[key] for row in package.rows] for key in ("id", "name"))
        typed, reasons = _typed(package)
        parts = _costs_by_option(package, draw_assumptions(package.assumptions, draws, seed), SHARES)
    else:
        ids, names, typed, reasons = package.options, package.names, package.typed, package.reasons
        parts = _drawn_by_option(package)
    known = [at for at in range(len(ids)) if not np.isnan(typed["share_of_gdp"][:, at]).all()]
    years = package.years
    named = pd.DataFrame({"option": [*ids, TOTAL], "name": [*names, ""]})
    table = named.loc[np.repeat(named.index, len(years))].reset_index(drop=True)
    table["year"] = np.tile(years, len(named))
    ends = {}
    for name, prefix, found in zip(SHARES, ("", "net_"), _ends(parts, known, len(years)), strict=True):
        central = _with_total(typed[name][None], known)[0]
        ends |= {f"{prefix}{end}": cells for end, cells in zip((*ENDS, "typed"), (*found, central), strict=True)}
    whole = np.full((len(years), 1), "" if known else "no_option_costed", object)
    ends["reason"] = np.concatenate([reasons, whole], axis=1)
    return table.assign(**{name: cells.T.ravel() for name, cells in ends.items()})[BAND_COLUMNS]


def _drawn_by_option(drawn: Draws) -> Iterator[dict[str, np.ndarray]]:
    """Both shares of GDP of each option, years × draws; where it replaces nothing, the net one is the gross one itself."""
    for at in range(len(drawn.options)):
        gross, net = (np.array(getattr(drawn, name)[..., at].T, order="C") for name in SHARES)
        yield dict(zip(SHARES, (gross, gross if np.array_equal(gross, net, equal_nan=True) else net), strict=True))


def _ends(
    parts: Iterable[Mapping[str, np.ndarray]], known: Collection[int], years: int
) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the bands of each option and of the sum of those known, gross and net: ends × years × options."""
    found: tuple[list, list] = ([], [])
    sums: list[np.ndarray] = []
    replacing = False
    for at, part in enumerate(parts):
        gross, net = (part[name] for name in SHARES)
        if at in known:
            sums = sums or [np.zeros_like(gross), np.zeros_like(net)]
            sums[0] += gross
            sums[1] += net
        found[0].append(_quantiles(gross))
        found[1].append(found[0][-1] if net is gross else _quantiles(net))
        replacing |= net is not gross
    nothing = np.full((len(BAND), years), np.nan)
    found[0].append(_quantiles(sums[0]) if known else nothing)
    found[1].append(_quantiles(sums[1]) if known and replacing else found[0][-1])
    return tuple(np.stack(cells, axis=-1) for cells in found)


def _with_total(cells: np.ndarray, known: list[int]) -> np.ndarray:
    """Draws × years × options, and behind them the sum of the options that are known."""
    total = cells[..., known].sum(axis=-1, keepdims=True) if known else np.full_like(cells[..., :1], np.nan)
    return np.concatenate([cells, total], axis=-1) if cells.shape[-1] else np.full((*cells.shape[:2], 1), np.nan)


def _quantiles(cells: np.ndarray) -> np.ndarray:
    """Ends of the band by year, of years × draws that nobody needs in their order any more: no draw is sorted that need not be."""
    places = [round(share * (cells.shape[1] - 1)) for share in BAND]
    cells.partition(places)
    return cells[:, places].T


def share_of_draws(draws: Draws, at_most: float, year: int) -> pd.DataFrame:
    """Which share of the draws costs at most so much in a year.

    Parameters
    ----------
    draws : result of :func:`draw_package`
    at_most : share of GDP, 0–1
    year : one of the years of the draws

    Returns
    -------
    table : option ("total": all together), share_of_draws (0–1 under the typed ranges, no probability; NaN where the cost is not known)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> drawn = draw_package(read_pack("SEN"), [2031], ["social_pension"], draws=100)
    >>> share_of_draws(drawn, 1.0, 2031)["share_of_draws"].tolist()
    [1.0, 1.0]
    """
    at = draws.years.index(year)
    known = [place for place in range(len(draws.options)) if not np.isnan(draws.typed["share_of_gdp"][at, place])]
    cells = _with_total(draws.share_of_gdp[:, [at]], known)[:, 0]
    shares = np.where(np.isnan(cells).any(axis=0), np.nan, (cells <= at_most).mean(axis=0))
    return pd.DataFrame({"option": [*draws.options, TOTAL], "share_of_draws": shares})


def tornado(package: Pack | Prepared, option: str, year: int, assumptions: pd.DataFrame | None = None) -> pd.DataFrame:
    """What each assumption alone moves: from its low to its high end, all others central.

    Parameters
    ----------
    package : the country, or what :func:`prepare_package` made of it
    option : id of the pack's measures
    year : calendar year
    assumptions : see :func:`prepare_package`

    Returns
    -------
    table : option, name, assumption, unit, low, central, high (values of the assumption; of population factors of the year's medium),
        cost_low, cost_central, cost_high (share of GDP with the assumption at these ends), swing (distance of the ends); the assumption
        that moves most first; what is exact or moves nothing is left out, and everything where the cost is not known

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> tornado(read_pack("SEN"), "social_pension", 2031)["assumption"].tolist()
    ['amount', 'take_up', 'build_up', 'indexation', 'administration']
    """  # fmt: skip
    ready = package if isinstance(package, Prepared) else prepare_package(package, [year], [option], assumptions)
    at = [row["id"] for row in ready.rows].index(option)
    table = ready.assumptions
    mine = np.flatnonzero(table["option"].isin([option, ""]) & table["shape"].ne("fixed"))
    central = table["central"].to_numpy(float)
    tried = np.tile(central, (2 * len(mine) + 1, 1))
    for place, i in enumerate(mine):
        tried[1 + 2 * place : 3 + 2 * place, i] = table["low"].iat[i], table["high"].iat[i]
    cost = costs_at(ready, tried)["share_of_gdp"][:, ready.years.index(year), at]
    found = table.iloc[mine].assign(
        name=ready.rows[at]["name"], option=option, cost_central=cost[0], cost_low=cost[1::2], cost_high=cost[2::2]
    )
    found["swing"] = (found["cost_high"] - found["cost_low"]).abs()
    found = _population_as_factor(ready, found, year)
    moving = found[found["swing"] > 1e-12 * abs(cost[0])]
    return moving.sort_values("swing", ascending=False, kind="stable", ignore_index=True)[TORNADO_COLUMNS]


def _population_as_factor(ready: Prepared, found: pd.DataFrame, year: int) -> pd.DataFrame:
    at = int(np.searchsorted(_span(ready), year))
    rows = found["assumption"] == "population"
    low, high = (ends[at] for ends in ready.bounds)
    for end in ENDS:
        place = found.loc[rows, end]
        found.loc[rows, end] = 1 + np.where(place >= 0, place * (high - 1), -place * (low - 1))
    return found.assign(unit=found["unit"].mask(rows, "factor"))
