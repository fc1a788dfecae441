"""What a report is made from, and whether any of it has changed: the notebook, the library's code, the pack, parameters, versions.

Everything goes by content, never by a file's date. What is compared is coarser than what is used: a report runs again too often, never
too rarely. Nothing here imports pandas: a batch in which nothing changed ends before that would be done.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import platform
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from nasssap_lib.chapter.notebooks import chapters
from nasssap_lib.files import content_of, fault_words, write_text
from nasssap_lib.pack.folders import CODEBOOK, codebook_path, countries, scenario_files, table_files
from nasssap_lib.run.fingerprint import LIBRARY, library_hashes
from nasssap_lib.run.folders import Folders, scenario_names
from nasssap_lib.run.jobs import DONE, Job
from nasssap_lib.run.records import RECORD, json_object, read_record

INPUTS = "inputs.json"
OBJECTS = ("parameters", "versions", "library", "pack", "products")  # in it
SUMS = re.compile(r"(?:[0-9a-f]{8})*")  # of the lines of a file
COMPARISON = "comparison"  # of versions: name of the page, and of its table
CATALOGUE = re.compile(r"display/catalogues/(\w+)\.po")
REQUIRED = re.compile(r"[\w.-]+")


class Sources:
    """Everything that the reports of a batch can be made from, each file read once."""

    def __init__(self, root: Path):
        self.root = root
        self.library = library_hashes(LIBRARY, pages=True)
        self.versions = versions()
        self.chapters = chapters()
        self._packs: dict[tuple[str, str], dict[str, bytes]] = {}
        self._library: dict[str, dict[str, str]] = {}
        self._notebooks: dict[Path, bytes] = {}

    def notebook(self, job: Job) -> bytes:
        """The notebook's file."""
        if job.source not in self._notebooks:
            self._notebooks[job.source] = job.source.read_bytes()
        return self._notebooks[job.source]

    def pack(self, job: Job) -> dict[str, bytes]:
        """The files of the data folder that the job can read, by their place in it."""
        key = job.country, job.scenario
        if key not in self._packs:
            self._packs[key] = {name: path.read_bytes() for name, path in pack_files(self.root, *key).items()}
            if job.made:
                self._packs[key][f"{job.country}/scenarios/{job.scenario}.toml"] = job.made.encode()
        return self._packs[key]

    def fault(self, job: Job) -> str:
        """Why what a job reads cannot be read, in one line; "" where it can."""
        try:
            self.notebook(job)
            self.pack(job)
        except OSError as error:
            return fault_words(error)
        return ""

    def of(self, job: Job) -> dict[str, Any]:
        """What a job's report is made from, in a form that can be kept and compared."""
        return {
            "notebook": hashlib.sha256(self.notebook(job)).hexdigest(),
            "chapters": self.chapters,
            "parameters": job.parameters,
            "versions": self.versions,
            "library": self._library_of(job.language),
            "pack": {name: _lines(content) for name, content in self.pack(job).items()},
        }

    def _library_of(self, language: str) -> dict[str, str]:
        """The library's files that can matter to a report in a language: one table for all jobs, which may be many thousand."""
        if language not in self._library:
            kept = {name: value for name, value in self.library.items() if _can_matter(name, language)}
            self._library[language] = kept
        return self._library[language]

    def copy_to(self, folder: Path, jobs: Iterable[Job]) -> None:
        """Write what was read into a folder as ``data/`` and ``notebooks/``: the jobs run on it, whatever is edited meanwhile.

        Scenarios that no job names are copied too: a message on a name that does not exist lists them.
        """
        for job in jobs:
            further = scenario_files(self.root / job.country) if job.scenario else ()
            others = {path.relative_to(self.root).as_posix(): path.read_bytes() for path in further}
            files = {f"data/{name}": content for name, content in {**others, **self.pack(job)}.items()}
            for name, content in {**files, f"notebooks/{job.source.name}": self.notebook(job)}.items():
                path = folder / name
                if not path.exists():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)


def pack_files(root: Path, country: str, scenario: str = "") -> dict[str, Path]:
    """The files of a data folder that a run of a country can read: its tables, its settings, the codebook, the scenarios named."""
    folder = root / country
    found = [*table_files(folder), folder / "country.toml"]
    found += [folder / "scenarios" / f"{name}.toml" for name in scenario_names(scenario)]
    return {CODEBOOK: codebook_path(root)} | {
        path.relative_to(root).as_posix(): path for path in found if path.is_file()
    }


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """Versions of Python and of every package that the library asks for."""
    needed = [REQUIRED.match(text)[0] for text in metadata.requires("nasssap") or () if "extra ==" not in text]
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in sorted(needed)}}


def _can_matter(name: str, language: str) -> bool:
    """Whether a file of the library can matter to a report in a language: catalogues of other languages cannot."""
    catalogue = CATALOGUE.fullmatch(name)
    return catalogue is None or catalogue[1] == language


@lru_cache(maxsize=256)
def _lines(content: bytes) -> dict[str, Any]:
    """A file as its hash and a short sum of each line, which tell where it changed without keeping its text."""
    sums = [f"{zlib.crc32(line):08x}" for line in content.splitlines()]
    return {"sha256": hashlib.sha256(content).hexdigest(), "lines": "".join(sums)}


def write_inputs(folder: Path, inputs: Mapping[str, Any]) -> None:
    """Keep what a report was made from, beside its results."""
    write_text(folder / INPUTS, json.dumps(inputs, separators=(",", ":"), sort_keys=True) + "\n")


def hash_products(*places: Path) -> dict[str, str]:
    """SHA-256 of files and of the tables in folders, by name."""
    files = [file for place in places for file in (sorted(place.glob("*.csv")) if place.is_dir() else [place])]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}


def why_run(job: Job, sources: Sources) -> str:
    """Why a job must run, in words; "" where its products are there, whole, and made from what there is now.

    Examples
    --------
    >>> from nasssap_lib.run.folders import Folders
    >>> from nasssap_lib.pack.folders import data_root
    >>> why_run(Job("SEN", "01_stocktaking", {}, "", Folders.of("nowhere")), Sources(data_root()))
    'not run yet'
    """
    record, before = read_record(job.results), read_inputs(job.results)
    if not record:
        return f"its {RECORD} is damaged" if (job.results / RECORD).exists() else "not run yet"
    if record["status"] != DONE:
        return "the last run failed"
    if not before:
        return "written by an older version"
    changes = [*_product_changes(job, before["products"]), *_changes(before, sources.of(job))]
    return _few(changes)


def read_inputs(folder: Path) -> dict[str, Any]:
    """What a report was made from, and the hashes of its products; empty where it is not there, or is none that a run wrote."""
    try:
        values = json_object(content_of(folder / INPUTS))
    except OSError:
        return {}
    whole = all(isinstance(values.get(name), dict) for name in OBJECTS)
    return values if whole and all(map(_is_file_sum, values["pack"].values())) else {}


def _is_file_sum(value: Any) -> bool:
    return isinstance(value, dict) and SUMS.fullmatch(str(value.get("lines"))) is not None


def _product_changes(job: Job, before: Mapping[str, str]) -> Iterator[str]:
    """Products that are gone, or that somebody has changed."""
    now = hash_products(*(place for place in (job.results, job.report, job.page) if place.exists()))
    for name in sorted({*before, *now}):
        if name not in now:
            yield f"{name} is missing"
        elif before.get(name) != now[name]:
            yield f"{name} was changed"


def _changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """What has changed of what a report is made from, the pack first."""
    yield from _pack_changes(before["pack"], now["pack"])
    yield from _value_changes(before["parameters"], now["parameters"])
    if before.get("notebook") != now["notebook"]:
        yield "the notebook changed"
    library = before["library"]
    for name in sorted(name for name in {*library, *now["library"]} if library.get(name) != now["library"].get(name)):
        yield f"nasssap_lib/{name} changed"
    yield from _value_changes(before["versions"], now["versions"])
    if before.get("chapters") != now["chapters"]:
        yield "the list of notebooks changed"


def _value_changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted({*before, *now}):
        if before.get(name) != now.get(name):
            yield f"{name} {before.get(name, 'not given')} → {now.get(name, 'not given')}"


def _pack_changes(before: Mapping[str, dict], now: Mapping[str, dict]) -> Iterator[str]:
    for name in sorted({*before, *now}):
        short = name.rpartition("/")[2]
        if name not in before or name not in now:
            yield f"{short} {'is new' if name in now else 'is gone'}"
        elif before[name].get("sha256") != now[name]["sha256"]:
            yield f"{short}{_where(before[name]['lines'], now[name]['lines'])} changed"


def _where(before: str, now: str) -> str:
    """The first line that differs, and how many more; "" where no line does (their ends, say)."""
    one, other = (["".join(part) for part in zip(*[iter(sums)] * 8, strict=True)] for sums in (before, now))
    blocks = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    lines = [line for kind, _, _, start, end in blocks if kind != "equal" for line in range(start, max(end, start + 1))]
    more = len(lines) - 1
    return f":{lines[0] + 1}{f' and {more} more line' + 's' * (more > 1) if more else ''}" if lines else ""


def _few(changes: list[str]) -> str:
    """The first changes, and how many more there are."""
    more = len(changes) - 3
    return "; ".join(changes[:3]) + (f"; and {more} more" if more > 0 else "")


def index_digest(folders: Folders, root: Path, language: str, sources: Sources) -> str:
    """A hash of all that the index of reports says: records and results of runs, countries' settings and sources, our own code."""
    files = sorted(path for name in (INPUTS, RECORD) for path in folders.processed.rglob(name))
    files += sorted(folders.reports.rglob(f"{COMPARISON}.html"))
    files += [root / code / name for code in countries(root) for name in ("country.toml", "sources.csv")]
    digest = hashlib.sha256(json.dumps([language, sources.library, sources.chapters]).encode())
    for path in files:
        if path.is_file() and "/." not in path.as_posix():
            digest.update(f"{path.name}\0{path.parent.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()
