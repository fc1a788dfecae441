"""The clean Word file is one that checkers accept, that python-docx can fill, and that says nothing of the machine."""

import io
import zipfile

from lxml import etree
from word_documents import faults, opened, paragraphs_of

from nasssap_lib.document.docx_template import clean_template, zipped


def test_a_checker_of_office_files_finds_nothing(tmp_path):
    assert faults(clean_template(), tmp_path) == []


def test_it_has_no_words_and_can_be_filled(tmp_path):
    assert paragraphs_of(clean_template()) == []
    word = opened(clean_template())
    word.add_heading("Costs", 2)
    word.add_paragraph("one", "List Number")
    file = io.BytesIO()
    word.save(file)
    assert paragraphs_of(file.getvalue()) == ["Costs", "one"]
    assert faults(file.getvalue(), tmp_path) == []


def test_every_part_is_xml_without_a_time():
    with zipfile.ZipFile(io.BytesIO(clean_template())) as file:
        assert file.namelist()[0] == "[Content_Types].xml"  # where readers that do not search look for it
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}
        for name in file.namelist():
            etree.fromstring(file.read(name))
            assert b"<dcterms:" not in file.read(name)


def test_word_opens_it_in_its_present_mode_and_asks_nothing():
    with zipfile.ZipFile(io.BytesIO(clean_template())) as file:
        settings = file.read("word/settings.xml").decode()
    assert 'w:name="compatibilityMode"' in settings and 'w:val="15"' in settings
    assert "updateFields" not in settings and "attachedTemplate" not in settings


def test_an_archive_depends_on_its_files_alone():
    files = [("b", b"2"), ("a", b"1")]
    assert zipped(files) == zipped(iter(files)) != zipped(files[::-1])
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as file:
        assert {name: file.read(name) for name in file.namelist()} == {"a": b"1", "b": b"2"}
