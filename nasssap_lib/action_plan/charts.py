"""Picture of the action plan: activities over time, how far each is, and which of them the end of the plan hangs on."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.action_plan.months import month_of
from nasssap_lib.action_plan.words import gantt_title
from nasssap_lib.display.sheet import Margins, Row, Rows, draw_nothing, height_of, key_bar, key_row, open_rows
from nasssap_lib.display.style import (
    COVERED,
    INK,
    PALE,
    RULE,
    WARNING,
    WIDTH,
    Caption,
    Frame,
    break_words,
    styled,
)
from nasssap_lib.display.texts import _, named
from nasssap_lib.rows import as_records

NAMES, RIGHT, KEY, ROW, BOTTOM = (
    3.0,
    0.2,
    0.34,
    0.075,
    0.3,
)  # inches: of names, right of the last month, of the key, around a row, of the axis
SMALL, NAME, FEW = 7.2, 7.8, 25  # sizes of letters; with more activities than FEW names are small
BAR = 0.13
PLANNED = {"facecolor": PALE, "edgecolor": COVERED, "linewidth": 0.7}
DONE = {"facecolor": COVERED, "edgecolor": COVERED, "linewidth": 0.7}
CRITICAL = {"facecolor": "none", "edgecolor": INK, "linewidth": 1.7}
MONTHS = 12


@styled
def plot_gantt(schedule: pd.DataFrame, activities: pd.DataFrame, caption: Caption):
    """A bar an activity, filled as far as it is reported done; a thick frame where a slip moves the end of the plan.

    Parameters
    ----------
    schedule : result of ``action_plan.schedule_activities``
    activities : of the pack: progress (0–1) and progress_date
    caption : country and source

    Returns
    -------
    matplotlib Figure; of a pack without a plan, a frame that says so
    """
    title = gantt_title(schedule, caption.country_name)
    subtitle = _(
        "Activities by the option that they serve and their planned months; filled: the share reported done, on the date of the line. "
        "Thick frame: no slack, a slip moves the end of the plan."
    )
    if schedule.empty:
        return draw_nothing(title, subtitle, caption, _("the country's data hold no activity"))
    rows = schedule.assign(progress=activities["progress"].to_numpy(), of=activities["progress_date"].to_numpy())
    rows = as_records(rows.sort_values(["start", "end", "id"], kind="stable"))
    opened = open_activities((title, subtitle), caption, rows, [row["critical"] for row in rows], RIGHT)
    first, last = min(month_of(row["start"]) for row in rows), max(month_of(row["end"], last=True) for row in rows)
    opened.axes.set_xlim(first, last + 1)
    for row, middle in zip(rows, opened.middles, strict=True):
        _draw_row(opened.axes, row, middle)
    _draw_dates(opened.axes, rows)
    _year_axis(opened.axes, first, last)
    _key(opened.frame)
    return opened.frame.figure


def letters(rows: list[dict]) -> float:
    """Size of the letters of names: smaller where there are many."""
    return NAME if len(rows) <= FEW else SMALL


def open_activities(
    titles: tuple[str, str], caption: Caption, rows: list[dict], bold: list[bool], right: float
) -> Rows:
    """Open a picture with a row an activity; those whose number and name stand out are bold."""
    size, opened = letters(rows), []
    for row, strong in zip(rows, bold, strict=True):
        weight = "bold" if strong else "normal"
        name = break_words(f"{row['id']} {named(row['name'])}", NAMES - 0.12, size, weight)
        opened.append(Row(name, height_of(name, size) + ROW, weight))
    return open_rows(titles, caption, opened, size, Margins(NAMES, right, KEY, BOTTOM), WIDTH)


def _draw_row(axes, row: dict, middle: float) -> None:
    begin, end = month_of(row["start"]), month_of(row["end"], last=True) + 1
    axes.barh(middle, end - begin, left=begin, height=BAR, **PLANNED)
    if row["progress"] > 0:
        axes.barh(middle, (end - begin) * row["progress"], left=begin, height=BAR, **DONE)
    if row["critical"]:
        axes.barh(middle, end - begin, left=begin, height=BAR, **CRITICAL)


def _draw_dates(axes, rows: list[dict]) -> None:
    """The dates on which progress was reported: the ends of their months."""
    for date in sorted({row["of"] for row in rows if row["of"]}):
        axes.axvline(month_of(date, last=True) + 1, color=WARNING, linewidth=1.1, linestyle=(0, (3, 2)), zorder=3)


def _year_axis(axes, first: int, last: int) -> None:
    """Years written in their middle, with a line where each begins."""
    starts = [month for month in range(first, last + 2) if month % MONTHS == 0]
    edges = [first, *starts, last + 1]
    middles = [((a + b) / 2, a) for a, b in zip(edges, edges[1:], strict=False) if b - a >= MONTHS / 3]
    axes.set_xticks([middle for middle, _month in middles], [str(month // MONTHS) for _middle, month in middles])
    for month in starts:
        axes.axvline(month, color=RULE, linewidth=0.7, zorder=0)
    axes.tick_params(axis="x", length=0, pad=4)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _key(frame: Frame) -> None:
    bars = [(_("planned"), PLANNED), (_("reported done"), DONE), (_("no slack"), CRITICAL)]
    key_row(
        frame, KEY, [*((words, key_bar(look)) for words, look in bars), (_("date of the report"), _date_mark)], SMALL
    )


def _date_mark(axes, x: float) -> None:
    axes.plot([x + 0.13, x + 0.13], [0.02, 0.18], color=WARNING, linewidth=1.1, linestyle=(0, (3, 2)))
