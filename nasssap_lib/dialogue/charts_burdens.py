"""Picture of the burdens: who would pay for each option and who would gain, as the groups of a dialogue stated it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle

from nasssap_lib.dialogue.words import burdens_title
from nasssap_lib.display.heads import DRAWN, LABELS, Heads, draw_grid, lay_grid, name_columns
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_signed
from nasssap_lib.display.sheet import draw_nothing, sheet, write, write_in_box
from nasssap_lib.display.style import (
    COVERED,
    INK,
    MARGIN,
    MUTED,
    NOT_COVERED,
    WIDTH,
    Caption,
    open_frame,
    styled,
    text_width,
)
from nasssap_lib.display.texts import N_, _, join_sentences, named, ngettext
from nasssap_lib.ties import settled

CELL, ROW = 7.0, 0.42  # points; least height of a row in inches
WIDEST = 1.5  # inches of a column
MINUS = "\N{MINUS SIGN}"
WEAK = {  # qualities of answers that a picture must mark: of all of them, of some
    ("assumed",): (N_("All answers are assumed."), N_("Some answers are assumed.")),
    ("illustrative",): (N_("All answers are illustrative."), N_("Some answers are illustrative.")),
    ("assumed", "illustrative"): (
        N_("All answers are assumed or illustrative."),
        N_("Some answers are assumed or illustrative."),
    ),
}


@styled
def plot_burdens(groups: pd.DataFrame, caption: Caption):
    """Who would pay and who would gain: options × groups, a bar right (pays) or left (gains) of a zero line, on one scale.

    Parameters
    ----------
    groups : a row a group and option: stakeholder, group (its name), influence, option, name (of the option), burden (% of GDP a
        year; above zero: pays more than it gains; NaN: not stated), quality
    caption : country and source

    Returns
    -------
    matplotlib Figure; None where there was no dialogue
    """
    if groups.empty:
        return None
    title = burdens_title(groups, caption.country_name)
    known = groups[groups["burden"].notna()]
    shown = groups[groups["option"].isin(known["option"])].drop_duplicates("option")
    subtitle = _burdens_subtitle(groups, groups["option"].nunique() - len(shown))
    if known.empty:
        return draw_nothing(title, subtitle, caption, _("no burden is stated for any option"))
    parties, stated = list_parties(groups), known.drop_duplicates(["stakeholder", "option"])
    values = stated.set_index(["stakeholder", "option"])["burden"].to_dict()
    least = max(text_width(format_signed(value, 2), CELL, "bold") for value in values.values()) * DRAWN + 0.08
    width = max(WIDTH, 2 * MARGIN + LABELS + least * len(parties))
    bars = Bars.of(stated["burden"])
    lefts, cell, heads = _even_columns(list(map(named, parties["group"])), width - 2 * MARGIN, least, bars)
    grid = lay_grid(map(named, shown["name"]), heads, ROW)
    grid = replace(grid, top=max(grid.top, 0.46))
    frame = open_frame(title, subtitle, caption, grid.height, width)
    axes = sheet(frame)
    _draw_directions(axes, grid.top)
    for option, (y, height) in zip(shown["option"], draw_grid(axes, grid, frame.width), strict=True):
        for left, party in zip(lefts, parties["stakeholder"], strict=True):
            _draw_burden(axes, (left, y, cell, height), values.get((party, option), np.nan), bars)
    return frame.figure


@dataclass(frozen=True)
class Bars:
    """The one scale of all bars: least and greatest burden, zero included."""

    low: float
    high: float

    @classmethod
    def of(cls, burden: pd.Series) -> Bars:
        """The scale that holds all burdens."""
        return cls(min(float(burden.min()), 0.0), max(float(burden.max()), 0.0))

    def place(self, value: float, cell: float) -> float:
        """Inches from the left of a column to a value."""
        span = self.high - self.low
        return 0.06 + (value - self.low) / span * (cell - 0.12) if span else cell / 2


def _burdens_subtitle(groups: pd.DataFrame, left_out: int) -> str:
    return join_sentences(
        [
            _(
                "What each group would pay net of what it gains, % of GDP a year, at assumed costs; one scale for all columns."
            ),
            ngettext(
                "{n} option for which nobody stated a burden left out.",
                "{n} options for which nobody stated a burden left out.",
                left_out,
                n=left_out,
            )
            if left_out
            else "",
            quality_words(groups[groups["burden"].notna()]),
        ]
    )


def _even_columns(names: list[str], edge: float, least: float, bars: Bars) -> tuple[list[float], float, Heads]:
    """Left edges and width of columns of one width; names that fly above their zero lines get room at the right."""
    for room in (0.95, 0.0):
        cell = min(WIDEST, (edge - LABELS - room) / len(names))
        lefts = [LABELS + i * cell for i in range(len(names))]
        heads = name_columns(names, [(left + bars.place(0.0, cell),) * 2 for left in lefts], edge, {})
        if cell >= least and not heads.key:
            break
    return lefts, cell, heads


def _draw_directions(axes, floor: float) -> None:
    """The key to the bars, in the corner above the names of the options."""
    looks = ((_("gains ({minus}), to the left", minus=MINUS), COVERED), (_("pays (+), to the right"), NOT_COVERED))
    for i, (words, colour) in enumerate(looks):
        y = floor - 0.06 - 0.19 * (2 - i)
        axes.add_artist(Rectangle((0, y + 0.045), 0.2, 0.1, facecolor=colour, edgecolor="none"))
        write(axes, 0.26, y + 0.095, [words], CELL, va="center")


def _draw_burden(axes, box: tuple[float, float, float, float], value: float, bars: Bars) -> None:
    """A bar from the zero line with its value above it; the largest burden and the largest gain are bold."""
    left, y, width, height = box
    if pd.isna(value):
        return write_in_box(axes, box, [_(NOT_AVAILABLE)], CELL, "absent", style="italic")
    zero, end = left + bars.place(0.0, width), left + bars.place(value, width)
    axes.plot([zero, zero], [y, y + height], color=MUTED, linewidth=0.7, zorder=0.5)
    look = {"facecolor": NOT_COVERED if value > 0 else COVERED, "edgecolor": "none"}
    axes.add_artist(Rectangle((min(zero, end), y + height / 2 + 0.03), abs(end - zero), 0.11, **look))
    text, weight = format_signed(value, 2), "bold" if value in (bars.low, bars.high) and value else "normal"
    half = text_width(text, CELL, weight) * DRAWN / 2
    x = min(max((zero + end) / 2, left + half), left + width - half)
    style = {"va": "bottom", "ha": "center", "weight": weight, "color": INK if value else MUTED}
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    return write(axes, x, y + height / 2, [text], CELL, bbox=ground, **style)


def list_parties(groups: pd.DataFrame) -> pd.DataFrame:
    """One row a group, most influential first, groups whose influence is not stated last."""
    parties = groups.drop_duplicates("stakeholder").sort_values(
        "influence", ascending=False, kind="stable", key=settled
    )
    return parties[["stakeholder", "group", "influence"]].reset_index(drop=True)


def quality_words(groups: pd.DataFrame) -> str:
    """What the picture must mark: positions that nobody took are illustrations."""
    weak = tuple(quality for quality in ("assumed", "illustrative") if groups["quality"].eq(quality).any())
    every, some = WEAK.get(weak, ("", ""))
    return _(every if groups["quality"].isin(weak).all() else some)
