"""Whether a country may be run: its pack, the scenarios asked for, and its options against who is covered already, in one look.

``nasssap check`` asks for the baseline and every scenario, a run for the versions that it shows: what one refuses no other lets pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from nasssap_lib.costing.checks import option_problems
from nasssap_lib.errors import PackError, Problem
from nasssap_lib.pack.cells import read_cells
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.scenario import Scenario, apply_scenario, read_scenario
from nasssap_lib.pack.scenario_sense import sense_of_scenario
from nasssap_lib.pack.schema import MEASURES
from nasssap_lib.pack.toml_files import line_of

BASELINE = ""


def runnable_pack(country: str, root: Path, versions: Iterable[str] = (BASELINE,)) -> Pack:
    """The pack of a country that may be run in all versions asked for.

    Parameters
    ----------
    country : code of a pack
    root : data folder
    versions : names of scenarios; "": the baseline

    Returns
    -------
    Pack : the baseline, with its doubts and those of the scenarios

    Raises
    ------
    PackError : with all problems of the pack, or, where it is sound, with all of its versions

    Examples
    --------
    >>> from nasssap_lib.pack.folders import data_root
    >>> runnable_pack("SEN", data_root()).country
    'SEN'
    """
    pack = read_pack(country, root)
    odd: list[Problem] = []
    for name in versions:
        try:
            odd += _version_problems(pack, read_scenario(pack, name, root) if name else None, root)
        except PackError as error:
            odd += error.problems
    if problems := [problem for problem in dict.fromkeys(odd) if not problem.doubt]:
        raise PackError(problems)
    return pack.with_tables(doubts=(*pack.doubts, *odd))


def _version_problems(pack: Pack, scenario: Scenario | None, root: Path) -> list[Problem]:
    """What cannot be in a version of a sound pack, or hardly."""
    odd = sense_of_scenario(pack, scenario, date.today().year) if scenario else []
    return odd + _contradictions(pack, scenario, root)


def _contradictions(pack: Pack, scenario: Scenario | None, root: Path) -> list[Problem]:
    """Options of a version that who is covered already contradicts, each where it was written: in the scenario, or in the pack."""
    found = option_problems(apply_scenario(pack, scenario) if scenario else pack)
    lines = _measure_lines(pack, root) if found else ()
    return [_placed(problem, pack, scenario, lines) for problem in found]


def _measure_lines(pack: Pack, root: Path) -> Sequence[int]:
    cells, _problems = read_cells(root / pack.country / MEASURES.file, f"{pack.country}/{MEASURES.file}")
    return cells.lines if cells else ()


def _placed(problem: Problem, pack: Pack, scenario: Scenario | None, lines: Sequence[int]) -> Problem:
    place = pack.measures.index.get_loc(problem.at)
    measure = pack.measures["id"].iat[place]
    if scenario is None or measure not in scenario.measures:
        return replace(problem, row=lines[place] if place < len(lines) else problem.row)
    row = line_of(scenario.lines, f"measures.{measure}", problem.column)
    return replace(problem, file=f"{pack.country}/scenarios/{scenario.name}.toml", row=row)
