"""Tables that say too much of single persons: rows of persons or households, and figures from very few sampled persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

FEWEST_PERSONS = 5  # a figure from fewer sampled persons is not shown; docs/decisions/disclosure.md
MOST_SURVEY_ROWS = 20  # so many rows with a weight and another column of a survey are persons or households
MOST_UNSOURCED_ROWS = 200  # so many rows without source, year or group are no result of this suite

IDENTIFIER = re.compile(
    r"(?:person|individual|indiv|member|household|hh|respondent|interview|resp)_?(?:id|no|nr|num|number|code|key)?"
    r"|subject_?(?:id|no|nr|num|number|code|key)"  # a subject alone is what a row is about
    r"|(?:id|no|num)_?(?:person|individual|member|household|hh|menage|individu|hogar|persona)"
    r"|pid|hhid|idhh|idno|hid|hv001|hhid_\w+|menage|menage_id|individu|individu_id|hogar|hogar_id|persona|persona_id"
    r"|national_id|passport|phone|telephone|date_of_birth|dob|birth_date|first_name|last_name|surname"
)
WEIGHT = re.compile(r"(?:\w+_)?(?:weights?|wgt|wt|pweight|hhweight|poids|ponderacion|peso|factor_expansion)")
SURVEY = re.compile(
    r"(?:\w+_)?(?:income|consumption|expenditure|welfare|wage|revenu|depense|ingreso|gasto|age|hhsize|hh_size|household_size"
    r"|psu|strata|stratum|cluster|ea|grappe|conglomerado|estrato)(?:_\w+)?"
)
EXPLAINED = {"source", "sources", "indicator", "year", "group", "scheme"}
SAMPLED = re.compile(
    r"n|n_?obs|n_(?:sampled|persons|sample|unweighted|households|observations)|obs|observations?|sampled?|sampled_persons"
    r"|sample_size|(?:un)?weighted_n|unweighted(?:_\w+)?|cases|sampled_\w+|persons_sampled|effectif(?:_non_pondere)?"
    r"|observaciones|casos|taille_(?:de_l_)?echantillon|tamano_muestra|n_sample_size"
)
COLUMN = re.compile(r"[^\W\d][\w.%()/-]*")  # how a printed column is called; a row of figures has other words
NUMBER = re.compile(r"\d[\d\s,\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]*(?:\.\d+)?")


@dataclass(frozen=True)
class TextTable:
    """A table as it was found: its header, its rows, and the line at which it begins."""

    header: list[str]
    rows: list[list[str]]
    line: int = 1


def find_disclosures(table: TextTable) -> Iterator[tuple[int, str]]:
    """Line and words of what a table says of single persons.

    Examples
    --------
    >>> list(find_disclosures(TextTable(["region", "estimate", "n"], [["North", "0.4", "3"]])))
    [(2, 'a figure from 3 sampled persons (row North, column n); fewer than 5 are not shown')]
    """
    names = [_normal(name) for name in table.header]
    if words := _person_level(names, table.rows):
        yield table.line, words
        return
    for i, name in enumerate(names):
        if not SAMPLED.fullmatch(name):
            continue
        for number, row in enumerate(table.rows, 1):
            count = _number(row[i]) if i < len(row) else None
            if count is not None and 0 < count < FEWEST_PERSONS:
                label = next((cell for k, cell in enumerate(row) if k != i and cell.strip()), "")[:60]
                yield (
                    table.line + number,
                    f"a figure from {count:g} sampled persons (row {label}, column {table.header[i]}); "
                    f"fewer than {FEWEST_PERSONS} are not shown",
                )


def _normal(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")


def _person_level(names: list[str], rows: list[list[str]]) -> str:
    """Why a table looks like persons or households, a row each; "" where it does not."""
    identifiers = [name for name in names if IDENTIFIER.fullmatch(name)]
    for name in identifiers:
        values = [row[names.index(name)] for row in rows if names.index(name) < len(row)]
        if len(set(values) - {"", "..."}) >= max(2, len(rows) / 3):
            return f"a person-level table ({len(rows):,} rows, column {name})"
    weights = [name for name in names if WEIGHT.fullmatch(name)]
    others = [name for name in names if SURVEY.fullmatch(name) and name not in weights]
    if len(rows) >= MOST_SURVEY_ROWS and weights and others:
        return f"a person-level table ({len(rows):,} rows, columns {', '.join([*weights, *others][:4])})"
    if len(rows) > MOST_UNSOURCED_ROWS and not EXPLAINED & set(names):
        return f"a table of {len(rows):,} rows without source, year or group: rows of a survey?"
    return ""


def _number(text: str) -> float | None:
    text = text.strip()
    return float(re.sub(r"[^\d.]", "", text)) if NUMBER.fullmatch(text) else None


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
    parser = _Tables()
    parser.feed(html)
    parser.close()
    return parser.found


def text_tables(text: str) -> list[TextTable]:
    """Tables as pandas prints them: a header whose names end where the cells below them end.

    Examples
    --------
    >>> text_tables("   region  n\\n0   North  3")[0]
    TextTable(header=['region', 'n'], rows=[['North', '3']], line=1)
    """
    lines, tables = text.split("\n"), []
    for start, line in enumerate(lines):
        names = [match[0] for match in re.finditer(r"\S+", line)]
        normal = [_normal(name) for name in names]
        if (
            len(names) > 1
            and all(map(COLUMN.fullmatch, names))
            and any(p.fullmatch(n) for n in normal for p in (IDENTIFIER, WEIGHT, SAMPLED))
        ):
            ends = [match.end() for match in re.finditer(r"\S+", line)]
            block = list(_block(lines[start + 1 :]))
            if block and all(_fits(row, ends) for row in block):
                tables.append(TextTable(names, [_cut(row, ends) for row in block], start + 1))
    return tables


def _fits(line: str, ends: list[int]) -> bool:
    """Whether the cells of a line end under the names, as the words of prose do not; a cell may be empty."""
    filled = sum(bool(line[end - 1 : end].strip()) for end in ends)
    return 2 * filled >= len(ends) and not any(line[end : end + 1].strip() for end in ends)


def _block(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not line.strip() or line.startswith("["):
            return
        yield line


def _cut(line: str, ends: list[int]) -> list[str]:
    """Cells of a printed row: each ends under its name; the index before the first one is left out."""
    starts = [0, *ends[:-1]]
    cells = [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    return [re.sub(r"^\S+\s+", "", cells[0]), *cells[1:]]
