"""Tables as HTML: anchors that stay, escaped words, marks and what is not there."""

import re

import pandas as pd
import pytest

from nasssap_lib.display.grid import grid_of
from nasssap_lib.display.tables import (
    ReportTable,
    View,
    row_anchors,
    to_html,
    to_text,
    write_number,
    write_share,
    write_year,
)
from nasssap_lib.run.html import clean_html

VIEWS = {"group": View("Group"), "at": View("Denominator"), "value": View("Value", write_number, numeric=True)}


def table(*groups):
    return ReportTable(
        pd.DataFrame({"group": groups, "at": "aged 60 and over", "value": range(len(groups))}), "T", VIEWS
    )


def ids(html):
    return re.findall(r' id="([^"]*)"', html)


def links(html):
    return re.findall(r'href="([^"]*)"', html)


def test_a_table_and_each_of_its_rows_can_be_pointed_at():
    html = to_html(table("Children", "Older persons"), "Table 2.3", "gaps")
    assert ids(html) == ["gaps", "gaps-children", "gaps-older-persons"]
    assert links(html) == ["#gaps", "#gaps-children", "#gaps-older-persons"]
    assert "Table 2.3 · T" in html
    assert ">link to Table 2.3</a>" in html
    assert (
        '<th scope="row"><a class="row" href="#gaps-older-persons" style="color:inherit">Older persons</a></th>' in html
    )


def test_a_rows_place_hangs_on_its_words_not_on_its_position_or_its_figures():
    one, other = (
        ids(to_html(table(*groups), "", "gaps")) for groups in (("Children", "Mothers"), ("Mothers", "Children"))
    )
    assert set(one) == set(other)


def test_a_table_without_a_place_has_no_links():
    html = to_html(table("Children"))
    assert ids(html) == links(html) == []


@pytest.mark.parametrize(
    "name", ['" onclick="x()', "<script>alert(1)</script>", "../../etc", "#x", "", "é" * 200, "\u202e\x00"]
)
def test_a_hostile_row_name_gives_a_plain_place(name):
    (place,) = row_anchors("t", [[name]])
    assert re.fullmatch(r"t-[a-z0-9-]{1,60}", place)
    html = str(clean_html(to_html(table(name), "", "t")))
    assert "<script" not in html
    assert "onclick=" not in re.sub(r">[^<]*<", "><", html)
    assert all(link.startswith("#t") for link in links(html))


def test_places_are_unique_whatever_the_rows_are_called():
    places = row_anchors("t", [["a"], ["a"], ["a-2"], ["A!"], ["a", "b"], ["a", "b"]])
    assert len(set(places)) == 6


def test_figures_that_are_no_observations_are_marked_and_the_mark_is_explained_once():
    rows = pd.DataFrame(
        {"group": list("abcd"), "value": 1.0, "quality": ["observed", "estimated", "estimated", "illustrative"]}
    )
    marked = ReportTable(
        rows, "T", {"group": View("Group"), "value": View("Value", write_number, "quality", numeric=True)}
    )
    html = to_html(marked)
    assert [html.count(f'<td class="number">1<sup>{mark}</sup>') for mark in "eai"] == [2, 0, 1]
    assert html.count("</sup> estimated") == 1 and "assumption" not in html
    assert "marks" not in to_html(ReportTable(rows.head(1), "T", marked.views))


def test_what_is_not_known_is_a_word_never_a_zero_or_a_hole():
    rows = pd.DataFrame({"group": ["a", "b", "c"], "value": [float("nan"), float("inf"), 0.5]})
    shown = ReportTable(rows, "T", {"group": View("Group"), "value": View("Value", write_share, numeric=True)})
    html = to_html(shown)
    assert html.count("<i>n/a</i>") == 2 and "nan" not in html and "inf" not in html


def test_a_column_without_any_figure_is_named_and_left_out_and_a_table_of_nothing_is_a_sentence():
    rows = pd.DataFrame({"group": ["a", "b"], "rate": [0.1, 0.2], "gap": [float("nan")] * 2})
    views = {
        "group": View("Group"),
        "rate": View("Rate", write_share, numeric=True),
        "gap": View("Gap", write_share, numeric=True),
    }
    html = to_html(ReportTable(rows, "T", views), "Table 1.2", "t")
    assert html.count("<td") == 2 and "n/a in every row, and left out: Gap" in html
    alone = to_html(
        ReportTable(rows[["group", "gap"]], "T", {name: views[name] for name in ("group", "gap")}), "Table 1.2", "t"
    )
    assert alone == '<p class="note" id="t">Table 1.2 · T: n/a in every row.</p>'
    assert to_html(ReportTable(rows[:0], "T", views), "Table 1.2", "t") == (
        '<p class="note" id="t">Table 1.2 · T: nothing in the data.</p>'
    )


def test_a_column_of_words_that_says_nothing_is_left_out_and_the_first_never_is():
    rows = pd.DataFrame({"group": ["", ""], "note": ["", ""], "year": [pd.NA, pd.NA]})
    html = to_html(
        ReportTable(rows, "T", {"group": View("Group"), "note": View("Note"), "year": View("Year", write_year)})
    )
    assert "Group" in html and "Year" in html and "Note" not in html


def test_what_names_the_rows_stands_to_the_left_below_its_heading():
    rows = pd.DataFrame({"year": [2030], "value": [1.0]})
    views = {"year": View("Year", write_year, numeric=True), "value": View("Value", write_number, numeric=True)}
    html = to_html(ReportTable(rows, "T", views))
    assert '<th scope="col">Year</th><th scope="col" class="number">Value</th>' in html
    assert '<th scope="row">2030</th><td class="number">1</td>' in html
    assert [column.numeric for column in grid_of(ReportTable(rows, "T", views)).columns] == [False, True]


def test_a_sentence_that_is_the_same_in_every_row_is_said_once_below():
    same = "a lower bound, without the options whose cost <is not known>"
    rows = pd.DataFrame({"year": ["2026", "2027", "2028"], "cost": [1.0, 2.0, 3.0], "why": same, "unit": "% of GDP"})
    views = {"year": View("Year"), "cost": View("Cost", write_number, numeric=True), "why": View("What to know")}
    shown = ReportTable(rows, "T", {**views, "unit": View("Unit")})
    html = to_html(shown)
    assert html.count("lower bound") == 1 and f"What to know, in every row: {same.replace('<', '&lt;')[:60]}" in html
    assert html.count("% of GDP") == 3  # short words stand where they are looked for
    grid = grid_of(shown)
    assert [column.words for column in grid.columns] == ["Year", "Cost", "Unit"]
    assert grid.foot == f"What to know, in every row: {same}."
    others = [rows.head(2), rows.assign(why=[same, same, ""]), rows.assign(why=[same, same, f"{same}!"])]
    assert [to_html(ReportTable(table, "T", views)).count("lower bound") for table in others] == [2, 2, 3]
    assert "a lower bound, without the…" in to_text(shown).splitlines()[1]  # on a terminal too


def test_the_reader_may_see_other_rows_than_the_result_holds():
    rows = pd.DataFrame({"group": ["a", "b"]})
    shown = ReportTable(rows, "T", shown=rows.head(1))
    assert len(shown.data) == 2 and len(shown.rows) == 1
    assert to_html(shown).count('scope="row"') == 1
    assert "nothing in the data" in to_html(ReportTable(rows[:0], "T"))


def test_words_small_below_a_figure_are_escaped_too():
    rows = pd.DataFrame({"group": ["a"], "below": ["<b>x</b>"]})
    assert "<small>&lt;b&gt;x&lt;/b&gt;</small>" in to_html(
        ReportTable(rows, "T", {"group": View("Group", detail="below")})
    )


def test_the_text_of_a_table_says_what_its_page_says_and_marks_what_is_assumed():
    rows = pd.DataFrame({"group": ["Mothers", "Children"], "share": [0.25, 0.5], "quality": ["assumed", "published"]})
    views = {"group": View("Group"), "share": View("Covered", write_share, "quality", numeric=True)}
    assert to_text(ReportTable(rows, "T", views)).splitlines() == [
        "Group      Covered",
        "Mothers   25 % (a)".replace(" %", "\u00a0%"),
        "Children      50 %".replace(" %", "\u00a0%"),
        "(a) assumption",
    ]


@pytest.mark.parametrize(("rows", "lines"), [(0, 1), (11, 12), (12, 12), (500, 12)])
def test_the_text_of_a_long_table_holds_its_first_and_last_rows(rows, lines):
    text = to_text(ReportTable(pd.DataFrame({"number": range(rows)}), "T")).splitlines()
    assert len(text) == lines
    assert text[-1] == (f"{rows - 1}" if rows else "number")
    assert ("…" in text) == (rows > 11)


def test_what_is_long_is_cut_in_text():
    (_, line) = to_text(ReportTable(pd.DataFrame({"a": ["x" * 99], "b": ["y"]}), "T")).splitlines()
    assert line == f"{'x' * 29}…  y"
