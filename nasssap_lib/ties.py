"""When two numbers are the same: one rule for every order, rank, win and bound, so that 0.1 + 0.2 and 0.3 tie everywhere.

A difference counts where it is more than arithmetic leaves of numbers of that size.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
TIE = 1e-12  # of the largest of the values: a smaller difference is the computer's
NOTHING = float(
    np.finfo(float).eps
)  # 2.2e-16: what subtracting shares leaves of zero is none, whatever stands beside it


def noise_of(size: ArrayLike) -> Floats:
    """The largest difference between values of a size that is still none.

    Examples
    --------
    >>> noise_of([1000.0, 1.0]).tolist()
    [1e-09, 1e-12]
    """
    return np.maximum(TIE * np.abs(np.asarray(size, float)), NOTHING)


def spans(low: ArrayLike, high: ArrayLike) -> NDArray[np.bool_]:
    """Is the second larger than the first by more than a computer's arithmetic leaves? False where one is NaN.

    Examples
    --------
    >>> spans(np.array([0.3, 1.0]), np.array([0.1 + 0.2, 2.0])).tolist()
    [False, True]
    """
    low, high = np.asarray(low, float), np.asarray(high, float)
    return high - low > noise_of(np.maximum(np.abs(low), np.abs(high)))


def settled(values: ArrayLike | pd.Series | pd.DataFrame) -> Floats:
    """The values of each column, those that tie brought to the lowest of them; afterwards == and < say what the rule says.

    Parameters
    ----------
    values : a column, or rows × columns; NaN stays. The size that counts is that of the largest value of the column

    Examples
    --------
    >>> settled([0.1 + 0.2, 0.3, 0.9]).tolist(), settled([2e-13, 1e-13]).tolist(), settled([0.1 + 0.2 - 0.3, 0.0]).tolist()
    ([0.3, 0.3, 0.9], [2e-13, 1e-13], [0.0, 0.0])
    """
    values = np.asarray(values, float)
    if values.size == 0:
        return values
    order = np.argsort(values, axis=0, kind="stable")
    rising = np.take_along_axis(values, order, axis=0)
    noise = noise_of(np.abs(np.where(np.isfinite(values), values, 0.0)).max(axis=0))
    with np.errstate(invalid="ignore"):  # infinite less infinite
        begins = np.diff(rising, axis=0, prepend=-np.inf) > noise
    place = np.arange(len(values)).reshape(-1, *[1] * (values.ndim - 1))
    lowest = np.maximum.accumulate(np.where(begins, place, 0), axis=0)
    same = np.empty_like(values)
    np.put_along_axis(same, order, np.take_along_axis(rising, lowest, axis=0), axis=0)
    return np.where(np.isnan(values), np.nan, same)
