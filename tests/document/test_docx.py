"""The strategy document as a Word file: what checkers, python-docx and LibreOffice find in it is what the document says."""

import importlib.metadata
import io
import re
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from word_documents import (
    HARMLESS,
    HOSTILE,
    NEEDS_OFFICE,
    WORDS,
    as_pdf,
    document,
    faults,
    loaded_to_begin,
    opened,
    pages_of,
    paragraphs_of,
    part,
    picture,
    squeezed,
    table,
    texts_of,
    whole_document,
)

from nasssap_lib.document.blocks import Items, Paragraph, Section
from nasssap_lib.document.docx import render_docx
from nasssap_lib.document.docx_template import clean_template
from nasssap_lib.errors import NasssapError

FRONT = ["Testland", "National strategy", "2026–2030", "A working draft.", "Edition", "1", "Newest figure", "2024"]


@cache
def written(language: str = "en") -> bytes:
    """The document that uses every block as a Word file."""
    return render_docx(whole_document(language))


def listed(made) -> list[str]:
    """What a list of contents without numbers of pages says."""
    return [f"{section.number} {section.title}".strip() for section in made.walk() if section.level <= 3]


def harmless(texts) -> list[str]:
    """Texts as a reader may see them."""
    return [text.replace(HOSTILE, HARMLESS) for text in texts]


@pytest.mark.parametrize("language", WORDS)
def test_a_checker_of_office_files_finds_nothing(language, tmp_path):
    pages = {"a": 3, "b": 4}
    assert faults(render_docx(whole_document(language), pages), tmp_path) == []


def test_the_checker_has_something_to_find(tmp_path):
    plain = io.BytesIO()
    docx.Document().save(plain)
    assert faults(plain.getvalue(), tmp_path), "python-docx's own template is faulty"
    content = written()
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<w:tblHeader/>", b"<w:tblHead/>"))
    assert faults(changed.getvalue(), tmp_path)


@pytest.mark.parametrize("language", WORDS)
def test_every_text_and_figure_is_there_in_order(language):
    made = whole_document(language)
    assert paragraphs_of(written(language)) == harmless([*FRONT, made.contents, *listed(made), *texts_of(made)])


def test_headings_are_those_that_words_navigation_shows():
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in opened(written()).paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert headings == [
        ("Heading 1", "Situation"),
        ("Heading 1", "2 Results"),
        ("Heading 2", "2.1 Tables"),
        ("Heading 3", "2.1.1 Below"),
        ("Heading 4", "2.1.1.1 Deepest"),
        ("Heading 2", "2.2 Wide"),
        ("Heading 2", f"2.3 {HARMLESS}"),
    ]


def test_two_runs_give_the_same_bytes_and_no_time():
    content = written()
    assert content == render_docx(whole_document())
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "20" not in re.sub(r"<dc:(title|subject)>.*?</dc:\1>|http[^\"]*", "", part(content, "docProps/core.xml"))


def test_properties_and_language_are_those_of_the_document():
    content = written("fr")
    properties = opened(content).core_properties
    assert (properties.title, properties.language, properties.author) == ("National strategy", "fr-FR", "nasssap")
    assert set(re.findall(r'<w:lang w:val="(.*?)"', part(content, "word/styles.xml"))) == {"fr-FR"}
    long = opened(render_docx(document(title="Strategy " * 60))).core_properties.title
    assert len(long) == 255


def test_pictures_say_what_they_show():
    content = written()
    pictures = list(opened(content).element.body.iter(qn("wp:docPr")))
    assert [each.get("descr") for each in pictures] == [HARMLESS, "A dark bar, 60 % of the width."]
    assert len({each.get("id") for each in pictures}) == 2
    for inline in opened(content).element.body.iter(qn("wp:inline")):
        assert [inline.get(f"dist{side}") for side in "TBLR"] == ["0"] * 4  # else LibreOffice pushes it into the margin


@pytest.mark.parametrize("alt", ["", "  ", "\x07"])
def test_a_picture_without_words_is_refused(alt):
    with pytest.raises(NasssapError, match="bar: expected alternative text"):
        render_docx(document(Section("a", "A", blocks=(picture(alt),))))


@pytest.mark.parametrize(
    ("inches", "most"), [((7.2, 3), (6.54, 9)), ((30, 10), (6.54, 9)), ((4, 20), (4, 9)), ((3, 2), (3, 2))]
)
def test_a_picture_fits_on_its_page_and_keeps_its_shape(inches, most):
    shape = opened(render_docx(document(Section("a", "A", blocks=(picture(inches=inches),))))).inline_shapes[0]
    assert shape.width.inches <= most[0] and shape.height.inches <= most[1]
    assert shape.width / shape.height == pytest.approx(inches[0] / inches[1], rel=1e-3)


def test_a_small_picture_is_not_enlarged():
    shape = opened(render_docx(document(Section("a", "A", blocks=(picture(inches=(3, 2)),))))).inline_shapes[0]
    assert (shape.width.inches, shape.height.inches) == (3, 2)


@pytest.mark.parametrize("source", ["Source: ILO, 2024", ""])
def test_a_caption_stays_with_the_picture_below_it_and_the_picture_with_its_source(source):
    blocks = (replace(picture(), source=source), Paragraph("words"))
    word = opened(render_docx(document(Section("a", "A", blocks=blocks))))
    place = next(number for number, each in enumerate(word.paragraphs) if each.style.name == "Picture")
    caption, shown, follows = word.paragraphs[place - 1 : place + 2]
    assert (caption.text, caption.style.name) == ("Figure 1. Coverage", "Caption")
    assert caption.paragraph_format.keep_with_next
    assert (
        bool(shown.paragraph_format.keep_with_next) == bool(source) and not shown.style.paragraph_format.keep_with_next
    )
    assert (follows.text, follows.style.name) == ((source, "Source") if source else ("words", "Normal"))


# ------------------------------------------------------------------------------------------------------------- contents


def entries(content: bytes) -> list:
    """Paragraphs of the list of contents."""
    return [each for each in opened(content).paragraphs if each.style.name.startswith("toc ")]


def test_contents_name_every_section_and_lead_to_it():
    content = written()
    word = opened(content)
    marks = {
        mark.get(qn("w:name")): "".join(text.text for text in mark.getparent().iter(qn("w:t")))
        for mark in word.element.body.iter(qn("w:bookmarkStart"))
    }
    links = [link for each in entries(content) for link in each._p.iter(qn("w:hyperlink"))]
    assert [marks[link.get(qn("w:anchor"))] for link in links] == harmless(listed(whole_document()))
    assert [each.style.name for each in entries(content)] == ["toc 1", "toc 1", "toc 2", "toc 3", "toc 2", "toc 2"]


def test_contents_print_the_pages_that_are_known_and_no_others():
    made = document(Section("a", "A", 1, "1"), Section("b", "B", 1, "2"))
    assert [each.text for each in entries(render_docx(made, {"b": 17}))] == ["1 A", "2 B\t17"]
    assert "PAGEREF _Toc000000002 " in part(render_docx(made, {"b": 17}), "word/document.xml")
    assert "PAGEREF" not in part(render_docx(made), "word/document.xml")


def test_contents_are_one_field_that_word_can_update_and_is_not_asked_to():
    content = render_docx(whole_document(), {"a": 3})
    kinds = re.findall(r'<w:fldChar w:fldCharType="(\w+)"', part(content, "word/document.xml"))
    assert kinds[:2] == ["begin", "separate"] and kinds[-1] == "end"
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == 2
    instructions = re.findall(r"<w:instrText[^>]*>(.*?)</w:instrText>", part(content, "word/document.xml"))
    assert instructions == [r' TOC \o "1-3" \h \z \u ', r" PAGEREF _Toc000000001 \h "]
    assert "updateFields" not in part(content, "word/settings.xml") and "dirty" not in part(
        content, "word/document.xml"
    )


def test_a_document_without_chapters_has_no_contents():
    assert paragraphs_of(render_docx(document())) == FRONT


# ---------------------------------------------------------------------------------------------------- lists, head and foot


def test_every_numbered_list_begins_at_one():
    blocks = (Items(("one", "two"), True), Items(("first",), True), Items(("point",)))
    word = opened(render_docx(document(Section("a", "A", blocks=blocks))))
    numbers = [each._p.pPr.numPr.numId.val for each in word.paragraphs if each.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]
    for number in numbers:
        count = word.part.numbering_part.element.num_having_numId(number)
        assert count.xpath("./w:lvlOverride/w:startOverride/@w:val") == ["1"]


def test_an_empty_paragraph_leaves_no_gap():
    with_gap = document(Section("a", "A", blocks=(Paragraph(" "), Paragraph("words"), Paragraph("\x07"))))
    assert render_docx(with_gap) == render_docx(document(Section("a", "A", blocks=(Paragraph("words"),))))


def test_the_foot_names_country_and_title_and_the_title_page_has_none():
    word = opened(written())
    assert word.sections[0].different_first_page_header_footer
    assert not any(section.different_first_page_header_footer for section in list(word.sections)[1:])
    for section in word.sections:
        assert section.footer.paragraphs[0].text == "Testland · National strategy\t1"
        assert " PAGE " in section.footer._element.xml
        stop = section.footer.paragraphs[0].paragraph_format.tab_stops[0].position
        assert (
            abs(stop - (section.page_width - section.left_margin - section.right_margin)) < 2000
        )  # of 360,000 in a centimetre


def test_only_a_fictional_country_says_so_on_every_page():
    assert opened(written()).sections[0].header.is_linked_to_previous
    made = render_docx(document(Section("a", "A"), fictional=True))
    assert opened(made).sections[0].header.paragraphs[0].text == "A working draft."


def test_a_page_lies_on_its_side_for_a_wide_table_alone():
    word = opened(written())
    upright, lying = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
    assert [section.orientation for section in word.sections] == [upright, lying, upright]


# ------------------------------------------------------------------------------------------------------------- template


def changed_template(old: str, new: str) -> bytes:
    """The clean file with other words in its styles."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(clean_template())) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).decode().replace(old, new))
    return changed.getvalue()


def test_a_template_of_ones_own_gives_its_styles(tmp_path):
    content = render_docx(whole_document(), template=changed_template('"Heading1"', '"Titre1"'))
    assert '<w:pStyle w:val="Titre1"/>' in part(content, "word/document.xml")
    assert faults(content, tmp_path) == []


def test_what_was_written_in_a_template_is_left_out():
    given = docx.Document(io.BytesIO(written()))
    given.add_paragraph("Put your text here.")
    given.sections[0].footer.paragraphs[0].text = "An old foot"
    given.core_properties.author = "Somebody"
    file = io.BytesIO()
    given.save(file)
    assert "Put your text here." in paragraphs_of(file.getvalue())
    made = document(Section("a", "A", blocks=(Paragraph("words"),)))
    content = render_docx(made, template=file.getvalue())
    assert paragraphs_of(content) == paragraphs_of(render_docx(made))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert not [name for name in file.namelist() if "media" in name]
        assert not re.search(b"An old foot|Somebody|Put your", b"".join(map(file.read, file.namelist())))


def test_without_python_docx_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(NasssapError, match=r"pip install 'nasssap\[document\]'"):
        render_docx(document())


def test_python_docx_is_loaded_only_to_write():
    assert not {"docx", "lxml"} & loaded_to_begin() and "nasssap_lib.document.docx" in loaded_to_begin()
    assert importlib.metadata.version("python-docx")


# ----------------------------------------------------------------------------------------------------------- as printed


@NEEDS_OFFICE
@pytest.mark.parametrize("language", ["fr", *(pytest.param(code, marks=pytest.mark.soak) for code in ("en", "es"))])
def test_libreoffice_prints_the_same_texts_in_order(language, tmp_path):
    made = whole_document(language)
    pages = pages_of(as_pdf(written(language), tmp_path))
    foot = re.compile(r"Testland · National strategy\s+\d+\s*$")
    assert all(foot.search(page) for page in pages[1:]) and not foot.search(pages[0])
    printed = squeezed("".join(foot.sub("", page) for page in pages[2:]))
    place = 0
    for text in harmless(texts_of(made)):
        found = printed.find(squeezed(text), place)
        assert found >= 0, f"{text!r} does not come after {printed[max(place - 60, 0) : place]!r}"
        place = found + len(squeezed(text))


@pytest.mark.soak
@NEEDS_OFFICE
def test_no_heading_or_caption_is_parted_from_what_it_names(tmp_path):
    parts = [
        Section(f"s{number}", f"Part {number} of many", 2, "", (
            Paragraph("words " * (37 * number % 150 + 5)), table(number % 9 + 1, anchor=f"n{number}"), picture(inches=(6, 2))))
        for number in range(40)
    ]  # fmt: skip
    pdf = as_pdf(render_docx(document(Section("a", "Chapter", parts=tuple(parts)))), tmp_path)
    drawn = subprocess.run(["pdfimages", "-list", pdf], capture_output=True, text=True, check=True).stdout
    pictures = Counter(int(line.split()[0]) for line in drawn.splitlines()[2:])
    assert sum(pictures.values()) == 40
    for number, page in enumerate(pages_of(pdf), 1):
        lines = [line for line in page.splitlines() if line.strip() and "National strategy" not in line]
        if "Contents" not in lines and number > 3:
            assert not re.match(r"Part \d+ of many|Table n\d+\.|Item Year", lines[-1]), lines[-3:]
            assert not re.match(r"Source:|e: estimated", lines[0]), lines[:3]
        assert sum(line.startswith("Figure 1.") for line in lines) == pictures[number]


def test_a_paper_of_two_pages_begins_on_its_first_page():
    word = docx.Document(io.BytesIO(render_docx(replace(whole_document(), short=True))))
    headings = [line for line in word.paragraphs if line.style.name == "Heading 1"]
    assert headings and all(line.paragraph_format.page_break_before is False for line in headings)
    assert not any(line.style.name == "TOC Heading" for line in word.paragraphs)
