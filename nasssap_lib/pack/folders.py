"""Where packs are: the data folder, the countries and scenarios in it, and what identifies a pack; nothing is read here but bytes."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

import nasssap_lib
from nasssap_lib.arguments import fault_of
from nasssap_lib.errors import NasssapError, PackError, Problem, did_you_mean
from nasssap_lib.pack import schema

CODEBOOK = "codebook.csv"
COUNTRY = re.compile(r"[A-Z]{3}")
SCENARIO = re.compile(r"[a-z][a-z0-9_-]{0,39}")


def data_root(data: str | os.PathLike | None = None) -> Path:
    """The folder that holds ``codebook.csv`` and one folder a country.

    Parameters
    ----------
    data : that folder; None or "": the environment variable NASSSAP_DATA, else ``data/raw`` of the nearest folder above the
        working directory, or above this library, that holds ``data/raw/codebook.csv``

    Raises
    ------
    PackError : no such folder; NasssapError : neither a text nor a path

    Examples
    --------
    >>> data_root().name
    'raw'
    """
    if fault := fault_of("data", "str | os.PathLike", data) if data is not None else "":
        raise NasssapError(f"data: {fault}")
    given = data or os.environ.get("NASSSAP_DATA")
    if given:
        return _checked_root(Path(given).expanduser())
    for start in (Path.cwd(), Path(nasssap_lib.__file__).parent):
        for folder in (start, *start.parents):
            if (folder / "data" / "raw" / CODEBOOK).is_file():
                return folder / "data" / "raw"
    raise PackError(
        [Problem("data/raw", 0, "", "", f"a folder with {CODEBOOK}", "give it with --data or NASSSAP_DATA")]
    )


def _checked_root(root: Path) -> Path:
    inside = root / "data" / "raw"
    for folder in (root, inside):
        with suppress(OSError):  # a name that is too long for any folder
            if (folder / CODEBOOK).is_file():
                return folder.resolve()
    hint = f"--data names the folder that holds {CODEBOOK} and one folder a country"
    raise PackError([Problem(str(root), 0, "", "", f"a folder with {CODEBOOK}", hint)])


def countries(root: Path) -> list[str]:
    """Codes of the packs under a data folder, in alphabetical order."""
    return sorted(folder.name for folder in root.iterdir() if folder.is_dir() and COUNTRY.fullmatch(folder.name))


def pack_folder(country: str, root: Path) -> Path:
    """The folder of a country's pack.

    Raises
    ------
    PackError : there is none under the data folder
    """
    known = countries(root)
    if country not in known:
        hint = did_you_mean(str(country).upper(), known) if known else "add one with a folder of CSV files"
        raise PackError([Problem(str(country)[:40], 0, "", "", "a country pack under the data folder", hint)])
    return root / country


def scenarios(root: Path, country: str) -> list[str]:
    """Names of the scenarios of a pack, in alphabetical order."""
    return sorted(path.stem for path in (root / country / "scenarios").glob("*.toml") if SCENARIO.fullmatch(path.stem))


def fault_of_names(text: str) -> str:
    """What is wrong with the names of scenarios that a run is given, whatever the pack holds; "" where nothing is.

    Examples
    --------
    >>> fault_of_names(""), fault_of_names("low, high"), fault_of_names(",")
    ('', '', "expected the name of a scenario, or two different ones with a comma, got ','")
    """
    names = [name.strip() for name in text.split(",")] if text else []
    if len(names) > 2 or len(set(names)) < len(names) or not all(names):
        return f"expected the name of a scenario, or two different ones with a comma, got {text[:60]!r}"
    wrong = next((name for name in names if not SCENARIO.fullmatch(name)), "")
    return f"no name of a scenario: {wrong[:60]!r}; small letters, digits, _ and -" if wrong else ""


def pack_digest(root: Path, country: str) -> str:
    """SHA-256 over the names and bytes of the pack's files and of the codebook."""
    digest = hashlib.sha256()
    names = {table.file for table in schema.TABLES} | {"country.toml"}
    files = [root / CODEBOOK, *sorted(path for path in (root / country).iterdir() if path.name in names)]
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
