"""The action-plan matrix read back: what its cells say, and all that is wrong with them by sheet and cell; nothing is taken of it yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils import get_column_letter

from nasssap_lib.action_plan.sheet_columns import BY_NAME, COLUMNS, Codes, known_codes, taken
from nasssap_lib.action_plan.sheet_writer import HEADS, MARK, META, SCHEMA, WRITTEN
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.workbooks import MOST_SHOWN, Cell, Limits, SheetProblem, Workbook, WorkbookError, read_workbook
from nasssap_lib.reasons import reason

LIMITS = Limits(5_000_000, 5_000_000, 20_000_000, parts=200, sheets=20, rows=2_000, columns=60, letters=20_000)
CODE = re.compile(r"[A-Z]{3}")
NEEDED = {  # columns that every activity fills → what helps where one is empty
    "name": "fill_or_empty_row", "institution": "fill_or_empty_row", "start": "fill_or_empty_row", "end": "fill_or_empty_row",
    "quality": "choose_from_list", "source": "source_of_list",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """An activity as the workbook has it: its row there, its number ("" where it has none yet), and its texts by column."""

    number: int
    id: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Returned:
    """A matrix that came back.

    file, sheet : how cells of it are named · columns : name → letter · written : id → texts with which the workbook was written ·
    rows : activities that stand in it
    """

    file: str
    sheet: str
    columns: Mapping[str, str]
    written: Mapping[str, Mapping[str, str]]
    rows: list[Row] = field(default_factory=list)

    def problem(self, row: Row, column: str, expected: str, hint: str, value: str | None = None) -> SheetProblem:
        """A cell as a problem; ``expected`` and ``hint`` are reasons."""
        got = row.texts.get(column, "") if value is None else value
        return SheetProblem(self.file, row.number, self.columns[column], got[:MOST_SHOWN], expected, hint, self.sheet)


def read_plan_meta(path: Path, name: str = "") -> tuple[Workbook, dict[str, str]]:
    """A workbook and what it says of itself: country, language, title of the matrix.

    Parameters
    ----------
    path : of the workbook
    name : how it is named in problems; "": by its own name

    Raises
    ------
    WorkbookError : no workbook, one beyond the limits, broken, with a password or macros, or no action plan of this version
    """
    book = read_workbook(path, name, LIMITS)
    meta = book.pairs(META)
    country, version = meta.get("country", "")[:10], meta.get("schema", "")[:10]
    write = reason("write_plan_again", country=country if CODE.fullmatch(country) else "ISO3")
    book.must(meta.get("mark") == MARK, reason("plan_workbook"), write)
    book.must(version == str(SCHEMA), reason("plan_version", version=SCHEMA), write, version)
    book.must(CODE.fullmatch(country), reason("plan_of_country"), write, country)
    return book, meta


def read_plan(book: Workbook, meta: Mapping[str, str], pack: Pack) -> Returned:
    """What the matrix says, if all of it can be read.

    Parameters
    ----------
    book, meta : result of :func:`read_plan_meta`
    pack : the country that the workbook is of

    Returns
    -------
    what came back; rows in which nothing stands but a number are left out

    Raises
    ------
    WorkbookError : another country, the sheet renamed, a column taken out, a formula or an error, a link, a value of the wrong kind, a
        number twice, an activity without what every one has, something beside the columns; all problems together
    """
    title, write = meta.get("sheet", ""), reason("write_plan_again", country=pack.country)
    book.must(meta["country"] == pack.country, reason("plan_of_country"), write, meta["country"])
    book.must(title in book.sheets, reason("sheet_named", title=title), reason("rename_or_new"))
    rows = book.rows(title)
    columns = _columns(book, title, rows)
    foreign = [problem for problem in book.problems if problem.sheet in ("", title)]
    returned = Returned(book.file, title, {name: get_column_letter(at) for name, at in columns.items()}, _written(book))
    wrong = {(problem.row, problem.column) for problem in foreign}
    problems = foreign + [
        each for each in _read_rows(returned, rows, columns, known_codes(pack)) if _place(each) not in wrong
    ]
    if problems:
        raise WorkbookError(problems)
    return returned


def _place(problem: SheetProblem) -> tuple[int, str]:
    return problem.row, problem.column


def _columns(book: Workbook, title: str, rows: Mapping[int, Mapping[int, Cell]]) -> dict[str, int]:
    """Columns by the names that the hidden first row gives them, wherever they stand now."""
    columns = {str(cell.value): at for at, cell in rows.get(1, {}).items() if str(cell.value) in BY_NAME}
    undo = reason("undo_or_fill_new")
    problems = [
        SheetProblem(book.file, 0, "", "", reason("plan_column", column=name), undo, title)
        for name in BY_NAME
        if name not in columns
    ]
    if not _heads(rows):
        problems.append(SheetProblem(book.file, 0, "", "", reason("plan_heads"), undo, title))
    if problems:
        raise WorkbookError(problems)
    return columns


def _heads(rows: Mapping[int, Mapping[int, Cell]]) -> int:
    """Row of the heads; 0 where it is not there any more."""
    return next((number for number, cells in rows.items() if 1 in cells and cells[1].value == HEADS), 0)


def _written(book: Workbook) -> dict[str, dict[str, str]]:
    """With what the workbook was written."""
    written = {}
    for cells in book.rows(META).values():
        if 1 in cells and str(cells[1].value).startswith(WRITTEN):
            texts = [str(cells[at].value) if at in cells else "" for at in range(2, 2 + len(COLUMNS))]
            written[str(cells[1].value).removeprefix(WRITTEN)] = dict(zip(BY_NAME, texts, strict=True))
    return written


def _read_rows(
    returned: Returned, rows: Mapping[int, Mapping[int, Cell]], columns: Mapping[str, int], codes: Codes
) -> Iterator[SheetProblem]:
    """Put the activities into what came back; what is wrong with them."""
    seen: dict[str, int] = {}
    for number in (number for number in rows if number > _heads(rows)):
        yield from _beside(returned.file, rows[number], set(columns.values()))
        said = {name: taken(BY_NAME[name], rows[number].get(at), codes) for name, at in columns.items()}
        row = Row(number, said["id"].text, {name: each.text for name, each in said.items()})
        if not any(text for name, text in row.texts.items() if name != "id"):
            continue
        before = returned.written.get(row.id, {})
        for name, each in said.items():
            if each.expected and each.text != before.get(name):
                yield returned.problem(row, name, each.expected, each.hint, _got(rows[number][columns[name]]))
        for name in (name for name in NEEDED if not row.texts[name]):
            yield returned.problem(row, name, reason("every_activity_has"), reason(NEEDED[name]))
        if row.id and seen.setdefault(row.id, number) != number:
            yield returned.problem(row, "id", reason("number_once", row=seen[row.id]), reason("empty_number"))
        returned.rows.append(row)


def _beside(file: str, cells: Mapping[int, Cell], columns: set[int]) -> Iterator[SheetProblem]:
    """What somebody wrote where nothing is read: it would be lost without a word."""
    for at, cell in cells.items():
        if at not in columns:
            yield cell.problem(file, reason("beside_matrix"), reason("into_columns"))


def _got(cell: Cell) -> str:
    return str(cell.shown)
