"""The face of a room: its functions by one name, loaded when they are used, and wrong arguments explained at the door.

And what of other packages is not worth its import.
"""

from __future__ import annotations

import functools
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import lazy_loader

from nasssap_lib.arguments import check_arguments
from nasssap_lib.errors import NasssapError

# jsonschema would take a second for a grammar of addresses, and more for durations, which no notebook's format has
UNASKED = ("rfc3987_syntax", "rfc3986_validator", "isoduration")


@contextmanager
def unasked_left_out(*more: str) -> Iterator[None]:
    """Import ``nbformat`` here without what it never asks for, and without further packages; a process that has one already keeps it."""
    left_out = {*UNASKED, *more} - set(sys.modules)
    sys.modules.update(dict.fromkeys(left_out))  # as Python says that there is none
    try:
        yield
    finally:
        for name in left_out:
            sys.modules.pop(name, None)


def attach(room: str, offered: Mapping[str, Sequence[str]]):
    """``__getattr__``, ``__dir__`` and ``__all__`` of a room.

    Parameters
    ----------
    room : its name, ``__name__``
    offered : module of the room → the names of it that the room offers
    """
    find, names, listed = lazy_loader.attach(
        room, submod_attrs={module: list(those) for module, those in offered.items()}
    )

    def find_explained(name: str):
        thing = find(name)
        if inspect.isfunction(thing):
            thing = explained(thing, room.rpartition(".")[2])
            setattr(sys.modules[room], name, thing)  # lazy_loader has put the bare function there, for the next time
        return thing

    return find_explained, names, listed


def explained(function: Callable, room: str) -> Callable:
    """The function; what is wrong with an argument is named, instead of an error of pandas from far inside."""
    signature = inspect.signature(function)

    @functools.wraps(function)
    def call(*args, **kwargs):
        try:
            given = signature.bind(*args, **kwargs)
        except TypeError:  # too many arguments, or too few: Python says it best
            return function(*args, **kwargs)
        checked, fault = check_arguments(function, given.arguments)
        if fault:
            raise NasssapError(f"{room}.{function.__name__}: {fault}")
        given.arguments.update(checked)
        try:
            return function(*given.args, **given.kwargs)
        except (KeyError, AttributeError) as error:
            if words := _missing_column(function, given.arguments, error):
                raise NasssapError(f"{room}.{function.__name__}: {words}") from error
            raise

    return call


def _missing_column(function: Callable, given: Mapping, error: Exception) -> str:
    """Which table lacks which column, and where such a table comes from; "" where the error is of another kind."""
    read = _columns_read(error)
    for column in _columns_of(error):
        lacking = {
            name: value
            for name, value in given.items()
            if hasattr(value, "columns") and hasattr(value, "iloc") and column not in value.columns
            if read is None
            or set(value.columns) <= read  # it was this table, perhaps with columns added, that was read
        }
        if lacking:
            expected = "; ".join(f"expected as {name}: {_origin(function, name)}" for name in lacking)
            return f"no column {column!r} in {' or '.join(lacking)} ({_listed(lacking)}); {expected}"
    return ""


def _columns_read(error: Exception) -> set[str] | None:
    """The columns of the table in which pandas did not find one; None where the error does not tell."""
    trace, columns = error.__traceback__, None
    while trace is not None:
        table = trace.tb_frame.f_locals.get("self")
        if hasattr(type(table), "columns") and hasattr(
            type(table), "iloc"
        ):  # asked itself, a grouping half made never answers
            columns = set(table.columns)
        trace = trace.tb_next
    return columns


def _listed(tables: Mapping) -> str:
    """The first columns of tables."""
    return "; ".join("has " + (", ".join(map(str, table.columns[:8])) or "no columns") for table in tables.values())


def _columns_of(error: Exception) -> list[str]:
    """Names in an error that may be columns: pandas says KeyError: 'group', or lists those that are not in the index."""
    text = str(error)
    if isinstance(error, AttributeError):  # of a table, or of a row of it
        kind, _, text = text.partition(" object has no attribute")
        text = text if kind.strip("'") in ("DataFrame", "Series", "Pandas") else ""
    return re.findall(r"'([A-Za-z_]\w*)'", text)


def _origin(function: Callable, name: str) -> str:
    """What the function's documentation says of a parameter."""
    found = re.search(rf"^\s*{re.escape(name)} : (.+)$", inspect.getdoc(function) or "", re.M)
    return found.group(1).rstrip(".").replace("``", "") if found else "a result table of this library"
