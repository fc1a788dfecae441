"""Words of a Word file in another language than the rest say so: Word checks their spelling and reads them out as what they are."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy

from nasssap_lib.document.docx_nodes import node, run
from nasssap_lib.run.page_languages import long_texts, pieces_of_text


def mark_english(body, english: Collection[str], tag: str) -> None:
    """Cut runs where English begins and ends, and give those of English their language; no word is changed.

    Parameters
    ----------
    body : element of Word's own namespace, changed in place
    english : texts that stand there in English, though the document is in another language
    tag : language and region of English

    Examples
    --------
    >>> from nasssap_lib.document.docx_nodes import paragraph
    >>> told = paragraph("Note", "CSS : Paid twice a year, in cash")
    >>> mark_english(told, {"Paid twice a year, in cash"}, "en-GB")
    >>> [(part.text, len(part.xpath("./w:rPr/w:lang"))) for part in told.r_lst]
    [('CSS : ', 0), ('Paid twice a year, in cash', 1)]
    """
    long = long_texts(english)
    for whole in list(body.xpath(".//w:r[count(w:t) = 1 and not(w:br)]")) if english else ():
        pieces = pieces_of_text(whole.text, english, long)
        if any(is_english for _text, is_english in pieces):
            for text, is_english in pieces:
                whole.addprevious(_piece(whole, text, tag if is_english else ""))
            whole.getparent().remove(whole)


def _piece(whole, text: str, tag: str):
    """A part of a run with the look of the whole, and with a language of its own."""
    part = run(text)
    look = deepcopy(whole.rPr) if whole.rPr is not None else node("rPr") if tag else None
    if look is not None:
        if tag:
            look.append(node("lang", val=tag))
        part.insert(0, look)
    return part
