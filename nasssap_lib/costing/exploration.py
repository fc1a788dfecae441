"""What changing one thing does: the gap at another coverage, and measures at another level, take-up or start.

What does not depend on a slider is computed once for a country (:func:`prepare`); what does takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from nasssap_lib.arguments import fault_of
from nasssap_lib.costing.combined import combine_options
from nasssap_lib.costing.economy import economy_of
from nasssap_lib.costing.measure import Measure, cost_measure
from nasssap_lib.costing.options import sources_of_cost
from nasssap_lib.costing.package import costs_of_options
from nasssap_lib.costing.targets import target_by_year
from nasssap_lib.coverage.gaps import coverage_gaps
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records

GAP_PARTS = ("covered", "to_reach", "gap_at_target")  # the parts of the gap's bar, from left to right
PART_COLUMNS = ["picture", "part", "name", "value", "unit", "share", "year", "quality", "reason", "source"]
GAP_PART_COLUMNS = [
    "reason", "source", "target_population", "coverage_year", "edition", "rule", "effective_coverage", "target_coverage",
]  # fmt: skip
EXPLORED_COLUMNS = [
    "group", "sex", "year", "target_population", "effective_coverage", "coverage_year", "edition", "covered", "gap",
    "target_coverage", "gap_at_target", "to_reach", "denominator_rule", "quality", "source", "reason",
]  # fmt: skip
COST_PART_COLUMNS = [
    "persons", "target_population", "rule", "target_quality", "amount_central", "amount_basis", "indexing", "months",
    "take_up_central", "start_year", "full_year", "admin_rate", "admin_base", "changed",
]  # fmt: skip
COST_COLUMNS = ["measure", "name", "year", "persons", "share_of_gdp", "quality", "source", "reason"]
CHANGEABLE = {  # parameter → name of its range, and kind
    "amount_central": ("level", "float"),
    "take_up_central": ("take_up", "float"),
    "start_year": ("year", "int"),
    "full_year": ("year", "int"),
}


@dataclass(frozen=True, eq=False)
class Ground:
    """What a country's exploration stands on.

    gaps : columns of ``coverage.coverage_gaps``, primary denominators, one row a group, sex and year
    economy : as :func:`costing.economy_of` gives it
    targets : id of a measure → its target population, result of ``targets.target_by_year``
    cost_sources : id of a measure → sources of its cost
    measures : rows of the pack's measures
    years : first and last year
    pack : the country
    """

    gaps: pd.DataFrame
    economy: pd.DataFrame
    targets: Mapping[str, pd.DataFrame]
    cost_sources: Mapping[str, str]
    measures: pd.DataFrame
    years: tuple[int, int]
    pack: Pack


def prepare(pack: Pack, last_year: int = 2050) -> Ground:
    """Compute once what the sliders do not change: target populations, gaps at kept rates, the economy.

    Parameters
    ----------
    pack : the country
    last_year : last year of the exploration; the first is the pack's reference year

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> prepare(read_pack("SEN")).years
    (2025, 2050)
    """
    years = range(pack.settings.reference_year, last_year + 1)
    gaps = _believed(coverage_gaps(pack, projection_years=years))
    gaps = gaps[gaps["year"].isin(years)].drop_duplicates(["group", "sex", "year"], keep="last")
    economy, rows = economy_of(pack, years), as_records(pack.measures)
    targets = {row["id"]: target_by_year(pack, row, years) for row in rows}
    cited = [
        join_sources(row["source"], *targets[row["id"]]["source"].unique(), *sources_of_cost(pack, row, economy))
        for row in rows
    ]
    cost_sources = dict(zip(targets, cited, strict=True))
    return Ground(gaps, economy, targets, cost_sources, pack.measures, (years[0], years[-1]), pack)


def _believed(gaps: pd.DataFrame) -> pd.DataFrame:
    """Gaps at the denominator of the published rate; none where the rate is to be verified."""
    table, persons = gaps[gaps["primary"]].copy(), ["covered", "gap"]
    table.loc[table["flag"] == "to_verify", persons] = np.nan
    return table


def explore_gap(ground: Ground, group: str, year: int, target_coverage: float, sex: str = "total") -> pd.DataFrame:
    """The gap of a group at the published rate, and at a rate that one aims at.

    Parameters
    ----------
    ground : of :func:`prepare`
    group, sex : of the gap table; mothers are women
    year : calendar year; the rate last observed is kept
    target_coverage : the coverage aimed at, share 0–1

    Returns
    -------
    one row : group, sex, year, target_population, effective_coverage (share), coverage_year, edition, covered, gap,
        target_coverage, gap_at_target, to_reach (persons), denominator_rule, quality, source, reason

    Raises
    ------
    NasssapError : no such group, sex and year, or a target outside 0–1

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = explore_gap(prepare(read_pack("SEN")), "at_least_one", 2025, 0.5)
    >>> round(float(table["to_reach"].iat[0]) / 1e6, 1)
    5.7
    """
    if not 0 <= target_coverage <= 1:
        raise NasssapError(f"target_coverage: expected a share from 0 to 1, got {target_coverage}")
    rows = ground.gaps
    found = rows[(rows["group"] == group) & (rows["sex"] == sex) & (rows["year"] == year)]
    if found.empty:
        raise NasssapError(f"no gap of {group}, {sex}, {year}; years are {ground.years[0]} to {ground.years[1]}")
    row = found.iloc[[0]].reset_index(drop=True)
    row["target_coverage"] = target_coverage
    row["to_reach"] = (row["target_population"] * target_coverage - row["covered"]).clip(lower=0)
    row["gap_at_target"] = (row["gap"] - row["to_reach"]).clip(lower=0)
    return row[EXPLORED_COLUMNS]


def explore_measures(ground: Ground, changes: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Persons reached and cost by year of the measures chosen, with some of their parameters changed.

    Parameters
    ----------
    ground : of :func:`prepare`
    changes : id of a measure → its changed parameters (amount_central, take_up_central, start_year, full_year); an empty
        mapping takes the measure as it stands

    Returns
    -------
    table : measure, name, year, persons (reached), share_of_gdp (share 0–1; NaN where the target population is not known),
        quality, source, reason. Persons of two measures are not to be added up, costs are.

    Raises
    ------
    NasssapError : no measure of that id, no such parameter, or a value that is none

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> ground = prepare(read_pack("SEN"))
    >>> table = explore_measures(ground, {"social_pension": {"take_up_central": 0.5}})
    >>> table.query("year == 2026")["persons"].tolist()
    [0.0]
    """
    frames = [_by_year(ground, row) for row in changed_rows(ground, changes)]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COST_COLUMNS)


def explore_package(ground: Ground, changes: Mapping[str, Mapping[str, Any]], year: int) -> pd.DataFrame:
    """What the measures chosen cost together in a year, each person paid once, gross and net of what they replace.

    Parameters
    ----------
    ground : of :func:`prepare`
    changes : as :func:`explore_measures` takes them; whom two of them reach is paid by the one that stands first
    year : calendar year after the reference year

    Returns
    -------
    table : result of :func:`costing.combine_options` for that year; empty where no measure is chosen

    Raises
    ------
    NasssapError : as :func:`explore_measures`

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> ground = prepare(read_pack("SEN"))
    >>> whole = explore_package(ground, {"social_pension": {}, "child_benefit": {}}, 2031).query("option == 'all'")
    >>> bool((whole["share_of_gdp"] > 0).all())
    True
    """
    costs = costs_of_options(ground.pack, changed_rows(ground, changes), [year])
    return combine_options(costs, ground.pack, list(changes))


def changed_rows(ground: Ground, changes: Mapping[str, Mapping[str, Any]]) -> list[dict]:
    """Rows of the measures chosen, with what was changed.

    Parameters
    ----------
    ground : of :func:`prepare`
    changes : id of a measure chosen → what is changed of it, parameters of ``CHANGEABLE``

    Raises
    ------
    NasssapError : no such measure or parameter, or a value that it cannot have
    """
    known = {row["id"]: row for row in as_records(ground.measures)}
    wrong = [name for name in changes if name not in known]
    wrong += [key for parameters in changes.values() for key in parameters if key not in CHANGEABLE]
    if wrong:
        raise NasssapError(
            f"{', '.join(wrong)}: expected measures {', '.join(known)} and parameters {', '.join(CHANGEABLE)}"
        )
    faults = [
        f"{name}: {fault}"
        for parameters in changes.values()
        for name, value in parameters.items()
        if (fault := fault_of(*CHANGEABLE[name], value))
    ]
    if faults:
        raise NasssapError("; ".join(faults))
    return [{**known[name], **parameters} for name, parameters in changes.items()]


def _by_year(ground: Ground, row: dict) -> pd.DataFrame:
    years = list(range(ground.years[0], ground.years[1] + 1))
    target = ground.targets[row["id"]]
    table = cost_measure(target, Measure.from_row(row), ground.economy, years)[["year", "persons", "share_of_gdp"]]
    missing = "" if target["persons"].notna().any() else join_reasons(*sorted(target["reason"])) or reason("no_target")
    quality = weakest(filter(None, [row["quality"], target["quality"].iat[0], "estimated"]))
    more = {"quality": quality, "source": ground.cost_sources[row["id"]], "reason": missing}
    return table.assign(measure=row["id"], name=row["name"], **more)[COST_COLUMNS]


def gap_parts(gap: pd.DataFrame) -> pd.DataFrame:
    """The parts of the gap's bar, from left to right, with all that is known of each.

    Parameters
    ----------
    gap : result of :func:`explore_gap`

    Returns
    -------
    table : the columns of ``PART_COLUMNS`` (part: one of ``GAP_PARTS``; value in persons; share of the target population, 0–1;
        NaN with a reason where the gap is not known), then target_population (persons), coverage_year, edition, rule,
        effective_coverage, target_coverage (shares 0–1)

    Notes
    -----
    What is to be reached rests on a target that the reader chose: it is assumed, and so is what would then remain.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = gap_parts(explore_gap(prepare(read_pack("SEN")), "at_least_one", 2025, 0.5))
    >>> table[["part", "quality"]].values.tolist()
    [['covered', 'estimated'], ['to_reach', 'assumed'], ['gap_at_target', 'assumed']]
    """
    row = gap.iloc[0]
    chosen = weakest(filter(None, [row["quality"], "assumed"]))
    moved = {"covered": False, "to_reach": True, "gap_at_target": row["to_reach"] > 0}
    table = pd.DataFrame({"part": GAP_PARTS, "value": [float(row[part]) for part in GAP_PARTS]})
    shared = {"picture": "target_gap", "name": "", "unit": "persons", "year": int(row["year"])}
    shared |= {name: row[name] for name in GAP_PART_COLUMNS if name in row} | {"rule": row["denominator_rule"]}
    table = table.assign(**shared, share=table["value"] / row["target_population"])
    table["quality"] = [chosen if moved[part] else row["quality"] for part in GAP_PARTS]
    return table[[*PART_COLUMNS, *(name for name in GAP_PART_COLUMNS if name not in PART_COLUMNS)]]


def cost_parts(
    ground: Ground, costs: pd.DataFrame, changes: Mapping[str, Mapping[str, Any]], year: int
) -> pd.DataFrame:
    """The measures of the cost picture in one year, in the picture's order, with all that the cost rests on.

    Parameters
    ----------
    ground : of :func:`prepare`
    costs : result of :func:`explore_measures`
    changes : the changes that gave it
    year : calendar year

    Returns
    -------
    table : the columns of ``PART_COLUMNS`` (part: id of the measure; value: share of GDP; share: take-up in the year, 0–1;
        NaN with a reason where the cost is not known), then persons (reached), target_population, rule, target_quality,
        amount_central, amount_basis, indexing, months, take_up_central, start_year, full_year, admin_rate, admin_base,
        changed (parameters that are not those of the pack, ";" list)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> ground, changes = prepare(read_pack("SEN")), {"social_pension": {"amount_central": 20.0}}
    >>> table = cost_parts(ground, explore_measures(ground, changes), changes, 2030)
    >>> table[["part", "rule", "changed"]].values.tolist()
    [['social_pension', 'aged_from {"age_from": 65}', 'amount_central']]
    """
    known = {row["id"]: row for row in as_records(ground.measures)}
    rows = as_records(costs[costs["year"] == year])
    parts = [_cost_part(row, known[row["measure"]], changes[row["measure"]], ground) for row in rows]
    return pd.DataFrame(parts, columns=[*PART_COLUMNS, *COST_PART_COLUMNS])


def _cost_part(cost: dict, baseline: dict, changes: Mapping[str, Any], ground: Ground) -> dict:
    now = {**baseline, **changes}
    target = ground.targets[baseline["id"]].set_index("year").loc[cost["year"]]
    taken = {name: cost[name] for name in ("name", "year", "quality", "reason", "source", "persons")}
    return (
        {name: now.get(name) for name in COST_PART_COLUMNS}
        | taken
        | {
            "picture": "cost_path",
            "part": cost["measure"],
            "value": cost["share_of_gdp"],
            "unit": "share_of_gdp",
            "share": cost["persons"] / target["persons"],
            "target_population": target["persons"],
            "rule": target["rule"],
            "target_quality": target["quality"],
            "changed": ";".join(name for name, value in changes.items() if value != baseline[name]),
        }
    )
