"""Reading a country pack: the only door through which figures enter the library."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from nasssap_lib.errors import PackError, Problem, did_you_mean
from nasssap_lib.pack import schema
from nasssap_lib.pack.cells import Cells, read_cells
from nasssap_lib.pack.checks import check_cells, check_header, empty_cells, empty_frame, to_typed
from nasssap_lib.pack.folders import codebook_path, data_root, pack_digest, pack_folder
from nasssap_lib.pack.model import Pack, Settings, is_name, to_settings
from nasssap_lib.pack.relations import relation_problems
from nasssap_lib.pack.statements import statement_problems
from nasssap_lib.pack.toml_words import kind_words, toml_problem

REMEMBERED = 16  # packs; a few MB each
_CHECKED: dict[tuple, Pack] = {}  # country, digest and names of its tables → the pack as it was checked
USER_ASSIGNED = re.compile(r"AAA|Q[M-Z][A-Z]|X[A-Z][A-Z]|ZZZ")


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
    again in this process. Each caller gets tables of its own.

    Examples
    --------
    >>> pack = read_pack("SEN")
    >>> pack.settings.name_fr
    'Sénégal'
    """
    root = data_root(root)
    folder = pack_folder(country, root)
    try:
        state = (country, pack_digest(root, country), tuple(path.name for path in _tables(folder)))
    except OSError:
        return _checked_pack(country, root, folder)  # names what cannot be read beside all other problems
    if state not in _CHECKED:
        pack = _checked_pack(country, root, folder)
        if pack.digest != state[1]:
            return pack  # somebody writes into it: nothing is remembered of what was read meanwhile
        while len(_CHECKED) >= REMEMBERED:
            _CHECKED.pop(next(iter(_CHECKED)))
        _CHECKED[state] = pack
    _CHECKED[state] = _CHECKED.pop(state)  # the one asked for last is forgotten last
    return _CHECKED[state].copy()


def _checked_pack(country: str, root: Path, folder: Path) -> Pack:
    settings, problems = read_settings(folder / "country.toml", country)
    if any(problem.column == "schema" for problem in problems):
        raise PackError(problems)  # of another version: its tables may be sound by other rules
    frames, texts = {}, {}
    for table in (*schema.TABLES, schema.CODEBOOK):
        where, prefix = (codebook_path(root).parent, "") if table is schema.CODEBOOK else (folder, f"{country}/")
        frames[table.attribute], texts[table.name], found = _read_table(where, table, prefix)
        problems += found
    problems += _unknown_files(folder, country)
    problems += relation_problems(texts, country, settings is not None and not settings.fictional)
    problems += statement_problems(texts)
    if problems:
        raise PackError(problems)
    return Pack(country=country, settings=settings, digest=pack_digest(root, country), **frames)


def read_settings(path: Path, country: str) -> tuple[Settings | None, list[Problem]]:
    """Read country.toml; problems for unknown, missing and wrong keys."""
    file = f"{country}/{path.name}"
    if not path.is_file():
        return None, [Problem(file, 0, "", "", "a file country.toml", "copy it from another pack and change it")]
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        return None, [Problem(file, 0, "", str(error)[:120], "text in UTF-8", "save it as UTF-8 in a plain editor")]
    except tomllib.TOMLDecodeError as error:
        return None, [toml_problem(file, path.read_text(encoding="utf-8"), error)]
    lines = {
        match[1]: number
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (match := re.match(r"\s*(\w+)\s*=", text))
    }
    problems = list(_check_version(file, values, lines, country) or _check_settings(file, values, lines, country))
    return (None if problems else to_settings(values)), problems


def _check_version(file: str, values: dict, lines: dict[str, int], country: str) -> list[Problem]:
    """Another version of the schema than ours, and what to do about it."""
    version = values.get("schema")
    if type(version) is not int or version == schema.SCHEMA:
        return []
    newer = version > schema.SCHEMA
    hint = "the pack was made for a newer nasssap: update this one" if newer else f"run: nasssap migrate {country}"
    expected = f"at most {schema.SCHEMA}" if newer else str(schema.SCHEMA)
    return [Problem(file, lines.get("schema", 0), "schema", str(version), expected, hint)]


def _check_settings(file: str, values: dict, lines: dict[str, int], country: str) -> list[Problem]:
    def problem(key, expected, hint):
        return Problem(file, lines.get(key, 0), key, str(values.get(key, ""))[:40], expected, hint)

    problems = [
        problem(key, "a key of the schema", did_you_mean(key, schema.SETTINGS))
        for key in values
        if key not in schema.SETTINGS and not is_name(key)
    ]
    for key, (kind, required, meaning) in schema.SETTINGS.items():
        if key not in values:
            problems += [problem(key, f"a line {key} = …", meaning)] if required else []
        elif not isinstance(values[key], kind) or (kind is int and isinstance(values[key], bool)):
            problems.append(problem(key, kind_words(kind, key), meaning))
    return problems or list(_check_setting_values(file, values, lines, country))


def _check_setting_values(file: str, values: dict, lines: dict[str, int], country: str) -> Iterator[Problem]:
    def problem(key, expected, hint=""):
        return Problem(file, lines.get(key, 0), key, str(values[key])[:40], expected, hint)

    if values["code"] != country:
        yield problem("code", f"the name of the folder, {country}")
    if not schema.is_language(values["language"]):
        yield problem("language", "the two letters of a language in ISO 639", "as in en, fr, es, pt, ar, sw")
    if not 1990 <= values["reference_year"] <= 2100:
        yield problem("reference_year", "a year from 1990 to 2100")
    if values.get("fictional", False) != bool(USER_ASSIGNED.fullmatch(country)):
        expected = "fictional = true for user-assigned codes, and only there"
        yield Problem(file, lines.get("fictional", 0), "fictional", country, expected, "XAA to XZZ are user-assigned")
    for key in values:
        if is_name(key) and not isinstance(values[key], str):
            yield problem(key, kind_words(str, key), "name of the country in another language")
    if not all(isinstance(plan, str) for plan in values.get("plans", [])):
        yield problem("plans", "a list of titles")


def _read_table(folder: Path, table: schema.Table, prefix: str) -> tuple[pd.DataFrame, Cells | None, list[Problem]]:
    """A table as its frame and as text; no text where it cannot be read, an empty one where a pack does without it."""
    file, path = f"{prefix}{table.file}", folder / table.file
    if not path.is_file() and not table.required:
        return empty_frame(table), empty_cells(table, file), []
    if not path.is_file():
        expected = f"a table with the columns {', '.join(table.names)}"
        return empty_frame(table), None, [Problem(file, 0, "", "", expected, "copy the header from another pack")]
    cells, problems = read_cells(path, file)
    if cells is None:
        return empty_frame(table), None, problems
    problems = check_header(cells, table) or check_cells(cells, table)
    return (empty_frame(table) if problems else to_typed(cells, table)), cells, problems


def _unknown_files(folder: Path, country: str) -> list[Problem]:
    known = {table.file for table in schema.TABLES}
    return [
        Problem(f"{country}/{path.name}", 0, "", "", "a table of the schema", did_you_mean(path.name, known))
        for path in _tables(folder)
        if path.name not in known
    ]


def _tables(folder: Path) -> list[Path]:
    """The CSV files of a folder, known to the schema or not."""
    return sorted(folder.glob("*.csv"))
