"""Packs of an older schema brought to this one: only what must change is changed, every other byte stays.

Each step takes the texts of a pack's files and leaves in them what its version asks for: ``STEPS`` maps a version to the step
that leads out of it. A step that finds its work done does nothing.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from nasssap_lib.errors import PackError
from nasssap_lib.pack import schema
from nasssap_lib.pack.dialects import separator
from nasssap_lib.pack.folders import pack_folder, table_files
from nasssap_lib.pack.plain_text import MAX_BYTES, as_text
from nasssap_lib.pack.settings import read_settings
from nasssap_lib.pack.writing import check_files, write_files

SETTINGS = "country.toml"
VERSION = re.compile(r"^(\ufeff?\s*[\"']?schema[\"']?\s*=\s*)[+\w]+", re.MULTILINE)
RAW_CELL = r'("(?:[^"]|"")*"|[^{sign}\r\n]*)({sign}|\r\n|\n|\r|\Z)'


def migrate_pack(root: Path, country: str, dry_run: bool = False) -> list[str]:
    """Bring a pack to the schema of this library, whole or not at all.

    Parameters
    ----------
    root : data folder
    country : code of the pack
    dry_run : True: say what would be done, and write nothing

    Returns
    -------
    a line for each file that changed, for people; none where the pack is of this schema already

    Raises
    ------
    PackError : the pack is of no schema, of a newer one, or would not be sound; nothing is written then
    """
    before = _texts(pack_folder(country, root))
    version = _version(before)
    if version not in STEPS:
        _, problems = read_settings(root / country / SETTINGS, country)
        if version != schema.SCHEMA and problems:
            raise PackError(problems)
        return []
    after, done = dict(before), []
    for _ in STEPS:
        if _version(after) in STEPS:
            done += STEPS[_version(after)](after)
    changed = {name: text for name, text in after.items() if text != before[name]}
    if dry_run:
        check_files(root, country, changed)
    else:
        write_files(root, country, changed)
    return done


def _texts(folder: Path) -> dict[str, str]:
    """Texts of a pack's files, the one that names the version last: it is put in place when all others are."""
    texts = {}
    for path in [*table_files(folder), folder / SETTINGS]:
        try:
            if path.is_file() and path.stat().st_size <= MAX_BYTES:
                texts[path.name] = as_text(path.read_bytes())
        except (OSError, UnicodeDecodeError):
            continue  # the reader says what is wrong with it
    return texts


def _version(texts: Mapping[str, str]) -> int:
    """The schema that the settings name; 0 where they name none, or cannot be read."""
    try:
        version = tomllib.loads(texts.get(SETTINGS, "").lstrip("\ufeff")).get("schema")
    except (ValueError, RecursionError):
        return 0
    return version if type(version) is int else 0


def _from_1(texts: dict[str, str]) -> list[str]:
    """Schema 2: names of options are translated in the pack, no longer in the library's catalogues."""
    texts[SETTINGS] = VERSION.sub(r"\g<1>2", texts[SETTINGS], count=1)
    name = schema.MEASURES.file
    done = _translate_options(texts, name) if name in texts else []
    return [*done, f"{SETTINGS}: schema = 2"]


def _translate_options(texts: dict[str, str], file: str) -> list[str]:
    """Add name_fr and name_es beside names of options that are the library's own drafts; where some are there, leave them."""
    try:
        rows = _rows(texts[file])
    except csv.Error:
        return []  # the reader says what is wrong with it
    known = [names for row in rows if (names := translated_option(row.get("name") or ""))]
    if not known or {"name_fr", "name_es"} & set(rows[0]):
        return []
    columns = list(known[0])
    texts[file] = insert_columns(texts[file], "name", columns, lambda name: translated_option(name).values())
    return [f"{file}: {' and '.join(columns)} of {len(known)} of {len(rows)} options"]


def _rows(text: str) -> list[dict[str, str]]:
    """Rows of a CSV file that hold something, by the names of its header."""
    sign, passed = separator(text)
    source = io.StringIO(text.lstrip("\ufeff"), newline="")
    for _ in range(passed):
        source.readline()
    return [row for row in csv.DictReader(source, delimiter=sign) if any(row.values())]


@cache
def _option_names() -> dict[str, dict[str, str]]:
    text = files("nasssap_lib.pack").joinpath("option_names.csv").read_text(encoding="utf-8")
    return {row.pop("name"): row for row in csv.DictReader(io.StringIO(text))}


def translated_option(name: str) -> dict[str, str]:
    """An option's name in French and Spanish, where it is one of the library's drafts; what stands in brackets behind it stays.

    Examples
    --------
    >>> translated_option("Cash transfer to all poor persons (PNBSF)")["name_fr"]
    'Transfert monétaire à toutes les personnes pauvres (PNBSF)'
    >>> translated_option("Pension of Ruritania")
    {}
    """
    name, known = name.strip(), _option_names()
    if name in known:
        return known[name]
    head, _, tail = name.rpartition(" (")
    return {column: f"{words} ({tail}" for column, words in known.get(head, {}).items()}


def insert_columns(text: str, beside: str, names: list[str], values: Callable[[str], Iterable[str]]) -> str:
    """The text of a CSV file with further columns; every other cell, quotation mark and line end stays as it is.

    Parameters
    ----------
    text : of the file
    beside, names : header of the column to their left, headers of the new ones
    values : cell of that column → cells of the new ones; none: they stay empty

    Examples
    --------
    >>> insert_columns('id,"name"\\r\\na,"x, y"\\r\\n', "name", ["name_fr"], lambda name: [name.upper()])
    'id,"name",name_fr\\r\\na,"x, y","X, Y"\\r\\n'
    """
    (sign, passed), at, lines = separator(text), None, []
    for number, (cells, end) in enumerate(_raw_lines(text, sign)):
        if number < passed:
            pass
        elif at is None and any(cells):
            at = [_plain(cell) for cell in cells].index(beside)
            cells[at + 1 : at + 1] = names
        elif any(cells) and at < len(cells):
            cells[at + 1 : at + 1] = (
                _quoted(words, sign) for words in [*values(_plain(cells[at]))] or [""] * len(names)
            )
        lines.append(sign.join(cells) + end)
    return "".join(lines)


def _raw_lines(text: str, sign: str) -> Iterator[tuple[list[str], str]]:
    """Cells of each line of a CSV file as they are written, quotation marks included, and how the line ends."""
    cells = []
    for cell, end in re.findall(RAW_CELL.format(sign=re.escape(sign)), text):
        cells.append(cell)
        if end != sign:
            yield cells, end
            cells = []


def _plain(cell: str) -> str:
    """What a cell says."""
    return cell[1:-1].replace('""', '"').strip() if cell.startswith('"') else cell.strip("\ufeff ")


def _quoted(words: str, sign: str) -> str:
    """A cell that says these words."""
    return '"' + words.replace('"', '""') + '"' if re.search(f'["{re.escape(sign)}\r\n]', words) else words


STEPS: dict[int, Callable[[dict[str, str]], list[str]]] = {1: _from_1}
