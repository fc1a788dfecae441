"""Pictures of spending and health care: the fill matrix of the review, scheme expenditure, the health panel."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_persons, format_share
from nasssap_lib.display.sheet import (
    bare_rows,
    break_lines,
    break_words,
    broken_labels,
    draw_nothing,
    height_of,
    name_row,
    sheet,
    write,
    write_in_box,
)
from nasssap_lib.display.style import (
    ABSENT,
    COVERED,
    INK,
    MARGIN,
    MUTED,
    NOT_COVERED,
    PALE,
    Caption,
    label_width,
    open_frame,
    share_axis,
    styled,
    usual_width,
    write_beside,
)
from nasssap_lib.display.texts import N_, _, join_lines, join_sentences, label, named, reason_words
from nasssap_lib.display.words import small_share
from nasssap_lib.provenance import OLD_AFTER, is_old
from nasssap_lib.schemes.words import HEALTH_NAMES, ITEM_NAMES, health_title, short_names, spending_title, sper_title
from nasssap_lib.schemes.words_sper import account_name, joint_title
from nasssap_lib.terms import PANEL_UNITS

MOST_DRAWN = 60  # schemes in one picture
LABELS, CELL, HEAD = 0.95, 6.7, 7.4
SPER_BOXES = {
    "found": "filled", "old": "hollow", "budget": "hatched", "doubt": "doubt", "missing": "absent", "by_design": "open",
}  # fmt: skip
COUNTED = {  # what is not counted in persons says so in its cell
    "households": N_("households"),
    "families": N_("families"),
    "subscribers": N_("subscribers"),
    "cumulative_persons": N_("cumulated"),
}
COMPACT = {  # how an amount is written in a small cell
    "lcu": N_("{number} once"),
    "lcu_per_day": N_("{number} a day"),
    "lcu_per_month": N_("{number} a month"),
    "lcu_per_quarter": N_("{number} a quarter"),
    "lcu_per_year": N_("{number} a year"),
    "usd_per_month": N_("{number} USD a month"),
}
SCALES = {  # currency, whether from a thousand million on
    ("lcu", True): N_("{number} bn"),
    ("lcu", False): N_("{number} mn"),
    ("usd", True): N_("{number} bn USD"),
    ("usd", False): N_("{number} mn USD"),
}


@styled
def plot_sper(sper: pd.DataFrame, caption: Caption):
    """Fill matrix of the expenditure and performance review: scheme × persons and money, with years.

    Parameters
    ----------
    sper : result of ``spending.sper_matrix``
    caption : name of the country, and sources

    Returns
    -------
    matplotlib Figure
    """
    title = sper_title(sper, caption.country_name)
    subtitle = _(
        "Newest figure of each scheme and its year. Filled: found. Hollow: more than five years old. Hatched: a budget, not an outturn. "
        "n/a: not found in the sources read. A dash: none, by design. Reserves are a stock, other money is of a year. "
        "An asterisk: the note in the table below says more."
    )
    if sper.empty:
        return draw_nothing(title, subtitle, caption, _("the inventory lists no active scheme"))
    every = sper["scheme"].unique()
    if len(every) > MOST_DRAWN:
        sper = sper[sper["scheme"].isin(every[:MOST_DRAWN])]
        cut = _("The first {n} of {all} schemes; the table below has all.", n=MOST_DRAWN, all=len(every))
        subtitle = join_sentences([subtitle, cut])
    width = (usual_width() - 2 * MARGIN - LABELS) / len(ITEM_NAMES)
    heads = {item: break_words(label(ITEM_NAMES, item), width - 0.06, HEAD) for item in ITEM_NAMES}
    top = max(height_of(lines, HEAD) for lines in heads.values()) + 0.08
    rows = {name: cells.set_index("item") for name, cells in sper.groupby("scheme", sort=False)}
    lines = {name: {item: _cell_lines(cells.loc[item], width) for item in ITEM_NAMES} for name, cells in rows.items()}
    labels = {name: break_words(named(cells["short_name"].iat[0]), LABELS - 0.1, 8.2) for name, cells in rows.items()}
    heights = {
        name: max(height_of(labels[name], 8.2), *(height_of(text, CELL) for text in cells.values())) + 0.17
        for name, cells in lines.items()
    }
    frame = open_frame(title, subtitle, caption, top + sum(heights.values()))
    axes, y = sheet(frame), top
    for column, item in enumerate(ITEM_NAMES):
        write(
            axes, LABELS + (column + 0.5) * width, top - 0.05, heads[item], HEAD, va="bottom", ha="center", color=MUTED
        )
    for name, cells in rows.items():
        write(
            axes,
            LABELS - 0.07,
            y + heights[name] / 2,
            labels[name],
            8.2,
            va="center",
            ha="right",
            multialignment="right",
        )
        for column, item in enumerate(ITEM_NAMES):
            box = (LABELS + column * width, y, width, heights[name])
            style = {"style": "italic"} if cells.loc[item, "state"] == "missing" else {}
            write_in_box(axes, box, lines[name][item], CELL, SPER_BOXES[cells.loc[item, "state"]], **style)
        y += heights[name]
    return frame.figure


def _cell_lines(cell: pd.Series, width: float) -> list[str]:
    if cell["state"] in ("missing", "by_design"):
        return [_(NOT_AVAILABLE) if cell["state"] == "missing" else "–"]
    value = compact_amount(cell["high"], cell["unit"])
    if cell["value"] != cell["high"]:
        value = _("{low} to {high}", low=format_number(cell["value"], 0), high=value)
    value = f"{value}*" if cell["note"] else value
    year = _("{year}, in doubt", year=cell["year"]) if cell["state"] == "doubt" else str(cell["year"])
    return break_lines(join_lines([value, _(COUNTED.get(cell["counted_in"], "")), year]), width - 0.1, CELL)


def compact_amount(value: float, unit: str) -> str:
    """A figure for a small cell: three significant digits, "bn" and "mn" for money, its payment interval.

    Examples
    --------
    >>> compact_amount(153.246846, "lcu_billion"), compact_amount(567103, "persons"), compact_amount(25000, "lcu_per_quarter")
    ('153 bn', '567,000', '25,000 a quarter')
    """
    if unit in COMPACT:
        return _(COMPACT[unit], number=format_number(value, 0))
    if unit.endswith("_million") or unit.endswith("_billion"):
        million = value * (1000 if unit.endswith("_billion") else 1)
        billions = million >= 1000
        scaled = million / 1000 if billions else million
        decimals = 0 if scaled >= 100 else 1 if scaled >= 10 else 2
        return _(SCALES[unit[:3], billions], number=format_number(scaled, decimals))
    if unit == "percent":
        return format_share(value / 100, 1)
    return format_persons(value)


@styled
def plot_spending(spending: pd.DataFrame, caption: Caption):
    """Scheme expenditure, % of GDP of its year, and that of accounts of several schemes; schemes without a figure are named.

    Parameters
    ----------
    spending : result of ``sper.spending_accounts``
    caption : name of the country, and sources

    Returns
    -------
    matplotlib Figure
    """
    title = joint_title(spending, caption.country_name) or spending_title(spending, caption.country_name)
    subtitle = _(
        "Newest expenditure of each scheme or account of several, % of GDP of its own year. Filled: outturn. Hatched: budget. "
        "Bars of different years, or of a budget and an outturn, are not to be added up."
    )
    known = spending[spending["share"].notna()].sort_values("share", ascending=False, kind="stable")
    if known.empty:
        return draw_nothing(title, subtitle, caption, _("what is missing stands among the figures to collect"))
    missing = short_names(";".join(spending[spending["share"].isna()]["short_name"]))
    note = break_words(_("n/a for {schemes}", schemes=missing), usual_width() - 2 * MARGIN, 8.0) if missing else []
    foot = height_of(note, 8.0) + 0.1
    labels, row_height = broken_labels(known["short_name"].map(account_name), 2.0, 8.6, 0.36)
    frame = open_frame(title, subtitle, caption, row_height * len(known) + foot + 0.05)
    axes = frame.axes(left=label_width(labels, 8.6), right=1.35, bottom=foot)
    bare_rows(axes, len(known), known["share"].max() * 100)
    for y, row in enumerate(known.itertuples()):
        name_row(axes, y, labels[y])
        budget = row.kind == "budget"
        look = (
            {"facecolor": PALE, "edgecolor": NOT_COVERED, "hatch": "////"}
            if budget
            else {"facecolor": COVERED, "edgecolor": COVERED}
        )
        axes.barh(y, row.share * 100, height=0.56, linewidth=0.9, **look)
        value = (small_share(row.share), 8.6, "bold", INK, "normal")
        year = _("{year}, budget", year=row.year) if budget else str(row.year)
        write_beside(axes, row.share * 100, y, [value, (year, 7.6, "normal", MUTED, "normal")])
    write(sheet(frame), 0, frame.height - foot + 0.08, note, 8.0, color=MUTED, style="italic")
    return frame.figure


@styled
def plot_health(panel: pd.DataFrame, caption: Caption, this_year: int):
    """Health panel: how care is paid and reached, one line a figure; n/a keeps its line.

    Parameters
    ----------
    panel : result of ``health.health_panel``
    caption : name of the country, and sources
    this_year : figures more than five years older are drawn hollow

    Returns
    -------
    matplotlib Figure
    """
    subtitle = _(
        "Each figure has its own unit and year. Hollow: observed before {year}. Outside SDG 1.3.1, never counted in persons.",
        year=this_year - OLD_AFTER,
    )
    labels = [
        _("{figure},\n{unit}", figure=label(HEALTH_NAMES, row.indicator), unit=label(PANEL_UNITS, row.unit))
        for row in panel.itertuples()
    ]
    frame = open_frame(health_title(panel, caption.country_name), subtitle, caption, 0.42 * len(panel) + 0.3)
    axes = frame.axes(left=label_width(labels, 8.0), right=0.35, bottom=0.25)
    share_axis(axes, len(panel))
    axes.set_xticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100"])
    axes.set_yticks([])
    for y, row in enumerate(panel.itertuples()):
        name_row(axes, y, labels[y], 8.0)
        axes.barh(y, 100, height=0.22, color=ABSENT, zorder=1)
        _health_dot(axes, y, row, this_year)
    return frame.figure


def _health_dot(axes, y: int, row, this_year: int) -> None:
    if row.value != row.value:
        write_beside(
            axes, 0, y, [(_("n/a · {reason}", reason=reason_words(row.reason)), 8.2, "normal", MUTED, "italic")]
        )
        return
    old = is_old(row.year, this_year)
    x = min(row.value, 100.0)
    axes.plot([0, x], [y, y], color=COVERED, linewidth=1.6, zorder=2)
    face = "white" if old else COVERED
    axes.plot(
        x,
        y,
        "o",
        markersize=7,
        markeredgewidth=1.5,
        markeredgecolor=COVERED,
        markerfacecolor=face,
        zorder=3,
        clip_on=False,
    )
    value = (format_number(row.value, 1), 8.8, "bold", INK, "normal")
    write_beside(axes, x, y, [value, (str(row.year), 7.6, "normal", MUTED, "normal")], 7.0)
