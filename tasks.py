"""What one does in this project, by name; every task that needs the virtual environment makes it first.

Standard library only, so that a fresh clone needs Python 3.11 and git and nothing else (Windows: `py tasks.py ...`).
"""

from __future__ import annotations  # an older Python must get as far as the sentence that says it is too old

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / ".ok"
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
SUFFIX = ".exe" if os.name == "nt" else ""
PYTHON = PROGRAMS / f"python{SUFFIX}"
OLDEST_PYTHON = (3, 11)
UV = "uv==0.13.9"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CACHES = ("__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis", ".ipynb_checkpoints")
KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}


class Stop(Exception):
    """Ends the task with a sentence instead of a traceback."""


# ---------------------------------------------------------------------------------------------------- running programs


def run(*command: str | Path, cwd: Path = ROOT) -> int:
    """Run a program, usually in the project's folder, and return its exit code, as a shell would give it."""
    # With PYTHONDONTWRITEBYTECODE every notebook kernel would compile every module anew: imports take twice as long.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen([str(part) for part in command], cwd=cwd, env=environment)
    try:
        code = process.wait()
    except KeyboardInterrupt:
        process.wait()  # Ctrl-C reached the program too: let it tidy up
        raise
    return code if code >= 0 else 128 - code


def must(*command: str | Path, hint: str, cwd: Path = ROOT) -> None:
    """Run a program that the task cannot go on without."""
    code = run(*command, cwd=cwd)
    if code:
        raise Stop(f"{Path(command[0]).name} ended with exit code {code}. {hint}")


def program(name: str) -> Path:
    """Where the virtual environment keeps a program."""
    return PROGRAMS / f"{name}{SUFFIX}"


# -------------------------------------------------------------------------------------------------------------- set-up


def stamp_text() -> str:
    """What a finished set-up was made from and where: what is to be installed, the folder, the interpreter."""
    content = hashlib.sha256(LOCK.read_bytes() + PROJECT.read_bytes()).hexdigest()
    return f"{content}\n{VENV}\n{os.path.realpath(PYTHON)}\n"


def set_up() -> None:
    """Make `.venv` hold what the lock lists and the project; do nothing where it already does."""
    done, wanted = read_stamp(), stamp_text()
    if done == wanted and PYTHON.exists():
        return
    STAMP.unlink(missing_ok=True)
    # Interrupted, moved, or its interpreter gone: nothing in it can be trusted. Otherwise only the lists have changed.
    if done.splitlines()[1:] != wanted.splitlines()[1:] or not PYTHON.exists():
        make_venv()
    print("Installing what requirements.lock lists ...", flush=True)
    install_lock()
    install_project()
    quiet_lab()
    STAMP.write_text(stamp_text(), encoding="utf-8", newline="\n")


def quiet_lab() -> None:
    """JupyterLab asks nobody whether it may fetch news: the suite works without a network."""
    settings = VENV / "share" / "jupyter" / "lab" / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    overrides = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}
    (settings / "overrides.json").write_text(json.dumps(overrides) + "\n", encoding="utf-8")


def read_stamp() -> str:
    """The stamp of the last finished set-up, empty where there is none."""
    return STAMP.read_text(encoding="utf-8") if STAMP.is_file() else ""


def make_venv() -> None:
    """Make an empty virtual environment, whatever was there."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        raise Stop(
            f"This Python has no {' and no '.join(missing)}, so it cannot make a virtual environment.\n"
            "On Debian and Ubuntu: apt-get install python3-venv (as root).\n"
            "Elsewhere: use a full Python, not a slim one; or conda with environment.yml."
        )
    print(f"Making a virtual environment in {VENV.name} ...", flush=True)
    # Started from the environment that is about to be replaced, its parent makes the new one.
    base = getattr(sys, "_base_executable", None) or sys.executable
    must(base, "-m", "venv", "--clear", VENV, hint=f"Delete {VENV.name} and try again.")


def install_lock() -> None:
    """Install exactly the lock, each file checked against its hash."""
    listed = ("--require-hashes", "-r", LOCK)
    if install_uv() and run(program("uv"), "pip", "install", "-q", "-p", PYTHON, *listed) == 0:
        return
    print("Without uv: pip does the same in about a minute ...", flush=True)
    must(PYTHON, "-m", "pip", "install", "-q", *listed, hint="Is the network there? Then run the same command again.")


def install_uv() -> bool:
    """Whether uv, which installs in a third of pip's time, can be had."""
    return run(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", UV) == 0


def install_project() -> None:
    """Install the project so that an edit to it counts at once; the builder is in the lock, so nothing is fetched."""
    options = ("-q", "--disable-pip-version-check", "--no-deps", "--no-build-isolation")
    must(PYTHON, "-m", "pip", "install", *options, "-e", ROOT, hint="See the message above.")


# --------------------------------------------------------------------------------------------------------------- tasks


def setup(*_: str) -> int:
    """Make or repair the virtual environment .venv"""
    set_up()
    print(f"{VENV.name} is ready.")
    return 0


def reports(*arguments: str) -> int:
    """Write reports/ for all countries; arguments go to `nasssap run`"""
    set_up()
    return run(program("nasssap"), "run", *arguments)


def test(*arguments: str) -> int:
    """Lint, unit tests, doctests and notebooks; arguments go to pytest"""
    set_up()
    if "--collect-only" in arguments:
        return pytest("--nbval-lax", *arguments)
    ensure_chromium()
    lint_code = lint()
    test_code = pytest("--nbval-lax", *arguments)
    print(f"lint: {verdict(lint_code)}\ntests, doctests and notebooks: {verdict(test_code)}")
    return test_code or lint_code


def soak(*arguments: str) -> int:
    """Long tests, and property tests with new examples; arguments go to pytest"""
    set_up()
    os.environ["NASSSAP_EXAMPLES"] = "soak"
    code = pytest("-m", "soak or hypothesis", *arguments)
    return 0 if code == 5 else code  # 5: no such test yet


def pytest(*arguments: str) -> int:
    """Run pytest in several processes, one more than cores, for tests wait too; tests/conftest.py says what stays in one."""
    spread = ("-n", str(min((os.cpu_count() or 1) + 1, 4)), "--dist", "loadfile", "--no-loadscope-reorder")
    return run(PYTHON, "-m", "pytest", "-q", *spread, *arguments)


def verdict(code: int) -> str:
    """An exit code in words."""
    return "passed" if code == 0 else f"FAILED (exit code {code})"


def ensure_chromium() -> None:
    """Install the browser that some tests need where we may; elsewhere those tests are skipped by name."""
    if any(map(shutil.which, CHROMIUM)) or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print("Installing chromium for the tests that look at pages ...", flush=True)
    # Without recommended packages there is no font either, and a page without letters shows nothing.
    packages = ("chromium", "fonts-dejavu-core", "fonts-liberation")
    if run("apt-get", "update", "-qq") or run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages):
        print("chromium could not be installed: the tests that need it are skipped (in CI they fail).")


def lint(*_: str) -> int:
    """Rules and format by ruff, the order of the rooms by import-linter, changing nothing"""
    set_up()
    codes = [run(program("ruff"), "check", "-q"), run(program("ruff"), "format", "--check", "-q")]
    rooms = run(program("lint-imports"), "--no-logo", "--no-cache")
    if any(codes):
        print("`python3 tasks.py format` repairs what can be repaired without thinking.")
    return max(*codes, rooms)


def format(*_: str) -> int:
    """Repair what ruff can, format, strip the notebooks' outputs"""
    set_up()
    for notebook in sorted((ROOT / "notebooks").rglob("*.ipynb")):
        strip_notebook(notebook)
    run(program("ruff"), "check", "-q", "--fix")
    return run(program("ruff"), "format", "-q")


def tables(*_: str) -> int:
    """Write docs/tables.md from the schema, and docs/outturns.md from the packs"""
    set_up()
    return max(run(PYTHON, ROOT / "tools" / name) for name in ("list_tables.py", "list_outturns.py"))


def strip_notebook(path: Path) -> None:
    """Take from a notebook what running it left there: outputs, counts, the machine's metadata."""
    before = path.read_text(encoding="utf-8")
    notebook = json.loads(before)
    notebook["metadata"] = {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    for cell in notebook["cells"]:
        cell["metadata"] = {name: value for name, value in cell["metadata"].items() if name == "tags"}
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    after = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    if after != before:
        path.write_text(after, encoding="utf-8", newline="\n")


def lock(*arguments: str) -> int:
    """Renew requirements.lock from pyproject.toml; `--upgrade` takes newer versions"""
    if not PYTHON.exists():
        make_venv()
    if not install_uv():
        raise Stop("The lock is made by uv, and uv could not be installed. Is the network there?")
    what = ("--all-extras", "--universal", "--python-version", "3.11", "--generate-hashes")
    plain = ("--no-emit-index-url", "--no-annotate", "--no-header")  # versions and hashes, no address
    return run(program("uv"), "pip", "compile", "-q", PROJECT.name, *what, *plain, "-o", LOCK.name, *arguments)


def texts(*languages: str) -> int:
    """Put what is new in the code into the catalogues; `texts CODE` begins a language"""
    set_up()
    return run(PYTHON, ROOT / "tools" / "texts.py", *languages)


def bench(*arguments: str) -> int:
    """Run each file of benchmarks/"""
    set_up()
    benchmarks = sorted((ROOT / "benchmarks").glob("*.py"))
    if not benchmarks:
        print("benchmarks/ holds no benchmark yet.")
    return max((run(PYTHON, path, *arguments) for path in benchmarks), default=0)


def lab(*arguments: str) -> int:
    """JupyterLab on the notebooks"""
    set_up()
    return run(program("nasssap"), "lab", *arguments)


def wheel(*_: str) -> int:
    """Build the wheel and try it outside this clone, as somebody who has nothing else"""
    set_up()
    with tempfile.TemporaryDirectory() as folder:
        away = Path(folder)
        must(PYTHON, "-m", "pip", "wheel", *OFFLINE, "-w", away, ROOT, hint="See the message above.")
        (built,) = away.glob("*.whl")
        if missing := left_out(built):
            raise Stop(f"{built.name} holds no {', '.join(missing)}.")
        python = venv_beside(away / "venv")
        must(PYTHON, "-m", "pip", "--python", python, "install", *OFFLINE, "--ignore-installed", built, hint="")
        try_wheel(python, away / "elsewhere")
    print(f"{built.name} works outside the clone.")
    return 0


OFFLINE = ("-q", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-build-isolation")


def left_out(built: Path) -> list[str]:
    """Files of the library, and notebooks, that a wheel does not hold."""
    books = {f"nasssap_lib/notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}
    files = {path.relative_to(ROOT) for path in (ROOT / "nasssap_lib").rglob("*") if path.is_file()}
    wanted = {path.as_posix() for path in files if not any(part in CACHES or part[0] == "." for part in path.parts)}
    with zipfile.ZipFile(built) as archive:
        return sorted((wanted | books) - set(archive.namelist()))


def venv_beside(folder: Path) -> Path:
    """The interpreter of a new environment that sees the packages of .venv, and not the project that is installed there."""
    must(PYTHON, "-m", "venv", "--without-pip", folder, hint="")
    python = folder / PYTHON.relative_to(VENV)
    (packages,) = folder.rglob("site-packages")
    (visible,) = (path for path in VENV.rglob("site-packages") if (path / "pip").is_dir())
    # A path file inside a folder that another path file names is not read: so the editable install stays unseen.
    (packages / "dependencies.pth").write_text(f"{visible}\n", encoding="utf-8")
    return python


def try_wheel(python: Path, folder: Path) -> None:
    """What somebody does first, in a folder that is no clone."""
    folder.mkdir()
    nasssap, data = python.with_name(f"nasssap{SUFFIX}"), ("--data", ROOT / "data" / "raw")
    for command in (
        (nasssap, "--help"),
        (nasssap, "check", "SEN", *data),
        (nasssap, "run", "SEN", "--notebook", "02_gap_identification", *data),
        (python, "-P", "-c", OWN_NOTEBOOKS),
        (python, "-P", "-c", WITHOUT_LAB),
    ):
        must(*command, hint="The wheel does not work outside the clone.", cwd=folder)
    if missing := [name for name in PRODUCTS if not (folder / name).is_file()]:
        raise Stop(f"The wheel ran and wrote no {', '.join(missing)}.")


PRODUCTS = (
    "reports/index.html",
    "reports/SEN/02_gap_identification.html",
    "data/processed/SEN/02_gap_identification/run.json",
)
OWN_NOTEBOOKS = """
import sys
from nasssap_lib.run.folders import Folders
if not Folders.of().notebooks.is_relative_to(sys.prefix):
    sys.exit(f"not those of the wheel: {Folders.of().notebooks}")
"""
WITHOUT_LAB = """
import sys
from click.testing import CliRunner
from nasssap_lib.commands.cli import main
sys.modules["jupyterlab"] = None  # as where it is not installed
said = CliRunner().invoke(main, ["lab"]).output
if "pip install 'nasssap[lab]'" not in said:
    sys.exit(f"nasssap lab does not say what to install: {said}")
"""


def clean(*_: str) -> int:
    """Delete reports, processed data and caches; never data/raw"""
    for path in leftovers():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    return 0


def leftovers() -> Iterator[Path]:
    """What can be made again, except the virtual environment."""
    for made in (ROOT / "reports", ROOT / "data" / "processed"):
        yield from (path for path in made.glob("*") if path.name != ".gitkeep")
    for folder, subfolders, _ in os.walk(ROOT):
        caches = [name for name in subfolders if name in CACHES]
        yield from (Path(folder, name) for name in caches)
        left_alone = {*caches, ".git", VENV.name, "raw"}
        subfolders[:] = [name for name in subfolders if name not in left_alone]


TASKS: dict[str, Callable[..., int]] = {
    task.__name__: task
    for task in (setup, reports, test, soak, lint, format, tables, texts, lock, bench, lab, wheel, clean)
}

# ---------------------------------------------------------------------------------------------------------------- main


def overview() -> str:
    """What there is, a line each."""
    lines = [f"  {name:<9}{task.__doc__}" for name, task in TASKS.items()]
    return "\n".join(["python3 tasks.py TASK [ARGUMENT ...]      (Windows: py tasks.py TASK)", "", *lines])


def main(words: list[str]) -> int:
    """Run the task that the first word names."""
    if not words or words[0] in ("-h", "--help", "help"):
        print(overview())
        return 0
    if sys.version_info < OLDEST_PYTHON:
        found, needed = (".".join(map(str, version[:2])) for version in (sys.version_info, OLDEST_PYTHON))
        raise Stop(f"This is Python {found}; nasssap needs {needed} or newer: python{needed} {' '.join(sys.argv)}")
    if words[0] not in TASKS:
        raise Stop(f"There is no task {words[0]!r}.\n\n{overview()}")
    return TASKS[words[0]](*words[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        print(stop, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
