"""Titles of the pictures of a dialogue: which options have support, who would pay and who gain, how far the groups agree."""

from __future__ import annotations

import re

import pandas as pd

from nasssap_lib.costing.words import quoted
from nasssap_lib.dialogue.agreement import Agreement
from nasssap_lib.display.numbers import format_number, format_share
from nasssap_lib.display.words import capital, join_words, small_share

LONGEST = 64  # characters of a name in a title
MINUS = "\N{MINUS SIGN}"
LONG_WORD = re.compile(r"(\S{31})\S+")  # a word that would not fit into a line of a title
WORDS_OF_W = (  # lowest W, how the groups agree
    (0.9, "agree unusually strongly"),
    (0.7, "agree strongly"),
    (0.5, "agree moderately"),
    (0.3, "agree weakly"),
    (0.1, "agree very weakly"),
    (0.0, "hardly agree at all"),
)


def support_title(support: pd.DataFrame, place: str) -> str:
    """Title of the support map: which option has most support, and whether nobody opposes it.

    Parameters
    ----------
    support : a row an option: name, weighting, support and no_answer (shares 0–1), nobody_opposes, opposed_by
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
    by = "by influence" if support["weighting"].eq("influence").all() else "of the groups"
    size = f" ({format_share(share, 0)} {by})"
    if set(free["option"]) == set(first["option"]):
        return f"{place}: {head}{size}, and nobody opposes {'it' if len(first) == 1 else 'them'}"
    return f"{place}: {head}{size}; {tail}"


def _opposed_words(free: pd.DataFrame, support: pd.DataFrame) -> str:
    if len(free):
        return f"nobody opposes {len(free)} of {len(support)} options"
    opposed = int((support["opposed_by"] != "").sum())
    return f"{'every option is' if opposed == len(support) else f'{opposed} of {len(support)} options are'} opposed by a group"


def _few(names: list[str], things: str) -> str:
    """One or two names, or how many there are."""
    return join_words([_short(name) for name in names]) if len(names) <= 2 else f"{len(names)} {things}"


def _short(name: str) -> str:
    """A name that a title can bear; the picture below it has it in full."""
    name = LONG_WORD.sub(r"\1…", name)
    return name if len(name) <= LONGEST else name[:LONGEST].rsplit(maxsplit=1)[0] + "…" + "”" * name.endswith("”")


def burdens_title(groups: pd.DataFrame, place: str) -> str:
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
        parts = [f"{_few(payers, 'groups')} would pay most for an option ({small_share(pays / 100)} of GDP a year)"]
    if gains < 0:
        who = "" if parts and payers == gainers else f"{_few(gainers, 'groups')} "
        verb = "gain most from one" if parts else "would gain most from an option"
        parts.append(f"{who}{verb} ({small_share(-gains / 100)}{'' if parts else ' of GDP a year'})")
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


def agreement_title(agreement: Agreement, place: str, tau: pd.DataFrame | None = None) -> str:
    """Title of the agreement between groups: Kendall's W in words (``agreement_words``) and as a number; tau for two groups.

    Parameters
    ----------
    agreement : result of ``positions.measure_agreement``
    place : name of the country
    tau : Kendall's tau-b between each two groups

    Examples
    --------
    >>> agreement_title(Agreement(0.5046, 24.2, 8, 0.002), "Training country")
    'Training country: the groups agree moderately on the order (W = 0.5)'
    >>> two = pd.DataFrame([[1, -0.47], [-0.47, 1]], ["Unions", "Employers"], ["Unions", "Employers"])
    >>> agreement_title(Agreement(float("nan"), 0, 5, 0), "Training country", tau=two)
    'Training country: the orders of two groups are rather opposed (tau = −0.47)'
    """
    if pd.isna(agreement.w) and tau is not None and tau.shape == (2, 2) and pd.notna(tau.iloc[0, 1]):
        value = tau.iloc[0, 1]
        words = "rather alike" if value >= 0.3 else "rather opposed" if value <= -0.3 else "hardly related"
        number = format_number(value, 2).replace("-", MINUS)
        return capital(f"{place}: the orders of two groups are {words} (tau = {number})")
    if pd.isna(agreement.w):
        return capital(f"{place}: how far the groups agree on the order cannot be measured")
    number = format_number(agreement.w, 2)
    return capital(f"{place}: the groups {agreement_words(agreement.w)} on the order (W = {number})")


def dialogue_sentence(groups: pd.DataFrame, support: pd.DataFrame, judgements: pd.DataFrame) -> str:
    """Whether there was a dialogue and what nobody opposes; or what one would add.

    Parameters
    ----------
    groups : result of ``positions.assess_positions``
    support : result of ``positions.summarise_support``
    judgements : a pack's table
    """
    if groups.empty:
        scores = "no score" if judgements.empty else f"{len(judgements)} scores"
        return (
            f"The pack holds no position of any group and {scores}: nobody's view is invented. Below is what each group would be asked "
            "(nasssap dialogue sheet writes the sheets, collect reads them back) and what this section would then show."
        )
    count = groups["stakeholder"].nunique()
    silent = support[support["no_answer"] > 0]
    free = support[support["nobody_opposes"]]
    text = f"{count} group{'s' if count > 1 else ''} took part."
    against = "Every option is opposed by at least one group, or was not answered on."
    text += f" Nobody opposes {join_words(quoted(free['name']))}." if len(free) else f" {against}"
    return text + (f" Not every group answered on {join_words(quoted(silent['name']))}." if len(silent) else "")


def compromise_sentence(compromise: pd.DataFrame) -> str:
    """Which options the two compromise orders put first, or why there is none.

    Parameters
    ----------
    compromise : result of ``positions.find_compromise``
    """
    known = compromise[compromise["median_rank"].notna()]
    if known.empty:
        return "n/a: fewer than two groups have stated weights by which the same options can be ranked."
    median, points = known[known["median_rank"] == 1], known[known["borda_rank"] == 1]
    same = set(median["option"]) == set(points["option"])
    place = median["median"].iat[0]
    comes, each = ("comes", "it") if len(median) == 1 else ("come", "each of them")
    first = f"By the median {join_words(quoted(median['name']))} {comes} first: half of the groups or more rank {each} {place:g} or better"
    second = (
        ", and Borda's points say the same"
        if same
        else f"; by Borda's points {join_words(quoted(points['name']))} comes first"
    )
    out = compromise.loc[compromise["median_rank"].isna(), "name"]
    tail = f" Not placed, for its evidence is not complete: {join_words(quoted(out))}." if len(out) else ""
    return f"{first}{second}. Every group counts the same here, whatever its influence.{tail}"


def discussion_sentence(points: pd.DataFrame, groups: pd.DataFrame) -> str:
    """How many answers do not fit what the group weighs or gains, or that there is none.

    Parameters
    ----------
    points : result of ``positions.points_to_discuss``
    groups : result of ``positions.assess_positions``
    """
    if groups.empty or groups["burden"].isna().all():
        return "n/a: no group has said what it would pay or gain."
    if points.empty:
        return "No group opposes what its own weights put near the top, or what it would gain from."
    many = points["stakeholder"].nunique()
    return (
        f"{len(points)} answers of {many} group{'s' if many > 1 else ''} do not fit what the group weighs or would gain. They are no "
        "mistakes: they are where a conversation is worth having."
    )
