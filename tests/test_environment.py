"""One list of dependencies: pyproject.toml, the lock and environment.yml say the same."""

import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads(PYPROJECT)["project"]
BENCHMARKS = tomllib.loads(PYPROJECT)["dependency-groups"]["bench"]  # of nothing else, so not in the lock
WANTED = [*PROJECT["dependencies"], *(line for extra in PROJECT["optional-dependencies"].values() for line in extra)]
ENVIRONMENT = """\
# For conda users; the list itself is requirements.lock. Two commands, because pip refuses a folder beside hashes:
#   conda env create -f environment.yml && conda activate nasssap
#   pip install --no-deps --no-build-isolation -e .
name: nasssap
channels:
  - conda-forge
dependencies:
  - python>=3.11
  - pip
  - pip:
      - -r requirements.lock
"""


def locked_versions() -> dict[str, list[str]]:
    """Package → its versions in the lock (several where they depend on the Python)."""
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK, re.MULTILINE):
        versions.setdefault(canonicalize_name(name), []).append(version)
    return versions


@pytest.mark.parametrize("line", WANTED)
def test_lock_satisfies_pyproject(line):
    wanted = Requirement(line)
    versions = locked_versions().get(canonicalize_name(wanted.name), [])
    hint = "run `python3 tasks.py lock`"
    assert versions, f"{wanted.name} is in pyproject.toml and not in requirements.lock: {hint}"
    wrong = [version for version in versions if version not in wanted.specifier]
    assert not wrong, f"requirements.lock has {wanted.name} {wrong}, pyproject.toml wants {wanted.specifier}: {hint}"


@pytest.mark.parametrize("line", [*WANTED, *BENCHMARKS])
def test_dependency_says_why_it_is_there(line):
    written = next(row for row in PYPROJECT.splitlines() if row.strip().startswith(f'"{line}"'))
    assert re.search(r",\s+# \w.+", written), f"{line} has no comment in pyproject.toml"


def test_dependency_is_listed_once():
    names = [canonicalize_name(Requirement(line).name) for line in [*WANTED, *BENCHMARKS]]
    assert sorted(names) == sorted(set(names))


NAMED = r"\w+(?:\.\w+)*(?:\s+as\s+\w+)?"
IMPORT = re.compile(
    rf"^\s*(?:from\s+(\w+)(?:\.\w+)*\s+import\s|import\s+({NAMED}(?:\s*,\s*{NAMED})*)\s*$)", re.MULTILINE
)


def imported_names(folder: str) -> set[str]:
    """Top-level names that the Python files of a folder import, also in code that a file hands to a process of its own."""
    found = [one for path in (ROOT / folder).rglob("*.py") for one in IMPORT.findall(path.read_text("utf-8"))]
    return {re.match(r"\w+", name)[0] for one, several in found for name in re.split(r"\s*,\s*", one or several)}


def test_imports_are_found_however_they_are_written():
    text = (
        "import a.b as c, d\n  from e.f import g\nfrom .h import i\nimport j\n# import k\nfrom l import (\n    m,\n)\n"
    )
    found = [re.split(r"\s*,\s*", one or several) for one, several in IMPORT.findall(text)]
    assert found == [["a.b as c", "d"], ["e"], ["j"], ["l"]]


origins_of_packages = cache(packages_distributions)  # it reads what every installed package holds


@pytest.mark.parametrize("folder", ["nasssap_lib", "tests", "tools", "benchmarks"])
def test_every_imported_package_is_in_the_lock(folder):
    # What somebody installed by hand works on their machine and is missing from a fresh clone.
    own = {path.stem for name in (".", "tests", "tools") for path in (ROOT / name).iterdir()}
    asked_for = {Requirement(line).name for line in BENCHMARKS} if folder == "benchmarks" else set()
    foreign = imported_names(folder) - sys.stdlib_module_names - own - asked_for
    origins = origins_of_packages()
    locked = locked_versions()
    missing = [
        name for name in sorted(foreign) if not {canonicalize_name(d) for d in origins.get(name, [])} & set(locked)
    ]
    assert not missing, f"{folder} imports {missing}: name the package in pyproject.toml, run `python3 tasks.py lock`"


def test_build_needs_only_what_the_lock_holds():
    for line in tomllib.loads(PYPROJECT)["build-system"]["requires"]:
        assert line in WANTED


def test_every_locked_version_has_hashes_and_no_address():
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    assert all(entry.count("--hash=sha256:") for entry in entries)
    assert "://" not in LOCK
    assert not re.search(r"^\s*(--index|--extra-index|--find-links|-i |-f |-e )", LOCK, re.MULTILINE)


def test_conda_environment_is_python_pip_and_the_lock():
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == ENVIRONMENT
    assert f"python{PROJECT['requires-python']}" in ENVIRONMENT
    assert f"name: {PROJECT['name']}" in ENVIRONMENT
