"""Pages lie on their side for wide tables alone, with the heading and words that belong to them."""

import pytest
from docx.oxml.ns import qn
from word_documents import document, opened, picture, table, wide_table

from nasssap_lib.document.blocks import Paragraph, Section
from nasssap_lib.document.docx import render_docx
from nasssap_lib.document.docx_pages import pieces_of, sides

WORDS, LONG, WIDE, SLIM, PICTURE = Paragraph("words"), Paragraph("word " * 200), wide_table(), table(), picture()


@pytest.mark.parametrize(
    ("blocks", "lying"),
    [
        ([], ""),
        ([WORDS, WORDS], "--"),
        ([WORDS, WIDE], "ww"),
        ([LONG, WIDE], "ww"),  # its heading would stay behind
        ([WIDE, WORDS], "ww"),
        ([WIDE, LONG], "w-"),
        ([WIDE, WORDS, LONG], "w--"),
        ([SLIM, WORDS, WIDE], "--w"),
        ([WIDE, WORDS, SLIM], "w--"),
        ([WIDE, LONG, WIDE], "www"),
        ([WORDS, PICTURE, WORDS, WIDE], "---w"),
    ],
)
def test_words_go_with_their_table(blocks, lying):
    assert "".join("-w"[side] for side in sides(blocks)) == lying


@pytest.mark.parametrize(
    ("section", "lying"),
    [
        (Section("a", "A", 1, "", (WORDS,), (Section("b", "B", 2, "", (WIDE,)),)), "--ww"),
        (
            Section("a", "A", 1, "", (), (Section("b", "B", 2, "", (WIDE,)), Section("c", "C", 2, "", (WORDS,)))),
            "www--",
        ),
        (Section("a", "A", 1, "", (), (Section("b", "B", 2),)), "--"),
    ],
)
def test_a_heading_goes_with_what_follows(section, lying):
    assert "".join("-w"[piece.wide] for piece in pieces_of([section])) == lying


@pytest.mark.parametrize("block", [WIDE, SLIM])
@pytest.mark.parametrize("follows", [(), (WORDS,), (PICTURE,)])
def test_every_section_of_word_ends_in_a_paragraph_that_was_there_anyway(block, follows):
    made = document(Section("a", "A", blocks=(block, LONG, WIDE, *follows)), Section("b", "B"))
    word = opened(render_docx(made))
    ends = [
        each
        for each in word.element.body.iter(qn("w:p"))
        if each.pPr is not None and each.pPr.find(qn("w:sectPr")) is not None
    ]
    assert len(ends) == len(word.sections) - 1
    assert all(each.text for each in ends)
    assert word.element.body[-1].tag == qn("w:sectPr")


def test_pages_are_a4_with_the_same_margins_on_both_sides():
    word = opened(render_docx(document(Section("a", "A", blocks=(WIDE,)))))
    for section in word.sections:
        assert sorted((round(section.page_width.mm), round(section.page_height.mm))) == [210, 297]
        assert section.left_margin == section.right_margin
        assert (section.page_width > section.page_height) == (
            section is not word.sections[0] and "LANDSCAPE" in str(section.orientation)
        )
