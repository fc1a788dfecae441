"""A document is put together as its outline says: counted, without gaps, and where there is nothing it says what to collect."""

import io
import re
from dataclasses import replace

import pandas as pd
import pytest
from PIL import Image
from recorded import document_of, recorded
from stories import pack_of

from nasssap_lib.display.tables import ReportTable
from nasssap_lib.document.blocks import NOTE, TEXT, Figure, Items, Paragraph, Section, Table
from nasssap_lib.document.compose import SHARP, compose_document
from nasssap_lib.document.material import Imprint
from nasssap_lib.document.outline import TITLES, TO_COLLECT, Chapter, Outline, with_changes
from nasssap_lib.document.own import TECHNICAL
from nasssap_lib.document.record import Exhibit, Record
from nasssap_lib.errors import NasssapError


def blocks_of(document, kind):
    return [block for section in document.walk() for block in section.blocks if isinstance(block, kind)]


def test_tables_and_figures_are_counted_in_the_order_in_which_they_are_read():
    document = document_of(
        "XTC",
        Chapter("process", material=("01.process_picture", "01.process")),
        Chapter("monitoring", material=("06.targets", "06.sheets")),
    )
    assert [re.match(r"\w+ \d+", figure.caption)[0] for figure in blocks_of(document, Figure)] == [
        "Figure 1",
        "Figure 2",
    ]
    assert [re.match(r"\w+ \d+", table.caption)[0] for table in blocks_of(document, Table)] == ["Table 1", "Table 2"]
    assert all(
        figure.alt and figure.svg.startswith("<svg") and figure.png[1:4] == b"PNG"
        for figure in blocks_of(document, Figure)
    )


def test_a_picture_says_its_title_and_measure_apart_for_those_who_show_it_without_its_head():
    (figure,) = blocks_of(document_of("SEN", Chapter("process", material=("01.process_picture",))), Figure)
    assert figure.caption.endswith(figure.title) and figure.title in figure.alt and figure.measured in figure.alt
    (figure,) = blocks_of(
        document_of("SEN", Chapter("process", material=("01.process_picture",)), language="fr"), Figure
    )
    assert figure.title.startswith("Sénégal") and figure.caption.startswith("Figure 1. Cinq des huit étapes")
    assert 0.1 < figure.head < figure.inches[1] / 2


def test_a_picture_has_no_title_of_its_own_below_a_caption_that_says_it():
    document = document_of("SEN", Chapter("process", material=("01.process_picture",)))
    (figure,) = blocks_of(document, Figure)
    drawn = " ".join(re.findall("<!--(.*?)-->", figure.svg))
    assert figure.measured[:30] in drawn and figure.title[:12] not in drawn
    sizes = Image.open(io.BytesIO(figure.png)).size
    assert sizes == pytest.approx([SHARP * inches for inches in figure.inches], abs=1)
    again = document_of("SEN", Chapter("process", material=("01.process_picture",)))
    assert blocks_of(again, Figure) == [figure], "a picture that was shown once shows the same again"
    picture = recorded("SEN").exhibits["01.process_picture"].thing
    assert picture.texts[0].get_visible()


def test_chapters_are_numbered_front_matter_is_not_and_annexes_have_letters():
    document = document_of(
        "XTC", Chapter("summary", material=("own.summary",), front=True), Chapter("process", material=("01.process",)),
        Chapter("options", material=("own.options",)), Chapter("collect", material=("01.figures_to_collect",), annex=True),
    )  # fmt: skip
    numbers = [section.number for section in document.walk()]
    assert numbers[:3] == ["", "1", "2"] and "2.1" in numbers and "2.1.1" in numbers and numbers[-1] == "A"
    assert [section.title for section in document.sections][:2] == ["Executive summary", "Process and participants"]


def test_sentences_stand_once_though_two_chapters_name_their_exhibit():
    twice = Chapter("monitoring", material=("06.sheets.words", "06.sheets")), Chapter("review", material=("06.sheets",))
    document = document_of("SEN", *twice)
    texts = [block.text for block in blocks_of(document, Paragraph)]
    assert len(texts) == len(set(texts))


def test_words_alone_and_an_exhibit_that_shows_nothing():
    document = document_of("SEN", Chapter("review", material=("06.review_terms.words",)))
    assert [type(block) for block in document.sections[0].blocks] == [Paragraph] and not blocks_of(document, Table)


@pytest.mark.parametrize("chapter", TO_COLLECT)
def test_a_chapter_without_evidence_says_what_to_collect(chapter):
    document = document_of("SEN", Chapter(chapter))
    assert [block.text for block in document.sections[0].blocks] == [TO_COLLECT[chapter]]


def test_prose_opens_its_chapter_and_prose_for_no_chapter_is_refused():
    prose = {"review": (Paragraph("Ours."),)}
    document = document_of("SEN", Chapter("review", material=("06.review_terms",)), prose=prose)
    assert document.sections[0].blocks[0] == Paragraph("Ours.")
    assert document_of("SEN", Chapter("gaps"), prose=prose)  # of a chapter that this edition leaves out
    with pytest.raises(NasssapError, match=r"text/reveiw.md: no such chapter; did you mean 'review'"):
        document_of("SEN", Chapter("gaps"), prose={"reveiw": prose["review"]})


def test_material_that_no_notebook_shows_is_named():
    with pytest.raises(
        NasssapError, match="chapter gaps: material: no such exhibit '01.procces'; did you mean '01.process'"
    ):
        document_of("SEN", Chapter("gaps", material=("01.procces",)))


def test_the_title_page_says_what_it_stands_on():
    document = document_of("SEN", Chapter("review"), language="fr")
    facts = dict(document.facts)
    assert (document.language, document.country, document.fictional) == ("fr", "Sénégal", False)
    assert facts["Empreinte des données"] == pack_of("SEN").digest[:16] and facts["Année de référence"] == "2025"
    assert (
        document.claim.startswith("Document de travail technique") and document_of("XTC", Chapter("review")).fictional
    )


def test_texts_that_stand_in_english_are_counted_on_the_title_page():
    chapter = Chapter("process", material=("01.process", "01.history"))
    document = document_of("XTC", chapter, language="fr")
    assert ("En anglais", f"{len(document.english)} textes sans traduction") in document.facts
    assert len(document.english) > 10
    assert document.english <= pack_of("XTC").untranslated("fr")
    for other in (document_of("XTC", chapter), document_of("SEN", chapter, language="fr")):
        assert other.english == frozenset() and len(other.facts) == 4


def test_the_summary_has_every_finding_with_how_sure_it_is():
    document = document_of("SEN", Chapter("summary", material=("own.summary",), front=True))
    items = [item for block in blocks_of(document, Items) for item in block.items]
    told = [finding for told in recorded("SEN").findings.values() for finding in told]
    findings = [finding for finding in told if finding[2] not in TECHNICAL]
    assert len(told) == 8 and len(items) == len(findings) == 5
    assert all(any(item.startswith(what) and sure in item for item in items) for what, sure, _exhibit in findings)
    technical = Record(
        findings={"01": [("One.", "", "work")], "02": [("Two.", "", "headline"), ("Three.", "", "frontier")]}
    )
    outline = Outline((Chapter("summary", material=("own.summary",), front=True),))
    first = compose_document(pack_of("SEN"), technical, outline).sections[0].blocks
    assert [block.items for block in first if isinstance(block, Items)] == [
        ("Two.",),
        ("One.",),
    ]  # who is not covered comes first


def test_tables_without_a_row_are_named_in_one_sentence_and_those_of_faults_in_none():
    empty = ReportTable(pd.DataFrame({"a": []}), "Targets")
    record = Record(
        {place: Exhibit(place, replace(empty, title=place)) for place in ("06.a", "06.b", "05.order_breaks")}
    )
    outline = Outline((Chapter("assumptions", material=("06.a", "05.order_breaks", "06.b")),))
    (note,) = compose_document(pack_of("SEN"), record, outline).sections[0].blocks
    assert (note.text, note.kind) == ("Nothing in the data of the country on: 06.a; 06.b.", NOTE)


def test_a_picture_of_nothing_is_told_once():
    told = Exhibit("04.a", None, "Rate: n/a, no account.", said=("No rate can be shown.",))
    record = Record({"04.a": told, "04.b": replace(told, place="04.b", said=())})
    outline = Outline((Chapter("assumptions", material=("04.a", "04.b")),))
    blocks = compose_document(pack_of("SEN"), record, outline).sections[0].blocks
    assert [(block.text, block.kind) for block in blocks] == [
        ("No rate can be shown.", TEXT), ("Rate: n/a, no account.", NOTE),
    ]  # fmt: skip


def test_an_exhibit_may_stand_alone():
    document = document_of("SEN", Chapter("monitoring", material=("06.sheets.alone",)))
    assert [type(block) for block in document.sections[0].blocks] == [Table]


def test_every_chapter_of_the_suite_has_a_title():
    assert all(isinstance(document_of("SEN", Chapter(name)).sections[0], Section) for name in TITLES)


def test_an_edition_has_its_number_and_an_annex_on_what_changed():
    now = pack_of("XTC")
    before = replace(
        now.copy(), activities=now.activities.assign(end=now.activities["end"].replace("2026-12", "2026-11"))
    )
    outline = with_changes(Outline((Chapter("review", material=("06.review_terms",)),)))
    document = compose_document(now, recorded("XTC"), outline, imprint=Imprint("2", before, "1"))
    assert document.facts[0] == ("Edition", "2") and document.sections[-1].number == "A"
    (table,) = [block for block in document.sections[-1].blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for row in table.grid.rows][0][-2:] == ["2026-11", "2026-12"]
    assert f"Compared with edition 1, whose data have the digest {now.digest[:16]}." in told(document)
    same = compose_document(now, recorded("XTC"), outline, imprint=Imprint(before=now))
    assert [type(block) for block in same.sections[-1].blocks] == [Paragraph, Paragraph]
    assert f"Compared with the edition whose data have the digest {now.digest[:16]}." in told(same)


def test_what_changed_beside_the_plan_is_not_passed_over():
    """An assumption that was lowered and a figure that no target names are changes, though no cell of the plan is another one."""
    now, outline = pack_of("XTC"), with_changes(Outline((Chapter("review", material=("06.review_terms",)),)))
    before = replace(now.copy(), measures=now.measures.assign(amount_low=now.measures["amount_low"] / 2))
    document = compose_document(now, recorded("XTC"), outline, imprint=Imprint("2", before, "1"))
    assert told(document)[1:] == [
        "Nothing changed in plan, targets and their figures since the edition that was approved.",
        "Other tables of the country's data that changed: measures.csv. The command nasssap compare names every figure of them.",
    ]
    dated = replace(now.copy(), settings=replace(now.settings, reference_year=2024), facts=now.facts.iloc[1:])
    document = compose_document(now, recorded("XTC"), outline, imprint=Imprint("2", dated, "1"))
    assert "changed: country.toml; indicators.csv." in told(document)[2]
    document = compose_document(now, recorded("XTC"), outline, imprint=Imprint("2", now.copy(), "1"))
    assert len(told(document)) == 2


@pytest.mark.parametrize(("then", "changed"), [(None, False), ("a" * 64, False), ("b" * 64, True), ("", True)])
def test_a_document_with_prose_has_its_digest_and_says_that_it_changed(then, changed):
    """A bundle of old carries no prose: of what is not known nothing is said."""
    now, outline = pack_of("XTC"), with_changes(Outline((Chapter("review", material=("06.review_terms",)),)))
    document = compose_document(now, recorded("XTC"), outline, imprint=Imprint("2", now, "1", "a" * 64, then))
    assert ("Digest of the prose", "a" * 16) in document.facts
    assert ("The ministry's own prose is another one than in that edition." in told(document)) is changed


def told(document) -> list[str]:
    return [block.text for block in document.sections[-1].blocks if isinstance(block, Paragraph)]


COUNTED = {
    "01_evidence",
    "01_figures_to_collect",
    "06_moved",
    "06_delayed",
}  # rows of the pack are counted: no figure of anybody


@pytest.mark.parametrize("country", ["XTC", "SEN"])
def test_every_table_and_picture_of_figures_says_where_they_come_from(country):
    record = recorded(country)
    tables = [place for place, exhibit in record.exhibits.items() if isinstance(exhibit.thing, ReportTable)]
    document = document_of(country, Chapter("process", material=tuple(tables)))
    shown = [table for table in blocks_of(document, Table) if any(column.numeric for column in table.grid.columns)]
    assert len(shown) > 12
    assert {table.anchor for table in shown if not table.source} <= COUNTED
    pictures = [
        exhibit.thing for exhibit in record.exhibits.values() if hasattr(exhibit.thing, "texts") and not exhibit.nothing
    ]
    assert len(pictures) > 5
    assert all(any(text.get_text().startswith("Source: ") for text in picture.texts) for picture in pictures)


def test_no_two_places_of_a_document_have_one_name():
    chapters = [
        Chapter(name, material=(f"own.{name}",)) for name in ("acronyms", "risks", "request", "sources", "options")
    ]
    document = document_of("XTC", *chapters)
    places = [section.anchor for section in document.walk()]
    places += [
        block.anchor for section in document.walk() for block in section.blocks if isinstance(block, Table | Figure)
    ]
    assert len(places) == len(set(places)) > 25
