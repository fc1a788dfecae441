"""Pictures of a dialogue: who supports what and with how much influence, and how far the groups agree on the order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle

from nasssap_lib.dialogue.agreement import Agreement
from nasssap_lib.dialogue.charts_burdens import list_parties, quality_words
from nasssap_lib.dialogue.words import agreement_title, support_title
from nasssap_lib.display.heads import (
    DRAWN,
    HEAD,
    LABELS,
    NAME,
    Flag,
    Heads,
    draw_grid,
    lay_grid,
    name_columns,
    row_heights,
)
from nasssap_lib.display.numbers import NOT_AVAILABLE, SPACE, format_number, format_share, format_signed
from nasssap_lib.display.sheet import break_words, draw_nothing, height_of, sheet, write, write_in_box
from nasssap_lib.display.style import (
    COVERED,
    INK,
    MARGIN,
    MUTED,
    RULE,
    VALUE,
    WIDTH,
    Caption,
    open_frame,
    styled,
    text_width,
)
from nasssap_lib.display.texts import N_, _, join_sentences, named
from nasssap_lib.priorities.charts import SHADES
from nasssap_lib.rows import as_records

CELL, ROW = 7.0, 0.5  # points; least height of a row in inches
RIGHT = 1.02  # inches for the share of support
LEAST = 0.19  # inches of the narrowest column
GAP, UNSTATED = 0.14, 0.56  # inches: gap before groups without influence, their widest column
MINUS = "\N{MINUS SIGN}"
STATES = {  # state -> kind of box, words, sign
    "support": ("filled", N_("supports"), "+"),
    "doubt": ("hatched", N_("doubts"), "?"),
    "oppose": ("doubt", N_("opposes"), MINUS),
    "silent": ("open", N_("no answer"), "·"),
}


@styled
def plot_support_map(groups: pd.DataFrame, support: pd.DataFrame, caption: Caption):
    """Map of support and influence: options × groups, a column as wide as the group's influence.

    Parameters
    ----------
    groups : a row a group and option: stakeholder, group (its name), influence (0–1; NaN: not stated), option, position
        (above 0 supports, 0 doubts, below 0 opposes; NaN: no answer), quality
    support : a row an option, in the order of the picture: option, name, weighting (influence or equal), support and
        no_answer (shares, 0–1), nobody_opposes
    caption : country and source

    Returns
    -------
    matplotlib Figure; None where there was no dialogue or there is no option
    """
    if groups.empty or support.empty:
        return None
    parties, said = list_parties(groups), groups.drop_duplicates(["stakeholder", "option"])
    position = said.set_index(["stakeholder", "option"])["position"].to_dict()
    rows = as_records(support)
    positions = [[position.get((party, row["option"]), np.nan) for party in parties["stakeholder"]] for row in rows]
    width = max(WIDTH, 2 * MARGIN + LABELS + RIGHT + 1.3 * LEAST * len(parties))
    columns = _influence_columns(parties["influence"], width - 2 * MARGIN - LABELS - RIGHT)
    grid = lay_grid(map(named, support["name"]), _support_heads(parties, columns, width - 2 * MARGIN), ROW)
    key = _signs_used(positions, columns)
    grid = replace(grid, top=max(grid.top, 0.21 * len(key) + 0.06))
    title = support_title(support, caption.country_name)
    frame = open_frame(title, _support_subtitle(groups, support, columns), caption, grid.height, width)
    axes = sheet(frame)
    _draw_signs(axes, key, grid.top)
    for row, line, (y, height) in zip(rows, positions, draw_grid(axes, grid, frame.width), strict=True):
        for (x, cell), value in zip(columns, line, strict=True):
            _draw_position(axes, (x, y, cell, height), value)
        _write_share(axes, frame.width - RIGHT + 0.1, y + height / 2, row, line)
    return frame.figure


def _influence_columns(influence: pd.Series, room: float) -> list[tuple[float, float]]:
    """Left edge and width of each column in inches: as wide as the influence, but never narrower than a sign."""
    stated = influence.dropna().to_numpy(float)
    missing = len(influence) - len(stated)
    each = room / len(influence) if not len(stated) else min(UNSTATED, room / len(influence))
    gap = GAP if missing and len(stated) else 0.0
    widths = [*_proportional(stated, room - missing * each - gap), *[each] * missing]
    lefts = (
        LABELS
        + np.concatenate([[0.0], np.cumsum(widths)[:-1]])
        + [gap * (i >= len(stated)) for i in range(len(widths))]
    )
    return list(zip(lefts.tolist(), widths, strict=True))


def _proportional(weights: np.ndarray, room: float) -> list[float]:
    """Widths in proportion to weights, with a least width that the wide ones pay for."""
    if not weights.sum() > 0:
        return [room / len(weights)] * len(weights) if len(weights) else []
    narrow = np.zeros(len(weights), dtype=bool)
    while True:
        scale = (room - LEAST * narrow.sum()) / weights[~narrow].sum()
        widths = np.where(narrow, LEAST, weights * scale)
        if (widths >= LEAST).all():
            return widths.tolist()
        narrow |= widths < LEAST


def _support_heads(parties: pd.DataFrame, columns: list[tuple[float, float]], edge: float) -> Heads:
    names = [
        named(row["group"])
        if pd.isna(row["influence"])
        else SPACE.join([named(row["group"]).strip(), "·", format_number(row["influence"], 2)])
        for row in as_records(parties)
    ]
    first = int(parties["influence"].notna().sum())
    poles = [(x + min(width / 2, 0.12), x + width / 2) for x, width in columns]
    remark = {first: _("influence not stated")} if first < len(names) else {}
    favour = break_words(_("in favour"), (RIGHT - 0.1) / DRAWN, HEAD)
    return name_columns(names, poles, edge, remark, Flag(edge - RIGHT + 0.1, favour, pole=False, ink=MUTED))


def _support_subtitle(groups: pd.DataFrame, support: pd.DataFrame, columns: list[tuple[float, float]]) -> str:
    equal = support["weighting"].eq("equal").any()
    narrow = any(width <= LEAST + 1e-9 for _x, width in columns)
    return join_sentences(
        [
            _(
                "Position of each group on each option: above 0 supports, below 0 opposes; a number says how firm it is, where it is not "
                "±1 or 0 and there is room for it."
            ),
            _("Columns are as wide as a group's influence (0–1, beside its name)."),
            _("Right: supporters' share of the groups: the influence of some is not stated.")
            if equal
            else _("Right: supporters' share of all stated influence."),
            _("The narrowest columns are widened, so that they can be read.") if narrow else "",
            quality_words(groups),
        ]
    )


def _state(position: float) -> str:
    if pd.isna(position):
        return "silent"
    return "support" if position > 0 else "oppose" if position < 0 else "doubt"


def _has_words(width: float) -> bool:
    """Whether a column is wide enough for the words of every state."""
    longest = max(text_width(word, CELL) for _kind, words, _sign in STATES.values() for word in _(words).split())
    return width >= longest * DRAWN + 0.1


def _signs_used(states: list[list[float]], columns: list[tuple[float, float]]) -> list[str]:
    """States that stand as a mere sign somewhere and need a key."""
    used = {
        _state(value)
        for line in states
        for value, (_x, width) in zip(line, columns, strict=True)
        if not _has_words(width)
    }
    return [state for state in STATES if state in used]


def _draw_signs(axes, states: list[str], floor: float) -> None:
    """The key to the signs, in the corner above the names of the options."""
    for i, state in enumerate(states):
        kind, words, sign = STATES[state]
        y = floor - 0.06 - 0.21 * (len(states) - i)
        write_in_box(axes, (0, y, 0.24, 0.21), [sign], NAME, kind, weight="bold")
        write(axes, 0.3, y + 0.105, [_(words)], CELL, va="center")


def _draw_position(axes, box: tuple[float, float, float, float], position: float) -> None:
    kind, words, sign = STATES[_state(position)]
    if not _has_words(box[2]):
        return write_in_box(axes, box, [sign], NAME, kind, weight="bold")
    firm = pd.isna(position) or position in (-1, 0, 1)
    lines = break_words(_(words), (box[2] - 0.05) / DRAWN, CELL)
    return write_in_box(axes, box, lines if firm else [*lines, format_signed(position, 2)], CELL, kind)


def _write_share(axes, x: float, y: float, row: dict, positions: list[float]) -> None:
    """The share of support, and whether nobody opposes; silence is not taken for consent."""
    silent = [pd.isna(value) for value in positions]
    nobody = pd.notna(row["nobody_opposes"]) and bool(row["nobody_opposes"])
    free = _("nobody opposes so far") if any(silent) else _("nobody opposes")
    lines = break_words(_("no answer") if all(silent) else free if nobody else "", (RIGHT - 0.1) / DRAWN, CELL)
    half = height_of(lines, CELL) / 2
    share = format_share(row["support"], 0)
    style = {"weight": "bold"} if pd.notna(row["support"]) else {"style": "italic", "color": MUTED}
    write(axes, x, y - half, [share], VALUE, va="center", **style)
    write(axes, x, y - half + 0.09, lines, CELL, color=MUTED if all(silent) else COVERED)


@styled
def plot_agreement(tau: pd.DataFrame, agreement: Agreement, caption: Caption):
    """How far each two groups agree on the order: Kendall's tau-b below the names, negative values hatched.

    Parameters
    ----------
    tau : index and columns: names of groups, in one order; NaN for a group that ties everything
    agreement : result of ``dialogue.kendall_w``: of all groups at once
    caption : country and source

    Returns
    -------
    matplotlib Figure; None where there was no dialogue

    Notes
    -----
    The words of the title are Schmidt's (``agreement_words``).
    """
    if tau.empty:
        return None
    title = agreement_title(agreement, caption.country_name, tau)
    subtitle = _agreement_subtitle(tau, agreement)
    if len(tau) < 2:
        return draw_nothing(title, subtitle, caption, _("one group alone has nobody to agree with"))
    width = max(WIDTH, 2 * MARGIN + 0.46 * len(tau) + 1.5)
    step = min(0.68, (width - 2 * MARGIN - 1.5) / len(tau))
    names = [
        break_words(named(name), (width - 2 * MARGIN - i * step - 0.1) / DRAWN, NAME)
        for i, name in enumerate(tau.index)
    ]
    heights = row_heights(names, 0.36)
    frame = open_frame(title, subtitle, caption, sum(heights) + 0.05, width)
    axes, y = sheet(frame), 0.0
    for i, (lines, height) in enumerate(zip(names, heights, strict=True)):
        for j, value in enumerate(tau.to_numpy(float)[i, :i]):
            _draw_tau(axes, (j * step, y, step, height), value)
        write(axes, i * step + 0.06, y + height / 2, lines, NAME, va="center")
        y += height
    return frame.figure


def _agreement_subtitle(tau: pd.DataFrame, agreement: Agreement) -> str:
    values = {"chi2": format_number(agreement.chi2, 1), "df": agreement.df, "p": format_number(agreement.p, 3)}
    return join_sentences(
        [
            _(
                "How alike each two groups order the options, each by its own weights (Kendall's tau-b): 1 the same order, 0 no relation, "
                "−1 the opposite order; below zero hatched."
            ),
            _("A cell belongs to the group right of it and to the group above it."),
            _("W: all {n} groups at once, 0 none, 1 full agreement; words after Schmidt (1997).", n=len(tau))
            if pd.notna(agreement.w)
            else "",
            ""
            if pd.isna(agreement.p)
            else _("Test of no agreement at all: chi-squared {chi2}, {df} degrees of freedom, p = {p}.", **values)
            if agreement.p >= 0.001
            else _("Test of no agreement at all: chi-squared {chi2}, {df} degrees of freedom, p < 0.001.", **values),
        ]
    )


def _draw_tau(axes, box: tuple[float, float, float, float], value: float) -> None:
    x, y, width, height = box
    size = VALUE if width > 0.6 else CELL
    if pd.isna(value):
        return write_in_box(axes, box, [_(NOT_AVAILABLE)], size, "absent", style="italic")
    text = format_signed(value, 2).removeprefix("+")
    if value < 0:
        return write_in_box(axes, box, [text], size, "doubt")
    look = {"facecolor": SHADES(min(value, 1.0)), "edgecolor": RULE, "linewidth": 1.0}
    axes.add_artist(Rectangle((x + 0.025, y + 0.025), width - 0.05, height - 0.05, **look))
    middle = {"va": "center", "ha": "center", "color": "white" if value > 0.62 else INK}
    return write(axes, x + width / 2, y + height / 2, [text], size, **middle)
