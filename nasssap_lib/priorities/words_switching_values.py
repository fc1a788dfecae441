"""Sentences on what would change who can come first."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from nasssap_lib.costing.words import quoted, write_level
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.texts import N_, _, join_paragraphs, join_sentences
from nasssap_lib.display.words import capital, counted, join_words
from nasssap_lib.priorities.matrix import Matrix
from nasssap_lib.priorities.words import criterion_words, kind_words, lists_of, within_sentence, write_value

FAR = 2.0  # a change by twice what is now
LEVEL = 0.005  # a change of a weight, in shares of 1, below which two options are called level (threshold ours)
DECISIVE = {  # whether a missing figure decides, and whether those who can come first then are fewer than now
    (False, True): N_(
        "{list}the smallest single change that alters who can come first is {change}: then only {then} can come first."
    ),
    (False, False): N_(
        "{list}the smallest single change that alters who can come first is {change}: then {then} can come first."
    ),
    (True, True): N_("{list}what decides first is {change}: then only {then} can come first."),
    (True, False): N_("{list}what decides first is {change}: then {then} can come first."),
}
KINDS = {
    "missing": N_("Missing figure"),
    "weight": N_("Weight"),
    "level": N_("Level"),
    "take_up": N_("Take-up"),
    "left_out": N_("Option left out"),
}


def changes_sentence(changes: pd.DataFrame, matrix: Matrix) -> str:
    """The decisive change of each list, the nearest weight, and how many levels, rates of take-up and missing figures matter.

    Of the list whose change is in the answer, only what the answer does not say.

    Parameters
    ----------
    changes : result of ``priorities.what_changes_leader``
    matrix : options × criteria
    """
    if matrix.values.empty:
        return _("Nothing is ranked, so nothing can be turned.")
    told = answered_changes(changes, matrix)
    parts = lists_of(changes, "list")
    return join_paragraphs(
        [_changes_of_list(kind, part, matrix, told is not None and kind == told[0]) for kind, part in parts]
    )


def answered_changes(changes: pd.DataFrame, matrix: Matrix) -> tuple[str, pd.DataFrame] | None:
    """The list whose decisive change the answer tells, with all its changes: the first that a change can turn; None: there is none.

    Parameters
    ----------
    changes : result of ``priorities.what_changes_leader``
    matrix : options × criteria
    """
    for kind, part in lists_of(changes, "list"):
        found = part[part["needed"].notna()]
        if len(found) and not _are_two(kind, matrix):
            return kind, found
    return None


def _are_two(kind: str, matrix: Matrix) -> bool:
    """Whether a list has two options: each is best or worst on every criterion, so any change turns it."""
    return bool(kind) and sum(matrix.kinds.get(name) == kind for name in matrix.values.index) == 2


def _changes_of_list(kind: str, changes: pd.DataFrame, matrix: Matrix, answered: bool) -> str:
    """The decisive change of one list; nothing where the list has one option, which nothing can turn, or two."""
    if _are_two(kind, matrix):
        return _(
            "{list}of two options one is best and the other worst on each criterion; unless one is best on all, their order rests on the "
            "weights alone.",
            list=kind_words(kind),
        )
    found = changes[changes["needed"].notna()]
    if found.empty:
        alone = kind and (changes["leaders"].str.count(";").max() == 0)
        text = _(
            "{list}no weight, no level, no take-up and no missing figure alone would change who can come first.",
            list=kind_words(kind),
        )
        return "" if alone else capital(text)
    first = found.iloc[0]
    now = names_words(first["leaders"], matrix.names)
    sentences = [
        _("{list}at the central values {now} can come first.", list=kind_words(kind), now=now),
        "" if answered else decisive_words(first, matrix.names),
        "" if first["kind"] == "weight" else _nearest_weight(found, matrix.names),
        "" if answered else within_words(found),
        _beyond_words(found),
    ]
    return capital(join_sentences(sentences))


def decisive_words(row: pd.Series, names: Mapping[str, str], kind: str = "") -> str:
    """The smallest change of a list, and who can come first after it.

    Parameters
    ----------
    row : of the result of ``priorities.what_changes_leader``
    names : of the options
    kind : the list, to be named at the head of the sentence; "": it is known from the sentence before
    """
    now, then = row["leaders"].split(";"), row["new_leader"].split(";")
    if row["kind"] == "weight" and abs(row["needed"] - row["now"]) < LEVEL:
        level = N_("{list}{names} are level, or nearly: almost any change of a weight decides between them.")
        names_of_all = names_words(";".join(dict.fromkeys([*now, *then])), names)
        return capital(_(level, list=kind_words(kind), names=names_of_all))
    only = set(then) < set(now)
    return capital(
        _(
            DECISIVE[row["kind"] == "missing", only],
            list=kind_words(kind),
            change=change_words(row, names),
            then=names_words(row["new_leader"], names),
        )
    )


def names_words(ids: str, names: Mapping[str, str]) -> str:
    """Options of a ";" list by their names."""
    return join_words(quoted(names[name] for name in ids.split(";")))


def _nearest_weight(found: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The criterion whose weight is nearest to turning the order, where something else is nearer."""
    weight = found[found["kind"] == "weight"]
    if weight.empty:
        return _("No change of a single weight suffices.")
    return _("The smallest change of a weight that suffices: {change}.", change=change_words(weight.iloc[0], names))


def change_words(row: pd.Series, names: Mapping[str, str]) -> str:
    """One change in words: what, from, to, and whether that lies within its assumed range.

    Examples
    --------
    >>> row = pd.Series({"kind": "level", "option": "a", "criterion": None, "now": 4.0, "needed": 3.7, "side": "below", "within": "inside"})
    >>> change_words(row, {"a": "A"})
    'the level of “A” from 4\xa0% to 3.7\xa0% of GDP per head (within its assumed range)'
    """
    if row["kind"] == "missing":
        return _missing_change(row, names)
    write = write_level if row["kind"] == "level" else format_share
    if row["needed"] == row["now"]:
        return _at_once(row, names)
    values = {"now": write(row["now"]), "needed": write(row["needed"])}
    if row["kind"] == "weight":
        criterion = quoted([criterion_words(row["criterion"])])[0]
        return _("the weight of {criterion} from {now} to {needed}", criterion=criterion, **values)
    values["option"] = quoted([names[row["option"]]])[0]
    if row["kind"] == "level":
        words = _("the level of {option} from {now} to {needed} of GDP per head", **values)
    else:
        words = _("take-up of {option} from {now} to {needed}", **values)
    if row["within"] == "inside":
        return _("{change} (within its assumed range)", change=words)
    return _("{change} (outside its assumed range)", change=words) if row["within"] == "outside" else words


def _at_once(row: pd.Series, names: Mapping[str, str]) -> str:
    """A change that begins where things stand: two are equal now."""
    if row["kind"] == "weight":
        criterion = quoted([criterion_words(row["criterion"])])[0]
        less = _("any smaller weight of {criterion}", criterion=criterion)
        return less if row["side"] == "below" else _("any larger weight of {criterion}", criterion=criterion)
    option = quoted([names[row["option"]]])[0]
    if row["kind"] == "level":
        less = _("any lower level of {option}", option=option)
        return less if row["side"] == "below" else _("any higher level of {option}", option=option)
    less = _("any lower take-up of {option}", option=option)
    return less if row["side"] == "below" else _("any higher take-up of {option}", option=option)


def _missing_change(row: pd.Series, names: Mapping[str, str]) -> str:
    values = {
        "criterion": within_sentence(row["criterion"]),
        "option": quoted([names[row["option"]]])[0],
        "value": write_value(row["criterion"], row["needed"]),
    }
    if row["side"] == "below":
        return _("the missing {criterion} of {option}, if it turns out to be {value} or less", **values)
    return _("the missing {criterion} of {option}, if it turns out to be {value} or more", **values)


def far_changes(changes: pd.DataFrame) -> pd.Series:
    """Levels and rates of take-up of three times what is assumed and more: nobody proposes them (threshold ours).

    Examples
    --------
    >>> far_changes(pd.DataFrame({"kind": ["level", "level", "weight"], "change": [0.3, 4.0, 4.0]})).tolist()
    [False, True, False]
    """
    return changes["kind"].isin(["level", "take_up"]) & (changes["change"] >= FAR)


def within_words(found: pd.DataFrame) -> str:
    """How many levels, rates of take-up and missing figures of the table would do it."""
    near = found[~far_changes(found)].drop_duplicates(["kind", "option", "criterion"])
    inside, outside = (_count_kinds(near[near["within"] == side]) for side in ("inside", "outside"))
    if inside and outside:
        return _(
            "Changes that suffice: within the ranges {inside}; beyond them {outside}.",
            inside=inside,
            outside=outside,
        )
    if inside:
        return _("Changes that suffice, all within the ranges: {inside}.", inside=inside)
    if outside:
        return _("Within the ranges no change suffices; beyond them {outside}.", outside=outside)
    return _("Within the ranges no change suffices.")


def _beyond_words(found: pd.DataFrame) -> str:
    """How many changes the table leaves out, for nobody proposes them."""
    n = int(far_changes(found).sum())
    return (
        counted(
            n,
            "One more change, of three times what is assumed or more, is left out.",
            "{n} more changes, of three times what is assumed or more, are left out.",
        )
        if n
        else ""
    )


def _count_kinds(changes: pd.DataFrame) -> str:
    """How many changes of each kind, in words.

    Examples
    --------
    >>> _count_kinds(pd.DataFrame({"kind": ["level", "missing", "level"]}))
    '2 levels and one missing figure'
    """
    counts = changes["kind"].value_counts()
    words = {
        "level": counted(counts.get("level", 0), "one level", "{n} levels"),
        "take_up": counted(counts.get("take_up", 0), "one rate of take-up", "{n} rates of take-up"),
        "missing": counted(counts.get("missing", 0), "one missing figure", "{n} missing figures"),
    }
    return join_words([text for kind, text in words.items() if kind in counts])
