"""The page of a comparison: the headline first, in words, with numbers as reports have them; hostile text runs nowhere."""

import re

import pandas as pd
import pytest

from nasssap_lib.exchange.changes_page import column_words, shown_numbers, table_words, write_html
from nasssap_lib.exchange.compare import COLUMNS, compare_sets
from nasssap_lib.exchange.sides import Comparison

GAPS, RANKING, TOTAL = (
    "02_gap_identification/gaps",
    "03_priority_setting/ranking",
    "at_least_one · total · whole_population",
)
RESULTS = pd.DataFrame(
    [
        [GAPS, TOTAL, "effective_coverage", "changed", "0.1991", "0.33399999999999996", "A", "B"],
        [GAPS, TOTAL, "gap", "changed", "14132939.129619999", "11752450.3188", "A", "B"],
        [RANKING, "benefit · social_pension", "rank_best", "changed", "2.0", "1.0", "A", "A"],
        [RANKING, "benefit · child_benefit", "rank_best", "changed", "1.0", "3.0", "A", "A"],
        [
            "03_priority_setting/costs",
            "social_pension",
            "",
            "added",
            "",
            "cost_low=0.33399999999999996, persons=12",
            "",
            "A",
        ],
    ],
    columns=COLUMNS,
)
NAMES = {"social_pension": "Pension for all", "child_benefit": "<b>Child benefit</b>"}


@pytest.fixture
def page(tmp_path):
    write_html(Comparison("a", "b", "SEN", compare_sets({}, {}), RESULTS, ["a note"], NAMES), tmp_path / "x.html")
    return (tmp_path / "x.html").read_text("utf-8")


def test_the_headline_stands_before_notes_and_tables(page):
    text = re.sub(r"<[^<>]*>", "", page).replace("\xa0", " ")
    heads = [
        "Covered by at least one benefit: 19.9 % → 33.4 %.",
        "Persons without any benefit: 14.1 million → 11.8 million.",
        "Can come first now: benefit · Pension for all.",
        "Can no longer come first: benefit · &lt;b&gt;Child benefit&lt;/b&gt;.",
        "a note",
        "What follows",
        "Figures",
    ]
    places = [text.find(head) for head in heads]
    assert -1 not in places and places == sorted(places)


def test_headings_are_words_and_numbers_are_rounded(page):
    assert (
        "2 · Gap identification: Gaps" in page
        and "Effective coverage" in page
        and "At least one benefit · total · whole population" in page
    )
    assert "Cost low 0.334, Persons 12" in page
    for raw in ("effective_coverage", "0.3339", "02_gap", "at_least_one", "14132939", "social_pension", "<b>"):
        assert raw not in page


@pytest.mark.parametrize(
    ("column", "before", "after", "shown"),
    [
        ("value", "50", "60", ("50", "60")),
        ("value", "0.12345671", "0.12345672", ("0.12345671", "0.12345672")),
        ("gap_share", "0.19910000", "0.19910001", ("19.91\xa0%", "19.910001\xa0%")),
        ("cost", "3.5786e-05", "2.97379e-05", ("0.00003579", "0.00002974")),
        ("covered", "-1234567.8", "", ("\N{MINUS SIGN}1,234,568", "")),
        ("note", "old", "12", ("old", "12")),
        ("start_year", "2027", "2030", ("2027", "2030")),
        ("first", "0.6324", "0.6284", ("63.2\xa0%", "62.8\xa0%")),
    ],
)
def test_numbers_are_as_short_as_the_change_allows(column, before, after, shown):
    assert shown_numbers(column, before, after) == shown


def test_tables_and_columns_in_words():
    assert [table_words(name) for name in ("indicators.csv", "country.toml", "03_priority_setting/what_holds", "09_own/my_table")] == [
        "Indicators", "Country", "3 · Priority setting: What holds", "09 own: My table",
    ]  # fmt: skip
    assert column_words("") == ""


def test_hostile_text_is_escaped(tmp_path):
    row = ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "<i>", "changed", "\x1b[31m", "-4", "+x", "<b>"]
    comparison = Comparison("<i>a</i>", "b", "SEN", pd.DataFrame([row], columns=COLUMNS), compare_sets({}, {}), ["<u>"])
    write_html(comparison, tmp_path / "x.html")
    page = (tmp_path / "x.html").read_text("utf-8")
    assert not any(tag in page for tag in ("<script", "<i>", "<b>", "<u>"))
