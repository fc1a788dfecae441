"""The warm parent: imports the suite once, then forks a process for every task that the batch asks for, and buries it.

It has one thread, starts no kernel itself, and ends with the batch: when the batch is gone, however it went, every process that
was forked here is ended and the batch's folder is taken away.

It is told the number of an inherited socket, and the batch's folder. A message on that socket with a connection attached asks for a
process, which reads its task from the connection and answers there; the parent adds how the process ended. The message names the
pack of the task: it is read once, here, for all notebooks of its country.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import pkgutil
import selectors
import shutil
import signal
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from nasssap_lib.faces import unasked_left_out
from nasssap_lib.run.kernels import die_with_parent, threads
from nasssap_lib.run.workers import end_group

ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of Linux
ROOMS = (  # that a kernel can import; the first ones bring those below them
    "display", "population", "schemes", "coverage", "needs", "stocktaking", "costing", "budget", "financing", "priorities", "dialogue",
    "roadmap", "action_plan", "monitoring", "chapter", "run",
)  # fmt: skip
OPTIONAL = {"nasssap_lib.chapter.workbench", "nasssap_lib.chapter.exhibit"}  # need the extra `lab`
WORKBOOKS = ("sheet", "workbooks")  # modules that no notebook asks for, and that bring openpyxl
STACK = (
    "papermill", "nbclient", "ipykernel.kernelapp", "ipykernel.debugger", "IPython.extensions.storemagic", "IPython.core.completerlib",
    "sqlite3", "psutil", "tornado.platform.asyncio", "matplotlib_inline.backend_inline", "matplotlib.pyplot",
    "matplotlib.backends.backend_svg", "PIL.Image",
)  # fmt: skip
SEVERAL = 3  # tasks for one country from which on it pays to ask beforehand what most of its chapters ask
LONGEST = 65_536  # bytes of a message: a country and a path
SELDOM = (50_000, 20, 50)  # how often forks look for cycles: they live for seconds, a twentieth of which it took

DEBUGGER = "debugpy"  # most of a second; ipykernel does without, and nobody steps through a kernel of the batch


def import_suite() -> None:
    """Import what kernels and their clients need, and do once what the first picture and the first page do."""
    with unasked_left_out(DEBUGGER):
        for name in STACK:
            importlib.import_module(name)
    for name in sorted(_modules_of(ROOMS)):
        importlib.import_module(name)
    from nasssap_lib.run.worker import warm_up

    warm_up()


def settle() -> None:
    """Make what is there shared by all forks: none is to move it, or to look through it.

    Raises
    ------
    SystemExit : a thread was started, beside which none can fork
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(*SELDOM)
    if threads() != 1:
        raise SystemExit("the warm parent has more than one thread: it cannot fork")


def _modules_of(rooms: Iterable[str]) -> set[str]:
    names = set()
    for room in rooms:
        package = importlib.import_module(f"nasssap_lib.{room}")
        names |= {
            info.name for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}.") if not info.ispkg
        }
    return {name for name in names - OPTIONAL if not name.rpartition(".")[2].startswith(WORKBOOKS)}


class WarmParent:
    """Forks a process for each connection it is sent, and says on it how the process ended."""

    def __init__(self, control: socket.socket):
        self.control = control
        self.children: dict[int, socket.socket] = {}
        self.packs: set[tuple[str, str, str]] = set()
        self.ended, wake = socket.socketpair()
        for end in (self.ended, wake):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        self.wake = wake

    def serve(self) -> None:
        """Fork and bury until the batch is gone; then end what is left."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.control, selectors.EVENT_READ)
            selector.register(self.ended, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self.ended:
                        self._bury()
                    elif not self._answer(selector):
                        return

    def _answer(self, selector: selectors.BaseSelector) -> bool:
        """Fork a process for the next connection; whether there was one."""
        message, received, *_ = socket.recv_fds(self.control, LONGEST, 1)
        if not message:
            return False
        connection = socket.socket(fileno=received[0])
        self._look_through(**json.loads(message))
        parent = os.getpid()
        pid = os.fork()
        if not pid:
            selector.close()
            self._be_child(connection, parent)
        self.children[pid] = connection
        return True

    def _look_through(self, country: str = "", data: str = "", language: str = "", together: int = 1) -> None:
        """Read a pack that no task named before; what is wrong with it, each of its tasks finds and tells.

        Where several of its tasks follow, what several ask is asked here, once.
        """
        if not country or (country, data, language) in self.packs:
            return
        from nasssap_lib.chapter.beforehand import look_through

        self.packs.add((country, data, language))
        with suppress(Exception):
            look_through(country, Path(data), language, together >= SEVERAL)
        gc.freeze()

    def _be_child(self, connection: socket.socket, parent: int) -> None:
        """Do the task of a connection in a process of its own, the first of its group; never return into the parent's code."""
        code = 1
        try:
            os.setpgid(0, 0)
            die_with_parent(parent)
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for other in (self.control, self.ended, self.wake, *self.children.values()):
                other.close()
            from nasssap_lib.run.worker import serve_task

            serve_task(connection)
            code = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(code)

    def _bury(self) -> None:
        """Say of every process that has ended how it did, and end what it left behind: kernels, and what those started."""
        with suppress(BlockingIOError):
            while self.ended.recv(4096):
                pass
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            if connection := self.children.pop(pid, None):
                end_group(pid)
                answer = {"exit": os.waitstatus_to_exitcode(status), "memory": usage.ru_maxrss // 1024}
                answer["processor"] = usage.ru_utime + usage.ru_stime
                with suppress(OSError):  # the batch no longer listens
                    connection.sendall((json.dumps(answer) + "\n").encode())
                connection.close()

    def end_children(self) -> None:
        """End all processes, and wait until they have ended."""
        import psutil

        for pid in self.children:
            end_group(pid)
        while left := psutil.Process().children(recursive=True):  # those too that left the group of their job
            for process in left:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            psutil.wait_procs(left, timeout=1)


def spawn_main() -> None:
    """Serve the batch at the other end of an inherited socket; then take away the folder of the batch."""
    for name in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)  # the batch hears them; this process ends when the batch has
    control, folder = socket.socket(fileno=int(sys.argv[1])), sys.argv[2]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1)
    gc.disable()  # what is imported stays: to look through it for cycles, again and again, took a tenth of the time
    import_suite()
    settle()
    parent = WarmParent(control)
    with suppress(OSError):  # the batch has ended meanwhile
        control.sendall(b"r")
        parent.serve()
    parent.end_children()
    shutil.rmtree(folder, ignore_errors=True)
