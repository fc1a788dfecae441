"""Negotiating tables of shipped packs, composed and written once for all tests that only read them."""

from functools import lru_cache
from pathlib import Path

from stories import pack_of

from nasssap_lib.display.texts import in_language
from nasssap_lib.financing.negotiation import negotiation_of
from nasssap_lib.financing.sheet_cells import FORMULA, INPUT
from nasssap_lib.financing.sheet_workbook import Book, compose_workbook, write_workbook

COUNTRIES = ("SEN", "ZMB", "XTC")


@lru_cache(maxsize=8)
def table_of(country: str):
    """What is bargained over in a shipped pack."""
    return negotiation_of(pack_of(country))


@lru_cache(maxsize=8)
def book_of(country: str, language: str = "en") -> Book:
    """The composed workbook of a shipped pack."""
    return book(pack_of(country), language, table_of(country))


def book(pack, language: str = "en", table=None) -> Book:
    """The composed workbook of a pack."""
    with in_language(language, pack.translations(language), pack.country):
        return compose_workbook(pack, table or negotiation_of(pack))


def written(folder: Path, made: Book, language: str = "en") -> Path:
    """A composed workbook as a file."""
    with in_language(language):
        return write_workbook(folder / f"{made.meta['country']}.xlsx", made)


def formulas(made: Book):
    """Sheet and cell of every formula."""
    return [(sheet, cell) for sheet in made.sheets for cell in sheet.cells.values() if cell.kind == FORMULA]


def input_of(made: Book, of: str, parameter: str):
    """Sheet and cell in which something may be changed."""
    return next(
        (sheet, cell)
        for sheet in made.sheets
        for cell in sheet.cells.values()
        if cell.kind == INPUT and (cell.input.of, cell.input.parameter) == (of, parameter)
    )


def coordinates(cell) -> tuple[int, int]:
    """Row and column of a cell as openpyxl counts them."""
    return cell.row + 1, cell.column + 1
