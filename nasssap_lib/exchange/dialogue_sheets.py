"""Sheets of a dialogue as files: written for the groups at the table, and what came back put into the pack."""

from __future__ import annotations

import datetime
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from nasssap_lib.costing.options import assess_options
from nasssap_lib.dialogue.answer_sheet import read_number
from nasssap_lib.dialogue.answers import MOST_INFLUENCE, Collected, collect_answers
from nasssap_lib.dialogue.earlier import earlier_answers
from nasssap_lib.dialogue.questions import draft_questions
from nasssap_lib.dialogue.sheet_reader import read_dialogue_sheet
from nasssap_lib.dialogue.sheet_writer import Country, Group, write_dialogue_sheet
from nasssap_lib.dialogue.words import REMARK_HEADS, question_labels
from nasssap_lib.display.texts import _, in_language, language_fault, languages, named
from nasssap_lib.errors import NasssapError, ParameterError
from nasssap_lib.exchange.archive import DEVICES
from nasssap_lib.files import expanded, write_text
from nasssap_lib.names import alike, one_form
from nasssap_lib.pack.csv_text import csv_text
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.workbooks import SheetProblem, WorkbookError
from nasssap_lib.pack.writing import replace_rows
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.reasons import reason

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
MOST_SHEETS = 200
BLANK = "group"


@dataclass(frozen=True)
class Form:
    """What is asked about a country's options, which are assessed when somebody looks at them: what is refused is refused before."""

    pack: Pack

    @cached_property
    def options(self) -> pd.DataFrame:
        """What is asked about, see :func:`nasssap_lib.costing.options.assess_options`."""
        return assess_options(self.pack)

    @cached_property
    def questions(self) -> pd.DataFrame:
        """What is asked, see :func:`nasssap_lib.dialogue.questions.draft_questions`."""
        return draft_questions(assess_criteria(self.pack, self.options), self.options)

    @property
    def groups(self) -> pd.DataFrame:
        """Groups that the pack holds."""
        return self.pack.stakeholders.drop_duplicates("stakeholder")[["stakeholder", "name", "kind", "influence"]]

    def earlier(self, group: str) -> dict[tuple[str, str], str | float]:
        """What a group answered in an earlier round."""
        said = self.pack.stakeholders
        return earlier_answers(said[said["stakeholder"] == group], self.questions)

    def labels(self) -> dict[str, str]:
        """Id of a question → its words, in the language that is spoken."""
        return question_labels(self.questions, self.options)


@dataclass(frozen=True)
class Written:
    """A sheet that was written: for whom, where, in which language."""

    path: Path
    group: Group
    language: str


@dataclass(frozen=True)
class Returned:
    """What came back from the table.

    answers : of all sheets that could be read · refused : what is wrong with the others
    """

    answers: pd.DataFrame
    refused: list[SheetProblem]


def open_form(country: str, data: str) -> Form:
    """The questions about a country's options.

    Raises
    ------
    NasssapError : the pack holds no option
    """
    pack = read_pack(country, data)
    if pack.measures.empty:
        raise NasssapError(f"{country}: no option to ask about; fill measures.csv, one row an option")
    return Form(pack)


def write_sheets(
    form: Form, folder: Path, groups: Sequence[str] = (), spoken: Sequence[str] = (), force: bool = False
) -> list[Written]:
    """Write a sheet for each group.

    Parameters
    ----------
    form : what is asked
    folder : where to
    groups : ids of groups, or ID=NAME; none: those of the pack, see :func:`chosen_groups`
    spoken : languages, see :func:`spoken_languages`; none: the country's
    force : replace sheets that are there

    Raises
    ------
    ParameterError : a sheet is there already and may be filled in
    """
    settings, chosen = form.pack.settings, chosen_groups(groups, form.groups)
    language = spoken_languages(spoken, settings.language, [group.typed or group.id for group in chosen])
    names = [group.typed or group.id for group in chosen]
    sheets = [
        Written(folder / f"{form.pack.country}_{name or BLANK}.xlsx", group, language[name])
        for name, group in zip(names, chosen, strict=True)
    ]
    there = [sheet.path.name for sheet in sheets if sheet.path.exists()]
    if there and not force:
        raise ParameterError(
            {", ".join(there): "already there, perhaps filled in; take another folder with --to, or --force"}
        )
    sheets = [replace(sheet, group=replace(sheet.group, answers=form.earlier(sheet.group.id))) for sheet in sheets]
    for sheet in sheets:
        with in_language(sheet.language, form.pack.translations(sheet.language), form.pack.country):
            country = Country(form.pack.country, named(settings.name_en), settings.fictional)
            write_dialogue_sheet(sheet.path, sheet.group, form.questions, form.labels(), form.options, country)
    return sheets


def chosen_groups(wanted: Sequence[str], known: pd.DataFrame) -> list[Group]:
    """The groups that get a sheet: those named, else those of the pack, else one blank sheet.

    Raises
    ------
    ParameterError : neither the id of a group of the pack nor ID=NAME, or one id twice

    Examples
    --------
    >>> (group,) = chosen_groups(["unions=Congress of Unions"], pd.DataFrame(columns=["stakeholder", "name", "kind"]))
    >>> group.id, group.name
    ('unions', 'Congress of Unions')
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
        group = Group(code, one_form(name), there[code].kind if code in there else "") if equals else there.get(code)
        if group is None or not group.name or not CODE.fullmatch(code) or DEVICES.fullmatch(code):
            wrong[text] = _fault_of_group(code, bool(equals), list(there))
            continue
        group = _as_known(group, there)
        if group.typed in there:
            wrong[text] = f"the pack has a group of this name as {group.id}: --group {group.id}, or another name"
        elif any(_same(group, other) for other in chosen):
            wrong[text] = "expected each id once, and each group: its answers would count twice"
        chosen.append(group)
    if wrong:
        raise ParameterError(wrong)
    return chosen


def _fault_of_group(code: str, named: bool, known: list[str]) -> str:
    """What is wrong with a word that should name a group."""
    if DEVICES.fullmatch(code):
        return f"{code} is a name that Windows keeps for itself; take another id"
    if named or not CODE.fullmatch(code):
        return "expected ID=NAME, each id once, of letters a to z, digits, _ and -, as in --group 'unions=Trade Unions'"
    return f"no group of the pack; it holds {', '.join(known) or 'none'}. For a new one: {code}=NAME"


def _as_known(group: Group, there: Mapping[str, Group]) -> Group:
    """The group under the id that the pack has for its name, so that no group counts twice."""
    known = next((each for each in there.values() if alike(each.name) == alike(group.name)), group)
    return group if known.id == group.id else replace(known, typed=group.id)


def _same(group: Group, other: Group) -> bool:
    """Would two sheets be of one group, or one file?"""
    names = {each.typed.casefold() or each.id.casefold() for each in (group, other)}
    ids = {each.id.casefold() for each in (group, other)}
    return len(names) == 1 or len(ids) == 1 or alike(group.name) == alike(other.name)


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
    wrong = [pair for pair in pairs if language_fault(pair[2]) or (pair[0] and pair[0] not in spoken)]
    if wrong:
        expected = f"expected one of {', '.join(languages())}, or GROUP=one of them"
        raise ParameterError({"--lang": f"{expected}, got {', '.join(map(''.join, wrong))}"})
    for group, _equals, language in sorted(pairs):  # what is said for all comes before what is said for one
        spoken |= dict.fromkeys([group] if group else groups, language)
    return spoken


def read_sheets(form: Form, given: Sequence[str]) -> Returned:
    """The answers of each sheet, and why some could not be read.

    Parameters
    ----------
    form : what was asked
    given : workbooks, or folders of them, see :func:`sheet_files`
    """
    files, refused = sheet_files(given)
    answers = []
    for file, name in zip(files, short_names(files), strict=True):
        try:
            answers.append(read_dialogue_sheet(file, form.pack.country, name))
        except WorkbookError as error:
            refused += error.problems
    return Returned(pd.concat(answers, ignore_index=True) if answers else pd.DataFrame(), refused)


def collect_sheets(
    form: Form,
    answers: pd.DataFrame,
    root: Path | None = None,
    today: datetime.date | None = None,
    influence: Sequence[str] = (),
) -> tuple[Collected, list[Path]]:
    """What can be taken from the answers, and the files of the pack into which it was written.

    Parameters
    ----------
    form : what was asked
    answers : of :func:`read_sheets`
    root : data folder of the pack; None: nothing is written
    today : date of the answers; None: that of the machine
    influence : of groups on the decision, ID=0 to 10, as the facilitator states it

    Raises
    ------
    ParameterError : an influence that is no number from 0 to 10, or of a group of which nothing was taken
    """
    stated = stated_influence(influence)
    collected = collect_answers(answers, form.questions, form.pack.stakeholders, stated)
    if unknown := [group for group in stated if group not in collected.files]:
        groups = ", ".join(collected.files) or "none"
        raise ParameterError(
            {"--influence": f"nothing was taken of {', '.join(unknown)}; groups of these sheets: {groups}"}
        )
    if root is None or collected.rows.empty:
        return collected, []
    return collected, _write(form.pack, collected, root, today or datetime.date.today())


def stated_influence(given: Sequence[str]) -> dict[str, float]:
    """The influence of groups as shares 0–1, from what a facilitator types.

    Raises
    ------
    ParameterError : not ID=NUMBER, or a number that is not from 0 to 10

    Examples
    --------
    >>> stated_influence(["unions=7", "women=3,5"])
    {'unions': 0.7, 'women': 0.35}
    """
    pairs = [text.rpartition("=") for text in given]
    numbers = [read_number(number) for _id, _equals, number in pairs]
    wrong = [
        text
        for text, (group, _equals, _number), value in zip(given, pairs, numbers, strict=True)
        if not group or value is None or not 0 <= value <= MOST_INFLUENCE
    ]
    if wrong:
        raise ParameterError({"--influence": f"expected GROUP=0 (none) to 10 (decisive), got {', '.join(wrong)}"})
    return {group: value / MOST_INFLUENCE for (group, _equals, _number), value in zip(pairs, numbers, strict=True)}


def write_remarks(path: Path, remarks: pd.DataFrame) -> None:
    """Remarks as CSV, for Excel, to send back to the groups; nothing in it is run by a spreadsheet.

    Parameters
    ----------
    path : of the file
    remarks : texts: result of ``words.remark_words``
    """
    headed = remarks.rename(columns={name: _(words) for name, words in REMARK_HEADS.items()})
    write_text(path, csv_text(headed, byte_order=True))


def sheet_files(given: Sequence[str]) -> tuple[list[Path], list[SheetProblem]]:
    """Workbooks named one by one or by their folder, and why other files of a folder are not read.

    What Excel and LibreOffice keep beside an open file is passed over.

    Raises
    ------
    ParameterError : a path that is not there, or nothing at all in a folder
    """
    files: dict[Path, Path] = {}
    passed = []
    for text in given:
        path = expanded(text)
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        inside = [
            file for file in inside if not file.name.startswith(("~$", ".")) and not (path.is_dir() and file.is_dir())
        ]
        if not path.exists() or not inside:
            raise ParameterError({text: "expected a workbook, or a folder with workbooks of nasssap dialogue sheet"})
        books = [file for file in inside if file.suffix.lower() == ".xlsx" or not path.is_dir()]
        expected, save = reason("excel_workbook"), reason("save_as_xlsx")
        passed += [SheetProblem(file.name, 0, "", "", expected, save) for file in inside if file not in books]
        files |= {file.resolve(): file.absolute() for file in reversed(books) if file.resolve() not in files}
    if len(files) > MOST_SHEETS:
        raise ParameterError({"FILES": f"expected at most {MOST_SHEETS} workbooks, got {len(files)}"})
    return sorted(files.values()), passed


def short_names(files: Sequence[Path]) -> list[str]:
    """A name of its own for each file, as short as can be.

    Examples
    --------
    >>> short_names([Path("/a/x.xlsx"), Path("/b/x.xlsx"), Path("/b/y.xlsx")])
    ['a/x.xlsx', 'b/x.xlsx', 'y.xlsx']
    """
    levels = [[file.name, f"{file.parent.name}/{file.name}", str(file)] for file in files]
    return [
        next(name for level, name in enumerate(names) if [other[level] for other in levels].count(name) == 1)
        for names in levels
    ]


def _write(pack: Pack, collected: Collected, root: Path, today: datetime.date) -> list[Path]:
    """Put the answers into the pack, each group as a source of its own; what is kept keeps its source."""
    ids = {stakeholder: f"DIALOGUE-{stakeholder}"[:80] for stakeholder in collected.files}
    quality = "illustrative" if pack.settings.fictional else "observed"
    rows = collected.rows.assign(quality=quality, source=collected.rows["stakeholder"].map(ids))
    names = rows.drop_duplicates("stakeholder").set_index("stakeholder")["name"]
    with in_language(pack.settings.prose if pack.settings.prose in languages() else "en"):
        title, terms = _("Answers on the sheet of the national dialogue"), _("as agreed in the dialogue")
    sources = pd.DataFrame([
        {"id": ids[key], "short": f"{textwrap.shorten(name, 29, placeholder='…')}, dialogue", "publisher": name,
         "title": title, "edition": today.isoformat(), "edition_rank": 0,
         "year": today.year, "retrieved_from": f"sheet {collected.files[key]}", "licence": terms}
        for key, name in names.items()
    ])  # fmt: skip
    said = pd.concat([collected.kept, rows], ignore_index=True) if len(collected.kept) else rows
    return replace_rows(root, pack.country, {"sources": (sources, "id"), "stakeholders": (said, "stakeholder")})
