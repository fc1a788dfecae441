"""Texts of a pack that are not in the language of a page: marked for those who hear the page, and counted."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape

TEXT = re.compile(r">([^<>]+)<")


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

    def mark(found: re.Match) -> str:
        text = unescape(found[1])
        if text not in english:
            return found[0]
        met.add(text)
        return f'><span lang="en">{found[1]}</span><'

    return TEXT.sub(mark, html), met
