"""One look for all pictures: palette, fonts, and a frame with the finding as title, what is measured, and the sources."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import matplotlib
from matplotlib.figure import Figure

from nasssap_lib.display.glyphs import SCALE, Face, line_extent
from nasssap_lib.display.numbers import format_persons, format_share
from nasssap_lib.display.texts import _

COVERED, NOT_COVERED, WARNING = "#14506e", "#e2a03f", "#b5442e"
ABSENT, INK, MUTED, RULE = "#eef1f4", "#1f2933", "#6b7785", "#d9dee4"
PALE = "#f8eedd"

WIDTH = 7.2  # inches: the text on a report page stays legible, and a slide takes it whole
MARGIN = 0.12
TITLE, SUBTITLE, LABEL, VALUE, FOOT = 12.5, 8.6, 9.0, 9.0, 7.2
BREAKS = re.compile(r"[ \n\t]+")  # a line is never broken at a no-break space
MOST_LINES, TITLE_LINES = 8, 5  # of a name, of a title
MOST_LETTERS = 300  # of a line: what is longer is never measured whole
HEAD_GAP = 0.05  # inches between title and subtitle
LINE = 1.32  # line height in units of the font size

STYLE = {
    "font.family": "DejaVu Sans",
    "text.parse_math": False,  # a dollar sign in a pack is a dollar sign
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": RULE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": RULE,
    "grid.linewidth": 0.7,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.labelsize": 8.2,
    "ytick.labelsize": LABEL,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "ytick.major.pad": 7,
    "hatch.linewidth": 0.7,
    "svg.hashsalt": "nasssap",
    "svg.fonttype": "path",
}


@dataclass(frozen=True)
class Caption:
    """What a picture says beside its data: the country's name and the sources."""

    country_name: str
    source: str


def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Width of a line of text in inches."""
    return line_extent(text, Face(weight=weight)).width * (size / SCALE) / 72


def wrap(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Lines of a text that fit into ``width`` inches; a word wider than that stands alone."""
    words = list(filter(None, BREAKS.split(text)))
    if text_width(" ".join(words), size, weight) <= width:
        return [" ".join(words)] if words else []
    lines: list[str] = []
    for word in words:
        if lines and text_width(f"{lines[-1]} {word}", size, weight) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def break_words(
    text: str, width: float, size: float, weight: str = "normal", most: int | None = MOST_LINES
) -> list[str]:
    """Lines of a text that fit into ``width``: a word wider than that is broken, for it must not leave its cell, and after ``most``
    lines the text ends with "…", for no name may be larger than its picture; tables have it in full.

    Examples
    --------
    >>> "".join(break_words("Donaudampfschifffahrt", 0.8, 8)), len(break_words("Donaudampfschifffahrt", 0.8, 8)) > 1
    ('Donaudampfschifffahrt', True)
    >>> break_words("a long way to go", 0.3, 8, most=2)
    ['a', 'lon…']
    """
    lines: list[str] = []
    for line in wrap(text if most is None else text[: MOST_LETTERS * most], width, size, weight):
        while len(line) > 1 and (cut := _fitting(line, width, size, weight)) < len(line):
            lines.append(line[:cut])
            line = line[cut:]
        lines.append(line)
    if most is None or len(lines) <= most:
        return lines
    last = lines[most - 1]
    end = _fitting(last, max(width - text_width("…", size, weight), 0), size, weight)
    return [*lines[: most - 1], f"{last[:end].rstrip()}…"]


def _fitting(word: str, width: float, size: float, weight: str) -> int:
    """How many letters of a word fit into ``width``, at least one: twice as many are tried until they are too many, then halves."""
    low, high = 1, 2
    while high <= len(word) and text_width(word[:high], size, weight) <= width:
        low, high = high, 2 * high
    if high > len(word) and text_width(word, size, weight) <= width:
        return len(word)
    high = min(high, len(word))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if text_width(word[:middle], size, weight) <= width else (low, middle)
    while low > 1 and unicodedata.category(word[low])[0] in "MC":  # a vowel sign, or what joins, stays with its letter
        low -= 1
    return low


@dataclass(frozen=True)
class Frame:
    """A figure and the inches that its plot may use: left, bottom, width and height."""

    figure: Figure
    left: float
    bottom: float
    width: float
    height: float

    def axes(self, left: float = 0.0, right: float = 0.0, top: float = 0.0, bottom: float = 0.0):
        """Axes that keep so many inches free on each side for labels."""
        total_width, total_height = self.figure.get_size_inches()
        box = [
            (self.left + left) / total_width,
            (self.bottom + bottom) / total_height,
            (self.width - left - right) / total_width,
            (self.height - top - bottom) / total_height,
        ]
        return self.figure.add_axes(box)


_width: ContextVar[float] = ContextVar("width", default=WIDTH)


def usual_width() -> float:
    """Inches that a picture is wide, in which its layout is planned.

    Examples
    --------
    >>> usual_width()
    7.2
    """
    return _width.get()


def closer(inches: float) -> float:
    """Inches of a row, or around it: rows stand closer in a narrower picture, so that it keeps its shape.

    Examples
    --------
    >>> closer(0.36)
    0.36
    """
    return inches * usual_width() / WIDTH


@contextmanager
def drawn_as_wide_as(inches: float) -> Iterator[None]:
    """Pictures that are drawn meanwhile are planned in this width: shown as large as others, their letters are larger.

    Examples
    --------
    >>> with drawn_as_wide_as(5.0):
    ...     open_frame("Four in five", "Persons.", Caption("Senegal", ""), 1.0).figure.get_size_inches()[0].item()
    5.0
    """
    before = _width.set(inches)
    try:
        yield
    finally:
        _width.reset(before)


def open_frame(title: str, subtitle: str, caption: Caption, plot_height: float, width: float | None = None) -> Frame:
    """A figure with title, subtitle and source in place and ``plot_height`` inches left for the plot.

    The alternative text of the picture is kept as the figure's label.
    """
    width = width or usual_width()
    inner = width - 2 * MARGIN
    blocks = [
        (break_words(title, inner, TITLE, "bold", TITLE_LINES), TITLE, "bold", INK),
        (break_words(subtitle, inner, SUBTITLE), SUBTITLE, "normal", MUTED),
    ]
    foot = break_words(_("Source: {sources}.", sources=caption.source) if caption.source else "", inner, FOOT)
    head = sum(len(lines) * size * LINE / 72 for lines, size, _, _ in blocks) + 0.26
    foot_height = _foot_height(len(foot))
    height = MARGIN + head + plot_height + foot_height + MARGIN
    figure = Figure(figsize=(width, height), layout="none")
    y = height - MARGIN
    for lines, size, weight, colour in blocks:
        figure.text(
            MARGIN / width,
            y / height,
            "\n".join(lines),
            size=size,
            weight=weight,
            color=colour,
            va="top",
            linespacing=LINE,
        )
        y -= len(lines) * size * LINE / 72 + HEAD_GAP
    figure.text(
        MARGIN / width,
        (MARGIN + FOOT * LINE / 72) / height,
        "\n".join(foot),
        size=FOOT,
        color=MUTED,
        va="bottom",
        linespacing=LINE,
    )
    figure.set_label(_("{title}. {subtitle}", title=title, subtitle=subtitle))
    return Frame(figure, MARGIN, MARGIN + foot_height, inner, plot_height)


def figure_title(figure: Figure) -> str:
    """The title of a picture of this suite, in one line; of any other its label.

    Examples
    --------
    >>> figure_title(open_frame("Four in five are not covered", "Persons.", Caption("Senegal", ""), 1.0).figure)
    'Four in five are not covered'
    """
    first = figure.texts[0].get_text() if figure.texts else ""
    return " ".join(first.split("\n")) or figure.get_label()


def figure_head(figure: Figure) -> tuple[str, float]:
    """The subtitle of a picture of this suite in one line, and the inches that title and subtitle take at its top; ("", 0.0) of any other.

    Examples
    --------
    >>> told, inches = figure_head(open_frame("Four in five are not covered", "Persons.", Caption("Senegal", ""), 1.0).figure)
    >>> told, round(inches, 2)
    ('Persons.', 0.61)
    """
    if not _headed(figure):
        return "", 0.0
    lines = figure.texts[1].get_text().split("\n")
    return " ".join(lines), MARGIN + title_height(figure) + len(lines) * SUBTITLE * LINE / 72 + HEAD_GAP


def title_height(figure: Figure) -> float:
    """Inches that the title of a picture of this suite takes above its subtitle; 0.0 of any other.

    Examples
    --------
    >>> round(title_height(open_frame("Four in five are not covered", "Persons.", Caption("Senegal", ""), 1.0).figure), 2)
    0.28
    """
    if not _headed(figure):
        return 0.0
    return len(figure.texts[0].get_text().split("\n")) * TITLE * LINE / 72 + HEAD_GAP


def figure_foot(figure: Figure) -> tuple[str, float]:
    """The words on the sources of a picture of this suite in one line, and the inches that they take at its foot; ("", 0.0) of any other.

    Examples
    --------
    >>> told, inches = figure_foot(open_frame("Four in five", "Persons.", Caption("Senegal", "ILO, 2024"), 1.0).figure)
    >>> told, round(inches, 2)
    ('Source: ILO, 2024.', 0.36)
    """
    if not _headed(figure):
        return "", 0.0
    lines = figure.texts[2].get_text().splitlines()
    return " ".join(lines), _foot_height(len(lines))


def _foot_height(lines: int) -> float:
    """Inches of the sources, and of the line below them for the number of the picture."""
    return (lines + 1) * FOOT * LINE / 72 + 0.1


def _headed(figure: Figure) -> bool:
    return [text.get_fontsize() for text in figure.texts[:3]] == [TITLE, SUBTITLE, FOOT]


def add_number(figure: Figure, number: str) -> None:
    """Write the figure's number at the foot, so that a picture pasted elsewhere can still be named."""
    width, height = figure.get_size_inches()
    figure.text(MARGIN / width, MARGIN / height, number, size=FOOT, color=MUTED, va="bottom")


def styled(plot):
    """Decorator: draw with the suite's style whatever the caller's matplotlib settings are."""
    from functools import wraps

    @wraps(plot)
    def drawn(*args, **kwargs):
        with matplotlib.rc_context(STYLE):
            return plot(*args, **kwargs)

    return drawn


def share_axis(axes, rows: int) -> None:
    """An axis from 0 to 100 % with light vertical rules, and room for so many rows."""
    axes.set_xlim(0, 100)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_xticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100 %"])
    axes.xaxis.grid(True)
    axes.spines["bottom"].set_visible(False)


def draw_parts(axes, parts) -> None:
    """One bar of parts that make a whole, and below it a line a part: its pattern, its words, its share and persons.

    ``parts`` is a list of (words, share, persons, style of the bar). The axes are as wide as the whole and have room below.
    """
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.5, 0.5)
    axes.axis("off")
    inches = axes.get_position().height * axes.figure.get_size_inches()[1]
    left = 0.0
    for row, (words, share, persons, style) in enumerate(parts):
        axes.barh(0, share, left=left, height=0.8, **style)
        left += share
        y = -0.5 - (0.17 + 0.22 * row) / inches
        axes.barh(y, 0.03, height=0.12 / inches, clip_on=False, **style)
        text = _(
            "{words} · {share} · {persons}", words=words, share=format_share(share), persons=format_persons(persons)
        )
        axes.annotate(text, (0.04, y), va="center", size=VALUE, color=INK, annotation_clip=False)


def label_width(labels, size: float = LABEL) -> float:
    """Inches that the widest label needs."""
    return max((text_width(line, size) for label in labels for line in str(label).split("\n")), default=0.0) + 0.14


def write_beside(axes, x: float, y: float, parts, gap: float = 4.0) -> None:
    """Write several pieces of text beside a point, each placed after the one before it, never at a fixed distance.

    ``parts`` is a list of (text, size, weight, colour, style).
    """
    offset = gap
    for text, size, weight, colour, style in parts:
        axes.annotate(
            text, (x, y), xytext=(offset, 0), textcoords="offset points", va="center", ha="left",
            size=size, weight=weight, color=colour, style=style, annotation_clip=False,
        )  # fmt: skip
        offset += max(text_width(line, size, weight) for line in text.split("\n")) * 72 + gap
