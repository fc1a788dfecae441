"""Where a figure comes from and how sure it is: what a result made of several figures may claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nasssap_lib.terms import QUALITIES, SOURCE_GRADES

OLD_AFTER = 5  # years after which an observation counts as old
LEGAL_ZERO = "anchored in national legislation"  # the ILO's note beside a rate of 0: no programme exists in law


def is_old(year: Any, now: int) -> Any:
    """Whether an observation is older than ``OLD_AFTER`` years; of a column of years, each.

    Examples
    --------
    >>> is_old(2019, 2025), is_old(2020, 2025)
    (True, False)
    """
    return now - year > OLD_AFTER


def is_legal_zero(value: float, note: str) -> bool:
    """Whether a rate of 0 was observed because no programme exists in law.

    Examples
    --------
    >>> is_legal_zero(0, "No programme anchored in national legislation"), is_legal_zero(0, "")
    (True, False)
    """
    return value == 0 and LEGAL_ZERO in note


def join_sources(*sources: str) -> str:
    """Union of ";" lists of source ids, in order of first mention.

    Examples
    --------
    >>> join_sources("A;B", "", "B;C")
    'A;B;C'
    """
    ids = [name for source in sources for name in str(source).split(";") if name]
    return ";".join(dict.fromkeys(ids))


def join_notes(notes: Iterable[str]) -> str:
    """Notes of several figures, each once.

    Examples
    --------
    >>> join_notes(["more than", "", "more than; year inferred"])
    'more than; year inferred'
    """
    parts = [part.strip() for note in notes for part in note.split(";")]
    return "; ".join(dict.fromkeys(filter(None, parts)))


def weakest(qualities) -> str:
    """The weakest of several qualities: what a result may claim that rests on all of them.

    Examples
    --------
    >>> weakest(["observed", "assumed", "estimated"])
    'assumed'
    """
    order = list(QUALITIES)
    return max(qualities, key=order.index)


def strongest_grade(source: str, grades: Mapping[str, str]) -> str:
    """The strongest grade among the sources that a figure, an answer or a whole review rests on: "press" where nothing better carries it.

    Parameters
    ----------
    source : ids of sources with ";" between them
    grades : id of a source → code of ``terms.SOURCE_GRADES``; "" or no entry: not graded

    Returns
    -------
    a code of ``terms.SOURCE_GRADES``; "" where there is no source, or where one that is not graded could be stronger than the rest

    Examples
    --------
    >>> grades = {"ILO": "official", "TIMES": "press", "BLOG": "other"}
    >>> strongest_grade("TIMES;ILO", grades), strongest_grade("TIMES;BLOG", grades), strongest_grade("TIMES;UNKNOWN", grades)
    ('official', 'press', '')
    """
    order = list(SOURCE_GRADES)
    found = [grades.get(name, "") for name in source.split(";") if name]
    best = min((order.index(grade) for grade in found if grade), default=None)
    return "" if best is None or (best and "" in found) else order[best]
