"""The activities of a plan in time: what waits for what, how much each may slip, and which chain carries the end of the plan.

Critical path method of Kelley and Walker (1959) on calendar months, with planned starts as the earliest that anybody promised.
"""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

import pandas as pd

from nasssap_lib.action_plan.months import month_of, month_text
from nasssap_lib.errors import NasssapError, did_you_mean
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records

SCHEDULE_COLUMNS = [
    "id", "name", "option", "institution", "start", "end", "months", "depends_on", "earliest_start", "earliest_end", "latest_start",
    "latest_end", "slack", "critical", "quality", "source", "reason",
]  # fmt: skip


class Span(NamedTuple):
    """Months of an activity, both of them its own, and the activities that must end before it."""

    start: int
    end: int
    needs: tuple[str, ...]

    @property
    def months(self) -> int:
        """How long it takes."""
        return self.end - self.start + 1


@once_a_pack
def schedule_activities(pack: Pack) -> pd.DataFrame:
    """When each activity can begin, how much it may slip, and whether the end of the plan hangs on it.

    Returns
    -------
    table in the order of the pack, an activity a row; dates are months as in 2027-03, and an end is the last month of work

    * id, name, option (id of ``measures.csv``; "" where it serves the whole plan), institution, start, end: as the pack has them
    * months: how long it takes · depends_on: ids of activities that must end before
    * earliest_start, earliest_end: by its prerequisites alone; without any, as planned
    * latest_start, latest_end: the latest that leave the end of the plan where it is
    * slack: months that it may slip before the plan ends later · critical: True where it has none
    * reason: that it is planned to begin before a prerequisite ends

    Raises
    ------
    NasssapError : a circle of prerequisites, an unknown one, or an end before its start; all faults of one kind together

    Notes
    -----
    An activity is expected at its planned start, or the month after its last prerequisite where that is later; the plan ends with
    the last that is expected. Latest dates go back from there (backward pass), and slack = latest − expected start: what is planned
    to wait for is no slack of its prerequisites' successors, but it is their own. Work of one institution at the same time is no
    constraint here: ``institution_workload`` counts it.

    Source: Kelley and Walker, Critical-path planning and scheduling, 1959.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = schedule_activities(read_pack("XTC"))
    >>> table.loc[table["critical"], "id"].tolist(), int(table.set_index("id")["slack"]["a01"])
    (['a05', 'a06'], 15)
    """
    spans = spans_of(pack.activities)
    if not spans:
        return pd.DataFrame(columns=SCHEDULE_COLUMNS)
    earliest, expected, latest = _earliest(spans), expected_starts(spans), latest_starts(spans)
    rows = [
        _row(activity, spans[activity["id"]], *(times[activity["id"]] for times in (earliest, expected, latest)), spans)
        for activity in as_records(pack.activities)
    ]
    return pd.DataFrame(rows, columns=SCHEDULE_COLUMNS)


def _row(activity: Mapping, span: Span, earliest: int, expected: int, latest: int, spans: Mapping[str, Span]) -> dict:
    taken = {name: activity[name] for name in ("id", "name", "institution", "depends_on", "quality", "source")}
    early = [name for name in span.needs if spans[name].end >= span.start]
    told = (reason("predecessor_ends_first", activity=name, end=month_text(spans[name].end)) for name in early)
    last = span.months - 1
    return taken | {
        "option": activity["measure"],
        "start": month_text(span.start),
        "end": month_text(span.end),
        "months": span.months,
        "earliest_start": month_text(earliest),
        "earliest_end": month_text(earliest + last),
        "latest_start": month_text(latest),
        "latest_end": month_text(latest + last),
        "slack": latest - expected,
        "critical": latest == expected,
        "reason": join_reasons(*told),
    }


def spans_of(activities: pd.DataFrame) -> dict[str, Span]:
    """Months and prerequisites of each activity by its id, prerequisites before those that wait for them.

    Parameters
    ----------
    activities : of a pack

    Raises
    ------
    NasssapError : a circle of prerequisites, an unknown one, or an end before its start

    Examples
    --------
    >>> plan = pd.DataFrame({"id": ["b", "a"], "start": ["2027-03", "2027"], "end": ["2027-04", "2027-02"], "depends_on": ["a", ""]})
    >>> [(name, span.months) for name, span in spans_of(plan).items()]
    [('a', 2), ('b', 2)]
    """
    spans = {
        row["id"]: Span(month_of(row["start"]), month_of(row["end"], last=True), _parts(row["depends_on"]))
        for row in as_records(activities[["id", "start", "end", "depends_on"]])
    }
    faults = [f"{name} ends before it begins" for name, span in spans.items() if span.months < 1]
    faults += [
        f"{name} depends on {needed!r}: {did_you_mean(needed, list(spans))}"
        for name, span in spans.items()
        for needed in span.needs
        if needed not in spans
    ]
    if faults:
        raise NasssapError(f"spans_of: {'; '.join(faults)}")
    return {name: spans[name] for name in _in_order(spans)}


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _in_order(spans: Mapping[str, Span]) -> list[str]:
    try:
        return list(TopologicalSorter({name: span.needs for name, span in spans.items()}).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise NasssapError(f"spans_of: activities wait for each other, {circle}; take one of these away") from error


def _earliest(spans: Mapping[str, Span]) -> dict[str, int]:
    """First months by prerequisites alone."""
    found: dict[str, int] = {}
    for name, span in spans.items():
        found[name] = max((found[needed] + spans[needed].months for needed in span.needs), default=span.start)
    return found


def expected_starts(spans: Mapping[str, Span]) -> dict[str, int]:
    """First months as planned, or the month after the last prerequisite where that is later (forward pass).

    Parameters
    ----------
    spans : result of :func:`spans_of`

    Examples
    --------
    >>> expected_starts({"a": Span(0, 3, ()), "b": Span(2, 4, ("a",)), "c": Span(9, 9, ("a",))})
    {'a': 0, 'b': 4, 'c': 9}
    """
    found: dict[str, int] = {}
    for name, span in spans.items():
        found[name] = max([span.start, *(found[needed] + spans[needed].months for needed in span.needs)])
    return found


def latest_starts(spans: Mapping[str, Span]) -> dict[str, int]:
    """The latest first months that leave the end of the plan where it is expected (backward pass).

    Parameters
    ----------
    spans : result of :func:`spans_of`

    Examples
    --------
    >>> latest_starts({"a": Span(0, 3, ()), "b": Span(2, 4, ("a",)), "c": Span(9, 9, ("a",))})
    {'a': 3, 'b': 7, 'c': 9}
    """
    expected = expected_starts(spans)
    after = max(expected[name] + span.months for name, span in spans.items())  # the first month without work
    ends = dict.fromkeys(spans, after)
    for name in reversed(list(spans)):
        start = ends[name] - spans[name].months
        for needed in spans[name].needs:
            ends[needed] = min(ends[needed], start)
    return {name: ends[name] - span.months for name, span in spans.items()}
