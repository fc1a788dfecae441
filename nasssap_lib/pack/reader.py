"""Reading a country pack: the only door through which figures enter the library."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from nasssap_lib.errors import PackError, Problem, did_you_mean
from nasssap_lib.pack import schema
from nasssap_lib.pack.cells import Cells, read_cells
from nasssap_lib.pack.checks import (
    beside_shifts,
    check_cells,
    check_header,
    empty_cells,
    empty_frame,
    to_typed,
    with_official_codes,
)
from nasssap_lib.pack.copies import copy_problems
from nasssap_lib.pack.findings import all_findings
from nasssap_lib.pack.folders import codebook_path, countries, data_root, pack_digest, pack_folder, table_files
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.plain_text import MAX_BYTES, is_there
from nasssap_lib.pack.plausible import sense_problems, sound_rows
from nasssap_lib.pack.relations import relation_problems
from nasssap_lib.pack.settings import read_settings
from nasssap_lib.pack.statements import statement_problems
from nasssap_lib.terms import FACT_KEY

Read = tuple[pd.DataFrame, Cells | None, list[Problem]]  # a table, its text, and what is wrong with it
NO_FILE = "no file"
REMEMBERED = 16  # packs; a few MB each
REMEMBERED_TABLES = 64  # of packs in which one table changes after another
# country, digest, names of files → the pack as it was checked, wherever it lies
_CHECKED: dict[tuple, Pack] = {}
# the same, data folder and its packs → doubts of the pack: its neighbours may be copies of it
_DOUBTS: dict[tuple, tuple[Problem, ...]] = {}
# name of a file and digest of its content → the table, its cells and what is wrong with them
_TABLES: dict[tuple[str, str], Read] = {}
ROUNDED = re.compile(r"[+-]?\d*\.(\d*0)")
NO_TABLE_HINT = "copy the header from another pack"
OTHERS = (".xlsx", ".xls", ".ods", ".tsv", ".txt", ".csv.txt")  # as which tables are saved by mistake


def read_pack(country: str, root: str | os.PathLike | None = None) -> Pack:
    """Read and check a country pack.

    Parameters
    ----------
    country : code of the country, three capital letters
    root : data folder, see :func:`data_root`

    Returns
    -------
    Pack : all tables; optional ones that the pack does not have are empty, with their columns

    Raises
    ------
    PackError : with *all* problems of the pack (file, line, column, value, what is expected, what to do)

    Notes
    -----
    A pack that was read and found sound is remembered by the digest of its files: unchanged, it is neither read nor checked
    again in this process; nor is a table, by itself, where others of its pack have changed. Each caller gets tables of its own.

    Examples
    --------
    >>> pack = read_pack("SEN")
    >>> pack.settings.name_fr
    'Sénégal'
    """
    root = data_root(root)
    folder = pack_folder(country, root)
    try:
        state = (
            country,
            pack_digest(root, country),
            tuple(sorted(path.name for path in folder.iterdir() if path.suffix)),
        )
        place = (*state, str(root), tuple(countries(root)))
    except OSError:
        return _with_copies(_checked_pack(country, root, folder), root)  # names what cannot be read
    if state not in _CHECKED:
        pack = _checked_pack(country, root, folder)
        if pack.digest != state[1]:
            return _with_copies(pack, root)  # somebody writes into it: nothing is remembered of what was read meanwhile
        _remember(_CHECKED, state, pack, REMEMBERED)
    known = _CHECKED[state] = _CHECKED.pop(state)  # the one asked for last is forgotten last
    if place not in _DOUBTS:
        _remember(_DOUBTS, place, _with_copies(known, root).doubts, REMEMBERED)
    pack = replace(known, doubts=_DOUBTS[place]).copy()
    if pack.doubts == known.doubts:
        pack.know(known)
    return pack


def _remember(memory: dict, key: tuple, value: object, most: int) -> None:
    while len(memory) >= most:
        memory.pop(next(iter(memory)))
    memory[key] = value


def _with_copies(pack: Pack, root: Path) -> Pack:
    """A sound pack that names the neighbours whose figures it has; raises PackError where it is the copy."""
    frames = {table.attribute: getattr(pack, table.attribute) for table in schema.TABLES}
    copies = tuple(copy_problems(pack.country, root, frames))
    if sure := [problem for problem in copies if not problem.doubt]:
        raise PackError(sure)
    return replace(pack, doubts=(*copies, *pack.doubts))


def keep_answers(pack: Pack) -> None:
    """Let whoever reads this pack next, in this process or a fork of it, know what was asked of it already.

    Parameters
    ----------
    pack : as it was read: a table that was changed since would answer for the one that was read

    Examples
    --------
    >>> pack = read_pack("SEN")
    >>> newest = pack.latest("births")
    >>> keep_answers(pack)
    >>> len(read_pack("SEN")._answers) == len(pack._answers)
    True
    """
    for (country, digest, *_others), known in _CHECKED.items():
        if (country, digest) == (pack.country, pack.digest):
            known.know(pack)


def _checked_pack(country: str, root: Path, folder: Path) -> Pack:
    settings, problems = read_settings(folder / "country.toml", country)
    if any(problem.column == "schema" for problem in problems):
        raise PackError(problems)  # of another version: its tables may be sound by other rules
    frames, texts, contents = {}, {}, {}
    for table in (*schema.TABLES, schema.CODEBOOK):
        where, prefix = (codebook_path(root).parent, "") if table is schema.CODEBOOK else (folder, f"{country}/")
        contents[table.attribute], read = _read_table(where, table, prefix)
        frames[table.attribute], texts[table.name], found = read
        problems += found
    problems += _unknown_files(folder, country)
    relations = relation_problems(texts, country, settings is not None and not settings.fictional)
    problems += with_official_codes(beside_shifts(relations, problems), texts["codebook"])
    problems += statement_problems(texts)
    sound = sound_rows(frames, texts, problems)
    whole = {name: content for name, content in contents.items() if sound[name] is frames[name]}
    findings = all_findings(sound, whole, date.today().year)
    odd = sense_problems(frames, texts, findings)
    wrong = [*problems, *(problem for problem in [*copy_problems(country, root, frames), *odd] if not problem.doubt)]
    if wrong:
        raise PackError(wrong)
    doubts = tuple(problem for problem in odd if problem.doubt)
    read = {"doubts": doubts, "digits": _digits(frames["facts"], texts["indicators"])}
    return Pack(country=country, settings=settings, digest=pack_digest(root, country), **frames, **read)


def _digits(facts: pd.DataFrame, cells: Cells) -> dict[tuple, int]:
    """Decimals of figures whose last decimal is a 0, which a number forgets, by their key."""
    found = {row: ROUNDED.fullmatch(cell) for row, cell in cells.frame["value"].items() if cell.endswith("0")}
    decimals = {row: len(digits[1]) for row, digits in found.items() if digits}
    keys = facts.loc[list(decimals), FACT_KEY].itertuples(index=False, name=None)
    return dict(zip(keys, decimals.values(), strict=True))


def _read_table(folder: Path, table: schema.Table, prefix: str) -> tuple[str, Read]:
    """A digest of what a table holds, "" where it is not known; and its frame and its text.

    There is no text where it cannot be read, and an empty one where a pack does without it.
    """
    file, path = f"{prefix}{table.file}", folder / table.file
    if not is_there(path):
        return NO_FILE, _missing_table(folder, table, file)
    state = (file, _content(path))
    if state not in _TABLES:
        read = _checked_table(path, file, table)
        if not state[1] or _content(path) != state[1]:
            return "", read  # it cannot be read, or somebody writes into it
        _remember(_TABLES, state, read, REMEMBERED_TABLES)
    frame, cells, problems = _TABLES[state] = _TABLES.pop(state)
    return state[1], (frame.copy(), cells, problems)


def _content(path: Path) -> str:
    """A digest of what a file holds; "" where it is not read: no regular file, too large, or barred."""
    try:
        sound = path.is_file() and path.stat().st_size <= MAX_BYTES
        return hashlib.sha256(path.read_bytes()).hexdigest() if sound else ""
    except OSError:
        return ""


def _checked_table(path: Path, file: str, table: schema.Table) -> Read:
    cells, problems = read_cells(path, file)
    if cells is None:
        return empty_frame(table), None, problems
    problems = check_header(cells, table) or check_cells(cells, table)
    return (empty_frame(table) if problems else to_typed(cells, table)), cells, problems


def _missing_table(folder: Path, table: schema.Table, file: str) -> Read:
    """An empty table where a pack may do without it, and no workbook of its name waits to be saved as CSV."""
    other = next((name for end in OTHERS if is_there(folder / (name := f"{table.name}{end}"))), "")
    if not other and not table.required:
        return empty_frame(table), empty_cells(table, file), []
    book = other or next((path.name for path in sorted(folder.glob("*.xlsx")) if not path.name.startswith("~$")), "")
    hint = (
        f"{book[:60]} is not read: save {'it' if other else 'its sheet'} as {table.file} (CSV UTF-8)"
        if book
        else NO_TABLE_HINT
    )
    expected = f"a table with the columns {', '.join(table.names)}"
    return empty_frame(table), None, [Problem(file, 0, "", "", expected, hint)]


def _unknown_files(folder: Path, country: str) -> list[Problem]:
    known = {table.file for table in schema.TABLES}
    return [
        Problem(f"{country}/{path.name}", 0, "", "", "a table of the schema", did_you_mean(path.name, known))
        for path in table_files(folder)
        if path.name not in known
    ]
