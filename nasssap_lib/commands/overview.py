"""``nasssap list``: countries, how complete each pack is, and when it last ran."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from nasssap_lib.errors import PackError
from nasssap_lib.pack.folders import countries, data_root
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.schema import TABLES
from nasssap_lib.run.folders import Folders


def list_packs(data: str = "", out: str | None = None) -> Iterator[str]:
    """One line a country: code, name, tables filled, figures, problems, and the last run.

    Examples
    --------
    >>> next(list_packs()).split()[0]
    'code'
    """
    root, folders = data_root(data), Folders.of(out)
    yield f"{'code':5} {'country':22} {'tables':>9} {'facts':>7} {'schemes':>8}  last run"
    for code in countries(root):
        yield _line(code, root, folders)


def _line(code: str, root: Path, folders: Folders) -> str:
    try:
        pack = read_pack(code, root)
    except PackError as error:
        return f"{code:5} {len(error.problems)} problems: nasssap check {code}"
    name = pack.settings.name_en + (" (fictional)" if pack.settings.fictional else "")
    tables = f"{_filled(pack)} of {len(TABLES)}"
    return f"{code:5} {name:22} {tables:>9} {len(pack.facts):7,} {len(pack.schemes):8}  {_last_run(code, folders)}"


def _filled(pack: Pack) -> int:
    named = ("facts" if table.name == "indicators" else table.name for table in TABLES)
    return sum(len(getattr(pack, name)) > 0 for name in named)


def _last_run(code: str, folders: Folders) -> str:
    """When a notebook of the country last ran, whatever its scenario and language, and how many failed."""
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in (folders.processed / code).rglob("run.json")]
    if not runs:
        return "never"
    failed = sum(run["status"] != "done" for run in runs)
    return max(run["finished"] for run in runs)[:16].replace("T", " ") + (f", {failed} failed" if failed else "")
