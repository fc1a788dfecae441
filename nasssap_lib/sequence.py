"""In which order options could be taken up, how sure that order is, and what would turn it.

A ranking is a sequence, not a choice: the four guarantees are due to all. Missing evidence gives an interval of ranks.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from nasssap_lib.criteria import Matrix
from nasssap_lib.decision import check_objectives, check_weights, scaled
from nasssap_lib.denominators import join_sources
from nasssap_lib.priorities import (
    overturning_options,
    overturning_weights,
    rank_acceptability,
    rank_interval,
    rank_options,
)

METHODS = ("topsis", "vikor", "promethee2")
RANKING_COLUMNS = [
    "option", "name", "rank_best", "rank_worst", "score_low", "score_high", "decisive", "other_method", "rank_other", "source",
    "reason",
]  # fmt: skip
CHANGE_COLUMNS = ["kind", "option", "criterion", "now", "needed", "leaders", "new_leader", "source"]


def score_options(matrix: Matrix, weights: Mapping[str, float]) -> pd.DataFrame:
    """What each criterion contributes to each option's weighted sum.

    Parameters
    ----------
    matrix : options × criteria
    weights : by criterion, brought to a sum of 1

    Returns
    -------
    table : option, name, criterion, weight (share of 1), value (in the criterion's unit), low, high (contribution, 0 to weight; equal
        where the value is known), missing (True where it is not)

    Notes
    -----
    Each criterion is put on 0 (worst) … 1 (best) between the lowest and the highest value that is known or that a missing one could
    have; with a complete matrix this is ``priorities.rank_options``.

    Examples
    --------
    >>> values = pd.DataFrame({"cost": [0.01, 0.03]}, index=["a", "b"])
    >>> matrix = Matrix(values, values, values, {"cost": "min"}, {"a": "A", "b": "B"}, pd.DataFrame())
    >>> score_options(matrix, {"cost": 1})["high"].tolist()
    [1.0, 0.0]
    """
    columns = ["option", "name", "criterion", "weight", "value", "low", "high", "missing"]
    if matrix.values.empty:
        return pd.DataFrame(columns=columns)
    absent = matrix.values.isna()
    filled = [matrix.values.where(~absent, end) for end in (matrix.low, matrix.high)]
    w, sign = (
        check(given, matrix.values.columns)
        for check, given in ((check_weights, weights), (check_objectives, matrix.objectives))
    )
    scale = filled[0].min().to_numpy(), filled[1].max().to_numpy()
    parts = np.sort([w * scaled(end.to_numpy(), *scale, sign) for end in filled], axis=0)
    low, high = (pd.DataFrame(part, absent.index, absent.columns).stack() for part in parts)
    table = pd.DataFrame({"low": low, "high": high, "missing": absent.stack()})
    table["value"] = matrix.values.stack(future_stack=True).reindex(table.index)
    table = table.rename_axis(["option", "criterion"]).reset_index()
    share = dict(zip(absent.columns, w, strict=True))
    return table.assign(name=table["option"].map(matrix.names), weight=table["criterion"].map(share))[columns]


def rank_sequence(
    matrix: Matrix, weights: Mapping[str, float], criteria: pd.DataFrame, method: str = "topsis"
) -> pd.DataFrame:
    """The order of the options in the weighted sum: a rank, or an interval of ranks where evidence is missing.

    Parameters
    ----------
    matrix : options × criteria
    weights : by criterion
    criteria : result of ``criteria.assess_criteria``; gives the sources
    method : another method, as a check: topsis, vikor or promethee2; it ranks only options whose evidence is complete

    Returns
    -------
    table with the columns of ``RANKING_COLUMNS``: rank_best, rank_worst, score_low, score_high (0–1), decisive (missing values
        that can change the rank), rank_other (rank by the other method among the complete options; NaN for the rest); first those
        that are ranked, then those that are not, with the reason

    Examples
    --------
    >>> from nasssap_lib import criteria, measures
    >>> from nasssap_lib.pack import read_pack
    >>> pack = read_pack("SEN")
    >>> table = criteria.assess_criteria(pack, measures.assess_options(pack))
    >>> matrix = criteria.criteria_matrix(table)
    >>> rank_sequence(matrix, criteria.read_weights("", matrix.values), table)["reason"].iat[-1][:17]
    'no published rate'
    """
    source = criteria.groupby("option", sort=False)["source"].agg(lambda names: join_sources(*names))
    table = matrix.left_out
    if len(matrix.values):
        scores = score_options(matrix, weights).groupby("option", sort=False)[["low", "high"]].sum()
        ranks = rank_interval(matrix.values, weights, matrix.objectives, (matrix.low, matrix.high)).set_index("option")
        ranked = ranks.join(scores.add_prefix("score_")).join(_other_ranks(matrix, weights, method))
        ranked = ranked.assign(name=ranked.index.map(matrix.names), reason="")
        order = ["rank_best", "rank_worst", "score_high", "score_low"]
        ranked = ranked.sort_values(order, ascending=[True, True, False, False], kind="stable").reset_index()
        table = pd.concat([ranked, table], ignore_index=True)
    table = table.assign(other_method=method, source=table["option"].map(source))
    return table.reindex(columns=RANKING_COLUMNS)


def _other_ranks(matrix: Matrix, weights: Mapping[str, float], method: str) -> pd.Series:
    complete = matrix.values.loc[matrix.complete]
    if len(complete) < 2:
        return pd.Series(dtype=float, name="rank_other")
    return (
        rank_options(complete, weights, matrix.objectives, method)
        .table.set_index("option")["rank"]
        .rename("rank_other")
    )


def leaders(matrix: Matrix, weights: Mapping[str, float]) -> list[str]:
    """Options that can come first: one where the evidence decides, several where missing values leave it open.

    Examples
    --------
    >>> values = pd.DataFrame({"cost": [0.01, 0.03]}, index=["a", "b"])
    >>> leaders(Matrix(values, values, values, {"cost": "min"}, {"a": "A", "b": "B"}, pd.DataFrame()), {"cost": 1})
    ['a']
    """
    if matrix.values.empty:
        return []
    ranks = rank_interval(matrix.values, weights, matrix.objectives, (matrix.low, matrix.high))
    return ranks.loc[ranks["rank_best"] == 1, "option"].tolist()


def what_changes_leader(matrix: Matrix, weights: Mapping[str, float], options: pd.DataFrame) -> pd.DataFrame:
    """What would put another option first: a weight, a benefit level, a take-up, a missing value, an option left out.

    Parameters
    ----------
    matrix : options × criteria
    weights : by criterion
    options : result of ``measures.assess_options``; gives the ranges of levels and take-up

    Returns
    -------
    table with the columns of ``CHANGE_COLUMNS``: kind (weight, level, take_up, missing, left_out), option, criterion, now, needed
        (weights as shares of 1; levels in % of GDP per head; take-up as a share), leaders (";" list of the options that can come
        first now; of weights and left-out options the leader among those with complete evidence), new_leader (";" list)

    Notes
    -----
    Weights and left-out options are examined among the options whose evidence is complete. Levels and take-up are moved one
    option at a time to the ends of their ranges, cost with both, persons and share of the gap with take-up.

    Examples
    --------
    >>> from nasssap_lib import criteria, measures
    >>> from nasssap_lib.pack import read_pack
    >>> pack = read_pack("SEN")
    >>> options = measures.assess_options(pack)
    >>> matrix = criteria.criteria_matrix(criteria.assess_criteria(pack, options))
    >>> set(what_changes_leader(matrix, criteria.read_weights("", matrix.values), options)["kind"]) <= {
    ...     "weight", "level", "take_up", "missing", "left_out"}
    True
    """
    if matrix.values.empty:
        return pd.DataFrame(columns=CHANGE_COLUMNS)
    now = leaders(matrix, weights)
    rows = [
        *_by_missing(matrix, weights, now),
        *_by_weight(matrix, weights),
        *_by_parameter(matrix, weights, options, now, "level", ("cost",)),
        *_by_parameter(matrix, weights, options, now, "take_up", ("cost", "newly_covered", "gap_closed")),
        *_by_option(matrix, weights),
    ]
    source = join_sources(*options["source"])
    table = pd.DataFrame(rows, columns=CHANGE_COLUMNS).assign(source=source)
    return table.assign(leaders=table["leaders"].fillna(";".join(now)))


def _by_missing(matrix: Matrix, weights: Mapping[str, float], now: list[str]) -> list[dict]:
    """Missing values that alone decide who can come first."""
    rows = []
    for option, criterion in zip(*np.nonzero(matrix.values.isna().to_numpy()), strict=True):
        cell = matrix.values.index[option], matrix.values.columns[criterion]
        found = {";".join(leaders(_with(matrix, {cell: end.loc[cell]}), weights)) for end in (matrix.low, matrix.high)}
        if found != {";".join(now)}:
            rows.append(
                {"kind": "missing", "option": cell[0], "criterion": cell[1], "new_leader": " | ".join(sorted(found))}
            )
    return rows


def _by_weight(matrix: Matrix, weights: Mapping[str, float]) -> list[dict]:
    """The weight of each criterion from which on another option leads, the smallest change first."""
    complete = matrix.values.loc[matrix.complete]
    if len(complete) < 2:
        return []
    turning = overturning_weights(complete, weights, matrix.objectives).query("new_leader != ''")
    names = {"weight": "now", "weight_needed": "needed"}
    turning = turning.rename(columns=names)[["criterion", "now", "needed", "new_leader"]]
    return turning.assign(kind="weight", leaders=_first_of(complete, weights, matrix)).to_dict("records")


def _first_of(complete: pd.DataFrame, weights: Mapping[str, float], matrix: Matrix) -> str:
    """Who leads among options whose evidence is complete, as a ";" list."""
    ranking = rank_options(complete, weights, matrix.objectives).table
    return ";".join(ranking.loc[ranking["rank"] == 1, "option"])


def _by_parameter(matrix: Matrix, weights, options: pd.DataFrame, now: list[str], name: str, criteria) -> list[dict]:
    """Ends of a parameter's range that change who can come first; what it moves, it moves in proportion."""
    rows, table = [], options.set_index("option")
    for option in matrix.values.index:
        for end in ("low", "high"):
            central, other = table.loc[option, f"{name}_central"], table.loc[option, f"{name}_{end}"]
            if not central > 0 or other == central:
                continue
            cells = {
                (option, c): matrix.values.loc[option, c] * other / central for c in criteria if c in matrix.values
            }
            if "gap_closed" in criteria and (option, "gap_closed") in cells:
                cells[option, "gap_closed"] = min(cells[option, "gap_closed"], 1.0)
            found = leaders(_with(matrix, cells), weights)
            if found != now:
                rows.append(
                    {"kind": name, "option": option, "now": central, "needed": other, "new_leader": ";".join(found)}
                )
    return rows


def _with(matrix: Matrix, cells: dict[tuple[str, str], float]) -> Matrix:
    """The matrix with other values in some cells."""
    values = matrix.values.copy()
    for cell, value in cells.items():
        values.loc[cell] = value
    return Matrix(values, matrix.low, matrix.high, matrix.objectives, matrix.names, matrix.left_out)


def _by_option(matrix: Matrix, weights: Mapping[str, float]) -> list[dict]:
    """Options behind the leader whose absence would give another leader."""
    complete = matrix.values.loc[matrix.complete]
    if len(complete) < 3:
        return []
    names, now = overturning_options(complete, weights, matrix.objectives), _first_of(complete, weights, matrix)
    without = {name: _first_of(complete.drop(index=name), weights, matrix) for name in names}
    return [
        {"kind": "left_out", "option": name, "leaders": now, "new_leader": other} for name, other in without.items()
    ]


def accept_ranks(matrix: Matrix, criteria: pd.DataFrame, draws: int = 10_000, seed: int = 0) -> pd.DataFrame:
    """Share of all admissible views that give each option each rank, whatever the weights, within the ranges of all values.

    Parameters
    ----------
    matrix : options × criteria; the ranges of known values and what missing ones could be are drawn uniformly
    criteria : result of ``criteria.assess_criteria``; gives the sources
    draws, seed : of the views

    Returns
    -------
    table : option, name, rank_1 … rank_n (shares of the views, 0–1), confidence (share in which the option is first under the
        weights that suit it best; NaN where it never is), source, reason; options that cannot be ranked come last, with NaN

    Notes
    -----
    Weights are uniform over all that add up to 1: nobody's opinion is asked. Ranges are drawn independently of each other,
    although a higher take-up moves cost and persons together.

    Examples
    --------
    >>> from nasssap_lib import criteria, measures
    >>> from nasssap_lib.pack import read_pack
    >>> pack = read_pack("SEN")
    >>> table = criteria.assess_criteria(pack, measures.assess_options(pack))
    >>> found = accept_ranks(criteria.criteria_matrix(table), table, draws=100)
    >>> round(float(found.filter(like="rank_").iloc[0].sum()), 6)
    1.0
    """
    source = criteria.groupby("option", sort=False)["source"].agg(lambda names: join_sources(*names))
    left_out = matrix.left_out.assign(source=matrix.left_out["option"].map(source))
    if matrix.values.empty:
        return left_out.assign(confidence=np.nan)
    found = rank_acceptability(matrix.values, matrix.objectives, draws, spread=matrix.spread, seed=seed).table
    found = found.assign(name=found["option"].map(matrix.names), source=found["option"].map(source), reason="")
    order = [name for name in found if name.startswith("rank_")]
    found = found.sort_values(order, ascending=False, kind="stable")
    return pd.concat([found, left_out], ignore_index=True)[["option", "name", *order, "confidence", "source", "reason"]]
