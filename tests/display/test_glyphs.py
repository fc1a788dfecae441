"""Words are shaped one by one: a line is as wide, and its letters stand, as if it had been shaped whole."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.ft2font import LoadFlags
from matplotlib.textpath import text_to_path

from nasssap_lib.display import texts
from nasssap_lib.display.fonts import drawable
from nasssap_lib.display.glyphs import SCALE, Face, _font, _whole, _word, line_extent, line_glyphs, line_path, outline

CATALOGUES = Path(texts.__file__).parent / "catalogues"
FACES = [Face(), Face(weight="bold"), Face(style="italic")]
ARABIC = "تغطية الأطفال"  # DejaVu Sans has it upright and bold
LINES = [
    "Older persons, 65+", "19.9\N{NO-BREAK SPACE}% of GDP", "Sénégal: “première” · coût", "AV. Tо fl fi ffi", " two  spaces ", "°", "",
    "−0.5 to 1.2",
]  # fmt: skip
CASES = [*itertools.product(LINES, FACES), (ARABIC, FACES[0]), (ARABIC, FACES[1])]
letters = st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, categories=["L", "N", "P", "Zs"]), max_size=40)


def whole(text, face):
    """The letters of a line that matplotlib shapes at once."""
    outlines = {}
    glyphs, _, _ = text_to_path.get_glyphs_with_font(_font(face), text, glyph_map=outlines)
    return [(name, x, y) for name, x, y, _ in glyphs if len(outlines[name][1])]


@pytest.mark.parametrize(("text", "face"), CASES)
def test_a_line_of_words_is_the_line_that_matplotlib_shapes(text, face):
    ours, theirs = line_glyphs(text, face), whole(text, face)
    assert [name for name, _, _ in ours] == [name for name, _, _ in theirs]
    assert [place for _, *place in ours] == [pytest.approx(place, abs=0.02 * SCALE / 9) for _, *place in theirs]


@pytest.mark.parametrize(("text", "face"), CASES)
def test_a_line_takes_the_room_that_matplotlib_measures(text, face):
    font = _font(face)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    width, height = (pixels / 64 for pixels in font.get_width_height())
    below = font.get_descent() / 64
    extent = line_extent(text, face)
    assert extent.width == pytest.approx(width, abs=0.5)
    assert extent.above + extent.below == pytest.approx(height, abs=0.5)
    assert extent.below == pytest.approx(below, abs=0.5)


@pytest.mark.parametrize("face", FACES)
def test_words_put_together_of_pairs_are_those_that_matplotlib_shapes(face):
    """Every word of the French and Spanish catalogues, and of the English texts that they translate."""
    texts = "".join(path.read_text(encoding="utf-8") for path in CATALOGUES.glob("*.po"))
    sample = sorted({drawable(word) for word in texts.split()})[:: 20 if face == FACES[0] else 40]
    assert len(sample) > 300
    assert [word for word in sample if not same_shape(_word(word, face), _whole(word, face))] == []
    apart = [word for word in sample if _word(word, face) is _whole(word, face)]
    assert 0 < len(apart) < len(sample) / 5  # single signs, ligatures


def same_shape(one, other):
    (names, places), (others, there) = (
        [*zip(*((name, place) for name, *place in shape.glyphs), strict=True)] for shape in (one, other)
    )
    return names == others and one[1:] == other[1:] and np.allclose(places, there, atol=1e-9)


@given(letters)
def test_no_letter_is_lost_between_words(text):
    assert [name for name, _, _ in line_glyphs(text, Face())] == [name for name, _, _ in whole(text, Face())]


def test_letters_of_a_path_begin_at_whole_steps():
    step = 7.0
    free, stepped = line_path("ill", Face()), line_path("ill", Face(), step)
    names = line_glyphs("ill", Face())
    starts = np.cumsum([0] + [len(outline(name).codes) for name, _, _ in names])[:-1]
    moved = stepped.vertices[starts, 0] - free.vertices[starts, 0]
    assert [(x + by) % step for (_, x, _), by in zip(names, moved, strict=True)] == pytest.approx([0, 0, 0], abs=1e-9)
    assert len(line_path("   ", Face()).vertices) == 0
