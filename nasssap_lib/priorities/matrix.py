"""Options × criteria: values, what they could be, and what is better; made of the long table of criteria."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from nasssap_lib.priorities.acceptability import Spread
from nasssap_lib.terms import FURTHER_CRITERIA

NAME = r"[a-z][a-z0-9_]*"  # of a criterion, in a notebook's parameters


@dataclass(frozen=True)
class Matrix:
    """Options that can be ranked × criteria: values, what they could be, and what is better.

    values, low, high : index option, one column a criterion; values may be NaN, low and high never are
    objectives : by criterion, "max" or "min"
    names : of the options, by id
    left_out : option, name, reason: options that cannot be ranked because they have no cost
    """

    values: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    objectives: dict[str, str]
    names: dict[str, str]
    left_out: pd.DataFrame

    @property
    def spread(self) -> Spread:
        """The ranges as ``priorities.rank_acceptability`` takes them."""
        return Spread(self.low, self.high)

    @property
    def complete(self) -> list[str]:
        """Options without a missing value."""
        return self.values.index[self.values.notna().all(axis=1)].tolist()


def criteria_matrix(criteria: pd.DataFrame, weights: str = "", order: str = "") -> Matrix:
    """Options × criteria from the long table; a criterion on which nothing at all is known is left out.

    Parameters
    ----------
    criteria : result of ``priorities.assess_criteria``
    weights, order : a notebook's parameters; one of ``terms.FURTHER_CRITERIA`` takes part only where one of them names it

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
    >>> matrix.values.shape, matrix.left_out["option"].tolist()
    ((7, 5), ['disability_benefit', 'health_insurance'])
    """
    ranked, out = criteria[criteria["ranked"].astype(bool)], criteria[~criteria["ranked"].astype(bool)]
    silent = set(FURTHER_CRITERIA) - {name for text in (weights, order) for name in re.findall(NAME, text)}
    ranked = ranked[~ranked["criterion"].isin(silent)]
    options, names = ranked["option"].unique(), ranked["criterion"].unique()
    value, low, high = (
        ranked.pivot(index="option", columns="criterion", values=column).reindex(options, columns=names).astype(float)
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
        left_out=out[out["criterion"] == "cost"][["option", "name", "reason"]].reset_index(drop=True),
    )
