"""Columns of a table for print: nothing is cut, nothing leaves the page, and type gets small last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.display.grid import Cell, Column, Grid
from nasssap_lib.display.style import text_width
from nasssap_lib.document.columns import (
    INSET,
    LYING,
    MOST_COLUMNS,
    SMALLEST,
    UPRIGHT,
    WHOLE,
    Need,
    cell_lines,
    column_needs,
    set_table,
    share_width,
)  # fmt: skip

TEXTS = st.text(st.sampled_from("abc MWi1.,\N{NO-BREAK SPACE}é"), max_size=60)


def grid(*rows: tuple[str, ...], heads: tuple[str, ...] = ()) -> Grid:
    """A table of these words."""
    columns = tuple(Column(words) for words in heads or tuple("H" for _ in rows[0]))
    return Grid("T", columns, tuple(tuple(Cell(text) for text in row) for row in rows))


@given(st.integers(1, MOST_COLUMNS).flatmap(lambda n: st.lists(st.tuples(*[TEXTS] * n), min_size=1, max_size=3)))
def test_a_table_is_never_wider_than_its_page_and_every_column_has_room_for_a_letter(rows):
    setting = set_table(grid(*rows))
    assert sum(setting.widths) <= (LYING if setting.lying else UPRIGHT) + 1e-6
    assert min(setting.widths) >= 2 * INSET + text_width("W", SMALLEST, "bold") * 72


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=4))
def test_a_word_that_stays_whole_fits_its_column(rows):
    setting = set_table(grid(*rows))
    assert setting.whole == WHOLE
    for cells, width in zip(zip(*rows, strict=True), setting.widths, strict=True):
        words = (word for text in cells for word in text.split(" ") if len(word) <= WHOLE)
        assert max((text_width(word, setting.size) * 72 for word in words), default=0) <= width - 2 * INSET


def test_few_short_columns_are_as_wide_as_their_words():
    setting = set_table(grid(("2030", "1.5 %"), heads=("Year", "Share")))
    assert (setting.lying, setting.size) == (False, 8.2)
    assert setting.widths[0] == pytest.approx(text_width("2030", 8.2) * 72 * 1.03 + 2 * INSET)


def test_type_gets_smaller_before_the_page_is_turned_and_words_break_last():
    settings = [
        set_table(grid(("1 234 567",) * n, heads=("Dépenses",) * n)) for n in (7, 8, 9, 13, 14, 20, MOST_COLUMNS)
    ]
    assert [setting.lying for setting in settings] == sorted(setting.lying for setting in settings)
    upright = [setting.size for setting in settings if not setting.lying]
    assert upright == sorted(upright, reverse=True)
    assert settings[0][:2] == (False, 8.2)
    assert settings[-1][:2] == (True, SMALLEST)
    assert settings[-1].whole < WHOLE


def test_a_table_of_long_sentences_lies_where_its_rows_would_be_towers():
    sentence = "Le taux publié concerne un groupe plus large que celui que vise cette option. " * 3
    numbers = ("12 345 678",) * 5
    assert set_table(grid((*numbers, sentence))).lying is False
    assert set_table(grid((*numbers, *(sentence,) * 5))).lying is True


def test_long_columns_get_what_short_ones_do_not_need():
    needs = column_needs(grid(("CSS", "2024", "mot " * 80), ("IPRES", "2023", "mot " * 60)), 8.2)
    widths = share_width(needs, UPRIGHT)
    assert widths[:2] == pytest.approx([need.most for need in needs[:2]])
    assert sum(widths) == pytest.approx(UPRIGHT)


def test_the_height_of_a_table_is_least_at_the_weights():
    """Two columns with lengths 8 and 1 in one row: (8/x)^3 + (1/(90 - x))^3 is least where x / (90 - x) = 8^(3/4)."""
    x = 90 * 8**0.75 / (1 + 8**0.75)
    widths = share_width([Need(0.1, 1000, 8**0.75), Need(0.1, 1000, 1)], 90)
    assert widths == pytest.approx((x, 90 - x))


def test_lines_of_a_cell_count_its_small_text():
    width = text_width("mot", 8.0) * 72 * 2 + 2 * INSET
    assert cell_lines([Cell("mot")], [width], 8.0) == 1
    assert cell_lines([Cell("mot", "", "mot")], [width], 8.0) == 2
    assert cell_lines([Cell("mot " * 20)], [width], 8.0) > 10
