"""Which fonts draw a text: the pictures' own, and parts of Noto that ship beside this module for letters that it lacks."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from matplotlib.font_manager import findfont, get_font

from nasssap_lib.unseen import ANY_UNSEEN, JOINERS

MAIN = "DejaVu Sans"
STAND_IN = "\N{WHITE SQUARE}"  # for a letter that no font here has


@lru_cache(maxsize=64)
def letters_of(font: str) -> frozenset[int]:
    """Code points of the letters that a font file has."""
    return frozenset(get_font(font).get_charmap())


@lru_cache(maxsize=1)
def further_fonts() -> tuple[str, ...]:
    """Files of the fonts that help out, in their order.

    Examples
    --------
    >>> [Path(file).stem for file in further_fonts()][:2]
    ['DejaVuSans', 'NotoSansArabic-Regular']
    """
    shipped = sorted((Path(__file__).parent / "fonts").glob("*.ttf"))
    return findfont(MAIN), *map(str, shipped)


def fonts_for(text: str, main: str) -> tuple[str, ...]:
    """Files of the fonts that draw a text, the first that has a letter draws it.

    Parameters
    ----------
    text : a line
    main : file of the font in which the line is set

    Returns
    -------
    ``main`` alone where it has all letters. Otherwise parts of Noto stand before it, for a script's signs are shaped together
    with its letters (they hold nothing of Latin); the upright main font stands behind it
    """
    lacking = {ord(letter) for letter in text} - letters_of(main)
    before, after = [], []
    for file in further_fonts() if lacking else ():
        if found := lacking & letters_of(file):
            (after if file == further_fonts()[0] else before).append(file)
            lacking -= found
    return *before, main, *after


def drawable(text: str) -> str:
    """A text as pictures draw it: without invisible signs, and with a square for each letter that no font here has.

    Examples
    --------
    >>> drawable("Sénégal"), drawable("\\u202eabc"), drawable("社 2")
    ('Sénégal', 'abc', '□ 2')
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_drawn, text))


def undrawn_letters(text: str) -> list[str]:
    """The letters of a text that no font here has, each once, in the order of Unicode.

    Examples
    --------
    >>> undrawn_letters("ශ්‍රී ලංකා 社会"), undrawn_letters("plain")
    (['会', '社'], [])
    """
    return [letter for letter in sorted(set(text)) if letter != STAND_IN and _drawn(letter) == STAND_IN]


@lru_cache(maxsize=8192)
def _drawn(letter: str) -> str:
    if letter == "\n" or letter in JOINERS:
        return letter
    if letter == "\t" or ANY_UNSEEN.match(letter):
        return " " if letter.isspace() else ""
    known = any(ord(letter) in letters_of(file) for file in further_fonts())
    return letter if known else " " if letter.isspace() else STAND_IN
