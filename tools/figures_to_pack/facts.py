"""Facts, distributions and population: what becomes a row of indicators.csv, welfare.csv and population.csv."""

from __future__ import annotations

import re
from decimal import Decimal

from figures_to_pack.reading import Conversion, join
from nasssap_lib.terms import FACT

FIRST_YEAR = {"macro": 2010}
STATUS = {  # status of macro.csv -> quality, note
    "actual": ("observed", ""),
    "published": ("observed", ""),
    "imf_estimate_or_projection": ("estimated", "IMF estimate or projection"),
    "un_estimate": ("estimated", ""),
    "un_medium_projection": ("estimated", "medium variant"),
    "un_projection": ("estimated", "projection"),
    "ilo_projection": ("estimated", "ILO projection"),
    "derived": ("estimated", "derived"),
    "unspecified": ("estimated", "IMF does not say whether actual or projection"),
    "modelled_or_published": ("estimated", "modelled or published: not stated in the copy read"),
}
LINES = {
    "2.15/day 2017PPP": "2.15_ppp2017",
    "3.65/day 2017PPP": "3.65_ppp2017",
    "6.85/day 2017PPP": "6.85_ppp2017",
    "3.00/day 2021PPP": "3.00_ppp2021",
    "4.20/day 2021PPP": "4.20_ppp2021",
    "8.30/day 2021PPP": "8.30_ppp2021",
    "national": "national",
}


def convert_facts(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of indicators.csv from macro, coverage, other_indicators, extra_facts, poverty and from figures printed in notes."""
    facts = [
        fact
        for table in ("macro", "coverage", "other_indicators", "extra_facts")
        for fact in _mapped_facts(work, country, table)
    ]
    facts += _poverty_facts(work, country)
    facts += [
        {**row, "unit": work.units[row["indicator"]], "area": "", "se": ""}
        for row in work.mapped("notes_indicators", country)
    ]
    return [{name: fact.get(name, "") for name in FACT} for fact in facts]


def _mapped_facts(work: Conversion, country: str, table: str) -> list[dict[str, str]]:
    facts = []
    for row in work.rows(table, country):
        rule = _rule(work, table, row)
        if rule is None:
            continue
        if not rule["indicator"]:
            work.drop(table, f"{row['indicator']}: {rule['note']}")
        elif int(row["year"]) < FIRST_YEAR.get(table, 0):
            work.drop(table, "before the first year of annual series")
        else:
            facts.append(_fact(work, country, table, row, rule))
    return facts


def _rule(work: Conversion, table: str, row: dict[str, str]) -> dict[str, str] | None:
    """The mapping of a figure; None where scheme_figures takes it; an unknown figure stops the conversion."""
    for rule in work.mapping["indicators"]:
        group = row.get("population_group", "")
        if rule["file"] == table and rule["figure"] == row["indicator"] and rule["group_contains"] in group:
            return rule
    if table == "extra_facts" and any(
        rule["indicator"] == row["indicator"] for rule in work.mapping["scheme_extra_facts"]
    ):
        return None
    raise SystemExit(f"{table}.csv: no row in tools/mapping/indicators.csv for {row['indicator']!r}")


def _fact(work: Conversion, country: str, table: str, row: dict[str, str], rule: dict[str, str]) -> dict[str, str]:
    quality, status_note = STATUS[row["status"]] if table == "macro" else ("observed", "")
    sex = rule["sex"] or row.get("sex", "total") or "total"
    note = join(rule["note"], status_note, _about(row, table), row.get("note", ""))
    return {
        "country": country,
        "indicator": rule["indicator"],
        "group": rule["group"] or "total",
        "sex": {"both": "total"}.get(sex, sex),
        "breakdown": rule["breakdown"],
        "year": row["year"],
        "value": row["value"],
        "unit": work.units[rule["indicator"]],
        "quality": rule["quality"] or quality,
        "source": row["source_id"],
        "note": note,
    }


def _about(row: dict[str, str], table: str) -> str:
    """What the figure's own group or unit says beyond the indicator."""
    if table == "coverage" and row["indicator"].startswith("social_"):
        return row["population_group"]
    if table == "other_indicators":
        printed = re.search(r"\((.*)\)", row["unit"])
        return join(row["source_ref"], printed[1] if printed else "")
    return ""


def _poverty_facts(work: Conversion, country: str) -> list[dict[str, str]]:
    facts = []
    for row in work.rows("poverty", country):
        line = f"line={LINES[row['line']]}"
        values = [
            ("poverty_headcount", line, "headcount"),
            ("poverty_gap", line, "gap"),
            ("poverty_severity", line, "severity"),
        ]
        values += [
            ("gini", "", "gini"),
            ("welfare_median", "", "median"),
            ("ppp_factor_2017", "", "ppp"),
            ("cpi_factor_2017", "", "cpi"),
        ]
        facts += [_poverty_fact(work, country, row, *value) for value in values if row[value[2]]]
    return _once(facts)


def _poverty_fact(work: Conversion, country: str, row, indicator: str, breakdown: str, column: str) -> dict[str, str]:
    return {
        "country": country,
        "indicator": indicator,
        "group": "total",
        "sex": "total",
        "breakdown": breakdown,
        "year": row["survey_year"],
        "value": row[column],
        "unit": work.units[indicator],
        "quality": "observed",
        "source": row["source_id"],
        "note": "" if column in ("ppp", "cpi") else f"household survey, {row['welfare']}",
    }


def _once(facts: list[dict[str, str]]) -> list[dict[str, str]]:
    """The distribution's figures are printed with every line of a survey year: each once, and only if they agree."""
    kept: dict[tuple[str, ...], dict[str, str]] = {}
    for fact in facts:
        key = tuple(fact[name] for name in ("indicator", "breakdown", "year", "source"))
        if kept.setdefault(key, fact) != fact:
            raise SystemExit(f"poverty.csv: two values for {key}")
    return list(kept.values())


def convert_welfare(work: Conversion, country: str) -> list[dict[str, str]]:
    """One row a survey year and vintage: the distribution is printed again with every line."""
    rows = {}
    for row in work.rows("poverty", country):
        if not row["quintile1"]:
            continue
        vintage = "2017" if row["source_id"].startswith("PIP") else "2021"
        shares = {f"d{i}": row[f"decile{i}"] for i in range(1, 11)} | {
            f"q{i}": row[f"quintile{i}"] for i in range(1, 6)
        }
        key = (row["survey_year"], vintage)
        new = {
            "year": row["survey_year"],
            "concept": row["welfare"],
            "ppp_year": vintage,
            "mean": row["mean"],
            "gini": row["gini"],
            **shares,
            "quality": "observed",
            "source": row["source_id"],
            "note": "" if row["mean"] else "quintiles and outer deciles only, rounded; no mean",
        }
        if rows.setdefault(key, new) != new:
            raise SystemExit(f"poverty.csv: {country} {key}: two distributions for one survey year and vintage")
    return list(rows.values())


def convert_population(work: Conversion, country: str) -> list[dict[str, str]]:
    """Persons (thousands × 1,000, exact) by year, sex and age group."""
    projected = {"estimates": "", "medium": "medium variant"}
    return [
        {
            "year": row["year"],
            "sex": {"F": "female", "M": "male"}[row["sex"]],
            "age_group": row["age_group"],
            "persons": f"{(Decimal(row['persons_thousands']) * 1000).normalize():f}",
            "quality": "estimated",
            "source": row["source_id"],
            "note": projected[row["variant"].split()[0]],
        }
        for row in work.rows("population", country)
    ]
