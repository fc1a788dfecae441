"""``nasssap workbook`` and ``nasssap scenario import`` as an analyst sees them: a table to bargain on, and what was agreed there."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click
import pandas as pd

from nasssap_lib.budget.sheet_valuation import write_valuation_form
from nasssap_lib.commands.messages import as_given
from nasssap_lib.commands.workbook_files import (
    LONG_LINE,
    aligned,
    given_workbook,
    refused_in,
    spoken_language,
    workbook_path,
)
from nasssap_lib.display.numbers import format_number
from nasssap_lib.display.texts import N_, _, in_language, label, language_name
from nasssap_lib.display.words import counted
from nasssap_lib.errors import PackError, ParameterError
from nasssap_lib.exchange.changes import plain
from nasssap_lib.financing.negotiation import Negotiation, negotiation_of
from nasssap_lib.financing.sheet_places import FROM, FULL, KIND, LEVEL, START, TAKE_UP, TO, VALUE
from nasssap_lib.financing.sheet_reader import Agreed, read_agreed, read_meta
from nasssap_lib.financing.sheet_workbook import compose_workbook, write_workbook
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.scenario import Scenario, apply_scenario, checked_toml, scenario_path, write_scenario
from nasssap_lib.pack.scenario_sense import sense_of_scenario
from nasssap_lib.run.folders import Folders

SOUND, WRONG = 0, 1
SCHEME = re.compile(r"[A-Za-z0-9_-]{1,60}")
WHAT = {
    LEVEL: N_("Level"), TAKE_UP: N_("Take-up, %"), START: N_("First payment"), FULL: N_("Full take-up"), VALUE: N_("% of GDP"),
    KIND: N_("How it comes"), FROM: N_("From year"), TO: N_("To year"),
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Which workbook, where to and in which language; scheme: of a valuation, "" for the negotiating table."""

    country: str
    scheme: str = ""
    language: str = ""
    to: str | None = None
    force: bool = False


def write_asked(asked: Asked, data: str, out: str | None) -> int:
    """Write a country's negotiating table, or the form for a valuation of a scheme; say where it is."""
    pack = read_pack(asked.country, data)
    spoken, path = spoken_language(asked.language, pack), _path(asked, out)
    with in_language(spoken, pack.translations(spoken), pack.country):
        if asked.scheme:
            write_valuation_form(path, pack, asked.scheme)
        else:
            write_workbook(path, compose_workbook(pack, negotiation_of(pack), path.name))
    click.echo(f"{path} · {language_name(spoken)}")
    if not asked.scheme:
        click.echo(as_given(f"When it is agreed on: nasssap scenario import {shlex.quote(str(path))} --name agreed"))
    return SOUND


def _path(asked: Asked, out: str | None) -> Path:
    """Where the workbook goes."""
    if asked.scheme and not SCHEME.fullmatch(asked.scheme):
        raise ParameterError({"--valuation": f"expected the id of a scheme of schemes.csv, got {asked.scheme[:40]!r}"})
    default = Folders.of(out).reports / asked.country / f"{asked.country}_{asked.scheme or 'costing'}.xlsx"
    return workbook_path(asked.to, default, asked.force)


def import_agreed(file: str, name: str, language: str, force: bool, dry_run: bool, data: str) -> int:
    """Read what was agreed, say it in a table, and write it as a scenario of the pack."""
    given = given_workbook(file, language)
    with refused_in(language):
        book, meta = read_meta(given)
        pack, root = read_pack(meta["country"], data), data_root(data)
        path = scenario_path(root, pack.country, name)
        if path.exists() and not (force or dry_run):
            raise ParameterError({"--name": f"there is a scenario {name!r} already; take another name, or --force"})
        with in_language(language, pack.translations(language or "en"), pack.country):
            return _import(read_agreed(book, meta, pack), pack, root, name, dry_run)


def _import(agreed: Agreed, pack, root: Path, name: str, dry_run: bool) -> int:
    if agreed.changes.empty:
        click.echo(_("nothing was changed at the table, so that there is no scenario to write"))
        return SOUND
    for line in change_lines(agreed.changes):
        click.echo(line)
    words = counted(len(agreed.changes), "{n} cell changed at the table", "{n} cells changed at the table")
    scenario = replace(agreed.scenario, name=name, title=_("Agreed at the table"), description=words)
    checked_toml(pack, scenario)
    _say_sense(pack, scenario)
    for line in _effect(negotiation_of(pack), negotiation_of(apply_scenario(pack, scenario))):
        click.echo(line)
    if dry_run:
        click.echo(_("nothing was written"))
        return SOUND
    click.echo(_("written: {path}", path=write_scenario(pack, scenario, root)))
    click.echo(as_given(f"nasssap run {pack.country} --scenario {name}"))
    return SOUND


def _say_sense(pack: Pack, scenario: Scenario) -> None:
    """What was agreed and hardly can be is said, what cannot be is refused."""
    odd = sense_of_scenario(pack, scenario, date.today().year)
    if impossible := [problem for problem in odd if not problem.doubt]:
        raise PackError(impossible)
    for problem in odd:
        click.echo(plain(str(problem), LONG_LINE), err=True)


def change_lines(changes: pd.DataFrame) -> list[str]:
    """What was changed, one line a cell, in columns that stand below each other: option or source, what, from, to, cell.

    Examples
    --------
    >>> changes = pd.DataFrame([("pension", "Pension", "take_up_central", 85.0, 60.0, "F8")],
    ...     columns=["of", "name", "parameter", "before", "after", "cell"])
    >>> print(*change_lines(changes), sep="\\n")
    Option or source | What       | From | To | Cell
    Pension          | Take-up, % | 85   | 60 | F8
    """
    heads = [_("Option or source"), _("What"), _("From"), _("To"), _("Cell")]
    rows = [
        [
            plain(row.name, 60),
            label(WHAT, row.parameter),
            *(_value(row.parameter, cell) for cell in (row.before, row.after)),
            row.cell,
        ]
        for row in changes.set_index("of").itertuples(index=False)
    ]
    return aligned([heads, *rows])


def _value(parameter: str, value) -> str:
    if value is None or value != value:
        return "–"
    if isinstance(value, str):
        return plain(value, 60)
    return str(int(value)) if parameter.endswith("_year") else format_number(value, 6)


def _by_year(table: Negotiation) -> pd.DataFrame:
    """Cost, space that pays for it and what is missing, % of GDP, by year: as the table and the report have them."""
    return 100 * pd.DataFrame({name: table.gap[name] for name in ("cost", "space", "gap")}, index=table.years)


def _effect(before: Negotiation, after: Negotiation) -> list[str]:
    """Net cost, space and gap before and after, in the year in which they differ most, else in the one at which the table opens."""
    rows = [_by_year(table) for table in (before, after)]
    moved = (rows[1] - rows[0]).abs().sum(axis=1, skipna=False).dropna()
    year = int(moved.idxmax()) if len(moved) and moved.max() > 0 else max(before.read_year, after.read_year)
    (net, space, gap), (new_net, new_space, new_gap) = (
        [format_number(value, 2) for value in row.loc[year]] for row in rows
    )
    return [
        _("In {year}, % of GDP: net cost {net} → {new_net} · space {space} → {new_space} · gap {gap} → {new_gap}",
          year=year, net=net, new_net=new_net, space=space, new_space=new_space, gap=gap, new_gap=new_gap)
    ]  # fmt: skip
