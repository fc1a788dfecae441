"""The periodic review: progress against plan, what a slip moves through the prerequisites, and new dates to discuss.

Earned schedule of Lipke (2003): work done is read as months of the plan, so that being late is said in months and not in money.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.action_plan.months import YEAR, month_of, month_text
from nasssap_lib.action_plan.schedule import Span, spans_of
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records

PROGRESS_COLUMNS = [
    "id", "name", "option", "institution", "start", "end", "progress_date", "planned", "stated", "planned_now", "behind", "slip", "state",
    "quality", "source", "reason",
]  # fmt: skip
MOVED_COLUMNS = ["slipped", "moved", "name", "option", "institution", "months"]
OPTION_COLUMNS = [
    "option",
    "name",
    "start_year",
    "ready",
    "ready_expected",
    "months",
    "start_expected",
    "delayed",
    "because",
    "reason",
]
PROPOSAL_COLUMNS = [
    "id", "name", "option", "institution", "start", "end", "proposed_start", "proposed_end", "months", "because", "proposed", "quality",
    "source",
]  # fmt: skip


class Review(NamedTuple):
    """What a periodic review looks at."""

    progress: pd.DataFrame  # an activity a row: planned and stated progress, and by how many months it slipped
    moved: pd.DataFrame  # a slip and an activity that it moves a row
    options: pd.DataFrame  # an option a row: when it was ready by plan and will be, and whether its start is delayed
    proposal: pd.DataFrame  # an activity with new dates a row


def review_plan(pack: Pack, date: str = "") -> Review:
    """Progress of the plan against what was planned, what the slips move, and a proposal for new dates.

    Parameters
    ----------
    pack : the country
    date : month of the review, as in 2026-03; "": the latest month in which progress was recorded

    Returns
    -------
    Review, four tables; dates are months, and an end is the last month of work

    * progress: id, name, option, institution, start, end, progress_date (as the pack has it), planned (share that the plan has done by
      the end of that month), stated (share), planned_now (share by the end of the review's month), behind (months, negative where it
      is ahead), slip (whole months, 0 or more; missing where no progress was stated), state (a code of ``terms.PROGRESS_STATES``),
      quality, source, reason
    * moved: slipped, moved (ids; each slipped activity moves itself first), name, option, institution (of what is moved), months (by
      which this slip alone moves its end)
    * options: option, name, start_year (of ``measures.csv``), ready, ready_expected (first month after its last activity, as planned and
      now), months (between them), start_expected (year), delayed (whether the slips alone put off the year), because (ids of the
      slipped activities), reason (that even as planned it is ready after the year in which it starts)
    * proposal: activities whose dates move only: id … end, proposed_start, proposed_end, months (by which the end moves), because,
      proposed (True: nobody has agreed to them), quality, source

    Raises
    ------
    NasssapError : a plan that ``schedule_activities`` refuses, progress above 1 or before the start, or no such date

    Notes
    -----
    * Work is planned evenly: planned share = months elapsed ÷ months of the activity, at the end of the month. Months earned = progress ×
      months; behind = elapsed − earned, and goes on after the planned end. A slip is ``behind`` to the nearest whole month: half a month
      is within what reports of progress can tell.
    * Both sides are of the month in which progress was recorded. An activity that was not due then is neither early nor late.
    * A slip moves the end of the activity, and its start where nothing is done yet; its duration, or the pace planned for what is left,
      is kept. What waits for it moves by what its pause does not take up, unless it has begun already. Where several slips meet, the
      longest counts: months are not added up.

    Source: Lipke, Schedule is different, 2003.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> review = review_plan(read_pack("XTC"))
    >>> review.moved[["slipped", "moved", "months"]].values.tolist()
    [['a02', 'a02', 2], ['a02', 'a03', 2], ['a02', 'a04', 2], ['a02', 'a07', 2]]
    >>> review.proposal.set_index("id").loc["a07", ["proposed_start", "proposed_end"]].tolist()
    ['2027-03', '2027-08']
    """
    spans = spans_of(pack.activities)
    progress = _progress(pack, spans, date)
    slips = {row.id: int(row.slip) for row in progress.itertuples() if not pd.isna(row.slip) and row.slip > 0}
    begun = set(progress.loc[progress["stated"] > 0, "id"])
    effects = {name: shifts(spans, {name: months}, begun) for name, months in slips.items()}
    shifted = shifts(spans, slips, begun)
    return Review(
        progress,
        _moved(pack, effects),
        _options(pack, spans, shifted, effects),
        _proposal(pack, spans, shifted, effects, begun),
    )


def _progress(pack: Pack, spans: Mapping[str, Span], date: str) -> pd.DataFrame:
    recorded = [month_of(cell, last=True) for cell in pack.activities["progress_date"] if cell]
    now = month_of(date, last=True) if date else max(recorded, default=None)
    rows = [_of_activity(row, spans[row["id"]], now) for row in as_records(pack.activities)]
    if faults := [row["fault"] for row in rows if row["fault"]]:
        raise NasssapError(f"review_plan: {'; '.join(faults)}")
    table = pd.DataFrame(rows, columns=PROGRESS_COLUMNS)
    return table.astype({"slip": "Int64"}) if len(table) else table


def _of_activity(row: Mapping, span: Span, now: int | None) -> dict:
    taken = {name: row[name] for name in ("id", "name", "institution", "progress_date", "quality", "source")}
    head = taken | {"option": row["measure"], "start": month_text(span.start), "end": month_text(span.end)}
    stated, known = float(row["progress"]), bool(row["progress_date"])
    at = month_of(row["progress_date"], last=True) if known else None
    head |= {"stated": stated, "planned_now": np.nan if now is None else planned_share(span, now), "fault": ""}
    if np.isnan(stated) or at is None:
        code = "no_progress_stated" if np.isnan(stated) else "no_progress_date"
        return head | {"planned": np.nan, "behind": np.nan, "slip": pd.NA, "state": "not_known", "reason": reason(code)}
    elapsed = max(at - span.start + 1, 0)
    behind = 0.0 if stated >= 1 else elapsed - stated * span.months
    return head | {
        "planned": planned_share(span, at),
        "behind": behind,
        "slip": slip_of(behind),
        "state": _state(stated, elapsed, slip_of(behind), behind),
        "reason": join_reasons(
            reason("progress_of", date=row["progress_date"]) if now is not None and at < now else ""
        ),
        "fault": _fault(row["id"], stated, elapsed),
    }


def _fault(name: str, stated: float, elapsed: int) -> str:
    if not 0 <= stated <= 1:
        return f"{name}: progress is {stated:g}; expected a share from 0 to 1"
    return f"{name}: progress {stated:g} before its start" if stated > 0 and not elapsed else ""


def _state(stated: float, elapsed: int, slip: int, behind: float) -> str:
    if stated >= 1:
        return "done"
    if not elapsed:
        return "not_due"
    return "slipped" if slip else "ahead" if slip_of(-behind) else "on_plan"


def planned_share(span: Span, month: int) -> float:
    """What part of an activity is planned to be done by the end of a month.

    Examples
    --------
    >>> planned_share(Span(10, 13, ()), 10), planned_share(Span(10, 13, ()), 9), planned_share(Span(10, 13, ()), 20)
    (0.25, 0.0, 1.0)
    """
    return min(max(month - span.start + 1, 0), span.months) / span.months


def slip_of(behind: float) -> int:
    """Whole months by which an activity slipped: to the nearest, half a month up; none where it is on time or ahead.

    Examples
    --------
    >>> slip_of(1.5), slip_of(0.4), slip_of(-3.0)
    (2, 0, 0)
    """
    return max(math.floor(behind + 0.5 + 1e-9), 0)


def shifts(spans: Mapping[str, Span], slips: Mapping[str, int], begun: set[str]) -> dict[str, int]:
    """Months by which the end of each activity moves; only what moves.

    Parameters
    ----------
    spans : result of ``schedule.spans_of``: prerequisites first
    slips : months by which activities slipped by themselves
    begun : activities that wait for nothing any more

    Examples
    --------
    >>> spans = {"a": Span(0, 3, ()), "b": Span(5, 6, ("a",)), "c": Span(7, 7, ("b",))}  # a month's pause before b
    >>> shifts(spans, {"a": 3}, {"a"})
    {'a': 3, 'b': 2, 'c': 2}
    """
    found: dict[str, int] = {}
    for name, span in spans.items():
        pushed = (
            0
            if name in begun
            else max((_push(span, spans[need], found.get(need, 0)) for need in span.needs), default=0)
        )
        found[name] = max(slips.get(name, 0), pushed)
    return {name: months for name, months in found.items() if months > 0}


def _push(span: Span, needed: Span, months: int) -> int:
    """What the pause between two activities leaves of a slip of the first."""
    return months - max(span.start - needed.end - 1, 0)


def _moved(pack: Pack, effects: Mapping[str, Mapping[str, int]]) -> pd.DataFrame:
    plan = pack.activities.set_index("id", drop=False)
    rows = []
    for slipped, moved in effects.items():
        for name in sorted(moved, key=lambda name: (name != slipped, name)):
            of = plan.loc[name]
            rows.append((slipped, name, of["name"], of["measure"], of["institution"], moved[name]))
    return pd.DataFrame(rows, columns=MOVED_COLUMNS)


def _because(effects: Mapping[str, Mapping[str, int]], names) -> str:
    return ";".join(slipped for slipped, moved in effects.items() if set(moved) & set(names))


def _options(pack: Pack, spans, shifted: Mapping[str, int], effects) -> pd.DataFrame:
    plan, rows = pack.activities, []
    for measure in as_records(pack.measures):
        names = plan.loc[plan["measure"] == measure["id"], "id"].tolist()
        if names:
            rows.append(_option(measure, names, spans, shifted) | {"because": _because(effects, names)})
    return pd.DataFrame(rows, columns=OPTION_COLUMNS)


def _option(measure: Mapping, names: list[str], spans, shifted: Mapping[str, int]) -> dict:
    ready = max(spans[name].end for name in names) + 1
    later = max(spans[name].end + shifted.get(name, 0) for name in names) + 1
    start = int(measure["start_year"])
    planned, expected = max(start, ready // YEAR), max(start, later // YEAR)
    late = reason("ready_after_start", month=month_text(ready), year=start) if ready // YEAR > start else ""
    return {
        "option": measure["id"], "name": measure["name"], "start_year": start, "ready": month_text(ready),
        "ready_expected": month_text(later), "months": later - ready, "start_expected": expected, "delayed": expected > planned,
        "reason": late,
    }  # fmt: skip


def _proposal(pack: Pack, spans, shifted: Mapping[str, int], effects, begun: set[str]) -> pd.DataFrame:
    rows = []
    for row in as_records(pack.activities.rename(columns={"measure": "option"})):
        name, months = row["id"], shifted.get(row["id"], 0)
        if months:
            span, start = spans[name], 0 if name in begun else months
            dates = {
                "start": span.start,
                "end": span.end,
                "proposed_start": span.start + start,
                "proposed_end": span.end + months,
            }
            told = {"months": months, "because": _because(effects, [name]), "proposed": True}
            rows.append(row | {key: month_text(value) for key, value in dates.items()} | told)
    return pd.DataFrame(rows, columns=PROPOSAL_COLUMNS)
