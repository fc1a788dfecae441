"""What a package of options costs by year, women and men apart: gross, and net of what it replaces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.costing.economy import economy_of, series_sources
from nasssap_lib.costing.formula import MONTHS, MOVED, STATED, Costs, beneficiaries, costs_of, ramp, unit_of
from nasssap_lib.costing.measure import Measure
from nasssap_lib.costing.replaced import Replaced, replaced_schemes, replaced_spending
from nasssap_lib.costing.targets import target_by_year
from nasssap_lib.costing.today import kind_of
from nasssap_lib.errors import NasssapError, did_you_mean
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.by_sex import share_of_women
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records

SEXES = ("female", "male", "total")
LAST_YEAR = 2050
PACKAGE_COLUMNS = [
    "option", "name", "year", "sex", "persons", "benefits", "administration", "total", "constant_prices", "usd", "share_of_gdp",
    "share_of_revenue", "level", "month", "replaced", "double_payment", "net_share_of_gdp", "quality", "source", "reason",
]  # fmt: skip


class Ground(NamedTuple):
    """What an option's costs stand on, year by year; arrays that draws may replace by draws × years.

    years : calendar years, the first one the year before the first that is asked for
    target : persons at whom the option aims · most : of them who can be reached at most · women : share of women among them, 0–1
    economy : columns of :func:`costing.economy_of` and gdp_per_head, by year · base : the same of the year in which amounts are stated
    replaced : spending that the option replaces
    facts : quality, source, reason by year of target and share of women, and what the economy lacks
    """

    years: np.ndarray
    target: np.ndarray
    most: np.ndarray
    women: np.ndarray
    economy: Mapping[str, np.ndarray]
    base: Mapping[str, float]
    replaced: Replaced
    facts: pd.DataFrame


def cost_package(pack: Pack, years: Iterable[int] | None = None, options: Iterable[str] | None = None) -> pd.DataFrame:
    """Persons and cost of each option by year, women and men apart, gross and net of what it replaces.

    Parameters
    ----------
    pack : the country; amounts are stated at the economy of its reference year
    years : calendar years; None: from the year after the reference year, or the first year of payment where that is later, to 2050
        or the last year of the population
    options : ids of ``measures.csv``; None: all

    Returns
    -------
    table with the columns of ``PACKAGE_COLUMNS``, one row an option, year and sex (female, male, total; total = female + male)

    * persons: beneficiaries; benefits (with materials of public works), administration, total: national currency of the year;
      constant_prices: total at prices of the reference year; usd: at the exchange rate of the year
    * share_of_gdp, share_of_revenue: shares 0–1; level: % of GDP per head that one person is paid, net of the own payment;
      month: the same in national currency a month
    * replaced: spending of the tax-financed schemes that the option builds on or merges with, share of GDP, in proportion to the
      take-up reached; double_payment: what is still spent under the old rules in the years of transition, share of GDP;
      net_share_of_gdp = share_of_gdp − replaced
    * reason: codes, why a value is NaN, and what must be known of the others

    Raises
    ------
    NasssapError : no such option; years before the reference year or past the population

    Notes
    -----
    Net cost = gross − Σ φ × spending in % of GDP of its own year: φ = 1 where the option builds on a scheme or merges with it, 0
    where it is coordinated or stacked; contributory schemes are never netted. After the last year of the economy's source money is
    NaN; a level in % of GDP per head that grows with it keeps its share of GDP. Options are not kept apart: see
    :func:`costing.combine_options`.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> costs = cost_package(read_pack("SEN"), [2031], ["social_pension"])
    >>> costs["sex"].tolist(), round(float(costs["share_of_gdp"].iat[2]), 5)
    (['female', 'male', 'total'], 0.00351)
    """
    rows = chosen_options(pack, options)
    return costs_of_options(pack, rows, horizon(pack, rows, years))


def costs_of_options(pack: Pack, rows: Iterable[Mapping[str, Any]], years: Iterable[int]) -> pd.DataFrame:
    """Costs of options whose rows need not be those of the pack.

    Parameters
    ----------
    pack : the country
    rows : rows of its measures, as they stand or with some values changed
    years : of :func:`horizon`, ascending

    Returns
    -------
    table with the columns of ``PACKAGE_COLUMNS``, as :func:`cost_package` gives it
    """
    frames = [_option_costs(pack, dict(row), list(years)) for row in rows]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=PACKAGE_COLUMNS)


def chosen_options(pack: Pack, options: Iterable[str] | None) -> list[dict]:
    known = {row["id"]: row for row in as_records(pack.measures)}
    wanted = list(known if options is None else options)
    wrong = [f"{name!r}: {did_you_mean(name, known)}" for name in wanted if name not in known]
    if wrong:
        raise NasssapError(f"cost_package: no such option {'; '.join(wrong)}")
    return [known[name] for name in wanted]


def horizon(pack: Pack, rows: Iterable[Mapping], years: Iterable[int] | None = None) -> list[int]:
    """Years for which options are costed: those asked for, within the reference year and the population.

    Parameters
    ----------
    pack : the country
    rows : rows of its measures
    years : calendar years; None: from the year after the reference year, or the first year of payment where that is later, to 2050

    Raises
    ------
    NasssapError : a year before the reference year, or past the last one of the population

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> horizon(pack, pack.measures.to_dict("records"))[:2]
    [2027, 2028]
    """
    base = pack.settings.reference_year
    last = int(pack.used_population["year"].max()) if len(pack.used_population) else base
    if years is None:
        first = max([base + 1, *([min(int(row["start_year"]) for row in rows)] if rows else [])])
        return list(range(first, min(last, LAST_YEAR) + 1))
    asked = sorted({int(year) for year in years})
    wrong = [year for year in asked if not base <= year <= last]
    if wrong:
        raise NasssapError(
            f"cost_package: years from {base} (the reference year) to {last} (the last one of the population) of {pack.country}; "
            f"got {', '.join(map(str, wrong))}"
        )
    return asked


def ground_of(pack: Pack, row: Mapping[str, Any], years: Iterable[int]) -> Ground:
    """What the costs of an option stand on, in arrays.

    Parameters
    ----------
    pack : the country
    row : of its measures
    years : calendar years in ascending order, without a gap; the first is only the year before, for who is newly registered

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> row = pack.measures.set_index("id", drop=False).loc["social_pension"].to_dict()
    >>> ground_of(pack, row, [2024, 2025]).target.round().tolist()[1]
    690291.0
    """
    asked, base = [int(year) for year in years], pack.settings.reference_year
    first, last = min([base, *asked]), max([base, LAST_YEAR, *asked])
    whole = _ground(pack, dict(row), tuple(range(first, last + 1)))
    places = np.asarray(asked, int) - first
    return whole._replace(
        years=whole.years[places], target=whole.target[places], most=whole.most[places], women=whole.women[places],
        economy={name: cells[places] for name, cells in whole.economy.items()},
        facts=whole.facts.iloc[places].reset_index(drop=True),
    )  # fmt: skip


@once_a_pack
def _ground(pack: Pack, row: Mapping[str, Any], years: tuple[int, ...]) -> Ground:
    """The ground of all years of which one may ask, once an option: costs, draws and cases stand on it."""
    target, women = target_by_year(pack, row, years), share_of_women(pack, row, years)
    base = pack.settings.reference_year
    economy = economy_of(pack, [base, *years]).drop(columns=["year", "source"]).astype(float)
    economy["gdp_per_head"] = economy["gdp"] / economy["population"]
    stated, now = economy.iloc[0].to_dict(), {name: economy[name].to_numpy()[1:] for name in economy}
    replaced = replaced_spending(pack, replaced_schemes(pack, row))
    facts = pd.DataFrame({
        "quality": [weakest(filter(None, [row["quality"], *pair, replaced.quality, "estimated"]))
                    for pair in zip(target["quality"], women["quality"], strict=True)],
        "source": [join_sources(row["source"], *pair, replaced.source)
                   for pair in zip(target["source"], women["source"], strict=True)],
        "reason": [join_reasons(target, "" if target else split)
                   for target, split in zip(target["reason"], women["reason"], strict=True)],
    })  # fmt: skip
    return Ground(
        np.array(years), target["persons"].to_numpy(float), target["most"].to_numpy(float), women["share"].to_numpy(float),
        now, stated, replaced, facts,
    )  # fmt: skip


def _option_costs(pack: Pack, row: dict, asked: list[int]) -> pd.DataFrame:
    """Rows of one option: years × sexes."""
    if not asked:
        return pd.DataFrame(columns=PACKAGE_COLUMNS)
    span = range(asked[0] - 1, asked[-1] + 1)
    ground, measure = ground_of(pack, row, span), Measure.from_row(row)
    wide = _by_sex(measure, row, ground)
    places = np.searchsorted(ground.years, asked)
    size = (len(asked), len(SEXES))
    table = pd.DataFrame(
        {name: np.broadcast_to(cells, (len(SEXES), len(span)))[:, places].T.ravel() for name, cells in wide.items()}
    )
    table["year"], table["sex"] = np.repeat(asked, len(SEXES)), np.tile(SEXES, len(asked))
    said = ground.facts.iloc[np.repeat(places, len(SEXES))].reset_index(drop=True)
    said["source"] = _sources(pack, row, said["source"])
    said["reason"] = np.repeat(_reasons(row, ground, wide, places), size[1])
    table = table.assign(
        option=row["id"], name=row["name"], quality=said["quality"], source=said["source"], reason=said["reason"]
    )
    return table[PACKAGE_COLUMNS]


def costs_by_sex(measure: Measure, ground: Ground, start: int, full: int, take_up, share, amount=None) -> Costs:
    """Costs of an option for a sex, or for all; one formula for a value and for draws.

    Parameters
    ----------
    measure : what is paid
    ground : what it stands on
    start, full : first year of payment, year of full take-up
    take_up : share 0–1 at maturity; draws × 1 for draws
    share : of the target population that is counted, by year: women, men, or 1 for all
    amount : instead of the measure's own; draws × 1 for draws

    Returns
    -------
    Costs by year; the first year has nobody newly registered but whom it pays
    """
    reached = np.asarray(take_up, float) * ramp(ground.years, start, full)
    terms = measure.terms(amount)
    people = beneficiaries(ground.target * share, reached, terms.inclusion_error, ground.most * share)
    before = np.concatenate([np.zeros_like(people[..., :1]), people[..., :-1]], axis=-1)
    start_up = np.where(ground.years == start, measure.admin_start_up * 1e6, 0.0) * share
    unit = unit_of(measure.amount_basis, measure.indexing, ground.base, ground.economy)
    return costs_of(people, terms, unit, ground.economy["population"], before, start_up, ground.economy["gdp"])


def _by_sex(measure: Measure, row: Mapping, ground: Ground) -> dict[str, np.ndarray]:
    """Columns of the table, sexes × years."""
    economy, start, full = ground.economy, int(row["start_year"]), int(row["full_year"])
    shares = (ground.women, 1 - ground.women)
    parts = [costs_by_sex(measure, ground, start, full, row["take_up_central"], share) for share in shares]
    wide = {name: _with_sum(*(getattr(part, name) for part in parts)) for name in Costs._fields}
    reached = ramp(ground.years, start, full)
    old = ground.replaced.share * np.array([*shares, np.ones_like(ground.women)])
    replaced, double = reached * old, np.where(reached > 0, (1 - reached) * old, 0.0)
    replaced[2], double[2] = replaced[0] + replaced[1], double[0] + double[1]
    level = measure.level(unit_of(measure.amount_basis, measure.indexing, ground.base, economy))
    return wide | {
        "constant_prices": wide["total"] * ground.base["prices"] / economy["prices"],
        "usd": wide["total"] / economy["exchange_rate"],
        "share_of_revenue": wide["share_of_gdp"] / economy["revenue"],
        "level": level,
        "month": level / 100 * economy["gdp_per_head"] / MONTHS,
        "replaced": replaced,
        "double_payment": double,
        "net_share_of_gdp": wide["share_of_gdp"] - replaced,
    }


def _with_sum(women: np.ndarray, men: np.ndarray) -> np.ndarray:
    return np.array([women, men, women + men])


def _sources(pack: Pack, row: Mapping, sources: pd.Series) -> list[str]:
    used = ("gdp_per_head", "prices", "exchange_rate", "revenue", STATED[row["amount_basis"]], MOVED[row["indexing"]])
    economy = series_sources(pack, used)
    return [join_sources(cell, *economy) for cell in sources]


def _reasons(row: Mapping, ground: Ground, wide: Mapping[str, np.ndarray], places: np.ndarray) -> list[str]:
    """Why values of a year are missing, and what must be known of the others."""
    premium = kind_of(row) == "subsidy" and row["guarantee"] == "health"
    known = join_reasons(reason("premium_is_not_care") if premium else "", ground.replaced.reason)
    saves = (wide["net_share_of_gdp"][2] < 0) & (ground.replaced.share > 0)
    return [
        join_reasons(
            ground.facts["reason"].iat[at],
            *_missing(row, ground, wide, at),
            known,
            reason("less_than_replaced") if saves[at] else "",
        )
        for at in places
    ]


def _missing(row: Mapping, ground: Ground, wide: Mapping[str, np.ndarray], at: int) -> list[str]:
    """Which series the year lacks; nothing where the target population is what lacks."""
    if np.isnan(ground.target[at]):
        return []
    basis, grows, year = STATED[row["amount_basis"]], MOVED[row["indexing"]], int(ground.years[at])
    lacks = []
    if basis and np.isnan(ground.base[basis]) and np.isnan(wide["total"][2][at]):
        lacks.append(reason(f"no_{basis}_to_state"))
    if grows and np.isnan(ground.economy[grows][at]) and grows != "gdp_per_head":
        lacks.append(reason(f"no_{grows}_of_year", year=year))
    if np.isnan(ground.economy["gdp"][at]):
        lacks.append(reason("no_gdp", year=year))
    return lacks
