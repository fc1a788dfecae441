"""The options of a country as they would stand in its reference year: whom each reaches, what it costs, how much of the gap it closes.

Parameters of options are assumptions. Costs are static: full take-up as assumed, today's population and coverage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from nasssap_lib.costing.measure import MONTHS, Measure, cost_measure, economy_of, on_benefits
from nasssap_lib.costing.targets import Need, believed_gaps, extends_insurance, need_of_option, target_by_year
from nasssap_lib.coverage.gaps import coverage_gaps
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason

ENDS = ("low", "central", "high")
MONEY = (0.0025, 0.005, 0.01)  # shares of GDP that the options are compared at
HIGH_LEVEL = 30.0  # % of GDP per head above which a benefit is unusual: warn (threshold ours, docs/assumptions.md)

OPTION_COLUMNS = [
    "option", "name", "guarantee", "group", "year", "population", "target_population", "target_rule", "target_quality",
    *(f"take_up_{end}" for end in ENDS), *(f"persons_{end}" for end in ENDS), *(f"level_{end}" for end in ENDS),
    "months", "admin_rate", "unit_cost", *(f"cost_{end}" for end in ENDS), *(f"net_cost_{end}" for end in ENDS),
    "coverage", "coverage_year", "gap", *(f"newly_covered_{end}" for end in ENDS), *(f"gap_closed_{end}" for end in ENDS),
    "delivery", "institution", "related_scheme", "relation", "note", "flag", "quality", "source", "reason",
]  # fmt: skip
EQUAL_COLUMNS = [
    "option", "name", "money", "persons", "share_of_target", "money_used", "level_for_all", "flag", "quality", "source", "reason",
]  # fmt: skip


@once_a_pack
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
    * flag: "high_level" where the central benefit is above 30 % of GDP per head; target_rule, reason (why a value is NaN): codes

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
    year = pack.settings.reference_year
    gaps, economy = believed_gaps(coverage_gaps(pack, year)), economy_of(pack, [year])
    rows = [_option(pack, measure, gaps, economy) for measure in pack.measures.to_dict("records")]
    return pd.DataFrame(rows, columns=OPTION_COLUMNS)


def _option(pack: Pack, row: dict, gaps: pd.DataFrame, economy: pd.DataFrame) -> dict:
    year, need, extends = pack.settings.reference_year, need_of_option(pack, row, gaps), extends_insurance(row)
    target = target_by_year(pack, row, gaps, [year]).iloc[0]
    reached = [target["persons"] * row[f"take_up_{end}"] for end in ENDS]
    money = _cost_and_level(row, target["persons"], economy, year)
    free = 1.0 if extends else need.uncovered[1]
    known = "" if np.isfinite(money["unit_cost"]) else reason("no_benefit_in_gdp")
    taken = ("name", "guarantee", "group", "months", "delivery", "institution", "related_scheme", "relation", "note")
    return {
        **money,
        **{name: row[name] for name in (*taken, *(f"take_up_{end}" for end in ENDS))},
        "option": row["id"],
        "year": year,
        "population": float(economy["population"].iat[0]),
        "target_population": target["persons"],
        "target_rule": target["rule"],
        "target_quality": need.quality,
        **_by_end("persons", reached),
        **_by_end("net_cost", [money[f"cost_{end}"] * free for end in ENDS]),
        "coverage": need.coverage,
        "coverage_year": need.coverage_year,
        "gap": need.gap,
        **_by_end("newly_covered", _newly_covered(need, reached, extends)),
        **_by_end("gap_closed", _gap_closed(need, reached, extends)),
        "flag": "high_level" if money["level_central"] > HIGH_LEVEL else "",
        "quality": weakest(filter(None, [row["quality"], need.quality, "estimated"])),
        "source": join_sources(row["source"], need.source, *sources_of_cost(pack, row, economy)),
        "reason": join_reasons(need.no_gap, target["reason"], known),
    }


def _cost_and_level(row: dict, target: float, economy: pd.DataFrame, year: int) -> dict[str, float]:
    """Cost as a share of GDP, level in % of GDP per head, cost of one person reached at the central level."""
    rate, months = on_benefits(row["admin_rate"], row["admin_base"]), row["months"]
    unit = [_share_of_gdp(row, end, 1.0, economy, year, take_up=1.0) for end in ENDS]
    heads = float(economy["population"].iat[0])
    level = [100 * value * heads * MONTHS / months / (1 + rate) if months else np.nan for value in unit]
    cost = [_share_of_gdp(row, end, target, economy, year, row[f"take_up_{end}"]) for end in ENDS]
    return {"admin_rate": rate, "unit_cost": unit[1], **_by_end("level", level), **_by_end("cost", cost)}


def sources_of_cost(pack: Pack, row: dict, economy: pd.DataFrame) -> list[str]:
    """Population alone carries a cost in % of GDP whose level is in % of GDP per head; other levels need the economy."""
    relative = row["amount_basis"] == row["indexing"] == "gdp_per_head"
    return list(pack.used_population["source"].unique()) if relative else list(economy["source"])


def _by_end(name: str, values: Iterable[float]) -> dict[str, float]:
    return {f"{name}_{end}": value for end, value in zip(ENDS, values, strict=True)}


def _share_of_gdp(row: Mapping, end: str, persons: float, economy: pd.DataFrame, year: int, take_up: float) -> float:
    """Cost at one end of the parameters, as a share of GDP."""
    people = pd.DataFrame({"year": [year], "persons": [persons]})
    measure = Measure.from_row(row, end, {year: take_up})
    return float(cost_measure(people, measure, economy, [year])["share_of_gdp"].iat[0])


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
    return table[EQUAL_COLUMNS].reset_index(drop=True)


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
