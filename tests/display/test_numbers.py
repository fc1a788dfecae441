"""Numbers as readers of three languages expect them (Unicode CLDR: signs for decimals and thousands)."""

import pytest

from nasssap_lib.display.numbers import (
    counted_amount,
    format_number,
    format_persons,
    format_share,
    format_signed,
    people_in_words,
)
from nasssap_lib.display.texts import in_language, reason_words
from nasssap_lib.reasons import reason

NAN = float("nan")


@pytest.mark.parametrize(
    "language,number,share,persons",
    [
        ("en", "1,234.6", "29.9\xa0%", "14.1 million"),
        ("fr", "1\u202f234,6", "29,9\xa0%", "14,1 millions"),
        ("es", "1.234,6", "29,9\xa0%", "14,1 millones"),
    ],
)
def test_a_language_writes_its_own_numbers(language, number, share, persons):
    with in_language(language):
        assert format_number(1234.56) in (number, number.replace(".", "", 1) if language == "es" else number)
        assert format_share(0.299) == share
        assert format_persons(14132679) == persons


@pytest.mark.parametrize(
    ("language", "country", "number", "persons"),  # INE Honduras writes 757,000 and 45.7 %; CLDR: es_HN, es_419
    [
        ("es", "HND", "757,000.5", "2.2 millones"),
        ("es", "MEX", "757,000.5", "2.2 millones"),
        ("es", "SEN", "757.000,5", "2,2 millones"),  # CLDR has no Spanish of Senegal
        ("es", "XTC", "757.000,5", "2,2 millones"),  # of no territory
        ("fr", "SEN", "757\u202f000,5", "2,2 millions"),
        ("en", "HND", "757,000.5", "2.2 million"),
    ],
)
def test_a_country_writes_numbers_its_own_way_in_one_language(language, country, number, persons):
    with in_language(language, country=country):
        assert (format_number(757_000.5), format_persons(2_210_000)) == (number, persons)
        assert f"100{number[-2]}5" in reason_words(reason("sum_of_100", sum=100.5, parts=["A"]))
    with in_language(language):
        assert format_persons(2_210_000) == persons.replace(".", "," if language == "es" else ".")


@pytest.mark.parametrize("write", [format_number, format_share, format_signed, format_persons])
@pytest.mark.parametrize("missing", [NAN, None, float("inf")])
def test_what_is_missing_is_not_a_number(write, missing):
    assert write(missing) == "n/a"


def test_a_difference_that_rounds_to_nothing_is_not_zero():
    assert format_signed(0.0008) == "+<0.01"
    assert format_signed(-0.0008) == "−<0.01"


def test_a_fraction_is_used_only_where_it_is_near():
    assert people_in_words(0.82, "people") == "four in five people"
    assert people_in_words(0.821, "people") == "82.1\xa0% of people"


def test_words_in_numbers_are_marked_in_the_pseudo_language():
    with in_language("qps"):
        assert format_persons(14132679) == "⟦14.1 million⟧"
        assert format_number(1234.56) == "1,234.6"
        assert format_number(NAN) == "⟦n/a⟧"


@pytest.mark.parametrize(
    "persons,english,french",  # French says million for one of them, millions from two on, after rounding
    [
        (1_000_000, "1 million", "1 million"),
        (1_999_000, "2 million", "2 millions"),
        (1_500_000, "1.5 million", "1,5 million"),
    ],
)
def test_a_plural_fits_the_number_that_is_shown(persons, english, french):
    assert format_persons(persons) == english
    with in_language("fr"):
        assert format_persons(persons) == french


@pytest.mark.parametrize(
    "persons,written",
    [
        (7_145_456, "7.1 million"),  # 7.15 after a first rounding
        (6_653_492, "6.7 million"),
        (3_453_059, "3.5 million"),
        (1_249_999, "1.2 million"),  # 1.25
        (99_949_999, "99.9 million"),
        (99_960_000, "100 million"),
        (999_600, "1 million"),
        (561_987, "562,000"),
    ],
)
def test_persons_are_rounded_once_from_the_number_itself(persons, written):
    assert format_persons(persons) == written
    assert format_persons(-persons) == "−" + written


def test_a_minus_is_a_minus():
    assert format_number(-0.25, 2) == "−0.25"


@pytest.mark.parametrize("value", [-0.04, -0.0, 0.04])
def test_what_rounds_to_nothing_has_no_sign(value):
    assert format_number(value, 1) == "0" and format_share(value / 100) == "0\N{NO-BREAK SPACE}%"
    assert format_number(-0.06) == "\N{MINUS SIGN}0.1"


@pytest.mark.parametrize(("language", "told"), [("en", "0 figures"), ("fr", "0 chiffre"), ("es", "0 cifras")])
def test_nothing_of_something_agrees_as_the_language_has_it(language, told):
    with in_language(language):
        assert counted_amount(0.0, "{n} figure", "{n} figures") == told
