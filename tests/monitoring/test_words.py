"""Sentences on monitoring, against the tables that they speak of."""

import re

import pandas as pd
import pytest
from stories import DRAWN_THEN_ALL, SPOKEN, pack_of

from nasssap_lib.display.texts import in_language
from nasssap_lib.monitoring.agreed import review_terms
from nasssap_lib.monitoring.sheets import indicator_sheets, typed_targets
from nasssap_lib.monitoring.words import (
    baselines_sentence,
    monitoring_answer,
    review_terms_sentence,
    series_words,
    take_up_sentence,
    targets_sentence,
    targets_title,
    typed_sentence,
)
from nasssap_lib.monitoring.yearly import yearly_targets

NONE = pd.DataFrame(columns=["year", "low", "baseline", "options"])


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_findings_are_whole_sentences(country, language):
    pack = pack_of(country)
    with in_language(language, pack.translations(language)):
        findings = monitoring_answer(yearly_targets(pack), indicator_sheets(pack), typed_targets(pack), False)
    assert [exhibit for *_words, exhibit in findings] == [
        "targets",
        "sheets",
        *(["typed_targets"] if country == "XTC" else []),
    ]
    assert all(words.endswith(".") and not re.search(r"\bnan\b|<NA>|[{}]", words + sure) for words, sure, _ in findings)


def test_the_greatest_rises_come_first_and_groups_without_an_option_are_counted():
    pack = pack_of("XTC")
    targets = yearly_targets(pack, {"maternity_grant": 2027, "pension_65": 2027})
    words = targets_sentence(targets, True)
    # 0.058 of mothers today, and 0.65 of the others: 0.708; older persons from 0.34 to at least 0.85 × their part of 65 and more
    assert "mothers with newborns (at least 71\N{NO-BREAK SPACE}%; 6\N{NO-BREAK SPACE}% in 2024)" in words
    assert words.index("mothers") < words.index("older persons") and "For 7 groups no option starts." in words
    assert "the roadmap commits" in words and "Did the options start" in targets_sentence(targets, False)


def test_a_group_without_a_published_rate_is_not_said_to_rise_most():
    targets = yearly_targets(pack_of("XTC"), {"maternity_grant": 2027, "pension_65": 2027})
    bare = targets.assign(baseline=targets["baseline"].mask(targets["group"] == "mothers"))
    words = targets_sentence(bare, True)
    assert words.index("older persons") < words.index("mothers with newborns") and "today not published" in words


def test_without_options_it_is_said():
    assert targets_sentence(NONE, True) == "There is no option in the country's data, so that no target follows."
    assert "no target follows" in targets_title(NONE, True, "T")


def test_a_plan_and_an_assumption_are_not_called_alike():
    targets = yearly_targets(pack_of("SEN"))
    assert "no plan" in targets_title(targets, False, "T") and "commits" in targets_title(targets, True, "T")
    assert "no plan of the country" in take_up_sentence(False) and "best order" in take_up_sentence(True)


def test_baselines_are_counted_as_the_sheets_have_them():
    sheets = indicator_sheets(pack_of("SEN"))
    outcomes = sheets[sheets["kind"] == "outcome"]
    # reference year 2025: of ten outcomes those of 2019 and 2017 are older than five years, two have no figure, nobody is named for any
    old = int((outcomes["baseline_year"] < 2020).sum())
    assert (len(outcomes), old, int(outcomes["baseline"].isna().sum())) == (10, 6, 2)
    assert baselines_sentence(sheets) == (
        "Progress is judged by 10 outcomes. 6 baselines are older than five years and 2 were never published: to be measured before a "
        "target is set. Who measures 10 of them is not agreed."
    )
    assert "last five years" in baselines_sentence(outcomes.assign(reason=""))
    assert baselines_sentence(sheets[sheets["kind"] == "output"]) == ""


def test_written_targets_are_counted_by_where_they_stand():
    words = typed_sentence(typed_targets(pack_of("XTC"), {"maternity_grant": 2027}))
    assert "The plan has 10 targets." in words and "For 4 nothing follows" in words and "1 lies below" in words
    assert "mothers" not in words and "older persons" in words
    assert typed_sentence(typed_targets(pack_of("SEN"))) == ""


def test_the_first_term_of_review_and_none():
    pack = pack_of("XTC")
    assert (
        review_terms_sentence(review_terms(pack))
        == "4 terms of review were agreed on. The first is due in 2027 (Tripartite council)."
    )
    assert "for the country to agree on" in review_terms_sentence(review_terms(pack_of("SEN")))
    assert review_terms_sentence(review_terms(pack).assign(year=pd.NA)) == "4 terms of review were agreed on."


def test_whose_figure_it_is():
    assert series_words("effective_coverage", "", "mothers", "female") == "Mothers with newborns"
    assert series_words("health_insurance_coverage", "x", "total", "total") == "Health insurance, total population"
