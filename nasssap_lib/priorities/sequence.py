"""In which order options could be taken up, how sure that order is, and what would turn it.

A ranking is a sequence, not a choice: the four guarantees are due to all. Missing evidence gives an interval of ranks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from nasssap_lib.priorities.acceptability import rank_acceptability
from nasssap_lib.priorities.decision import TIE, check_objectives, check_weights, scaled
from nasssap_lib.priorities.matrix import Matrix
from nasssap_lib.priorities.rank_intervals import rank_interval
from nasssap_lib.priorities.ranking import rank_options
from nasssap_lib.provenance import join_sources

METHODS = ("topsis", "vikor", "promethee2")
RANKING_COLUMNS = [
    "option", "name", "rank_best", "rank_worst", "score_low", "score_high", "decisive", "surely_behind", "other_method", "rank_other",
    "source", "reason",
]  # fmt: skip
SEQUENCE_COLUMNS = [
    "step", "latest", "option", "name", "guarantee", "rank_best", "rank_worst", "first", "decisive", "source", "reason",
]  # fmt: skip


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
    criteria : result of ``priorities.assess_criteria``; gives the sources
    method : another method, as a check: topsis, vikor or promethee2; it ranks only options whose evidence is complete

    Returns
    -------
    table with the columns of ``RANKING_COLUMNS``: rank_best, rank_worst, score_low, score_high (0–1), decisive (missing values
        that can change the rank), surely_behind (";" list of the options that are ahead whatever the missing values are), rank_other
        (rank by the other method among the complete options; NaN for the rest); first those that are ranked, then those that are
        not, with the reason

    Examples
    --------
    >>> from nasssap_lib import costing, priorities
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> criteria = priorities.assess_criteria(pack, costing.assess_options(pack))
    >>> matrix = priorities.criteria_matrix(criteria)
    >>> rank_sequence(matrix, priorities.read_weights("", matrix.values), criteria)["reason"].iat[-1]
    'no_insured_share'
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


def accept_ranks(
    matrix: Matrix, criteria: pd.DataFrame, draws: int = 10_000, seed: int = 0, order: Sequence[str] = ()
) -> pd.DataFrame:
    """Share of all admissible views that give each option each rank, whatever the weights, within the ranges of all values.

    Parameters
    ----------
    matrix : options × criteria; the ranges of known values and what missing ones could be are drawn uniformly
    criteria : result of ``priorities.assess_criteria``; gives the sources
    draws, seed : of the views
    order : criteria from the most important on; only weights that respect it are admissible, those not named weighing at most as
        much as the last of them; empty: all weights are

    Returns
    -------
    table : option, name, rank_1 … rank_n (shares of the views, 0–1), confidence (share in which the option is first under the
        weights that suit it best; NaN where it never is), views (which weights are admissible: criteria with " > " between them, the most
        important first; "" for all), source, reason; options that cannot be ranked come last, with NaN

    Notes
    -----
    Weights are uniform over all that add up to 1 and respect the order: without one, nobody's opinion is asked. Ranges are drawn
    independently of each other, although a higher take-up moves cost and persons together.

    Examples
    --------
    >>> from nasssap_lib import costing, priorities
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> criteria = priorities.assess_criteria(pack, costing.assess_options(pack))
    >>> found = accept_ranks(priorities.criteria_matrix(criteria), criteria, draws=100)
    >>> round(float(found.filter(like="rank_").iloc[0].sum()), 6)
    1.0
    """
    source = criteria.groupby("option", sort=False)["source"].agg(lambda names: join_sources(*names))
    left_out = matrix.left_out.assign(source=matrix.left_out["option"].map(source))
    if matrix.values.empty:
        return left_out.assign(confidence=np.nan, views="")
    rule = {"weights": "ordered", "order": list(order)} if order else {}
    found = rank_acceptability(matrix.values, matrix.objectives, draws, spread=matrix.spread, seed=seed, **rule).table
    found = found.assign(name=found["option"].map(matrix.names), source=found["option"].map(source), reason="")
    ranks = [name for name in found if name.startswith("rank_")]
    found = found.sort_values(ranks, ascending=False, kind="stable")
    table = pd.concat([found, left_out], ignore_index=True).assign(views=" > ".join(order))
    return table[["option", "name", *ranks, "confidence", "views", "source", "reason"]]


def propose_sequence(ranking: pd.DataFrame, acceptance: pd.DataFrame, options: pd.DataFrame) -> pd.DataFrame:
    """The order in steps: an option stands one step behind the last of those that are ahead of it whatever is missing.

    Parameters
    ----------
    ranking : result of :func:`rank_sequence`
    acceptance : result of :func:`accept_ranks`
    options : result of ``costing.assess_options``; gives the guarantees

    Returns
    -------
    table with the columns of ``SEQUENCE_COLUMNS``: step (1, 2, …; NaN for an option that cannot be ranked), latest (the step that it
        would have if everything missing of it were as bad as it could be), first (share of all admissible views in which the
        option comes first, 0–1), decisive (missing values that matter to its place), reason

    Notes
    -----
    Within one step no option is surely ahead of another. Of two options in different steps the earlier need not be surely ahead of
    the later: ``latest`` says how far missing values could move it. Steps are the levels of the order "is ahead of, whatever the
    missing values are" (Fishburn 1985, *Interval Orders and Interval Graphs*).

    Examples
    --------
    >>> ranking = pd.DataFrame({"option": ["a", "b", "c"], "name": list("ABC"), "rank_best": [1, 1, 2], "rank_worst": [3, 2, 3],
    ...     "score_low": [0.1, 0.7, 0.3], "score_high": [0.9, 0.7, 0.3], "decisive": "", "surely_behind": ["", "", "b"], "source": "S",
    ...     "reason": ""})
    >>> acceptance = pd.DataFrame({"option": ["a", "b", "c"], "rank_1": [0.6, 0.4, 0.0]})
    >>> options = pd.DataFrame({"option": ["a", "b", "c"], "guarantee": "health"})
    >>> propose_sequence(ranking, acceptance, options)[["option", "step", "latest"]].values.tolist()
    [['a', 1.0, 3.0], ['b', 1.0, 1.0], ['c', 2.0, 2.0]]
    """
    table = ranking.reindex(columns=[*dict.fromkeys([*RANKING_COLUMNS, *ranking])])
    step = _steps(table[table["rank_best"].notna()])
    first = acceptance.set_index("option").reindex(columns=["rank_1"])["rank_1"]
    guarantee = options.set_index("option")["guarantee"]
    table = table.assign(
        step=table["option"].map(step).astype(float),
        latest=_latest(table, step).astype(float),
        first=table["option"].map(first),
        guarantee=table["option"].map(guarantee),
    )
    return table.sort_values("step", kind="stable", ignore_index=True).reindex(columns=SEQUENCE_COLUMNS)


def _steps(ranked: pd.DataFrame) -> dict[str, int]:
    """One more than the highest step among those that are surely ahead; they have fewer ahead of them, so they come before."""
    step: dict[str, int] = {}
    for row in ranked.sort_values("surely_behind", key=lambda names: names.map(_count), kind="stable").itertuples():
        step[row.option] = 1 + max((step[name] for name in row.surely_behind.split(";") if name), default=0)
    return step


def _count(names: str) -> int:
    return len(names.split(";")) if names else 0


def _latest(table: pd.DataFrame, step: dict[str, int]) -> pd.Series:
    """The step behind all those whose lowest score is above the option's own lowest."""
    low = table.set_index("option")["score_low"]
    above = {name: [step[other] for other in step if low[other] > low[name] + TIE] for name in step}
    return table["option"].map({name: max(step[name], 1 + max(above[name], default=0)) for name in step})
