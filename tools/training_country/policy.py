"""The dialogue about the options of the training country: weights, positions, and who pays and receives which share.

Texts and parameters are in training_country/tables.
"""

from __future__ import annotations

from pathlib import Path

from figures_to_pack.reading import read_rows

TABLES = Path(__file__).parent / "tables"
CRITERIA = ("newly_covered", "cost", "readiness", "unmet_need", "equity")


def written(table: str) -> list[dict[str, str]]:
    """Rows of a table that was written by hand."""
    return read_rows(TABLES / f"{table}.csv")


def stakeholder_rows() -> list[dict]:
    """Rows of stakeholders.csv: weights, positions, and each group's share of the cost and of the benefits of each option, %."""
    rows = []
    for group in written("stakeholders"):
        who = {name: group[name] for name in ("stakeholder", "name", "kind", "influence")}
        said = [row for row in written("positions") if row["stakeholder"] == group["stakeholder"]]
        rows += [who | {"about": "weight", "item": name, "value": group[name]} for name in CRITERIA]
        rows += [who | _position(row) for row in said] + [who | share for row in said for share in _shares(row)]
    return rows


def _position(row: dict[str, str]) -> dict:
    return {"about": "position", "item": row["option"], "value": row["position"], "reason": row["reason"]}


def _shares(row: dict[str, str]) -> list[dict]:
    shares = {"pays": row["pays"], "receives": row["gains"]}
    return [
        {"about": about, "item": row["option"], "value": f"{100 * float(share):g}", "reason": ""}
        for about, share in shares.items()
    ]
