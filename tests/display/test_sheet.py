"""Cells of pictures: words broken to their width, and kinds that differ without colour."""

from itertools import pairwise

import matplotlib.colors
import pytest
from matplotlib.text import Text
from picture_checks import text_problems

from nasssap_lib.display.sheet import (
    BOXES,
    break_lines,
    break_words,
    broken_labels,
    draw_nothing,
    height_of,
    key_bar,
    key_row,
    sheet,
    write_in_box,
)
from nasssap_lib.display.style import Caption, open_frame, text_width


def test_a_word_wider_than_its_cell_is_broken():
    lines = break_words("Mutuelles Rentenversicherungsanstalten", 0.8, 8)
    assert "".join(lines) == "MutuellesRentenversicherungsanstalten"
    assert all(text_width(line, 8) <= 0.8 for line in lines)


def test_boxes_differ_without_colour():
    """In grey, kinds of cells differ by lightness of at least a tenth, or by hatch, or by the darkness of their frame."""

    def grey(colour):
        red, green, blue = matplotlib.colors.to_rgb(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    looks = [(round(grey(face) * 10), round(grey(edge) * 10), hatch) for face, edge, hatch, _ in BOXES.values()]
    assert len(set(looks)) == len(BOXES)


def test_words_are_broken_without_losing_a_letter_and_keep_their_own_line_ends():
    text = "eins zwei\nDonaudampfschifffahrtsgesellschaft drei"
    lines = break_lines(text, 0.8, 8)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert lines[0] == "eins zwei"
    assert break_words("", 0.8, 8) == [] and break_words("W", 0.01, 8) == ["W"]  # a letter is not broken


def test_lines_of_bars_are_as_high_as_the_tallest_name():
    labels, height = broken_labels(["short", "a name of many words that needs several lines"], 1.0, 8.6, 0.3)
    assert labels[0] == "short" and labels[1].count("\n") >= 2
    assert height >= height_of(labels[1].split("\n"), 8.6)
    assert broken_labels(["short"], 1.0, 8.6, 0.3)[1] == 0.3


def test_text_on_a_hatched_cell_stands_on_a_plain_ground_and_can_be_read():
    frame = open_frame("T", "S", Caption("Testland", ""), 2.0)
    axes = sheet(frame)
    for row, kind in enumerate(BOXES):
        write_in_box(axes, (0, 0.3 * row, 2.0, 0.28), [kind], 8, kind)
    for text in axes.texts:
        assert bool(text.get_bbox_patch()) == bool(BOXES[text.get_text()][2])
    assert text_problems(frame.figure) == []


@pytest.mark.parametrize(
    "long", [["grows", "money"], ["utilización plena de todos"] * 5, ["costo, orden supuesto"] * 6]
)
def test_a_key_of_long_words_moves_closer_together_and_stays_in_the_picture(long):
    frame = open_frame("T", "S", Caption("Testland", ""), 2.0)
    key_row(frame, 0.3, [(words, key_bar({"color": "grey"})) for words in long], 6.6)
    assert [text.get_text() for text in frame.figure.findobj(Text) if text.get_text() in long] == long
    assert text_problems(frame.figure) == []


def test_what_is_not_available_is_a_band_with_the_word_and_the_reason():
    figure = draw_nothing("Nothing known", "of what", Caption("Testland", "S"), "no figure was published")
    assert "n/a · no figure was published" in [text.get_text() for text in figure.findobj(Text)]
    assert figure.get_label() == "Nothing known. of what"
    assert text_problems(figure) == []


@pytest.mark.parametrize("word", ["x" * 5000, "Wi" * 1500, "W", "Donaudampfschifffahrt"])
def test_a_word_of_any_length_is_broken_where_its_line_is_full(word):
    lines = break_words(word, 0.8, 8, most=None)
    assert "".join(lines) == word
    for line, after in pairwise(lines):
        assert text_width(line, 8) <= 0.8 < text_width(line + after[0], 8)


def test_where_not_even_one_letter_fits_each_stands_alone():
    assert break_words("WWW", 0.01, 8) == ["W", "W", "W"]
