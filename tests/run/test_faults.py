"""What happens to a batch from outside: kills, full and read-only disks, two at once, a hostile current folder, a user's habits.

After each, nothing is left running, nothing half-written lies about, and the next run gives what an undisturbed one gives.
"""

import json
import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from own_notebooks import SHOW, use_notebooks, write_notebook
from small_pack import write_small_pack

from nasssap_lib.run.batch import run_batch
from nasssap_lib.run.lock import LOCK

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes and mounts of Linux")
COMMAND = [sys.executable, "-P", "-m", "nasssap_lib.commands.cli"]
OWN = """import sys
from pathlib import Path
import nasssap_lib.chapter.notebooks, nasssap_lib.run.folders
for module in (nasssap_lib.chapter.notebooks, nasssap_lib.run.folders):
    module.notebooks_folder = lambda: Path({!r})
from nasssap_lib.commands.cli import main
main(prog_name="nasssap")
"""
NOTEBOOK = "02_gap_identification"
COUNTRIES = ("XTS", "XTT")  # small packs: what is tried is the batch, whatever it computes
ALONE = COUNTRIES[:1]  # where all jobs of a batch meet the same, one says as much as two
MARK = "NASSSAP_TEST"
PATIENCE = 120


def write_packs(root: Path) -> Path:
    """Two small packs of one content."""
    for code in COUNTRIES:
        write_small_pack(root, code)
    return root


@pytest.fixture(scope="module", autouse=True)
def data(tmp_path_factory):
    """The packs of every run here that is told of no others."""
    packs = write_packs(tmp_path_factory.mktemp("packs"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NASSSAP_DATA", str(packs))
        yield packs


@dataclass(frozen=True)
class Chapter:
    """What a batch runs, how it is started, and what it makes for the countries where nobody disturbs it."""

    command: list[str]
    name: str
    undisturbed: Path


@pytest.fixture(
    scope="module", params=["own", pytest.param("real", marks=pytest.mark.soak)]
)  # of its own in CI: what is tried there is the batch, and a chapter takes a second of processor more
def chapter(request, data, tmp_path_factory):
    """A short notebook that waits for a while, and one of the project's."""
    place = tmp_path_factory.mktemp(request.param)
    if request.param == "real":
        run_whole(NOTEBOOK, COUNTRIES, data, place / "out")
        return Chapter(COMMAND, NOTEBOOK, place / "out")
    name, wait = "01_own", "import time\n\ntime.sleep(1.5)"
    write_notebook(place / "notebooks", name, SHOW, wait, SHOW.replace('"sources"', '"again"'))
    with pytest.MonkeyPatch.context() as patch:
        use_notebooks(patch, place / "notebooks")
        run_whole(name, COUNTRIES, data, place / "out")
    return Chapter([sys.executable, "-P", "-c", OWN.format(str(place / "notebooks"))], name, place / "out")


@pytest.fixture(scope="module")
def undisturbed(data, tmp_path_factory):
    """What a chapter of the project makes where nobody disturbs it."""
    return run_whole(NOTEBOOK, ALONE, data, tmp_path_factory.mktemp("undisturbed"))


def run_whole(name: str, countries: tuple[str, ...], packs: Path, out: Path) -> Path:
    """The output folder of a run that nobody disturbs."""
    records = run_batch(countries, [name], {}, packs, out, 2)
    assert {record.message for record in records if record.status != "done"} == set()
    return out


class Started:
    """A batch in a process of its own, with a temporary folder and a mark by which all its processes are found."""

    def __init__(
        self,
        place: Path,
        *further: str,
        chapter: Chapter | None = None,
        countries: tuple[str, ...] = COUNTRIES,
        cwd: Path | None = None,
        **environment: str,
    ):
        self.out, self.temporary, self.mark = place / "out", place / "tmp", uuid.uuid4().hex
        self.temporary.mkdir(parents=True, exist_ok=True)
        command, name = (chapter.command, chapter.name) if chapter else (COMMAND, NOTEBOOK)
        self.process = subprocess.Popen(
            [*command, "run", *countries, "--notebook", name, "--out", str(self.out), *further], cwd=cwd, text=True, errors="replace",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
            env={**os.environ, "TMPDIR": str(self.temporary), MARK: self.mark, **environment},
        )  # fmt: skip

    def all(self) -> list[psutil.Process]:
        """Every process of the batch that runs."""
        return [process for process in psutil.process_iter() if process.pid != os.getpid() and self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get(MARK) == self.mark and process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return False

    def warm_parents(self) -> list[psutil.Process]:
        """The process that forks, once it is there."""
        return [child for child in children(self.process.pid) if "warm" in " ".join(child.cmdline())]

    def wait_for(self, what, *given):
        """What a function finds, as soon as it finds something."""
        until = time.monotonic() + PATIENCE
        while not (found := what(*given)):
            assert time.monotonic() < until and self.process.poll() is None, self.process.communicate()[0]
            time.sleep(0.1)  # each look goes through all processes of the machine
        return found

    def jobs(self) -> list[psutil.Process]:
        """Processes that do a job: children of the warm parent."""
        return [child for parent in self.warm_parents() for child in children(parent.pid)]

    def kernels(self) -> list[psutil.Process]:
        """Kernels: children of jobs."""
        return [child for job in self.jobs() for child in children(job.pid)]

    def end(self) -> tuple[int, str]:
        """Exit code and all that was printed."""
        told = self.process.communicate(timeout=PATIENCE)[0]
        return self.process.returncode, told

    def nothing_is_left(self) -> None:
        """Neither a process nor a temporary file nor a lock, a moment after the end."""
        until = time.monotonic() + 20
        while (self.all() or list(self.temporary.iterdir())) and time.monotonic() < until:
            time.sleep(0.1)
        assert self.all() == []
        assert list(self.temporary.iterdir()) == []


def children(pid: int) -> list[psutil.Process]:
    """Processes that another one has started; none where it has ended meanwhile."""
    try:
        return psutil.Process(pid).children()
    except psutil.NoSuchProcess:
        return []


def tables(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in (out / "data" / "processed").rglob("*.csv")}


def products_of(countries: tuple[str, ...], out: Path) -> dict[str, bytes]:
    """Those of some of the countries."""
    return {
        name: content
        for name, content in products(out).items()
        if not set(COUNTRIES) - set(countries) & set(name.split("/"))
    }


def products(out: Path) -> dict[str, bytes]:
    """All products but records of time."""
    files = [
        path for path in out.rglob("*") if path.is_file() and path.name not in ("run.json", "run.jsonl", "index.html")
    ]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def half_written(out: Path) -> list[Path]:
    return [path for path in out.rglob(".*") if path.name != LOCK]


def same_after_another_run(place: Path, chapter: Chapter) -> None:
    """The next run goes on where the last stopped, and gives what an undisturbed one gives."""
    again = Started(place, chapter=chapter)
    code, told = again.end()
    assert code == 0, told
    again.nothing_is_left()
    assert list(place.rglob(".*")) == []
    assert products(again.out) == products(chapter.undisturbed)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 9))])
@pytest.mark.parametrize("whom", ["kernels", "warm_parents", pytest.param("jobs", marks=pytest.mark.soak)])
def test_a_process_that_is_killed_costs_a_try_and_nothing_else(tmp_path, chapter, whom, seed):
    batch, chance = Started(tmp_path, chapter=chapter), random.Random(f"{whom} {seed}")
    victim = chance.choice(batch.wait_for(getattr(batch, whom)))
    time.sleep(chance.uniform(0, 2))
    with suppress(psutil.NoSuchProcess):
        victim.kill()
    code, told = batch.end()
    assert (code, "Traceback" in told) == (0, False), told
    batch.nothing_is_left()
    assert products(batch.out) == products(chapter.undisturbed)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SIGKILL", -9),
        *(pytest.param(*end, marks=pytest.mark.soak) for end in (("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130))),
    ],
)
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 6))])
def test_a_batch_that_is_ended_takes_all_with_it_and_the_next_goes_on(tmp_path, chapter, name, code, seed):
    batch = Started(tmp_path, chapter=chapter)
    batch.wait_for(batch.kernels)
    time.sleep(random.Random(f"{name} {seed}").uniform(0, 1.5))
    if batch.process.poll() is not None:
        pytest.skip("the batch was done before it could be ended")
    batch.process.send_signal(getattr(signal, name))
    found, told = batch.end()
    assert found == code
    assert "Traceback" not in told
    batch.nothing_is_left()
    if name != "SIGKILL":
        assert half_written(batch.out) == []
    same_after_another_run(tmp_path, chapter)


def test_two_runs_at_once_are_one_after_the_other_and_both_are_whole(tmp_path, chapter):
    first = Started(tmp_path, chapter=chapter, countries=ALONE)
    first.wait_for(lambda: (first.out / "reports" / LOCK).exists())
    second = Started(tmp_path, chapter=chapter, countries=ALONE)
    (one, _), (other, told) = first.end(), second.end()
    assert (one, other) == (0, 0)
    assert f"process {first.process.pid} on" in told and "waiting" in told
    assert "1 current" in told
    assert products(first.out) == products_of(ALONE, chapter.undisturbed)
    assert list(first.out.rglob(".*")) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, for a small disk of its own")
@pytest.mark.parametrize("options", ["size=$(($(du -sk $out | cut -f1) + {}))k", "ro"])
def test_a_full_or_read_only_disk_is_one_line_and_what_was_there_stays(tmp_path, chapter, options):
    out, keep = tmp_path / "out", tmp_path / "keep"
    out.mkdir()
    here = shlex.join([*chapter.command, "run", *ALONE, "--notebook", chapter.name])
    small = options.format(200 if chapter.command == COMMAND else 20)  # less than what a run writes
    script = f"""
        out={out}
        mount -t tmpfs -o size=50m tmpfs {out} || exit 77
        cp -r {chapter.undisturbed}/. {out}
        mount -o remount,{small} {out} || exit 77
        {here} --force --out {out}
        code=$?
        cp -r {out} {keep}
        exit $code
    """
    done = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True, timeout=PATIENCE)
    if done.returncode == 77:
        pytest.skip("no disk can be mounted here")
    told = done.stdout + done.stderr
    assert done.returncode == 1, told
    assert "Traceback" not in told
    assert "read-only" in told if options == "ro" else "full" in told or "No space left" in told
    assert str(out) in told
    assert tables(keep) == tables(chapter.undisturbed)
    assert {path.name for path in keep.rglob(".*")} <= {LOCK}


@pytest.fixture
def trapped(tmp_path):
    """A folder whose modules say that they were executed, under every name that is imported somewhere, and a sign that they were."""
    folder, sign = tmp_path / "folder", tmp_path / "executed"
    code = f"open({str(sign)!r}, 'a').write(__name__ + ' ')\n"
    for name in ("ipykernel_launcher", "multiprocessing", "pandas", "babel", "PIL", "scipy", "papermill", "sitecustomize",
                 "usercustomize", "jupyter_client", "matplotlibrc", "mistune"):  # fmt: skip
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / f"{name}.py").write_text(code)
    for package in ("nasssap_lib", "notebooks"):
        (folder / package).mkdir()
    (folder / "nasssap_lib" / "__init__.py").write_text(code)
    shutil.copy(Path(__file__).parents[2] / "notebooks" / f"{NOTEBOOK}.ipynb", folder / "notebooks")
    notebook = json.loads((folder / "notebooks" / f"{NOTEBOOK}.ipynb").read_text())
    notebook["cells"].append(
        {"cell_type": "code", "id": "x", "metadata": {}, "execution_count": None, "outputs": [], "source": code}
    )
    (folder / "notebooks" / f"{NOTEBOOK}.ipynb").write_text(json.dumps(notebook))
    (folder / "ipython_config.py").write_text(code)
    (folder / "matplotlibrc").write_text("axes.facecolor: black\ntext.usetex: True\n")
    return folder, sign


def set_up(home: Path) -> dict[str, str]:
    """Settings of matplotlib, IPython and Jupyter in somebody's home, and what stands in the environment."""
    for place, text in {
        ".config/matplotlib/matplotlibrc": "axes.facecolor: black\nlines.linewidth: 9\nsavefig.bbox: tight\n",
        ".ipython/profile_default/startup/00.py": "import pandas; pandas.options.display.precision = 1\n",
        ".ipython/profile_default/ipython_kernel_config.py": "c.InteractiveShellApp.exec_lines = ['1/0']\n",
        ".jupyter/jupyter_config.py": "raise SystemExit\n",
        ".local/share/jupyter/kernels/python3/kernel.json": '{"argv": ["false"], "display_name": "x", "language": "python"}',
        "rc": "text.usetex: True\n",
    }.items():
        (home / place).parent.mkdir(parents=True, exist_ok=True)
        (home / place).write_text(text)
    return {
        "HOME": str(home), "MATPLOTLIBRC": str(home / "rc"), "TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "77",
        "PYTHONPATH": ":" + str(home), "PYTHONOPTIMIZE": "2", "IPYTHONDIR": str(home / ".ipython"), "MPLBACKEND": "tkagg",
        "PYTHONIOENCODING": "latin-1", "OMP_NUM_THREADS": "3",
    }  # fmt: skip


def same_as(undisturbed: Path, batch: Started) -> None:
    """A batch gave what one gives that nobody disturbed."""
    code, told = batch.end()
    assert code == 0, told
    assert products(batch.out) == products_of(ALONE, undisturbed)


@pytest.mark.soak
@pytest.mark.parametrize("further", [(), ("--cold",)])
def test_nothing_in_the_current_folder_is_executed_or_changes_a_result(tmp_path, undisturbed, trapped, further):
    folder, sign = trapped
    same_as(undisturbed, Started(tmp_path, *further, countries=ALONE, cwd=folder))
    assert not sign.exists(), sign.read_text()


@pytest.mark.soak
def test_nothing_that_a_user_has_set_up_changes_a_result(tmp_path, undisturbed):
    """Settings, locale, time zone, hash seed, odd letters in every path, another data folder."""
    home = tmp_path / "Zoé's höme %41 {x}"
    theirs = set_up(home)
    packs = write_packs(home / "packs")
    same_as(undisturbed, Started(home, "--data", str(packs), countries=ALONE, cwd=home, **theirs))


def test_neither_the_current_folder_nor_what_a_user_has_set_up_changes_a_result_or_is_executed(
    tmp_path, undisturbed, trapped
):
    """Both at once: what is looked for in the current folder is looked for there first. Only PYTHONPATH may not name it."""
    (folder, sign), home = trapped, tmp_path / "Zoé's höme %41 {x}"
    theirs = set_up(home) | {"PYTHONPATH": str(home)}
    here = folder.rename(home / "traps")
    packs = write_packs(home / "packs")
    same_as(undisturbed, Started(home, "--data", str(packs), countries=ALONE, cwd=here, **theirs))
    assert not sign.exists(), sign.read_text()
