"""What a run keeps beside its results, as others may find it: whole, or cut, emptied or edited by whoever could reach it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from nasssap_lib.files import content_of

RECORD = "run.json"
WORDS = ("scenario", "language")  # parameters that the batch sets itself: texts
NEEDED = {"status": str, "finished": str}
KINDS = NEEDED | {
    "notebook": str, "country": str, "version": str, "message": str, "pack_digest": str, "notebook_sha256": str,
    "parameters": dict, "versions": dict, "tables": dict, "seconds": float,
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
        return record_of(content_of(folder / RECORD))
    except OSError:
        return {}


def record_of(content: bytes) -> dict[str, Any]:
    """What the content of a run.json says; empty where no run wrote it.

    Examples
    --------
    >>> record_of(b'{"status": "do')
    {}
    """
    record = json_object(content)
    try:
        datetime.fromisoformat(record["finished"])
        record = {name: kind() for name, kind in KINDS.items() if name not in NEEDED} | record
        record["seconds"] = float(record["seconds"])
    except (ValueError, KeyError, TypeError, OverflowError):
        return {}
    kinds = all(isinstance(record.get(name), kind) for name, kind in KINDS.items())
    return record if kinds and all(isinstance(record["parameters"].get(name, ""), str) for name in WORDS) else {}


def json_object(content: bytes) -> dict[str, Any]:
    """An object of JSON; empty where the content is none, or half of one.

    Examples
    --------
    >>> json_object(b'{"a": 1}'), json_object(b"[1]"), json_object(b'{"a"')
    ({'a': 1}, {}, {})
    """
    try:
        values = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}
