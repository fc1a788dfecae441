"""Pictures laid out as a reader sees them: which texts overlap, and which leave the canvas."""

from __future__ import annotations

from contextlib import contextmanager

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from nasssap_lib.display.style import STYLE, add_number

TOLERANCE = 1.5  # pixels at 100 dots per inch: less than a reader can see


class Inkless(RendererAgg):
    """Agg that lays out and measures everything and colours no pixel, which is half of the work and leaves each box as it is."""

    def __init__(self, *size: float):
        super().__init__(*size)
        for name in ("path", "text", "mathtext", "markers", "path_collection", "image", "quad_mesh"):
            setattr(self, f"draw_{name}", self._nothing)

    def _nothing(self, *_, **__) -> None: ...


@contextmanager
def drawn_texts():
    """Texts in the order in which they would be drawn: an axis holds many more than it shows. None is: half of the time is theirs."""
    found: dict[int, Text] = {}
    draw = Text.draw

    def record(text, renderer, *_, **__):
        text._renderer = renderer
        if text.get_visible() and text.get_text().strip():
            found[id(text)] = text

    Text.draw = record
    try:
        yield found
    finally:
        Text.draw = draw


def text_boxes(figure: Figure) -> list[tuple[str, object]]:
    """Every text of a picture with its box in pixels, as Agg places it."""
    with matplotlib.rc_context(STYLE), drawn_texts() as found:
        canvas = FigureCanvasAgg(figure)
        figure.set_dpi(100)
        renderer = Inkless(*canvas.get_width_height(physical=True), figure.dpi)
        figure.draw(renderer)
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
    return problems + [f"{boxes[a][0]!r} overlaps {boxes[b][0]!r}" for a, b in _overlaps([box for _, box in boxes])]


def _leaves(box, width: float, height: float) -> bool:
    return box.x0 < -TOLERANCE or box.y0 < -TOLERANCE or box.x1 > width + TOLERANCE or box.y1 > height + TOLERANCE


def _overlaps(boxes: list) -> np.ndarray:
    """Pairs of boxes that share more than a reader can miss, across and down, by their numbers."""
    low, high = (np.array([getattr(box, end) for box in boxes]).reshape(-1, 2) for end in ("min", "max"))
    shared = np.minimum(high[:, None], high) - np.maximum(low[:, None], low)
    return np.argwhere(np.triu((shared > TOLERANCE).all(axis=2), k=1))
