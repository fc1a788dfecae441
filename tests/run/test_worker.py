"""One job in a process of its own: what fails is told in one line, what was there before stays where the machine is to blame.

Two runs serve all tests of a kind: each notebook runs once as it should, then fails in its own way beside the others.
"""

import json
import os
import shutil
import signal
import socket
import time
from pathlib import Path

import nbformat
import pandas as pd
import psutil
import pytest
from own_notebooks import SHOW, output_of, use_notebooks, write_notebook
from small_pack import CODE, write_small_pack

from nasssap_lib.pack.folders import data_root
from nasssap_lib.run import batch, worker
from nasssap_lib.run.batch import run_batch
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.jobs import Job
from nasssap_lib.run.worker import pack_fault

EDIT = "from pathlib import Path\nPath({0!r}).write_text(Path({0!r}).read_text().replace(',2019,20,', ',2019,21,'))"
READ_AGAIN = 'from nasssap_lib.pack import read_pack\nchapter.show("facts", read_pack(country, data).facts)'
DIES_ONCE = "import os\nfrom pathlib import Path\n\nmark = Path({!r})\nif not mark.exists():\n    mark.touch()\n    os.kill(os.getpid(), 9)"
BROKEN = {  # name: its cells, when it is broken
    "01_fine": [SHOW],
    "02_fails": [SHOW, "from nasssap_lib.pack import read_pack\n\nread_pack('no')"],
    "03_hangs": [SHOW, "import time\ntime.sleep(900)"],
    "04_dies": [SHOW, "import os\nos.kill(os.getpid(), 9)"],
    "05_full": ["raise OSError(28, 'No space left on device', 'sources.csv')"],
    "06_prints": [SHOW, "import os\nprint('seen')\nos.system('echo loud')"],
}
INTACT = ("03_hangs", "04_dies", "05_full")


def products(place: Path) -> dict[str, bytes]:
    """What is there, but for records of time and the index, which goes by them."""
    files = {path.relative_to(place / "out").as_posix(): path for path in (place / "out").rglob("*") if path.is_file()}
    varying = ("run.json", "run.jsonl", "index.html")
    return {
        name: path.read_bytes() for name, path in files.items() if path.name not in varying and "failed" not in name
    }


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A pack, six notebooks that ran for it, and what they made."""
    place = tmp_path_factory.mktemp("worker")
    write_small_pack(place / "packs")
    for name in BROKEN:
        write_notebook(place / "notebooks", name)
    with pytest.MonkeyPatch.context() as patch:
        use_notebooks(patch, place / "notebooks")
        yield place


@pytest.fixture(scope="module")
def before(place):
    """What they made when nothing was wrong."""
    records = run_batch([CODE], (), {}, place / "packs", place / "out", 2, limit=float("inf"))
    assert {record.message for record in records if record.status != "done"} == set()
    return products(place)


@pytest.fixture(scope="module")
def broken(place, before):
    """Records of the run in which they fail; one more dies once, and one reads a pack that is edited under its hands."""
    for name, cells in BROKEN.items():
        write_notebook(place / "notebooks", name, *cells)
    write_notebook(place / "notebooks", "07_dies_once", DIES_ONCE.format(str(place / "died")), SHOW)
    write_notebook(
        place / "notebooks", "08_edits", EDIT.format(str(place / "packs" / CODE / "indicators.csv")), READ_AGAIN
    )
    write_notebook(place / "notebooks", "09_job_dies", "import os\nos.kill(os.getppid(), 9)")
    records = run_batch([CODE], (), {}, place / "packs", place / "out", 2, limit=8)
    return {record.notebook: record for record in records}


def test_what_is_sound_runs_beside_what_is_not(broken):
    assert {name for name, record in broken.items() if record.status == "done"} == {
        "01_fine",
        "06_prints",
        "07_dies_once",
        "08_edits",
    }


def test_a_cell_that_fails_is_named_with_its_line_and_marked_in_a_copy_and_nothing_passes_for_its_result(place, broken):
    record = broken["02_fails"]
    assert record.cell == 5
    assert record.message.startswith("PackError: no: expected a country pack")
    assert record.line.startswith("nasssap_lib/pack/")
    reports = place / "out" / "reports" / CODE
    assert {path.name for path in reports.glob("02_fails*")} == {"02_fails.failed.ipynb"}
    copy = nbformat.read(reports / "02_fails.failed.ipynb", 4)
    assert any("exception" in cell.source.lower() for cell in copy.cells if cell.cell_type == "markdown")
    assert str(place) not in nbformat.writes(copy)
    lines = (place / "out" / "reports" / "run.jsonl").read_text(encoding="utf-8").splitlines()
    (told,) = [told for line in lines if (told := json.loads(line))["notebook"] == "02_fails"]
    assert (told["country"], told["status"], told["cell"], told["line"]) == (CODE, "failed", 5, record.line)
    assert len(lines) == len(broken)


@pytest.mark.parametrize("name", INTACT)
def test_what_the_machine_did_leaves_the_earlier_report_as_it_was(place, before, broken, name):
    earlier = {path: content for path, content in before.items() if name in path}
    assert len(earlier) == 4
    assert {path: content for path, content in products(place).items() if name in path} == earlier
    assert "\n" not in broken[name].message
    copy = (place / "out" / "reports" / CODE / f"{name}.failed.ipynb").read_text(encoding="utf-8")
    assert "papermill-error-cell" in copy and str(place) not in copy


def test_a_notebook_that_hangs_is_ended_with_its_cell_and_the_remedy(broken):
    record = broken["03_hangs"]
    assert record.cell == 5
    assert "not done after 8 s" in record.message and "--limit" in record.message


def test_a_kernel_that_dies_is_tried_again_once_and_no_more(place, broken):
    assert "the kernel died" in broken["04_dies"].message and "left as they were" in broken["04_dies"].message
    assert (place / "died").exists()


def test_of_a_job_that_was_killed_nothing_is_told_but_that(broken):
    """Not as its last words how one could connect to its kernel."""
    words = "its process was killed (SIGKILL; out of memory?); run it again with --jobs 1; earlier products are left as they were"
    assert broken["09_job_dies"].message == words


def test_a_full_disk_is_called_by_its_name(broken):
    assert "No space left" in broken["05_full"].message


def test_what_a_notebook_prints_goes_into_it(place, broken):
    assert "seen" in (place / "out" / "reports" / CODE / "06_prints.ipynb").read_text(encoding="utf-8")


def test_run_json_says_what_was_read_although_it_was_edited_meanwhile(place, broken):
    table = pd.read_csv(place / "out" / "data" / "processed" / CODE / "08_edits" / "facts.csv")
    assert table.loc[table["year"] == 2019, "value"].tolist() == [20]


def test_what_failed_runs_again_without_being_told_and_leaves_no_trace_of_failing(place, broken):
    write_notebook(place / "notebooks", "02_fails")
    (record,) = run_batch([CODE], ["02_fails"], {}, place / "packs", place / "out", 1)
    assert (record.status, record.why) == ("done", "the last run failed")
    assert {path.suffix for path in (place / "out" / "reports" / CODE).glob("02_fails*")} == {".html", ".ipynb"}
    assert not list((place / "out" / "reports" / CODE).glob("02_fails.failed*"))


def test_a_pack_with_problems_starts_no_kernel_and_takes_the_earlier_report_away(place, broken):
    path = place / "packs" / CODE / "population.csv"
    path.write_text(path.read_text().replace("1000", "many", 1))
    (record,) = run_batch([CODE], ["06_prints"], {}, place / "packs", place / "out", 1)
    assert record.status == "failed" and record.message.startswith("XTS/population.csv:2 persons: 'many'")
    assert record.seconds == 0
    assert not list((place / "out" / "reports" / CODE).glob("06_prints*"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks of POSIX")
def test_a_kernel_does_not_hold_the_connection_of_its_job(tmp_path, monkeypatch):
    """Nor what it starts, which may outlive both and the process that would tell of their end."""
    ours, theirs = socket.socketpair()
    told, tell = os.pipe()

    def leave_a_process(task):
        """Which starts another one itself."""
        if child := os.fork():
            os.read(told, 1)
            return child
        if not os.fork():
            os._exit(0)
        os.wait()
        os.write(tell, b".")
        return time.sleep(60)

    if not (pid := os.fork()):
        ours.close()
        monkeypatch.setattr(worker, "do_task", leave_a_process)
        monkeypatch.setattr("sys.unraisablehook", lambda fault: os.write(2, b"complained"))
        worker.serve_task(theirs)
        os._exit(0)
    theirs.close()
    with ours, ours.makefile("rw") as stream:
        stream.write(json.dumps({"folder": str(tmp_path)}) + "\n")
        stream.flush()
        _, answer = map(json.loads, stream)  # until it closes
    os.waitpid(pid, 0)
    os.kill(answer["answer"], signal.SIGKILL)  # it was still there
    assert (tmp_path / "log.txt").read_text(encoding="utf-8") == ""


DIRTY = """import os, random, sys, warnings
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

random.seed(1)
np.random.seed(1)
plt.style.use("dark_background")
plt.rcParams["savefig.dpi"] = 9
plt.figure()
pd.DataFrame.to_csv = lambda *given, **more: None
pd.options.display.precision = 1
os.environ["LC_ALL"] = os.environ["NASSSAP_DATA"] = "nowhere"
sys.path.insert(0, "/nowhere")
Path("left.txt").write_text("here")
os.chdir("/")
from nasssap_lib import terms
terms.SEXES = {}
print("loud")
os.system("echo louder")"""
CLEAN = """import os, random, sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

left = [path.name for path in Path().iterdir() if path.suffix == ".txt" and path.name != "log.txt"]
print(left, plt.get_fignums(), plt.rcParams["savefig.dpi"])
print(pd.options.display.precision, os.environ.get("NASSSAP_DATA"), "/nowhere" in sys.path, plt.rcParams["axes.facecolor"])
print(random.random() == 0.13436424411240122, np.random.rand() == 0.417022004702574)
from nasssap_lib import terms
print(len(terms.SEXES))
figure, axis = plt.subplots()
axis.plot([1, 2])
plt.show()"""


def test_what_a_notebook_leaves_behind_meets_no_other_forked_or_not_and_is_heard_by_nobody(
    tmp_path, monkeypatch, capfd
):
    write_small_pack(tmp_path / "packs")
    write_notebook(tmp_path / "notebooks", "01_dirty", DIRTY)
    write_notebook(tmp_path / "notebooks", "02_clean", CLEAN, SHOW)
    use_notebooks(monkeypatch, tmp_path / "notebooks")
    run_batch([CODE], ["02_clean"], {}, tmp_path / "packs", tmp_path / "out", 1)
    alone = products(tmp_path)
    assert output_of(tmp_path / "out" / "reports" / CODE / "02_clean.ipynb", 3).splitlines()[:4] == [
        "[] [] figure", "6 None False white", "False False", "3",
    ]  # fmt: skip
    for warm, names in ((True, ()), (False, ["02_clean"])):
        if not warm:  # an index would take one more process that imports all
            monkeypatch.setattr(batch, "_index", lambda *_: {})
        records = run_batch([CODE], names, {}, tmp_path / "packs", tmp_path / "out", 1, force=True, warm=warm)
        assert {record.message for record in records} == {""}
        assert {name: content for name, content in products(tmp_path).items() if "01_dirty" not in name} == alone
    told = capfd.readouterr()
    assert told.out == told.err == ""


@pytest.mark.soak
@pytest.mark.skipif(os.name == "nt", reason="a kernel started from nothing hears no interrupt there")
def test_a_notebook_that_hangs_is_ended_where_nothing_is_forked_too(tmp_path, monkeypatch):
    write_small_pack(tmp_path / "packs")
    write_notebook(tmp_path / "notebooks", "03_hangs", *BROKEN["03_hangs"])
    use_notebooks(monkeypatch, tmp_path / "notebooks")
    (record,) = run_batch([CODE], (), {}, tmp_path / "packs", tmp_path / "out", 1, limit=8, warm=False)
    assert (record.status, record.cell) == ("failed", 5) and "not done after 8 s" in record.message


@pytest.mark.soak
def test_two_hundred_notebooks_leave_memory_and_folders_as_they_were(tmp_path, monkeypatch):
    write_small_pack(tmp_path / "packs")
    for number in range(100):
        write_notebook(tmp_path / "notebooks", f"{number:02}_one")
    use_notebooks(monkeypatch, tmp_path / "notebooks")
    held = []

    def look(record) -> None:
        processes = [psutil.Process(), *psutil.Process().children()]  # this one and the warm parent
        held.append(sum(process.memory_info().rss for process in processes))

    records = run_batch([CODE], (), {}, tmp_path / "packs", tmp_path / "out", 2, look, language=["", "fr"])
    assert len(records) == 200 and {record.status for record in records} == {"done"}
    assert max(record.memory_mb for record in records) < 400
    assert max(held[100:]) < 1.1 * max(held[:100])
    assert list(tmp_path.rglob(".*")) == []


def test_what_check_refuses_no_run_publishes(tmp_path):
    """Fewer takers than are covered today: no table shows it by itself."""
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    folder = Path(shutil.copytree(data_root() / "SEN", tmp_path / "SEN"))
    job = Job("SEN", "03_priority_setting", {}, str(tmp_path), Folders.of(tmp_path / "out"))
    assert pack_fault(job) == ""
    path = folder / "measures.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    names = [f"take_up_{end}" for end in ("low", "central", "high")]
    table.loc[table["id"] == "cash_transfer", names] = "0.01"
    table.to_csv(path, index=False)
    assert "take_up_central: '0.01' — expected at least 0.32 for cash_transfer" in pack_fault(job)
