"""What the groups at the table say about the same options: how far they agree, and orders that take all of them into account.

A table of ranks has one row an option (its index) and one column a group; 1 is a group's first choice and equal ranks are ties.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from nasssap_lib.priorities.decision import check_matrix, ranked, refuse_missing

ENOUGH = 7  # groups or options from which on the chi-squared distribution is near enough to Kendall's W


@dataclass(frozen=True)
class Agreement:
    """Kendall's coefficient of concordance: 0 no agreement … 1 one order; ``chi2`` and ``p`` test for "no agreement at all".

    NaN where there is nothing to measure: fewer than two groups or options, or ties throughout. ``p`` is NaN also where fewer than
    seven groups rank fewer than seven options.
    """

    w: float
    chi2: float
    df: int
    p: float


def kendall_w(ranks: pd.DataFrame) -> Agreement:
    """Agreement of several groups about an order, corrected for ties: ``W = 12 S / (k²(n³ − n) − k Σ(t³ − t))``.

    Parameters
    ----------
    ranks : index option (n), one column a group (k); ranks or anything that orders as they do: each column is ranked again,
        ties get the mean of their ranks

    Returns
    -------
    Agreement : ``chi2 = k (n − 1) W`` with ``df = n − 1``

    Raises
    ------
    MissingEvidence : a group has not placed an option

    Notes
    -----
    A high W says that the groups order alike, not that they are right, and a small p only that some agreement exists: for a
    handful of groups W itself is the finding. The p-value is an approximation for many groups or many options.

    Source: Kendall and Gibbons (1990), *Rank Correlation Methods*, chapter 6; Siegel and Castellan (1988), section 9.7.

    Examples
    --------
    >>> ranks = pd.DataFrame({"unions": [1, 2, 3], "employers": [1, 3, 2]}, index=["child", "old age", "maternity"])
    >>> agreement = kendall_w(ranks)
    >>> agreement.w, agreement.chi2, agreement.p
    (0.75, 3.0, nan)
    """
    placed = _placed(ranks)
    n, k = placed.shape
    spread = ((placed.sum(axis=1) - k * (n + 1) / 2) ** 2).sum()
    ties = sum(((sizes := column.value_counts()) ** 3 - sizes).sum() for _, column in placed.items())
    most = k**2 * (n**3 - n) - k * ties
    w = float(12 * spread / most) if k > 1 and most > 0 else np.nan
    chi2 = k * (n - 1) * w
    p = float(chdtrc(n - 1, chi2)) if max(n, k) >= ENOUGH else np.nan
    return Agreement(w, chi2, n - 1, p)


def borda(ranks: pd.DataFrame) -> pd.DataFrame:
    """Compromise order by Borda's points: from each group an option gets as many points as it has options behind it.

    Parameters
    ----------
    ranks : index option, one column a group; a tie shares the points of its places

    Returns
    -------
    option, points, rank : most points first in rank; equal points share the better rank (1, 1, 3); rows in the order of ``ranks``

    Raises
    ------
    MissingEvidence : a group has not placed an option

    Notes
    -----
    Every group counts the same; who sits at the table decides. Adding an option can change the order of the others.

    Source: de Borda (1781); Black (1958), *The Theory of Committees and Elections*.

    Examples
    --------
    >>> ranks = pd.DataFrame({"unions": [1, 2, 3], "employers": [2, 1, 3], "women": [1, 2.5, 2.5]}, index=["a", "b", "c"])
    >>> borda(ranks).to_dict("list")
    {'option': ['a', 'b', 'c'], 'points': [5.0, 3.5, 0.5], 'rank': [1, 2, 3]}
    """
    placed = _placed(ranks)
    points = (len(placed) - placed).sum(axis=1).to_numpy()
    return pd.DataFrame({"option": placed.index, "points": points, "rank": ranked(points)})


def median_order(ranks: pd.DataFrame) -> pd.DataFrame:
    """Compromise order by the median: half of the groups place an option at its median rank or better.

    Parameters
    ----------
    ranks : index option, one column a group; each column is ranked again, ties get the mean of their ranks

    Returns
    -------
    option, median (rank; half places where the groups are even in number), rank : smallest median first; equal medians share the better
        rank (1, 1, 3); rows in the order of ``ranks``

    Raises
    ------
    MissingEvidence : a group has not placed an option

    Notes
    -----
    One group with an extreme order moves a median less than Borda's points. Source: Bassett and Persky (1999), "Robust voting",
    *Public Choice* 99.

    Examples
    --------
    >>> ranks = pd.DataFrame({"unions": [1, 2, 3], "employers": [2, 1, 3], "women": [1, 3, 2]}, index=["a", "b", "c"])
    >>> median_order(ranks).to_dict("list")
    {'option': ['a', 'b', 'c'], 'median': [1.0, 2.0, 3.0], 'rank': [1, 2, 3]}
    """
    median = _placed(ranks).median(axis=1)
    return pd.DataFrame({"option": median.index, "median": median.to_numpy(), "rank": ranked(-median.to_numpy())})


def pairwise_tau(ranks: pd.DataFrame) -> pd.DataFrame:
    """Kendall's tau-b between each two groups: 1 the same order, −1 the opposite; NaN for a group that ties everything.

    Parameters
    ----------
    ranks : index option, one column a group

    Returns
    -------
    index and columns: groups

    Raises
    ------
    MissingEvidence : a group has not placed an option

    Examples
    --------
    >>> pairwise_tau(pd.DataFrame({"unions": [1, 2, 3], "employers": [3, 2, 1]})).loc["unions", "employers"]
    np.float64(-1.0)
    """
    return _placed(ranks).corr(method="kendall")


def _placed(ranks: pd.DataFrame) -> pd.DataFrame:
    """Every group's mid-ranks from 1; a group that left an option out is named, not averaged away."""
    values = check_matrix(ranks)
    refuse_missing(values, "Ask the group for it, or leave the group or the option out.")
    return values.rank(axis=0, method="average")  # those that tie are equal already
