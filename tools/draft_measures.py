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
from nasssap_lib.pack.migration import translated_option  # noqa: E402
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
SAVINGS = (
    RELATION
    | {  # a scheme that informal workers may join is what their savings build on; a community's own may lose its members
        "social_insurance": "build_on",
        "provident_fund": "build_on",
        "voluntary": "build_on",
        "community": "crowding_out",
    }
)
STRONGEST = ["build_on", "merge", "crowding_out", "coordinate"]
NOTE = "Default parameters: replace them by the country's own."
NO_HEALTH_SCHEME = "The inventory lists no scheme of medical care: where care is universal and paid from taxes, this option does not apply."
NOTHING_TO_BUILD_ON = "No scheme that informal workers may join is listed for old age: a new one would be needed, or a law that opens one."
TAKE_UP = "Take-up is a share of the self-employed and family workers of these ages who are not covered."


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
    return [
        _measure(option, schemes, named.get(option["id"], {})) for option in options if not _pointless(option, schemes)
    ]


def _pointless(option: dict[str, str], schemes: list[dict[str, str]]) -> bool:
    """Nobody needs insurance where the inventory lists universal, tax-financed care."""
    universal = [s for s in _of_branch(schemes, "medical_care") if s["type"] == "universal" and s["status"] == "active"]
    return option["id"] == "health_insurance" and bool(universal)


def _of_branch(schemes: list[dict[str, str]], branch: str) -> list[dict[str, str]]:
    return [scheme for scheme in schemes if branch in scheme["branches"].split(";")]


def _measure(option: dict[str, str], schemes: list[dict[str, str]], named: dict[str, str]) -> dict[str, str]:
    related = named | {"note": _named_note(option, schemes, named)} if named else _related(option, schemes)
    kept = [scheme for scheme in schemes if scheme["id"] in related["related_scheme"].split(";")]
    name = option["name"]
    if option["id"] == "cash_transfer" and kept:
        name = f"{name} ({kept[0]['short_name']})"
    return option | {
        "name": name,
        **translated_option(name),
        "institution": _institution(option, schemes, kept, related["relation"]),
        "related_scheme": related["related_scheme"],
        "relation": related["relation"],
        "amount_basis": "gdp_per_head",
        "indexing": "gdp_per_head",
        "admin_base": "benefits",
        "quality": "assumed",
        "source": ASSUMPTIONS,
        "note": " ".join(filter(None, [NOTE, related["note"], _remark(option, schemes, related["relation"])])),
    }


def _remark(option: dict[str, str], schemes: list[dict[str, str]], relation: str) -> str:
    """What the inventory leaves open about an option."""
    if option["id"] == "health_insurance" and not _of_branch(schemes, "medical_care"):
        return NO_HEALTH_SCHEME
    if option["id"] == "informal_pension":
        return TAKE_UP if relation else f"{TAKE_UP} {NOTHING_TO_BUILD_ON}"
    return ""


def _related(option: dict[str, str], schemes: list[dict[str, str]]) -> dict[str, str]:
    """Active schemes for the same people and risk; the strongest relation is kept, the others stand in the note."""
    relations, same = SAVINGS if _is_extension(option) else RELATION, _same_people_and_risk(option, schemes)
    found = {relation: [s for s in same if relations[s["type"]] == relation] for relation in STRONGEST}
    first = next((relation for relation in STRONGEST if found[relation]), "")
    others = [scheme for relation in STRONGEST if relation != first for scheme in found[relation]]
    return {
        "related_scheme": ";".join(scheme["id"] for scheme in found.get(first, [])),
        "relation": first,
        "note": _beside(others),
    }


def _named_note(option: dict[str, str], schemes: list[dict[str, str]], named: dict[str, str]) -> str:
    """What people wrote, and the schemes for the same people and risk that they did not speak of."""
    said = named["note"].lower()
    others = [
        scheme
        for scheme in _same_people_and_risk(option, schemes)
        if scheme["id"] not in named["related_scheme"].split(";") and scheme["short_name"].lower() not in said
    ]
    return " ".join(filter(None, [named["note"], _beside(others)]))


def _beside(schemes: list[dict[str, str]]) -> str:
    """Schemes that serve the same people and risk without being what the option is related to, and what that asks for."""
    own = [s["short_name"] for s in schemes if s["type"] in ("voluntary", "community")]
    others = [s["short_name"] for s in schemes if s["short_name"] not in own]
    return " ".join(filter(None, [_serve(own, "do not crowd {} out"), _serve(others, "coordinate")]))


def _serve(names: list[str], how: str) -> str:
    if not names:
        return ""
    many = len(names) > 1
    words = ", ".join(names[:-1]) + " and " + names[-1] if many else names[0]
    return f"{words} serve{'' if many else 's'} the same people and risk: {how.format('them' if many else 'it')}."


def _is_extension(option: dict[str, str]) -> bool:
    """Contributory cover for workers outside formal employment: it builds on the scheme that they may join already."""
    return option["contributory"] == "yes" and option["guarantee"] != "health"


def _same_people_and_risk(option: dict[str, str], schemes: list[dict[str, str]]) -> list[dict[str, str]]:
    """Active schemes of the branch for people outside formal employment; for extensions, those that informal workers may join."""
    found = []
    for scheme in _of_branch(schemes, option["branch"]):
        served, may_join = (set(scheme[name].split(";")) for name in ("population_category", "voluntary_for"))
        same = "informal" in served | may_join if _is_extension(option) else OUTSIDE_EMPLOYMENT & served
        if scheme["status"] == "active" and scheme["type"] in RELATION and same:
            found.append(scheme)
    return found


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
        write_rows(path, schema.MEASURES.header(rows[0]), rows)
        add_source(folder)
        print(f"{country}: {len(rows)} options")


if __name__ == "__main__":
    main()
