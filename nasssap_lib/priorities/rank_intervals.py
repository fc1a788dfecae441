"""Best and worst rank of each option over everything that missing values could be, and which of them decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from nasssap_lib.errors import MissingEvidence, NasssapError
from nasssap_lib.priorities.decision import check_matrix, check_objectives, check_weights, missing_cells
from nasssap_lib.ties import TIE, Floats, settled, spans


def rank_interval(
    matrix: pd.DataFrame,
    weights: Mapping[str, float] | pd.Series,
    objectives: Mapping[str, str] | pd.Series,
    ranges: Mapping[str, tuple[float, float]] | tuple[pd.DataFrame, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Best and worst rank of each option in the weighted sum over everything that the missing values could be.

    Parameters
    ----------
    matrix, weights, objectives : as in ``rank_options``; values may be missing
    ranges : by criterion, lowest and highest value that a missing one could have, or two tables with the lowest and the highest
        of each cell; without, the lowest and highest known value

    Returns
    -------
    option, rank_best, rank_worst, decisive, surely_behind : ``decisive`` names the missing cells ("option: criterion; …") each of
        which alone, once known, can change the option's best or worst rank; "" where nothing missing matters to it.
        ``surely_behind``: ";" list of the options that are ahead of it whatever the missing values are

    Raises
    ------
    MissingEvidence : values of a criterion are missing, no range is given, and the known values do not span one

    Notes
    -----
    A value that comes to be known can also stretch or shrink its criterion's scale (lowest to highest), and so what a known
    difference counts. An option counts as ahead only if it is so on the scale of the whole ranges and on the scale of every
    matrix that filling in could give. Where the known values span the ranges, both ends of the interval are reached.

    Examples
    --------
    >>> matrix = pd.DataFrame({"persons": [900, 300, 500], "equity": [None, 2, 4]}, index=["child", "old age", "maternity"])
    >>> rank_interval(matrix, {"persons": 1, "equity": 1}, {"persons": "max", "equity": "max"}).iloc[0].to_dict()
    {'option': 'child', 'rank_best': 1, 'rank_worst': 2, 'decisive': 'child: equity', 'surely_behind': ''}
    """
    values = check_matrix(matrix)
    w, sign = check_weights(weights, values.columns), check_objectives(objectives, values.columns)
    low, high = filled_ends(values, ranges)
    least = least_leads(low, high, sign) @ w
    best, worst = _rank_ends(least)
    decisive = _decisive(low, high, values.isna().to_numpy(), lambda *ends: least_leads(*ends, sign) @ w)
    cells = np.array([f"{option}: {criterion}" for option, criterion in missing_cells(values)], dtype=object)
    options = values.index.to_numpy(object).astype(str)
    table = pd.DataFrame({"option": values.index, "rank_best": best, "rank_worst": worst})
    return table.assign(
        decisive=["; ".join(cells[column]) for column in decisive.T],
        surely_behind=[";".join(options[column]) for column in (least > TIE).T],
    )


def filled_ends(
    values: pd.DataFrame, ranges: Mapping[str, tuple[float, float]] | tuple[pd.DataFrame, pd.DataFrame] | None
) -> tuple[Floats, Floats]:
    """The matrix with its missing values at their lowest and at their highest; what ties is equal.

    Examples
    --------
    >>> [end.ravel().tolist() for end in filled_ends(pd.DataFrame({"x": [1.0, None]}), {"x": (0, 3)})]
    [[1.0, 0.0], [1.0, 3.0]]
    """
    bounds = _cell_bounds(values, ranges) if isinstance(ranges, tuple) else _missing_bounds(values, ranges or {})
    data, absent = values.to_numpy(), values.isna().to_numpy()
    ends = settled(np.vstack([np.where(absent, bound, data) for bound in bounds]))
    return ends[: len(data)], ends[len(data) :]


def least_leads(low: Floats, high: Floats, sign: Floats) -> Floats:
    """Smallest lead of each option over each other on each criterion, over everything that the values could be.

    Parameters
    ----------
    low, high : … × options × criteria, lowest and highest of each value
    sign : +1 for criteria to be maximised, −1 for those to be minimised

    Returns
    -------
    … × options × options × criteria, −1 … 1: the first option's value less the second's ÷ the scale of the criterion; times
    weights and added up, the smallest lead in the weighted sum, for the criteria do not hang together

    Notes
    -----
    A lead that is sure (first at its worst, second at its best) is smallest on the widest scale, all values at their outer ends;
    one that is not is smallest on the narrowest scale, all others as far inside as they can be.

    Examples
    --------
    >>> low, high = np.array([[4.0], [1.0], [0.0]]), np.array([[4.0], [2.0], [9.0]])
    >>> least_leads(low, high, np.ones(1))[0, 1:, 0].round(3).tolist()  # (4 − 2) ÷ (9 − 0), and (4 − 9) ÷ (9 − 2)
    [0.222, -0.714]
    """
    worst, best = np.sort([sign * low, sign * high], axis=0)
    lead = worst[..., :, None, :] - best[..., None, :, :]
    floor, roof = worst.min(axis=-2, keepdims=True), best.max(axis=-2, keepdims=True)
    bottom = np.minimum(best.min(axis=-2, keepdims=True), worst)[..., :, None, :]
    top = np.maximum(worst.max(axis=-2, keepdims=True), best)[..., None, :, :]
    bottom = np.where(lead >= 0, floor[..., None, :], bottom)
    top = np.where(lead >= 0, roof[..., None, :], top)
    wide = spans(bottom, top) & spans(floor, roof)[..., None, :]
    return np.where(wide, lead, 0.0) / np.where(wide, top - bottom, 1.0)


def _missing_bounds(values: pd.DataFrame, ranges: Mapping[str, tuple[float, float]]) -> tuple[Floats, Floats]:
    """Lowest and highest value that a missing one of each criterion could have."""
    given = pd.DataFrame(dict(ranges), index=["low", "high"], dtype=float).reindex(columns=values.columns)
    given.loc[:, values.notna().all().to_numpy()] = np.nan
    unknown = sorted(set(ranges) - set(values.columns))
    wrong = given.columns[(given.loc["low"] > given.loc["high"]).to_numpy()].tolist()
    if unknown or wrong:
        raise NasssapError(
            f"rank_interval: ranges of unknown criteria {unknown}; ranges whose low end is above the high one {wrong}."
        )
    low, high = given.loc["low"].fillna(values.min()), given.loc["high"].fillna(values.max())
    blind = values.columns[(values.isna().any() & ~spans(low, high) & given.loc["low"].isna()).to_numpy()].tolist()
    if blind:
        raise MissingEvidence(
            f"rank_interval: what is known of {', '.join(blind)} does not say what a missing value could be. "
            "Give a range for it or leave it out."
        )
    return low.to_numpy(), high.to_numpy()


def _cell_bounds(values: pd.DataFrame, ranges: tuple[pd.DataFrame, pd.DataFrame]) -> tuple[Floats, Floats]:
    """Lowest and highest of each missing cell."""
    low, high = (end.reindex_like(values).astype(float) for end in ranges)
    blind = missing_cells((low + high).where(values.isna(), 0.0))
    if blind or (low > high).to_numpy()[values.isna()].any():
        raise MissingEvidence(
            f"rank_interval: what a missing value could be is not given, or upside down, for {blind or 'some cell'}."
        )
    return low.to_numpy(), high.to_numpy()


def _rank_ends(least: Floats) -> tuple[np.ndarray, np.ndarray]:
    """Best and worst rank from the smallest leads (last two axes: options): who is surely ahead, who could be."""
    others = ~np.eye(least.shape[-1], dtype=bool)
    return 1 + (least > TIE).sum(axis=-2), 1 + ((least < -TIE) & others).sum(axis=-1)


def _decisive(low: Floats, high: Floats, absent: np.ndarray, leads: Callable[[Floats, Floats], Floats]) -> np.ndarray:
    """Does knowing one missing cell alone change the rank interval of an option? Rows cells, columns options.

    A cell is tried at either end and where it stretches the scale least.
    """
    before, rows = np.stack(_rank_ends(leads(low, high))), []
    for cell in np.argwhere(absent):
        row, column = tuple(cell), cell[1]
        inside = np.clip(np.delete(low[:, column], cell[0]).min(initial=np.inf), low[row], high[row])
        changed = np.zeros(len(low), dtype=bool)
        for value in (low[row], inside, high[row]):
            ends = low.copy(), high.copy()
            ends[0][row] = ends[1][row] = value
            changed |= (np.stack(_rank_ends(leads(*ends))) != before).any(axis=0)
        rows.append(changed)
    return np.array(rows, dtype=bool).reshape(len(rows), len(low))
