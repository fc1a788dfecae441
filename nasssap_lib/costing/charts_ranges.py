"""Pictures of ranges: cost by year with its band, gross and net, and what each assumption moves."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.costing.charts_exploration import apart
from nasssap_lib.costing.ranges import TOTAL
from nasssap_lib.costing.words_ranges import ASSUMPTIONS, UNITS, bands_title, fine_share, tornado_title, value_words
from nasssap_lib.display.sheet import draw_nothing, height_of
from nasssap_lib.display.style import (
    COVERED,
    INK,
    LABEL,
    LINE,
    MUTED,
    NOT_COVERED,
    VALUE,
    Caption,
    label_width,
    open_frame,
    styled,
    text_width,
    wrap,
)
from nasssap_lib.display.texts import _, join_sentences, label, reason_words

HEIGHT, ROW = 2.9, 0.44  # inches: of the plot, and of a bar with its two lines of words
SMALL = 7.6
DARK = "#8a5a10"  # amber that can be read on white
SAME = 1e-9


@styled
def plot_cost_bands(bands: pd.DataFrame, caption: Caption, option: str = TOTAL):
    """Cost by year in % of GDP with the band of nine tenths of the draws, gross and, where something is replaced, net.

    Parameters
    ----------
    bands : result of ``costing.bands``
    caption : country and source
    option : id of an option; "total": all together

    Returns
    -------
    matplotlib Figure; where nothing is known, a frame that says why
    """
    rows = bands[bands["option"] == option]
    known = rows.dropna(subset=["low"])
    title = bands_title(rows, caption.country_name)
    nets = bool((known["net_central"] - known["central"]).abs().max() > SAME) if len(known) else False
    subtitle = _(
        "Cost in % of GDP by year, benefits and administration; band: nine of ten draws of all assumptions within their assumed "
        "ranges, line: the median of the draws. A share of draws is no probability."
    )
    if option == TOTAL:
        subtitle = join_sentences([subtitle, _("People in two options are counted in both.")])
    if known.empty:
        why = reason_words(rows["reason"].iat[0]) if len(rows) else _("no option can be costed")
        return draw_nothing(title, subtitle, caption, why)
    frame = open_frame(title, subtitle, caption, HEIGHT)
    looks = [("", _("gross"), {"color": COVERED, "alpha": 0.25, "linewidth": 0}, {"color": COVERED, "linestyle": "-"})]
    if nets:
        net = {"facecolor": "none", "edgecolor": NOT_COVERED, "hatch": "\\\\\\", "linewidth": 0}
        looks.append(("net_", _("net of what is replaced"), net, {"color": NOT_COVERED, "linestyle": (0, (5, 2))}))
    texts = [_end_words(known.iloc[-1], prefix, words) for prefix, words, _face, _line in looks]
    room = max(text_width(line, SMALL, "bold") for lines in texts for line in lines) + 0.18
    axes = frame.axes(left=0.6, right=room, bottom=0.26, top=0.05)
    years = known["year"].to_numpy(float)
    top = 100 * known[[f"{prefix}high" for prefix, *_rest in looks]].max().max() * 1.08
    for prefix, _words, face, line in looks:
        low, central, high = (100 * known[f"{prefix}{end}"].to_numpy(float) for end in ("low", "central", "high"))
        axes.fill_between(years, low, high, **face)
        marker = {"marker": "o", "markersize": 4} if len(years) == 1 else {}
        axes.plot(years, central, linewidth=1.9, **line, **marker)
    _write_ends(axes, known.iloc[-1], looks, texts, (min(top, 100 * known.filter(like="low").min().min()), top))
    _year_axis(axes, years)
    return frame.figure


def _end_words(row: pd.Series, prefix: str, words: str) -> list[str]:
    """What stands beside the last year: which cost, its middle, its band."""
    low, central, high = (fine_share(row[f"{prefix}{end}"], row["high"]) for end in ("low", "central", "high"))
    return [
        *wrap(_("{cost}: median {share}", cost=words, share=central), 1.25, SMALL, "bold"),
        _("{low} to {high}", low=low, high=high),
    ]


def _write_ends(axes, row: pd.Series, looks, texts: list[list[str]], span: tuple[float, float]) -> None:
    lowest, top = min(0.0, span[0]), span[1]
    axes.set_ylim(lowest, top)
    inches = axes.get_position().height * axes.figure.get_size_inches()[1]
    heights = [height_of(lines, SMALL) / inches * (top - lowest) for lines in texts]
    middles = [100 * row[f"{prefix}central"] for prefix, *_rest in looks]
    places = apart(middles, max(heights) * 1.08)
    over = max(0.0, max(place + height / 2 for place, height in zip(places, heights, strict=True)) - top)
    for place, lines, (_prefix, _words, _face, line) in zip(places, texts, looks, strict=True):
        colour = INK if line["color"] == COVERED else DARK
        style = {
            "size": SMALL,
            "linespacing": LINE,
            "ha": "left",
            "textcoords": "offset points",
            "annotation_clip": False,
        }
        at = {"xycoords": ("axes fraction", "data"), "xytext": (6, 0)} | style
        bottom = place - over - height_of(lines, SMALL) / 2 / inches * (top - lowest)
        middle = bottom + height_of(lines[-1:], SMALL) / inches * (top - lowest)
        axes.annotate("\n".join(lines[:-1]), (1, middle), weight="bold", color=colour, va="bottom", **at)
        axes.annotate(lines[-1], (1, middle), color=colour, va="top", **at)


def _ticks(top: float):
    """How shares are written at an axis that ends at so many per cent."""
    return lambda value, _position: fine_share(value / 100, top / 1000) if value else "0"


def _year_axis(axes, years: np.ndarray) -> None:
    axes.set_xlim(years[0], max(years[-1], years[0] + 1))
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.yaxis.grid(True)
    axes.yaxis.set_major_formatter(_ticks(axes.get_ylim()[1]))
    axes.tick_params(axis="x", pad=7)
    axes.tick_params(axis="y", labelsize=8.2, colors=MUTED)


@styled
def plot_tornado(tornado: pd.DataFrame, caption: Caption, year: int | None = None):
    """One bar an assumption, from the cost at its low end to that at its high end, all others central; what moves most on top.

    Parameters
    ----------
    tornado : result of ``costing.tornado``
    caption : country and source
    year : calendar year of the cost

    Returns
    -------
    matplotlib Figure; where no assumption has a range, a frame that says so
    """
    title = tornado_title(tornado)
    subtitle = _(
        "Cost in % of GDP with one assumption at its low and its high end, all others central. Filled: the high end of the assumption; "
        "hollow: its low end. The values stand at the ends."
    )
    if year is not None:
        subtitle = join_sentences([_("Year {year}.", year=year), subtitle])
    if tornado.empty:
        return draw_nothing(title, subtitle, caption, _("no range, or no cost that could move"))
    rows = list(tornado.itertuples())
    units = [label(UNITS, row.unit) for row in rows]
    names = [label(ASSUMPTIONS, row.assumption) for row in rows]
    wide = max(label_width(names, LABEL), label_width(units, SMALL))
    frame = open_frame(title, subtitle, caption, ROW * len(rows) + 0.5)
    values = [(value_words(row.unit, row.low), value_words(row.unit, row.high)) for row in rows]
    room = max(text_width(text, VALUE) for pair in values for text in pair) + 0.14
    axes = frame.axes(left=wide + room + 0.1, right=room + 0.1, bottom=0.3, top=0.2)
    _draw_bars(axes, rows, values)
    _name_rows(axes, names, units, room)
    return frame.figure


def _draw_bars(axes, rows: list, values: list[tuple[str, str]]) -> None:
    central = 100 * rows[0].cost_central
    for place, (row, words) in enumerate(zip(rows, values, strict=True)):
        ends = 100 * row.cost_low, 100 * row.cost_high
        for end, face in zip(ends, ("white", COVERED), strict=True):
            axes.barh(place, end - central, left=central, height=0.46, facecolor=face, edgecolor=COVERED, linewidth=1.3)
        low_is_left = ends[0] <= ends[1]
        for end, text, left in ((ends[0], words[0], low_is_left), (ends[1], words[1], not low_is_left)):
            axes.annotate(
                text, (min(end, central) if left else max(end, central), place), xytext=(-4 if left else 4, 0),
                textcoords="offset points", ha="right" if left else "left", va="center", size=VALUE, color=MUTED,
                annotation_clip=False,
            )  # fmt: skip
    axes.axvline(central, color=INK, linewidth=1.0)
    words = _("all central: {share}", share=fine_share(central / 100, central / 100))
    axes.annotate(words, (central, -0.55), ha="center", va="bottom", size=VALUE, color=INK, annotation_clip=False)
    axes.set_ylim(len(rows) - 0.45, -0.55)


def _name_rows(axes, names: list[str], units: list[str], room: float) -> None:
    """Each assumption with its unit below it, left of the values at the ends."""
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    axes.xaxis.grid(True)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(_ticks(axes.get_xlim()[1]))
    style = {
        "xycoords": ("axes fraction", "data"),
        "textcoords": "offset points",
        "ha": "right",
        "annotation_clip": False,
    }
    for place, (name, unit) in enumerate(zip(names, units, strict=True)):
        aside = -72 * room - 6
        axes.annotate(name, (0, place), xytext=(aside, 5), va="center", size=LABEL, color=INK, **style)
        axes.annotate(unit, (0, place), xytext=(aside, -7), va="center", size=SMALL, color=MUTED, **style)
