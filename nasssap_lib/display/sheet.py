"""Pictures made of cells and text: a plot area measured in inches from its upper left corner, so that wrapped text always has its room."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Any, NamedTuple

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nasssap_lib.display.style import (
    ABSENT,
    COVERED,
    INK,
    LINE,
    MOST_LINES,
    MUTED,
    NOT_COVERED,
    PALE,
    RULE,
    WARNING,
    Caption,
    Frame,
    break_words,
    open_frame,
    text_width,
)
from nasssap_lib.display.texts import _

MARK = 0.26  # inches: of a mark in a key
NOTHING = "nothing: "  # begins the id of a picture of nothing
BOXES = {  # kind -> face, edge, hatch, text colour
    "filled": (COVERED, COVERED, "", "white"),
    "hollow": ("white", COVERED, "", INK),
    "hatched": (PALE, NOT_COVERED, "////", INK),
    "doubt": ("white", WARNING, "xxxx", WARNING),
    "open": ("white", RULE, "", MUTED),
    "absent": (ABSENT, ABSENT, "", MUTED),
}


def sheet(frame: Frame):
    """Axes over the whole plot area of a frame, in inches, y downwards, without any line."""
    axes = frame.axes()
    axes.set_xlim(0, frame.width)
    axes.set_ylim(frame.height, 0)
    axes.axis("off")
    return axes


def key_axes(frame: Frame, height: float):
    """Axes of a key above a plot, in inches, y downwards, without any line."""
    axes = frame.axes(bottom=frame.height - height)
    axes.set_xlim(0, frame.width)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return axes


def key_row(frame: Frame, height: float, marks: Iterable[tuple[str, Callable]], size: float = 7.6) -> None:
    """What the marks of a picture mean, side by side above its plot: words, and what draws the mark on axes at a place of 0.26 inches."""
    axes, marks = key_axes(frame, height), [*marks]
    widths = [MARK + 0.06 + text_width(words, size) for words, _draw in marks]
    gap = min(0.18, (frame.width - sum(widths)) / max(len(marks) - 1, 1))  # closer together where words are long
    x = 0.0
    for (words, draw), width in zip(marks, widths, strict=True):
        draw(axes, x)
        write(axes, x + MARK + 0.06, 0.1, [words], size, va="center", color=MUTED)
        x += width + gap


def key_bar(look: dict) -> Callable:
    """Draws a bar of a look in a :func:`key_row`."""
    return lambda axes, x: axes.barh(0.1, MARK, left=x, height=0.13, **look)


class Row(NamedTuple):
    """A row of a picture: the lines of its name, its height in inches, and how the name is written."""

    name: list[str]
    height: float
    weight: str = "normal"


class Margins(NamedTuple):
    """Inches around the plot of a picture of rows: names left, words right, key above, axis below."""

    left: float
    right: float
    key: float
    bottom: float


class Rows(NamedTuple):
    """A picture of rows: its frame, the axes of the plot, the page in inches on which words stand, and the middle of each row."""

    frame: Frame
    axes: Any
    page: Any
    middles: list[float]


def open_rows(
    titles: tuple[str, str],
    caption: Caption,
    rows: list[Row],
    size: float,
    margins: Margins,
    width: float | None = None,
) -> Rows:
    """Open a picture with a row a name, the names written at the left.

    Parameters
    ----------
    titles : title and subtitle
    caption : country and source
    rows : in their order, the first on top
    size : of the letters of names
    margins : around the plot
    width : inches; None: as wide as others
    """
    whole = sum(row.height for row in rows)
    frame = open_frame(*titles, caption, margins.key + whole + margins.bottom, width)
    axes = frame.axes(left=margins.left, right=margins.right, bottom=margins.bottom, top=margins.key)
    page = frame.axes(bottom=margins.bottom, top=margins.key)
    page.set_xlim(0, frame.width)
    for one in (axes, page):
        one.set_ylim(whole, 0)
    page.axis("off")
    tops = accumulate((row.height for row in rows), initial=0.0)
    middles = [top + row.height / 2 for row, top in zip(rows, tops, strict=False)]
    for row, middle in zip(rows, middles, strict=True):
        write(page, 0, middle, row.name, size, va="center", weight=row.weight)
    return Rows(frame, axes, page, middles)


def height_of(lines: list[str], size: float) -> float:
    """Inches that so many lines of text need."""
    return len(lines) * size * LINE / 72


def write(axes, x: float, y: float, lines: list[str], size: float, **style) -> None:
    """Write lines at a point; ``va``, ``ha``, ``color``, ``weight``, ``style`` as in matplotlib."""
    if any(lines):
        axes.text(x, y, "\n".join(lines), size=size, linespacing=LINE, **({"va": "top", "color": INK} | style))


def box(axes, x: float, y: float, width: float, height: float, kind: str) -> str:
    """Draw a cell of a kind of ``BOXES``; return the colour of text on it."""
    face, edge, hatch, ink = BOXES[kind]
    gap = 0.025
    axes.add_artist(  # the axes have their limits: nothing of them is to be found anew for each cell
        Rectangle(
            (x + gap, y + gap),
            width - 2 * gap,
            height - 2 * gap,
            facecolor=face,
            edgecolor=edge,
            hatch=hatch,
            linewidth=1.0,
        )
    )
    return ink


def write_in_box(
    axes, place: tuple[float, float, float, float], lines: list[str], size: float, kind: str, **style
) -> None:
    """Draw a cell and write in its middle; on a hatched cell the text stands on a plain ground."""
    x, y, width, height = place
    ink = box(axes, x, y, width, height, kind)
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 1.0} if BOXES[kind][2] else None
    middle = {"va": "center", "ha": "center", "multialignment": "center"}
    write(axes, x + width / 2, y + height / 2, lines, size, **(middle | {"color": ink, "bbox": ground} | style))


def bare_rows(axes, rows: int, top: float) -> None:
    """Prepare axes for so many horizontal bars up to ``top``, the first on top, without any line."""
    axes.set_xlim(0, top if top > 0 else 1)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.axis("off")


def broken_labels(labels, width: float, size: float, least: float) -> tuple[list[str], float]:
    """Names of bars broken to a width, and the height of a line that holds the tallest of them."""
    lines = [break_words(label, width, size) for label in labels]
    return ["\n".join(text) for text in lines], max(least, *(height_of(text, size) + 0.1 for text in lines))


def name_row(axes, y: float, label: str, size: float = 8.6) -> None:
    """Write the name of a line left of where its bar begins."""
    axes.annotate(
        label, (0, y), xytext=(-7, 0), textcoords="offset points", ha="right", va="center", size=size, annotation_clip=False,
        multialignment="right", linespacing=1.1,
    )  # fmt: skip


def draw_key(frame: Frame, looks: dict[str, dict]) -> None:
    """What each kind of bar means: name → how its bar looks, side by side at the top of the plot area."""
    axes, x = sheet(frame), 0.0
    for name, look in looks.items():
        axes.barh(0.1, 0.22, left=x, height=0.14, linewidth=0.8, **look)
        write(axes, x + 0.28, 0.1, [name], 7.8, va="center", color=MUTED)
        x += 0.28 + text_width(name, 7.8) + 0.2
    axes.set_xlim(0, frame.width)
    axes.set_ylim(frame.height, 0)


def break_lines(text: str, width: float, size: float) -> list[str]:
    """Lines of a text that keeps its own line breaks, such as a list of names."""
    return [line for part in text.split("\n") for line in break_words(part, width, size, most=3 * MOST_LINES)]


def draw_nothing(title: str, subtitle: str, caption: Caption, reason: str):
    """A picture of what is not available: a pale band with the word and the reason; :func:`nothing_of` tells it from others."""
    frame = open_frame(title, subtitle, caption, 0.6)
    frame.figure.set_gid(NOTHING + _("{title}: n/a, {reason}.", title=title, reason=reason))
    axes = sheet(frame)
    write_in_box(
        axes,
        (0, 0.05, frame.width, 0.45),
        break_words(_("n/a · {reason}", reason=reason), frame.width - 0.3, 8.6),
        8.6,
        "absent",
        style="italic",
    )
    return frame.figure


def nothing_of(figure: Figure) -> str:
    """What a picture of nothing says, as one sentence; "" where there is something to see.

    Examples
    --------
    >>> nothing_of(draw_nothing("Work", "", Caption("Mali", ""), "not published"))
    'Work: n/a, not published.'
    """
    told = figure.get_gid() or ""
    return told.removeprefix(NOTHING) if told.startswith(NOTHING) else ""
