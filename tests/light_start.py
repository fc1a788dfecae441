"""Loaded by pytest before its plugins: nbval brings nbformat, which takes two seconds longer with what nobody asks of it.

Nobody looks for cycles either while modules are imported and tests are collected: all of it stays, and the looking takes a fifth of the
time of each process.
"""

import gc

from nasssap_lib.faces import unasked_left_out

gc.disable()
with unasked_left_out():
    import nbformat  # noqa: F401


def pytest_collection_finish():
    """From now on there is something to be freed."""
    gc.enable()


def pytest_sessionfinish():
    """What is left ends with the process: looked through for cycles five times, it would take seconds."""
    gc.freeze()
