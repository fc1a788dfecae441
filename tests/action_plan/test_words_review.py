"""Sentences on a periodic review, against the review by hand in test_review."""

import re

import pandas as pd
import pytest
from plans import plan_of
from stories import pack_of

from nasssap_lib.action_plan.review import review_plan
from nasssap_lib.action_plan.words_review import (
    changes_sentence,
    moved_sentence,
    progress_title,
    proposal_sentence,
    review_answer,
    slipped_sentence,
)
from nasssap_lib.display.texts import in_language


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("country", ["XTC", "SEN"])
def test_findings_are_whole_sentences(country, language):
    pack = pack_of(country)
    with in_language(language, pack.translations(language)):
        findings = review_answer(review_plan(pack))
    assert [exhibit for *_words, exhibit in findings] == (["progress"] if country == "XTC" else ["review_terms"])
    assert all(words.endswith(".") and not re.search(r"\bnan\b|<NA>|[{}]", words + sure) for words, sure, _ in findings)


def test_what_slipped_and_what_it_moves():
    review = review_plan(pack_of("XTC"))
    assert (
        slipped_sentence(review)
        == "Of 13 activities 1 slipped: “Register households on demand in all districts” (2 months)."
    )
    words = moved_sentence(review)
    assert (
        "“Link the register with birth registration”" in words
        and "“Register" not in words
        and "No option starts later" in words
    )
    assert "a proposal" in proposal_sentence(review)
    assert progress_title(review.progress, "T") == "T: 1 activity of 13 slipped"


def test_an_option_that_is_put_off_has_its_new_year():
    # ready in December 2027 as planned, three months later now: 2028 (by hand in test_review)
    review = review_plan(plan_of("a 2025-01 2027-11", a={"measure": "pension_65", "progress": 9 / 35}))
    assert moved_sentence(review) == "Put off by it: “Older Citizens' Pension from 65 on” (2028)."


def test_where_nothing_slipped_or_nothing_is_known():
    calm = review_plan(plan_of("a 2026-01 2026-12"))
    assert (
        slipped_sentence(calm) == "The 1 activity has not slipped."
        and moved_sentence(calm) == ""
        and proposal_sentence(calm) == ""
    )
    silent = review_plan(plan_of("a 2025-01 2026-12", "b 2026-01 2026-12", a={"progress": float("nan")}))
    assert slipped_sentence(silent) == "None of 2 activities slipped. Of 1 no progress is known."
    none = review_plan(pack_of("SEN"))
    assert (slipped_sentence(none), moved_sentence(none), proposal_sentence(none)) == ("", "", "")


def test_changes_are_counted_by_kind():
    changes = pd.DataFrame({"change": ["moved", "moved", "measured"]})
    assert (
        changes_sentence(changes)
        == "3 cells changed since the edition that was approved (moved in time: 2 and measured again: 1)."
    )
