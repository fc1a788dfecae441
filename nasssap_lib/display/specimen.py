"""A picture of all letters, drawn once before any other: what a first picture looks for, all that follow it know, in forks too."""

from __future__ import annotations

import string

from matplotlib.figure import Figure

from nasssap_lib.display.style import MUTED, Caption, open_frame, share_axis, styled

LETTERS = " ".join([*string.ascii_letters, *string.digits, *string.punctuation, *"àâçéèêëîïôùûœáíñóúü«»–…·×≤≥°’"])


@styled
def specimen() -> Figure:
    """Letters and digits of the languages of the suite in its faces, bars, lines, an axis and its labels.

    Examples
    --------
    >>> "w x y z" in specimen().get_label()
    True
    """
    frame = open_frame(LETTERS, LETTERS, Caption("", LETTERS), 1.0)
    axes = frame.axes(left=1.0)
    share_axis(axes, 2)
    axes.set_yticks([0, 1], ["a", "b"])
    axes.barh([0, 1], [25, 50], hatch="////", edgecolor=MUTED)
    axes.plot([25, 50, 75], [0, 1, 0], marker="o", color=MUTED, linestyle="--", label="c")
    axes.fill_between([0, 50], [0, 0], [1, 1], alpha=0.2)
    axes.text(0, 0, LETTERS, style="italic")
    return frame.figure
