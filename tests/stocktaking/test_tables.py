"""Tables of the stocktaking: every text through the catalogue, results without words, and a wrong table explained."""

import re

import pandas as pd
import pytest
from pseudo_language import texts_of_table, untranslated
from stories import drawn_first, pack_of

from nasssap_lib import stocktaking
from nasssap_lib.display.texts import PSEUDO, in_language, reason_words
from nasssap_lib.errors import NasssapError
from nasssap_lib.stocktaking import tables
from nasssap_lib.stocktaking.context import CORE_CONVENTION

CODE = re.compile(r"[a-z0-9_]+")
CODES = {"aim", "item", "quality", "sex", "state", "unit"}
REASONS = {"explanation", "figure", "missing", "reason", "what_to_do"}


def tables_of(pack) -> dict[str, object]:
    """Every table of the room, by its function."""
    made = {
        "process_table": stocktaking.process_state(pack),
        "evidence_table": stocktaking.evidence_by_subject(pack),
        "contradiction_table": stocktaking.contradictions(pack),
        "collection_table": stocktaking.figures_to_collect(pack),
        "profile_table": stocktaking.country_profile(pack),
        "work_table": stocktaking.work_status(pack),
        "history_table": stocktaking.past_extensions(pack),
        "links_table": stocktaking.plans_and_laws(pack),
        "conventions_table": stocktaking.conventions(pack),
    }
    return {name: getattr(tables, name)(table) for name, table in made.items()}


@pytest.mark.parametrize("country", drawn_first("XTC", "SEN", "LKA", "TZA"))
def test_every_text_of_a_table_is_of_the_catalogue_or_of_the_pack(country):
    pack = pack_of(country)
    bare = pack.with_tables(facts=pack.facts.iloc[:0], conventions=pack.conventions.iloc[:0])
    with in_language(PSEUDO):
        made = [*tables_of(pack).values(), *tables_of(bare).values()]
        texts = [text for table in made for text in texts_of_table(table) if text != CORE_CONVENTION]
        assert untranslated(texts, pack) == []


@pytest.mark.parametrize("country", drawn_first("XTC", "SEN", "LKA", "RWA"))
def test_results_hold_codes_and_reason_cells(country):
    for name, table in tables_of(pack_of(country)).items():
        for column in CODES & set(table.data):
            assert all(CODE.fullmatch(code) for code in table.data[column].dropna() if code), (name, column)
        for column in REASONS & set(table.data):
            assert all(reason_words(cell) for cell in table.data[column] if cell), (name, column)


def test_results_are_equal_in_every_language():
    pack = pack_of("RWA")
    english = tables_of(pack)
    with in_language(PSEUDO):
        for name, table in tables_of(pack).items():
            pd.testing.assert_frame_equal(table.data, english[name].data)


def test_the_unit_of_two_figures_stands_once():
    both = tables_of(pack_of("RWA"))["contradiction_table"].shown["both"].tolist()
    assert "6.5\N{NO-BREAK SPACE}% → 3.1\N{NO-BREAK SPACE}%" in both
    assert "560,127 and 356,432 national currency a year" in both


def test_a_document_in_another_language_has_its_english_title_below():
    shown = tables_of(pack_of("SEN"))["links_table"].shown.set_index("title")["translated"]
    assert shown["Sénégal 2050 : Agenda national de transformation"] == "Senegal 2050: National Transformation Agenda"


def test_every_table_names_what_a_wrong_one_lacks():
    wrong = pd.DataFrame({"colour": ["red"]})
    for name in tables_of(pack_of("SEN")):
        with pytest.raises(NasssapError, match=rf"stocktaking\.{name}: no column"):
            getattr(stocktaking, name)(wrong)


def test_no_reason_for_a_missing_figure_stands_beside_a_figure():
    """Own account and family workers of both sexes alone: the columns of women and men are left out, and so is why they are empty."""
    pack = pack_of("SEN")
    known = stocktaking.work_status(pack)
    assert known.loc[known["sex"] == "total", "share"].notna().all()
    both = pack.with_tables(facts=pack.facts[pack.facts["sex"] == "total"])
    assert tables.work_table(stocktaking.work_status(both)).rows["why"].tolist() == [""] * 4
    without = both.facts[both.facts["indicator"] != "contributing_family_share"]
    why = tables.work_table(stocktaking.work_status(pack.with_tables(facts=without))).rows["why"].map(reason_words)
    assert why.tolist()[:2] == ["", ""] and why.tolist()[2] and why.tolist()[3]
