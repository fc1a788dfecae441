"""Turns published figures (a folder of CSV files) into country packs under data/raw. The packs are the truth afterwards.

The tables in tools/mapping say which figure becomes which indicator, scheme or measure; what is in no table stops the
conversion, and what is left out on purpose is counted. Tables that people write (measures, findings, targets …) stay as
they are. Same input: same bytes.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from figures_to_pack import context, demography, facts, schemes  # noqa: E402
from figures_to_pack.reading import PROJECT, Conversion, read_rows  # noqa: E402

from nasssap_lib.pack import schema
from nasssap_lib.terms import AGE_GROUPS

AGES = ["", "0", "1-4", *AGE_GROUPS]
CONVERTERS = {
    "indicators": facts.convert_facts,
    "population": facts.convert_population,
    "demography": demography.convert_demography,
    "welfare": facts.convert_welfare,
    "schemes": schemes.convert_schemes,
    "scheme_figures": schemes.convert_scheme_figures,
    "pensionable_ages": schemes.convert_ages,
    "links": context.convert_links,
    "conventions": context.convert_conventions,
    "history": context.convert_history,
    "process": context.convert_process,
}


def convert_country(work: Conversion, country: str, out: Path) -> None:
    """Write the pack of one country."""
    folder = out / country
    folder.mkdir(parents=True, exist_ok=True)
    tables = {name: convert(work, country) for name, convert in CONVERTERS.items()}
    for table in schema.TABLES:
        if table.name not in (*CONVERTERS, "sources"):
            tables[table.name] = rows_written_by_people(folder / table.file)
    names = {source for rows in tables.values() for row in rows for source in row["source"].split(";")}
    work.named |= names
    tables["sources"] = context.convert_sources(work, names)
    for table in schema.TABLES:
        path = folder / table.file
        if table.name in CONVERTERS or table.name == "sources" or not path.is_file():
            write_table(path, table, tables[table.name])
    write_settings(folder / "country.toml", next(row for row in work.mapping["countries"] if row["code"] == country))


def rows_written_by_people(path: Path) -> list[dict[str, str]]:
    """Rows of a table that no figure fills (measures, findings …): it stays as it is, and so do the sources it names."""
    return read_rows(path) if path.is_file() else []


def write_table(path: Path, table: schema.Table, rows: list[dict[str, str]]) -> None:
    """Write rows in the order of their key; a key that stands twice stops the conversion."""
    keys = Counter(tuple(row[name] for name in table.key) for row in rows)
    if twice := [key for key, count in keys.items() if count > 1]:
        raise SystemExit(f"{path.name}: the same key twice: {twice[0]}")
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(
            handle, table.header(rows[0] if rows else []), extrasaction="ignore", restval="", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: [_order(name, row[name]) for name in table.key]))


def _order(name: str, value: str):
    return AGES.index(value) if name == "age_group" else value


def write_settings(path: Path, row: dict[str, str], fictional: bool = False) -> None:
    """Write country.toml."""
    texts = [f'{key} = "{row[key]}"' for key in ("code", "name_en", "name_fr", "name_es", "currency", "language")]
    plans = ", ".join(f'"{plan}"' for plan in row["plans"].split(";") if plan)
    numbers = [f"reference_year = {row['reference_year']}", *(["fictional = true"] if fictional else [])]
    lines = [f"schema = {schema.SCHEMA}", *texts, *numbers, f"plans = [{plans}]", ""]
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def drop_report(work: Conversion) -> str:
    """What was left out, with counts, as a table in Markdown: nothing vanishes silently."""
    lines = [f"| {file} | {count:,} | {reason} |" for (file, reason), count in sorted(work.dropped.items())]
    return "\n".join(["| figures | rows or cells | why no pack has them |", "|---|---|---|", *lines, ""])


def main() -> None:
    """Read the arguments, convert, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "countries",
        nargs="*",
        metavar="COUNTRY",
        help="ISO 3166 alpha-3 codes; default: all of tools/mapping/countries.csv",
    )
    parser.add_argument(
        "--figures", type=Path, default=PROJECT.parent / "shared" / "figures", help="folder of the figures"
    )
    parser.add_argument("--out", type=Path, default=PROJECT / "data" / "raw", help="folder of the packs")
    arguments = parser.parse_args()
    work = Conversion(arguments.figures)
    for country in arguments.countries or [row["code"] for row in work.mapping["countries"]]:
        convert_country(work, country, arguments.out)
        print(f"wrote {country}")
    if not arguments.countries:
        work.drop_what_is_no_country()
    print(drop_report(work))


if __name__ == "__main__":
    main()
