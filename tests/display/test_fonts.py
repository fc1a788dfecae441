"""A name in any script that countries write laws in is drawn by a font that ships; what none has is a square, never a warning."""

import warnings
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont

from nasssap_lib.display.drawing import draw
from nasssap_lib.display.fonts import STAND_IN, drawable, fonts_for, further_fonts, letters_of, undrawn_letters
from nasssap_lib.display.glyphs import Face, line_extent, line_glyphs

NAMES = {
    "Sinhala": "වැඩිහිටි දීමනාව ශ්‍රී", "Tamil": "மூத்தோர் கொடுப்பனவு", "Ethiopic": "ማኅበራዊ ጥበቃ", "Bengali": "বয়স্ক ভাতা",
    "Devanagari": "सामाजिक सुरक्षा", "Khmer": "សន្តិសុខសង្គម", "Myanmar": "လူမှုဖူလုံရေး", "Thai": "ประกันสังคม", "Thaana": "ދިވެހި",
    "Lao": "ປະກັນສັງຄົມ", "Georgian": "სოციალური", "Armenian": "Սոցիալական", "Arabic": "الحماية الاجتماعية", "NKo": "ߒߞߏ",
    "Latin": "Ọ̀ṣun · Bảo hiểm xã hội · Sécurité", "Greek": "Κοινωνική", "Cyrillic": "Социальная",
}  # fmt: skip
FACES = [Face(), Face(weight="bold"), Face(style="italic")]


@pytest.mark.parametrize("face", FACES, ids=lambda face: f"{face.weight} {face.style}")
@pytest.mark.parametrize("script", NAMES)
def test_every_letter_of_an_official_name_is_drawn(script, face):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        glyphs = line_glyphs(f"{NAMES[script]} 65+", face)
        width = line_extent(f"{NAMES[script]} 65+", face).width
    assert not [name for name, _, _ in glyphs if name.endswith("-0")], "glyph 0 of a font is its box for what it lacks"
    assert undrawn_letters(NAMES[script]) == [] and STAND_IN not in drawable(NAMES[script])
    assert max(x for _, x, _ in glyphs) < width


def test_signs_are_shaped_with_their_letters():
    """A vowel that is written before its consonant stands left of it: Tamil KA + E is one glyph of E, then KA."""
    (first, left, _), (second, right, _) = line_glyphs("\u0b95\u0bc6", Face())
    alone, _, _ = line_glyphs("\u0b95", Face())[0]
    assert second == alone != first and left < right


def test_words_of_the_main_font_stay_in_it_and_latin_beside_another_script_too():
    main = findfont("DejaVu Sans")
    assert fonts_for("Sénégal −0.5", main) == (main,)
    noto, second = fonts_for("දීමනාව (65+)", main)
    assert "Sinhala" in noto and second == main
    assert {name.split("-")[0] for name, _, _ in line_glyphs("දීමනාව abc", Face())} == {"NotoSansSinhala", "DejaVuSans"}


def test_what_only_the_upright_face_has_is_drawn_upright():
    italic = findfont("DejaVu Sans:italic")
    assert ord("ا") not in letters_of(italic)
    assert fonts_for("الحماية", italic)[0] == italic


def test_letters_that_no_font_has_are_squares_and_signs_that_steer_are_gone():
    assert drawable("社会 fund") == "□□ fund" and undrawn_letters("社会 fund") == ["会", "社"]
    assert drawable("\u202eabc\u2066d\u2069\u200b\ufeff\x00\u00ad") == "abcd"
    assert drawable("a\u3000b\u2028c\td\ne") == "a b c d\ne"
    assert undrawn_letters(STAND_IN + "\u202e \n") == []


def test_a_picture_of_any_text_warns_nobody_and_its_svg_holds_no_sign_that_steers():
    figure = Figure(figsize=(3, 1))
    figure.text(0.1, 0.5, "වැඩිහිටි 社 \u202eabc")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        svg, _ = draw(figure, 72)
    assert "\u202e" not in svg and "<!--වැඩිහිටි □ abc-->" in svg


def test_the_shipped_fonts_are_small_free_and_hold_nothing_of_latin():
    paths = [path for path in map(Path, further_fonts()) if path.name.startswith("Noto")]
    assert len(paths) >= 12 and sum(path.stat().st_size for path in paths) < 1.5e6
    assert "SIL OPEN FONT LICENSE" in (paths[0].parent / "OFL.txt").read_text("utf-8")
    for path in paths:
        font = TTFont(path)
        assert "SIL Open Font License" in font["name"].getDebugName(13)
        assert not [code for code in font.getBestCmap() if code < 0x500]
