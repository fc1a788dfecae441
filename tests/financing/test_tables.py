"""Tables of the eight options, of space, gap and payers for readers, in three languages."""

import pytest
from financing_story import financed
from stories import FIRST_THEN_ALL

from nasssap_lib.costing.milestones import Milestones
from nasssap_lib.display.texts import in_language
from nasssap_lib.financing.tables import gap_table, options_table, payers_table, space_table


def tables_of(country: str) -> list:
    story = financed(country)
    years = [story.at.mature, story.at.last]
    return [
        options_table(story.options, story.pack.codebook), space_table(story.space, years), payers_table(story.payers, story.at),
        gap_table(story.gap, years, story.pack.settings.currency),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_they_can_be_written_in_every_language(country, language):
    with in_language(language, financed(country).pack.translations(language)):
        pages = [table._repr_html_() for table in tables_of(country)]
    assert all(">nan<" not in page and "&lt;NA&gt;" not in page and "{" not in page for page in pages)


def test_every_option_stands_once_with_its_rows_below_it():
    table = options_table(financed("HND").options, financed("HND").pack.codebook)
    heads = [cell for cell in table.rows["of"] if cell]
    assert heads[0] == "1 Re-allocating public expenditure" and len(heads) == 8
    row = table.rows[table.rows["item"] == "headroom"].iloc[0]
    assert (row["told"], row["what"]) == ("2.28 points of GDP", "Tax revenue below its own highest of ten years")
    assert "17.34 % of GDP in 2015" in row["remark"].replace("\N{NO-BREAK SPACE}", " ") and row["when"] == "2020"
    debt = table.rows[table.rows["id"] == "external_debt_present_value_gni"].iloc[0]
    assert debt["told"].endswith("of national income")


def test_a_proposal_stands_with_its_range_and_years():
    table = options_table(financed("XTC").options, financed("XTC").pack.codebook).rows.set_index("id")
    told = [table.loc["reserves", name].replace("\N{NO-BREAK SPACE}", " ") for name in ("told", "ends")]
    assert told == ["0.2 % of GDP", "0.1 % to 0.3 %"]
    assert (table.loc["reserves", "when"], table.loc["sugar", "when"]) == (
        "once, 2027 to 2029",
        "every year, from 2027",
    )


def test_the_gap_stands_beside_what_it_is_made_of():
    story = financed("XTC")
    rows = gap_table(story.gap, [story.at.last], "XTS").rows
    assert rows["year"].tolist() == [story.at.last] and rows["money"].tolist() == ["n/a"]
    assert rows["no_money"].tolist() == [f"no GDP was published for {story.at.last}"]
    known = gap_table(story.gap, [story.gap["year"].min()], "XTS").rows
    assert known["no_money"].tolist() == [""] and known["money"].iat[0] != "n/a"
    assert rows["gross_words"].iat[0].startswith("gross ")
    assert len(gap_table(story.gap, [2030], "XTS").data) == len(story.gap)


def test_space_says_what_is_not_counted_and_who_pays_ends_with_nobody():
    story = financed("XTC")
    rows = space_table(story.space, [2030]).rows.set_index("id")
    assert rows.loc["room", "pays"] == "counts" and rows.loc["credit", "pays"] == "does not count"
    assert rows.loc["credit", "of"] == "Aid and transfers from partners; 2028 to 2030"
    assert "counted once" in space_table(story.space, [2030])._repr_html_()
    names = payers_table(story.payers, story.at).rows["name"].tolist()
    assert names[-1] == "Nobody pays for it yet" and "Increasing tax revenue" in names
    assert space_table(financed("SEN").space, [2030]).rows.empty
    assert payers_table(story.payers, None).rows.empty
    assert len(payers_table(story.payers, Milestones(2027, 2031, 2031)).views) == 3
