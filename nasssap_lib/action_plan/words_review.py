"""Sentences on the periodic review: what slipped, what it moves, which options it puts off, and what changed since the approval."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from nasssap_lib.action_plan.review import Review
from nasssap_lib.action_plan.words import name_list
from nasssap_lib.costing.words import quoted
from nasssap_lib.display.texts import _, join_sentences, label, named, ngettext
from nasssap_lib.display.words import join_words, small_first
from nasssap_lib.terms import PLAN_CHANGES


def review_answer(review: Review) -> list[tuple[str, str, str]]:
    """What the review found: what slipped and what it moves.

    Parameters
    ----------
    review : result of ``action_plan.review_plan``

    Returns
    -------
    (finding, how sure it is, name of its exhibit); without a plan, that there is none to review
    """
    if review.progress.empty:
        return [(
            _("There is no action plan yet, so that there is no progress to review."),
            _("What each option needs first stands in the chapter on the action plan."), "review_terms",
        )]  # fmt: skip
    return [(
        join_sentences([slipped_sentence(review), moved_sentence(review)]),
        _("Progress as institutions reported it, read against work that is planned evenly; nobody has checked it."), "progress",
    )]  # fmt: skip


def progress_title(progress: pd.DataFrame, country_name: str) -> str:
    """Title of the picture: how many activities slipped.

    Parameters
    ----------
    progress : of a ``Review``
    country_name : in the reader's language
    """
    if progress.empty:
        return _("{country}: no action plan yet", country=country_name)
    slipped = int((progress["state"] == "slipped").sum())
    return ngettext(
        "{country}: {n} activity of {all} slipped", "{country}: {n} activities of {all} slipped", slipped,
        country=country_name, n=slipped, all=len(progress),
    )  # fmt: skip


def slipped_sentence(review: Review) -> str:
    """Which activities slipped, by how many months, and how many are not known; "" without a plan.

    Parameters
    ----------
    review : result of ``action_plan.review_plan``
    """
    progress = review.progress
    if progress.empty:
        return ""
    slipped = progress[progress["state"] == "slipped"]
    unknown = int((progress["state"] == "not_known").sum())
    names = [
        ngettext("{activity} ({n} month)", "{activity} ({n} months)", int(row.slip), activity=name, n=int(row.slip))
        for row, name in zip(slipped.itertuples(), quoted(map(named, slipped["name"])), strict=True)
    ]
    told = [
        ngettext(
            "Of {all} activities {n} slipped: {names}.", "Of {all} activities {n} slipped: {names}.", len(slipped),
            all=len(progress), n=len(slipped), names=join_words(names),
        ) if names else ngettext(
            "The {n} activity has not slipped.", "None of {n} activities slipped.", len(progress), n=len(progress),
        ),
        ngettext(
            "Of {n} no progress is known.", "Of {n} no progress is known.", unknown, n=unknown,
        ) if unknown else "",
    ]  # fmt: skip
    return join_sentences(told)


def moved_sentence(review: Review) -> str:
    """What the slips move through the prerequisites, and which options they put off.

    Parameters
    ----------
    review : result of ``action_plan.review_plan``
    """
    if review.progress.empty or not (review.progress["state"] == "slipped").any():
        return ""
    moved = review.moved[review.moved["slipped"] != review.moved["moved"]].drop_duplicates("moved")
    waits = _("What waits for what slipped moves too: {names}.", names=name_list(moved["name"])) if len(moved) else ""
    return join_sentences([waits, _put_off(review.options)])


def _put_off(options: pd.DataFrame) -> str:
    late = options[options["delayed"].astype(bool)]
    if late.empty:
        return _("No option starts later because of it.")
    names = quoted(map(named, late["name"]))
    years = late["start_expected"].astype(int)
    parts = [_("{option} ({year})", option=name, year=year) for name, year in zip(names, years, strict=True)]
    return _("Put off by it: {options}.", options=join_words(parts))


def proposal_sentence(review: Review) -> str:
    """That new dates are a proposal; "" where nothing moves.

    Parameters
    ----------
    review : result of ``action_plan.review_plan``
    """
    if review.proposal.empty:
        return ""
    return _(
        "New dates keep the durations and the pace planned for what is left: a proposal to discuss, nobody has agreed to it."
    )


def changes_sentence(changes: pd.DataFrame) -> str:
    """How many changes of each kind there are since the edition that was approved.

    Parameters
    ----------
    changes : result of ``action_plan.compare_plans``

    Examples
    --------
    >>> changes_sentence(pd.DataFrame({"change": []}))
    'Nothing changed in plan, targets and their figures since the edition that was approved.'
    """
    if changes.empty:
        return _("Nothing changed in plan, targets and their figures since the edition that was approved.")
    kinds: Mapping[str, int] = changes["change"].value_counts(sort=False).to_dict()
    parts = [_("{kind}: {n}", kind=small_first(label(PLAN_CHANGES, kind)), n=number) for kind, number in kinds.items()]
    count = ngettext(
        "{n} cell changed since the edition that was approved", "{n} cells changed since the edition that was approved", len(changes),
        n=len(changes),
    )  # fmt: skip
    return _("{count} ({parts}).", count=count, parts=join_words(parts))
