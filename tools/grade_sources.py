"""Grades the sources of packs by their publisher, as tools/mapping/publishers.csv says: official, research, press or other.

Grades that stand already are kept; a publisher that the mapping does not name is told, and its sources stay without a grade.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from figures_to_pack.reading import MAPPING, PROJECT, read_rows  # noqa: E402

from nasssap_lib.pack import schema


def grade_sources(path: Path, grades: dict[str, str]) -> set[str]:
    """Fill the grades of a sources.csv; return the publishers without one."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        rows, names = list(reader), list(reader.fieldnames or [])
    for row in rows:
        row["grade"] = row.get("grade") or grades.get(row["id"]) or grades.get(row["publisher"], "")
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, schema.SOURCES.header([*names, "grade"]), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return {row["publisher"] for row in rows if not row["grade"]}


def publisher_grades() -> dict[str, str]:
    """Grade by publisher, and by id for the sources that are no such work of their publisher."""
    return {row["publisher"]: row["grade"] for row in read_rows(MAPPING / "publishers.csv")}


def main() -> None:
    """Grade the packs that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("countries", nargs="*", help="codes; none: all packs of data/raw")
    wanted = parser.parse_args().countries
    for path in sorted((PROJECT / "data" / "raw").glob("*/sources.csv")):
        if not wanted or path.parent.name in wanted:
            for publisher in sorted(grade_sources(path, publisher_grades())):
                print(f"{path.parent.name}: no grade in tools/mapping/publishers.csv for {publisher}")


if __name__ == "__main__":
    main()
