"""What of a country pack travels: the files that a run reads, a ministry's prose, and no other; by their names below a data folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from nasssap_lib.document.prose import FILE, FOLDER, all_prose
from nasssap_lib.pack.folders import CODEBOOK, codebook_path
from nasssap_lib.pack.scenario import scenario_path
from nasssap_lib.pack.schema import TABLES


def pack_files(root: Path, country: str, scenarios: Iterable[str] = ()) -> dict[str, bytes]:
    """Settings, tables and prose of a pack, the codebook, and the scenarios that are named: what is read of it, and nothing else.

    Parameters
    ----------
    root : data folder
    country : code of a pack under it
    scenarios : names

    Returns
    -------
    name below the data folder → content

    Examples
    --------
    >>> from nasssap_lib.pack.folders import data_root
    >>> sorted(pack_files(data_root(), "XTC"))[:3]
    ['XTC/activities.csv', 'XTC/conventions.csv', 'XTC/country.toml']
    >>> "XTC/text/vision.fr.md" in pack_files(data_root(), "XTC")
    True
    """
    paths = [root / country / name for name in ("country.toml", *(table.file for table in TABLES))]
    paths += all_prose(root / country)
    paths += [scenario_path(root, country, name) for name in scenarios]
    files = {CODEBOOK: codebook_path(root)} | {path.relative_to(root).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in files.items() if path.is_file()}


def pack_pattern(country: str, scenarios: Iterable[str] = ()) -> str:
    """The names of :func:`pack_files` as a regular expression.

    Examples
    --------
    >>> names = re.compile(pack_pattern("SEN"))
    >>> [bool(names.fullmatch(name)) for name in ("SEN/schemes.csv", "SEN/text/vision.fr.md", "SEN/text/list.csv", "LKA/schemes.csv")]
    [True, True, False, False]
    """
    tables = any_of(table.file for table in TABLES)
    prose = rf"{FOLDER}/(?:{FILE.pattern})"
    return (
        rf"{re.escape(CODEBOOK)}|{country}/(?:country\.toml|{tables}|{prose}|scenarios/(?:{any_of(scenarios)})\.toml)"
    )


def any_of(words: Iterable[str]) -> str:
    """A regular expression of one of some words; of none where there are none.

    Examples
    --------
    >>> any_of(["b.csv", "a"])
    '(?:a|b\\\\.csv)'
    """
    return f"(?:{'|'.join(map(re.escape, sorted(words))) or '(?!)'})"
