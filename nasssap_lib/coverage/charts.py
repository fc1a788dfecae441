"""Pictures of coverage and gaps: the headline bar, the dot plot by group, the projection in two readings."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.coverage.gaps import whole_groups
from nasssap_lib.coverage.words import (
    LAW_AND_FACT,
    LAW_AND_FACT_BOUNDS,
    QUINTILES,
    READINGS,
    by_sex,
    coverage_title,
    headline_title,
    known_projection,
    law_and_fact_title,
    projection_title,
    quintile_title,
    sex_title,
    shares_to_draw,
)
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_persons, format_share
from nasssap_lib.display.style import (
    ABSENT,
    COVERED,
    INK,
    MUTED,
    NOT_COVERED,
    VALUE,
    WARNING,
    WIDTH,
    Caption,
    break_words,
    closer,
    draw_parts,
    label_width,
    open_frame,
    share_axis,
    styled,
    text_width,
    write_beside,
)
from nasssap_lib.display.texts import _, join_sentences, label, reason_words
from nasssap_lib.display.words import join_words
from nasssap_lib.provenance import OLD_AFTER, is_old
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
from nasssap_lib.terms import COVERAGE_GROUPS, sexes_of

ROW = 0.36


@styled
def plot_headline(gaps: pd.DataFrame, caption: Caption):
    """One bar: who receives a cash benefit or contributes, and who does neither.

    Parameters
    ----------
    gaps : result of ``coverage.coverage_gaps``
    caption : name of the country and sources

    Returns
    -------
    matplotlib Figure; where no rate was published, a frame that says so
    """
    row = _primary(gaps).set_index(["group", "sex"]).loc[("at_least_one", "total")]
    subtitle = _("At least one cash benefit, SDG 1.3.1. Contributors count as covered; health care is not counted.")
    frame = open_frame(headline_title(gaps, caption.country_name), subtitle, caption, 0.72, WIDTH)
    axes = frame.axes(top=0.04, bottom=0.04)
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.5, 0.5)
    axes.axis("off")
    if pd.isna(row["effective_coverage"]):
        axes.barh(0, 1, color=ABSENT, height=0.7)
        axes.text(0.5, 0, _missing(row["reason"]), ha="center", va="center", style="italic", color=MUTED)
        return frame.figure
    share = min(row["effective_coverage"], 1.0)
    axes.barh([0, 0], [share, 1 - share], left=[0, share], color=[COVERED, NOT_COVERED], height=0.7)
    rate, gap = format_share(row["effective_coverage"], 1), format_persons(row["gap"])
    _write_inside(axes, 0, share, (_("covered {share}", share=rate), rate), "white", frame.width)
    uncovered = _("{persons} not covered · {year}", persons=gap, year=row["coverage_year"])
    _write_inside(axes, share, 1, (uncovered, gap), INK, frame.width)
    return frame.figure


def _missing(why: str) -> str:
    return _("n/a · {reason}", reason=reason_words(why))


def _write_inside(axes, left: float, right: float, texts: tuple[str, str], colour: str, width: float) -> None:
    """Write a label inside a part of the bar, or its number alone where the part is too narrow."""
    room = (right - left) * width - 0.1
    look = {"va": "center", "size": VALUE, "weight": "bold"}
    for text in texts:
        if text_width(text, VALUE, "bold") <= room:
            axes.text((left + right) / 2, 0, text, ha="center", color=colour, **look)
            return
    axes.annotate(texts[1], (right, 0), xytext=(4, 0), textcoords="offset points", color=INK, **look)


@styled
def plot_coverage_by_group(gaps: pd.DataFrame, caption: Caption, this_year: int):
    """Dot plot of effective coverage by group; n/a and figures to be verified keep their line and say why.

    Parameters
    ----------
    gaps : result of ``coverage.coverage_gaps``
    caption : name of the country and sources
    this_year : observations more than five years before it are drawn hollow

    Returns
    -------
    matplotlib Figure
    """
    rows = whole_groups(_primary(gaps)).reset_index(drop=True)
    labels = [label(COVERAGE_GROUPS, group) for group in rows["group"]]
    subtitle = _(
        "Effective coverage by group, SDG 1.3.1. Hollow: observed before {year}. Groups overlap and have no total.",
        year=this_year - OLD_AFTER,
    )
    frame = open_frame(coverage_title(gaps, caption.country_name), subtitle, caption, closer(ROW) * len(rows) + 0.3)
    axes = frame.axes(left=label_width(labels), right=0.34, bottom=0.25)
    share_axis(axes, len(rows))
    axes.set_yticks(range(len(rows)), labels)
    for y, row in rows.iterrows():
        _draw_dot(axes, y, row, this_year)
    return frame.figure


def _draw_dot(axes, y: int, row: pd.Series, this_year: int) -> None:
    value = row["effective_coverage"] * 100
    if pd.isna(value) or row["flag"] == "to_verify":
        axes.barh(y, 100, height=0.24, color=ABSENT, zorder=1)
        doubtful = _(
            "not drawn · {share} published for {year}, to be verified",
            share=format_share(row["effective_coverage"]),
            year=row["coverage_year"],
        )
        text, ink = (_missing(reason("no_rate")), MUTED) if pd.isna(value) else (doubtful, WARNING)
        lines = break_words(text, _inches(axes), 8.2)
        axes.text(1.2, y, "\n".join(lines), va="center", style="italic", size=8.2, color=ink)
        return
    old = is_old(row["coverage_year"], this_year)
    x = min(value, 100)
    axes.barh(y, 100, height=0.24, color=ABSENT, zorder=1)
    axes.plot([0, x], [y, y], color=COVERED, linewidth=1.6, zorder=2)
    axes.plot(
        x,
        y,
        "o",
        markersize=7.5,
        markeredgewidth=1.6,
        markeredgecolor=COVERED,
        markerfacecolor="white" if old else COVERED,
        zorder=3,
        clip_on=False,
    )
    number = (format_share(value / 100, 1), VALUE, "bold", INK, "normal")
    year = row["coverage_year"]
    when = _("{year} · no scheme in law", year=year) if row["flag"] == "legal_zero" else str(year)
    _beside(axes, x, y, [number, (when, 7.6, "normal", MUTED, "normal")])


def _beside(axes, x: float, y: float, parts) -> None:
    """Text right of the mark, or left of it where the right side has no room; its last part in lines where neither has."""
    *first, (words, size, *look) = parts
    before = sum(text_width(text, size, weight) + 0.06 for text, size, weight, _, _ in first) + 0.18
    axes_width = _inches(axes)
    right, left = (100 - x) / 100 * axes_width + 0.3 - before, x / 100 * axes_width - before
    width = text_width(words, size, look[0])
    if width > max(left, right):
        words = "\n".join(break_words(words, max(left, right), size, look[0]))
    write = write_beside if width <= right or right > left else _write_left
    write(axes, x, y, [*first, (words, size, *look)], gap=7.0)


def _inches(axes) -> float:
    """How wide the plot is."""
    return axes.get_position().width * axes.figure.get_size_inches()[0]


def _write_left(axes, x: float, y: float, parts, gap: float) -> None:
    offset = -gap - 1.0
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    for text, size, weight, colour, style in reversed(parts):
        axes.annotate(
            text, (x, y), xytext=(offset, 0), textcoords="offset points", va="center", ha="right",
            size=size, weight=weight, color=colour, style=style, bbox=box,
        )  # fmt: skip
        offset -= text_width(text, size, weight) * 72 + 4.0


@styled
def plot_status_quo(projection: pd.DataFrame, caption: Caption):
    """The gap of "at least one benefit" if nothing is extended: two lines and the band between them.

    Parameters
    ----------
    projection : result of ``coverage.project_status_quo``
    caption : name of the country and sources

    Returns
    -------
    matplotlib Figure
    """
    rows = projection[(projection["group"] == "at_least_one") & (projection["sex"] == "total")]
    wide = known_projection(projection) / 1e6
    subtitle = _(
        "Persons who neither receive a cash benefit nor contribute, millions, if the rate stays as last observed, or if the number "
        "of covered persons stays."
    )
    missing = rows[~rows["year"].isin(wide.index)]
    why = reason_words(join_reasons(*missing["reason"])) or reason_words(reason("no_rate"))
    years = join_words([str(year) for year in sorted(missing["year"].unique())])
    below = _("n/a for {years}: {reason}.", years=years, reason=why) if years and len(wide) else ""
    title = projection_title(projection, caption.country_name)
    frame = open_frame(title, join_sentences([subtitle, below]), caption, 2.5)
    room = max(text_width(_end_label(reading, 888.8), VALUE, "bold") for reading in READINGS) + 0.15
    axes = frame.axes(left=0.42, right=room, bottom=0.25)
    if wide.empty:
        axes.axis("off")
        look = {"ha": "center", "va": "center", "style": "italic", "color": MUTED}
        axes.text(0.5, 0.5, _("n/a · {reason}", reason=why), transform=axes.transAxes, **look)
        return frame.figure
    axes.fill_between(
        wide.index, wide["constant_rate"], wide["constant_number"], color=NOT_COVERED, alpha=0.25, linewidth=0
    )
    styles = {"constant_number": (NOT_COVERED, "--"), "constant_rate": (COVERED, "-")}
    ends = _spread([wide[name].iloc[-1] for name in READINGS], wide.to_numpy().max() * 1.08, 2.2)
    look = {"textcoords": "offset points", "va": "center", "size": VALUE, "weight": "bold", "color": INK}
    for reading, end in zip(READINGS, ends, strict=True):
        colour, dash = styles[reading]
        axes.plot(wide.index, wide[reading], color=colour, linestyle=dash, linewidth=2, marker="o", markersize=4)
        text = _end_label(reading, wide[reading].iloc[-1])
        axes.annotate(text, (wide.index[-1], end), xytext=(7, 0), **look)
    axes.set_ylim(0, wide.to_numpy().max() * 1.08)
    axes.set_xlim(wide.index[0] - 0.8, wide.index[-1])
    axes.set_xticks(list(wide.index), [str(year) for year in wide.index])
    axes.tick_params(axis="y", labelsize=8.2, colors=MUTED)
    axes.yaxis.grid(True)
    axes.yaxis.set_major_formatter(lambda value, _position: format_number(value))
    return frame.figure


def _end_label(reading: str, millions: float) -> str:
    return _("{reading} · {millions}", reading=label(READINGS, reading), millions=format_number(millions))


def _spread(values: list[float], top: float, height: float) -> list[float]:
    """Positions for two labels so that they do not touch: at least one line of text apart."""
    least = top * (VALUE * 1.35 / 72) / height
    first, second = values
    if abs(first - second) >= least:
        return values
    middle = (first + second) / 2
    sign = 1 if first >= second else -1
    return [middle + sign * least / 2, middle - sign * least / 2]


@styled
def plot_women_and_men(gaps: pd.DataFrame, caption: Caption):
    """Coverage of women and men where both were published; a zero in law says nothing about either and is left out.

    Parameters
    ----------
    gaps : result of ``coverage.coverage_gaps``
    caption : name of the country and sources

    Returns
    -------
    matplotlib Figure, or None where no group has both sexes
    """
    wide = by_sex(gaps)
    if wide.empty:
        return None
    labels = [label(COVERAGE_GROUPS, group) for group in wide.index]
    title, subtitle = sex_title(gaps, caption.country_name), _("Effective coverage of women and men, SDG 1.3.1.")
    frame = open_frame(title, subtitle, caption, 0.66 * len(wide) + 0.3)
    axes = frame.axes(left=label_width(labels), right=0.34, bottom=0.25)
    share_axis(axes, len(wide))
    axes.set_yticks(range(len(wide)), labels)
    for y, (group, rates) in enumerate(zip(wide.index, as_records(wide), strict=True)):
        for shift, sex, colour in ((-0.2, "female", NOT_COVERED), (0.2, "male", COVERED)):
            value = rates[sex] * 100
            axes.barh(y + shift, min(value, 100), height=0.34, color=colour)
            rate = _("{sex} {share}", sex=label(sexes_of(group), sex), share=format_share(rates[sex], 1))
            parts = [(rate, 8.4, "bold", INK, "normal"), (str(int(rates["year"])), 7.6, "normal", MUTED, "normal")]
            _beside(axes, min(value, 100), y + shift, parts)
    return frame.figure


@styled
def plot_law_and_fact(parts: pd.DataFrame, caption: Caption):
    """One bar of all employed persons: covered in fact, named by law only, not named by law.

    Where it is not known how many employees the law names, the second part is all employees who are not covered, and says so.

    Parameters
    ----------
    parts : result of ``coverage.employment_injury_law_and_fact``
    caption : name of the country and sources

    Returns
    -------
    matplotlib Figure; None where the parts cannot be given
    """
    share = shares_to_draw(parts)
    if share is None:
        return None
    bounds = (parts["basis"] == "bounds").any()
    persons = share * (parts["persons"] / parts["share"]).max()
    year = int(parts["year"].iat[0])
    subtitle = _("Employed persons, {year}. Voluntary insurance is not cover by law.", year=year)
    frame = open_frame(law_and_fact_title(parts, caption.country_name), subtitle, caption, 1.5)
    styles = [
        {"color": COVERED},
        {"facecolor": "white", "edgecolor": NOT_COVERED, "hatch": "////"},
        {"color": NOT_COVERED},
    ]
    names = [label(LAW_AND_FACT_BOUNDS if bounds else LAW_AND_FACT, status) for status in parts["status"]]
    rows = zip(names, share, persons, styles, strict=True)
    draw_parts(frame.axes(top=0.04, bottom=0.76), rows)
    return frame.figure


@styled
def plot_quintiles(quintiles: pd.DataFrame, caption: Caption):
    """Coverage of social assistance from the poorest to the richest fifth.

    Parameters
    ----------
    quintiles : result of ``coverage.coverage_by_quintile``
    caption : name of the country and sources

    Returns
    -------
    matplotlib Figure
    """
    rows = quintiles[quintiles["quintile"] != "total"].reset_index(drop=True)
    years = ", ".join(str(int(year)) for year in sorted(rows["year"].dropna().unique()))
    subtitle = _(
        "Persons in households where anybody receives social assistance, household survey (ASPIRE) {years}. Not the SDG rate.",
        years=years or _(NOT_AVAILABLE),
    )
    frame = open_frame(quintile_title(quintiles, caption.country_name), subtitle, caption, 0.36 * len(rows) + 0.3)
    labels = [label(QUINTILES, quintile) for quintile in rows["quintile"]]
    axes = frame.axes(left=label_width(labels), right=0.34, bottom=0.25)
    share_axis(axes, len(rows))
    axes.set_yticks(range(len(rows)), labels)
    for y, row in rows.iterrows():
        if pd.isna(row["coverage"]):
            axes.text(1.2, y, _missing(row["reason"]), va="center", style="italic", size=8.2, color=MUTED)
            continue
        axes.barh(y, row["coverage"] * 100, height=0.62, color=COVERED)
        number = (format_share(row["coverage"], 1), VALUE, "bold", INK, "normal")
        _beside(axes, row["coverage"] * 100, y, [number])
    return frame.figure


def _primary(gaps: pd.DataFrame) -> pd.DataFrame:
    first = gaps[gaps["primary"]]
    return first.drop_duplicates(["group", "sex"], keep="first")
