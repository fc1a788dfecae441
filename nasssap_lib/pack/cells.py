"""Text cells of a CSV file and their lines, whichever spreadsheet wrote it; what is not UTF-8 or not a table is a problem.

Nothing is interpreted here but what has one meaning only: separators, decimal commas, a typographic minus, spellings of age groups.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from nasssap_lib.errors import Problem
from nasssap_lib.pack import schema
from nasssap_lib.pack.age_groups import age_group, open_end_problem
from nasssap_lib.pack.dialects import separator, with_points
from nasssap_lib.pack.plain_text import CSV_HINT, read_text

MAX_CELL = 20_000
MAX_ROWS = 100_000  # fifty times the longest table of the packs that we know
MAX_LINES = 10 * MAX_ROWS  # empty ones and those within cells among them
MAX_COLUMNS = 200
MAX_HEADER = 20_000  # letters
TABLES = {table.file: table for table in (*schema.TABLES, schema.CODEBOOK)}
HEADER_HINT = "copy the header from another country's pack"
STARTS = {
    b"PK\3\4": "a workbook (Excel or another), under the name of a CSV file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook, under the name of a CSV file",
    b"%PDF": "a PDF document, under the name of a CSV file",
}
MINUS = re.compile(r"\u2212(?=[0-9.,])")  # as Word and some spreadsheets write it
QUOTE_HINT = "close the quotation mark that was opened here"


@dataclass(frozen=True)
class Cells:
    """A table as text: ``frame`` has one column of strings a header, ``lines`` the line of each row in the file, ``head`` its own."""

    file: str
    frame: pd.DataFrame
    lines: list[int]
    head: int = 1


def read_cells(path: Path, file: str) -> tuple[Cells | None, list[Problem]]:
    """Read a CSV file as text; problems where it is no table in UTF-8.

    Semicolons, tabulators, the line ``sep=``, columns and rows without anything in them, and a header in capital letters are read as
    what they mean; a file whose name is that of a table of the schema may have decimal commas too.
    """
    text, problems = read_text(path, file)
    if found := _other_document(path):
        return None, [Problem(file, 0, "", found, "a table as text", f"open it and save it as CSV; {CSV_HINT}")]
    if text is None:
        return None, problems
    sign, passed = separator(text)
    rows, lines, problems = _split(text, file, sign, passed)
    if problems:
        return None, problems
    cells, problems = _to_cells(file, rows, lines, TABLES.get(path.name))
    if cells is not None and cells.lines and path.name in TABLES:
        problems = _read_as_meant(cells, TABLES[path.name], sign)
    return (None if problems else cells), problems


def _other_document(path: Path) -> str:
    """What a file is that has only the name of a table; "" where it begins as text does, or cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return STARTS.get(file.read(4), "")
    except OSError:
        return ""


def _split(text: str, file: str, sign: str, passed: int) -> tuple[list[list[str]], list[int], list[Problem]]:
    """Rows that hold something, and their lines; ``passed`` lines stand before the header."""
    source = io.StringIO(text, newline="")
    for _ in range(passed):
        source.readline()
    reader = csv.reader(source, delimiter=sign, strict=True)
    rows, lines, start = [], [], 1 + passed
    clean = _with_one_line_end if "\r" in text else str.strip
    if problem := _too_long_a_header(text, file) or _too_many_lines(text, file):
        return [], [], [problem]
    try:
        for row in reader:
            row = [clean(cell) for cell in row]
            if any(row):
                rows.append(row if len(row) <= MAX_COLUMNS else _trimmed(row, rows))
                lines.append(start)
                if len(rows[-1]) > MAX_COLUMNS or len(rows) > MAX_ROWS + 1:
                    return [], [], [_too_much(file, rows, start)]
            start = reader.line_num + 1 + passed
    except csv.Error as error:
        return [], [], [Problem(file, start, "", "", f"a line of CSV ({error})", QUOTE_HINT)]
    if not rows:
        return [], [], [Problem(file, 1, "", "", "a header line", HEADER_HINT)]
    return rows, lines, []


def _with_one_line_end(cell: str) -> str:
    """A cell whose lines end as everywhere here: a lone carriage return would begin a new row in the tables of results."""
    return cell.strip().replace("\r\n", "\n").replace("\r", "\n")


def _too_long_a_header(text: str, file: str) -> Problem | None:
    start = len(text) - len(text.lstrip())
    if len(text) - start <= MAX_HEADER or any(end in text[start : start + MAX_HEADER] for end in "\r\n"):
        return None
    expected = f"a header of at most {MAX_HEADER:,} letters"
    return Problem(file, 1, "", text[start : start + 40], expected, HEADER_HINT)


def _too_many_lines(text: str, file: str) -> Problem | None:
    lines = text.count("\n") + text.count("\r")
    hint = "take the empty lines away, and rows that are no part of the table"
    return Problem(file, 0, "", f"{lines:,} lines", f"at most {MAX_LINES:,} lines", hint) if lines > MAX_LINES else None


def _trimmed(row: list[str], rows: list[list[str]]) -> list[str]:
    """A row without the thousands of empty cells that a spreadsheet left at its right, as wide as the header."""
    last = max(place for place, cell in enumerate(row) if cell) + 1
    return row[: max(last, len(rows[0]) if rows else 0)]


def _too_much(file: str, rows: list[list[str]], line: int) -> Problem:
    if len(rows[-1]) > MAX_COLUMNS:
        found = f"{len(rows[-1]):,} cells"
        return Problem(
            file, line, "", found, f"at most {MAX_COLUMNS} columns", "leave out what is no part of the table"
        )
    hint = "leave out years and areas that no page needs; rows of persons never belong into a pack"
    return Problem(file, line, "", "", f"at most {MAX_ROWS:,} rows in a table", hint)


def _to_cells(
    file: str, rows: list[list[str]], lines: list[int], table: schema.Table | None
) -> tuple[Cells | None, list[Problem]]:
    header, body, head, lines = rows[0], rows[1:], lines[0], lines[1:]
    body = [row[: len(header)] if len(row) > len(header) and not any(row[len(header) :]) else row for row in body]
    names = _spelled(header, table)
    body = [_filled(row, names, table) if len(row) < len(header) else row for row in body]
    problems = _header_again(file, header, body, lines) or list(_uneven(file, header, body, lines))
    if problems:
        return None, problems
    frame = pd.DataFrame(body, columns=range(len(header)), dtype="str")
    problems = [*_without_a_name(file, header, frame, lines, head), *_repeated(file, names, head)]
    if problems:
        return None, problems
    if not all(header):
        frame = frame[[place for place, name in enumerate(header) if name]]
    return Cells(file, frame.set_axis(list(filter(None, names)), axis=1), lines, head), []


def _filled(row: list[str], header: list[str], table: schema.Table | None) -> list[str]:
    """A row without the empty cells at its end, which Excel leaves out in some lines; as it is where a needed one is missing."""
    needed = {column.name for column in table.columns if column.required} if table else set(header)
    missing = header[len(row) :]
    return row if needed & set(missing) else [*row, *[""] * len(missing)]


def _header_again(file: str, header: list[str], body: list[list[str]], lines: list[int]) -> list[Problem]:
    """Rows that repeat the header, as where two files were put one below the other."""
    folded = [name.casefold() for name in header]
    first = folded[0]
    return [
        Problem(file, line, "", "the header once more", "the header once, above all rows", "delete this line")
        for row, line in zip(body, lines, strict=True)
        if row[0].casefold() == first and len(row) > 1 and [cell.casefold() for cell in row] == folded
    ]


def _uneven(file: str, header: list[str], body: list[list[str]], lines: list[int]) -> Iterator[Problem]:
    expected = f"{len(header)} cells as in the header"
    for row, line in zip(body, lines, strict=True):
        if len(row) != len(header):
            yield Problem(file, line, "", f"{len(row)} cells", expected, "quote cells that hold a comma")


def _without_a_name(
    file: str, header: list[str], frame: pd.DataFrame, lines: list[int], head: int
) -> Iterator[Problem]:
    """Columns without a header in which something stands; empty ones are what spreadsheets leave at the right."""
    places = [place for place, name in enumerate(header) if not name and (frame[place] != "").any()]
    if places:
        row = int(np.flatnonzero(frame[places[0]] != "")[0])
        count = "a column" if len(places) == 1 else f"{len(places)} columns"
        found = f"{count} without a name ({', '.join(map(column_letters, places[:10]))})"
        hint = f"{frame[places[0]].iat[row][:40]!r} stands there in line {lines[row]}: name the column, or delete it"
        yield Problem(file, head, "", found, "a name above every column that holds something", hint)


def column_letters(place: int) -> str:
    """How spreadsheets call a column, counted from 0.

    Examples
    --------
    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')
    """
    return (column_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _repeated(file: str, header: list[str], head: int) -> Iterator[Problem]:
    for name in dict.fromkeys(filter(None, header)):
        places = [column_letters(place) for place, other in enumerate(header) if other == name]
        if len(places) > 1:
            hint = f"it heads the columns {' and '.join(places[:10])}: delete one, or give it its own name"
            yield Problem(file, head, name[:60], name[:60], "each column once", hint)


def _spelled(header: list[str], table: schema.Table | None) -> list[str]:
    """Names of columns as the schema spells them, where they differ from it by capital letters and spaces only."""
    if table is None:
        return header
    folded = ["_".join(name.casefold().split()) for name in header]
    known = set(table.header(folded))
    return [fold if fold in known else name for name, fold in zip(header, folded, strict=True)]


def _read_as_meant(cells: Cells, table: schema.Table, sign: str) -> list[Problem]:
    """Write in place what has one meaning only as the schema wants it; a problem, once a table, where it has several or none."""
    frame, problems = cells.frame, []
    for column in (column for column in table.columns if column.name in cells.frame):
        if column.kind in ("number", "integer"):
            minus = {cell: f"-{cell[1:]}" for cell in frame[column.name].unique() if MINUS.match(cell)}
            if minus:
                frame[column.name] = frame[column.name].replace(minus)
        elif "100+" in column.choices:
            meant = {text: age_group(text, column.choices) for text in frame[column.name].unique()}
            if any(text != group for text, group in meant.items()):
                frame[column.name] = frame[column.name].map(meant).astype("str")
            problems += open_end_problem(
                cells.file, cells.lines, column.name, frame[column.name].tolist(), column.choices
            )
    return problems + (with_points(cells.file, frame, cells.lines, cells.head, table) if sign != "," else [])
