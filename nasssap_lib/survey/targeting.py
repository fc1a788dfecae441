"""Who receives: coverage, incidence and errors of targeting, person by person.

Every function takes arrays with one entry a person: ``received`` and ``target`` are booleans, ``transfer`` an amount, ``weight`` the
persons a sampled one stands for (default 1). Results are shares 0–1, or NaN where nobody is in the denominator. No standard errors:
those come from ``survey``.

Sources: Grosh, Leite, Wai-Poi, Tesliuc (eds), *Revisiting Targeting in Social Assistance* (World Bank 2022), chapter 7; World Bank,
ASPIRE indicator definitions; Coady, Grosh, Hoddinott (2004), *World Bank Research Observer* 19(1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nasssap_lib.errors import MissingEvidence, NasssapError

Floats = NDArray[np.float64]


def coverage(received: ArrayLike, target: ArrayLike, weight: ArrayLike | None = None) -> float:
    """Share of the target group that receives.

    Examples
    --------
    >>> coverage([True, False, True], target=[True, True, False])
    0.5
    """
    received, target, weight = _persons(received, target, weight)
    return _share(weight * received * target, weight * target)


def undercoverage(received: ArrayLike, target: ArrayLike, weight: ArrayLike | None = None) -> float:
    """Exclusion error: share of the target group that does not receive (World Bank 2022, table 7.3).

    Examples
    --------
    >>> undercoverage([True, False, True], target=[True, True, False])
    0.5
    """
    return 1 - coverage(received, target, weight)


def leakage(received: ArrayLike, target: ArrayLike, weight: ArrayLike | None = None) -> float:
    """Inclusion error: share of *beneficiaries* outside the target group (World Bank 2022, table 7.3).

    Given amounts instead of booleans it is the share of *spending* outside the target group, another number.

    Examples
    --------
    >>> leakage([True, False, True], target=[True, True, False])
    0.5
    >>> leakage([30, 0, 10], target=[True, True, False])
    0.25
    """
    received, target, weight = _persons(received, target, weight)
    return _share(weight * received * (1 - target), weight * received)


def incidence(received: ArrayLike, group: ArrayLike, weight: ArrayLike | None = None) -> dict[object, float]:
    """Share of all beneficiaries (booleans) or of all spending (amounts) that goes to each group, e.g. quintile; adds up to 1.

    Examples
    --------
    >>> incidence([30, 0, 10], group=["q1", "q1", "q2"])
    {'q1': 0.75, 'q2': 0.25}
    """
    labels, code = np.unique(np.asarray(group), return_inverse=True)
    received, _, weight = _persons(received, np.ones(len(code)), weight)
    sums = np.bincount(code, received * weight, len(labels))
    total = sums.sum()
    return dict(zip(labels.tolist(), (sums / total if total else np.full(len(labels), np.nan)).tolist(), strict=True))


def cgh_index(transfer: ArrayLike, target: ArrayLike, weight: ArrayLike | None = None) -> float:
    """Coady–Grosh–Hoddinott index: the target's share of spending over its share of persons; 1 is neutral, above 1 progressive.

    Examples
    --------
    >>> cgh_index([30, 0, 10], target=[True, True, False])
    1.125
    """
    transfer, target, weight = _persons(transfer, target, weight)
    benefits, persons = _share(weight * transfer * target, weight * transfer), _share(weight * target, weight)
    return benefits / persons if persons else np.nan


def targeting_differential(received: ArrayLike, target: ArrayLike, weight: ArrayLike | None = None) -> float:
    """Coverage of the target group minus coverage of everybody else (Ravallion 2007); −1 … 1, 0 for a universal benefit.

    Not what the World Bank (2022) prints under this name: see ``coverage_less_leakage``.

    Examples
    --------
    >>> targeting_differential([True, False, True], target=[True, True, False])
    -0.5
    """
    received, target, weight = _persons(received, target, weight)
    return coverage(received, target, weight) - coverage(received, 1 - target, weight)


def coverage_less_leakage(received: ArrayLike, target: ArrayLike, weight: ArrayLike | None = None) -> float:
    """Coverage of the target group minus the share of beneficiaries outside it: the differential of World Bank 2022, table 7.4.

    Two shares with different denominators; for comparison with that book only.

    Examples
    --------
    >>> coverage_less_leakage([True, False, True], target=[True, True, False])
    0.0
    """
    return coverage(received, target, weight) - leakage(received, target, weight)


@dataclass(frozen=True)
class TargetingSuccess:
    """Share of persons classified rightly, the share that chance would give, and Cohen's kappa, ``(rate − chance)/(1 − chance)``."""

    rate: float
    chance: float
    kappa: float


def targeting_success(received: ArrayLike, target: ArrayLike, weight: ArrayLike | None = None) -> TargetingSuccess:
    """How far receiving and being in the target group agree (World Bank 2022, table 7.8).

    Examples
    --------
    >>> targeting_success([True, True, False, False], target=[True, False, False, False])
    TargetingSuccess(rate=0.75, chance=0.5, kappa=0.5)
    """
    received, target, weight = _persons(received, target, weight)
    right = _share(weight * (received == target), weight)
    p, q = _share(weight * received, weight), _share(weight * target, weight)
    chance = p * q + (1 - p) * (1 - q)
    return TargetingSuccess(right, chance, (right - chance) / (1 - chance) if chance < 1 else np.nan)


def cost_effectiveness(transfer: ArrayLike, income: ArrayLike, line: float, weight: ArrayLike | None = None) -> float:
    """Reduction of the total poverty gap for each unit spent; ``income`` is before the transfer, nobody changes behaviour.

    Examples
    --------
    >>> cost_effectiveness([10, 10], income=[5, 50], line=20)
    0.5
    """
    transfer, income, weight = _persons(transfer, income, weight)
    before, after = np.maximum(line - income, 0), np.maximum(line - income - transfer, 0)
    return _share(weight * (before - after), weight * transfer)


def _persons(received: ArrayLike, target: ArrayLike, weight: ArrayLike | None) -> tuple[Floats, Floats, Floats]:
    """The three as float arrays of one length; missing values and negative weights are refused, never dropped."""
    first, second = np.asarray(received, float), np.asarray(target, float)
    weights = np.ones_like(first) if weight is None else np.asarray(weight, float)
    if not first.shape == second.shape == weights.shape:
        raise NasssapError(
            f"targeting: expected arrays of one length, got {first.shape}, {second.shape}, {weights.shape}."
        )
    missing = sum(int(np.isnan(values).sum()) for values in (first, second, weights))
    if missing:
        raise MissingEvidence(
            f"targeting: {missing} values are missing; drop those persons or fill them in before the call."
        )
    if (weights < 0).any():
        raise NasssapError("targeting: expected weights of at least 0, got negative ones.")
    return first, second, weights


def _share(part: Floats, whole: Floats) -> float:
    """Sum over sum, NaN where the whole is 0."""
    total = whole.sum()
    return float(part.sum() / total) if total else np.nan
