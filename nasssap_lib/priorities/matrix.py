"""Options × criteria: values, what they could be, and what is better; made of the long table of criteria."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from nasssap_lib.costing.draws import FIGURES, extreme_figures
from nasssap_lib.terms import CRITERIA, FURTHER_CRITERIA
from nasssap_lib.ties import settled

NAME = r"[a-z][a-z0-9_]*"  # of a criterion, in a notebook's parameters
LEAST_SHARE = 0.001  # of the population: fewer persons newly covered count as so many on a logarithmic scale
BENEFIT = "benefit"


@dataclass(frozen=True)
class Matrix:
    """Options that can be ranked × criteria: values, what they could be, and what is better; values of a criterion that tie are equal.

    values, low, high : index option, one column a criterion, in its unit; values may be NaN, low and high never are
    objectives : by criterion, "max" or "min"
    names : of the options, by id
    left_out : option, name, reason, kind: options that cannot be ranked because they have no cost
    kinds : of the options, by id: the list in which each is ranked; empty: one list
    floors : by criterion on a logarithmic scale, the value below which nothing is told apart
    joint : by criterion, options × combinations of the parameters that move several criteria together (take-up moves persons and
        cost); values of one column belong together
    """

    values: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    objectives: dict[str, str]
    names: dict[str, str]
    left_out: pd.DataFrame
    kinds: Mapping[str, str] = field(default_factory=dict)
    floors: Mapping[str, float] = field(default_factory=dict)
    joint: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def __post_init__(self):
        tables = {name: getattr(self, name).astype(float) for name in ("values", "low", "high")}
        cells = {name: table.to_numpy(copy=True) for name, table in tables.items()}
        joint = dict(self.joint)
        for place, criterion in enumerate(self.values):
            beside = self.beside(criterion)
            same = settled(beside.ravel()).reshape(beside.shape)
            for column, name in enumerate(tables):
                cells[name][:, place] = same[:, column]
            if criterion in joint:
                joint[criterion] = pd.DataFrame(same[:, 3:], joint[criterion].index, joint[criterion].columns)
        for name, table in tables.items():
            object.__setattr__(self, name, pd.DataFrame(cells[name], table.index, table.columns))
        object.__setattr__(self, "joint", joint)

    def beside(self, criterion: str) -> np.ndarray:
        """All values of one criterion, options in rows: value, low, high, then those of the combinations of parameters."""
        sides = [getattr(self, name)[criterion] for name in ("values", "low", "high")]
        drawn = [self.joint[criterion]] if criterion in self.joint else []
        return np.column_stack([part.to_numpy(float) for part in (*sides, *drawn)])

    @property
    def complete(self) -> list[str]:
        """Options without a missing value."""
        return self.values.index[self.values.notna().all(axis=1)].tolist()

    @property
    def lists(self) -> list[Matrix]:
        """A matrix for each list of options: what is of two kinds is never ranked against each other."""
        order = [BENEFIT, *(kind for kind in self.kinds.values() if kind != BENEFIT)]
        found = [kind for kind in dict.fromkeys(order) if kind in self.kinds.values()]
        if len(found) < 2:
            return [self]
        return [
            self._only([name for name in self.values.index if self.kinds.get(name) == kind], kind) for kind in found
        ]

    @property
    def kind(self) -> str:
        """The list that the options are in; "" where they are in none, or in several."""
        found = {self.kinds.get(name, "") for name in self.values.index}
        return found.pop() if len(found) == 1 else ""

    def _only(self, options: list[str], kind: str) -> Matrix:
        out = self.left_out
        return replace(
            self,
            values=self.values.loc[options],
            low=self.low.loc[options],
            high=self.high.loc[options],
            left_out=out[out["kind"] == kind].reset_index(drop=True),
            kinds=dict.fromkeys(options, kind),
            joint={name: table.loc[options] for name, table in self.joint.items()},
        )

    def scaled(self, table: pd.DataFrame) -> pd.DataFrame:
        """Values of the criteria as they are weighed: logarithms where the criterion is logarithmic."""
        return table.assign(**{name: self.on_scale(name, table[name]) for name in table if name in self.floors})

    def on_scale(self, criterion: str, values):
        """One criterion's values as they are weighed.

        Examples
        --------
        >>> empty = pd.DataFrame()
        >>> Matrix(empty, empty, empty, {}, {}, empty, floors={"persons": 10.0}).on_scale("persons", np.array([1, 10, 1000]))
        array([1., 1., 3.])
        """
        if criterion not in self.floors:
            return values
        return np.log10(np.maximum(values, self.floors[criterion]))


def criteria_matrix(
    criteria: pd.DataFrame,
    weights: str = "",
    order: str = "",
    options: pd.DataFrame | None = None,
    named: Iterable[str] = (),
) -> Matrix:
    """Options × criteria from the long table; a criterion on which nothing at all is known is left out.

    Parameters
    ----------
    criteria : result of ``priorities.assess_criteria``
    weights, order : a notebook's parameters; one of ``terms.FURTHER_CRITERIA`` takes part only where one of them names it
    options : result of ``costing.assess_options``; with it the ranges of level, take-up, administration and coverage move what they
        move together, without it each value within its own range
    named : further criteria that somebody weighs elsewhere, such as the groups of a dialogue

    Returns
    -------
    Matrix

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> from nasssap_lib.costing.options import assess_options
    >>> from nasssap_lib.priorities.criteria import assess_criteria
    >>> pack = read_pack("SEN")
    >>> matrix = criteria_matrix(assess_criteria(pack, assess_options(pack)))
    >>> matrix.values.columns.tolist(), matrix.left_out["option"].tolist()
    (['newly_covered', 'cost', 'readiness'], ['disability_benefit'])
    """
    ranked, out = criteria[criteria["ranked"].astype(bool)], criteria[~criteria["ranked"].astype(bool)]
    silent = set(FURTHER_CRITERIA) - {name for text in (weights, order) for name in re.findall(NAME, text)} - set(named)
    ranked = ranked[~ranked["criterion"].isin(silent)]
    ids, names = ranked["option"].unique(), ranked["criterion"].unique()
    value, low, high = (
        ranked.pivot(index="option", columns="criterion", values=column).reindex(ids, columns=names).astype(float)
        for column in ("value", "low", "high")
    )
    some = value.columns[value.notna().any()]
    better = ranked.drop_duplicates("criterion").set_index("criterion")["objective"]
    return Matrix(
        value[some],
        low[some],
        high[some],
        objectives={name: better[name] for name in some},
        names=dict(zip(ranked["option"], ranked["name"], strict=True)),
        left_out=out[out["criterion"] == "cost"][["option", "name", "reason", "kind"]].reset_index(drop=True),
        kinds=dict(zip(ranked["option"], ranked["kind"], strict=True)),
        floors=_floors(ranked, some),
        joint=_joint(options, value.index, some),
    )


def _floors(ranked: pd.DataFrame, names: Iterable[str]) -> dict[str, float]:
    """The least value that is told apart, of each criterion on a logarithmic scale."""
    logarithmic = [name for name in names if name in CRITERIA and CRITERIA[name].logarithmic]
    return {name: LEAST_SHARE * float(ranked["population"].max()) for name in logarithmic}


def _joint(options: pd.DataFrame | None, ids: Iterable[str], names: Iterable[str]) -> dict[str, pd.DataFrame]:
    if options is None or not len(ids):
        return {}
    rows = options.set_index("option", drop=False).loc[list(ids)]
    return {
        name: pd.DataFrame(figures, index=rows.index)
        for name, figures in extreme_figures(rows).items()
        if name in names
    }


def moved_together(names: Iterable[str]) -> list[str]:
    """Of the criteria, those that an option's own parameters move.

    Examples
    --------
    >>> moved_together(["readiness", "cost"])
    ['cost']
    """
    return [name for name in names if name in FIGURES]
