"""Titles of the pictures of a dialogue: which options have support, who would pay and who gain, how far the groups agree."""

from __future__ import annotations

import re

import pandas as pd

from nasssap_lib.dialogue import Agreement
from nasssap_lib.language import format_number, format_share
from nasssap_lib.sentences.options import quoted
from nasssap_lib.sentences.words import capital, join_words, small_share

LONGEST = 64  # characters of a name in a title
LONG_WORD = re.compile(r"(\S{31})\S+")  # a word that would not fit into a line of a title
WORDS_OF_W = (  # lowest W, how the groups agree
    (0.9, "agree unusually strongly"),
    (0.7, "agree strongly"),
    (0.5, "agree moderately"),
    (0.3, "agree weakly"),
    (0.1, "agree very weakly"),
    (0.0, "hardly agree at all"),
)


def support_title(support: pd.DataFrame, place: str, language: str = "en") -> str:
    """Title of the support map: which option has most support, and whether nobody opposes it.

    Parameters
    ----------
    support : a row an option: name, support and no_answer (shares of influence, 0–1), nobody_opposes
    place : name of the country
    """
    free = support[support["nobody_opposes"].eq(True) & ~support["no_answer"].ge(1)]
    tail, share = _opposed_words(free, support), support["support"].max()
    if support["no_answer"].ge(1).all():
        return f"{place}: no group has said yet where it stands"
    if not share > 0:
        return f"{place}: {'no option has any support' if share == 0 else tail}"
    first = support[support["support"].ge(share - 1e-9)]
    head = f"{_few(quoted(first['name']), 'options')} {'has' if len(first) == 1 else 'have'} most support"
    size = f" ({format_share(share, 0, language)} by influence)"
    if set(free["option"]) == set(first["option"]):
        return f"{place}: {head}{size}, and nobody opposes {'it' if len(first) == 1 else 'them'}"
    return f"{place}: {head}{size}; {tail}"


def _opposed_words(free: pd.DataFrame, support: pd.DataFrame) -> str:
    if len(free):
        return f"nobody opposes {len(free)} of {len(support)} options"
    answered = "" if support["nobody_opposes"].eq(False).all() else " that groups answered on"
    return f"every option{answered} is opposed by at least one group"


def _few(names: list[str], things: str) -> str:
    """One or two names, or how many there are."""
    return join_words([_short(name) for name in names]) if len(names) <= 2 else f"{len(names)} {things}"


def _short(name: str) -> str:
    """A name that a title can bear; the picture below it has it in full."""
    name = LONG_WORD.sub(r"\1…", name)
    return name if len(name) <= LONGEST else name[:LONGEST].rsplit(maxsplit=1)[0] + "…" + "”" * name.endswith("”")


def burdens_title(groups: pd.DataFrame, place: str, language: str = "en") -> str:
    """Title of the burdens: who would pay most for one option, and who would gain most from one.

    Parameters
    ----------
    groups : a row a group and option: group, burden (% of GDP a year; below zero: it gains; NaN: not stated)
    place : name of the country
    """
    known = groups[groups["burden"].notna()]
    if known.empty:
        return f"{place}: no group has said what it would pay or gain"
    pays, gains = known["burden"].max(), known["burden"].min()
    payers, gainers = ([*known.loc[known["burden"] == value, "group"].unique()] for value in (pays, gains))
    parts = []
    if pays > 0:
        parts = [
            f"{_few(payers, 'groups')} would pay most for an option ({small_share(pays / 100, language)} of GDP a year)"
        ]
    if gains < 0:
        who = "" if parts and payers == gainers else f"{_few(gainers, 'groups')} "
        verb = "gain most from one" if parts else "would gain most from an option"
        parts.append(f"{who}{verb} ({small_share(-gains / 100, language)}{'' if parts else ' of GDP a year'})")
    return f"{place}: " + (
        join_words(parts) if parts else "no group would pay more than it gains, or gain more than it pays"
    )


def agreement_words(w: float) -> str:
    """How the groups agree, by Kendall's W rounded to the two decimals that are shown.

    Notes
    -----
    Schmidt reads W = 0.1 as very weak agreement, 0.3 weak, 0.5 moderate, 0.7 strong and 0.9 unusually strong. Between two of these
    values we use the weaker word. W says nothing on whether the groups are right.

    Source: Schmidt (1997), "Managing Delphi Surveys Using Nonparametric Statistical Techniques", *Decision Sciences* 28(3), 763–774,
    table 2.

    Examples
    --------
    >>> agreement_words(0.5046), agreement_words(0.699), agreement_words(0.05)
    ('agree moderately', 'agree strongly', 'hardly agree at all')
    """
    return next(words for least, words in WORDS_OF_W if round(w, 2) >= least)


def agreement_title(agreement: Agreement, place: str, language: str = "en") -> str:
    """Title of the agreement between groups: Kendall's W in words (``agreement_words``) and as a number.

    Parameters
    ----------
    agreement : result of ``dialogue.kendall_w``
    place : name of the country

    Examples
    --------
    >>> agreement_title(Agreement(0.5046, 24.2, 8, 0.002), "Training country")
    'Training country: the groups agree moderately on the order (W = 0.5)'
    """
    if pd.isna(agreement.w):
        return capital(f"{place}: how far the groups agree on the order cannot be measured")
    number = format_number(agreement.w, 2, language)
    return capital(f"{place}: the groups {agreement_words(agreement.w)} on the order (W = {number})")
