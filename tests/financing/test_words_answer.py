"""The answer of the second half of the chapter, against the numbers of the tables that it speaks of."""

import re

import numpy as np
import pytest
from financing_story import financed
from stories import FIRST_THEN_ALL

from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.texts import in_language
from nasssap_lib.financing.package import Financing
from nasssap_lib.financing.words_answer import financing_answer


def answer_of(country: str, **changes):
    story = financed(country)
    given = vars(story) | changes
    return financing_answer(Financing(*(given[name] for name in Financing._fields)), given["at"])


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_two_findings_that_fit_behind_three_of_the_costs(country, language):
    with in_language(language, financed(country).pack.translations(language)):
        findings = answer_of(country)
    assert [exhibit for *_words, exhibit in findings] == ["financing_gap", "financing_options"]
    assert all(
        part.endswith(".") and not re.search(r"\bnan\b|n/a|{", part)
        for words, sure, _ in findings
        for part in (words, sure)
    )


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_it_begins_with_what_is_missing_when_all_have_grown_up(country):
    story = financed(country)
    row = story.gap.set_index("year").loc[story.at.mature]
    words = answer_of(country)[0][0]
    assert str(story.at.mature) in words and format_share(row["cost"], 1) in words
    assert ("nothing that would pay" in words) == (row["space_high"] == 0)
    assert format_share(story.gap["gap"].iat[-1], 1) in words


def test_who_pays_is_open_where_nothing_is_proposed():
    words, sure, _ = answer_of("HND")[1]
    assert words.startswith("Who pays is open") and "2.28 points of GDP below that of 2015" in words
    assert "of government revenue" in sure and "times what they gave" in sure


def test_what_is_paid_for_at_first_and_missing_later_is_told():
    story = financed("XTC")
    gap = story.gap.assign(gap=np.where(story.gap["year"] < 2040, 0.0, story.gap["gap"]))
    words = answer_of("XTC", gap=gap)[0][0]
    assert "is paid for at the central values" in words and "From 2040 on something is missing" in words


def test_a_lower_bound_says_so():
    gap = financed("XTC").gap.assign(reason='sum_without {"options": ["A"]}')
    assert "A lower bound" in answer_of("XTC", gap=gap)[0][1]


def test_what_is_missing_is_told_of_the_last_year_in_which_the_cost_of_all_is_known():
    story = financed("SEN")
    lost = np.where(
        story.gap["year"] < story.at.mature, 'sum_without {"options": ["B"]}', 'sum_without {"options": ["A", "B"]}'
    )
    words = answer_of("SEN", gap=story.gap.assign(reason=lost))[0][0]
    cost = story.gap.set_index("year").loc[2030, "cost"]
    assert words.startswith("All of the ") and format_share(cost, 1) in words and "cost in 2030 is missing" in words
    assert words.endswith("From 2031 on, the cost of “A” is not known.")
    always = answer_of("SEN", gap=story.gap.assign(reason='sum_without {"options": ["B"]}'))[0][0]
    assert "cost in 2031 is missing" in always and "not known" not in always


def test_a_cost_that_is_net_says_so_beside_the_gross_one_of_the_findings_before_it():
    row = financed("LKA").gap.set_index("year").loc[2031]
    assert row["gross"] > row["cost"] and f"gross {format_share(row['gross'], 1)}" in answer_of("LKA")[0][1]
    assert "net of what" not in answer_of("HND")[0][1]  # nothing is replaced there


def test_nothing_is_made_up_where_no_cost_is_known():
    (only,) = answer_of("SEN", gap=financed("SEN").gap.assign(cost=np.nan))
    assert only[0] == "What is missing is not known, for no option can be costed." and only[2] == "financing_options"
