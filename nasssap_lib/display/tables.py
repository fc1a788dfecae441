"""Result tables for readers: accessible HTML with words for columns, marks for what is estimated, and n/a with its reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

import pandas as pd

from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_persons, format_share
from nasssap_lib.display.texts import N_, _, join_clauses, join_sentences, label, named, reason_words
from nasssap_lib.rows import as_records

SENTENCE, FEW = 40, 3  # letters of what is said once below where it is the same in all rows, and rows from which on
MARKS = {"estimated": "e", "assumed": "a", "illustrative": "i"}
WIDEST = 30  # letters of a cell in text
MARK_WORDS = {"e": N_("estimated"), "a": N_("assumption"), "i": N_("illustration, not a figure of any country")}


def write_persons(value) -> str:
    """Persons in three significant digits."""
    return format_persons(value)


def write_share(value) -> str:
    """A share 0–1 as a percentage."""
    return format_share(value, 1)


def write_number(value) -> str:
    """A number with at most one decimal."""
    return format_number(value, 1)


def write_year(value) -> str:
    """A year, or nothing."""
    return "" if pd.isna(value) else str(int(value))


def write_text(value) -> str:
    """A text as it is, or nothing."""
    return "" if pd.isna(value) else str(value)


def write_reason(value) -> str:
    """The codes of a reason in words."""
    return reason_words(value)


def write_name(value) -> str:
    """A name or sentence of the pack, in the reader's language where the pack holds it."""
    return named(value)


def write_code(codes: Mapping) -> Callable[[object], str]:
    """How a code of a code list is written: by its words.

    Examples
    --------
    >>> write_code({"old_age": "Old age"})("old_age")
    'Old age'
    """
    return lambda code: "" if pd.isna(code) else label(codes, code)


def rank_words(best: float, worst: float, missing: str = "") -> str:
    """A rank, or the interval that missing evidence leaves.

    Examples
    --------
    >>> rank_words(1, 1), rank_words(1, 3), rank_words(float("nan"), float("nan"), "not ranked")
    ('1', '1 to 3', 'not ranked')
    """
    if pd.isna(best):
        return missing or _(NOT_AVAILABLE)
    return str(int(best)) if best == worst else _("{best} to {worst}", best=int(best), worst=int(worst))


@dataclass(frozen=True)
class View:
    """How a column is shown.

    words: its heading · write: how a value is written · quality: the column that holds its quality ("": no mark) ·
    numeric: set to the right · detail: a column whose text stands small below the value · long: a column of sentences
    """

    words: str
    write: Callable[[object], str] = write_text
    quality: str = ""
    numeric: bool = False
    detail: str = ""
    long: bool = False


@dataclass(frozen=True, eq=False)
class ReportTable:
    """A result table with what a reader sees of it.

    data: the whole result, written as CSV · title: caption · views: the columns shown, in order ·
    shown: the rows that the reader sees, where they are not those of ``data`` ·
    nothing: what it means that there is no row, where it is not that the data have nothing
    """

    data: pd.DataFrame
    title: str
    views: dict[str, View] = field(default_factory=dict)
    shown: pd.DataFrame | None = None
    nothing: str = ""

    @property
    def rows(self) -> pd.DataFrame:
        """What the reader sees."""
        return self.data if self.shown is None else self.shown

    @cached_property
    def records(self) -> list[dict]:
        """Its rows, each with its values by column."""
        return as_records(self.rows)

    @cached_property
    def written(self) -> dict[str, list[str]]:
        """The words of each column that a reader may see, in the order of the rows; in the language of whoever asks first."""
        return {name: [view.write(row.get(name)) for row in self.records] for name, view in all_views(self).items()}

    def _repr_html_(self) -> str:
        return to_html(self)


def why_nothing(table: ReportTable) -> str:
    """Why a table has nothing to show, in words."""
    if len(table.rows):
        return _("n/a in every row")
    return table.nothing or _("nothing in the data")


def to_html(table: ReportTable, number: str = "", anchor: str = "") -> str:
    """HTML of a table: caption, scoped headers, escaped text, marks with their meaning below.

    Parameters
    ----------
    table : what is shown
    number : of the table in its report, such as "Table 2.3"
    anchor : its place in the page; the caption then holds a link to it, and the name of each row a link to the row, so that a
        figure can be pointed at. A row's place is made of its words, see :func:`row_anchors`

    Examples
    --------
    >>> frame = pd.DataFrame({"item": ["<b>"], "value": [1.5]})
    >>> "&lt;b&gt;" in to_html(ReportTable(frame, "T", {"item": View("Item"), "value": View("Value", write_number, numeric=True)}))
    True
    """
    views, unknown, said_once = seen_views(table)
    caption = escape(_("{number} · {title}", number=number, title=table.title) if number else table.title)
    identity = f' id="{escape(anchor)}"' if anchor else ""
    if not len(table.rows) or (unknown and len(views) == 1 and not said_once):
        told = _("{title}: {reason}.", title=caption, reason=escape(why_nothing(table)))
        return f'<p class="note"{identity}>{told}</p>'
    looks = ["", *map(_css, list(views.values())[1:])]  # the first column names the rows, and stands to the left
    head = "".join(
        f'<th scope="col"{look}>{escape(view.words)}</th>' for look, view in zip(looks, views.values(), strict=True)
    )
    rows = _written_rows(table, views)
    places = row_anchors(anchor, [_row_words(words, views) for _row, words in rows]) if anchor else [""] * len(rows)
    body = "".join(_row_html(row, words, views, place) for (row, words), place in zip(rows, places, strict=True))
    link = " " + link_html(anchor, number or _("this table")) if anchor else ""
    return (
        f'<div class="table"{identity}><table><caption><span>{caption}{link}</span></caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{_foot_html(body, said_once, unknown)}"
    )


def to_text(table: ReportTable, most: int = 10) -> str:
    """The first and last rows of a table as a reader sees them, for terminals: words of columns, values and marks.

    Parameters
    ----------
    table : what is shown
    most : rows; what lies between the first and the last ones is not written

    Examples
    --------
    >>> frame = pd.DataFrame({"item": ["Mothers", "Children"], "value": [1.5, float("nan")]})
    >>> print(to_text(ReportTable(frame, "T", {"item": View("Item"), "value": View("Value", write_number, numeric=True)})))
    Item      Value
    Mothers     1.5
    Children    n/a
    """
    views = all_views(table)
    rows = _written_rows(table, views)
    if short := len(rows) > most + 1:
        rows = rows[: most // 2] + rows[-(most // 2) :]
    lines = [[view.words for view in views.values()], *(_row_text(row, words, views) for row, words in rows)]
    if short:
        lines.insert(1 + most // 2, ["…"] * len(views))
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    sides = [str.rjust if view.numeric else str.ljust for view in views.values()]
    body = [
        "  ".join(side(cell, width) for side, cell, width in zip(sides, line, widths, strict=True)) for line in lines
    ]
    marks = [f"({mark}) {_(words)}" for mark, words in MARK_WORDS.items() if any(f"({mark})" in line for line in body)]
    return "\n".join(line.rstrip() for line in [*body, *filter(None, [join_clauses(marks)])])


def _written_rows(table: ReportTable, views: Iterable[str]) -> list[tuple[dict, list[str]]]:
    """Each row with its words in some columns."""
    columns = [table.written[name] for name in views]
    return [(row, [words[at] for words in columns]) for at, row in enumerate(table.records)]


def _row_text(row: dict, words: Iterable[str], views: Mapping[str, View]) -> list[str]:
    """Words of the cells of a row, each with its mark; long ones are cut."""
    cells = []
    for (name, view), written in zip(views.items(), words, strict=True):
        mark = mark_of(row, view)
        text = written or (_(NOT_AVAILABLE) if _is_missing(row.get(name)) else "")
        text = _short(text)
        cells.append(f"{text} ({mark})" if mark and text != _(NOT_AVAILABLE) else text)
    return cells


def _short(text: str) -> str:
    """A text that fits into a cell, cut behind a whole word where there is one: half a word may be read as another one.

    Examples
    --------
    >>> _short("older than five years; members of all funds"), len(_short(99 * "x"))
    ('older than five years…', 30)
    """
    if len(text) <= WIDEST:
        return text
    whole = text[:WIDEST].rpartition(" ")[0].rstrip(" ;,·")
    return f"{whole if len(whole) > WIDEST / 2 else text[: WIDEST - 1]}…"


def _is_missing(value) -> bool:
    return value is None or value is pd.NA or value != value


def _foot_html(body: str, said_once: list[str], unknown: list[str]) -> str:
    """What is said of all rows, what the marks of a table mean, and which columns are left out."""
    marks = [
        f"<sup>{mark}</sup> {escape(_(words))}" for mark, words in MARK_WORDS.items() if f"<sup>{mark}</sup>" in body
    ]
    told = join_sentences([*map(escape, said_once), join_clauses([*marks, *map(escape, left_out_words(unknown))])])
    return f'<p class="marks">{told}</p>' if told else ""


def left_out_words(unknown: Iterable[str]) -> list[str]:
    """Which columns are left out, for n/a stands in all of their rows."""
    columns = ", ".join(unknown)
    return [_("n/a in every row, and left out: {columns}", columns=columns)] if columns else []


def seen_views(table: ReportTable) -> tuple[dict[str, View], list[str], list[str]]:
    """The columns that stand in a table, the headings of those without any figure, and what is said below it once.

    A sentence that is the same in every row is said once: a column of it would take the room of the figures beside it.

    Examples
    --------
    >>> frame = pd.DataFrame({"item": ["a", "b", "c"], "why": "counted from the first payment on: no baseline"})
    >>> seen_views(ReportTable(frame, "T", {"item": View("Item"), "why": View("Remark")}))[2]
    ['Remark, in every row: counted from the first payment on: no baseline.']
    """
    views, unknown = known_views(table)
    same = {
        name: table.written[name][0]
        for i, (name, view) in enumerate(views.items())
        if i and not (view.numeric or view.detail or view.quality)
        and len(table.rows) >= FEW
        and len(table.written[name][0]) > SENTENCE
        and len(set(table.written[name])) == 1
    }  # fmt: skip
    told = [
        _("{column}, in every row: {words}.", column=views[name].words, words=words.rstrip("."))
        for name, words in same.items()
    ]
    return {name: view for name, view in views.items() if name not in same}, unknown, told


def known_views(table: ReportTable) -> tuple[dict[str, View], list[str]]:
    """The columns shown, and the headings of those in which every figure is n/a."""
    views, missing = _used_views(table), _(NOT_AVAILABLE)
    unknown = {
        name: view.words
        for name, view in views.items()
        if view.numeric
        and not view.detail
        and name in table.rows
        and all(words == missing for words in table.written[name])
    }
    if not len(table.rows):
        return views, []
    return {name: view for name, view in views.items() if name not in unknown}, list(unknown.values())


def all_views(table: ReportTable) -> dict[str, View]:
    """The columns that a reader may see; of a bare result all of them, under the names that they have."""
    return table.views or {name: View(name.replace("_", " ")) for name in table.rows.columns}


def _used_views(table: ReportTable) -> dict[str, View]:
    """The columns shown; one of words that says nothing in any row is left out."""
    views = all_views(table)
    silent = {
        name
        for i, (name, view) in enumerate(views.items())
        if i
        and view.write is not write_year
        and not view.detail
        and len(table.rows)
        and name in table.rows
        and not any(table.written[name])
    }
    return {name: view for name, view in views.items() if name not in silent}


def _css(view: View) -> str:
    names = " ".join(filter(None, ["number" if view.numeric else "", "long" if view.long else ""]))
    return f' class="{names}"' if names else ""


def link_html(anchor: str, words: str) -> str:
    """A small link to a place of the same page, for a reader to copy.

    Examples
    --------
    >>> link_html("gaps", "Table 2.3")
    '<a class="here" href="#gaps">link to Table 2.3</a>'
    """
    text = escape(_("link to {words}", words=words))
    return f'<a class="here" href="#{escape(anchor)}">{text}</a>'


def row_anchors(anchor: str, rows: Iterable[list[str]]) -> list[str]:
    """A place for each row of a table: the table's own and the row's first words, with more of its words where two rows begin alike.

    Parameters
    ----------
    anchor : of the table
    rows : the words of each row's cells, without figures; the first names the row

    Examples
    --------
    >>> row_anchors("gaps", [["Mothers, née <b>"], ["Older persons", "at 60"], ["Older persons", "at 65"], ["", ""], ["Mothers nee b"]])
    ['gaps-mothers-nee-b', 'gaps-older-persons-at-60', 'gaps-older-persons-at-65', 'gaps-row', 'gaps-mothers-nee-b-2']
    """
    words = [[slug for cell in row if (slug := _slug(cell))] or ["row"] for row in rows]
    firsts = [row[0] for row in words]
    names = ["-".join(row[:2]) if firsts.count(row[0]) > 1 else row[0] for row in words]
    taken: set[str] = set()
    return [_free(f"{anchor}-{name}", taken) for name in names]


def _slug(text: str) -> str:
    """Small letters and digits of a text, at most 60, with hyphens between its words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")


def _free(name: str, taken: set[str]) -> str:
    """The name, counted where it stands already."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


def _row_words(words: Iterable[str], views: dict[str, View]) -> list[str]:
    """The words that can name a row: of its first cell and of its other short cells of text."""
    return [
        cell
        for i, (cell, view) in enumerate(zip(words, views.values(), strict=True))
        if i == 0 or not (view.numeric or view.long)
    ]


def _row_html(row: dict, words: Iterable[str], views: dict[str, View], anchor: str = "") -> str:
    cells = []
    for i, (cell, view) in enumerate(zip(words, views.values(), strict=True)):
        text = escape(cell)
        mark = mark_of(row, view)
        text = f"<i>{text}</i>" if text == _(NOT_AVAILABLE) else text + (f"<sup>{mark}</sup>" if mark else "")
        if i == 0 and anchor and text:
            text = f'<a class="row" href="#{anchor}" style="color:inherit">{text}</a>'  # not blue in a notebook
        detail = write_text(row.get(view.detail)) if view.detail else ""
        text += f"<br><small>{escape(detail)}</small>" if detail else ""
        cells.append(f'<th scope="row">{text}</th>' if i == 0 else f"<td{_css(view)}>{text}</td>")
    identity = f' id="{anchor}"' if anchor else ""
    return f"<tr{identity}>{''.join(cells)}</tr>"


def mark_of(row: dict, view: View) -> str:
    """The letter that marks a value as estimated, assumed or an illustration; "" where it is none of them."""
    return (MARKS.get(row.get(view.quality, "")) or "") if view.quality else ""
