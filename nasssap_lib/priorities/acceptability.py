"""How an order of options holds when weights and values are not known exactly: stochastic multicriteria acceptability (SMAA-2).

Needs nobody's opinion: it asks how many of all admissible views put an option first.

Source: Lahdelma and Salminen (2001), *Operations Research* 49(3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
from nasssap_lib.ties import TIE, Floats, settled

WeightRule = Callable[[np.random.Generator, int], Floats]
CHUNK = 2_000  # draws at a time: what 15 options × 10 criteria need then stays in the processor's cache


@dataclass(frozen=True)
class Spread:
    """What the values of a matrix could be: lowest and highest, same options and criteria; NaN where the value is exact.

    ``shape`` "uniform" makes every value between equally likely, "triangular" the matrix's own value the likeliest. A value
    missing in the matrix is drawn uniformly.
    """

    low: pd.DataFrame
    high: pd.DataFrame
    shape: str = "uniform"


@dataclass(frozen=True)
class Acceptability:
    """How many of the admissible views rank each option where.

    Parameters
    ----------
    table : option, rank_1 … rank_n (share of the draws with that rank; a row adds up to 1; equal scores share the better rank),
        confidence (share of the values' draws in which the option is first under its own central weights; NaN where it never
        is first)
    central_weights : index option, one column a criterion: mean of the weights that put the option first; NaN where none does
    draws : a share b has a Monte Carlo standard error of √(b(1 − b)/draws): ±0.01 (95 %) for 10,000
    """

    table: pd.DataFrame
    central_weights: pd.DataFrame
    draws: int


def rank_acceptability(
    matrix: pd.DataFrame,
    objectives: Mapping[str, str] | pd.Series,
    draws: int = 10_000,
    weights: str | Mapping[str, float] | pd.Series = "any",
    order: Sequence[str] | None = None,
    spread: Spread | None = None,
    seed: int = 0,
) -> Acceptability:
    """Share of admissible views in which each option has each rank in the weighted sum.

    Parameters
    ----------
    matrix : index option, one column a criterion; missing values need a range in ``spread``
    objectives : by criterion, "max" or "min"
    draws : number of views drawn
    weights : "any" draws uniformly from all weights that add up to 1; "ordered" from those that respect ``order``; fixed weights by
        criterion leave only the values to be drawn
    order : criteria, the most important first; those that it does not name weigh at most as much as the last of them, in any order
        among themselves
    spread : ranges of the values; each is drawn independently of the others
    seed : the same seed gives the same result

    Returns
    -------
    Acceptability

    Raises
    ------
    MissingEvidence : a value is missing and has no range
    NasssapError : names, order, ranges or draws do not fit

    Notes
    -----
    The scale of a criterion runs from the lowest to the highest of all its values and ranges, the same in every draw.

    Examples
    --------
    >>> matrix = pd.DataFrame({"persons": [1, 0, 0.6], "equity": [0, 1, 0.6]}, index=["a", "b", "c"])
    >>> found = rank_acceptability(matrix, {"persons": "max", "equity": "max"}, draws=20_000)
    >>> found.table.set_index("option")["rank_1"].round(1).to_dict()  # exactly 0.4, 0.4, 0.2
    {'a': 0.4, 'b': 0.4, 'c': 0.2}
    """
    values = check_matrix(matrix)
    sign = check_objectives(objectives, values.columns)
    if draws < 1:
        raise NasssapError(f"rank_acceptability: expected at least one draw, got {draws}.")
    low, high, likely = np.split(settled(np.vstack([*_ends(values, spread), values.to_numpy()])), 3)
    scale = (np.fmin.reduce(low), np.fmax.reduce(high))
    ends = np.sort([scaled(end, *scale, sign) for end in (low, high)], axis=0)
    triangular = spread is not None and spread.shape == "triangular"
    mode = scaled(likely, *scale, sign) if triangular else np.full(values.shape, np.nan)
    rule = _weight_rule(weights, order, values.columns)
    return _summarise(_Views(ends[0], ends[1], mode, rule, seed), draws, values.index, values.columns)


def acceptability_of_draws(
    values: Floats, weights: Floats, options: Sequence[str], criteria: Sequence[str]
) -> Acceptability:
    """Acceptability from draws made elsewhere.

    Parameters
    ----------
    values : draws × options × criteria, already on 0 (worst) … 1 (best)
    weights : draws × criteria
    options, criteria : their names

    Examples
    --------
    >>> values = np.array([[[1.0, 0], [0, 1]]] * 2)
    >>> acceptability_of_draws(values, np.array([[0.8, 0.2], [0.3, 0.7]]), ["a", "b"], ["x", "y"]).table["rank_1"].tolist()
    [0.5, 0.5]
    """
    values, weights = np.asarray(values, float), np.asarray(weights, float)
    if values.shape != (len(weights), len(options), len(criteria)) or weights.shape[1:] != (len(criteria),):
        raise NasssapError(
            f"acceptability_of_draws: shapes {values.shape} and {weights.shape} do not fit {len(options)} options."
        )
    return _summarise(_Drawn(values, weights), len(weights), pd.Index(options), pd.Index(criteria))


def draw_weights(criteria: Sequence[str], order: Sequence[str] = (), draws: int = 10_000, seed: int = 0) -> Floats:
    """Weights drawn evenly from all that add up to 1 and respect an order of criteria.

    Parameters
    ----------
    criteria : names of all criteria
    order : criteria from the most important on; those that it does not name weigh at most as much as the last of them
    draws, seed : how many, the same ones for the same seed

    Returns
    -------
    draws × criteria; each row adds up to 1

    Examples
    --------
    >>> weights = draw_weights(["x", "y"], ["y"], 100)
    >>> bool((weights[:, 1] >= weights[:, 0]).all())
    True
    """
    rule = _weight_rule("ordered" if order else "any", list(order) or None, pd.Index(criteria))
    return rule(np.random.default_rng([seed, 1]), draws)


def _summarise(views: _Views | _Drawn, draws: int, options: pd.Index, criteria: pd.Index) -> Acceptability:
    """Count ranks in one pass over the views, confidence in a second one over their values alone."""
    n, counts, firsts = len(options), 0, 0
    for value, weight in zip(views.values(draws), views.weights(draws), strict=True):
        rank = ranked(np.einsum("dnm,dm->dn", value, weight))
        counts = counts + np.bincount((rank - 1 + n * np.arange(n)).ravel(), minlength=n * n).reshape(n, n)
        firsts = firsts + (rank == 1).T.astype(float) @ weight
    ever = counts[:, [0]] > 0
    central = np.where(ever, firsts / np.maximum(counts[:, [0]], 1), np.nan)
    confident = sum(_wins(value, central) for value in views.values(draws)) / draws
    table = pd.DataFrame(counts / draws, columns=[f"rank_{place}" for place in range(1, n + 1)])
    table.insert(0, "option", options)
    table["confidence"] = np.where(ever[:, 0], confident, np.nan)
    return Acceptability(table, pd.DataFrame(central, index=options.rename("option"), columns=criteria), draws)


def _wins(value: Floats, central: Floats) -> Floats:
    """In how many draws of values is each option first under its own central weights?"""
    score = value @ np.nan_to_num(central).T  # draws × options × whose weights
    own = np.einsum("dnn->dn", score)
    return (own >= score.max(axis=1) - TIE).sum(axis=0)


@dataclass(frozen=True)
class _Drawn:
    """Views that are already there."""

    value: Floats
    weight: Floats

    def values(self, draws: int) -> Iterator[Floats]:
        return (self.value[start : start + CHUNK] for start in range(0, draws, CHUNK))

    def weights(self, draws: int) -> Iterator[Floats]:
        return (self.weight[start : start + CHUNK] for start in range(0, draws, CHUNK))


@dataclass(frozen=True)
class _Views:
    """Views to be drawn; values and weights have streams of their own, so that the values can be drawn a second time."""

    low: Floats
    high: Floats
    mode: Floats  # the likeliest value, NaN where all are equally likely
    draw_weights: WeightRule
    seed: int

    def values(self, draws: int) -> Iterator[Floats]:
        rng, width = np.random.default_rng([self.seed, 0]), self.high - self.low
        for size in _sizes(draws):
            if width.any():
                yield self.low + width * self._shaped(rng.random((size, *width.shape)), width)
            else:
                yield np.broadcast_to(self.low, (size, *width.shape))

    def _shaped(self, u: Floats, width: Floats) -> Floats:
        """Uniform draws, bent to a triangle where a likeliest value is known (inverse of the distribution function)."""
        known = np.isfinite(self.mode) & (width > 0)
        if not known.any():
            return u
        peak = np.where(known, (self.mode - self.low) / np.where(known, width, 1), 0.5)
        return np.where(known, np.where(u < peak, np.sqrt(u * peak), 1 - np.sqrt((1 - u) * (1 - peak))), u)

    def weights(self, draws: int) -> Iterator[Floats]:
        rng = np.random.default_rng([self.seed, 1])
        return (self.draw_weights(rng, size) for size in _sizes(draws))


def _sizes(draws: int) -> list[int]:
    return [min(CHUNK, draws - start) for start in range(0, draws, CHUNK)]


def _weight_rule(
    weights: str | Mapping[str, float] | pd.Series, order: Sequence[str] | None, criteria: pd.Index
) -> WeightRule:
    """How weights are drawn: uniform on the simplex (normalised exponentials), sorted into an order, or always the same."""
    if not isinstance(weights, str):
        fixed = check_weights(weights, criteria)
        return lambda rng, size: np.broadcast_to(fixed, (size, len(fixed)))
    if weights == "any" and order is None:
        return lambda rng, size: _uniform_weights(rng, size, len(criteria))
    named = list(order or ())
    if weights != "ordered" or not named or len(set(named)) < len(named) or not set(named) <= set(criteria):
        raise NasssapError(
            'rank_acceptability: expected weights="any" without an order, weights="ordered" with an order of criteria out of '
            f"{list(criteria)}, each once, or weights by criterion; got {weights!r} and {order!r}."
        )
    place = [*named, *(name for name in criteria if name not in named)]
    column = np.array([place.index(criterion) for criterion in criteria])
    return lambda rng, size: _ordered_weights(rng, size, len(criteria), len(named))[:, column]


def _ordered_weights(rng: np.random.Generator, size: int, criteria: int, named: int) -> Floats:
    """Uniform weights with the first ones falling and the rest at most as large as the last of these, in any order.

    Sorting uniform weights makes them uniform among those that fall; each order of the rest is as large a part of the whole.
    No draw is thrown away.
    """
    weights = -np.sort(-_uniform_weights(rng, size, criteria), axis=1)
    if criteria - named > 1:
        weights[:, named:] = rng.permuted(weights[:, named:], axis=1)
    return weights


def _uniform_weights(rng: np.random.Generator, size: int, criteria: int) -> Floats:
    draws = rng.standard_exponential((size, criteria))
    return draws / draws.sum(axis=1, keepdims=True)


def _ends(values: pd.DataFrame, spread: Spread | None) -> tuple[Floats, Floats]:
    """Lowest and highest of every value; the value itself where it is exact."""
    if spread is None:
        refuse_missing(values, "Give it a range in spread, or leave the option or the criterion out.")
        return values.to_numpy(), values.to_numpy()
    strange = [
        n for end in (spread.low, spread.high) for n in {*end.index, *end.columns} - {*values.index, *values.columns}
    ]
    if strange or spread.shape not in ("uniform", "triangular"):
        raise NasssapError(
            f'rank_acceptability: expected a spread of shape "uniform" or "triangular" over the names of the matrix, '
            f"got shape {spread.shape!r}, unknown names {strange}."
        )
    low, high = (end.reindex_like(values).astype(float).fillna(values) for end in (spread.low, spread.high))
    refuse_missing(low + high, "Give it a low and a high end in spread, or leave the option or the criterion out.")
    middle = values.fillna(low)
    outside = ((middle < low) | (middle > high)).stack()
    if outside.any():
        raise NasssapError(
            f"rank_acceptability: expected low ≤ value ≤ high, which does not hold for {outside.index[outside].tolist()}."
        )
    return low.to_numpy(), high.to_numpy()
