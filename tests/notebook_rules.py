"""The rules that every notebook of the suite keeps; what is broken is said in sentences."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

MOST_LINES = 10
REFUSED = {
    ast.FunctionDef: "defines a function",
    ast.AsyncFunctionDef: "defines a function",
    ast.Lambda: "defines a function",
    ast.ClassDef: "defines a class",
    ast.For: "has a loop",
    ast.While: "has a loop",
    ast.ListComp: "has a loop",
    ast.DictComp: "has a loop",
    ast.GeneratorExp: "has a loop",
    ast.BinOp: "calculates",
    ast.With: "manages a resource",
}
READERS = {"open", "read_csv", "read_text", "read_excel", "Path", "to_csv", "savefig"}
MACHINE = re.compile(r"(/home/|/Users/|/root/|[A-Z]:\\\\)")


def broken_rules(path: Path) -> Iterator[str]:
    """Sentences on what is wrong with a notebook; nothing where all rules are kept."""
    notebook = nbformat.read(path, as_version=4)
    code = [(i, cell) for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    if notebook.cells[0].cell_type != "markdown" or not notebook.cells[0].source.startswith("# "):
        yield "the first cell is no title; it begins with '# '"
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "the kernelspec is not python3"
    yield from _broken_parameters(*code[0])
    yield from _broken_opening(*code[1])
    for number, cell in code:
        yield from _broken_cell(number, cell)
    yield from _broken_rhythm(notebook.cells)


def _broken_parameters(number: int, cell) -> Iterator[str]:
    if "parameters" not in cell.metadata.get("tags", []):
        yield f"cell {number} is the first with code and is not tagged 'parameters'"
    for line, node in zip(cell.source.splitlines(), ast.parse(cell.source).body, strict=False):
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.value, ast.Constant):
            yield f"cell {number}: parameters are 'name: type = literal', not {line!r}"
        if "  # " not in line:
            yield f"cell {number}: the parameter {line!r} has no comment"


def _broken_opening(number: int, cell) -> Iterator[str]:
    if "open_chapter(" not in cell.source and "open_workbench(" not in cell.source:
        yield f"cell {number} is the second with code and opens neither a chapter nor the workbench"


def _broken_cell(number: int, cell) -> Iterator[str]:
    if cell.outputs or cell.execution_count is not None:
        yield f"cell {number} is stored with outputs"
    if cell.source.lstrip().startswith(("%", "!")):
        yield f"cell {number} uses a magic or the shell"
        return
    lines = [line for line in cell.source.splitlines() if line.strip() and not line.strip().startswith("#")]
    if len(lines) > MOST_LINES:
        yield f"cell {number} has {len(lines)} lines of code, at most {MOST_LINES}"
    if MACHINE.search(cell.source):
        yield f"cell {number} holds a path of one machine"
    for node in ast.walk(ast.parse(cell.source)):
        yield from _broken_node(number, node)


def _broken_node(number: int, node: ast.AST) -> Iterator[str]:
    if type(node) in REFUSED:
        yield f"cell {number} {REFUSED[type(node)]}; notebooks call nasssap_lib"
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in READERS:
            yield f"cell {number} reads or writes a file; notebooks call nasssap_lib"
    modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
    for module in modules:
        if module.split(".")[0] != "nasssap_lib":
            yield f"cell {number} imports {module}; notebooks import nasssap_lib only"


def _broken_rhythm(cells) -> Iterator[str]:
    """Every code cell after the opening follows a text cell that says what is asked and how to read the answer."""
    code = [i for i, cell in enumerate(cells) if cell.cell_type == "code"]
    for i in code[2:]:
        if cells[i - 1].cell_type != "markdown":
            yield f"cell {i} is not introduced by a text cell"
