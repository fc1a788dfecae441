"""Tables of schemes: every text through the catalogue, results without words, and a wrong table explained."""

import re

import pandas as pd
import pytest
from pseudo_language import texts_of_table, untranslated
from stories import drawn_first, pack_of

from nasssap_lib import schemes
from nasssap_lib.display.texts import PSEUDO, in_language, reason_words
from nasssap_lib.errors import NasssapError
from nasssap_lib.schemes import tables

CODE = re.compile(r"[a-z0-9_]+(;[a-z0-9_]+)*")
CODES = {
    "branch", "branches", "categories", "category", "counted_in", "found_by", "indicator", "item", "kind", "measure", "payer",
    "population_category", "quality", "recipient", "relation", "state", "status", "tier", "type", "unit", "what",
}  # fmt: skip


def tables_of(pack) -> dict[str, object]:
    """Every table of the room, by its function."""
    spending, currency = schemes.scheme_spending(pack), pack.settings.currency
    made = {
        "inventory_table": [schemes.scheme_inventory(pack)],
        "relations_table": [schemes.relations(pack)],
        "without_table": [schemes.branches_without_scheme(pack)],
        "rates_table": [schemes.contribution_rates(pack)],
        "levels_table": [schemes.benefit_levels(pack), currency],
        "sper_table": [schemes.sper_matrix(pack), currency],
        "spending_table": [spending, currency],
        "total_table": [schemes.spending_total(spending, schemes.national_spending(pack))],
        "health_table": [schemes.health_panel(pack)],
        "affiliation_table": [schemes.health_affiliation(pack)],
    }
    return {name: getattr(tables, name)(*args) for name, args in made.items()}


@pytest.mark.parametrize("country", drawn_first("XTC", "SEN", "LKA", "TZA"))
def test_every_text_of_a_table_is_of_the_catalogue_or_of_the_pack(country):
    pack = pack_of(country)
    with in_language(PSEUDO):
        texts = [text for table in tables_of(pack).values() for text in texts_of_table(table)]
        assert untranslated(texts, pack) == []


@pytest.mark.parametrize("country", drawn_first("XTC", "SEN", "LKA", "HND"))
def test_results_hold_codes_and_reason_cells(country):
    for name, table in tables_of(pack_of(country)).items():
        for column in CODES & set(table.data):
            assert all(CODE.fullmatch(code) for code in table.data[column].dropna() if code), (name, column)
        for column in {"reason", "evidence"} & set(table.data):
            assert all(reason_words(cell) for cell in table.data[column] if cell), (name, column)


def test_results_are_equal_in_every_language():
    pack = pack_of("LKA")
    english = tables_of(pack)
    with in_language(PSEUDO):
        for name, table in tables_of(pack).items():
            pd.testing.assert_frame_equal(table.data, english[name].data)


def test_a_table_reads_as_before():
    pack = pack_of("TZA")
    remarks = tables_of(pack)["rates_table"].shown["remark"]
    assert "private employers 1 (2018); public employers 0.5 (2018); all 0.5 (2023); year inferred" in set(remarks)


def test_a_wrong_table_is_explained():
    with pytest.raises(NasssapError, match=r"schemes\.rates_table: no column 'payer' in rates .*contribution_rates"):
        schemes.rates_table(schemes.health_panel(pack_of("SEN")))


def test_every_table_names_what_a_wrong_one_lacks():
    wrong = pd.DataFrame({"colour": ["red"]})
    for name in set(tables_of(pack_of("SEN"))) - {"health_table"}:
        with pytest.raises(NasssapError, match=rf"schemes\.{name}: no column"):
            getattr(schemes, name)(wrong)


def test_of_many_pairs_a_page_shows_the_first_and_says_of_how_many():
    pack = pack_of("SEN")
    copies = [pack.schemes.assign(id=pack.schemes["id"] + f"_{i}", relation="", related_scheme="") for i in range(8)]
    found = schemes.relations(pack.with_tables(schemes=pd.concat(copies, ignore_index=True)))
    table = tables.relations_table(found)
    assert len(found) > tables.MOST_PAIRS == len(table.rows)
    assert f"the first {tables.MOST_PAIRS} of {len(found)} pairs" in table.title.replace(",", "")
    assert len(table.data) == len(found)
    of_one = schemes.relations(pack)
    assert len(tables.relations_table(of_one).rows) == len(of_one)


def test_benefits_are_not_shown_as_all_that_a_scheme_spends():
    pack = pack_of("LKA")
    accounts = schemes.spending_accounts(schemes.scheme_spending(pack), schemes.money_lines(pack))
    remarks = tables.spending_table(accounts, pack.settings.currency).rows.set_index("account")["remark"]
    assert "benefits alone" in remarks["EPF"]
    assert "benefits alone" not in remarks["Aswesuma"]


def test_spending_is_written_in_the_unit_that_fits_it():
    """3,155,700 lempiras of one department, 55 million dollars of a project: no zero billions."""
    shown = {}
    for country in ("HND", "BFA"):
        pack = pack_of(country)
        accounts = schemes.spending_accounts(schemes.scheme_spending(pack), schemes.money_lines(pack))
        shown[country] = tables.spending_table(accounts, pack.settings.currency).rows.set_index("account")["billions"]
    assert shown["HND"]["Red Solid."] == "3.16 million HNL"
    assert "55 million US dollars" in set(shown["BFA"])
    assert shown["HND"]["IHSS EM and IHSS IVM together"].tolist() == ["5.79 billion HNL", "18.3 billion HNL"]
