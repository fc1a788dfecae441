"""What each institution has to do at the same time: activities counted, no persons or hours invented."""

from __future__ import annotations

import re

import pandas as pd

from nasssap_lib.action_plan.months import month_text, quarter_text
from nasssap_lib.action_plan.schedule import spans_of
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack
from nasssap_lib.rows import as_records

WORKLOAD_COLUMNS = ["institution", "role", "period", "activities", "begin", "end", "ids"]
PERIODS = {"month": month_text, "quarter": quarter_text}


def institution_workload(pack: Pack, by: str = "quarter") -> pd.DataFrame:
    """How many activities each institution runs in each period of the plan.

    Parameters
    ----------
    pack : the country
    by : "month" or "quarter"

    Returns
    -------
    table : institution, role (responsible or support), period (2027-03 or 2027-Q1), activities (number under way in at least one
        month of the period), begin, end (of these, how many begin and end in it), ids (of them, with ";" between). Only periods in
        which something runs; institutions by name, periods in order

    Raises
    ------
    NasssapError : no such period, or a plan that ``schedule_activities`` refuses

    Notes
    -----
    Partners of one cell are told apart by commas and semicolons. An activity is an activity, whatever its size: the table says where
    work heaps up, not how many people it takes.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = institution_workload(read_pack("XTC")).query("institution == 'National Pension Fund' and period == '2026-Q2'")
    >>> table[["activities", "begin", "end", "ids"]].values.tolist()
    [[2, 1, 1, 'a05;a06']]
    """
    if by not in PERIODS:
        raise NasssapError(f"institution_workload: by is {by!r}; expected one of {', '.join(PERIODS)}")
    runs = pd.DataFrame(_runs(pack, by), columns=["institution", "role", "period", "id", "begins", "ends"])
    if runs.empty:
        return pd.DataFrame(columns=WORKLOAD_COLUMNS)
    groups = runs.groupby(["institution", "role", "period"], as_index=False)
    return groups.agg(
        activities=("id", "size"), begin=("begins", "sum"), end=("ends", "sum"), ids=("id", ";".join)
    )[WORKLOAD_COLUMNS]  # fmt: skip


def _runs(pack: Pack, by: str) -> list[tuple]:
    """Each institution of each activity, once a period in which it runs."""
    text, spans, runs = PERIODS[by], spans_of(pack.activities), []
    for row in as_records(pack.activities):
        span = spans[row["id"]]
        first, last = text(span.start), text(span.end)
        periods = dict.fromkeys(text(month) for month in range(span.start, span.end + 1))
        for role, institution in _institutions(row):
            runs += [(institution, role, period, row["id"], period == first, period == last) for period in periods]
    return runs


def _institutions(row: dict) -> list[tuple[str, str]]:
    own = [("responsible", row["institution"])] if row["institution"] else []
    partners = dict.fromkeys(part.strip() for part in re.split("[,;]", row["support"]) if part.strip())
    return own + [("support", name) for name in partners]
