"""Sheets of a dialogue read back: the answers of one group, whatever the language of its sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pandas as pd
from openpyxl.utils import get_column_letter

from nasssap_lib.dialogue.earlier import FILLED, number_text
from nasssap_lib.dialogue.questions import ANSWER_COLUMNS, BELOW, FIELDS
from nasssap_lib.dialogue.sheet_writer import MARK, META, SCHEMA, SPLIT
from nasssap_lib.dialogue.words import SAID, WHICH
from nasssap_lib.display.texts import PSEUDO, in_language, label, languages
from nasssap_lib.names import alike
from nasssap_lib.pack.workbooks import Cell, Limits, SheetProblem, Workbook, WorkbookError, address, read_workbook
from nasssap_lib.reasons import reason
from nasssap_lib.terms import STAKEHOLDER_KINDS

# a filled-in sheet unfolds to about 0.3 million bytes; rows that were formatted down the page may make many more of it
LIMITS = Limits(5_000_000, 3_000_000, 20_000_000, parts=200, sheets=30, rows=1_000, columns=12, letters=10_000)
OUR_FORMULAS = ("=SUM(", "=IF(COUNT(")
KNOWN_FIELDS = {name for names in FIELDS.values() for name in names}


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
        of groups and comparisons as codes; a formula as its text, for it is no answer; with "filled:" before the question what stood
        there when the sheet was written

    Raises
    ------
    WorkbookError : no workbook, one beyond the limits, one that is broken, no sheet of a dialogue, one of another country, or rows that
        were sorted in part; the other sheets can be read all the same
    """
    book = read_workbook(path, name, LIMITS)
    meta = _meta(book, country)
    titles = [title for title in book.sheets if title != META]
    if problems := [problem for title in titles for problem in _moved(book, title)]:
        raise WorkbookError(problems)
    rows = [(book.file, *answer) for title in titles for answer in _answers(book, title)]
    about = (("id", "group"), ("given", "name"))
    rows += [(book.file, "", f"group:{part}", "value", meta.get(key, "")) for part, key in about]
    rows += [(book.file, "", *answer) for answer in _filled(book)]
    return pd.DataFrame(rows, columns=ANSWER_COLUMNS)


def _meta(book: Workbook, country: str) -> dict[str, str]:
    """What the sheet says of itself: it must be one of ours, of this version and of this country."""
    meta = book.pairs(META)
    new, version, of = reason("write_new_sheets"), meta.get("schema", "")[:10], meta.get("country", "")[:10]
    book.must(meta.get("mark") == MARK, reason("dialogue_sheet"), new)
    book.must(version == str(SCHEMA), reason("sheet_version", version=SCHEMA), new, version)
    book.must(of == country, reason("sheet_of_country", country=country), new, of)
    return meta


def _filled(book: Workbook) -> Iterator[tuple[str, str, str]]:
    """Question, field and answer with which the sheet was written."""
    for row in book.rows(META).values():
        if row.keys() >= {1, 2, 3} and str(row[1].value).startswith(FILLED):
            yield tuple(str(row[column].value) for column in (1, 3, 2))


def _moved(book: Workbook, title: str) -> Iterator[SheetProblem]:
    """What stands beside an answer must be what it was asked for: rows may be sorted, but only whole."""
    for row, given in book.rows(title).items():
        question, *labels = _identity(given)
        for column, words in enumerate(labels if ":" in question else [], 2):
            got = str(given[column].value) if column in given else ""
            if " ".join(got.split()) != " ".join(words.split()):
                expected, hint = reason("asked_beside", label=words), reason("sorted_in_part")
                yield SheetProblem(book.file, row, get_column_letter(column), got[:60], expected, hint, title)


def _identity(given: dict[int, Cell]) -> list[str]:
    """Id of a row's question, and what must stand beside it."""
    return str(given[1].value).split(SPLIT) if 1 in given else [""]


def _answers(book: Workbook, title: str) -> Iterator[tuple[str, str, str, str]]:
    """Cell, question, field and answer of all that a sheet asks for, and of what stands below the questions."""
    fields, begun = {}, False
    for row, given in book.rows(title).items():
        if not fields:
            fields = {column: cell.value for column, cell in given.items() if cell.value in KNOWN_FIELDS}
            continue
        question = _identity(given)[0]
        begun = begun or ":" in question
        for column, part in fields.items():
            answer, where = _answer(given.get(column), question, part), address(title, row, get_column_letter(column))
            if ":" in question:
                yield where, question, part, answer
            elif begun and answer and not answer.startswith(OUR_FORMULAS):
                yield where, BELOW, part, answer


def _answer(cell: Cell | None, question: str, part: str) -> str:
    if cell is None:
        return ""
    if cell.kind == "number":
        return number_text(cell.shown)
    text = str(cell.value.date() if isinstance(cell.value, datetime) else cell.value)[: LIMITS.letters].strip()
    if part in ("position", "which") or question == "group:kind":
        return _codes().get(alike(text), text)
    return text


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Words that stand in lists, in every language → their code."""
    codes = {}
    for language in (*languages(), PSEUDO):
        with in_language(language):
            codes |= {alike(label(words, code)): code for words in (SAID, WHICH, STAKEHOLDER_KINDS) for code in words}
    return codes
