"""What a matrix that came back changes in the plan: cells that differ from what it was written with, put onto the plan as it is now.

So several institutions can fill in a copy each, one after the other; where two changed the same cell, the second one is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from nasssap_lib.action_plan.sheet_columns import BY_NAME, plan_rows
from nasssap_lib.action_plan.sheet_reader import Returned, Row
from nasssap_lib.pack.workbooks import SheetProblem, WorkbookError
from nasssap_lib.reasons import reason

CHANGE_COLUMNS = ["id", "name", "change", "column", "before", "after", "cell"]
FIRST_ID = "a01"
NUMBERED = re.compile(r"(.*?)(\d{1,9})", re.DOTALL | re.ASCII)

Texts = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Changed:
    """What a matrix changes.

    table : id, name, change (changed, added or removed), column, before, after (as the pack has them), cell; a cell of the workbook a row,
    of what was removed one row · plan : id → texts of all activities as they would be · places : id → its row in the workbook
    """

    table: pd.DataFrame
    plan: dict[str, Texts]
    places: Mapping[str, Row]


def change_plan(returned: Returned, activities: pd.DataFrame, force: bool = False) -> Changed:
    """Put what was changed in a workbook onto the plan.

    Parameters
    ----------
    returned : result of ``sheet_reader.read_plan``
    activities : of the pack as it is now
    force : where the plan was changed since the workbook was written, take the workbook's value

    Returns
    -------
    the changes; activities keep their order, and new ones follow with the next free numbers. What the plan says already is no change: a
    workbook that is read a second time changes nothing

    Raises
    ------
    WorkbookError : a cell, or an activity, that was changed in the pack too since the workbook was written, unless forced; a number that
        is taken
    """
    now, written = plan_rows(activities), returned.written
    known = {row.id: row for row in returned.rows if row.id in written}
    new = [row for row in returned.rows if row.id not in written]
    gone = {name for name in written if name not in known and name in now}
    problems = (
        [] if force else [*_changed_meanwhile(returned, known, now), *_removed_though_changed(returned, gone, now)]
    )
    problems += _taken_numbers(returned, new, now)
    if problems:
        raise WorkbookError(problems)
    added = dict(
        _numbered([row for row in new if not _is_there(row, now, written)], [*now, *written, *(row.id for row in new)])
    )
    plan = {name: texts for name, texts in now.items() if name not in gone}
    for name, row in known.items():
        if differing := {column: text for column, text in row.texts.items() if text != written[name][column]}:
            plan[name] = {**now.get(name, written[name]), **differing}
    plan |= {name: {**row.texts, "id": name} for name, row in added.items()}
    places = known | added
    return Changed(_table(returned, now, plan, places), plan, places)


def _changed_meanwhile(
    returned: Returned, known: Mapping[str, Row], now: Mapping[str, Texts]
) -> Iterator[SheetProblem]:
    """Cells that were changed in the workbook, and otherwise in the pack."""
    for name, row in known.items():
        before, hint = returned.written[name], reason("force_or_new")
        differing = [column for column, text in row.texts.items() if text != before[column]]
        if name not in now and differing:
            yield returned.problem(row, "id", reason("gone_meanwhile"), hint)
        for column in differing if name in now else []:
            if now[name][column] not in (before[column], row.texts[column]):
                said = reason("changed_meanwhile", now=now[name][column] or "–")
                yield returned.problem(row, column, said, hint)


def _removed_though_changed(returned: Returned, gone: set[str], now: Mapping[str, Texts]) -> Iterator[SheetProblem]:
    """Activities that the workbook does not have any more, and that were changed in the pack."""
    for name in (name for name in now if name in gone):
        column = next((column for column in BY_NAME if now[name][column] != returned.written[name][column]), "")
        if column:
            said = reason("changed_meanwhile", now=now[name][column] or "–")
            yield SheetProblem(returned.file, 0, "", name, said, reason("force_or_new"), returned.sheet)


def _taken_numbers(returned: Returned, new: list[Row], now: Mapping[str, Texts]) -> Iterator[SheetProblem]:
    for row in new:
        if row.id in now and now[row.id] != row.texts:
            yield returned.problem(row, "id", reason("free_number"), reason("empty_number"))


def _is_there(row: Row, now: Mapping[str, Texts], written: Mapping[str, Texts]) -> bool:
    """Whether a new activity was taken from this workbook before: one that it was not written with says the same."""
    others = (texts for name, texts in now.items() if name not in written)
    return any({**texts, "id": row.id} == row.texts for texts in others if row.id in ("", texts["id"]))


def _numbered(rows: list[Row], known: list[str]) -> Iterator[tuple[str, Row]]:
    """New activities by their number: their own, else the next that is free."""
    following = next_id(known)
    for row in rows:
        yield row.id or following, row
        if not row.id:
            following = next_id([following])


def next_id(known: list[str]) -> str:
    """The number after the highest one of those that begin as most do.

    Examples
    --------
    >>> next_id(["a01", "a13", "b2"]), next_id(["a99"]), next_id([])
    ('a14', 'a100', 'a01')
    """
    counted = [match.groups() for match in map(NUMBERED.fullmatch, known) if match]
    if not counted:
        return FIRST_ID
    start = Counter(begin for begin, _digits in counted).most_common(1)[0][0]
    highest = max((digits for begin, digits in counted if begin == start), key=int)
    return f"{start}{int(highest) + 1:0{len(highest)}d}"


def _table(
    returned: Returned, now: Mapping[str, Texts], plan: Mapping[str, Texts], places: Mapping[str, Row]
) -> pd.DataFrame:
    """A change a row, in the order of the plan; what was removed comes last."""
    rows = []
    for name, texts in plan.items():
        before = now.get(name, dict.fromkeys(BY_NAME, ""))
        for column in (column for column in BY_NAME if texts[column] != before[column]):
            cell = f"{returned.columns[column]}{places[name].number}"
            change = "changed" if name in now else "added"
            rows.append((name, texts["name"], change, column, before[column], texts[column], cell))
    rows += [(name, texts["name"], "removed", "", "", "", "") for name, texts in now.items() if name not in plan]
    return pd.DataFrame(rows, columns=CHANGE_COLUMNS)
