"""Every style that the document uses exists, keeps what belongs together, and has the colours of all reports."""

import re

import pytest
from word_documents import opened

from nasssap_lib.document.docx_styles import FONT, PARAGRAPHS, STYLES, TEXT_HEIGHT, TEXT_WIDTH, styles_xml
from nasssap_lib.document.docx_template import clean_template

# As Word spells the styles that it knows by itself: under another name they would be new ones, and its navigation empty.
OF_WORD = {
    "Normal", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "heading 4", "TOC Heading", "toc 1", "toc 2", "toc 3",
    "List Bullet", "List Number", "caption", "header", "footer",
}  # fmt: skip
COLOURS = {"1F2933", "14506E", "6B7785", "D9DEE4", "E2A03F", "F8EEDD", "EEF1F4"}


def test_styles_of_word_keep_their_names_and_ours_are_marked_as_ours():
    xml = styles_xml()
    own = set(re.findall(r'w:customStyle="1" w:styleId="\w+"><w:name w:val="(.*?)"', xml))
    assert {style.name for style in PARAGRAPHS} - own == OF_WORD
    assert set(STYLES) - own == OF_WORD


def test_every_colour_is_one_of_the_reports():
    assert {
        colour.upper() for colour in re.findall(r'(?:color w:val|w:color|w:fill)="([0-9A-Fa-f]{6})"', styles_xml())
    } == COLOURS


def test_styles_build_on_styles_that_are_there():
    styles = opened(clean_template()).styles
    ids = {style.style_id for style in styles}
    assert set(re.findall(r'<w:(?:basedOn|next) w:val="(\w+)"', styles_xml())) <= ids
    assert len(ids) == len(list(styles))


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_no_heading_stays_behind(level):
    style = opened(clean_template()).styles[f"Heading {level}"]
    assert style.paragraph_format.keep_with_next and style.paragraph_format.keep_together
    assert bool(style.paragraph_format.page_break_before) == (level == 1)
    assert f'<w:outlineLvl w:val="{level - 1}"/>' in style.element.xml


def test_headings_are_smaller_the_deeper_they_are():
    sizes = [opened(clean_template()).styles[f"Heading {level}"].font.size for level in (1, 2, 3, 4)]
    assert sizes == sorted(sizes, reverse=True) and len(set(sizes)) == 4


def test_one_font_for_all_letters():
    assert set(re.findall(r'w:(?:ascii|hAnsi|cs|eastAsia)="(.*?)"', styles_xml())) == {FONT, "en-GB"}


def test_the_text_fits_on_a_page_of_a4():
    assert pytest.approx(21.0 - 2 * 2.2, abs=0.01) == TEXT_WIDTH / 567
    assert pytest.approx(29.7 - 2 * 2.3, abs=0.01) == TEXT_HEIGHT / 567
