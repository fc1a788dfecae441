"""What must be mended or looked at before files are sent: rows of persons, figures from very few of them, traces of the machine.

Looks at notebooks cell by cell, at pages and tables line by line. It finds what is usual, not everything: a person looks too. A trace of
the machine is mended; of what only looks like persons, a person who has looked at it may say that it is none.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

import nbformat

from nasssap_lib.errors import NasssapError, such, together, without_numbers
from nasssap_lib.exchange.found_tables import TextTable, bare_text, html_tables, json_tables, text_tables
from nasssap_lib.exchange.microdata import find_disclosures, find_in_prose
from nasssap_lib.exchange.traces import Machine, find_traces
from nasssap_lib.pack.csv_text import FORMULA
from nasssap_lib.pack.dialects import separator
from nasssap_lib.pack.plain_text import UTF16

FIGURES = ("image/png", "image/jpeg")
READ = re.compile(r"text/.*|application/(json|javascript|.*\+json)|image/(png|jpeg|svg\+xml)")
PLACE = re.compile(r"(.*), (line|row) (\d+)", re.S)
OWN = re.compile(r"\(row .*?(?=, column |\))|'.*'|\".*\"", re.S)  # what a finding says of its own row or words
CODE_LENGTH = 8
FORMULA_WORDS = "{got!r} is a formula for a spreadsheet; write it in words, or an apostrophe before its sign"


@dataclass(frozen=True)
class Finding:
    """One thing to mend or to look at: where (file with cell or line) and what.

    ``code`` names a doubt that a person may answer, by the place and what stands there: what is changed must be looked at again.
    "": it must be mended
    """

    where: str
    what: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class DisclosureError(NasssapError):
    """Files that must not be sent as they are; ``findings`` holds all that was found."""

    def __init__(self, findings: Iterable[Finding]):
        self.findings = list(findings)
        super().__init__("\n".join(map(str, merged(self.findings))))

    def __reduce__(self):
        return type(self), (self.findings,)


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """One finding a kind, file and code: the first of them, how many there are and where the next ones stand.

    Examples
    --------
    >>> few = "a count of {} (row {}, column n); fewer than 5 persons are not shown"
    >>> print(*merged([Finding(f"a.csv, line {i}", few.format(i, "X" * i)) for i in (2, 3, 4)]), sep="\\n")
    a.csv, line 2: a count of 2 (row XX, column n); fewer than 5 persons are not shown (3 such, also in lines 3, 4)
    """
    return [replace(same[0], what=same[0].what + _such(same)) for same in together(findings, _kind)]


def _such(same: list[Finding]) -> str:
    if len(same) > 1 and (places := [place for finding in same if (place := PLACE.fullmatch(finding.where))]):
        return such([place[3] for place in places], places[0][2])
    return f" ({len(same):,} such)" if len(same) > 1 else ""


def _kind(finding: Finding) -> tuple[str, ...]:
    """What findings of one kind share: file, code, and words whatever is quoted, in which row, and how many."""
    place = PLACE.fullmatch(finding.where)
    return (
        *((place[1], place[2]) if place else (finding.where, "")),
        finding.code,
        without_numbers(OWN.sub("#", finding.what)),
    )


def find_in_files(files: Mapping[str, bytes], machine: Machine) -> list[Finding]:
    """All findings in a set of files, by name; a file that is no text is a finding itself.

    Examples
    --------
    >>> print(*find_in_files({"a.csv": b"region,n\\nNorth,3\\n"}, Machine()), sep="\\n")
    a.csv, line 2: a figure from 3 sampled persons (row North, column n); fewer than 5 are not shown
    """
    return [finding for name, data in files.items() for finding in _each_once(_in_file(name, data, machine))]


def _each_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings without those that say the same of the same table, read in another way."""
    seen = set()
    for finding in findings:
        said = finding.where, re.sub(r"\(\d[\d,]* rows, ", "(", finding.what)
        if said not in seen:
            seen.add(said)
            yield finding


def _in_file(name: str, data: bytes, machine: Machine) -> Iterator[Finding]:
    try:
        text = data.decode("utf-16" if data.startswith(UTF16) and name.endswith(".csv") else "utf-8-sig")
    except UnicodeDecodeError:
        yield Finding(name, "expected text in UTF-8: what cannot be read cannot be checked")
        return
    if name.endswith(".ipynb"):
        yield from find_in_notebook(name, nbformat.reads(text, as_version=4), machine)
        return
    for line, kind, words in find_traces(text, machine):
        yield Finding(f"{name}, line {line}", f"{kind}, {words!r}")
    code, doubts = _code(name, text), []
    if name.endswith(".csv"):
        sign, before = separator(text)
        try:
            rows, by_commas = (_rows(text, one) for one in (sign, ","))
        except csv.Error as error:
            yield Finding(name, f"expected a table as CSV ({error}): what cannot be read cannot be checked")
            return
        yield from _formulas(name, rows, FORMULA.search)
        yield from _formulas(name, by_commas, FORMULA.match) if sign != "," else ()
        table = rows[before:]
        doubts = list(find_disclosures(TextTable(table[0], table[1:], before + 1))) if table else []
    elif name.endswith(".html"):
        between = bare_text(text)
        doubts = [found for table in [*html_tables(text), *text_tables(between)] for found in find_disclosures(table)]
        doubts += find_in_prose(between)
    elif name.endswith(".md"):
        doubts = [found for table in text_tables(text) for found in find_disclosures(table)] + [*find_in_prose(text)]
    yield from (Finding(f"{name}, line {line}", words, code) for line, words in doubts)


def _code(place: str, content: str) -> str:
    return hashlib.sha256(f"{place}\0{content}".encode()).hexdigest()[:CODE_LENGTH]


def _rows(text: str, sign: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))


def _formulas(name: str, rows: list[list[str]], begins: Callable[[str], object]) -> Iterator[Finding]:
    """Cells in which a formula begins: of the table's own separator anywhere, of another one that a spreadsheet may take at the start."""
    formulas = {cell for cell in set(chain.from_iterable(rows)) if begins(cell)}
    for number, row in enumerate(rows, 1) if formulas else ():
        yield from (
            Finding(f"{name}, row {number}", FORMULA_WORDS.format(got=cell[:60])) for cell in row if cell in formulas
        )


def find_in_notebook(name: str, notebook: nbformat.NotebookNode, machine: Machine) -> Iterator[Finding]:
    """Findings in a notebook, each with its cell: the number in brackets of a code cell, as JupyterLab shows it."""
    for _line, kind, words in find_traces(json.dumps(notebook.metadata, ensure_ascii=False), machine):
        yield Finding(f"{name}, metadata", f"{kind}, {words!r}")
    for position, cell in enumerate(notebook.cells, 1):
        where = f"{name}, {_cell_name(cell, position)}"
        for text in _texts(cell):
            yield from (Finding(where, f"{kind}, {words!r}") for _, kind, words in find_traces(text, machine))
        doubts = [words for table in _cell_tables(cell) for _, words in find_disclosures(table)]
        doubts += [words for text in _prose(cell) for _, words in find_in_prose(text)]
        doubts += [f"{kind}, which cannot be checked: a person must look at it" for kind in _unread(cell)]
        yield from (Finding(where, words, _code(where, json.dumps(cell, sort_keys=True))) for words in doubts)


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


def _unread(cell: nbformat.NotebookNode) -> Iterator[str]:
    """What a cell holds that is neither text nor one of the pictures that notebooks draw."""
    yield from (f"the attached file {name}" for name in cell.get("attachments", {}))
    for output in cell.get("outputs", []):
        yield from (f"an output of the kind {kind}" for kind in output.get("data", {}) if not READ.fullmatch(kind))


def _prose(cell: nbformat.NotebookNode) -> Iterator[str]:
    if cell.cell_type == "markdown":
        yield cell.source
    for output in cell.get("outputs", []):
        yield output.get("text", "")
        data = output.get("data", {})
        yield from (
            data[kind] for kind in ("text/plain", "text/markdown", "text/latex") if isinstance(data.get(kind), str)
        )
        yield bare_text(data.get("text/html", ""))


def _cell_tables(cell: nbformat.NotebookNode) -> Iterator[TextTable]:
    yield from html_tables(cell.source)
    yield from text_tables(cell.source)
    for output in cell.get("outputs", []):
        yield from text_tables(output.get("text", ""))
        for kind, content in output.get("data", {}).items():
            if kind in (*FIGURES, "image/svg+xml"):
                continue
            if not isinstance(content, str):
                yield from json_tables(content)
            elif kind == "text/html":
                yield from [*html_tables(content), *text_tables(bare_text(content))]
            else:
                yield from text_tables(content)
