"""Pictures of a pension scheme in the years to come: its accounts on GDP, its cost on wages, its fund."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from nasssap_lib.budget.pension_scheme import PensionProjection
from nasssap_lib.budget.words_pensions import accounts_title, fund_title, rate_title
from nasssap_lib.display.numbers import format_number, format_share
from nasssap_lib.display.style import (
    ABSENT,
    COVERED,
    INK,
    MUTED,
    NOT_COVERED,
    VALUE,
    Caption,
    Frame,
    open_frame,
    styled,
    text_width,
    wrap,
)
from nasssap_lib.display.texts import _, join_sentences
from nasssap_lib.display.words import small_share

HEIGHT, LOW = 2.7, 0.8  # inches of a plot, and of the word where there is none
SIZE = 8.0
MOST_ROOM = 2.6  # inches for the labels at the ends of the lines
LINES = {COVERED: "-", NOT_COVERED: "-", MUTED: "--"}


@styled
def plot_payg_rate(projection: PensionProjection | None, caption: Caption):
    """Expenditure in % of insured wages, beside the contribution rate and the one rate that would pay for all years.

    Parameters
    ----------
    projection : result of ``budget.project_pension_scheme``; None: no scheme is projected
    caption : country and source

    Returns
    -------
    matplotlib Figure; None where no scheme is projected
    """
    if projection is None:
        return None
    table = projection.accounts
    subtitle = _(
        "% of insured wages by year; level premium: the one rate that, collected, pays for all years together with the fund, at {interest} "
        "interest. A projection, not a forecast.",
        interest=format_share(projection.interest),
    )
    frame = open_frame(rate_title(projection), subtitle, caption, HEIGHT)
    last = table["payg_rate"].iloc[-1]
    lines = {
        NOT_COVERED: (table["payg_rate"], _("pay-as-you-go rate · {share}", share=format_share(last))),
        COVERED: (
            table["contribution_rate"],
            _("contribution rate · {share}", share=format_share(table["contribution_rate"].iloc[-1])),
        ),
        MUTED: (
            pd.Series(projection.level_premium, table.index),
            _("level premium · {share}", share=format_share(projection.level_premium)),
        ),
    }
    _draw(frame, table["year"], {colour: (values * 100, words) for colour, (values, words) in lines.items()})
    return frame.figure


@styled
def plot_pension_accounts(projection: PensionProjection | None, caption: Caption):
    """Contributions and expenditure of a scheme in % of GDP, and between them what others pay; a word where GDP is not known.

    Parameters
    ----------
    projection : result of ``budget.project_pension_scheme``; None: no scheme is projected
    caption : country and source

    Returns
    -------
    matplotlib Figure; None where no scheme is projected
    """
    if projection is None:
        return None
    table = projection.accounts
    rest = (
        _("hatched: what the State pays.")
        if table["state_transfer"].any()
        else _("hatched: what interest and the fund must pay, as long as there is one.")
    )
    known = _("GDP grows with wages and the population of 15 to 64 after its last published year.")
    subtitle = join_sentences([_("% of GDP by year; {hatched}", hatched=rest), known])
    title = accounts_title(projection)
    if table["gdp"].isna().any():
        return _absent(open_frame(title, subtitle, caption, LOW), _("n/a · GDP of these years is not known"))
    frame = open_frame(title, subtitle, caption, HEIGHT)
    shares = {name: table[name] / table["gdp"] for name in ("contributions", "expenditure")}
    ends = {name: small_share(values.iloc[-1]) for name, values in shares.items()}
    lines = {
        NOT_COVERED: (shares["expenditure"] * 100, _("expenditure · {share}", share=ends["expenditure"])),
        COVERED: (shares["contributions"] * 100, _("contributions · {share}", share=ends["contributions"])),
    }
    axes = _draw(frame, table["year"], lines)
    low, high = (values.to_numpy() for values, _words in (lines[COVERED], lines[NOT_COVERED]))
    axes.fill_between(
        table["year"],
        low,
        high,
        where=high >= low,
        interpolate=True,
        facecolor="none",
        edgecolor=NOT_COVERED,
        hatch="////",
        linewidth=0,
    )
    return frame.figure


@styled
def plot_pension_fund(projection: PensionProjection | None, caption: Caption):
    """The fund at the end of each year, in years of expenditure; below nothing it is what would have to be lent.

    Parameters
    ----------
    projection : result of ``budget.project_pension_scheme``; None: no scheme is projected
    caption : country and source

    Returns
    -------
    matplotlib Figure; None where no scheme is projected
    """
    if projection is None:
        return None
    table = projection.accounts
    subtitle = _(
        "Fund at the end of the year, in years of the year's expenditure; below 0: what would have to be borrowed."
    )
    title = fund_title(projection)
    if not (table["fund"].ne(0).any() or projection.opening_fund):
        return _absent(open_frame(title, subtitle, caption, LOW), _("n/a · the scheme has no fund"))
    frame = open_frame(title, subtitle, caption, HEIGHT)
    years, values = table["year"].to_numpy(), table["fund_years"].to_numpy()
    axes = frame.axes(left=0.42, right=0.9, bottom=0.25)
    axes.fill_between(years, 0, values, where=values >= 0, interpolate=True, color=COVERED, alpha=0.85, linewidth=0)
    axes.fill_between(
        years,
        0,
        values,
        where=values <= 0,
        interpolate=True,
        facecolor="white",
        edgecolor=NOT_COVERED,
        hatch="////",
        linewidth=0,
    )
    axes.plot(years, values, color=INK, linewidth=1.4)
    axes.axhline(0, color=INK, linewidth=0.8)
    words = _("{n} years", n=format_number(values[-1]))
    axes.annotate(words, (years[-1], values[-1]), xytext=(5, 0), textcoords="offset points", va="center", size=SIZE, weight="bold",
                  color=INK, annotation_clip=False)  # fmt: skip
    _finish(axes, years)
    return frame.figure


def _draw(frame: Frame, years: pd.Series, lines: Mapping[str, tuple[pd.Series, str]]):
    """Lines by colour with their words at their ends, moved apart as little as needed; the axes."""
    wrapped = {colour: wrap(words, MOST_ROOM - 0.2, SIZE, "bold") for colour, (_values, words) in lines.items()}
    room = max(text_width(line, SIZE, "bold") for words in wrapped.values() for line in words) + 0.2
    axes = frame.axes(left=0.42, right=room, bottom=0.25)
    top = max(float(values.max()) for values, _words in lines.values()) * 1.12
    inches = axes.get_position().height * axes.figure.get_size_inches()[1]
    ends = {colour: float(values.iloc[-1]) for colour, (values, _words) in lines.items()}
    heights = _apart(ends, wrapped, top / inches * SIZE * 1.35 / 72)
    last = years.iloc[-1]
    for colour, (values, _words) in lines.items():
        axes.plot(years, values, color=colour, linestyle=LINES[colour], linewidth=1.9)
        place = (last + (last - years.iloc[0]) * 0.012, heights[colour])
        style = {"size": SIZE, "weight": "bold", "color": INK, "va": "center", "annotation_clip": False}
        axes.annotate("\n".join(wrapped[colour]), (last, ends[colour]), xytext=place, **style)
    axes.set_ylim(0, top)
    _finish(axes, years.to_numpy())
    return axes


def _apart(ends: Mapping[str, float], words: Mapping[str, list[str]], line: float) -> dict[str, float]:
    """Heights of the middles of labels so that none covers another, from below upwards; ``line`` is the height of a line of text."""
    heights, edge = {}, -float("inf")
    for colour in sorted(ends, key=lambda colour: ends[colour]):
        half = line * len(words[colour]) / 2
        heights[colour] = max(ends[colour], edge + half)
        edge = heights[colour] + half
    return heights


def _finish(axes, years) -> None:
    axes.set_xlim(years[0], max(years[-1], years[0] + 1))
    axes.yaxis.grid(True)
    axes.tick_params(axis="x", pad=7)
    axes.tick_params(axis="y", labelsize=8.2, colors=MUTED)
    axes.yaxis.set_major_formatter(lambda value, _place: format_number(value, 2))


def _absent(frame: Frame, why: str):
    axes = frame.axes()
    axes.axis("off")
    axes.barh(0, 1, color=ABSENT, height=0.8)
    axes.text(
        0.5,
        0,
        "\n".join(wrap(why, frame.width - 0.6, VALUE)),
        ha="center",
        va="center",
        style="italic",
        color=MUTED,
        size=VALUE,
    )
    return frame.figure
