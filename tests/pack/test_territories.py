"""Codes of countries against those of the shipped packs, whose settings were filled by hand."""

import tomllib

import pytest

from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.territories import (
    is_territory,
    known_territories,
    territory_code,
    territory_currencies,
    territory_languages,
    territory_name,
)

CODES = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB"]


@pytest.mark.parametrize("code", CODES)
def test_what_is_known_of_a_country_is_what_its_pack_says(code):
    settings = tomllib.loads((data_root() / code / "country.toml").read_text("utf-8"))
    assert is_territory(code) and territory_code(settings["name_en"]) == code
    assert territory_name(code, "fr") == settings["name_fr"]
    assert settings["currency"] in territory_currencies(code)


def test_there_are_about_as_many_as_iso_3166_has_and_none_of_its_user_assigned_ones():
    assert 240 <= len(known_territories()) <= 260  # ISO 3166-1 has 249
    assert not [code for code in known_territories() if code[0] in "QX" or code in ("AAA", "ZZZ")]


def test_languages_have_two_letters_and_what_is_not_known_is_empty():
    assert territory_languages("ETH") == ["am"]
    assert all(len(name) == 2 for code in known_territories() for name in territory_languages(code))
    assert territory_name("GHA", "zz") == "" and territory_code("Atlantis") == ""
