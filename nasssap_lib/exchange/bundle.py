"""``nasssap share``: one zip with reports, pack, result tables and a manifest that a colleague opens without installing anything."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Environment, FileSystemLoader

from nasssap_lib.chapter.chapter import DRAFT, FICTIONAL
from nasssap_lib.chapter.notebooks import chapters, read_notebook
from nasssap_lib.chapter.output import country_name
from nasssap_lib.display.texts import _, in_language, join_sentences, language_fault
from nasssap_lib.errors import NasssapError
from nasssap_lib.exchange.archive import write_archive
from nasssap_lib.exchange.disclosure import DisclosureError, Finding, find_in_files
from nasssap_lib.exchange.manifest import ARCHIVE_NAME, BUNDLE, MANIFEST, file_entries, manifest_bytes
from nasssap_lib.exchange.pack_files import pack_files
from nasssap_lib.exchange.traces import this_machine
from nasssap_lib.files import check_file, expanded
from nasssap_lib.pack.folders import data_root, fault_of_names, pack_digest
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.rows import as_records
from nasssap_lib.run.fingerprint import code_digest, library_digest, library_hashes
from nasssap_lib.run.folders import Folders, run_folder, scenario_names
from nasssap_lib.run.html import TEMPLATES, render_page
from nasssap_lib.run.inputs import read_inputs
from nasssap_lib.run.products import without_traces
from nasssap_lib.run.records import RECORD, record_of

README, INDEX = "README.txt", "index.html"
README_WIDTH, NAME_WIDTH = 92, 18


class ShareError(NasssapError):
    """Reports that cannot be shared yet: missing, failed, or made from something else than what lies there now."""


@dataclass(frozen=True)
class Shared:
    """A bundle that was written: its path, number of files, size, and the SHA-256 of its manifest."""

    path: Path
    files: int
    size: int
    digest: str


@dataclass(frozen=True)
class Run:
    """The products of one notebook for one country."""

    notebook: str
    report: Path
    results: Path

    @cached_property
    def content(self) -> dict[str, bytes]:
        """Report, page, tables and run.json by name, each read once: what is checked is what travels, whoever runs meanwhile."""
        found = {}
        for path in [self.report, self.page, *sorted(self.results.glob("*.csv")), self.results / RECORD]:
            with suppress(FileNotFoundError):
                found[path.name] = path.read_bytes()
        return found

    @cached_property
    def record(self) -> dict[str, Any]:
        """What run.json says; empty where there is none, or a damaged one."""
        return record_of(self.content.get(RECORD, b""))

    @cached_property
    def changed(self) -> list[str]:
        """Products that are not those which the run wrote: edited, or of two runs, for one of them writes at this moment."""
        written = read_inputs(self.results).get("products", {}) | self.record["tables"]
        there = {name: hashlib.sha256(held).hexdigest() for name, held in self.content.items() if name != RECORD}
        return sorted(name for name in {*written, *there} if written.get(name) != there.get(name))

    @cached_property
    def executed(self) -> nbformat.NotebookNode:
        """The executed notebook without traces of the machine."""
        return without_traces(nbformat.reads(self.content[self.report.name].decode(), as_version=4))

    @property
    def page(self) -> Path:
        """The HTML report."""
        return self.report.with_suffix(".html")

    @property
    def tables(self) -> dict[str, bytes]:
        """The result tables, in alphabetical order, and run.json."""
        return {name: held for name, held in self.content.items() if name not in (self.report.name, self.page.name)}


@dataclass(frozen=True)
class Front:
    """What README and start page say of a bundle: the name of its file, their language, and when the last run ended."""

    file: str
    language: str
    made: datetime


def share(
    country: str,
    to: str | Path | None = None,
    notebooks: Iterable[str] = (),
    scenario: str = "",
    data: str | Path = "",
    out: str | Path | None = None,
    language: str = "",
    accepted: Iterable[str] = (),
) -> Shared:
    """Write the bundle of a country: whole, or not at all.

    Parameters
    ----------
    country : code of a country pack
    to : the zip file; None: ``reports/COUNTRY.zip`` of the output folder
    notebooks : names without ending; none: all that are numbered
    scenario : name of the scenario whose reports are shared; "": the baseline
    data, out : data and output folder, as of :func:`nasssap_lib.run.batch.run_batch`
    language : of the reports that are shared, and of README and start page; "": English reports, and those two in the country's
    accepted : codes of doubts (``Finding.code``) that a person has looked at and found to be no person's; "all": every one of them. They
        are written into the manifest with their places and reasons

    Returns
    -------
    Shared

    Raises
    ------
    PackError : the pack has problems
    ShareError : reports missing, failed or older than pack, library or tables: what to run first
    DisclosureError : all that must be mended before the files may be sent
    """
    root, folders = data_root(data), Folders.of(out)
    pack = read_pack(country, root)
    folder = _checked_folder(country, scenario, language)
    runs = _runs(folders, folder, notebooks)
    _check_current(runs, pack_digest(root, country), country, scenario, language)
    target = _target(to, folders, folder)
    check_file(target)
    front = Front(target.name, language or pack.settings.language, _made(runs))
    files = bundle_files(runs, pack, root, scenario, front)
    findings = [*_changed_products(runs), *find_in_files(files, this_machine(folders.out, root))]
    looked_at = answered(findings, set(accepted))
    manifest = manifest_of(files, runs, pack, front, looked_at)
    write_archive(target, {README: files.pop(README), MANIFEST: manifest, **dict(sorted(files.items()))}, front.made)
    return Shared(target, len(files) + 2, target.stat().st_size, hashlib.sha256(manifest).hexdigest())


def bundle_files(runs: list[Run], pack: Pack, root: Path, scenario: str, front: Front) -> dict[str, bytes]:
    """Name and content of every file of a bundle but the manifest; the same runs and front give the same bytes.

    Parameters
    ----------
    runs : whose reports and tables are in it
    pack, root : of the country, and its data folder
    scenario : of the runs; "": the baseline
    front : what its first pages say of it
    """
    carried = pack_files(root, pack.country, scenario_names(scenario))
    files = _product_files(runs) | {f"data/raw/{name}": content for name, content in carried.items()}
    with in_language(front.language, pack.translations(front.language), pack.country):
        return files | _front_pages(files, runs, pack, front, scenario)


def answered(findings: list[Finding], accepted: set[str]) -> list[Finding]:
    """The doubts of what was found that a person has answered.

    Parameters
    ----------
    findings : all that was found
    accepted : codes of doubts; "all": every one of them

    Raises
    ------
    ShareError : a code of none of them: what it named was mended or changed
    DisclosureError : what nobody has answered, or nobody may
    """
    known = {finding.code for finding in findings if finding.code}
    if unknown := sorted(accepted - known - {"all"}):
        hint = f"those of now are {', '.join(sorted(known)) or 'none'}"
        raise ShareError(
            f"--accept: no doubt of the code {', '.join(unknown)}, what it named was changed or mended; {hint}"
        )
    looked_at = [finding for finding in findings if finding.code and (finding.code in accepted or "all" in accepted)]
    if left := [finding for finding in findings if finding not in looked_at]:
        raise DisclosureError(left)
    return looked_at


def _checked_folder(country: str, scenario: str, language: str) -> str:
    """The folder of the reports that are shared, below that of all reports."""
    faults = {"scenario": fault_of_names(scenario), "lang": language_fault(language)}
    if wrong := [f"{name}: {fault}" for name, fault in faults.items() if fault]:
        raise ShareError("\n".join(wrong))
    return run_folder(country, scenario, "" if language == "en" else language)


def _target(to: str | Path | None, folders: Folders, folder: str) -> Path:
    name = folder.replace("_and_", "-").replace("/", "-")
    target = expanded(to) if to else folders.reports / f"{name}.zip"
    if not ARCHIVE_NAME.fullmatch(target.name) or target.is_dir() or not target.parent.is_dir():
        hint = "a file NAME.zip of letters, digits, _ . - in a folder that exists"
        raise ShareError(f"--to: expected {hint}, got {str(to or target.name)!r}")
    return target


def _runs(folders: Folders, folder: str, notebooks: Iterable[str]) -> list[Run]:
    known = chapters()
    names = list(dict.fromkeys(notebooks)) or known
    if unknown := [name for name in names if name not in known]:
        raise ShareError(f"no notebook {', '.join(unknown)}; there are {', '.join(known)}")
    return [
        Run(name, folders.reports / folder / f"{name}.ipynb", folders.processed / folder / name)
        for name in sorted(names)
    ]


def _check_current(runs: list[Run], digest: str, country: str, scenario: str, language: str) -> None:
    """Every report is there and was made from the pack and by the library as they are now."""
    library = library_digest()
    faults = [f"{run.notebook}: {fault}" for run in runs if (fault := _fault(run, digest, library))]
    if faults:
        options = {"scenario": scenario, "lang": language}
        command = " ".join([f"nasssap run {country}", *(f"--{key} {value}" for key, value in options.items() if value)])
        raise ShareError("\n".join([*faults, f"first: {command}"]))


def _fault(run: Run, digest: str, library: str) -> str:
    if not run.record:
        return "its run.json is damaged" if RECORD in run.content else "has not been run"
    if run.record["status"] != "done" or not {run.report.name, run.page.name} <= set(run.content):
        return "its last run failed, or its report is missing"
    if run.record["pack_digest"] != digest:
        return "its report is older than the pack"
    try:
        made_by = run.executed.metadata.get("nasssap", {}).get("library_sha256")
    except Exception:  # nbformat raises many kinds on a file that is no notebook
        return "its executed notebook is damaged"
    if made_by != library:
        return "its report was made by other code of the library than today's"
    return ""


def _changed_products(runs: list[Run]) -> list[Finding]:
    """Reports, pages and tables that are not those that the run wrote."""
    words = "not as the run wrote it; run the notebook again"
    return [Finding(_place(run, name), words) for run in runs for name in run.changed]


def _place(run: Run, name: str) -> str:
    return f"data/processed/{run.notebook}/{name}" if name.endswith(".csv") else f"reports/{name}"


def _product_files(runs: list[Run]) -> dict[str, bytes]:
    """Executed notebooks without traces of the machine, reports, tables."""
    files = {}
    for run in runs:
        parameters = run.record["parameters"]
        parts = run_folder("reports", parameters.get("scenario", ""), parameters.get("language", ""))
        files[f"{parts}/{run.notebook}.ipynb"] = nbformat.writes(run.executed).encode() + b"\n"
        files[f"{parts}/{run.notebook}.html"] = run.content[run.page.name]
        for name, content in run.tables.items():
            files[f"data/processed/{run.record['country']}/{run.notebook}/{name}"] = content
    return files


def _made(runs: list[Run]) -> datetime:
    """When the last run ended: the bundle's time, so that the same runs give the same bundle."""
    return max(datetime.fromisoformat(run.record["finished"]) for run in runs)


def manifest_of(
    files: dict[str, bytes], runs: list[Run], pack: Pack, front: Front, looked_at: Iterable[Finding] = ()
) -> bytes:
    """The manifest: files with their hashes, what was run, which code made it, and the doubts that a person has answered."""
    content = {
        "format": BUNDLE,
        "country": pack.country,
        "fictional": pack.settings.fictional,
        "file": front.file,
        "language": front.language,
        "made": front.made.isoformat(timespec="seconds"),
        "pack_digest": pack.digest,
        "versions": runs[-1].record["versions"],
        "runs": {run.notebook: _run_entry(run) for run in runs},
        "library": library_hashes(),
        "accepted": [asdict(finding) for finding in looked_at],
        "files": file_entries(files),
    }
    return manifest_bytes(content)


def _run_entry(run: Run) -> dict[str, Any]:
    return {
        "parameters": run.record["parameters"],
        "finished": run.record["finished"],
        "notebook_sha256": run.record["notebook_sha256"],
        "code_sha256": code_digest(run.executed),
    }


def _front_pages(files: dict[str, bytes], runs: list[Run], pack: Pack, front: Front, scenario: str) -> dict[str, bytes]:
    """README and start page, in the language that is spoken."""
    fictional = pack.settings.fictional
    name = country_name(pack.settings) + (f" · {scenario}" if scenario else "")
    about = {
        "title": _("{country}: reports and data", country=name), "fictional": fictional, "made": f"{front.made:%Y-%m-%d %H:%M}",
        "file": front.file, "version": runs[-1].record["versions"].get("nasssap", ""),
    }  # fmt: skip
    draft = _(DRAFT)
    in_files = _("FICTIONAL COUNTRY: every figure in these files is invented for training.") if fictional else ""
    page = render_page(
        "bundle.html.j2", reports=[_report(run, files) for run in runs], sources=as_records(pack.sources),
        pack=[name for name in files if name.startswith("data/raw/")],
        claim=join_sentences([_(FICTIONAL) if fictional else "", draft]), **about,
    )  # fmt: skip
    readme = _render_text("readme.txt.j2", claim="\n".join(filter(None, [in_files, draft])), **about)
    return {README: readme.encode(), INDEX: page.encode()}


def _render_text(template: str, **values: Any) -> str:
    """A plain text from a template: nothing is escaped, for nothing is HTML."""
    return _environment().get_template(template).render(**values) + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=False, trim_blocks=True)  # noqa: S701
    environment.globals["_"] = _
    environment.filters.update(lines=_lines, row=_row)
    return environment


def _lines(text: str, indent: int = 0, first: str = "") -> str:
    """A paragraph in lines that fit a mail; the first begins as it is told."""
    space = " " * indent
    return textwrap.fill(
        text, README_WIDTH, initial_indent=first or space, subsequent_indent=space, break_on_hyphens=False
    )


def _row(name_and_words: tuple[str, str]) -> str:
    """The name of a file, and beside it what it is."""
    name, words = name_and_words
    return _lines(words, NAME_WIDTH + 2, f"  {name:<{NAME_WIDTH}}")


def _report(run: Run, files: dict[str, bytes]) -> dict[str, Any]:
    page = next(name for name in files if name.endswith(f"/{run.notebook}.html"))
    notebook = read_notebook(run.notebook)
    return {
        "title": _("{number} · {title}", number=notebook.number, title=notebook.title),
        "page": page,
        "notebook": page.removesuffix(".html") + ".ipynb",
        "tables": [name for name in files if f"/{run.notebook}/" in name and name.endswith(".csv")],
    }
