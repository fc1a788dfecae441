"""Text cells of a CSV file and their lines. Nothing is interpreted here; what is not UTF-8 or not a table is a problem."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from nasssap_lib.errors import Problem

MAX_BYTES = 50_000_000
MAX_CELL = 20_000


@dataclass(frozen=True)
class Cells:
    """A table as text: ``frame`` has one column of strings a header, ``lines`` the line of each row in the file."""

    file: str
    frame: pd.DataFrame
    lines: list[int]


def read_cells(path: Path, file: str) -> tuple[Cells | None, list[Problem]]:
    """Read a CSV file as text; problems where it is no UTF-8 table with commas."""
    text, problems = _read_text(path, file)
    if text is None:
        return None, problems
    rows, lines, problems = _split(text, file)
    if problems or not rows:
        return None, problems or [
            Problem(file, 1, "", "", "a header line", "copy the header from another country's pack")
        ]
    return _to_cells(file, rows, lines)


def _read_text(path: Path, file: str) -> tuple[str | None, list[Problem]]:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        hint = "give yourself the right to read it, or copy it from elsewhere"
        return None, [Problem(file, 0, "", error.strerror or "", "a file that can be read", hint)]
    if size > MAX_BYTES:
        return None, [Problem(file, 0, "", f"{size:,} bytes", f"at most {MAX_BYTES:,} bytes", "split the file")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = data[error.start : error.start + 1].decode("latin-1")
        hint = "in Excel: Save as, CSV UTF-8 (comma delimited)"
        return None, [Problem(file, line, "", found, "text in UTF-8", hint)]


def _split(text: str, file: str) -> tuple[list[list[str]], list[int], list[Problem]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, lines, start = [], [], 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append([cell.strip() for cell in row])
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        return (
            [],
            [],
            [Problem(file, start, "", "", f"a line of CSV ({error})", "close the quotation mark that was opened here")],
        )
    return rows, lines, []


def _to_cells(file: str, rows: list[list[str]], lines: list[int]) -> tuple[Cells | None, list[Problem]]:
    header, body = rows[0], rows[1:]
    if len(header) == 1 and ";" in header[0]:
        hint = "save the file with commas; decimals with a point"
        return None, [Problem(file, 1, "", header[0][:60], "columns separated by commas", hint)]
    problems = [
        Problem(
            file,
            line,
            "",
            f"{len(row)} cells",
            f"{len(header)} cells as in the header",
            "quote cells that hold a comma",
        )
        for row, line in zip(body, lines[1:], strict=True)
        if len(row) != len(header)
    ]
    problems += [
        Problem(file, 1, name, name, "each column once") for name in {n for n in header if header.count(n) > 1}
    ]
    if problems:
        return None, problems
    return Cells(file, pd.DataFrame(body, columns=header, dtype="str"), lines[1:]), []
