"""The options of a country as they would stand in its reference year: whom each reaches, what it costs, how much of the gap it closes.

Parameters of options are assumptions. Costs are static: full take-up as assumed, today's population and coverage.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.costing.measure import MONTHS, Measure, cost_measure, economy_of, on_benefits
from nasssap_lib.coverage.gaps import coverage_gaps
from nasssap_lib.pack.model import Pack
from nasssap_lib.population.by_age import count_persons
from nasssap_lib.provenance import join_sources, weakest

ENDS = ("low", "central", "high")
MONEY = (0.0025, 0.005, 0.01)  # shares of GDP that the options are compared at
HIGH_LEVEL = 30.0  # % of GDP per head above which a benefit is unusual: warn (threshold ours, docs/assumptions.md)
COUNTED_BY_AGE = ("children", "older_persons", "at_least_one", "total")
EXTENSIONS = ("employment_injury", "health")  # reach only persons who are not covered yet

OPTION_COLUMNS = [
    "option", "name", "guarantee", "group", "year", "population", "target_population", "target_rule", "target_quality",
    *(f"take_up_{end}" for end in ENDS), *(f"persons_{end}" for end in ENDS), *(f"level_{end}" for end in ENDS),
    "months", "admin_rate", "unit_cost", *(f"cost_{end}" for end in ENDS), *(f"net_cost_{end}" for end in ENDS),
    "coverage", "coverage_year", "gap", *(f"newly_covered_{end}" for end in ENDS), *(f"gap_closed_{end}" for end in ENDS),
    "delivery", "institution", "related_scheme", "relation", "note", "flag", "quality", "source", "reason",
]  # fmt: skip


class Need(NamedTuple):
    """What is known of the group that an option serves: its size, its coverage and its gap in the reference year."""

    persons: float
    rule: str
    quality: str
    source: str
    coverage: float
    coverage_year: object
    gap: float
    uncovered: tuple[float, float, float]  # share not covered: low, central, high
    no_target: str
    no_gap: str


def assess_options(pack: Pack) -> pd.DataFrame:
    """Each option of a pack's measures: target population, cost, persons newly covered, share of the gap closed.

    Parameters
    ----------
    pack : the country; figures are brought to its reference year, the rate of coverage kept (estimated)

    Returns
    -------
    table with the columns of ``OPTION_COLUMNS``, one row an option, also where it cannot be costed

    * target_population, persons_*: persons who could be, and would be reached (target × take-up); gap, newly_covered_*: persons
    * take_up_*, coverage, gap_closed_*: shares 0–1; gap_closed is newly covered ÷ gap of the whole group
    * level_*: benefit in % of GDP per head; months in a year; admin_rate: share of benefits
    * unit_cost: cost of one person reached at the central level, share of GDP; cost_*, net_cost_*: share of GDP. ``low`` has
      level and take-up at their low ends, ``high`` at their high ends. Net: × (1 − coverage), a lower bound, for it assumes that
      whoever is covered today already gets the full level
    * flag: "high_level" where the central benefit is above 30 % of GDP per head; reason: why a value is NaN

    Notes
    -----
    Newly covered = persons reached × (1 − coverage of the group): take-up and today's coverage are taken to be the same
    throughout the group. Extensions of insurance (employment injury, health) aim at those not covered only: their target is
    the gap, gross and net cost are equal. Groups overlap: columns are not to be added up.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> options = assess_options(read_pack("SEN")).set_index("option")
    >>> round(float(options.loc["social_pension", "cost_central"]), 5)
    0.00325
    """
    gaps, economy = coverage_gaps(pack, pack.settings.reference_year), economy_of(pack, [pack.settings.reference_year])
    rows = [_option(pack, measure, gaps, economy) for measure in pack.measures.to_dict("records")]
    return pd.DataFrame(rows, columns=OPTION_COLUMNS)


def _option(pack: Pack, row: dict, gaps: pd.DataFrame, economy: pd.DataFrame) -> dict:
    need, year = _need(pack, row, gaps), pack.settings.reference_year
    extends = row["group"] in EXTENSIONS or row["guarantee"] == "health"
    target, rule, no_target = _target(pack, row, need, extends)
    population = float(economy["population"].iat[0])
    reached = [target * row[f"take_up_{end}"] for end in ENDS]
    cost = [_share_of_gdp(row, end, target, economy, year) for end in ENDS]
    rate, months = on_benefits(row["admin_rate"], row["admin_base"]), row["months"]
    unit = [_unit_cost(row, end, economy, year) for end in ENDS]
    level = [100 * value * population * MONTHS / months / (1 + rate) if months else np.nan for value in unit]
    new = _newly_covered(need, reached, extends)
    closed = _gap_closed(need, reached, extends)
    free = 1.0 if extends else need.uncovered[1]
    reasons = [no_target, need.no_gap, "" if np.isfinite(unit[1]) else "the benefit cannot be set against GDP"]
    taken = {name: row[name] for name in ("delivery", "institution", "related_scheme", "relation", "note")}
    return taken | {
        "option": row["id"], "name": row["name"], "guarantee": row["guarantee"], "group": row["group"], "year": year,
        "population": population, "target_population": target, "target_rule": rule, "target_quality": need.quality,
        **{f"take_up_{end}": row[f"take_up_{end}"] for end in ENDS},
        **_by_end("persons", reached), **_by_end("level", level), "months": months, "admin_rate": rate,
        "unit_cost": unit[1], **_by_end("cost", cost), **_by_end("net_cost", [value * free for value in cost]),
        "coverage": need.coverage, "coverage_year": need.coverage_year, "gap": need.gap,
        **_by_end("newly_covered", new), **_by_end("gap_closed", closed),
        "flag": "high_level" if level[1] > HIGH_LEVEL else "",
        "quality": weakest(filter(None, [row["quality"], need.quality, "estimated"])),
        "source": join_sources(row["source"], need.source, *sources_of_cost(pack, row, economy)),
        "reason": "; ".join(dict.fromkeys(filter(None, reasons))),
    }  # fmt: skip


def sources_of_cost(pack: Pack, row: dict, economy: pd.DataFrame) -> list[str]:
    """Population alone carries a cost in % of GDP whose level is in % of GDP per head; other levels need the economy."""
    relative = row["amount_basis"] == row["indexing"] == "gdp_per_head"
    return list(pack.used_population["source"].unique()) if relative else list(economy["source"])


def _by_end(name: str, values: Iterable[float]) -> dict[str, float]:
    return {f"{name}_{end}": value for end, value in zip(ENDS, values, strict=True)}


def _share_of_gdp(
    row: dict, end: str, persons: float, economy: pd.DataFrame, year: int, take_up: float | None = None
) -> float:
    """Cost at one end of the parameters, as a share of GDP."""
    share = row[f"take_up_{end}"] if take_up is None else take_up
    measure = Measure(
        row["id"], row["group"], 0, None, row["sex"], row[f"amount_{end}"], row["amount_basis"], row["indexing"],
        {year: share}, row["months"], row["admin_rate"], row["admin_base"],
    )  # fmt: skip
    people = pd.DataFrame({"year": [year], "persons": [persons]})
    return float(cost_measure(people, measure, economy, [year])["share_of_gdp"].iat[0])


def _unit_cost(row: dict, end: str, economy: pd.DataFrame, year: int) -> float:
    """Cost of one person reached, as a share of GDP."""
    return _share_of_gdp(row, end, 1.0, economy, year, take_up=1.0)


def _newly_covered(need: Need, reached: list[float], extends: bool) -> list[float]:
    """Persons reached who are not covered today; an extension reaches nobody else."""
    if extends or np.isnan(need.coverage):
        return reached if extends else [np.nan] * 3
    return [persons * free for persons, free in zip(reached, need.uncovered, strict=True)]


def _gap_closed(need: Need, reached: list[float], extends: bool) -> list[float]:
    """Share of the group's gap that is closed: the same whatever the coverage is, as long as there is a gap."""
    if not need.gap > 0:
        return [np.nan] * 3
    free = 1.0 if extends else need.uncovered[1]
    return [min(persons * free / need.gap, 1.0) for persons in reached]


def _target(pack: Pack, row: dict, need: Need, extends: bool) -> tuple[float, str, str]:
    """Whom the option aims at: the ages it names, those of the group who are not covered, or the whole group."""
    if extends:
        return need.gap, f"{need.rule}, not covered", need.no_target or (need.no_gap if np.isnan(need.gap) else "")
    ages = [None if pd.isna(row[name]) else int(row[name]) for name in ("age_from", "age_to")]
    if row["group"] not in COUNTED_BY_AGE or ages == [None, None]:
        return need.persons, need.rule, need.no_target
    people = count_persons(pack.used_population, [pack.settings.reference_year], ages[0] or 0, ages[1], row["sex"])
    words = f"aged {ages[0] or 0} and over" if ages[1] is None else f"aged {ages[0] or 0} to {ages[1]}"
    persons = float(people["persons"].iat[0])
    return persons, f"population {words}", "no population was published" if np.isnan(persons) else ""


def _need(pack: Pack, row: dict, gaps: pd.DataFrame) -> Need:
    """Size, coverage and gap of the group that an option serves; health has its own rate, affiliation."""
    if row["guarantee"] == "health":
        return need_of_health(pack)
    whole = gaps[gaps["primary"] & (gaps["group"] == row["group"])]
    found = whole[whole["sex"] == row["sex"]] if (whole["sex"] == row["sex"]).any() else whole[:1]
    if found.empty:
        return Need(np.nan, "none", "", "", np.nan, pd.NA, np.nan, (np.nan,) * 3, f"no group {row['group']}", "")
    gap = found.iloc[0]
    doubtful = gap["flag"] == "to_verify"
    share = np.nan if doubtful else min(gap["effective_coverage"], 1.0)
    size = gap["target_population"]
    no_gap = gap["reason"] if np.isnan(share) else ("everybody of the group is covered" if share >= 1 else "")
    return Need(
        size, gap["denominator_rule"], gap["quality"] if not np.isnan(share) else gap["denominator_quality"], gap["source"],
        share, gap["coverage_year"], np.nan if doubtful else gap["gap"],
        tuple(gap[name] / size if size > 0 and not doubtful else np.nan for name in ("gap_low", "gap", "gap_high")),
        gap["reason"] if np.isnan(size) else "", no_gap,
    )  # fmt: skip


def need_of_health(pack: Pack) -> Need:
    """Who has no health insurance: the whole population, the share of persons affiliated, and the rest.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> need_of_health(read_pack("SEN")).rule
    'whole population'
    """
    people = count_persons(pack.used_population, [pack.settings.reference_year]).iloc[0]
    rate = pack.latest("health_insurance_coverage")
    known = len(rate) == 1
    share = min(rate["value"].iat[0] / 100, 1.0) if known else np.nan
    gap = people["persons"] * (1 - share)
    year = int(rate["year"].iat[0]) if known else pd.NA
    words = "" if known else "no share of persons with health insurance was published"
    source = join_sources(*rate["source"], people["source"])
    return Need(
        people["persons"], "whole population", "estimated", source, share, year, gap, (1 - share,) * 3, "", words
    )


def equal_money(options: pd.DataFrame, money: Iterable[float] = MONEY) -> pd.DataFrame:
    """What one sum buys with each option: persons at its central level, or a level for its whole target population.

    Parameters
    ----------
    options : result of :func:`assess_options`
    money : sums, shares of GDP a year

    Returns
    -------
    table : option, name, money (share of GDP), persons (reached at the central level, never above the target population),
        share_of_target (0–1), money_used (share of GDP), level_for_all (% of GDP per head, if the whole target population is
        reached), flag ("high_level" above 30 %), quality, source, reason

    Notes
    -----
    persons × unit cost = money used; level for all × target population × its months and administration = money. A table of
    persons compares people of different groups and benefits of different levels: it sets no priority.

    Examples
    --------
    >>> options = pd.DataFrame({"option": ["a"], "name": ["A"], "population": [1000.0], "target_population": [100.0],
    ...     "level_central": [10.0], "months": [12], "admin_rate": [0.0], "unit_cost": [0.0001], "quality": ["assumed"],
    ...     "source": ["S"], "reason": [""]})
    >>> equal_money(options, [0.005])[["persons", "level_for_all"]].values.tolist()
    [[50.0, 5.0]]
    """
    table = options.merge(pd.DataFrame({"money": list(money)}), how="cross")
    table["persons"] = np.minimum(table["money"] / table["unit_cost"], table["target_population"])
    table.loc[table["target_population"].isna(), "persons"] = np.nan
    table["share_of_target"] = table["persons"] / table["target_population"]
    table["money_used"] = table["persons"] * table["unit_cost"]
    per_level = table["unit_cost"] / table["level_central"]
    table["level_for_all"] = table["money"] / (table["target_population"] * per_level)
    table["flag"] = np.where(table["level_for_all"] > HIGH_LEVEL, "high_level", "")
    table["reason"] = table["reason"].where(table["persons"].isna(), "")
    columns = [
        "option", "name", "money", "persons", "share_of_target", "money_used", "level_for_all", "flag", "quality", "source",
        "reason",
    ]  # fmt: skip
    return table[columns].reset_index(drop=True)


def efficient_options(options: pd.DataFrame) -> list[str]:
    """Options that no other one beats: nobody newly covers as many persons for less money (central values).

    Examples
    --------
    >>> table = pd.DataFrame({"option": ["a", "b", "c"], "cost_central": [0.01, 0.02, 0.03], "newly_covered_central": [5, 4, 9]})
    >>> efficient_options(table)
    ['a', 'c']
    """
    known = options.dropna(subset=["cost_central", "newly_covered_central"])
    known = known.sort_values(["cost_central", "newly_covered_central"], ascending=[True, False], kind="stable")
    most = known["newly_covered_central"].cummax()
    first = ~most.duplicated() & (known["newly_covered_central"] == most)
    return known.loc[first, "option"].tolist()
