"""The pseudo-language, in which every text of the catalogue stands in ⟦ ⟧: what is left out or glued together shows."""

from __future__ import annotations

from matplotlib.text import Text

from nasssap_lib.display.tables import ReportTable

OPEN, CLOSE = "⟦", "⟧"


def outermost(text: str) -> tuple[int, str]:
    """How many texts of the catalogue stand beside each other in a text, and what stands outside them."""
    depth, number, outside = 0, 0, ""
    for letter in text:
        number += letter == OPEN and depth == 0
        outside += letter if depth == 0 and letter != OPEN else ""
        depth += (letter == OPEN) - (letter == CLOSE)
    assert depth == 0, f"brackets do not close: {text!r}"
    return number, outside


def untranslated(texts, names=()) -> list[str]:
    """Texts with a letter outside the catalogue's that are no name of a pack, or glued together from two."""
    faults = []
    for text in map(str, texts):
        number, outside = outermost(text.replace("\n", " "))
        if number > 1 or (any(letter.isalpha() for letter in outside) and text not in set(names)):
            faults.append(text)
    return faults


def texts_of_table(table: ReportTable | None) -> list[str]:
    """All that a reader sees of a table: caption, headings, cells and what stands small below them."""
    if table is None:
        return []
    texts = [table.title, *(view.words for view in table.views.values())]
    for row in table.rows.to_dict("records"):
        for name, view in table.views.items():
            texts += [view.write(row[name]), str(row[view.detail]) if view.detail else ""]
    return texts


def texts_of_picture(figure) -> list[str]:
    """All texts of a picture, and what is said in its place to those who do not see it."""
    if figure is None:
        return []
    return [figure.get_label(), *(text.get_text() for text in figure.findobj(Text))]


def names_of(pack) -> set[str]:
    """Names and prose of a pack: cells of its tables."""
    tables = [table for table in vars(pack).values() if hasattr(table, "columns")]
    return {str(cell) for table in tables for name in table.columns for cell in table[name].dropna().unique()}
