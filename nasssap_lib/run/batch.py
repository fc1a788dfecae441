"""Countries × notebooks through papermill, each in a process of its own: nothing is done twice, and what fails stops nothing else."""

from __future__ import annotations

import json
import queue
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

from nasssap_lib.errors import NasssapError
from nasssap_lib.files import content_of
from nasssap_lib.pack.folders import countries as all_countries
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.kept_files import put_back_words
from nasssap_lib.run.compared import comparisons, digest_of, page_of
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.inputs import Sources, index_digest, why_run
from nasssap_lib.run.jobs import CURRENT, DIED, DONE, FAILED, Job, RunRecord
from nasssap_lib.run.lock import DRAFTS, only_run
from nasssap_lib.run.plan import check_on_packs, check_scenarios, plan
from nasssap_lib.run.records import read_record
from nasssap_lib.run.sweep import is_comparing
from nasssap_lib.run.workers import Died, TookTooLong, Workers, open_workers

__all__ = ["CURRENT", "DONE", "FAILED", "RunRecord", "run_batch"]
LOG = "run.jsonl"
LIMIT = 1800  # seconds that a notebook may take
LONGEST = 365 * 24 * 3600  # seconds for which the system can wait, and more than anybody does
SECONDS_MORE = 60  # after its limit, until the process is ended that should have ended the notebook
TRIES = 2  # of a job whose process died
INTACT = "; earlier products are left as they were"
FEW_PAGES = 2  # written before anybody would ask what is going on
Task = dict[str, Any]  # what a worker is given


def run_batch(
    countries: Iterable[str],
    notebooks: Iterable[str] = (),
    parameters: Mapping[str, Any] | None = None,
    data: str | Path = "",
    out: str | Path | None = None,
    jobs: int | None = None,
    done: Callable[[RunRecord], None] = lambda record: None,
    scenario: str | Iterable[str] = "",
    language: str | Iterable[str] = "",
    *,
    force: bool = False,
    warm: bool = True,
    scheduler: str = "",
    sweep: str | Iterable[str] = "",
    limit: float = LIMIT,
    started: Callable[[Job], None] = lambda job: None,
    planned: Callable[[list[Job]], None] = lambda jobs: None,
    say: Callable[[str], None] = lambda text: None,
) -> list[RunRecord]:
    """Run notebooks for countries and write executed notebooks, reports, tidy tables and the index.

    Parameters
    ----------
    countries : codes of country packs
    notebooks : names without ending; none: all that are numbered
    parameters : further parameters, given to the notebooks that have them
    data : data folder, see :func:`nasssap_lib.pack.data_root`
    out : folder that receives ``reports/`` and ``data/processed/``; None: the project
    jobs : notebooks at the same time; None: one more than cores (one waits for its kernel), or one a thread of the cluster
    done : called with each record as it comes
    scenario : name of a scenario of every pack, or two with a comma, or a pattern such as ``pension_*``, or several of these; products
        then go into a folder of that name
    language : code of the language of reports and index, or several; "": English. Products of another language go into a folder of
        its code; result tables are the same in every language. The index speaks the first
    force : run also what is current: made from the same notebook, code, pack, parameters and versions
    warm : fork processes from one that has imported the suite, where the system can
    scheduler : address of a Dask cluster that does the jobs, see :mod:`nasssap_lib.run.cluster`; "": this machine does
    sweep : values of a parameter, such as ``level=5,10,15``, or several of these, see :mod:`nasssap_lib.run.sweep`. With a sweep or a
        pattern the baseline is run too, and one page a country sets all versions beside one another
    limit : seconds that a notebook may take; infinite: none
    planned, started : called with the jobs that are to run, and with each as it begins
    say : told what is worth a line besides, such as whom the run waits for

    Returns
    -------
    list of RunRecord, in the order of countries, scenarios, languages and notebooks; a country whose pack has problems is
    reported, never run

    Raises
    ------
    ParameterError : a parameter that no chosen notebook has, or a wrong value: before any process starts
    NasssapError : the output folder cannot be written to, or the cluster cannot do the jobs
    """
    folders, root, countries = Folders.of(out), data_root(data), list(countries)
    _put_back(root, countries, say)
    scenarios, languages = ([given] if isinstance(given, str) else [*given] for given in (scenario, language))
    sweeps = ([sweep] if sweep else []) if isinstance(sweep, str) else [*sweep]
    work = plan(countries, notebooks, parameters or {}, root, folders, scenarios, languages, sweeps, say)
    check_scenarios(work, root)
    with only_run(folders, say) as place:
        sources = Sources(root)
        unread = {job.name: fault for job in work if (fault := sources.fault(job))}
        readable = [job for job in work if job.name not in unread]
        chosen = [
            replace(job, why=why_run(job, sources) or ("asked to (--force)" if force else "")) for job in readable
        ]
        stale = [job for job in chosen if job.why]
        check_on_packs(stale)
        workers = _open_workers(place, folders, scheduler, warm)
        with closing(_Log(folders.reports / LOG, done)) as log, _stopping(workers):
            for job in work:
                if job.name in unread:
                    log.tell(job.record(FAILED, message=unread[job.name]))
            for job in chosen:
                if not job.why:
                    log.tell(job.record(CURRENT))
            if stale:
                workers.prepare()
            stale = _prepared(stale, sources, workers.sources, min(LONGEST, limit))
            planned(stale)
            for record in _execute(stale, workers, jobs, started):
                log.tell(record)
            pages = _comparisons(work, folders, sources) if is_comparing(scenarios, sweeps) else {}
            faults = _write_pages(pages, workers, jobs, say)
            faults += _write_pages(_index(folders, root, languages[0], sources), workers, jobs, say)
    if faults:
        raise NasssapError("\n".join(faults))
    return [log.records[job.name] for job in work]


def _put_back(root: Path, chosen: list[str], say: Callable[[str], None]) -> None:
    """Packs into which somebody wrote who was killed are as they were before."""
    for country in set(chosen) & set(all_countries(root)):
        if told := put_back_words(root, country):
            say(told)


def _open_workers(place: Path, folders: Folders, scheduler: str, warm: bool) -> Workers:
    if not scheduler:
        return open_workers(place, warm)
    from nasssap_lib.run.cluster import ClusterWorkers

    return ClusterWorkers(place, folders.processed / DRAFTS / "sources", scheduler, warm)


class _Log:
    """``reports/run.jsonl``: a line a record of this run, written as they come; each record is told once."""

    def __init__(self, path: Path, done: Callable[[RunRecord], None]):
        self.records: dict[str, RunRecord] = {}
        self._done = done
        if path.is_symlink() or path.is_fifo():  # neither what a link leads to nor a pipe's other end is ours
            path.unlink()
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def tell(self, record: RunRecord) -> None:
        """Write a record down and tell it."""
        self.records[record.name] = record
        with suppress(OSError):  # a full disk: the record is told all the same
            self._file.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")
            self._file.flush()
        self._done(record)

    def close(self) -> None:
        """Close the file."""
        with suppress(OSError):
            self._file.close()


@contextmanager
def _stopping(workers: Workers) -> Iterator[None]:
    """End all processes at the end, however that comes."""
    try:
        yield
    finally:
        workers.stop()


def _prepared(jobs: list[Job], sources: Sources, copy: Path, limit: float) -> list[Job]:
    """The jobs on a copy of what they read, the longest first: what an earlier run took is remembered."""
    sources.copy_to(copy, jobs)
    seconds = [read_record(job.results).get("seconds", 0.0) for job in jobs]
    typical = {job.notebook: taken for job, taken in zip(jobs, seconds, strict=True) if taken}
    expected = [taken or typical.get(job.notebook, float("inf")) for job, taken in zip(jobs, seconds, strict=True)]
    order = sorted(range(len(jobs)), key=lambda i: -expected[i])
    together = Counter(job.country for job in jobs)
    return [
        replace(
            jobs[i], data=str(copy / "data"), notebook_folder=str(copy / "notebooks"), draft=f"{DRAFTS}/{i}",
            inputs=sources.of(jobs[i]), limit=limit, expected=expected[i], together=together[jobs[i].country],
        )
        for i in order
    ]  # fmt: skip


def _execute(
    jobs: list[Job], workers: Workers, at_once: int | None, started: Callable[[Job], None]
) -> Iterator[RunRecord]:
    """Records as they come; as many jobs at the same time as asked for, each thread waiting for one process."""
    if not jobs:
        return
    events: queue.SimpleQueue[Job | RunRecord] = queue.SimpleQueue()
    left = len(jobs)
    with ThreadPoolExecutor(min(at_once or workers.at_once, len(jobs))) as threads:
        try:
            for job in jobs:
                threads.submit(_one, job, workers, events)
            while left:
                event = events.get()
                if isinstance(event, Job):
                    started(event)
                else:
                    left -= 1
                    yield event
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            if left:
                workers.stop()


def _one(job: Job, workers: Workers, events: queue.SimpleQueue) -> None:
    """One job, tried again where its process died, never where a cell failed."""
    events.put(job)
    for _ in range(TRIES):
        record = _try(job, workers)
        if record.status != DIED or workers.stopping:
            break
    if record.status == DIED:
        record = replace(record, status=FAILED, message=f"{record.message}{INTACT}")
    events.put(record)


def _try(job: Job, workers: Workers) -> RunRecord:
    """What became of a job in one process."""
    start = time.monotonic()
    try:
        answer = workers.do({"job": job.to_json()}, job.limit + SECONDS_MORE)
    except TookTooLong as death:
        return job.record(FAILED, time.monotonic() - start, message=f"{death}{INTACT}")
    except Died as death:
        return job.record(DIED, time.monotonic() - start, message=str(death))
    except Exception as error:  # the edge of a thread: whatever happened becomes a record, and the batch goes on
        return job.record(FAILED, time.monotonic() - start, message=f"{type(error).__name__}: {error}")
    cost = {"processor_seconds": round(answer.processor, 2), "memory_mb": answer.memory}
    return replace(RunRecord(**answer.said), **cost)


def _comparisons(jobs: list[Job], folders: Folders, sources: Sources) -> dict[Path, Task]:
    """The page of each country that sets its versions beside one another."""
    pages = {}
    for task in comparisons(jobs, sources):
        given = {"task": task, "notebooks": str(folders.notebooks), "out": str(folders.out)}
        pages[page_of(task, folders)] = {"comparison": {**given, "digest": digest_of(task, folders, sources)}}
    return pages


def _index(folders: Folders, root: Path, language: str, sources: Sources) -> dict[Path, Task]:
    """The index, which leads to all pages."""
    digest = index_digest(folders, root, language, sources)
    task = {"notebooks": str(folders.notebooks), "out": str(folders.out), "data": str(root), "language": language}
    return {folders.reports / "index.html": {"index": {**task, "digest": digest}}}


def _write_pages(
    pages: Mapping[Path, Task], workers: Workers, at_once: int | None, say: Callable[[str], None]
) -> list[str]:
    """Let pages be written where anything that they say could have changed; what went wrong with one stops no other."""
    stale = {path: task for path, task in pages.items() if not _is_current(path, task)}
    if not stale:
        return []
    if len(stale) > FEW_PAGES:
        say(f"writing {len(stale)} pages that set versions side by side …")
    with ThreadPoolExecutor(min(at_once or workers.at_once, len(stale))) as threads:
        try:
            return [*filter(None, threads.map(partial(_write_page, workers), stale, stale.values()))]
        except BaseException:  # Ctrl-C among them: what runs is ended, what waits does not begin
            threads.shutdown(wait=False, cancel_futures=True)
            workers.stop()
            raise


def _is_current(path: Path, task: Task) -> bool:
    """Does a page end with the digest of all that it would say?"""
    (given,) = task.values()
    with suppress(OSError):
        return given["digest"].encode() in content_of(path)[-200:]
    return False


def _write_page(workers: Workers, path: Path, task: Task) -> str:
    """Let a page be written; what went wrong, in words."""
    try:
        answer = workers.do(task)
    except Died as death:
        return f"{path}: not written ({death})"
    return answer.said["fault"] if answer.said else ""
