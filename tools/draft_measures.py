"""Drafts measures.csv of a pack: the options that answer its gap table, with default parameters that are assumptions.

Options are those of ``tools/mapping/measures.csv``. The existing schemes for the same people and risk are found in the pack's
inventory, or named by people in ``tools/mapping/measures_related.csv``. Same pack, same bytes. The pack is the truth
afterwards: a file that already holds rows is left alone unless ``--again`` is given.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from nasssap_lib.pack import schema  # noqa: E402
from nasssap_lib.terms import CONTRIBUTORY_TYPES  # noqa: E402

ASSUMPTIONS = "NASSSAP-ASSUMPTIONS"
OUTSIDE_EMPLOYMENT = {"informal", "poor_households", "residents"}
RELATION = {  # how an option relates to an existing scheme for the same people and risk, by the kind of that scheme
    "social_assistance": "build_on",
    "universal": "build_on",
    "community": "build_on",
    "fee_waiver": "coordinate",
    "social_insurance": "coordinate",
    "provident_fund": "coordinate",
    "voluntary": "crowding_out",
}
STRONGEST = ["build_on", "merge", "crowding_out", "coordinate"]
NOTE = "Default parameters: replace them by the country's own."


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def write_rows(path: Path, names: list[str], rows: list[dict[str, str]]) -> None:
    """Write a table of the pack."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, names, extrasaction="ignore", restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def draft_measures(folder: Path) -> list[dict[str, str]]:
    """Options of a country, in the order of the mapping."""
    schemes, mapping = read_rows(folder / "schemes.csv"), PROJECT / "tools" / "mapping"
    facts = read_rows(folder / "indicators.csv")
    known = {row["indicator"] for row in facts if not row["area"]}
    named = {row["option"]: row for row in read_rows(mapping / "measures_related.csv") if row["country"] == folder.name}
    options = [row for row in read_rows(mapping / "measures.csv") if row["needs"] in ("", *known)]
    return [_measure(option, schemes, named.get(option["id"], {})) for option in options]


def _measure(option: dict[str, str], schemes: list[dict[str, str]], named: dict[str, str]) -> dict[str, str]:
    related = named or _related(option, schemes)
    kept = [scheme for scheme in schemes if scheme["id"] in related["related_scheme"].split(";")]
    name = option["name"]
    if option["id"] == "cash_transfer" and kept:
        name = f"{name} ({kept[0]['short_name']})"
    return option | {
        "name": name,
        "institution": _institution(option, schemes, kept, related["relation"]),
        "related_scheme": related["related_scheme"],
        "relation": related["relation"],
        "amount_basis": "gdp_per_head",
        "indexing": "gdp_per_head",
        "admin_base": "benefits",
        "quality": "assumed",
        "source": ASSUMPTIONS,
        "note": " ".join(filter(None, [NOTE, related["note"]])),
    }


def _related(option: dict[str, str], schemes: list[dict[str, str]]) -> dict[str, str]:
    """Active schemes for the same people and risk; the strongest relation is kept, the others stand in the note."""
    same = [
        scheme
        for scheme in schemes
        if option["branch"] in scheme["branches"].split(";")
        and scheme["status"] == "active"
        and OUTSIDE_EMPLOYMENT & set(scheme["population_category"].split(";"))
        and scheme["type"] in RELATION
    ]
    found = {relation: [s for s in same if RELATION[s["type"]] == relation] for relation in STRONGEST}
    first = next((relation for relation in STRONGEST if found[relation]), "")
    others = [scheme for relation in STRONGEST if relation != first for scheme in found[relation]]
    words = {"voluntary": "do not crowd it out", "community": "do not crowd it out"}
    notes = [
        f"{scheme['short_name']} serves the same people and risk: {words.get(scheme['type'], 'coordinate')}."
        for scheme in others
    ]
    return {
        "related_scheme": ";".join(scheme["id"] for scheme in found.get(first, [])),
        "relation": first,
        "note": " ".join(notes),
    }


def _institution(
    option: dict[str, str], schemes: list[dict[str, str]], kept: list[dict[str, str]], relation: str
) -> str:
    """Who runs what is built on; for contributory options who runs the branch; empty: to be decided."""
    if kept and relation in ("build_on", "merge") and kept[0]["institution"]:
        return kept[0]["institution"]
    running = [
        scheme["institution"]
        for scheme in schemes
        if option["branch"] in scheme["branches"].split(";")
        and scheme["status"] == "active"
        and scheme["type"] in CONTRIBUTORY_TYPES
        and "private_employees" in scheme["population_category"].split(";")
    ]
    return running[0] if option["contributory"] == "yes" and running else ""


def add_source(folder: Path) -> None:
    """Name the source of the assumptions in sources.csv, once, in the order of ids."""
    rows = read_rows(folder / "sources.csv")
    if any(row["id"] == ASSUMPTIONS for row in rows):
        return
    row = {
        "id": ASSUMPTIONS,
        "short": "nasssap, default assumptions",
        "publisher": "nasssap",
        "title": "Default parameters of measures, see docs/assumptions.md",
        "edition": "2025-11",
        "edition_rank": "0",
        "year": "2025",
        "licence": "same terms as the project",
    }
    write_rows(folder / "sources.csv", schema.SOURCES.names, sorted([*rows, row], key=lambda row: row["id"]))


def main() -> None:
    """Read the arguments, write the packs' options."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("countries", nargs="+", metavar="COUNTRY", help="codes of country packs")
    parser.add_argument("--data", type=Path, default=PROJECT / "data" / "raw", help="folder of the packs")
    parser.add_argument("--again", action="store_true", help="write over options that are already there")
    arguments = parser.parse_args()
    for country in arguments.countries:
        folder = arguments.data / country
        path = folder / schema.MEASURES.file
        if path.is_file() and read_rows(path) and not arguments.again:
            print(f"{country}: measures.csv holds rows and is left alone; --again writes over them")
            continue
        rows = draft_measures(folder)
        write_rows(path, schema.MEASURES.names, rows)
        add_source(folder)
        print(f"{country}: {len(rows)} options")


if __name__ == "__main__":
    main()
