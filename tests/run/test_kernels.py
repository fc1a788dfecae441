"""The kernels of the batch: this Python's own, away from the current folder, forked where one waits and a process of its own then."""

import asyncio
import os
import signal
import sys
import time
from queue import Empty

import pytest

from nasssap_lib.run import kernels
from nasssap_lib.run.kernels import (
    PROVISIONER,
    BatchKernelClient,
    BatchKernelManager,
    ForkedKernel,
    ForkedProvisioner,
    can_fork,
    threads,
)  # fmt: skip

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def test_the_kernel_is_that_of_this_python_and_imports_nothing_from_the_current_folder():
    spec = BatchKernelManager(kernel_name="python3").kernel_spec
    assert spec.argv[:2] == [sys.executable, "-P"]
    assert spec.metadata == {}


def test_a_waiting_kernel_is_used_by_the_provisioner_that_is_installed(monkeypatch):
    from importlib.metadata import entry_points

    monkeypatch.setattr(kernels, "waiting", [object()])
    config = BatchKernelManager(kernel_name="python3").kernel_spec.metadata["kernel_provisioner"]
    assert config == {"provisioner_name": PROVISIONER}
    (found,) = entry_points(group="jupyter_client.kernel_provisioners", name=PROVISIONER)
    assert found.load() is ForkedProvisioner


def test_a_process_with_a_second_thread_does_not_fork():
    import threading

    end = threading.Event()
    before = threads()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert threads() == before + 1
        assert not can_fork()
    finally:
        end.set()
        thread.join()


@forks
def test_a_kernel_that_nobody_begins_ends_with_the_connection():
    kernel = ForkedKernel()
    assert kernel.poll() is None
    kernel._ours.close()
    assert kernel.wait() == 0 == kernel.poll()


@forks
@pytest.mark.parametrize(("end", "code"), [("kill", -signal.SIGKILL), ("terminate", -signal.SIGTERM)])
def test_its_end_is_told_as_popen_tells_it(end, code):
    kernel = ForkedKernel()
    getattr(kernel, end)()
    assert kernel.wait() == code
    kernel.send_signal(signal.SIGTERM)  # to one that has ended: nothing, and nobody else


@pytest.mark.skipif(sys.platform != "linux", reason="the system ends a process with its parent on Linux")
def test_a_waiting_kernel_dies_with_its_process():
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        kernel = ForkedKernel()
        os.write(writer, str(kernel.pid).encode())
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    kernel = int(os.read(reader, 32))
    until = time.monotonic() + 10
    while _runs(kernel) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(kernel)


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def said(monkeypatch):
    """A client whose kernel says what the test lets it say: what it publishes, and whether it is alive."""
    client, published, alive = BatchKernelClient(), [], [True]

    async def publishes(**_):
        if not published:
            raise Empty
        return published.pop(0)

    async def replies(**_):
        return {}

    async def lives():
        return alive[0]

    monkeypatch.setattr(client, "get_iopub_msg", publishes)
    monkeypatch.setattr(client, "get_shell_msg", replies)
    monkeypatch.setattr(client, "is_alive", lives)
    return client, published, alive


def status(state, of):
    return {"content": {"execution_state": state}, "parent_header": {"msg_id": of}}


def test_a_kernel_is_ready_when_it_is_heard_to_have_done_with_a_question_of_ones_own(said, monkeypatch):
    client, published, _ = said
    asked = []

    def ask():
        asked.append(f"{len(asked)}")
        if len(asked) == 3:  # before, nobody listened yet
            published.extend([status("starting", "x"), status("idle", "x"), status("busy", "1"), status("idle", "1")])
        return asked[-1]

    monkeypatch.setattr(client, "kernel_info", ask)
    asyncio.run(client.wait_for_ready())
    assert (asked, published) == (["0", "1", "2"], [])


@pytest.mark.parametrize(("lives", "words"), [(False, "died"), (True, "did not answer in 0 seconds")])
def test_a_kernel_that_says_nothing_is_dead_or_late(said, monkeypatch, lives, words):
    client, _, alive = said
    alive[0] = lives
    monkeypatch.setattr(client, "kernel_info", lambda: "0")
    with pytest.raises(RuntimeError, match=words):
        asyncio.run(client.wait_for_ready(timeout=0))


@forks
def test_a_forked_kernel_that_is_killed_is_known_to_have_ended():
    provisioner = ForkedProvisioner()
    provisioner.process = ForkedKernel()
    asyncio.run(provisioner.kill())
    assert provisioner.process.returncode == -signal.SIGKILL
