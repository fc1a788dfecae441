"""Picture of the order of options: who starts when, and what it costs each year against the money that there is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.costing.words_ranges import fine_share
from nasssap_lib.display.sheet import draw_nothing, height_of, key_bar, key_row, write
from nasssap_lib.display.style import (
    COVERED,
    INK,
    MUTED,
    NOT_COVERED,
    PALE,
    RULE,
    Caption,
    Frame,
    break_words,
    open_frame,
    styled,
)
from nasssap_lib.display.texts import _, named
from nasssap_lib.roadmap.plan import Roadmap
from nasssap_lib.roadmap.words import roadmap_title, starts_of
from nasssap_lib.rows import as_records

NAMES, RIGHT = 2.45, 0.35  # inches for the names of options, and right of the last year
SMALL, NAME = 7.6, 8.2
KEY, MONEY, ROW = 0.34, 1.75, 0.12  # inches: of the key, of the plot of money, around a row
GROWING = {"facecolor": PALE, "edgecolor": COVERED, "hatch": "////", "linewidth": 0.6}
GROWN = {"facecolor": COVERED, "edgecolor": COVERED, "linewidth": 0.6}
TYPED_COST = {"color": NOT_COVERED, "linewidth": 1.8, "linestyle": (0, (4, 2))}
MONEY_LOOK = {"facecolor": "#e4e4e4", "edgecolor": RULE}
TYPED = {"marker": "D", "s": 26, "facecolor": "white", "edgecolor": INK, "linewidth": 1.1}


@styled
def plot_roadmap(roadmap: Roadmap, caption: Caption):
    """Above, a row an option with its first year and the years in which it grows; below, cost by year against the envelope.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    caption : country and source

    Returns
    -------
    matplotlib Figure
    """
    best = roadmap.best is not None
    rows = _rows(roadmap)
    heights = [height_of(row["lines"], NAME) + ROW for row in rows]
    subtitle = (
        _(
            "Bars: the best order that fits the money; diamonds: the first year that the country's data give. Below: net cost by "
            "year in % of GDP of both orders against the money that is proposed; it must also suffice ten years after all have "
            "grown."
        )
        if best
        else _(
            "Bars: first years that the costing assumes, no plan: nothing is proposed to pay for the options, so that no order can be "
            "proved. Below: their net cost by year in % of GDP."
        )
    )
    if not rows:
        why = _("the cost or the gap of no option is known")
        return draw_nothing(roadmap_title(roadmap, caption.country_name), subtitle, caption, why)
    frame = open_frame(
        roadmap_title(roadmap, caption.country_name), subtitle, caption, KEY + sum(heights) + 0.3 + MONEY
    )
    years = _shown_years(roadmap)
    span = (years[0] - 0.5, years[-1] + 0.5)
    _key(frame, best)
    axes = frame.axes(left=NAMES, right=RIGHT, bottom=MONEY + 0.3, top=KEY)
    _draw_starts(axes, rows, heights, span)
    page = frame.axes(bottom=MONEY + 0.3, top=KEY)
    page.set_xlim(0, frame.width)
    page.set_ylim(sum(heights), 0)
    page.axis("off")
    for row, top, height in zip(rows, np.cumsum([0, *heights[:-1]]), heights, strict=True):
        write(page, 0, top + height / 2, row["lines"], NAME, va="center")
    _draw_money(
        frame.axes(left=NAMES, right=RIGHT, bottom=0.26, top=KEY + sum(heights) + 0.3 + 0.16), roadmap, years, span
    )
    return frame.figure


def _rows(roadmap: Roadmap) -> list[dict]:
    """Options in the order in which they start; the others behind them."""
    starts = starts_of(roadmap)
    table = roadmap.ready.options
    table = table[table["in_order"]].assign(
        start=[starts.get(option) for option in table.loc[table["in_order"], "option"]]
    )
    table = table.sort_values(["start", "option"], kind="stable", na_position="last")
    return [row | {"lines": break_words(named(row["name"]), NAMES - 0.15, NAME)} for row in as_records(table)]


def _shown_years(roadmap: Roadmap) -> list[int]:
    years = roadmap.typed_costs["year"].astype(int).tolist()
    return years if len(years) < 2 or years[-1] == years[-2] + 1 else years[:-1]  # without the check ten years later


def _draw_starts(axes, rows: list[dict], heights: list[float], span: tuple[float, float]) -> None:
    axes.set_xlim(*span)
    axes.set_ylim(sum(heights), 0)
    for row, top, height in zip(rows, np.cumsum([0, *heights[:-1]]), heights, strict=True):
        middle, begin = top + height / 2, row["start"]
        if pd.notna(begin):
            full = min(begin + row["build_up"], span[1] + 0.5)
            axes.barh(middle, full - begin, left=begin - 0.5, height=0.15, **GROWING)
            axes.barh(middle, span[1] - full + 0.5, left=full - 0.5, height=0.15, **GROWN)
        else:
            write(
                axes,
                span[0] + 0.9,
                middle,
                [_("not within the money")],
                SMALL,
                va="center",
                color=MUTED,
                style="italic",
            )
        axes.scatter([row["typed_start"]], [middle], zorder=4, **TYPED)
    axes.set_yticks([])
    axes.xaxis.get_major_locator().set_params(integer=True, nbins=7)
    axes.tick_params(axis="x", labelbottom=False, length=0)
    axes.xaxis.grid(True)
    axes.set_axisbelow(True)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _draw_money(axes, roadmap: Roadmap, years: list[int], span: tuple[float, float]) -> None:
    """Cost of both orders, and the envelope as an area."""
    typed = roadmap.typed_costs.set_index("year").loc[years]
    most = 100 * max(typed["cost"].max(), typed["envelope"].max() if roadmap.best else 0.0, 1e-6)
    if roadmap.best is not None:
        edges = np.repeat([*(np.array(years) - 0.5), years[-1] + 0.5], 2)[1:-1]
        axes.fill_between(edges, 0, np.repeat(100 * typed["envelope"].to_numpy(float), 2), linewidth=0.8, **MONEY_LOOK)
        cost = 100 * roadmap.best_costs.set_index("year").loc[years, "cost"].to_numpy(float)
        axes.plot(years, cost, color=COVERED, linewidth=2.2, marker="o", markersize=3)
    axes.plot(years, 100 * typed["cost"].to_numpy(float), **TYPED_COST)
    axes.set_xlim(*span)
    axes.set_ylim(0, most * 1.12)
    axes.xaxis.get_major_locator().set_params(integer=True, nbins=7)
    axes.yaxis.get_major_locator().set_params(nbins=5)
    axes.yaxis.grid(True)
    axes.yaxis.set_major_formatter(lambda value, _position: fine_share(value / 100, most / 1000) if value else "0")
    axes.tick_params(axis="x", pad=6)
    axes.tick_params(axis="y", labelsize=8.2, colors=MUTED)


def _key(frame: Frame, best: bool) -> None:
    """What bars, diamonds and lines mean, side by side."""
    marks = [
        (_("grows"), key_bar(GROWING)),
        (_("full take-up"), key_bar(GROWN)),
        (_("assumed start"), lambda axes, x: axes.scatter([x + 0.13], [0.1], **TYPED)),
        (_("cost, assumed order"), lambda axes, x: axes.plot([x, x + 0.26], [0.1, 0.1], **TYPED_COST)),
    ]
    if best:
        marks += [
            (_("cost, best order"), lambda axes, x: axes.plot([x, x + 0.26], [0.1, 0.1], color=COVERED, linewidth=2.2)),
            (_("money"), key_bar(MONEY_LOOK)),
        ]
    key_row(frame, KEY, marks, SMALL)
