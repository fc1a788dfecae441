"""The kernels of the batch: this Python's own, away from the current folder, forked where one waits and a process of its own then."""

import os
import signal
import sys
import time

import pytest

from nasssap_lib.run import kernels
from nasssap_lib.run.kernels import PROVISIONER, BatchKernelManager, ForkedKernel, ForkedProvisioner, can_fork, threads

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
