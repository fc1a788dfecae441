"""Pictures of schemes: the matrix with three states, who pays today, what benefits are worth."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_number, format_share
from nasssap_lib.display.sheet import (
    bare_rows,
    break_lines,
    break_words,
    broken_labels,
    draw_key,
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
    WIDTH,
    Caption,
    label_width,
    open_frame,
    styled,
    text_width,
    write_beside,
)
from nasssap_lib.display.texts import (
    N_,
    _,
    join_beside,
    join_clauses,
    join_lines,
    join_listed,
    label,
    named,
    reason_words,
)
from nasssap_lib.display.words import small_first
from nasssap_lib.rows import as_records
from nasssap_lib.schemes.words import (
    PAYER_NAMES,
    detail_words,
    levels_title,
    matrix_title,
    rates_title,
    short_names,
    year_span,
)
from nasssap_lib.terms import BRANCHES, POPULATION_CATEGORIES, SCHEME_MEASURES

LABELS, CELL, HEAD = 1.32, 7.0, 7.8  # inches, points, points
ROW = 0.36
LOOKS = {  # payer or part -> how its bar looks
    "employer": {"facecolor": COVERED, "edgecolor": COVERED},
    "worker": {"facecolor": NOT_COVERED, "edgecolor": NOT_COVERED},
    "state": {"facecolor": "white", "edgecolor": COVERED},
    "self_employed": {"facecolor": PALE, "edgecolor": NOT_COVERED},
    "total": {"facecolor": ABSENT, "edgecolor": MUTED, "hatch": "////"},
}
UNLISTED = {"voluntary": N_("voluntary: {schemes}"), "planned": N_("planned: {schemes}")}


@styled
def plot_scheme_matrix(matrix: pd.DataFrame, caption: Caption):
    """Branch × population category: schemes listed, inventory incomplete, none found in the sources read.

    Parameters
    ----------
    matrix : result of ``schemes.scheme_matrix``
    caption : name of the country, and sources

    Returns
    -------
    matplotlib Figure
    """
    width = (WIDTH - 2 * MARGIN - LABELS) / len(POPULATION_CATEGORIES)
    heads = [
        break_words(label(POPULATION_CATEGORIES, category), width - 0.08, HEAD) for category in POPULATION_CATEGORIES
    ]
    top = max(height_of(lines, HEAD) for lines in heads) + 0.08
    rows = {branch: matrix[matrix["branch"] == branch].set_index("category") for branch in BRANCHES}
    heights = {branch: _row_height(cells, width) for branch, cells in rows.items()}
    subtitle = _(
        "Filled: a scheme is listed. Dark frame: voluntary membership only. Hatched: none listed though a published coverage is above "
        "zero, so the inventory is incomplete. Open: none found in the sources read, which does not say that nobody is covered. "
        "Question mark: whether the scheme still pays was not read."
    )
    frame = open_frame(
        matrix_title(matrix, caption.country_name), subtitle, caption, top + sum(heights.values()), WIDTH
    )
    axes = sheet(frame)
    for column, lines in enumerate(heads):
        write(axes, LABELS + (column + 0.5) * width, top - 0.06, lines, HEAD, va="bottom", ha="center", color=MUTED)
    y = top
    for branch, cells in rows.items():
        name = break_words(label(BRANCHES, branch), LABELS - 0.1, 8.6)
        write(axes, LABELS - 0.08, y + heights[branch] / 2, name, 8.6, va="center", ha="right", multialignment="right")
        _draw_row(axes, y, heights[branch], cells, width)
        y += heights[branch]
    return frame.figure


def _is_band(cells: pd.DataFrame) -> bool:
    """A line without any scheme is one band: its published coverage is not known by category."""
    return not cells["state"].isin(["listed", "voluntary"]).any()


def _band_words(cells: pd.DataFrame) -> str:
    planned = ";".join(sorted({name for names in cells["planned"] for name in names.split(";") if name}))
    known = [reason_words(cells[column].iat[0]) for column in ("reason", "evidence")]
    return join_beside([*known, _(UNLISTED["planned"], schemes=short_names(planned)) if planned else ""])


def _cell_lines(cell: dict, width: float) -> list[str]:
    others = [_(text, schemes=short_names(cell[column])) for column, text in UNLISTED.items() if cell[column]]
    return break_lines(join_lines([short_names(cell["schemes"]), *others]) or _("none found"), width - 0.14, CELL)


def _row_height(cells: pd.DataFrame, width: float) -> float:
    if _is_band(cells):
        return height_of(break_words(_band_words(cells), width * len(cells) - 0.3, CELL + 0.4), CELL + 0.4) + 0.2
    return max(height_of(_cell_lines(cell, width), CELL) for cell in as_records(cells)) + 0.2


def _draw_row(axes, y: float, height: float, cells: pd.DataFrame, width: float) -> None:
    if _is_band(cells):
        kind = "hatched" if cells["state"].iat[0] == "incomplete" else "open"
        lines = break_words(_band_words(cells), width * len(cells) - 0.3, CELL + 0.4)
        write_in_box(axes, (LABELS, y, width * len(cells), height), lines, CELL + 0.4, kind)
        return
    for column, cell in enumerate(as_records(cells)):
        kind = {"listed": "filled", "voluntary": "hollow"}.get(cell["state"], "open")
        write_in_box(axes, (LABELS + column * width, y, width, height), _cell_lines(cell, width), CELL, kind)


@styled
def plot_rates(rates: pd.DataFrame, caption: Caption):
    """Who pays today: contribution rates of employer, worker and State by scheme; ranges stay ranges.

    Parameters
    ----------
    rates : result of ``schemes.contribution_rates``
    caption : name of the country, and sources

    Returns
    -------
    matplotlib Figure
    """
    subtitle = _(
        "Contribution rates by scheme, % of earnings, with their year; a range is drawn light between its ends."
    )
    title = rates_title(rates, caption.country_name)
    lines = _rate_lines(rates)
    bars = [parts for name, parts in lines]
    if not any(bars):
        return draw_nothing(title, subtitle, caption, _("no rate was found in the sources read"))
    labels, height = broken_labels([name for name, parts in lines], 1.7, 8.6, ROW)
    sums = [_rate_words(parts) for parts in bars]
    room = max(text_width(text, 8.2) for text in sums) + 0.15
    frame = open_frame(title, subtitle, caption, height * len(lines) + 0.35)
    axes = frame.axes(left=label_width(labels, 8.6), right=min(room, 3.0), top=0.3)
    top = max(sum(part["high"] for part in parts) for parts in bars)
    bare_rows(axes, len(lines), top * 1.02)
    for y, (name, parts, text) in enumerate(zip(labels, bars, sums, strict=True)):
        name_row(axes, y, name)
        end = _rate_bar(axes, y, parts)
        write_beside(
            axes, end, y, [(text, 8.2, "normal", INK if parts else MUTED, "normal" if parts else "italic")], 5.0
        )
    paid = {part["payer"] for parts in bars for part in parts}
    draw_key(frame, {label(PAYER_NAMES, payer): look for payer, look in LOOKS.items() if payer in paid})
    return frame.figure


def _rate_lines(rates: pd.DataFrame) -> list[tuple[str, list[dict]]]:
    """What is drawn in a line: employer, worker and State of a scheme, or its undivided rate; the self-employed have their own line."""
    lines = []
    for short_name, own in rates.groupby("short_name", sort=False):
        name = named(short_name)
        parts = {row["payer"]: row for row in as_records(own[own["high"].notna()])}
        split = [parts[payer] for payer in ("employer", "worker", "state") if payer in parts]
        whole = "total" in parts and not split
        planned = (own["status"] == "planned").any()
        shown = _("{scheme} (planned)", scheme=name) if planned else name
        lines.append((shown, [parts["total"]] if whole else split))
        if "self_employed" in parts:
            lines.append((_("{scheme}, self-employed", scheme=name), [parts["self_employed"]]))
    return lines


def _rate_words(parts: list[dict]) -> str:
    """Rates in words with their years; added up only where all are single rates of one year."""
    if not parts:
        return _("n/a · {reason}", reason=_("no rate found"))
    years = {year for part in parts for year in (part["year"], part["last_year"])}
    rates = [_range(part) for part in parts]
    if len(years) == 1:
        single = len(parts) > 1 and all(part["low"] == part["high"] for part in parts)
        total = f" = {format_number(sum(part['high'] for part in parts), 2)}" if single else ""
        return f"{' + '.join(rates)}{total} · {years.pop()}"
    spans = [year_span(part["year"], part["last_year"]) for part in parts]
    return " + ".join(f"{rate} ({span})" for rate, span in zip(rates, spans, strict=True))


def _range(part: dict) -> str:
    low, high = (format_number(part[end], 2) for end in ("low", "high"))
    return low if low == high else f"{low}–{high}"


def _rate_bar(axes, y: int, parts: list[dict]) -> float:
    """Draw the parts of a line one after the other; return where it ends."""
    end = 0.0
    for part in parts:
        look = LOOKS[part["payer"]]
        axes.barh(y, part["low"], left=end, height=0.58, linewidth=0.9, **look)
        if part["high"] > part["low"]:
            light = {"facecolor": "white", "edgecolor": look["edgecolor"], "hatch": "...."}
            axes.barh(y, part["high"] - part["low"], left=end + part["low"], height=0.58, linewidth=0.9, **light)
        end += part["high"]
    return end


@styled
def plot_levels(levels: pd.DataFrame, caption: Caption):
    """What benefits are worth: % of GDP per head of their year; benefits of a household are hatched.

    Parameters
    ----------
    levels : result of ``schemes.benefit_levels``
    caption : name of the country, and sources

    Returns
    -------
    matplotlib Figure
    """
    subtitle = _(
        "Amounts in rules and reports, % of GDP per head of the same year. Filled: for a person. "
        "Hatched: for a household, whose members share it. An asterisk: the note in the table below says more."
    )
    title = levels_title(levels, caption.country_name)
    if levels.empty:
        return draw_nothing(title, subtitle, caption, _("no benefit level was found in the sources read"))
    if levels["share"].isna().all():
        return draw_nothing(title, subtitle, caption, join_clauses([_why_no_level(row) for row in levels.itertuples()]))
    names, height = broken_labels([_level_name(row) for row in levels.itertuples()], 2.5, 8.4, 0.3)
    frame = open_frame(title, subtitle, caption, height * len(levels) + 0.05)
    axes = frame.axes(left=label_width(names, 8.4), right=1.15)
    bare_rows(axes, len(levels), max(levels["share"].max() * 100, 0.1))
    for y, (name, row) in enumerate(zip(names, levels.itertuples(), strict=True)):
        name_row(axes, y, name, 8.4)
        _level_bar(axes, y, row)
    return frame.figure


def _level_name(row) -> str:
    measure = "" if row.measure == "benefit" else small_first(label(SCHEME_MEASURES, row.measure))
    return join_listed([named(row.short_name), measure, detail_words(row.detail)])


def _why_no_level(row) -> str:
    return _("{name}: {reason}", name=_level_name(row), reason=reason_words(row.reason))


def _level_bar(axes, y: int, row) -> None:
    if row.share != row.share:
        write_beside(
            axes, 0, y, [(_("n/a · {reason}", reason=reason_words(row.reason)), 8.2, "normal", MUTED, "italic")]
        )
        return
    shared = row.recipient == "household"
    look = (
        {"facecolor": PALE, "edgecolor": NOT_COVERED, "hatch": "////"}
        if shared
        else {"facecolor": COVERED, "edgecolor": COVERED}
    )
    axes.barh(y, row.share * 100, height=0.56, linewidth=0.9, **look)
    value = (format_share(row.share, 1) + ("*" if row.note else ""), 8.6, "bold", INK, "normal")
    write_beside(axes, row.share * 100, y, [value, (str(row.year), 7.6, "normal", MUTED, "normal")])
