"""A batch on more than one machine: each job goes to a worker of a Dask cluster, and runs there as it would here.

On the worker a job has a process of its own, forked from a warm one that is kept while the batch lasts. What jobs read and write
lies in the output folder, which all machines must see under one path; nothing else travels but the job and its record.
"""

from __future__ import annotations

import atexit
import gc
import json
import logging
import platform
import secrets
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import nasssap_lib
from nasssap_lib.errors import NasssapError
from nasssap_lib.files import fault_words, socket_folder
from nasssap_lib.run.fingerprint import LIBRARY, library_digest, library_hashes
from nasssap_lib.run.inputs import versions
from nasssap_lib.run.workers import Answer, ColdWorkers, Died, TookTooLong, Workers, open_workers

INSTALL = "--scheduler needs the extra `cluster`: pip install 'nasssap[cluster]'"
SECONDS_TO_ANSWER = 10
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_BETWEEN_QUESTIONS = 2  # whether an answer is still to be had
SECONDS_IDLE = 60  # without a job, until the warm process of a batch that is gone is ended
TOKEN = "token"  # noqa: S105 · a file by which a worker shows that it sees the folder


class ClusterWorkers(Workers):
    """Workers of a Dask cluster; the index, which reads what the user has here, is written here.

    Where Dask loses a worker, it gives its jobs to another one; a job of which several workers were lost has died like any other.
    """

    def __init__(self, place: Path, shared: Path, address: str, warm: bool = True):
        super().__init__(place)
        self.sources, self.address, self.warm = shared, address, warm
        self.run = secrets.token_hex(8)
        self.slots = 1
        self._here = ColdWorkers(place)
        self._client: Any = None
        self._waited: set[Any] = set()
        self._expected: dict[str, str] = {}

    @property
    def at_once(self) -> int:
        """Threads of all workers."""
        return self.slots

    def prepare(self) -> None:
        """Connect, and look whether every worker can give the results that this machine would.

        Raises
        ------
        NasssapError : the extra is missing, nobody answers, there is no worker, or a worker has another library or other packages, or
            does not see the output folder: in one line
        """
        self._client = _connect(self.address)
        threads = self._client.nthreads()
        if not threads:
            raise NasssapError(f"{self.address}: the cluster has no worker; start one: dask worker {self.address}")
        self.slots, self._expected = sum(threads.values()), installed()
        token = self.sources / TOKEN
        try:
            token.parent.mkdir(parents=True, exist_ok=True)
            token.write_text(self.run, encoding="utf-8")
        except OSError as error:
            raise NasssapError(fault_words(error)) from error
        said = self._client.run(fault_there, self._expected, str(token), self.run, on_error="return")
        faults = {worker: _fault_words(fault) for worker, fault in said.items() if fault}
        if faults:
            worker, fault = next(iter(faults.items()))
            raise NasssapError(
                f"{self.address}: {len(faults)} of {len(threads)} workers cannot run this batch; {worker}: {fault}"
            )

    def do(self, task: dict[str, Any], limit: float | None = None) -> Answer:
        """Do a task on whichever worker is free; as of :class:`Workers`."""
        return self._do(task, limit) if "job" in task else self._here.do(task, limit)

    def _do(self, task: dict[str, Any], limit: float | None) -> Answer:
        from distributed import CancelledError, KilledWorker

        self._check()
        given = (self.run, self._expected, self.warm, written_small(task), limit)
        future = self._client.submit(do_there, *given, pure=False)
        self._waited.add(future)
        try:
            answer = self._answer_of(future)
        except KilledWorker as error:
            raise Died("the Dask workers on which it ran were lost") from error
        except CancelledError as error:
            raise Died("stopped" if self.stopping else "the Dask scheduler was lost") from error
        finally:
            self._waited.discard(future)
            future.release()
        if "died" in answer:
            raise (TookTooLong if answer.get("late") else Died)(answer["died"])
        return Answer(**answer)

    def _answer_of(self, future: Any) -> dict[str, Any]:
        """What became of a task. What is asked of a scheduler while it is lost, Dask neither answers nor takes back."""
        while True:
            try:
                return future.result(timeout=SECONDS_BETWEEN_QUESTIONS)
            except TimeoutError:
                if future.done():  # of the task, not of our patience
                    raise
            self._check()

    def _check(self) -> None:
        """Raise Died where nobody will answer any more."""
        if self.stopping:
            raise Died("stopped")
        if self._client.status in ("closing", "closed"):
            raise Died("the Dask scheduler was lost")

    def stop(self) -> None:
        """Take back what was submitted, and end the processes of this batch on all workers."""
        if self.stopping:
            return
        self.stopping = True
        self._here.stop()
        if self._client is None:
            return
        ending = threading.Thread(target=self._end, daemon=True)
        ending.start()
        ending.join(2 * SECONDS_TO_ANSWER)  # who does not answer ends its processes by itself

    def _end(self) -> None:
        with suppress(Exception):  # a cluster that is gone: its workers end with it, and their processes with them
            if waited := list(self._waited):
                self._client.cancel(waited, force=True)
            self._client.run(end_there, self.run, on_error="ignore")
        with suppress(Exception):
            self._client.close(timeout=SECONDS_TO_ANSWER)


def _connect(address: str):
    try:
        from distributed import Client
    except ImportError as error:
        raise NasssapError(INSTALL) from error
    # of a worker that is lost we say what it means for a job
    for name in ("distributed", "distributed.client", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with suppress(OSError, ValueError, TypeError):  # a timeout is an OSError
        return Client(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)
    # The half-made client ends here and now: whenever else the collector finds it, it waits for a lock that the start of the next
    # client may be holding, and both wait for ever. Hence also no `from error`, which would keep it.
    gc.collect()
    hint = "expected the address of a running scheduler, such as tcp://host:8786"
    raise NasssapError(f"{address}: no Dask scheduler answers there; {hint}")


def installed() -> dict[str, str]:
    """What must be the same on all machines for results to be: library, Python, packages.

    Examples
    --------
    >>> installed()["nasssap"] == nasssap_lib.__version__
    True
    """
    library = library_digest(library_hashes(LIBRARY, pages=True))
    return {"nasssap": nasssap_lib.__version__, **versions(), "code of the library": library}


def fault_of(expected: Mapping[str, str]) -> str:
    """In what this machine differs from the one that sends the jobs; "" where in nothing.

    Examples
    --------
    >>> fault_of(installed()), fault_of({**installed(), "numpy": "1.0"}).endswith("where the batch was started 1.0")
    ('', True)
    """
    here = installed()
    other = [name for name in expected if here.get(name) != expected[name]]
    if not other:
        return ""
    name = other[0]
    there, wanted = (values.get(name, "none")[:20] for values in (here, expected))
    more = f", and {len(other) - 1} more" if other[1:] else ""
    return f"{name} is {there}, where the batch was started {wanted}{more}"


def fault_there(expected: Mapping[str, str], token: str, text: str) -> str:
    """On a worker: why it cannot run jobs; "" where it can. The token shows that it reads and writes the same folder."""
    if fault := fault_of(expected):
        return fault
    path, where = Path(token), f"on {platform.node()}, {Path(token).parents[1]}"
    try:
        if path.read_text(encoding="utf-8") != text:
            return f"{where} is another folder of the same name: storage must be shared"
        own = path.with_name(f"{TOKEN}-{secrets.token_hex(4)}")
        own.touch()
        own.unlink()
    except OSError as error:
        return f"{where} cannot be read and written ({error.strerror}): storage must be shared"
    return ""


def _fault_words(fault: str | BaseException) -> str:
    if isinstance(fault, ImportError):
        return f"nasssap cannot be imported there ({fault}); install the same version"
    return fault if isinstance(fault, str) else f"{type(fault).__name__}: {fault}"


# On a worker: what a batch has opened there.
_opened: dict[str, _Opened] = {}
_opening = threading.Lock()


class _Opened:
    """The processes of one batch on one Dask worker, in a folder of their own.

    They end when the batch says so; by themselves when the scheduler no longer wants one of their jobs (the batch was stopped or
    is gone), or when nothing was asked of them for a while.
    """

    def __init__(self, run: str, warm: bool):
        self.run, self.jobs, self.asked = run, set(), time.monotonic()
        self._exits = ExitStack()
        place = self._exits.enter_context(socket_folder())
        self.workers = open_workers(place, warm)
        self._exits.callback(self.workers.stop)
        threading.Thread(target=self._watch, daemon=True).start()

    @contextmanager
    def doing(self, wanted: Callable[[], bool]) -> Iterator[None]:
        """While a job runs."""
        self.jobs.add(wanted)
        try:
            yield
        finally:
            self.jobs.discard(wanted)
            self.asked = time.monotonic()

    def _watch(self) -> None:
        while not self.workers.stopping:
            time.sleep(SECONDS_BETWEEN_LOOKS)
            jobs, idle = list(self.jobs), time.monotonic() - self.asked
            if not all(wanted() for wanted in jobs) or (not jobs and idle > SECONDS_IDLE):
                end_there(self.run)

    def end(self) -> None:
        """End all processes, and take their folder away."""
        self._exits.close()


def written_small(task: Mapping[str, Any]) -> bytes:
    """A task as it travels. Dask keeps the last thousand messages to each worker, and a job names the hash of all that it is made from.

    Examples
    --------
    >>> len(written_small({"job": {"inputs": dict.fromkeys(range(999), 40 * "0")}})) < 9000
    True
    """
    return zlib.compress(json.dumps(task, separators=(",", ":")).encode())


def do_there(run: str, expected: Mapping[str, str], warm: bool, written: bytes, limit: float | None) -> dict[str, Any]:
    """On a worker: do a task of a batch, as :func:`written_small` wrote it, in a process of its own.

    Returns
    -------
    the fields of an Answer, or how its process died, and whether its time was over: ``{"died": words, "late": False}``
    """
    with _opening:
        if run not in _opened:
            if fault := fault_of(expected):  # a worker that came later
                return {"died": f"a worker cannot run this batch; {platform.node()}: {fault}"}
            _opened[run] = _Opened(run, warm)
        opened = _opened[run]
    task = json.loads(zlib.decompress(written))
    # A worker that was lost may be alive still, only not heard: two of them must not write the same draft.
    job = {**task["job"], "draft": f"{task['job']['draft']}-{secrets.token_hex(4)}"}
    with opened.doing(_wanted()):
        try:
            return asdict(opened.workers.do({**task, "job": job}, limit))
        except Died as death:
            return {"died": str(death), "late": isinstance(death, TookTooLong)}


def _wanted() -> Callable[[], bool]:
    """Whether the scheduler still wants the job that this thread does."""
    from distributed import get_worker
    from distributed.worker import thread_state

    worker, key = get_worker(), thread_state.key
    return lambda: getattr(worker.state.tasks.get(key), "state", "") == "executing"


@atexit.register
def _end_all() -> None:
    for run in list(_opened):
        end_there(run)


def end_there(run: str) -> None:
    """On a worker: end the processes of a batch."""
    with _opening:
        opened = _opened.pop(run, None)
    if opened:
        opened.end()
