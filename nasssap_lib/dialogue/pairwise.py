"""Weights from comparisons of two criteria at a time, and how far the answers fit one another (analytic hierarchy process)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from nasssap_lib.errors import MissingEvidence, NasssapError
from nasssap_lib.ties import settled, spans

CONSISTENT = 0.10  # consistency ratio above which Saaty asks for the comparisons to be made again
MOST = 15  # criteria for which the mean ratio of random comparisons is known
TIMES = range(1, 10)  # how many times one criterion may matter more than another


@dataclass(frozen=True)
class PairwiseWeights:
    """Weights, and the ratio of their inconsistency to that of random answers.

    weights : by criterion, adding up to 1 · consistency_ratio : 0 where all answers fit; up to 0.10 is usable · odd : the pair (first,
    second) whose answer fits the others least · implied : how many times more the first matters by all other answers; below 1: less
    """

    weights: pd.Series
    consistency_ratio: float
    odd: tuple[str, str]
    implied: float

    @property
    def consistent(self) -> bool:
        """May the weights be used?"""
        return not spans(CONSISTENT, self.consistency_ratio)


def pairs(criteria: Sequence[str]) -> list[tuple[str, str]]:
    """Every two criteria once, in the order in which they are asked.

    Examples
    --------
    >>> pairs(["a", "b", "c"])
    [('a', 'b'), ('a', 'c'), ('b', 'c')]
    """
    return list(combinations(criteria, 2))


def weigh_pairs(comparisons: pd.DataFrame, criteria: Sequence[str]) -> PairwiseWeights:
    """Weights from all comparisons of two criteria: the principal eigenvector of their matrix.

    Parameters
    ----------
    comparisons : first, second (criteria), ratio (how many times more the first matters, 1/9 to 9; 1: the same), one row a pair
    criteria : names, at most 15

    Returns
    -------
    PairwiseWeights

    Raises
    ------
    MissingEvidence : a pair was not compared
    NasssapError : a pair stands twice, names an unknown criterion, or has a ratio that is not of 1/9 … 1/2, 1, 2 … 9

    Notes
    -----
    With one or two criteria there is nothing to be inconsistent about: the ratio is 0.

    Source: Saaty (1980), *The Analytic Hierarchy Process*; mean ratios of random matrices of Tummala and Ling (1998), *Theory and
    Decision* 44(3), as pymcdm holds them.

    Examples
    --------
    >>> asked = pd.DataFrame({"first": ["a", "a", "b"], "second": ["b", "c", "c"], "ratio": [2, 4, 2]})
    >>> weighed = weigh_pairs(asked, ["a", "b", "c"])
    >>> weighed.weights.round(3).to_dict(), abs(round(weighed.consistency_ratio, 6))
    ({'a': 0.571, 'b': 0.286, 'c': 0.143}, 0.0)
    """
    criteria = list(criteria)
    matrix = _matrix(comparisons, criteria)
    if len(criteria) < 2:
        return PairwiseWeights(pd.Series(1.0, index=criteria), 0.0, ("", ""), 1.0)
    from pymcdm.weights.subjective import AHP  # imported here because the library loads pyplot

    method = AHP(matrix=matrix)
    weights = method()
    ratio = max(float(method.get_cr()), 0.0)
    first, second = _oddest(matrix, weights)
    return PairwiseWeights(
        pd.Series(weights, index=criteria), ratio, (criteria[first], criteria[second]), _implied(matrix, first, second)
    )


def _matrix(comparisons: pd.DataFrame, criteria: list[str]) -> np.ndarray:
    """The reciprocal matrix; ratios are brought to the exact scale 1/9 … 9."""
    at = {name: number for number, name in enumerate(criteria)}
    asked = list(zip(comparisons["first"], comparisons["second"], strict=True))
    unknown = {name for pair in asked for name in pair} - set(at)
    twice = len({frozenset(pair) for pair in asked}) < len(asked) or any(a == b for a, b in asked)
    if unknown or twice or not 0 < len(criteria) <= MOST:
        raise NasssapError(
            f"weigh_pairs: expected each pair of 1 to {MOST} criteria once, got unknown criteria {sorted(unknown)} or a pair twice."
        )
    matrix = np.eye(len(criteria))
    for (first, second), ratio in zip(asked, comparisons["ratio"], strict=True):
        times = round(max(ratio, 1 / ratio)) if 0 < ratio < np.inf else 0
        if times not in TIMES or not np.isclose(max(ratio, 1 / ratio), times):
            raise NasssapError(
                f"weigh_pairs: expected a ratio of 1/9 … 1/2, 1, 2 … 9, got {ratio} for {first}, {second}."
            )
        i, j = (at[first], at[second]) if ratio >= 1 else (at[second], at[first])
        matrix[i, j], matrix[j, i] = times, 1 / times
    open_pairs = [f"{a} with {b}" for a, b in pairs(criteria) if frozenset((a, b)) not in set(map(frozenset, asked))]
    if open_pairs:
        raise MissingEvidence(f"weigh_pairs: not compared: {', '.join(open_pairs)}. Ask the group for it.")
    return matrix


def _oddest(matrix: np.ndarray, weights: np.ndarray) -> tuple[int, int]:
    """The pair whose ratio is farthest from that of the two weights."""
    away = np.triu(np.abs(np.log(matrix * weights / weights[:, None])), 1)
    first, second = np.unravel_index(settled(away.ravel()).argmax(), away.shape)
    return int(first), int(second)


def _implied(matrix: np.ndarray, first: int, second: int) -> float:
    """What all other answers say of a pair: the geometric mean of the ways over a third criterion."""
    others = [k for k in range(len(matrix)) if k not in (first, second)]
    if not others:
        return float(matrix[first, second])
    return float(np.exp(np.mean(np.log(matrix[first, others] * matrix[others, second]))))
