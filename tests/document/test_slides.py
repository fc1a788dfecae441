"""Slides for a dialogue: what python-pptx, a checker and LibreOffice find in them is what the document says, and nothing is lost."""

import io
import subprocess
from dataclasses import replace
from functools import cache

import pptx
import pytest
from openxml_audit import OpenXmlValidator
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches, Pt
from word_documents import (
    HARMLESS,
    HOSTILE,
    NEEDS_OFFICE,
    document,
    pages_of,
    part,
    picture,
    squeezed,
    table,
    whole_document,
)

from nasssap_lib.document.blocks import NOTE, Items, Paragraph, Section
from nasssap_lib.document.slides import FOOT, render_pptx
from nasssap_lib.errors import NasssapError

SMALLEST = Pt(18)
LONG = "A sentence that says a great deal of what nobody can read from the back of a room. " * 12
CLAIM = "Fictional country: every figure is invented."


def shown(content: bytes):
    """The slides as python-pptx reads them."""
    return list(pptx.Presentation(io.BytesIO(content)).slides)


def notes_of(slide) -> str:
    return slide.notes_slide.notes_text_frame.text


def is_foot(shape) -> bool:
    return shape.is_placeholder and shape.placeholder_format.idx in (11, 12)


def frames_of(slide):
    """What holds words on a slide, cells of tables among it; not the foot."""
    for shape in slide.shapes:
        if shape.has_text_frame and not is_foot(shape):
            yield shape.text_frame
        elif shape.has_table:
            yield from (cell.text_frame for cell in shape.table.iter_cells())


def words_of(slide) -> list[str]:
    return [line.text for frame in frames_of(slide) for line in frame.paragraphs]


def faults(content: bytes, folder) -> list[str]:
    path = folder / "checked.pptx"
    path.write_bytes(content)
    return [f"{error.part_uri}: {error.description}" for error in OpenXmlValidator().validate(path).errors]


def every_kind(**changed):
    """A document with a slide of every kind: picture and words, table, bullets, a large table, nothing, hostile words."""
    return document(
        Section("a", "Who is covered", 1, "1", (Paragraph("Few are."), Paragraph(LONG), Paragraph("n/a: not known", NOTE), picture())),
        Section("b", "What it costs", 1, "2", (Paragraph("Little."), table(3, 3))),
        Section("c", "Principles", 1, "3", (Items(tuple(f"Principle {place}" for place in range(1, 8))),)),
        Section("d", "All years", 1, "4", (table(7, 4, anchor="large"),)),
        Section("e", "Nothing"),
        Section("f", HOSTILE, 1, "5", (Paragraph(HOSTILE), Items((HOSTILE,), True), picture(HOSTILE, anchor=HOSTILE), table(word=HOSTILE))),
        **changed,
    )  # fmt: skip


@cache
def written(**changed) -> bytes:
    """The slides of every kind."""
    return render_pptx(every_kind(**changed))


@pytest.mark.parametrize(
    "made",
    [every_kind(fictional=True, claim=CLAIM), whole_document("en"), whole_document("fr")],
    ids=["every kind", "en", "fr"],
)
def test_a_checker_of_office_files_finds_nothing(made, tmp_path):
    assert faults(render_pptx(made), tmp_path) == []


def test_the_checker_has_something_to_find(tmp_path):
    show = pptx.Presentation()
    show.slides.add_slide(show.slide_layouts[5]).shapes.title._element.nvSpPr.cNvPr.attrib.pop("id")
    broken = io.BytesIO()
    show.save(broken)
    assert faults(broken.getvalue(), tmp_path)


def test_a_slide_for_the_title_and_one_for_each_chapter():
    slides = shown(written())
    titles = [slide.shapes.title.text for slide in slides]
    assert titles[:-1] == ["National strategy", "Who is covered", "What it costs", "Principles", "All years", "Nothing"]
    assert words_of(slides[0])[1:] == ["Testland", "A working draft."]
    assert notes_of(slides[0]) == "Edition · 1\nNewest figure · 2024"


def test_slides_are_as_wide_as_a_screen_and_hold_their_shapes():
    content = written()
    show = pptx.Presentation(io.BytesIO(content))
    assert show.slide_width / show.slide_height == pytest.approx(16 / 9)
    for sheet in (*show.slides, *show.slide_layouts):
        for shape in sheet.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= show.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= show.slide_height


def test_a_picture_fills_the_slide_in_one_direction_and_keeps_its_shape():
    for inches in ((7.2, 3.0), (7.2, 7.2), (7.2, 4.1), (7.2, 11.0)):
        for words in ((), (Paragraph("Few are."),)):
            (_, slide) = shown(render_pptx(document(Section("a", "A", blocks=(*words, picture(inches=inches))))))
            (drawn,) = [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
            assert drawn.width / drawn.height == pytest.approx(inches[0] / inches[1], rel=1e-3)
            assert drawn.height > Inches(5.6) or drawn.width > Inches(9 if words else 12.5)


def test_a_picture_is_cut_where_its_head_ends():
    figure = replace(picture(inches=(7.2, 5.0)), title="Few are covered", measured="Share of all people.", head=1.0)
    (_, slide) = shown(render_pptx(document(Section("a", "A", blocks=(figure,)))))
    (drawn,) = [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert drawn.crop_top == pytest.approx(0.2) and drawn.width / drawn.height == pytest.approx(7.2 / 4, rel=1e-3)
    assert words_of(slide)[1:] == ["Few are covered", "Share of all people.", "Source: ILO, 2024"]


def test_no_words_stand_on_a_picture_or_table():
    for slide in shown(written()):
        boxes = [(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height) for shape in slide.shapes]
        for place, (left, top, right, bottom) in enumerate(boxes):
            for other in boxes[place + 1 :]:
                assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def test_pictures_are_described_and_one_without_a_description_is_refused():
    slides = shown(written())
    descriptions = [
        shape._element.nvPicPr.cNvPr.get("descr")
        for slide in slides
        for shape in slide.shapes
        if shape.shape_type == MSO_SHAPE_TYPE.PICTURE
    ]
    assert descriptions == ["A dark bar, 60 % of the width.", HARMLESS]
    with pytest.raises(NasssapError, match="bar: expected alternative text"):
        render_pptx(document(Section("a", "A", blocks=(picture(" "),))))


def test_what_does_not_fit_stands_whole_in_the_notes():
    _, covered, _, principles, years, nothing, _ = shown(written())
    assert words_of(covered) == ["Who is covered", "Few are.", "Source: ILO, 2024"]
    assert notes_of(covered) == "\n".join((LONG.strip(), "n/a: not known", "Figure 1. Coverage", "Source: ILO, 2024"))
    assert words_of(principles)[1:] == [f"Principle {place}" for place in range(1, 6)]
    assert notes_of(principles) == "Principle 6\nPrinciple 7"
    assert words_of(years)[1:] == ["Table large. Cost by year"]
    assert "Item 6 · words 19e since 2006 · words 20e since 2006 · words 21e since 2006" in notes_of(
        years
    )  # row 7: 6 × 3 + 1
    assert words_of(nothing) == ["Nothing"] and notes_of(nothing) == ""


def test_of_all_that_a_document_says_nothing_is_lost():
    made = document(Section("a", "A", blocks=(Paragraph("One."), Paragraph("Two.\n\nThree.")), parts=(
        Section("b", "Part", 2, blocks=(picture(), picture("Another bar.", anchor="second"), table(9, 9),
            Items(("x", "y"), True))),)))  # fmt: skip
    _, slide = shown(render_pptx(made))
    told = words_of(slide) + notes_of(slide).split("\n")
    for text in (
        "One.",
        "Two.",
        "Three.",
        "Part",
        "Another bar.",
        "1. x",
        "2. y",
        "e: estimated",
        "Source: ministry, 2024",
    ):
        assert text in told


def test_a_small_table_can_be_edited_and_its_marks_are_explained():
    _, _, costs, *_ = shown(written())
    (frame,) = [shape for shape in costs.shapes if shape.has_table]
    cells = [[cell.text for cell in row.cells] for row in frame.table.rows]
    assert cells[0] == ["Item", "Year 1", "Year 2"] and cells[1] == [
        "Item 0",
        "words 1e\nsince 2000",
        "words 2e\nsince 2000",
    ]
    assert (
        frame.table.first_row
        and len(cells) == 4
        and frame._element.nvGraphicFramePr.cNvPr.get("descr") == "Table t. Cost by year"
    )
    assert {"Little.", "e: estimated"} <= set(words_of(costs))
    assert notes_of(costs) == "Table t. Cost by year\nSource: ministry, 2024"


def test_no_word_is_smaller_than_a_room_can_read():
    for made in (every_kind(), whole_document("fr")):
        for slide in shown(render_pptx(made)):
            runs = [run for frame in frames_of(slide) for line in frame.paragraphs for run in line.runs]
            sizes = [run.font.size for run in runs if not run.text.startswith("Source")]
            assert sizes and min(sizes) >= SMALLEST and min(run.font.size for run in runs) >= Pt(14)
            assert all(
                run.font.size == Pt(FOOT)
                for shape in filter(is_foot, slide.shapes)
                for line in shape.text_frame.paragraphs
                for run in line.runs
            )


def test_the_foot_names_country_and_number_and_a_fictional_country_on_every_slide():
    slides = shown(written(fictional=True, claim=CLAIM))
    for number, slide in enumerate(slides, start=1):
        country, count = [shape for shape in slide.shapes if is_foot(shape)]
        assert country.text_frame.text == f"Testland · {CLAIM}" and country.text_frame.paragraphs[0].runs[1].font.bold
        (field,) = count._element.xpath(".//a:fld[@type='slidenum']/a:t")
        assert field.text == str(number)


def test_every_word_has_its_language():
    content = written(language="fr")
    for slide in shown(content):
        for element in (slide.element, slide.notes_slide.element):
            letters = element.xpath(".//a:r/a:rPr | .//a:fld/a:rPr")
            assert {one.get("lang") for one in letters} <= {"fr-FR"} and len(letters) == len(
                element.xpath(".//a:r | .//a:fld")
            )


def test_the_same_document_gives_the_same_bytes_without_times_or_names():
    content = written()
    assert content == render_pptx(every_kind())
    core = part(content, "docProps/core.xml")
    assert "National strategy" in core and "Canny" not in core and "dcterms" not in core.replace("xmlns:dcterms", "")
    show = pptx.Presentation(io.BytesIO(content))
    assert show.core_properties.author == "nasssap" and show.core_properties.language == "en-GB"


def test_hostile_words_are_words():
    hostile = shown(written())[-1]
    assert hostile.shapes.title.text.endswith("…") and notes_of(hostile).split("\n")[0] == HARMLESS
    assert f"1. {HARMLESS}" in words_of(hostile) + notes_of(hostile).split("\n")


@NEEDS_OFFICE
def test_libreoffice_prints_every_slide_with_its_words(tmp_path):
    path = tmp_path / "slides.pptx"
    path.write_bytes(written())
    profile = (tmp_path / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        tmp_path,
        path,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    pages = pages_of(path.with_suffix(".pdf"))
    assert len(pages) == 7 and "Feware." in squeezed(pages[1]) and "words1e" in squeezed(pages[2])
