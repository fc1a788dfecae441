"""One job in a process of its own: the notebook through papermill, its report rendered, all products moved into place at the end."""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import re
import shutil
import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import NBClientEngine, papermill_engines
from traitlets.config import Config

import nasssap_lib
from nasssap_lib.chapter.gate import BASELINE, runnable_pack
from nasssap_lib.chapter.notebooks import translate_notebook
from nasssap_lib.display.texts import in_language
from nasssap_lib.errors import NasssapError, PackError
from nasssap_lib.files import fault_words, write_text
from nasssap_lib.pack.folders import data_root, pack_digest
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.run.fingerprint import library_digest
from nasssap_lib.run.folders import Folders, scenario_names
from nasssap_lib.run.html import compile_templates, render_report
from nasssap_lib.run.index import write_index
from nasssap_lib.run.inputs import hash_products, write_inputs
from nasssap_lib.run.jobs import DIED, DONE, FAILED, Job, RunRecord
from nasssap_lib.run.kernels import BatchKernelManager, ForkedKernel, can_fork, waiting
from nasssap_lib.run.products import clean_notebook
from nasssap_lib.run.records import RECORD

ENGINE = "nasssap"
UNKEPT = ("why", "line", "processor_seconds", "memory_mb")  # of a record: told of the run, or not known yet
FULL = f"[Errno {errno.ENOSPC}]"
OWN_LINE = re.compile(r"nasssap_lib[\\/][\w\\/]+\.py:\d+|Cell In\[\d+\], line \d+")


class BatchEngine(NBClientEngine):
    """papermill's own engine; a cell in which the kernel died or the time ran out fails like any other, and is marked."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name: str, **given: Any) -> None:
        """Execute the notebook with a kernel of the batch."""
        try:
            super().execute_managed_notebook(
                nb_man, kernel_name, kernel_manager_class=BatchKernelManager, shutdown_kernel="immediate", **given
            )
        except (DeadKernelError, CellTimeoutError) as error:
            started = [cell for cell in nb_man.nb.cells if cell.metadata.papermill.get("start_time")]
            cell = next((cell for cell in reversed(started) if cell.cell_type == "code"), None)
            if cell is None:
                raise
            name, text = type(error).__name__, str(error).strip().splitlines()[0]
            cell.execution_count = cell.execution_count or sum(one.cell_type == "code" for one in started)
            cell.outputs = [output for output in cell.outputs if output.output_type != "error"]  # of being interrupted
            cell.outputs.append(nbformat.v4.new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"]))
            nb_man.cell_exception(cell)


papermill_engines.register(ENGINE, BatchEngine)
logging.getLogger("papermill").setLevel(logging.ERROR)


def _let_go(connection: socket.socket) -> None:
    """Close a connection, in this process alone; a child of one that has let go holds it no more."""
    if connection.fileno() >= 0:
        socket.close(connection.detach())


def serve_task(connection: socket.socket) -> None:
    """Read a task from a connection and answer there: a line with this process, then a line with what became of the task.

    Neither the kernel nor what a notebook starts in it holds the connection: that it closes says that nobody answers any more.
    """
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=partial(_let_go, connection))
    with connection, connection.makefile("rw", encoding="utf-8") as stream:
        stream.write(json.dumps({"pid": os.getpid()}) + "\n")
        stream.flush()
        task = json.loads(stream.readline())
        os.chdir(task["folder"])
        _write_log()
        stream.write(json.dumps({"answer": do_task(task)}) + "\n")


def do_task(task: dict[str, Any]) -> dict[str, Any] | None:
    """What a process of the batch is asked for: a job, the index of all reports, or a page that compares versions.

    Returns
    -------
    the record of a job; of a page nothing, or ``fault``: why it could not be written
    """
    if "job" in task:
        return asdict(run_job(Job.of_json(task["job"]), Path(task["folder"])))
    write, given = next((PAGES[name], task[name]) for name in PAGES if name in task)
    try:
        write(given, Folders(Path(given["notebooks"]), Path(given["out"])))
    except OSError as error:
        return {"fault": fault_words(error)}
    except NasssapError as error:
        return {"fault": str(error)}
    return None


def _write_comparison(given: dict[str, Any], folders: Folders) -> None:
    from nasssap_lib.run.comparison import write_comparison

    write_comparison(given["task"], folders, given["digest"])


def _write_index(given: dict[str, Any], folders: Folders) -> None:
    with in_language(given["language"]):
        write_index(folders, Path(given["data"]), given["digest"])


PAGES = {"comparison": _write_comparison, "index": _write_index}


def warm_up() -> None:
    """Do once, before any process is forked, what every process would do first."""
    from jupyter_client.provisioning import KernelProvisionerFactory

    from nasssap_lib.display.drawing import draw
    from nasssap_lib.display.numbers import format_share
    from nasssap_lib.display.pixels import small_png
    from nasssap_lib.display.specimen import specimen

    small_png(draw(specimen(), 30)[1])
    format_share(0.5)
    nbformat.validate(nbformat.v4.new_notebook())
    library_digest()
    compile_templates()
    KernelProvisionerFactory.instance()


def run_job(job: Job, folder: Path) -> RunRecord:
    """Execute one notebook into temporary places and move all products into theirs at the end.

    Parameters
    ----------
    job : what to run
    folder : of this job alone: the kernel's working directory, and its sockets

    Returns
    -------
    the record; an error in a cell, a pack with problems and a full disk are told in it, none is raised
    """
    start = time.monotonic()
    if fault := pack_fault(job):
        return record_failure(job, job.record(FAILED, message=fault))
    notebook, results = job.folders.reports / job.draft, job.folders.processed / job.draft
    try:
        for draft in (results, notebook):
            shutil.rmtree(draft, ignore_errors=True)  # of a try whose process died
            draft.mkdir(parents=True)
        return _run(job, folder, notebook / job.report.name, results, start)
    except (NasssapError, OSError) as error:  # a full disk
        message = fault_words(error) if isinstance(error, OSError) else str(error)
        return job.record(FAILED, time.monotonic() - start, message=message)
    except RuntimeError as error:  # the kernel did not start
        return job.record(DIED, time.monotonic() - start, message=f"{type(error).__name__}: {error}")


def pack_fault(job: Job) -> str:
    """What is wrong with a country's pack, or with the scenarios asked for; "" where nothing is."""
    try:
        runnable_pack(job.country, data_root(job.data), scenario_names(job.scenario) or [BASELINE])
    except PackError as error:
        return str(error)
    return ""


def _run(job: Job, folder: Path, draft: Path, results: Path, start: float) -> RunRecord:
    if can_fork():  # from here on there are more threads
        waiting.append(ForkedKernel())
    try:
        with in_language(job.language):
            executed = _execute(job, folder, draft, results, start + job.limit)
    except papermill.PapermillExecutionError as error:
        return _tell(job, error, draft, time.monotonic() - start)
    return _publish(job, executed, draft, results, time.monotonic() - start)


def _execute(job: Job, folder: Path, draft: Path, results: Path, until: float) -> nbformat.NotebookNode:
    """The notebook executed by papermill; each cell may take what is left of the time of all.

    Its file lies in the kernel's own folder: what it says of itself is read there, whatever is edited meanwhile.
    """
    shutil.copy(job.source, folder)
    notebook = translate_notebook(nbformat.read(job.source, as_version=4))
    given = {"country": job.country, **job.parameters, "data": job.data, "results": str(results)}
    sockets = {} if sys.platform == "win32" else {"KernelManager": {"transport": "ipc", "ip": str(folder / "k")}}
    output = str(draft).replace("{", "{{").replace("}", "}}")  # papermill fills in what stands between braces of a path
    return papermill.execute_notebook(
        notebook, output, given, ENGINE, request_save_on_cell_execute=False, kernel_name="python3", progress_bar=False,
        cwd=folder, config=Config(sockets), autosave_cell_every=0, timeout_func=lambda cell: max(1, int(until - time.monotonic())),
    )  # fmt: skip


def _tell(job: Job, error: papermill.PapermillExecutionError, draft: Path, seconds: float) -> RunRecord:
    """What failed in a cell; what the machine did, not the notebook, leaves the products of an earlier run as they are."""
    message = f"{error.ename}: {' '.join(str(error.evalue).split())[:2000]}"
    found = [line for text in error.traceback for line in OWN_LINE.findall(_plain(text))]
    told = job.record(FAILED, seconds, cell=error.exec_count, message=message, line=found[-1] if found else "")
    if error.ename == DeadKernelError.__name__:
        told = replace(told, status=DIED, message="the kernel died")
    elif error.ename == CellTimeoutError.__name__:
        told = replace(told, message=f"not done after {job.limit:.0f} s, the time limit of a notebook (--limit)")
    elif FULL not in message:
        return record_failure(job, told, draft)
    _keep_copy(job, draft)
    return told


def _keep_copy(job: Job, draft: Path) -> None:
    """Keep the executed notebook with the marked cell, where there is room for it."""
    with suppress(OSError, NasssapError):
        job.report.parent.mkdir(parents=True, exist_ok=True)
        clean_notebook(nbformat.read(draft, as_version=4), draft)
        draft.replace(job.failed_copy)


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def _publish(job: Job, executed: nbformat.NotebookNode, draft: Path, results: Path, seconds: float) -> RunRecord:
    """Clean the executed notebook, render its report, and move notebook, report and tables into place."""
    notebook, pack = clean_notebook(executed, draft), read_pack(job.country, job.data)
    page = draft.with_suffix(".html")
    index = "../" * (job.folder.count("/") + 1) + "index.html"
    with in_language(job.language, pack.translations(job.language or "en"), job.country):
        html = render_report(notebook, pack.settings, index, job.notebook, pack.untranslated(job.language))
        page.write_text(html, encoding="utf-8", newline="")
    record = job.record(DONE, seconds)
    _write_run(job, results, record)
    write_inputs(results, {**job.inputs, "products": hash_products(results, draft, page)})
    for target in (job.report.parent, job.results.parent):
        target.mkdir(parents=True, exist_ok=True)
    _swap_folder(results, job.results)
    draft.replace(job.report)
    page.replace(job.page)
    job.failed_copy.unlink(missing_ok=True)
    return record


def _swap_folder(new: Path, old: Path) -> None:
    aside = new.with_name(f"{new.name}.old")
    if old.exists():
        old.replace(aside)
    new.replace(old)
    shutil.rmtree(aside, ignore_errors=True)


def record_failure(job: Job, record: RunRecord, draft: Path | None = None) -> RunRecord:
    """Write what failed; the products of an earlier run are taken away, for they would pass for this one's."""
    results = job.folders.processed / f"{job.draft}.failed"
    with suppress(OSError, NasssapError):  # a full disk: the record alone tells it
        results.mkdir(parents=True, exist_ok=True)
        for target in (job.report.parent, job.results.parent):
            target.mkdir(parents=True, exist_ok=True)
        _write_run(job, results, record)
        _swap_folder(results, job.results)
        job.report.unlink(missing_ok=True)
        job.page.unlink(missing_ok=True)
        if draft is not None:
            _keep_copy(job, draft)
    return record


def _write_run(job: Job, folder: Path, record: RunRecord) -> None:
    """run.json: what was run, on which inputs, with which versions, and the hash of every table."""
    tables = {path.name: _hash(path) for path in sorted(folder.glob("*.csv"))}
    content = {
        **{name: value for name, value in asdict(record).items() if name not in UNKEPT},
        "parameters": job.parameters,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "pack_digest": _digest(job),
        "notebook_sha256": _hash(job.source),
        "versions": {"nasssap": nasssap_lib.__version__, **job.inputs.get("versions", {})},
        "tables": tables,
    }
    write_text(folder / RECORD, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _digest(job: Job) -> str:
    try:
        return pack_digest(Path(job.data), job.country)
    except OSError:
        return ""


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def spawn_main() -> None:
    """Do one task that stands on standard input, in a process that was started for it, and write the answer to standard output."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    task = json.loads(sys.stdin.readline())
    os.chdir(task["folder"])
    _write_log()
    threading.Thread(target=_end_with_the_batch, daemon=True).start()
    said = do_task(task)
    answers.write(json.dumps({"said": said, **_cost()}) + "\n")
    answers.flush()


def _write_log() -> None:
    """What is printed beside the answers goes to a log in the folder of the task."""
    log = os.open("log.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for handle in (1, 2):
        os.dup2(log, handle)


def _end_with_the_batch() -> None:
    """End, with all kernels, when standard input closes: the batch is gone."""
    sys.stdin.read()
    import psutil

    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            child.kill()
    os._exit(1)


def _cost() -> dict[str, float]:
    """Processor seconds and largest memory of this process and its kernels, where the system tells them."""
    with suppress(ImportError):
        import resource

        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        processor = sum(one.ru_utime + one.ru_stime for one in used)
        return {"processor": processor, "memory": max(one.ru_maxrss for one in used) // 1024}
    return {}
