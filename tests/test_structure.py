"""The structure of the code: imports go downstairs only, analysis is pure, importing is light and has no side effect."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parent.parent / "nasssap_lib"

# from the top of the stairs to the bottom; a module may import from its own step and from those below
STAIRS = [
    {"cli"},
    {"run", "document", "official"},
    {"workbench", "exhibit"},
    {"chapter"},
    {"charts", "tables", "workbooks"},
    {"sentences", "language"},
    set(),  # analysis: every module that is not named here, one a subject of the field
    {"pack"},
    {"terms", "errors"},
]
ANALYSIS = 6
STEP = {name: number for number, names in enumerate(STAIRS) for name in names}
IMPURE = {
    "matplotlib",
    "IPython",
    "pathlib",
    "os",
    "io",
    "requests",
    "papermill",
    "random",
    "time",
    "datetime",
    "seaborn",
}
MODULES = sorted(path for path in LIBRARY.rglob("*.py") if path != LIBRARY / "__init__.py")


def room(path: Path) -> str:
    return path.relative_to(LIBRARY).parts[0].removesuffix(".py")


def step(name: str) -> int:
    return STEP.get(name, ANALYSIS)


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found |= {
                f"{node.module}.{alias.name}" if node.module == "nasssap_lib" else node.module for alias in node.names
            }
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_imports_go_downstairs(path):
    used = {name.split(".")[1] for name in imports(path) if name.startswith("nasssap_lib.")} - {"__version__"}
    assert {name for name in used if step(name) < step(room(path))} == set()


@pytest.mark.parametrize("path", [p for p in MODULES if step(room(p)) == ANALYSIS], ids=lambda path: path.stem)
def test_analysis_touches_no_file_no_picture_no_clock(path):
    assert {name.split(".")[0] for name in imports(path)} & IMPURE == set()


def test_the_command_line_imports_nothing_heavy():
    code = "import sys, nasssap_lib.commands.cli; print(sorted({'pandas', 'matplotlib', 'papermill', 'numpy'} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_analysis_imports_no_drawing():
    code = "import sys, nasssap_lib.coverage, nasssap_lib.stocktaking; print('matplotlib' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        == "False"
    )
