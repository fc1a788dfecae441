"""Sheets that hold what formulas stand on."""

from negotiating_tables import book_of, table_of

from nasssap_lib.financing.sheet_inputs import terms_of


def test_every_source_that_the_sheets_name_is_cited():
    book = book_of("SEN")
    cited = {cell.value for cell in book.sheet("economy").cells.values() if cell.column == 1 and cell.look == "beside"}
    named = {
        part.strip()
        for key in ("persons", "economy")
        for cell in book.sheet(key).cells.values()
        if cell.column == 3 and cell.look == "beside"
        for part in str(cell.value).split(";")
    } - {""}
    assert named and named <= cited


def test_administration_of_gross_expenditure_is_told_as_a_ratio_to_benefits():
    line = next(line for line in table_of("SEN").lines if line.id == "social_pension")
    assert terms_of(line)[:5] == [1.0, 0.0, 0.0, 0.05, 0.0]
