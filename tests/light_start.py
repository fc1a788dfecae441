"""Loaded by pytest before its plugins: nbval brings nbformat, which takes two seconds longer with what nobody asks of it."""

from nasssap_lib.faces import unasked_left_out

with unasked_left_out():
    import nbformat  # noqa: F401
