"""Turns published figures (a folder of CSV files) into country packs under data/raw. The packs are the truth afterwards.

The tables in tools/mapping say which figure becomes which indicator, scheme or measure; what is in no table stops the
conversion, and what is left out on purpose is counted. Standard library only, same input: same bytes.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from nasssap_lib.pack import schema  # noqa: E402
from nasssap_lib.terms import AGE_GROUPS, FACT  # noqa: E402

MAPPING = Path(__file__).resolve().parent / "mapping"
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
    "2.15/day 2017PPP": "2.15_ppp2017", "3.65/day 2017PPP": "3.65_ppp2017", "6.85/day 2017PPP": "6.85_ppp2017",
    "3.00/day 2021PPP": "3.00_ppp2021", "4.20/day 2021PPP": "4.20_ppp2021", "8.30/day 2021PPP": "8.30_ppp2021",
    "national": "national",
}  # fmt: skip
AGE_RULES = {
    "normal (compulsory)": ("normal", "compulsory"),
    "compulsory, before 2022": ("compulsory_retirement", "before 2022"),
    "compulsory, 2022 only": ("compulsory_retirement", "2022 only"),
    "social pension": ("social_pension", ""),
}
NOT_FOUND = "not found, check NORMLEX"


class Conversion:
    """The figures, the mapping tables, and the count of what was left out and why."""

    def __init__(self, figures: Path):
        self.figures = {path.stem: read_rows(path) for path in sorted(figures.glob("*.csv"))}
        self.sources = {row["source_id"]: row for row in self.figures["sources"]}
        self.mapping = {path.stem: read_rows(path) for path in sorted(MAPPING.glob("*.csv"))}
        self.units = {row["id"]: row["unit"] for row in read_rows(PROJECT / "data" / "raw" / "codebook.csv")}
        self.dropped: Counter[tuple[str, str]] = Counter()
        self.used: set[tuple[str, str]] = set()

    def rows(self, table: str, country: str) -> list[dict[str, str]]:
        """Rows of a country in a table of the figures."""
        return [row for row in self.figures[table] if row["country"] == country]

    def mapped(self, table: str, country: str) -> list[dict[str, str]]:
        """Rows of a country in a mapping table."""
        return [row for row in self.mapping[table] if row["country"] == country]

    def drop(self, table: str, reason: str) -> None:
        """Count a row that no pack takes."""
        self.dropped[(f"{table}.csv", reason)] += 1


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file, cells stripped and on one line."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return [{name: " ".join((cell or "").split()) for name, cell in row.items()} for row in csv.DictReader(handle)]


def join(*parts: str, by: str = "; ") -> str:
    """Parts that are not empty, each once."""
    return by.join(dict.fromkeys(part for part in parts if part))


def year_in(text: str) -> str:
    """The one year that a text names: "2025-04", "c.2016"; empty where it names none or several."""
    years = dict.fromkeys(re.findall(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", text))
    return next(iter(years)) if len(years) == 1 else ""


# facts ------------------------------------------------------------------------------------------------------------------


def convert_facts(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of indicators.csv from macro, coverage, other_indicators, extra_facts, poverty and from figures printed in notes."""
    facts = [fact for table in ("macro", "coverage", "other_indicators", "extra_facts") for fact in _mapped_facts(work, country, table)]
    facts += _poverty_facts(work, country)
    facts += [{**row, "unit": work.units[row["indicator"]], "area": "", "se": ""} for row in work.mapped("notes_indicators", country)]
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
    if table == "extra_facts" and any(rule["indicator"] == row["indicator"] for rule in work.mapping["scheme_extra_facts"]):
        return None
    raise SystemExit(f"{table}.csv: no row in tools/mapping/indicators.csv for {row['indicator']!r}")


def _fact(work: Conversion, country: str, table: str, row: dict[str, str], rule: dict[str, str]) -> dict[str, str]:
    quality, status_note = STATUS[row["status"]] if table == "macro" else ("observed", "")
    sex = rule["sex"] or row.get("sex", "total") or "total"
    note = join(rule["note"], status_note, _about(row, table), row.get("note", ""))
    return {
        "country": country, "indicator": rule["indicator"], "group": rule["group"] or "total", "sex": {"both": "total"}.get(sex, sex),
        "breakdown": rule["breakdown"], "year": row["year"], "value": row["value"], "unit": work.units[rule["indicator"]],
        "quality": rule["quality"] or quality, "source": row["source_id"], "note": note,
    }  # fmt: skip


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
        values = [("poverty_headcount", line, "headcount"), ("poverty_gap", line, "gap"), ("poverty_severity", line, "severity")]
        values += [("gini", "", "gini"), ("welfare_median", "", "median"), ("ppp_factor_2017", "", "ppp"), ("cpi_factor_2017", "", "cpi")]
        facts += [_poverty_fact(work, country, row, *value) for value in values if row[value[2]]]
    return [fact for fact, _ in {_fact_key(fact): (fact, None) for fact in facts}.values()]


def _poverty_fact(work: Conversion, country: str, row, indicator: str, breakdown: str, column: str) -> dict[str, str]:
    return {
        "country": country, "indicator": indicator, "group": "total", "sex": "total", "breakdown": breakdown, "year": row["survey_year"],
        "value": row[column], "unit": work.units[indicator], "quality": "observed", "source": row["source_id"],
        "note": f"household survey, {row['welfare']}",
    }  # fmt: skip


def _fact_key(fact: dict[str, str]) -> tuple:
    return tuple(fact[name] for name in ("indicator", "breakdown", "year", "source"))


def convert_welfare(work: Conversion, country: str) -> list[dict[str, str]]:
    """One row a survey year and vintage: the distribution is printed again with every line."""
    rows = {}
    for row in work.rows("poverty", country):
        if not row["quintile1"]:
            continue
        vintage = "2017" if row["source_id"].startswith("PIP") else "2021"
        shares = {f"d{i}": row[f"decile{i}"] for i in range(1, 11)} | {f"q{i}": row[f"quintile{i}"] for i in range(1, 6)}
        key = (row["survey_year"], vintage)
        new = {
            "year": row["survey_year"], "concept": row["welfare"], "ppp_year": vintage, "mean": row["mean"], "gini": row["gini"], **shares,
            "quality": "observed", "source": row["source_id"], "note": "" if row["mean"] else "quintiles and outer deciles only, rounded; no mean",
        }  # fmt: skip
        if rows.setdefault(key, new) != new:
            raise SystemExit(f"poverty.csv: {country} {key}: two distributions for one survey year and vintage")
    return list(rows.values())


def convert_population(work: Conversion, country: str) -> list[dict[str, str]]:
    """Persons (thousands × 1,000, exact) by year, sex and age group."""
    projected = {"estimates": "", "medium": "medium variant"}
    return [
        {
            "year": row["year"], "sex": {"F": "female", "M": "male"}[row["sex"]], "age_group": row["age_group"],
            "persons": f"{(Decimal(row['persons_thousands']) * 1000).normalize():f}", "quality": "estimated",
            "source": row["source_id"], "note": projected[row["variant"].split()[0]],
        }
        for row in work.rows("population", country)
    ]  # fmt: skip


# schemes ----------------------------------------------------------------------------------------------------------------


def convert_schemes(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of schemes.csv: rows of the figures merged on the canonical name, classified by tools/mapping/schemes.csv."""
    merged = defaultdict(list)
    for row in work.rows("schemes", country):
        if row["row_kind"] == "aggregate":
            work.drop("schemes", "aggregate of several schemes or framework law, no scheme")
        else:
            merged[row["canonical_scheme"]].append(row)
        for column in ("beneficiaries", "expenditure"):
            if row[column]:
                work.drop("schemes", f"cell {column}: prose, numbers come from scheme_facts.csv")
    known = {row["figures_scheme"]: row for row in work.mapped("schemes", country)}
    if set(merged) != set(known):
        raise SystemExit(f"schemes of {country} in one table only: {sorted(set(merged) ^ set(known))}")
    return [_scheme(known[name], sorted(rows, key=lambda row: row["row_kind"] != "scheme")) for name, rows in merged.items()]


def _scheme(ours: dict[str, str], rows: list[dict[str, str]]) -> dict[str, str]:
    base = rows[0]

    def text(column: str, figures_column: str) -> str:
        return "" if ours[column] == "-" else ours[column] or base[figures_column]

    return {
        **{name: ours[name] for name in ours if name in schema.SCHEMES.names},
        "name": base["canonical_scheme"], "name_en": base["scheme_name_en"], "institution": text("institution", "administering_institution"),
        "legal_basis": text("legal_basis", "legal_basis"), "who_by_law": text("who_by_law", "target_population"),
        "benefit_formula": text("benefit_formula", "benefit_level"), "financing": text("financing", "financing_source"),
        "source": join(*(source for row in rows for source in row["source_id"].split(";")), by=";"),
        "note": join(ours["note"], "type, tier and category: our classification"),
    }  # fmt: skip


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
        "scheme": scheme, "measure": measure, "detail": join(detail, unit["detail"], by=", "), "year": row["year"], "value": row["value"],
        "unit": unit["unit"], "counted_in": unit["counted_in"], "quality": "observed", "source": row["source_id"], "note": _printed(row["note"]),
    }  # fmt: skip


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
                    "scheme_name": row["scheme"], "scheme": ours["scheme"], "sex": {"both": "total"}.get(row["sex"], row["sex"]), "age": age,
                    "rule": rule, "denominator": "yes" if is_denominator else "no", "year": year_in(row["year"]), "source": row["source_id"],
                    "note": join(rule_note, row["note"], ours["note"] if is_denominator else ""),
                }
            )  # fmt: skip
    return ages


# context ----------------------------------------------------------------------------------------------------------------


def convert_links(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of links.csv."""
    return [
        {**row, "content": row["what_it_says_on_social_protection"], "source": row["source_id"]} for row in work.rows("links", country)
    ]


def convert_conventions(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of conventions.csv; what was only inferred is a ratification not found."""
    table = []
    for row in work.rows("conventions", country):
        inferred = row["status"].startswith("not ratified (")
        year = re.match(r"\d{4}", row["year"])
        printed = row["year"] if year and row["year"] != year[0] else ""
        table.append(
            {
                "convention": row["convention"], "status": NOT_FOUND if inferred else row["status"], "year": year[0] if year else "",
                "parts_accepted": row["parts_accepted"], "source": row["source_id"],
                "note": join(row["status"] if inferred else "", printed and f"years: {printed}", row["note"]),
            }
        )  # fmt: skip
    return table


def convert_history(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of history.csv."""
    return [{**row, "outcome": row["outcome_if_read"], "source": row["source_id"]} for row in work.rows("history", country)]


def convert_process(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of process.csv; a period carries its first year, undated events none."""
    table = []
    for row in work.rows("process", country):
        is_date = re.fullmatch(r"\d{4}(-\d{2}){0,2}", row["date"])
        date = row["date"] if is_date else row["date"][:4] if row["date"][:4].isdigit() else ""
        evidence = row["evidence"] if is_date or not date else f"{row['evidence']} ({row['date']})"
        table.append({**row, "status": row["status"].replace(" ", "_"), "date": date, "evidence": evidence, "source": row["source_id"]})
    return table


def convert_sources(work: Conversion, names: set[str]) -> list[dict[str, str]]:
    """Rows of sources.csv for the ids that the pack's rows name."""
    ours = {row["id"]: row for row in work.mapping["sources"]}
    return [_source(work.sources[name], ours.get(name, {})) for name in sorted(names)]


def _source(row: dict[str, str], ours: dict[str, str]) -> dict[str, str]:
    address, _, copy = row["address"].partition(" ; read from ")
    read = row["read"].replace("(<=2,000 chars)", "of at most 2,000 characters")
    licence = row["licence"] or "not stated"
    vague = licence in ("cite", "press", "law text", "secondary (law firm)", "see dataset README")
    return {
        "id": row["source_id"], "publisher": row["publisher"], "title": row["title"], "edition": row["edition"],
        "edition_rank": ours.get("edition_rank") or "0", "year": row["year"] or year_in(row["edition"]), "address": ours.get("address") or address,
        "retrieved_from": ours.get("retrieved_from") or copy, "licence": f"not stated ({licence})" if vague else licence,
        "note": join(read and f"read: {read}", ours.get("note", "")),
    }  # fmt: skip


# packs ------------------------------------------------------------------------------------------------------------------

CONVERTERS = {
    "indicators": convert_facts,
    "population": convert_population,
    "welfare": convert_welfare,
    "schemes": convert_schemes,
    "scheme_figures": convert_scheme_figures,
    "pensionable_ages": convert_ages,
    "links": convert_links,
    "conventions": convert_conventions,
    "history": convert_history,
    "process": convert_process,
}


def convert_country(work: Conversion, country: str, out: Path) -> None:
    """Write the pack of one country."""
    folder = out / country
    folder.mkdir(parents=True, exist_ok=True)
    tables = {name: convert(work, country) for name, convert in CONVERTERS.items()}
    names = {source for rows in tables.values() for row in rows for source in row["source"].split(";")}
    tables["sources"] = convert_sources(work, names)
    for table in schema.TABLES:
        write_table(folder / table.file, table, tables.get(table.name, []))
    write_settings(folder / "country.toml", next(row for row in work.mapping["countries"] if row["code"] == country))


def write_table(path: Path, table: schema.Table, rows: list[dict[str, str]]) -> None:
    """Write rows in the order of their key; a key that stands twice stops the conversion."""
    keys = Counter(tuple(row[name] for name in table.key) for row in rows)
    if twice := [key for key, count in keys.items() if count > 1]:
        raise SystemExit(f"{path.name}: the same key twice: {twice[0]}")
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, table.names, extrasaction="ignore", restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: [_order(name, row[name]) for name in table.key]))


def _order(name: str, value: str):
    return AGE_GROUPS.index(value) if name == "age_group" else value


def write_settings(path: Path, row: dict[str, str]) -> None:
    """Write country.toml."""
    texts = [f'{key} = "{row[key]}"' for key in ("code", "name_en", "name_fr", "name_es", "currency", "language")]
    plans = ", ".join(f'"{plan}"' for plan in row["plans"].split(";") if plan)
    lines = [f"schema = {schema.SCHEMA}", *texts, f"reference_year = {row['reference_year']}", f"plans = [{plans}]", ""]
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def report_dropped(work: Conversion) -> None:
    """Print what was left out, with counts, so that nothing vanishes silently."""
    for (file, reason), count in sorted(work.dropped.items()):
        print(f"left out: {count:4} × {file}: {reason}")


def main() -> None:
    """Read the arguments, convert, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("countries", nargs="*", metavar="COUNTRY", help="ISO 3166 alpha-3 codes; default: all of tools/mapping/countries.csv")
    parser.add_argument("--figures", type=Path, default=PROJECT.parent / "shared" / "figures", help="folder of the figures")
    parser.add_argument("--out", type=Path, default=PROJECT / "data" / "raw", help="folder of the packs")
    arguments = parser.parse_args()
    work = Conversion(arguments.figures)
    for country in arguments.countries or [row["code"] for row in work.mapping["countries"]]:
        convert_country(work, country, arguments.out)
        print(f"wrote {country}")
    report_dropped(work)


if __name__ == "__main__":
    main()
