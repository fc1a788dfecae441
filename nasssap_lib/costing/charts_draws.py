"""Picture of what options could cost: the distribution of each option's cost over draws from its assumed ranges."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.words import draws_title
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.sheet import break_words, draw_nothing
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
        "Cost in % of GDP over draws of level and take-up from their assumed ranges. The thicker, the more draws; "
        "the lines are quartiles. Figures: nine of ten draws."
    )
    if costs.empty:
        return draw_nothing(title, subtitle, caption, _("no option can be costed"))
    order = costs.groupby("option")["cost"].median().sort_values(ascending=False).index
    names = costs.drop_duplicates("option").set_index("option")["name"]
    labels = ["\n".join(break_words(named(names[option]), NAME_WIDTH, LABEL)) for option in order]
    frame = open_frame(title, subtitle, caption, ROW * len(order) + 0.4)
    axes = frame.axes(left=label_width(labels), right=1.35, bottom=0.3)
    _draw_shapes(axes, costs, list(order))
    axes.set_yticks(range(len(order)), labels)
    _write_ranges(axes, costs, list(order))
    return frame.figure


def _draw_shapes(axes, costs: pd.DataFrame, order: list[str]) -> None:
    import seaborn  # half a second that only this picture needs

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
    axes.xaxis.set_major_formatter(lambda share, _position: format_share(share, 2))
    axes.locator_params(axis="x", nbins=5)


def _write_ranges(axes, costs: pd.DataFrame, order: list[str]) -> None:
    ends = costs.groupby("option")["cost"].quantile([0.05, 0.95]).unstack()
    for row, option in enumerate(order):
        low, high = (format_share(value, 2) for value in ends.loc[option])
        axes.annotate(
            _("{low} to {high}", low=low, high=high), (1, row), xycoords=("axes fraction", "data"), xytext=(6, 0),
            textcoords="offset points", va="center", size=VALUE, color=MUTED, annotation_clip=False,
        )  # fmt: skip
