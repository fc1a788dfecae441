"""A ministry's Word file gives its styles and nothing else, and one that cannot is refused with all that is wrong."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from word_documents import document, faults, opened, paragraphs_of, part, whole_document

from nasssap_lib.document import docx_given
from nasssap_lib.document.blocks import Items, Section
from nasssap_lib.document.docx import render_docx
from nasssap_lib.document.docx_given import read_template, with_styles_of
from nasssap_lib.document.docx_styles import STYLES
from nasssap_lib.document.docx_template import clean_template
from nasssap_lib.errors import NasssapError

PLAIN = Path(docx.__file__).parent / "templates" / "default.docx"  # made in Word by somebody else
RELATIONS = "word/_rels/document.xml.rels"


def changed(content: bytes, *swaps: tuple[str, str, str], added: dict[str, bytes] | None = None) -> bytes:
    """A Word file in which, in a part, words are others; with further parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            for where, old, new in swaps:
                if where == name:
                    assert old.encode() in text
                    text = text.replace(old.encode(), new.encode())
            target.writestr(name, text)
        for name, text in (added or {}).items():
            target.writestr(name, text)
    return file.getvalue()


def link(kind: str, target: str) -> tuple[str, str, str]:
    relation = f'<Relationship Id="x" Type="http://x/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return (RELATIONS, "</Relationships>", relation)


def test_what_we_wrote_and_somebody_changed_is_a_template(tmp_path):
    mine = render_docx(whole_document())
    blue = changed(mine, ("word/styles.xml", 'w:val="14506e"', 'w:val="0000ff"'))
    content = render_docx(whole_document(), template=blue)
    assert paragraphs_of(content) == paragraphs_of(mine)
    assert opened(content).styles["Heading 1"].font.color.rgb == docx.shared.RGBColor(0, 0, 255)
    assert faults(content, tmp_path) == []
    assert render_docx(whole_document(), template=blue) == content


def test_names_of_styles_may_have_other_capitals(tmp_path):
    template = changed(clean_template(), ("word/styles.xml", '<w:name w:val="List Number"', '<w:name w:val="list number"'),
                       ("word/styles.xml", '<w:name w:val="heading 1"', '<w:name w:val="Heading 1"'))  # fmt: skip
    made = document(Section("a", "A", blocks=(Items(("one", "two"), True),)))
    assert render_docx(made, template=template) == render_docx(made)


def test_styles_without_a_language_get_that_of_the_document():
    template = changed(
        clean_template(), ("word/styles.xml", '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>', "")
    )
    content = render_docx(document(Section("a", "A"), language="fr"), template=template)
    assert re.search(r'<w:docDefaults>.*<w:lang w:val="fr-FR"', part(content, "word/styles.xml"))


def test_all_styles_that_are_missing_are_named_with_the_remedy():
    with pytest.raises(NasssapError) as told:
        with_styles_of(PLAIN.read_bytes(), "ministry.docx")
    words = str(told.value)
    named = words.partition("expected the styles ")[2].partition(";")[0].split(", ")
    theirs = re.findall('<w:name w:val="(.*?)"', part(PLAIN.read_bytes(), "word/styles.xml"))
    assert words.startswith("ministry.docx: ") and "take a file that nasssap document wrote" in words
    assert set(named) == set(STYLES) - set(theirs)
    assert {"Note", "Report table"} < set(named)


def test_a_style_of_letters_is_no_style_of_paragraphs():
    note = '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Note">'
    with pytest.raises(NasssapError, match="expected the styles Note;"):
        with_styles_of(changed(clean_template(), ("word/styles.xml", note, note.replace("paragraph", "character"))))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "expected a Word file"),
        (b"%PDF-1.7", "expected a Word file"),
        (clean_template()[:-40], "expected a Word file"),
        (changed(clean_template(), ("[Content_Types].xml", "document.main+xml", "template.main+xml")), "another kind of file"),
        (changed(clean_template(), ("[Content_Types].xml", "wordprocessingml.document.main", "spreadsheetml.sheet.main")),
         "another kind of file"),
        (changed(clean_template(), ("[Content_Types].xml", "document.main+xml", "document.macroEnabled.main+xml")), "no macros"),
        (changed(clean_template(), added={"word/vbaProject.bin": b"x"}), "no macros"),
        (changed(clean_template(), link("attachedTemplate", "file:///C:/Ministry/letter.dotx")),
         "no links to elsewhere, got 'file:///C:/Ministry/letter.dotx'"),
        (changed(clean_template(), link("image", "http://x.org/logo.png")), "got 'http://x.org/logo.png'"),
        (changed(clean_template(), ("word/styles.xml", "<w:styles", "<!DOCTYPE x []><w:styles")), "DOCTYPE"),
        (changed(clean_template(), ("word/styles.xml", "</w:styles>", "")), "cannot be read"),
        (changed(clean_template(), ("word/styles.xml", '<w:numId w:val="2"/>', "")), "a numbering in the styles List Number;"),
        (changed(clean_template(), ("word/theme.xml", "<a:lt1>", '<a:lt1 r:embed="rId1" xmlns:r="r">')), "no pictures in its theme"),
        (changed(clean_template(), (RELATIONS, 'Target="styles.xml"', 'Target="no.xml"')), "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_template_is_refused(content, words):
    with pytest.raises(NasssapError, match=re.escape(words)):
        with_styles_of(content)


def test_a_file_that_unfolds_is_not_unfolded(monkeypatch):
    monkeypatch.setattr(docx_given, "MOST_UNPACKED", 100_000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", " " * 200_000)
    with pytest.raises(NasssapError, match="MB unpacked"):
        with_styles_of(file.getvalue())


def test_a_file_is_read_whole_or_refused_by_its_name(tmp_path, monkeypatch):
    path = tmp_path / "ministry.docx"
    with pytest.raises(NasssapError, match=r"ministry\.docx: there is no such file"):
        read_template(path)
    path.write_bytes(clean_template())
    assert read_template(path) == clean_template()
    monkeypatch.setattr(docx_given, "MOST_BYTES", 1_000)
    with pytest.raises(NasssapError, match=r"ministry\.docx: expected at most"):
        read_template(path)
    with pytest.raises(NasssapError, match="expected at most"):
        with_styles_of(clean_template())
