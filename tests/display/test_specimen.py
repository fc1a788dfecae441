"""After the picture of all letters, no ordinary word needs an outline that is not there."""

from nasssap_lib.display import glyphs
from nasssap_lib.display.drawing import draw
from nasssap_lib.display.glyphs import Face, line_glyphs
from nasssap_lib.display.specimen import specimen

WORDS = "Quatre personnes âgées sur cinq n'ont pas de pension : 80 % — ¿Cuántos niños? (2,5 % × 10)"


def test_the_letters_of_french_and_spanish_sentences_are_known_in_both_weights(monkeypatch):
    monkeypatch.setattr(glyphs, "_OUTLINES", {})
    forget()
    draw(specimen(), 20)
    known = set(glyphs._OUTLINES)
    for weight in ("normal", "bold"):
        line_glyphs(WORDS.replace("—", "–").replace("¿", ""), Face(weight=weight))
    assert set(glyphs._OUTLINES) == known
    forget()


def forget():
    """No letter was drawn yet."""
    for known in (glyphs._whole, glyphs._placed, glyphs._word, glyphs.line_glyphs, glyphs.line_path):
        known.cache_clear()
    glyphs._STEPS.clear()
