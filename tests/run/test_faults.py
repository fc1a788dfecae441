"""What happens to a batch from outside: kills, full and read-only disks, two at once, a hostile current folder, a user's habits.

After each, nothing is left running, nothing half-written lies about, and the next run gives what an undisturbed one gives.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from small_pack import write_small_pack

from nasssap_lib.run.lock import LOCK

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes and mounts of Linux")
COMMAND = [sys.executable, "-P", "-m", "nasssap_lib.commands.cli"]
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
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NASSSAP_DATA", str(write_packs(tmp_path_factory.mktemp("packs"))))
        yield


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Products of a run that nobody disturbed."""
    out = tmp_path_factory.mktemp("undisturbed")
    done = subprocess.run(
        [*COMMAND, "run", *COUNTRIES, "--notebook", NOTEBOOK, "--out", str(out)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return out


class Started:
    """A batch in a process of its own, with a temporary folder and a mark by which all its processes are found."""

    def __init__(
        self,
        place: Path,
        *further: str,
        countries: tuple[str, ...] = COUNTRIES,
        cwd: Path | None = None,
        **environment: str,
    ):
        self.out, self.temporary, self.mark = place / "out", place / "tmp", uuid.uuid4().hex
        self.temporary.mkdir(parents=True, exist_ok=True)
        further = further or ("--notebook", NOTEBOOK)
        self.process = subprocess.Popen(
            [*COMMAND, "run", *countries, "--out", str(self.out), *further], cwd=cwd, text=True, errors="replace", stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True,
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


def same_after_another_run(place: Path, undisturbed: Path) -> None:
    """The next run goes on where the last stopped, and gives what an undisturbed one gives."""
    again = Started(place)
    code, told = again.end()
    assert code == 0, told
    again.nothing_is_left()
    assert list(place.rglob(".*")) == []
    assert products(again.out) == products(undisturbed)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 9))])
@pytest.mark.parametrize("whom", ["kernels", "warm_parents", pytest.param("jobs", marks=pytest.mark.soak)])
def test_a_process_that_is_killed_costs_a_try_and_nothing_else(tmp_path, undisturbed, whom, seed):
    batch, chance = Started(tmp_path), random.Random(f"{whom} {seed}")
    victim = chance.choice(batch.wait_for(getattr(batch, whom)))
    time.sleep(chance.uniform(0, 2))
    with suppress(psutil.NoSuchProcess):
        victim.kill()
    code, told = batch.end()
    assert (code, "Traceback" in told) == (0, False), told
    batch.nothing_is_left()
    assert products(batch.out) == products(undisturbed)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SIGKILL", -9),
        *(pytest.param(*end, marks=pytest.mark.soak) for end in (("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130))),
    ],
)
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 6))])
def test_a_batch_that_is_ended_takes_all_with_it_and_the_next_goes_on(tmp_path, undisturbed, name, code, seed):
    batch = Started(tmp_path)
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
    same_after_another_run(tmp_path, undisturbed)


def test_two_runs_at_once_are_one_after_the_other_and_both_are_whole(tmp_path, undisturbed):
    first = Started(tmp_path)
    first.wait_for(lambda: (first.out / "reports" / LOCK).exists())
    second = Started(tmp_path)
    (one, _), (other, told) = first.end(), second.end()
    assert (one, other) == (0, 0)
    assert f"process {first.process.pid} on" in told and "waiting" in told
    assert "2 current" in told
    assert products(first.out) == products(undisturbed)
    assert list(first.out.rglob(".*")) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, for a small disk of its own")
@pytest.mark.parametrize("options", ["size=$(($(du -sk $out | cut -f1) + 200))k", "ro"])
def test_a_full_or_read_only_disk_is_one_line_and_what_was_there_stays(tmp_path, undisturbed, options):
    out, keep = tmp_path / "out", tmp_path / "keep"
    out.mkdir()
    here = " ".join(COMMAND)
    script = f"""
        out={out}
        mount -t tmpfs -o size=50m tmpfs {out} || exit 77
        cp -r {undisturbed}/. {out}
        mount -o remount,{options} {out} || exit 77
        {here} run {" ".join(ALONE)} --notebook {NOTEBOOK} --set child_age_to=17 --out {out}
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
    assert tables(keep) == tables(undisturbed)
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


@pytest.mark.parametrize("further", [(), pytest.param(("--cold",), marks=pytest.mark.soak)])
def test_nothing_in_the_current_folder_is_executed_or_changes_a_result(tmp_path, undisturbed, trapped, further):
    folder, sign = trapped
    batch = Started(tmp_path, "--notebook", NOTEBOOK, *further, countries=ALONE, cwd=folder)
    code, told = batch.end()
    assert code == 0, told
    assert not sign.exists(), sign.read_text()
    assert products(batch.out) == products_of(ALONE, undisturbed)


def test_nothing_that_a_user_has_set_up_changes_a_result(tmp_path, undisturbed):
    """Settings of matplotlib, IPython and Jupyter, locale, time zone, hash seed, odd letters in every path, another data folder."""
    home = tmp_path / "Zoé's höme %41 {x}"
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
    write_packs(home / "packs")
    theirs = {
        "HOME": str(home), "MATPLOTLIBRC": str(home / "rc"), "TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "77",
        "PYTHONPATH": ":" + str(home), "PYTHONOPTIMIZE": "2", "IPYTHONDIR": str(home / ".ipython"), "MPLBACKEND": "tkagg",
        "PYTHONIOENCODING": "latin-1", "OMP_NUM_THREADS": "3",
    }  # fmt: skip
    here = ("--notebook", NOTEBOOK, "--data", str(home / "packs"))
    batch = Started(home, *here, countries=ALONE, cwd=home, **theirs)
    code, told = batch.end()
    assert code == 0, told
    assert products(batch.out) == products_of(ALONE, undisturbed)
