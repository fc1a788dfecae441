"""A table as a grid of words says what its page says."""

import re

import pandas as pd
from stories import pack_of

from nasssap_lib.display.grid import Cell, Column, grid_of
from nasssap_lib.display.tables import ReportTable, View, to_html, write_share
from nasssap_lib.display.texts import in_language
from nasssap_lib.stocktaking.context import plans_and_laws
from nasssap_lib.stocktaking.tables import links_table

VIEWS = {
    "item": View("Item", detail="more"),
    "share": View("Share", write_share, "quality", True),
    "gone": View("Gone", write_share, numeric=True),
}


def table(**cells) -> ReportTable:
    rows = {
        "item": ["a", "b"],
        "more": ["x", ""],
        "share": [0.5, float("nan")],
        "quality": ["assumed", "estimated"],
        "gone": [float("nan")] * 2,
    }
    return ReportTable(pd.DataFrame(rows | cells), "T", VIEWS)


def test_cells_keep_marks_and_details_and_a_missing_value_has_no_mark():
    grid = grid_of(table())
    assert grid.columns == (Column("Item"), Column("Share", numeric=True))
    assert grid.rows == (
        (Cell("a", "", "x"), Cell("50\N{NO-BREAK SPACE}%", "a")),
        (Cell("b"), Cell("n/a")),
    )
    assert grid.foot == "a: assumption; n/a in every row, and left out: Gone" and grid.nothing == ""


def test_a_table_without_rows_is_a_sentence():
    empty = ReportTable(table().data.head(0), "T", VIEWS)
    assert grid_of(empty).nothing == "T: nothing in the data." and grid_of(empty).rows == ()


def test_the_page_and_the_grid_hold_the_same_words():
    pack = pack_of("SEN")
    with in_language("fr", pack.translations("fr")):
        made = links_table(plans_and_laws(pack))
        words = [
            re.sub("&#x27;", "'", re.sub("<[^>]+>", "", cell))
            for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", to_html(made).replace("<br>", ""))
        ]
        grid = grid_of(made)
    ours = [column.words for column in grid.columns] + [
        cell.text + cell.mark + cell.detail for row in grid.rows for cell in row
    ]
    assert [re.sub(r"\s+", " ", text) for text in words] == [re.sub(r"\s+", " ", text) for text in ours]
