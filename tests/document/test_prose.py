"""A ministry's prose survives, its quotes lead to figures, and what does not is named with file and line."""

from dataclasses import replace

import pandas as pd
import pytest
from recorded import recorded
from stories import pack_of

from nasssap_lib.display.tables import ReportTable, View, write_number, write_share
from nasssap_lib.display.texts import in_language
from nasssap_lib.document.blocks import Items, Paragraph
from nasssap_lib.document.prose import _written, all_prose, prose_files, read_prose
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.folders import data_root


def read(tmp_path, text, pack=None, language="en", name="vision.md"):
    (tmp_path / "text").mkdir(exist_ok=True)
    (tmp_path / "text" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_prose(tmp_path, language, pack or pack_of("SEN"), recorded("SEN"))


def test_paragraphs_lists_and_headings_become_blocks(tmp_path):
    blocks = read(tmp_path, "# Ours\n\nOne *two*\nthree [four](https://example.org).\n\n- a\n- b\n\n1. c\n")["vision"]
    assert blocks == (
        Paragraph("Ours", "lead"),
        Paragraph("One two three four."),
        Items(("a", "b")),
        Items(("c",), numbered=True),
    )


def test_quotes_are_the_figures_of_the_pack_and_of_the_tables(tmp_path):
    # Senegal, SDG 1.3.1 of 2019: 29.9 % of older persons; and the notebook's own commitment
    told = "In {year effective_coverage older_persons} {fact effective_coverage older_persons}"
    text = f"{told}; then {{result 06.yearly_targets older_persons+2031 low}}."
    (paragraph,) = read(tmp_path, text)["vision"]
    assert paragraph.text == "In 2019 29.9\N{NO-BREAK SPACE}%; then 54.8\N{NO-BREAK SPACE}%."


def test_a_quoted_figure_is_written_as_its_table_writes_it_and_never_taken_for_a_share_by_its_size():
    data = pd.DataFrame(
        {"option": ["a"], "cost": [0.4], "money": [0.4], "low": [0.4], "start_year": [2030.0], "gap": [float("nan")]}
    )
    views = {"option": View("Option"), "cost": View("Cost", write_number), "low_2031": View("2031", write_share)}
    table = ReportTable(data, "Costs", views)
    written = [_written(table, data.iloc[0], name) for name in ("cost", "money", "low", "start_year", "gap", "option")]
    assert written == [write_number(0.4), "0.4", "40\N{NO-BREAK SPACE}%", "2030", "n/a", "a"]


def test_prose_survives_a_compilation_with_a_changed_figure(tmp_path):
    pack, text = pack_of("SEN"), "{fact effective_coverage older_persons} is ours."
    facts = pack.facts.copy()
    rows = (facts["indicator"] == "effective_coverage") & (facts["group"] == "older_persons") & (facts["year"] == 2019)
    facts.loc[rows, "value"] = 31.0
    before = read(tmp_path, text)["vision"][0].text
    after = read(tmp_path, text, replace(pack.copy(), facts=facts))["vision"][0].text
    assert (before, after) == ("29.9\N{NO-BREAK SPACE}% is ours.", "31\N{NO-BREAK SPACE}% is ours.")
    assert (tmp_path / "text" / "vision.md").read_text() == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\n\n{fact effective_covrage}", "md, line 3: {fact effective_covrage}: no such indicator; did you mean 'effective_coverage'"),
        ("{fact effective_coverage martians}", "the pack has no figure of effective_coverage for martians, total"),
        ("{figure x}", "expected fact, year or result"),
        ("{}", "expected fact, year or result"),
        ("{result 06.sheet x y}", "no such table '06.sheet'; did you mean '06.sheets'"),
        ("{result 06.sheets older_persons basline}", "no such column 'basline'; did you mean 'baseline'"),
        ("{result 06.sheets effective_coverage baseline}", "rows of 06.sheets hold 'effective_coverage', expected one"),
        ("{result 06.sheets older_persons}", "expected an exhibit, a word of the row and a column"),
        ("<script>alert(1)</script>", "text/vision.md, line 1: holds HTML"),
        ("One.\n\n- a\n- a <b>b</b>", "text/vision.md, line 4: holds HTML, '<b>'"),
        ("{fact poverty_of_martians}", "no such indicator; \\d+ are known, such as"),
        ("```\ncode\n```", "block code is not known in prose"),
        (b"One.\ncaf\xe9", "text/vision.md, line 2: expected text in UTF-8; save the file"),
        (b"a" * 300_000, "expected prose of at most"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_file_and_line(text, words, tmp_path):
    with pytest.raises(
        NasssapError, match=words.replace("(", r"\(").replace("{", r"\{").replace("}", r"\}").replace("?", r"\?")
    ):
        read(tmp_path, text)


def test_a_language_of_its_own_is_preferred_and_other_files_are_no_prose(tmp_path):
    for name in ("vision.md", "vision.fr.md", "gaps.es.md", "README.txt", "UPPER.md"):
        read(tmp_path, "x", name=name)
    assert {chapter: path.name for chapter, path in prose_files(tmp_path, "fr").items()} == {"vision": "vision.fr.md"}
    assert {chapter: path.name for chapter, path in prose_files(tmp_path, "en").items()} == {"vision": "vision.md"}
    assert [path.name for path in all_prose(tmp_path)] == ["gaps.es.md", "vision.fr.md", "vision.md"]
    assert prose_files(tmp_path / "absent", "en") == {}


def test_a_link_out_of_the_pack_is_not_followed(tmp_path):
    read(tmp_path, "x")
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "text" / "gaps.md").symlink_to(tmp_path / "secret")
    assert set(prose_files(tmp_path, "en")) == {"vision"}


def test_the_training_country_has_a_vision_in_two_languages():
    pack = pack_of("XTC")
    for language, words in (("en", "had at least one benefit"), ("fr", "au moins une prestation")):
        with in_language(language, pack.translations(language), "XTC"):
            blocks = read_prose(data_root("") / "XTC", language, pack, recorded("XTC"))["vision"]
        assert words in blocks[0].text and "16" in blocks[0].text and "{" not in blocks[0].text
