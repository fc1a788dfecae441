"""Cells of a page's tables know their heading, so that a row can be read as a card; what is no such table stays as it is."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from nasssap_lib.display.tables import ReportTable, View, to_html
from nasssap_lib.run.html import clean_html
from nasssap_lib.run.page_tables import WIDE, with_labels


def page(columns: int, heading: str = "Column {}") -> str:
    rows = pd.DataFrame({f"c{i}": ["a", "b"] for i in range(columns)})
    views = {f"c{i}": View(heading.format(i)) for i in range(columns)}
    return with_labels(str(clean_html(to_html(ReportTable(rows, "T", views), "Table 1.1", "t"))))


def test_each_cell_knows_its_heading_and_the_first_heads_the_row():
    html = page(3)
    assert re.findall(r'data-label="([^"]*)"', html) == ["Column 1", "Column 2"] * 2
    assert html.count('scope="row"') == 2


@pytest.mark.parametrize("columns", [2, WIDE, WIDE + 1])
def test_a_table_of_many_columns_is_marked_as_wide(columns):
    assert ('class="labelled wide"' in page(columns)) == (columns > WIDE)


class Attributes(HTMLParser):
    """All attributes of a page."""

    def __init__(self, html: str):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found += attrs


def test_a_heading_cannot_leave_its_attribute():
    found = Attributes(page(2, 'a " onclick="x() <b>{}</b> & c')).found
    assert "onclick" not in dict(found)
    assert [value for name, value in found if name == "data-label"] == ['a " onclick="x() <b>1</b> & c'] * 2


def test_rows_with_other_cells_and_pages_without_tables_stay_as_they_are():
    head = '<table><thead><tr><th scope="col">A</th><th scope="col">B</th><th scope="col">C</th></tr></thead>'
    spanned = f'{head}<tbody><tr><td colspan="2">x</td></tr></tbody></table>'
    assert with_labels(spanned) == spanned.replace("<table>", '<table class="labelled">')
    assert with_labels("<p>Nothing</p>") == "<p>Nothing</p>"
