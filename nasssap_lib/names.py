"""When two names are the same: one rule for all who compare what people type, in a pack, on a sheet or in a command."""

from __future__ import annotations

import re
import unicodedata

from nasssap_lib.unseen import JOINERS, STRAY_JOINER, is_seen, without_unseen

# of Latin, Greek and Cyrillic letters; the signs of other scripts are letters of their own
ACCENTS = re.compile("[\u0300-\u036f]")
APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ´`′"), "'")  # as keyboards and spreadsheets write one
WITHOUT_JOINERS = str.maketrans("", "", JOINERS)


def one_form(text: str) -> str:
    """A text in one normal form of letters (NFC), in one line, with single spaces, without letters that do not show; what is stored.

    Examples
    --------
    >>> one_form("Confe\u0301de\u0301ration  des travailleurs ") == "Confédération des travailleurs"
    True
    """
    line = STRAY_JOINER.sub("", " ".join(unicodedata.normalize("NFC", text).split()))
    return "".join(filter(is_seen, line))


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
    line = " ".join(ACCENTS.sub("", plain).translate(APOSTROPHES).split())  # ends of lines, before they go as unseen
    seen = without_unseen(line).translate(WITHOUT_JOINERS)
    return unicodedata.normalize("NFC", " ".join(seen.split()))
