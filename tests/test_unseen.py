"""Letters that a reader does not see: the list against the database of Unicode, and that all who need it follow it."""

import sys
import unicodedata

import pytest

from nasssap_lib.commands.messages import shown
from nasssap_lib.display.fonts import STAND_IN, drawable
from nasssap_lib.display.texts import named
from nasssap_lib.exchange.changes import plain
from nasssap_lib.names import alike, one_form
from nasssap_lib.pack.csv_text import inert
from nasssap_lib.pack.letters import unprintable
from nasssap_lib.unseen import ANY_UNSEEN, BLANK, DRAWN, JOINERS, LOST, is_seen, with_signs, without_unseen

EVERY = list(map(chr, range(sys.maxunicode + 1)))
WIDTHLESS = ("Cc", "Cf", "Cs", "Zl", "Zp")
UNSEEN = ["\x1b", "\x00", "\x85", "\xad", "\u061c", "\u180e", "\u200b", "\u202e", "\u2028", "\u2066", "\ufeff", "\ufff9", "\U000e0041",
          "\u3164", "\u115f", "\u034f", "\ufffc", "\U0001d173"]  # fmt: skip


def test_the_list_holds_what_unicode_gives_no_width_and_what_is_blank_and_nothing_else():
    told = {letter for letter in EVERY if unicodedata.category(letter) in WIDTHLESS} - {*"\n\t", *JOINERS, *DRAWN}
    found = {letter for letter in EVERY if ANY_UNSEEN.match(letter)}
    assert told | set(BLANK) <= found
    newer = found - told - set(BLANK)  # than the Unicode of this Python
    assert {unicodedata.category(letter) for letter in newer} <= {"Cn"}
    assert {unicodedata.category(letter) for letter in DRAWN} == {"Cf"}


def test_a_letter_is_seen_where_it_is_printable_a_space_or_needed_by_its_script():
    beside = {letter for letter in EVERY if is_seen(letter) != (letter.isprintable() and letter not in BLANK)}
    assert beside == {letter for letter in EVERY if unicodedata.category(letter) == "Zs" and letter != " "} | {
        *"\n\t", *JOINERS, *DRAWN,
    }  # fmt: skip


@pytest.mark.parametrize("letter", UNSEEN)
def test_all_who_meet_a_letter_that_does_not_show_agree_on_it(letter):
    text = f"Gha{letter}na"
    assert unprintable(text) == {letter}
    assert without_unseen(text) == named(text) == "Ghana"
    assert one_form(text) == ("Gha na" if letter.isspace() else "Ghana")
    assert alike(text) == alike(one_form(text))
    assert shown(text) == plain(text) == with_signs(text) == f"Gha{LOST}na"
    assert drawable(text) in ("Ghana", "Gha na")
    assert inert(f"{letter}=1+1").endswith("=1+1") and inert(f"{letter}=1+1").startswith("'")


@pytest.mark.parametrize("letter", ["\u0601", "\u06dd"])
def test_signs_of_arabic_that_are_drawn_are_letters_everywhere(letter):
    """U+0601 stands before a year, U+06DD round the number of a verse: without them another thing is said."""
    assert unprintable(letter) == set()
    assert one_form(letter) == named(letter) == shown(letter) == plain(letter) == letter
    assert alike(letter) == letter and drawable(letter) in (letter, STAND_IN)


def test_ends_of_lines_and_tabs_are_signs_where_they_would_steer():
    assert shown("a\nb\tc\rd") == f"a\nb{LOST}c{LOST}d"
    assert plain("a\nb\u202fc") == f"a{LOST}b\u202fc"
