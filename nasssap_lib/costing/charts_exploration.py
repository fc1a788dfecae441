"""Pictures of the workbench: the gap at a coverage one aims at, and the cost of measures by year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.costing.words_exploration import GAP_PARTS, cost_title, target_title, unknown_costs
from nasssap_lib.display.style import (
    ABSENT,
    COVERED,
    INK,
    MUTED,
    NOT_COVERED,
    VALUE,
    Caption,
    draw_parts,
    open_frame,
    styled,
    text_width,
    wrap,
)
from nasssap_lib.display.texts import _, join_sentences, label, named, reason_words
from nasssap_lib.display.words import small_share
from nasssap_lib.terms import COVERAGE_GROUPS, sex_of, sexes_of

COLOURS = (COVERED, NOT_COVERED, "#b5442e", "#5b7f95", "#8a5a10", "#6b7785", "#9fb8a8", "#c48f8a")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1)), (0, (3, 3)), (0, (1, 2)), (0, (7, 2)))


@styled
def plot_target_gap(gap: pd.DataFrame, caption: Caption):
    """One bar of a group: covered today, to be reached by the target, still not covered.

    Parameters
    ----------
    gap : result of ``costing.explore_gap``
    caption : country and source

    Returns
    -------
    matplotlib Figure
    """
    row = gap.iloc[0]
    known = {"group": _group_words(row), "year": row["year"], "rule": reason_words(row["denominator_rule"])}
    subtitle = (
        _("{group}, {year}, {rule}.", **known)
        if pd.isna(row["coverage_year"])
        else _("{group}, {year}, {rule}; rate of {observed} kept (estimated).", **known, observed=row["coverage_year"])
    )
    frame = open_frame(target_title(gap, caption.country_name), subtitle, caption, 1.5)
    axes = frame.axes(top=0.04, bottom=0.76)
    if pd.isna(row["gap"]):
        draw_parts(axes, [])
        axes.barh(0, 1, color=ABSENT, height=0.8)
        why = _("n/a · {reason}", reason=reason_words(row["reason"]))
        words = "\n".join(wrap(why, frame.width - 0.6, VALUE))
        axes.text(0.5, 0, words, ha="center", va="center", style="italic", color=MUTED, size=VALUE)
        return frame.figure
    parts = [
        (_(GAP_PARTS[part]), row[part], style)
        for part, style in (
            ("covered", {"color": COVERED}),
            ("to_reach", {"facecolor": "white", "edgecolor": COVERED, "hatch": "////"}),
            ("gap_at_target", {"color": NOT_COVERED}),
        )
    ]
    whole = row["target_population"]
    draw_parts(axes, [(words, persons / whole, persons, style) for words, persons, style in parts])
    return frame.figure


def _group_words(row: pd.Series) -> str:
    """A group, with its sex where it is not both, and not said by the group itself."""
    group = label(COVERAGE_GROUPS, row["group"])
    if row["sex"] == sex_of(row["group"]):
        return group
    return _("{group}, {sex}", group=group, sex=label(sexes_of(row["group"]), row["sex"]))


@styled
def plot_cost_path(costs: pd.DataFrame, caption: Caption):
    """Cost of measures by year, in % of GDP, one line each.

    Parameters
    ----------
    costs : result of ``costing.explore_measures``
    caption : country and source

    Returns
    -------
    matplotlib Figure
    """
    wide = costs.pivot(index="year", columns="measure", values="share_of_gdp").astype(float) * 100
    wide = wide.reindex(columns=costs["measure"].unique()).dropna(axis=1, how="all")
    subtitle = _(
        "Cost in % of GDP by year, benefits and administration, gross of what is paid today. Levels and take-up are assumptions."
    )
    unknown = unknown_costs(costs)
    below = join_sentences([subtitle, unknown]) if len(wide.columns) else subtitle
    frame = open_frame(cost_title(costs, caption.country_name), below, caption, 2.7)
    names = {measure: _shortened(named(name)) for measure, name in zip(costs["measure"], costs["name"], strict=True)}
    labels = {
        measure: _("{name} · {share}", name=names[measure], share=small_share(wide[measure].dropna().iloc[-1] / 100))
        for measure in wide
    }
    room = max((text_width(text, 8.0, "bold") for text in labels.values()), default=0.2) + 0.2
    axes = frame.axes(left=0.42, right=min(room, 3.2), bottom=0.25)
    if wide.empty:
        axes.axis("off")
        words = "\n".join(wrap(unknown or _("n/a: no measure chosen"), frame.width - 1, VALUE))
        axes.text(-0.06, 0.5, words, style="italic", color=MUTED, size=VALUE, va="center", transform=axes.transAxes)
        return frame.figure
    top = max(wide.max().max() * 1.1, 0.05)
    wide = wide.dropna(how="all")
    last = [wide[name].dropna() for name in wide]
    ends = apart([line.iloc[-1] for line in last], top * 0.075)
    for number, (name, line) in enumerate(zip(wide, last, strict=True)):
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        axes.plot(wide.index, wide[name], color=colour, linestyle=dash, linewidth=1.9)
        if len(line) == 1:
            axes.plot(line.index, line, color=colour, marker="o", markersize=4, clip_on=False)
        end, beside = (line.index[-1], line.iloc[-1]), (wide.index[-1] + 0.6, ends[number])
        style = {"size": 8.0, "weight": "bold", "color": INK, "va": "center", "annotation_clip": False}
        axes.annotate(labels[name], end, xytext=beside, **style)
    axes.set_ylim(0, top)
    axes.set_xlim(wide.index[0], max(wide.index[-1], wide.index[0] + 1))
    axes.yaxis.grid(True)
    axes.tick_params(axis="x", pad=7)  # the first year stands below the zero beside it
    axes.tick_params(axis="y", labelsize=8.2, colors=MUTED)
    return frame.figure


def _shortened(name: str, most: int = 30) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def apart(values: list[float], least: float) -> list[float]:
    """Heights of labels, moved apart as little as needed, in the order of the values."""
    order = np.argsort(values)
    heights = np.array(values, dtype=float)
    for lower, upper in zip(order[:-1], order[1:], strict=True):
        heights[upper] = max(heights[upper], heights[lower] + least)
    return heights.tolist()
