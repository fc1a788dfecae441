"""Bounds: what several schemes reach together when their overlap is not known, and how exact a published rate is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nasssap_lib.errors import NasssapError
from nasssap_lib.provenance import is_legal_zero


@dataclass(frozen=True)
class UnionBounds:
    """Bounds of the share of persons that at least one of several schemes reaches."""

    low: float
    high: float


def union_bounds(shares: Iterable[float]) -> UnionBounds:
    """Bounds of the joint coverage of schemes whose overlap is not known.

    Parameters
    ----------
    shares : coverage of each scheme, 0–1, of *one* group and about the same year

    Returns
    -------
    UnionBounds(low, high) : max p ≤ p(union) ≤ min(1, Σ p) (Fréchet 1935); nothing narrower is valid without a person key

    Raises
    ------
    NasssapError : no share, or one that is missing or outside 0–1

    Examples
    --------
    >>> union_bounds([0.5, 0.25])
    UnionBounds(low=0.5, high=0.75)
    """
    values = np.asarray(list(shares), dtype=float)
    if values.size == 0 or not ((values >= 0) & (values <= 1)).all():
        percent = "; divide percentages by 100" if (values > 1).any() else ""
        raise NasssapError(
            f"union_bounds: shares are {values.tolist()}; expected one or more shares from 0 to 1{percent}; "
            "leave out a share that is missing: it has no bounds"
        )
    return UnionBounds(float(values.max()), float(min(1.0, values.sum())))


def published_bounds(percent: float, decimals: int, note: str = "") -> tuple[float, float, float]:
    """A published percentage as a share, and the ends of its rounding: half a unit of its last printed digit.

    Parameters
    ----------
    percent : as published
    decimals : with which it was printed
    note : of the figure; a zero in law is exact

    Examples
    --------
    >>> [round(share, 5) for share in published_bounds(18.7, 1)], published_bounds(0, 0, "No programme anchored in national legislation")
    ([0.187, 0.1865, 0.1875], (0.0, 0.0, 0.0))
    """
    if is_legal_zero(percent, note):
        return 0.0, 0.0, 0.0
    half = 0.5 * 10.0**-decimals
    return percent / 100, max(percent - half, 0) / 100, (percent + half) / 100
