"""Pictures of the stocktaking: the age pyramid."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib import sentences
from nasssap_lib.charts.style import COVERED, INK, MUTED, NOT_COVERED, Caption, open_frame, styled
from nasssap_lib.language import format_number
from nasssap_lib.terms import AGE_GROUPS


@styled
def plot_age_pyramid(ages: pd.DataFrame, caption: Caption):
    """Age pyramid: bars for the first year, the outline of the last.

    Parameters
    ----------
    ages : result of ``stocktaking.age_structure``: year, sex, age_group, persons
    caption : place, source, language

    Returns
    -------
    matplotlib Figure
    """
    first, last = int(ages["year"].min()), int(ages["year"].max())
    subtitle = f"Population by age and sex, millions. Bars {first}" + (
        f", line {last} (medium projection)." if last > first else "."
    )
    frame = open_frame(sentences.pyramid_title(ages, caption.place, caption.language), subtitle, caption, 3.5)
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
    _pyramid_axis(axes, y, top, caption.language)
    axes.text(-top * 0.97, len(y) - 0.2, f"men {first}", color=COVERED, weight="bold", ha="left", va="bottom", size=9)
    axes.text(
        top * 0.97, len(y) - 0.2, f"women {first}", color="#8a5a10", weight="bold", ha="right", va="bottom", size=9
    )
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


def _pyramid_axis(axes, y: np.ndarray, top: float, language: str) -> None:
    axes.set_yticks(y[::2], AGE_GROUPS[::2])
    axes.set_xlim(-top, top)
    axes.set_ylim(-0.6, len(y) - 0.4)
    step = _step(top)
    ticks = np.arange(-int(top / step), int(top / step) + 1) * step
    axes.set_xticks(ticks, [format_number(abs(tick), 2, language) for tick in ticks])
    axes.xaxis.grid(True)
    axes.tick_params(axis="y", colors=MUTED, labelsize=8.4)


def _step(top: float) -> float:
    """A round distance between ticks so that each side has about three."""
    raw = top / 3
    power = 10 ** np.floor(np.log10(raw))
    return float(power * min((1, 2, 5, 10), key=lambda factor: abs(factor * power - raw)))
