"""Cells before any program writes them."""

import math

from nasssap_lib.financing.sheet_cells import FORMULA, TEXT, Sheet, letters, on_sheet, quoted_text


def test_a_formula_without_a_value_of_ours_is_no_formula():
    sheet = Sheet("years", "By year")
    sheet.formula(0, 0, "1/0", math.nan)
    sheet.formula(0, 1, "1+1", 2.0)
    assert [(cell.kind, cell.value) for cell in sheet.cells.values()] == [(TEXT, "n/a"), (FORMULA, 2.0)]


def test_columns_and_sheets_are_named_as_excel_does():
    assert [letters(column) for column in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    assert on_sheet("2 Mode d'emploi", "$A$1") == "'2 Mode d''emploi'!$A$1"
    assert quoted_text('say "no"') == '"say ""no"""'
