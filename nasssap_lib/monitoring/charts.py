"""Picture of the targets: coverage of each group today, what the options commit to, what it can be at most, and what was written down."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.sheet import Margins, Row, draw_nothing, height_of, key_row, open_rows, write
from nasssap_lib.display.style import (
    COVERED,
    INK,
    MUTED,
    PALE,
    RULE,
    Caption,
    break_words,
    closer,
    styled,
    usual_width,
)
from nasssap_lib.display.texts import _
from nasssap_lib.monitoring.words import COVERAGE, SHORT, series_words, targets_title

NAMES, RIGHT, LEAST = (
    1.95,
    1.75,
    6.2,
)  # inches: of the groups' names, of the words right of the plot, in which it has room between
SMALL, NAME = 7.6, 8.2
KEY, ROW, BOTTOM = 0.34, 0.18, 0.3  # inches: of the key, around a row, of the axis
TODAY = {"marker": "o", "s": 34, "facecolor": "white", "edgecolor": INK, "linewidth": 1.2}
COMMITTED = {"marker": "|", "s": 190, "color": COVERED, "linewidth": 3.2}
MOST = {"facecolor": PALE, "edgecolor": COVERED, "linewidth": 0.8}
WRITTEN = {"marker": "D", "s": 30, "facecolor": INK, "edgecolor": INK, "linewidth": 1.0}
PERCENT = 100


@styled
def plot_targets(targets: pd.DataFrame, typed: pd.DataFrame, within_money: bool, caption: Caption):
    """A row a group: coverage today, the commitment of the last year, what it can be at most, and targets that were written down.

    Parameters
    ----------
    targets, typed : results of ``monitoring.yearly_targets`` and ``monitoring.typed_targets``
    within_money : whether the years of start were proved against money, see ``roadmap.planned_starts``
    caption : country and source

    Returns
    -------
    matplotlib Figure
    """
    title = targets_title(targets, within_money, caption.country_name)
    subtitle = _(
        "Share of each group that is covered: today, and in the last year, at least and at most, when what starts has grown. Take-up is "
        "assumed."
    )
    rows = _rows(targets, typed)
    if not rows:
        return draw_nothing(title, subtitle, caption, _("no option serves a group of which the size is known"))
    names = [
        Row(row["name"], max(height_of(row["name"], NAME), height_of(row["words"], SMALL)) + closer(ROW))
        for row in rows
    ]
    opened = open_rows(
        (title, subtitle), caption, names, NAME, Margins(NAMES, RIGHT, KEY, BOTTOM), max(LEAST, usual_width())
    )
    axes, frame = opened.axes, opened.frame
    axes.set_xlim(-1.5, 101.5)
    for row, middle in zip(rows, opened.middles, strict=True):
        _draw_row(axes, row, middle)
        write(opened.page, frame.width - RIGHT + 0.15, middle, row["words"], SMALL, va="center", color=MUTED)
    _percent_axis(axes)
    key_row(frame, KEY, _key(any(row["written"] for row in rows)), SMALL)
    return frame.figure


def _rows(targets: pd.DataFrame, typed: pd.DataFrame) -> list[dict]:
    """What is drawn of each group in the last year."""
    last = targets[targets["year"] == targets["year"].max()] if len(targets) else targets
    return [_row(row, typed) for row in last.itertuples() if not (pd.isna(row.baseline) and pd.isna(row.low))]


def _row(row, typed: pd.DataFrame) -> dict:
    of = typed[(typed["indicator"] == row.indicator) & (typed["group"] == row.group) & (typed["sex"] == row.sex)]
    return {
        "name": break_words(series_words(row.indicator, "", row.group, row.sex), NAMES - 0.12, NAME),
        "words": break_words(_words(row), RIGHT - 0.15, SMALL),
        "baseline": PERCENT * row.baseline, "low": PERCENT * row.low, "high": PERCENT * row.high, "started": bool(row.options),
        "written": of["value"].dropna().tolist() if row.indicator in (COVERAGE, *SHORT) else [],
    }  # fmt: skip


def _words(row) -> str:
    if not row.options:
        return _("no option starts")
    if pd.isna(row.low):
        return _("size of the group not known")
    return _("at least {low} in {year}", low=format_share(row.low, 0), year=row.year)


def _draw_row(axes, row: dict, middle: float) -> None:
    axes.axhline(middle, color=RULE, linewidth=0.7, zorder=0)
    if row["started"] and pd.notna(row["low"]):
        if row["high"] > row["low"]:
            axes.barh(middle, row["high"] - row["low"], left=row["low"], height=0.12, zorder=2, **MOST)
        axes.scatter([row["low"]], [middle], zorder=3, **COMMITTED)
    if pd.notna(row["baseline"]):
        axes.scatter([row["baseline"]], [middle], zorder=4, **TODAY)
    if row["written"]:
        axes.scatter(row["written"], [middle] * len(row["written"]), zorder=5, **WRITTEN)


def _percent_axis(axes) -> None:
    axes.set_xticks([0, 25, 50, 75, 100], [format_share(part / PERCENT, 0) for part in (0, 25, 50, 75, 100)])
    axes.tick_params(axis="x", length=0, pad=4, labelsize=8.2, colors=MUTED)
    axes.xaxis.grid(True)
    axes.set_axisbelow(True)
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _key(written: bool) -> list:
    marks = [
        (_("today"), lambda axes, x: axes.scatter([x + 0.13], [0.1], **TODAY)),
        (
            _("at least"),
            lambda axes, x: axes.scatter([x + 0.13], [0.1], **(COMMITTED | {"s": 70})),
        ),
        (_("up to at most"), lambda axes, x: axes.barh(0.1, 0.26, left=x, height=0.1, **MOST)),
    ]
    if written:
        marks.append((_("target written down"), lambda axes, x: axes.scatter([x + 0.13], [0.1], **WRITTEN)))
    return marks
