"""The face of a room: its functions by one name, loaded when they are used, and wrong tables explained at the door."""

from __future__ import annotations

import functools
import inspect
import re
import sys
from collections.abc import Callable, Mapping, Sequence

import lazy_loader

from nasssap_lib.errors import NasssapError


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
    """The function; a table without a column that it needs is named, instead of a KeyError from far inside."""

    @functools.wraps(function)
    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except (KeyError, AttributeError) as error:
            if words := _missing_column(function, args, kwargs, error):
                raise NasssapError(f"{room}.{function.__name__}: {words}") from error
            raise

    return call


def _missing_column(function: Callable, args: tuple, kwargs: dict, error: Exception) -> str:
    """Which table lacks which column, and where such a table comes from; "" where the error is of another kind."""
    given = inspect.signature(function).bind_partial(*args, **kwargs).arguments
    tables = {name: value for name, value in given.items() if hasattr(value, "columns") and hasattr(value, "iloc")}
    for column in _columns_of(error):
        lacking = {name: table for name, table in tables.items() if column not in table.columns}
        if lacking:
            expected = "; ".join(f"expected as {name}: {_origin(function, name)}" for name in lacking)
            return f"no column {column!r} in {' or '.join(lacking)} ({_listed(lacking)}); {expected}"
    return ""


def _listed(tables: Mapping) -> str:
    """The first columns of tables."""
    return "; ".join("has " + (", ".join(map(str, table.columns[:8])) or "no columns") for table in tables.values())


def _columns_of(error: Exception) -> list[str]:
    """Names in an error that may be columns: pandas says KeyError: 'group', or lists those that are not in the index."""
    text = str(error)
    if isinstance(error, AttributeError):
        text = text.partition("object has no attribute")[2]
    return re.findall(r"'([A-Za-z_]\w*)'", text)


def _origin(function: Callable, name: str) -> str:
    """What the function's documentation says of a parameter."""
    found = re.search(rf"^\s*{re.escape(name)} : (.+)$", inspect.getdoc(function) or "", re.M)
    return found.group(1).rstrip(".").replace("``", "") if found else "a result table of this library"
