"""Pictures of who pays: cost against space by year, with what is missing hatched, and the eight options with their ranges."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.costing.milestones import Milestones
from nasssap_lib.costing.words_ranges import fine_share
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.sheet import draw_nothing, height_of, key_axes, write
from nasssap_lib.display.style import (
    ABSENT,
    COVERED,
    INK,
    LINE,
    MUTED,
    NOT_COVERED,
    PALE,
    RULE,
    Caption,
    Frame,
    break_words,
    open_frame,
    styled,
    text_width,
)
from nasssap_lib.display.texts import _, label, named, reason_words
from nasssap_lib.financing.words import KINDS, STEPS, option_words, row_of
from nasssap_lib.rows import as_records
from nasssap_lib.terms import FISCAL_SPACE

HEIGHT, KEY = 2.9, 0.32  # inches: of the plot, and of the key above it
SMALL, NAME = 7.6, 8.2
PAID = {"facecolor": COVERED, "edgecolor": COVERED}
MISSING_LOOK = {"facecolor": PALE, "edgecolor": NOT_COVERED, "hatch": "////"}
SHOWN_BESIDE = {"facecolor": "white", "edgecolor": COVERED}
NAMES = 2.75  # inches for the names of proposals
ROW, HEADING = 0.1, 0.24  # inches around a line, and above an option


@styled
def plot_gap(gap: pd.DataFrame, caption: Caption, at: Milestones | None = None):
    """Cost by year in % of GDP: paid for, filled, and missing, hatched; a line spans what is missing if yields are high or low.

    Parameters
    ----------
    gap : result of ``financing.financing_gap``
    caption : country and source
    at : result of ``costing.milestones_of``: the year of the title, and the values that are written

    Returns
    -------
    matplotlib Figure; where no cost is known, a frame that says so
    """
    known = gap.dropna(subset=["cost"])
    year = (at.mature if at and at.mature in set(known["year"]) else int(known["year"].max())) if len(known) else None
    title = gap_title(gap, caption.country_name, year)
    subtitle = _(
        "Cost of the options in % of GDP by year, each person paid once, net of what is replaced where that is known; filled: paid for "
        "by proposals at their central values; hatched: missing. Thin lines: what is paid for if all yields are low, or high."
    )
    if known.empty:
        return draw_nothing(title, subtitle, caption, _("no option can be costed"))
    frame = open_frame(title, subtitle, caption, HEIGHT)
    _gap_key(frame)
    axes = frame.axes(left=0.55, right=0.25, bottom=0.26, top=KEY + 0.2)
    years, cost, paid = (known[name].to_numpy(float) for name in ("year", "cost", "space"))
    for height, bottom, look in ((paid, 0 * paid, PAID), (cost - paid, paid, MISSING_LOOK)):
        some = height > 1e-9  # where nothing is paid for, or nothing missing, nothing is drawn
        axes.bar(years[some], 100 * height[some], bottom=100 * bottom[some], width=0.8, linewidth=0.6, **look)
    low, high = (100 * known[f"space_{end}"].to_numpy(float) for end in ("low", "high"))
    apart = high - low > 100 * STEPS
    for colour, width in (
        ("white", 3.0),
        (INK, 1.1),
    ):  # a line that can be seen on what is filled and on what is hatched
        axes.vlines(years[apart], low[apart], high[apart], color=colour, linewidth=width)
    top = max(100 * cost.max() * 1.16, 0.01)
    axes.set_ylim(0, top)
    _write_missing(axes, known, [year, int(years[-1])])
    _year_axis(axes, years, top)
    return frame.figure


def gap_title(gap: pd.DataFrame, country_name: str, year: int | None) -> str:
    """Title of cost against space: what is missing in a year.

    Parameters
    ----------
    gap : result of ``financing.financing_gap``
    country_name : in the reader's language
    year : a year of the gap whose cost is known; None: there is none
    """
    row = None if year is None else row_of(gap, year)
    if row is None or pd.isna(row["cost"]):
        return _("{country}: what is missing is not known", country=country_name)
    values = {
        "country": country_name,
        "year": year,
        "gap": format_share(row["gap"], 2),
        "cost": format_share(row["cost"], 2),
    }
    if row["gap"] < STEPS:
        return _(
            "{country}: the {cost} of GDP that the options cost in {year} is paid for at the central values", **values
        )
    if row["space_high"] < STEPS:
        return _("{country}: nothing pays yet for the {cost} of GDP that the options cost in {year}", **values)
    return _("{country}: {gap} of GDP is missing in {year}, of {cost} that the options cost", **values)


def _gap_key(frame: Frame) -> None:
    axes = key_axes(frame, KEY)
    _draw_key(axes, {_("paid for"): PAID, _("missing"): MISSING_LOOK}, 0.12)


def _draw_key(axes, looks: dict[str, dict], y: float) -> None:
    """What each kind of bar means, side by side."""
    x = 0.0
    for name, look in looks.items():
        axes.barh(y, 0.22, left=x, height=0.13, linewidth=0.8, **look)
        write(axes, x + 0.28, y, [name], SMALL, va="center", color=MUTED)
        x += 0.28 + text_width(name, SMALL) + 0.22


def _write_missing(axes, known: pd.DataFrame, years: list[int]) -> None:
    """What is missing above the bars of some years, where they stand apart."""
    shown: list[int] = []
    span = known["year"].max() - known["year"].min()
    for year in dict.fromkeys(years):
        if not shown or abs(year - shown[-1]) > max(0.2 * span, 1):
            shown.append(year)
    for year in shown:
        row = known[known["year"] == year].iloc[0]
        words = (
            _("{share} missing", share=fine_share(row["gap"], row["cost"])) if row["gap"] >= STEPS else _("paid for")
        )
        ends = {known["year"].min(): "left", known["year"].max(): "right"}
        side = ends.get(year, "center") if len(known) > 1 else "center"
        x = year + {"left": -0.4, "right": 0.4, "center": 0.0}[side]
        axes.annotate(
            words, (x, 100 * row["cost"]), xytext=(0, 4), textcoords="offset points", ha=side, va="bottom", size=SMALL, weight="bold",
            color=INK, annotation_clip=False,
        )  # fmt: skip


def _year_axis(axes, years: np.ndarray, top: float) -> None:
    axes.set_xlim(years[0] - 0.7, years[-1] + 0.7)
    axes.xaxis.get_major_locator().set_params(integer=True, nbins=8)
    axes.yaxis.grid(True)
    axes.yaxis.set_major_formatter(lambda value, _position: fine_share(value / 100, top / 1000) if value else "0")
    axes.tick_params(axis="x", pad=7)
    axes.tick_params(axis="y", labelsize=8.2, colors=MUTED)


@styled
def plot_options(options: pd.DataFrame, caption: Caption):
    """The eight options: proposals with their range, what was once collected or is given today, and what is not estimated.

    Parameters
    ----------
    options : result of ``financing.financing_options``
    caption : country and source

    Returns
    -------
    matplotlib Figure
    """
    subtitle = _(
        "Yield in % of GDP a year, what comes once or is a headroom divided by its years. Filled: central value of a proposal, line: low "
        "to high; not added up, for some draw on one stock. Hollow: what was once collected or is given today, no yield."
    )
    rows = as_records(options)
    blocks = [(number, _lines_of([row for row in rows if row["option"] == number])) for number in FISCAL_SPACE]
    height = sum(HEADING + sum(line["height"] for line in lines) for _number, lines in blocks) + 0.3
    frame = open_frame(options_title(options, caption.country_name), subtitle, caption, height)
    most = max((line["high"] for _number, lines in blocks for line in lines if line["high"] is not None), default=None)
    _draw_blocks(frame, blocks, 100 * most if most else 1.0, most is not None)
    return frame.figure


def options_title(options: pd.DataFrame, country_name: str) -> str:
    """Title of the eight options: for how many something is proposed.

    Parameters
    ----------
    options : result of ``financing.financing_options``
    country_name : in the reader's language
    """
    proposed = options.loc[options["item"] == "proposal", "option"].nunique()
    if proposed == 0:
        return _("{country}: none of the eight options for fiscal space is estimated yet", country=country_name)
    if proposed == len(FISCAL_SPACE):
        return _("{country}: a proposal for each of the eight options for fiscal space", country=country_name)
    return _("{country}: proposals for {n} of the eight options for fiscal space", country=country_name, n=proposed)


def _lines_of(rows: list[dict]) -> list[dict]:
    """Lines of an option: its proposals, its figures that are shares of GDP, or that it is not estimated."""
    beside = ("tax_headroom", "aid_social_protection")
    lines = [_proposal(row) for row in rows if row["item"] == "proposal"]
    lines += [_beside(row) for row in rows if row["id"] in beside and row["value"] > 0]
    needs = [row["reason"] for row in rows if row["item"] == "needs"][:1]
    return lines + [_line("", 6.3, central=None, words=reason_words(why)) for why in needs]


def _line(
    name: str, width: float, central: float | None, words: str, ends: tuple[float, float] | None = None, look=None
) -> dict:
    texts = break_words(name if name else words, width, NAME if name else SMALL)
    return {
        "name": texts, "central": central, "words": words, "ends": ends, "look": look, "height": height_of(texts, NAME) + ROW,
        "high": None if central is None else max(central, ends[1] if ends else 0.0),
    }  # fmt: skip


def _proposal(row: dict) -> dict:
    """A proposal a year."""
    parts = 1.0 if row["kind"] == "recurrent" else row["to_year"] - row["from_year"] + 1
    low, central, high = (row[end] / parts for end in ("low", "central", "high"))
    kind = "" if row["kind"] == "recurrent" else f" ({label(KINDS, row['kind'])})"
    words = f"{format_share(central, 2)}{kind}"
    return _line(named(row["name"]), NAMES - 0.35, central, words, (low, high), PAID)


def _beside(row: dict) -> dict:
    """A figure in % of GDP that is no yield."""
    words = {
        "tax_headroom": _("Below the own highest of ten years"),
        "aid_social_protection": _("Given by partners in {year}", year=int(row["year"])),
    }
    share = row["value"] / 100
    return _line(words[row["id"]], NAMES - 0.35, share, format_share(share, 2), None, SHOWN_BESIDE)


def _draw_blocks(frame: Frame, blocks: list, most: float, scaled: bool) -> None:
    """Options from top to bottom: names left, bars right; words of what is not estimated over the whole width."""
    right = 1.25
    axes = frame.axes(left=NAMES, right=right, bottom=0.28 if scaled else 0.02)
    inches = axes.get_position().height * axes.figure.get_size_inches()[1]
    axes.set_ylim(inches, 0)
    axes.set_xlim(0, most)
    page = frame.axes(bottom=0.28 if scaled else 0.02)
    page.set_xlim(0, frame.width)
    page.set_ylim(inches, 0)
    page.axis("off")
    y = 0.02
    for number, lines in blocks:
        title = _("{number} {option}", number=number, option=option_words(number))
        crossed = scaled and text_width(title, NAME, "bold") > NAMES  # by the lines of the axis
        ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.5} if crossed else None
        page.text(0, y + 0.02, title, size=NAME, weight="bold", color=INK, va="top", bbox=ground)
        y += HEADING - 0.02
        for line in lines:
            _draw_line(axes, page, frame.width, y, line)
            y += line["height"]
        y += 0.02
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    if scaled:
        axes.xaxis.grid(True)
        axes.locator_params(axis="x", nbins=4)
        axes.xaxis.set_major_formatter(lambda value, _position: fine_share(value / 100, most / 100) if value else "0")
    else:
        axes.set_xticks([])
        axes.axis("off")


def _draw_line(axes, page, width: float, y: float, line: dict) -> None:
    middle = y + line["height"] / 2
    style = {"va": "center", "linespacing": LINE}
    if line["central"] is None:
        band = line["height"] - 0.06
        page.barh(middle, width, height=band, color=ABSENT, edgecolor=RULE, linewidth=0.4)
        page.text(0.1, middle, "\n".join(line["name"]), size=SMALL, style="italic", color=MUTED, **style)
        return
    page.text(0.12, middle, "\n".join(line["name"]), size=NAME, color=INK, **style)
    axes.barh(middle, 100 * line["central"], height=0.16, linewidth=1.2, **line["look"])
    end = line["central"]
    if line["ends"]:
        axes.hlines(middle, *(100 * value for value in line["ends"]), color=NOT_COVERED, linewidth=2.2)
        end = max(end, line["ends"][1])
    axes.annotate(
        line["words"], (100 * end, middle), xytext=(5, 0), textcoords="offset points", va="center", ha="left", size=SMALL, color=INK,
        annotation_clip=False,
    )  # fmt: skip
