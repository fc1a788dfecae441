"""Rates of mortality, fertility and migration, and totals with their bounds: what becomes a row of demography.csv."""

from __future__ import annotations

import re
from decimal import Decimal

from figures_to_pack.reading import Conversion

INDICATORS = {
    "central death rate (mx)": "death_rate",
    "total fertility rate": "total_fertility",
    "age-specific fertility, share of TFR": "fertility_share",
    "sex ratio at birth": "sex_ratio_at_birth",
    "net migrants over the five years": "net_migrants",
    "population": "population_total",
}
VARIANTS = {
    "low variant": "low",
    "high variant": "high",
    "80% lower": "lower_80",
    "80% upper": "upper_80",
    "95% lower": "lower_95",
    "95% upper": "upper_95",
}
UNITS = {
    "deaths per person-year": "deaths_per_person_year",
    "% of TFR": "percent",
    "children per woman": "children_per_woman",
    "males per female": "ratio",
    "thousands": "persons",
}
NO_AGE = {"all", "women 15-49", "births"}
NOTES = {"population_total": "31 December", ("death_rate", "2020-2025"): "partly projected"}


def convert_demography(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of demography.csv; thousands become persons, exactly."""
    return [_rate(row) for row in work.rows("demography", country)]


def _rate(row: dict[str, str]) -> dict[str, str]:
    subject, _, variant = row["indicator"].rpartition(", ")
    known = variant in VARIANTS
    indicator = INDICATORS[subject if known else row["indicator"]]
    value = f"{(Decimal(row['value']) * 1000).normalize():f}" if row["unit"] == "thousands" else row["value"]
    return {
        "indicator": indicator,
        "age_group": "" if row["group"] in NO_AGE else _age_group(row["group"]),
        "sex": {"both": "total"}.get(row["sex"], row["sex"]),
        "period": row["year"],
        "variant": VARIANTS[variant] if known else "medium",
        "value": value,
        "unit": UNITS[row["unit"]],
        "quality": "estimated",
        "source": row["source_id"],
        "note": NOTES.get(indicator) or NOTES.get((indicator, row["year"]), ""),
    }


def _age_group(group: str) -> str:
    """An age group of the figures: ages of death rates are named by their first year."""
    text = group.removeprefix("age ")
    if not re.fullmatch(r"\d+", text) or text == "0":
        return text
    return "1-4" if text == "1" else f"{text}-{int(text) + 4}"
