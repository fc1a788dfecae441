"""What may stand for an argument of a public function: its own annotation says the kind, its name the range.

Checked at the door of a room (:mod:`nasssap_lib.faces`), so that a wrong kind is named there and not by pandas from far inside.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from numbers import Integral, Real
from typing import Any

YEARS, AGES = (1850, 2150), (0, 120)
RANGES: dict[str, tuple[float, float | None]] = {  # by name of an argument: least and greatest value, None: no limit
    "year": YEARS,
    "years": YEARS,
    "last_year": YEARS,
    "projection_years": YEARS,
    "age_from": AGES,
    "age_to": AGES,
    "child_age_to": AGES,
    "draws": (1, 1_000_000),
    "seed": (0, None),
    "money": (0, None),
    "level": (0, None),
    "target_coverage": (0, 1),
    "take_up": (0, 1),
}


def _is_whole(value: Any) -> bool:
    """A whole number; a float that is one will do, as a year that pandas has read."""
    return (isinstance(value, Integral) and not isinstance(value, bool)) or (
        isinstance(value, float) and value.is_integer()
    )


def _is_number(value: Any) -> bool:
    """A number that is not infinite; NaN stands for a missing one."""
    return isinstance(value, Real) and not isinstance(value, bool) and abs(value) != float("inf")


def _is_numbers(value: Any) -> bool:
    import numpy as np

    try:
        return bool(np.asarray(value, dtype=float).ndim)
    except (TypeError, ValueError):
        return False


def _is_table(value: Any) -> bool:
    return hasattr(value, "columns") and hasattr(value, "iloc")


ONE: dict[str, tuple[str, Callable[[Any], bool]]] = {  # annotation → words, and whether a value is of the kind
    "int": ("a whole number", _is_whole),
    "float": ("a number", _is_number),
    "str": ("a text", lambda value: isinstance(value, str)),
    "Pack": ("a country pack", lambda value: hasattr(value, "settings")),
    "pd.DataFrame": ("a table", _is_table),
    "ArrayLike": ("a list of numbers", _is_numbers),
    "Mapping": ("values by name, as in {'a': 1}", lambda value: hasattr(value, "keys")),
    "str | os.PathLike": ("a folder", lambda value: isinstance(value, str | os.PathLike)),
}
MANY = {"Iterable[int]": "int", "Iterable[float]": "float", "Iterable[str]": "str"}
PLURALS = {"int": "a list of whole numbers", "float": "a list of numbers", "str": "a list of texts"}


def check_arguments(function: Callable, given: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The arguments, lists that can be read only once as lists, and what is wrong with them.

    Parameters
    ----------
    function : has annotations; an argument of a kind that is not in ``ONE`` or ``MANY`` is not looked at
    given : arguments by name

    Returns
    -------
    arguments, fault : a sentence that names all wrong ones; "" where nothing is wrong

    Examples
    --------
    >>> def count(years: Iterable[int], age_to: int | None = None): ...
    >>> check_arguments(count, {"years": [2025, 2030]})
    ({'years': [2025, 2030]}, '')
    >>> check_arguments(count, {"years": 2025, "age_to": -3})[1]
    'years: expected a list of whole numbers from 1850 to 2150, got 2025; age_to: expected a whole number from 0 to 120, got -3'
    """
    checked, faults = dict(given), []
    for name, (annotation, may_be_none) in _annotations(function).items():
        if name not in given or (may_be_none and given[name] is None):
            continue
        if hasattr(given[name], "__next__"):
            checked[name] = list(given[name])
        if fault := fault_of(name, annotation, checked[name]):
            faults.append(f"{name}: {fault}")
        elif annotation == "int":
            checked[name] = int(given[name])
    return checked, "; ".join(faults)


@lru_cache(maxsize=1024)
def _annotations(function: Callable) -> dict[str, tuple[str, bool]]:
    """Kind of each argument that can be checked, and whether it may be None."""
    found = {}
    for name, parameter in inspect.signature(function).parameters.items():
        annotation = parameter.annotation if isinstance(parameter.annotation, str) else ""
        kind = annotation.removesuffix(" | None")
        kind = "Mapping" if kind.startswith("Mapping[") and "|" not in kind else kind
        if kind in ONE or kind in MANY:
            found[name] = (kind, annotation.endswith(" | None"))
    return found


def _can_be_listed(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes)


def fault_of(name: str, annotation: str, value: Any) -> str:
    """What is wrong with one argument, in words; "" where nothing is.

    Examples
    --------
    >>> fault_of("level", "float", -5)
    'expected a number of at least 0, got -5'
    """
    kind = MANY.get(annotation, annotation)
    words, fits = ONE[kind]
    words = PLURALS[kind] if annotation in MANY else words
    low, high = RANGES.get(name, (None, None)) if kind in ("int", "float") else (None, None)
    values = [value] if annotation not in MANY else value if _can_be_listed(value) else None
    if values is not None and all(fits(one) and _within(one, low, high) for one in values):
        return ""
    span = "" if low is None else f" of at least {low}" if high is None else f" from {low} to {high}"
    remedy = f"; nasssap_lib.read_pack({value[:40]!r}) reads one" if kind == "Pack" and isinstance(value, str) else ""
    return f"expected {words}{span}, got {_short(value)}{remedy}"


def _within(value: float, low: float | None, high: float | None) -> bool:
    return low is None or (value >= low and (high is None or value <= high))


def _short(value: Any) -> str:
    """A value as it was written, or its type where that would be long."""
    if _is_table(value):
        return "a table"
    text = repr(value)
    return text if len(text) <= 60 and "\n" not in text else f"{text.splitlines()[0][:40]}… ({type(value).__name__})"
