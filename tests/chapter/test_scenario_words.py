"""What a scenario changes is read in its unit and language; no code of a file stands on a page."""

import pytest
from stories import pack_of

from nasssap_lib.chapter.scenario_words import changes_in_words
from nasssap_lib.display.texts import in_language
from nasssap_lib.pack.scenario import Scenario


def changed(language="en", **parts):
    pack = pack_of("SEN")
    with in_language(language, pack.translations(language)):
        table = changes_in_words(pack, Scenario("x", "SEN", **parts))
    return {
        row.parameter: (row.baseline.replace("\xa0", " "), row.scenario.replace("\xa0", " "))
        for row in table.itertuples()
    }


def option(**changes):
    return {"measures": {"social_pension": changes}}


@pytest.mark.parametrize(
    ("changes", "before", "now"),
    [
        ({"amount_central": 12}, "10 % of GDP per head", "12 % of GDP per head"),
        ({"take_up_central": 0.855}, "85 %", "85.5 %"),
        ({"start_year": 2030}, "2027", "2030"),
        ({"months": 6}, "12", "6"),
        ({"indexing": "prices"}, "with GDP per head", "with prices"),
    ],
)
def test_a_value_stands_in_its_unit(changes, before, now):
    ((name, words),) = changed(**option(**changes)).items()
    assert name in changes and words == (before, now)


def test_an_amount_is_of_what_the_scenario_says_that_it_is_of():
    words = changed(**option(amount_central=15000, amount_basis="lcu_per_month", indexing="prices"))
    assert words["amount_central"] == ("10 % of GDP per head", "15,000 XOF a month")
    assert words["amount_basis"] == ("% of GDP per head", "national currency a month")


def test_population_and_who_pays_have_words_too():
    words = changed(population={"fertility_variant": "low", "mortality": 0.9})
    assert words["fertility_variant"][1] == "low variant" and words["mortality"] == ("1", "0.9")
    paid = changed(
        financing={"aid": {"name": "Aid", "option": 4, "kind": "recurrent", "value_central": 0.3, "from_year": 2027}}
    )
    assert (
        paid["value_central"] == ("", "0.3 % of GDP")
        and paid["kind"] == ("", "every year")
        and paid["name"][1] == "Aid"
    )


def test_words_are_those_of_the_language():
    words = changed("fr", **option(amount_central=12.5, indexing="prices"))
    assert words["amount_central"][1] == "12,5 % du PIB par habitant" and words["indexing"][1] == "avec les prix"
