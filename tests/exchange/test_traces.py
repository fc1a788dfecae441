"""Traces of a machine in text: paths, addresses, names are found, ordinary text is not."""

import getpass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.exchange.traces import PATTERNS, Machine, find_traces, this_machine

PIECES = (
    "/home/", "/root", "C:\\", "Users", "\\\\", "file://", "localhost:", "8888", "?token=", "0123abcd", "@", ".org", "://", "a:b", "/mnt",
    "/x", "/strategy", "adiouf", " ", "<", ")", "-", "_",
)  # fmt: skip
HERE = Machine(frozenset({"adiouf", "budget-pc"}), frozenset({"/strategy"}))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("df = read('/home/awa/data.csv')", "a home directory"),
        ("/Users/awa/x", "a home directory"),
        ("in /root", "a home directory"),
        (r"C:\Users\Awa\data.csv", "a home directory"),
        (r"D:\survey\data.csv", "an absolute path"),
        (r"\\server01\share$", "an absolute path"),
        ("file:///x", "an absolute path"),
        ("/mnt/disk/survey.dta", "an absolute path"),
        ("http://localhost:8888/lab", "an address of this machine"),
        ("write to awa.diop@ministere.gouv.sn", "an e-mail address"),
        ("https://awa:secret@example.org/x", "a password in an address"),
        ("kept in /strategy today", "a folder of this machine"),
        ("run by adiouf", "the name of this machine or its user"),
        ("on budget-pc", "the name of this machine or its user"),
    ],
)
def test_traces_of_a_machine_are_found(text, kind):
    assert [found[:2] for found in find_traces(f"first line\n{text}", HERE)] == [(2, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "https://www.example.org/home/a/b.pdf and ftp://host/data/x",
        "of 3/4 persons, and/or 01/02/2020, km/h, GDP / head",
        '<img src="x"/></td></tr>',
        "data/raw/SEN/indicators.csv",
        "../index.html",
        "Adioufs and adioufsky",
        "ratio 1:2, see p. 4: all",
        "LCU / person / month",
        "-//W3C//DTD SVG 1.1//EN",
    ],
)
def test_ordinary_text_is_no_trace(text):
    assert list(find_traces(text, HERE)) == []


def test_a_picture_inside_a_page_is_looked_into():
    import base64

    for text in ("/home/awa/x", "saved in /mnt/disk/x"):
        picture = base64.b64encode(f"<svg><text>{text}</text>\n</svg>".encode()).decode()
        page = f'<p>\n<img src="data:image/svg+xml;base64,{picture}">'
        assert [line for line, *_ in find_traces(page, Machine())] == [2]


def test_names_that_are_words_are_not_looked_for():
    names = this_machine().names
    assert not names & {"root", "data", "user"}
    user = getpass.getuser()
    assert user in names or len(user) < 4 or user in {"root", "runner", "admin", "user"}


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_a_trace_is_found_in_its_own_line_whatever_stands_in_the_others(line):
    alone = [(2, *found[1:]) for found in find_traces(line, HERE)]
    assert list(find_traces(f"see /\n{line}\n@ www.example.org", HERE)) == alone
    assert alone or not any(pattern.search(line) for pattern in PATTERNS.values()) or "://" in line
