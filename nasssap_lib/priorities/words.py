"""Sentences on criteria, ranks, and the order in which options could be taken up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from nasssap_lib.costing.words import quoted
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.words import join_words, small_first
from nasssap_lib.priorities.criteria import FURTHER
from nasssap_lib.priorities.weights import mean_weights

NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}


def criteria_sentence(criteria: pd.DataFrame) -> str:
    """How many values are known, and for which options some are missing.

    Parameters
    ----------
    criteria : result of ``criteria.assess_criteria``
    """
    if criteria.empty:
        return "No option, no criterion: there is nothing to rank."
    known = criteria.groupby("criterion")["value"].transform(lambda values: values.notna().any())
    ranked = criteria[criteria["ranked"].astype(bool) & known]
    missing = ranked[ranked["value"].isna()]
    out = criteria.loc[~criteria["ranked"].astype(bool), "name"].unique()
    text = f"{len(ranked) - len(missing)} of {len(ranked)} values are known for the options that can be costed."
    if len(missing):
        text += (
            f" Missing: {_cells(missing)}."
            if len(missing) <= 4
            else " What is missing, and what it could be, stands in the table."
        )
    text += f" Not ranked, because it cannot be costed: {join_words(quoted(out))}." if len(out) else ""
    judged = criteria.loc[criteria["label"].str.endswith("(judged)"), "label"].unique()
    text += (
        f" Scores that people gave: {join_words(list(judged))}." if len(judged) else " No score was given by anybody."
    )
    return text + _further_words(criteria, known)


def _further_words(criteria: pd.DataFrame, known: pd.Series) -> str:
    """What is said of criteria on which nothing is known, and of further ones that take part only where they are named."""
    silent = criteria[~known].drop_duplicates("criterion")
    words = [f"{small_first(row.label)} ({row.reason})" for row in silent.itertuples()]
    text = f" Known for no option, and therefore not weighed: {join_words(words)}." if words else ""
    beside = criteria[known & criteria["criterion"].isin(FURTHER)].drop_duplicates("criterion")["label"]
    text += (
        f" Shown beside them, and weighed only where weights or order name it: {join_words(list(beside))}."
        if len(beside)
        else ""
    )
    return text


def _cells(missing: pd.DataFrame) -> str:
    by_label = missing.groupby("label", sort=False)["name"].agg(lambda names: join_words(quoted(names)))
    return "; ".join(f"{small_first(label)} of {names}" for label, names in by_label.items())


def weights_sentence(weights: Mapping[str, float], criteria: pd.DataFrame, order: Sequence[str] = ()) -> str:
    """The weights in words, and what a stated order has to do with them.

    Parameters
    ----------
    weights : by criterion, result of ``stated_weights.read_weights``
    criteria : result of ``criteria.assess_criteria``
    order : result of ``stated_weights.read_order``
    """
    if not weights:
        return "There is nothing to weigh."
    label = criteria.drop_duplicates("criterion").set_index("criterion")["label"]
    words = order_words(label[list(order)], len(order) < len(weights))
    if order and dict(weights) == mean_weights(order, list(weights)):
        shares = _weight_words(weights, label)
        return f"The criteria weigh as the mean of all weights that respect the order {words}: {shares}."
    tail = f" The stated order, {words}, restricts the views over all weights, not these weights." if order else ""
    if len(set(weights.values())) == 1:
        return f"All {len(weights)} criteria weigh the same: a starting point, nobody's opinion.{tail}"
    unused = "; the other criteria are not used" if min(weights.values()) == 0 else ""
    return f"Weights: {_weight_words(weights, label)}{unused}.{tail}"


def _weight_words(weights: Mapping[str, float], label: pd.Series) -> str:
    """Shares of the criteria that weigh anything, the largest first."""
    used = {name: value / sum(weights.values()) for name, value in weights.items() if value > 0}
    falling = sorted(used, key=used.get, reverse=True)
    return join_words([f"{small_first(label[name])} {format_share(used[name], 0)}" for name in falling])


def order_words(labels: Sequence[str], others: bool = True) -> str:
    """A stated order of criteria in words; ``others``: whether there are criteria that it does not name.

    Examples
    --------
    >>> order_words(["Equity", "Cost"]), order_words(["Equity", "Cost"], False)
    ('“Equity” before “Cost” before all others', '“Equity” before “Cost”')
    """
    return " before ".join([*quoted(labels), *["all others"] * others])


def ranking_title(ranking: pd.DataFrame, place: str) -> str:
    """Title of the contributions: who comes first, or that missing evidence leaves it open.

    Parameters
    ----------
    ranking : result of ``sequence.rank_sequence``
    place : name of the country
    """
    first = ranking[ranking["rank_best"] == 1]
    if first.empty:
        return f"{place}: no option can be ranked yet"
    if len(first) == 1 or (first["rank_worst"] == 1).all():
        open_ones = (ranking["rank_best"] != ranking["rank_worst"]) & ranking["rank_best"].notna()
        tail = " with these weights" + (", whatever the missing figures are" if open_ones.any() else "")
        verb = "comes" if len(first) == 1 else "come"
        return f"{place}: {join_words(list(first['name']))} {verb} first{tail}"
    if len(first) == 2:
        return f"{place}: a missing figure decides whether {first['name'].iat[0]} or {first['name'].iat[1]} comes first"
    return f"{place}: missing figures leave open which of {NUMBERS.get(len(first), len(first)).lower()} options comes first"


def acceptability_title(acceptance: pd.DataFrame, place: str) -> str:
    """Title of the heatmap: in how many of all admissible views the strongest option comes first.

    Parameters
    ----------
    acceptance : result of ``sequence.accept_ranks``
    place : name of the country
    """
    if "rank_1" not in acceptance or acceptance["rank_1"].isna().all():
        return f"{place}: no option can be ranked yet"
    row = acceptance.loc[acceptance["rank_1"].idxmax()]
    share = format_share(row["rank_1"], 0)
    tail = "" if row["rank_1"] > 0.5 else ", no other more often"
    return f"{place}: {row['name']} is first in {share} of {views_words(acceptance)}{tail}"


def views_words(acceptance: pd.DataFrame) -> str:
    """The words "all views", or "admissible views" where an order of criteria was stated."""
    return "admissible views" if acceptance["views"].iat[0] else "all views"


def admissible_sentence(acceptance: pd.DataFrame) -> str:
    """Which views are admissible: all, or those whose weights respect a stated order.

    Examples
    --------
    >>> admissible_sentence(pd.DataFrame({"views": ["Equity > Cost"]}))
    'Admissible are all weights in which “Equity” weighs at least as much as “Cost”; what is not named weighs at most as much as “Cost”.'
    """
    labels = acceptance["views"].iat[0].split(" > ") if acceptance["views"].iat[0] else []
    if not labels:
        return "All weights are admissible: nobody's opinion is asked."
    words = quoted(labels)
    rest = f"what is not named weighs at most as much as {words[-1]}"
    if len(words) == 1:
        return f"Admissible are all weights in which {rest}."
    falls = " and ".join(
        f"{first} weighs at least as much as {then}" for first, then in zip(words, words[1:], strict=False)
    )
    return f"Admissible are all weights in which {falls}; {rest}."


def acceptability_sentence(acceptance: pd.DataFrame) -> str:
    """Which options are first under some weights, and which hardly ever."""
    if "rank_1" not in acceptance or acceptance["rank_1"].isna().all():
        return "No option can be ranked, whatever the weights."
    known = acceptance[acceptance["rank_1"].notna()]
    often = known[known["rank_1"] >= 0.1]
    never = known[known["rank_1"] < 0.01]
    parts = [
        f"“{row.name_}” in {format_share(row.rank_1, 0)}"
        for row in often.rename(columns={"name": "name_"}).itertuples()
    ]
    over = "all weights that respect the stated order" if acceptance["views"].iat[0] else "all weights"
    text = f"Over {over}, and within the ranges of all values, first comes {join_words(parts)} of the views."
    text += f" {admissible_sentence(acceptance)}" if acceptance["views"].iat[0] else ""
    return text + (f" Hardly ever first: {join_words(quoted(never['name']))}." if len(never) else "")


def sequence_sentence(steps: pd.DataFrame) -> str:
    """The proposed sequence in words, and what would overturn it.

    Parameters
    ----------
    steps : result of ``sequence.propose_sequence``
    """
    known = steps[steps["step"].notna()]
    if known.empty:
        return "No sequence can be proposed: no option can be ranked yet. The four guarantees are due to all."
    parts = [join_words(quoted(rows["name"])) for _, rows in known.groupby("step")]
    links = ["first ", "then ", *["next "] * 9]
    words = "; ".join(f"{link}{part}" for link, part in zip(links, parts, strict=False))
    many = known.groupby("step").size().max()
    text = f"On the evidence at hand: {words}."
    text += " Within one step no option is ahead of another whatever the missing figures are." if many > 1 else ""
    text += _late_words(known[known["latest"] > known["step"]])
    waiting = steps.loc[steps["step"].isna(), "name"]
    text += f" Waiting for a figure, not behind the others: {join_words(quoted(waiting))}." if len(waiting) else ""
    return f"{text} This is a sequence, not a choice: the four guarantees are due to all."


def _late_words(late: pd.DataFrame) -> str:
    """Which options missing figures could move to a later step, and how far."""
    groups = [f"{join_words(quoted(rows['name']))} step {int(latest)}" for latest, rows in late.groupby("latest")]
    return f" Missing figures could move some to a later step, at the latest: {'; '.join(groups)}." if groups else ""
