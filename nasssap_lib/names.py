"""When two names are the same: one rule for all who compare what people type, in a pack, on a sheet or in a command."""

from __future__ import annotations

import re
import unicodedata

# of Latin, Greek and Cyrillic letters; the signs of other scripts are letters of their own
ACCENTS = re.compile("[\u0300-\u036f]")
JOINERS = "\u200c\u200d"  # scripts from Arabic to Sinhala need them between their letters
STRAY_JOINER = re.compile("(?<![\u0600-\U0010ffff])[\u200c\u200d]")
APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ´`′"), "'")  # as keyboards and spreadsheets write one
UNSEEN = "Cf"  # category of letters without a width, such as a zero width space


def one_form(text: str) -> str:
    """A text in one normal form of letters (NFC), in one line, with single spaces, without letters that do not show; what is stored.

    Examples
    --------
    >>> one_form("Confe\u0301de\u0301ration  des travailleurs ") == "Confédération des travailleurs"
    True
    """
    line = STRAY_JOINER.sub("", " ".join(unicodedata.normalize("NFC", text).split()))
    return "".join(letter for letter in line if letter.isprintable() or letter in JOINERS)


def alike(name: str) -> str:
    """What two names share that are the same to a reader: without capitals, accents, spaces more or less, and forms of apostrophes.

    Examples
    --------
    >>> alike("  CONFEDERATION des\N{NO-BREAK SPACE}travailleurs") == alike("Confédération des  travailleurs")
    True
    >>> alike("Employers of the North") == alike("Employers of the South")
    False
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    seen = "".join(
        letter for letter in ACCENTS.sub("", plain).translate(APOSTROPHES) if unicodedata.category(letter) != UNSEEN
    )
    return unicodedata.normalize("NFC", " ".join(seen.split()))
