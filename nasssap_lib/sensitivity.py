"""What would turn an order of options: a missing value, or other weights. Public names are also in ``priorities``."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from nasssap_lib.decision import (
    TIE,
    Floats,
    check_matrix,
    check_objectives,
    check_weights,
    missing_cells,
    refuse_missing,
    scaled,
    spans,
)
from nasssap_lib.errors import MissingEvidence, NasssapError


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
    option, rank_best, rank_worst, decisive : ``decisive`` names the missing cells ("option: criterion; …") each of which alone,
        once known, can change the option's best or worst rank; "" where nothing missing matters to it

    Raises
    ------
    MissingEvidence : values of a criterion are missing, no range is given, and the known values do not span one

    Notes
    -----
    Both ends are reached: they are not bounds. The scale of a criterion with missing values runs from the lowest to the highest
    of its known values and its range.

    Examples
    --------
    >>> matrix = pd.DataFrame({"persons": [900, 300, 500], "equity": [None, 2, 4]}, index=["child", "old age", "maternity"])
    >>> rank_interval(matrix, {"persons": 1, "equity": 1}, {"persons": "max", "equity": "max"}).iloc[0].to_dict()
    {'option': 'child', 'rank_best': 1, 'rank_worst': 2, 'decisive': 'child: equity'}
    """
    values = check_matrix(matrix)
    w, sign = check_weights(weights, values.columns), check_objectives(objectives, values.columns)
    data, absent = values.to_numpy(), values.isna().to_numpy()
    bounds = _cell_bounds(values, ranges) if isinstance(ranges, tuple) else _missing_bounds(values, ranges or {})
    filled = np.where(absent, bounds[0], data), np.where(absent, bounds[1], data)
    scale = np.fmin.reduce(filled[0]), np.fmax.reduce(filled[1])
    ends = np.sort([w * scaled(end, *scale, sign) for end in filled], axis=0)
    low, high = ends.sum(axis=2)
    best, worst = _rank_ends(low, high)
    decisive = _decisive(low, high, (ends[1] - ends[0])[absent], np.argwhere(absent)[:, 0])
    cells = np.array([f"{option}: {criterion}" for option, criterion in missing_cells(values)], dtype=object)
    names = ["; ".join(cells[column]) for column in decisive.T]
    return pd.DataFrame({"option": values.index, "rank_best": best, "rank_worst": worst, "decisive": names})


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


def _rank_ends(low: Floats, high: Floats) -> tuple[np.ndarray, np.ndarray]:
    """Best and worst rank where each option's score lies anywhere between low and high (last axis: options)."""
    others = ~np.eye(low.shape[-1], dtype=bool)
    best = 1 + (low[..., None, :] > high[..., :, None] + TIE).sum(axis=-1)
    worst = 1 + ((high[..., None, :] > low[..., :, None] + TIE) & others).sum(axis=-1)
    return best, worst


def _decisive(low: Floats, high: Floats, width: Floats, owner: np.ndarray) -> np.ndarray:
    """Does knowing one missing cell, at either end, change the rank interval of an option? Rows cells, columns options."""
    known = np.zeros((len(owner), len(low)))
    known[np.arange(len(owner)), owner] = width
    before = np.stack(_rank_ends(low, high))[:, None, :]
    at_ends = [np.stack(_rank_ends(low + known, high)), np.stack(_rank_ends(low, high - known))]
    return np.any([(after != before).any(axis=0) for after in at_ends], axis=0)


def overturning_weights(
    matrix: pd.DataFrame, weights: Mapping[str, float] | pd.Series, objectives: Mapping[str, str] | pd.Series
) -> pd.DataFrame:
    """The smallest change of each criterion's weight that gives the weighted sum another leader.

    The other weights keep their proportions. Up to ``weight_needed`` the leader stays, there the two are equal, beyond it
    ``new_leader`` is ahead.

    Returns
    -------
    criterion, weight, weight_needed, change, new_leader : weights are shares of 1; sorted by the size of the change, so that the
        first row is the decisive criterion; NaN and "" where no weight of that criterion changes the leader

    Raises
    ------
    MissingEvidence : a value is missing

    Examples
    --------
    >>> matrix = pd.DataFrame({"persons": [900, 300], "cost": [1.2, 0.4]}, index=["child benefit", "pension"])
    >>> overturning_weights(matrix, {"persons": 0.6, "cost": 0.4}, {"persons": "max", "cost": "min"}).iloc[0].to_dict()
    {'criterion': 'persons', 'weight': 0.6, 'weight_needed': 0.5, 'change': -0.1, 'new_leader': 'pension'}
    """
    values = check_matrix(matrix)
    refuse_missing(values, "Enter it, or leave the option or the criterion out.")
    w, sign = check_weights(weights, values.columns), check_objectives(objectives, values.columns)
    level = scaled(values.to_numpy(), *values.agg(["min", "max"]).to_numpy(), sign)
    score = level @ w
    leader = int(np.argmax(np.round(score, 12)))
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = (score[:, None] - w * level) / (1 - w)  # the score of an option when the criterion has no weight
        lead_without, lead_alone = rest[leader] - rest, level[leader] - level
        needed = np.clip(np.where(lead_without == lead_alone, np.nan, lead_without / (lead_without - lead_alone)), 0, 1)
    turns = ((needed >= w - TIE) & (lead_alone < -TIE)) | ((needed <= w + TIE) & (lead_without < -TIE))
    distance = np.where(turns, abs(needed - w), np.inf)
    challenger, column = distance.argmin(axis=0), np.arange(len(w))
    found = np.isfinite(distance[challenger, column])
    weight_needed = np.where(found, needed[challenger, column], np.nan)
    table = pd.DataFrame({"criterion": values.columns, "weight": w, "weight_needed": weight_needed.round(12)})
    table["change"] = (table["weight_needed"] - table["weight"]).round(12)
    table["new_leader"] = np.where(found, values.index[challenger], "")
    return table.sort_values("change", key=abs, ignore_index=True, kind="stable")
