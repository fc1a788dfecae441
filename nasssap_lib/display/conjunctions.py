"""The two Spanish conjunctions that change before a word which begins with their own sound; no catalogue can say that beforehand."""

from __future__ import annotations

import re
from collections.abc import Mapping

BEFORE_PLACE = re.compile(r"\b[yo](?= [“«(]?\{(\w+))")
CHANGED = {  # Real Academia Española, Diccionario panhispánico de dudas: "y" 1 and "o" 1; 8, 80 and 11 are read as words
    "y": ("e", re.compile(r"[“«(]*(?:[ií]|h[ií](?![aeo]))", re.IGNORECASE)),
    "o": ("u", re.compile(r"[“«(]*(?:h?[oó]|8|11(?!\d))", re.IGNORECASE)),
}


def spanish_conjunctions(text: str, values: Mapping[str, object]) -> str:
    """A Spanish text whose "y" and "o" fit what will be written into the places behind them.

    Parameters
    ----------
    text : with {places}
    values : what goes into them

    Examples
    --------
    >>> spanish_conjunctions("{all} y {last}", {"all": "Becas", "last": "Incentivos"})
    '{all} e {last}'
    >>> spanish_conjunctions("{all} y {last}", {"all": "agua", "last": "hierro"})
    '{all} y {last}'
    """

    def fitting(found: re.Match) -> str:
        changed, sound = CHANGED[found.group()]
        return changed if sound.match(str(values.get(found.group(1), ""))) else found.group()

    return BEFORE_PLACE.sub(fitting, text)
