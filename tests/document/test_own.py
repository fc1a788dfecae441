"""What a document holds beside the notebooks: names of the pack, and sheets that say what the tables of the reports say."""

from dataclasses import replace

import pytest
from recorded import document_of
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib.display.texts import in_language
from nasssap_lib.document.blocks import LEAD, NOTE, TEXT, Paragraph, Table
from nasssap_lib.document.material import Material
from nasssap_lib.document.outline import Chapter
from nasssap_lib.document.own import OWN, acronyms, participants, request, risks
from nasssap_lib.document.record import Record


def material(country: str, by: str = "guarantee") -> Material:
    return Material(Record(), pack_of(country), by)


def test_only_the_training_country_has_participants_and_risks():
    (table,) = participants(material("XTC"))
    assert isinstance(table, Table) and len(table.grid.rows) == pack_of("XTC").stakeholders["stakeholder"].nunique()
    assert [type(block) for block in participants(material("SEN"))] == [Paragraph] and risks(material("SEN")) == []
    assert len(risks(material("XTC"))[0].grid.rows) == 13


def test_help_is_asked_for_what_is_not_financed():
    plan = pack_of("XTC").activities.set_index("name")
    (table,) = request(material("XTC"))
    told = {row[0].text: row[4].text for row in table.grid.rows}
    open_ones = plan[plan["financed"] < 1]
    assert (
        set(told) == set(open_ones.index) and next(iter(told)) == "One price list and one system of claims"
    )  # 620 × 0.7 = 434
    assert told["One price list and one system of claims"] == "434"
    (nothing,) = request(material("SEN"))
    assert nothing.text.startswith("There is no action plan yet")


def test_a_slide_says_what_was_found_in_its_exhibit_and_how_sure_it_is():
    told = {"02": [("Few are covered.", "One rate.", "headline"), ("Poor persons are not.", "", "gaps")]}
    record = Record(findings=told | {"04": [("It costs little.", "", "headline")]})
    found = OWN["found_headline"](Material(record, pack_of("SEN"), "guarantee"))
    assert [(block.text, block.kind) for block in found] == [
        ("Few are covered.", LEAD), ("It costs little.", LEAD), ("One rate.", NOTE),
    ]  # fmt: skip
    assert OWN["found_gaps"](Material(Record(), pack_of("SEN"), "guarantee")) == []


def test_a_brief_asks_a_citizens_questions_and_a_question_without_an_answer_is_left_out():
    told = {"02": [("Senegal: few are covered.", "One rate.", "headline")]}
    asked = OWN["brief_covered"](Material(Record(findings=told), pack_of("SEN"), "guarantee"))
    assert [(block.text, block.kind) for block in asked] == [("Who is covered?", LEAD), ("Few are covered.", TEXT)]
    assert OWN["brief_covered"](Material(Record(), pack_of("SEN"), "guarantee")) == []
    (more,) = OWN["brief_more"](Material(Record(), pack_of("SEN"), "guarantee"))
    assert "sources" in more.text


def test_what_is_not_financed_is_not_known_where_no_share_was_stated():
    pack = pack_of("XTC")
    plan = pack.activities.assign(financed=pack.activities["financed"].mask(pack.activities["id"] == "a12"))
    (table,) = request(Material(Record(), replace(pack.copy(), activities=plan), "guarantee"))
    told = {row[0].text: row[4].text for row in table.grid.rows}
    assert told["Baseline survey of social protection"] == "n/a"


def test_acronyms_are_those_of_the_schemes_and_of_the_field():
    pack = pack_of("SEN")
    with in_language("fr", pack.translations("fr")):
        (table,) = acronyms(material("SEN"))
    words = {row[0].text: row[1].text for row in table.grid.rows}
    assert (
        words["PIB"] == "produit intérieur brut"
        and "GDP" not in words
        and words["CMU"] == "Couverture maladie universelle"
    )
    assert (
        words["IPRES"] == "Institution de Prévoyance Retraite du Sénégal"
        and words["CSS"] == "Caisse de sécurité sociale"
    )
    assert list(words) == sorted(words, key=str.casefold)


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_no_short_name_is_explained_by_itself(country):
    pack = pack_of(country)
    language = pack.settings.language
    with in_language(language, pack.translations(language)):
        (table,) = acronyms(material(country))
    rows = [(row[0].text, row[1].text) for row in table.grid.rows]
    assert [row for row in rows if row[1].endswith(f"({row[0]})") or row[0] == row[1] or not row[1]] == []


def test_sources_are_those_that_were_cited():
    document = document_of("SEN", Chapter("sources", material=("own.sources",), annex=True))
    (table,) = [block for block in document.sections[0].blocks if isinstance(block, Table)]
    from recorded import recorded

    assert {row[0].detail for row in table.grid.rows} == set(recorded("SEN").sources)
    assert "allAfrica, 2026" in {row[0].text for row in table.grid.rows}  # as tables and pictures cite it
    assert set(OWN) >= {"summary", "sources"}
