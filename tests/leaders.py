"""Small matrices and options whose leader can be turned, and whom a country's changes name."""

import dataclasses
from functools import lru_cache

import numpy as np
import pandas as pd
from stories import story

from nasssap_lib.priorities.matrix import Matrix
from nasssap_lib.priorities.sequence import leaders
from nasssap_lib.priorities.switching_values import what_changes_leader

COVERED = ("coverage", "coverage_low", "coverage_high")


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
    """Cover for people of whom nobody has any: persons reached, all of them newly covered, and cost follow take-up in proportion."""
    given = {"level": level, "take_up": take_up, "admin": (0.0, 0.0, 0.0)}
    cells = {f"{kind}_{end}": given[kind][i] for kind in given for i, end in enumerate(("low", "central", "high"))}
    people = {"way": "extends", "people": 1000.0, "unit_cost": 1e-5, **dict.fromkeys(COVERED, 0.0)}
    return pd.DataFrame({"option": list(names), "source": "S", **people, **cells})


def reached(option: pd.Series, take_up: float) -> tuple[float, float]:
    """Shares of an option's people who are reached and newly covered, as the rules of Part 7 say."""
    free = 1 - option["coverage"]
    return {
        "new": (take_up, take_up * free), "extends": (take_up * free, take_up * free),
        "benefit_tested": (min(take_up, free), min(take_up, free)),
        "builds_on": (take_up, max(take_up - option["coverage"], 0.0)),
    }[option["way"]]  # fmt: skip


def moved(matrix: Matrix, options: pd.DataFrame, row, value: float) -> Matrix:
    """The matrix with one parameter or one missing figure at another value, cell by cell; who gets more costs more."""
    values = matrix.values.copy()
    if row.kind == "missing":
        values.loc[row.option, row.criterion] = value
    elif row.kind == "level":
        values.loc[row.option, "cost"] *= value / row.now
    elif row.kind == "take_up":
        option = options.set_index("option").loc[row.option]
        now, then = reached(option, row.now), reached(option, value)
        for name, part in (("cost", 0), ("newly_covered", 1), ("gap_closed", 1)):
            if name in values and pd.notna(values.loc[row.option, name]):
                share = then[part] / now[part]
                values.loc[row.option, name] *= 1.0 if np.isnan(share) else share
    return dataclasses.replace(matrix, values=values)


def reweighed(weights: dict, row, value: float) -> dict:
    total, rest = sum(weights.values()), sum(weights.values()) - weights[row.criterion]
    others = {name: weight / total * (1 - value) / (rest / total) for name, weight in weights.items()}
    return {**others, row.criterion: value}


def first_at(matrix: Matrix, options: pd.DataFrame, weights: dict, row, value: float) -> str:
    if row.kind == "weight":
        return ";".join(leaders(matrix, reweighed(weights, row, value)))
    return ";".join(leaders(moved(matrix, options, row, value), weights))


HAND = pd.DataFrame({"cost": [0.01, 0.02, 0.05, 0.05], "equity": [0.1, 0.5, 1.0, 0.0]}, index=list("abcd"))


def changes_of(kinds: str, within: str, change: list[float]) -> pd.DataFrame:
    kinds, within = kinds.split(), within.split()
    return pd.DataFrame({
        "kind": kinds, "option": "a", "criterion": [f"c{i}" for i in range(len(kinds))], "now": 0.5, "needed": 0.6, "side": "above",
        "low": 0.1, "high": 0.9, "within": within, "change": change, "leaders": "a", "new_leader": "b", "reason": "", "list": "",
    })  # fmt: skip
