"""Which options a chapter costs and in which order they pay: read from its parameters, wrong names explained."""

import pytest
from stories import pack_of

from nasssap_lib.chapter.chapter import open_chapter
from nasssap_lib.costing.chosen import read_package, unknown_options
from nasssap_lib.errors import ParameterError


def test_nothing_given_is_all_options_as_they_stand():
    pack = pack_of("SEN")
    assert read_package(pack) == (list(pack.measures["id"]), list(pack.measures["id"]))


def test_who_pays_first_stands_first_and_the_others_follow():
    pack = pack_of("SEN")
    chosen, order = read_package(pack, " child_benefit ,social_pension,,child_benefit,cash_transfer", "cash_transfer")
    assert chosen == ["child_benefit", "social_pension", "cash_transfer"]
    assert order == ["cash_transfer", "child_benefit", "social_pension"]


@pytest.mark.parametrize(
    ("given", "name", "words"),
    [
        ({"options": "social_pensoin"}, "options", "did you mean 'social_pension'?"),
        ({"paid_first": "pension"}, "paid_first", "no option 'pension'"),
        ({"options": "child_benefit", "paid_first": "social_pension"}, "paid_first", "not among the options that are costed"),
    ],
)  # fmt: skip
def test_an_option_that_is_not_there_is_named(given, name, words):
    assert words in unknown_options(pack_of("SEN"), **given)[name]
    with pytest.raises(ParameterError) as caught:
        open_chapter("04_costing_and_financing", "SEN", **given)
    assert name in str(caught.value) and words in str(caught.value)
