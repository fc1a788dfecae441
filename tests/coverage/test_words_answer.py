"""The answer of the chapter on gaps, against the numbers of the tables that it speaks of, for every country."""

import pytest
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib import coverage
from nasssap_lib.coverage.gaps import whole_groups
from nasssap_lib.coverage.words_answer import coverage_answer
from nasssap_lib.display.numbers import format_persons, format_share
from nasssap_lib.terms import QUALITIES


def parts_of(country):
    pack = pack_of(country)
    gaps = coverage.coverage_gaps(pack)
    return (
        gaps,
        coverage.employment_injury_law_and_fact(pack),
        coverage.coverage_by_quintile(pack),
        coverage.project_status_quo(pack),
    )


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_it_begins_with_the_headline_and_names_the_largest_gaps(country):
    gaps, *others = parts_of(country)
    findings = coverage_answer(gaps, *others, "Testland", pack_of(country).settings.reference_year)
    assert 2 <= len(findings) <= 5 and all(words and words.endswith(".") for words, _, _ in findings)
    row = gaps[(gaps["group"] == "at_least_one") & (gaps["sex"] == "total") & gaps["primary"]].iloc[0]
    assert findings[0][2] == "headline" and format_share(row["effective_coverage"], 1) in findings[0][0]
    rows = whole_groups(gaps[gaps["primary"] & (gaps["group"] != "at_least_one")])
    largest = rows.loc[rows["gap"].idxmax()]
    assert format_persons(largest["gap"]) in findings[1][0] and str(largest["coverage_year"]) in findings[1][0]
    assert f"of {rows['effective_coverage'].notna().sum()} rate" in findings[1][1]


def test_what_is_not_known_is_left_out():
    gaps, parts, quintiles, projection = parts_of("SEN")
    named = [exhibit for *_, exhibit in coverage_answer(gaps, parts, quintiles, projection, "Senegal", 2025)]
    assert named == ["headline", "gaps", "law_and_fact", "quintiles", "status_quo"]
    unknown = coverage_answer(
        gaps.assign(gap=float("nan")), parts.assign(share=float("nan")), quintiles.assign(coverage=float("nan")),
        projection.assign(gap=float("nan")), "Senegal", 2025,
    )  # fmt: skip
    assert [exhibit for *_, exhibit in unknown] == ["headline"]


def test_an_old_headline_is_told_as_old():
    parts = parts_of("SEN")
    told = [coverage_answer(*parts, "Senegal", year)[0][1] for year in (2025, 2040)]
    assert told == ["One published rate.", "One published rate. It is older than five years."]


def test_the_headline_is_as_sure_as_its_own_rate():
    gaps, *others = parts_of("SEN")
    first = (gaps["group"] == "at_least_one") & (gaps["sex"] == "total")
    told = {}
    for quality in QUALITIES:
        rated = gaps.assign(coverage_quality=gaps["coverage_quality"].mask(first, quality))
        told[quality] = coverage_answer(rated, *others, "Senegal", 2025)[0][1]
    assert len(set(told.values())) == 4
    assert told["observed"] == "One published rate." and "modelled" in told["estimated"]


def test_of_the_fictional_country_nothing_is_published():
    findings = coverage_answer(*parts_of("XTC"), "Zephyria", 2025)
    told = {exhibit: sure for _, sure, exhibit in findings if exhibit != "gaps"}
    assert len(told) == 4 and all("not a figure of any country" in sure for sure in told.values())
    assert "any country" not in " ".join(sure for _, sure, _ in coverage_answer(*parts_of("SEN"), "Senegal", 2025))
