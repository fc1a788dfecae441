"""Links, Conventions, past extensions, the state of the process, and the sources of a pack."""

from __future__ import annotations

import re

from figures_to_pack.reading import Conversion, join, year_in

TITLES = {  # half in another language in the figures: the native half; the other one stands in the content too
    "Couverture sanitaire universelle (CSU) in place of CMU": "Couverture sanitaire universelle (CSU)",
}
NOT_FOUND = "not found, check NORMLEX"


def convert_links(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of links.csv."""
    return [
        {
            **row,
            "title": TITLES.get(row["title"], row["title"]),
            "content": row["what_it_says_on_social_protection"],
            "source": row["source_id"],
        }
        for row in work.rows("links", country)
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
                "convention": row["convention"],
                "status": NOT_FOUND if inferred else row["status"],
                "year": year[0] if year else "",
                "parts_accepted": row["parts_accepted"],
                "source": row["source_id"],
                "note": join(row["status"] if inferred else "", printed and f"years: {printed}", row["note"]),
            }
        )
    return table


def convert_history(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of history.csv."""
    return [
        {**row, "outcome": row["outcome_if_read"], "source": row["source_id"]} for row in work.rows("history", country)
    ]


def convert_process(work: Conversion, country: str) -> list[dict[str, str]]:
    """Rows of process.csv; a period carries its first year, undated events none."""
    table = []
    for row in work.rows("process", country):
        is_date = re.fullmatch(r"\d{4}(-\d{2}){0,2}", row["date"])
        date = row["date"] if is_date else row["date"][:4] if row["date"][:4].isdigit() else ""
        evidence = row["evidence"] if is_date or not date else f"{row['evidence']} ({row['date']})"
        table.append(
            {
                **row,
                "status": row["status"].replace(" ", "_"),
                "date": date,
                "evidence": evidence,
                "source": row["source_id"],
            }
        )
    return table + work.mapped("notes_process", country)


def convert_sources(work: Conversion, names: set[str]) -> list[dict[str, str]]:
    """Rows of sources.csv for the ids that the pack's rows name."""
    ours = {row["id"]: row for row in work.mapping["sources"]}
    grades = {row["publisher"]: row["grade"] for row in work.mapping["publishers"]}
    return [
        _source(row, ours.get(name, {})) | {"grade": grades.get(name) or grades.get(row["publisher"], "")}
        for name in sorted(names)
        for row in [work.sources[name]]
    ]


def _source(row: dict[str, str], ours: dict[str, str]) -> dict[str, str]:
    address, _, copy = row["address"].partition(" ; read from ")
    read = row["read"].replace("(<=2,000 chars)", "of at most 2,000 characters")
    licence = row["licence"] or "not stated"
    vague = licence in ("cite", "press", "law text", "secondary (law firm)", "see dataset README")
    return {
        "id": row["source_id"],
        "short": ours.get("short", ""),
        "publisher": row["publisher"],
        "title": row["title"],
        "edition": row["edition"],
        "edition_rank": ours.get("edition_rank") or "0",
        "year": row["year"] or year_in(row["edition"]),
        "address": ours.get("address") or address,
        "retrieved_from": ours.get("retrieved_from") or copy,
        "licence": f"not stated ({licence})" if vague else licence,
        "note": join(read and f"read: {read}", ours.get("note", "")),
    }
