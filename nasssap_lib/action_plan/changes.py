"""What changed since the edition that was approved: activities, targets, and the figures by which the targets are judged."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from nasssap_lib.action_plan.months import month_of
from nasssap_lib.pack.model import Pack

CHANGE_COLUMNS = ["table", "id", "name", "change", "column", "before", "now"]
KINDS = {  # what it means that a column of an activity changed
    "start": "moved", "end": "moved", "depends_on": "reordered", "cost": "recosted", "financed": "refinanced",
    "finance_source": "refinanced", "institution": "responsibility", "support": "responsibility", "progress": "progress",
    "progress_date": "progress",
}  # fmt: skip
SILENT = ("quality", "source")
SERIES = ["indicator", "group", "sex"]


def compare_plans(before: Pack, now: Pack) -> pd.DataFrame:
    """Every cell of the plan that changed between two editions of a pack, and nothing else.

    Parameters
    ----------
    before, now : the edition that was approved, and that of today

    Returns
    -------
    table : table (activities, targets or indicators), id (of the activity or target; of an indicator its id, group and sex with "·"
        between), name (as of now), change (a code of ``terms.PLAN_CHANGES``), column ("" where a row was added or removed), before, now
        (as text; "" where there is none). Rows in the order of the plan, activities first

    Notes
    -----
    Dates that say the same month are no change. Indicators are the series that a target of either edition names: a newer figure is
    ``measured`` where its year is another one, ``revised`` where it is the same.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("XTC")
    >>> later = pack.activities.assign(end=pack.activities["end"].replace("2026-12", "2027-02"))
    >>> compare_plans(pack, replace(pack.copy(), activities=later))[["id", "change", "before", "now"]].values.tolist()
    [['a02', 'moved', '2026-12', '2027-02']]
    """
    rows = [
        *_of_table("activities", before.activities, now.activities),
        *_of_table("targets", before.targets, now.targets),
        *_of_indicators(before, now),
    ]
    return pd.DataFrame(rows, columns=CHANGE_COLUMNS)


def _of_table(table: str, before: pd.DataFrame, now: pd.DataFrame) -> Iterator[dict]:
    old, new = (frame.set_index("id", drop=False).to_dict("index") for frame in (before, now))
    for name in dict.fromkeys([*new, *old]):
        head = {"table": table, "id": name, "name": _name(new.get(name) or old[name])}
        if name not in old or name not in new:
            yield head | {"change": "added" if name in new else "removed", "column": "", "before": "", "now": ""}
            continue
        for column in (column for column in new[name] if column in old[name] and column not in SILENT):
            was, is_now = (_text(row[name][column]) for row in (old, new))
            if was != is_now and not _same_month(column, was, is_now):
                kind = KINDS.get(column, "reworded") if table == "activities" else "target"
                yield head | {"change": kind, "column": column, "before": was, "now": is_now}


def _name(row: dict) -> str:
    return row.get("name") or row.get("text") or row.get("indicator", "")


def _text(value: object) -> str:
    """A cell as a pack writes it."""
    return "" if pd.isna(value) else f"{value:.10g}" if isinstance(value, float) else str(value)


def _same_month(column: str, was: str, is_now: str) -> bool:
    if column not in ("start", "end") or not was or not is_now:
        return False
    return month_of(was, column == "end") == month_of(is_now, column == "end")


def _of_indicators(before: Pack, now: Pack) -> Iterator[dict]:
    targets = pd.concat([pack.targets[pack.targets["kind"] == "target"] for pack in (now, before)])
    names = now.codebook.set_index("id")["name_en"]
    for series in targets[SERIES].drop_duplicates().itertuples(index=False):
        was, is_now = (_latest(pack, *series) for pack in (before, now))
        if was == is_now:
            continue
        head = {"table": "indicators", "id": " · ".join(filter(None, series)), "name": names.get(series[0], series[0])}
        change = "added" if not was else "removed" if not is_now else "revised" if was[0] == is_now[0] else "measured"
        told = {side: f"{found[1]} ({found[0]})" if found else "" for side, found in (("before", was), ("now", is_now))}
        yield head | {"change": change, "column": "value"} | told


def _latest(pack: Pack, *series: str) -> tuple[int, str] | None:
    """Year and value of the newest figure."""
    row = pack.latest(*series)
    return (int(row["year"].iat[0]), _text(float(row["value"].iat[0]))) if len(row) else None
