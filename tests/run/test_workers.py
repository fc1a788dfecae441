"""Processes for tasks, warm and cold: isolated from whoever started them, told when they die, ended in time or with the batch."""

import contextlib
import os
import signal
import sys
import threading
import time

import psutil
import pytest

from nasssap_lib.run import batch, workers
from nasssap_lib.run.workers import FORK, ColdWorkers, Died, TookTooLong, WarmWorkers, clean_environment, open_workers

INDEX = {"index": {"notebooks": "", "out": "", "data": "", "language": "no such language", "digest": ""}}
posix = pytest.mark.skipif(os.name == "nt", reason="forks and signals of POSIX")


LIGHT = """
import json, os, subprocess, sys, types
from nasssap_lib.run import warm

def serve_task(connection):
    with connection, connection.makefile("rw", encoding="utf-8") as stream:
        stream.write(json.dumps({"pid": os.getpid()}) + chr(10))
        stream.flush()
        task = json.loads(stream.readline())
        said = open(task["read"]).read() if "read" in task else "done"
        if "leave" in task:
            held = [connection.fileno()]
            said = subprocess.Popen(["sleep", task["leave"]], start_new_session=True, pass_fds=held).pid
        stream.write(json.dumps({"answer": {"said": said}}) + chr(10))

warm.import_suite = lambda: None
sys.modules["nasssap_lib.run.worker"] = types.SimpleNamespace(serve_task=serve_task)
warm.spawn_main()
"""


@pytest.fixture
def light(monkeypatch):
    """A warm parent that imports nothing, and whose children read a file: how it lives and dies has nothing to do with what they do."""
    monkeypatch.setattr(workers, "_python", lambda module: [sys.executable, "-P", "-c", LIGHT])


@pytest.fixture
def warm(tmp_path):
    """Workers whose warm parent has the whole suite: those that all batches of this process share."""
    shared = batch.open_workers(tmp_path, True)
    if FORK:
        yield shared.parent
    else:
        own = WarmWorkers(tmp_path)
        yield own
        own.stop()


def test_nothing_that_a_user_has_set_up_reaches_a_process(tmp_path, monkeypatch):
    theirs = {
        "PYTHONSTARTUP": "x.py", "PYTHONPATH": ":elsewhere", "PYTHONHASHSEED": "7", "MATPLOTLIBRC": "x", "IPYTHONDIR": "x",
        "LC_ALL": "tr_TR", "JUPYTER_PATH": "x", "TZ": "Asia/Kathmandu", "LANG": "fr_FR", "OMP_NUM_THREADS": "64", "NASSSAP_DATA": "x",
    }  # fmt: skip
    for name, value in theirs.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HTTPS_PROXY", "kept")
    given = clean_environment(tmp_path)
    assert {name for name, value in theirs.items() if given.get(name) == value} == set()
    assert given["HTTPS_PROXY"] == "kept" and given["OMP_NUM_THREADS"] == "1"
    assert os.path.isabs(given["PYTHONPATH"]) and os.pathsep not in given["PYTHONPATH"]  # noqa: PTH117


def test_the_fastest_kind_that_the_system_allows_is_used_unless_it_is_not_wanted(tmp_path):
    assert isinstance(open_workers(tmp_path, warm=False), ColdWorkers)
    assert isinstance(open_workers(tmp_path), WarmWorkers if sys.platform == "linux" else ColdWorkers)


@posix
def test_each_task_has_a_process_and_a_folder_of_its_own_and_its_cost_is_told(warm):
    answers = [warm.do(INDEX) for _ in range(2)]
    assert all("no catalogue" in answer.said["fault"] or "language" in answer.said["fault"] for answer in answers)
    assert all(answer.memory > 20 for answer in answers)
    assert not list(warm.place.glob("[0-9]*"))


@posix
def test_a_task_that_breaks_its_process_is_told_with_its_last_words(warm):
    with pytest.raises(Died, match="exit code 1; its last words: KeyError"):
        warm.do({"index": {}})


@posix
def test_a_warm_parent_that_died_is_replaced(tmp_path, light):
    warm = WarmWorkers(tmp_path)
    assert warm.do({}).said == {"said": "done"}
    before = warm._parent.pid
    os.kill(before, signal.SIGKILL)
    warm._parent.wait()
    assert warm.do({}).said
    assert warm._parent.pid != before
    warm.stop()


@posix
def test_a_warm_parent_that_dies_while_it_is_asked_costs_no_try(tmp_path, light):
    """Between its last breath and the moment in which the system tells of it."""
    warm = WarmWorkers(tmp_path)
    warm.do({})
    parent = warm._parent
    poll, parent.poll = parent.poll, lambda: None  # nobody has told yet
    os.kill(parent.pid, signal.SIGKILL)
    os.waitid(os.P_PID, parent.pid, os.WEXITED | os.WNOWAIT)  # its connection is closed
    wait, parent.wait = parent.wait, lambda seconds: [setattr(parent, "poll", poll), wait(seconds)]
    assert warm.do({}).said
    assert warm._parent is not parent
    warm.stop()


@posix
def test_a_process_is_ended_when_its_time_is_over(tmp_path, light):
    warm = WarmWorkers(tmp_path)
    with pytest.raises(TookTooLong, match="after 1 s"):
        warm.do({"read": str(_pipe(tmp_path))}, limit=1)  # into which nobody writes
    warm.stop()


@posix
def test_what_a_task_leaves_behind_is_not_waited_for_and_ends_with_the_batch(tmp_path, light):
    """A server, say, that a notebook started in a session of its own, with all that is open."""
    warm = WarmWorkers(tmp_path)
    left = psutil.Process(warm.do({"leave": "60"}).said["said"])
    assert left.is_running() and left.status() != psutil.STATUS_ZOMBIE
    warm.stop()
    assert not left.is_running()


def _pipe(tmp_path):
    """A pipe into which nobody writes, where the index looks for the record of a run."""
    pipe = tmp_path / "data" / "processed" / "XTS" / "01_stocktaking" / "run.json"
    pipe.parent.mkdir(parents=True)
    os.mkfifo(pipe)
    return pipe


@contextlib.contextmanager
def _waited_for(pipe):
    """The pipe held open for as long as a process waits for words: it is opened when one has begun to read."""
    until = time.monotonic() + 60
    while True:
        try:
            end = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError:  # nobody reads yet
            assert time.monotonic() < until, "no process has begun to read"
            time.sleep(0.05)
    try:
        yield
    finally:
        os.close(end)


@posix
def test_stopping_ends_every_process_and_no_further_task_is_taken(tmp_path, light):
    warm = WarmWorkers(tmp_path / "place")
    warm.place.mkdir()
    errors = []
    pipe = _pipe(tmp_path)

    def wait():
        try:
            warm.do({"read": str(pipe)})
        except Died as death:
            errors.append(death)

    thread = threading.Thread(target=wait)
    thread.start()
    with _waited_for(pipe):
        processes = [psutil.Process(warm._parent.pid), *_children(warm)]
        assert len(processes) > 1
        warm.stop()
        thread.join(20)
    assert errors and not any(process.is_running() for process in processes)
    assert not warm.place.exists()
    with pytest.raises(Died, match="stopped"):
        warm.do({})


def _children(workers) -> list[psutil.Process]:
    return psutil.Process(workers._parent.pid).children() if workers._parent else []
