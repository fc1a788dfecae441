"""Which document each option serves: what links.csv says, and nothing guessed."""

from dataclasses import replace

import pytest
from stories import ALL, pack_of

from nasssap_lib.action_plan.alignment import option_alignment


@pytest.mark.parametrize("country", ALL)
def test_every_option_has_a_row_and_every_document_is_one_of_the_pack(country):
    pack = pack_of(country)
    table = option_alignment(pack)
    assert list(dict.fromkeys(table["option"])) == pack.measures["id"].tolist()
    named = {option for cell in pack.links.get("options", []) for option in cell.split(";") if option}
    assert set(table.loc[table["title"] != "", "option"]) == named
    assert set(table["title"]) - {""} <= set(pack.links["title"])
    assert (table["title"] == "").eq(table["reason"] == "no_document_names_option").all()


def test_article_and_end_of_a_document_are_told():
    table = option_alignment(pack_of("XTC")).set_index("option")
    assert table.loc["matched_pension", ["article", "state", "reason"]].tolist() == ["Outcome 2.1", "", ""]
    assert table.loc["grant_more_poor", ["state", "reason"]].tolist() == [
        "ended",
        "no_article_told",
    ]  # 2018–2023, and it is 2025


def test_a_pack_without_the_column_has_read_none():
    pack = pack_of("SEN")
    bare = replace(pack.copy(), links=pack.links.drop(columns=["options", "article"], errors="ignore"))
    assert set(option_alignment(bare)["reason"]) == {"no_document_names_option"}
