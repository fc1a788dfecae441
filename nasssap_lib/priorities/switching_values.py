"""The smallest change that puts another option first: of a weight, a benefit level, a take-up, a missing figure; an option left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from nasssap_lib.costing.draws import figures_at
from nasssap_lib.priorities.decision import check_objectives, check_weights
from nasssap_lib.priorities.matrix import Matrix
from nasssap_lib.priorities.rank_intervals import filled_ends, least_leads
from nasssap_lib.provenance import join_sources
from nasssap_lib.reasons import reason
from nasssap_lib.terms import CRITERIA, ORDINAL_STEPS, PARAMETERS
from nasssap_lib.ties import TIE, Floats, settled

CHANGE_COLUMNS = [
    "list", "kind", "option", "criterion", "now", "needed", "side", "low", "high", "within", "change", "leaders", "new_leader", "source",
    "reason",
]  # fmt: skip
KINDS = ("missing", "weight", "level", "take_up", "left_out")
POINTS, ROUNDS = 400, 5  # values tried at a time; each round looks 100 times closer
AT_ONCE = 1e-9  # of the value now: nearer than that is no distance
NO_CHANGE = reason("no_change")


@dataclass(frozen=True)
class _Case:
    """Lowest and highest of each value (options × criteria), weights that add up to 1, +1 or −1 by criterion, names of the options."""

    low: Floats
    high: Floats
    weights: Floats
    sign: Floats
    options: list[str]

    def first(self, low: Floats | None = None, high: Floats | None = None) -> np.ndarray:
        """Which options can come first (… × options), with other lowest and highest values if they are given."""
        low, high = (self.low if low is None else low), (self.high if high is None else high)
        return ~(least_leads(low, high, self.sign) @ self.weights > TIE).any(axis=-2)

    def with_cells(self, cells: Mapping[tuple[int, int], Floats]) -> np.ndarray:
        """Who can come first where some cells have known values, one after the other."""
        size = len(next(iter(cells.values())))
        low, high = (np.repeat(end[None], size, axis=0) for end in (self.low, self.high))
        for (row, column), values in cells.items():
            low[:, row, column] = high[:, row, column] = values
        return self.first(low, high)

    def names(self, first: np.ndarray) -> str:
        """A ";" list."""
        return ";".join(name for name, is_first in zip(self.options, first, strict=True) if is_first)


def what_changes_leader(matrix: Matrix, weights: Mapping[str, float], options: pd.DataFrame) -> pd.DataFrame:
    """The smallest change of each weight, level, take-up and missing figure that changes who can come first, the smallest first.

    Parameters
    ----------
    matrix : options × criteria
    weights : by criterion
    options : result of ``costing.assess_options``; gives levels, take-up and their ranges

    Returns
    -------
    table with the columns of ``CHANGE_COLUMNS``, the decisive change first:

    * kind (weight, level, take_up, missing, left_out), option, criterion
    * now, needed : weights as shares of 1, levels in % of GDP per head, take-up as a share, missing figures in the unit of their
      criterion (now NaN); from ``needed`` on the options that can come first are others; NaN where no admissible value changes them
      (level ≥ 0, take-up and weights 0–1, a missing figure within what it could be)
    * side : "above" or "below", where beyond ``needed`` the change lies
    * low, high, within : assumed range of the parameter or what the figure could be, and whether ``needed`` lies "inside" or
      "outside" it ("" for weights)
    * change : needed ÷ now − 1, so that kinds can be compared; of a missing figure needed ÷ the middle of its range − 1, and 0 where
      the middle itself lies beyond needed; NaN from a weight of 0, and for an option left out
    * list : the list of options, "benefit" or "subsidy"; two that are equal now part at the first change: needed is the value now
    * leaders, new_leader : ";" lists of the options that can come first now, and then; reason : why needed is NaN

    Notes
    -----
    Each list of options is taken by itself, at its central values. One thing moves at a time. Other weights keep their proportions. A
    level moves the cost, take-up also the persons newly covered, by the rule of its option (``costing.reach``); where the moved
    value becomes the worst or the best of its criterion, the scale moves with it. "Can come first" means that no option is ahead
    whatever the missing values are (``rank_intervals.least_leads``). The value is found on a grid that holds every value at which
    the scale begins to move, then narrowed down to a part in ten thousand million of its step.

    Examples
    --------
    >>> values = pd.DataFrame({"cost": [0.01, 0.02], "equity": [0.2, 0.3]}, index=["a", "b"])
    >>> matrix = Matrix(values, values, values, {"cost": "min", "equity": "max"}, {"a": "A", "b": "B"}, pd.DataFrame())
    >>> options = pd.DataFrame({"option": ["a", "b"], "source": "S", **{f"{name}_{end}": 1.0 for name in ("level", "take_up")
    ...     for end in ("low", "central", "high")}, "way": "extends", "people": 1.0, "coverage": 0.0, "unit_cost": 1.0,
    ...     "admin_central": 0.0})
    >>> found = what_changes_leader(matrix, {"cost": 3, "equity": 1}, options).set_index(["kind", "option"])
    >>> float(found.loc[("level", "b"), "needed"].round(6)), found.loc[("level", "b"), "new_leader"]  # from half its cost on
    (0.5, 'b')
    """
    parts = [_changes_of_list(part, weights, options) for part in matrix.lists if len(part.values)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=CHANGE_COLUMNS)


def _changes_of_list(matrix: Matrix, weights: Mapping[str, float], options: pd.DataFrame) -> pd.DataFrame:
    """The changes of one list of options, which are ranked among themselves."""
    names, tables = matrix.values.columns, [matrix.scaled(part) for part in (matrix.values, matrix.low, matrix.high)]
    scale = check_weights(weights, names), check_objectives(matrix.objectives, names)
    case = _Case(*filled_ends(tables[0], (tables[1], tables[2])), *scale, matrix.values.index.tolist())
    now = case.first()
    rows = [*_by_missing(case, matrix, now), *_by_weight(case, names), *_by_option(case, now)]
    rows += [row for kind in PARAMETERS for row in _by_parameter(case, matrix, options, kind)]
    table = pd.DataFrame(rows).reindex(columns=CHANGE_COLUMNS)
    table = table.assign(leaders=case.names(now), source=join_sources(*options["source"]), list=matrix.kind)
    words = ["side", "within", "new_leader", "reason"]
    table[words] = table[words].astype(object).where(table[words].notna(), "")
    order = pd.DataFrame({"change": table["change"].abs(), "open": table["needed"].isna()})
    order["kind"] = table["kind"].map(KINDS.index)
    order["left"] = table["new_leader"].str.count(";")  # of two that are equally near, the one that leaves fewer
    return table.loc[order.sort_values([*order], kind="stable", key=settled).index].reset_index(drop=True)


def _nearest(first: Callable[[Floats], np.ndarray], start: float, grid: Floats) -> tuple[float, str, np.ndarray]:
    """The value nearest to the start from which on others can come first, on which side, and who; NaN where there is none."""
    before, found = first(np.array([start]))[0], []
    for side, values in (("below", np.sort(grid[grid < start])[::-1]), ("above", np.sort(grid[grid > start]))):
        values = np.concatenate([[start], values])
        step = _step_of_change(first, before, values)
        if step is not None:
            found.append((*_narrowed(first, before, *step), side))
    if not found:
        return np.nan, "", before
    value, then, side = min(found, key=lambda change: abs(change[0] - start))
    if abs(value - start) <= AT_ONCE * max(abs(start), 1e-300):
        value = start  # a tie breaks at the first change
    return value, side, then


def _step_of_change(first, before: np.ndarray, values: Floats) -> tuple[float, float] | None:
    """The first two values in a row between which those who can come first become others."""
    differs = (first(values) != before).any(axis=1)
    place = int(differs.argmax())
    return (values[place - 1], values[place]) if differs.any() and place else None


def _narrowed(first, before: np.ndarray, same: float, other: float) -> tuple[float, np.ndarray]:
    """The value between two at which the change begins, and who can come first just beyond it (not in the tie itself)."""
    step, end = other - same, other
    for _ in range(ROUNDS):
        same, other = _step_of_change(first, before, np.linspace(same, other, 101)) or (same, other)
    beyond = other + 1e-6 * step
    return other, first(np.array([min(beyond, end) if step > 0 else max(beyond, end)]))[0]


def _by_weight(case: _Case, criteria: pd.Index) -> list[dict]:
    """The weight of each criterion, the others in proportion; leads are the same whatever the weights are."""
    leads, rows = least_leads(case.low, case.high, case.sign), []
    for place, criterion in enumerate(criteria):
        now, others = case.weights[place], np.delete(case.weights, place)
        row = {"kind": "weight", "criterion": criterion, "now": now, "reason": NO_CHANGE}
        if others.sum() > 0:
            rest = case.weights * (np.arange(len(criteria)) != place) / others.sum()
            only = np.eye(len(criteria))[place]
            first = partial(_first_at_weight, leads, only, rest)
            needed, side, then = _nearest(first, now, np.linspace(0, 1, POINTS + 2)[1:-1])
            row |= _change(case, now, needed, side, then)
        rows.append(row)
    return rows


def _first_at_weight(leads: Floats, only: Floats, rest: Floats, weight: Floats) -> np.ndarray:
    """Who can come first where one criterion has these weights and the rest share what is left."""
    weights = weight[:, None] * only + (1 - weight[:, None]) * rest
    return ~(np.einsum("abm,tm->tab", leads, weights) > TIE).any(axis=-2)


def _change(case: _Case, now: float, needed: float, side: str, then: np.ndarray) -> dict:
    if np.isnan(needed):
        return {"needed": np.nan, "reason": NO_CHANGE}
    change = needed / now - 1 if now > 0 else np.nan
    return {"needed": needed, "side": side, "change": change, "new_leader": case.names(then), "reason": ""}


def _by_parameter(case: _Case, matrix: Matrix, options: pd.DataFrame, kind: str) -> list[dict]:
    """The level or take-up of each option, and with it what it moves."""
    rows, table = [], options.set_index("option")
    for place, option in enumerate(case.options):
        given = table.loc[option]
        now, low, high = (float(given[f"{kind}_{end}"]) for end in ("central", "low", "high"))
        columns = [name for name in _moved_by(kind, matrix) if pd.notna(matrix.values.loc[option, name])]
        if not now > 0 or not columns:
            continue
        arrays = {name: np.array([value]) for name, value in given.items()}
        move = partial(_moved_cells, matrix.values.loc[option, columns], arrays, figures_at(arrays), kind)
        first = partial(_first_at_parameter, case, matrix, place, move)
        needed, side, then = _nearest(
            first, now, _values_to_try(matrix, move, now, 1.0 if kind == "take_up" else np.inf)
        )
        row = {"kind": kind, "option": option, "now": now, "low": low, "high": high}
        row |= _change(case, now, needed, side, then)
        inside = low * (1 - 1e-9) <= row["needed"] <= high * (1 + 1e-9)
        rows.append(row | {"within": "" if np.isnan(row["needed"]) else "inside" if inside else "outside"})
    return rows


def _moved_by(kind: str, matrix: Matrix) -> list[str]:
    """Criteria of the matrix that a parameter moves."""
    return [name for name in matrix.values if name in CRITERIA and kind in CRITERIA[name].moved_by]


def _moved_cells(
    cells: pd.Series, option: Mapping[str, np.ndarray], figures: Mapping[str, np.ndarray], kind: str, values: Floats
) -> dict[str, Floats]:
    """An option's cells at other values of one parameter, in the units of the criteria; its value now gives those of the matrix.

    A criterion of somebody's own, of which there are no figures, moves in proportion.
    """
    then, moved = figures_at(option, **{kind: values[:, None]}), {}
    for criterion, value in cells.items():
        if criterion not in figures:
            moved[criterion] = value * values / option[f"{kind}_central"][0]
            continue
        before, after = figures[criterion][0], then[criterion][:, 0]
        moved[criterion] = after * value / before if before > 0 else value + after - before
    return moved


def _first_at_parameter(case: _Case, matrix: Matrix, place: int, move: Callable, values: Floats) -> np.ndarray:
    """Who can come first where one parameter of one option has other values."""
    cells = {
        (place, matrix.values.columns.get_loc(name)): matrix.on_scale(name, moved)
        for name, moved in move(values).items()
    }
    return case.with_cells(cells)


def _values_to_try(matrix: Matrix, move: Callable, now: float, top: float) -> Floats:
    """Evenly to where no scale bends any more, then ever wider; and every value at which the option meets another one."""
    reach = top if np.isfinite(top) else 1e4 * now
    tries = np.unique(
        np.concatenate([np.linspace(0, min(3 * now, reach), POINTS), np.geomspace(now / 1e4, reach, POINTS)])
    )
    bends = [np.array([now])]
    for name, moved in move(tries).items():
        others = np.concatenate([end[name].to_numpy(float) for end in (matrix.values, matrix.low, matrix.high)])
        others = others[np.isfinite(others) & (others > moved.min()) & (others < moved.max())]
        bends.append(np.interp(others, np.maximum.accumulate(moved), tries))
    last = min(max(2 * now, 1.01 * max(points.max(initial=0.0) for points in bends)), top)
    tail = last / np.linspace(1, 0.002, POINTS // 2) if np.isinf(top) else np.array([top])
    grid = np.concatenate([np.linspace(0, last, POINTS), *bends, tail])
    return np.unique(grid[grid <= top])


def _by_missing(case: _Case, matrix: Matrix, now: np.ndarray) -> list[dict]:
    """Each missing figure, from either end of what it could be: up to which value it would leave others to come first."""
    rows = []
    for place in np.argwhere(matrix.values.isna().to_numpy()):
        cell = tuple(place)
        low, high = (float(end.iat[cell]) for end in (matrix.low, matrix.high))
        first = partial(_first_at_value, case, cell, partial(matrix.on_scale, matrix.values.columns[cell[1]]))
        middle = (low + high) / 2
        option, criterion = case.options[cell[0]], matrix.values.columns[cell[1]]
        head = {"kind": "missing", "option": option, "criterion": criterion, "low": low, "high": high, "reason": ""}
        found = [
            {
                "needed": needed,
                "side": side,
                "new_leader": case.names(then),
                "change": _from_middle(needed, side, middle),
            }
            for side, needed, then in _from_ends(first, now, low, high, _steps_of(criterion, low, high))
        ]
        rows += [head | row | {"within": "inside"} for row in found] or [head | {"needed": np.nan, "reason": NO_CHANGE}]
    return rows


def _from_middle(needed: float, side: str, middle: float) -> float:
    """How far the value is from the middle of what the figure could be, relative to it; 0 where the middle itself is beyond it."""
    if (middle <= needed) if side == "below" else (middle >= needed):
        return 0.0
    return needed / middle - 1 if middle > 0 else np.nan


def _first_at_value(case: _Case, cell: tuple[int, int], on_scale: Callable, value: Floats) -> np.ndarray:
    return case.with_cells({cell: on_scale(value)})


def _steps_of(criterion: str, low: float, high: float) -> Floats | None:
    """The values that an ordinal criterion can have within a range; None where it can have all."""
    if criterion not in CRITERIA or not CRITERIA[criterion].ordinal:
        return None
    steps = np.arange(ORDINAL_STEPS + 1) / ORDINAL_STEPS
    return steps[(steps >= low - TIE) & (steps <= high + TIE)]


def _from_ends(
    first, now: np.ndarray, low: float, high: float, steps: Floats | None = None
) -> list[tuple[str, float, np.ndarray]]:
    """From either end of the range, as long as the same others can come first: up to which value, and who."""
    found = []
    stepped = steps is not None and len(steps) > 0  # a range between two steps holds none of them
    for side, start, end in (("below", low, high), ("above", high, low)):
        tried = (steps if side == "below" else steps[::-1]) if stepped else np.linspace(start, end, POINTS)
        then = first(tried[:1])[0]
        if (then == now).all():
            continue
        if stepped:
            same = (first(tried) == then).all(axis=1)
            found.append((side, float(tried[: same.size if same.all() else int((~same).argmax())][-1]), then))
        else:
            step = _step_of_change(first, then, tried)
            found.append((side, _narrowed(first, then, *step)[0] if step else end, then))
    return found


def _by_option(case: _Case, now: np.ndarray) -> list[dict]:
    """Options that cannot come first, and without which others could."""
    rows = []
    for place in np.flatnonzero(~now) if len(now) > 2 else ():
        kept = np.arange(len(now)) != place
        then = np.zeros_like(now)
        then[kept] = case.first(case.low[kept], case.high[kept])
        if (then != now).any():
            rows.append(
                {"kind": "left_out", "option": case.options[place], "new_leader": case.names(then), "reason": ""}
            )
    return rows
