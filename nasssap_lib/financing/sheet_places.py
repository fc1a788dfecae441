"""Where everything stands in the workbook: the row of each series, and the cell of each thing that may be changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nasssap_lib.costing.formula import MOVED, STATED
from nasssap_lib.financing.negotiation import SEXES, Line, Negotiation
from nasssap_lib.financing.sheet_cells import FIRST_YEAR, HEADS, address, letters, on_sheet

TABLE, GUIDE, YEARS, WORK, PERSONS, TERMS, ECONOMY = "table", "guide", "years", "work", "persons", "terms", "economy"
SHEETS = (TABLE, GUIDE, YEARS, WORK, PERSONS, TERMS, ECONOMY)
LEVEL, TAKE_UP, START, FULL = "amount_central", "take_up_central", "start_year", "full_year"
VALUE, KIND, FROM, TO = "value_central", "kind", "from_year", "to_year"
COLUMNS = {LEVEL: 2, TAKE_UP: 5, START: 6, FULL: 7, VALUE: 2, KIND: 3, FROM: 6, TO: 7}  # of the first sheet
READ = (4, 2)  # cell of the year that the table is read in
FIRST_OPTION = 7  # row of the first sheet
SERIES = ("population", "gdp", "gdp_per_head", "prices", "poverty_line", "wages", "minimum_wage")
OF_TERMS = (  # columns of the terms, from the second one on
    "times", "own_payment", "materials", "administration", "inclusion_error", "admin_start_up", "registration", "per_person", "replaced",
    "netted", "month_unit",
)  # fmt: skip
BLOCKS = (
    "together",
    "money",
    "replaced",
    "paid",
    "persons",
    "alone",
    "alone_money",
    "double",
)  # of the options, on the sheet by year
TOTALS = ("cost", "cost_money", "displaced", "net", "space", "used", "unused", "gap", "gap_money", "twice")
WHOLE, COUNTED = 4, 5  # columns on the sheet of terms: what a source takes in all its years, whether it counts


@dataclass(frozen=True)
class Places:
    """Row of each name on its sheet, and the titles of the sheets in the workbook's language."""

    titles: Mapping[str, str]
    rows: Mapping[str, tuple[str, int]]
    terms: Mapping[str, int]
    inputs: Mapping[str, int]

    def at(self, name: str, year: int, here: str) -> str:
        """The cell of a series in a year (its place among the years), as a formula on the sheet ``here`` names it."""
        sheet, row = self.rows[name]
        return self._named(sheet, address(row, FIRST_YEAR + year), here)

    def base(self, name: str, here: str) -> str:
        """The cell of a series of the economy in the base year."""
        return self._named(ECONOMY, address(self.rows[name][1], FIRST_YEAR - 1, fixed=True), here)

    def span(self, name: str, years: int, here: str) -> str:
        """The cells of a series in all years of the table, without the one before it."""
        sheet, row = self.rows[name]
        cells = f"${letters(FIRST_YEAR + 1)}${row + 1}:${letters(FIRST_YEAR + years - 1)}${row + 1}"
        return self._named(sheet, cells, here)

    def year(self, year: int) -> str:
        """The cell with the year itself, on a sheet whose columns are years."""
        return f"{letters(FIRST_YEAR + year)}${HEADS + 1}"

    def term(self, option: str, name: str) -> str:
        """The cell of a term of an option, from another sheet."""
        return on_sheet(self.titles[TERMS], address(self.terms[option], 2 + OF_TERMS.index(name), fixed=True))

    def of_source(self, source: str, column: int, here: str) -> str:
        """A cell of a source of money on the sheet of terms."""
        return self._named(TERMS, address(self.terms[f"pays.{source}"], column, fixed=True), here)

    def input(self, of: str, parameter: str) -> str:
        """The cell in which a parameter may be changed, from another sheet."""
        return on_sheet(self.titles[TABLE], address(self.inputs[of], COLUMNS[parameter], fixed=True))

    def row(self, name: str) -> int:
        """Row of a series on its sheet."""
        return self.rows[name][1]

    def _named(self, sheet: str, cells: str, here: str) -> str:
        return cells if sheet == here else on_sheet(self.titles[sheet], cells)


def unit_name(line: Line) -> str:
    """Name of the rows that say what one unit of an option's amount is."""
    return f"{line.measure.amount_basis}/{line.measure.indexing}"


def used_series(table: Negotiation) -> list[str]:
    """Series of the economy that the options stand on."""
    used = {STATED[line.measure.amount_basis] for line in table.lines} | {
        MOVED[line.measure.indexing] for line in table.lines
    }
    return [name for name in SERIES if name in used | {"population", "gdp", "gdp_per_head"}]


def reached_by_others(table: Negotiation) -> set[int]:
    """Places of the options whose people another one shares."""
    return {place for at, line in enumerate(table.lines) if line.earlier for place in (at, *line.earlier)}


def places_of(table: Negotiation, titles: Mapping[str, str]) -> Places:
    """Where everything stands.

    Parameters
    ----------
    table : what is bargained over
    titles : key of a sheet → its title
    """
    rows: dict[str, tuple[str, int]] = {}
    _below(rows, ECONOMY, HEADS + 1, [used_series(table), _units(table)])
    _below(rows, PERSONS, HEADS + 1, [*([f"{line.id}.target", f"{line.id}.women", f"{line.id}.most"] for line in table.lines),
                                      [f"people.{sex}.{at}" for sex in SEXES for at in range(len(table.people[sex]))]])  # fmt: skip
    shared = reached_by_others(table)
    _below(rows, WORK, HEADS + 1, [_steps(line, at in shared) for at, line in enumerate(table.lines)])
    options, sources = [line.id for line in table.lines], [f"pays.{source.id}" for source in table.sources]
    _below(
        rows,
        YEARS,
        HEADS + 2,
        [TOTALS, *([f"{block}.{id_}" for id_ in options] for block in BLOCKS), sources],
        title=True,
    )
    first_source = FIRST_OPTION + len(options) + 4
    inputs = {id_: FIRST_OPTION + at for at, id_ in enumerate(options)}
    inputs |= {f"pays.{source.id}": first_source + at for at, source in enumerate(table.sources)}
    terms = {id_: HEADS + 1 + at for at, id_ in enumerate(options)}
    first = HEADS + len(options) + 4
    terms |= {f"pays.{source.id}": first + at for at, source in enumerate(table.sources)}
    return Places(titles, rows, terms, inputs)


def _units(table: Negotiation) -> list[str]:
    names = dict.fromkeys(unit_name(line) for line in table.lines)
    return [f"{part}.{name}" for name in names for part in ("money", "heads")]


def _steps(line: Line, shared: bool) -> list[str]:
    """Steps of the calculation of one option."""
    steps = ["ramp", *(f"{step}.{sex}" for step in ("persons", "units") for sex in SEXES)]
    steps += [f"reached.{sex}" for sex in SEXES] if shared else []
    steps += [f"left.{sex}" for sex in SEXES] if line.earlier else []
    return [f"{line.id}.{step}" for step in steps]


def _below(rows: dict, sheet: str, first: int, groups: Iterable[Iterable[str]], title: bool = False) -> None:
    """Give names their rows, group below group with an empty row (and one for a title) between them."""
    for group in groups:
        for name in group:
            rows[name] = (sheet, first)
            first += 1
        first += 2 if title else 1
