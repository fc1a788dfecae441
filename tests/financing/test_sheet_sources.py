"""Who pays, as formulas."""

from negotiating_tables import book_of, input_of, table_of

from nasssap_lib.financing.sheet_places import TERMS
from nasssap_lib.financing.sheet_sources import bound_words, rivals, used_formulas


def sources() -> dict:
    return {source.id: source for source in table_of("XTC").sources}


def test_money_that_is_bound_or_pays_elsewhere_says_so():
    assert bound_words(sources()["sugar"], table_of("XTC")).startswith(
        "only for State health cover for informal workers, "
    )
    assert (
        bound_words(sources()["contributions"], table_of("XTC")) == "not counted: pays for NPF, not for these options"
    )
    assert bound_words(sources()["fuel"], table_of("XTC")) == ""


def test_sources_that_draw_on_one_stock_are_rivals():
    assert {one.id for one in rivals(sources()["debt"], table_of("XTC"))} == {"credit", "room"}
    assert rivals(sources()["reserves"], table_of("XTC")) == []


def test_bound_money_stands_in_the_smallest_cut():
    book = book_of("XTC")
    formulas = used_formulas(book.table, book.places)
    paid = book.places.at("paid.health_mutuals", 1, "years")
    assert formulas[1].startswith("MIN(") and formulas[1].count("SUM(") == 2 and paid in formulas[1]


def test_a_row_that_is_still_empty_can_say_how_its_money_comes():
    _sheet, cell = input_of(book_of("SEN", "fr"), "pays.space_4", "kind")
    assert cell.value == "chaque année"
    assert [code for code, _words in cell.input.choices] == ["recurrent", "one_off", "headroom"]
    assert max(len(",".join(words for _code, words in cell.input.choices)), 0) <= 255, "Excel takes no longer list"
    assert TERMS in book_of("SEN", "fr").places.titles
