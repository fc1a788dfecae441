"""The sheet that is bargained on."""

from negotiating_tables import book_of, input_of, table_of


def test_what_may_be_changed_of_an_option_has_its_value_and_bounds():
    book = book_of("SEN")
    _sheet, cell = input_of(book, "cash_transfer", "take_up_central")
    assert (cell.value, cell.input.least, cell.input.most) == (60.0, 32.0, 100.0)
    _sheet, cell = input_of(book, "cash_transfer", "full_year")
    assert (cell.value, cell.input.least, cell.input.most, cell.input.whole) == (2031.0, 2027.0, 2050.0, True)


def test_options_whose_cost_is_not_known_are_named_below_the_sum():
    words = [str(cell.value) for cell in book_of("SEN").sheet("table").cells.values()]
    assert "Not in the sum where their cost is not known: Disability benefit, severe disability" in words


def test_a_country_without_proposals_has_a_row_for_each_of_the_eight_options():
    assert [source.option for source in table_of("SEN").sources] == list(range(1, 9))
    assert not any(source.known for source in table_of("SEN").sources)
