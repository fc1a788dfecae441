"""What a chapter shows, as messages of Jupyter: escaped, with a text for whoever does not see it, and small enough to send."""

import base64
import io

import pandas as pd
import pytest
from PIL import Image
from stories import pack_of

from nasssap_lib.chapter import output
from nasssap_lib.display.style import Caption, open_frame
from nasssap_lib.display.tables import ReportTable
from nasssap_lib.display.texts import in_language

HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture
def messages(monkeypatch):
    """What is displayed, as pairs of a bundle and its metadata."""
    found = []
    monkeypatch.setattr(output, "_display", lambda bundle, metadata=None: found.append((bundle, metadata)))
    return found


def test_words_of_a_pack_run_nowhere(messages):
    output.show_sentence(HOSTILE, "note")
    output.show_figures_of_note([(HOSTILE, HOSTILE)])
    output.show_table(ReportTable(pd.DataFrame({"a": [HOSTILE]}), HOSTILE), "Table 1.1", "t", HOSTILE)
    assert len(messages) == 3
    for bundle, _ in messages:
        assert "<img" not in bundle["text/html"] and "&lt;img" in bundle["text/html"]
        assert HOSTILE in bundle["text/plain"] or "Table 1.1" in bundle["text/plain"]


def test_a_table_names_its_sources_and_writes_missing_values_as_words(messages):
    table = ReportTable(pd.DataFrame({"a": [1.0, float("nan")]}), "T")
    output.show_table(table, "Table 1.1", "t", "ILO, 2025")
    output.show_table(table, "Table 1.2", "u", "")
    (first, _), (second, _) = messages
    assert '<p class="source">Source: ILO, 2025.</p>' in first["text/html"]
    assert "Source" not in second["text/html"]
    assert first["text/plain"].splitlines()[0] == "Table 1.1 T" and "n/a" in first["text/plain"]


def test_no_word_of_a_program_stands_for_what_is_missing_in_the_text_of_a_table(messages):
    whole = pd.array([2020, pd.NA], dtype="Int64")
    frame = pd.DataFrame({"year": whole, "mixed": [2020, pd.NA], "none": ["a", None], "value": [1.5, float("nan")]})
    output.show_table(ReportTable(frame, "T"), "Table 1.1", "t", "")
    _, _, first, second = messages[0][0]["text/plain"].splitlines()
    assert first.split() == ["2020", "2020", "a", "1.5"]
    assert second.split() == ["n/a"] * 4


def test_a_picture_has_one_text_for_all_who_do_not_see_it(messages):
    figure = open_frame("A finding", "what is measured", Caption("Testland", "S"), 1.0).figure
    output.show_picture(figure, "Figure 1.1", "anchor")
    (link, _), (picture, metadata) = messages
    assert 'id="anchor"' in link["text/html"]
    alt = "Figure 1.1. A finding. what is measured"
    assert picture["text/plain"] == metadata["nasssap"]["alt"] == metadata["image/png"]["alt"] == alt
    assert "<svg" in picture["image/svg+xml"] and "\n" not in picture["image/svg+xml"]
    image = Image.open(io.BytesIO(base64.b64decode(picture["image/png"])))
    width, height = (round(inches * 110) for inches in figure.get_size_inches())
    assert image.size == pytest.approx((width, height), abs=1)
    assert len(picture["image/png"]) < 60_000


def test_the_same_picture_gives_the_same_bytes(messages):
    for _ in range(2):
        figure = open_frame("A finding", "what is measured", Caption("Testland", "S"), 1.0).figure
        output.show_picture(figure, "Figure 1.1", "anchor")
    assert messages[1] == messages[3]


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Senegal"), ("fr", "Sénégal"), ("es", "Senegal"), ("qps", "Senegal")]
)
def test_a_country_has_its_name_in_the_language_or_in_english(language, name):
    with in_language(language):
        assert output.country_name(pack_of("SEN").settings) == name


def test_a_source_is_named_shortly_or_by_publisher_and_year():
    source = pd.Series({"short": "", "publisher": "ILO", "year": 2025})
    assert output.short_reference(source) == "ILO, 2025"
    assert output.short_reference(source.replace({2025: pd.NA})) == "ILO"
    assert output.short_reference(pd.Series({**source, "short": "ILO WSPD"})) == "ILO WSPD"
