"""Parameters of notebooks: what each may be. A notebook declares its own; rooms add checks by the name of a parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nasssap_lib.display.texts import language_fault
from nasssap_lib.errors import ParameterError, nearest
from nasssap_lib.pack.folders import countries, fault_of_names

if TYPE_CHECKING:
    from nasssap_lib.pack.model import Pack

KINDS = {str: "a text", int: "a whole number", float: "a number", bool: "True or False"}


@dataclass(frozen=True)
class Parameter:
    """A parameter as a notebook declares it: type, meaning, default."""

    kind: type
    meaning: str = ""
    default: object = None

    def fault(self, value: Any) -> str:
        """What is wrong with a value's type, in words; "" where nothing is.

        Examples
        --------
        >>> Parameter(int, "a year").fault("twenty"), Parameter(float).fault(1)
        ("expected a whole number, got 'twenty' (text); a year", '')
        """
        kinds = (int, float) if self.kind is float else self.kind
        if isinstance(value, kinds) and (self.kind in (bool, object) or not isinstance(value, bool)):
            return ""
        return _because(f"expected {KINDS[self.kind]}, got {_shown(value)}", self.meaning)


def _shown(value: Any) -> str:
    """A value as a message shows it: text and the number that it spells look alike."""
    return f"{value!r} (text)" if isinstance(value, str) else repr(value)[:80]


def _because(fault: str, meaning: str) -> str:
    return f"{fault}; {meaning}" if meaning else fault


def one_of(*allowed: Any) -> Callable[[Any], str]:
    """A check that a value is one of a few."""
    return lambda value: "" if value in allowed else f"expected one of {', '.join(map(str, allowed))}, got {value!r}"


def year_from(low: int, high: int) -> Callable[[Any], str]:
    """A check that a value is 0 or a year of a span."""
    return lambda year: (
        "" if year == 0 or low <= year <= high else f"expected 0 or a year from {low} to {high}, got {year}"
    )


def check_of(place: str) -> Callable[[Any], str]:
    """A check of a room, ``module:name``, imported when a value is checked: no notebook loads the rooms of another.

    The name is a function that says what is wrong with a value, or a list of the values that are allowed.
    """

    def check(value: Any) -> str:
        known = of_room(place)
        return (known if callable(known) else one_of(*known))(value)

    return check


def of_room(place: str) -> Any:
    """What a room registers as ``module:name``.

    Examples
    --------
    >>> of_room("priorities.sequence:METHODS")[0]
    'topsis'
    """
    module, _, name = place.partition(":")
    return getattr(import_module(f"nasssap_lib.{module}"), name)


COMMON = {  # what every notebook takes
    "country": Parameter(str, "code of a country pack"),
    "data": Parameter(str, "data folder; empty: found from where the notebook is"),
    "results": Parameter(str, "folder for result tables; empty: none are written"),
    "scenario": Parameter(str, "name of a scenario of the pack, or two with a comma; empty: the baseline"),
    "language": Parameter(str, "language of the report; empty: English"),
}
PACKS = ("country", "second")  # codes of packs
CHECKS: dict[
    str, Callable[[Any], str]
] = {  # by name of a parameter, whichever notebook declares it; a default needs none
    "scenario": fault_of_names,
    "language": language_fault,
    "year": year_from(2015, 2050),
    "child_age_to": one_of(14, 17),
    "weights": check_of("priorities.weights:fault_of_weights"),
    "order": check_of("priorities.weights:fault_of_order"),
    "method": check_of("priorities.sequence:METHODS"),
    "envelope": check_of("roadmap.country:fault_of_envelope"),
    "review": check_of("action_plan.months:fault_of_month"),
    "starts_a_year": check_of("roadmap.country:fault_of_starts"),
}
PACK_CHECKS = {  # names of parameters → what finds their faults in a pack, called with those of them that are not empty
    ("weights", "order"): "priorities.weights:unknown_criteria",
    ("options", "paid_first"): "costing.chosen:unknown_options",
}


def parameter_faults(
    name: str, declared: Mapping[str, Parameter] | None, given: Mapping[str, Any], root: Path | None = None
) -> dict[str, str]:
    """All that is wrong with a notebook's parameters, by name.

    Parameters
    ----------
    name : of the notebook
    declared : its parameters; None: not known, every name is taken
    given : values by name
    root : data folder, for the codes of packs; None: they are not checked

    Examples
    --------
    >>> parameter_faults("02_gap_identification", {"year": Parameter(int)}, {"yaer": 2020, "year": 1066})
    {'yaer': "no parameter of 02_gap_identification; did you mean 'year'?", 'year': 'expected 0 or a year from 2015 to 2050, got 1066'}
    """
    known = {**COMMON, **(dict.fromkeys(given, Parameter(object)) if declared is None else declared)}
    faults = {
        key: known[key].fault(value) or _value_fault(key, value, known[key]) if key in known else _unknown(name, key, known)
        for key, value in given.items()
    }  # fmt: skip
    codes = countries(root) if root else []
    for key in PACKS if root else ():
        if given.get(key) and not faults[key] and given[key] not in codes:
            faults[key] = f"no pack {given[key][:40]!r}; there are {', '.join(codes)}"
    return {key: fault for key, fault in faults.items() if fault}


def _value_fault(key: str, value: Any, parameter: Parameter) -> str:
    """What the registered check says of a value of the right type; a default is never wrong."""
    try:
        fault = CHECKS[key](value) if key in CHECKS and value != parameter.default else ""
    except (TypeError, AttributeError):  # a type that nobody declared
        fault = f"expected a value of another type, got {_shown(value)}"
    return _because(fault, parameter.meaning) if fault else ""


def _unknown(name: str, key: str, known: Mapping[str, Parameter]) -> str:
    near = nearest(key, known)
    return f"no parameter of {name}; " + (f"did you mean {near!r}?" if near else f"it has {', '.join(known)}")


def check_on_pack(pack: Pack, parameters: Mapping[str, Any]) -> None:
    """Raise ParameterError where parameters name what the country does not have, such as a criterion of which nothing is known.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> check_on_pack(read_pack("SEN"), {"order": "equity>cost", "method": "topsis"})
    """
    wrong: dict[str, str] = {}
    for names, faults_of in PACK_CHECKS.items():
        given = {name: parameters[name] for name in names if parameters.get(name)}
        wrong |= of_room(faults_of)(pack, **given) if given else {}
    if wrong:
        raise ParameterError(wrong)
