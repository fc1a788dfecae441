"""Sentences on criteria, ranks, and the order in which options could be taken up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from nasssap_lib.costing.words import quoted
from nasssap_lib.display.numbers import format_number, format_persons, format_share
from nasssap_lib.display.texts import (
    N_,
    _,
    join_clauses,
    join_paragraphs,
    join_sentences,
    label,
    named,
    ngettext,
    reason_words,
)
from nasssap_lib.display.words import capital, join_words, small_first
from nasssap_lib.priorities.weights import mean_weights
from nasssap_lib.terms import CRITERIA, CRITERION_UNITS, FURTHER_CRITERIA, OPTION_KINDS, judged_name, require_each
from nasssap_lib.ties import TIE, settled, spans

OFTEN, SELDOM = 0.1, 0.01  # shares of views from which on, and below which, an option is named
MANY, ALIKE = 5, 0.8  # options and rank correlation from which on an order is called much the same (thresholds ours)
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
    """For which options values are missing, what people judged, and what is not weighed; the answer says how many are known.

    Parameters
    ----------
    criteria : result of ``priorities.assess_criteria``
    """
    if criteria.empty:
        return _("No option, no criterion: there is nothing to rank.")
    known = _known_criteria(criteria)
    ranked = criteria[criteria["ranked"].astype(bool) & known]
    evidence = join_sentences([_missing_words(ranked[ranked["value"].isna()]), _judged_words(criteria["criterion"])])
    return join_paragraphs([evidence, join_sentences(_further_words(criteria, known))])


def _known_criteria(criteria: pd.DataFrame) -> pd.Series:
    """Rows of criteria of which anything is known."""
    return criteria.groupby("criterion")["value"].transform(lambda values: values.notna().any())


def known_values_words(criteria: pd.DataFrame) -> str:
    """How many values are known of the options that can be costed.

    Parameters
    ----------
    criteria : result of ``priorities.assess_criteria``
    """
    ranked = criteria[criteria["ranked"].astype(bool) & _known_criteria(criteria)]
    known = int(ranked["value"].notna().sum())
    return _("{known} of {all} values are known for the options that can be costed.", known=known, all=len(ranked))


def missing_values_words(criteria: pd.DataFrame) -> str:
    """Which options cannot be ranked, for their cost is not known; "" where all can.

    Parameters
    ----------
    criteria : result of ``priorities.assess_criteria``
    """
    out = criteria.loc[~criteria["ranked"].astype(bool), "name"].unique()
    return _("Not ranked, because it cannot be costed: {names}.", names=join_words(quoted(out))) if len(out) else ""


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
        return _("No criterion was scored by judgement.")
    return _("Scores that people gave: {criteria}.", criteria=join_words(judged))


def _further_words(criteria: pd.DataFrame, known: pd.Series) -> list[str]:
    """What is said of criteria on which nothing is known, and of further ones that take part only where they are named."""
    silent = criteria[~known].drop_duplicates("criterion")
    reasons = [
        _("{criterion} ({reason})", criterion=within_sentence(row.criterion), reason=reason_words(row.reason))
        for row in silent.itertuples()
    ]
    beside = criteria.loc[known & criteria["criterion"].isin(FURTHER_CRITERIA), "criterion"].unique()
    shown = join_words(quoted([criterion_words(name) for name in beside]))
    return [
        _("Not weighed, because no value is recent enough or published: {criteria}.", criteria=join_words(reasons))
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
    if not spans(min(weights.values()), max(weights.values())):
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
    falling = pd.Series(used).sort_values(ascending=False, kind="stable", key=settled).index
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


def kind_words(kind: str) -> str:
    """A list of options at the head of a sentence; "" where there is only one.

    Examples
    --------
    >>> kind_words("subsidy"), kind_words("")
    ('Cover that is subsidised: ', '')
    """
    return _("{list}: ", list=label(OPTION_KINDS, kind)) if kind in OPTION_KINDS else ""


def lists_of(table: pd.DataFrame, column: str = "kind") -> list[tuple[str, pd.DataFrame]]:
    """A table by list of options, in their order; one part without a name where there is one list.

    Examples
    --------
    >>> [(kind, len(part)) for kind, part in lists_of(pd.DataFrame({"kind": ["benefit", "subsidy", "benefit"]}))]
    [('benefit', 2), ('subsidy', 1)]
    """
    if column not in table or table[column].nunique() < 2:
        return [("", table)]
    return [(str(kind), part) for kind, part in table.groupby(column, sort=False)]


def ranking_title(ranking: pd.DataFrame, country_name: str) -> str:
    """Title of the contributions: who leads, and how many can come first within the ranges; of the benefits that are paid.

    Parameters
    ----------
    ranking : result of ``priorities.rank_sequence``
    country_name : name of the country
    """
    ranked = [part[part["rank_best"].notna()] for _kind, part in lists_of(ranking)]
    ranked = [part for part in ranked if len(part)]
    if not ranked:
        return _("{country}: no option can be ranked yet", country=country_name)
    first = ranked[0][ranked[0]["rank_best"] == 1]
    leading = first.loc[first["score"] >= first["score"].max() - TIE, "name"]
    values = {
        "country": country_name,
        "name": join_words(map(named, leading)) or named(first["name"].iat[0]),
        "n": len(first),
    }
    if len(first) == 1:
        return _("{country}: {name} comes first with these weights, within all ranges", **values)
    if first["score"].isna().any():
        return _("{country}: which of {n} options comes first is left open", **values)
    return ngettext(
        "{country}: {name} leads at the central values; within the ranges {n} options can come first",
        "{country}: {name} lead at the central values; within the ranges {n} options can come first",
        len(leading),
        **values,
    )


def holds_sentence(holds: pd.DataFrame) -> str:
    """What no weights overturn: which options hardly ever come first, and which are beaten; the answer says which come first, how often.

    Parameters
    ----------
    holds : result of ``priorities.what_holds``
    """
    if not len(holds) or holds["first"].isna().all():
        return _("No option can be ranked yet.")
    parts = [_holds_words(kind, part) for kind, part in lists_of(holds)]
    return join_sentences([*parts, admissible_sentence(holds) if stated_order(holds) else ""])


def _holds_words(kind: str, holds: pd.DataFrame) -> str:
    known, names = holds[holds["first"].notna()], holds.set_index("option")["name"]
    if known.empty:
        return _("{list}no option can be ranked yet.", list=kind_words(kind)) if kind else ""
    if len(known) == 1:
        return _(
            "{list}{name} is the only one that can be ranked.", list=kind_words(kind), name=quoted(known["name"])[0]
        )
    never, beaten = known[known["first"] < SELDOM], known[(known["beaten_by"] != "") & (known["first"] >= SELDOM)]
    sentences = [
        _("First in fewer than 1 of 100 views: {names}.", names=join_words(quoted(never["name"])))
        if len(never)
        else "",
        *(_beaten_words(row, names) for row in beaten.itertuples()),
        ""
        if len(known) > 1 and (known["rank_best"] != known["rank_worst"]).any()
        else _("The order is the same for all weights."),
    ]
    text = join_sentences(sentences)
    return capital(_("{list}{words}", list=kind_words(kind), words=small_first(text))) if text else ""


def _beaten_words(row, names: pd.Series) -> str:
    by = join_words(quoted(names[option] for option in row.beaten_by.split(";")))
    return _("At the central values {name} is beaten on every criterion by {by}.", name=quoted([row.name])[0], by=by)


METHODS = {  # what a second method does, for readers who do not know its name
    "topsis": N_(
        "A second method, TOPSIS, puts first what lies nearest to the best values and farthest from the worst."
    ),
    "vikor": N_(
        "A second method, VIKOR, puts first the compromise whose greatest disadvantage on any criterion is smallest."
    ),
    "promethee2": N_(
        "A second method, PROMETHEE II, puts first what beats most others, criterion by criterion, by weight."
    ),
}


def methods_sentence(ranking: pd.DataFrame) -> str:
    """What the second method does, where it orders the options differently, and how much.

    Parameters
    ----------
    ranking : result of ``priorities.rank_sequence``

    Examples
    --------
    >>> ranking = pd.DataFrame({"kind": "", "name": list("ABCDE"), "rank": [1.0, 2, 3, 4, 5], "rank_other": [5.0, 4, 3, 2, 1],
    ...     "other_method": "topsis"})
    >>> methods_sentence(ranking)
    'A second method, TOPSIS, puts first what lies nearest to the best values and farthest from the worst. TOPSIS disagrees: it puts \
“E” first (rank correlation −1 over 5 options with complete evidence).'
    """
    told = [text for kind, part in lists_of(ranking) if (text := _method_words(kind, part))]
    if not told:
        return ""
    method = str(ranking["other_method"].iat[0])
    return join_sentences([_(METHODS[method]) if method in METHODS else "", *told])


def _method_words(kind: str, ranking: pd.DataFrame) -> str:
    both = ranking.dropna(subset=["rank", "rank_other"])
    if len(both) < 2:
        return ""
    own, other = both["rank"].rank(), both["rank_other"].rank()
    alike = own.corr(other) if own.nunique() > 1 and other.nunique() > 1 else np.nan
    leads = [both.loc[both[column] == both[column].min(), "name"].tolist() for column in ("rank", "rank_other")]
    values = {
        "list": kind_words(kind), "method": str(both["other_method"].iat[0]).upper(), "n": len(both),
        "number": format_number(alike, 1), "names": join_words(quoted(leads[1])),
    }  # fmt: skip
    if len(both) < MANY:  # a correlation over so few says nothing
        if leads[0] == leads[1]:
            return ""
        return capital(_(
            "{list}{method} puts {names} first of the {n} options with complete evidence, the weighted sum does not: which is first "
            "depends on the method.",
            **values,
        ))  # fmt: skip
    if leads[0] != leads[1]:
        return _(
            "{list}{method} disagrees: it puts {names} first (rank correlation {number} over {n} options with complete evidence).",
            **values,
        )
    if alike < ALIKE - TIE:
        return _(
            "{list}{method} puts the same first and orders the rest differently (rank correlation {number} over {n} options with complete "
            "evidence).",
            **values,
        )
    return _(
        "{list}{method} gives much the same order (rank correlation {number} over {n} options with complete evidence).",
        **values,
    )


def levels_sentence(ranking: pd.DataFrame, common: pd.DataFrame) -> str:
    """Whether the leader at the typed levels also leads where all options pay the same level.

    Parameters
    ----------
    ranking, common : results of ``priorities.rank_sequence`` at the typed levels, and at one common level
    """
    sentences = []
    for (kind, typed), (_kind, level) in zip(lists_of(ranking), lists_of(common), strict=True):
        typed, level = (part[part["rank_best"].notna()] for part in (typed, level))
        if len(typed) > 1 and len(level) > 1:
            sentences.append(capital(_level_words(kind, typed, level)))
    return join_paragraphs(sentences)


def _can_lead(ranking: pd.DataFrame) -> list[str]:
    """Options that can come first within all ranges."""
    return ranking.loc[ranking["rank_best"] == 1, "name"].tolist()


def _leading(ranking: pd.DataFrame) -> list[str]:
    """The options with the highest score at the central values; none where a value of the list is missing."""
    score = ranking["score"]
    return ranking.loc[score >= score.max() - TIE, "name"].tolist() if score.notna().all() else []


def _level_words(kind: str, typed: pd.DataFrame, common: pd.DataFrame) -> str:
    """Who can come first at the typed levels, and at one level for all; and who leads at the central values."""
    now, then = _can_lead(typed), _can_lead(common)
    values = {"now": join_words(quoted(now)), "then": join_words(quoted(then))}
    if set(now) == set(then):
        can = _(
            "within all ranges {now} can in principle come first, at the assumed levels and at one level for all",
            **values,
        )
    else:
        can = _("within all ranges {now} can in principle come first; if all paid one level, {then}", **values)
    text = _("{list}{who}.", list=kind_words(kind), who=can)
    first, second = _leading(typed), _leading(common)
    if not first or not second:
        return text
    values = {"now": join_words(quoted(first)), "then": join_words(quoted(second))}
    if set(first) == set(second):
        both = ngettext(
            "At the central values {now} is in front, at both levels.",
            "At the central values {now} are in front, at both levels.",
            len(first),
            **values,
        )
        return join_sentences([text, both])
    turned = ngettext(
        "At the central values {now} is in front; if all paid one level, {then}.",
        "At the central values {now} are in front; if all paid one level, {then}.",
        len(first),
        **values,
    )
    return join_sentences([text, turned])


def acceptability_title(acceptance: pd.DataFrame, country_name: str) -> str:
    """Title of the heatmap: in how many of all admissible views the strongest option comes first.

    Parameters
    ----------
    acceptance : result of ``priorities.accept_ranks``
    country_name : name of the country
    """
    if "rank_1" not in acceptance or acceptance["rank_1"].isna().all():
        return _("{country}: no option can be ranked yet", country=country_name)
    first = next(part for _kind, part in lists_of(acceptance) if part["rank_1"].notna().any())
    row = first.loc[first["rank_1"].idxmax()]
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


def sequence_sentence(steps: pd.DataFrame) -> str:
    """How the steps are to be read, and what could move an option to a later one; the answer says the steps themselves.

    Parameters
    ----------
    steps : result of ``priorities.propose_sequence``
    """
    known, waiting = steps[steps["step"].notna()], steps.loc[steps["step"].isna(), "name"]
    if known.empty:
        return _("No sequence can be proposed: no option can be ranked yet. The four guarantees are due to all.")
    late = known[known["latest"] > known["step"]]
    many = known.groupby([*(["kind"] if "kind" in known else []), "step"]).size().max() > 1
    sentences = [
        _("Within one step no option is ahead of another for all values within their ranges.") if many else "",
        _late_words(late) if len(late) else "",
        _("An option that waits for a figure is not behind the others.") if len(waiting) else "",
    ]
    return join_sentences(sentences)


def steps_words(steps: pd.DataFrame) -> list[tuple[str, str]]:
    """The steps of each list of options in one sentence, with the list; nothing where no option can be ranked.

    Parameters
    ----------
    steps : result of ``priorities.propose_sequence``
    """
    known = steps[steps["step"].notna()]
    return [(kind, _list_words(kind, part)) for kind, part in lists_of(known) if len(part)]


def _list_words(kind: str, known: pd.DataFrame) -> str:
    """The steps of one list of options; where all share one step, that there is no order between them."""
    if len(known) > 1 and known["step"].nunique() == 1:
        names = join_words(quoted(known["name"]))
        return capital(
            _(
                "{list}on the evidence at hand no order of {names} holds for all values within their ranges.",
                list=kind_words(kind),
                names=names,
            )
        )
    parts = [_step_words(number, rows["name"]) for number, (_step, rows) in enumerate(known.groupby("step"))]
    return capital(_("{list}on the evidence at hand {steps}.", list=kind_words(kind), steps=join_clauses(parts)))


def _step_words(number: int, names: Iterable[str]) -> str:
    listed = join_words(quoted(names))
    if number == 0:
        return _("first {names}", names=listed)
    return _("then {names}", names=listed) if number == 1 else _("next {names}", names=listed)


def _late_words(late: pd.DataFrame) -> str:
    """How many options could stand on a later step within the ranges of what is assumed or missing."""
    return ngettext(
        "Within the ranges of what is assumed or missing {n} option could come later: the table says how late.",
        "Within the ranges of what is assumed or missing {n} options could come later: the table says how late.",
        len(late),
        n=len(late),
    )
