"""``nasssap plan`` as an analyst sees it: the action plan for those who fill it in, its dates for their calendars, and what came back."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
import pandas as pd

from nasssap_lib.action_plan.ical import compose_calendar
from nasssap_lib.action_plan.sheet_columns import BY_NAME, head_words, option_words, quality_words, shown
from nasssap_lib.action_plan.sheet_reader import read_plan, read_plan_meta
from nasssap_lib.action_plan.sheet_writer import write_plan
from nasssap_lib.commands.messages import as_given
from nasssap_lib.commands.workbook_files import (
    LONG_LINE,
    aligned,
    check_new,
    given_workbook,
    refused_in,
    spoken_language,
    workbook_path,
)
from nasssap_lib.display.numbers import format_number
from nasssap_lib.display.texts import _, in_language, join_beside, label, language_name
from nasssap_lib.errors import NasssapError, PackError
from nasssap_lib.exchange.changes import plain
from nasssap_lib.exchange.plan_sheets import Taken, take_plan, write_taken
from nasssap_lib.files import write_bytes
from nasssap_lib.pack.folders import countries, data_root
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.reasons import reason
from nasssap_lib.run.folders import Folders
from nasssap_lib.terms import PLAN_CHANGES

SOUND = 0
LONG_CELL = 60  # letters of a cell in the table of changes


@dataclass(frozen=True)
class Asked:
    """The plan of which country, where to and in which language."""

    country: str
    language: str = ""
    to: str | None = None
    force: bool = False


def write_asked(asked: Asked, data: str, out: str | None) -> int:
    """Write a country's action plan as a workbook, and its dates as a calendar; say where they are."""
    pack = read_pack(asked.country, data)
    spoken = spoken_language(asked.language, pack)
    path = workbook_path(asked.to, Folders.of(out).reports / asked.country / f"{asked.country}_plan.xlsx", asked.force)
    calendar = path.with_suffix(".ics")
    dates = compose_calendar(pack, date.today().isoformat())
    if dates:
        check_new(calendar, asked.force)
    with in_language(spoken, pack.translations(spoken), pack.country):
        write_plan(path, pack)
    click.echo(f"{path} · {language_name(spoken)}")
    if dates:
        write_bytes(calendar, dates)
        click.echo(f"{calendar} · {len(pack.activities)} dates")
    else:
        click.echo("no calendar: the pack has no action plan yet, so that there are no dates")
    click.echo(as_given(f"When it is filled in: nasssap plan import {shlex.quote(str(path))}"))
    return SOUND


def import_plan(file: str, language: str, force: bool, dry_run: bool, data: str) -> int:
    """Read the matrix back, say every change, and write it into the pack."""
    given = given_workbook(file, language)
    with refused_in(language):
        book, meta = read_plan_meta(given)
        root = data_root(data)
        write = reason("write_plan_again", country=meta["country"])
        book.must(meta["country"] in countries(root), reason("plan_of_country"), write, meta["country"])
        pack = read_pack(meta["country"], root)
        with in_language(language, pack.translations(language or "en"), pack.country):
            return _import(_taken(read_plan(book, meta, pack), pack, root, force), pack, root, dry_run)


def _taken(returned, pack: Pack, root: Path, force: bool) -> Taken:
    """What is taken; what the pack's own check says against it, in lines as of the workbook."""
    try:
        return take_plan(returned, pack, root, force)
    except PackError as error:
        lines = [plain(str(problem), LONG_LINE) for problem in error.problems]
        raise NasssapError("\n".join([*lines, _("nothing was taken")])) from error


def _import(taken: Taken, pack: Pack, root: Path, dry_run: bool) -> int:
    if taken.changes.empty:
        click.echo(_("nothing was changed"))
        return SOUND
    for line in change_lines(taken.changes, pack):
        click.echo(line)
    if len(taken.kinds):  # quality and source alone are none
        click.echo(kind_words(taken.kinds))
    for problem in taken.doubts:
        click.echo(plain(str(problem), LONG_LINE), err=True)
    if dry_run:
        click.echo(_("nothing was written"))
        return SOUND
    click.echo(_("written: {path}", path=write_taken(taken, pack, root)))
    click.echo(as_given(f"nasssap run {pack.country} --notebook 05_action_plan"))
    return SOUND


def kind_words(kinds: pd.DataFrame) -> str:
    """How many changes of each kind there are.

    Parameters
    ----------
    kinds : result of ``action_plan.compare_plans``

    Examples
    --------
    >>> kind_words(pd.DataFrame({"change": ["moved", "recosted", "moved"]}))
    'Moved in time: 2 · Other cost: 1'
    """
    counts = kinds["change"].value_counts(sort=False)
    said = [_("{what}: {n}", what=label(PLAN_CHANGES, code), n=count) for code, count in counts.items()]
    return join_beside(said)


def change_lines(changes: pd.DataFrame, pack: Pack) -> list[str]:
    """Every change of a cell in a line: activity, what, from, to, cell.

    Parameters
    ----------
    changes : result of ``sheet_changes.change_plan``
    pack : the country
    """
    heads = [_("No."), _("Activity"), _("What"), _("From"), _("To"), _("Cell")]
    options, qualities = option_words(pack), quality_words(pack.settings.fictional)
    rows = []
    for row in changes.itertuples():
        what = head_words(row.column, pack.settings.currency) if row.column in BY_NAME else row.column
        cells = [_value(row.column, text, options, qualities) for text in (row.before, row.after)]
        if row.change == "removed":
            what, cells = label(PLAN_CHANGES, "removed"), ["–", "–"]
        rows.append([row.id, plain(row.name, 40), what, *cells, row.cell])
    return aligned([heads, *rows])


def _value(column: str, text: str, options: dict[str, str], qualities: dict[str, str]) -> str:
    """A cell as the workbook shows it."""
    if not text and column != "measure":
        return "–"
    if column not in BY_NAME:
        return plain(text, LONG_CELL)
    value = shown(BY_NAME[column], text, options, qualities)
    return format_number(value, 6) if isinstance(value, float) else plain(value, LONG_CELL)
