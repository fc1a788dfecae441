"""Writes DATA-LICENCES.md: under which terms each publisher of a figure in data/raw offers it, or that none were stated."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
HEAD = """# Licences of the data

The packs under `data/raw` hold figures and short facts, each with the id of its source; `sources.csv` of each pack has
title, edition, year and address. This page lists every publisher with the terms that were read, in the words in which they
were noted, or **not stated**. It is written by `python tools/list_licences.py` from the packs.

- The publisher is the source. Where a copy was read elsewhere, `retrieved_from` in `sources.csv` names it.
- Single facts are cited with their source; no text of a source was copied.
- "not read" means that the terms are known by name only. Before the data are shipped outside this project, read them:
  above all those of the IMF (no bulk redistribution), of the WHO (non-commercial, share alike) and of data sets whose terms
  are not stated.
- The fictional training country's figures are made up and are nobody's data.
"""


def read_sources(root: Path) -> list[dict[str, str]]:
    """Rows of every sources.csv of a real country, with the country."""
    rows = []
    for path in sorted(root.glob("[A-Z][A-Z][A-Z]/sources.csv")):
        if tomllib.loads((path.parent / "country.toml").read_text(encoding="utf-8")).get("fictional"):
            continue
        with path.open(encoding="utf-8", newline="") as handle:
            rows += [{**row, "country": path.parent.name} for row in csv.DictReader(handle)]
    return rows


def licence_table(rows: list[dict[str, str]]) -> list[str]:
    """One line a publisher and licence: how many sources, in which packs."""
    groups = defaultdict(list)
    for row in rows:
        groups[row["publisher"].replace("|", "/"), row["licence"].replace("|", "/")].append(row)
    lines = ["| publisher | terms | sources | packs |", "|---|---|---|---|"]
    for (publisher, licence), members in sorted(groups.items(), key=lambda item: (item[0][0].casefold(), item[0][1])):
        packs = ", ".join(sorted({row["country"] for row in members}))
        lines.append(f"| {publisher} | {licence} | {len({row['id'] for row in members})} | {packs} |")
    return lines


def compose_licences(root: Path) -> str:
    """The whole page."""
    rows = read_sources(root)
    stated = [row for row in rows if not row["licence"].startswith("not stated")]
    silent = [row for row in rows if row["licence"].startswith("not stated")]
    parts = [HEAD, "## Terms stated\n", *licence_table(stated), "", "## Terms not stated\n", *licence_table(silent), ""]
    return "\n".join(parts)


if __name__ == "__main__":
    (PROJECT / "DATA-LICENCES.md").write_text(
        compose_licences(PROJECT / "data" / "raw"), encoding="utf-8", newline="\n"
    )
