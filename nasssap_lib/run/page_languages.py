"""Texts of a pack that are not in the language of a page: marked for those who hear the page, and counted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from html import escape, unescape

TEXT = re.compile(r">([^<>]+)<")


SENTENCE_END = re.compile(r"(?<=\.) ")
LONG = 20  # letters from which on a text is known in the middle of another: a note behind a relation, one of several in a cell


def marked_as_english(html: str, english: Collection[str]) -> tuple[str, set[str]]:
    """A part of a page in which texts that stand there in English say so, and which they are.

    Parameters
    ----------
    html : clean, as :func:`nasssap_lib.run.html.clean_html` gives it
    english : texts that no reader's language has

    Examples
    --------
    >>> marked_as_english("<td>Cash, monthly</td><td>CSS</td>", {"Cash, monthly"})
    ('<td><span lang="en">Cash, monthly</span></td><td>CSS</td>', {'Cash, monthly'})
    """
    if not english:
        return html, set()
    met: set[str] = set()
    long = long_texts(english)

    def mark(found: re.Match) -> str:
        pieces = pieces_of_text(unescape(found[1]), english, long)
        here = [text for text, is_english in pieces if is_english]
        met.update(here)
        return f">{''.join(_marked(*piece) for piece in pieces)}<" if here else found[0]

    return TEXT.sub(mark, html), met


def _marked(text: str, is_english: bool) -> str:
    words = escape(text, quote=False)
    return f'<span lang="en">{words}</span>' if is_english else words


def pieces_of_text(text: str, english: Collection[str], long: Iterable[str]) -> list[tuple[str, bool]]:
    """A text cut where English begins and ends: its pieces, and whether each is English.

    Parameters
    ----------
    text : of a page or document
    english : texts that no reader's language has
    long : result of :func:`long_texts` for them

    Examples
    --------
    >>> texts = {"Cash, monthly", "Paid twice a year, in cash"}
    >>> pieces_of_text("Cash, monthly", texts, long_texts(texts))
    [('Cash, monthly', True)]
    >>> pieces_of_text("CSS : Paid twice a year, in cash", texts, long_texts(texts))
    [('CSS : ', False), ('Paid twice a year, in cash', True)]
    """
    parts = [text] if text in english else parts_of(text, long)
    cut = re.split(f"({'|'.join(map(re.escape, parts))})", text) if parts else [text]
    return [(piece, at % 2 == 1) for at, piece in enumerate(cut) if piece]


def long_texts(english: Collection[str]) -> list[str]:
    """Those that are known also in the middle of another text, and their sentences; the longest first."""
    parts = {part for text in english for part in (text, *SENTENCE_END.split(text))}
    return sorted((text for text in parts if len(text) > LONG and " " in text), key=lambda text: (-len(text), text))


def parts_of(text: str, long: Iterable[str]) -> list[str]:
    """English texts within another one, none within another of them.

    Examples
    --------
    >>> parts_of("s'appuie sur CSS. Paid twice a year, in cash; à vérifier", ["Paid twice a year, in cash", "twice a year, in cash"])
    ['Paid twice a year, in cash']
    """
    found: list[str] = []
    for one in long if len(text) > LONG else ():
        if one in text and not any(one in other for other in found):
            found.append(one)
    return found
