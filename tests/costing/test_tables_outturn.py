"""The reader's table of the model against outturn, in three languages, and the committed page of the real countries."""

import sys

import pytest
from stories import ALL, pack_of

from nasssap_lib.costing.outturn import model_against_outturn
from nasssap_lib.costing.tables_outturn import not_recomputed, outturn_table
from nasssap_lib.display.texts import in_language
from nasssap_lib.pack.folders import data_root

PROJECT = data_root().parents[1]


def test_the_committed_page_is_what_the_packs_give():
    sys.path.insert(0, str(PROJECT / "tools"))
    import list_outturns

    page = (PROJECT / "docs" / "outturns.md").read_text(encoding="utf-8")
    assert page == list_outturns.compose_page(), "python3 tasks.py tables writes it anew"


def test_a_reader_sees_the_product_the_difference_and_the_explanation():
    table = outturn_table(model_against_outturn(pack_of("ZMB")), "ZMW")
    row = table.rows[table.rows["kind"] == "budget"].iloc[0]
    assert row["counted"] == "880,539 households × 110 ZMW × 12"
    assert (row["model"], row["spent"]) == ("1.16 billion ZMW", "2.3 billion ZMW")
    assert row["apart"].startswith("−49.5") and "994,000 households" in row["remark"]
    assert len(table.data) > len(table.rows)  # its CSV holds the schemes that cannot be recomputed too


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("country", ALL)
def test_it_can_be_written_in_every_language(country, language):
    pack = pack_of(country)
    with in_language(language, pack.translations(language)):
        outturn = model_against_outturn(pack)
        html, sentence = outturn_table(outturn, pack.settings.currency)._repr_html_(), not_recomputed(outturn)
    assert "nan" not in html and sentence.endswith(".")
    if country == "SEN" and language == "fr":
        assert "Pas de différence" in html and "non trouvé" in sentence


def test_nothing_is_said_where_all_is_recomputed():
    outturn = model_against_outturn(pack_of("SEN"))
    assert not_recomputed(outturn[outturn["modelled"].notna()]) == ""


def test_a_product_of_the_source_has_no_difference_to_show():
    shown = outturn_table(model_against_outturn(pack_of("HND"))).rows
    assert shown["apart"].tolist() == ["no check"]
