"""Fills in sheets of a dialogue as people do: by what stands on the page, in Excel's own types."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
from kept_workbooks import opened, with_values
from pseudo_language import outside
from stories import pack_of

from nasssap_lib.costing.options import assess_options
from nasssap_lib.dialogue.questions import draft_questions
from nasssap_lib.dialogue.sheet_writer import Country, Group, write_dialogue_sheet
from nasssap_lib.dialogue.words import question_labels
from nasssap_lib.display.texts import in_language
from nasssap_lib.priorities.criteria import assess_criteria

UNIONS, SENEGAL = Group("unions", "Unions", "workers"), Country("SEN", "Senegal")


def places(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """(question, field) → (sheet, cell) of a workbook, by its hidden first row and column."""
    return _places(opened(path))


def _places(book: openpyxl.Workbook) -> dict[tuple[str, str], tuple[str, str]]:
    where = {}
    for sheet in book.worksheets:
        fields = {cell.column: cell.value for cell in sheet[1] if cell.value}
        for row in sheet.iter_rows(min_row=2):
            if row[0].value and ":" in str(row[0].value):
                for column, name in fields.items():
                    where[row[0].value.split(" | ")[0], name] = sheet.title, sheet.cell(row[0].row, column).coordinate
    return where


def fill(path: Path, answers: dict[str, object], to: Path | None = None) -> Path:
    """Write answers ("weight:cost", "option:pension.why") into a sheet, and keep it, or a copy of it."""
    where, cells = places(path), {}
    for key, value in answers.items():
        question, _, field = key.rpartition(".") if "." in key else (key, "", "value")
        cells[where[question, field]] = value
    return with_values(path, cells, to or path)


def form_of(country: str):
    """Questions and options of a country."""
    pack = pack_of(country)
    options = assess_options(pack)
    return draft_questions(assess_criteria(pack, options), options), options


def write_sheet(path: Path, form, language: str = "en", group: Group = UNIONS, country: Country = SENEGAL, labels=()):
    """A sheet about options; ``labels`` replaces words of questions."""
    questions, options = form
    with in_language(language):
        words = question_labels(questions, options) | dict(labels)
        return write_dialogue_sheet(path, group, questions, words, options, country)


def rewritten(path: Path, change, name: str = "") -> Path:
    """The workbook with its parts changed: ``change`` takes and returns name → bytes; or bytes of the part of that name."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    parts = parts | {name: change(parts.get(name, b""))} if name else change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in parts.items():
            archive.writestr(entry, data)
    return path


def unwrapped(text: str, names=()) -> str:
    """What is wrong with a text of the pseudo-language: letters outside the outermost ⟦ ⟧ that are no data, or two texts in one."""
    parts, texts = outside(text.replace("\n", " "))
    left = " ".join(parts)
    for name in sorted(names, key=len, reverse=True):
        left = left.replace(name, "")
    if text.count("⟦") != text.count("⟧") or texts > 1:
        return f"{texts} texts, or brackets without their pair: {text}"
    return f"not in the catalogue: {text}" if any(letter.isalpha() for letter in left) else ""
