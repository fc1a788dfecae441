"""The batch on a Dask cluster: the same bytes as here, a lost worker's jobs run again, and nothing stays behind on the workers."""

import gc
import json
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import time
import zlib
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from own_notebooks import use_notebooks, write_notebook, write_place

from nasssap_lib.errors import NasssapError
from nasssap_lib.run import cluster
from nasssap_lib.run.batch import run_batch
from nasssap_lib.run.cluster import INSTALL, TOKEN, ClusterWorkers, fault_there, installed
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.inputs import Sources
from nasssap_lib.run.jobs import Job
from nasssap_lib.run.workers import ColdWorkers, Died, TookTooLong

NAMES = ("01_one", "02_two", "03_three")
SLOW = "import time; time.sleep(3)"


@pytest.fixture(scope="module")
def dask():
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50) as up:
        yield up


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Three notebooks and two packs."""
    folder = write_place(tmp_path_factory.mktemp("cluster"), NAMES)
    with pytest.MonkeyPatch.context() as patch:
        use_notebooks(patch, folder / "notebooks")
        yield folder


def run_on(dask, place: Path, out: str, codes=("ZMB", "XTS"), **given):
    return run_batch(codes, (), {}, place / "packs", place / out, scheduler=dask.scheduler_address, **given)


def children_of(dask) -> list[psutil.Process]:
    """What the workers have started."""
    return [child for pid in pids(dask) for child in psutil.Process(pid).children(recursive=True)]


def pids(dask) -> list[int]:
    return [nanny.process.process.pid for nanny in dask.workers.values()]


def products(out: Path) -> dict[str, bytes]:
    """All files, without times and what they cost."""
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    files.pop("reports/run.jsonl")
    files["reports/index.html"] = files["reports/index.html"].rpartition(b"<!--")[
        0
    ]  # without the digest of these times
    for name in [name for name in files if name.endswith("/run.json")]:
        record = json.loads(files[name])
        files[name] = {key: value for key, value in record.items() if key not in ("seconds", "finished")}
    return files


@pytest.mark.soak
def test_the_same_bytes_as_here(dask, place):
    here = run_batch(["ZMB", "XTS"], (), {}, place / "packs", place / "here", 2)
    there = run_on(dask, place, "there")
    assert [(record.name, record.status, record.message) for record in there] == [
        (record.name, "done", "") for record in here
    ]
    assert len(there) == 6 and all(record.processor_seconds and record.memory_mb for record in there)
    assert products(place / "there") == products(place / "here")
    assert not list((place / "there").rglob(".run*"))  # no lock, no draft, no copy
    assert children_of(dask) == []
    again = run_on(dask, place, "there")
    assert {record.status for record in again} == {"current"}


@pytest.mark.soak
def test_the_jobs_of_a_worker_that_was_killed_run_again(dask, place, tmp_path, monkeypatch):
    for name in NAMES:
        write_notebook(tmp_path / "notebooks", name, SLOW, 'chapter.show("sources", chapter.pack.sources)')
    use_notebooks(monkeypatch, tmp_path / "notebooks")
    killed = []

    def kill_one():
        while not children_of(dask):
            time.sleep(0.1)
        time.sleep(1.5)  # its jobs are in the middle
        killed.extend([pids(dask)[0], *(child.pid for child in psutil.Process(pids(dask)[0]).children(recursive=True))])
        psutil.Process(killed[0]).send_signal(signal.SIGKILL)

    killing = threading.Thread(target=kill_one)
    killing.start()
    records = run_on(dask, place, "killed")
    killing.join()
    assert len(killed) > 1  # the worker, and what it had started
    assert [(record.status, record.message) for record in records] == [("done", "")] * 6
    assert not [pid for pid in killed if psutil.pid_exists(pid)]
    assert children_of(dask) == []


@pytest.mark.soak
def test_ctrl_c_takes_the_jobs_back_and_ends_their_processes(dask, place, tmp_path, monkeypatch):
    write_notebook(tmp_path / "notebooks", "01_one", "import time; time.sleep(120)")
    use_notebooks(monkeypatch, tmp_path / "notebooks")

    def interrupt(_job):
        wait_until(lambda: len(children_of(dask)) > 2)  # the warm parent, the job's process and its kernel
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_on(dask, place, "stopped", started=interrupt)
    assert children_of(dask) == []
    assert not list((place / "stopped").rglob(".run*"))


BATCH = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import pytest
from own_notebooks import use_notebooks
from nasssap_lib.run.batch import run_batch
use_notebooks(pytest.MonkeyPatch(), Path({notebooks!r}))
run_batch(["XTS"], (), {{}}, {packs!r}, {out!r}, scheduler={address!r})
"""


@pytest.mark.soak
def test_kill_9_of_the_batch_ends_its_processes_on_the_workers(dask, place, tmp_path):
    write_notebook(tmp_path / "notebooks", "01_one", "import time; time.sleep(120)")
    code = BATCH.format(
        tests=str(Path(__file__).parents[1]), notebooks=str(tmp_path / "notebooks"), packs=str(place / "packs"),
        out=str(tmp_path / "out"), address=dask.scheduler_address,
    )  # fmt: skip
    batch = subprocess.Popen([sys.executable, "-c", code])
    try:
        wait_until(lambda: list((tmp_path / "out").rglob(".run/0-*")))
    finally:
        batch.kill()
        batch.wait()
    wait_until(lambda: not children_of(dask))


def wait_until(true) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.2)


@pytest.mark.soak
def test_a_process_that_dies_is_tried_twice_and_an_error_in_a_cell_never(dask, place, tmp_path, monkeypatch):
    mark = f"from pathlib import Path; Path({str(tmp_path)!r}, '{{}}').open('a').write('x'); {{}}"
    write_notebook(tmp_path / "notebooks", "01_error", mark.format("error", "1 / 0"))
    death = "import os, signal; os.kill(os.getppid(), signal.SIGKILL)"
    write_notebook(tmp_path / "notebooks", "02_death", mark.format("death", death))
    use_notebooks(monkeypatch, tmp_path / "notebooks")
    error, died = run_on(dask, place, "failing", ["XTS"])
    assert (error.status, died.status) == ("failed", "failed")
    assert "ZeroDivisionError" in error.message and error.cell
    assert "its process was killed (SIGKILL" in died.message
    assert [(tmp_path / name).read_text() for name in ("error", "death")] == ["x", "xx"]


@pytest.mark.soak
def test_a_worker_with_another_library_other_packages_or_another_disk_is_named(dask, place, monkeypatch):
    for name in ("numpy", "code of the library"):
        with monkeypatch.context() as patch:
            patch.setattr(cluster, "installed", lambda name=name: {**installed(), name: "other"})
            with pytest.raises(NasssapError, match=rf"2 of 2 workers cannot run this batch; tcp.*: {name} is .*other"):
                run_on(dask, place, "other", force=True)


def test_a_worker_shows_that_it_sees_the_folder(tmp_path):
    token = tmp_path / "sources" / TOKEN
    assert "cannot be read and written" in fault_there({}, str(token), "x")
    token.parent.mkdir()
    token.write_text("y")
    assert "another folder of the same name" in fault_there({}, str(token), "x")
    assert fault_there({}, str(token), "y") == ""
    assert [path.name for path in token.parent.iterdir()] == [TOKEN]


def test_no_scheduler_no_worker_and_no_extra_are_said_in_one_line(place, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "SECONDS_TO_ANSWER", 1)
    for address in ("tcp://127.0.0.1:9", "127.0.0.1", "nonsense://x"):
        with pytest.raises(NasssapError, match="no Dask scheduler answers there") as told:
            ClusterWorkers(tmp_path, tmp_path / "sources", address).prepare()
        assert "\n" not in str(told.value)
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=50) as empty,
        pytest.raises(NasssapError, match="the cluster has no worker"),
    ):
        run_on(empty, place, "empty")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NasssapError) as told:
        ClusterWorkers(tmp_path, tmp_path / "sources", "tcp://127.0.0.1:9").prepare()
    assert str(told.value) == INSTALL


def test_a_client_that_got_no_answer_is_gone_before_the_next_begins(tmp_path, monkeypatch):
    """Left to the collector, its end has waited for a lock that the start of the next client held: both for ever."""
    from distributed import Client

    monkeypatch.setattr(cluster, "SECONDS_TO_ANSWER", 1)
    with pytest.raises(NasssapError, match="no Dask scheduler answers there") as told:
        ClusterWorkers(tmp_path, tmp_path / "sources", "tcp://127.0.0.1:9").prepare()
    assert told.value.__cause__ is None
    assert not [thing for thing in gc.get_objects() if isinstance(thing, Client)]


class Silent:
    """A client whose scheduler is lost before a task was heard of: Dask neither answers nor takes back what was asked then."""

    status = "running"

    def submit(self, *_, **__):
        return self

    def result(self, timeout: float):
        self.status = "closed"
        raise TimeoutError

    def done(self):
        return False

    release = done


@pytest.mark.parametrize(("stopping", "words"), [(False, "scheduler was lost"), (True, "stopped")])
def test_what_a_lost_scheduler_never_heard_of_is_not_waited_for(tmp_path, stopping, words):
    workers = ClusterWorkers(tmp_path, tmp_path, "tcp://nowhere:1")
    workers._client = Silent()
    if stopping:  # meanwhile
        workers._client.done = lambda: setattr(workers, "stopping", True)
    with pytest.raises(Died, match=words):
        workers.do({"job": {}})
    assert not workers._waited


class Here(Silent):
    """A client that is a worker too, with a process that does not end in time."""

    def submit(self, do, *given, **_):
        self.answer = do(*given)
        return self

    def result(self, timeout: float):
        return self.answer


def test_what_took_too_long_on_a_worker_is_not_tried_again_as_if_it_had_died(tmp_path, monkeypatch):
    workers = ClusterWorkers(tmp_path, tmp_path, "tcp://nowhere:1")
    workers._client, workers._expected = Here(), installed()
    monkeypatch.setattr(cluster, "_wanted", lambda: lambda: True)
    monkeypatch.setattr(cluster, "open_workers", lambda *_: late)
    late = ColdWorkers(tmp_path)
    monkeypatch.setattr(late, "do", lambda *_: (_ for _ in ()).throw(TookTooLong("not in time")))
    with pytest.raises(TookTooLong, match="not in time"):
        workers.do({"job": {"draft": "0"}})
    cluster.end_there(workers.run)


def test_an_error_of_time_in_a_task_is_its_own(tmp_path):
    workers = ClusterWorkers(tmp_path, tmp_path, "tcp://nowhere:1")
    workers._client = Silent()
    workers._client.done = lambda: True
    with pytest.raises(TimeoutError):
        workers.do({"job": {}})


@pytest.mark.soak
def test_a_scheduler_that_is_lost_ends_the_batch(place, tmp_path, monkeypatch):
    write_notebook(tmp_path / "notebooks", "01_slow", SLOW)
    for name in ("02_slow", "03_slow", "04_slow"):
        write_notebook(tmp_path / "notebooks", name, "import time; time.sleep(9)")
    use_notebooks(monkeypatch, tmp_path / "notebooks")
    code = (
        "import time, distributed as d; up = d.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True);"
        "print(up.scheduler_address, flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as scheduler:
        address = scheduler.stdout.readline().strip()
        records = run_batch(
            ["XTS"], (), {}, place / "packs", tmp_path / "out", scheduler=address, done=lambda record: scheduler.kill()
        )
    assert [record.status for record in records] == ["done", "failed", "failed", "failed"]
    assert {record.message.partition(";")[0] for record in records[1:]} == {"the Dask scheduler was lost"}


def test_what_dask_remembers_of_a_job_is_small(tmp_path, place):
    """Each message to a worker stays with the scheduler for a thousand more; 90 kB a job it was, with its hashes one by one."""
    sources = Sources(place / "packs")
    job = Job("XTS", NAMES[0], {}, str(place / "packs"), Folders.of(tmp_path))
    task = {"job": replace(job, inputs=sources.of(job)).to_json()}
    client = _Client()
    workers = ClusterWorkers(tmp_path, tmp_path / "sources", "tcp://127.0.0.1:9")
    workers._client = client
    assert workers.do(task).said == {"status": "done"}
    (sent,) = client.sent
    assert json.loads(zlib.decompress(sent[3])) == task
    assert len(pickle.dumps(sent)) < 25e3  # bytes
    assert [type(part) for part in sent] == [str, dict, bool, bytes, type(None)]  # bytes, not 800 objects again


class _Client:
    """Takes what is submitted, and says that it is done."""

    status = "running"

    def __init__(self):
        self.sent = []

    def submit(self, function, *given, pure):
        self.sent.append(given)
        return self

    def result(self, timeout):
        return {"said": {"status": "done"}, "processor": 0.0, "memory": 0}

    def release(self):
        """Nothing is held."""


def test_without_a_scheduler_nothing_of_dask_is_imported():
    code = "import sys, nasssap_lib.run.batch, nasssap_lib.commands.run; sys.exit('distributed' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.soak
def test_a_thousand_jobs_with_a_worker_killed_and_bounded_memory(dask, place, tmp_path, monkeypatch):
    for number in range(1, 51):
        write_notebook(tmp_path / "notebooks", f"{number:02}_tiny", "1 + 1")
    codes = [f"X{one}{other}" for one in "AB" for other in "ABCDEFGHIJ"]
    shutil.copytree(place / "packs", tmp_path / "packs")
    for code in codes:
        shutil.copytree(tmp_path / "packs" / "XTS", tmp_path / "packs" / code)
        for path in (tmp_path / "packs" / code).iterdir():
            path.write_text(path.read_text(encoding="utf-8").replace("XTS", code), encoding="utf-8")
    use_notebooks(monkeypatch, tmp_path / "notebooks")
    finished, most = [], []

    def look(record):
        finished.append(record)
        most.append(psutil.Process().memory_info().rss)
        if len(finished) == 300:
            psutil.Process(pids(dask)[0]).send_signal(signal.SIGKILL)

    records = run_batch(
        codes, (), {}, tmp_path / "packs", tmp_path / "out", scheduler=dask.scheduler_address, done=look
    )
    assert len(records) == 1000
    assert {(record.status, record.message) for record in records} == {("done", "")}
    assert max(most) - most[100] < 60e6  # bytes; a job's record is a thousand
    assert children_of(dask) == []
