"""Tables of the action plan for readers: the matrix, work by institution, money by year and payer, and what is open."""

from __future__ import annotations

import re

import pandas as pd

from nasssap_lib.action_plan.words import quarter_words
from nasssap_lib.costing.tables import format_money
from nasssap_lib.display.tables import ReportTable, View, write_name, write_reason, write_share, write_text, write_year
from nasssap_lib.display.texts import N_, _, label, named
from nasssap_lib.terms import PLAN_STEPS, STEP_STATES

DATED = re.compile(r"(.+) \((\d{4})\)")
ROLES = {"responsible": N_("responsible"), "support": N_("support")}


def plan_matrix(schedule: pd.DataFrame, activities: pd.DataFrame, measures: pd.DataFrame, currency: str) -> ReportTable:
    """The action plan: who does what by when, with whose money, and what may go wrong.

    Parameters
    ----------
    schedule : result of ``action_plan.schedule_activities``
    activities, measures : of the pack
    currency : ISO 4217 code
    """
    names = dict(zip(measures["id"], measures["name"], strict=True))
    taken = ["support", "cost", "financed", "finance_source", "expertise", "progress", "progress_date", "risk"]
    data = schedule.merge(activities[["id", *taken]], on="id")
    shown = data.assign(
        serves=[named(names.get(option, "")) or _("the whole plan") for option in data["option"]],
        who=[named(name) or _("nobody named") for name in data["institution"]],
        beside=[named(name) for name in data["support"]],
        when=[_("{first} to {last}", first=row.start, last=row.end) for row in data.itertuples()],
        may=[_slack(row) for row in data.itertuples()],
        payer=[named(name) for name in data["finance_source"]],
    )
    views = {
        "id": View(_("No.")),
        "name": View(_("Activity"), write_name, detail="serves"),
        "who": View(_("Responsible"), detail="beside"),
        "when": View(_("Months"), detail="may"),
        "depends_on": View(_("After")),
        "cost": View(_("Cost, million {currency}", currency=currency), format_money, "quality", True),
        "financed": View(_("Financed"), write_share, "", True, "payer"),
        "progress": View(_("Done"), write_share, "", True, "progress_date"),
        "risk": View(_("Risk"), write_name, long=True),
    }
    return ReportTable(data, _("Action plan"), views, shown)


def _slack(row) -> str:
    if row.critical:
        return _("no slack")
    return _("slack: {n} months", n=int(row.slack))


def workload_table(workload: pd.DataFrame) -> ReportTable:
    """Most activities at once of each institution, and when.

    Parameters
    ----------
    workload : result of ``action_plan.institution_workload``
    """
    most = workload.sort_values("activities", ascending=False, kind="stable").drop_duplicates(["institution", "role"])
    most = most.sort_values(["role", "activities", "institution"], ascending=[True, False, True], kind="stable")
    shown = most.assign(
        as_what=[label(ROLES, role) for role in most["role"]],
        when=most["period"].map(quarter_words),
        ids=most["ids"].str.replace(";", ", "),
    )
    views = {
        "institution": View(_("Institution"), write_name),
        "as_what": View(_("Role")),
        "activities": View(_("Most activities at once"), write_text, numeric=True),
        "when": View(_("When first")),
        "ids": View(_("Which")),
    }
    return ReportTable(workload, _("Work of institutions"), views, shown)


def plan_costs_table(costs: pd.DataFrame, currency: str) -> ReportTable:
    """Cost of the plan by year, and what nobody pays.

    Parameters
    ----------
    costs : result of ``action_plan.plan_costs``
    currency : ISO 4217 code
    """
    views = {"year": View(_("Year"), write_year)} | _money_views()
    return ReportTable(costs, _("Cost of the plan by year, million {currency}", currency=currency), views)


def payers_table(payers: pd.DataFrame, currency: str) -> ReportTable:
    """Who pays how much of the plan, over all its years.

    Parameters
    ----------
    payers : result of ``action_plan.costs_by_payer``
    currency : ISO 4217 code
    """
    sums = payers.groupby("finance_source", sort=False)[["cost", "financed", "unfunded"]].sum().reset_index()
    sums = sums.assign(
        payer=[named(name) or _("no source named") for name in sums["finance_source"]], quality="", reason=""
    )
    views = {"payer": View(_("Source of finance"))} | _money_views()
    del views["reason"]
    return ReportTable(payers, _("Sources of finance, all years, million {currency}", currency=currency), views, sums)


def _money_views() -> dict[str, View]:
    return {
        "cost": View(_("Cost"), format_money, numeric=True),
        "financed": View(_("Financed"), format_money, numeric=True),
        "unfunded": View(_("Not financed"), format_money, numeric=True),
        "reason": View(_("What must be known"), write_reason, long=True),
    }


def skeleton_table(skeleton: pd.DataFrame) -> ReportTable:
    """What each option needs before anybody is paid, and what of it the pack knows; no dates.

    Parameters
    ----------
    skeleton : result of ``action_plan.plan_skeleton``
    """
    cells = skeleton.assign(
        told=[label(STEP_STATES, state) for state in skeleton["state"]],
        also=skeleton["found"].where(skeleton["state"] == "found", "").map(_found),
    )
    shown = cells[["option", "name"]].drop_duplicates(ignore_index=True)
    views = {"name": View(_("Option"), write_name)}
    for step in PLAN_STEPS:
        own = cells[cells["step"] == step].set_index("option")
        shown[step], shown[f"{step}_found"] = (shown["option"].map(own[name]) for name in ("told", "also"))
        views[step] = View(label(PLAN_STEPS, step), detail=f"{step}_found")
    return ReportTable(skeleton, _("What each option needs, and what of it was found"), views, shown)


def alignment_table(alignment: pd.DataFrame) -> ReportTable:
    """The plan, programme or law that each option serves.

    Parameters
    ----------
    alignment : result of ``action_plan.option_alignment``
    """
    rows = list(alignment.itertuples())
    shown = alignment.assign(
        title=[named(row.title) or _("none read") for row in rows],
        place=[", ".join(filter(None, [named(row.article), row.period or write_year(row.year)])) for row in rows],
        ended=[_("ended") if row.state == "ended" else "" for row in rows],
    )
    views = {
        "name": View(_("Option"), write_name),
        "title": View(_("Document that it serves"), detail="place"),
        "kind": View(_("Kind"), write_name, detail="ended"),
        "content": View(_("What it says"), write_name, long=True),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    return ReportTable(alignment, _("Which plan, programme or law each option serves"), views, shown)


def _found(cell: str) -> str:
    """Names that the pack gives, each in the reader's language."""
    return ", ".join(_named_part(name.strip()) for name in cell.split(";"))


def _named_part(part: str) -> str:
    """A name of the pack; of an indicator with its year, the year stays beside its name."""
    if dated := DATED.fullmatch(part):
        return _("{value} ({year})", value=named(dated[1]), year=dated[2])
    name, bracket, scheme = part.rpartition(" (")  # as "Fund (scheme)", of which the pack translates each
    return (
        f"{named(name)} ({named(scheme.removesuffix(')'))})"
        if bracket and part.endswith(")") and named(part) == part
        else named(part)
    )


def open_points_table(points: pd.DataFrame, currency: str) -> ReportTable:
    """What the plan leaves open: no responsible institution, no cost, nothing or not all financed, options without activities.

    Parameters
    ----------
    points : result of ``action_plan.open_points``
    currency : ISO 4217 code
    """
    views = {
        "id": View(_("No.")),
        "name": View(_("Activity or option"), write_name),
        "lacks": View(_("What is open"), write_reason),
        "amount": View(_("Not financed, million {currency}", currency=currency), format_money, numeric=True),
    }
    return ReportTable(points, _("What the plan leaves open"), views)
