"""What a batch is to do: every country, notebook, scenario, language and parameter checked before any process starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nasssap_lib.chapter.notebooks import chapters, notebook_faults, read_notebook, undeclared
from nasssap_lib.chapter.parameters import COMMON, check_on_pack, parameter_faults
from nasssap_lib.display.texts import language_fault, languages
from nasssap_lib.errors import PackError, ParameterError, nearest
from nasssap_lib.pack.folders import countries as known_packs
from nasssap_lib.pack.folders import scenarios as scenarios_of
from nasssap_lib.pack.folders import unknown_pack_hint
from nasssap_lib.run.folders import Folders, scenario_names
from nasssap_lib.run.jobs import Job
from nasssap_lib.run.sweep import is_pattern, versions_of

if TYPE_CHECKING:
    from nasssap_lib.chapter.notebooks import Notebook
    from nasssap_lib.run.sweep import Version


def plan(
    countries: Iterable[str],
    notebooks: Iterable[str],
    parameters: Mapping[str, Any],
    root: Path,
    folders: Folders,
    scenarios: Iterable[str] = ("",),
    languages: Iterable[str] = ("",),
    sweeps: Iterable[str] = (),
    say: Callable[[str], None] = lambda text: None,
) -> list[Job]:
    """The jobs of a batch: countries × versions × languages × notebooks; versions are scenarios, and values of a sweep.

    Raises
    ------
    ParameterError : names every country, notebook, scenario, language and parameter that does not exist or has a wrong value, and what
        a sweep or a pattern of scenarios does not find
    """
    known, codes = chapters(), list(dict.fromkeys(countries))
    names = list(dict.fromkeys(notebooks)) or known
    wrong = _unknown_packs(codes, root)
    wrong |= {name: f"no notebook of that name; there are {', '.join(known)}" for name in names if name not in known}
    read = [read_notebook(name) for name in names if name in known]
    versions: dict[str, list[Version]] = {}
    try:
        versions = versions_of([code for code in codes if code not in wrong], scenarios, sweeps, root, read, say)
    except ParameterError as error:
        wrong |= error.wrong
    different = {(version.scenario, version.folder): version for listed in versions.values() for version in listed}
    plain = [name for name in scenarios if not is_pattern(name)]
    named = dict.fromkeys([*plain, *(version.scenario for version in different.values())])
    common = [_common(scenario, language) for scenario in named for language in languages]
    for settings in common:
        wrong |= _language_faults(settings) | _setting_faults(read, parameters, settings)
    given = {book.name: {key: parameters[key] for key in parameters if key in book.parameters} for book in read}
    for book in read:
        for settings in common:
            wrong |= parameter_faults(book.name, book.parameters, given[book.name] | settings)
        for version in different.values():
            own = {key: value for key, value in version.parameters.items() if key in book.parameters}
            wrong |= parameter_faults(book.name, book.parameters, own)
    wrong |= {
        key: "is swept and set" for version in different.values() for key in version.parameters if key in parameters
    }
    if wrong:
        raise ParameterError(wrong)
    has = {book.name: book.parameters for book in read}
    jobs = [
        Job(
            code, name, given[name] | version.parameters | _common(version.scenario, language), str(root), folders,
            version=version.folder, made=version.made, label=version.label,
        )
        for code in codes
        for version in versions[code]
        for language in languages
        for name in names
        if all(key in has[name] for key in version.parameters)
    ]  # fmt: skip
    return list({(job.folder, job.notebook): job for job in jobs}.values())  # once, whatever was given twice


def check_on_packs(jobs: Iterable[Job]) -> None:
    """Raise ParameterError where weights or an order name a criterion that a country does not have, or knows nothing of."""
    for job in jobs:
        if job.parameters.get("weights") or job.parameters.get("order"):
            from nasssap_lib.pack.reader import read_pack

            with suppress(PackError):  # a pack with problems is reported with all of them, and not run
                check_on_pack(read_pack(job.country, job.data), job.parameters)


def check_scenarios(jobs: Iterable[Job], root: Path) -> None:
    """Raise ParameterError where a scenario is named that a country does not have: before anything is written.

    A message says what the country has, and which of the others have the one that was asked for.
    """
    asked: dict[str, dict[str, None]] = {}
    for job in jobs:
        asked.setdefault(job.country, {}).update(dict.fromkeys([] if job.made else scenario_names(job.scenario)))
    known = {code: scenarios_of(root, code) for code in asked}
    wrong = {
        f"{code} --scenario {name}": _scenario_hint(name, known[code], [o for o in asked if name in known[o]])
        for code, names in asked.items()
        for name in names
        if name not in known[code]
    }
    if wrong:
        raise ParameterError(wrong)


def _scenario_hint(name: str, known: list[str], others: list[str]) -> str:
    if near := nearest(name, known):
        return f"no scenario of that name; did you mean {near!r}?"
    there = f"there are {', '.join(known)}" if known else "there are none; nasssap lab writes one (explore.ipynb)"
    elsewhere = f"; for those that have it: nasssap run {' '.join(others)} --scenario {name}" if others else ""
    return f"no scenario of that name; {there}{elsewhere}"


def _common(scenario: str, language: str) -> dict[str, str]:
    """Parameters of every notebook; the baseline and English are what a notebook does without being told."""
    given = {"scenario": scenario, "language": "" if language == "en" else language}
    return {name: value for name, value in given.items() if value}


def _unknown_packs(codes: Iterable[str], root: Path) -> dict[str, str]:
    known = known_packs(root)
    return {code: f"no such pack; {unknown_pack_hint(code, known)}" for code in codes if code not in known}


def _language_faults(settings: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a language, and a scenario that would share the folder of one."""
    taken = [name for name in scenario_names(settings.get("scenario", "")) if name in languages()]
    faults = {"language": language_fault(settings.get("language", ""))}
    faults["scenario"] = (
        f"{taken[0]!r} is the folder of reports in that language; give the scenario another name" if taken else ""
    )
    return {name: fault for name, fault in faults.items() if fault}


def _setting_faults(notebooks: Iterable[Notebook], parameters: Mapping[str, Any], common: Mapping) -> dict[str, str]:
    """Parameters that the batch sets itself, that no chosen notebook has, or that one does not declare though every run needs them."""
    own = {book.name: {key for key in book.parameters if key not in COMMON} for book in notebooks}
    every = ", ".join(sorted(set().union(*own.values()))) or "none"
    wrong = {key: f"{key} is set by the batch itself" for key in parameters if key in COMMON}
    unknown = [key for key in parameters if key not in COMMON and not any(key in names for names in own.values())]
    wrong |= {key: f"none of {', '.join(own)} has this parameter; they have {every}" for key in unknown}
    text = "its parameter cell does not declare {} with a type; copy the line from another notebook"
    for book in notebooks:
        lacking = undeclared(book, ["country", "data", "results", *common]) if book.parameters else []
        faults = notebook_faults(book) + ([text.format(", ".join(lacking))] if lacking else [])
        wrong |= {book.name: "; ".join(faults)} if faults else {}
    return wrong
