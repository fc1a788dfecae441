"""Tables as HTML: anchors that stay, escaped words, marks and what is not there."""

import re

import pandas as pd
import pytest

from nasssap_lib.display.tables import ReportTable, View, row_anchors, to_html, write_number
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
