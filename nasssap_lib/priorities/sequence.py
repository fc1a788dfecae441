"""In which order options could be taken up, how sure that order is, and what would turn it.

A ranking is a sequence, not a choice: the four guarantees are due to all. Missing evidence gives an interval of ranks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from nasssap_lib.costing.draws import draw_figures
from nasssap_lib.priorities.acceptability import Acceptability, acceptability_of_draws, draw_weights
from nasssap_lib.priorities.decision import check_objectives, check_weights, ranked, scaled
from nasssap_lib.priorities.matrix import Matrix, moved_together
from nasssap_lib.priorities.rank_intervals import rank_interval
from nasssap_lib.priorities.rank_ranges import beaten_whatever, rank_ranges, scale_of
from nasssap_lib.priorities.ranking import rank_options
from nasssap_lib.provenance import join_sources
from nasssap_lib.terms import CRITERIA, ORDINAL_STEPS
from nasssap_lib.ties import TIE, Floats, settled, spans

METHODS = ("topsis", "vikor", "promethee2")
RANKING_COLUMNS = [
    "kind", "option", "name", "rank_best", "rank_worst", "rank", "score_low", "score", "score_high", "decisive", "surely_behind",
    "other_method", "rank_other", "source", "reason",
]  # fmt: skip
SEQUENCE_COLUMNS = [
    "kind", "step", "latest", "option", "name", "guarantee", "rank_best", "rank_worst", "first", "decisive", "source", "reason",
]  # fmt: skip
HOLDS_COLUMNS = [
    "kind", "option", "name", "beaten_by", "rank_best", "rank_worst", "place_best", "place_worst", "first", "views", "source", "reason",
]  # fmt: skip
NINE_OF_TEN = (0.05, 0.95)  # shares of the views between which a place lies in nine of ten
SCORE_COLUMNS = ["kind", "option", "name", "criterion", "weight", "value", "low", "high", "missing"]


def score_options(matrix: Matrix, weights: Mapping[str, float]) -> pd.DataFrame:
    """What each criterion contributes to each option's weighted sum, at the central values.

    Parameters
    ----------
    matrix : options × criteria; each list is scored by itself
    weights : by criterion, brought to a sum of 1

    Returns
    -------
    table : kind, option, name, criterion, weight (share of 1), value (in the criterion's unit), low, high (contribution, 0 to weight;
        equal where the value is known), missing (True where it is not)

    Notes
    -----
    Each criterion is put on 0 (worst) … 1 (best) between the lowest and the highest central value, and what a missing one could
    have; with a complete matrix this is ``priorities.rank_options``.

    Examples
    --------
    >>> values = pd.DataFrame({"cost": [0.01, 0.03]}, index=["a", "b"])
    >>> matrix = Matrix(values, values, values, {"cost": "min"}, {"a": "A", "b": "B"}, pd.DataFrame())
    >>> score_options(matrix, {"cost": 1})["high"].tolist()
    [1.0, 0.0]
    """
    parts = [_scores(part, weights) for part in matrix.lists if len(part.values)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=SCORE_COLUMNS)


def _scores(matrix: Matrix, weights: Mapping[str, float]) -> pd.DataFrame:
    absent = matrix.values.isna()
    filled = [matrix.scaled(matrix.values.where(~absent, end)) for end in (matrix.low, matrix.high)]
    w, sign = (
        check(given, matrix.values.columns)
        for check, given in ((check_weights, weights), (check_objectives, matrix.objectives))
    )
    parts = np.sort([w * scaled(end.to_numpy(), *scale_of(matrix), sign) for end in filled], axis=0)
    low, high = (pd.DataFrame(part, absent.index, absent.columns).stack() for part in parts)
    table = pd.DataFrame({"low": low, "high": high, "missing": absent.stack()})
    table["value"] = matrix.values.stack(future_stack=True).reindex(table.index)
    table = table.rename_axis(["option", "criterion"]).reset_index()
    share = dict(zip(absent.columns, w, strict=True))
    table = table.assign(name=table["option"].map(matrix.names), weight=table["criterion"].map(share), kind=matrix.kind)
    return table[SCORE_COLUMNS]


def rank_sequence(
    matrix: Matrix, weights: Mapping[str, float], criteria: pd.DataFrame, method: str = "topsis"
) -> pd.DataFrame:
    """The order of the options in the weighted sum, each list by itself: intervals of ranks within all ranges.

    Parameters
    ----------
    matrix : options × criteria
    weights : by criterion
    criteria : result of ``priorities.assess_criteria``; gives the sources
    method : another method, as a check: topsis, vikor or promethee2; it ranks only options whose evidence is complete

    Returns
    -------
    table with the columns of ``RANKING_COLUMNS``: kind: the list; rank_best, rank_worst, score_low, score, score_high, decisive,
        surely_behind: see ``rank_ranges.rank_ranges``; rank: at the central values, among the options whose evidence is complete, and
        rank_other by the other method (NaN for the rest); in each list first those that are ranked, then those that are not, with
        the reason

    Examples
    --------
    >>> from nasssap_lib import costing, priorities
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> options = costing.assess_options(pack)
    >>> criteria = priorities.assess_criteria(pack, options)
    >>> matrix = priorities.criteria_matrix(criteria, options=options)
    >>> rank_sequence(matrix, priorities.read_weights("", matrix.values), criteria).query("reason != ''")["reason"].iat[0]
    'no_disability_prevalence; no_rate'
    """
    source = criteria.groupby("option", sort=False)["source"].agg(lambda names: join_sources(*names))
    parts = [_ranked_list(part, weights, method) for part in matrix.lists]
    parts += _left_out_of(matrix)
    table = pd.concat(parts, ignore_index=True)
    table = table.assign(other_method=method, source=table["option"].map(source))
    return table.reindex(columns=RANKING_COLUMNS)


def _left_out_of(matrix: Matrix) -> list[pd.DataFrame]:
    """Options that cannot be ranked, of lists in which none can be."""
    out = matrix.left_out
    if len(matrix.lists) < 2 or "kind" not in out:
        return []
    rest = out[~out["kind"].isin(set(matrix.kinds.values()))]
    return [rest] if len(rest) else []


def _ranked_list(matrix: Matrix, weights: Mapping[str, float], method: str) -> pd.DataFrame:
    table = matrix.left_out
    if len(matrix.values):
        ranks = rank_ranges(matrix, weights).set_index("option").join(_other_ranks(matrix, weights, method))
        complete = ranks["score"].dropna()
        ranks["rank"] = pd.Series(ranked(complete.to_numpy(float)), index=complete.index, dtype=float)
        ranks = ranks.assign(name=ranks.index.map(matrix.names), reason="", kind=matrix.kind)
        ranks["middle"] = ranks["score"].fillna((ranks["score_low"] + ranks["score_high"]) / 2)
        order = ["rank_best", "rank_worst", "middle"]  # what is sure first; then where the middle of its range lies
        ranks = ranks.sort_values(order, ascending=[True, True, False], kind="stable", key=settled).reset_index()
        table = pd.concat([ranks, table], ignore_index=True)
    return table


def _other_ranks(matrix: Matrix, weights: Mapping[str, float], method: str) -> pd.Series:
    complete = matrix.scaled(matrix.values).loc[matrix.complete]
    if len(complete) < 2:
        return pd.Series(dtype=float, name="rank_other")
    return (
        rank_options(complete, weights, matrix.objectives, method)
        .table.set_index("option")["rank"]
        .rename("rank_other")
    )


def what_holds(matrix: Matrix, acceptance: pd.DataFrame) -> pd.DataFrame:
    """What no weights overturn: which options no other one beats, where each can stand, and in how many views it comes first.

    Parameters
    ----------
    matrix : options × criteria
    acceptance : result of :func:`accept_ranks`

    Returns
    -------
    table with the columns of ``HOLDS_COLUMNS``, each list by itself, the option that is first in most views before the others:
        beaten_by: ";" list of options that are at least as good on every criterion and better on one, at the central values;
        rank_best, rank_worst: whatever weights, parameters and missing figures are; place_best, place_worst: in nine of ten views;
        first: share of the views, 0–1; views: which are admissible, as there; NaN with the reason for an option that cannot be ranked

    Examples
    --------
    >>> from nasssap_lib import costing, priorities
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> options = costing.assess_options(pack)
    >>> criteria = priorities.assess_criteria(pack, options)
    >>> matrix = priorities.criteria_matrix(criteria, options=options)
    >>> found = what_holds(matrix, accept_ranks(matrix, criteria, 200, options=options))
    >>> sorted(found.query("kind == 'subsidy'")["option"])
    ['health_insurance', 'informal_pension', 'injury_extension']
    """
    if acceptance.empty:
        return pd.DataFrame(columns=HOLDS_COLUMNS)
    places = pd.concat([beaten_whatever(part) for part in matrix.lists], ignore_index=True).set_index("option")
    table = acceptance.reindex(columns=[*dict.fromkeys([*acceptance, "rank_1"])]).rename(columns={"rank_1": "first"})
    table = table.join(places, on="option").join(_usual_places(acceptance))
    table["beaten_by"] = table["beaten_by"].astype(object).where(table["beaten_by"].notna(), "")
    return table[HOLDS_COLUMNS]


def _usual_places(acceptance: pd.DataFrame) -> pd.DataFrame:
    """Between which places an option stands in nine of ten views."""
    ranks = [name for name in acceptance if name.startswith("rank_")]
    below = acceptance[ranks].fillna(0.0).cumsum(axis=1).to_numpy(float)
    known = acceptance[ranks].notna().any(axis=1).to_numpy() if ranks else np.zeros(len(acceptance), dtype=bool)
    best, worst = (1.0 + (below < share - TIE).sum(axis=1) for share in NINE_OF_TEN)
    places = {"place_best": np.where(known, best, np.nan), "place_worst": np.where(known, worst, np.nan)}
    return pd.DataFrame(places, index=acceptance.index)


def leaders(matrix: Matrix, weights: Mapping[str, float]) -> list[str]:
    """Options that can come first at the central values, of one list: one where these decide, several where missing ones leave it open.

    Examples
    --------
    >>> values = pd.DataFrame({"cost": [0.01, 0.03]}, index=["a", "b"])
    >>> leaders(Matrix(values, values, values, {"cost": "min"}, {"a": "A", "b": "B"}, pd.DataFrame()), {"cost": 1})
    ['a']
    """
    if matrix.values.empty:
        return []
    tables = [matrix.scaled(table) for table in (matrix.values, matrix.low, matrix.high)]
    ranks = rank_interval(tables[0], weights, matrix.objectives, (tables[1], tables[2]))
    return ranks.loc[ranks["rank_best"] == 1, "option"].tolist()


def accept_ranks(
    matrix: Matrix,
    criteria: pd.DataFrame,
    draws: int = 10_000,
    seed: int = 0,
    order: Sequence[str] = (),
    options: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Share of all admissible views that give each option each rank in its list, whatever the weights, within the ranges of all values.

    Parameters
    ----------
    matrix : options × criteria
    criteria : result of ``priorities.assess_criteria``; gives the sources
    draws, seed : of the views
    order : criteria from the most important on; only weights that respect it are admissible, those not named weighing at most as
        much as the last of them; empty: all weights are
    options : result of ``costing.assess_options``; with it take-up, level, administration and coverage are drawn, and what they
        move follows; without it each value is drawn evenly within its own range

    Returns
    -------
    table : kind, option, name, rank_1 … rank_n (shares of the views, 0–1), confidence (share in which the option is first under the
        weights that suit it best; NaN where it never is), views (which weights are admissible: criteria with " > " between them, the most
        important first; "" for all), source, reason; each list by itself, options that cannot be ranked come last, with NaN

    Notes
    -----
    Weights are uniform over all that add up to 1 and respect the order: without one, nobody's opinion is asked. One set of draws
    serves all criteria (:func:`costing.draws.draw_figures`). Missing figures, and judgements, are drawn evenly within what they
    could be. An ordinal criterion says which of two is higher and not by how much: its steps are drawn too, evenly among all that rise.

    Examples
    --------
    >>> from nasssap_lib import costing, priorities
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> options = costing.assess_options(pack)
    >>> criteria = priorities.assess_criteria(pack, options)
    >>> found = accept_ranks(priorities.criteria_matrix(criteria, options=options), criteria, 100, options=options)
    >>> round(float(found.filter(like="rank_").iloc[0].sum()), 6)
    1.0
    """
    source = criteria.groupby("option", sort=False)["source"].agg(lambda names: join_sources(*names))
    lists = [part for part in matrix.lists if len(part.values)]
    parts = [_accepted(part, options, draws, seed, order) for part in lists]
    out = matrix.left_out.assign(confidence=np.nan)
    table = _by_list([*parts, *([out] if len(out) else [])])
    table = table.assign(source=table["option"].map(source), views=" > ".join(order))
    ranks = sorted(
        (name for name in table if name.startswith("rank_")), key=lambda name: int(name.removeprefix("rank_"))
    )
    return table.reindex(columns=["kind", "option", "name", *ranks, "confidence", "views", "source", "reason"])


def _by_list(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Tables one below the other, what belongs to one list together."""
    if not parts:
        return pd.DataFrame(columns=["kind", "option", "name", "confidence", "reason"])
    table = pd.concat(parts, ignore_index=True)
    if "kind" not in table:
        return table.assign(kind="")
    order = {kind: place for place, kind in enumerate(table["kind"].unique())}
    return table.sort_values("kind", key=lambda kinds: kinds.map(order), kind="stable", ignore_index=True)


def _accepted(
    matrix: Matrix, options: pd.DataFrame | None, draws: int, seed: int, order: Sequence[str]
) -> pd.DataFrame:
    found = _acceptability(matrix, options, draws, seed, order).table
    ranks = [name for name in found if name.startswith("rank_")]
    found = found.assign(name=found["option"].map(matrix.names), reason="", kind=matrix.kind)
    return found.sort_values(ranks, ascending=False, kind="stable")


def _acceptability(
    matrix: Matrix, options: pd.DataFrame | None, draws: int = 10_000, seed: int = 0, order: Sequence[str] = ()
) -> Acceptability:
    """The views of :func:`accept_ranks` for one list of options.

    Parameters
    ----------
    matrix, options, draws, seed, order : as in :func:`accept_ranks`; the matrix of one list
    """
    names, low_high = list(matrix.values.columns), scale_of(matrix)
    sign = check_objectives(matrix.objectives, names)
    values = np.stack(list(_drawn(matrix, options, draws, seed).values()), axis=-1)
    wide = np.where(spans(*low_high), low_high[1] - low_high[0], np.inf)
    worst = np.where(sign > 0, *low_high)
    on_scale = sign * (values - worst) / wide
    return acceptability_of_draws(on_scale, draw_weights(names, order, draws, seed), list(matrix.values.index), names)


def _drawn(matrix: Matrix, options: pd.DataFrame | None, draws: int, seed: int) -> dict[str, Floats]:
    """Values of each criterion, draws × options, on its scale."""
    rng, size = np.random.default_rng([seed, 2]), (draws, len(matrix.values))
    together: dict[str, Floats] = {}
    if options is not None and moved_together(matrix.values):
        rows = options.set_index("option", drop=False).loc[list(matrix.values.index)]
        together = draw_figures(rows, draws, seed)
    found = {}
    for name in matrix.values:
        if name in together:
            values = together[name]
        else:
            low, high = (table[name].to_numpy(float) for table in (matrix.low, matrix.high))
            values = low + rng.random(size) * (high - low)
        found[name] = matrix.on_scale(name, values)
        if name in CRITERIA and CRITERIA[name].ordinal:
            found[name] = _any_steps(found[name], rng)
    return found


def _any_steps(values: Floats, rng: np.random.Generator) -> Floats:
    """Shares of three with the two steps between 0 and 1 anywhere, as long as they rise: an order says nothing of distances."""
    inner = np.sort(rng.random((len(values), ORDINAL_STEPS - 1)), axis=1)
    steps = np.hstack([np.zeros((len(values), 1)), inner, np.ones((len(values), 1))])
    place = np.clip(np.rint(values * ORDINAL_STEPS), 0, ORDINAL_STEPS).astype(int)
    return np.take_along_axis(steps, place, axis=1)


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
    table["kind"] = table["kind"].astype(object).where(table["kind"].notna(), "")
    step = _steps(table[table["rank_best"].notna()])
    kinds = {kind: place for place, kind in enumerate(table["kind"].unique())}
    first = acceptance.set_index("option").reindex(columns=["rank_1"])["rank_1"]
    guarantee = options.set_index("option")["guarantee"]
    table = table.assign(
        step=table["option"].map(step).astype(float),
        latest=_latest(table, step).astype(float),
        first=table["option"].map(first),
        guarantee=table["option"].map(guarantee),
    )
    table = table.assign(list=table["kind"].map(kinds))
    return table.sort_values(["list", "step"], kind="stable", ignore_index=True).reindex(columns=SEQUENCE_COLUMNS)


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
    low, kind = (table.set_index("option")[name] for name in ("score_low", "kind"))
    above = {
        name: [step[other] for other in step if low[other] > low[name] + TIE and kind[other] == kind[name]]
        for name in step
    }
    return table["option"].map({name: max(step[name], 1 + max(above[name], default=0)) for name in step})
