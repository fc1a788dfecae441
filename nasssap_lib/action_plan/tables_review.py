"""Tables of the periodic review for readers: progress, what slips move, options put off, new dates, changes since the approval."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.action_plan.review import Review
from nasssap_lib.display.tables import (
    ReportTable,
    View,
    write_code,
    write_name,
    write_number,
    write_reason,
    write_share,
    write_text,
    write_year,
)
from nasssap_lib.display.texts import N_, _, named
from nasssap_lib.terms import PLAN_CHANGES, PROGRESS_STATES

TABLES = {"activities": N_("Activities"), "targets": N_("Targets"), "indicators": N_("Indicators")}


def progress_table(review: Review) -> ReportTable:
    """Planned and reported progress of each activity, and by how many months it slipped.

    Parameters
    ----------
    review : result of ``action_plan.review_plan``
    """
    rows = review.progress
    shown = rows.assign(
        who=[named(name) or _("nobody named") for name in rows["institution"]],
        when=[_("{first} to {last}", first=row.start, last=row.end) for row in rows.itertuples()],
    )
    views = {
        "id": View(_("No.")),
        "name": View(_("Activity"), write_name, detail="when"),
        "who": View(_("Responsible")),
        "state": View(_("State"), write_code(PROGRESS_STATES)),
        "planned": View(_("Planned"), write_share, "", True, "progress_date"),
        "stated": View(_("Reported"), write_share, "quality", True),
        "slip": View(_("Slipped, months"), write_number, "", True),
        "planned_now": View(_("Planned by the review"), write_share, "", True),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    return ReportTable(rows, _("Progress against the plan"), views, shown)


def moved_table(review: Review) -> ReportTable:
    """What each slip moves.

    Parameters
    ----------
    review : result of ``action_plan.review_plan``
    """
    rows = review.moved
    shown = rows.assign(
        what=[_("{id} {name}", id=row.moved, name=named(row.name)) for row in rows.itertuples(index=False)],
        why=[_("itself") if row.slipped == row.moved else row.slipped for row in rows.itertuples()],
    )
    views = {
        "what": View(_("Activity that moves")),
        "why": View(_("Because of")),
        "months": View(_("Months"), write_number, "", True),
        "institution": View(_("Responsible"), write_name),
    }
    return ReportTable(rows, _("What the slips move"), views, shown)


def delayed_table(review: Review) -> ReportTable:
    """When each option with activities was ready by plan, and when it will be.

    Parameters
    ----------
    review : result of ``action_plan.review_plan``
    """
    rows = review.options
    shown = rows.assign(
        put_off=[_("yes") if late else _("no") for late in rows["delayed"]], why=rows["because"].str.replace(";", ", ")
    )
    views = {
        "name": View(_("Option"), write_name),
        "start_year": View(_("Starts, as assumed"), write_year),
        "ready": View(_("Ready, as planned")),
        "ready_expected": View(_("Ready, as it is now"), detail="why"),
        "months": View(_("Months later"), write_number, "", True),
        "put_off": View(_("Start put off")),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    return ReportTable(rows, _("Options and their activities"), views, shown)


def proposal_table(review: Review) -> ReportTable:
    """New dates to discuss, beside those of the plan.

    Parameters
    ----------
    review : result of ``action_plan.review_plan``
    """
    rows = review.proposal
    shown = rows.assign(
        planned=[_("{first} to {last}", first=row.start, last=row.end) for row in rows.itertuples()],
        new=[_("{first} to {last}", first=row.proposed_start, last=row.proposed_end) for row in rows.itertuples()],
        why=rows["because"].str.replace(";", ", "),
    )
    views = {
        "id": View(_("No.")),
        "name": View(_("Activity"), write_name),
        "planned": View(_("Planned")),
        "new": View(_("Proposed")),
        "months": View(_("Months later"), write_number, "", True),
        "why": View(_("Because of")),
        "institution": View(_("Responsible"), write_name),
    }
    return ReportTable(rows, _("Proposal for new dates"), views, shown)


def changes_table(changes: pd.DataFrame) -> ReportTable:
    """What changed since the edition that was approved.

    Parameters
    ----------
    changes : result of ``action_plan.compare_plans``
    """
    shown = changes.assign(part=[_(TABLES[table]) for table in changes["table"]])
    views = {
        "id": View(_("No.")),
        "name": View(_("What"), write_name, detail="part"),
        "change": View(_("Change"), write_code(PLAN_CHANGES)),
        "column": View(_("Column"), write_text),
        "before": View(_("Approved")),
        "now": View(_("Now")),
    }
    return ReportTable(changes, _("Changes since the edition that was approved"), views, shown)
