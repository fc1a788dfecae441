"""The sheet that says how the workbook is used."""

from negotiating_tables import book_of


def test_the_commands_that_bring_the_table_into_the_report_stand_there_as_they_are_typed():
    words = [cell.value for cell in book_of("XTC", "fr").sheet("guide").cells.values()]
    assert "nasssap scenario import XTC_costing.xlsx --name agreed" in words
    assert "nasssap run XTC --scenario agreed" in words
