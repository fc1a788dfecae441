"""Errors say where, expected, got and remedy; they keep all that is wrong, also on their way between processes."""

import pickle

import pytest

from nasssap_lib.errors import MissingEvidence, NasssapError, PackError, ParameterError, Problem, did_you_mean, nearest

WHOLE_FILE = Problem("SEN/sources.csv", 0, "", "", "a file with this name")
CELL = Problem("SEN/population.csv", 7, "persons", "", "a value", "leave the row out")


def test_a_problem_says_only_what_is_known_of_it():
    assert str(WHOLE_FILE) == "SEN/sources.csv: expected a file with this name"
    assert str(CELL) == "SEN/population.csv:7 persons: expected a value; leave the row out"


def test_a_value_is_quoted_so_that_hidden_letters_are_seen():
    assert r"'\x1b[2J'" in str(Problem("a.csv", 2, "name", "\x1b[2J", "printable text"))


@pytest.mark.parametrize(
    ("error", "name"),
    [(PackError([CELL, WHOLE_FILE]), "problems"), (ParameterError({"year": "expected a year", "order": "twice"}), "wrong")],
)  # fmt: skip
def test_all_that_is_wrong_travels_between_processes(error, name):
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert (str(back), getattr(back, name)) == (str(error), getattr(error, name))
    assert len(str(back).splitlines()) == 2


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("SEM", ["SEN", "LKA"], "SEN"), ("yaer", ["year", "value"], "year"), ("womn", ["woman", "men"], "woman"),
        ("FEMALE", ["male", "female"], "female"), ("old age", ["old_age", "health"], "old_age"), ("pensoin", ["pension"], "pension"),
        ("indicator.csv", ["indicators.csv", "sources.csv"], "indicators.csv"),
        ("remark", ["year", "note", "source"], ""), ("GHA", ["SEN", "LKA", "ZMB"], ""), ("", ["a"], ""), ("x" * 5000, ["year"], ""),
        ("men", ["total", "female", "male"], ""), ("persons", ["year", "sex", "quality"], ""),
    ],
)  # fmt: skip
def test_only_what_is_close_is_suggested(word, known, meant):
    assert nearest(word, known) == meant


def test_where_nothing_is_close_a_short_list_is_named_and_a_long_one_is_not():
    assert did_you_mean("remark", ["0-4", "5-9", "10-14"]) == "allowed: 0-4, 5-9, 10-14"  # in its own order
    assert did_you_mean("remark", {"year", "note"}) == "allowed: note, year"
    assert did_you_mean("remark", [f"column_{number}" for number in range(25)]) == ""


def test_one_except_catches_whatever_the_library_raises_on_purpose():
    assert all(issubclass(kind, NasssapError) for kind in (PackError, ParameterError, MissingEvidence))
    assert not issubclass(NasssapError, ValueError)  # a slip of the library is not caught with them
