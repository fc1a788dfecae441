"""Every option has one sheet, unknown figures are no assumptions, and the table of assumptions has a row an option."""

import pandas as pd
import pytest
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib.display.grid import Cell
from nasssap_lib.display.tables import ReportTable, View, write_share
from nasssap_lib.display.texts import named
from nasssap_lib.document.material import Material
from nasssap_lib.document.outline import BY
from nasssap_lib.document.record import Exhibit, Record
from nasssap_lib.document.sheets import assumptions, options


def material(country: str, by: str = "guarantee") -> Material:
    return Material(Record(), pack_of(country), by)


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
@pytest.mark.parametrize("by", BY)
def test_every_option_has_one_sheet_however_they_are_grouped(country, by):
    sections = options(material(country, by))
    names = sorted(part.title for section in sections for part in section.parts)
    assert names == sorted(named(name) for name in pack_of(country).measures["name"])
    assert all(section.title for section in sections)


def test_what_is_not_known_is_no_assumption():
    known = {
        "option": ["social_pension", "other"],
        "cost_central": [float("nan"), 0.02],
        "net_cost_central": [0.01, 0.02],
    }
    rows = pd.DataFrame(known | {"quality": "assumed"})
    views = {
        "cost_central": View("Cost", write_share, "quality", True),
        "net_cost_central": View("Net", write_share, "quality", True),
    }
    record = Record({"03.costs": Exhibit("03.costs", ReportTable(rows, "Costs", views))})
    sheets = [part for section in options(Material(record, pack_of("SEN"), "guarantee")) for part in section.parts]
    (table,) = next(part for part in sheets if part.anchor == "option_social_pension").blocks
    assert [(row[2].text, row[2].mark) for row in table.grid.rows] == [("n/a", ""), ("1\N{NO-BREAK SPACE}%", "a")]
    assert (
        table.grid.rows[0][0].text == "Cost at full take-up, 2025, % of GDP"
    )  # a figure without its year says nothing


def test_assumptions_stand_in_a_row_for_each_option_with_their_ranges():
    rows = pd.DataFrame({
        "option": ["a", "a", "b", ""], "name": ["A", "A", "B", "All options"],
        "assumption": ["take_up", "level", "take_up", "indexation"], "unit": ["share", "percent", "share", "share"],
        "low": ["40 %", "2", "", "-1 %"], "central": ["60 %", "4", "70 %", "0 %"], "high": ["80 %", "6", "", "1 %"],
        "quality": ["assumed", "assumed", "observed", "assumed"],
    })  # fmt: skip
    views = {
        "name": View("Option"), "assumption": View("Assumption"), "low": View("Low"),
        "central": View("Central", str, "quality"), "high": View("High"), "unit": View("In"),
    }  # fmt: skip
    shown = Exhibit("04.assumptions", ReportTable(rows, "What the costs assume", views), source="S")
    own, shared = assumptions(Material(Record({"04.assumptions": shown}), pack_of("SEN"), "guarantee"))
    assert [column.words for column in own.grid.columns] == ["Option", "take_up", "level, percent"]
    assert [[cell.text for cell in row] for row in own.grid.rows] == [["A", "60 %", "4"], ["B", "70 %", ""]]
    assert (
        own.grid.rows[0][1] == Cell("60 %", "a", "40 % to 80 %")
        and own.grid.foot == "a: assumption"
        and own.source == "Source: S."
    )
    assert [[cell.text for cell in row] for row in shared.grid.rows] == [["All options", "0 %"]]
    assert assumptions(Material(Record(), pack_of("SEN"), "guarantee")) == []
