"""Packs spoiled at random, the same ones for the same seed: bytes, cells, rows, columns, settings and files of a sound pack."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

CELLS = [
    "", " ", "0", "-1", "1e99", "1e400", "9" * 5000, "nan", "inf", "-0", "+.5", "5.", "1,234", "12,5", "12.5%", "−5", "١٢٣", "１２", "½",
    "n/a", "..", "#DIV/0!", "05-Sep", "Oct-14", "2027-02-30", "9999-12-31", "0000", "=1+1", "@a", "\t", "\r=1", "a\nb", "\x00", "\x1b[0m",
    "\u202e", "\ufeff", "\ue000", "\ufffd", "SÃ©nÃ©gal", "e\u0301", "x" * 25_000, "a;b;c", ";;;", "a;" * 3000, "80+", "100+", "5-9", "true",
    "None", "0x10", "1_000", "total", "female", "percent", "persons", "SEN", '"', "'", "\\", "🙂", "ශ්‍රී", "2020", "1849", "20200", "weight",
]  # fmt: skip
LITERALS = [
    "true", "0", "-1", '"2"', "1.5", "inf", "nan", "[]", "{}", "[[1], {a = 1}]", "1979-05-27", "1979-05-27T07:32:00Z", "07:32:00", '""',
    '"x"', "9" * 5000, "0x" + "f" * 5000, "[" * 3000 + "]" * 3000, "{a = " * 300 + "1" + "}" * 300, '"\\u0000"', '"\\u202e"', "x", "",
    '"' + "y" * 30_000 + '"', "'''\n'''", "1e999", "0b1", "[" + "1," * 9000 + "]", '["a", 1]',
]  # fmt: skip
DEEP = [
    ".".join(["a"] * 3000) + " = 1",
    "[b.c.d]",
    "[measures]",
    "[measures.x]\ny = 1",
    "[[plans]]",
    "[" * 9 + "a" + "]" * 9,
]
ENCODINGS = ["latin-1", "cp1252", "utf-16", "utf-16-le", "utf-8-sig", "utf-32", "mac_roman", "utf-7"]


def files_of(folder: Path) -> list[Path]:
    """Files of a pack that can be spoiled: its tables, settings, scenarios, and the codebook beside it."""
    inside = [*folder.glob("*"), *folder.glob("scenarios/*"), folder.parent / "codebook.csv"]
    return sorted(path for path in inside if path.is_file() and not path.is_symlink())


def rows_of(path: Path) -> list[list[str]]:
    """Cells of a table, whatever they are by now."""
    text = path.read_bytes().decode("utf-8", "replace").replace("\x00", "")
    try:
        return list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    except csv.Error:
        return [[text[:100]]]


def put(path: Path, rows: list[list[str]], sign: str = ",", end: str = "\n") -> None:
    """Write a table."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sign, lineterminator=end).writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8", "replace"))


def spoil_bytes(path: Path, random: Random) -> None:
    """Turn, cut, repeat or insert bytes; read and write in another encoding; other line ends."""
    data = bytearray(path.read_bytes())
    at, length = random.randrange(len(data) + 1), random.choice((1, 2, 10, 500))
    how = random.randrange(8)
    if how == 0 and data:
        data[at % len(data)] ^= 1 << random.randrange(8)
    elif how == 1:
        del data[at : at + length]
    elif how == 2:
        data[at:at] = data[at : at + length] * random.choice((1, 50))
    elif how == 3:
        data[at:at] = random.randbytes(length)
    elif how == 4:
        del data[at:]
    elif how == 5:
        data[at:at] = random.choice(CELLS).encode("utf-8")
    elif how == 6:
        encoding = random.choice(ENCODINGS)
        text = bytes(data).decode("utf-8", "replace")
        data = (
            text.encode(encoding, "replace")
            if random.random() < 0.7
            else text.encode().decode(encoding, "replace").encode()
        )
    else:
        data = data.replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\n", b"\x0b", b"")))
    path.write_bytes(data)


def spoil_cells(path: Path, random: Random) -> None:
    """Other values in some cells: strange ones, empty ones, those of another place."""
    rows = rows_of(path)
    for _ in range(random.choice((1, 1, 3, 20))):
        row = random.choice(rows[1:] or rows)
        if row:
            other = random.choice(random.choice(rows) or [""])
            row[random.randrange(len(row))] = random.choice((random.choice(CELLS), random.choice(CELLS), other))
    put(path, rows)


def spoil_rows(path: Path, random: Random) -> None:
    """Rows gone, twice, in another order, longer, shorter, empty, or very many."""
    rows = rows_of(path)
    head, body = rows[:1], rows[1:]
    at = random.randrange(len(body)) if body else 0
    how = random.randrange(8)
    if how == 0:
        body = body[:at] + body[at + 1 :]
    elif how == 1:
        body = body + body[at : at + 1] * random.choice((1, 200))
    elif how == 2:
        random.shuffle(body)
    elif how == 3:
        body = []
    elif how == 4 and body:
        body[at] = body[at] + [random.choice(("", "x"))] * random.choice((1, 300))
    elif how == 5 and body:
        body[at] = body[at][:-1]
    elif how == 6:
        body.insert(at, random.choice(([], [""], [""] * 300, ["sep=;"])))
    else:
        head = random.choice(([], [["sep=,"]] + head, head + head, [["Table 1"]] + head))
    put(path, head + body)


def spoil_columns(path: Path, random: Random) -> None:
    """Columns gone, twice, renamed, in another order, without a name; other separators."""
    rows = rows_of(path)
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows] or [[]]
    at, how, sign = (random.randrange(width) if width else 0), random.randrange(9), ","
    if how == 0:
        rows = [row[:at] + row[at + 1 :] for row in rows]
    elif how == 1:
        rows = [[*row, row[at] if width else ""] for row in rows]
    elif how == 2 and width:
        rows[0][at] = random.choice(
            (*CELLS, "id", "name_fr", "note_es", rows[0][at].upper(), f" {rows[0][at]}\xa0", rows[0][at] + "s")
        )
    elif how == 3 and width:
        other = random.randrange(width)
        for row in rows:
            row[at], row[other] = row[other], row[at]
    elif how == 4:
        rows = [row + [""] * random.choice((1, 3, 250)) for row in rows]
    elif how == 5:
        rows = [[*row, random.choice(("", "x"))] for row in rows]
        rows[0][-1] = ""
    elif how == 6 and width:
        value = random.choice(CELLS)
        rows[1:] = [row[:at] + [value] + row[at + 1 :] for row in rows[1:]]
    elif how == 7:
        rows = [[*row, *("y" for _ in range(random.choice((1, 190, 5000))))] for row in rows]
    else:
        sign = random.choice((";", "\t", "|"))
        rows = [[cell.replace(".", ",") if random.random() < 0.3 else cell for cell in row] for row in rows]
    put(path, rows, sign, random.choice(("\n", "\r\n")))


def spoil_settings(path: Path, random: Random) -> None:
    """A key of country.toml or of a scenario with another value, gone, twice, deeper, unknown."""
    lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    at = random.randrange(len(lines))
    key = lines[at].partition("=")[0].strip() or "schema"
    how = random.randrange(6)
    if how <= 1:
        lines[at] = f"{key} = {random.choice(LITERALS)}"
    elif how == 2:
        del lines[at]
    elif how == 3:
        lines.insert(at, lines[at])
    elif how == 4:
        deep = random.choice(DEEP)
        lines.insert(at, deep)
    else:
        key = random.choice(("k", "name_pt", "name_xx", "scheme", '"a b"'))
        lines.insert(at, f"{key} = {random.choice(LITERALS)}")
    path.write_bytes("\n".join(lines).encode("utf-8", "replace"))


def spoil_files(path: Path, random: Random) -> None:
    """A file gone, empty, another one's, under another name, twice, or no file at all."""
    other = random.choice([path, *files_of(path.parent)])
    how = random.randrange(9)
    if how == 0:
        path.unlink()
    elif how == 1:
        path.write_bytes(b"")
    elif how == 2:
        path.write_bytes(other.read_bytes())
    elif how == 3:
        path.rename(
            path.with_name(
                random.choice((path.name.upper(), path.name + ".txt", f"._{path.name}", "other.csv", "x.toml"))
            )
        )
    elif how == 4:
        shutil.copy(
            path,
            path.with_name(random.choice((f"._{path.name}", f"~${path.name}", f"copy of {path.name}", "a\x1bb.csv"))),
        )
    else:
        path.unlink()
        special = [
            path.mkdir,
            lambda: path.symlink_to("nowhere"),
            lambda: path.symlink_to(path.name),
            lambda: path.symlink_to("/dev/zero"),
        ]
        random.choice(special if os.name == "nt" else [*special, lambda: os.mkfifo(path)])()


SPOIL: dict[
    str, tuple[str, Callable[[Path, Random], None]]
] = {  # kind → how names of its files end, how they are spoiled
    "bytes": ("", spoil_bytes),
    "cells": (".csv", spoil_cells),
    "rows": (".csv", spoil_rows),
    "columns": (".csv", spoil_columns),
    "settings": (".toml", spoil_settings),
    "files": ("", spoil_files),
}


def spoil(folder: Path, seed: int) -> list[str]:
    """Spoil a pack in one to three ways; say in which."""
    random = Random(seed)
    kinds = random.choices(list(SPOIL), k=random.choice((1, 1, 2, 3)))
    for kind in kinds:
        end, way = SPOIL[kind]
        if known := [path for path in files_of(folder) if path.name.endswith(end)]:
            way(random.choice(known), random)
    return kinds
