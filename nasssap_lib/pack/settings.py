"""country.toml: what a pack says of its country, read and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from nasssap_lib.errors import Problem
from nasssap_lib.pack import schema
from nasssap_lib.pack.kinds import FORMULA
from nasssap_lib.pack.letters import letter_fault
from nasssap_lib.pack.model import Settings, is_name, to_settings
from nasssap_lib.pack.plain_text import is_there
from nasssap_lib.pack.remedies import Hints
from nasssap_lib.pack.toml_files import key_lines, read_toml, shown
from nasssap_lib.pack.toml_words import kind_words

FILE = "country.toml"
MAX_BYTES = 100_000
MAX_NAME, MAX_PLAN, MAX_PLANS = 120, 300, 50
REFERENCE_YEARS = 2010, 2050  # a strategy is written for today
USER_ASSIGNED = re.compile(r"AAA|Q[M-Z][A-Z]|X[A-Z][A-Z]|ZZZ")
SCHEMA_HINT = f"schema = {schema.SCHEMA}, without quotation marks, is what this nasssap reads; check then says what else to change"


def read_settings(path: Path, country: str) -> tuple[Settings | None, list[Problem]]:
    """Read country.toml; problems for unknown, missing and wrong keys."""
    file = f"{country}/{path.name}"
    if not is_there(path):
        return None, [Problem(file, 0, "", "", "a file country.toml", _missing_hint(path))]
    text, values, problems = read_toml(path, file, MAX_BYTES)
    if values is None:
        return None, problems
    lines = {key: line for (table, key), line in key_lines(text).items() if not table}
    problems = list(_check_version(file, values, lines, country) or _check_settings(file, values, lines, country))
    return (None if problems else to_settings(values)), problems


def _missing_hint(path: Path) -> str:
    near = [found for found in (f"{path.name}.txt", "Country.toml", "country.TOML") if is_there(path.with_name(found))]
    return f"rename {near[0]}" if near else "copy it from another pack and change it"


def _check_version(file: str, values: dict, lines: dict[str, int], country: str) -> list[Problem]:
    """Another version of the schema than ours, and what to do about it."""
    version, expected = values.get("schema"), str(schema.SCHEMA)
    if type(version) is int and version == schema.SCHEMA:
        return []
    if type(version) is not int:
        hint, expected = SCHEMA_HINT, f"a line schema = {schema.SCHEMA}"
    elif version > schema.SCHEMA:
        hint, expected = "the pack was made for a newer nasssap: update this one", f"at most {schema.SCHEMA}"
    else:
        hint = f"run: nasssap migrate {country}" if version > 0 else SCHEMA_HINT
    found = shown(version) if "schema" in values else ""
    return [Problem(file, lines.get("schema", 0), "schema", found, expected, hint)]


def _check_settings(file: str, values: dict, lines: dict[str, int], country: str) -> list[Problem]:
    near = Hints(schema.SETTINGS)

    def problem(key, expected, hint):
        return Problem(file, lines.get(key, 0), key[:60], shown(values.get(key, "")), expected, hint)

    problems = [
        problem(key, "a key of the schema", near(key))
        for key in values
        if key not in schema.SETTINGS and not is_name(key)
    ]
    for key, (kind, required, meaning) in schema.SETTINGS.items():
        if key not in values:
            problems += [problem(key, f"a line {key} = …", meaning)] if required else []
        elif not isinstance(values[key], kind) or (kind is int and isinstance(values[key], bool)):
            problems.append(problem(key, kind_words(kind, key), meaning))
    return problems or list(_check_setting_values(file, values, lines, country))


def _check_setting_values(file: str, values: dict, lines: dict[str, int], country: str) -> Iterator[Problem]:
    def problem(key, expected, hint=""):
        return Problem(file, lines.get(key, 0), key, shown(values[key]), expected, hint)

    if values["code"] != country:
        yield problem("code", f"the name of the folder, {country}", _code_hint(values["code"], country))
    for key in ("language", "prose"):
        if key in values and not schema.is_language(values[key]):
            yield problem(key, "the two letters of a language in ISO 639", "as in en, fr, es, pt, ar, sw")
    fictional = bool(USER_ASSIGNED.fullmatch(country))
    if values["code"] == country and not fictional and country not in _country_codes():
        yield problem(
            "code", "the three letters of a country in ISO 3166", "as in GHA; XAA to XZZ are for fictional ones"
        )
    if not re.fullmatch("[A-Z]{3}", values["currency"]) or not fictional and values["currency"] not in _currencies():
        yield problem("currency", "the three capital letters of a currency in ISO 4217", "as in XOF, LKR, ZMW")
    first, last = REFERENCE_YEARS
    if not first <= values["reference_year"] <= last:
        yield problem("reference_year", f"a year from {first} to {last}", "gaps are brought forward to about this year")
    if values.get("fictional", False) != fictional:
        expected = "fictional = true for user-assigned codes, and only there"
        yield Problem(file, lines.get("fictional", 0), "fictional", country, expected, "XAA to XZZ are user-assigned")
    for key in filter(is_name, values):
        if isinstance(values[key], str) and not values[key].strip():
            yield problem(key, "a name", "write it, or take the line away")
        elif fault := text_fault(values[key], MAX_NAME):
            yield problem(key, *fault)
    for plan in values.get("plans", [])[: MAX_PLANS + 1]:
        if fault := text_fault(plan, MAX_PLAN):
            yield Problem(file, lines.get("plans", 0), "plans", shown(plan), *fault)
    if len(values.get("plans", [])) > MAX_PLANS:
        yield problem("plans", f"a list of at most {MAX_PLANS} titles")


def _code_hint(code: str, country: str) -> str:
    rename = f", or rename the folder {code}" if re.fullmatch("[A-Z]{3}", code) else ""
    return f'write code = "{country}"{rename}'


@cache
def _country_codes() -> frozenset[str]:
    """Three-letter codes of ISO 3166, and XKX, which Kosovo uses."""
    from babel.core import get_global

    return frozenset({code for code in get_global("territory_aliases") if len(code) == 3 and code.isalpha()} | {"XKX"})


@cache
def _currencies() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


def text_fault(value: Any, most: int) -> tuple[str, str] | None:
    """What is expected of a text of a TOML file, and what to do; None where it is fine."""
    if not isinstance(value, str):
        return "text in straight quotes", ""
    if len(value) > most:
        return f"at most {most} letters", "shorten it"
    if FORMULA.fullmatch(value):
        return "text, not a formula", "a spreadsheet would run it; put a word before the sign"
    fault = letter_fault(value)
    return fault if fault[0] else None
