"""Letters that a reader does not see: one list for all who refuse them, leave them out, show a sign for them, or look behind them.

Controls, marks that turn the direction, what has no width, and what counts as a letter and shows none of its own (Unicode's categories
Cc, Cf, Cs, Zl and Zp, and ``BLANK``). Signs of Arabic, Syriac and Kaithi that Unicode counts among them are drawn, and seen.
"""

from __future__ import annotations

import re
import unicodedata

JOINERS = "\u200c\u200d"  # scripts from Arabic to Sinhala need them between their letters
STRAY_JOINER = re.compile("(?<![\u0600-\U0010ffff])[\u200c\u200d]")
DRAWN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc"
# For a class of a regular expression; without tabs and ends of lines, which set words apart, and without the joiners.
UNSEEN = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ud800-\udfff\ufeff"
    r"\ufff9-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
    f"{BLANK}"
)
ANY_UNSEEN = re.compile(f"[{UNSEEN}]")
LOST = "\N{REPLACEMENT CHARACTER}"


def is_seen(letter: str) -> bool:
    """Whether a letter shows, or sets words apart or joins letters as its script needs it; letters of private fonts do not.

    Examples
    --------
    >>> [is_seen(letter) for letter in "é\\n\\u200d\\u200b\\ue000"]
    [True, True, True, False, False]
    """
    if ANY_UNSEEN.match(letter):
        return False
    return letter.isprintable() or letter in DRAWN or letter in f"\n\t{JOINERS}" or unicodedata.category(letter) == "Zs"


def without_unseen(text: str) -> str:
    """A text without letters that show nothing; its joiners stay.

    Examples
    --------
    >>> without_unseen("abc\\u202edef")
    'abcdef'
    """
    return text if text.isascii() and text.isprintable() else ANY_UNSEEN.sub("", text)


def with_signs(text: str, kept: str = "\n") -> str:
    r"""A text with a sign for every letter that is not seen, tabs and ends of lines among them but for those that are ``kept``.

    Examples
    --------
    >>> with_signs("name\x1b]0;owned\x07: 60\xa0%\n")
    'name�]0;owned�: 60\xa0%\n'
    """
    if text.isascii() and text.isprintable():
        return text
    signs = set("\n\t") - set(kept)
    return "".join(letter if is_seen(letter) and letter not in signs else LOST for letter in text)
