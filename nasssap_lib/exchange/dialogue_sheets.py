"""``nasssap dialogue sheet`` and ``collect`` as a facilitator sees them: sheets for the groups, and what came back."""

from __future__ import annotations

import datetime
import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import pandas as pd

from nasssap_lib.costing.options import assess_options
from nasssap_lib.dialogue.answers import KINDS, Collected, collect_answers
from nasssap_lib.dialogue.questions import draft_questions, question_labels
from nasssap_lib.dialogue.sheet_reader import SheetError, read_dialogue_sheet
from nasssap_lib.dialogue.sheet_writer import Group, write_dialogue_sheet
from nasssap_lib.display.texts import in_language
from nasssap_lib.display.words import counted
from nasssap_lib.errors import NasssapError, ParameterError
from nasssap_lib.exchange.archive import DEVICES
from nasssap_lib.exchange.changes import no_formula, plain, write_text
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import data_root, read_pack
from nasssap_lib.pack.writing import replace_rows
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.run.folders import Folders
from nasssap_lib.terms import LANGUAGES

SOUND, WRONG = 0, 1
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
MOST_SHEETS = 200
LONG_LINE = 1_500  # letters of a remark on the terminal
BLANK = "group"


@dataclass(frozen=True)
class Form:
    """What is asked about a country's options."""

    pack: Pack
    options: pd.DataFrame
    questions: pd.DataFrame
    labels: dict[str, str]

    @property
    def groups(self) -> pd.DataFrame:
        """Groups that the pack holds."""
        return self.pack.stakeholders.drop_duplicates("stakeholder")[["stakeholder", "name", "kind", "influence"]]


def open_form(country: str, data: str) -> Form:
    """The questions about a country's options.

    Raises
    ------
    NasssapError : the pack holds no option
    """
    pack = read_pack(country, data)
    options = assess_options(pack)
    if options.empty:
        raise NasssapError(f"{country}: no option to ask about; fill measures.csv, one row an option")
    criteria = assess_criteria(pack, options)
    questions = draft_questions(criteria, options)
    return Form(pack, options, questions, question_labels(questions, criteria, options))


def write_sheets(
    country: str, groups: Sequence[str], languages: Sequence[str], to: str | None, force: bool, data: str, out: str | None
) -> int:  # fmt: skip
    """Write a sheet for each group; say where they are."""
    form = open_form(country, data)
    settings, chosen = form.pack.settings, chosen_groups(groups, form.groups)
    spoken = spoken_languages(languages, settings.language, [group.id for group in chosen])
    folder = Path(to).expanduser() if to else Folders.of(out).reports / country / "dialogue"
    paths = {group.id: folder / f"{country}_{group.id or BLANK}.xlsx" for group in chosen}
    there = [path.name for path in paths.values() if path.exists()]
    if there and not force:
        raise ParameterError(
            {", ".join(there): "already there, perhaps filled in; take another folder with --to, or --force"}
        )
    for group in chosen:
        language = spoken[group.id]
        place = {"code": country, "name": getattr(settings, f"name_{language}", settings.name_en)}
        with in_language(language):
            write_dialogue_sheet(
                paths[group.id], group, form.questions, form.labels, form.options, place, language, settings.fictional
            )
        click.echo(
            f"{paths[group.id]} · {group.name or 'for a group that writes its own name'} · {LANGUAGES[language]}"
        )
    click.echo(f"When they are filled in: nasssap dialogue collect {country}{f' {folder}' if to else ''}")
    return SOUND


def chosen_groups(wanted: Sequence[str], known: pd.DataFrame) -> list[Group]:
    """The groups that get a sheet: those named, else those of the pack, else one blank sheet.

    Raises
    ------
    ParameterError : neither the id of a group of the pack nor ID=NAME, or one id twice

    Examples
    --------
    >>> chosen_groups(["unions=Congress of Unions"], pd.DataFrame(columns=["stakeholder", "name", "kind"]))
    [Group(id='unions', name='Congress of Unions', kind='')]
    """
    there = {
        row.stakeholder: Group(row.stakeholder, row.name_, row.kind)
        for row in known.rename(columns={"name": "name_"}).itertuples()
    }
    if not wanted:
        return list(there.values()) or [Group()]
    chosen, wrong = [], {}
    for text in wanted:
        code, equals, name = text.partition("=")
        twice = code.casefold() in [group.id.casefold() for group in chosen]
        if DEVICES.fullmatch(code):
            wrong[text] = f"{code} is a name that Windows keeps for itself; take another id"
        elif not CODE.fullmatch(code) or (equals and not name.strip()) or twice:
            wrong[text] = (
                "expected ID=NAME, each id once, of letters a to z, digits, _ and -, as in --group 'unions=Trade Unions'"
            )
        elif not equals and code not in there:
            wrong[text] = f"no group of the pack; it holds {', '.join(there) or 'none'}. For a new one: {code}=NAME"
        else:
            chosen.append(
                Group(code, name.strip(), there[code].kind if code in there else "") if equals else there[code]
            )
    if wrong:
        raise ParameterError(wrong)
    return chosen


def spoken_languages(given: Sequence[str], usual: str, groups: Iterable[str]) -> dict[str, str]:
    """The language of each group's sheet.

    Raises
    ------
    ParameterError : no language of the suite, or no such group

    Examples
    --------
    >>> spoken_languages(["fr", "unions=en"], "es", ["unions", "employers"])
    {'unions': 'en', 'employers': 'fr'}
    """
    pairs = [text.partition("=") if "=" in text else ("", "", text) for text in given]
    spoken, groups = dict.fromkeys(groups, usual), list(groups)
    wrong = [pair for pair in pairs if pair[2] not in LANGUAGES or (pair[0] and pair[0] not in spoken)]
    if wrong:
        expected = f"expected one of {', '.join(LANGUAGES)}, or GROUP=one of them"
        raise ParameterError({"--lang": f"{expected}, got {', '.join(map(''.join, wrong))}"})
    for group, _, language in sorted(pairs):  # what is said for all comes before what is said for one
        spoken |= dict.fromkeys([group] if group else groups, language)
    return spoken


def collect_sheets(
    country: str, given: Sequence[str], dry_run: bool, csv: str | None, data: str, out: str | None,
    today: datetime.date | None = None,
) -> int:  # fmt: skip
    """Read sheets back, name what is wrong, missing or contradictory, and write the rest into the pack."""
    form = open_form(country, data)
    files, refused = sheet_files(given or [str(Folders.of(out).reports / country / "dialogue")])
    answers, broken = read_sheets(files, country)
    refused += broken
    for message in refused:
        click.echo(plain(f"not read: {message}", LONG_LINE), err=True)
    if not answers:
        click.echo("nothing was written: no sheet could be read", err=True)
        return WRONG
    before = form.pack.stakeholders
    collected = collect_answers(pd.concat(answers, ignore_index=True), form.questions, form.labels, before)
    _say_remarks(collected)
    if csv:
        text = collected.remarks.map(no_formula).to_csv(index=False, lineterminator="\n")
        write_text(Path(csv), "\N{ZERO WIDTH NO-BREAK SPACE}" + text)  # the mark by which Excel knows UTF-8
    if not dry_run and len(collected.rows):
        _write(form.pack, collected, data_root(data), today or datetime.date.today())
    _say_summary(collected, before, dry_run)
    return WRONG if refused or len(collected.mistakes) or not len(collected.rows) else SOUND


def sheet_files(given: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Workbooks named one by one or by their folder, and why other files of a folder are not read.

    What Excel and LibreOffice keep beside an open file is passed over.

    Raises
    ------
    ParameterError : a place that is not there, or nothing at all in a folder
    """
    files: dict[Path, Path] = {}
    passed = []
    for text in given:
        path = Path(text).expanduser()
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        inside = [
            file for file in inside if not file.name.startswith(("~$", ".")) and not (path.is_dir() and file.is_dir())
        ]
        if not path.exists() or not inside:
            raise ParameterError({text: "expected a workbook, or a folder with workbooks of nasssap dialogue sheet"})
        found = [file for file in inside if file.suffix.lower() == ".xlsx" or not path.is_dir()]
        passed += [f"{file.name}: save it as an Excel workbook (.xlsx)" for file in inside if file not in found]
        files |= {file.resolve(): file.absolute() for file in reversed(found) if file.resolve() not in files}
    if len(files) > MOST_SHEETS:
        raise ParameterError({"FILES": f"expected at most {MOST_SHEETS} workbooks, got {len(files)}"})
    return sorted(files.values()), passed


def read_sheets(files: Sequence[Path], country: str) -> tuple[list[pd.DataFrame], list[str]]:
    """The answers of each sheet, and why some could not be read; each file has a name of its own, as short as can be."""
    answers, refused = [], []
    for file in files:
        names = (file.name, f"{file.parent.name}/{file.name}", str(file))
        shorter = [[other.name, f"{other.parent.name}/{other.name}", str(other)] for other in files if other != file]
        name = next(name for level, name in enumerate(names) if name not in [other[level] for other in shorter])
        try:
            answers.append(read_dialogue_sheet(file, country, name))
        except SheetError as error:
            refused.append(str(error))
    return answers, refused


def _say_remarks(collected: Collected) -> None:
    """One line a remark; what is missing for the same reason stands in one line a group."""
    for kind in KINDS:
        rows = collected.remarks[collected.remarks["kind"] == kind]
        together = ["group", "file", "expected", "remedy"] if kind == "missing" else list(rows.columns)
        for _, same in rows.groupby(together, sort=False):
            click.echo(plain(remark_line(same), LONG_LINE), err=True)


def remark_line(rows: pd.DataFrame) -> str:
    """Remarks of one kind, group and reason in words."""
    row = rows.iloc[0]
    asked, where = "; ".join(rows["question"]), ", ".join(filter(None, [row["file"], *rows["place"].head(3)]))
    got = f"got {row['answer']!r}, " if row["answer"] else ""
    who = f"{row['group']} · " if row["group"] else ""
    text = f"{row['kind']}: {who}{asked}: {got}expected {row['expected']}; {row['remedy']}"
    return f"{text} [{where}{' …' if len(rows) > 3 else ''}]" if where else text


def _say_summary(collected: Collected, before: pd.DataFrame, dry_run: bool) -> None:
    count = collected.remarks["kind"].value_counts()
    click.echo(
        f"{counted(len(collected.files), '{n} group', '{n} groups')} · "
        f"{counted(len(collected.rows), '{n} answer', '{n} answers')} taken · not taken: "
        f"{count.get('wrong', 0)} wrong, {count.get('contradictory', 0)} contradictory · {count.get('missing', 0)} missing"
    )
    again = sorted(set(collected.files) & set(before["stakeholder"]))
    if again:
        kept = (
            f", and {counted(len(collected.kept), '{n} earlier answer', '{n} earlier answers')} kept "
            "where the sheets have none that could be taken"
            if len(collected.kept)
            else ""
        )
        click.echo(f"{'would replace' if dry_run else 'replaced'} what {', '.join(again)} answered before{kept}")
    if dry_run or collected.rows.empty:
        click.echo("nothing was written")


def _write(pack: Pack, collected: Collected, root: Path, today: datetime.date) -> None:
    """Put the answers into the pack, each group as a source of its own; what is kept keeps its source."""
    ids = {stakeholder: f"DIALOGUE-{stakeholder}"[:80] for stakeholder in collected.files}
    quality = "illustrative" if pack.settings.fictional else "observed"
    rows = collected.rows.assign(quality=quality, source=collected.rows["stakeholder"].map(ids))
    names = rows.drop_duplicates("stakeholder").set_index("stakeholder")["name"]
    sources = pd.DataFrame([
        {"id": ids[key], "short": f"{textwrap.shorten(name, 29, placeholder='…')}, dialogue", "publisher": name,
         "title": "Answers on the sheet of the national dialogue", "edition": today.isoformat(), "edition_rank": 0,
         "year": today.year, "retrieved_from": f"sheet {collected.files[key]}", "licence": "as agreed in the dialogue"}
        for key, name in names.items()
    ])  # fmt: skip
    said = pd.concat([collected.kept, rows], ignore_index=True) if len(collected.kept) else rows
    for path in replace_rows(root, pack.country, {"sources": (sources, "id"), "stakeholders": (said, "stakeholder")}):
        click.echo(f"written: {path}")
