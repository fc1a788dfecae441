"""Picture of what options could cost: the distribution of each option's cost over draws from its assumed ranges."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.draws import cost_ranges
from nasssap_lib.costing.words import draws_title
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.sheet import broken_labels, draw_nothing
from nasssap_lib.display.style import (
    COVERED,
    LABEL,
    MUTED,
    VALUE,
    Caption,
    label_width,
    open_frame,
    styled,
)
from nasssap_lib.display.texts import _, named
from nasssap_lib.faces import unasked_left_out

with unasked_left_out("scipy.stats", "scipy.cluster", "ipywidgets"):  # 1.5 s: seaborn has a density of its own
    import seaborn

ROW, NAME_WIDTH = 0.52, 2.3  # inches


@styled
def plot_costs(costs: pd.DataFrame, caption: Caption):
    """One shape an option, as thick as draws are frequent, the dearest first; beside it the middle nine tenths of the draws.

    Parameters
    ----------
    costs : result of ``costing.draw_costs``
    caption : country and source

    Returns
    -------
    matplotlib Figure; where nothing can be costed, a frame that says so
    """
    title = draws_title(costs, caption.country_name)
    subtitle = _(
        "Cost in % of GDP over draws of take-up, level, administration and coverage from their ranges. The thicker, the more draws; "
        "the lines are quartiles. Figures: nine of ten draws."
    )
    if costs.empty:
        return draw_nothing(title, subtitle, caption, _("no option can be costed"))
    ranges = cost_ranges(costs)
    labels, row = broken_labels(map(named, ranges["name"]), NAME_WIDTH, LABEL, ROW)
    frame = open_frame(title, subtitle, caption, row * len(ranges) + 0.4)
    axes = frame.axes(left=label_width(labels), right=1.35, bottom=0.3)
    _draw_shapes(axes, costs, ranges["option"].tolist())
    axes.set_yticks(range(len(ranges)), labels)
    _write_ranges(axes, ranges)
    return frame.figure


def _cost(share: float) -> str:
    return format_share(share, 2)


def _draw_shapes(axes, costs: pd.DataFrame, order: list[str]) -> None:
    seaborn.violinplot(
        costs, x="cost", y="option", order=order, ax=axes, color=COVERED, inner="quart", cut=0, density_norm="width",
        linewidth=0.8, width=0.8,
    )  # fmt: skip
    for line in axes.lines:
        line.set_color("white")
    axes.set(xlabel="", ylabel="")
    axes.set_xlim(left=0)
    axes.xaxis.grid(True)
    axes.spines["bottom"].set_visible(False)
    axes.xaxis.set_major_formatter(lambda share, _position: _cost(share))
    axes.locator_params(axis="x", nbins=5)


def _write_ranges(axes, ranges: pd.DataFrame) -> None:
    for row, (low, high) in enumerate(zip(ranges["low"].map(_cost), ranges["high"].map(_cost), strict=True)):
        axes.annotate(
            _("{low} to {high}", low=low, high=high), (1, row), xycoords=("axes fraction", "data"), xytext=(6, 0),
            textcoords="offset points", va="center", size=VALUE, color=MUTED, annotation_clip=False,
        )  # fmt: skip
