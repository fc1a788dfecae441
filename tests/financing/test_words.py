"""Sentences on who pays, against the numbers of the tables that they speak of."""

import re

import numpy as np
import pandas as pd
import pytest
from financing_story import financed
from stories import FIRST_THEN_ALL

from nasssap_lib.display.numbers import format_number, format_share
from nasssap_lib.display.texts import in_language
from nasssap_lib.financing import words
from nasssap_lib.financing.options import tax_headroom


def all_sentences(country: str) -> list[str]:
    told = financed(country)
    return [
        words.options_sentence(told.options), words.gap_sentence(told.gap, told.at), words.payers_sentence(told.payers, told.at),
        words.debt_sentence(told.debt), words.weight_sentence(told.revenue, told.aid), words.labour_sentence(told.labour),
        words.staff_sentence(told.staff), words.burden_note(), words.financing_notes(),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_every_sentence_is_whole_in_every_language(country, language):
    pack = financed(country).pack
    with in_language(language, pack.translations(language)):
        sentences = all_sentences(country)
    for told in sentences:
        assert told.endswith(".") and not re.search(r"\bnan\b|\{|n/a", told), told


def test_the_gap_sentence_says_what_the_table_holds():
    told = financed("XTC")
    sentence = words.gap_sentence(told.gap, told.at)
    for year in (told.at.mature, told.at.last):
        row = told.gap.set_index("year").loc[year]
        assert (
            f"{year}: cost {format_share(row['cost'], 2)} of GDP, of which {format_share(row['space'], 2)} is paid for"
            in sentence
        )
        assert f"{format_share(row['gap'], 2)} is missing" in sentence


@pytest.mark.parametrize("country", ["HND", "LKA", "RWA", "MLI", "SEN", "XTC"])
def test_the_distance_from_the_own_maximum_is_told(country):
    told, row = words.headroom_sentence(financed(country).options), tax_headroom(financed(country).pack).iloc[0]
    if row["value"] > 0:
        assert f"{format_number(row['value'], 2)} points of GDP below that of {row['maximum_year']}" in told
    else:
        assert told == f"Tax revenue of {row['year']} is the highest of ten years ({row['years']} published)."


def test_nothing_that_pays_and_nothing_that_lacks_are_told_apart():
    story = financed("SEN")
    assert "without any finance: all of it is missing" in words.gap_sentence(story.gap, story.at)
    paid = story.gap.assign(space=story.gap["cost"], space_high=story.gap["cost"], gap=0.0)
    assert "all of it paid for" in words.gap_sentence(paid, story.at)
    assert words.gap_sentence(story.gap.assign(cost=np.nan), story.at) == words.gap_sentence(story.gap, None)


def test_parts_of_who_pays_are_those_of_the_year():
    story = financed("XTC")
    told = words.payers_sentence(story.payers, story.at)
    rows = story.payers[story.payers["year"] == story.at.mature]
    for row in rows[rows["of_cost"] >= 0.005].itertuples():
        assert format_share(row.of_cost, 0) in told
    assert "No payer is named yet for" in told
    assert words.payers_sentence(financed("SEN").payers, financed("SEN").at).startswith("No payer is named yet for 100")


def test_debt_is_told_with_and_without_the_gap_and_refused_where_it_is_not_published():
    story = financed("HND")
    row = story.debt.dropna(subset=["added"]).iloc[-1]
    told = words.debt_sentence(story.debt)
    assert (
        format_share(row["debt_with_gap"]) in told
        and format_share(row["debt"]) in told
        and str(int(row["year"])) in told
    )
    assert "is not said" in words.debt_sentence(financed("LKA").debt)
    low = story.debt.assign(added=0.0)
    assert "At the central values nothing" in words.debt_sentence(low)
    assert "Nothing would have to be borrowed" in words.debt_sentence(low.assign(added_high=0.0))


def test_weight_and_aid_are_those_of_the_last_published_year():
    story = financed("ZMB")
    row = story.revenue.dropna(subset=["of_revenue"]).iloc[-1]
    times = story.aid.set_index("year").loc[row["year"], "times"]
    told = words.weight_sentence(story.revenue, story.aid)
    assert format_share(row["of_revenue"]) in told and f"{format_number(times, 1)} times" in told
    assert "nothing is missing" in words.weight_sentence(story.revenue.assign(gap=0.0), story.aid)


def test_labour_cost_says_where_rates_lack():
    assert "A lower bound" in words.labour_sentence(financed("BFA").labour)
    told = words.labour_sentence(financed("RWA").labour)
    assert "A lower bound" not in told and "15.8\N{NO-BREAK SPACE}%" in told and "13.8\N{NO-BREAK SPACE}%" in told
    assert words.labour_sentence(financed("RWA").labour.iloc[:0]) == "What contributions take of a wage is not known."


def test_the_ceiling_of_the_wage_bill_is_held_or_broken():
    story = financed("XTC")
    assert "below its ceiling of" in words.staff_sentence(story.staff)
    assert "above its ceiling of" in words.staff_sentence(story.staff.assign(left=-0.001))
    assert "not known" in words.staff_sentence(financed("SEN").staff) and "not known" in words.staff_sentence(
        story.staff.iloc[:0]
    )


def test_what_is_not_counted_is_named():
    told = words.not_counted(financed("XTC").space)
    assert "More contributors to the pension fund" in told and "Longer terms for debt" in told and "subsidy" not in told
    assert words.not_counted(financed("SEN").space) == ""
    assert words.options_sentence(financed("XTC").options.query("option != 8")).startswith(
        "Proposals are made for 7 of the eight"
    )
    assert words.row_of(pd.DataFrame({"year": [2030]}), 2031) is None


def test_where_no_revenue_was_published_the_gap_is_set_against_taxes():
    story = financed("LKA")
    row = story.revenue.set_index("year", drop=False).loc[2033]  # ten years after the taxes
    told = words.weight_sentence(story.revenue, story.aid)
    assert f"is {format_share(row['of_tax'])} of taxes as they were in {row['tax_year']:.0f}" in told
    assert (
        words.weight_sentence(story.revenue.assign(of_tax=np.nan), story.aid)
        == "No revenue was published for these years."
    )
