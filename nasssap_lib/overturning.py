"""What would put another option first: a weight, a benefit level, a take-up, a missing value, an option left out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from nasssap_lib.criteria import Matrix
from nasssap_lib.denominators import join_sources
from nasssap_lib.priorities import overturning_options, overturning_weights, rank_options
from nasssap_lib.sequence import leaders

CHANGE_COLUMNS = ["kind", "option", "criterion", "now", "needed", "leaders", "new_leader", "source"]


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
