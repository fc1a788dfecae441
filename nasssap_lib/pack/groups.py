"""Groups at the table: one group stands under one id, or it would count twice."""

from __future__ import annotations

from collections.abc import Iterator

from nasssap_lib.errors import Problem
from nasssap_lib.names import alike
from nasssap_lib.pack.cells import Cells


def group_problems(cells: Cells | None) -> Iterator[Problem]:
    """Names of stakeholders that stand under two ids, each once: the same but for capitals, accents and spaces.

    Parameters
    ----------
    cells : stakeholders as text; None: could not be read
    """
    if cells is None or not {"stakeholder", "name"} <= set(cells.frame):
        return
    first: dict[str, tuple[str, int]] = {}
    told = set()
    for line, group, name in zip(cells.lines, cells.frame["stakeholder"], cells.frame["name"], strict=True):
        known, before = first.setdefault(alike(name), (group, line))
        if known != group and name and group not in told:
            told.add(group)
            hint = f"it is {known!r} in line {before}: write {known!r} here too, or another name if it is another group"
            yield Problem(cells.file, line, "stakeholder", group, f"one id a group, and {name!r} has two", hint)
