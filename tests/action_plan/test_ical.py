"""The calendar of a plan, read by somebody else's parser."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from plans import plan_of
from stories import REAL, pack_of

from nasssap_lib.action_plan.ical import compose_calendar, folded
from nasssap_lib.errors import NasssapError

STAMP = "2025-12-31"


def events(pack):
    return Calendar.from_ical(compose_calendar(pack, STAMP)).walk("VEVENT")


def test_the_plan_of_the_training_country_comes_back():
    pack = pack_of("XTC")
    read = {str(event["UID"]).partition("@")[0]: event for event in events(pack)}
    assert list(read) == pack.activities["id"].tolist()
    assert [str(event["SUMMARY"]) for event in read.values()] == pack.activities["name"].tolist()
    event = read["a04"]  # July 2027 to March 2028
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2027, 7, 1), date(2028, 4, 1))
    assert [str(name) for name in event["RELATED-TO"]] == ["a01@xtc.nasssap", "a03@xtc.nasssap"]
    assert str(read["a12"]["DESCRIPTION"]) == "Statistical office · ILO, World Bank"
    assert event["CATEGORIES"].to_ical() == b"child_benefit"
    assert not any(event.errors for event in read.values())


@pytest.mark.parametrize(
    ("start", "end", "first", "after"),
    [
        ("2027", "2027", date(2027, 1, 1), date(2028, 1, 1)),
        ("2028-02", "2028-02", date(2028, 2, 1), date(2028, 3, 1)),
        ("2028-02-10", "2028-02-28", date(2028, 2, 10), date(2028, 2, 29)),
        ("2027-12-31", "2027-12-31", date(2027, 12, 31), date(2028, 1, 1)),
    ],
)
def test_days_of_dates_as_exactly_as_they_are_known(start, end, first, after):
    (event,) = events(plan_of(f"a {start} {end}"))
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (first, after)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200).filter(str.strip))
def test_any_name_comes_back_as_it_was(name):
    (event,) = events(plan_of("a 2027-01 2027-02", a={"name": name}))
    assert str(event["SUMMARY"]) == name


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_no_line_is_longer_than_75_octets(text):
    pieces = folded(text).removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert "".join([pieces[0].decode(), *(piece.decode().removeprefix(" ") for piece in pieces[1:])]) == text


def test_a_name_of_two_lines_stays_one_event():
    (event,) = events(plan_of("a 2027-01 2027-02", a={"name": "Law\nEND:VEVENT"}))
    assert str(event["SUMMARY"]) == "Law\nEND:VEVENT"


def test_the_same_plan_gives_the_same_bytes():
    pack = pack_of("XTC")
    assert compose_calendar(pack, STAMP) == compose_calendar(pack.copy(), STAMP)
    assert compose_calendar(pack, STAMP) != compose_calendar(pack, "2026-01-01")


@pytest.mark.parametrize("stamp", ["", "2026", "2026-02-30", "today"])
def test_a_stamp_that_is_no_day_is_refused(stamp):
    with pytest.raises(NasssapError, match="expected a day"):
        compose_calendar(pack_of("XTC"), stamp)


@pytest.mark.parametrize("country", REAL)
def test_a_country_without_a_plan_has_no_calendar(country):
    assert compose_calendar(pack_of(country), STAMP) == b""
