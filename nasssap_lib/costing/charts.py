"""Picture of the frontier: what options cost against the persons whom they newly cover, with ranges."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle

from nasssap_lib.costing.options import efficient_options
from nasssap_lib.costing.words import frontier_title
from nasssap_lib.display.numbers import format_persons, format_share
from nasssap_lib.display.placing import place_labels
from nasssap_lib.display.sheet import draw_nothing, height_of
from nasssap_lib.display.style import (
    COVERED,
    INK,
    LINE,
    MUTED,
    NOT_COVERED,
    Caption,
    break_words,
    open_frame,
    styled,
    text_width,
    wrap,
)
from nasssap_lib.display.texts import _, join_clauses, named, reason_words
from nasssap_lib.rows import as_records

NAME, SMALL = 8.4, 7.6
DRAWN = 1.05  # text is drawn up to 5 % wider than measured, for letters stand on whole pixels
ITALIC = 0.94  # italic text is wider than the upright text that is measured
NAME_WIDTH = 1.4  # inches: narrow names find room between the ranges
LOWEST = 20
HEIGHT = 5.8  # inches: two lists of options need room for names that touch no range
MOST_NAMES = 8  # points that are named where they stand; more get numbers and a key


@styled
def plot_frontier(options: pd.DataFrame, caption: Caption):
    """Cost against persons newly covered, with ranges; the options that no other one beats are joined.

    Parameters
    ----------
    options : result of ``costing.assess_options``
    caption : country and source

    Returns
    -------
    matplotlib Figure; None where the pack holds no option
    """
    if options.empty:
        return None
    title = frontier_title(options, caption.country_name)
    subtitle = _(
        "Cost at the assumed take-up, when mature, in % of GDP and persons newly covered, central values and ranges; each grid line "
        "is ten times the one before. Circles: benefits paid; squares: cover subsidised. Filled: no other option of its list "
        "newly covers as many for less."
    )
    shown = options[(options["cost_central"] > 0) & (options["newly_covered_central"] > 0)]
    shown = shown.assign(**{name: _above_zero(shown, name) for name in ("cost_low", "newly_covered_low")})
    if shown.empty:
        return draw_nothing(title, subtitle, caption, _("no option has both a cost and persons newly covered"))
    key, foot = _key(shown), _not_drawn(options[~options["option"].isin(shown["option"])])
    below = height_of(key, SMALL) + height_of(foot, SMALL)
    frame = open_frame(title, subtitle, caption, HEIGHT + below)
    axes = frame.axes(left=0.95, right=0.1, top=0.3, bottom=0.62 + below)
    _log_axes(axes, shown)
    _draw_ranges(axes, shown)
    _label_points(axes, shown)
    width, height = frame.figure.get_size_inches()
    top = axes.get_position().y0 * height - 0.48
    style = {"size": SMALL, "color": MUTED, "va": "top", "linespacing": LINE}
    for line, text in enumerate(key):
        frame.figure.text(frame.left / width, (top - height_of(key[:line], SMALL)) / height, text, **style)
    frame.figure.text(
        frame.left / width, (top - height_of(key, SMALL)) / height, "\n".join(foot), style="italic", **style
    )
    return frame.figure


def _above_zero(shown: pd.DataFrame, name: str) -> pd.Series:
    """Low ends as far as logarithmic axes can show them: to a twentieth of the central value where they are less, or nothing."""
    return np.maximum(shown[name], shown[name.replace("_low", "_central")] / LOWEST)


def _key(shown: pd.DataFrame) -> list[str]:
    """Names of the points that carry numbers, one a line."""
    if len(shown) <= MOST_NAMES:
        return []
    entries = [
        _("{number}  {name}: {figures}", number=i, name=named(row["name"]), figures=_figures(row))
        for i, row in enumerate(as_records(shown), 1)
    ]
    wide = 6.9 / DRAWN
    return [
        line for entry in entries
        for line in ([entry] if text_width(entry, SMALL) <= wide else break_words(entry, wide, SMALL))
    ]  # fmt: skip


def _not_drawn(rest: pd.DataFrame) -> list[str]:
    """Lines on the options that cannot be drawn, with the reason."""
    parts = [_why_not_drawn(row) for row in as_records(rest)]
    words = _("n/a, not drawn: {options}.", options=join_clauses(parts))
    return wrap(words, 6.9 * ITALIC, SMALL) if parts else []


def _why_not_drawn(row: dict) -> str:
    name, reason = named(row["name"]), reason_words(row["reason"]) or _("nobody newly covered")
    if pd.isna(row["cost_central"]):
        return _("{name}: {reason}", name=name, reason=reason)
    cost = format_share(row["cost_central"], 2)
    return _("{name} ({cost} of GDP): {reason}", name=name, cost=cost, reason=reason)


def _log_axes(axes, shown: pd.DataFrame) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(shown["cost_low"].min() / 1.6, shown["cost_high"].max() * 2.5)
    axes.set_ylim(shown["newly_covered_low"].min() / 2, shown["newly_covered_high"].max() * 2.8)
    x, y = _powers(*axes.get_xlim()), _powers(*axes.get_ylim())
    axes.set_xticks(x, [format_share(value, 3) for value in x])
    axes.set_yticks(y, [format_persons(value) for value in y])
    axes.minorticks_off()
    axes.grid(True)
    axes.tick_params(axis="y", labelsize=8.2, colors=MUTED)
    axes.text(0, 1.02, _("persons newly covered"), transform=axes.transAxes, size=SMALL, color=MUTED, va="bottom")
    height = axes.get_position().height * axes.figure.get_size_inches()[1]
    words, style = _("cost, % of GDP a year (assumption)"), {"size": SMALL, "color": MUTED, "va": "top", "ha": "right"}
    axes.text(1, -0.24 / height, words, transform=axes.transAxes, **style)


def _powers(low: float, high: float) -> list[float]:
    return [10.0**power for power in range(int(np.ceil(np.log10(low))), int(np.floor(np.log10(high))) + 1)]


def _draw_ranges(axes, shown: pd.DataFrame) -> None:
    style = {"color": COVERED, "linewidth": 1.0, "linestyle": (0, (4, 3)), "zorder": 2}
    best = efficient_options(shown)
    for line in _lines(shown):
        axes.plot(line["cost_central"], line["newly_covered_central"], **style)
    bar = {"color": NOT_COVERED, "linewidth": 1.8, "zorder": 2.5, "solid_capstyle": "butt"}
    for row in as_records(shown):
        x, y = row["cost_central"], row["newly_covered_central"]
        axes.plot([row["cost_low"], row["cost_high"]], [y, y], **bar)
        axes.plot([x, x], [row["newly_covered_low"], row["newly_covered_high"]], **bar)
        face = COVERED if row["option"] in best else "white"
        marker = "s" if row["kind"] == "subsidy" else "o"
        axes.plot(
            x, y, marker, markersize=8, markerfacecolor=face, markeredgecolor=COVERED, markeredgewidth=1.6, zorder=4
        )


def _label_points(axes, shown: pd.DataFrame) -> None:
    """Write each option's name and figures where they touch nothing; a thin line leads to a point that is not beside."""
    room, rows = _inches(axes), as_records(shown)
    points = [_place(axes, row["cost_central"], row["newly_covered_central"]) for row in rows]
    bars = [bar for row in rows for bar in _bars(axes, row)] + _pieces(axes, shown)
    texts = [(break_words(named(row["name"]), NAME_WIDTH, NAME, "bold"), _figures(row)) for row in rows]
    if len(rows) > MOST_NAMES:
        texts = [([str(number)], "") for number in range(1, len(rows) + 1)]
    sizes = [_size(*text) for text in texts]
    for point, corner, size, text in zip(points, place_labels(points, sizes, bars, room), sizes, texts, strict=True):
        _write_label(axes, room, point, (*corner, *size), text)


def _size(lines: list[str], figures: str) -> tuple[float, float]:
    """Inches that a label needs."""
    width = max(*(text_width(line, NAME, "bold") for line in lines), text_width(figures, SMALL))
    return width * DRAWN, height_of(lines, NAME) + 0.02 + (height_of([figures], SMALL) if figures else 0)


def _write_label(axes, room, point, box, text) -> None:
    """A label on a pale ground, with a line to its point where it stands apart."""
    (width, height), (x, y), (left, bottom, w, h), (lines, figures) = room, point, box, text
    anchor = float(np.clip(x, left, left + w)), float(np.clip(y, bottom, bottom + h))
    if np.hypot(anchor[0] - x, anchor[1] - y) > 0.2:
        way = [x / width, anchor[0] / width], [y / height, anchor[1] / height]
        axes.plot(*way, color=MUTED, linewidth=0.7, transform=axes.transAxes, zorder=3)
    ground = Rectangle((left / width, bottom / height), w / width, h / height, transform=axes.transAxes)
    ground.set(facecolor="white", edgecolor="none", alpha=0.85, zorder=3.5)
    axes.add_patch(ground)
    style = {"transform": axes.transAxes, "linespacing": LINE, "zorder": 5, "va": "top"}
    axes.text(left / width, (bottom + h) / height, "\n".join(lines), size=NAME, weight="bold", color=INK, **style)
    top = bottom + h - height_of(lines, NAME) - 0.02
    axes.text(left / width, top / height, figures, size=SMALL, color=MUTED, **style)


def _figures(row: dict) -> str:
    cost, persons = format_share(row["cost_central"], 2), format_persons(row["newly_covered_central"])
    return _("{cost} · {persons}", cost=cost, persons=persons)


def _inches(axes) -> tuple[float, float]:
    box, (width, height) = axes.get_position(), axes.figure.get_size_inches()
    return box.width * width, box.height * height


def _place(axes, x: float, y: float) -> tuple[float, float]:
    """A point of log axes in inches from their lower left corner."""
    share = [
        (np.log10(value) - np.log10(low)) / (np.log10(high) - np.log10(low))
        for value, (low, high) in ((x, axes.get_xlim()), (y, axes.get_ylim()))
    ]
    width, height = _inches(axes)
    return float(share[0] * width), float(share[1] * height)


def _bars(axes, row: dict) -> list[tuple[float, float, float, float]]:
    """The two range bars of a point as boxes in inches: left, bottom, right, top."""
    x, y = row["cost_central"], row["newly_covered_central"]
    ends = [
        ((row["cost_low"], y), (row["cost_high"], y)),
        ((x, row["newly_covered_low"]), (x, row["newly_covered_high"])),
    ]
    return [(*_place(axes, *first), *_place(axes, *last)) for first, last in ends]


def _pieces(axes, shown: pd.DataFrame) -> list[tuple[float, float, float, float]]:
    """The lines between the best options, cut into short boxes."""
    pieces = []
    for line in _lines(shown):
        points = [_place(axes, *pair) for pair in zip(line["cost_central"], line["newly_covered_central"], strict=True)]
        for first, last in zip(points, points[1:], strict=False):
            steps = np.linspace(first, last, 25)
            pieces += [
                (min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in zip(steps, steps[1:], strict=False)
            ]
    return pieces


def _lines(shown: pd.DataFrame) -> list[pd.DataFrame]:
    """Of each list the options that no other one beats, the cheapest first."""
    best = shown.set_index("option").loc[efficient_options(shown)]
    return [line for _kind, line in best.groupby("kind", sort=False)]
