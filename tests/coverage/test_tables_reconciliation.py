"""The table of registers: texts through the catalogue, every contradiction shown, the CSV whole."""

import pytest
from pseudo_language import texts_of_table, untranslated
from stories import drawn_first, pack_of

from nasssap_lib.coverage.reconciliation import reconcile_coverage
from nasssap_lib.coverage.tables_reconciliation import reconciliation_table, worth_showing
from nasssap_lib.display.texts import PSEUDO, in_language


@pytest.mark.parametrize("country", drawn_first("XTC", "SEN", "ZMB", "LKA"))
def test_every_text_is_of_the_catalogue_or_of_the_pack(country):
    pack = pack_of(country)
    with in_language(PSEUDO):
        assert untranslated(texts_of_table(reconciliation_table(reconcile_coverage(pack))), pack) == []


@pytest.mark.parametrize("country", drawn_first("XTC", "SEN", "ZMB", "MLI", "TZA"))
def test_contradictions_are_always_shown_and_the_table_stays_short(country):
    table = reconcile_coverage(pack_of(country))
    shown = worth_showing(table)
    assert (table["state"] == "contradictory").sum() == (shown["state"] == "contradictory").sum()
    assert len(shown) <= 16 and len(reconciliation_table(table).data) == len(table)


def test_between_two_that_contradict_each_other_there_is_no_value():
    shown = reconciliation_table(reconcile_coverage(pack_of("SEN"))).rows
    row = shown[shown["state"] == "contradictory"].iloc[0]
    assert row["interval"] == "none" and "ask both sources" in row["why"].replace("_", " ")
