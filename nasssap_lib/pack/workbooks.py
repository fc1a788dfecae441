"""Excel workbooks from elsewhere: plain values under limits, and everything that is wrong by sheet and cell, all at once.

No formula is computed, no link followed, no picture opened, no macro kept. What a workbook means is the matter of who asks for it.
"""

from __future__ import annotations

import io
import operator
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import groupby
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter

from nasssap_lib.errors import NasssapError, Problem
from nasssap_lib.reasons import english, reason

OLE = b"\xd0\xcf\x11\xe0"  # how files with a password, and old .xls files, begin
ZIP = b"PK"
STRICT = b"http://purl.oclc.org/ooxml/"  # names of the strict variant of the format, which openpyxl cannot read
ENCRYPTED = 0x1
NOT_OPENED = re.compile(r"xl/(media|embeddings|printerSettings)/", re.IGNORECASE)
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
LETTERS_OF_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![<>=])[^\]]*\]')  # what a number format only shows
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
HOLDS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne}
MEGA = 1e6
MOST_SHOWN = 80  # letters of a value in a message


@dataclass(frozen=True)
class Limits:
    """How much of a workbook is read: bytes packed and unpacked (of what is read at once, of one sheet), parts, sheets, rows, columns,
    letters of a cell.
    """

    packed: int = 20_000_000
    unpacked: int = 20_000_000
    sheet: int = 60_000_000
    parts: int = 1_000
    sheets: int = 60
    rows: int = 50_000
    columns: int = 100
    letters: int = 20_000


@dataclass(frozen=True)
class SheetProblem(Problem):
    """One thing that is wrong with a workbook; ``row`` and ``column`` (its letter) are of ``sheet``, "" where the whole file is meant.

    ``expected`` and ``hint`` are codes with values (``reasons.reason``), so that they can be said in any language.

    Examples
    --------
    >>> print(SheetProblem("a.xlsx", 7, "D", "=1+1", reason("value_not_formula"), reason("paste_values"), "2 Criteria"))
    a.xlsx, 2 Criteria!D7: '=1+1' — expected a value, not a formula; copy the cell, then Paste special, Values
    """

    sheet: str = ""

    @property
    def place(self) -> str:
        """File, sheet and cell."""
        return ", ".join(filter(None, [self.file, address(self.sheet, self.row, self.column)]))

    def __str__(self) -> str:
        value = f"{self.value!r} — " if self.value else ""
        hint = f"; {english(self.hint)}" if self.hint else ""
        return f"{self.place}: {value}expected {english(self.expected)}{hint}"


class WorkbookError(NasssapError):
    """A workbook that cannot be used; ``problems`` holds all that is wrong with it, not only the first."""

    def __init__(self, problems: Iterable[SheetProblem]):
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self):
        return type(self), (self.problems,)


def address(sheet: str, row: int, column: str) -> str:
    """A cell as Excel names it; the sheet alone where no cell is meant.

    Examples
    --------
    >>> address("2 Criteria", 7, "D"), address("2 Criteria", 0, "")
    ('2 Criteria!D7', '2 Criteria')
    """
    return f"{sheet}!{column}{row}" if row else sheet


@dataclass(frozen=True)
class Cell:
    """A cell that holds something.

    row, column : counted from 1 · value : text (in one normal form of letters), number, truth or date; of a formula its text ·
    kind : "text", "number", "truth", "date", "formula" or "error" · percent : it is shown as a percentage, 0.25 as 25 %
    """

    sheet: str
    row: int
    column: int
    value: str | float | bool | date | time | timedelta
    kind: str = "text"
    percent: bool = False

    @property
    def address(self) -> str:
        """Sheet and cell, such as "2 Criteria!D7"."""
        return address(self.sheet, self.row, get_column_letter(self.column))

    @property
    def shown(self) -> str | float | bool | date | time | timedelta:
        """The value as whoever typed it sees it: 25 where 25 % is stored as 0.25."""
        return self.value * 100 if self.percent else self.value

    def problem(self, file: str, expected: str, hint: str = "") -> SheetProblem:
        """The cell as a problem; ``expected`` and ``hint`` are codes of ``reasons.REASONS``."""
        got = str(self.shown)[:80]
        return SheetProblem(file, self.row, get_column_letter(self.column), got, expected, hint, self.sheet)


@dataclass(frozen=True)
class Workbook:
    """What a workbook holds, and what stands in it that is no plain value.

    file : how it is named in problems · sheets : title → its cells, row by row · problems : formulas, errors, links, and what lies beyond
    the limits (it was not read); whoever needs every value refuses a workbook that has any
    """

    file: str
    sheets: Mapping[str, list[Cell]]
    problems: list[SheetProblem] = field(default_factory=list)

    def rows(self, sheet: str) -> dict[int, dict[int, Cell]]:
        """Row → column → cell of a sheet; empty ones are left out."""
        together = groupby(self.sheets[sheet], key=lambda cell: cell.row)
        return {row: {cell.column: cell for cell in cells} for row, cells in together}

    def pairs(self, sheet: str) -> dict[str, str]:
        """What stands in the first two columns of a sheet, as texts; nothing where there is no such sheet."""
        rows = self.rows(sheet).values() if sheet in self.sheets else []
        return {str(row[1].value): str(row[2].value) for row in rows if row.keys() >= {1, 2}}

    def must(self, sound: object, expected: str, hint: str, got: str = "") -> None:
        """Refuse the whole workbook where something is not so; ``expected`` and ``hint`` are reasons.

        Raises
        ------
        WorkbookError : with this one problem
        """
        if not sound:
            raise WorkbookError([SheetProblem(self.file, 0, "", got[:MOST_SHOWN], expected, hint)])


def read_workbook(path: Path, file: str = "", limits: Limits = Limits()) -> Workbook:  # noqa: B008 (frozen)
    """Read all sheets of a workbook.

    Parameters
    ----------
    path : of an .xlsx file
    file : how it is named in problems; "": by its own name
    limits : how much of it is read

    Raises
    ------
    WorkbookError : no open Excel workbook, one with macros, a broken one, or one that is too large
    """
    file = file or path.name
    data = _read_bytes(path, file, limits)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it leaves out; nothing of that is read here
        try:
            return _read_sheets(_without_pictures(data, file, limits), file, limits)
        except WorkbookError:
            raise
        except Exception as error:  # a foreign file can break zipfile and openpyxl anywhere
            broken = SheetProblem(file, 0, "", "", reason("sound_workbook"), reason("save_again"))
            raise WorkbookError([broken]) from error


def _read_bytes(path: Path, file: str, limits: Limits) -> bytes:
    if path.suffix.lower() != ".xlsx" or not path.is_file():
        raise WorkbookError([SheetProblem(file, 0, "", "", reason("excel_workbook"), reason("save_as_xlsx"))])
    size = path.stat().st_size
    if size > limits.packed:
        expected = reason("file_up_to", most=limits.packed / MEGA)
        raise WorkbookError([SheetProblem(file, 0, "", f"{size / MEGA:.1f} MB", expected, reason("take_out_pictures"))])
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WorkbookError(
            [SheetProblem(file, 0, "", error.strerror or "", reason("readable_file"), reason("save_again"))]
        ) from error
    if not data.strip(b"\0"):
        raise WorkbookError([SheetProblem(file, 0, "", "", reason("not_empty"), reason("copy_again"))])
    if data.startswith(OLE):
        raise WorkbookError([SheetProblem(file, 0, "", "", reason("open_workbook"), reason("save_without_password"))])
    if not data.startswith(ZIP):
        raise WorkbookError([SheetProblem(file, 0, "", "", reason("excel_workbook"), reason("open_and_save_as"))])
    return data


def _without_pictures(data: bytes, file: str, limits: Limits) -> io.BytesIO:
    """The workbook without what is never opened; whatever is wrong with its parts is said before any is unpacked."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(copy, "w") as kept:
        entries = archive.infolist()
        if problems := list(_faults(entries, file, limits)):
            raise WorkbookError(problems)
        for entry in entries:
            if not NOT_OPENED.match(entry.filename):
                kept.writestr(entry.filename, archive.read(entry))
        types, main = (_part(kept, name) for name in ("[Content_Types].xml", "xl/workbook.xml"))
    if problems := list(_other_kinds(types, main, file)):
        raise WorkbookError(problems)
    return copy


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _faults(entries: list[zipfile.ZipInfo], file: str, limits: Limits) -> Iterator[SheetProblem]:
    """What the list of a workbook's parts says against it."""
    read = [entry for entry in entries if not NOT_OPENED.match(entry.filename)]
    sheets = [entry for entry in read if SHEET.fullmatch(entry.filename)]
    whole = sum(entry.file_size for entry in read) - sum(entry.file_size for entry in sheets)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        yield SheetProblem(file, 0, "", "", reason("open_workbook"), reason("save_without_password"))
    if any("vbaproject" in entry.filename.lower() for entry in entries):
        yield SheetProblem(file, 0, "", "", reason("no_macros"), reason("save_as_xlsx"))
    if len(entries) > limits.parts or whole > limits.unpacked:
        expected = reason("unfolds_up_to", most=limits.unpacked / MEGA)
        yield SheetProblem(file, 0, "", f"{whole / MEGA:.1f} MB", expected, reason("take_out_pictures"))
    if (size := sum(entry.file_size for entry in sheets)) > limits.sheet:
        expected = reason("sheets_unfold_up_to", most=limits.sheet / MEGA)
        yield SheetProblem(file, 0, "", f"{size / MEGA:.1f} MB", expected, reason("clear_below"))


def _other_kinds(types: bytes, main: bytes, file: str) -> Iterator[SheetProblem]:
    """What is no plain workbook: other documents, and variants of the format."""
    if not main:
        yield SheetProblem(file, 0, "", "", reason("excel_workbook"), reason("open_and_save_as"))
    if STRICT in main:
        yield SheetProblem(file, 0, "", "", reason("not_strict"), reason("save_as_xlsx"))
    if b"macroEnabled" in types:
        yield SheetProblem(file, 0, "", "", reason("no_macros"), reason("save_as_xlsx"))


def _read_sheets(book: io.BytesIO, file: str, limits: Limits) -> Workbook:
    opened = openpyxl.load_workbook(book, read_only=True, data_only=False, keep_links=False)
    try:
        if (count := len(opened.worksheets)) > limits.sheets:
            expected = reason("sheets_up_to", most=limits.sheets)
            raise WorkbookError([SheetProblem(file, 0, "", str(count), expected, reason("delete_sheets"))])
        problems: list[SheetProblem] = []
        with zipfile.ZipFile(book) as archive:
            if any(name.startswith("xl/externalLinks/") for name in archive.namelist()):
                problems.append(SheetProblem(file, 0, "", "", reason("no_links"), reason("break_links")))
        sheets = {sheet.title: list(_cells(sheet, file, limits, problems)) for sheet in opened.worksheets}
        return Workbook(file, sheets, problems)
    finally:
        opened.close()


def _cells(sheet, file: str, limits: Limits, problems: list[SheetProblem]) -> Iterator[Cell]:
    """Cells of a sheet within the limits; the first one beyond them is a problem, and so is each that is no plain value."""
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    wide = False
    for row in sheet.iter_rows(max_col=limits.columns + 1):
        for given in row:
            if given.value is None:
                continue
            cell = _cell(sheet.title, given)
            if cell.row > limits.rows:
                problems.append(cell.problem(file, reason("rows_up_to", most=limits.rows), reason("split_workbook")))
                return
            if cell.column > limits.columns:
                if not wide:
                    expected = reason("columns_up_to", most=limits.columns)
                    problems.append(cell.problem(file, expected, reason("split_workbook")))
                wide = True
                continue
            problems += _cell_faults(cell, file, limits)
            yield cell


def _cell_faults(cell: Cell, file: str, limits: Limits) -> Iterator[SheetProblem]:
    if cell.kind == "formula":
        yield cell.problem(file, reason("value_not_formula"), reason("paste_values"))
    if cell.kind == "error":
        yield cell.problem(file, reason("value_not_error"), reason("mend_or_empty"))
    if isinstance(cell.value, str) and len(cell.value) > limits.letters:
        yield cell.problem(file, reason("letters_up_to", most=limits.letters), reason("shorten"))


def _cell(sheet: str, given) -> Cell:
    kind, value = {"f": "formula", "e": "error"}.get(given.data_type, ""), given.value
    if kind or isinstance(value, str):
        text = str(getattr(value, "text", value))
        return Cell(sheet, given.row, given.column, unicodedata.normalize("NFC", text), kind or "text")
    kind = "truth" if isinstance(value, bool) else "number" if isinstance(value, int | float) else "date"
    percent = kind == "number" and is_percent(given.number_format, value)
    return Cell(sheet, given.row, given.column, value, kind, percent)


def is_percent(number_format: str, value: float = 1.0) -> bool:
    """Does a number format multiply a value by a hundred? A % in quotation marks is a mere letter; sections are of other values.

    Examples
    --------
    >>> is_percent("0.0%"), is_percent('0" %"'), is_percent("General"), is_percent("0;-0%", 20), is_percent("0;-0%", -0.2)
    (True, False, False, False, True)
    """
    return "%" in _section(LETTERS_OF_FORMAT.sub("", number_format or "").split(";"), value)


def _section(sections: list[str], value: float) -> str:
    """The section of a number format that shows a value: above, below and at zero, or as its condition says."""
    if not any(map(CONDITION.search, sections)):
        place = 0 if value > 0 or len(sections) < 2 else 1 if value < 0 else 2 if len(sections) > 2 else 0
        return sections[place]
    for section in sections:
        stated = CONDITION.search(section)
        if stated is None or HOLDS[stated[1]](value, float(stated[2])):
            return section
    return ""
