"""Messages on the terminal: no longer than a person reads, and nothing in them steers the terminal."""

from __future__ import annotations

import unicodedata

MAX_PROBLEMS = 200  # lines, each of which stands for all problems of its kind
KEPT = "\n\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"  # words of many scripts need the joiners


def shortened(text: str) -> str:
    """The first lines of a long message, and how many more there are."""
    lines = shown(text).splitlines()
    more = [f"… and {len(lines) - MAX_PROBLEMS} more"] if len(lines) > MAX_PROBLEMS else []
    return "\n".join(lines[:MAX_PROBLEMS] + more)


def shown(text: str) -> str:
    r"""A text without what steers a terminal: packs, bundles and names of files are foreign.

    Examples
    --------
    >>> shown("name\x1b]0;owned\x07: 60\xa0%\n")
    'name�]0;owned�: 60\xa0%\n'
    """
    return "".join(letter if _harmless(letter) else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _harmless(letter: str) -> bool:
    return letter.isprintable() or letter in KEPT or unicodedata.category(letter) == "Zs"
