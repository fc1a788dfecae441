"""Sentences on criteria, ranks, and the order in which options could be taken up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from nasssap_lib.costing.words import quoted
from nasssap_lib.display.numbers import format_number, format_persons, format_share
from nasssap_lib.display.texts import N_, _, join_clauses, join_sentences, named, ngettext, reason_words
from nasssap_lib.display.words import join_words, small_first
from nasssap_lib.priorities.weights import mean_weights
from nasssap_lib.terms import CRITERIA, CRITERION_UNITS, FURTHER_CRITERIA, judged_name, require_each

NUMBERS = {3: N_("three"), 4: N_("four"), 5: N_("five"), 6: N_("six"), 7: N_("seven"), 8: N_("eight"), 9: N_("nine")}
UNIT_WRITERS = {
    "share": format_share,
    "share_of_gdp": format_share,
    "persons": lambda persons, decimals: format_persons(persons),
    "of_three": lambda share, decimals: _("{number} of 3", number=format_number(share * 3, decimals)),
    "score": format_number,
}
require_each(CRITERION_UNITS, UNIT_WRITERS, "priorities/words.py, writers of terms.CRITERION_UNITS")


def criterion_words(criterion: str) -> str:
    """What a criterion is called in the reader's language; one that people gave scores for is marked.

    Examples
    --------
    >>> criterion_words("cost"), criterion_words("acceptance")
    ('Cost, % of GDP', 'Acceptance (judged)')
    """
    if criterion in CRITERIA:
        return _(CRITERIA[criterion].label)
    return _("{criterion} (judged)", criterion=named(judged_name(criterion)))


def within_sentence(criterion: str) -> str:
    """A criterion inside a sentence.

    Examples
    --------
    >>> within_sentence("cost")
    'cost, % of GDP'
    """
    return small_first(criterion_words(criterion))


def write_value(criterion: str, value: float) -> str:
    """A value in its criterion's own unit.

    Examples
    --------
    >>> write_value("readiness", 0.8), write_value("newly_covered", 1_234_567), write_value("cost", 0.0123)
    ('2.4 of 3', '1.2 million', '1.23\xa0%')
    """
    known = CRITERIA.get(criterion)
    return UNIT_WRITERS[known.unit](value, known.decimals) if known else UNIT_WRITERS["score"](value, 2)


def either(names: Iterable[str]) -> str:
    """Alternatives in words.

    Examples
    --------
    >>> either(["a", "b", "c"]), either(["a"]), either([])
    ('a, b or c', 'a', '')
    """
    names = list(names)
    return _("{all} or {last}", all=", ".join(names[:-1]), last=names[-1]) if len(names) > 1 else "".join(names)


def criteria_sentence(criteria: pd.DataFrame) -> str:
    """How many values are known, and for which options some are missing.

    Parameters
    ----------
    criteria : result of ``priorities.assess_criteria``
    """
    if criteria.empty:
        return _("No option, no criterion: there is nothing to rank.")
    known = criteria.groupby("criterion")["value"].transform(lambda values: values.notna().any())
    ranked = criteria[criteria["ranked"].astype(bool) & known]
    out = criteria.loc[~criteria["ranked"].astype(bool), "name"].unique()
    number = int(ranked["value"].notna().sum())
    sentences = [
        _("{known} of {all} values are known for the options that can be costed.", known=number, all=len(ranked)),
        _missing_words(ranked[ranked["value"].isna()]),
        _("Not ranked, because it cannot be costed: {names}.", names=join_words(quoted(out))) if len(out) else "",
        _judged_words(criteria["criterion"]),
        *_further_words(criteria, known),
    ]
    return join_sentences(sentences)


def _missing_words(missing: pd.DataFrame) -> str:
    """Which values are missing, where they are few."""
    if missing.empty:
        return ""
    if len(missing) > 4:
        return _("What is missing, and what it could be, stands in the table.")
    cells = [
        _("{criterion} of {names}", criterion=within_sentence(criterion), names=join_words(quoted(rows["name"])))
        for criterion, rows in missing.groupby("criterion", sort=False)
    ]
    return _("Missing: {cells}.", cells=join_clauses(cells))


def _judged_words(criteria: pd.Series) -> str:
    judged = [criterion_words(name) for name in criteria.unique() if name not in CRITERIA]
    if not judged:
        return _("No score was given by anybody.")
    return _("Scores that people gave: {criteria}.", criteria=join_words(judged))


def _further_words(criteria: pd.DataFrame, known: pd.Series) -> list[str]:
    """What is said of criteria on which nothing is known, and of further ones that take part only where they are named."""
    silent = criteria[~known].drop_duplicates("criterion")
    reasons = [
        _("{criterion} ({reason})", criterion=within_sentence(row.criterion), reason=reason_words(row.reason))
        for row in silent.itertuples()
    ]
    beside = criteria.loc[known & criteria["criterion"].isin(FURTHER_CRITERIA), "criterion"].unique()
    shown = join_words([criterion_words(name) for name in beside])
    return [
        _("Known for no option, and therefore not weighed: {criteria}.", criteria=join_words(reasons))
        if reasons
        else "",
        _("Shown beside them, and weighed only where weights or order name it: {criteria}.", criteria=shown)
        if shown
        else "",
    ]


def weights_sentence(weights: Mapping[str, float], order: Sequence[str] = ()) -> str:
    """The weights in words, and what a stated order has to do with them.

    Parameters
    ----------
    weights : by criterion, result of ``priorities.read_weights``
    order : result of ``priorities.read_order``
    """
    if not weights:
        return _("There is nothing to weigh.")
    words, shares = order_words(order, len(order) < len(weights)), _weight_words(weights)
    if order and dict(weights) == mean_weights(order, list(weights)):
        return _(
            "The criteria weigh as the mean of all weights that respect the order {order}: {shares}.",
            order=words,
            shares=shares,
        )
    if len(set(weights.values())) == 1:
        text = _("All {n} criteria weigh the same: a starting point, nobody's opinion.", n=len(weights))
    elif min(weights.values()) == 0:
        text = _("Weights: {shares}; the other criteria are not used.", shares=shares)
    else:
        text = _("Weights: {shares}.", shares=shares)
    tail = _("The stated order, {order}, restricts the views over all weights, not these weights.", order=words)
    return join_sentences([text, tail if order else ""])


def _weight_words(weights: Mapping[str, float]) -> str:
    """Shares of the criteria that weigh anything, the largest first."""
    used = {name: value / sum(weights.values()) for name, value in weights.items() if value > 0}
    falling = sorted(used, key=used.get, reverse=True)
    words = [
        _("{criterion} {share}", criterion=within_sentence(name), share=format_share(used[name], 0)) for name in falling
    ]
    return join_words(words)


def order_words(order: Sequence[str], others: bool = True) -> str:
    """A stated order of criteria in words; ``others``: whether there are criteria that it does not name.

    Examples
    --------
    >>> order_words(["equity", "readiness"]), order_words(["cost", "readiness"], False)
    ('“Reach of the poorest fifth” before “Readiness” before all others', '“Cost, % of GDP” before “Readiness”')
    """
    words = ""
    for name in quoted(criterion_words(criterion) for criterion in order):
        words = _("{first} before {next}", first=words, next=name) if words else name
    return _("{first} before all others", first=words) if others and words else words


def ranking_title(ranking: pd.DataFrame, country_name: str) -> str:
    """Title of the contributions: who comes first, or that missing evidence leaves it open.

    Parameters
    ----------
    ranking : result of ``priorities.rank_sequence``
    country_name : name of the country
    """
    first = ranking[ranking["rank_best"] == 1]
    names = [named(name) for name in first["name"]]
    if not names:
        return _("{country}: no option can be ranked yet", country=country_name)
    if len(names) == 1 or (first["rank_worst"] == 1).all():
        return _leading_words(ranking, names, country_name)
    if len(names) == 2:
        return _(
            "{country}: a missing figure decides whether {first} or {second} comes first",
            country=country_name,
            first=names[0],
            second=names[1],
        )
    number = _(NUMBERS[len(names)]) if len(names) in NUMBERS else str(len(names))
    return _("{country}: missing figures leave open which of {n} options comes first", country=country_name, n=number)


def _leading_words(ranking: pd.DataFrame, names: list[str], country_name: str) -> str:
    """Who comes first, and whether missing figures could move others."""
    values = {"country": country_name, "names": join_words(names)}
    if ((ranking["rank_best"] != ranking["rank_worst"]) & ranking["rank_best"].notna()).any():
        return ngettext(
            "{country}: {names} comes first with these weights, whatever the missing figures are",
            "{country}: {names} come first with these weights, whatever the missing figures are",
            len(names),
            **values,
        )
    one, many = "{country}: {names} comes first with these weights", "{country}: {names} come first with these weights"
    return ngettext(one, many, len(names), **values)


def acceptability_title(acceptance: pd.DataFrame, country_name: str) -> str:
    """Title of the heatmap: in how many of all admissible views the strongest option comes first.

    Parameters
    ----------
    acceptance : result of ``priorities.accept_ranks``
    country_name : name of the country
    """
    if "rank_1" not in acceptance or acceptance["rank_1"].isna().all():
        return _("{country}: no option can be ranked yet", country=country_name)
    row = acceptance.loc[acceptance["rank_1"].idxmax()]
    values = {"country": country_name, "name": named(row["name"]), "share": format_share(row["rank_1"], 0)}
    values["views"] = views_words(acceptance)
    if row["rank_1"] > 0.5:
        return _("{country}: {name} is first in {share} of {views}", **values)
    return _("{country}: {name} is first in {share} of {views}, no other more often", **values)


def views_words(acceptance: pd.DataFrame) -> str:
    """The words "all views", or "admissible views" where an order of criteria was stated."""
    return _("admissible views") if acceptance["views"].iat[0] else _("all views")


def stated_order(acceptance: pd.DataFrame) -> list[str]:
    """The criteria of a stated order, the most important first.

    Examples
    --------
    >>> stated_order(pd.DataFrame({"views": ["equity > cost"]})), stated_order(pd.DataFrame({"views": [""]}))
    (['equity', 'cost'], [])
    """
    return [name for name in acceptance["views"].iat[0].split(" > ") if name]


def admissible_sentence(acceptance: pd.DataFrame) -> str:
    """Which views are admissible: all, or those whose weights respect a stated order.

    Examples
    --------
    >>> admissible_sentence(pd.DataFrame({"views": ["equity > readiness"]}))  # doctest: +NORMALIZE_WHITESPACE
    'Admissible are all weights in which “Reach of the poorest fifth” weighs at least as much as “Readiness”; what is not named
    weighs at most as much as “Readiness”.'
    """
    order = quoted(criterion_words(name) for name in stated_order(acceptance))
    if not order:
        return _("All weights are admissible: nobody's opinion is asked.")
    falls = [
        _("{first} weighs at least as much as {next}", first=first, next=after)
        for first, after in zip(order, order[1:], strict=False)
    ]
    rest = _("what is not named weighs at most as much as {last}", last=order[-1])
    return _(
        "Admissible are all weights in which {rules}.", rules=join_clauses([*filter(None, [join_words(falls)]), rest])
    )


def acceptability_sentence(acceptance: pd.DataFrame) -> str:
    """Which options are first under some weights, and which hardly ever."""
    if "rank_1" not in acceptance or acceptance["rank_1"].isna().all():
        return _("No option can be ranked, whatever the weights.")
    known = acceptance[acceptance["rank_1"].notna()]
    often, never = known[known["rank_1"] >= 0.1], known[known["rank_1"] < 0.01]
    pairs = zip(quoted(often["name"]), often["rank_1"], strict=True)
    firsts = join_words([_("{name} in {share}", name=name, share=format_share(share, 0)) for name, share in pairs])
    rarely = _("Hardly ever first: {names}.", names=join_words(quoted(never["name"]))) if len(never) else ""
    if not stated_order(acceptance):
        text = _(
            "Over all weights, and within the ranges of all values, first comes {firsts} of the views.", firsts=firsts
        )
        return join_sentences([text, rarely])
    text = _(
        "Over all weights that respect the stated order, and within the ranges of all values, first comes {firsts} of the views.",
        firsts=firsts,
    )
    return join_sentences([text, admissible_sentence(acceptance), rarely])


def sequence_sentence(steps: pd.DataFrame) -> str:
    """The proposed sequence in words, and what would overturn it.

    Parameters
    ----------
    steps : result of ``priorities.propose_sequence``
    """
    known, waiting = steps[steps["step"].notna()], steps.loc[steps["step"].isna(), "name"]
    if known.empty:
        return _("No sequence can be proposed: no option can be ranked yet. The four guarantees are due to all.")
    parts = [_step_words(number, rows["name"]) for number, (_step, rows) in enumerate(known.groupby("step"))]
    many = known.groupby("step").size().max() > 1
    names = join_words(quoted(waiting))
    sentences = [
        _("On the evidence at hand: {steps}.", steps=join_clauses(parts)),
        _("Within one step no option is ahead of another whatever the missing figures are.") if many else "",
        _late_words(known[known["latest"] > known["step"]]),
        _("Waiting for a figure, not behind the others: {names}.", names=names) if len(waiting) else "",
        _("This is a sequence, not a choice: the four guarantees are due to all."),
    ]
    return join_sentences(sentences)


def _step_words(number: int, names: Iterable[str]) -> str:
    listed = join_words(quoted(names))
    if number == 0:
        return _("first {names}", names=listed)
    return _("then {names}", names=listed) if number == 1 else _("next {names}", names=listed)


def _late_words(late: pd.DataFrame) -> str:
    """Which options missing figures could move to a later step, and how far."""
    groups = [
        _("{names} step {step}", names=join_words(quoted(rows["name"])), step=int(latest))
        for latest, rows in late.groupby("latest")
    ]
    words = join_clauses(groups)
    return _("Missing figures could move some to a later step, at the latest: {steps}.", steps=words) if groups else ""
