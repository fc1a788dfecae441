"""Loaded by pytest before its plugins: nbval brings nbformat, which takes two seconds longer with what nobody asks of it.

Nobody looks for cycles either while modules are imported and tests are collected: all of it stays, and the looking takes a fifth of the
time of each process.
"""

import gc

import pytest
from _pytest.doctest import DoctestModule

from nasssap_lib.faces import unasked_left_out

gc.disable()
with unasked_left_out():
    import nbformat  # noqa: F401


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path):
    """A module in which no example stands is not looked through for one: there are three times as many as others."""
    found = yield
    if file_path.suffix == ".py" and b">>>" not in file_path.read_bytes():
        return [each for each in found if not isinstance(each, DoctestModule)]
    return found


def pytest_collection_finish():
    """From now on there is something to be freed."""
    gc.enable()


def pytest_sessionfinish():
    """What is left ends with the process: looked through for cycles five times, it would take seconds."""
    gc.freeze()
