"""What holds for every test: none fails because the machine is busy or by chance.

Property tests draw the same ten examples every time; `tasks.py soak` draws other ones, a thousand of each. What it finds becomes
an ``@example`` of its test.
"""

import gc
import os
import time
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

from nasssap_lib.chapter.notebooks import chapters
from nasssap_lib.display.texts import use_language
from nasssap_lib.pack.folders import countries, data_root
from nasssap_lib.run import batch
from nasssap_lib.run.batch import run_batch
from nasssap_lib.run.workers import FORK, ColdWorkers, WarmWorkers

patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("same", max_examples=10, derandomize=True, database=None, **patient)
settings.register_profile("soak", max_examples=1_000, print_blob=True, **patient)
settings.load_profile(os.environ.get("NASSSAP_EXAMPLES", "same"))


class LentWorkers(WarmWorkers):
    """Workers of one batch, forked from a warm parent that all batches of this process share: importing the suite takes seconds."""

    parent: WarmWorkers

    def _send(self, connection, task) -> None:
        self.parent._send(connection, task)

    def stop(self) -> None:
        """Nothing of this batch runs any more; the parent stays."""
        self.stopping = True


@pytest.fixture(scope="session", autouse=True)
def one_warm_parent(tmp_path_factory):
    """A warm parent for all batches of this process; batches in processes of their own have theirs, as users do."""
    parent = LentWorkers.parent = WarmWorkers(tmp_path_factory.mktemp("warm"))
    with pytest.MonkeyPatch.context() as patch:
        if FORK:
            patch.setattr(batch, "open_workers", lambda place, warm: (LentWorkers if warm else ColdWorkers)(place))
        yield
    parent.stop()


@pytest.fixture(autouse=True)
def english():
    """A test that opened a chapter in another language leaves it to nobody."""
    yield
    use_language()


def pytest_collection_finish():
    """What was imported and collected stays: looking through it for cycles again and again takes a twentieth of all tests.

    Nor is it looked through once before: that takes half a second of each process and frees two megabytes of five hundred.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


SOON = 0.1  # seconds


def pytest_configure(config):
    """A process tells of what it set up and tidied away for a test only where that failed or took long: two thirds of all it would tell.

    So pytest-xdist does by itself with what was collected; the process that is told takes a third of a millisecond for each.
    """
    for plugin in config.pluginmanager.get_plugins():
        if type(plugin).__name__ == "WorkerInteractor":
            plugin.sendevent = partial(tell, plugin.sendevent)


def tell(send, name: str, **told):
    """Send a message, unless it is of a report that was left out."""
    if name != "testreport" or "$report_type" in told["data"]:
        send(name, **told)


@pytest.hookimpl(tryfirst=True)
def pytest_report_to_serializable(report):
    """Nothing of what was soon set up or tidied away; None: pytest tells it."""
    dull = isinstance(report, pytest.TestReport) and report.when != "call" and report.passed and report.duration < SOON
    return {} if dull else None


PATIENCE = 900  # seconds
BY_FILE = ("run", "commands", "exchange", "tests", "notebooks")  # rooms whose files take long, and files of no room


AS_IT_IS = "05_action_plan"  # 02 runs in ordinary kernels in tests/run/test_batch.py


def pytest_collection_modifyitems(config, items):
    """What one process tests stays together, long files first, then the rooms, the one with most tests first.

    So at the end no process waits for another one's long room. Where a batch has just run all notebooks for all countries, one of them
    shows that they also run as they are.
    """
    sizes = Counter(group_of(item.path) for item in items)

    def place(item):
        group = group_of(item.path)
        return item.path.parent.name not in BY_FILE, -sizes[group], group

    items.sort(key=place)
    if os.environ.get("NASSSAP_BATCH"):
        done = {item for item in items if item.path.suffix == ".ipynb" and has_run(item.path.stem)}
        items[:] = [item for item in items if item not in done]
        config.hook.pytest_deselected(items=[*done])


class ByRoom(LoadFileScheduling):
    """One process tests a room, for what one test asked of a pack the next one need not ask again; long files have one each."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(Path(nodeid.partition("::")[0]))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Rooms instead of files, where files are asked for."""
    return ByRoom(config, log) if config.getoption("dist") == "loadfile" else None


def group_of(path: Path) -> str:
    """What one process tests: a file where those of its room take long, else its room, examples of the library among it."""
    room = path.parent.name
    return f"{room}/{path.name}" if room in BY_FILE else room


def has_run(name: str) -> bool:
    """Whether the batch of NASSSAP_BATCH runs a notebook, which is not the one that is run as it is besides."""
    return name in chapters() and name != AS_IT_IS


@pytest.fixture(scope="session")
def batch_of_all(tmp_path_factory) -> Path:
    """Folder with reports/ and data/processed/ of all countries: the notebooks run once, however many processes test.

    A job that has just made them (``.ci/run``) names their folder in NASSSAP_BATCH: they are not made again.
    """
    if made := os.environ.get("NASSSAP_BATCH"):
        assert (Path(made) / "reports" / "index.html").is_file(), f"NASSSAP_BATCH={made}: no reports there"
        return Path(made)
    base = tmp_path_factory.getbasetemp()
    out = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "batch_of_all"
    finished = out / "finished"
    try:
        out.mkdir()
    except FileExistsError:
        until = time.monotonic() + PATIENCE
        while not finished.exists() and time.monotonic() < until:
            time.sleep(0.2)
    else:
        try:
            records = run_batch(countries(data_root()), (), {}, "", out, 2)
            text = "\n".join(f"{r.country} {r.notebook}: {r.message}" for r in records if r.status != "done")
        except BaseException as error:
            text = repr(error)
            raise
        finally:
            (out / "part").write_text(text, encoding="utf-8")
            (out / "part").replace(finished)
    assert finished.exists(), "the process that runs the notebooks for all tests did not come to an end"
    assert not finished.read_text(encoding="utf-8"), finished.read_text(encoding="utf-8")
    return out
