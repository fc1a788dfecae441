"""Sentences on criteria, ranks, and the order in which options could be taken up."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from nasssap_lib.criteria import Matrix
from nasssap_lib.language import format_share
from nasssap_lib.sentences.options import quoted
from nasssap_lib.sentences.words import join_words

NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}


def criteria_sentence(criteria: pd.DataFrame) -> str:
    """How many values are known, and for which options some are missing.

    Parameters
    ----------
    criteria : result of ``criteria.assess_criteria``
    """
    if criteria.empty:
        return "No option, no criterion: there is nothing to rank."
    ranked = criteria[criteria["ranked"].astype(bool)]
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
    return text + (
        f" Scores that people gave: {join_words(list(judged))}." if len(judged) else " No score was given by anybody."
    )


def _cells(missing: pd.DataFrame) -> str:
    by_label = missing.groupby("label", sort=False)["name"].agg(lambda names: join_words(quoted(names)))
    return "; ".join(f"{label.lower()} of {names}" for label, names in by_label.items())


def weights_sentence(weights: Mapping[str, float], criteria: pd.DataFrame, language: str = "en") -> str:
    """The weights in words.

    Parameters
    ----------
    weights : by criterion, result of ``criteria.read_weights``
    criteria : result of ``criteria.assess_criteria``
    """
    if not weights:
        return "There is nothing to weigh."
    label = criteria.drop_duplicates("criterion").set_index("criterion")["label"]
    if len(set(weights.values())) == 1:
        return f"All {len(weights)} criteria weigh the same: a starting point, nobody's opinion."
    used = {name: value / sum(weights.values()) for name, value in weights.items() if value > 0}
    parts = [f"{label[name].lower()} {format_share(share, 0, language)}" for name, share in used.items()]
    return f"Weights: {join_words(parts)}" + ("; the other criteria are not used." if len(used) < len(weights) else ".")


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


def changes_sentence(changes: pd.DataFrame, matrix: Matrix, criteria: pd.DataFrame, language: str = "en") -> str:
    """What would put another option first: the smallest change of a weight, levels and take-up, missing figures.

    Parameters
    ----------
    changes : result of ``overturning.what_changes_leader``
    matrix : options × criteria
    criteria : result of ``criteria.assess_criteria``
    """
    if matrix.values.empty:
        return "Nothing is ranked, so nothing can be turned."
    label = criteria.drop_duplicates("criterion").set_index("criterion")["label"]
    by_kind = dict(list(changes.groupby("kind", sort=False)))
    parts = [_weight_words(by_kind.get("weight"), matrix, label, language)]
    moved = [len(by_kind.get(kind, ())) for kind in ("level", "take_up")]
    parts.append(
        f"Within their ranges, {moved[0]} other benefit levels and {moved[1]} other rates of take-up would change who can come first."
        if any(moved) else "No other benefit level and no other take-up within their ranges would change who can come first."
    )  # fmt: skip
    if "missing" in by_kind:
        cells = [
            f"{label[row.criterion].lower()} of “{matrix.names[row.option]}”" for row in by_kind["missing"].itertuples()
        ]
        parts.append(f"Missing figures that alone narrow down who comes first: {join_words(cells)}.")
    return " ".join(parts)


def _weight_words(rows: pd.DataFrame | None, matrix: Matrix, label: pd.Series, language: str) -> str:
    if rows is None or rows.empty:
        return "No weight of a single criterion would put another option first, as far as the evidence is complete."
    row = rows.loc[(rows["needed"] - rows["now"]).abs().idxmin()]
    now, needed = format_share(row["now"], 0, language), format_share(row["needed"], 0, language)
    leader = join_words(quoted(matrix.names[name] for name in row["leaders"].split(";")))
    return (
        f"Among the options with complete evidence {leader} leads; “{matrix.names[row['new_leader']]}” takes over when the weight of "
        f"{label[row['criterion']].lower()} goes from {now} to {needed}."
    )


def acceptability_title(acceptance: pd.DataFrame, place: str, language: str = "en") -> str:
    """Title of the heatmap: in how many of all views the strongest option comes first.

    Parameters
    ----------
    acceptance : result of ``sequence.accept_ranks``
    place : name of the country
    """
    if "rank_1" not in acceptance or acceptance["rank_1"].isna().all():
        return f"{place}: no option can be ranked yet"
    row = acceptance.loc[acceptance["rank_1"].idxmax()]
    share = format_share(row["rank_1"], 0, language)
    tail = "" if row["rank_1"] > 0.5 else ", no other more often"
    return f"{place}: {row['name']} is first in {share} of all views{tail}"


def acceptability_sentence(acceptance: pd.DataFrame, language: str = "en") -> str:
    """Which options are first under some weights, and which hardly ever."""
    if "rank_1" not in acceptance or acceptance["rank_1"].isna().all():
        return "No option can be ranked, whatever the weights."
    known = acceptance[acceptance["rank_1"].notna()]
    often = known[known["rank_1"] >= 0.1]
    never = known[known["rank_1"] < 0.01]
    parts = [
        f"“{row.name_}” in {format_share(row.rank_1, 0, language)}"
        for row in often.rename(columns={"name": "name_"}).itertuples()
    ]
    text = f"Over all weights, and within the ranges of all values, first comes {join_words(parts)} of the views."
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
    text += " Within one step the evidence does not separate the options." if many > 1 else ""
    waiting = steps.loc[steps["step"].isna(), "name"]
    text += f" Waiting for a figure, not behind the others: {join_words(quoted(waiting))}." if len(waiting) else ""
    return f"{text} This is a sequence, not a choice: the four guarantees are due to all."
