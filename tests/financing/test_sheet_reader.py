"""The negotiating table read back."""

import pytest
from negotiating_tables import book_of, written
from stories import pack_of

from nasssap_lib.financing.sheet_reader import plain_formula, read_agreed, read_meta


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_table_that_nobody_changed_is_no_scenario(tmp_path, language):
    book, meta = read_meta(written(tmp_path, book_of("XTC", language), language))
    agreed = read_agreed(book, meta, pack_of("XTC"))
    assert agreed.changes.empty and not agreed.scenario.measures and not agreed.scenario.financing


def test_what_programs_write_in_different_ways_is_the_same_formula():
    assert plain_formula("='1 Table'!$C$8*2") == plain_formula("= '1 Table'!C8 * 2") != plain_formula("='1 Table'!C9*2")
    assert plain_formula('="a b"') != plain_formula('="ab"')
