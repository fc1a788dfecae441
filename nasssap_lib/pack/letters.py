"""Letters that a reader can see, and text that was read in another encoding than it was written in."""

from __future__ import annotations

import re
import unicodedata

from nasssap_lib.unseen import LOST, STRAY_JOINER, is_seen

LOST_HINT = "a letter was lost when the file was saved: type it again, and save as CSV UTF-8"
UNSEEN_HINT = "it does not show: delete it, or type the text again"

# What bytes 80 to BF of UTF-8 become where they are read as Windows-1252.
_TAIL = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
_QUOTES = "…–—’”»"  # may stand behind an honest capital Ã, at the end of a word
_ANY = re.escape(_TAIL + LOST)
_INDIC = re.escape(_TAIL[0x24:])
_PLAIN = re.escape("".join(letter for letter in _TAIL + LOST if letter not in _QUOTES))
MOJIBAKE = re.compile(
    rf"Ã(?:[{_PLAIN}]|[{_QUOTES}](?=\w))|Â[{_ANY}]|â[€‚„ˆ‰†]|[ÄÅ][{_ANY}](?=\w)"  # é, °, ’, œ
    rf"|(?:à[{_INDIC}][{_ANY}]){{2}}|(?:[á-é][{_ANY}]{{2}}){{3}}"  # Sinhala, Tamil, Devanagari; Amharic, Chinese
    rf"|(?:[ÎÏ][{_ANY}]){{3}}|(?:[ÐÑ][{_ANY}]){{3}}|(?:[Ø-Û][{_ANY}]){{3}}"  # Greek, Cyrillic, Arabic
    r"|√[^\x00-\x7f\s]|‚Ä|├[^\x00-\x7f\s─┤┼├]"  # é as old Macintoshes and consoles of Windows read it
)
MOJIBAKE_EXPECTED = "letters as they were typed; UTF-8 was read as another encoding"
MOJIBAKE_HINT = "take the file as it was before, and open it by Data, From Text/CSV, 65001: Unicode (UTF-8)"


def unprintable(text: str) -> set[str]:
    """Letters of a text that nobody sees: controls, marks that turn the direction, widthless ones, those of a private font.

    Line breaks, tabulators and spaces of any width are fine, and joiners where the scripts that need them have them.

    Examples
    --------
    >>> sorted(map(ascii, unprintable("Ghana\\u202e\\u200b")))
    ["'\\\\u200b'", "'\\\\u202e'"]
    >>> unprintable("ශ්\u200dරී ලංකා, Côte d’Ivoire")
    set()
    """
    if text.isascii() and text.isprintable():
        return set()
    wrong = {letter for letter in set(text) if letter == LOST or not is_seen(letter)}
    return wrong | set(STRAY_JOINER.findall(text))


def code_point(letter: str) -> str:
    """A letter by its number and name.

    Examples
    --------
    >>> code_point("\\u202e"), code_point("\\ue000")
    ('U+202E (right-to-left override)', 'U+E000')
    """
    name = unicodedata.name(letter, "").lower()
    return f"U+{ord(letter):04X}" + (f" ({name})" if name else "")


def is_mojibake(text: str) -> bool:
    """Whether a text looks like UTF-8 that was read as Windows-1252, or as an old Macintosh or console reads it.

    Honest French, Spanish, Portuguese, Sinhala or Tamil never does.

    Examples
    --------
    >>> [is_mojibake(text) for text in ("SÃ©nÃ©gal", "l’annÃ©e", "donâ€™t", "S√©n√©gal", "à¶½à¶‚à¶šà·\x8f")]
    [True, True, True, True, True]
    >>> [is_mojibake(text) for text in ("Sénégal", "LIBERTÉ…", "AMANHÃ”", "à «\xa0Bamako\xa0»", "ESPAÑA", "√2")]
    [False, False, False, False, False, False]
    """
    return not text.isascii() and MOJIBAKE.search(text) is not None


def letter_fault(text: str) -> tuple[str, str]:
    """What is wrong with the letters of a text, as what is expected and what to do; two "" where nothing is.

    Examples
    --------
    >>> letter_fault("a\\u200bb")[0]
    'letters that show, without U+200B (zero width space)'
    """
    if is_mojibake(text):
        return MOJIBAKE_EXPECTED, MOJIBAKE_HINT
    wrong = unprintable(text)
    if not wrong:
        return "", ""
    names = ", ".join(map(code_point, sorted(wrong)[:3]))
    return f"letters that show, without {names}", LOST_HINT if LOST in wrong else UNSEEN_HINT
