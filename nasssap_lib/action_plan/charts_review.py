"""Picture of the periodic review: what each activity should have done by the date of its report, and what it did."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.action_plan.charts import BAR, DONE, KEY, PLANNED, SMALL, letters, open_activities
from nasssap_lib.action_plan.words_review import progress_title
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.sheet import draw_nothing, key_bar, key_row, write
from nasssap_lib.display.style import INK, MUTED, WARNING, Caption, styled
from nasssap_lib.display.texts import _, label, ngettext
from nasssap_lib.rows import as_records
from nasssap_lib.terms import PROGRESS_STATES

RIGHT, REACH = 1.35, 0.085  # inches: of the words right of the plot, and of half a mark
DUE = {"color": INK, "linewidth": 2.0}
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
        return draw_nothing(title, subtitle, caption, _("the country's data hold no activity"))
    rows = as_records(progress)
    opened = open_activities((title, subtitle), caption, rows, [row["state"] == "slipped" for row in rows], RIGHT)
    axes, frame = opened.axes, opened.frame
    axes.set_xlim(0, 1)
    for row, middle in zip(rows, opened.middles, strict=True):
        _draw_row(axes, row, middle)
        write(
            opened.page,
            frame.width - RIGHT + 0.12,
            middle,
            [_state_words(row)],
            letters(rows),
            va="center",
            color=MUTED,
        )
    axes.set_xticks([0, 0.5, 1], [format_share(part, 0) for part in (0, 0.5, 1)])
    axes.tick_params(axis="x", length=0, pad=4, labelsize=8.2, colors=MUTED)
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    marks = [
        (_("reported done"), key_bar(DONE)),
        (_("missing"), key_bar(LATE)),
        (_("work"), key_bar(PLANNED)),
        (_("planned"), _planned_mark),
    ]
    key_row(frame, KEY, marks, SMALL)
    return frame.figure


def _draw_row(axes, row: dict, middle: float) -> None:
    axes.barh(middle, 1, height=BAR, zorder=1, **PLANNED)
    if pd.isna(row["stated"]):
        return
    axes.barh(middle, row["stated"], height=BAR, zorder=2, **DONE)
    if row["state"] == "slipped" and row["planned"] > row["stated"]:
        axes.barh(middle, row["planned"] - row["stated"], left=row["stated"], height=BAR, zorder=2, **LATE)
    if pd.notna(row["planned"]) and row["planned"] > 0:
        axes.plot([row["planned"]] * 2, [middle - REACH, middle + REACH], zorder=3, **DUE)


def _planned_mark(axes, x: float) -> None:
    axes.plot([x + 0.13, x + 0.13], [0.02, 0.18], **DUE)


def _state_words(row: dict) -> str:
    if row["state"] == "slipped":
        months = int(row["slip"])
        return ngettext("Slipped by {n} month", "Slipped by {n} months", months, n=months)
    return label(PROGRESS_STATES, row["state"])
