"""A decision put as a table: options in rows, criteria in columns, checked and brought to a common scale from 0 to 1.

What ranking and rank acceptability have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nasssap_lib.errors import MissingEvidence, NasssapError
from nasssap_lib.ties import TIE, Floats, settled, spans

SIGN = {"max": 1.0, "min": -1.0}


def check_matrix(matrix: pd.DataFrame) -> pd.DataFrame:
    """The matrix in floats, values of a criterion that tie made equal; NaN stays, everything else that is no number is refused.

    Examples
    --------
    >>> check_matrix(pd.DataFrame({"cost": [1, 2]}, index=["a", "b"]))["cost"].tolist()
    [1.0, 2.0]
    """
    if matrix.empty or not matrix.index.is_unique or not matrix.columns.is_unique:
        raise NasssapError("The matrix: expected at least one option and one criterion, each named once.")
    try:
        values = matrix.astype(float)
    except (TypeError, ValueError) as error:
        raise NasssapError(f"The matrix holds something that is not a number ({error}).") from error
    if np.isinf(values.to_numpy()).any():
        raise NasssapError("The matrix holds an infinite value; leave it empty if it is not known.")
    return pd.DataFrame(settled(values), values.index, values.columns)


def check_weights(weights: Mapping[str, float] | pd.Series, criteria: Iterable[str]) -> Floats:
    """Weights in the order of the criteria, brought to a sum of 1.

    Examples
    --------
    >>> check_weights({"cost": 1, "equity": 3}, ["equity", "cost"]).tolist()
    [0.75, 0.25]
    """
    values = np.array([*_aligned(weights, list(criteria), "weights").values()], dtype=float)
    if not np.isfinite(values).all() or (values < 0).any() or not values.sum() > 0:
        raise NasssapError(f"Expected weights of at least 0 with a sum above 0, got {dict(weights)}.")
    return values / values.sum()


def check_objectives(objectives: Mapping[str, str] | pd.Series, criteria: Iterable[str]) -> Floats:
    """+1 for a criterion to be maximised, −1 for one to be minimised.

    Examples
    --------
    >>> check_objectives({"cost": "min", "equity": "max"}, ["equity", "cost"]).tolist()
    [1.0, -1.0]
    """
    words = _aligned(objectives, list(criteria), "objectives")
    wrong = {name: word for name, word in words.items() if word not in SIGN}
    if wrong:
        raise NasssapError(f'Expected objectives "max" or "min", got {wrong}.')
    return np.array([SIGN[word] for word in words.values()])


def _aligned(given: Mapping | pd.Series, criteria: list[str], what: str) -> dict:
    """What was given, in the order of the criteria; names that are missing or too many are told together."""
    given = dict(given)
    missing, unknown = [c for c in criteria if c not in given], [c for c in given if c not in criteria]
    if missing or unknown:
        raise NasssapError(f"The {what} do not fit the criteria of the matrix: missing {missing}, unknown {unknown}.")
    return {name: given[name] for name in criteria}


def missing_cells(matrix: pd.DataFrame) -> list[tuple[str, str]]:
    """Option and criterion of each missing value, row by row.

    Examples
    --------
    >>> missing_cells(pd.DataFrame({"cost": [1, None]}, index=["a", "b"]))
    [('b', 'cost')]
    """
    return [(matrix.index[i], matrix.columns[j]) for i, j in np.argwhere(matrix.isna().to_numpy())]


def refuse_missing(matrix: pd.DataFrame, hint: str) -> None:
    """Raise MissingEvidence that names every missing cell."""
    missing = missing_cells(matrix)
    if missing:
        names = ", ".join(f"{option}: {criterion}" for option, criterion in missing)
        raise MissingEvidence(f"No value for {names}. {hint}")


def scaled(values: Floats, low: Floats, high: Floats, sign: Floats) -> Floats:
    """Value on 0 (worst) … 1 (best) between ``low`` and ``high`` of its criterion; 0 for all where those are equal.

    Examples
    --------
    >>> scaled(np.array([[10.0], [20.0]]), np.array([10.0]), np.array([20.0]), np.array([-1.0])).ravel().tolist()
    [1.0, 0.0]
    """
    wide, worst = spans(low, high), np.where(sign > 0, low, high)
    return np.where(wide, np.abs(values - worst), 0.0) / np.where(wide, high - low, 1.0)


def ranked(score: Floats) -> NDArray[np.int64]:
    """Rank 1 for the highest score, on a scale of 0–1, along the last axis; equal scores share the better rank (1, 1, 3).

    Examples
    --------
    >>> ranked(np.array([0.2, 0.9, 0.9])).tolist()
    [3, 1, 1]
    """
    return 1 + (score[..., None, :] > score[..., :, None] + TIE).sum(axis=-1)
