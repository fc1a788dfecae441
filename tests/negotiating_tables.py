"""Negotiating tables of shipped packs, composed and written once for all tests that only read them."""

import tomllib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kept_workbooks import with_values
from openpyxl.utils import get_column_letter
from stories import pack_of

from nasssap_lib.display.texts import in_language
from nasssap_lib.financing.negotiation import negotiation_of
from nasssap_lib.financing.sheet_cells import FORMULA, INPUT
from nasssap_lib.financing.sheet_reader import read_agreed, read_meta
from nasssap_lib.financing.sheet_workbook import Book, compose_workbook, write_workbook
from nasssap_lib.pack.scenario import apply_scenario, checked_toml

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


def changed(path: Path, made: Book, values: dict, to: str = "changed.xlsx") -> Path:
    """A copy of a workbook with other values in cells that may be changed: (option or source, parameter) → value."""
    cells = {}
    for key, value in values.items():
        sheet, cell = input_of(made, *key)
        row, column = coordinates(cell)
        cells[sheet.title, f"{get_column_letter(column)}{row}"] = value
    return with_values(path, cells, path.parent / to)


def saved(book, path: Path) -> Path:
    """A workbook of openpyxl as a file."""
    book.save(path)
    return path


def agreed_in(path: Path, pack):
    """What was agreed in a workbook of a pack."""
    book, meta = read_meta(path)
    return read_agreed(book, meta, pack)


def agreed_pack(path: Path, pack):
    """The pack with the scenario that was agreed in a workbook, as the batch reads it."""
    scenario = replace(agreed_in(path, pack).scenario, name="agreed")
    values = tomllib.loads(checked_toml(pack, scenario))
    return apply_scenario(pack, replace(scenario, measures=values["measures"], financing=values.get("financing", {})))


def all_forms(pack):
    """A pack whose options are of every form that a benefit can have, each measured and paid in another way."""
    further = {
        "form": "cash", "uses": float("nan"), "own_payment": 0.0, "materials": 0.0, "inclusion_error_central": 0.0, "admin_start_up": 0.0,
        "admin_registration": 0.0, "admin_per_person": 0.0,
    }  # fmt: skip
    measures = pack.measures.drop(columns=[name for name in further if name in pack.measures]).assign(**further)
    for row, changes in zip(measures.index, FORMS, strict=False):
        for name, value in changes.items():
            measures.loc[row, name] = value
    return pack.with_tables(measures=measures)


def _money(value: float, basis: str, indexing: str, **further) -> dict:
    ends = {"amount_low": value / 2, "amount_central": value, "amount_high": value * 2}
    return ends | {"amount_basis": basis, "indexing": indexing} | further


FORMS = (
    _money(900.0, "lcu_per_month", "prices", admin_start_up=500.0, admin_registration=120.0, admin_per_person=36.0),
    _money(40.0, "poverty_line", "none", admin_base="gross", admin_rate=0.2, inclusion_error_central=0.15),
    _money(10.0, "minimum_wage", "wages", admin_registration=2.5, admin_start_up=80.0),
    _money(150.0, "lcu_per_month", "gdp_per_head", form="health", uses=2.4, own_payment=30.0),
    _money(0.4, "gdp_per_head", "gdp_per_head", form="health", uses=3.0, own_payment=0.1, admin_per_person=0.05),
    _money(2.0, "average_earnings", "prices", form="contributory", own_payment=0.5),
    _money(1.5, "gdp_per_head", "prices", months=6.0, start_year=2029, full_year=2029),
    _money(18.0, "gdp_per_head", "gdp_per_head", relation="benefit_tested", take_up_central=0.99, take_up_high=1.0),
    _money(8.0, "gdp_per_head", "wages", relation="merge"),
    _money(700.0, "lcu_per_month", "none", form="public_works", materials=0.4, months=4.5),
)
