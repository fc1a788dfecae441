"""The page of a document holds all of its blocks, runs nothing and loads nothing."""

from dataclasses import replace

from nasssap_lib.display.grid import Cell, Column, Grid
from nasssap_lib.document.blocks import Document, Figure, Items, Paragraph, Section, Table
from nasssap_lib.document.page import render_html

GRID = Grid(
    "T", (Column("Group"), Column("Rate", numeric=True)), ((Cell("Mothers"), Cell("3 %", "e", "2019")),), "e: estimated"
)
BLOCKS = (
    Paragraph("Prose & <b>"), Paragraph("small", "note"), Items(("one", "two"), numbered=True),
    Table("t", "Table 1. T", GRID, "Source: S."),
    Table("n", "", Grid("N", (), (), "", "N: nothing in the pack.")), Figure("f", "Figure 1. F", "Words for it", "<svg/>", b"", (4.0, 2.0)),
)  # fmt: skip
WHOLE = Document(
    "fr",
    "Testland",
    "Strategy",
    "",
    "Draft.",
    "Contents",
    (Section("a", "Gaps", 1, "1", BLOCKS),),
    facts=(("Year", "2025"),),
)


def test_every_block_is_there_once_in_order():
    page = render_html(WHOLE).decode()
    parts = [
        "Draft.", "2025", 'href="#a"', "1 Gaps", "Prose &amp; &lt;b&gt;", "<li>two</li>", "Table 1. T", "<sup>e</sup>", "2019",
        "e: estimated", "Source: S.", "N: nothing in the pack.", "Figure 1. F", 'alt="Words for it"',
    ]  # fmt: skip
    places = [page.rindex(part) for part in parts]
    assert places == sorted(places) and '<html lang="fr">' in page and 'data-label="Rate"' in page


def test_nothing_runs_or_loads():
    page = render_html(WHOLE).decode()
    assert "<script" not in page and "default-src 'none'" in page and "http://" not in page


def test_what_stands_in_english_says_so():
    page = render_html(replace(WHOLE, english=frozenset({"Mothers"}))).decode()
    assert '<th scope="row"><span lang="en">Mothers</span></th>' in page and page.count('lang="en"') == 1


def test_a_paper_of_two_pages_has_no_list_of_contents():
    told = Section("a", "Gaps", 1, "", (Paragraph("Four in five."),))
    page, short = (
        render_html(Document("en", "T", "Brief", "", "", "Contents", (told,), short=short)).decode()
        for short in (False, True)
    )
    assert "Contents" in page and "Contents" not in short and "Four in five." in short
