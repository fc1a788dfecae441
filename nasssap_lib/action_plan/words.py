"""Sentences on the action plan: when it ends and what its end hangs on, what nobody pays, and where work heaps up."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.tables import format_money
from nasssap_lib.costing.words import quoted
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.texts import _, join_sentences, named, ngettext
from nasssap_lib.display.words import join_words

MILLION = 1e6
FEW = 4  # names that a sentence holds


def gantt_title(schedule: pd.DataFrame, country_name: str) -> str:
    """Title of the picture: how many activities there are, and when the last one ends.

    Parameters
    ----------
    schedule : result of ``action_plan.schedule_activities``
    country_name : in the reader's language
    """
    if schedule.empty:
        return _("{country}: no action plan yet", country=country_name)
    return ngettext(
        "{country}: {n} activity from {first} to {last}", "{country}: {n} activities from {first} to {last}", len(schedule),
        country=country_name, n=len(schedule), first=schedule["start"].min(), last=schedule["end"].max(),
    )  # fmt: skip


def plan_answer(
    schedule: pd.DataFrame, costs: pd.DataFrame, points: pd.DataFrame, currency: str
) -> list[tuple[str, str, str]]:
    """What the chapter found on the activities: the end of the plan and what it hangs on, and what nobody pays.

    Parameters
    ----------
    schedule, costs, points : results of ``action_plan.schedule_activities``, ``plan_costs`` and ``open_points``
    currency : ISO 4217 code

    Returns
    -------
    (finding, how sure it is, name of its exhibit) each: ``gantt``, then ``plan_costs``; the first alone without a plan
    """
    if schedule.empty:
        return [(
            _("There is no action plan yet: who does what by when is for the country to say."),
            _("What each option needs, as far as the inventory tells, is shown without dates."), "skeleton",
        )]  # fmt: skip
    return [
        (
            critical_sentence(schedule),
            _("By the planned months and prerequisites; how long work really takes is not known."),
            "gantt",
        ),
        (costs_sentence(costs, currency), points_sentence(points), "plan_costs"),
    ]


def critical_sentence(schedule: pd.DataFrame) -> str:
    """When the plan ends, which activities its end hangs on, and which begin before what they need has ended.

    Parameters
    ----------
    schedule : result of ``action_plan.schedule_activities``
    """
    if schedule.empty:
        return ""
    critical = schedule[schedule["critical"]]
    early = schedule[schedule["reason"] != ""]
    told = [
        ngettext(
            "The plan ends in {last}; its end hangs on {n} activity: {names}.",
            "The plan ends in {last}; its end hangs on {n} activities: {names}.",
            len(critical), last=schedule["end"].max(), n=len(critical), names=name_list(critical["name"]),
        ),
        ngettext(
            "{n} activity is planned to begin before what it needs has ended: {names}.",
            "{n} activities are planned to begin before what they need has ended: {names}.",
            len(early), n=len(early), names=name_list(early["name"]),
        ) if len(early) else "",
    ]  # fmt: skip
    return join_sentences(told)


def costs_sentence(costs: pd.DataFrame, currency: str) -> str:
    """What the plan costs, and what of it is paid by nobody.

    Parameters
    ----------
    costs : result of ``action_plan.plan_costs``
    currency : ISO 4217 code
    """
    if costs.empty:
        return ""
    cost, missing = costs["cost"].sum(), costs["unfunded"].sum()
    amount = format_money(cost)
    return _(
        "The activities cost {cost} million {currency} from {first} to {last}; {missing} of it ({share}) is not financed.",
        cost=_("at least {amount}", amount=amount) if costs["reason"].ne("").any() else amount, currency=currency,
        first=int(costs["year"].min()), last=int(costs["year"].max()),
        missing=format_money(missing), share=format_share(missing / cost if cost else float("nan"), 0),
    )  # fmt: skip


def points_sentence(points: pd.DataFrame) -> str:
    """How many activities nobody pays at all, and which options no activity serves.

    Parameters
    ----------
    points : result of ``action_plan.open_points``
    """
    bare = points[points["lacks"] == "no_activity"]
    unpaid = points[points["lacks"] == "nothing_financed"]
    told = [
        ngettext(
            "Of {n} activity nothing is financed.", "Of {n} activities nothing is financed.", len(unpaid), n=len(unpaid),
        ) if len(unpaid) else "",
        _("No activity serves {options}.", options=name_list(bare["name"])) if len(bare) else "",
    ]  # fmt: skip
    return join_sentences(told)


def alignment_sentence(alignment: pd.DataFrame) -> str:
    """How many options a plan, programme or law names that was read, and which it does not.

    Parameters
    ----------
    alignment : result of ``action_plan.option_alignment``
    """
    options = alignment.drop_duplicates("option")
    bare = options[options["title"] == ""]
    if options.empty:
        return ""
    told = ngettext(
        "Of {all} options {n} is named by a plan, programme or law that was read.",
        "Of {all} options {n} are named by a plan, programme or law that was read.",
        len(options) - len(bare), all=len(options), n=len(options) - len(bare),
    )  # fmt: skip
    return join_sentences(
        [told, _("No document was read that names {options}.", options=name_list(bare["name"])) if len(bare) else ""]
    )


def workload_sentence(workload: pd.DataFrame) -> str:
    """Which institution has most to do at once, and when.

    Parameters
    ----------
    workload : result of ``action_plan.institution_workload``
    """
    own = workload[workload["role"] == "responsible"]
    if own.empty:
        return ""
    top = own.loc[own["activities"].idxmax()]
    return ngettext(
        "Most work at once lies with {institution}: {n} activity in {period}.",
        "Most work at once lies with {institution}: {n} activities in {period}.",
        int(top["activities"]), institution=named(top["institution"]), n=int(top["activities"]), period=quarter_words(top["period"]),
    )  # fmt: skip


def quarter_words(period: str) -> str:
    """A quarter in the reader's words.

    Examples
    --------
    >>> quarter_words("2027-Q2")
    'Q2 2027'
    """
    year, _dash, quarter = period.partition("-Q")
    return _("Q{quarter} {year}", quarter=quarter, year=year)


def name_list(names: pd.Series) -> str:
    """Names in a sentence; of many the first few, and how many more.

    Examples
    --------
    >>> name_list(pd.Series(["Act", "Register"]))
    '“Act” and “Register”'
    """
    shown = quoted(named(name) for name in names.head(FEW))
    rest = len(names) - FEW
    return join_words([*shown, *([ngettext("{n} more", "{n} more", rest, n=rest)] if rest > 0 else [])])
