"""``nasssap list``: countries, how much each pack holds, and when it last ran. Rows are counted, not checked: this loads no pandas."""

from __future__ import annotations

import csv
import errno
import tomllib
from collections.abc import Iterator
from pathlib import Path

from nasssap_lib.commands.messages import as_given, shown
from nasssap_lib.errors import NasssapError
from nasssap_lib.files import fault_words
from nasssap_lib.pack.folders import countries, data_root
from nasssap_lib.pack.schema import TABLES
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.records import read_record


def list_packs(data: str = "", out: str | None = None) -> Iterator[str]:
    """One line a country: code, name, tables filled, figures, schemes, and the last run.

    Raises
    ------
    NasssapError : a file where the folder of a run is to be

    Examples
    --------
    >>> next(list_packs()).split()[0]
    'code'
    """
    if out and Path(out).is_file():
        raise NasssapError(fault_words(NotADirectoryError(errno.ENOTDIR, "", out)))
    root, folders = data_root(data), Folders.of(out)
    codes = countries(root)
    if not codes:
        yield as_given(f"no country pack under {root}: nasssap new-country GHA makes an empty one")
        return
    yield f"{'code':5} {'country':22} {'tables':>9} {'facts':>7} {'schemes':>8}  last run"
    for code in codes:
        yield shown(as_given(_line(code, root, folders)))


def _line(code: str, root: Path, folders: Folders) -> str:
    try:
        name = _name(root / code / "country.toml")
        rows = {table.name: _count_rows(root / code / table.file) for table in TABLES}
    except OSError as error:
        return f"{code:5} {fault_words(error)}"
    except (ValueError, KeyError, TypeError, RecursionError, csv.Error):  # ValueError: no TOML, or not UTF-8
        return f"{code:5} cannot be read: nasssap check {code}"
    tables = f"{sum(count > 0 for count in rows.values())} of {len(TABLES)}"
    numbers = f"{tables:>9} {rows['indicators']:7,} {rows['schemes']:8,}"
    return f"{code:5} {name:22} {numbers}  {_last_run(code, folders)}"


def _name(path: Path) -> str:
    settings = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    return f"{settings['name_en']}{' (fictional)' if settings.get('fictional') is True else ''}"


def _count_rows(path: Path) -> int:
    """Rows of a table below its header that hold anything; 0 where a pack does without the table."""
    if not path.is_file():
        return 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        return max(sum(any(map(str.strip, row)) for row in csv.reader(file)) - 1, 0)


def _last_run(code: str, folders: Folders) -> str:
    """When a notebook of the country last ran, whatever its scenario and language, and how many failed."""
    records = [read_record(path.parent) for path in (folders.processed / code).rglob("run.json")]
    runs = [record for record in records if record]
    damaged = len(records) - len(runs)
    words = [max(run["finished"] for run in runs)[:16].replace("T", " ")] if runs else []
    words += [f"{failed} failed"] if (failed := sum(run["status"] != "done" for run in runs)) else []
    words += [f"{damaged} damaged: nasssap run {code}"] if damaged else []
    return ", ".join(words) or "never"
