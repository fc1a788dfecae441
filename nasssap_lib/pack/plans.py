"""Plans that nobody can mean: progress of what has not begun, and targets behind what there is already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from nasssap_lib.pack.model import in_edition_order
from nasssap_lib.pack.plausible import Finding, Frames, each
from nasssap_lib.reasons import reason
from nasssap_lib.terms import LESS_IS_BETTER, MORE_IS_BETTER

SERIES = ["indicator", "group", "sex"]


def plan_findings(frames: Frames) -> Iterator[Finding]:
    """Activities and targets that contradict their own dates or the figures of the pack.

    Parameters
    ----------
    frames : tables of a pack by their name in it
    """
    if len(frames["activities"]):
        yield from _progress_before_start(frames["activities"])
    if len(frames["targets"]):
        yield from _behind_baseline(frames["targets"], frames["facts"], frames["sources"])


def _progress_before_start(activities: pd.DataFrame) -> Iterator[Finding]:
    """Progress recorded before the activity begins; dates are compared as exactly as both are known."""
    dates = zip(activities["progress_date"], activities["start"], activities["progress"], strict=True)
    early = [bool(date) and done > 0 and date[: len(start)] < start[: len(date)] for date, start, done in dates]
    rows = activities[early]
    told = [reason("nothing_before_start", start=start) for start in rows["start"]]
    yield from each("activities", rows, "progress", told, "mend_progress_or_dates")


def _behind_baseline(targets: pd.DataFrame, facts: pd.DataFrame, sources: pd.DataFrame) -> Iterator[Finding]:
    """Targets that are worse than the newest figure of their series up to the year of the target."""
    typed = targets[targets["value"].notna() & targets["indicator"].isin([*MORE_IS_BETTER, *LESS_IS_BETTER])]
    mine = facts[(facts["area"] == "") & (facts["breakdown"] == "") & facts["indicator"].isin(typed["indicator"])]
    known = in_edition_order(mine, sources)
    for row in typed.itertuples():
        baseline = _baseline(known, row._asdict())
        if len(baseline) and (code := _worse(row.indicator, row.value, baseline["value"].iat[0])):
            at = {"baseline": float(baseline["value"].iat[0]), "year": int(baseline["year"].iat[0])}
            yield Finding("targets", row.Index, "value", reason(code, **at), "mend_target")


def _baseline(known: pd.DataFrame, target: Mapping) -> pd.DataFrame:
    own = known[(known[SERIES] == [target[name] for name in SERIES]).all(axis=1)]
    return own[own["year"] <= target["year"]].tail(1) if pd.notna(target["year"]) else own.tail(1)


def _worse(indicator: str, target: float, baseline: float) -> str:
    if indicator in MORE_IS_BETTER:
        return "target_above" if target < baseline else ""
    return "target_below" if target > baseline else ""
