"""Cells of pictures: words broken to their width, and kinds that differ without colour."""

import matplotlib.colors

from nasssap_lib.display.sheet import BOXES, break_words
from nasssap_lib.display.style import text_width


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
