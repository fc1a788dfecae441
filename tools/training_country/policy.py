"""What the options of the training country cost, and the dialogue about them: weights, positions, and who pays and gains.

Texts and parameters are in training_country/tables; what a group pays and gains is computed from them.
"""

from __future__ import annotations

from pathlib import Path

from figures_to_pack.reading import read_rows

from training_country import people
from training_country.coverage import PREVALENCE
from training_country.schemes import affiliates, mutual_members
from training_country.welfare import NATIONAL_LINE, poverty
from training_country.work import both, employed, unemployment

TABLES = Path(__file__).parent / "tables"
CRITERIA = ("gap_closed", "newly_covered", "cost", "readiness", "equity")
YEAR = 2025


def written(table: str) -> list[dict[str, str]]:
    """Rows of a table that was written by hand."""
    return read_rows(TABLES / f"{table}.csv")


def target_persons(measure: dict[str, str]) -> float:
    """Persons whom a measure is for; those who have health cover already are not."""
    everybody = people.count(YEAR)
    working = employed(YEAR)
    groups = {
        "poor": everybody * poverty(2022, NATIONAL_LINE)[0] / 100,
        "mothers": people.births(YEAR),
        "severe_disability": everybody * PREVALENCE["total"] / 100,
        "unemployed": working * both(YEAR, unemployment, employed) / 100,
        "employment_injury": working,
        "total": everybody - affiliates(2024) - mutual_members(2024),
    }
    if measure["group"] in groups:
        return groups[measure["group"]]
    return people.count(YEAR, first=int(measure["age_from"]), last=int(measure["age_to"] or people.LAST_AGE))


def static_cost(measure: dict[str, str]) -> tuple[float, float]:
    """Yearly cost of the central level at full take-up, percent of GDP: benefits, and with administration."""
    reached = target_persons(measure) / people.count(YEAR) * float(measure["take_up_central"])
    benefits = reached * float(measure["amount_central"]) * float(measure["months"]) / 12
    return benefits, benefits * (1 + float(measure["admin_rate"]))


def stakeholder_rows() -> list[dict]:
    """Rows of stakeholders.csv: weights, positions, and what each group pays (above zero) or gains (below), % of GDP."""
    costs = {measure["id"]: static_cost(measure) for measure in written("measures")}
    rows = []
    for group in written("stakeholders"):
        who = {name: group[name] for name in ("stakeholder", "name", "kind", "influence")}
        said = [row for row in written("positions") if row["stakeholder"] == group["stakeholder"]]
        rows += [who | {"about": "weight", "item": name, "value": group[name]} for name in CRITERIA]
        rows += [who | _position(row) for row in said] + [who | _burden(row, *costs[row["option"]]) for row in said]
    return rows


def _position(row: dict[str, str]) -> dict:
    return {"about": "position", "item": row["option"], "value": row["position"], "reason": row["reason"]}


def _burden(row: dict[str, str], benefits: float, cost: float) -> dict:
    pays, gains = float(row["pays"]), float(row["gains"])
    reason = f"pays {pays:.0%} of the cost, receives {gains:.0%} of the benefits"
    value = pays * cost - gains * benefits
    return {"about": "burden", "item": row["option"], "value": value, "digits": 4, "reason": reason}
