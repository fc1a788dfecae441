"""Pictures of the order: what each criterion contributes, and the ranks over all weights."""

from __future__ import annotations

import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number
from nasssap_lib.display.sheet import draw_nothing, height_of, sheet, write
from nasssap_lib.display.style import (
    ABSENT,
    COVERED,
    FOOT,
    INK,
    MUTED,
    NOT_COVERED,
    RULE,
    VALUE,
    WIDTH,
    Caption,
    break_words,
    closer,
    open_frame,
    styled,
    text_width,
    wrap,
)
from nasssap_lib.display.texts import _, join_sentences, label, named, reason_words
from nasssap_lib.priorities.words import (
    acceptability_title,
    admissible_sentence,
    criterion_words,
    ranking_title,
    views_words,
)
from nasssap_lib.rows import as_records
from nasssap_lib.terms import OPTION_KINDS

NAME, SMALL = 8.4, 7.6
HEAD = 0.28  # inches for the name of a list
ITALIC = 0.94  # italic text is wider than the upright text that is measured
WIDEST = 1.12  # of the score's scale, as far as a range is drawn
LABEL_WIDTH = 2.15  # inches for the names of options
SEGMENTS = (  # face, hatch, ink: neighbours differ in grey, and by pattern where they do not
    (COVERED, "", "white"),
    ("#c3d5e0", "", INK),
    (NOT_COVERED, "", INK),
    ("#f6e3c3", "////", INK),
    ("#6b7785", "", "white"),
    ("#ffffff", "....", INK),
    ("#b5442e", "", "white"),
    ("#dfe5ea", "xxxx", INK),
)
SHADES = LinearSegmentedColormap.from_list("views", ["#ffffff", "#a9c3d1", COVERED])


@styled
def plot_contributions(scores: pd.DataFrame, ranking: pd.DataFrame, caption: Caption):
    """Stacked bars: what each criterion contributes to an option's score, and what missing evidence could add.

    Parameters
    ----------
    scores : result of ``priorities.score_options``
    ranking : result of ``priorities.rank_sequence``
    caption : country and source

    Returns
    -------
    matplotlib Figure; None where the pack holds no option
    """
    if ranking.empty:
        return None
    title = ranking_title(ranking, caption.country_name)
    subtitle = _(
        "Weighted sum at the central values from 0 (worst on every criterion) to 1 (best); each list by itself. The thin line is "
        "the score within the ranges of all assumptions, which may leave the scale; the dotted part is what a missing figure could add. "
        "A ranking is a sequence."
    )
    if scores.empty:
        return draw_nothing(title, subtitle, caption, _("no option can be costed"))
    names = list(scores["criterion"].unique())
    rows = [(row, break_words(named(row["name"]), LABEL_WIDTH - 0.15, NAME)) for row in as_records(ranking)]
    heights = [max(0.44, height_of(lines, NAME) + 0.12) for _, lines in rows]
    heads = _list_heads(ranking)
    key = _key_lines([*map(criterion_words, names), _("could be added")], 6.9)
    room = sum(heights) + HEAD * sum(map(bool, heads))
    frame = open_frame(title, subtitle, caption, room + 0.24 * len(key) + 0.32)
    axes = sheet(frame)
    _draw_key(axes, key, names)
    top, y = 0.24 * len(key) + 0.06, 0.24 * len(key) + 0.06
    span = frame.width - LABEL_WIDTH - 1.0
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x = LABEL_WIDTH + tick * span
        axes.plot([x, x], [top, top + room], color=RULE, linewidth=0.7, zorder=0)
        write(axes, x, top + room + 0.05, [format_number(tick, 2)], SMALL, color=MUTED, ha="center")
    for (row, lines), height, head in zip(rows, heights, heads, strict=True):
        y = _draw_head(axes, y, head)
        write(axes, LABEL_WIDTH - 0.12, y + height / 2, lines, NAME, ha="right", va="center")
        _draw_score(axes, y + height / 2, row, scores[scores["option"] == row["option"]], names, span)
        y += height
    return frame.figure


def _list_heads(table: pd.DataFrame) -> list[str]:
    """What stands above each row: the name of its list above the first of a list, where there are two."""
    if "kind" not in table or table["kind"].nunique() < 2:
        return [""] * len(table)
    kinds = table["kind"].tolist()
    return [
        label(OPTION_KINDS, kind) if kind != before else "" for before, kind in zip([None, *kinds], kinds, strict=False)
    ]


def _draw_head(axes, y: float, head: str) -> float:
    """A heading between rows; returns where the next row begins."""
    if not head:
        return y
    write(axes, 0, y + HEAD / 2 + 0.03, [head], SMALL, va="center", weight="bold", color=INK)
    return y + HEAD


def _key_lines(words: list[str], width: float) -> list[list[tuple[int, str, float]]]:
    """Entries of the key by line: number, words and position in inches."""
    lines, x = [[]], 0.0
    for number, text in enumerate(words):
        needs = 0.24 + text_width(text, SMALL) + 0.22
        if lines[-1] and x + needs > width:
            lines.append([])
            x = 0.0
        lines[-1].append((number, text, x))
        x += needs
    return lines


def _draw_key(axes, lines: list[list[tuple[int, str, float]]], names: list[str]) -> None:
    for i, line in enumerate(lines):
        for number, text, x in line:
            _segment(axes, x, 0.24 * i + 0.03, 0.18, 0.13, number if number < len(names) else None)
            write(axes, x + 0.23, 0.24 * i + 0.095, [text], SMALL, va="center", color=INK)


def _segment(axes, x: float, y: float, width: float, height: float, number: int | None) -> str:
    """A part of a bar; ``None``: what missing evidence could add. Returns the colour of text on it."""
    if number is None:
        axes.add_artist(
            Rectangle((x, y), width, height, facecolor="white", edgecolor=MUTED, linestyle=":", linewidth=1.1)
        )
        return MUTED
    face, hatch, ink = SEGMENTS[number % len(SEGMENTS)]
    edge = MUTED if hatch else "white"
    axes.add_artist(Rectangle((x, y), width, height, facecolor=face, edgecolor=edge, hatch=hatch, linewidth=0.8))
    return ink


def _draw_score(axes, y: float, row: dict, parts: pd.DataFrame, names: list[str], span: float) -> None:
    if parts.empty:
        room = span + 0.9
        lines = wrap(_why_not_ranked(row), (room - 0.1) * ITALIC, SMALL)
        axes.add_artist(Rectangle((LABEL_WIDTH, y - 0.15), room, 0.3, facecolor=ABSENT, edgecolor="none"))
        write(axes, LABEL_WIDTH + 0.06, y, lines[:2], SMALL, va="center", style="italic", color=MUTED)
        return
    low, x = parts.set_index("criterion")["low"], LABEL_WIDTH
    for number, name in enumerate(names):
        width = low[name] * span
        if width <= 0:
            continue
        ink = _segment(axes, x, y - 0.13, width, 0.26, number)
        text = format_number(low[name], 2)
        if width > text_width(text, FOOT) + 0.1:
            ground = (
                {"facecolor": "white", "edgecolor": "none", "pad": 0.6} if SEGMENTS[number % len(SEGMENTS)][1] else None
            )
            write(axes, x + width / 2, y, [text], FOOT, va="center", ha="center", color=ink, bbox=ground)
        x += width
    could = float((parts["high"] - parts["low"]).sum()) * span
    if could > 0:
        _segment(axes, x, y - 0.13, could, 0.26, None)
        missing = _(NOT_AVAILABLE)
        if could > text_width(missing, SMALL) + 0.06:
            write(axes, x + could / 2, y, [missing], SMALL, va="center", ha="center", style="italic", color=MUTED)
    _draw_range(axes, y + 0.17, row, span)
    words = _score_words(row["score"], row["score"])
    if pd.isna(row["score"]):
        words = _score_words(row["score_low"], row["score_high"])
    write(axes, x + could + 0.07, y, [words], VALUE, va="center", weight="bold")


def _score_words(low: float, high: float) -> str:
    """A score, or its range; beyond the scale of 0 to 1 only that it is beyond, for a figure there has no meaning of its own.

    Examples
    --------
    >>> _score_words(0.41, 0.41), _score_words(-9.52, 4.28), _score_words(-0.001, 1.001)
    ('0.41', '<0 to >1', '0 to 1')
    """
    below, above = low < -0.005, high > 1.005
    first = "<0" if below else format_number(max(low, 0.0), 2)
    last = ">1" if above else format_number(min(high, 1.0), 2)
    return first if first == last else _("{low} to {high}", low=first, high=last)


def _draw_range(axes, y: float, row: dict, span: float) -> None:
    """The score within the ranges of all values, as far as the picture goes; an arrow where it goes on."""
    ends = [(name, min(max(row[name], 0.0), WIDEST)) for name in ("score_low", "score_high")]
    low, high = (LABEL_WIDTH + shown * span for _name, shown in ends)
    if high - low <= 0.01:
        return
    axes.plot([low, high], [y, y], color=INK, linewidth=0.9, solid_capstyle="butt")
    for (name, shown), x, arrow in zip(ends, (low, high), ("<", ">"), strict=True):
        if row[name] != shown:
            axes.plot(x, y, arrow, color=INK, markersize=3.6, markeredgewidth=0, clip_on=False)


def _why_not_ranked(row: dict) -> str:
    return _("not ranked · {reason}", reason=reason_words(row["reason"]))


@styled
def plot_acceptability(acceptance: pd.DataFrame, caption: Caption):
    """Heatmap: in how many of all views each option has each rank, whatever the weights.

    Parameters
    ----------
    acceptance : result of ``priorities.accept_ranks``
    caption : country and source

    Returns
    -------
    matplotlib Figure; None where the pack holds no option
    """
    if acceptance.empty:
        return None
    title = acceptability_title(acceptance, caption.country_name)
    text = _(
        "Share of {views} in which an option has a rank: every admissible set of weights, and every value within the ranges of the "
        "assumptions and of what missing figures could be, counts the same.",
        views=views_words(acceptance),
    )
    subtitle = join_sentences([text, admissible_sentence(acceptance)])
    ranks = [name for name in acceptance if name.startswith("rank_")]
    if not ranks:
        return draw_nothing(title, subtitle, caption, _("no option can be costed"))
    rows = [(row, break_words(named(row["name"]), LABEL_WIDTH - 0.15, NAME)) for row in as_records(acceptance)]
    heights, heads = (
        [max(closer(0.36), height_of(lines, NAME) + closer(0.1)) for _, lines in rows],
        _list_heads(acceptance),
    )
    frame = open_frame(title, subtitle, caption, sum(heights) + HEAD * sum(map(bool, heads)) + 0.3, WIDTH)
    axes = sheet(frame)
    step = (frame.width - LABEL_WIDTH) / len(ranks)
    for i in range(len(ranks)):
        heading = _("rank {number}", number=i + 1)
        write(axes, LABEL_WIDTH + (i + 0.5) * step, 0.08, [heading], SMALL, ha="center", color=MUTED)
    y = 0.28
    for (row, lines), height, head in zip(rows, heights, heads, strict=True):
        y = _draw_head(axes, y, head)
        write(axes, LABEL_WIDTH - 0.12, y + height / 2, lines, NAME, ha="right", va="center")
        _draw_ranks(axes, y, height, step, row, ranks)
        y += height
    return frame.figure


def _draw_ranks(axes, y: float, height: float, step: float, row: dict, ranks: list[str]) -> None:
    if pd.isna(row[ranks[0]]):
        axes.add_artist(
            Rectangle((LABEL_WIDTH, y + 0.03), step * len(ranks), height - 0.06, facecolor=ABSENT, edgecolor="none")
        )
        lines = wrap(_why_not_ranked(row), (step * len(ranks) - 0.12) * ITALIC, SMALL)[:2]
        write(axes, LABEL_WIDTH + 0.06, y + height / 2, lines, SMALL, va="center", style="italic", color=MUTED)
        return
    for i, name in enumerate(ranks):
        share, x = row[name], LABEL_WIDTH + i * step
        if pd.isna(share):  # its list is shorter
            continue
        style = {"facecolor": SHADES(min(share, 1.0)), "edgecolor": "white", "linewidth": 1.2}
        axes.add_artist(Rectangle((x, y), step, height, **style))
        words = "–" if share == 0 else "<1" if share < 0.01 else format_number(share * 100, 0)
        ink = "white" if share > 0.62 else INK if share >= 0.05 else MUTED
        unit = "\N{NO-BREAK SPACE}%" if share >= 0.01 else ""
        write(axes, x + step / 2, y + height / 2, [words + unit], VALUE, va="center", ha="center", color=ink)
