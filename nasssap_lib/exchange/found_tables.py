"""Tables wherever they stand: in pages, in what a cell printed, as CSV, markdown or LaTeX, and in JSON of any depth.

Reads generously: what is no table after all names no person either. What a table says is the subject of ``microdata``.
"""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from itertools import groupby
from typing import Any

COLUMN = re.compile(r"[^\W\d][\w.%()/°º-]*")  # how a printed column is called; a row of figures has other words
FIGURE = re.compile(r"[+-]?\d[\d\s,.]*%?")
SIGNS = ",;\t|&"
FRAMES = str.maketrans("\u2502\u2503\u2506\u2551\u00a6", "|||||")  # lines that stand upright between cells
PAIR = re.compile(r"\s*([^\W\d][^:=]{0,40}?)\s*[:=]\s*(.*?)\s*")
GAP = re.compile(r"\s{2,}|\t")
RULE = re.compile(r"[\s|+:=_.\u2500-\u257f-]*|\\[a-z]+rule|\\hline")
NOTHING = ("", "...", "…")  # in a cell
LONGEST_LINE = 5_000  # letters; a picture or a minified page has longer ones, a row of a table has not
LONGEST_JSON = 5_000_000
MOST_TRIES = 50  # places at which a text is tried as JSON
DEEPEST = 12
MOST_WORDS = 4  # of the name of a single column
FEWEST_LISTED = 3  # lines below one name; fewer are chance
MOST_LOOKS = 500_000
HIDING = re.compile(r"(?i)<(?:(table|style|script)\b|/(table|style|script)\s*>)")
SAME_ENDS = 3  # headers of one block of lines whose names end in the same places: a title, units, names
LOOKS = 3  # at each letter of a text, for rows below a header; reports take less than 0.2, a table of words printed alone 0.6
INDEX = re.compile(r"\S+(?: \S+)*?(?:\s{2,}|\s(?=-\d))")  # pandas keeps two spaces behind it, or one and a sign


@dataclass(frozen=True)
class TextTable:
    """A table as it was found: its header, its rows, and the line at which it begins; ``unread``: what follows was not looked at."""

    header: list[str]
    rows: list[list[str]]
    line: int = 1
    unread: bool = False

    def column(self, position: int) -> list[str]:
        """The cells of a column that say something."""
        cells = [row[position].strip() for row in self.rows if position < len(row)]
        return [cell for cell in cells if cell not in NOTHING]


class _Tables(HTMLParser):
    """The tables of a page: the first row of each is its header."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found: list[TextTable] = []
        self.open: list[tuple[int, list[list[str]]]] = []
        self.inside = False

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.open.append((self.getpos()[0], []))
        elif self.open and tag == "tr":
            self.open[-1][1].append([])
        elif self.open and tag in ("td", "th") and self.open[-1][1]:
            self.open[-1][1][-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.inside = False
        elif tag == "table" and self.open:
            line, rows = self.open.pop()
            if len(rows) > 1:
                self.found.append(TextTable([cell.strip() for cell in rows[0]], rows[1:], line))

    def handle_data(self, data):
        if self.inside and self.open and self.open[-1][1] and self.open[-1][1][-1]:
            self.open[-1][1][-1][-1] += data


def html_tables(html: str) -> list[TextTable]:
    """The tables of a page or of an output.

    Examples
    --------
    >>> html_tables("<table><tr><th>a<th>n</tr><tr><td>x</td><td>3</td></tr></table>")[0].rows
    [['x', '3']]
    """
    if "<t" not in html.casefold():
        return []
    parser = _Tables()
    parser.feed(html)
    parser.close()
    return parser.found


def bare_text(html: str) -> str:
    r"""The text of a page between its tables, lines kept: what stands in ``pre`` or in a paragraph.

    Examples
    --------
    >>> bare_text("<pre>a;b\n1;2</pre><table><tr><td>3</table>")
    'a;b\n1;2'
    """
    without = "\n".join(_outside(html))
    return unescape(re.sub(r"<[^<>]*>", "", re.sub(r"(?i)<(br|/p|/div|/li|/pre)\b[^<>]*>", "\n", without))).strip("\n")


def _outside(html: str) -> Iterator[str]:
    """What stands outside tables, styles and scripts; one that is never closed hides nothing."""
    behind, name, begin = 0, "", 0
    for tag in HIDING.finditer(html):
        if not name and tag[1]:
            name, begin = tag[1].casefold(), tag.start()
        elif tag[2] and tag[2].casefold() == name:
            yield html[behind:begin]
            behind, name = tag.end(), ""
    yield html[behind:]


def text_tables(text: str) -> list[TextTable]:
    """The tables of a text: printed in columns, with a sign between the cells, or as JSON.

    Examples
    --------
    >>> text_tables("   region  n\\n0   North  3")[0]
    TextTable(header=['region', 'n'], rows=[['North', '3']], line=1, unread=False)
    """
    if len(text) > LONGEST_LINE and "\n" not in text:
        return list(_json_in(text))
    lines = [line if len(line) <= LONGEST_LINE else "" for line in text.split("\n")]
    found = [*_printed(lines), *_spaced(lines)]
    lines = [line.translate(FRAMES) for line in lines]
    for sign in SIGNS:
        if sign in text.translate(FRAMES):
            found += _delimited(lines, sign)
    return [*found, *_labelled(lines), *_json_in(text)]


def _printed(lines: list[str]) -> Iterator[TextTable]:
    """Tables as pandas prints them: a header whose names end where the cells below them end; cells may be empty.

    In a text made for it every line may head all that follow. Headers that would only repeat another one are passed over, and who
    makes more of them than a text holds letters is told so.
    """
    left = min(MOST_LOOKS, LOOKS * (len(lines) + sum(map(len, lines))))
    blocks: dict[tuple[int, ...], tuple[int, int]] = {}  # ends of names → line behind the last block, and its headers
    for start, line in enumerate(lines):
        for looks, table in _headed(lines, start, line, blocks):
            left -= looks
            if table.rows:
                yield table
        if left < 0:
            yield TextTable([], [], start + 1, unread=True)
            return


def _headed(
    lines: list[str], start: int, line: str, blocks: dict[tuple[int, ...], tuple[int, int]]
) -> Iterator[tuple[int, TextTable]]:
    """The table below a line, read as a header in each way, without rows where there is none; and how much was looked at for it."""
    names = line.split()
    for apart in (r"\S+", r"\S+(?: \S+)+|\S+") if names and GAP.search(line.strip()) else (r"\S+",):
        found = list(re.finditer(apart, line))
        if len(found) > 1 and all(COLUMN.fullmatch(name[0].replace(" ", "_")) for name in found):
            ends = tuple(name.end() for name in found)
            if _is_new(start, ends, blocks):
                block = list(_block(lines, start, ends))
                _remember(start, ends, len(block), blocks)
                rows = _without_index([_cut(row, ends) for row in block])
                yield len(ends) * (1 + len(rows)), TextTable([name[0] for name in found], rows, start + 1)
    if 0 < len(names) <= MOST_WORDS and _is_new(start, end := (len(line.rstrip()),), blocks):
        block = _list_below(lines, start)
        _remember(start, end, len(block), blocks)
        whole = len(block) >= FEWEST_LISTED and not any(GAP.search(row) for row in block)
        yield 1 + len(block), TextTable([line.strip()], [[row] for row in block] if whole else [], start + 1)


def _is_new(start: int, ends: tuple[int, ...], blocks: dict[tuple[int, ...], tuple[int, int]]) -> bool:
    """Whether a line is not one more row of a block whose first rows were read as headers already."""
    behind, headers = blocks.get(ends, (0, 0))
    return start >= behind or headers < SAME_ENDS


def _remember(start: int, ends: tuple[int, ...], rows: int, blocks: dict[tuple[int, ...], tuple[int, int]]) -> None:
    behind, headers = blocks.get(ends, (0, 0))
    blocks[ends] = (start + rows + 1, 1) if start >= behind else (behind, headers + 1)


def _block(lines: list[str], start: int, ends: Sequence[int]) -> Iterator[str]:
    """The lines below a header whose cells end under its names, as the words of prose do not."""
    for line in (lines[number] for number in range(start + 1, len(lines))):
        filled = sum(bool(line[end - 1 : end].strip()) for end in ends)
        if not line.strip() or 2 * filled < len(ends) or any(line[end : end + 1].strip() for end in ends):
            return
        yield line


def _list_below(lines: list[str], start: int) -> list[str]:
    """The cells below one name of a column printed without an index: it may have several words, and they end where it ends."""
    name, end = lines[start].strip(), len(lines[start].rstrip())
    inside = start and len(lines[start - 1].rstrip()) == end  # a cell of the list above it
    if inside or GAP.search(name) or not re.match(r"[^\W\d]", name):
        return []
    return [row.strip() for row in _block(lines, start, [end])]


def _cut(line: str, ends: Sequence[int]) -> list[str]:
    """Cells of a printed row: each ends under its name."""
    starts = [0, *ends[:-1]]
    return [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _without_index(rows: list[list[str]]) -> list[list[str]]:
    """Rows without what stands before their first cell, unless they were printed without an index.

    Examples
    --------
    >>> _without_index([["0  Awa Diop", "3"]]), _without_index([["Awa Diop", "3"]])
    ([['Awa Diop', '3']], [['Awa Diop', '3']])
    """
    if not any(INDEX.match(row[0]) for row in rows):
        return rows
    return [[INDEX.sub("", row[0], count=1), *row[1:]] for row in rows]


def _spaced(lines: list[str]) -> Iterator[TextTable]:
    """Tables whose cells stand apart by two spaces; the header may lack the name of the first column."""
    cut = [(number, GAP.split(line.strip())) for number, line in enumerate(lines, 1) if not RULE.fullmatch(line)]
    at = dict(cut)
    for width, block in groupby(cut, lambda row: len(row[1])):
        rows = list(block)
        first = rows[0][0]
        before = at.get(first - 1, [])
        before = None if len(before) != width - 1 or any(map(FIGURE.fullmatch, before)) else before
        if width > 1 and (len(rows) > 1 or before):
            yield _table(rows, ["", *before] if before else None)


def _table(rows: list[tuple[int, list[str]]], header: list[str] | None = None) -> TextTable:
    """A table of numbered rows; a first row with figures in it is no header."""
    cells, line = [[cell.strip() for cell in row] for _, row in rows], rows[0][0]
    if header is None and any(FIGURE.fullmatch(cell) for cell in cells[0]):
        header = [""] * len(cells[0])
    return TextTable(header, cells, line - 1) if header else TextTable(cells[0], cells[1:], line)


def _delimited(lines: list[str], sign: str) -> Iterator[TextTable]:
    """Tables with a sign between the cells: CSV, markdown, LaTeX, and frames drawn with lines."""
    cut = []
    for number, line in enumerate(lines, 1):
        if sign in line and not RULE.fullmatch(line):
            line = line.strip().removesuffix("\\\\").strip()
            line = line.strip(sign) if sign == "|" else line
            cut.append((number, _split(line, sign)))
    for width, block in groupby(cut, lambda row: len(row[1])):
        rows = list(block)
        if len(rows) > 1 and width > 0:
            yield _table(rows)


def _labelled(lines: list[str]) -> Iterator[TextTable]:
    """Tables in which each cell is named in each line: name: Awa; age: 34."""
    found = []
    for number, line in enumerate(lines, 1):
        pairs = [PAIR.fullmatch(part) for part in re.split(r"[;,|]|\s{2,}|\t", line)] if re.search("[:=]", line) else []
        if len(pairs) > 1 and all(pairs):
            found.append((number, tuple(pair[1] for pair in pairs), [pair[2] for pair in pairs]))
    for names, block in groupby(found, lambda row: row[1]):
        rows = list(block)
        if len(rows) > 1:
            yield TextTable(list(names), [cells for _, _, cells in rows], rows[0][0])


def _split(line: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=sign, skipinitialspace=True), [])
    except csv.Error:
        return line.split(sign)


def _json_in(text: str) -> Iterator[TextTable]:
    """Tables in JSON, or in lists and dictionaries as Python prints them, wherever they begin in a text."""
    if len(text) > LONGEST_JSON or not re.search(r"[\[{(]", text):
        return
    decoder, position, lines = json.JSONDecoder(), 0, []
    for _ in range(MOST_TRIES):
        start = re.compile(r"[\[{]").search(text, position)
        if start is None:
            break
        try:
            said, position = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            position = start.end()
            continue
        lines.append(said)
        yield from json_tables(said)
    yield from json_tables(lines)  # one object a line
    if not lines:
        yield from _python_in(text)


def _python_in(text: str) -> Iterator[TextTable]:
    """Tables in lists, tuples and dictionaries as Python prints them: all in one, or one a line."""
    first, last = re.search(r"[\[{(]", text), max(map(text.rfind, "])}"))
    rows = [line.strip().rstrip(",") for line in text.split("\n") if re.match(r"\s*[\[{(]", line)]
    yield from json_tables(_literal(text[first.start() : last + 1] if first else ""))
    yield from json_tables([row for row in map(_literal, rows) if row is not None])


def _literal(text: str) -> Any:
    """What Python means by a text, None where it is nothing; nothing is executed."""
    if not text or len(text) > LONGEST_JSON // 10:
        return None
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


def json_tables(said: Any, depth: int = 0) -> Iterator[TextTable]:
    """Tables in JSON: a list of objects or of lists, or an object of columns, at any depth.

    Examples
    --------
    >>> [table.rows for table in json_tables({"data": [{"a": 1, "b": "x"}, {"a": 2}]})]
    [[['1', 'x'], ['2', '']]]
    """
    if depth > DEEPEST or not isinstance(said, dict | list | tuple):
        return
    inside = list(said.values()) if isinstance(said, dict) else list(said)
    yield from _as_table(said, inside)
    for thing in inside[:1_000]:
        yield from json_tables(thing, depth + 1)


def _as_table(said: Any, inside: list) -> Iterator[TextTable]:
    if len(inside) > 1 and all(isinstance(row, dict) for row in inside):
        rows = [_flat(row) for row in inside]
        names = list(dict.fromkeys(name for row in rows for name in row))
        yield TextTable(names, [[_cell(row.get(name)) for name in names] for row in rows])
        if isinstance(said, dict):  # columns, each with its cells by row
            yield TextTable(list(map(str, said)), _turned([[_cell(cell) for cell in row.values()] for row in inside]))
    elif isinstance(said, dict) and (split := _header_and_rows(inside)):
        yield split
    elif (
        len(inside) > 1
        and all(isinstance(row, list | tuple) for row in inside)
        and len({len(row) for row in inside}) == 1
    ):
        cells = [[_cell(cell) for cell in row] for row in inside]
        yield (
            TextTable(list(map(str, said)), _turned(cells))
            if isinstance(said, dict)
            else TextTable(cells[0], cells[1:])
        )


def _header_and_rows(inside: list) -> TextTable | None:
    """A table whose names stand in one list and whose rows in another one."""
    lists = [part for part in inside if isinstance(part, list) and part]
    headers = [part for part in lists if all(isinstance(name, str) for name in part)]
    for rows in lists:
        width = len(rows[0]) if all(isinstance(row, list) for row in rows) else 0
        for header in headers:
            if width == len(header) and all(len(row) == width for row in rows):
                return TextTable(header, [[_cell(cell) for cell in row] for row in rows])
    return None


def _flat(row: dict, before: str = "") -> dict[str, Any]:
    """An object with its inner objects as columns of their own: properties and coordinates of a place stand one level down."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        flat |= (
            _flat(value, f"{before}{name}.")
            if isinstance(value, dict) and len(before) < 100
            else {f"{before}{name}": value}
        )
    return {
        name.rpartition(".")[2] if name.rpartition(".")[2] not in row else name: value for name, value in flat.items()
    }


def _turned(columns: Iterable[list[str]]) -> list[list[str]]:
    return [list(row) for row in zip(*columns, strict=False)]


def _cell(value: Any) -> str:
    return "" if value is None else ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
