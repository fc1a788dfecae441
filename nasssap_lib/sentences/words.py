"""Small pieces of sentences."""

from __future__ import annotations


def capital(text: str) -> str:
    """The text with a capital first letter.

    Examples
    --------
    >>> capital("four in five")
    'Four in five'
    """
    return text[:1].upper() + text[1:]


def join_words(words: list[str]) -> str:
    """A list in words.

    Examples
    --------
    >>> join_words(["a", "b", "c"]), join_words(["a"]), join_words([])
    ('a, b and c', 'a', '')
    """
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1] if words else ""
