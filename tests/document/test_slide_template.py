"""The clean file of slides: wide, ours, and without traces of who made the template."""

import io
import sys
import zipfile

import pptx
import pytest
from word_documents import loaded_to_begin

from nasssap_lib.display.style import COVERED
from nasssap_lib.document.slide_template import open_template, saved
from nasssap_lib.errors import NasssapError


def test_nothing_of_the_templates_maker_is_left():
    with zipfile.ZipFile(io.BytesIO(saved(open_template()))) as file:
        names, everything = file.namelist(), b"".join(file.read(name) for name in file.namelist())
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not [name for name in names if "thumbnail" in name or "printer" in name or "app.xml" in name]
    assert b"Canny" not in everything and b"Macintosh" not in everything


def test_layouts_are_as_wide_as_the_slides():
    show = open_template()
    right = max(shape.left + shape.width for shape in show.slide_master.shapes)
    assert show.slide_width * 0.9 < right <= show.slide_width


def test_the_theme_is_ours():
    with zipfile.ZipFile(io.BytesIO(saved(open_template()))) as file:
        assert f'<a:accent1><a:srgbClr val="{COVERED[1:]}"/>' in file.read("ppt/theme/theme1.xml").decode()


def test_python_pptx_reads_what_was_saved():
    assert len(pptx.Presentation(io.BytesIO(saved(open_template()))).slide_layouts) == 11


def test_without_python_pptx_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(NasssapError, match=r"pip install 'nasssap\[document\]'"):
        open_template()


def test_the_library_begins_without_python_pptx():
    assert "pptx" not in loaded_to_begin() and "nasssap_lib.document.slides" in loaded_to_begin()
