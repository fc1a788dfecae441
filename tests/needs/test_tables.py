"""Tables of needs as a reader sees them."""

import pandas as pd
import pytest
from pseudo_language import texts_of_table, untranslated
from stories import pack_of

from nasssap_lib.display.texts import in_language
from nasssap_lib.needs import tables
from nasssap_lib.needs.assessment import assess_guarantees, codi_checklist, needs_by_group
from nasssap_lib.needs.poverty import poverty_by_line, recompute_poverty


def all_tables(country: str):
    pack = pack_of(country)
    needs = needs_by_group(pack)
    return [
        tables.assessment_table(assess_guarantees(pack), needs),
        tables.codi_table(codi_checklist(pack.findings)),
        tables.needs_table(needs),
        tables.poverty_table(poverty_by_line(pack)),
        tables.recomputed_table(recompute_poverty(pack)),
    ]


@pytest.mark.parametrize("country", ["SEN", "XTC"])
def test_no_cell_is_glued_together_or_left_out_of_the_catalogue(country):
    with in_language("qps"):
        texts = [text for table in all_tables(country) for text in texts_of_table(table)]
    assert untranslated(texts, pack_of(country)) == []


def test_result_tables_are_the_same_in_every_language():
    english = [table.data for table in all_tables("XTC")]
    with in_language("fr"):
        french = [table.data for table in all_tables("XTC")]
    for before, after in zip(english, french, strict=True):
        pd.testing.assert_frame_equal(before, after)


def test_words_for_nothing_known_are_not_translated_twice():
    """The pack's "n.d." (no date) is "s. d." in French, where the library's word for n/a is "n.d."."""
    pack = pack_of("SEN")
    with in_language("fr", {"n.d.": "s. d."}):
        page = tables.assessment_table(assess_guarantees(pack), needs_by_group(pack))._repr_html_()
    assert "s. d." not in page and page.count("<i>n.d.</i>") == 12  # four guarantees, three columns of a dialogue


def test_evidence_is_not_said_twice():
    assert (
        tables._evidence_words("no_rate", "no_rate; no_births")
        == "no published rate; no births were published for the year"
    )
    assert tables._evidence_words("recent", "") == "observed within five years"


def test_an_international_line_keeps_its_cents():
    assert tables._line_words("3.00_ppp2021") == "3.00 international dollars of 2021 a day"
    with in_language("fr"):
        assert "3,00" in tables._line_words("3.00_ppp2021")


def test_children_are_girls_and_boys():
    """XTC, edition 2025, year 2024: children 11.35 and 11.63 %; older persons 28.96 and 40.97 %."""
    shown = tables.needs_table(needs_by_group(pack_of("XTC"))).shown.set_index("group")["sexes"]
    assert shown["children"] == "girls 11.4\xa0%, boys 11.6\xa0%"
    assert shown["older_persons"] == "women 29\xa0%, men 41\xa0%"
