"""Small matrices and options whose leader can be turned, and whom a country's changes name."""

import dataclasses
from functools import lru_cache

import numpy as np
import pandas as pd
from stories import story

from nasssap_lib.priorities.matrix import Matrix
from nasssap_lib.priorities.sequence import leaders
from nasssap_lib.priorities.switching_values import what_changes_leader

# by hand: who gets more costs more; who is reached twice as often costs twice as much, and twice as many are newly covered
MOVED = {"level": ("cost",), "take_up": ("cost", "newly_covered", "gap_closed")}


@lru_cache(maxsize=16)
def told(country: str):
    known = story(country)
    matrix, weights, options = known["matrix"], known["weights"], known["options"]
    return matrix, weights, options, known["criteria"], what_changes_leader(matrix, weights, options)


def matrix_of(
    values: pd.DataFrame, low: pd.DataFrame | None = None, high: pd.DataFrame | None = None, cost="cost"
) -> Matrix:
    better = {name: "min" if name == cost else "max" for name in values}
    names = {name: name.upper() for name in values.index}
    return Matrix(
        values, values if low is None else low, values if high is None else high, better, names, pd.DataFrame()
    )


def options_of(names, level=(2.0, 4.0, 6.0), take_up=(0.4, 0.5, 0.8)) -> pd.DataFrame:
    given = {"level": level, "take_up": take_up}
    cells = {f"{kind}_{end}": given[kind][i] for kind in given for i, end in enumerate(("low", "central", "high"))}
    return pd.DataFrame({"option": list(names), "source": "S", "newly_covered_central": np.nan, "gap": np.nan, **cells})


def moved(matrix: Matrix, row, value: float) -> Matrix:
    """The matrix with one parameter or one missing figure at another value, cell by cell."""
    values = matrix.values.copy()
    if row.kind == "missing":
        values.loc[row.option, row.criterion] = value
    for name in MOVED.get(row.kind, ()):
        if name in values:
            new = values.loc[row.option, name] * value / row.now
            values.loc[row.option, name] = min(new, 1) if name == "gap_closed" else new
    return dataclasses.replace(matrix, values=values)


def reweighed(weights: dict, row, value: float) -> dict:
    total, rest = sum(weights.values()), sum(weights.values()) - weights[row.criterion]
    others = {name: weight / total * (1 - value) / (rest / total) for name, weight in weights.items()}
    return {**others, row.criterion: value}


def first_at(matrix: Matrix, weights: dict, row, value: float) -> str:
    if row.kind == "weight":
        return ";".join(leaders(matrix, reweighed(weights, row, value)))
    return ";".join(leaders(moved(matrix, row, value), weights))


HAND = pd.DataFrame({"cost": [0.01, 0.02, 0.05, 0.05], "equity": [0.1, 0.5, 1.0, 0.0]}, index=list("abcd"))


def changes_of(kinds: str, within: str, change: list[float]) -> pd.DataFrame:
    kinds, within = kinds.split(), within.split()
    return pd.DataFrame({
        "kind": kinds, "option": "a", "criterion": [f"c{i}" for i in range(len(kinds))], "now": 0.5, "needed": 0.6, "side": "above",
        "low": 0.1, "high": 0.9, "within": within, "change": change, "leaders": "a", "new_leader": "b", "reason": "",
    })  # fmt: skip
