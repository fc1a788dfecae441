"""What must be mended before files are sent: rows of persons, figures from very few of them, traces of the machine.

Looks at notebooks cell by cell, at pages and tables line by line. It finds what is usual, not everything: a person looks too.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import nbformat

from nasssap_lib.errors import NasssapError
from nasssap_lib.exchange.microdata import TextTable, find_disclosures, html_tables, text_tables
from nasssap_lib.exchange.traces import Machine, find_traces

FIGURES = ("image/png", "image/jpeg", "application/pdf")


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where (file with cell or line) and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class DisclosureError(NasssapError):
    """Files that must not be sent as they are; ``findings`` holds all that was found."""

    def __init__(self, findings: Iterable[Finding]):
        self.findings = list(findings)
        super().__init__("\n".join(map(str, self.findings)))

    def __reduce__(self):
        return type(self), (self.findings,)


def find_in_files(files: Mapping[str, bytes], machine: Machine) -> list[Finding]:
    """All findings in a set of files, by name; a file that is no text is a finding itself.

    Examples
    --------
    >>> print(*find_in_files({"a.csv": b"region,n\\nNorth,3\\n"}, Machine()), sep="\\n")
    a.csv, line 2: a figure from 3 sampled persons (row North, column n); fewer than 5 are not shown
    """
    return list(dict.fromkeys(finding for name, data in files.items() for finding in _in_file(name, data, machine)))


def _in_file(name: str, data: bytes, machine: Machine) -> Iterator[Finding]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield Finding(name, "expected text in UTF-8: what cannot be read cannot be checked")
        return
    if name.endswith(".ipynb"):
        yield from find_in_notebook(name, nbformat.reads(text, as_version=4), machine)
        return
    for line, kind, words in find_traces(text, machine):
        yield Finding(f"{name}, line {line}", f"{kind}, {words!r}")
    for table in _tables(name, text):
        yield from (Finding(f"{name}, line {line}", words) for line, words in find_disclosures(table))


def _tables(name: str, text: str) -> list[TextTable]:
    if name.endswith(".csv"):
        rows = list(csv.reader(io.StringIO(text, newline="")))
        return [TextTable(rows[0], rows[1:])] if rows else []
    return html_tables(text) if name.endswith(".html") else []


def find_in_notebook(name: str, notebook: nbformat.NotebookNode, machine: Machine) -> Iterator[Finding]:
    """Findings in a notebook, each with its cell: the number in brackets of a code cell, as JupyterLab shows it."""
    for _line, kind, words in find_traces(json.dumps(notebook.metadata, ensure_ascii=False), machine):
        yield Finding(f"{name}, metadata", f"{kind}, {words!r}")
    for position, cell in enumerate(notebook.cells, 1):
        where = f"{name}, {_cell_name(cell, position)}"
        for text in _texts(cell):
            yield from (Finding(where, f"{kind}, {words!r}") for _, kind, words in find_traces(text, machine))
        for table in _cell_tables(cell):
            yield from (Finding(where, words) for _, words in find_disclosures(table))


def _cell_name(cell: nbformat.NotebookNode, position: int) -> str:
    count = cell.get("execution_count")
    return f"cell {position} [{count}]" if count else f"cell {position}"


def _texts(cell: nbformat.NotebookNode) -> Iterator[str]:
    """Every text of a cell: its source, metadata, attachments and outputs."""
    yield cell.source
    yield json.dumps([cell.metadata, cell.get("attachments", {})], ensure_ascii=False)
    for output in cell.get("outputs", []):
        yield output.get("text", "") or "\n".join(output.get("traceback", []))
        yield json.dumps(output.get("metadata", {}), ensure_ascii=False)
        for kind, content in output.get("data", {}).items():
            if kind not in FIGURES:
                yield content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)


def _cell_tables(cell: nbformat.NotebookNode) -> Iterator[TextTable]:
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        yield from html_tables(data.get("text/html", ""))
        yield from text_tables(data.get("text/plain", ""))
        yield from text_tables(output.get("text", ""))
