"""Processes for the tasks of a batch: forked from a warm parent where the system can fork, else started one by one.

A task is JSON and so is its answer. A process does one task and ends: what a notebook leaves behind meets no other.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nasssap_lib
from nasssap_lib.files import fault_words

MATPLOTLIB_DEFAULTS = Path(nasssap_lib.__file__).parent / "run" / "matplotlibrc"
FORK = (
    hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"
)  # macOS: its libraries do not survive it
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
SECONDS_TO_END = 10
LATE = "its process did not end after {:.0f} s"


class Died(Exception):
    """A process ended without an answer."""


class TookTooLong(Died):
    """A process was ended because its time was over: it would take as long again."""


@dataclass(frozen=True)
class Answer:
    """What a process said, and what it cost: seconds of the processor, its kernel's included, and its largest memory in MB."""

    said: dict[str, Any] | None
    processor: float = 0.0
    memory: int = 0


class Workers(ABC):
    """Does tasks in processes of their own, from any thread."""

    def __init__(self, place: Path):
        self.place = place
        self.sources = place / "sources"  # for a copy of what jobs read: where all of their processes see it
        self.stopping = False
        self._number = 0
        self._numbering = threading.Lock()

    @property
    def at_once(self) -> int:
        """Tasks that it makes sense to do at the same time."""
        return cores()

    def prepare(self) -> None:  # noqa: B027 · most kinds have nothing to do
        """Called before the first job; raises NasssapError where these workers cannot do any."""

    def do(self, task: dict[str, Any], limit: float | None = None) -> Answer:
        """Do a task and wait for its answer.

        Parameters
        ----------
        task : as :func:`nasssap_lib.run.worker.do_task` takes it
        limit : seconds after which the process is ended; None: none

        Raises
        ------
        Died : the process ended without an answer, or was ended
        """
        with self._numbering:
            self._number += 1
            folder = self.place / f"{self._number}"
        try:
            folder.mkdir()
            return self._do({**task, "folder": str(folder)}, limit)
        except OSError as error:
            raise Died("stopped" if self.stopping else fault_words(error)) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @abstractmethod
    def _do(self, task: dict[str, Any], limit: float | None) -> Answer: ...

    @abstractmethod
    def stop(self) -> None:
        """End all processes, and wait until they have ended."""


def open_workers(place: Path, warm: bool = True) -> Workers:
    """The fastest kind of worker that works here."""
    return WarmWorkers(place) if warm and FORK else ColdWorkers(place)


class WarmWorkers(Workers):
    """Processes that are forked from one that has imported the suite."""

    @property
    def at_once(self) -> int:
        """One more than there are cores: while a kernel starts or ends, its job only waits."""
        return cores() + 1

    def __init__(self, place: Path):
        super().__init__(place)
        self._starting = threading.Lock()
        self._parent: subprocess.Popen | None = None
        self._control: socket.socket | None = None

    def _do(self, task: dict[str, Any], limit: float | None) -> Answer:
        heard, late = self._ask(task, limit)
        if not heard and not late and not self.stopping:  # the warm parent died before it forked: no death of this task
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._parent.wait(1)  # it may have died a moment ago, and the system not have told yet
            heard, late = self._ask(task, limit)
        if "answer" not in heard and late:
            raise TookTooLong(LATE.format(limit))
        if "answer" not in heard:
            raise Died(_how(heard.get("exit"), task["folder"]))
        return Answer(heard["answer"], heard.get("processor", 0.0), heard.get("memory", 0))

    def _ask(self, task: dict[str, Any], limit: float | None) -> tuple[dict[str, Any], bool]:
        """What is heard of a task until its process ends, and whether its time was over."""
        ours, theirs = socket.socketpair()
        heard: dict[str, Any] = {}
        # Whoever dies while it is told or tells something breaks the connection: that no answer came says it.
        with ours, contextlib.suppress(ConnectionError), ours.makefile("rw", encoding="utf-8") as stream:
            self._send(theirs, task)
            stream.write(json.dumps(task) + "\n")
            stream.flush()
            with _ended_after(limit, lambda: end_group(heard.get("pid"))) as late:
                for line in stream:
                    heard |= json.loads(line)
                    if "exit" in heard:  # it has ended; whatever it left behind may hold the connection for hours
                        break
            return heard, late.is_set()
        return heard, False

    def _send(self, connection: socket.socket, task: dict[str, Any]) -> None:
        """Ask for a process at the other end of a connection, for a task; a warm parent that died is replaced."""
        with self._starting, connection:
            if self.stopping:
                raise Died("stopped")
            if self._parent is None or self._parent.poll() is not None:
                self._start()
            pack = _pack_of(task["job"]) if "job" in task else {}
            socket.send_fds(self._control, [json.dumps(pack).encode()], [connection.fileno()])

    def _start(self) -> None:
        if self._control:
            self._control.close()
        self._control, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
        with theirs, (self.place / "warm.log").open("ab") as log:
            self._parent = subprocess.Popen(
                [*_python("warm"), str(theirs.fileno()), str(self.place)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=clean_environment(self.place), cwd=self.place,
                pass_fds=[theirs.fileno()], start_new_session=True,
            )  # fmt: skip
        if not self._control.recv(1):
            raise Died(_how(self._parent.wait(), self.place, "warm.log"))

    def stop(self) -> None:
        """End all processes: the warm parent does, when it hears nothing more."""
        self.stopping = True
        with self._starting:
            if self._control is None:
                return
            self._control.close()
            try:
                self._parent.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                self._parent.kill()  # its children die with it
                self._parent.wait()


class ColdWorkers(Workers):
    """Processes that start from nothing: slower, and everywhere."""

    def __init__(self, place: Path):
        super().__init__(place)
        self._running: dict[int, subprocess.Popen] = {}

    def _do(self, task: dict[str, Any], limit: float | None) -> Answer:
        if self.stopping:
            raise Died("stopped")
        process = subprocess.Popen(
            _python("worker"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            encoding="utf-8", env=clean_environment(self.place), cwd=task["folder"], start_new_session=True,
        )  # fmt: skip
        self._running[process.pid] = process
        try:
            with _ended_after(limit, lambda: _end_tree(process)) as late:
                process.stdin.write(json.dumps(task) + "\n")
                process.stdin.flush()  # left open: that it closes tells the process that the batch is gone
                line = process.stdout.readline()
                process.wait()
        finally:
            _end_tree(process)
            self._running.pop(process.pid, None)
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    pipe.close()
        if not line.endswith("\n") and late.is_set():
            raise TookTooLong(LATE.format(limit))
        if not line.endswith("\n"):
            raise Died(_how(process.returncode, task["folder"]))
        return Answer(**json.loads(line))

    def stop(self) -> None:
        """End all processes and their kernels."""
        self.stopping = True
        for process in list(self._running.values()):
            _end_tree(process)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def _ended_after(limit: float | None, end: Callable[[], None]) -> Iterator[threading.Event]:
    """Call a function when a time is over before the block is; the event tells whether it was."""
    late = threading.Event()

    def act() -> None:
        late.set()
        end()

    timer = threading.Timer(limit or 0, act)
    timer.daemon = True
    if limit:
        timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def _python(module: str) -> list[str]:
    """The command of a module's ``spawn_main``; with -P nothing is imported from the working directory."""
    code = f"""from nasssap_lib.faces import unasked_left_out
with unasked_left_out():
    from nasssap_lib.run.{module} import spawn_main
spawn_main()"""
    return [sys.executable, "-P", "-c", code]


def _pack_of(job: dict[str, Any]) -> dict[str, Any]:
    """What the warm parent is told of a job: the pack, the language in which it is read, and how many jobs read it."""
    return {name: job[name] for name in ("country", "data", "together")} | {
        "language": job["parameters"].get("language", "")
    }


def clean_environment(place: Path) -> dict[str, str]:
    """The environment of the batch's processes: nothing that a user has set up for himself changes a report.

    Examples
    --------
    >>> given = clean_environment(Path("/tmp/x"))
    >>> given["TZ"], given["PYTHONHASHSEED"], "PYTHONSTARTUP" in given
    ('UTC', '0', False)
    """
    own = ("PYTHON", "IPYTHON", "JUPYTER", "JPY_", "MPLBACKEND", "MATPLOTLIBRC", "LC_", "LANG", "NASSSAP_DATA")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    if "PYTHONPATH" in os.environ:  # the library may have been found by it, and by nothing else
        kept["PYTHONPATH"] = str(Path(nasssap_lib.__file__).resolve().parents[1])
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"):
        kept |= {name: os.environ[name]} if name in os.environ else {}
    return {
        **kept,
        **dict.fromkeys(ONE_THREAD, "1"),
        **dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(place)),  # goes with the place, whoever is killed
        "PYTHONSAFEPATH": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MATPLOTLIBRC": str(MATPLOTLIB_DEFAULTS),
        "IPYTHONDIR": str(place / "ipython"),
        "JUPYTER_CONFIG_DIR": str(place / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(place / "jupyter"),
        "JUPYTER_DATA_DIR": str(place / "jupyter"),
    }


def _how(code: int | None, folder: str | Path, log: str = "log.txt") -> str:
    """How a process ended, and the last it wrote."""
    said = ""
    with contextlib.suppress(OSError):
        lines = (Path(folder) / log).read_text(encoding="utf-8", errors="replace").split("\n")
        said = next((f"; its last words: {line.strip()[:200]}" for line in reversed(lines) if line.strip()), "")
    if code is None:
        return f"its process was ended{said}"
    if code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        return f"its process was killed ({name}; out of memory?); run it again with --jobs 1{said}"
    return f"its process ended with exit code {code}{said}"


def end_group(pid: int | None) -> None:
    """End a process and all of its group; nothing where they have ended."""
    if pid:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def _end_tree(process: subprocess.Popen) -> None:
    """End a process and all that it started."""
    import psutil

    found = []
    with contextlib.suppress(psutil.NoSuchProcess):
        found = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    for child in found:
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()
