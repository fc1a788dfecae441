"""What stands on a slide: chosen and measured without drawing anything."""

from dataclasses import replace

import pytest
from word_documents import document, picture, table

from nasssap_lib.document.blocks import LEAD, NOTE, Figure, Items, Paragraph, Section, Table
from nasssap_lib.document.slide_content import BESIDE, FOOT_TOP, SMALLEST, slide_of, words_height


def slide(*blocks, title: str = "Title"):
    return slide_of(Section("a", title, blocks=blocks))


def test_words_stand_below_a_wide_picture_and_beside_a_tall_one():
    wide, tall = (
        slide(Paragraph("Few."), picture(inches=(7.2, 2.2))),
        slide(Paragraph("Few."), picture(inches=(7.2, 7.2))),
    )
    assert (
        wide.words_box.top > wide.shown_box.top + wide.shown_box.height and wide.words_box.left == wide.shown_box.left
    )
    assert tall.words_box.left > tall.shown_box.left + tall.shown_box.width and tall.words_box.width >= BESIDE[0]


def headed(measured: str, inches=(7.2, 5.0)) -> Figure:
    return replace(picture(inches=inches), title="Few are covered", measured=measured, head=1.0)


def test_the_head_of_a_picture_is_said_in_larger_letters_in_its_place():
    made = slide(Paragraph("One."), Paragraph("Two."), headed("Share of all people."))
    assert made.words.texts == ("Few are covered", "Share of all people.", "One.") and made.words.headed
    assert made.cut == pytest.approx(1 / 5) and made.shown_box.width / made.shown_box.height == pytest.approx(7.2 / 4)
    assert "Two." in made.notes and "Figure 1. Coverage" in made.notes


def test_a_long_head_has_a_wider_column_and_one_that_has_no_room_stays_in_the_picture():
    short, long, endless = (slide(headed("Share of all people. " * count)) for count in (1, 26, 200))
    assert long.cut and long.words_box.width > short.words_box.width
    assert words_height(long.words.texts, long.words_box.width, long.words.size) <= long.words_box.height
    assert endless.cut == 0 and endless.words.texts == ()


def test_a_picture_alone_stands_in_the_middle():
    alone = slide(picture(inches=(7.2, 7.2)))
    assert alone.words.texts == () and alone.shown_box.left * 2 + alone.shown_box.width == pytest.approx(13.333)


def test_two_sentences_at_most_stand_beside_a_picture_and_five_alone():
    told = [Paragraph(f"Sentence {place}.") for place in range(8)]
    assert slide(*told, picture()).words.texts == ("Sentence 0.", "Sentence 1.")
    alone = slide(*told)
    assert (
        len(alone.words.texts) == 5
        and alone.words.bullets
        and alone.notes == ("Sentence 5.", "Sentence 6.", "Sentence 7.")
    )


def test_a_sentence_too_long_is_passed_over_and_kept_whole():
    long = "word " * 400
    made = slide(Paragraph(long), Paragraph("Short."), picture())
    assert made.words.texts == ("Short.",) and long.strip() in made.notes


def test_type_is_as_large_as_the_words_allow_and_never_smaller_than_a_room_reads():
    sentence = "Seven words that make one sentence here. "
    sizes = [slide(Paragraph(sentence * count), picture(inches=(7.2, 7.2))).words.size for count in (1, 7, 9)]
    assert sizes[0] == 24 and sizes == sorted(sizes, reverse=True) and min(sizes) >= SMALLEST


def test_words_fit_between_title_and_foot():
    for count in range(1, 30):
        made = slide(*(Paragraph("A sentence of some words. " * count) for _ in range(5)), title="A long title " * 20)
        assert words_height(made.words.texts, made.words_box.width - 0.4, made.words.size) <= made.words_box.height
        assert made.words_box.top + made.words_box.height < FOOT_TOP


@pytest.mark.parametrize(("rows", "columns", "stands"), [(6, 4, True), (7, 4, False), (6, 5, False)])
def test_only_a_table_that_a_room_can_read_stands(rows, columns, stands):
    small = Table("t", "Table 1. Cost", table(rows, columns).grid._replace(rows=tuple(
        tuple(cell._replace(detail="") for cell in row) for row in table(rows, columns).grid.rows)))  # fmt: skip
    assert isinstance(slide(small).shown, Table) == stands


def test_a_table_whose_words_leave_the_slide_does_not_stand():
    assert slide(table(3, 3, "words of a whole paragraph " * 20)).shown is None


def test_a_picture_goes_before_a_table():
    assert isinstance(slide(table(), picture()).shown, Figure)


def test_small_print_stands_on_a_slide_only_where_there_is_nothing_else():
    assert slide(Paragraph("n/a", NOTE), Paragraph("Few.", LEAD)).words.texts == ("Few.",)
    assert slide(Paragraph("Nothing in the pack.", NOTE)).words.texts == ("Nothing in the pack.",)


def test_a_title_of_three_lines_is_shortened_and_stands_whole_in_the_notes():
    title = "Who is covered, by what, since when, and how sure is that? " * 4
    made = slide(title=title.strip())
    assert made.title.endswith("…") and made.notes == (title.strip(),)


def test_numbers_of_a_list_are_kept():
    assert slide(Items(("x", "y"), True)).words.texts == ("1. x", "2. y")


def test_a_document_of_sections_has_a_slide_each():
    assert [slide_of(section).title for section in document(Section("a", "A"), Section("b", "B")).sections] == [
        "A",
        "B",
    ]
