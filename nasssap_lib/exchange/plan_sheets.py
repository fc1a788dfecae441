"""A matrix of the action plan that came back, put into the pack: whole and checked as part of it, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from nasssap_lib.action_plan.changes import compare_plans
from nasssap_lib.action_plan.sheet_changes import CHANGE_COLUMNS, Changed, change_plan
from nasssap_lib.action_plan.sheet_reader import Returned
from nasssap_lib.errors import PackError, Problem
from nasssap_lib.pack.cells import read_cells
from nasssap_lib.pack.checks import empty_cells
from nasssap_lib.pack.csv_text import pack_text
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.schema import ACTIVITIES
from nasssap_lib.pack.workbooks import address
from nasssap_lib.pack.writing import check_files, write_files
from nasssap_lib.rows import as_records

FILE = ACTIVITIES.file


@dataclass(frozen=True, eq=False)
class Taken:
    """What a matrix changes in a pack.

    changes : result of ``sheet_changes.change_plan``, and translations that are emptied because their text changed · kinds : result of
    ``action_plan.compare_plans`` · text : of activities.csv with the changes; "" where there are none · doubts : what is odd in the plan
    now and was not before
    """

    changes: pd.DataFrame
    kinds: pd.DataFrame
    text: str = ""
    doubts: tuple[Problem, ...] = ()


def take_plan(returned: Returned, pack: Pack, root: Path, force: bool = False) -> Taken:
    """What a matrix changes, if the pack is sound with it; nothing is written.

    Parameters
    ----------
    returned : result of ``sheet_reader.read_plan``
    pack : the country, as it is in the data folder
    root : data folder
    force : where the plan was changed since the workbook was written, take the workbook's value

    Raises
    ------
    WorkbookError : what was changed in the pack meanwhile, and numbers that are taken
    PackError : the pack would not be sound; what is wrong with an activity is named by the cell of the workbook
    """
    changed = change_plan(returned, pack.activities, force)
    if changed.table.empty:
        return Taken(changed.table, compare_plans(pack, pack))
    frame, stale = _merged(_cells_of(root, pack.country), changed)
    text = pack_text(frame)
    try:
        now = check_files(root, pack.country, {FILE: text})
    except PackError as error:
        raise PackError(_in_workbook(error.problems, returned, changed, frame)) from error
    doubts = tuple(each for each in now.doubts if each.file.endswith(f"/{FILE}") and each not in pack.doubts)
    doubts = tuple(_in_workbook(doubts, returned, changed, frame))
    return Taken(pd.concat([changed.table, stale], ignore_index=True), compare_plans(pack, now), text, doubts)


def write_taken(taken: Taken, pack: Pack, root: Path) -> Path:
    """Write what was taken into the pack, whole or not at all.

    Parameters
    ----------
    taken : result of :func:`take_plan`, with changes
    pack, root : the country and its data folder

    Raises
    ------
    PackError : the pack would not be sound: somebody else changed it meanwhile
    """
    (path,) = write_files(root, pack.country, {FILE: taken.text})
    return path


def _cells_of(root: Path, country: str) -> pd.DataFrame:
    """Activities as they stand in their file, which many packs do without."""
    path = root / country / FILE
    cells = read_cells(path, FILE)[0] if path.is_file() else None
    return (cells or empty_cells(ACTIVITIES, FILE)).frame


def _merged(old: pd.DataFrame, changed: Changed) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table with the changed cells alone written anew, and translations that do not fit any more."""
    rows, stale = {row["id"]: row for row in as_records(old)}, []
    for change in changed.table.query("column != ''").itertuples():
        row = rows.setdefault(change.id, dict.fromkeys(old.columns, ""))
        row[change.column] = change.after
        if change.change == "changed":
            stale += _emptied(row, change)
    kept = [rows[name] for name in changed.plan]
    return pd.DataFrame(kept, columns=old.columns, dtype="str"), pd.DataFrame(stale, columns=CHANGE_COLUMNS)


def _emptied(row: dict[str, str], change) -> list[tuple]:
    """Empty the translations of a text that changed: they say what it said before."""
    columns = [
        column.name for column in ACTIVITIES.with_translations(row) if column.prose and column.stem == change.column
    ]
    lines = []
    for name in (name for name in columns if name != change.column and row[name]):
        lines.append((change.id, change.name, change.change, name, row[name], "", change.cell))
        row[name] = ""
    return lines


def _in_workbook(
    problems: list[Problem] | tuple[Problem, ...], returned: Returned, changed: Changed, frame: pd.DataFrame
) -> list[Problem]:
    """Problems of the activities by the cell of the workbook; others, and those of activities that are not in it, as they are."""
    ids = _ids_by_line(frame)
    return [_placed(problem, returned, changed, ids) for problem in problems]


def _placed(problem: Problem, returned: Returned, changed: Changed, ids: Mapping[int, str]) -> Problem:
    row = changed.places.get(ids.get(problem.row, "")) if problem.file.endswith(f"/{FILE}") else None
    if row is None:
        return problem
    cell = address(returned.sheet, row.number, returned.columns.get(problem.column, returned.columns["id"]))
    return replace(problem, file=f"{returned.file}, {cell}", row=0, column="")


def _ids_by_line(frame: pd.DataFrame) -> dict[int, str]:
    """Line of the written file → id of the activity that begins there."""
    ids, line = {}, 2
    for name, cells in zip(frame["id"], frame.itertuples(index=False), strict=True):
        ids[line] = name
        line += 1 + sum(str(cell).count("\n") for cell in cells)
    return ids
