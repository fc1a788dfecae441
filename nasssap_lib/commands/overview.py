"""``nasssap list`` and ``check``: countries, how complete and how sound each pack is, and when it last ran."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from nasssap_lib.commands.messages import shortened, shown
from nasssap_lib.costing.checks import take_up_problems
from nasssap_lib.errors import PackError, told_once
from nasssap_lib.files import fault_words
from nasssap_lib.pack.cells import read_cells
from nasssap_lib.pack.folders import countries, data_root
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.schema import TABLES
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.records import read_record

(MEASURES,) = (table for table in TABLES if table.name == "measures")


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
        yield shown(_line(code, root, folders))


def _line(code: str, root: Path, folders: Folders) -> str:
    try:
        pack = read_pack(code, root)
    except PackError as error:
        return f"{code:5} {len(error.problems)} problems: nasssap check {code}"
    except OSError as error:
        return f"{code:5} {fault_words(error)}"
    name = pack.settings.name_en + (" (fictional)" if pack.settings.fictional else "")
    tables = f"{_filled(pack)} of {len(TABLES)}"
    return f"{code:5} {name:22} {tables:>9} {len(pack.facts):7,} {len(pack.schemes):8}  {_last_run(code, folders)}"


def _filled(pack: Pack) -> int:
    named = ("facts" if table.name == "indicators" else table.name for table in TABLES)
    return sum(len(getattr(pack, name)) > 0 for name in named)


def _last_run(code: str, folders: Folders) -> str:
    """When a notebook of the country last ran, whatever its scenario and language, and how many failed."""
    records = [read_record(path.parent) for path in (folders.processed / code).rglob("run.json")]
    runs = [record for record in records if record]
    damaged = len(records) - len(runs)
    words = [max(run["finished"] for run in runs)[:16].replace("T", " ")] if runs else []
    words += [f"{failed} failed"] if (failed := sum(run["status"] != "done" for run in runs)) else []
    words += [f"{damaged} damaged: nasssap run {code}"] if damaged else []
    return ", ".join(words) or "never"


def check_packs(chosen: Sequence[str], data: str = "") -> int:
    """Name every problem of packs, errors and doubts; one that is broken hides no other. The exit code."""
    root, broken = data_root(data), 0
    for code in chosen or countries(root):
        try:
            pack = read_pack(code, root)
            _check_options(pack, root)
        except PackError as error:
            broken += 1
            count = len(error.problems)
            click.secho(f"{shown(code[:40])}: {count:,} problem{'s' if count > 1 else ''}", fg="red", err=True)
            click.echo(shortened(str(error)), err=True)
        except OSError as error:
            broken += 1
            click.secho(f"{shown(code[:40])}: cannot be read", fg="red", err=True)
            click.echo(shortened(fault_words(error)), err=True)
        else:
            _tell_sound(code, pack)
    return 1 if broken else 0


def _tell_sound(code: str, pack: Pack) -> None:
    """What the pack holds, and its doubts: those that a note does not explain line by line."""
    open_doubts = [doubt for doubt in pack.doubts if not doubt.explained]
    explained = len(pack.doubts) - len(open_doubts)
    counts = [f"{len(pack.facts):,} facts", f"{len(pack.schemes)} schemes", f"{len(pack.sources)} sources"]
    counts += [f"{len(open_doubts)} doubt{'s' if len(open_doubts) > 1 else ''}"] if open_doubts else []
    counts += [f"{explained} odd figure{'s' if explained > 1 else ''} published so"] if explained else []
    click.echo(f"{code}: sound ({', '.join(counts)})")
    for line in told_once(open_doubts):
        click.secho(shortened(f"doubt: {line}"), fg="yellow")


def _check_options(pack: Pack, root: Path) -> None:
    """Refuse what no table shows by itself: parameters of options that who is covered already contradicts."""
    cells, _unread = read_cells(root / pack.country / MEASURES.file, f"{pack.country}/{MEASURES.file}")
    if problems := take_up_problems(pack, cells.lines) if cells else []:
        raise PackError(problems)
