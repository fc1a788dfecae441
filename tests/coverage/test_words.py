"""Sentences on coverage: what they say, in English and where a text would be missing in another language."""

import pandas as pd
import pytest
from pseudo_language import untranslated
from stories import pack_of

from nasssap_lib.coverage import words
from nasssap_lib.coverage.gaps import coverage_gaps, coverage_trend, project_status_quo
from nasssap_lib.coverage.legal import LAW_AND_FACT, STATES, employment_injury_law_and_fact
from nasssap_lib.coverage.quintiles import coverage_by_quintile
from nasssap_lib.coverage.standards import BOUND, compare_with_c102
from nasssap_lib.coverage.tables import gap_table
from nasssap_lib.display.texts import in_language
from nasssap_lib.schemes.registers import outgrown_rates


def sentences(country: str) -> list[str]:
    """All sentences and titles on a country."""
    pack = pack_of(country)
    gaps, name, now = coverage_gaps(pack), country, pack.settings.reference_year
    projection, injury = project_status_quo(pack), employment_injury_law_and_fact(pack)
    quintiles, standards = coverage_by_quintile(pack), compare_with_c102(pack)
    unknown = gaps.assign(effective_coverage=float("nan"), gap=float("nan"), gap_share=float("nan"))
    known = injury.assign(share=injury["share"].fillna(0))
    return [
        words.headline_title(gaps, name),
        words.headline_title(unknown, name),
        words.headline_title(gaps.assign(nowcast_year=2040), name),
        words.headline_sentence(gaps, name),
        words.headline_sentence(unknown, name),
        words.evidence_sentence(gaps, now),
        *(text for figure in words.key_figures(gaps) for text in figure),
        words.coverage_title(gaps, name),
        words.coverage_title(unknown, name),
        words.gap_sentence(gaps),
        words.projection_title(projection, name),
        words.projection_title(projection.assign(gap=float("nan")), name),
        words.sex_title(gaps, name),
        words.sex_sentence(gaps, name),
        words.sex_title(unknown, name),
        words.sex_sentence(unknown, name),
        words.trend_sentence(coverage_trend(pack)),
        words.register_sentence(outgrown_rates(pack_of("ZMB"))),
        words.law_and_fact_title(known, name),
        words.law_and_fact_title(known.assign(basis="bounds"), name),
        words.law_and_fact_sentence(injury.assign(basis="bounds", share_high=0.5, reason="no_text_of_law")),
        words.law_and_fact_sentence(known.assign(reason="")),
        words.law_and_fact_sentence(injury.assign(reason="no_rate")),
        words.c102_sentence(standards, name),
        words.c102_sentence(standards.assign(covered=float("nan"), reason="no_rate_or_wage_share"), name),
        words.quintile_title(quintiles, name),
        words.quintile_title(quintiles.assign(coverage=float("nan")), name),
    ]


@pytest.mark.parametrize("country", ["SEN", "XTC"])
def test_no_sentence_is_glued_together_or_left_out_of_the_catalogue(country):
    with in_language("qps"):
        assert untranslated(sentences(country), pack_of(country)) == []


def test_every_code_has_words():
    assert list(words.LAW_STATES) == list(STATES)
    assert list(words.LAW_AND_FACT) == list(words.LAW_AND_FACT_BOUNDS) == list(LAW_AND_FACT)
    assert list(words.BOUND) == list(BOUND)
    assert sorted(words.READINGS) == sorted(project_status_quo(pack_of("SEN"), [2030])["reading"].unique())


def test_senegal_in_english():
    pack = pack_of("SEN")
    gaps = coverage_gaps(pack)
    assert words.headline_title(gaps, "Senegal") == (
        "Four in five people in Senegal neither receive a cash benefit nor contribute to a scheme"
    )
    assert words.headline_sentence(gaps, "Senegal") == (
        "In 2022, 19.9\xa0% of the population of Senegal received at least one cash benefit or contributed to a scheme; "
        "14.1 million people did not. Contributors count as covered, whether or not they receive anything; health care is not "
        "counted. If the rate has stayed as it was, 15.2 million people are without in 2025 (estimated)."
    )
    assert words.gap_sentence(gaps).endswith(
        "It cannot for persons with severe disabilities and vulnerable persons: the table says why."
    )


def test_one_group_of_old_evidence_agrees_with_its_verb():
    gaps = coverage_gaps(pack_of("SEN"))
    one = gaps[gaps["group"] == "children"]
    assert words.evidence_sentence(one, 2030).startswith(
        "One of 1 groups rests on an observation older than five years"
    )
    assert "older" not in words.evidence_sentence(one, 2020), "nothing is said of none"


def test_a_missing_rate_gives_no_key_figures():
    gaps = coverage_gaps(pack_of("SEN")).assign(effective_coverage=float("nan"))
    assert words.key_figures(gaps) == []


def test_senegal_is_set_beside_c121_that_it_ratified():
    table = compare_with_c102(pack_of("SEN"))
    sentence = words.c102_sentence(table, "Senegal")
    undated = words.c102_sentence(table.assign(ratified=pd.NA), "Senegal")
    assert "C121 (ratified, year not read) replaces" in undated
    assert "C121 (ratified, 1966) replaces Part VI of Convention No. 102 and asks for 100\xa0%." in sentence
    assert "Part VI of Convention No. 102 asks for 50\xa0% (not ratified)." in words.c102_sentence(
        compare_with_c102(pack_of("BFA")), "Burkina Faso"
    )


def test_the_law_of_zambia_is_given_in_bounds():
    sentence = words.law_and_fact_sentence(employment_injury_law_and_fact(pack_of("ZMB")))
    assert sentence == (
        "Of all employed persons, at least 73.4\xa0% are not named by the law, and at most 14.4\xa0% are named and not covered in "
        "fact: public servants are excluded by name (WCFCB), and how many they are was not published."
    )


def test_an_old_survey_is_told_in_the_past():
    """ASPIRE, Zambia 2015."""
    title = words.quintile_title(coverage_by_quintile(pack_of("ZMB")), "Zambia")
    assert (
        title
        == "In Zambia, social assistance reached 0.6\xa0% of the poorest fifth and 2.4\xa0% of the richest in 2015"
    )


def test_a_headline_of_long_ago_is_told_in_the_past():
    gaps = coverage_gaps(pack_of("SEN")).assign(nowcast_year=2028)  # observed in 2022
    assert words.headline_title(gaps, "Senegal") == (
        "Four in five people in Senegal neither received a cash benefit nor contributed to a scheme in 2022"
    )


def test_children_are_girls_and_boys():
    """XTC, edition 2025, year 2024: children 11.35 and 11.63 %; older persons 28.96 and 40.97 %."""
    gaps = coverage_gaps(pack_of("XTC"))
    title = words.sex_title(gaps, "Zephyria")
    assert "older persons" in title and title.endswith("girls less than boys")
    only = gaps[gaps["group"] == "children"]
    assert words.sex_title(only, "Zephyria") == "Zephyria: girls were reached less than boys"
    names = gap_table(gaps).shown["group_words"].tolist()
    assert "Children, girls" in names and "Older persons, women" in names
    assert not any("Children" in name and "women" in name for name in names)


def test_the_trend_of_zambia():
    assert words.trend_sentence(coverage_trend(pack_of("ZMB"))) == (
        "In this one edition the rate was 15.3\xa0% in 2015, 24.6\xa0% in 2019 and 30.3\xa0% in 2021."
    )
    assert words.trend_sentence(coverage_trend(pack_of("ZMB")).head(0)) == ""


@pytest.mark.parametrize(
    ("country", "title"),
    [
        # UNSD, Senegal: no rate by group after 2019; poor persons 32 %, which the register of that year contradicts
        (
            "SEN",
            "Of the rates that nothing contradicts, SEN reached older persons most, at 29.9\xa0% in 2019; in 2020 the unemployed "
            "had no scheme in law",
        ),
        # Zambia: children 21.1 % in 2016 are too old; vulnerable persons 19.8 % in 2020: outgrown
        (
            "ZMB",
            "Of the groups observed since 2020, ZMB reached older persons most, at 7.8\xa0% in 2020; in 2020 the unemployed had "
            "no scheme in law",
        ),
    ],
)
def test_the_group_reached_most_is_told_in_the_past_and_recent_where_one_is(country, title):
    assert words.coverage_title(coverage_gaps(pack_of(country)), country) == title
