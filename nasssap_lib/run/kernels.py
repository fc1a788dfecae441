"""Kernels of the batch: isolated from the folder and the habits of whoever started it, and forked from a warm process where that can be.

A forked kernel is a copy of a process that has imported the suite already: it starts in a fifth of a second instead of two. It is
forked while its process has one thread, before a client of Jupyter starts more, and waits for the command that a kernel
manager would start otherwise.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import signal
import socket
import sys
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from queue import Empty
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import default

PROVISIONER = "nasssap-forked"  # as pyproject.toml names it among the entry points of jupyter_client
LAUNCHER = ["-m", "ipykernel_launcher"]
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux
AGAIN = 5  # milliseconds until a client tries again to reach a kernel that does not listen yet; ZeroMQ waits for 100
SOON = 0.02  # seconds from a kernel's answer within which it is heard to be idle, where one listens already
waiting: list[ForkedKernel] = []


class BatchKernelClient(AsyncKernelClient):
    """Takes a kernel's own word that it is ready; the client of Jupyter waits for a fifth of a second in which nobody speaks."""

    @default("context")
    def _eager_context(self) -> zmq.asyncio.Context:
        context = self._context_default()
        context.setsockopt(zmq.RECONNECT_IVL, AGAIN)
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return once the kernel has answered, and what it publishes is heard.

        Raises
        ------
        RuntimeError : the kernel has died, or does not answer within so many seconds
        """
        asked: set[str] = set()
        until = time.monotonic() + (float("inf") if timeout is None else timeout)
        while not await self._answers(asked):
            if not await self.is_alive():
                raise RuntimeError("the kernel died before it answered")
            if time.monotonic() > until:
                raise RuntimeError(f"the kernel did not answer in {timeout:.0f} seconds")

    async def _answers(self, asked: set[str]) -> bool:
        """Whether the kernel, asked who it is, is heard to have done with a question; whoever listens too late asks again."""
        asked.add(self.kernel_info())
        try:
            await self.get_shell_msg(timeout=1)
            while not _ends(await self.get_iopub_msg(timeout=SOON), asked):
                pass
        except Empty:
            return False
        return True


def _ends(message: Mapping[str, Any], asked: Collection[str]) -> bool:
    """Whether a message that a kernel publishes says that it has done with one of these questions."""
    return message["content"].get("execution_state") == "idle" and message["parent_header"].get("msg_id") in asked


class BatchKernelManager(AsyncKernelManager):
    """Starts the kernel of this Python, whatever kernel of the same name somebody has installed for himself.

    Its folder and what is imported from there are nobody's else: ``-P`` keeps the working directory out of the module path.
    """

    @default("client_factory")
    def _clients(self) -> type[BatchKernelClient]:
        return BatchKernelClient

    @property
    def kernel_spec(self) -> KernelSpec:
        """The command of a kernel of this Python; forked where one waits."""
        command = [sys.executable, "-P", *LAUNCHER, "-f", "{connection_file}"]
        forked = {"kernel_provisioner": {"provisioner_name": PROVISIONER}} if waiting else {}
        return KernelSpec(argv=command, display_name="Python 3", language="python", metadata=forked)


class ForkedProvisioner(LocalProvisioner):
    """Gives a kernel manager the kernel that waits, instead of starting a process."""

    async def launch_kernel(self, cmd: list[str], **given: Any):
        """Tell the waiting kernel the command that would have started it."""
        self.process = waiting.pop()
        self.process.begin(cmd[cmd.index(LAUNCHER[1]) + 1 :], given.get("env") or dict(os.environ))
        # Its group is that of this process, which ends all of it: a signal goes to the kernel alone.
        self.pid, self.pgid, self.cwd = self.process.pid, None, Path.cwd()
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and know at once that it has ended: nobody need look again."""
        self.process.kill()
        self.process.wait()


class ForkedKernel:
    """A forked process that waits to become a kernel; the part of ``subprocess.Popen`` that a provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self):
        parent = os.getpid()
        self._ours, theirs = socket.socketpair()
        self.returncode: int | None = None
        self.pid = os.fork()
        if not self.pid:
            self._ours.close()
            _run_child(theirs, parent)
        theirs.close()

    def begin(self, arguments: list[str], environment: Mapping[str, str]) -> None:
        """Become a kernel with these arguments and this environment."""
        self._ours.sendall(json.dumps([arguments, dict(environment)]).encode())
        self._ours.close()

    def poll(self) -> int | None:
        """Its exit code, as of ``Popen``; None while it runs."""
        return self.wait(options=os.WNOHANG)

    def wait(self, timeout: float | None = None, options: int = 0) -> int | None:
        """Wait until it has ended."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, options)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, where it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


def can_fork() -> bool:
    """Whether a kernel can be forked here: POSIX, and a single thread, for a fork takes no other with it."""
    return hasattr(os, "fork") and threads() == 1


def threads() -> int:
    """Threads of this process, those of libraries too: the module ``threading`` knows only Python's own."""
    tasks = Path("/proc/self/task")
    if tasks.is_dir():
        return len(list(tasks.iterdir()))
    import threading

    return threading.active_count()


def die_with_parent(parent: int) -> None:
    """Let the system end this process with its parent, however that ends; where the system cannot, others look after it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before
        os._exit(1)


def _run_child(connection: socket.socket, parent: int) -> None:
    """Wait for the command, then be a kernel; a process that was forked never returns into its parent's code."""
    try:
        die_with_parent(parent)
        content = b"".join(iter(lambda: connection.recv(65536), b""))
        connection.close()
        if content:
            _be_kernel(*json.loads(content))
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _be_kernel(arguments: list[str], environment: Mapping[str, str]) -> None:
    """What ``python -m ipykernel_launcher`` does, in a process that has imported it already."""
    import numpy
    from ipykernel.kernelapp import IPKernelApp
    from matplotlib_inline import backend_inline, config

    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["ipykernel_launcher", *arguments]
    random.seed()  # every fork would draw the same numbers
    numpy.random.seed()
    app = IPKernelApp.instance(parent_handle=1)  # it ends with its parent anyhow, and tells nobody how to connect to it
    app.initialize(arguments)
    # pyplot was imported before there was a shell: without this its figures vanish silently
    config.InlineBackend.clear_instance()
    backend_inline._enable_matplotlib_integration()
    app.start()
