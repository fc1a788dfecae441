"""What code made a number: hashes of the library's modules and of a notebook's code cells, alike on every machine."""

from __future__ import annotations

import ast
import difflib
import hashlib
import os
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import nasssap_lib
from nasssap_lib.pack.folders import CODEBOOK

if TYPE_CHECKING:
    import nbformat

LIBRARY = Path(nasssap_lib.__file__).parent
NO_PAGES = {"exchange", "commands", "document", "official"}  # what prints and sends what was computed
NO_NUMBERS = {"run", *NO_PAGES}  # and what runs it: no kernel imports it
DATA = {".py", ".csv", ".po", ".mo", ".json", ".toml", ".ttf"}
LOOKS = {".css", ".j2"}
COMPILED = {"__pycache__"}
NO_DOCUMENT = NO_PAGES - {"document"}
TYPESET = {".typ"}


def library_hashes(library: Path = LIBRARY, pages: bool = False) -> dict[str, str]:
    """SHA-256 of every file of the library on which a number can depend, or a page; ends of line do not count.

    Examples
    --------
    >>> "coverage/gaps.py" in library_hashes(), "commands/cli.py" in library_hashes()
    (True, False)
    """
    return _hashes(library, *((DATA | LOOKS, NO_PAGES) if pages else (DATA, NO_NUMBERS)))


def document_hashes(library: Path = LIBRARY) -> dict[str, str]:
    """SHA-256 of every file of the library on which a strategy document can depend.

    Examples
    --------
    >>> {"document/strategy.typ", "coverage/gaps.py"} <= set(document_hashes()), "commands/cli.py" in document_hashes()
    (True, False)
    """
    return _hashes(library, DATA | LOOKS | TYPESET, NO_DOCUMENT)


def _hashes(library: Path, kinds: set[str], without: set[str]) -> dict[str, str]:
    files = {name: file for name, file in _files(library, without) if name.endswith(tuple(kinds))}
    hash_of = _own_hash if library == LIBRARY else _hash
    return {
        name: hash_of(files[name])
        for name in sorted(files, key=lambda name: name.split("/"))
        if files[name].name != CODEBOOK  # in a wheel alone; a pack's digest counts it
    }


def _files(folder: Path | str, without: Collection[str], place: str = "") -> Iterator[tuple[str, os.DirEntry]]:
    """Name and entry of each file below a folder, but those of some folders in it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in without:
                    yield from _files(entry.path, COMPILED, f"{place}{entry.name}/")
            elif entry.is_file():
                yield f"{place}{entry.name}", entry


def _hash(file: os.DirEntry | str) -> str:
    return hashlib.sha256(Path(file).read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def _own_hash(file: os.DirEntry) -> str:
    """The hash of a file of this library: hashed once as long as nobody writes it."""
    stat = file.stat()
    return _hash_once(file.path, stat.st_mtime_ns, stat.st_size)


@cache
def _hash_once(path: str, _changed: int, _size: int) -> str:
    return _hash(path)


def library_digest(hashes: Mapping[str, str] | None = None) -> str:
    """One SHA-256 over the names and hashes of the library's files."""
    hashes = library_hashes() if hashes is None else hashes
    return hashlib.sha256("".join(f"{name}\0{hashes[name]}\n" for name in sorted(hashes)).encode()).hexdigest()


def code_of(notebook: nbformat.NotebookNode) -> list[str]:
    """The sources of a notebook's code cells; injected parameters are left out where they are nothing but literals."""
    return [
        cell.source.replace("\r\n", "\n").rstrip()
        for cell in notebook.cells
        if cell.cell_type == "code" and not (is_injected(cell) and only_literals(cell.source))
    ]


def is_injected(cell: nbformat.NotebookNode) -> bool:
    """Whether a cell says that papermill wrote it."""
    tags = cell.metadata.get("tags", [])
    return isinstance(tags, list) and "injected-parameters" in tags


def only_literals(source: str) -> bool:
    """Whether code does nothing but give names a literal.

    Examples
    --------
    >>> only_literals('year = 2025'), only_literals('year = open("x", "w")')
    (True, False)
    """
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return all(isinstance(node, ast.Assign) and _is_literal(node.value) for node in body)


def _is_literal(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return isinstance(node, ast.Constant)


def code_digest(notebook: nbformat.NotebookNode) -> str:
    """SHA-256 over a notebook's code cells: the same for the notebook of the project and its executed copies."""
    return hashlib.sha256("\0".join(code_of(notebook)).encode()).hexdigest()


def different_cells(theirs: nbformat.NotebookNode, ours: nbformat.NotebookNode) -> list[str]:
    """Sentences on the code cells in which two notebooks differ.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> one, other = (new_notebook(cells=[new_code_cell(code)]) for code in ("1 + 2", "1 + 1"))
    >>> different_cells(one, other), different_cells(one, new_notebook())
    (['code cell 1: theirs 1 + 2 | ours 1 + 1'], ['code cell 1: theirs 1 + 2 | ours nothing'])
    """
    one, other = code_of(theirs), code_of(ours)
    sentences = []
    for kind, start, end, from_, to in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        pairs = zip_longest(one[start:end], other[from_:to], fillvalue="")
        if kind != "equal":
            sentences += [_differing_cell(number, *pair) for number, pair in enumerate(pairs, start + 1)]
    return sentences


def _differing_cell(number: int, theirs: str, ours: str) -> str:
    return f"code cell {number}: theirs {_differing_line(theirs, ours)} | ours {_differing_line(ours, theirs)}"


def _differing_line(code: str, other: str) -> str:
    lines = [line for line in code.splitlines() if line not in other.splitlines()]
    return lines[0].strip()[:120] if lines else "nothing" if not code else "the same lines"
