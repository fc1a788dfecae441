"""A picture of all letters, drawn once before any other: what a first picture looks for, all that follow it know, in forks too.

Letters that often stand side by side are shaped with it: in sentences such as pictures hold, in the languages of the suite.
"""

from __future__ import annotations

import string

from matplotlib.figure import Figure

from nasssap_lib.display.style import MUTED, Caption, open_frame, share_axis, styled

LETTERS = " ".join([*string.ascii_letters, *string.digits, *string.punctuation, *"àâçéèêëîïôùûœáíñóúü«»–…·×≤≥°’"])
SENTENCES = (
    "Social protection covers about four in five older persons, children, mothers with newborns and workers of formal enterprises; what is "
    "missing by group, benefit, scheme and year, who would be reached, how much it would cost in % of GDP, who pays and when it begins. "
    "La protection sociale couvre environ quatre personnes âgées sur cinq, les enfants, les mères et les travailleurs des entreprises ; "
    "ce qui manque par groupe, prestation, régime et année, qui serait atteint, combien cela coûterait en % du PIB, qui paie et quand. "
    "La protección social cubre a unas cuatro de cada cinco personas mayores, niños, madres y trabajadores de empresas formales; "
    "lo que falta por grupo, prestación, régimen y año, a quién llegaría, cuánto costaría en % del PIB, quién paga y cuándo empieza. "
    "Source: ILO, World Bank, UN WPP 2024, 2010 2012 2013 2014 2015 2016 2017 2018 2019 2021 2022 2023 2025 2026 2027 2030 2035 2040 2050"
)


@styled
def specimen() -> Figure:
    """Letters and digits of the languages of the suite in its faces, bars, lines, an axis and its labels.

    Examples
    --------
    >>> "four in five" in specimen().get_label()
    True
    """
    frame = open_frame(SENTENCES, SENTENCES, Caption("", LETTERS), 1.0)
    axes = frame.axes(left=1.0)
    share_axis(axes, 2)
    axes.set_yticks([0, 1], ["a", "b"])
    axes.barh([0, 1], [25, 50], hatch="////", edgecolor=MUTED)
    axes.plot([25, 50, 75], [0, 1, 0], marker="o", color=MUTED, linestyle="--", label="c")
    axes.fill_between([0, 50], [0, 0], [1, 1], alpha=0.2)
    for style, weight in (("italic", "normal"), ("normal", "bold")):
        axes.text(0, 0, LETTERS, style=style, weight=weight)
    return frame.figure
