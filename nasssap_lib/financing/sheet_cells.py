"""A workbook as cells, before any program writes it: what stands where, as text, number, formula with our value, or cell to fill in.

Whoever writes the workbook and whoever reads it back compose the same cells; what differs was changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nasssap_lib.display.texts import _, label

TEXT, NUMBER, FORMULA, INPUT = "text", "number", "formula", "input"
BASE, FIRST_YEAR = 4, 5  # columns of the base year and of the first year, on every sheet whose columns are years
HEADS = 4  # row of the years on these sheets
LONGEST = 8_000  # letters of a formula; Excel takes 8,192


class Input(NamedTuple):
    """What may be typed into a cell: of which option or source, which parameter, from where to where.

    whole : whole numbers only · choices : code → words; then one of the words · optional : may stay empty · after : cell that it may not
    be below
    """

    of: str
    parameter: str
    least: float = 0.0
    most: float = 0.0
    whole: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    optional: bool = False
    after: str = ""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell; row and column count from 0. ``value`` of a formula is what our library gives."""

    row: int
    column: int
    kind: str
    value: str | float | None
    look: str = "plain"
    formula: str = ""
    input: Input | None = None


@dataclass
class Sheet:
    """A sheet that is being composed: its cells by place, widths of columns in letters, heights of rows in points."""

    key: str
    title: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    merged: list[tuple[int, int, int]] = field(default_factory=list)  # row, first and last column
    hidden: list[int] = field(default_factory=list)  # columns

    def put(self, cell: Cell) -> None:
        """Add a cell."""
        self.cells[cell.row, cell.column] = cell

    def text(self, row: int, column: int, words: str, look: str = "plain") -> None:
        """Add a text; it never becomes a formula."""
        self.put(Cell(row, column, TEXT, words, look))

    def number(self, row: int, column: int, value: float, look: str = "number") -> None:
        """Add a number; n/a where it is not known."""
        known = value == value
        self.put(
            Cell(row, column, NUMBER, float(value), look) if known else Cell(row, column, TEXT, not_known(), "none")
        )

    def formula(self, row: int, column: int, formula: str, value: float | str, look: str = "number") -> None:
        """Add a formula with its value; n/a where our library knows none."""
        if isinstance(value, float) and value != value:
            self.text(row, column, not_known(), "none")
        else:
            self.put(Cell(row, column, FORMULA, value, look, f"={formula}"))

    def across(self, row: int, first: int, last: int, words: str, look: str = "plain", lines: int = 0) -> None:
        """Add a text over several columns, with the height that it needs."""
        self.text(row, first, words, look)
        self.merged.append((row, first, last))
        if lines:
            self.heights[row] = 15.0 * lines + 2

    def by_year(
        self, row: int, head: Sequence[str], formulas: Sequence[str], values: Sequence[float], look: str
    ) -> None:
        """A row of formulas, or of numbers where there are none; the first cells say what it is, in which unit, from which source."""
        for column, words in enumerate(head, 1):
            self.text(row, column, words, "line" if column == 1 else "beside")
        for at, value in enumerate(values):
            if formulas and formulas[at]:
                self.formula(row, FIRST_YEAR + at, formulas[at], float(value), look)
            else:
                self.number(row, FIRST_YEAR + at, float(value), look)

    def years(self, row: int, years: Iterable[int]) -> None:
        """The heads of the columns that are years."""
        for at, year in enumerate(years):
            self.put(Cell(row, FIRST_YEAR + at, NUMBER, float(year), "year"))


def not_known() -> str:
    """What stands where nothing is known."""
    return _("n/a")


def letters(column: int) -> str:
    """The letters of a column that is counted from 0.

    Examples
    --------
    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def address(row: int, column: int, fixed: bool = False) -> str:
    """A cell as a formula names it.

    Examples
    --------
    >>> address(4, 2), address(4, 2, fixed=True)
    ('C5', '$C$5')
    """
    return f"${letters(column)}${row + 1}" if fixed else f"{letters(column)}{row + 1}"


def on_sheet(title: str, cells: str) -> str:
    """Cells of another sheet as a formula names them.

    Examples
    --------
    >>> on_sheet("Year's end", "A1")
    "'Year''s end'!A1"
    """
    quoted = title.replace("'", "''")
    return f"'{quoted}'!{cells}"


def written(value: float) -> str:
    """A number as a formula writes it.

    Examples
    --------
    >>> written(0.05), written(12.0)
    ('0.05', '12')
    """
    return f"{value:.15g}"


def quoted_text(words: str) -> str:
    """A text as a formula writes it; quotation marks in it are doubled.

    Examples
    --------
    >>> quoted_text("every year")
    '"every year"'
    """
    return '"' + words.replace('"', '""') + '"'


def choice(codes: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Codes with their words, for a list to choose from."""
    return tuple((code, label(codes, code)) for code in codes)
