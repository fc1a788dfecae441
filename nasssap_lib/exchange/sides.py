"""The two sides of a comparison: a bundle, a numbered edition, a country's code, a pack folder, a data folder, or a folder of a run."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from nasssap_lib.chapter.notebooks import chapters
from nasssap_lib.display.texts import _
from nasssap_lib.document.prose import FOLDER, all_prose, prose_digest
from nasssap_lib.errors import NasssapError, nearest
from nasssap_lib.exchange.compare import SEPARATOR, compare_sets
from nasssap_lib.exchange.pack_files import pack_files
from nasssap_lib.exchange.verify import BundleError, open_bundle, read_results, run_as, write_pack
from nasssap_lib.files import expanded
from nasssap_lib.pack.folders import (
    CODEBOOK,
    codebook_path,
    countries,
    data_root,
    is_data_folder,
    scenario_files,
    table_files,
)
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.scenario import scenario_table
from nasssap_lib.pack.schema import CODEBOOK as CODEBOOK_TABLE
from nasssap_lib.pack.schema import TABLES
from nasssap_lib.run.batch import DONE, RunRecord
from nasssap_lib.run.fingerprint import library_digest
from nasssap_lib.run.records import read_record

CODE = re.compile(r"[A-Z]{3}")
KEYS = {table.file: [name for name in table.key if name != "country"] for table in (*TABLES, CODEBOOK_TABLE)}
KEYS["country.toml"] = ["key"]
SCENARIOS = "scenarios"
KEYS[SCENARIOS] = ["scenario", "measure", "parameter"]


class SideError(NasssapError):
    """Something that cannot be compared: neither bundle nor pack nor run, or another country than the other side."""


@dataclass(frozen=True)
class Side:
    """One side of a comparison.

    tables : of the pack by file, and its scenarios · results : by notebook and name (None: not computed) · runs : their
    parameters · library : digest of the code that made the results ("": not known) · root : data folder with the pack ·
    all_scenarios : False for a bundle, which carries the scenarios of its run only · number : of a frozen edition, "" for all else ·
    manifest : SHA-256 of the manifest of a bundle or edition
    """

    label: str
    country: str
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    results: Mapping[str, pd.DataFrame] | None = None
    runs: Mapping[str, Mapping[str, Any]] | None = None
    library: str = field(default_factory=library_digest)
    root: Path | None = None
    all_scenarios: bool = True
    number: str = ""
    manifest: str = ""


@dataclass(frozen=True)
class EditionBefore:
    """An edition of a country's pack that another one is compared with.

    label : what it is called · number : of a frozen edition, "" for all else · files : of its pack, by name below a data folder ·
    manifest : SHA-256 of its manifest, "" for a folder · prose : digest of the prose of a frozen edition, None where it is not known
    """

    pack: Pack
    label: str
    number: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    manifest: str = ""
    prose: str | None = None


@dataclass(frozen=True)
class Comparison:
    """What changed: ``figures`` of the packs, ``results`` that follow (columns of ``compare.COLUMNS``), what to know, names of ids."""

    a: str
    b: str
    country: str
    figures: pd.DataFrame
    results: pd.DataFrame
    notes: list[str]
    names: Mapping[str, str] = field(default_factory=dict)


def open_side(text: str, work: Path, country: str = "", data: str = "") -> Side:
    """Read one side of a comparison.

    Parameters
    ----------
    text : path of a bundle, a numbered edition, a pack folder, a data folder or the output folder of a run; or the code of a country
    work : an empty folder that packs of bundles are written to
    country : code, where a folder holds several
    data : data folder of the codes

    Raises
    ------
    SideError : none of these; PackError, ArchiveError, BundleError : one that has problems
    """
    path = expanded(text)
    if CODE.fullmatch(text) and not path.exists():
        return _pack_side(text, text, data_root(data))
    if path.is_file():
        return _bundle_side(path, work)
    if (path / "country.toml").is_file():
        return _folder_side(path, work, data)
    if path.is_dir():
        return _root_side(path, country)
    expected = "expected a bundle, a country's code, or the folder of a pack, of packs or of a run"
    raise SideError(f"{text[:200]}: {expected}{_code_hint(text, data)}")


def read_edition(option: str, text: str, country: str, data: str = "", language: str = "") -> EditionBefore:
    """Another edition of a country's pack, out of a numbered edition, a bundle or a folder.

    Parameters
    ----------
    option : of the command, for messages
    text, country, data : see :func:`open_side`
    language : in which the prose of a numbered edition is asked for

    Raises
    ------
    SideError : of another country, or results alone; and as :func:`open_side`
    """
    with tempfile.TemporaryDirectory(prefix="nasssap") as work:
        side = open_side(text, Path(work), country, data)
        if side.country != country:
            raise SideError(f"{option}: expected an edition of {country}, got {side.country}")
        if side.root is None:
            raise SideError(f"{option}: {text[:200]} holds results alone; expected a bundle or the folder of a pack")
        prose = prose_digest(side.root / country, language) if side.number else None
        files = pack_files(side.root, country)
        return EditionBefore(read_pack(country, side.root), side.label, side.number, files, side.manifest, prose)


def _code_hint(text: str, data: str) -> str:
    """The country that was meant by what is no path; "" where none is near, or the data folder is not there."""
    try:
        meant = nearest(text[:40], countries(data_root(data)))
    except (NasssapError, OSError):
        return ""
    return f"; did you mean {meant!r}?" if meant else ""


def _bundle_side(path: Path, work: Path) -> Side:
    bundle = open_bundle(path)
    if bundle.changed:
        raise BundleError(
            "\n".join(f"{path.name}: {name} changed; nasssap verify says more" for name in bundle.changed)
        )
    root = work / "raw"
    write_pack(bundle, root)
    side = replace(_pack_side(path.name, bundle.country, root), all_scenarios=False, manifest=bundle.digest)
    if bundle.is_edition:
        return replace(side, number=bundle.manifest["number"])
    return replace(
        side,
        results=bundle.tables(),
        runs=bundle.runs,
        library=library_digest(bundle.manifest["library"]),
    )


def _pack_side(label: str, country: str, root: Path) -> Side:
    pack = read_pack(country, root)
    return Side(label, country, {**pack_tables(pack), SCENARIOS: scenario_table(pack, root)}, root=root)


def _folder_side(path: Path, work: Path, data: str) -> Side:
    """A pack folder, whatever its name: read from a copy under the name that the reader expects, beside its codebook."""
    text = (path / "country.toml").read_text("utf-8-sig", "replace")
    code = re.search(r'^code\s*=\s*"([A-Z]{3})"', text, re.MULTILINE)
    if code is None:
        raise SideError(f'{path.name}/country.toml: expected a line code = "…" with three capital letters')
    root = work / "raw"
    root.mkdir(parents=True)
    beside = path.resolve().parent / CODEBOOK
    shutil.copy(beside if beside.is_file() else codebook_path(data_root(data)), root)
    kinds = {
        "": [path / "country.toml", *filter(Path.is_file, table_files(path))],
        "scenarios": scenario_files(path) if (path / "scenarios").is_dir() else [],
        FOLDER: all_prose(path),
    }
    for folder, files in kinds.items():
        (root / code[1] / folder).mkdir(exist_ok=True)
        for file in files:
            shutil.copy(file, root / code[1] / folder)
    return _pack_side(_label(path), code[1], root)


def _root_side(path: Path, country: str) -> Side:
    """A data folder, an output folder, or a project that is both."""
    raw = next((folder for folder in (path, path / "data" / "raw") if is_data_folder(folder)), None)
    processed = path / "data" / "processed"
    if raw is None and not processed.is_dir():
        raise SideError(f"{path}: expected country packs with {CODEBOOK}, or data/processed of a run, in this folder")
    known = countries(raw or processed)
    code = country or (known[0] if len(known) == 1 else "")
    if code not in known:
        raise SideError(f"{path}: expected --country with one of {', '.join(known) or 'none'}, got {code or 'none'!r}")
    side = _pack_side(_label(path), code, raw) if raw else Side(_label(path), code)
    side = _with_run(side, processed / code, read_pack(code, raw).digest if raw else "")
    return replace(side, library=_stamp(path / "reports" / code)) if side.results is not None else side


def _label(path: Path) -> str:
    """The last two parts of a path: enough to tell two folders apart, and no page names this machine."""
    return "/".join(path.resolve().parts[-2:])


def _with_run(side: Side, folder: Path, digest: str) -> Side:
    """The results that lie in the folder, where they were made from the pack that lies there too."""
    runs = [read_record(path.parent) for path in sorted(folder.glob("*/run.json"))]
    runs = [run for run in runs if run and run["status"] == DONE and run["notebook"]]
    if not runs or (digest and any(run["pack_digest"] != digest for run in runs)):
        return side
    parameters = {run["notebook"]: run["parameters"] for run in runs}
    tables = {}
    for name in parameters:
        tables |= read_results(folder / name, [name])
    return replace(side, results=tables, runs=parameters)


def _stamp(reports: Path) -> str:
    """The digest of the library in the executed notebooks; "" where they do not agree or are not there."""
    paths = [path for path in reports.glob("[0-9]*.ipynb") if not path.name.endswith(".failed.ipynb")]
    stamps = {_stamp_of(path) for path in paths}
    return stamps.pop() if len(stamps) == 1 else ""


def _stamp_of(path: Path) -> str:
    try:
        return nbformat.read(path, as_version=4).metadata.get("nasssap", {}).get("library_sha256", "")
    except Exception:  # nbformat raises many kinds on a file that is no notebook
        return ""


def pack_tables(pack: Pack) -> dict[str, pd.DataFrame]:
    """Every table of a pack by the name of its file; settings as rows of key and value.

    Examples
    --------
    >>> pack_tables(read_pack("SEN"))["country.toml"].set_index("key")["value"]["currency"]
    'XOF'
    """
    tables = {table.file: pack.facts if table.name == "indicators" else getattr(pack, table.name) for table in TABLES}
    settings = {item.name: getattr(pack.settings, item.name) for item in fields(pack.settings)}
    rows = [
        {"key": key, "value": "; ".join(value) if isinstance(value, list) else str(value)}
        for key, value in settings.items()
    ]
    return {"country.toml": pd.DataFrame(rows), **tables, "codebook.csv": pack.codebook}


def compare_sides(
    a: Side,
    b: Side,
    work: Path,
    figures_only: bool = False,
    done: Callable[[RunRecord], None] = lambda record: None,
    jobs: int | None = None,
) -> Comparison:
    """Every figure that changed, and what follows from it.

    Parameters
    ----------
    a, b : the older and the newer side
    work : an empty folder for runs
    figures_only : leave out the results
    done, jobs : as of :func:`nasssap_lib.run.batch.run_batch`

    Returns
    -------
    Comparison : where a side has no results and the figures differ, our notebooks are run on its pack

    Raises
    ------
    SideError : two countries, or a run of ours that failed
    """
    if a.country != b.country:
        raise SideError(f"expected one country on both sides, got {a.country} and {b.country}")
    both = bool(a.tables and b.tables)
    tables = (_tables_beside(a, b), _tables_beside(b, a)) if both else ({}, {})
    figures = compare_sets(*tables, KEYS)
    notes = [] if both else [_("One side has no pack: its figures cannot be compared, only results.")]
    results = compare_sets({}, {})
    if figures_only:
        notes.append(_("What follows from the figures was left out."))
    elif (figures["table"] != SCENARIOS).any() or a.results is not None or b.results is not None:
        a, b = (_with_results(side, other, work / name, done, jobs) for side, other, name in ((a, b, "a"), (b, a, "b")))
        shared = set(a.runs or ()) & set(b.runs or ())
        results = compare_sets(_only(a.results, shared), _only(b.results, shared))
        notes += _notes(a, b, shared)
    notes += [*_scenario_notes(figures), *_prose_notes(a, b)]
    return Comparison(a.label, b.label, a.country, figures, results, notes, {**_names(a), **_names(b)})


def _names(side: Side) -> dict[str, str]:
    """The names that a pack gives to options, schemes and indicators."""
    names: dict[str, str] = {}
    for table in side.tables.values():
        words = next((name for name in ("name", "name_en") if name in table), "")
        if "id" in table and words:
            names |= dict(zip(table["id"].astype(str), table[words].astype(str), strict=True))
    return {key: words for key, words in names.items() if words}


def _tables_beside(side: Side, other: Side) -> dict[str, pd.DataFrame]:
    """The tables of a side; of its scenarios those that the other side would carry: what a bundle leaves out is not removed."""
    own = side.tables[SCENARIOS]
    known = own["scenario"].isin(other.tables[SCENARIOS]["scenario"]) | other.all_scenarios
    return {**side.tables, SCENARIOS: own[known].reset_index(drop=True)}


def _scenario_notes(figures: pd.DataFrame) -> list[str]:
    """What follows is about the baseline; a scenario that changed is not run here."""
    names = figures.loc[figures["table"] == SCENARIOS, "row"].str.split(SEPARATOR).str[0].unique()
    text = _(
        "What follows from a changed scenario is in the reports of its run, not here: {names}.",
        names=", ".join(names),
    )
    return [text] if len(names) else []


def _prose_notes(a: Side, b: Side) -> list[str]:
    """A document of other prose is another document, though no figure changed."""
    if a.root is None or b.root is None:
        return []
    one, other = ({path.name: path.read_bytes() for path in all_prose(side.root / side.country)} for side in (a, b))
    names = sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
    return (
        [_("The ministry's own prose is not the same on both sides: {files}.", files=", ".join(names))] if names else []
    )


def _only(results: Mapping[str, pd.DataFrame] | None, notebooks: set[str]) -> dict[str, pd.DataFrame]:
    return {name: table for name, table in (results or {}).items() if name.split("/")[0] in notebooks}


def _with_results(side: Side, other: Side, out: Path, done, jobs: int | None) -> Side:
    """The side with results: its own, or those of our notebooks on its pack with the parameters of the other side."""
    if side.results is not None or side.root is None:
        return side
    runs = other.runs or {name: {} for name in chapters()}
    failed = [record for record in run_as(side.country, runs, side.root, out, jobs, done) if record.status != DONE]
    if failed:
        raise SideError("\n".join(f"{side.label}: {record.notebook} failed: {record.message}" for record in failed))
    return replace(side, results=read_results(out / "data" / "processed" / side.country, runs), runs=runs)


def _notes(a: Side, b: Side, shared: set[str]) -> list[str]:
    """What a reader must know before taking a changed result for a consequence of a changed figure."""
    notes = []
    if a.library != b.library:
        notes.append(_("The results were made by different code of the library: some may differ for that reason."))
    if other := [name for name in sorted(shared) if _asked(a.runs[name]) != _asked(b.runs[name])]:
        notes.append(_("Run with different parameters: {notebooks}.", notebooks=", ".join(other)))
    if lone := sorted(set(a.runs or ()) ^ set(b.runs or ())):
        notes.append(_("Only one side has results of {notebooks}.", notebooks=", ".join(lone)))
    return notes


def _asked(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters on which a result depends: the language of a report is none."""
    return {name: value for name, value in parameters.items() if name != "language"}
