"""Best and worst rank of each option over everything that its parameters and the missing figures could be, together.

The parameters of an option move several criteria at once: a higher take-up covers more persons and costs more. Each option is taken at
the end of its parameters that suits it best, or least; those of two options do not hang together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from nasssap_lib.priorities.decision import check_objectives, check_weights, missing_cells
from nasssap_lib.priorities.matrix import Matrix
from nasssap_lib.ties import TIE, Floats, settled, spans

RANGE_COLUMNS = ["option", "rank_best", "rank_worst", "score_low", "score", "score_high", "decisive", "surely_behind"]


def rank_ranges(matrix: Matrix, weights: Mapping[str, float]) -> pd.DataFrame:
    """Best and worst rank of each option in the weighted sum, within all ranges.

    Parameters
    ----------
    matrix : options × criteria, of one list
    weights : by criterion, brought to a sum of 1

    Returns
    -------
    table with the columns of ``RANGE_COLUMNS``: score: at the central values (NaN where one is missing), score_low, score_high: its
        range; decisive: missing cells ("option: criterion; …") each of which alone, once known, can change the option's best or
        worst rank; surely_behind: ";" list of the options that are ahead of it whatever parameters and missing figures are

    Notes
    -----
    The scale of a criterion runs from the worst to the best central value (0 to 1); a value within a range may lie beyond it. Scales
    do not move with the ranges, so wider ranges never narrow an interval, and what is multiplied for all options changes
    none. A missing figure moves the scale once it is known: an option counts as ahead only where it is so on the scale of what is
    known and on that of everything that is missing too.

    Examples
    --------
    >>> central = pd.DataFrame({"cost": [1.0, 2.0, 3.0]}, index=list("abc"))
    >>> matrix = Matrix(central, central - 0.6, central + 0.6, {"cost": "min"}, dict(zip("abc", "ABC")), pd.DataFrame())
    >>> rank_ranges(matrix, {"cost": 1})[["rank_best", "rank_worst", "surely_behind"]].values.tolist()
    [[1, 2, ''], [1, 3, ''], [2, 3, 'a']]
    """
    if matrix.values.empty:
        return pd.DataFrame(columns=RANGE_COLUMNS)
    w, cells = check_weights(weights, matrix.values.columns), _cells_of(matrix)
    scale, lead = _scales(cells)[0], _least_leads(cells, w)
    units = _units(cells, w, scale)
    worst = _worst(cells, units, scale)
    low, high = _score_ends(cells, units, scale)
    central = (cells.values - _origin(scale)) @ units
    best, least = _ends(lead > TIE, lead < -TIE)
    options = matrix.values.index.to_numpy(object).astype(str)
    missing = np.array([f"{option}: {criterion}" for option, criterion in missing_cells(matrix.values)], dtype=object)
    decisive = ["; ".join(missing[column]) for column in _decisive(matrix, cells, w, lead).T]
    return pd.DataFrame({
        "option": matrix.values.index, "rank_best": best, "rank_worst": least, "score_low": low - worst, "score": central - worst,
        "score_high": high - worst, "decisive": decisive, "surely_behind": [";".join(options[column]) for column in (lead > TIE).T],
    })  # fmt: skip


def scale_of(matrix: Matrix) -> tuple[Floats, Floats]:
    """Lowest and highest of each criterion on its scale: of all central values, and of what missing ones could be.

    Parameters
    ----------
    matrix : options × criteria

    Examples
    --------
    >>> values = pd.DataFrame({"cost": [0.01, 0.03]}, index=["a", "b"])
    >>> [end.tolist() for end in scale_of(Matrix(values, values, values, {"cost": "min"}, {}, pd.DataFrame()))]
    [[0.01], [0.03]]
    """
    return _scales(_cells_of(matrix))[0]


def beaten_whatever(matrix: Matrix) -> pd.DataFrame:
    """Which options others beat on every criterion, and where each can stand whatever the weights are.

    Parameters
    ----------
    matrix : options × criteria, of one list

    Returns
    -------
    table : option, beaten_by (";" list of options at least as good on every criterion and better on one, at the central values),
        rank_best, rank_worst (whatever the weights, parameters and missing figures are)

    Examples
    --------
    >>> central = pd.DataFrame({"cost": [1.0, 2.0, 3.0], "persons": [5.0, 9.0, 4.0]}, index=list("abc"))
    >>> better = {"cost": "min", "persons": "max"}
    >>> beaten_whatever(Matrix(central, central, central, better, {}, pd.DataFrame())).values.tolist()
    [['a', '', 1, 2], ['b', '', 1, 2], ['c', 'a;b', 3, 3]]
    """
    if matrix.values.empty:
        return pd.DataFrame(columns=["option", "beaten_by", "rank_best", "rank_worst"])
    cells, options = _cells_of(matrix), matrix.values.index.to_numpy(object).astype(str)
    values, low, high = (cells.sign * table for table in (cells.values, cells.low, cells.high))
    worst, best = np.fmin(low, high), np.fmax(low, high)
    best_rank, worst_rank = _ends(_beats(worst, best), ~_no_worse(worst, best))
    beaten = [";".join(options[column]) for column in _beats(values, values).T]
    return pd.DataFrame({
        "option": matrix.values.index, "beaten_by": beaten, "rank_best": best_rank, "rank_worst": worst_rank,
    })  # fmt: skip


def _beats(first: Floats, second: Floats) -> np.ndarray:
    """Pairs in which the first option is nowhere worse than the second, and somewhere better."""
    return _no_worse(first, second) & (first[:, None, :] > second[None, :, :]).any(axis=-1)


def _no_worse(first: Floats, second: Floats) -> np.ndarray:
    """Pairs in which the first option is nowhere worse than the second; none where a value is missing."""
    return (first[:, None, :] >= second[None, :, :]).all(axis=-1)


def _ends(ahead: np.ndarray, behind: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Best and worst rank from the pairs in which the first is surely ahead of the second, or could be behind it."""
    others = ~np.eye(len(ahead), dtype=bool)
    return 1 + (ahead & others).sum(axis=0), 1 + (behind & others).sum(axis=1)


@dataclass(frozen=True)
class _Cells:
    """A matrix in plain arrays: pandas takes a hundred times longer to reach the cell, and each is asked for again and again.

    values, low, high : options × criteria, as they are weighed; sign : +1 or −1 by criterion
    joint : by place of the criterion, options × combinations of the parameters that move several criteria together
    """

    values: Floats
    low: Floats
    high: Floats
    sign: Floats
    joint: Mapping[int, Floats]


def _cells_of(matrix: Matrix) -> _Cells:
    names = matrix.values.columns
    tables = [matrix.scaled(table).to_numpy(float) for table in (matrix.values, matrix.low, matrix.high)]
    joint = {names.get_loc(name): matrix.on_scale(name, table.to_numpy(float)) for name, table in matrix.joint.items()}
    return _Cells(*tables, check_objectives(matrix.objectives, names), joint)


def _known(matrix: Matrix, cells: _Cells, row: int, column: int, value: float) -> _Cells:
    """The cells with one missing value known; of its criterion, what then ties is equal."""
    name = matrix.values.columns[column]
    beside = matrix.beside(name)
    beside[row] = value
    beside = matrix.on_scale(name, settled(beside.ravel()).reshape(beside.shape))
    tables = [table.copy() for table in (cells.values, cells.low, cells.high)]
    for place, table in enumerate(tables):
        table[:, column] = beside[:, place]
    joint = cells.joint | {column: beside[:, len(tables) :]} if column in cells.joint else cells.joint
    return _Cells(*tables, cells.sign, joint)


def _scales(cells: _Cells) -> list[tuple[Floats, Floats]]:
    """Lowest and highest of each criterion: with what missing values could be, and of the known ones alone."""
    known = np.fmin.reduce(cells.values), np.fmax.reduce(cells.values)
    absent = np.isnan(cells.values)
    could = [np.where(absent, end, np.nan) for end in (cells.low, cells.high)]
    wide = np.fmin(known[0], np.fmin.reduce(could[0])), np.fmax(known[1], np.fmax.reduce(could[1]))
    return [wide, known]


def _units(cells: _Cells, weights: Floats, scale: tuple[Floats, Floats]) -> Floats:
    """What one unit of each criterion adds to the score; nothing where all options are equal."""
    wide = spans(*scale)
    return np.where(wide, cells.sign * weights / np.where(wide, scale[1] - scale[0], 1.0), 0.0)


def _worst(cells: _Cells, units: Floats, scale: tuple[Floats, Floats]) -> float:
    """The score of an option that is worst on every criterion."""
    return float((np.where(cells.sign > 0, *scale) - _origin(scale)) @ units)


def _origin(scale: tuple[Floats, Floats]) -> Floats:
    """From where values are counted: of large ones that differ little, products would blur the differences."""
    return np.nan_to_num(scale[0])


def _score_ends(cells: _Cells, units: Floats, scale: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Lowest and highest score of each option within its ranges, but for a constant."""
    apart = [place not in cells.joint for place in range(len(units))]
    origin = _origin(scale)
    ends = [(end - origin)[:, apart] * units[apart] for end in (cells.low, cells.high)]
    low, high = (np.fmin(*ends).sum(axis=1), np.fmax(*ends).sum(axis=1))
    if cells.joint:
        moved = sum((table - origin[place]) * units[place] for place, table in cells.joint.items())
        low, high = low + moved.min(axis=1), high + moved.max(axis=1)
    return low, high


def _combined(scales: list[tuple[Floats, Floats]]) -> Iterator[tuple[Floats, Floats]]:
    """Every mixture of the two scales of each criterion."""
    differ = [
        [0, 1] if spans(known_low, known_high) and (low < known_low or high > known_high) else [0]
        for low, high, known_low, known_high in zip(*scales[0], *scales[1], strict=True)
    ]
    for choice in product(*differ):
        yield tuple(np.array([scales[which][end][place] for place, which in enumerate(choice)]) for end in (0, 1))


def _least_leads(cells: _Cells, weights: Floats) -> Floats:
    """Smallest lead of each option over each other: the first at its worst, the second at its best, on every scale."""
    scales = _scales(cells)
    open_scale = spans(*scales[0]) & ~spans(*scales[1])
    leads = []
    for scale in _combined(scales):
        low, high = _score_ends(cells, np.where(open_scale, 0.0, _units(cells, weights, scale)), scale)
        leads.append(low[:, None] - high[None, :])
    apart = _open_leads(cells, open_scale, weights[open_scale])
    return np.where(np.eye(len(cells.values), dtype=bool), 0.0, np.min(leads, axis=0) + apart)


def _open_leads(cells: _Cells, which: np.ndarray, weights: Floats) -> Floats:
    """Smallest leads on criteria whose known values do not differ: what is missing makes their whole scale.

    A sure lead is smallest on the widest scale; any other on the narrowest that the two options leave, all others as far inside as they
    can be; without a bound where even that may have no width.
    """
    low, central, high = (cells.sign[which] * table[:, which] for table in (cells.low, cells.values, cells.high))
    worst, best = np.minimum(low, high), np.maximum(low, high)
    inner, outer = np.where(np.isnan(central), worst, central), np.where(np.isnan(central), best, central)
    bottom = np.minimum(outer.min(axis=0), inner)[:, None, :]
    top = np.maximum(inner.max(axis=0), outer)[None, :, :]
    lead = worst[:, None, :] - best[None, :, :]
    wide, narrow = outer.max(axis=0) - inner.min(axis=0), np.where(spans(bottom, top), top - bottom, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(lead >= 0, lead / wide, lead / narrow)
    return np.where(weights > 0, share * np.where(weights > 0, weights, 1.0), 0.0).sum(axis=-1)


def _decisive(matrix: Matrix, cells: _Cells, weights: Floats, lead: Floats) -> np.ndarray:
    """Does knowing one missing cell alone change the interval of an option? Rows cells, columns options."""
    before, rows = np.stack(_ends(lead > TIE, lead < -TIE)), []
    for row, column in np.argwhere(matrix.values.isna().to_numpy()):
        ends = [table.iat[row, column] for table in (matrix.low, matrix.high)]
        changed = np.zeros(len(lead), dtype=bool)
        for value in (*ends, sum(ends) / 2):
            then = _least_leads(_known(matrix, cells, row, column, value), weights)
            changed |= (np.stack(_ends(then > TIE, then < -TIE)) != before).any(axis=0)
        rows.append(changed)
    return np.array(rows, dtype=bool).reshape(len(rows), len(lead))
