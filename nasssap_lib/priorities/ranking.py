"""Which option first: a ranking of a complete matrix over its criteria, and what each criterion contributes.

A ranking is a sequence, not a choice: the four guarantees are due to all. A matrix has one row an option (its index) and one
column a criterion; ``objectives`` says of each criterion whether "max" or "min" is better.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nasssap_lib.errors import NasssapError
from nasssap_lib.priorities.decision import (
    check_matrix,
    check_objectives,
    check_weights,
    ranked,
    refuse_missing,
    scaled,
)
from nasssap_lib.ties import Floats, spans


@dataclass(frozen=True)
class Ranking:
    """An order of the options.

    Parameters
    ----------
    table : option, score (larger is better, its scale depends on the method), rank (1 first; equal scores share the better
        rank: 1, 1, 3)
    contributions : index option, one column a criterion; a row adds up to the score. None where the method has none
    indifferent : criteria on which all options are equal: they say nothing about the order
    """

    table: pd.DataFrame
    contributions: pd.DataFrame | None
    indifferent: tuple[str, ...] = ()


def rank_options(
    matrix: pd.DataFrame,
    weights: Mapping[str, float] | pd.Series,
    objectives: Mapping[str, str] | pd.Series,
    method: str = "weighted_sum",
    normalisation: str = "range",
) -> Ranking:
    """Rank options over several criteria.

    Parameters
    ----------
    matrix : index option, one column a criterion, in the criterion's own unit
    weights : by criterion, at least 0; brought to a sum of 1
    objectives : by criterion, "max" or "min"
    method : "weighted_sum" (the result of the suite) or, to check how far the order hangs on the method, "topsis" (vector
        normalisation), "vikor" (v = ½; the score is 1 − Q) or "promethee2" (usual preference; the score is the net flow)
    normalisation : of the weighted sum. "range" puts each criterion on 0 (worst option) … 1 (best option); "sum" divides by the
        column's sum, after inverting values to be minimised (all values above 0)

    Returns
    -------
    Ranking : with contributions for the weighted sum, which add up to the score

    Raises
    ------
    MissingEvidence : a value is missing; ``rank_interval`` ranks over what it could be
    NasssapError : names, weights, objectives or method do not fit

    Notes
    -----
    The scale 0 … 1 is that of the options at hand: adding or dropping an option that is best or worst on a criterion can
    change the order of the others (``priorities.what_changes_leader`` names such options). With "range" a copy of an option
    changes nothing, and a criterion on which all are equal contributes 0.

    Source: Hwang and Yoon (1981), *Multiple Attribute Decision Making* (weighted sum, TOPSIS); Opricovic and Tzeng (2004),
    *European Journal of Operational Research* 156(2) (VIKOR); Brans and Vincke (1985), *Management Science* 31(6) (PROMETHEE).

    Examples
    --------
    >>> matrix = pd.DataFrame({"persons": [900, 300], "cost": [1.2, 0.4]}, index=["child benefit", "pension"])
    >>> ranking = rank_options(matrix, {"persons": 0.6, "cost": 0.4}, {"persons": "max", "cost": "min"})
    >>> ranking.table.to_dict("list")
    {'option': ['child benefit', 'pension'], 'score': [0.6, 0.4], 'rank': [1, 2]}
    """
    values = check_matrix(matrix)
    refuse_missing(values, "Rank over what it could be with rank_interval, or leave the option or the criterion out.")
    w, sign = check_weights(weights, values.columns), check_objectives(objectives, values.columns)
    if method not in METHODS or normalisation not in ("range", "sum"):
        raise NasssapError(
            f"rank_options: expected a method of {sorted(METHODS)} and a normalisation range or sum, "
            f"got {method!r} and {normalisation!r}."
        )
    data = values.to_numpy()
    varies = spans(data.min(axis=0), data.max(axis=0))
    parts = None
    if method == "weighted_sum":
        parts = w * (_range_scaled(data, sign) if normalisation == "range" else _sum_scaled(values, sign))
        score = parts.sum(axis=1)
    else:
        use = varies & (w > 0)
        score = METHODS[method](data[:, use], w[use], sign[use]) if use.any() else np.zeros(len(data))
    contributions = (
        None if parts is None else pd.DataFrame(parts, index=values.index.rename("option"), columns=values.columns)
    )
    return Ranking(_table(values.index, score), contributions, tuple(values.columns[~varies]))


def _table(options: pd.Index, score: Floats) -> pd.DataFrame:
    return pd.DataFrame({"option": options, "score": score, "rank": ranked(score)})


def _range_scaled(data: Floats, sign: Floats) -> Floats:
    return scaled(data, data.min(axis=0), data.max(axis=0), sign)


def _sum_scaled(values: pd.DataFrame, sign: Floats) -> Floats:
    """Shares of the column's sum, of inverse values where the criterion is to be minimised."""
    if (values <= 0).any(axis=None):
        raise NasssapError('rank_options: normalisation "sum" needs values above 0; use "range".')
    benefit = values.to_numpy() ** sign
    return benefit / benefit.sum(axis=0)


def _topsis(data: Floats, w: Floats, sign: Floats) -> Floats:
    """Closeness to the ideal by the kept library (pymcdm); imported here because it loads pyplot."""
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization

    data = data / np.abs(data).max(axis=0)  # the squares of what is near zero are nothing
    return TOPSIS(vector_normalization)(data, w, sign, validation=False)


def _promethee2(data: Floats, w: Floats, sign: Floats) -> Floats:
    """Net flow with the usual preference by the kept library."""
    from pymcdm.methods import PROMETHEE_II

    return PROMETHEE_II("usual")(data, w, sign, validation=False)


def _vikor(data: Floats, w: Floats, sign: Floats) -> Floats:
    """1 − Q; our own, because the library divides 0 by 0 when options tie on S or on R."""
    return 1 - vikor_measures(data, w, sign)[2]


def vikor_measures(data: Floats, w: Floats, sign: Floats) -> tuple[Floats, Floats, Floats]:
    """S (weighted sum of regrets), R (largest regret) and Q (their compromise with v = ½) of each option; smaller is better.

    Examples
    --------
    >>> s, r, q = vikor_measures(np.array([[1.0, 3000], [2, 3750], [5, 4500]]), np.array([0.5, 0.5]), np.array([-1.0, 1]))
    >>> s.tolist(), r.tolist(), q.tolist()
    ([0.5, 0.375, 0.5], [0.5, 0.25, 0.5], [1.0, 0.0, 1.0])
    """
    regret = w * (1 - _range_scaled(data, sign))
    both = np.column_stack([regret.sum(axis=1), regret.max(axis=1)])
    low, high = both.min(axis=0), both.max(axis=0)
    return both[:, 0], both[:, 1], scaled(both, low, high, np.ones(2)).mean(axis=1)


METHODS = {"weighted_sum": None, "topsis": _topsis, "vikor": _vikor, "promethee2": _promethee2}
