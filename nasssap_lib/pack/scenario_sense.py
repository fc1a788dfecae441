"""What a scenario makes of its options, and of who pays, that cannot be, or hardly: the rules that hold for a pack's tables hold for
what changes them.
"""

from __future__ import annotations

from collections.abc import Iterator

from nasssap_lib.errors import Problem
from nasssap_lib.pack.designs import option_designs
from nasssap_lib.pack.fiscal_space import fiscal_space_findings
from nasssap_lib.pack.magnitudes import large_benefits
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.plausible import Finding, options_without_benefit
from nasssap_lib.pack.scenario import Scenario, apply_scenario
from nasssap_lib.pack.toml_files import line_of, shown
from nasssap_lib.reasons import english


def sense_of_scenario(pack: Pack, scenario: Scenario, this_year: int) -> list[Problem]:
    """What is odd in the options of a scenario, and was not before it.

    Parameters
    ----------
    pack : the baseline
    scenario : changes, already checked
    this_year : the calendar year in which somebody asks

    Returns
    -------
    problems with the scenario's file, line, parameter, value, what is expected and what to do; ``doubt`` is empty where it cannot be

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> for odd in sense_of_scenario(read_pack("SEN"), Scenario("x", "SEN", measures={"social_pension": {"months": 0}}), 2026):
    ...     print(odd)
    SEN/scenarios/x.toml months: '0' — expected more than 0; an option that pays nothing closes no gap: take its row out
    """
    after = apply_scenario(pack, scenario)
    before = set(_findings(pack, this_year))
    return [_problem(after, scenario, found) for found in _findings(after, this_year) if found not in before]


def _findings(pack: Pack, this_year: int) -> Iterator[Finding]:
    measures = pack.measures
    yield from options_without_benefit(measures)
    yield from large_benefits(measures, pack.facts)
    if len(measures):
        yield from option_designs(measures, this_year)
    if len(pack.financing):
        yield from fiscal_space_findings(pack.financing, measures, pack.schemes)


def _problem(after: Pack, scenario: Scenario, found: Finding) -> Problem:
    pays = found.frame == "financing"
    row = (after.financing if pays else after.measures).loc[found.row]
    value = row[found.column] if found.column else ""
    line = line_of(scenario.lines, f"{'financing' if pays else 'measures'}.{row['id']}", found.column)
    words = english(found.expected), english(found.hint)
    doubt = (found.expected, found.hint) if found.doubt else ()
    file = f"{after.country}/scenarios/{scenario.name}.toml"
    return Problem(
        file, line, found.column, f"{value:g}" if isinstance(value, float) else shown(value), *words, doubt=doubt
    )
