"""Picture of versions beside one another: what each option costs in each, with its range, and how many it newly covers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_persons, format_share
from nasssap_lib.display.sheet import break_words
from nasssap_lib.display.style import (
    COVERED,
    INK,
    LABEL,
    MUTED,
    NOT_COVERED,
    SUBTITLE,
    VALUE,
    Caption,
    label_width,
    open_frame,
    styled,
    usual_width,
)
from nasssap_lib.display.texts import _, named, ngettext
from nasssap_lib.priorities.scenarios import BASELINE, TOLERANCE
from nasssap_lib.rows import as_records

ROW, GAP = 0.23, 0.16  # inches of a version, and between two options
MOST_ROWS = 60
NAME_WIDTH = 2.1  # inches of a version's name
RIGHT = 1.95  # inches of the figures


@styled
def plot_versions(versions: pd.DataFrame, caption: Caption):
    """A line a version from the low to the high cost, with a point at the central one; a block an option whose figures differ.

    Parameters
    ----------
    versions : result of ``priorities.compare_versions``, with cost_low and cost_high (shares of GDP)
    caption : country and source

    Returns
    -------
    matplotlib Figure; None where no cost and nobody newly covered differs between versions
    """
    options = _drawn(versions)
    if not options:
        return None
    blocks = [(named(name), versions[versions["option"] == option]) for option, name in options.items()]
    title = _title(versions[versions["option"].isin(options)], caption.country_name)
    subtitle = _(
        "Cost in % of GDP when mature, central value and range of the assumptions; beside it the central value and persons newly "
        "covered. Options whose figures are the same in all versions are not drawn."
    )
    labels = {name: "\n".join(break_words(_called(name), NAME_WIDTH, VALUE)) for name in versions["version"].unique()}
    left = 1.05 * label_width(labels.values(), VALUE)  # letters stand on whole pixels
    heads = ["\n".join(break_words(name, usual_width() - left - 0.4, LABEL, "bold")) for name, _block in blocks]
    rows = [
        _rows(head) + sum(_rows(labels[name]) for name in block["version"])
        for head, (_name, block) in zip(heads, blocks, strict=True)
    ]
    height = sum(rows) * ROW + len(blocks) * GAP
    frame = open_frame(title, subtitle, caption, height + 0.35)
    axes = frame.axes(left=left, right=RIGHT, bottom=0.3)
    axes.set_ylim(height, 0)
    axes.set_xlim(0, versions.loc[versions["option"].isin(options), ["cost_central", "cost_high"]].max().max() * 1.05)
    y = 0.0
    for head, (_name, block) in zip(heads, blocks, strict=True):
        y = _draw_block(axes, y + GAP, head, block, labels)
    axes.set_yticks([])
    axes.xaxis.grid(True)
    axes.spines["bottom"].set_visible(False)
    axes.xaxis.set_major_formatter(lambda share, _position: format_share(share, 2))
    axes.locator_params(axis="x", nbins=5)
    return frame.figure


def _title(drawn: pd.DataFrame, country: str) -> str:
    """The option whose central cost differs most between versions; where no cost differs, that."""
    costs = drawn.groupby("option", sort=False)["cost_central"].agg(["min", "max"])
    most = (costs["max"] - costs["min"]).idxmax()
    low, high = costs.loc[most]
    if high - low <= TOLERANCE * high:
        return _("{country}: every option costs the same in all versions", country=country)
    name = named(drawn.loc[drawn["option"] == most, "name"].iat[0])
    values = {"country": country, "option": name, "low": format_share(low, 2), "high": format_share(high, 2)}
    return _("{country}: most moves the cost of “{option}”, from {low} to {high} of GDP", **values)


def _drawn(versions: pd.DataFrame) -> dict[str, str]:
    """Options whose figures differ, by id; the first in the order of ranks where there are too many for one picture."""
    if versions.empty:
        return {}
    known = versions.groupby("option")["cost_high"].transform(lambda costs: costs.notna().any())
    differing = versions[versions.groupby("option")["figures_differ"].transform("any") & known]
    best = differing.groupby("option", sort=False)["rank_best"].min().sort_values(kind="stable", na_position="last")
    most = max(MOST_ROWS // max(versions["version"].nunique(), 1), 1)
    names = differing.drop_duplicates("option").set_index("option")["name"]
    return {option: names[option] for option in best.index[:most]}


def _called(version: str) -> str:
    return _("baseline") if version == BASELINE else version


def _rows(label: str) -> float:
    """Rows that a label of several lines needs."""
    return 1 + 0.75 * label.count("\n")


def _draw_block(axes, y: float, name: str, block: pd.DataFrame, labels: dict[str, str]) -> float:
    """The versions of one option below its name; where the next one may begin."""
    at_left = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points", "va": "center"}
    axes.annotate(
        name,
        (0, y + ROW * _rows(name) / 2),
        xytext=(0, 0),
        size=LABEL,
        weight="bold",
        color=INK,
        annotation_clip=False,
        **at_left,
    )
    y += ROW * _rows(name)
    for row in as_records(block):
        height = ROW * _rows(labels[row["version"]])
        middle = y + height / 2
        y += height
        axes.annotate(
            labels[row["version"]], (0, middle), xytext=(-7, 0), ha="right", size=VALUE, color=MUTED,
            annotation_clip=False, **at_left,
        )  # fmt: skip
        if pd.notna(row["cost_high"]):
            style = {"color": NOT_COVERED, "linewidth": 2.4, "solid_capstyle": "butt", "zorder": 2}
            axes.plot([row["cost_low"], row["cost_high"]], [middle, middle], **style)
            face = "white" if row["version"] == BASELINE else COVERED
            axes.plot(
                row["cost_central"],
                middle,
                "o",
                markersize=5.5,
                mfc=face,
                mec=COVERED,
                mew=1.4,
                zorder=3,
                clip_on=False,
            )
        axes.annotate(
            _figures(row), (1, middle), xytext=(7, 0), size=SUBTITLE, color=INK, annotation_clip=False, **at_left
        )
    return y


def _figures(row: dict) -> str:
    return _(
        "{cost} · {persons} persons",
        cost=format_share(row["cost_central"], 2),
        persons=format_persons(row["newly_covered"]),
    )


def drawn_note(versions: pd.DataFrame) -> str:
    """How many options whose figures differ are not drawn, for they do not fit into one picture; "" where all are."""
    differing = versions.loc[versions["figures_differ"], "option"].nunique() if len(versions) else 0
    more = differing - len(_drawn(versions))
    return (
        ngettext("{n} more option differs: see the table.", "{n} more options differ: see the table.", more, n=more)
        if more > 0
        else ""
    )
