"""Schemes merged on their canonical name and classified, their figures, and pensionable ages."""

from __future__ import annotations

from collections import defaultdict

from figures_to_pack.reading import Conversion, join, year_in
from nasssap_lib.pack import schema

PROSE = {
    "beneficiaries": "prose; numbers come from scheme_facts.csv",
    "expenditure": "prose; numbers come from scheme_facts.csv",
    "contribution_rate_employer": "prose; numbers come from scheme_facts.csv",
    "contribution_rate_worker": "prose; numbers come from scheme_facts.csv",
    "life_cycle_group": "replaced by population_category",
    "notes": "taken over by hand into tools/mapping/schemes.csv where it still holds",
}
AGE_RULES = {
    "normal (compulsory)": ("normal", "compulsory"),
    "compulsory, before 2022": ("compulsory_retirement", "before 2022"),
    "compulsory, 2022 only": ("compulsory_retirement", "2022 only"),
    "social pension": ("social_pension", ""),
}


def convert_schemes(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of schemes.csv: rows of the figures merged on the canonical name, classified by tools/mapping/schemes.csv."""
    merged = defaultdict(list)
    for row in work.rows("schemes", country):
        if row["row_kind"] == "aggregate":
            work.drop("schemes", "aggregate of several schemes or framework law, no scheme")
        else:
            merged[row["canonical_scheme"]].append(row)
        for column, reason in PROSE.items():
            if row[column]:
                work.drop("schemes", f"cell {column}: {reason}")
    ours = work.mapped("schemes", country)
    known = {row["figures_scheme"] for row in ours} - {""}
    if set(merged) != known:
        raise SystemExit(f"schemes of {country} in one table only: {sorted(set(merged) ^ known)}")
    return [
        _scheme(row, sorted(merged[row["figures_scheme"]], key=lambda other: other["row_kind"] != "scheme"))
        for row in ours
    ]


def _scheme(ours: dict[str, str], rows: list[dict[str, str]]) -> dict[str, str]:
    base = rows[0] if rows else {}
    sources = [source for row in rows for source in row["source_id"].split(";")] + ours["source"].split(";")

    def text(column: str, figures_column: str) -> str:
        return "" if ours[column] == "-" else ours[column] or base.get(figures_column, "")

    return {
        **{name: ours[name] for name in ours if name in schema.SCHEMES.names},
        "name": text("name", "canonical_scheme"),
        "name_en": text("name_en", "scheme_name_en"),
        "institution": text("institution", "administering_institution"),
        "legal_basis": text("legal_basis", "legal_basis"),
        "who_by_law": text("who_by_law", "target_population"),
        "benefit_formula": text("benefit_formula", "benefit_level"),
        "financing": text("financing", "financing_source"),
        "source": join(*sources, by=";"),
        "note": join(ours["note"], "type, tier and category: our classification"),
    }


def convert_scheme_figures(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of scheme_figures.csv from scheme_facts, extra_facts and from figures printed in notes."""
    ids = {row["figures_scheme"]: row["id"] for row in work.mapped("schemes", country)}
    figures = [_scheme_fact(work, ids[row["canonical_scheme"]], row) for row in work.rows("scheme_facts", country)]
    keys = {_figure_key(figure) for figure in figures}
    for row in work.rows("extra_facts", country):
        for rule in work.mapped("scheme_extra_facts", country):
            if rule["indicator"] == row["indicator"]:
                figure = _scheme_figure(work, rule["scheme"], rule["measure"], rule["detail"], row)
                if _figure_key(figure) in keys:
                    work.drop("extra_facts", "stands in scheme_facts.csv already")
                else:
                    figures.append(figure)
    return figures + work.mapped("notes_scheme_figures", country)


def _figure_key(figure: dict[str, str]) -> tuple:
    return tuple(figure[name] for name in schema.SCHEME_FIGURES.key)


def _scheme_fact(work: Conversion, scheme: str, row: dict[str, str]) -> dict[str, str]:
    for rule in work.mapping["scheme_facts"]:
        if rule["fact"] == row["fact"] and rule["note_contains"] in row["note"] + row["unit"]:
            return _scheme_figure(work, scheme, rule["measure"], rule["detail"], row)
    raise SystemExit(f"scheme_facts.csv: no row in tools/mapping/scheme_facts.csv for {row['fact']!r}")


def _scheme_figure(work: Conversion, scheme: str, measure: str, detail: str, row: dict[str, str]) -> dict[str, str]:
    unit = next(unit for unit in work.mapping["units"] if unit["figures_unit"] == row["unit"])
    return {
        "scheme": scheme,
        "measure": measure,
        "detail": join(detail, unit["detail"], by=", "),
        "year": row["year"],
        "value": row["value"],
        "unit": unit["unit"],
        "counted_in": unit["counted_in"],
        "quality": "observed",
        "source": row["source_id"],
        "note": _printed(row["note"]),
    }


def _printed(note: str) -> str:
    return f"printed error, do not plot: {note}" if "source prints" in note else note


def convert_ages(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of pensionable_ages.csv; a printed range gives two rows."""
    known = {row["figures_scheme"]: row for row in work.mapped("pensionable_ages", country)}
    ages = []
    for row in work.rows("pensionable_ages", country):
        ours = known[row["scheme"]]
        rule, rule_note = AGE_RULES.get(row["rule"], (row["rule"], ""))
        if "Withdrawal age" in row["note"]:
            rule = "withdrawal"
        is_denominator = bool(ours["denominator_rule"]) and ours["denominator_rule"] == rule
        for age in row["age"].split("-"):
            ages.append(
                {
                    "scheme_name": row["scheme"],
                    "scheme": ours["scheme"],
                    "sex": {"both": "total"}.get(row["sex"], row["sex"]),
                    "age": age,
                    "rule": rule,
                    "denominator": "yes" if is_denominator else "no",
                    "year": year_in(row["year"]),
                    "source": row["source_id"],
                    "note": join(rule_note, row["note"], ours["note"] if is_denominator else ""),
                }
            )
    return ages
