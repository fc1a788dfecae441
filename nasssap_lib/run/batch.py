"""Countries × notebooks through papermill in processes: a failing one stops nothing else, and nothing is left half-written."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nasssap_lib
from nasssap_lib.display.texts import in_language, language_fault, languages
from nasssap_lib.errors import NasssapError, PackError, ParameterError
from nasssap_lib.files import write_text
from nasssap_lib.pack.checks import did_you_mean
from nasssap_lib.pack.reader import countries as known_packs
from nasssap_lib.pack.reader import data_root, pack_digest, read_pack
from nasssap_lib.run.folders import Folders, run_folder, scenario_names

if TYPE_CHECKING:
    from nasssap_lib.chapter.notebooks import Notebook

DONE, FAILED = "done", "failed"
CELL_SECONDS = 600


@dataclass(frozen=True)
class RunRecord:
    """What became of one notebook for one country; ``cell`` is the number of the code cell that failed."""

    country: str
    notebook: str
    status: str
    seconds: float
    cell: int | None = None
    message: str = ""


@dataclass(frozen=True)
class Job:
    """One notebook to run for one country."""

    country: str
    notebook: str
    parameters: dict[str, Any]
    data: str
    folders: Folders

    @property
    def language(self) -> str:
        """Code of the report's language; "": English."""
        return self.parameters.get("language", "")

    @property
    def folder(self) -> str:
        """Folder of the products, below that of all reports and that of all results."""
        return run_folder(self.country, self.parameters.get("scenario", ""), self.language)

    @property
    def source(self) -> Path:
        """The notebook itself."""
        return self.folders.notebooks / f"{self.notebook}.ipynb"

    @property
    def report(self) -> Path:
        """The executed notebook."""
        return self.folders.reports / self.folder / f"{self.notebook}.ipynb"

    @property
    def results(self) -> Path:
        """The folder of result tables and run.json."""
        return self.folders.processed / self.folder / self.notebook


def run_batch(
    countries: Iterable[str],
    notebooks: Iterable[str] = (),
    parameters: Mapping[str, Any] | None = None,
    data: str | Path = "",
    out: str | Path | None = None,
    jobs: int | None = None,
    done: Callable[[RunRecord], None] = lambda record: None,
    scenario: str = "",
    language: str = "",
) -> list[RunRecord]:
    """Run notebooks for countries and write executed notebooks, reports, tidy tables and the index.

    Parameters
    ----------
    countries : codes of country packs
    notebooks : names without ending; none: all that are numbered
    parameters : further parameters, given to the notebooks that have them
    data : data folder, see :func:`nasssap_lib.pack.data_root`
    out : folder that receives ``reports/`` and ``data/processed/``; None: the project
    jobs : processes; None: one a core
    done : called with each record as it comes
    scenario : name of a scenario of every pack, or two with a comma; products then go into a folder of that name
    language : code of the language of reports and index; "": English. Products of another language go into a folder of its code;
        result tables are the same in every language

    Returns
    -------
    list of RunRecord, in the order of countries and notebooks; a country whose pack has problems is reported, never run

    Raises
    ------
    ParameterError : a parameter that no chosen notebook has, or a wrong value: before any kernel starts
    """
    folders, root = Folders.of(out), data_root(data)
    work = plan(countries, notebooks, parameters or {}, root, folders, scenario, language)
    records = {}
    with closing(_execute(work, jobs or os.cpu_count() or 1)) as finished:
        for record in finished:
            records[record.country, record.notebook] = record
            done(record)
    from nasssap_lib.run.index import write_index

    with in_language(language):
        write_index(folders, root)
    return [records[job.country, job.notebook] for job in work]


def plan(
    countries: Iterable[str],
    notebooks: Iterable[str],
    parameters: Mapping[str, Any],
    root: Path,
    folders: Folders,
    scenario: str = "",
    language: str = "",
) -> list[Job]:
    """The jobs of a batch, with every country, notebook and parameter checked."""
    from nasssap_lib.chapter.notebooks import chapters, read_notebook
    from nasssap_lib.chapter.parameters import parameter_faults

    known, codes = chapters(), list(dict.fromkeys(countries))
    names = list(dict.fromkeys(notebooks)) or known
    wrong = _unknown_packs(codes, root) | _language_faults(scenario, language)
    wrong |= {name: f"no notebook of that name; there are {', '.join(known)}" for name in names if name not in known}
    read = [read_notebook(name) for name in names if name in known]
    common = {"scenario": scenario} if scenario else {}
    common |= {"language": language} if language not in ("", "en") else {}
    wrong |= _setting_faults(read, parameters, common)
    given = {
        book.name: {key: parameters[key] for key in parameters if key in book.parameters} | common for book in read
    }
    for book in read:
        wrong |= parameter_faults(book.name, book.parameters, given[book.name])
    if wrong:
        raise ParameterError(wrong)
    for name in names:
        _check_on_packs(codes, given[name], root)
    return [Job(code, name, given[name], str(root), folders) for code in codes for name in names]


def _unknown_packs(codes: Iterable[str], root: Path) -> dict[str, str]:
    known = known_packs(root)
    return {code: f"no such pack; {did_you_mean(code.upper(), known)}" for code in codes if code not in known}


def _language_faults(scenario: str, language: str) -> dict[str, str]:
    """What is wrong with a language, and a scenario that would share the folder of one."""
    faults = {"language": language_fault(language)}
    taken = [name for name in scenario_names(scenario) if name in languages()]
    faults["scenario"] = (
        f"{taken[0]!r} is the folder of reports in that language; give the scenario another name" if taken else ""
    )
    return {name: fault for name, fault in faults.items() if fault}


def _setting_faults(notebooks: Iterable[Notebook], parameters: Mapping[str, Any], common: Mapping) -> dict[str, str]:
    """Parameters that the batch sets itself, that no chosen notebook has, or that one does not declare though every run needs them."""
    from nasssap_lib.chapter.notebooks import notebook_faults, undeclared
    from nasssap_lib.chapter.parameters import COMMON

    own = {book.name: {key for key in book.parameters if key not in COMMON} for book in notebooks}
    every = ", ".join(sorted(set().union(*own.values()))) or "none"
    wrong = {key: f"{key} is set by the batch itself" for key in parameters if key in COMMON}
    unknown = [key for key in parameters if key not in COMMON and not any(key in names for names in own.values())]
    wrong |= {key: f"none of {', '.join(own)} has this parameter; they have {every}" for key in unknown}
    text = "its parameter cell does not declare {} with a type; copy the line from another notebook"
    for book in notebooks:
        lacking = undeclared(book, ["country", "data", "results", *common]) if book.parameters else []
        faults = notebook_faults(book) + ([text.format(", ".join(lacking))] if lacking else [])
        wrong |= {book.name: "; ".join(faults)} if faults else {}
    return wrong


def _check_on_packs(codes: Iterable[str], parameters: Mapping[str, Any], root: Path) -> None:
    """Raise ParameterError where weights or an order name a criterion that a country does not have, or knows nothing of."""
    from nasssap_lib.chapter.parameters import check_on_pack

    for code in codes if parameters.get("weights") or parameters.get("order") else ():
        with suppress(PackError):  # a pack with problems is reported with all of them, and not run
            check_on_pack(read_pack(code, root), parameters)


def _execute(work: list[Job], jobs: int) -> Generator[RunRecord, None, None]:
    """Records as they come; packs are checked first so that no kernel starts for a broken one."""
    faults = {job.country: _pack_fault(job) for job in {job.country: job for job in work}.values()}
    sound = [job for job in work if not faults[job.country]]
    for job in work:
        if faults[job.country]:
            yield _record_failure(job, RunRecord(job.country, job.notebook, FAILED, 0.0, None, faults[job.country]))
    if not sound:
        return
    sockets = _socket_folder()
    pool = ProcessPoolExecutor(
        min(jobs, len(sound)), mp_context=get_context("spawn"), initializer=_prepare_worker, initargs=(sockets,)
    )
    futures = {pool.submit(run_job, job): job for job in sound}
    try:
        for future in as_completed(futures):
            yield _result(future, futures[future])
    except (KeyboardInterrupt, GeneratorExit):  # the latter: it was the caller who was interrupted
        _stop_workers(list(pool._processes.values()))
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        _remove_leftovers(sound)
        shutil.rmtree(sockets, ignore_errors=True)


def _socket_folder() -> str:
    """A folder for the kernels' sockets; a long temporary folder would exceed what the system allows their names."""
    short = Path("/tmp")  # noqa: S108
    return tempfile.mkdtemp(prefix="nasssap", dir=short if len(tempfile.gettempdir()) > 50 and short.is_dir() else None)


def _stop_workers(processes: list) -> None:
    """End workers and their kernels before the temporary files are taken away: a kernel left alone would write on."""
    import psutil

    kernels = []
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            worker = psutil.Process(process.pid)
            worker.suspend()  # so that no kernel starts while they are counted
            kernels += worker.children(recursive=True)
    for kernel in kernels:
        with suppress(psutil.NoSuchProcess):
            kernel.kill()
    for process in processes:  # by their own handles: whoever else waits for them takes their end away
        process.kill()
        process.join()
    psutil.wait_procs(kernels, timeout=10)


def _pack_fault(job: Job) -> str:
    """What is wrong with a country's pack or with the scenario asked for; "" where nothing is."""
    from nasssap_lib.chapter.chapter import read_scenarios

    try:
        read_scenarios(read_pack(job.country, job.data), job.parameters.get("scenario", ""), job.data)
    except (PackError, ParameterError) as error:
        return str(error)
    return ""


def _result(future: Future, job: Job) -> RunRecord:
    try:
        return future.result()
    except BrokenProcessPool:
        message = "the worker process died (out of memory?); run it again with --jobs 1"
    except Exception as error:  # the edge of a worker: whatever happened there becomes a record, and the batch goes on
        message = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
    return _record_failure(job, RunRecord(job.country, job.notebook, FAILED, 0.0, None, message))


def _prepare_worker(sockets: str) -> None:
    """Kernels of this process meet over local sockets in a folder of the batch: no TCP port can be taken twice.

    What they print beside their messages goes to a log in that folder, not over the progress bar.
    """
    import logging

    os.environ["JUPYTER_RUNTIME_DIR"] = sockets
    log = os.open(Path(sockets) / f"worker-{os.getpid()}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    logging.getLogger("papermill").setLevel(logging.ERROR)


def run_job(job: Job) -> RunRecord:
    """Execute one notebook into temporary places and move all products into theirs at the end."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    start = time.monotonic()
    job.report.parent.mkdir(parents=True, exist_ok=True)
    job.results.parent.mkdir(parents=True, exist_ok=True)
    draft = job.report.with_name(f".{job.notebook}.{os.getpid()}.ipynb")
    results = job.results.with_name(f".{job.notebook}.{os.getpid()}")
    shutil.rmtree(results, ignore_errors=True)
    results.mkdir()
    try:
        with in_language(job.language):
            _execute_notebook(job, draft, results)
    except papermill.PapermillExecutionError as error:
        cell, message = error.exec_count, f"{error.ename}: {_plain(error.evalue)}"
    except (CellTimeoutError, DeadKernelError, NasssapError, OSError) as error:
        cell, message = None, f"{type(error).__name__}: {str(error).splitlines()[0]}"
    else:
        return _publish(job, draft, results, time.monotonic() - start)
    shutil.rmtree(results, ignore_errors=True)
    record = RunRecord(job.country, job.notebook, FAILED, round(time.monotonic() - start, 2), cell, message)
    return _record_failure(job, record, draft)


def _plain(text: str) -> str:
    return " ".join(str(text).split())[:2000]


def _execute_notebook(job: Job, draft: Path, results: Path) -> None:
    import nbformat
    import papermill
    from traitlets.config import Config

    from nasssap_lib.chapter.notebooks import translate_notebook

    notebook = translate_notebook(nbformat.read(job.source, as_version=4))
    given = {"country": job.country, **job.parameters, "data": job.data, "results": str(results)}
    config = Config() if sys.platform == "win32" else Config({"KernelManager": _own_sockets()})
    papermill.execute_notebook(
        notebook, str(draft), parameters=given, kernel_name="python3",
        progress_bar=False, config=config, execution_timeout=CELL_SECONDS, autosave_cell_every=0,
    )  # fmt: skip


def _own_sockets() -> dict[str, str]:
    """Local sockets under a name of their own: two kernels started at once never meet, as they can on TCP ports."""
    return {"transport": "ipc", "ip": str(Path(os.environ["JUPYTER_RUNTIME_DIR"]) / secrets.token_hex(4))}


def _publish(job: Job, draft: Path, results: Path, seconds: float) -> RunRecord:
    """Clean the executed notebook, render its report, and move notebook, report and tables into place."""
    from nasssap_lib.run.html import render_report
    from nasssap_lib.run.products import clean_notebook

    record = RunRecord(job.country, job.notebook, DONE, round(seconds, 2))
    notebook, pack = clean_notebook(draft), read_pack(job.country, job.data)
    page = draft.with_suffix(".html")
    index = "../" * (job.folder.count("/") + 1) + "index.html"
    with in_language(job.language, pack.translations(job.language or "en")):
        page.write_text(render_report(notebook, pack.settings, index), encoding="utf-8", newline="")
    _write_run(job, results, record)
    _swap_folder(results, job.results)
    draft.replace(job.report)
    page.replace(job.report.with_suffix(".html"))
    job.report.with_name(f"{job.notebook}.failed.ipynb").unlink(missing_ok=True)
    return record


def _swap_folder(new: Path, old: Path) -> None:
    aside = old.with_name(f".{old.name}.old.{os.getpid()}")
    if old.exists():
        old.replace(aside)
    new.replace(old)
    shutil.rmtree(aside, ignore_errors=True)


def _record_failure(job: Job, record: RunRecord, draft: Path | None = None) -> RunRecord:
    """Write what failed; the products of an earlier run are taken away, for they would pass for this one's."""
    job.report.parent.mkdir(parents=True, exist_ok=True)
    results = job.results.with_name(f".{job.notebook}.{os.getpid()}")
    results.mkdir(parents=True, exist_ok=True)
    _write_run(job, results, record)
    _swap_folder(results, job.results)
    job.report.unlink(missing_ok=True)
    job.report.with_suffix(".html").unlink(missing_ok=True)
    if draft is not None and draft.exists():
        from nasssap_lib.run.products import clean_notebook

        clean_notebook(draft)
        draft.replace(job.report.with_name(f"{job.notebook}.failed.ipynb"))
    return record


def _write_run(job: Job, folder: Path, record: RunRecord) -> None:
    """run.json: what was run, on which inputs, with which versions, and the hash of every table."""
    tables = {path.name: _hash(path) for path in sorted(folder.glob("*.csv"))}
    content = {
        **asdict(record),
        "parameters": job.parameters,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "pack_digest": _digest(job),
        "notebook_sha256": _hash(job.source),
        "versions": {"nasssap": nasssap_lib.__version__, "python": platform.python_version(), **_versions()},
        "tables": tables,
    }
    write_text(folder / "run.json", json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _digest(job: Job) -> str:
    try:
        return pack_digest(Path(job.data), job.country)
    except OSError:
        return ""


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    return {name: version(name) for name in ("pandas", "numpy", "matplotlib", "papermill")}


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _remove_leftovers(work: list[Job]) -> None:
    """Take away temporary files of workers that were stopped."""
    for folder in {path for job in work for path in (job.report.parent, job.results.parent)}:
        for path in folder.glob(".[0-9][0-9]_*"):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
