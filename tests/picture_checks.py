"""Pictures drawn as a reader sees them: which texts overlap, and which leave the canvas."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import combinations

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from nasssap_lib.display.style import STYLE, add_number

TOLERANCE = 1.5  # pixels at 100 dots per inch: less than a reader can see


@contextmanager
def drawn_texts():
    """Texts in the order in which they are drawn: an axis holds many more than it shows."""
    found: dict[int, Text] = {}
    draw = Text.draw

    def record(text, renderer, *args, **kwargs):
        if text.get_visible() and text.get_text().strip():
            found[id(text)] = text
        return draw(text, renderer, *args, **kwargs)

    Text.draw = record
    try:
        yield found
    finally:
        Text.draw = draw


def text_boxes(figure: Figure) -> list[tuple[str, object]]:
    """Every text of a picture with its box in pixels, as drawn by Agg."""
    with matplotlib.rc_context(STYLE), drawn_texts() as found:
        canvas = FigureCanvasAgg(figure)
        figure.set_dpi(100)
        canvas.draw()
        renderer = canvas.get_renderer()
        return [(text.get_text(), Text.get_window_extent(text, renderer)) for text in found.values()]


def text_problems(figure: Figure | None, number: str = "Figure 1.1") -> list[str]:
    """Sentences on texts of a picture that overlap or leave the canvas; nothing where all can be read.

    The figure's number is written first, as the chapter does.
    """
    if figure is None:
        return []
    add_number(figure, number)
    boxes = text_boxes(figure)
    width, height = figure.get_size_inches() * 100
    problems = [f"{words!r} leaves the canvas" for words, box in boxes if _leaves(box, width, height)]
    problems += [
        f"{a!r} overlaps {b!r}" for (a, first), (b, second) in combinations(boxes, 2) if _overlap(first, second)
    ]
    return problems


def _leaves(box, width: float, height: float) -> bool:
    return box.x0 < -TOLERANCE or box.y0 < -TOLERANCE or box.x1 > width + TOLERANCE or box.y1 > height + TOLERANCE


def _overlap(first, second) -> bool:
    across = min(first.x1, second.x1) - max(first.x0, second.x0)
    down = min(first.y1, second.y1) - max(first.y0, second.y0)
    return across > TOLERANCE and down > TOLERANCE
