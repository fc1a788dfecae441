"""Small pieces of sentences, in English and where another language needs other forms."""

import pytest

from nasssap_lib.display.texts import in_language
from nasssap_lib.display.words import (
    amount_words,
    capital,
    counted,
    join_words,
    money_words,
    small_first,
    small_share,
    without_subject,
)
from nasssap_lib.terms import UNITS

NAN = float("nan")


@pytest.mark.parametrize("text", ["", "à part", "ÉTAT", "1 figure"])
def test_first_letters_change_and_nothing_else(text):
    assert small_first(capital(text)) == small_first(text)
    assert capital(small_first(text)) == capital(text)
    assert capital(text)[1:] == small_first(text)[1:] == text[1:]


def test_a_number_agrees_with_what_it_counts_as_each_language_has_it():
    """None is plural in English and singular in French."""
    one, many = "{n} figure", "{n} figures"
    assert [counted(n, one, many) for n in (0, 1, 2)] == ["0 figures", "1 figure", "2 figures"]
    with in_language("qps"):
        assert counted(2000, one, many) == "⟦2,000 figures⟧"


def test_a_list_takes_whatever_can_be_gone_through_once():
    assert join_words(name for name in ("a", "b")) == "a and b"
    assert join_words(iter(())) == ""
    with in_language("fr"):
        assert join_words(["a", "b", "c"]) == "a, b et c"


@pytest.mark.parametrize("unit", UNITS)
def test_an_amount_in_every_unit_is_written_and_one_that_is_not_known_is_a_word(unit):
    assert "7" in amount_words(7.0, unit, "XOF")
    assert "{" not in amount_words(7.0, unit, "XOF")
    assert amount_words(NAN, unit, "XOF") == amount_words(None, unit) == "n/a"


def test_money_names_its_currency_or_says_that_it_is_the_countrys():
    assert amount_words(25_000, "lcu_per_quarter", "XOF") == "25,000 XOF a quarter"
    assert amount_words(25_000, "lcu_per_quarter") == "25,000 national currency a quarter"


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "0\xa0%"), (0.000051, "0.01\xa0%"), (0.00005, "below 0.01\xa0%"), (1.0, "100\xa0%")]
)
def test_what_rounds_to_nothing_is_not_zero(share, text):
    assert small_share(share) == text


@pytest.mark.parametrize(
    ("billions", "written"),
    [
        (1.0, "1 billion HNL"), (0.9996, "999.6 million HNL"), (-0.05, "-50 million HNL"), (0.0031557, "3.16 million HNL"),
        (0.00025, "250,000 HNL"), (0.0, "0 HNL"), (float("nan"), "n/a"),
    ],
)  # fmt: skip
def test_money_is_written_in_the_unit_that_fits_it(billions, written):
    assert money_words(billions, "lcu_billion", "HNL").replace("\N{MINUS SIGN}", "-") == written


def test_a_subject_before_its_colon_is_left_out_as_each_language_writes_it():
    assert without_subject("Sénégal\N{NO-BREAK SPACE}: cinq étapes", "Sénégal") == "Cinq étapes"
    assert without_subject("Honduras: cinco pasos", "Honduras") == "Cinco pasos"
    for kept in ("Mali: few", "Senegal, benefits: few", "Senegal", ""):
        assert without_subject(kept, "Senegal") == kept
