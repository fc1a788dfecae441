"""Sheets of a dialogue read back: only texts and numbers of known places, under limits; no formula is computed, no link followed."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from pathlib import Path

import openpyxl
import pandas as pd

from nasssap_lib.dialogue.questions import ANSWER_COLUMNS, BELOW, FIELDS
from nasssap_lib.dialogue.sheet_writer import MARK, META, SCHEMA, SPLIT, WHICH
from nasssap_lib.display.texts import translate
from nasssap_lib.errors import NasssapError
from nasssap_lib.terms import LANGUAGES, POSITIONS, STAKEHOLDER_KINDS

MAX_BYTES = 5_000_000
MAX_UNPACKED = 3_000_000  # a filled-in sheet has about 0.3 million; a hostile one of this size takes some seconds
MAX_FILES = 200
OLE = b"\xd0\xcf\x11\xe0"  # how files with a password, and old .xls files, begin
MAX_ROWS, MAX_COLUMNS, MAX_SHEETS, MAX_LETTERS = 1_000, 12, 12, 10_000
LETTERS = "ABCDEFGHIJKL"
OUR_FORMULAS = ("=SUM(", "=IF(COUNT(")
KNOWN_FIELDS = {name for names in FIELDS.values() for name in names}


class SheetError(NasssapError):
    """A workbook that is no sheet of this dialogue, or that is refused; the others can be read all the same."""


def read_dialogue_sheet(path: Path, country: str, name: str = "") -> pd.DataFrame:
    """Read the answers of one group.

    Parameters
    ----------
    path : workbook that ``write_dialogue_sheet`` wrote and a group filled in
    country : code of the country whose dialogue it is
    name : how the file is named in remarks; "": by its own name

    Returns
    -------
    table with the columns of ``questions.ANSWER_COLUMNS``, one row a question and field, "" where nothing was answered; positions, kinds
        of groups and comparisons as codes, whatever the language of the sheet

    Raises
    ------
    SheetError : no workbook, one beyond the limits, one that is broken, no sheet of a dialogue, or one of another country
    """
    name = name or path.name
    book = _open(path, name)
    try:
        meta = _meta(book, name, country)
        rows = [
            (name, *cell)
            for sheet in book.worksheets[:MAX_SHEETS]
            if sheet.title != META
            for cell in _cells(sheet, name)
        ]
    except SheetError:
        raise
    except Exception as error:  # a foreign file can break the reader anywhere
        raise SheetError(
            f"{name}: expected a workbook of nasssap dialogue sheet, got one that is broken; save it again in Excel"
        ) from error
    finally:
        book.close()
    rows += [
        (name, "", f"group:{part}", "value", meta.get(key, "")) for part, key in (("id", "group"), ("given", "name"))
    ]
    return pd.DataFrame(rows, columns=ANSWER_COLUMNS)


def _open(path: Path, name: str):
    """The workbook, read cell by cell; nothing in it is computed and no link is kept."""
    if path.suffix.lower() != ".xlsx" or not path.is_file():
        raise SheetError(f"{name}: expected an Excel workbook (.xlsx); in Excel: Save as, Excel Workbook")
    if path.stat().st_size > MAX_BYTES:
        raise SheetError(f"{name}: expected at most {MAX_BYTES:,} bytes, got {path.stat().st_size:,}")
    data = path.read_bytes()
    if data.startswith(OLE):
        raise SheetError(
            f"{name}: expected an open workbook (.xlsx), got one with a password, or an old .xls; save it without"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise SheetError(
                    f"{name}: expected a small workbook, got one that unfolds beyond {MAX_UNPACKED:,} bytes"
                )
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise SheetError(
            f"{name}: expected an Excel workbook, got a file that cannot be read; save it again in Excel"
        ) from error


def _meta(book, name: str, country: str) -> dict[str, str]:
    if META not in book.sheetnames:
        raise SheetError(f"{name}: expected a sheet that nasssap dialogue sheet wrote; this workbook is another one")
    rows = book[META].iter_rows(max_row=10, max_col=2, values_only=True)
    meta = {str(row[0]): "" if row[1] is None else str(row[1]) for row in rows if len(row) == 2}
    if meta.get("mark") != MARK:
        raise SheetError(f"{name}: expected a sheet that nasssap dialogue sheet wrote; this workbook is another one")
    if meta.get("schema") != str(SCHEMA):
        raise SheetError(
            f"{name}: expected a sheet of version {SCHEMA}, got {meta.get('schema', '')[:10]!r}; write new sheets"
        )
    if meta.get("country") != country:
        raise SheetError(f"{name}: expected a sheet of {country}, got one of {meta.get('country', '')[:10]!r}")
    return meta


def _cells(sheet, name: str):
    """Place, question, field and answer of every cell that the sheet asks for, and of what stands below the questions."""
    fields, begun = {}, False
    for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS):
        if not fields:
            fields = {cell.column: cell.value for cell in row if cell.value in KNOWN_FIELDS}
            continue
        given = {cell.column: cell for cell in row if cell.value is not None}
        identity = given[1].value if 1 in given else ""
        question, *labels = str(identity).split(SPLIT)
        begun = begun or ":" in question
        if ":" in question:
            _check_labels(labels, given, name, f"{sheet.title}, row {given[1].row}")
        for column, part in fields.items():
            answer = _answer(given.get(column), question, part)
            if ":" in question:
                yield f"{sheet.title}!{LETTERS[column - 1]}{given[1].row}", question, part, answer
            elif begun and answer and not answer.startswith(OUR_FORMULAS):
                yield f"{sheet.title}!{LETTERS[column - 1]}{given[column].row}", BELOW, part, answer


def _check_labels(labels: list[str], given: dict, name: str, place: str) -> None:
    """What stands beside an answer must be what it was asked for: rows may be sorted, but only whole."""
    for column, words in enumerate(labels, 2):
        found = str(given[column].value) if column in given else ""
        if " ".join(found.split()) != " ".join(words.split()):
            expected = f"{words!r} beside the answers of this row, found {found[:60]!r}"
            raise SheetError(
                f"{name}: {place}: expected {expected}; rows were sorted or changed in part: write a new sheet"
            )


def _answer(cell, question: str, name: str) -> str:
    if cell is None:
        return ""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        shown = value * 100 if "%" in (cell.number_format or "") else value  # 25 % is stored as 0.25
        return f"{shown:.2f}".rstrip("0").rstrip(".")
    text = str(value)[:MAX_LETTERS].strip()
    if name in ("position", "which") or question == "group:kind":
        return _codes().get(" ".join(text.casefold().split()), text)
    return text


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Words that stand in lists, in every language → their code."""
    words = [*POSITIONS, *WHICH, *STAKEHOLDER_KINDS]
    return {translate(word, language).casefold(): word for language in LANGUAGES for word in words}
