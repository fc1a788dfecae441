"""Exhibits and rows can be pointed at: anchors that stay, a link to copy on each, and nothing of a pack becomes a link."""

import re
from collections import Counter
from pathlib import Path

import nbformat
import pytest

from nasssap_lib.pack.folders import countries, data_root


def ids(html):
    return re.findall(r' id="([^"]*)"', html)


def links(html):
    return re.findall(r'href="([^"]*)"', html)


@pytest.mark.parametrize("code", countries(data_root()))
def test_every_exhibit_of_a_report_has_a_link_that_leads_to_it(batch_of_all, code):
    for page in sorted((batch_of_all / "reports" / code).glob("*.html")):
        check_page(page)


@pytest.mark.parametrize("code", countries(data_root()))
def test_no_report_is_larger_than_a_megabyte(batch_of_all, code):
    sizes = {path.name: path.stat().st_size for path in (batch_of_all / "reports" / code).iterdir()}
    assert {Path(name).suffix for name in sizes} == {".ipynb", ".html"}
    assert {name: size for name, size in sizes.items() if size > 1_000_000} == {}


def check_page(page: Path):
    html = page.read_text(encoding="utf-8")
    places = Counter(ids(html))
    assert max(places.values()) == 1, places.most_common(1)
    here = re.findall(r'<a class="here" href="#([^"]+)"[^>]*>link to (\w+ [\d.]+)</a>', html)
    exhibits = re.findall(r"(?:Figure|Table) \d\.\d+", page.with_suffix(".ipynb").read_text(encoding="utf-8"))
    nothing = re.findall(r'<p class="note" id="[^"]+">(Table \d\.\d+) ·', html)  # a table without a row is a sentence
    assert {words for _, words in here} | set(nothing) == set(exhibits)
    assert {target for target in links(html) if target.startswith("#")} <= {f"#{place}" for place in places}
    assert html.count("<figure") == len([words for _, words in here if words.startswith("Figure")])
    outputs = [
        output for cell in nbformat.read(page.with_suffix(".ipynb"), 4).cells for output in cell.get("outputs", [])
    ]
    in_notebook = ids("".join(output.get("data", {}).get("text/html", "") for output in outputs))
    assert {target for target, _ in here} <= set(in_notebook)
