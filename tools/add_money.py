"""Takes published figures on money over into the packs: accounts of funds, earnings, taxes, aid, external debt, disability.

What each account becomes, or why it is left out, stands in tools/mapping/accounts.csv, what each series becomes in
money_indicators.csv, words of notes in another language beside it; names of sources in money_sources.csv. A row whose key a
pack holds already stays as it is there.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from figures_to_pack.context import convert_sources  # noqa: E402
from figures_to_pack.reading import PROJECT, Conversion, read_rows  # noqa: E402

from nasssap_lib.pack import schema  # noqa: E402

TABLES = {table.name: table for table in schema.TABLES}
TAX = {
    "taxes on income of individuals": "individual_income", "taxes on income of corporations": "corporate_income",
    "taxes on income, not allocable": "income_not_allocable", "social security contributions": "social_contributions",
    "taxes on payroll and workforce": "payroll", "taxes on property": "property",
    "taxes on goods and services": "goods_and_services", "other taxes": "other_taxes",
    "Total tax": "", "Taxes on income, profits, and capital gains": "income", "Social security contributions (SSC)": "social_contributions",
    "Taxes on payroll and workforce": "payroll", "Taxes on property": "property", "Taxes on goods and services": "goods_and_services",
    "Other tax": "other_taxes",
}  # fmt: skip
COMPILED = (
    "a missing category was set to zero by the compiler",
    "une catégorie manquante a été mise à zéro par le compilateur",
    "una categoría que falta se puso a cero al compilar",
)
BREAK = ("break in series", "rupture de série", "ruptura de la serie")
UNSURE = (
    "whether the source deflates to 2021 was not read",
    "si la source déflate à 2021 n'a pas été lu",
    "no se leyó si la fuente deflacta a 2021",
)
INTERVAL = re.compile(r"95% CI ([\d.]+)-([\d.]+)")
STANDARD_ERROR = re.compile(r"SE ([\d.]+)")
PUBLISHED = {"LKA-WG-OALIB": "2018"}
KNOWN_AS = {"REDSOL-2023": "REDSOL-HN-2023"}  # the pack has the article already
SEXES = {"both": "total", "female": "female", "male": "male"}
LANGUAGES = ("fr", "es")


def new_facts(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of indicators.csv."""
    known = {row["figure"]: row for row in work.mapping["money_indicators"]}
    rows = [row for row in work.rows("money_and_households", country) if row["indicator"] in known]
    rows = [row for row in rows if row["group"] not in ("rural", "urban")]
    facts = [_fact(work, row, known[row["indicator"]]) for row in rows]
    for row in work.rows("money_and_households", country):
        if row["indicator"] == "social protection budget":
            share = row["unit"] == "% budget"
            value = row["value"] if share else str(Decimal(row["value"]) / 1000)
            name = "social_protection_budget_share" if share else "social_protection_budget"
            facts.append(_plain(work, row, name) | {"value": value, "quality": "observed"})
    return facts


def _plain(work: Conversion, row: dict[str, str], indicator: str) -> dict[str, str]:
    return {
        "country": row["country"], "area": "", "indicator": indicator, "group": "total", "sex": SEXES[row["sex"]], "breakdown": "",
        "year": PUBLISHED.get(row["source_id"], row["year"]), "value": row["value"], "unit": work.units[indicator], "se": "",
        "source": row["source_id"], "note": "",
    }  # fmt: skip


def _fact(work: Conversion, row: dict[str, str], rule: dict[str, str]) -> dict[str, str]:
    indicator = rule["indicator"]
    notes = [(rule["note"], rule["note_fr"], rule["note_es"])] if rule["note"] else []
    breakdown = TAX.get(row["group"], row["group"].lower() if re.fullmatch("Q[1-5]", row["group"]) else "")
    if "compiler" in row["note"]:
        notes.append(COMPILED)
    if indicator == "average_earnings":
        notes += [*([BREAK] if "Break in series" in row["note"] else []), UNSURE]
    se = STANDARD_ERROR.search(row["note"])
    interval = INTERVAL.search(row["note"])
    error = se[1] if se else ""
    if interval:
        error = f"{(float(interval[2]) - float(interval[1])) / (2 * 1.959964):.2f}"
    words = {name: "; ".join(note[at] for note in notes) for at, name in enumerate(("note", "note_fr", "note_es"))}
    words["note_fr"] = re.sub(r"(?<! );", " ;", words["note_fr"])
    return _plain(work, row, indicator) | words | {"breakdown": breakdown, "se": error, "quality": "observed"}


def new_scheme_figures(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of scheme_figures.csv, from the accounts that the mapping takes."""
    values = {
        tuple(row[name] for name in ("indicator", "group", "year", "source_id")): row["value"]
        for row in work.rows("money_and_households", country)
    }
    return [
        _scheme_figure(row, values[row["indicator"], row["group"], row["year"], row["source"]])
        for row in work.mapped("accounts", country)
        if row["scheme"]
    ]


def _scheme_figure(row: dict[str, str], value: str) -> dict[str, str]:
    number = value if not row["times"] else f"{Decimal(value) * Decimal(row['times']):f}".rstrip("0").rstrip(".")
    told = {f"{name}_{code}": row[f"{name}_tr"] for name in ("detail", "note") for code in LANGUAGES}
    return row | told | {"value": number, "quality": "observed", "source": KNOWN_AS.get(row["source"], row["source"])}


def merged(old: list[dict[str, str]], new: list[dict[str, str]], table: schema.Table) -> list[dict[str, str]]:
    """Rows of a pack and new ones, in the order of their key; what stands in the pack already stays."""
    keys = {tuple(row[name] for name in table.key) for row in old}
    rows = old + [row for row in new if tuple(row[name] for name in table.key) not in keys]
    return sorted(rows, key=lambda row: [row[name] for name in table.key])


def write(path: Path, table: schema.Table, rows: list[dict[str, str]], translations: list[str]) -> None:
    """Write a table: columns of the schema, optional ones where a row has a value, then translations."""
    columns = [
        column.name for column in table.columns if not column.optional or any(row.get(column.name) for row in rows)
    ]
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(
            handle, [*columns, *translations], extrasaction="ignore", restval="", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows)


def rows_as_they_are(path: Path) -> list[dict[str, str]]:
    """Rows of a pack's table, no space or line end changed."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def add_to(work: Conversion, country: str, folder: Path) -> None:
    """Add what is new to a pack: figures, and the sources that they name."""
    new = {"indicators": new_facts(work, country), "scheme_figures": new_scheme_figures(work, country)}
    named = {source for rows in new.values() for row in rows for source in row["source"].split(";")}
    words = {row["id"]: row for row in work.mapping["money_sources"]}
    known = {row["id"] for row in rows_as_they_are(folder / "sources.csv")}
    new["sources"] = convert_sources(work, named - known)
    for row in new["sources"]:
        row |= {name: text for name, text in words.get(row["id"], {}).items() if text}
        row |= _said_of_source(row)
    for name, rows in new.items():
        path = folder / f"{name}.csv"
        old = rows_as_they_are(path)
        translations = [column for column in old[0] if column not in TABLES[name].names]
        write(path, TABLES[name], merged(old, rows, TABLES[name]), translations)


def _said_of_source(row: dict[str, str]) -> dict[str, str]:
    """What the packs say of most sources in French and Spanish."""
    excerpt = "2,000 characters" in row["note"]
    silent = row["licence"] == "not stated"
    said = {
        "note_fr": "lu\u00a0: extrait d'au plus 2\u202f000 caractères" if excerpt else "",
        "note_es": "leído: extracto de 2000 caracteres como máximo" if excerpt else "",
        "licence_fr": "non indiquées" if silent else "",
        "licence_es": "no se indican" if silent else "",
    }
    return {name: row.get(name) or words for name, words in said.items()}


def main() -> None:
    """Read the arguments, add, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--figures", type=Path, default=PROJECT.parent / "shared" / "figures", help="folder of the figures"
    )
    parser.add_argument("--out", type=Path, default=PROJECT / "data" / "raw", help="folder of the packs")
    arguments = parser.parse_args()
    work = Conversion(arguments.figures)
    for row in work.sources.values():
        row["read"] = row["read"].replace("search excerpt (first 2,000 characters)", "excerpt (<=2,000 chars)")
    for country in (row["code"] for row in read_rows(PROJECT / "tools" / "mapping" / "countries.csv")):
        add_to(work, country, arguments.out / country)
        print(f"added to {country}")


if __name__ == "__main__":
    main()
