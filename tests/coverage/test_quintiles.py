"""Coverage by fifth of the population: one year where one has all five, else each with its own."""

from dataclasses import replace

import pandas as pd
import pytest
from small_pack import write_small_pack
from stories import pack_of

from nasssap_lib.coverage.quintiles import coverage_by_quintile
from nasssap_lib.coverage.words import register_sentence
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.schemes.registers import outgrown_rates

ASPIRE = "aspire_coverage_all"


def test_a_fifth_that_was_not_published_keeps_its_row_and_says_why():
    pack = pack_of("SEN")
    table = coverage_by_quintile(pack.with_tables(facts=pack.facts[pack.facts["breakdown"] != "q3"]))
    row = table.set_index("quintile").loc["q3"]
    assert table["quintile"].tolist() == ["q1", "q2", "q3", "q4", "q5", "total"]
    assert pd.isna(row["coverage"]) and row["reason"] == "not_published"


def fifths(pack, years: dict[str, int], **more):
    """The pack with one survey figure a fifth: 10 % for q1, 20 % for q2 …, each of its year."""
    row = pack.facts.iloc[[0]].assign(
        indicator=ASPIRE, group="total", sex="total", area="", unit="percent", source="NEW"
    )
    names = [row.assign(breakdown=name, year=year, value=10.0 * int(name[1])) for name, year in years.items()]
    return replace(
        pack, facts=pd.concat([pack.facts, *names, *(row.assign(**one) for one in more.values())], ignore_index=True)
    )


def test_one_year_is_taken_where_it_has_all_five_even_if_some_have_newer_ones(tmp_path):
    pack = read_pack("XTS", write_small_pack(tmp_path).parent)
    all_of_2018 = fifths(pack, {f"q{n}": 2018 for n in range(1, 6)})
    table = coverage_by_quintile(fifths(all_of_2018, {"q5": 2021}), ASPIRE)
    assert table["year"].tolist() == [2018] * 6
    assert table["coverage"].tolist()[:5] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5])
    assert pd.isna(table["coverage"].iat[5]) and table["reason"].iat[5] == "not_published"  # no figure for all of 2018


def test_where_no_year_has_all_five_each_keeps_its_own(tmp_path):
    pack = read_pack("XTS", write_small_pack(tmp_path).parent)
    table = coverage_by_quintile(fifths(pack, {"q1": 2016, "q2": 2018, "q3": 2018, "q4": 2018, "q5": 2018}), ASPIRE)
    assert table["year"].tolist()[:5] == [2016, 2018, 2018, 2018, 2018]


def test_nothing_published_is_six_rows_with_a_reason(tmp_path):
    table = coverage_by_quintile(read_pack("XTS", write_small_pack(tmp_path).parent), ASPIRE)
    assert table["quintile"].tolist() == ["q1", "q2", "q3", "q4", "q5", "total"]
    assert table["coverage"].isna().all() and set(table["reason"]) == {"not_published"}


def test_a_register_that_grew_sevenfold_contradicts_the_survey():
    """Zambia, social cash transfer: 180,261 households in 2015, the year of the survey; 1.3 million in 2024."""
    sentence = register_sentence(outgrown_rates(pack_of("ZMB")))
    assert "Since the survey of 2015" in sentence
    assert "SCT from 180,000 households in 2015 to 1.3 million in 2024" in sentence
    assert sentence.endswith("doubtful for today.")


@pytest.mark.parametrize("country", ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "XTC"])
def test_other_registers_do_not_contradict_theirs(country):
    """XTC, survey 2022: family grant 164,700 to 186,000 households; elsewhere no register of both times."""
    assert register_sentence(outgrown_rates(pack_of(country))) == ""
