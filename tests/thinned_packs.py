"""Sound packs made thin: rows, years, sexes and cells taken away, values driven to their ends; and all chapters run on them at once.

No kernel is started: the code cells of a notebook run in this process, and what they show is kept.
"""

from __future__ import annotations

import ast
import csv
import json
import random
import re
import shutil
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from nasssap_lib.chapter import exhibit, output
from nasssap_lib.chapter.gate import runnable_pack
from nasssap_lib.chapter.notebooks import chapters, notebooks_folder
from nasssap_lib.display.style import STYLE
from nasssap_lib.errors import PackError
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.reader import keep_answers
from nasssap_lib.pack.schema import TABLES, Column, Table

TRIES = 40
Rows = list[dict[str, str]]
Dice = random.Random
BY_NAME = {table.name: table for table in TABLES}
MISSING = re.compile(r"(?<![\w-])(nan|NaN|inf|NaT|<NA>|None(?= *[,;.)%]|$)|None (?=[0-9%]))(?!\w|\.\.\.)")


@dataclass
class Draft:
    """The tables of a pack as rows of text, with their headers."""

    rows: dict[str, Rows] = field(default_factory=dict)
    headers: dict[str, list[str]] = field(default_factory=dict)

    def columns(self, name: str, **wanted) -> list[Column]:
        """The schema's columns of a table that stand in its header and have these attributes."""
        return [
            column
            for column in BY_NAME[name].columns
            if column.name in self.headers[name] and all(getattr(column, key) == value for key, value in wanted.items())
        ]


def read_draft(code: str) -> Draft:
    """A shipped pack as text."""
    draft = Draft()
    for table in TABLES:
        path = data_root() / code / table.file
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as file:
                reader = csv.DictReader(file)
                draft.rows[table.name], draft.headers[table.name] = list(reader), list(reader.fieldnames)
    return draft


def write_draft(draft: Draft, code: str, root: Path) -> Path:
    """The pack written under ``root`` beside the codebook, without references to what is gone."""
    forget_what_is_gone(draft)
    (root / code).mkdir(parents=True)
    shutil.copy(data_root() / "codebook.csv", root)
    shutil.copy(data_root() / code / "country.toml", root / code)
    for name, rows in draft.rows.items():
        with (root / code / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, draft.headers[name], lineterminator="\n", extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
    return root


def forget_what_is_gone(draft: Draft) -> None:
    """Cut references to rows that are not there; a row whose required reference is gone goes too, until nothing more does."""
    before = -1
    while before != (before := sum(map(len, draft.rows.values()))):
        for name in draft.rows:
            for column in draft.columns(name):
                target, _, key = column.references.partition(".")
                if target in BY_NAME:
                    known = {row[key] for row in draft.rows.get(target, [])}
                    draft.rows[name] = [row for row in draft.rows[name] if _cut(row, column, known)]


def _cut(row: dict[str, str], column: Column, known: set[str]) -> bool:
    """Cut unknown ids from a cell; whether the row still holds what it must."""
    where, values = column.where
    if where and row[where] not in values:
        return True
    kept = [part for part in map(str.strip, row[column.name].split(";")) if part in known]
    row[column.name] = ";".join(kept)
    if column.name == "related_scheme" and not kept:
        row["relation"] = ""
    return bool(kept) or not column.required


# ------------------------------------------------------------------------------------------------------------- changes


def no_table(draft: Draft, table: Table, dice: Dice) -> str:
    """A table without a row, or, where a pack may do without it, no file."""
    draft.rows[table.name] = []
    return f"no row of {table.name}"


def half_the_tables(draft: Draft, table: Table, dice: Dice) -> str:
    """Half of all tables without a row."""
    names = dice.sample([name for name in draft.rows if name != "sources"], len(draft.rows) // 2)
    for name in names:
        draft.rows[name] = []
    return f"no row of {', '.join(sorted(names))}"


def fewer_rows(draft: Draft, table: Table, dice: Dice) -> str:
    """Some of the rows, by chance."""
    share = dice.choice([0.1, 0.5, 0.9])
    draft.rows[table.name] = [row for row in draft.rows[table.name] if dice.random() < share]
    return f"{share:.0%} of {table.name}"


def one_row(draft: Draft, table: Table, dice: Dice) -> str:
    """One row."""
    draft.rows[table.name] = dice.sample(draft.rows[table.name], min(1, len(draft.rows[table.name])))
    return f"one row of {table.name}"


KINDS_OF_ROWS = ("indicator", "group", "sex", "breakdown", "area", "year", "source", "unit", "quality", "scheme", "measure",
                 "type", "branches", "status", "tier", "relation", "counted_in", "guarantee", "about", "stakeholder", "option",
                 "rule", "kind", "step", "ppp_year", "concept", "population_category", "amount_basis")  # fmt: skip


def _some_kind(draft: Draft, table: Table, dice: Dice) -> tuple[str, list[str]]:
    """A column that tells kinds of rows apart, and the values that stand in it."""
    rows, header = draft.rows[table.name], draft.headers[table.name]
    column = dice.choice([name for name in KINDS_OF_ROWS if name in header] or header)
    return column, sorted({row[column] for row in rows}) or [""]


def without_a_kind(draft: Draft, table: Table, dice: Dice) -> str:
    """No row of one indicator, group, sex, year, source …"""
    column, values = _some_kind(draft, table, dice)
    gone = set(dice.sample(values, min(len(values), dice.choice([1, 1, 2, 5]))))
    draft.rows[table.name] = [row for row in draft.rows[table.name] if row[column] not in gone]
    return f"{table.name} without {column} {', '.join(sorted(gone))}"


def only_a_kind(draft: Draft, table: Table, dice: Dice) -> str:
    """Only the rows of one indicator, group, sex, year, source …"""
    column, values = _some_kind(draft, table, dice)
    kept = dice.choice(values)
    draft.rows[table.name] = [row for row in draft.rows[table.name] if row[column] == kept]
    return f"{table.name} only with {column} {kept!r}"


def only_old_years(draft: Draft, table: Table, dice: Dice) -> str:
    """Only rows up to some year."""
    years = sorted({row.get("year", "") for row in draft.rows[table.name]} - {""}) or [""]
    last = dice.choice(years[: (len(years) + 1) // 2])
    draft.rows[table.name] = [row for row in draft.rows[table.name] if row.get("year", "") <= last]
    return f"{table.name} up to {last}"


def empty_cells(draft: Draft, table: Table, dice: Dice) -> str:
    """Optional cells of some columns empty, in all rows or in some."""
    optional = draft.columns(table.name, required=False)
    columns = [column.name for column in dice.sample(optional, min(len(optional), dice.choice([1, 2, 99])))]
    share = dice.choice([0.3, 1.0])
    for row in draft.rows[table.name]:
        row.update({name: "" for name in columns if dice.random() < share})
    return f"{table.name} with {share:.0%} of {', '.join(columns)} empty"


def cut_columns(draft: Draft, table: Table, dice: Dice) -> str:
    """No optional columns and no translations."""
    known = set(table.names) - {column.name for column in table.columns if column.optional}
    gone = [name for name in draft.headers[table.name] if name not in known]
    draft.headers[table.name] = [name for name in draft.headers[table.name] if name in known]
    return f"{table.name} without columns {', '.join(gone)}"


def _numbers(draft: Draft, table: Table) -> list[Column]:
    return draft.columns(table.name, kind="number") + draft.columns(table.name, kind="integer")


def extreme_values(draft: Draft, table: Table, dice: Dice) -> str:
    """The numbers of a column, in all rows or those of a kind, at an end of what is sound."""
    columns = _numbers(draft, table)
    if not columns:
        return "nothing"
    column = dice.choice(columns)
    share_of = {"percent": 100, "percent_of_gdp": 100, "share": 1, "index": 100, "score": 100, "months": 12, "": 99}
    which, small = dice.choice([0, 0, 1, 2, 2]), dice.choice(["1e-9", "0.0001", "1"])
    kind, values = _some_kind(draft, table, dice)
    only = dice.choice([None, dice.choice(values)])
    for row in draft.rows[table.name]:
        if row[column.name] != "" and only in (None, row[kind]):
            unit = row.get("unit", "") if column.unit == "by unit" else column.unit
            most = column.high if column.high is not None else share_of.get(unit, 10 ** dice.choice([6, 9, 12]))
            least = column.low if column.low is not None and column.low >= 0 else 0
            small = "1" if column.kind == "integer" else small
            row[column.name] = [f"{least:g}", small, f"{most:g}"][which]
    return f"{table.name}.{column.name} at {['least', small, 'most'][which]}" + (
        "" if only is None else f" where {kind} is {only!r}"
    )


def scaled_values(draft: Draft, table: Table, dice: Dice) -> str:
    """The numbers of some columns that stand in an order, all times a factor."""
    columns = [column.name for column in _numbers(draft, table)]
    if not columns:
        return "nothing"
    stem = dice.choice(columns).rsplit("_", 1)[0]
    factor = dice.choice([0.0, 0.001, 0.1, 0.5])
    for row in draft.rows[table.name]:
        for name in columns:
            if name.startswith(stem) and row[name]:
                row[name] = f"{float(row[name]) * factor:.10g}"
    return f"{table.name}.{stem} × {factor:g}"


def odd_distribution(draft: Draft, table: Table, dice: Dice) -> str:
    """The poorest have nothing, or less than nothing, as surveys of income find; the richest the rest."""
    poorest = dice.choice([("0",), ("-0.7",), ("0", "0"), ("-3", "0"), ("-0.1", "0", "0", "0.2"), ("-40",), ("0",) * 9])
    for row in draft.rows.get("welfare", []):
        if dice.random() < 0.8 and all(row[f"d{i}"] for i in range(1, 11)):
            moved = sum(float(row[f"d{i}"]) - float(value) for i, value in enumerate(poorest, 1))
            row.update({f"d{i}": value for i, value in enumerate(poorest, 1)})
            row["d10"] = f"{float(row['d10']) + moved:.4f}"
    return f"welfare from {', '.join(poorest)} on"


def some_years_of_people(draft: Draft, table: Table, dice: Dice) -> str:
    """The population of some years only."""
    years = sorted({row["year"] for row in draft.rows["population"]}) or [""]
    kept = dice.choice(
        [years[:1], years[-1:], years[1:], years[:-1], dice.sample(years, 1), dice.sample(years, len(years) // 2)]
    )
    draft.rows["population"] = [row for row in draft.rows["population"] if row["year"] in kept]
    return f"population of {', '.join(kept) or 'no year'}"


CHANGES: tuple[Callable[[Draft, Table, Dice], str], ...] = (
    no_table, half_the_tables, fewer_rows, one_row, without_a_kind, without_a_kind, only_a_kind, only_old_years, empty_cells,
    empty_cells, cut_columns, extreme_values, extreme_values, scaled_values, odd_distribution, some_years_of_people,
)  # fmt: skip


def thin(code: str, seed: object) -> tuple[Draft, list[str]]:
    """A pack with one to five changes that the seed decides, and what they are."""
    draft, dice = read_draft(code), Dice(f"{code} {seed}")
    names = [name for name in draft.rows for _ in range(3 if name in ("indicators", "measures") else 1)]
    told = [dice.choice(CHANGES)(draft, BY_NAME[dice.choice(names)], dice) for _ in range(dice.choice([1, 1, 2, 3, 5]))]
    return draft, told


def write_sound_pack(code: str, seed: int, root: Path) -> tuple[Path, list[str]]:
    """The first of the packs that a seed gives which ``nasssap check`` calls sound, written below ``root``; and its changes."""
    for number in range(TRIES):
        draft, told = thin(code, f"{seed}.{number}")
        folder = write_draft(draft, code, root / str(number))
        try:
            runnable_pack(code, folder)
        except PackError:
            continue
        return folder, told
    raise AssertionError(
        f"none of {TRIES} thinned packs of {code} is sound: are the rules of check too narrow, or the changes too wild?"
    )


# ------------------------------------------------------------------------------------------------------------ chapters


@dataclass
class Shown:
    """What a chapter showed: words by place, and result tables by name."""

    words: list[tuple[str, str]] = field(default_factory=list)
    tables: dict = field(default_factory=dict)

    def text(self) -> str:
        """All words, a place a line."""
        return "\n".join(words for _, words in self.words)


@cache
def code_cells(name: str) -> tuple[tuple[ast.Module, ast.Expression | None], ...]:
    """The code cells of a notebook, each as its statements and the expression that it shows at its end."""
    cells = json.loads((notebooks_folder() / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return tuple(
        _split("".join(cell["source"]), f"{name}[{i}]") for i, cell in enumerate(cells) if cell["cell_type"] == "code"
    )


def _split(source: str, place: str):
    tree = ast.parse(source)
    last = ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) else None
    return compile(tree, place, "exec"), last and compile(last, place, "eval")


def run_chapter(name: str, patch: pytest.MonkeyPatch, colours: bool = False, **given) -> Shown:
    """Run the cells of a notebook with these parameters; every warning is an error.

    colours : False: pictures are laid out and not coloured, which takes most of the time
    """
    shown = Shown()
    _listen(shown, patch, colours)
    space: dict = {"__name__": name}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for i, (statements, last) in enumerate(code_cells(name)):
            exec(statements, space)
            space.update(given if i == 0 else {})
            value = eval(last, space) if last else None
            if hasattr(value, "_repr_html_") and not isinstance(value, type):
                shown.words.append((f"cell {i}", _plain(value._repr_html_() or "")))
    if "chapter" in space:  # what it asked of its pack, the next chapter need not ask again
        keep_answers(space["chapter"].pack)
    return shown


def _listen(shown: Shown, patch: pytest.MonkeyPatch, colours: bool) -> None:
    """Keep what is displayed."""
    table, picture = output.show_table, output.show_picture

    def show_table(frame, number, anchor, sources, *further):
        shown.tables[anchor] = frame.data
        table(frame, number, anchor, sources, *further)

    def show_picture(figure, number, anchor, *further):
        picture(figure, number, anchor, *further)
        shown.words += [(anchor, text.get_text()) for text in figure.findobj(Text)]

    def display(bundle, metadata=None):
        said = [_plain(bundle.get("text/html", "")), bundle["text/plain"]]
        shown.words.append((" ".join(bundle["text/plain"].split()[:6]), "\n".join(said)))

    patch.setattr(output, "_display", display)
    patch.setattr(output, "show_table", show_table)
    patch.setattr(output, "show_picture", show_picture)
    if not colours:
        patch.setattr(output, "draw", _lay_out)
        patch.setattr(exhibit, "_png", lambda figure: str(_lay_out(figure)).encode())


def _lay_out(figure: Figure, dpi: float = 110) -> tuple[str, np.ndarray]:
    with matplotlib.rc_context(STYLE):
        figure.draw_without_rendering()
    return "<svg/>", np.zeros((4, 4, 4), dtype=np.uint8)


def _plain(html: str) -> str:
    """The words of a page, a cell a line."""
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<(td|th|tr|p|br|div|dt|dd|small)\b[^>]*>", "\n", html)))


def run_all(code: str, root: Path, colours: bool = False) -> Iterator[tuple[str, Shown]]:
    """Every notebook on a pack, by name."""
    for name in [*chapters(), "explore"]:
        with pytest.MonkeyPatch.context() as patch:
            yield name, run_chapter(name, patch, colours, country=code, data=str(root))


def what_is_no_word(shown: Shown) -> list[tuple[str, str]]:
    """Places where a program's word for nothing stands before a reader."""
    return [(place, line) for place, words in shown.words for line in words.splitlines() if MISSING.search(line)]
