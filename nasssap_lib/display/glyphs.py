"""Lines of text as outlines: each pair of letters is shaped once a process, for a reader's pictures hold the same ones again and again.

matplotlib shapes a word in a seventh of a millisecond, which was a third of the time of a picture. A word whose letters move each other
in pairs alone is put together of these; any other one (ligatures, marks, scripts that join their letters) is shaped whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from nasssap_lib.display.fonts import drawable, fonts_for

SCALE = text_to_path.FONT_SCALE  # points of the letters that are shaped; other sizes are multiples of it
JOINED = "\u0590"  # from here on scripts run from right to left or join their letters: a line is shaped as a whole


@dataclass(frozen=True)
class Face:
    """A font without its size."""

    family: tuple[str, ...] = ("DejaVu Sans",)
    style: str = "normal"
    weight: str | int = "normal"


@dataclass(frozen=True)
class Extent:
    """Width of a line, and how far it reaches above and below its base line."""

    width: float
    above: float
    below: float


@lru_cache(maxsize=64)
def _file(face: Face):
    return findfont(FontProperties(family=list(face.family), style=face.style, weight=face.weight))


def _font(face: Face, text: str = ""):
    """The font that draws a text; others help out with letters that the face lacks."""
    files = fonts_for(text, _file(face))
    font = get_font(files if len(files) > 1 else files[0])
    font.set_size(SCALE, text_to_path.DPI)
    return font


def _words(text: str) -> list[str]:
    """The pieces of a line, as it is drawn, that are shaped by themselves: no letter of them moves with what stands beyond a space."""
    text = drawable(text)
    return text.split(" ") if max(text, default="") < JOINED else [text]


class Shape(NamedTuple):
    """Letters of a word, each the name of its outline with x and y of its origin; width and reach of the word, in 64ths of a pixel."""

    glyphs: tuple[tuple[str, float, float], ...]
    width: float
    above: float
    below: float


_OUTLINES: dict[str, tuple[np.ndarray, np.ndarray]] = {}  # name of a letter → its outline; filled by matplotlib
_STEPS: dict[tuple[str, Face], float | None] = {}  # two letters → as of :func:`_step`


@lru_cache(maxsize=32768)
def _whole(text: str, face: Face) -> Shape:
    """A text as matplotlib shapes it."""
    font = _font(face, text)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    (width, height), below = font.get_width_height(), font.get_descent()
    return Shape(_placed(text, face), width, height - below, below)


@lru_cache(maxsize=32768)
def _placed(text: str, face: Face) -> tuple[tuple[str, float, float], ...]:
    glyphs, _, _ = text_to_path.get_glyphs_with_font(_font(face, text), text, glyph_map=_OUTLINES)
    return tuple((name, x, y) for name, x, y, _ in glyphs)


@lru_cache(maxsize=32768)
def _word(word: str, face: Face) -> Shape:
    """A word put together of its pairs of letters, or shaped whole where they are not all there is to it."""
    letters = [_whole(letter, face) for letter in word]
    steps = [_step(*pair, face) for pair in pairwise(word)]
    if len(word) < 2 or None in steps:
        return _whole(word, face)
    places = accumulate(steps, initial=0.0)
    return Shape(
        tuple((letter.glyphs[0][0], x, 0.0) for letter, x in zip(letters, places, strict=True)),
        sum(steps) * 64 + letters[-1].width,
        max(letter.above for letter in letters),
        max(letter.below for letter in letters),
    )


def _step(first: str, second: str, face: Face) -> float | None:
    """How far a letter stands behind the one before it; None where the two are not the outlines of each, side by side."""
    if (first + second, face) not in _STEPS:
        _learn([first + second], face)
    return _STEPS[first + second, face]


def _learn(pairs: list[str], face: Face) -> None:
    """Find the steps of pairs of letters: all are shaped in one line, which takes little longer than one of them."""
    placed = _placed(" ".join(pairs), face)
    apart = len(placed) == 3 * len(pairs) - 1  # each letter is one outline, and so is the space behind a pair
    for at, pair in enumerate(pairs):
        alone = [glyph for letter in pair for glyph in _whole(letter, face).glyphs]
        beside = placed[3 * at : 3 * at + 2]
        if apart and [name for name, _, _ in beside] == [name for name, _, _ in alone]:
            still = all((x, y) == (0.0, 0.0) for _, x, y in alone) and not any(y for _, _, y in beside)
            _STEPS[pair, face] = beside[1][1] - beside[0][1] if still else None
        elif len(pairs) > 1:
            _learn([pair], face)
        else:
            _STEPS[pair, face] = None


@lru_cache(maxsize=64)
def _space(face: Face) -> float:
    """Width of a space, in 64ths as the letters beside it are placed."""
    glyphs, _, _ = text_to_path.get_glyphs_with_font(_font(face), " .")
    return glyphs[1][1]


@lru_cache(maxsize=16384)
def line_extent(text: str, face: Face) -> Extent:
    """How much room a line of text takes at a size of ``SCALE`` points, in points.

    Examples
    --------
    >>> one, two = line_extent("coverage", Face()), line_extent("coverage of mothers", Face())
    >>> one.width < two.width and one.below > 0
    True
    """
    words = _words(text)
    pairs = {first + second for word in words for first, second in pairwise(word)}
    if new := sorted(pair for pair in pairs if (pair, face) not in _STEPS):
        _learn(new, face)
    parts = [_word(word, face) for word in words]
    flat = [0.0] if len(words) > 1 else []  # a space reaches neither above nor below the base line
    return Extent(
        sum(part.width / 64 for part in parts) + _space(face) * (len(words) - 1),
        max([part.above / 64 for part in parts] + flat),
        max([part.below / 64 for part in parts] + flat),
    )


@lru_cache(maxsize=16384)
def line_glyphs(text: str, face: Face) -> tuple[tuple[str, float, float], ...]:
    """The letters of a line at a size of ``SCALE`` points, spaces left out: name of the outline, x and y of its origin."""
    placed, start = [], 0.0
    for shape in (_word(word, face) for word in _words(text)):
        placed += [(name, start + x, y) for name, x, y in shape.glyphs if len(_OUTLINES[name][1])]
        start += shape.width / 64 + _space(face)
    return tuple(placed)


def outline(name: str) -> Path:
    """The outline of a letter that :func:`line_glyphs` named, y upwards."""
    return Path(*_OUTLINES[name])


@lru_cache(maxsize=8192)
def line_path(text: str, face: Face, step: float = 0.0) -> Path:
    """The outline of a whole line at a size of ``SCALE`` points, y upwards from its base line; letters begin at multiples of ``step``."""
    glyphs = [(name, round(x / step) * step if step else x, y) for name, x, y in line_glyphs(text, face)]
    if not glyphs:
        return Path(np.empty((0, 2)))
    corners = [_OUTLINES[name][0] + (x, y) for name, x, y in glyphs]
    return Path(np.concatenate(corners), np.concatenate([_OUTLINES[name][1] for name, _, _ in glyphs]))
