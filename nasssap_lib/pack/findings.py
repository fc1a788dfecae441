"""All that cannot be in a pack, or hardly: each kind of finding is looked for once in the tables that it reads.

Whoever changes one table of a pack, as a sheet of a dialogue or a scenario does, changes nothing of what was found in the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from nasssap_lib.pack.designs import design_findings
from nasssap_lib.pack.magnitudes import (
    benefit_findings,
    economy_findings,
    scheme_series_findings,
    series_findings,
)
from nasssap_lib.pack.money import money_findings
from nasssap_lib.pack.parts import parts_findings
from nasssap_lib.pack.plans import plan_findings
from nasssap_lib.pack.plausible import Finding, Frames, single_findings
from nasssap_lib.pack.proportions import proportion_findings

KINDS: tuple[Callable[[Frames, int], Iterator[Finding]], ...] = (
    single_findings,
    lambda frames, _this_year: series_findings(frames),
    lambda frames, _this_year: scheme_series_findings(frames),
    lambda frames, _this_year: economy_findings(frames),
    lambda frames, _this_year: benefit_findings(frames),
    lambda frames, _this_year: money_findings(frames),
    lambda frames, _this_year: parts_findings(frames),
    proportion_findings,
    design_findings,
    lambda frames, _this_year: plan_findings(frames),
)
REMEMBERED = 32  # looks at the tables of a kind


class _Look(NamedTuple):
    """What was found, and the tables that were read for it."""

    this_year: int
    read: Mapping[str, str]
    found: tuple[Finding, ...]


# one list of looks a kind, the latest first
_LOOKS: tuple[list[_Look], ...] = tuple([] for _ in KINDS)


class _Noting(dict):
    """Tables by name that note which of them were read."""

    def __init__(self, frames: Frames):
        super().__init__(frames)
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.read.add(name)
        return super().__getitem__(name)

    def items(self):
        """All tables."""
        self.read |= set(self)
        return super().items()


def all_findings(frames: Frames, contents: Mapping[str, str], this_year: int) -> Iterator[Finding]:
    """What cannot be, or hardly, though it is well formed; observed ends today.

    Parameters
    ----------
    frames : tables of a pack by their name in it
    contents : digest of what each table holds; "" or none: it is not known, and nothing is remembered of it
    this_year : the calendar year in which somebody asks

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> from nasssap_lib.pack.plausible import BY_FRAME
    >>> pack = read_pack("SEN")
    >>> frames = {name: getattr(pack, name) for name in BY_FRAME}
    >>> [found for found in all_findings(frames, {}, 2026) if not found.doubt]
    []
    """
    for kind, looks in zip(KINDS, _LOOKS, strict=True):
        look = next((look for look in looks if _is_same(look, contents, this_year)), None)
        if look is None:
            noting = _Noting(frames)
            found = tuple(kind(noting, this_year))
            look = _Look(this_year, {name: contents.get(name, "") for name in noting.read}, found)
        else:
            looks.remove(look)
        if all(look.read.values()):
            looks.insert(0, look)
            del looks[REMEMBERED:]
        yield from look.found


def _is_same(look: _Look, contents: Mapping[str, str], this_year: int) -> bool:
    return look.this_year == this_year and all(contents.get(name) == digest for name, digest in look.read.items())
