"""Pictures of the stocktaking: the eight steps, the age pyramid, work, past extensions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.display.numbers import format_number, format_share
from nasssap_lib.display.sheet import (
    bare_rows,
    break_words,
    draw_key,
    draw_nothing,
    height_of,
    name_row,
    sheet,
    write,
    write_in_box,
)
from nasssap_lib.display.style import (
    COVERED,
    INK,
    MARGIN,
    MUTED,
    NOT_COVERED,
    PALE,
    RULE,
    Caption,
    closer,
    open_frame,
    styled,
    text_width,
    usual_width,
    write_beside,
)
from nasssap_lib.display.texts import N_, _, join_beside, label, named
from nasssap_lib.display.words import counted
from nasssap_lib.stocktaking.words import history_title, process_title, pyramid_title, work_title
from nasssap_lib.terms import AGE_GROUPS, SEXES, STEP_STATUSES, STEPS

STEP_BOXES = {
    "done": "filled", "adopted_by_government": "hatched", "launched_by_government": "hatched", "under_way": "hatched",
    "planned": "hollow", "not_found": "open",
}  # fmt: skip
STEP_WORDS = {  # where the words of the code list are too long for a box
    "adopted_by_government": N_("adopted by government"),
    "launched_by_government": N_("launched by government"),
    "not_found": N_("nothing found"),
}
STEP_LABEL, STEP_STATE, TEXT = 2.35, 1.1, 7.8
YEAR_SIZE = 8.6
WORK = {  # status -> its name, how its bar looks
    "wage": (N_("wage and salaried"), {"facecolor": COVERED, "edgecolor": COVERED}),
    "own_account": (N_("on own account"), {"facecolor": NOT_COVERED, "edgecolor": NOT_COVERED}),
    "family": (N_("family workers"), {"facecolor": PALE, "edgecolor": NOT_COVERED, "hatch": "////"}),
    "self_employed": (N_("own account and family together"), {"facecolor": PALE, "edgecolor": NOT_COVERED}),
}


@styled
def plot_process(process: pd.DataFrame, caption: Caption):
    """The eight steps: done, under way, or nothing found, with the newest event of each.

    Parameters
    ----------
    process : result of ``stocktaking.process_state``
    caption : name of the country, and sources

    Returns
    -------
    matplotlib Figure
    """
    rows = process[process["newest"]]
    room = usual_width() - 2 * MARGIN - STEP_LABEL - STEP_STATE - 0.1
    texts = [break_words(_event_words(row), room, TEXT) for row in rows.itertuples()]
    labels = [break_words(f"{row.step}  {label(STEPS, row.step)}", STEP_LABEL - 0.1, 8.6) for row in rows.itertuples()]
    states = [
        break_words(label(STEP_STATUSES | STEP_WORDS, row.state), STEP_STATE - 0.1, 8.2) for row in rows.itertuples()
    ]
    heights = [
        max(height_of(text, TEXT), height_of(name, 8.6), height_of(state, 8.2), 0.22) + closer(0.12)
        for text, name, state in zip(texts, labels, states, strict=True)
    ]
    subtitle = _(
        "State of each step as its newest dated event shows it. Filled: done. Hatched: under way, or adopted or launched by "
        "government without a vote of parliament that was read. Open: nothing found in the sources read."
    )
    frame = open_frame(process_title(process, caption.country_name), subtitle, caption, sum(heights))
    axes, y = sheet(frame), 0.0
    for row, text, name, state, height in zip(rows.itertuples(), texts, labels, states, heights, strict=True):
        write(axes, 0, y + height / 2, name, 8.6, va="center")
        write_in_box(axes, (STEP_LABEL, y, STEP_STATE, height), state, 8.2, STEP_BOXES[row.state])
        write(axes, STEP_LABEL + STEP_STATE + 0.1, y + height / 2, text, TEXT, va="center", color=MUTED)
        y += height
    return frame.figure


def _event_words(row) -> str:
    more = counted(row.events, "{n} event in all", "{n} events in all") if row.events > 1 else ""
    return join_beside([row.date, named(row.initiator), more])


@styled
def plot_work(work: pd.DataFrame, caption: Caption):
    """Employed persons by status: both sexes with family workers apart, women and men as far as published.

    Parameters
    ----------
    work : result of ``stocktaking.work_status``
    caption : name of the country, and sources

    Returns
    -------
    matplotlib Figure
    """
    year = work["year"].dropna()
    subtitle = _("Employed persons by status, % of the employed.")
    if len(year):
        subtitle = _("Employed persons by status, % of the employed, {year} (ILO-modelled).", year=int(year.iloc[0]))
    wide = work.pivot(index="sex", columns="status", values="share")
    if wide["wage"].isna().all():
        return draw_nothing(work_title(work, caption.country_name), subtitle, caption, _("not published"))
    frame = open_frame(work_title(work, caption.country_name), subtitle, caption, 1.95)
    axes = frame.axes(left=0.9, right=0.75, top=0.32)
    bare_rows(axes, len(SEXES), 100)
    for y, sex in enumerate(SEXES):
        name_row(axes, y, label(SEXES, sex), 8.8)
        _work_bar(axes, y, wide.loc[sex] * 100)
    _draw_work_key(frame, wide)
    return frame.figure


def _work_bar(axes, y: int, shares: pd.Series) -> None:
    apart = not np.isnan(shares["own_account"])
    left, outside = 0.0, []
    width = axes.get_position().width * axes.figure.get_size_inches()[0] / 100
    if np.isnan(shares["wage"]):
        missing = _("n/a · {reason}", reason=_("not published"))
        axes.text(1, y, missing, va="center", style="italic", color=MUTED, size=8.2)
        return
    for status in ("wage", "own_account", "family") if apart else ("wage", "self_employed"):
        share, text = shares[status], format_share(shares[status] / 100, 0)
        axes.barh(y, share, left=left, height=0.62, linewidth=1.0, **WORK[status][1])
        if share * width > text_width(text, 8.6, "bold") + 0.12:
            ground = {"facecolor": "white", "edgecolor": "none", "pad": 1.0} if status == "family" else None
            colour = "white" if status == "wage" else INK
            axes.text(
                left + share / 2, y, text, ha="center", va="center", size=8.6, weight="bold", color=colour, bbox=ground
            )
        else:
            outside.append(text)
        left += share
    write_beside(axes, 100, y, [(" · ".join(outside), 8.6, "bold", INK, "normal")] if outside else [], 5.0)


def _draw_work_key(frame, wide: pd.DataFrame) -> None:
    split = wide["own_account"].isna() & wide["wage"].notna()
    shown = ["wage", *(name for name in ("own_account", "family") if wide[name].notna().any())]
    statuses = [*shown, *(["self_employed"] if split.any() else [])]
    draw_key(frame, {_(WORK[status][0]): WORK[status][1] for status in statuses})


@styled
def plot_history(history: pd.DataFrame, caption: Caption):
    """Past extensions and reforms on a time line: each at its year, its words beside it.

    Parameters
    ----------
    history : result of ``stocktaking.past_extensions``
    caption : name of the country, and sources

    Returns
    -------
    matplotlib Figure
    """
    title = history_title(history, caption.country_name)
    subtitle = _(
        "Laws, schemes and reforms at the year in which they began; filled: an outcome was read, hollow: it was not."
    )
    if history.empty:
        return draw_nothing(title, subtitle, caption, _("the country's data hold no row of history"))
    room = 7.2 - 2 * 0.12 - 1.55
    texts = [break_words(named(row.reform), room, 8.6, "bold") for row in history.itertuples()]
    heights = [height_of(text, 8.6) + 0.13 for text in texts]
    frame = open_frame(title, subtitle, caption, max(sum(heights), 1.2) + 0.1)
    axes = sheet(frame)
    first, last = history["year"].min(), history["year"].max()
    axes.plot([0.55, 0.55], [0.1, frame.height - 0.1], color=RULE, linewidth=2.0, zorder=1)
    span = (frame.height - 0.3) / max(last - first, 1)
    y = 0.08
    for row, text, height in zip(history.itertuples(), texts, heights, strict=True):
        at = 0.15 + (row.year - first) * span
        axes.plot([0.55, 0.95], [at, y + height / 2], color=RULE, linewidth=0.8, zorder=1)
        axes.plot(
            0.55,
            at,
            "o",
            markersize=6.5,
            markeredgecolor=COVERED,
            markerfacecolor=COVERED if row.outcome else "white",
            zorder=3,
        )
        write(axes, 1.0, y + height / 2, [str(row.year)], YEAR_SIZE, va="center", color=MUTED)
        write(axes, 1.5, y + height / 2, text, 8.6, va="center", weight="bold")
        y += height
    for year, at in ((first, 0.15), (last, frame.height - 0.15)):
        if year == first or last > first:
            write(axes, 0.42, at, [str(year)], 7.6, va="center", ha="right", color=MUTED)
    return frame.figure


@styled
def plot_age_pyramid(ages: pd.DataFrame, caption: Caption):
    """Age pyramid: bars for the first year, the outline of the last.

    Parameters
    ----------
    ages : result of ``stocktaking.age_structure``: year, sex, age_group, persons
    caption : name of the country, and sources

    Returns
    -------
    matplotlib Figure
    """
    title = pyramid_title(ages, caption.country_name)
    if ages.empty:
        return draw_nothing(title, _("Population by age and sex."), caption, _("the country's data hold no population"))
    first, last = int(ages["year"].min()), int(ages["year"].max())
    subtitle = _("Population by age and sex, millions. Bars {first}.", first=first)
    if last > first:
        subtitle = _(
            "Population by age and sex, millions. Bars {first}, line {last} (medium projection).",
            first=first,
            last=last,
        )
    frame = open_frame(title, subtitle, caption, 3.5)
    axes = frame.axes(left=0.55, right=0.1, bottom=0.25, top=0.22)
    wide = (
        ages.pivot_table(index="age_group", columns=["year", "sex"], values="persons", observed=True).reindex(
            AGE_GROUPS
        )
        / 1e6
    )
    y = np.arange(len(AGE_GROUPS))
    top = wide.max().max() * 1.04
    axes.barh(y, -wide[(first, "male")], height=0.86, color=COVERED)
    axes.barh(y, wide[(first, "female")], height=0.86, color=NOT_COVERED)
    if last > first:
        for sex, sign in (("male", -1), ("female", 1)):
            _outline(axes, sign * wide[(last, sex)].to_numpy())
    axes.axvline(0, color="white", linewidth=1.4)
    _pyramid_axis(axes, y, top)
    style = {"weight": "bold", "va": "bottom", "size": 9}
    axes.text(-top * 0.97, len(y) - 0.2, _("men {year}", year=first), color=COVERED, ha="left", **style)
    axes.text(top * 0.97, len(y) - 0.2, _("women {year}", year=first), color="#8a5a10", ha="right", **style)
    if last > first:
        _name_outline(axes, wide[(last, "female")].to_numpy(), last)
    return frame.figure


def _outline(axes, values: np.ndarray) -> None:
    edges = np.arange(len(values) + 1) - 0.5
    x = np.r_[np.repeat(values, 2), 0]
    axes.plot(x, np.r_[np.repeat(edges, 2)[1:-1], edges[-1]], color=INK, linewidth=1.2, solid_joinstyle="miter")


def _name_outline(axes, values: np.ndarray, year: int) -> None:
    row = int(np.argmax(np.cumsum(values) > values.sum() * 0.72))
    axes.annotate(
        str(year), (values[row], row), xytext=(6, 6), textcoords="offset points", color=INK, size=8.6, weight="bold"
    )


def _pyramid_axis(axes, y: np.ndarray, top: float) -> None:
    axes.set_yticks(y[::2], AGE_GROUPS[::2])
    axes.set_xlim(-top, top)
    axes.set_ylim(-0.6, len(y) - 0.4)
    step = _step(top)
    ticks = np.arange(-int(top / step), int(top / step) + 1) * step
    axes.set_xticks(ticks, [format_number(abs(tick), 2) for tick in ticks])
    axes.xaxis.grid(True)
    axes.tick_params(axis="y", colors=MUTED, labelsize=8.4)


def _step(top: float) -> float:
    """A round distance between ticks so that each side has about three."""
    raw = top / 3
    power = 10 ** np.floor(np.log10(raw))
    return float(power * min((1, 2, 5, 10), key=lambda factor: abs(factor * power - raw)))
