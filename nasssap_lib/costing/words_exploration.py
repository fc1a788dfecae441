"""Sentences of the workbench."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_persons, format_share
from nasssap_lib.display.words import join_words, small_share
from nasssap_lib.terms import COVERAGE_GROUPS, QUALITIES

GAP_PARTS = {"covered": "covered today", "to_reach": "to be reached", "gap_at_target": "still not covered"}
GAP_RULES = {
    "covered": "rate of coverage × target population",
    "to_reach": "target coverage × target population − covered today",
    "gap_at_target": "target population − covered today − to be reached",
}
COST_RULE = "persons reached × benefit × months ÷ 12 × (1 + administration) ÷ GDP; persons reached = target population × take-up"
BASES = {
    "gdp_per_head": "% of GDP per head",
    "lcu_per_month": "national currency a month",
    "poverty_line": "% of the poverty line",
}
INDEXINGS = {
    "gdp_per_head": "grows with GDP per head",
    "prices": "grows with prices",
    "none": "stays as it is",
    "": "stays as it is",
}
SLIDERS = {
    "amount_central": "benefit",
    "take_up_central": "take-up",
    "start_year": "first year",
    "full_year": "year of full take-up",
}


def target_title(gap: pd.DataFrame, place: str) -> str:
    """Title of the bar of a coverage one aims at.

    Parameters
    ----------
    gap : result of ``exploration.explore_gap``
    place : name of the country
    """
    row = gap.iloc[0]
    name = "the population" if row["group"] == "at_least_one" else COVERAGE_GROUPS[row["group"]].split(",")[0].lower()
    if pd.isna(row["gap"]):
        return f"{place}: the gap of {name} cannot be given"
    share, reach = format_share(row["target_coverage"], 0), format_persons(row["to_reach"])
    return (
        f"{place}: covering {share} of {name} means reaching {reach} more"
        if row["to_reach"] > 0
        else f"{place}: {share} of {name} are covered already"
    )


def gap_words(gap: pd.DataFrame, cited: str) -> str:
    """The gap before and after, in one line, with the year of its rate, the rule of its denominator and its sources."""
    row = gap.iloc[0]
    if pd.isna(row["gap"]):
        return f"Gap: n/a ({row['reason']})"
    before, after = format_persons(row["gap"]), format_persons(row["gap_at_target"])
    return (
        f"Gap: {before} persons at the rate kept, {after} at the target · rate of {row['coverage_year']} · "
        f"{row['denominator_rule']} · {cited}" + (f" · {row['reason']}" if row["reason"] else "")
    )


def cost_title(costs: pd.DataFrame, place: str) -> str:
    """Title of the lines of cost by year.

    Parameters
    ----------
    costs : result of ``exploration.explore_measures``
    place : name of the country
    """
    known = costs[costs["share_of_gdp"].notna()]
    if known.empty:
        return f"{place}: no measure with a known cost is chosen"
    last = known[known["year"] == known["year"].max()]
    total = format_share(last["share_of_gdp"].sum(), 2)
    names = join_words([name[:1].lower() + name[1:] for name in last["name"]])
    words = names if len(last) <= 2 else f"the {len(last)} measures drawn"
    return f"{place}: {words} would cost {total} of GDP in {last['year'].iat[0]}"


def unknown_costs(costs: pd.DataFrame) -> str:
    """The measures whose cost is not known, each with the reason; "" where all are known.

    Examples
    --------
    >>> unknown_costs(pd.DataFrame({"name": ["A", "B"], "share_of_gdp": [0.1, float("nan")], "reason": ["", "no births"]}))
    'n/a: B (no births)'
    """
    known = costs.groupby("name", sort=False)["share_of_gdp"].transform(lambda values: values.notna().any())
    rows = costs[~known.astype(bool)].drop_duplicates("name")
    parts = [f"{row['name']} ({row['reason']})" for row in rows.to_dict("records")]
    return f"{NOT_AVAILABLE}: {'; '.join(parts)}" if parts else ""


def cost_words(costs: pd.DataFrame, year: int) -> str:
    """Persons reached and cost of each measure in a year, in one line."""
    parts = [_cost_of(row) for row in costs[costs["year"] == year].to_dict("records")]
    return f"In {year}: " + "; ".join(parts) if parts else "No measure is chosen"


def _cost_of(row: dict) -> str:
    if pd.isna(row["share_of_gdp"]):
        return f"{row['name']}: n/a ({row['reason']})"
    if row["persons"] == 0:
        return f"{row['name']}: not paid yet"
    persons, share = format_persons(row["persons"]), small_share(row["share_of_gdp"])
    return f"{row['name']}: {persons} persons reached, {share} of GDP"


def part_words(part: dict) -> str:
    """What a part of a picture is called.

    Examples
    --------
    >>> part_words({"part": "covered", "name": ""}), part_words({"part": "pension", "name": "A pension"})
    ('covered today', 'A pension')
    """
    return part["name"] or GAP_PARTS[part["part"]]


def part_facts(part: dict, cited: str) -> list[tuple[str, str]]:
    """What is known of a part of a picture, as pairs of a term and its words.

    Parameters
    ----------
    part : a row of ``exploration.gap_parts`` or ``exploration.cost_parts``
    cited : its sources by name

    Returns
    -------
    pairs: value, year, rule (of the denominator), formula, assumptions, edition, quality, source; the value is n/a with its
        reason where it is not known
    """
    facts = _gap_facts(part) if part["picture"] == "target_gap" else _cost_facts(part)
    words = QUALITIES.get(part["quality"], NOT_AVAILABLE)
    quality = words if part["quality"] in ("assumed", "illustrative") else f"{part['quality']}: {words}"
    return [*facts, ("Quality", quality if part["quality"] else words), ("Source", cited or NOT_AVAILABLE)]


def _gap_facts(part: dict) -> list[tuple[str, str]]:
    whole = format_persons(part["target_population"])
    value = f"{format_persons(part['value'])} persons, {format_share(part['share'], 1)} of {whole}"
    observed = f"; rate of {part['coverage_year']} kept" if pd.notna(part["coverage_year"]) else ""
    rate, aim = (format_share(part[name], 2) for name in ("effective_coverage", "target_coverage"))
    return [
        ("Value", f"{NOT_AVAILABLE} ({part['reason']})" if pd.isna(part["value"]) else value),
        ("Year", f"{part['year']}{observed}"),
        ("Rule", f"denominator: {part['rule']}"),
        ("Formula", GAP_RULES[part["part"]]),
        ("Rates", f"published {rate}, target {aim} (chosen on the slider)"),
        ("Edition", part["edition"] or NOT_AVAILABLE),
    ]


def _cost_facts(part: dict) -> list[tuple[str, str]]:
    value = f"{small_share(part['value'])} of GDP, {format_persons(part['persons'])} persons reached"
    if part["persons"] == 0:
        value = f"not paid before {int(part['start_year'])}"
    target = f"{format_persons(part['target_population'])}, {part['rule']}"
    facts = [
        ("Value", f"{NOT_AVAILABLE} ({part['reason']})" if pd.isna(part["value"]) else value),
        ("Year", str(part["year"])),
        ("Rule", f"target population: {target}" if pd.notna(part["target_population"]) else "target population: n/a"),
        ("Formula", COST_RULE),
        ("Assumptions", "; ".join(_assumptions(part))),
    ]
    moved = [SLIDERS[name] for name in part["changed"].split(";") if name]
    return [*facts, ("Not as in the pack", join_words(moved))] if moved else facts


def _assumptions(part: dict) -> list[str]:
    admin = "benefits" if part["admin_base"] == "benefits" else "gross expenditure"
    start, full = int(part["start_year"]), int(part["full_year"])
    now = f"{format_share(part['share'], 0)} in {part['year']}, " if pd.notna(part["share"]) else ""
    return [
        f"benefit {format_number(part['amount_central'], 2)} {BASES[part['amount_basis']]}, "
        f"{INDEXINGS.get(part['indexing'], part['indexing'])}",
        f"{format_number(part['months'], 1)} months a year",
        f"take-up {now}{format_share(part['take_up_central'], 0)} from {full} on, first payment {start}",
        f"administration {format_share(part['admin_rate'], 1)} of {admin}",
    ]
