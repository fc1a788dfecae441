"""``nasssap verify``: is a bundle whole, and do our own notebooks give its numbers? Code from a bundle is never executed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import platform
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from nasssap_lib.errors import such
from nasssap_lib.exchange.archive import ASK, read_archive
from nasssap_lib.exchange.bundle import Front
from nasssap_lib.exchange.compare import TOLERANCE, compare_sets, differs
from nasssap_lib.exchange.manifest import BUNDLE, EDITION, MANIFEST, BundleError, read_manifest
from nasssap_lib.exchange.pages import foreign_in_edition, foreign_names, other_pages, own_files
from nasssap_lib.files import expanded
from nasssap_lib.pack.migration import migrate_pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.run.batch import DONE, RunRecord, run_batch
from nasssap_lib.run.fingerprint import code_of, different_cells, library_hashes
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.plan import plan

MOST_VERSIONS = 50  # of packages that a manifest names
FOREIGN = {
    BUNDLE: "nothing that nasssap share writes of these runs",
    EDITION: "nothing that nasssap document writes of this edition",
}


@dataclass(frozen=True)
class Bundle:
    """A bundle or an edition in memory: its files by name, what its manifest says, and the SHA-256 of the manifest."""

    files: Mapping[str, bytes]
    manifest: Mapping[str, Any]
    digest: str
    changed: tuple[str, ...] = ()

    @property
    def country(self) -> str:
        """Code of the country."""
        return self.manifest["country"]

    @property
    def is_edition(self) -> bool:
        """Whether it is a numbered document and its pack; else reports and result tables."""
        return self.manifest["format"] == EDITION

    @property
    def runs(self) -> dict[str, dict[str, Any]]:
        """The parameters of each notebook's run."""
        return {name: run["parameters"] for name, run in self.manifest.get("runs", {}).items()}

    def tables(self) -> dict[str, pd.DataFrame]:
        """The result tables as text, by ``notebook/name``."""
        prefix = f"data/processed/{self.country}/"
        names = [name for name in self.files if name.startswith(prefix) and name.endswith(".csv")]
        return {name.removeprefix(prefix).removesuffix(".csv"): read_table(self.files[name], name) for name in names}


@dataclass(frozen=True)
class Rerun:
    """What came of a rerun.

    stopped : why it was not done · failed : runs that failed · differences : the numbers · other : names of files that say something
    else than ours · drawn : names of files in which only pictures are otherwise · compared : how many tables, notebooks, pages and
    records were compared
    """

    stopped: list[str] = field(default_factory=list)
    failed: list[RunRecord] = field(default_factory=list)
    differences: pd.DataFrame = field(default_factory=pd.DataFrame)
    other: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    compared: Mapping[str, int] = field(default_factory=dict)


def read_table(content: bytes, name: str) -> pd.DataFrame:
    """A CSV file as text, without a guess at types.

    Raises
    ------
    BundleError : no table
    """
    try:
        return pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False, encoding="utf-8")
    except pd.errors.EmptyDataError:
        return pd.DataFrame()
    except (pd.errors.ParserError, UnicodeDecodeError, ValueError) as error:
        raise BundleError(f"{name}: expected a table of CSV in UTF-8 ({str(error).splitlines()[0][:120]})") from error


def open_bundle(path: str | Path) -> Bundle:
    """Read a bundle into memory and check every file against the manifest.

    Parameters
    ----------
    path : zip file of ``nasssap share``, or of a numbered ``nasssap document``

    Returns
    -------
    Bundle : ``changed`` names the files that are not as the manifest says

    Raises
    ------
    ArchiveError : an archive that is refused
    BundleError : no manifest, a wrong one, or files that it does not name or that are missing
    """
    archive = read_archive(expanded(path))
    content = archive.files.get(MANIFEST)
    if content is None:
        state = "damaged" if MANIFEST in archive.damaged else "missing"
        raise BundleError(f"{MANIFEST}: {state}; without it nothing can be checked: ask for the file again")
    manifest = read_manifest(content)
    there, named = set(archive.files) | set(archive.damaged), {MANIFEST, *manifest["files"]}
    faults = _told(sorted(there - named), "not in the manifest")
    faults += _told(sorted(named - there), "in the manifest, not in the archive")
    faults += _told([f"{name[:80]!r}" for name in _foreign(manifest)], FOREIGN[manifest["format"]])
    if faults:
        raise BundleError("\n".join(faults))
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in archive.files.items()}
    changed = [name for name, entry in manifest["files"].items() if hashes.get(name) != entry["sha256"]]
    return Bundle(archive.files, manifest, hashes[MANIFEST], tuple(sorted(changed)))


def _foreign(manifest: Mapping[str, Any]) -> list[str]:
    """Names of files that we would not write into an archive of this kind."""
    names, country = sorted(manifest["files"]), manifest["country"]
    if manifest["format"] == EDITION:
        return foreign_in_edition(names, country, manifest["edition"], manifest["before"] is not None)
    return foreign_names(names, country, {name: run["parameters"] for name, run in manifest["runs"].items()})


def code_differences(bundle: Bundle) -> list[str]:
    """Where the code that made a bundle is not ours; the bundle's notebooks are read, never executed.

    Returns
    -------
    sentences; none where notebooks and library are the same
    """
    folder, sentences = Folders.of().notebooks, []
    for name in bundle.runs:
        path, theirs = folder / f"{name}.ipynb", _executed(bundle, name)
        if theirs is None:
            sentences.append(f"{name}: the bundle has no executed notebook of it")
        elif not path.is_file():
            sentences.append(f"{name}: we have no notebook of this name")
        else:
            sentences += [f"{name}, {text}" for text in different_cells(theirs, nbformat.read(path, as_version=4))]
    return sentences + library_differences(bundle.manifest["library"], library_hashes())


def _executed(bundle: Bundle, name: str) -> nbformat.NotebookNode | None:
    paths = [path for path in bundle.files if path.startswith("reports/") and path.endswith(f"/{name}.ipynb")]
    if len(paths) != 1:
        return None
    try:
        notebook = nbformat.reads(bundle.files[paths[0]].decode("utf-8"), as_version=4)
        code_of(notebook)  # nbformat lets cells pass that have no kind or no source
    except Exception as error:  # nbformat raises many kinds on a file that is no notebook
        raise BundleError(f"{paths[0]}: expected a notebook ({type(error).__name__})") from error
    return notebook


def library_differences(theirs: Mapping[str, Any], ours: Mapping[str, str]) -> list[str]:
    """Files of the library that are not alike on both sides, in sentences.

    Examples
    --------
    >>> library_differences({"a.py": "1", "b.py": "2"}, {"a.py": "2", "b.py": "2"})
    ['library: a.py: another version than ours']
    """
    words = {
        "another version than ours": [name for name in ours if name in theirs and theirs[name] != ours[name]],
        "only in our library": sorted(set(ours) - set(theirs)),
        "only in theirs": sorted(set(theirs) - set(ours)),
    }
    return [f"library: {', '.join(map(str, names))[:600]}: {text}" for text, names in words.items() if names]


def rerun(
    bundle: Bundle,
    jobs: int | None = None,
    done: Callable[[RunRecord], None] = lambda record: None,
    **watching: Callable,
) -> Rerun:
    """Run our own notebooks on a bundle's pack and parameters, in a temporary folder; compare every table, page and notebook.

    Parameters
    ----------
    bundle : whole, as :func:`open_bundle` found it
    jobs, done, watching : as of :func:`nasssap_lib.run.batch.run_batch`, with ``planned`` and ``started``

    Returns
    -------
    Rerun : not done where the code differs; else every number that differs by more than ``compare.TOLERANCE`` (before: theirs,
        after: ours), and every page, notebook, record and the manifest where it says something else than ours, see
        ``pages.normalised``; nothing is compared where one of our runs failed

    Raises
    ------
    BundleError : a damaged bundle
    PackError : the pack inside has problems; ParameterError : a parameter that our notebooks do not take
    """
    if bundle.changed:
        raise BundleError("\n".join(f"{name}: changed" for name in bundle.changed))
    if stopped := code_differences(bundle):
        return Rerun(stopped)
    with tempfile.TemporaryDirectory(prefix="nasssap") as folder:
        root, out = Path(folder, "data", "raw"), Path(folder, "out")
        write_pack(bundle, root)
        pack = read_pack(bundle.country, root)
        records = run_as(bundle.country, bundle.runs, root, out, jobs, done, **watching)
        if failed := [record for record in records if record.status != DONE]:
            return Rerun(failed=failed)
        return _compare(bundle, own_files(pack, root, Folders.of(out), bundle.runs, _front(bundle)))


def _compare(bundle: Bundle, ours: Mapping[str, bytes]) -> Rerun:
    """Every file of a bundle against ours; the pack is what both were made of."""
    tables = f"data/processed/{bundle.country}/"
    theirs, ours = (
        {name: content for name, content in files.items() if not name.startswith("data/raw/")}
        for files in (bundle.files, ours)
    )
    values = [
        {
            name.removeprefix(tables).removesuffix(".csv"): read_table(files[name], name)
            for name in files
            if name.endswith(".csv")
        }
        for files in (theirs, ours)
    ]
    differences = compare_sets(*values)
    named = {f"{tables}{table}.csv" for table in differences["table"]}
    other, drawn = other_pages(
        *({name: files[name] for name in files if not name.endswith(".csv")} for files in (theirs, ours))
    )
    both = [name for name in theirs if name in ours and name.endswith(".csv") and name not in named]
    other += [name for name in both if not same_cells(theirs[name], ours[name])]
    return Rerun([], [], differences, sorted(other), drawn, _counts(set(theirs) & set(ours)))


def _counts(names: Iterable[str]) -> dict[str, int]:
    kinds = {"tables": ".csv", "notebooks": ".ipynb", "pages": ".html", "texts": ".txt", "records": ".json"}
    return {kind: sum(name.endswith(ending) for name in names) for kind, ending in kinds.items()}


def same_cells(theirs: bytes, ours: bytes) -> bool:
    """Whether two tables hold the same cells at the same places, headers and order of rows included; numbers within ``compare.TOLERANCE``.

    Examples
    --------
    >>> same_cells(b"a,b\\n1,0.30000000000000004\\n", b"a,b\\n1,0.3\\n"), same_cells(b"a,b\\n1,2\\n3,4\\n", b"a,b\\n3,4\\n1,2\\n")
    (True, False)
    """
    if theirs == ours:
        return True
    try:
        rows = [list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""))) for content in (theirs, ours)]
    except csv.Error:  # a cell of more letters than any of ours
        return False
    if list(map(len, rows[0])) != list(map(len, rows[1])):
        return False
    cells = (pd.Series([cell for row in table for cell in row], dtype="str") for table in rows)
    return not differs(*cells, TOLERANCE).any()


def _front(bundle: Bundle) -> Front:
    """What the first pages must say."""
    manifest = bundle.manifest
    return Front(manifest.get("file", ""), manifest.get("language", "en"), datetime.fromisoformat(manifest["made"]))


def _told(names: list[str], what: str) -> list[str]:
    """One line for all files of which the same is wrong, with what to do; none where nothing is."""
    return [f"{names[0]}: {what}{such(names, 'file')}; {ASK}"] if names else []


def other_versions(bundle: Bundle) -> dict[str, tuple[str, str]]:
    """Packages of which the bundle was made with other versions than ours: name → theirs, ours."""
    theirs = bundle.manifest.get("versions")
    theirs = list(theirs.items())[:MOST_VERSIONS] if isinstance(theirs, dict) else []
    pairs = {str(name): (str(value), _version(str(name))) for name, value in theirs}
    return {name: (theirs, ours) for name, (theirs, ours) in pairs.items() if theirs != ours}


def _version(name: str) -> str:
    if name == "python":
        return platform.python_version()
    try:
        return version(name)
    except (PackageNotFoundError, ValueError):
        return "not installed"


def write_pack(bundle: Bundle, root: Path, folder: str = "data/raw/") -> None:
    """Write a pack's files below a folder of our own, brought to today's schema; the archive's reader checked their names.

    Parameters
    ----------
    bundle : as :func:`open_bundle` found it
    root : where to
    folder : of the archive, that holds the pack

    Raises
    ------
    BundleError : there is no pack in that folder
    """
    settings = f"{folder}{bundle.country}/country.toml"
    if settings not in bundle.files:
        raise BundleError(f"{settings}: missing, so that there is no pack to start from; {ASK}")
    for name, content in bundle.files.items():
        if name.startswith(folder):
            path = root / name.removeprefix(folder)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    migrate_pack(root, bundle.country)


def run_as(
    country: str,
    runs: Mapping[str, Mapping[str, Any]],
    root: Path,
    out: Path,
    jobs: int | None = None,
    done: Callable[[RunRecord], None] = lambda record: None,
    **watching: Callable,
) -> list[RunRecord]:
    """Run notebooks, each with its own parameters; all parameters are checked before the first kernel starts.

    Parameters
    ----------
    country : code of a pack under ``root``
    runs : parameters by notebook; those that take the same go in one batch
    root, out, jobs, done, watching : as of :func:`nasssap_lib.run.batch.run_batch`

    Returns
    -------
    the records of all runs
    """
    batches: dict[str, list[str]] = {}
    for name, parameters in runs.items():
        batches.setdefault(json.dumps(parameters, sort_keys=True), []).append(name)
    todo = []
    for text, names in batches.items():
        parameters = json.loads(text)
        chosen = [str(parameters.pop(name, "")) for name in ("scenario", "language")]
        plan([country], names, parameters, root, Folders.of(out), *([value] for value in chosen))
        todo.append((names, parameters, chosen))
    records = []
    for names, parameters, chosen in todo:
        records += run_batch([country], names, parameters, root, out, jobs, done, *chosen, **watching)
    return records


def read_results(folder: Path, notebooks: Iterable[str]) -> dict[str, pd.DataFrame]:
    """The result tables of these notebooks under a country's folder, as text, by ``notebook/name``."""
    wanted = set(notebooks)
    return {
        f"{path.parent.name}/{path.stem}": read_table(path.read_bytes(), path.name)
        for path in sorted(folder.rglob("*.csv"))
        if path.parent.name in wanted
    }
