"""Where a figure comes from and how sure it is: what a result made of several figures may claim."""

from __future__ import annotations

from nasssap_lib.terms import QUALITIES

OLD_AFTER = 5  # years before the reference year: an older figure is shown as old


def join_sources(*sources: str) -> str:
    """Union of ";" lists of source ids, in order of first mention.

    Examples
    --------
    >>> join_sources("A;B", "", "B;C")
    'A;B;C'
    """
    ids = [name for source in sources for name in str(source).split(";") if name]
    return ";".join(dict.fromkeys(ids))


def weakest(qualities) -> str:
    """The weakest of several qualities: what a result may claim that rests on all of them.

    Examples
    --------
    >>> weakest(["observed", "assumed", "estimated"])
    'assumed'
    """
    order = list(QUALITIES)
    return max(qualities, key=order.index)
