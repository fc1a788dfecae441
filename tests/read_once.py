"""Loaded by pytest: examples in docstrings read a shipped pack once a process. A pack is frozen, and its answers are copies."""

from functools import cache

import pytest


@cache
def _lent(read):
    """A reader that has kept what it read from the project's own folder."""
    kept = cache(read)
    return lambda country, *place, **named: read(country, *place, **named) if place or named else kept(country)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Lend an example the packs that others have read; that of ``read_pack`` itself reads."""
    if not isinstance(item, pytest.DoctestItem) or item.name.endswith(".read_pack"):
        return (yield)
    from nasssap_lib.pack import reader

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "read_pack", _lent(reader.read_pack))
        return (yield)
