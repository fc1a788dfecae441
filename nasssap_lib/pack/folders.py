"""Where packs are: the data folder, the countries and scenarios in it, and what identifies a pack; nothing is read here but bytes."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import nasssap_lib
from nasssap_lib.arguments import fault_of
from nasssap_lib.errors import NasssapError, PackError, Problem, did_you_mean
from nasssap_lib.files import expanded
from nasssap_lib.pack import schema
from nasssap_lib.pack.plain_text import is_hidden

CODEBOOK = "codebook.csv"
COUNTRY = re.compile(r"[A-Z]{3}")
SCENARIO = re.compile(r"[a-z][a-z0-9_-]{0,39}")


def data_root(data: str | os.PathLike | None = None) -> Path:
    """The folder that holds ``codebook.csv`` and one folder a country.

    Parameters
    ----------
    data : that folder, which may do without a codebook where it holds packs; None or "": the environment variable
        NASSSAP_DATA, else ``data/raw`` of the nearest folder above the working directory, or above this library, that holds
        ``data/raw/codebook.csv``

    Raises
    ------
    PackError : no such folder; NasssapError : neither a text nor a path, or ``~`` of nobody

    Examples
    --------
    >>> data_root().name
    'raw'
    """
    if fault := fault_of("data", "str | os.PathLike", data) if data is not None else "":
        raise NasssapError(f"data: {fault}")
    given = data or os.environ.get("NASSSAP_DATA")
    if given:
        return _checked_root(expanded(given))
    if found := next(_project_roots(), None):
        return found
    raise PackError(
        [Problem("data/raw", 0, "", "", f"a folder with {CODEBOOK}", "give it with --data or NASSSAP_DATA")]
    )


def _checked_root(root: Path) -> Path:
    for folder in (root, root / "data" / "raw"):
        with suppress(OSError):  # a name that is too long for any folder
            if is_data_folder(folder):
                return folder.resolve()
    hint = f"--data names the folder that holds one folder a country, and perhaps a {CODEBOOK} of its own"
    if not _is(root, Path.exists):
        hint = "there is nothing of that name; is the path spelled right? nasssap new-country GHA makes a pack in a new folder"
    elif _is(root / "country.toml", Path.is_file):
        hint = f"this is a pack itself: name the folder above it, --data {shlex.quote(str(root.parent))}"
    raise PackError([Problem(str(root), 0, "", "", f"a folder with country packs or {CODEBOOK}", hint)])


def _is(path: Path, what: Callable[[Path], bool]) -> bool:
    """Whether a path is there, or a file; one whose name is too long is not."""
    try:
        return what(path)
    except OSError:
        return False


def data_option(data: str = "") -> str:
    """What a command typed elsewhere needs to find the same packs: " --data DIR", "" where it finds them by itself.

    Parameters
    ----------
    data : as it was given; "": the variable NASSSAP_DATA, which ``nasssap lab`` sets for its notebooks

    Examples
    --------
    >>> data_option("my packs"), data_option(str(data_root()))
    (" --data 'my packs'", '')
    """
    given = data or os.environ.get("NASSSAP_DATA", "")
    found = next(_project_roots(), None)
    if not given or (found and expanded(given).resolve() == found.resolve()):
        return ""
    return f" --data {shlex.quote(given)}"


def is_data_folder(folder: Path) -> bool:
    """Whether a folder holds a codebook or at least one country pack."""
    if (folder / CODEBOOK).is_file():
        return True
    return folder.is_dir() and any((folder / code / "country.toml").is_file() for code in countries(folder))


def codebook_path(root: Path) -> Path:
    """The codebook of a data folder: its own, else that of the project, which is what a plain command reads.

    Raises
    ------
    PackError : there is none

    Examples
    --------
    >>> codebook_path(data_root()) == data_root() / "codebook.csv"
    True
    """
    found = [root / CODEBOOK, *(folder / CODEBOOK for folder in _project_roots()), Path(__file__).parent / CODEBOOK]
    for path in found:
        if path.is_file():
            return path
    hint = "copy it from another data folder: it defines the indicators"
    raise PackError([Problem(CODEBOOK, 0, "", "", f"a file {CODEBOOK} beside the packs", hint)])


def _project_roots() -> Iterator[Path]:
    """Folders ``data/raw`` with a codebook: above where one stands, then above this library."""
    for start in (Path.cwd(), Path(nasssap_lib.__file__).parent):
        for folder in (start, *start.parents):
            if (folder / "data" / "raw" / CODEBOOK).is_file():
                yield folder / "data" / "raw"


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
        hint = unknown_pack_hint(str(country), known)
        raise PackError([Problem(str(country)[:40], 0, "", "", "a country pack under the data folder", hint)])
    return root / country


def table_files(folder: Path) -> list[Path]:
    """What a folder holds under the name of a CSV file, in alphabetical order, without what systems keep beside files (``._x.csv``)."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv" and not is_hidden(path.name))


def scenario_files(folder: Path) -> list[Path]:
    """Regular files of a pack's folder of scenarios, in alphabetical order; none where it has no such folder."""
    inside = (folder / "scenarios").glob("*.toml")
    return sorted(path for path in inside if not is_hidden(path.name) and path.is_file())


def unknown_pack_hint(code: str, known: Iterable[str]) -> str:
    """What to do about a code of which there is no pack: make one for a country that exists, else the code that was meant.

    Examples
    --------
    >>> unknown_pack_hint("KEN", ["SEN", "LKA"]), unknown_pack_hint("SEM", ["SEN", "LKA"])
    ('Kenya has no pack here: make an empty one with nasssap new-country KEN; there are LKA, SEN', "did you mean 'SEN'?")
    """
    from nasssap_lib.pack.territories import is_territory, territory_code, territory_name

    known = sorted(known)
    there = f"; there are {', '.join(known)}" if known else ""
    if code.upper() in known:
        return f"did you mean {code.upper()!r}?"
    meant = code.upper() if is_territory(code.upper()) else territory_code(code)
    if meant in known:
        return f"did you mean {meant!r}?"
    if meant:
        return f"{territory_name(meant)} has no pack here: make an empty one with nasssap new-country {meant}{there}"
    return did_you_mean(code.upper(), known) if known else "make an empty pack with nasssap new-country GHA"


def scenarios(root: Path, country: str) -> list[str]:
    """Names of the scenarios of a pack, in alphabetical order."""
    return [path.stem for path in scenario_files(root / country) if SCENARIO.fullmatch(path.stem)]


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
    inside = [path for path in (root / country).iterdir() if path.name in names and path.is_file()]
    files = [codebook_path(root), *sorted(inside)]
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
