"""English sentences into the languages of the suite. A language is a catalogue, ``catalogues/CODE.po``, and a line in ``terms``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from nasssap_lib.terms import LANGUAGES

CATALOGUES = Path(__file__).parent / "catalogues"


def translate(text: str, language: str, **values: object) -> str:
    """A text of the library in a language, with values put in their places; English where the catalogue has no words.

    Parameters
    ----------
    text : English, with ``{name}`` where a value goes
    language : code of a catalogue, or "en"
    values : what goes into the places

    Examples
    --------
    >>> translate("supports", "fr"), translate("supports", "es"), translate("no such text", "fr")
    ('soutient', 'apoya', 'no such text')
    >>> translate("A number from {low} to {high}.", "fr", low=0, high=100)
    'Un nombre de 0 à 100.'
    """
    words = catalogue(language).get(text, text)
    return words.format(**values) if values else words


def translate_name(name: str, language: str) -> str:
    """A name of a pack in a language, where it is one of the suite's own; what stands in brackets behind it stays.

    Examples
    --------
    >>> translate_name("Social pension from age 65", "es"), translate_name("Pension of Ruritania", "fr")
    ('Pensión social desde los 65 años', 'Pension of Ruritania')
    >>> translate_name("Cash transfer to all poor persons (PNBSF)", "fr")
    'Transfert monétaire à toutes les personnes pauvres (PNBSF)'
    """
    whole = translate(name, language)
    head, bracket, tail = name.rpartition(" (")
    return whole if whole != name or not bracket else f"{translate(head, language)} ({tail}"


@lru_cache(maxsize=8)
def catalogue(language: str) -> dict[str, str]:
    """All translated texts of a language, by their English text; empty for English and for a language without a catalogue."""
    if language not in LANGUAGES or language == "en":
        return {}
    path = CATALOGUES / f"{language}.po"
    with path.open("rb") as file:
        return {
            message.id: message.string for message in read_po(file, locale=language) if message.id and message.string
        }
