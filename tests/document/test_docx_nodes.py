"""Whatever a text holds, it comes back from a Word file as text, and nothing in it becomes part of the file."""

import re

import pytest
from docx.oxml import parse_xml
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from word_documents import HARMLESS, HOSTILE

from nasssap_lib.document.docx_nodes import bookmark, field, node, one_line, paragraph, plain, run

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by the Char production of XML 1.0


def test_hostile_words_lose_what_is_not_seen_and_nothing_else():
    assert plain(HOSTILE) == HARMLESS


@given(st.text(st.characters(codec=None)))
@example("\ud800")
@example("\ufffe\uffff\x0b\x1f")
@example(" two  spaces ")
@example("1\u202f234,5\xa0%")
def test_every_text_comes_back_as_it_went_in(text):
    assert not FORBIDDEN.search(plain(text))
    again = parse_xml(etree.tostring(paragraph("Normal", text)))
    assert again.text == plain(text)
    assert {etree.QName(each).localname for each in again.iter()} <= {"p", "pPr", "pStyle", "r", "t", "br"}


@pytest.mark.parametrize(
    "text", ["Deux femmes sur trois", "  1\u202f234,5\xa0% ", "a\nb", "中文 العربية", "=1+1", "a\u200db"]
)
def test_a_text_that_is_seen_is_kept_whole(text):
    assert plain(text) == text


def test_an_end_of_a_line_stays_one_in_prose_and_none_in_a_title():
    assert [etree.QName(each).localname for each in run("a\r\nb")] == ["t", "br", "t"]
    assert one_line("a\nb\r\nc") == "a b c"


def test_a_run_names_its_style_before_its_text():
    assert [etree.QName(each).localname for each in run("e", "Mark")] == ["rPr", "t"]


def test_a_field_shows_a_value_until_it_is_updated():
    assert paragraph("Normal", *field("PAGE", "1")).text == "1"


def test_a_bookmark_is_closed_by_its_number():
    start, end = bookmark(7, "_Toc7")
    assert start.attrib.values() == ["7", "_Toc7"] and end.attrib.values() == ["7"]


def test_an_element_leaves_out_what_is_none():
    assert len(node("pPr", None, node("keepNext"), None)) == 1
