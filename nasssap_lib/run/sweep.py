"""Versions of a country that are run beside one another: scenarios by a pattern of names, and values of a parameter.

A sweep over a parameter of measures makes scenarios of its own. They go into the run's copy of the pack, never into the pack.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nasssap_lib.chapter.parameters import COMMON
from nasssap_lib.errors import PackError, ParameterError, did_you_mean, nearest
from nasssap_lib.pack.folders import scenarios as scenarios_of
from nasssap_lib.rows import as_records

if TYPE_CHECKING:
    from nasssap_lib.chapter.notebooks import Notebook
    from nasssap_lib.pack.model import Pack

LEVEL = "level"  # of benefits: amount_central, where it is in % of GDP per head
LEVEL_BASIS = "gdp_per_head"
SWEPT = "sweep_"  # how names of versions begin that a sweep makes
LONGEST_NAME = 40  # of a scenario
LONGEST_VALUE = 20  # in it
FEW_PACKS = 5  # read before anybody would ask what is going on
EXPECTED = "expected NAME=VALUE,VALUE,…, as in level=5,10,15"


@dataclass(frozen=True)
class Version:
    """What a country's notebooks are run on.

    scenario : name of one, or two with a comma; "": the baseline · folder : of its products, where it is no scenario · parameters : of
    notebooks · made : text of a scenario that no pack holds · label : what was changed, "" where the scenario's name says it
    """

    scenario: str = ""
    folder: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    made: str = ""
    label: str = ""


@dataclass(frozen=True)
class Sweep:
    """Values of one thing: a notebook's parameter, ``level``, or ``MEASURE.FIELD``."""

    name: str
    values: tuple[Any, ...]

    @property
    def of_measures(self) -> bool:
        """Whether it changes measures of the pack."""
        return self.name == LEVEL or "." in self.name

    def folder(self, value: Any) -> str:
        """Name of the scenario, or the folder, of one value.

        Examples
        --------
        >>> Sweep("level", (7.5,)).folder(7.5), Sweep("a_long_name_of_a_measure.amount_central", (5,)).folder(5)
        ('sweep_level_7_5', 'sweep_a_long_name_of_a_measure_am_aca8_5')
        """
        end = _plain(value if isinstance(value, str) else _words(value).replace("-", "minus "))
        if len(end) > LONGEST_VALUE or (isinstance(value, str) and end != value):  # another text may look like it
            end = f"{end[: LONGEST_VALUE - 5]}_{_mark(_words(value))}".lstrip("_")
        stem = f"{SWEPT}{_plain(self.name)}"
        longest = LONGEST_NAME - len(end) - 1
        if len(stem) > longest:
            stem = f"{stem[: longest - 5].rstrip('_')}_{_mark(self.name)}"
        return f"{stem}_{end}"

    def label(self, value: Any) -> str:
        """What one value changes."""
        return f"{self.name} = {_words(value)}"


def _mark(text: str) -> str:
    """Four letters by which names that were cut differ."""
    return hashlib.sha256(text.encode()).hexdigest()[:4]


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def _words(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def is_pattern(scenario: str) -> bool:
    """Whether the name of a scenario stands for several.

    Examples
    --------
    >>> is_pattern("pension_*"), is_pattern("low,high")
    (True, False)
    """
    return any(letter in scenario for letter in "*?[")


def is_comparing(scenarios: Iterable[str], sweeps: Iterable[str]) -> bool:
    """Whether a run sets versions beside one another, on a page of their own."""
    return any(map(is_pattern, scenarios)) or any(True for _ in sweeps)


def parse_sweep(text: str) -> Sweep:
    """A sweep as it is written on the command line.

    Raises
    ------
    ParameterError : no name, no value, or a value twice

    Examples
    --------
    >>> parse_sweep("level=5,7.5")
    Sweep(name='level', values=(5, 7.5))
    """
    name, _, listed = text.partition("=")
    values = [_literal(part.strip()) for part in listed.split(",")]
    if not re.fullmatch(r"\w+(\.\w+)?", name) or "" in values or len(set(map(_words, values))) < len(values):
        raise ParameterError({f"--sweep {text[:60]}": f"{EXPECTED}, each value once"})
    return Sweep(name, tuple(values))


def _literal(text: str) -> Any:
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text
    return value if isinstance(value, int | float) else text


def versions_of(
    codes: Iterable[str],
    scenarios: Iterable[str],
    sweeps: Iterable[str],
    root: Path,
    notebooks: Iterable[Notebook] = (),
    say: Callable[[str], None] = lambda text: None,
) -> dict[str, list[Version]]:
    """The versions of each country; where any are compared, the baseline stands before them.

    Parameters
    ----------
    codes : of countries that have a pack
    scenarios : names, pairs of names, patterns of names
    sweeps : as :func:`parse_sweep` reads them
    root : data folder
    notebooks : those that are run; a sweep over a parameter needs one that has it
    say : told of a country to which a pattern or a sweep does not apply

    Raises
    ------
    ParameterError : a pattern that no scenario of any country fits, a sweep of what no notebook and no measure has, a value that may
        not be
    """
    codes, scenarios, sweeps, notebooks = [*codes], [*scenarios], [*sweeps], [*notebooks]
    if not is_comparing(scenarios, sweeps):
        return {code: [Version(name) for name in scenarios] for code in codes}
    found = {code: [Version()] for code in codes}
    for name in scenarios:
        fitting = _fitting(name, codes, root, say) if is_pattern(name) else dict.fromkeys(codes, [name])
        for code in codes:
            found[code] += [Version(one) for one in fitting[code]]
    for sweep in map(parse_sweep, sweeps):
        made = _of_measures(sweep, codes, root, say) if sweep.of_measures else {}
        further = [] if sweep.of_measures else _of_parameter(sweep, notebooks)
        for code in codes:
            found[code] += made.get(code, further)
    return {code: _each_once(versions) for code, versions in found.items()}


def _each_once(versions: list[Version]) -> list[Version]:
    return list({(version.scenario, version.folder): version for version in versions}.values())


def _fitting(pattern: str, codes: list[str], root: Path, say: Callable[[str], None]) -> dict[str, list[str]]:
    """The scenarios of each country that a pattern fits."""
    where = f"--scenario {pattern[:60]}"
    if "," in pattern:
        raise ParameterError({where: "a pattern stands alone: two scenarios with a comma are compared by their names"})
    known = {code: scenarios_of(root, code) for code in codes}
    found = {code: [name for name in names if fnmatchcase(name, pattern)] for code, names in known.items()}
    if not any(found.values()):
        there = "; ".join(f"{code}: {', '.join(names)}" for code, names in known.items() if names)
        raise ParameterError({where: f"fits no scenario of {', '.join(codes)}; there are {there or 'none'}"})
    for code in codes:
        if not found[code]:
            say(f"{code}: no scenario fits {pattern}; the baseline alone")
    return found


def _of_parameter(sweep: Sweep, notebooks: list[Notebook]) -> list[Version]:
    """The versions of a sweep over a notebook's parameter; its values are checked with all others."""
    known = {name for book in notebooks for name in book.parameters or {} if name not in COMMON}
    if sweep.name not in known:
        near = nearest(sweep.name, sorted({*known, LEVEL}))
        hint = f"; did you mean {near!r}?" if near else ""
        text = f"a parameter of a notebook ({', '.join(sorted(known)) or 'none'}), {LEVEL}, or MEASURE.FIELD{hint}"
        raise ParameterError({f"--sweep {sweep.name}": f"expected {text}"})
    return [
        Version(folder=sweep.folder(value), parameters={sweep.name: value}, label=sweep.label(value))
        for value in sweep.values
    ]


def _of_measures(sweep: Sweep, codes: list[str], root: Path, say: Callable[[str], None]) -> dict[str, list[Version]]:
    """The versions of a sweep over measures: a scenario a value and country."""
    from nasssap_lib.pack.reader import read_pack

    if sweep.name == LEVEL and not all(_is_level(value) for value in sweep.values):
        raise ParameterError({f"--sweep {LEVEL}": "expected numbers from 0 on, in % of GDP per head"})
    found, wrong, ids, without = {}, {}, set(), []
    if len(codes) > FEW_PACKS:
        say(f"reading {len(codes)} packs to make the versions of {sweep.name} …")
    for code in codes:
        found[code] = []
        try:
            pack = read_pack(code, root)
        except PackError:  # told with all its problems when the baseline is run
            say(f"{code}: its pack has problems; no sweep over {sweep.name}")
            continue
        ids |= set(pack.measures["id"])
        try:
            found[code] = _made(sweep, pack, root)
        except PackError as error:
            wrong[f"--sweep {sweep.name}, {code}"] = "; ".join(str(problem) for problem in error.problems[:3])
        else:
            without += [] if found[code] else [code]
    if wrong:
        raise ParameterError(wrong)
    if ids and not any(found.values()):
        measure = sweep.name.partition(".")[0]
        hint = f"no measure {measure!r}; {did_you_mean(measure, ids) or 'there are ' + ', '.join(sorted(ids))}"
        none = f"no measure has a benefit in % of GDP per head ({LEVEL_BASIS})"
        raise ParameterError({f"--sweep {sweep.name}": none if sweep.name == LEVEL else hint})
    for code in without:
        say(f"{code}: has no measure to which {sweep.name} applies; the baseline alone")
    return found


def _is_level(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")


def _made(sweep: Sweep, pack: Pack, root: Path) -> list[Version]:
    from nasssap_lib.pack.scenario import Scenario, checked_toml

    versions = []
    for value in sweep.values:
        changes = changed_measures(sweep, value, pack)
        if changes:
            name, label = sweep.folder(value), sweep.label(value)
            if name in scenarios_of(root, pack.country):
                raise ParameterError({f"--sweep {sweep.name}": f"{pack.country} has a scenario {name} of its own"})
            made = checked_toml(pack, Scenario(name, pack.country, label, "", changes))
            versions.append(Version(name, made=made, label=label))
    return versions


def changed_measures(sweep: Sweep, value: Any, pack: Pack) -> dict[str, Mapping[str, Any]]:
    """What one value of a sweep changes, by measure: low and high move with the central value, the last year with the first.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> changed_measures(Sweep("social_pension.start_year", (2030,)), 2030, read_pack("SEN"))
    {'social_pension': {'start_year': 2030, 'full_year': 2034}}
    """
    from nasssap_lib.pack.scenario import with_ends

    measures = pack.measures
    if sweep.name == LEVEL:
        rows, parameter = measures[measures["amount_basis"] == LEVEL_BASIS], "amount_central"
    else:
        name, _, parameter = sweep.name.partition(".")
        rows = measures[measures["id"] == name]
    changes = {}
    for row in as_records(rows):
        further = {}
        if parameter == "start_year" and isinstance(value, int):
            further = {"full_year": value + int(row["full_year"]) - int(row["start_year"])}
        central = parameter in ("amount_central", "take_up_central") and isinstance(value, int | float)
        given = {parameter: value, **further}
        changes[row["id"]] = with_ends(row, given) if central else given
    return changes
