"""The negotiating table as a file: other programs must calculate what our library does."""

import shutil

import openpyxl
import pytest
from negotiating_tables import COUNTRIES, book_of, formulas, written
from recalculated import Calculated, by_office, spoil, values_of

NEEDS_OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (soffice)")


def differing(value_of, made) -> list[str]:
    """Formulas of which another program has another value than ours, to nine digits."""
    wrong = []
    for sheet, cell in formulas(made):
        got = value_of(sheet.title, cell)
        if not isinstance(got, int | float) or abs(got - cell.value) > 1e-9 * max(1.0, abs(cell.value)):
            place = f"{sheet.title} {cell.row + 1}:{cell.column + 1}"
            wrong.append(f"{place} {cell.formula[:80]} ours {cell.value} got {got}")
    return wrong


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_formula_recalculated_gives_our_value(country, tmp_path):
    made = book_of(country)
    path, spoilt = written(tmp_path, made), tmp_path / "spoilt.xlsx"
    assert spoil(path, spoilt) == len(formulas(made)) > 2_000
    stored = values_of(spoilt)
    assert {stored[sheet.title, f"{_letters(cell)}"] for sheet, cell in formulas(made)} == {999.25}
    calculated = Calculated(spoilt)
    assert differing(lambda sheet, cell: calculated.value(sheet, cell.row, cell.column), made) == []


def _letters(cell) -> str:
    return f"{openpyxl.utils.get_column_letter(cell.column + 1)}{cell.row + 1}"


@pytest.mark.soak
@NEEDS_OFFICE
@pytest.mark.parametrize("country", COUNTRIES)
def test_libreoffice_calculates_our_values_too(country, tmp_path):
    made, spoilt = book_of(country), tmp_path / "spoilt.xlsx"
    spoil(written(tmp_path, made), spoilt)
    stored = values_of(by_office(spoilt, tmp_path))
    assert differing(lambda sheet, cell: stored.get((sheet, _letters(cell))), made) == []


def test_every_formula_carries_our_value_for_viewers_that_calculate_nothing(tmp_path):
    made = book_of("ZMB")
    stored = values_of(written(tmp_path, made))
    assert [
        cell.formula for sheet, cell in formulas(made) if abs(stored[sheet.title, _letters(cell)] - cell.value) > 1e-9
    ] == []
