"""Code lists: what they must agree on with one another and with what stands in laws and published tables."""

import re

import pytest

from nasssap_lib import terms
from nasssap_lib.errors import NasssapError


def test_the_nine_branches_of_convention_102_are_there():
    """C102, Parts II to X; the list may hold more (social assistance)."""
    assert {
        "medical_care", "sickness", "unemployment", "old_age", "employment_injury", "family", "maternity", "invalidity", "survivors",
    } <= set(terms.BRANCHES)  # fmt: skip


def test_age_groups_are_the_21_of_the_united_nations_without_gap_or_overlap():
    ends = [tuple(map(int, group.split("-"))) for group in terms.AGE_GROUPS if group != "100+"]
    assert len(terms.AGE_GROUPS) == 21 and terms.AGE_GROUPS[-1] == "100+"
    assert ends[0][0] == 0 and ends[-1][1] == 99
    assert all(low == high + 1 for (_, high), (low, _) in zip(ends[:-1], ends[1:], strict=True))
    assert {high - low for low, high in ends} == {4}


def test_codes_are_plain_words_and_every_one_has_words():
    for name, codes in vars(terms).items():
        if (
            name.isupper()
            and isinstance(codes, dict)
            and codes
            and all(isinstance(text, str) for pair in codes.items() for text in pair)
        ):
            assert all(re.fullmatch(r"[A-Za-z0-9_+-]*( [a-z]+)?", code) for code in codes), name
            assert all(words.strip() == words for words in codes.values()), name


def test_positions_reach_from_against_to_for():
    assert max(terms.POSITIONS, key=terms.POSITIONS.get) == "supports"
    assert min(terms.POSITIONS, key=terms.POSITIONS.get) == "opposes"
    assert terms.POSITIONS["supports"] == -terms.POSITIONS["opposes"] > terms.POSITIONS["doubts"] == 0


def test_a_code_that_a_list_does_not_have_stands_for_itself():
    assert terms.label(terms.BRANCHES, "weather") == "weather"
    assert terms.label({}, 7) == "7"


def test_what_holds_something_for_half_of_a_list_is_refused_with_both_halves():
    with pytest.raises(NasssapError, match=r"the functions: nothing for \['cost'\]; unknown \['costs'\]"):
        terms.require_each(["cost", "equity"], ["equity", "costs"], "the functions")
