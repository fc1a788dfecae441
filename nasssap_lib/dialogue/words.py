"""Words of a dialogue: what is asked and remarked, which options have support, who would pay and gain, how far the groups agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from nasssap_lib.costing.words import quoted
from nasssap_lib.dialogue.agreement import Agreement
from nasssap_lib.dialogue.questions import BELOW, QUESTION_COLUMNS
from nasssap_lib.display.numbers import format_number, format_share
from nasssap_lib.display.texts import N_, _, join_clauses, join_sentences, label, named, ngettext, reason_words
from nasssap_lib.display.words import capital, counted, join_words, small_share
from nasssap_lib.priorities.words import criterion_words
from nasssap_lib.reasons import join_reasons, reason, split_reasons
from nasssap_lib.ties import settled, spans

LONGEST = 64  # characters of a name in a title
MINUS = "\N{MINUS SIGN}"
LONG_WORD = re.compile(r"(\S{31})\S+")  # a word that would not fit into a line of a title
SAID = {"supports": N_("supports"), "doubts": N_("doubts"), "opposes": N_("opposes")}
WHICH = {"first": N_("first"), "second": N_("second"), "same": N_("same")}
ABOUT = {
    "name": N_("Name of the group"),
    "kind": N_("Kind of group"),
    "influence": N_("Influence on the decision"),
}
PARTS = {  # of an answer
    "position": N_("position"),
    "why": N_("reason"),
    "pays": N_("share of the cost that it would pay"),
    "receives": N_("share of the benefits that it would receive"),
    "which": N_("which matters more"),
    "times": N_("how many times more"),
}
REMARK_HEADS = {
    "kind": N_("kind"),
    "group": N_("group"),
    "file": N_("file"),
    "cell": N_("cell"),
    "question": N_("question"),
    "answer": N_("answer"),
    "expected": N_("expected"),
    "remedy": N_("remedy"),
}
REMARK_KINDS = {
    "wrong": N_("wrong"),
    "contradictory": N_("contradictory"),
    "missing": N_("missing"),
    "renamed": N_("new name"),
    "unanswered": N_("not answered yet"),
}
WORDS_OF_W = (  # lowest W, how the groups agree
    (0.9, N_("agree unusually strongly")),
    (0.7, N_("agree strongly")),
    (0.5, N_("agree moderately")),
    (0.3, N_("agree weakly")),
    (0.1, N_("agree very weakly")),
    (0.0, N_("hardly agree at all")),
)


def question_labels(questions: pd.DataFrame, options: pd.DataFrame) -> dict[str, str]:
    """Words of each question: the label of a criterion, the name of an option.

    Parameters
    ----------
    questions : result of ``questions.draft_questions``
    options : as there

    Examples
    --------
    >>> from nasssap_lib.dialogue.questions import draft_questions
    >>> criteria = pd.DataFrame({"criterion": ["cost", "readiness"], "value": [0.01, 0.2]})
    >>> options = pd.DataFrame({"option": ["pension"], "name": ["Social pension"]})
    >>> question_labels(draft_questions(criteria, options), options)["pair:cost:readiness"]
    'Cost, % of GDP against Readiness'
    """
    names = dict(zip(options["option"], map(named, options["name"]), strict=True))
    words = {"group": lambda item: _(ABOUT[item]), "option": names.get}
    labels = {}
    for question, section, item, other in questions[QUESTION_COLUMNS].itertuples(index=False):
        first = words.get(section, criterion_words)(item)
        labels[question] = _("{first} against {second}", first=first, second=criterion_words(other)) if other else first
    return labels


def remark_words(remarks: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Remarks on answers as their readers get them.

    Parameters
    ----------
    remarks : of ``answers.Collected``
    labels : result of :func:`question_labels`

    Returns
    -------
    table with the columns of ``REMARK_HEADS``, all of them texts
    """
    known = {
        **labels,
        "group:influence": _(ABOUT["influence"]),
        BELOW: _("below the questions"),
        "": _("the whole sheet"),
    }
    asked = [_asked(known, *pair) for pair in zip(remarks["question"], remarks["field"], strict=True)]
    said = remarks.assign(kind=remarks["kind"].map(lambda kind: label(REMARK_KINDS, kind)), question=asked)
    for column in ("expected", "remedy"):
        said[column] = [_with_labels(cell, labels) for cell in remarks[column]]
    return said[list(REMARK_HEADS)]


def _asked(labels: Mapping[str, str], question: str, part: str) -> str:
    words = labels.get(question, question)
    return _("{question}, {part}", question=words, part=_(PARTS[part])) if part in PARTS else words


def _with_labels(cell: str, labels: Mapping[str, str]) -> str:
    """Words of a reason whose values may be ids of questions."""
    parts = split_reasons(cell)
    return reason_words(
        join_reasons(*(reason(code, **{k: labels.get(v, v) for k, v in values.items()}) for code, values in parts))
    )


def remark_line(rows: pd.DataFrame) -> str:
    """Remarks of one kind, group and reason in one line.

    Parameters
    ----------
    rows : of the result of :func:`remark_words`
    """
    row, asked = rows.iloc[0], "; ".join(rows["question"])
    values = {"kind": row["kind"], "expected": row["expected"], "remedy": row["remedy"]}
    values["asked"] = _("{group} · {questions}", group=row["group"], questions=asked) if row["group"] else asked
    where = ", ".join([row["file"], *filter(None, rows["cell"].head(3))]) + (" …" if len(rows) > 3 else "")
    if not row["file"]:
        return _("{kind}: {asked}: expected {expected}; {remedy}", **values)
    if not row["answer"]:
        return _("{kind}: {asked}: expected {expected}; {remedy} [{where}]", where=where, **values)
    got = row["answer"]
    return _("{kind}: {asked}: got '{got}', expected {expected}; {remedy} [{where}]", got=got, where=where, **values)


def how_weighed(cell: str) -> str:
    """How a group came to its weights: a code of reasons where a sheet was collected, else words of the pack; points where it says
    nothing.

    Examples
    --------
    >>> how_weighed('from_pairs {"ratio": "0.04"}'), how_weighed("by show of hands"), how_weighed("")
    ('from pairwise comparisons, consistency ratio 0.04', 'by show of hands', 'points')
    """
    if not cell:
        return _("points")
    try:
        return reason_words(cell)
    except (KeyError, ValueError):  # no code: somebody's words
        return named(cell)


def support_title(support: pd.DataFrame, country_name: str) -> str:
    """Title of the support map: which option has most support, and whether nobody opposes it.

    Parameters
    ----------
    support : a row an option: name, weighting, support and no_answer (shares 0–1), nobody_opposes, opposed_by
    country_name : of the country
    """
    return _("{country}: {finding}", country=country_name, finding=_support_words(support))


def _support_words(support: pd.DataFrame) -> str:
    free = support[support["nobody_opposes"].eq(True) & ~support["no_answer"].ge(1)]
    share = support["support"].max()
    if support["no_answer"].ge(1).all():
        return _("no group has said yet where it stands")
    if not share > 0:
        return _("no option has any support") if share == 0 else _opposed_words(free, support)
    first = support[~spans(support["support"], share)]
    values = {"names": _few_options(first["name"]), "share": format_share(share, 0)}
    if support["weighting"].eq("influence").all():
        most = ngettext(
            "{names} has most support ({share} by influence)",
            "{names} have most support ({share} by influence)",
            len(first),
            **values,
        )
    else:
        most = ngettext(
            "{names} has most support ({share} of the groups)",
            "{names} have most support ({share} of the groups)",
            len(first),
            **values,
        )
    if set(free["option"]) == set(first["option"]):
        return ngettext("{most}, and nobody opposes it", "{most}, and nobody opposes them", len(first), most=most)
    return join_clauses([most, _opposed_words(free, support)])


def _opposed_words(free: pd.DataFrame, support: pd.DataFrame) -> str:
    count = len(support)
    if len(free):
        return ngettext(
            "nobody opposes {n} of {all} option", "nobody opposes {n} of {all} options", count, n=len(free), all=count
        )
    opposed = int((support["opposed_by"] != "").sum())
    if opposed == count:
        return _("every option is opposed by a group")
    return _("{n} of {all} options are opposed by a group", n=opposed, all=count)


def _few_options(names: Iterable[str]) -> str:
    """One or two options, or how many there are."""
    names = quoted(_short(named(name)) for name in names)
    return join_words(names) if len(names) <= 2 else counted(len(names), "{n} option", "{n} options")


def _few_groups(names: Iterable[str]) -> str:
    """One or two groups, or how many there are."""
    names = [_short(named(name)) for name in dict.fromkeys(names)]
    return join_words(names) if len(names) <= 2 else counted(len(names), "{n} group", "{n} groups")


def _short(name: str) -> str:
    """A name that a title can bear; the picture below it has it in full."""
    name = LONG_WORD.sub(r"\1…", name)
    return name if len(name) <= LONGEST else name[:LONGEST].rsplit(maxsplit=1)[0] + "…"


def burdens_title(groups: pd.DataFrame, country_name: str) -> str:
    """Title of the burdens: who would pay most for one option, and who would gain most from one.

    Parameters
    ----------
    groups : a row a group and option: group, burden (% of GDP a year; below zero: it gains; NaN: not stated)
    country_name : of the country
    """
    known = groups[groups["burden"].notna()]
    known = known.assign(burden=settled(known["burden"]))
    if known.empty:
        return _("{country}: no group has said what it would pay or gain", country=country_name)
    pays, gains = known["burden"].max(), known["burden"].min()
    payers, gainers = (_few_groups(known.loc[known["burden"] == value, "group"]) for value in (pays, gains))
    values = {"country": country_name, "payers": payers, "gainers": gainers}
    values |= {"cost": small_share(pays / 100), "gain": small_share(-gains / 100)}
    if pays > 0 > gains and payers == gainers:
        return _(
            "{country}: {payers} would pay most for an option ({cost} of GDP a year) and gain most from one ({gain})",
            **values,
        )
    if pays > 0 > gains:
        return _(
            "{country}: {payers} would pay most for an option ({cost} of GDP a year) and {gainers} gain most from one ({gain})",
            **values,
        )
    if pays > 0:
        return _("{country}: {payers} would pay most for an option ({cost} of GDP a year)", **values)
    if gains < 0:
        return _("{country}: {gainers} would gain most from an option ({gain} of GDP a year)", **values)
    return _("{country}: no group would pay more than it gains, or gain more than it pays", **values)


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
    return _(next(words for least, words in WORDS_OF_W if round(w, 2) >= least))


def agreement_title(agreement: Agreement, country_name: str, tau: pd.DataFrame | None = None) -> str:
    """Title of the agreement between groups: Kendall's W in words (``agreement_words``) and as a number; tau for two groups.

    Parameters
    ----------
    agreement : result of ``positions.measure_agreement``
    country_name : of the country
    tau : Kendall's tau-b between each two groups

    Examples
    --------
    >>> agreement_title(Agreement(0.5046, 24.2, 8, 0.002), "Training country")
    'Training country: the groups agree moderately on the order (W = 0.5)'
    >>> two = pd.DataFrame([[1, -0.47], [-0.47, 1]], ["Unions", "Employers"], ["Unions", "Employers"])
    >>> agreement_title(Agreement(float("nan"), 0, 5, 0), "Training country", tau=two)
    'Training country: the orders of two groups are rather opposed (tau = −0.47)'
    """
    values = {"country": capital(country_name)}
    if pd.isna(agreement.w) and tau is not None and tau.shape == (2, 2) and pd.notna(tau.iloc[0, 1]):
        value = tau.iloc[0, 1]
        values["tau"] = format_number(value, 2).replace("-", MINUS)
        if value >= 0.3:
            return _("{country}: the orders of two groups are rather alike (tau = {tau})", **values)
        if value <= -0.3:
            return _("{country}: the orders of two groups are rather opposed (tau = {tau})", **values)
        return _("{country}: the orders of two groups are hardly related (tau = {tau})", **values)
    if pd.isna(agreement.w):
        return _("{country}: how far the groups agree on the order cannot be measured", **values)
    number, agree = format_number(agreement.w, 2), agreement_words(agreement.w)
    return _("{country}: the groups {agree} on the order (W = {w})", agree=agree, w=number, **values)


def dialogue_sentence(groups: pd.DataFrame, support: pd.DataFrame, judgements: pd.DataFrame) -> str:
    """Whether there was a dialogue and what nobody opposes; or what one would add.

    Parameters
    ----------
    groups : result of ``positions.assess_positions``
    support : result of ``positions.summarise_support``
    judgements : a pack's table
    """
    if groups.empty:
        return join_sentences(
            [
                _("The country's data hold no position of any group and no score: nobody's view is invented.")
                if judgements.empty
                else counted(
                    len(judgements),
                    "The country's data hold no position of any group and {n} score: nobody's view is invented.",
                    "The country's data hold no position of any group and {n} scores: nobody's view is invented.",
                ),
                _(
                    "Below is what each group would be asked, on an answer sheet of its own, and what this section would then show."
                ),
            ]
        )
    count = groups["stakeholder"].nunique()
    silent, free = support[support["no_answer"] > 0], support[support["nobody_opposes"]]
    return join_sentences(
        [
            counted(count, "{n} group took part.", "{n} groups took part."),
            _("Nobody opposes {names}.", names=join_words(quoted(free["name"])))
            if len(free)
            else _("Every option is opposed by at least one group, or was not answered on."),
            _("Not every group answered on {names}.", names=join_words(quoted(silent["name"]))) if len(silent) else "",
        ]
    )


def compromise_sentence(compromise: pd.DataFrame) -> str:
    """Which options the two compromise orders put first, or why there is none.

    Parameters
    ----------
    compromise : result of ``positions.find_compromise``
    """
    known = compromise[compromise["median_rank"].notna()]
    if known.empty:
        return _("n/a: fewer than two groups have stated weights by which the same options can be ranked.")
    median, points = known[known["median_rank"] == 1], known[known["borda_rank"] == 1]
    first = ngettext(
        "By the median {names} comes first: half of the groups or more rank it {rank} or better",
        "By the median {names} come first: half of the groups or more rank each of them {rank} or better",
        len(median),
        names=join_words(quoted(median["name"])),
        rank=format_number(median["median"].iat[0]),
    )
    same = set(median["option"]) == set(points["option"])
    out = compromise.loc[compromise["median_rank"].isna(), "name"]
    return join_sentences(
        [
            _("{first}, and Borda's points say the same.", first=first)
            if same
            else ngettext(
                "{first}; by Borda's points {names} comes first.",
                "{first}; by Borda's points {names} come first.",
                len(points),
                first=first,
                names=join_words(quoted(points["name"])),
            ),
            _("Every group counts the same here, whatever its influence."),
            _("Not placed, for its evidence is not complete: {names}.", names=join_words(quoted(out)))
            if len(out)
            else "",
        ]
    )


def discussion_sentence(points: pd.DataFrame, groups: pd.DataFrame) -> str:
    """How many answers do not fit what the group weighs or gains, or that there is none.

    Parameters
    ----------
    points : result of ``positions.points_to_discuss``
    groups : result of ``positions.assess_positions``
    """
    if groups.empty or groups["burden"].isna().all():
        return _("n/a: no group has said what it would pay or gain.")
    if points.empty:
        return _("No group opposes what its own weights put near the top, or what it would gain from.")
    who = counted(points["stakeholder"].nunique(), "{n} group", "{n} groups")
    return ngettext(
        "{n} answer of {groups} does not fit what the group weighs or would gain. It is no mistake: it is where a conversation is worth "
        "having.",
        "{n} answers of {groups} do not fit what the group weighs or would gain. They are no mistakes: they are where a conversation is "
        "worth having.",
        len(points),
        n=len(points),
        groups=who,
    )
