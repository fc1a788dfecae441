"""``nasssap dialogue sheet`` and ``collect`` as a facilitator sees them: sheets for the groups, and what came back."""

from __future__ import annotations

from pathlib import Path

import click
import pandas as pd

from nasssap_lib.commands.messages import as_given
from nasssap_lib.dialogue.answers import Collected
from nasssap_lib.dialogue.sheet_writer import Group
from nasssap_lib.dialogue.words import REMARK_KINDS, remark_line, remark_words
from nasssap_lib.display.texts import _, in_language, label, language_fault, language_name
from nasssap_lib.display.words import counted
from nasssap_lib.display.workbooks import problem_words
from nasssap_lib.errors import ParameterError
from nasssap_lib.exchange.changes import plain
from nasssap_lib.exchange.dialogue_sheets import (
    Form,
    collect_sheets,
    open_form,
    read_sheets,
    write_remarks,
    write_sheets,
)
from nasssap_lib.files import check_file, check_folder, expanded
from nasssap_lib.pack.folders import data_root
from nasssap_lib.run.folders import Folders

SOUND, WRONG, STOPPED = 0, 1, 130
LONG_LINE = 1_500  # letters of a remark on the terminal


def write_for_groups(
    country: str,
    groups: tuple[str, ...],
    languages: tuple[str, ...],
    to: str | None,
    force: bool,
    data: str,
    out: str | None,
) -> int:
    """Write a sheet for each group; say where they are."""
    folder = expanded(to) if to else Folders.of(out).reports / country / "dialogue"
    check_folder(folder)
    for sheet in write_sheets(open_form(country, data), folder, groups, languages, force):
        name = sheet.group.name or "for a group that writes its own name"
        click.echo(f"{sheet.path} · {name} · {language_name(sheet.language)}{_about_group(sheet.group)}")
    click.echo(as_given(f"When they are filled in: nasssap dialogue collect {country}{f' {folder}' if to else ''}"))
    return SOUND


def _about_group(group: Group) -> str:
    """What a facilitator should know of a sheet: whose answers it carries, and under which id."""
    known = f" · the pack has this group as {group.id}: no second id, its answers go there" if group.typed else ""
    return known + (" · begins with its earlier answers" if group.answers else "")


def collect_from_groups(
    country: str,
    given: tuple[str, ...],
    language: str,
    dry_run: bool,
    csv: str | None,
    data: str,
    out: str | None,
    influence: tuple[str, ...] = (),
) -> int:
    """Read sheets back, name what is wrong, missing or contradictory, and write the rest into the pack."""
    if fault := language_fault(language):
        raise ParameterError({"--lang": fault})
    if csv:
        check_file(expanded(csv))
    form, root = open_form(country, data), None if dry_run else data_root(data)
    if root:
        check_folder(root / country)
    given = given or (str(Folders.of(out).reports / country / "dialogue"),)
    with in_language(language, form.pack.translations(language or "en"), form.pack.country):
        try:
            return _collect(form, given, csv, root, influence)
        except KeyboardInterrupt:
            click.echo(_("stopped: each table of the pack is as it was, or whole"), err=True)
            return STOPPED


def _collect(form: Form, given: tuple[str, ...], csv: str | None, root: Path | None, influence: tuple[str, ...]) -> int:
    returned = read_sheets(form, given)
    for problem in returned.refused:
        click.echo(plain(_("not read: {problem}", problem=problem_words(problem)), LONG_LINE), err=True)
    if returned.answers.empty:
        click.echo(_("nothing was written: no sheet could be read"), err=True)
        return WRONG
    collected, written = collect_sheets(form, returned.answers, root, influence=influence)
    remarks = remark_words(collected.remarks, form.labels())
    _say_remarks(remarks)
    if csv:
        write_remarks(expanded(csv), remarks)
    for path in written:
        click.echo(_("written: {path}", path=path))
    _say_summary(collected, form.pack.stakeholders, root is None)
    return WRONG if returned.refused or len(collected.mistakes) else SOUND


def _say_remarks(remarks: pd.DataFrame) -> None:
    """One line a remark; what is missing for the same reason stands in one line a group."""
    for kind in REMARK_KINDS:
        rows = remarks[remarks["kind"] == label(REMARK_KINDS, kind)]
        together = ["group", "file", "expected", "remedy"] if kind == "missing" else list(rows.columns)
        for _key, same in rows.groupby(together, sort=False):
            click.echo(plain(remark_line(same), LONG_LINE), err=True)


def _say_summary(collected: Collected, before: pd.DataFrame, dry_run: bool) -> None:
    count = collected.remarks["kind"].value_counts()
    click.echo(
        _(
            "{groups} · {answers} taken · not taken: {wrong} wrong, {contradictory} contradictory · {missing} missing",
            groups=counted(len(collected.files), "{n} group", "{n} groups"),
            answers=counted(len(collected.rows), "{n} answer", "{n} answers"),
            **{kind: count.get(kind, 0) for kind in ("wrong", "contradictory", "missing")},
        )
    )
    if waiting := count.get("unanswered", 0):
        click.echo(counted(waiting, "{n} sheet not answered yet", "{n} sheets not answered yet"))
    _say_influence(collected)
    again = ", ".join(sorted(set(collected.files) & set(before["stakeholder"])))
    if again:
        click.echo(_replaced_words(again, len(collected.kept), dry_run))
    if dry_run or collected.rows.empty:
        click.echo(_("nothing was written"))


def _say_influence(collected: Collected) -> None:
    """Groups whose influence nobody stated yet: the facilitator does, not the group."""
    unknown = collected.rows[collected.rows["influence"].isna()]["stakeholder"].unique()
    if len(unknown):
        option = " ".join(f"--influence {group}=5" for group in unknown)
        click.echo(_("influence not stated, 0 none to 10 decisive: {option}", option=option))


def _replaced_words(groups: str, kept: int, dry_run: bool) -> str:
    replaced = (
        _("would replace what {groups} answered before", groups=groups)
        if dry_run
        else _("replaced what {groups} answered before", groups=groups)
    )
    earlier = counted(kept, "{n} earlier answer", "{n} earlier answers")
    if not kept:
        return replaced
    return _(
        "{replaced}, and {answers} kept where the sheets have none that could be taken",
        replaced=replaced,
        answers=earlier,
    )
