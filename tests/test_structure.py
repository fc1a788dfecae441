"""What the contract of imports (pyproject.toml, ``lint-imports``) cannot see: what is loaded, and that faces are whole."""

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import nasssap_lib

SUBJECTS = (
    "population", "schemes", "coverage", "needs", "stocktaking", "costing", "budget", "financing", "priorities", "dialogue",
    "roadmap", "action_plan", "monitoring", "survey",
)  # fmt: skip
DRAWN = ("charts", "tables", "words", "sheet_")
PURE = [
    name
    for room in SUBJECTS
    for _, name, _ in pkgutil.iter_modules(
        importlib.import_module(f"nasssap_lib.{room}").__path__, f"nasssap_lib.{room}."
    )
    if not name.rpartition(".")[2].startswith(DRAWN)
]

TESTS, LIBRARY = Path(__file__).parent, Path(nasssap_lib.__file__).parent
GENERAL = {  # tests of a room that are of no single module of it
    "commands": ("test_lab_ends.py", "test_translated_copies.py"),
    "costing": ("test_by_hand.py",),
    "pack": ("test_mutations.py",),
    "run": ("test_faults.py", "test_languages.py", "test_links.py", "test_new_notebook.py", "test_scenario.py"),
}
OF_EVERY_ROOM = ("test_pseudo_language.py",)


def mirror(library: Path, tests: Path) -> tuple[set[str], set[str]]:
    """Modules without a file of tests, and files of tests in a room's folder without a module and on no list of general ones."""
    modules = {path.relative_to(library) for path in library.rglob("*.py") if path.name != "__init__.py"}
    wanted = {path.with_name(f"test_{path.name}").as_posix() for path in modules}
    there = {path.relative_to(tests).as_posix() for path in tests.rglob("test_*.py")}
    rooms = {path.parts[0] for path in modules if len(path.parts) > 1}
    of_rooms = {name for name in there if name.partition("/")[0] in rooms}
    general = {f"{room}/{name}" for room in rooms for name in (*GENERAL.get(room, ()), *OF_EVERY_ROOM)}
    return wanted - there, of_rooms - wanted - general


def fresh(code: str) -> str:
    """What a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_every_module_has_its_file_of_tests_and_every_file_of_a_room_its_module():
    without_tests, without_module = mirror(LIBRARY, TESTS)
    assert not without_tests, f"add a file of tests for each: {sorted(without_tests)}"
    assert not without_module, (
        f"of which module are these? Rename them, or list them as general: {sorted(without_module)}"
    )


def test_general_tests_that_are_listed_exist():
    assert [
        f"{room}/{name}" for room, names in GENERAL.items() for name in names if not (TESTS / room / name).is_file()
    ] == []


def test_a_module_without_tests_and_tests_without_a_module_are_found(tmp_path):
    for name in ("lib/errors.py", "lib/run/batch.py", "lib/run/__init__.py", "lib/run/html.py", "tests/test_errors.py",
                 "tests/run/test_batch.py", "tests/run/test_links.py", "tests/run/test_old.py", "tests/test_cases.py"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert mirror(tmp_path / "lib", tmp_path / "tests") == ({"run/test_html.py"}, {"run/test_old.py"})


def test_the_command_line_imports_nothing_heavy():
    heavy = "sorted({'pandas', 'matplotlib', 'papermill', 'numpy'} & set(sys.modules))"
    assert fresh(f"import sys, nasssap_lib.commands.cli; print({heavy})") == "[]"


def test_importing_the_library_imports_no_room():
    assert (
        fresh("import sys, nasssap_lib; print(sorted(n for n in sys.modules if n.startswith('nasssap_lib.')))") == "[]"
    )


def test_calculation_loads_no_picture_and_no_workbook():
    code = f"""
import importlib, sys
for name in {PURE}:
    importlib.import_module(name)
    if loaded := {{"matplotlib", "openpyxl", "IPython", "scipy.stats"}} & set(sys.modules):
        sys.exit(f"{{name}} loads {{loaded}}")
print("none")
"""
    assert len(PURE) > 30
    assert fresh(code) == "none"


@pytest.mark.parametrize("room", [*SUBJECTS, "pack", "display", "chapter", "run", "exchange"])
def test_a_face_offers_what_it_lists(room):
    face = importlib.import_module(f"nasssap_lib.{room}")
    modules = {name for _, name, _ in pkgutil.iter_modules(face.__path__)}
    assert face.__all__
    for name in set(face.__all__) - modules:
        assert callable(getattr(face, name)), name
    assert not modules & {name for name in face.__all__ if callable(getattr(face, name))}, "a module hides a function"


def test_the_library_has_an_entrance():
    assert nasssap_lib.read_pack("SEN").country == "SEN"
    assert {"read_pack", "open_chapter", "coverage", "priorities"} <= set(dir(nasssap_lib))
    assert "Where to begin" in nasssap_lib.__doc__
