"""Reads the figures and the mapping tables, and counts what no pack takes."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[1]
PROJECT = TOOLS.parent
MAPPING = TOOLS / "mapping"


class Conversion:
    """The figures, the mapping tables, and the count of what was left out and why."""

    def __init__(self, figures: Path):
        self.figures = {path.stem: read_rows(path) for path in sorted(figures.glob("*.csv"))}
        self.mapping = {path.stem: read_rows(path) for path in sorted(MAPPING.glob("*.csv"))}
        self.sources = {row["source_id"]: row for row in self.figures["sources"] + self.mapping["extra_sources"]}
        self.units = {row["id"]: row["unit"] for row in read_rows(PROJECT / "data" / "raw" / "codebook.csv")}
        self.dropped: Counter[tuple[str, str]] = Counter()
        self.named: set[str] = set()

    def rows(self, table: str, country: str) -> list[dict[str, str]]:
        """Rows of a country in a table of the figures."""
        return [row for row in self.figures[table] if row["country"] == country]

    def mapped(self, table: str, country: str) -> list[dict[str, str]]:
        """Rows of a country in a mapping table."""
        return [row for row in self.mapping[table] if row["country"] == country]

    def drop(self, table: str, reason: str, count: int = 1) -> None:
        """Count rows or cells that no pack takes."""
        self.dropped[(f"{table}.csv", reason)] += count

    def drop_what_is_no_country(self) -> None:
        """Count what is of no country of the mapping: group averages, standards of the field, sources that no pack names."""
        countries = {row["code"] for row in self.mapping["countries"]}
        for table, rows in self.figures.items():
            others = [row for row in rows if row.get("country", "") not in countries]
            if table == "sources":
                self.drop(
                    table, "named by no row of a pack", len([row for row in rows if row["source_id"] not in self.named])
                )
            elif "country" not in rows[0]:
                self.drop(table, "a standard of the field, in no country's pack", len(rows))
            elif table == "strategy_structures":
                self.drop(table, "headings of real strategies, in no country's pack", len(rows))
            elif others:
                self.drop(table, "average of a group of countries (country ALL)", len(others))


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
