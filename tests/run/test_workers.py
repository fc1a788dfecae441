"""Processes for tasks, warm and cold: isolated from whoever started them, told when they die, ended in time or with the batch."""

import contextlib
import os
import signal
import sys
import threading
import time

import psutil
import pytest

from nasssap_lib.run.workers import ColdWorkers, Died, TookTooLong, WarmWorkers, clean_environment, open_workers

INDEX = {"index": {"notebooks": "", "out": "", "data": "", "language": "no such language", "digest": ""}}
posix = pytest.mark.skipif(os.name == "nt", reason="forks and signals of POSIX")


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    workers = WarmWorkers(tmp_path_factory.mktemp("warm"))
    yield workers
    workers.stop()


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
def test_a_warm_parent_that_died_is_replaced(warm):
    warm.do(INDEX)
    before = warm._parent.pid
    os.kill(before, signal.SIGKILL)
    warm._parent.wait()
    assert warm.do(INDEX).said
    assert warm._parent.pid != before


@posix
def test_a_warm_parent_that_dies_while_it_is_asked_costs_no_try(tmp_path):
    """Between its last breath and the moment in which the system tells of it."""
    workers = WarmWorkers(tmp_path)
    workers.do(INDEX)
    parent = workers._parent
    poll, parent.poll = parent.poll, lambda: None  # nobody has told yet
    os.kill(parent.pid, signal.SIGKILL)
    os.waitid(os.P_PID, parent.pid, os.WEXITED | os.WNOWAIT)  # its connection is closed
    wait, parent.wait = parent.wait, lambda seconds: [setattr(parent, "poll", poll), wait(seconds)]
    assert workers.do(INDEX).said
    assert workers._parent is not parent
    workers.stop()


@posix
def test_a_process_is_ended_when_its_time_is_over(tmp_path, warm):
    start = time.monotonic()
    with pytest.raises(TookTooLong, match="after 1 s"):
        warm.do(_hanging(tmp_path), limit=1)
    assert time.monotonic() - start < 20


def _pipe(tmp_path):
    return tmp_path / "data" / "processed" / "XTS" / "01_stocktaking" / "run.json"


@contextlib.contextmanager
def _waited_for(tmp_path):
    """The pipe held open for as long as a process waits for words: it is opened when one has begun to read."""
    until = time.monotonic() + 60
    while True:
        try:
            end = os.open(_pipe(tmp_path), os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError:  # nobody reads yet
            assert time.monotonic() < until, "no process has begun to read"
            time.sleep(0.05)
    try:
        yield
    finally:
        os.close(end)


def _hanging(tmp_path):
    """An index that reads a pipe into which nobody writes."""
    _pipe(tmp_path).parent.mkdir(parents=True)
    os.mkfifo(_pipe(tmp_path))
    place = {"notebooks": str(tmp_path), "out": str(tmp_path), "data": str(tmp_path)}
    return {"index": {**place, "language": "", "digest": ""}}


@posix
def test_stopping_ends_every_process_and_no_further_task_is_taken(tmp_path):
    workers = WarmWorkers(tmp_path / "place")
    workers.place.mkdir()
    errors = []

    def wait():
        try:
            workers.do(_hanging(tmp_path))
        except Died as death:
            errors.append(death)

    thread = threading.Thread(target=wait)
    thread.start()
    with _waited_for(tmp_path):
        processes = [psutil.Process(workers._parent.pid), *_children(workers)]
        assert len(processes) > 1
        workers.stop()
        thread.join(20)
    assert errors and not any(process.is_running() for process in processes)
    assert not workers.place.exists()
    with pytest.raises(Died, match="stopped"):
        workers.do(INDEX)


def _children(workers) -> list[psutil.Process]:
    return psutil.Process(workers._parent.pid).children() if workers._parent else []
