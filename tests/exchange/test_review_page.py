"""The page of a periodic review: exactly what slipped and changed, in words, safe against what a pack holds."""

from dataclasses import replace

import pytest
from stories import pack_of

from nasssap_lib.display.texts import in_language
from nasssap_lib.exchange.review_page import review_of, review_page, review_sentences


def editions():
    """The plan as approved, and today: two activities slipped, three indicators changed."""
    before = pack_of("XTC")
    plan = before.activities
    done = plan["progress"].mask(plan["id"] == "a05", 0.0)
    facts = before.facts.copy()
    newest = facts[
        (facts["year"] == 2024) & (facts["indicator"].isin(["effective_coverage"])) & (facts["breakdown"] == "")
    ]
    rows = [
        newest[(newest["group"] == group) & (newest["sex"] == "total")].index[0]
        for group in ("children", "older_persons", "at_least_one")
    ]
    facts.loc[rows, "value"] += 1.0
    return before, replace(before.copy(), activities=plan.assign(progress=done), facts=facts)


def test_two_slips_and_three_changed_indicators_are_exactly_those():
    before, now = editions()
    reviewed = review_of(now, "", before, "approved.zip")
    assert reviewed.review.progress.query("state == 'slipped'")["id"].tolist() == ["a02", "a05"]
    indicators = reviewed.changes[reviewed.changes["table"] == "indicators"]
    assert indicators["id"].tolist() == [
        "effective_coverage · at_least_one · total", "effective_coverage · children · total", "effective_coverage · older_persons · total",
    ]  # fmt: skip
    others = reviewed.changes[reviewed.changes["table"] != "indicators"]
    assert others[["id", "column"]].values.tolist() == [["a05", "progress"]]
    words = " ".join(review_sentences(reviewed))
    assert "2 slipped" in words and "4 cells changed" in words


def test_one_undone_and_its_effect_is_gone():
    before, now = editions()
    plan = now.activities
    undone = replace(now.copy(), activities=plan.assign(progress=plan["progress"].mask(plan["id"] == "a05", 0.4)))
    reviewed = review_of(undone, "", before)
    assert "a05" not in set(reviewed.review.moved["slipped"]) and set(reviewed.changes["table"]) == {"indicators"}


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_page_is_whole_without_script_and_with_words_for_its_picture(language):
    before, now = editions()
    with in_language(language, now.translations(language)):
        page = review_page(review_of(now, "", before, "approved.zip"))
    assert f'<html lang="{language}">' in page and "<script" not in page and ">nan<" not in page.lower()
    assert 'alt="' in page and "data:image/svg+xml" in page and page.count("<table") == 6 and "approved.zip" in page


def test_a_country_without_a_plan_has_a_page_that_says_so():
    page = review_page(review_of(pack_of("SEN")))
    assert "no action plan" in page and "for the country to agree on" in page and "<img" not in page


def test_hostile_names_are_escaped():
    pack = pack_of("XTC")
    hostile = replace(pack.copy(), activities=pack.activities.assign(name="<script>alert(1)</script>"))
    assert "<script>" not in review_page(review_of(hostile, "", pack, "<b>x</b>"))
