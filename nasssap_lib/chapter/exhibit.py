"""A picture on the workbench, its bars to choose from, and what is known of the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as widgets
import pandas as pd
from matplotlib.figure import Figure

from nasssap_lib.chapter.output import PNG_DPI
from nasssap_lib.costing.words_exploration import part_facts, part_words
from nasssap_lib.display.drawing import draw
from nasssap_lib.display.pixels import small_png
from nasssap_lib.display.texts import N_, _
from nasssap_lib.rows import as_records

CHOOSE = N_("Choose a bar or line to see where its figure comes from:")


class Exhibit:
    """A picture, its bars to choose from below it, and what is known of the one that is chosen.

    The bars are radio buttons in the picture's order: they can be reached and changed with the keyboard alone.
    """

    def __init__(self, cite: Callable[[pd.DataFrame], str]):
        """An empty exhibit; ``cite`` names the sources of a table."""
        self.cite = cite
        self.parts = pd.DataFrame()
        self.image = widgets.Image(
            format="png", layout=widgets.Layout(width="100%", min_width="30rem", max_width="44rem")
        )
        self.bars = widgets.RadioButtons(layout=widgets.Layout(width="auto"))
        self.facts = widgets.HTML()
        picture = widgets.Box([self.image], layout=widgets.Layout(overflow="auto"))  # on a phone the picture scrolls
        self.view = widgets.VBox([picture, widgets.HTML(f"<b>{escape(_(CHOOSE))}</b>"), self.bars, self.facts])
        self.bars.observe(lambda change: self._tell(), "value")

    def show(self, figure: Figure, parts: pd.DataFrame) -> None:
        """Show a picture and its parts; what was chosen stays chosen as long as it is there."""
        self.image.value = _png(figure)
        self.parts = parts
        options = [(part_words(part), part["part"]) for part in as_records(parts)]
        chosen = self.bars.value
        if list(self.bars.options) != options:
            self.bars.options = options
        codes = [code for words, code in options]
        if codes:
            self.bars.value = chosen if chosen in codes else codes[0]
        self._tell()

    def _tell(self) -> None:
        rows = self.parts[self.parts["part"] == self.bars.value] if len(self.parts) else self.parts
        if rows.empty:
            self.facts.value = line_html(_("No measure is chosen"))
            return
        part = as_records(rows)[0]
        self.facts.value = _facts_html(part_words(part), part_facts(part, self.cite(rows)))


def _png(figure: Figure) -> bytes:
    return small_png(draw(figure, PNG_DPI)[1])


def _facts_html(title: str, facts: list[tuple[str, str]]) -> str:
    """Terms and their words as a small table; nothing of a pack runs in it."""
    rows = "".join(
        f'<tr><th scope="row" style="text-align:left;vertical-align:top;padding-right:1em">{escape(term)}</th>'
        f'<td style="text-align:left">{escape(words)}</td></tr>'
        for term, words in facts
    )
    return f'<table style="line-height:1.4"><caption style="text-align:left;font-weight:700">{escape(title)}</caption>{rows}</table>'


def line_html(text: str) -> str:
    """A sentence as a paragraph; nothing of a pack runs in it."""
    return f"<p>{escape(text)}</p>"
