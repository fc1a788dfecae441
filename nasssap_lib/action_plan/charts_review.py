"""Picture of the periodic review: what each activity should have done by the date of its report, and what it did."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.action_plan.words_review import progress_title
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.sheet import draw_nothing, height_of, key_bar, key_row, write
from nasssap_lib.display.style import COVERED, INK, MUTED, PALE, WARNING, Caption, break_words, open_frame, styled
from nasssap_lib.display.texts import _, label, named, ngettext
from nasssap_lib.terms import PROGRESS_STATES

NAMES, RIGHT = 3.0, 1.35  # inches: of the activities' names, and of the words right of the plot
SMALL, NAME, FEW = 7.2, 7.8, 25  # sizes of letters; with more activities than FEW names are small
KEY, ROW, BOTTOM, BAR, REACH = 0.34, 0.075, 0.28, 0.13, 0.085
WHOLE = {"facecolor": PALE, "edgecolor": COVERED, "linewidth": 0.7}
DONE = {"facecolor": COVERED, "edgecolor": COVERED, "linewidth": 0.7}
PLANNED = {"color": INK, "linewidth": 2.0}
LATE = {"facecolor": "white", "edgecolor": WARNING, "hatch": "////", "linewidth": 0.9}


@styled
def plot_progress(progress: pd.DataFrame, caption: Caption):
    """A bar an activity, filled as far as it is reported done, with a mark where it should have been; hatched between if it slipped.

    Parameters
    ----------
    progress : of a ``Review``
    caption : country and source

    Returns
    -------
    matplotlib Figure; of a pack without a plan, a frame that says so
    """
    title = progress_title(progress, caption.country_name)
    subtitle = _(
        "Share of each activity's work: reported done, and planned for the end of the month of the report. Hatched: missing where the "
        "activity slipped; words say by how much."
    )
    if progress.empty:
        return draw_nothing(title, subtitle, caption, _("the pack has no activities"))
    rows = progress.to_dict("records")
    size = NAME if len(rows) <= FEW else SMALL
    weights = ["bold" if row["state"] == "slipped" else "normal" for row in rows]
    names = (f"{row['id']} {named(row['name'])}" for row in rows)
    lines = [break_words(name, NAMES - 0.12, size, weight) for name, weight in zip(names, weights, strict=True)]
    heights = [height_of(part, size) + ROW for part in lines]
    frame = open_frame(title, subtitle, caption, KEY + sum(heights) + BOTTOM)
    axes, page = frame.axes(left=NAMES, right=RIGHT, bottom=BOTTOM, top=KEY), frame.axes(bottom=BOTTOM, top=KEY)
    page.set_xlim(0, frame.width)
    for one in (axes, page):
        one.set_ylim(sum(heights), 0)
    page.axis("off")
    axes.set_xlim(0, 1)
    middles = np.cumsum([0, *heights[:-1]]) + np.array(heights) / 2
    for row, part, weight, middle in zip(rows, lines, weights, middles, strict=True):
        _draw_row(axes, row, middle)
        write(page, 0, middle, part, size, va="center", weight=weight)
        write(page, frame.width - RIGHT + 0.12, middle, [_state_words(row)], size, va="center", color=MUTED)
    axes.set_xticks([0, 0.5, 1], [format_share(part, 0) for part in (0, 0.5, 1)])
    axes.tick_params(axis="x", length=0, pad=4, labelsize=8.2, colors=MUTED)
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    marks = [
        (_("reported done"), key_bar(DONE)),
        (_("missing"), key_bar(LATE)),
        (_("work"), key_bar(WHOLE)),
        (_("planned"), _planned_mark),
    ]
    key_row(frame, KEY, marks, SMALL)
    return frame.figure


def _draw_row(axes, row: dict, middle: float) -> None:
    axes.barh(middle, 1, height=BAR, zorder=1, **WHOLE)
    if pd.isna(row["stated"]):
        return
    axes.barh(middle, row["stated"], height=BAR, zorder=2, **DONE)
    if row["state"] == "slipped" and row["planned"] > row["stated"]:
        axes.barh(middle, row["planned"] - row["stated"], left=row["stated"], height=BAR, zorder=2, **LATE)
    if pd.notna(row["planned"]) and row["planned"] > 0:
        axes.plot([row["planned"]] * 2, [middle - REACH, middle + REACH], zorder=3, **PLANNED)


def _planned_mark(axes, x: float) -> None:
    axes.plot([x + 0.13, x + 0.13], [0.02, 0.18], **PLANNED)


def _state_words(row: dict) -> str:
    if row["state"] == "slipped":
        months = int(row["slip"])
        return ngettext("Slipped by {n} month", "Slipped by {n} months", months, n=months)
    return label(PROGRESS_STATES, row["state"])
