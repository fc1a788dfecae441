"""Exhibits and rows can be pointed at: anchors that stay, a link to copy on each, and nothing of a pack becomes a link."""

import re
from collections import Counter
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from nasssap_lib.display.tables import ReportTable, View, row_anchors, to_html, write_number
from nasssap_lib.pack.reader import countries, data_root
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


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "../other.html", "//evil.example", "#a b", "#\" x", "/x",
     "http:///x", "mailto:a@b.c"],
)  # fmt: skip
def test_no_other_link_passes(address):
    assert "href" not in str(clean_html(f"<a href='{address}'>x</a>"))


def test_links_into_the_page_and_to_the_web_pass():
    assert links(str(clean_html('<a href="#gaps-children">x</a><a href="https://www.ilo.org/x">y</a>'))) == [
        "#gaps-children",
        "https://www.ilo.org/x",
    ]


@pytest.mark.parametrize("code", countries(data_root()))
def test_every_exhibit_of_a_report_has_a_link_that_leads_to_it(batch_of_all, code):
    for page in sorted((batch_of_all / "reports" / code).glob("*.html")):
        check_page(page)


@pytest.mark.parametrize("code", countries(data_root()))
def test_an_executed_notebook_stays_below_two_megabytes(batch_of_all, code):
    sizes = {path.name: path.stat().st_size for path in (batch_of_all / "reports" / code).glob("*.ipynb")}
    assert {name: size for name, size in sizes.items() if size >= 2_000_000} == {}


def check_page(page: Path):
    html = page.read_text(encoding="utf-8")
    places = Counter(ids(html))
    assert max(places.values()) == 1, places.most_common(1)
    here = re.findall(r'<a class="here" href="#([^"]+)"[^>]*>link to (\w+ [\d.]+)</a>', html)
    exhibits = re.findall(r"(?:Figure|Table) \d\.\d+", page.with_suffix(".ipynb").read_text(encoding="utf-8"))
    assert {words for _, words in here} == set(exhibits)
    assert {target for target in links(html) if target.startswith("#")} <= {f"#{place}" for place in places}
    assert html.count("<figure") == len([words for _, words in here if words.startswith("Figure")])
    outputs = [
        output for cell in nbformat.read(page.with_suffix(".ipynb"), 4).cells for output in cell.get("outputs", [])
    ]
    in_notebook = ids("".join(output.get("data", {}).get("text/html", "") for output in outputs))
    assert {target for target, _ in here} <= set(in_notebook)
