"""When two names are the same."""

import unicodedata

import pytest

from nasssap_lib.names import alike, one_form

NAME = "Confédération des travailleurs"


@pytest.mark.parametrize(
    "typed",
    [unicodedata.normalize("NFD", NAME), NAME.upper(), f"  {NAME} ", NAME.replace(" ", "\N{NO-BREAK SPACE}"),
     "Confederation  des travailleurs", NAME.replace(" ", " \N{ZERO WIDTH SPACE}"), NAME.replace(" ", "\n")],
)  # fmt: skip
def test_what_a_reader_takes_for_one_name_is_one(typed):
    assert alike(typed) == alike(NAME)


@pytest.mark.parametrize(
    "pair", [("Unions", "Union"), ("கி", "கு"), ("कि", "कु"), ("Employers 1", "Employers 2"), ("اتحاد", "اتحاف")]
)
def test_other_names_stay_other_names_in_every_script(pair):
    assert alike(pair[0]) != alike(pair[1])


def test_a_name_is_stored_in_one_form_with_its_accents():
    assert one_form(unicodedata.normalize("NFD", f" {NAME}\n")) == NAME
    assert one_form("good\u200b for\u202e all\u200d") == "good for all"
    assert one_form("ශ්\u200dරී ලංකා") == "ශ්\u200dරී ලංකා"
