"""The options of a country as they would stand in its reference year: whom each reaches, what it costs, how much of the gap it closes.

Parameters of options are assumptions. Costs are static: full take-up as assumed, today's population and coverage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from nasssap_lib.costing.economy import above_zero, economy_of
from nasssap_lib.costing.formula import MONTHS, beneficiaries, costs_of, unit_of
from nasssap_lib.costing.measure import Measure
from nasssap_lib.costing.reach import reach_of
from nasssap_lib.costing.targets import to_reach
from nasssap_lib.costing.today import below_coverage, covered_today, kind_of, way_of
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.targets import target_persons
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
from nasssap_lib.ties import settled, spans

ENDS = ("low", "central", "high")
MONEY = (0.0025, 0.005, 0.01)  # shares of GDP that the options are compared at
HIGH_LEVEL = 30.0  # % of GDP per head above which a benefit is unusual: warn (threshold ours, docs/assumptions.md)

COMMON_LEVEL = 10.0  # % of GDP per head, at which options of different levels are set side by side


def _ends(name: str) -> list[str]:
    return [f"{name}_{end}" for end in ENDS]


OPTION_COLUMNS = [
    "option", "name", "kind", "way", "guarantee", "group", "year", "population", "people", "target_population", "target_rule",
    "target_quality", *_ends("take_up"), *_ends("persons"), *_ends("level"), *_ends("month"), "month_year", "currency", "months",
    "admin_rate", *_ends("admin"), "unit_cost", *_ends("unit"), *_ends("cost"), *_ends("net_cost"), "coverage", "coverage_low",
    "coverage_high", "coverage_year", "coverage_rule", "coverage_quality", "gap", *_ends("newly_covered"), "newly_covered_least",
    "newly_covered_most", *_ends("gap_closed"), "delivery", "institution", "related_scheme", "relation", "note", "flag", "quality",
    "source", "reason",
]  # fmt: skip
EQUAL_COLUMNS = [
    "option", "name", "kind", "money", "persons", "share_of_target", "money_used", "level_for_all", "flag", "quality", "source", "reason",
]  # fmt: skip


@once_a_pack
def assess_options(pack: Pack) -> pd.DataFrame:
    """Each option of a pack's measures: its own target population, cost, persons newly covered, need.

    Parameters
    ----------
    pack : the country; figures are brought to its reference year, the rate of coverage kept (estimated)

    Returns
    -------
    table with the columns of ``OPTION_COLUMNS``, one row an option, also where it cannot be costed

    * kind: "benefit" or "subsidy", the two lists that are never ranked against each other; way: one of ``reach.WAYS``
    * people: persons of the option's own ages, sex and status; target_population: the same, or with a subsidy those of them who are
      not covered; persons_*: persons who would be reached
    * coverage, coverage_low, coverage_high: share of people who are covered today, 0–1; coverage_year, coverage_rule: what it was
      read from; gap: people who are not covered (persons), the need
    * newly_covered_*: persons; ``low`` at low take-up and high coverage, ``high`` at high take-up and low coverage, with the bounds
      of what is not known between; newly_covered_least, newly_covered_most: those bounds at the central take-up
    * take_up_*, gap_closed_*: shares 0–1; gap_closed is newly covered ÷ gap
    * level_*: benefit in % of GDP per head; month_*: the same in national currency a month, at prices of month_year; months in a
      year; admin_*: share of benefits (``admin_rate`` the central one)
    * unit_cost: cost of one person reached at the central level, share of GDP; cost_*, net_cost_*: share of GDP. ``low`` has level,
      take-up and administration at their low ends, ``high`` at their high ends; where only those who are not covered are reached,
      coverage at its other end. Net: × newly covered ÷ reached, a lower bound, for it assumes that whoever is covered today
      already gets the full level
    * flag: "high_level" where the central benefit is above 30 % of GDP per head; target_rule, coverage_rule, reason (why a value is
      NaN): codes

    Notes
    -----
    Newly covered follows :func:`costing.reach.reach_of`. Groups overlap: columns are not to be added up.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> options = assess_options(read_pack("SEN")).set_index("option")
    >>> round(float(options.loc["social_pension", "cost_central"]), 5)
    0.00325
    """
    year = pack.settings.reference_year
    economy, money = economy_of(pack, [year]), gdp_per_head(pack, year)
    rows = [_option(pack, measure, economy, money) for measure in as_records(pack.measures)]
    return pd.DataFrame(rows, columns=OPTION_COLUMNS)


def gdp_per_head(pack: Pack, year: int) -> tuple[float, object]:
    """GDP per head in national currency in a year, or in the last one before it for which the source has a GDP; and that year.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> gdp_per_head(read_pack("LKA"), 2025)[1]
    2024
    """
    known = above_zero(pack.series("gdp_current"))
    known = known[known["year"] <= year]
    if known.empty:
        return np.nan, pd.NA
    last = int(known["year"].max())
    economy = economy_of(pack, [last])
    return float(economy["gdp"].iat[0] / economy["population"].iat[0]), last


def _option(pack: Pack, row: dict, economy: pd.DataFrame, money: tuple[float, object]) -> dict:
    year, way, today = pack.settings.reference_year, way_of(row), covered_today(pack, row)
    everybody = target_persons(pack, row, [year])
    people, target = (as_records(table)[0] for table in (everybody, to_reach(everybody, row, today)))
    take_up = [row[f"take_up_{end}"] for end in ENDS]
    size, covered = people["persons"], (today.low, today.share, today.high)
    below = below_coverage(row, today)
    errors = [Measure.from_row(row, end).inclusion_error for end in ENDS]
    reached, newly, least, most = _reached(way, take_up, errors, covered, size, below)
    unit = _unit_costs(row, economy)
    cost = [persons * unit[f"unit_{end}"] for persons, end in zip(reached, ENDS, strict=True)]
    part = [new / all_ if all_ > 0 else np.nan for new, all_ in zip(newly, reached, strict=True)]
    gap = size * (1 - today.share)
    known = "" if np.isfinite(unit["unit_central"]) else reason("no_benefit_in_gdp")
    why_below = reason(
        "take_up_below_coverage", take_up=round(100 * take_up[1], 1), covered=round(100 * today.share, 1)
    )
    level = [unit[f"level_{end}"] for end in ENDS]
    taken = ("name", "guarantee", "group", "months", "delivery", "institution", "related_scheme", "relation", "note")
    return {
        **{name: row[name] for name in (*taken, *(f"take_up_{end}" for end in ENDS))},
        **unit,
        "option": row["id"],
        "kind": kind_of(row),
        "way": way,
        "year": year,
        "population": float(economy["population"].iat[0]),
        "people": size,
        "target_population": target["persons"],
        "target_rule": target["rule"],
        "target_quality": target["quality"],
        **_by_end("persons", reached),
        **_by_end("month", [value / 100 * money[0] / MONTHS for value in level]),
        "month_year": money[1],
        "currency": pack.settings.currency,
        "unit_cost": unit["unit_central"],
        **_by_end("cost", cost),
        **_by_end("net_cost", [value * share for value, share in zip(cost, part, strict=True)]),
        "coverage": today.share,
        "coverage_low": today.low,
        "coverage_high": today.high,
        "coverage_year": today.year,
        "coverage_rule": today.rule,
        "coverage_quality": today.quality,
        "gap": gap,
        **_by_end("newly_covered", newly),
        "newly_covered_least": least,
        "newly_covered_most": most,
        **_by_end("gap_closed", [min(value / gap, 1.0) if gap > 0 else np.nan for value in newly]),
        "flag": "high_level" if spans(HIGH_LEVEL, level[1]) else "",
        "quality": weakest(filter(None, [row["quality"], target["quality"], today.quality, "estimated"])),
        "source": join_sources(row["source"], target["source"], today.source, *sources_of_cost(pack, row, economy)),
        "reason": join_reasons(
            target["reason"],
            "" if np.isfinite(today.share) else today.reason,
            why_below if below else "",
            reason("group_fully_covered") if today.share >= 1 else "",
            known,
        ),
    }


def _reached(way: str, take_up: list[float], errors: list[float], covered: tuple, people: float, below: bool):
    """Persons who are paid and newly covered at the three ends, and the bounds of the latter at the central take-up."""
    low, share, high = covered
    ends = zip(take_up, (high, share, low), (0.0, None, 1.0), strict=True)
    reach = [reach_of(way, t, c, people, overlap) for t, c, overlap in ends]
    bounds = [reach_of(way, take_up[1], share, people, overlap).newly_covered for overlap in (0.0, 1.0)]
    newly = [float(one.newly_covered) for one in reach]
    if below:
        newly, bounds = [np.nan] * 3, [np.nan] * 2
    paid = [float(beneficiaries(one.persons, 1.0, error)) for one, error in zip(reach, errors, strict=True)]
    return paid, newly, float(bounds[0]), float(bounds[1])


def _unit_costs(row: dict, economy: pd.DataFrame) -> dict[str, float]:
    """At each end: cost of one person as a share of GDP, level in % of GDP per head, administration as a share of benefits.

    Static: start-up and registration are not in it, running costs are part of administration.
    """
    now = as_records(economy.drop(columns=["year", "source"]))[0]
    now["gdp_per_head"] = now["gdp"] / now["population"]
    found = {}
    for end in ENDS:
        rate = admin_of(row, end)
        measure = Measure.from_row({**row, "admin_rate": rate}, end, {int(row["start_year"]): 1.0})
        unit, on, level = _unit_cost(measure, now)
        found |= {f"unit_{end}": unit, f"level_{end}": level, f"admin_{end}": on}
    return found | {"admin_rate": found["admin_central"]}


def _unit_cost(measure: Measure, now: Mapping[str, float]) -> tuple[float, float, float]:
    """Cost of one person, share of GDP; administration, share of benefits; level, % of GDP per head, net of the own payment."""
    terms, heads = measure.terms(), now["population"]
    unit = unit_of(measure.amount_basis, measure.indexing, now, now)
    cost = float(costs_of(1.0, terms, unit, heads).share_of_gdp)
    benefit = (terms.amount - terms.own_payment) * terms.times * (1 + terms.materials)
    on = terms.administration + (terms.per_person / benefit if terms.per_person and benefit else 0.0)
    if measure.uses is not None:
        return cost, on, 100 * cost * heads / (1 + on) / (1 + terms.materials)
    months = measure.months
    return cost, on, 100 * cost * heads * MONTHS / months / (1 + on) / (1 + terms.materials) if months else np.nan


def admin_of(row: Mapping, end: str) -> float:
    """Administration rate at one end of its range; exact where the pack gives no range.

    Examples
    --------
    >>> admin_of({"admin_rate": 0.05, "admin_rate_low": float("nan")}, "low")
    0.05
    """
    value = row.get(f"admin_rate_{end}", np.nan) if end != "central" else np.nan
    return row["admin_rate"] if pd.isna(value) else value


def sources_of_cost(pack: Pack, row: dict, economy: pd.DataFrame) -> list[str]:
    """Population alone carries a cost in % of GDP whose level is in % of GDP per head; other levels need the economy."""
    relative = row["amount_basis"] == row["indexing"] == "gdp_per_head"
    return list(pack.used_population["source"].unique()) if relative else list(economy["source"])


def _by_end(name: str, values: Iterable[float]) -> dict[str, float]:
    return {f"{name}_{end}": value for end, value in zip(ENDS, values, strict=True)}


def cost_of_a_point(options: pd.DataFrame) -> pd.Series:
    """Cost of one person at a level of 1 % of GDP per head, share of GDP, with the central administration.

    Parameters
    ----------
    options : result of :func:`assess_options`

    Notes
    -----
    Follows from the option's months and administration where its own level is zero, which says nothing of what a point costs.

    Examples
    --------
    >>> options = pd.DataFrame({"unit_cost": [0.0002, 0.0], "level_central": [20.0, 0.0], "months": 12, "admin_central": 0.0,
    ...     "population": 1000.0})
    >>> cost_of_a_point(options).tolist()
    [1e-05, 1e-05]
    """
    level = options["level_central"]
    derived = options["months"] / MONTHS / 100 * (1 + options["admin_central"]) / options["population"]
    return (options["unit_cost"] / level).where(level != 0, derived)


def at_common_level(options: pd.DataFrame, level: float = COMMON_LEVEL) -> pd.DataFrame:
    """The options as if all of them paid the same level: a cheaper benefit must not win by being small.

    Parameters
    ----------
    options : result of :func:`assess_options`
    level : % of GDP per head, instead of the low, central and high level of each option

    Returns
    -------
    the same table at that level: level_*, month_*, unit_*, cost_*, net_cost_* move in proportion; who is reached stays

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> options = at_common_level(assess_options(read_pack("SEN"))).set_index("option")
    >>> child = options.loc["child_benefit"]  # 10 % and 5 % administration
    >>> round(float(child["cost_central"] / child["persons_central"] * child["population"]), 4)
    0.105
    """
    table, unit = options.copy(), cost_of_a_point(options) * level / (1 + options["admin_central"])
    known = options["level_central"].where(options["level_central"] > 0)
    for end in ENDS:
        newly = options[f"newly_covered_{end}"] / options[f"persons_{end}"].where(options[f"persons_{end}"] > 0)
        table[f"unit_{end}"] = unit * (1 + options[f"admin_{end}"])
        table[f"cost_{end}"] = options[f"persons_{end}"] * table[f"unit_{end}"]
        table[f"net_cost_{end}"] = table[f"cost_{end}"] * newly
        table[f"month_{end}"] = options["month_central"] / known * level
        table[f"level_{end}"] = level + 0 * options[f"level_{end}"]
    return table.assign(unit_cost=table["unit_central"], flag="")


def equal_money(options: pd.DataFrame, money: Iterable[float] = MONEY) -> pd.DataFrame:
    """What one sum buys with each option: persons at its central level, or a level for its whole target population.

    Parameters
    ----------
    options : result of :func:`assess_options`
    money : sums, shares of GDP a year

    Returns
    -------
    table : option, name, kind (its list), money (share of GDP), persons (reached at the central level, never above the target population),
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
    for_all = (table["target_population"] * per_level).where(lambda cost: cost > 0)  # nobody, or a level of zero
    table["level_for_all"] = table["money"] / for_all
    table["flag"] = np.where(spans(HIGH_LEVEL, table["level_for_all"]), "high_level", "")
    table["reason"] = table["reason"].where(table["persons"].isna(), "")
    return table.reindex(columns=EQUAL_COLUMNS).reset_index(drop=True)


def efficient_options(options: pd.DataFrame) -> list[str]:
    """Options that no other one of their list beats: nobody newly covers as many persons for less money (central values).

    Parameters
    ----------
    options : with option, cost_central, newly_covered_central; and kind, where a benefit and a subsidy are two lists

    Returns
    -------
    ids, list by list, the cheapest first

    Examples
    --------
    >>> table = pd.DataFrame({"option": ["a", "b", "c"], "cost_central": [0.01, 0.02, 0.03], "newly_covered_central": [5, 4, 9]})
    >>> efficient_options(table), efficient_options(table.assign(kind=["benefit", "subsidy", "benefit"]))
    (['a', 'c'], ['a', 'c', 'b'])
    """
    known = options.dropna(subset=["cost_central", "newly_covered_central"])
    figures = {name: settled(known[name]) for name in ("cost_central", "newly_covered_central")}
    known = known.assign(kind=known.get("kind", ""), **figures)
    order = ["kind", "cost_central", "newly_covered_central"]
    known = known.sort_values(order, ascending=[True, True, False], kind="stable")
    kind, cost, people = (known[name].to_numpy() for name in order)
    as_good = (kind[:, None] == kind) & (cost[:, None] <= cost) & (people[:, None] >= people)
    beaten = (as_good & ((cost[:, None] < cost) | (people[:, None] > people))).any(axis=0)
    return known.loc[~beaten, "option"].tolist()
