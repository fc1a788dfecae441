"""What the contract of imports (pyproject.toml, ``lint-imports``) cannot see: what is loaded, and that faces are whole."""

import importlib
import pkgutil
import subprocess
import sys

import pytest

import nasssap_lib

SUBJECTS = ("population", "schemes", "coverage", "needs", "stocktaking", "costing", "priorities", "dialogue", "survey")
DRAWN = ("charts", "tables", "words", "sheet_")
PURE = [
    name
    for room in SUBJECTS
    for _, name, _ in pkgutil.iter_modules(
        importlib.import_module(f"nasssap_lib.{room}").__path__, f"nasssap_lib.{room}."
    )
    if not name.rpartition(".")[2].startswith(DRAWN)
]


def fresh(code: str) -> str:
    """What a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


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
