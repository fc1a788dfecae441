"""Scenarios: a small, readable file that says which assumptions of a pack's measures and of its population differ from the baseline.

``data/raw/ISO3/scenarios/NAME.toml`` holds a title and, a measure at a time, the parameters that change; ``[population]`` holds
what is assumed of fertility, mortality and migration, ``[financing.ID]`` what a row of ``financing.csv`` yields, or a new row. Published
figures are never changed by a scenario.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from numbers import Real
from pathlib import Path
from typing import Any

import pandas as pd
import tomli_w

from nasssap_lib.errors import PackError, Problem, did_you_mean
from nasssap_lib.files import write_text
from nasssap_lib.pack import assumed_rates, changed_financing, schema
from nasssap_lib.pack.folders import SCENARIO, scenarios
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.plain_text import is_there
from nasssap_lib.pack.remedies import Hints
from nasssap_lib.pack.settings import text_fault
from nasssap_lib.pack.toml_files import key_lines, line_of, read_toml, shown
from nasssap_lib.pack.toml_words import kind_words

SCHEMA = 1  # of a scenario's own file, whatever the pack's
POPULATION = "Population"  # in the place of a measure's name
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")  # of a row that a scenario adds
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")
KEYS = {
    "schema": int,
    "country": str,
    "title": str,
    "description": str,
    "measures": dict,
    "population": dict,
    "financing": dict,
}
FIXED = {"id", "name", "guarantee", "group", "quality", "source", "note", "related_scheme", "relation"}
PARAMETERS = {column.name: column for column in schema.MEASURES.columns if column.name not in FIXED}
TEXTS = {"title": schema.NAME, "description": schema.PROSE}  # letters that they may have
MAX_BYTES = 200_000
MOST = 1e18  # in national currency, more than any country pays
EXAMPLES = {"share": "0.8", "number": "6.5", "integer": "6", "year": "2030"}


@dataclass(frozen=True)
class Scenario:
    """What differs from the baseline.

    measures : id of a measure → its changed parameters · population : what is assumed of its rates · financing : id of a row of
    ``financing.csv``, or of a new one → its changed parameters · lines : where each key stands
    """

    name: str
    country: str
    title: str = ""
    description: str = ""
    measures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    population: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict, compare=False, repr=False)
    financing: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def scenario_path(root: Path, country: str, name: str) -> Path:
    """The file of a scenario.

    Raises
    ------
    PackError : the name is not of small letters, digits, _ and -, or is a name that Windows keeps for itself
    """
    if not SCENARIO.fullmatch(name) or RESERVED.fullmatch(name):
        hint = "small letters, digits, _ and -, beginning with a letter, at most 40"
        raise PackError([Problem(f"{country}/scenarios", 0, "name", name[:60], "a scenario's name", hint)])
    return root / country / "scenarios" / f"{name}.toml"


def read_scenario(pack: Pack, name: str, root: Path) -> Scenario:
    """Read a scenario and check it against the pack's measures.

    Raises
    ------
    PackError : with all problems (file, line, key, value, what is expected, what to do)
    """
    path = scenario_path(root, pack.country, name)
    file = f"{pack.country}/scenarios/{path.name}"
    if not is_there(path):
        known = scenarios(root, pack.country)
        hint = did_you_mean(name, known) or f"there are {', '.join(known[:24]) or 'none'}"
        raise PackError([Problem(file, 0, "", "", "a scenario of that name", hint)])
    text, values, problems = read_toml(path, file, MAX_BYTES)
    if problems:
        raise PackError(problems)
    lines = key_lines(text)
    if problems := _check(file, values, pack, lines):
        raise PackError(problems)
    texts = (values.get("title", ""), values.get("description", ""))
    parts = [values.get(part, {}) for part in ("measures", "population", "financing")]
    return Scenario(name, pack.country, *texts, parts[0], parts[1], lines, parts[2])


def scenario_table(pack: Pack, root: Path) -> pd.DataFrame:
    """Every scenario of a pack as rows, so that two versions of them can be compared.

    Parameters
    ----------
    pack : the baseline, against which each scenario is checked
    root : data folder

    Returns
    -------
    table : scenario, measure ("" for the title, the description and the population; "financing.ID" for a row of who pays), parameter,
        value (texts)

    Raises
    ------
    PackError : a scenario that has problems

    Examples
    --------
    >>> from nasssap_lib.pack.folders import data_root
    >>> from nasssap_lib.pack.reader import read_pack
    >>> scenario_table(read_pack("XTC"), data_root()).columns.tolist()
    ['scenario', 'measure', 'parameter', 'value']
    """
    found = [read_scenario(pack, name, root) for name in scenarios(root, pack.country)]
    rows = [
        {"scenario": scenario.name, "measure": measure, "parameter": parameter, "value": _words(value)}
        for scenario in found
        for measure, values in _parts(scenario).items()
        for parameter, value in values.items()
    ]
    return pd.DataFrame(rows, columns=["scenario", "measure", "parameter", "value"], dtype="str")


def _parts(scenario: Scenario) -> dict[str, Mapping[str, Any]]:
    pays = {f"financing.{name}": values for name, values in scenario.financing.items()}
    return {"": {**_head(scenario), **scenario.population}, **scenario.measures, **pays}


def _head(scenario: Scenario) -> dict[str, str]:
    """Its title, which also stands for a scenario that changes nothing, and its description where it has one."""
    described = {"description": scenario.description} if scenario.description else {}
    return {"title": scenario.title, **described}


def _check(file: str, values: dict, pack: Pack, lines: dict[tuple[str, str], int]) -> list[Problem]:
    near, problems = Hints(KEYS), []
    for key, value in values.items():
        if key not in KEYS:
            problems.append(_problem(file, lines, "", key, value, "a key of a scenario", near(key)))
        elif not isinstance(value, KEYS[key]) or isinstance(value, bool):
            problems.append(_problem(file, lines, "", key, value, kind_words(KEYS[key], key)))
        elif key in TEXTS and value and not value.strip():
            problems.append(_problem(file, lines, "", key, value, f"a {key}", "write it, or take the line away"))
        elif key in TEXTS and (fault := text_fault(value, TEXTS[key])):
            problems.append(_problem(file, lines, "", key, value, *fault))
    for key, expected in (("schema", SCHEMA), ("country", pack.country)):
        if values.get(key) != expected and (key not in values or isinstance(values[key], KEYS[key])):
            written = f'{key} = "{expected}"' if isinstance(expected, str) else f"{key} = {expected}"
            problems.append(_problem(file, lines, "", key, values.get(key, ""), f"a line {written}"))
    measures = values.get("measures", {})
    if isinstance(measures, dict):
        of_measures, of_parameters = Hints(pack.measures["id"]), Hints(PARAMETERS)
        for name, changes in measures.items():
            problems += _check_measure(file, name, changes, pack, lines, of_measures, of_parameters)
    if isinstance(population := values.get("population", {}), dict):
        problems += _check_population(file, population, pack, lines)
    if isinstance(financing := values.get("financing", {}), dict):
        problems += [
            problem for name, row in financing.items() for problem in _check_pays(file, name, row, pack, lines)
        ]
    return problems


def _check_pays(file: str, name: str, changes: Any, pack: Pack, lines: dict[tuple[str, str], int]) -> Iterator[Problem]:
    """A row of who pays: values and years of one that the pack has, or a new one with all that it needs."""
    table, known = f"financing.{name}", pack.financing[pack.financing["id"] == name]
    if not isinstance(changes, dict):
        yield _problem(file, lines, "financing", name, changes, f"a table [financing.{name[:60]}]")
        return
    new = known.empty
    if new and not IDENTIFIER.fullmatch(name):
        hint = "small letters, digits and _, beginning with a letter, at most 40"
        yield Problem(
            file, line_of(lines, table), name[:60], "", "the id of a row of financing.csv, or of a new one", hint
        )
    allowed = changed_financing.PARAMETERS if new else dict.fromkeys(changed_financing.CHANGED)
    near, faults = Hints(allowed), {}
    for key, value in changes.items():
        if key not in allowed:
            yield _problem(file, lines, table, key, value, "a parameter of who pays", near(key))
        elif fault := _fault(changed_financing.PARAMETERS[key], value):
            faults[key] = fault
            yield _problem(file, lines, table, key, value, *fault)
    needed = changed_financing.needed(changes) if new else ()
    if lacking := [key for key in needed if key not in changes]:
        hint = "a row that the pack does not have must say who pays"
        yield Problem(file, line_of(lines, table), name[:60], "", f"lines {', '.join(lacking)}", hint)
    if not faults:
        before = {} if new else known.iloc[0].to_dict()
        yield from _order_problems(file, table, before, changes, lines, schema.FINANCING.orders)


def _check_population(file: str, changes: dict, pack: Pack, lines: dict[tuple[str, str], int]) -> Iterator[Problem]:
    """Assumptions on fertility, mortality and migration; without rates in the pack there is nothing that they change."""
    near = Hints(assumed_rates.PARAMETERS)
    if changes and pack.demography.empty:
        line = line_of(lines, "population")
        yield Problem(
            file, line, "population", "", "rates in demography.csv, which are changed", "fill that table first"
        )
    for key, value in changes.items():
        column = assumed_rates.PARAMETERS.get(key)
        if column is None:
            yield _problem(file, lines, "population", key, value, "a parameter of the population", near(key))
        elif fault := _fault(column, value):
            yield _problem(file, lines, "population", key, value, *fault)


def _problem(file, lines, table: str, key: str, value: Any, expected: str, hint: str = "") -> Problem:
    """A problem with a key of a table; the table of first keys is ""."""
    return Problem(file, line_of(lines, table, key), key[:60], shown(value), expected, hint)


def _check_measure(file: str, name: str, changes: Any, pack: Pack, lines, of_measures: Hints, of_parameters: Hints):
    table = f"measures.{name}"
    if name not in of_measures.known:
        yield Problem(
            file, line_of(lines, table), name[:60], "", "the id of a measure of measures.csv", of_measures(name)
        )
    if not isinstance(changes, dict):
        yield _problem(file, lines, "measures", name, changes, f"a table [measures.{name[:60]}]")
        return
    faults = {
        key: fault for key, value in changes.items() if key in PARAMETERS and (fault := _fault(PARAMETERS[key], value))
    }
    if not faults:
        yield from _check_order(file, name, changes, pack, lines)
    for key, value in changes.items():
        if key not in PARAMETERS:
            yield _problem(file, lines, table, key, value, "a parameter of a measure", of_parameters(key))
        elif key in faults:
            yield _problem(file, lines, table, key, value, *faults[key])


def _check_order(file: str, name: str, changes: dict, pack: Pack, lines: dict[tuple[str, str], int]):
    """Low ≤ central ≤ high, and first ≤ last, must hold after the change; the file may have to name all of them."""
    rows = pack.measures[pack.measures["id"] == name]
    before = rows.iloc[0].to_dict() if len(rows) else {}
    yield from _order_problems(file, f"measures.{name}", before, changes, lines, schema.MEASURES.orders)


def _order_problems(
    file: str, table: str, before: dict, changes: dict, lines: dict[tuple[str, str], int], orders
) -> Iterator[Problem]:
    after = {**before, **changes}
    for order in orders:
        changed = [key for key in changes if key in order]
        values = [after.get(key) for key in order]
        known = [value for value in values if isinstance(value, Real)]
        if changed and known == values and any(first > second for first, second in pairwise(known)):
            others = [key for key in order if key not in changed]
            hint = f"change {' and '.join(others)} with it" if others else ""
            value, line = " ".join(f"{value:g}" for value in known), line_of(lines, table, changed[0])
            yield Problem(file, line, changed[0], value, schema.order_words(order), hint)


def _fault(column: schema.Column, value: Any) -> tuple[str, str] | None:
    """What was expected of a parameter's value, and what to do; None where it is fine."""
    if column.kind == "choice":
        return None if value in column.choices else (f"one of {', '.join(column.choices)}", "")
    if column.kind in ("number", "integer", "year"):
        return _number_fault(column, value)
    return text_fault(value, column.longest)


def _number_fault(column: schema.Column, value: Any) -> tuple[str, str] | None:
    whole = column.kind != "number"
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or value != value:
        example = f"as in {column.name} = {EXAMPLES['share' if column.unit == 'share' else column.kind]}"
        return "a whole number" if whole else "a number", f"without quotes and without a unit, {example}"
    if not abs(value) < MOST:
        return ("a whole number" if whole else "a number") + " of at most 18 digits", "write the number out"
    low, high = (schema.FIRST_YEAR, schema.LAST_YEAR) if column.kind == "year" else column.range
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    share = "shares are written from 0 to 1, as in 0.8 for 80 %" if column.unit == "share" else ""
    return (f"from {low} to {high}", share) if high is not None else (f"at least {low}", "")


def apply_scenario(pack: Pack, scenario: Scenario) -> Pack:
    """The pack with a scenario's parameters; a changed measure, or rate of the population, is marked as assumption.

    Parameters
    ----------
    pack : baseline
    scenario : changes, already checked

    Returns
    -------
    Pack : another one; the baseline stays as it is

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> apply_scenario(pack, Scenario("same", "SEN")).measures.equals(pack.measures)
    True
    """
    measures = pack.measures.copy()
    for name, changes in scenario.measures.items():
        rows = measures["id"] == name
        for parameter, value in changes.items():
            measures.loc[rows, parameter] = value
        measures.loc[rows & (measures["quality"] == "observed"), "quality"] = "assumed"
    pays = changed_financing.with_changes(pack.financing, scenario.financing)
    if not scenario.population:
        return pack.with_tables(measures=measures, financing=pays)
    year = pack.settings.reference_year
    rates = assumed_rates.assumed_rates(pack.demography, scenario.population, year)
    return pack.with_tables(measures=measures, financing=pays, demography=rates)


def scenario_differences(pack: Pack, scenario: Scenario) -> pd.DataFrame:
    """What differs from the baseline.

    Returns
    -------
    table : part (measures, population, financing), id (of the row that is changed; "" for the population), measure (its name),
        parameter, meaning, baseline, scenario (texts as files have them); one row a parameter whose value is another one

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> scenario_differences(read_pack("SEN"), Scenario("same", "SEN")).empty
    True
    """
    rows = []
    known = pack.measures.set_index("id")
    for name, changes in scenario.measures.items():
        for parameter, value in changes.items():
            before = known.loc[name, parameter]
            if not _same(before, value):
                meaning = PARAMETERS[parameter].meaning
                rows.append(
                    {
                        "part": "measures",
                        "id": name,
                        "measure": known.loc[name, "name"],
                        "parameter": parameter,
                        "meaning": meaning,
                        "baseline": _words(before),
                        "scenario": _words(value),
                    }
                )
    rows += _pays_differences(pack, scenario)
    for parameter, meaning, before, value in assumed_rates.rate_differences(scenario.population):
        texts = {"baseline": _words(before), "scenario": _words(value)}
        place = {"part": "population", "id": "", "measure": POPULATION}
        rows.append({**place, "parameter": parameter, "meaning": meaning, **texts})
    return pd.DataFrame(rows, columns=["part", "id", "measure", "parameter", "meaning", "baseline", "scenario"])


def _pays_differences(pack: Pack, scenario: Scenario) -> Iterator[dict[str, str]]:
    """Rows of :func:`scenario_differences` on who pays."""
    known = pack.financing.set_index("id")
    for name, changes in scenario.financing.items():
        before = known.loc[name] if name in known.index else {}
        for parameter, value in changes.items():
            if not _same(old := before.get(parameter, pd.NA), value):
                texts = {"baseline": _words(old), "scenario": _words(value)}
                meaning = changed_financing.PARAMETERS[parameter].meaning
                yield {
                    "part": "financing",
                    "id": name,
                    "measure": before.get("name") or changes["name"],
                    "parameter": parameter,
                    "meaning": meaning,
                    **texts,
                }


def _same(before: Any, value: Any) -> bool:
    return not pd.isna(before) and before == value


def _words(value: Any) -> str:
    if pd.isna(value):
        return ""
    return f"{value:.15g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def write_scenario(pack: Pack, scenario: Scenario, root: Path) -> Path:
    """Write a scenario's file, whole or not at all; an older one of the name is replaced.

    Parameters
    ----------
    pack : the baseline, against which the scenario is checked
    scenario : what differs
    root : data folder

    Returns
    -------
    path of the file

    Raises
    ------
    PackError : wrong name, measure, parameter or value
    """
    path = scenario_path(root, pack.country, scenario.name)
    text = checked_toml(pack, scenario)
    path.parent.mkdir(exist_ok=True)
    write_text(path, text)
    return path


def checked_toml(pack: Pack, scenario: Scenario) -> str:
    """A scenario as the text of its file, checked against the pack as when it is read.

    Raises
    ------
    PackError : wrong measure, parameter or value
    """
    text = to_toml(scenario)
    file = f"{pack.country}/scenarios/{scenario.name}.toml"
    problems = _check(file, tomllib.loads(text), pack, key_lines(text))
    if problems:
        raise PackError(problems)
    return text


def with_ends(measure: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changed central values with low and high moved in proportion, so that low ≤ central ≤ high holds.

    Parameters
    ----------
    measure : the baseline's row of ``pack.measures``, or of ``pack.financing``
    changes : parameter → value; what is no central value stays as it is

    Examples
    --------
    >>> with_ends({"amount_low": 7, "amount_central": 10, "amount_high": 15}, {"amount_central": 20.0})
    {'amount_central': 20.0, 'amount_low': 14.0, 'amount_high': 30.0}
    """
    ends = {}
    for stem, most in (("amount", float("inf")), ("take_up", 1.0), ("value", float("inf"))):
        if f"{stem}_central" in changes:
            before, now = float(measure[f"{stem}_central"]), changes[f"{stem}_central"]
            factor = now / before if before else 1.0
            ends[f"{stem}_low"] = min(rounded(float(measure[f"{stem}_low"]) * factor, 3), now)
            ends[f"{stem}_high"] = min(max(rounded(float(measure[f"{stem}_high"]) * factor, 3), now), most)
    return {**changes, **ends}


def rounded(value: float, digits: int = 6) -> float:
    """A number with so many digits that count: an end in proportion is no more exact than what it was made from.

    Examples
    --------
    >>> rounded(12.857142857, 3), rounded(10.000000000000002), rounded(567103.4, 3), rounded(0.0)
    (12.9, 10.0, 567000.0, 0.0)
    """
    return float(f"{value:.{digits}g}")


def to_toml(scenario: Scenario) -> str:
    """A scenario as the text of its file.

    Examples
    --------
    >>> print(to_toml(Scenario("low", "SEN", "Low level", measures={"pension": {"amount_central": 10.0}})), end="")
    schema = 1
    country = "SEN"
    title = "Low level"
    description = ""
    <BLANKLINE>
    [measures.pension]
    amount_central = 10.0
    """
    head = {
        "schema": SCHEMA,
        "country": scenario.country,
        "title": scenario.title,
        "description": scenario.description,
    }
    people = {"population": dict(scenario.population)} if scenario.population else {}
    parts = {"measures": scenario.measures} | ({"financing": scenario.financing} if scenario.financing else {})
    tables = {part: {name: dict(changes) for name, changes in rows.items()} for part, rows in parts.items()}
    return tomli_w.dumps(head | people | tables)
