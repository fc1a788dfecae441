"""Names above columns that are narrower than their names: flags on poles, or numbers with a key below where flags would be a forest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from nasssap_lib.display.sheet import break_words, height_of, write
from nasssap_lib.display.style import INK, MUTED, text_width

HEAD, NAME = 7.8, 8.4  # points: names of columns and of rows
LABELS = 1.75  # inches for the names of rows
DRAWN = 1.05  # text is drawn up to 5 % wider than measured, for letters stand on whole pixels
ITALIC = 0.94  # italic text is wider than the upright text that is measured
TALLEST = 1.95  # inches of flags; a taller forest becomes numbers and a key
FLOOR = 0.06  # inches between the lowest flag and the columns


@dataclass(frozen=True)
class Flag:
    """Words that begin at ``x``; with a pole down to the column that they name."""

    x: float
    lines: list[str]
    pole: bool = True
    ink: str = INK
    italic: bool = False

    @property
    def end(self) -> float:
        """Where the words end, with the gap that separates them from the next ones."""
        lead, gap = (0.05, 0.08) if self.pole else (0.0, 0.02)
        return (
            self.x
            + lead
            + max(text_width(line, HEAD) for line in self.lines) * DRAWN / (ITALIC if self.italic else 1)
            + gap
        )


@dataclass(frozen=True)
class Heads:
    """What stands above the columns, with its height; the key is empty where the names themselves stand there."""

    flags: list[Flag]
    lifts: list[float]
    key: list[list[str]] = field(default_factory=list)

    @property
    def height(self) -> float:
        """Inches above the columns."""
        return max(lift + height_of(flag.lines, HEAD) for flag, lift in zip(self.flags, self.lifts, strict=True))

    @property
    def key_height(self) -> float:
        """Inches below the columns."""
        return sum(_line_heights(self.key)) + 0.1 if self.key else 0.0


def lift_flags(flags: list[Flag]) -> list[float]:
    """How high above the columns each flag flies, so that it hides no pole and no words to its right."""
    lifts: list[float] = []
    for i in range(len(flags) - 1, -1, -1):
        above = [
            lift + height_of(flag.lines, HEAD) + 0.02
            for flag, lift in zip(flags[i + 1 :], lifts, strict=True)
            if flag.x < flags[i].end
        ]
        lifts.insert(0, max(above, default=FLOOR))
    return lifts


def name_columns(
    names: list[str], poles: list[tuple[float, float]], edge: float, words: dict[int, str], last: Flag | None = None
) -> Heads:
    """Flags above columns; numbers and a key where the flags would be taller than the picture bears.

    Parameters
    ----------
    names : a column each, from left to right
    poles : where each column carries its flag and where its number, inches from the left
    edge : where the page ends
    words : by number of a column, what is said of it and all columns to its right
    last : a flag for what stands right of the columns
    """
    flags, numbers, tail = [], [], [last] if last else []
    for i, (name, (pole, middle)) in enumerate(zip(names, poles, strict=True)):
        lines = break_words(name, (edge - pole - 0.05) / DRAWN, HEAD) or ["–"]
        flags += [*_remark(words.get(i, ""), pole, edge - pole), Flag(pole, lines)]
        left = middle - text_width(str(i + 1), HEAD) * DRAWN / 2
        numbers += [*_remark(words.get(i, ""), left, min(0.8, edge - left)), Flag(left, [str(i + 1)], pole=False)]
    heads = Heads(flags + tail, lift_flags(flags + tail))
    if heads.height <= TALLEST:
        return heads
    key = [break_words(name, (edge / 2 - 0.4) / DRAWN, HEAD) for name in names]
    return Heads(numbers + tail, lift_flags(numbers + tail), key)


def _remark(words: str, x: float, width: float) -> list[Flag]:
    """Words on several columns, above the name of the first of them."""
    lines = break_words(words, width * ITALIC / DRAWN, HEAD)
    return [Flag(x, lines, pole=False, ink=MUTED, italic=True)] if lines else []


def draw_heads(axes, heads: Heads, floor: float) -> None:
    """Write what stands above columns that begin at ``floor``."""
    for flag, lift in zip(heads.flags, heads.lifts, strict=True):
        top = floor - lift - height_of(flag.lines, HEAD)
        if flag.pole:
            axes.plot([flag.x, flag.x], [top + 0.02, floor], color=MUTED, linewidth=0.7, zorder=0.5)
        style = "italic" if flag.italic else "normal"
        write(axes, flag.x + (0.05 if flag.pole else 0), top, flag.lines, HEAD, color=flag.ink, style=style)


def draw_key(axes, heads: Heads, top: float, width: float) -> None:
    """Write the names of numbered columns in two columns below."""
    y = top + 0.1
    for row, height in enumerate(_line_heights(heads.key)):
        for side, lines in enumerate(heads.key[2 * row : 2 * row + 2]):
            x = side * width / 2
            write(axes, x + 0.2, y, [str(2 * row + side + 1)], HEAD, ha="right", color=MUTED)
            write(axes, x + 0.28, y, lines, HEAD)
        y += height


def _line_heights(key: list[list[str]]) -> list[float]:
    return [max(height_of(lines, HEAD) for lines in key[i : i + 2]) + 0.03 for i in range(0, len(key), 2)]


@dataclass(frozen=True)
class Grid:
    """Names of options at the left, names of groups above; ``top`` is where the rows begin, inches from above."""

    names: list[list[str]]
    heights: list[float]
    heads: Heads
    top: float

    @property
    def height(self) -> float:
        """Inches that all of it needs."""
        return self.top + sum(self.heights) + self.heads.key_height


def lay_grid(options: Iterable, heads: Heads, least: float) -> Grid:
    """Break the names of rows to their room; a row is at least so many inches high."""
    names = [break_words(str(name), LABELS - 0.16, NAME) for name in options]
    return Grid(names, row_heights(names, least), heads, heads.height)


def draw_grid(axes, grid: Grid, width: float) -> list[tuple[float, float]]:
    """Write the names around the cells; where each row begins, and its height."""
    draw_heads(axes, grid.heads, grid.top)
    places, y = [], grid.top
    for lines, height in zip(grid.names, grid.heights, strict=True):
        write(axes, LABELS - 0.1, y + height / 2, lines, NAME, va="center", ha="right", multialignment="right")
        places.append((y, height))
        y += height
    draw_key(axes, grid.heads, y, width)
    return places


def row_heights(lines: list[list[str]], least: float) -> list[float]:
    """Inches of each row: enough for its name, and at least so many."""
    return [max(least, height_of(text, NAME) + 0.12) for text in lines]
