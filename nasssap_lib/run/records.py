"""run.json as others may find it: whole, or cut, emptied or edited by whoever could reach it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

NEEDED = {"status": str, "finished": str}
KINDS = NEEDED | {
    "notebook": str, "country": str, "message": str, "pack_digest": str, "notebook_sha256": str,
    "parameters": dict, "versions": dict, "tables": dict,
}  # fmt: skip


def read_record(folder: Path) -> dict[str, Any]:
    """What run.json of a notebook's result tables says; empty where it is not there, or is none that a run wrote.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> _ = (folder / "run.json").write_text('{"status": "do', encoding="utf-8")
    >>> read_record(folder)
    {}
    """
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        datetime.fromisoformat(record["finished"])
        record = {name: kind() for name, kind in KINDS.items() if name not in NEEDED} | record
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return record if all(isinstance(record.get(name), kind) for name, kind in KINDS.items()) else {}
