"""The sheet that is bargained on: what may be changed of each option, what it costs, who pays and what is missing."""

from __future__ import annotations

import numpy as np

from nasssap_lib.costing.words_ranges import UNITS
from nasssap_lib.display.texts import N_, _, join_beside, join_listed, join_sentences, label, named
from nasssap_lib.display.workbooks import lines_of
from nasssap_lib.financing.negotiation import MOST_SPACE, Line, Negotiation, Source
from nasssap_lib.financing.sheet_cells import (
    FORMULA,
    HEADS,
    INPUT,
    NUMBER,
    Cell,
    Input,
    Sheet,
    address,
    choice,
    letters,
    on_sheet,
)
from nasssap_lib.financing.sheet_inputs import terms_of
from nasssap_lib.financing.sheet_places import (
    COLUMNS,
    FIRST_OPTION,
    FROM,
    FULL,
    KIND,
    LEVEL,
    OF_TERMS,
    READ,
    START,
    TABLE,
    TAKE_UP,
    TO,
    VALUE,
    YEARS,
    Places,
)
from nasssap_lib.financing.sheet_sources import KINDS, SAME_STOCK, bound_words, remark, rivals, source_name
from nasssap_lib.financing.sheet_years import result_values, scale_of, total_values

NAME, PAID_MONTH, PERSONS, COST, DISPLACED, NET, LAST = 1, 4, 8, 9, 10, 11, 11
WIDTHS = {0: 1.5, 1: 40, 2: 9, 3: 19, 4: 11.5, 5: 9.5, 6: 10.5, 7: 9.5, 8: 11, 9: 9.5, 10: 11.5, 11: 9.5, 12: 2}
FITS = 1.2  # letters of a word are narrower than the digits by which columns are measured
CHANGE = N_(
    "Change the yellow cells: cost, space, gap and charts move with them. Everything else is locked, without a password. "
    "Level 0 leaves an option out."
)


def table_sheet(sheet: Sheet, table: Negotiation, places: Places, country: str, fictional: bool) -> None:
    """The first sheet: key figures on top, options, who pays, then year by year."""
    sheet.widths |= WIDTHS
    sheet.heights |= {0: 6, 1: 26}
    sheet.text(1, NAME, _("{country}: what it costs and who pays", country=country), "title")
    invented = _("Fictional country: every figure in this workbook is invented for training.") if fictional else ""
    words = join_sentences([invented, _(CHANGE)])
    sheet.across(2, NAME, LAST, words, "muted", lines_of(words, 175))
    _key_figures(sheet, table, places)
    _options(sheet, table, places)
    _who_pays(sheet, table, places)
    _by_year(sheet, table, places)


def place_of_year(table: Negotiation) -> int:
    """Place among the years of that which the table opens at."""
    return int(np.flatnonzero(table.years == table.read_year)[0])


def _in_read_year(places: Places, name: str, years: int) -> str:
    heads = f"${letters(6)}${HEADS + 1}:${letters(5 + years - 1)}${HEADS + 1}"
    wanted = address(*READ, fixed=True)
    return f"INDEX({places.span(name, years, TABLE)},MATCH({wanted},{on_sheet(places.titles[YEARS], heads)},0))"


def _lines(words: str, *columns: int) -> int:
    """Lines that words need in columns that are merged."""
    return lines_of(words, FITS * sum(WIDTHS[column] for column in columns))


def _head_height(words: dict[int, str]) -> float:
    """Height of a row of heads, which are bold."""
    return 15.5 * max(lines_of(said, WIDTHS[column] + 1) for column, said in words.items()) + 3


def _key_figures(sheet: Sheet, table: Negotiation, places: Places) -> None:
    """The year that is read, and the five figures that matter, in large letters."""
    at, values = place_of_year(table), total_values(table, scale_of(table)[0])
    sheet.heights |= {3: 17, READ[0]: 24}
    sheet.text(READ[0], NAME, _("Figures of the year"), "asked")
    whole = Input("", "year", float(table.years[1]), float(table.years[-1]), whole=True)
    sheet.put(Cell(*READ, INPUT, float(table.read_year), "typed_year_large", input=whole))
    figures = (
        ("cost", 3, 3, _("Cost, % of GDP")), ("displaced", 4, 5, _("Spent today on it, %")), ("net", 6, 7, _("Net cost, %")),
        ("space", 8, 9, _("Who pays: space, %")), ("gap", 10, 11, _("Gap, % of GDP")),
    )  # fmt: skip
    for name, first, last, words in figures:
        look = "key_gap" if name == "gap" else "key"
        sheet.text(3, first, words, "key_head")
        sheet.formula(READ[0], first, _in_read_year(places, name, len(table.years)), float(values[name][at]), look)
        if last > first:
            sheet.merged += [(3, first, last), (READ[0], first, last)]


def _options(sheet: Sheet, table: Negotiation, places: Places) -> None:
    head = FIRST_OPTION - 1
    money = (
        _("a month, {currency} of {year}", currency=table.currency, year=table.money_year)
        if table.money_year
        else _("a month")
    )
    words = [
        _("Option"), _("Level"), _("Unit"), money, _("Take-up, %"), _("First payment"), _("Full take-up"), _("Persons paid"),
        _("Cost, % of GDP"), _("Spent today on it, %"), _("Net cost, %"),
    ]  # fmt: skip
    for column, said in enumerate(words, 1):
        sheet.text(head, column, said, "head" if column in (1, 3) else "head_right")
    sheet.heights[head] = _head_height(dict(enumerate(words, 1)))
    for line in table.lines:
        _option(sheet, line, table, places)
    _total(sheet, FIRST_OPTION + len(table.lines), table, places)


def _option(sheet: Sheet, line: Line, table: Negotiation, places: Places) -> None:
    row, at, years = places.inputs[line.id], place_of_year(table), len(table.years)
    name, unit = named(line.row["name"]), label(UNITS, line.measure.amount_basis)
    sheet.text(row, NAME, name, "name")
    sheet.text(row, 3, unit, "note")
    sheet.heights[row] = 15.5 * max(_lines(name, NAME), _lines(unit, 3)) + 2
    start, full = int(line.row["start_year"]), int(line.row["full_year"])
    money = line.measure.amount_basis == "lcu_per_month"
    inputs = {
        LEVEL: (float(line.row["amount_central"]), "typed_money" if money else "typed", Input(line.id, LEVEL, *_ends(line.level))),
        TAKE_UP: (
            _percent(line.row["take_up_central"]), "typed",
            Input(line.id, TAKE_UP, _percent(line.take_up.least), _percent(line.take_up.most)),
        ),
        START: (float(start), "typed_year", Input(line.id, START, *_ends(line.start), whole=True)),
        FULL: (
            float(max(full, start)), "typed_year",
            Input(line.id, FULL, *_ends(line.start), whole=True, after=address(row, COLUMNS[START])),
        ),
    }  # fmt: skip
    for parameter, (value, look, allowed) in inputs.items():
        sheet.put(Cell(row, COLUMNS[parameter], INPUT, value, look, input=allowed))
    own, month = (places.term(line.id, name) for name in ("own_payment", "month_unit"))
    paid = (float(line.row["amount_central"]) - line.measure.own_payment) * terms_of(line)[OF_TERMS.index("month_unit")]
    sheet.formula(
        row,
        PAID_MONTH,
        f"({address(row, COLUMNS[LEVEL])}-{own})*{month}",
        paid,
        "number" if abs(paid) >= 100 else "fine",
    )
    for column, block in ((PERSONS, "persons"), (COST, "together"), (DISPLACED, "replaced")):
        value = float(result_values(block, line, 1.0)[at])
        sheet.formula(
            row,
            column,
            _in_read_year(places, f"{block}.{line.id}", years),
            value,
            "number" if block == "persons" else "percent",
        )
    net = 100 * float(table.paid[line.id][at])
    sheet.formula(row, NET, _in_read_year(places, f"paid.{line.id}", years), net, "percent")


def _percent(share: float) -> float:
    return float(f"{100 * float(share):.12g}")


def _ends(bounds) -> tuple[float, float]:
    return float(bounds.least), float(bounds.most)


def _total(sheet: Sheet, row: int, table: Negotiation, places: Places) -> None:
    """The sum, and which options are not in it."""
    at, values, years = place_of_year(table), total_values(table, scale_of(table)[0]), len(table.years)
    sheet.text(row, NAME, _("Together, each person paid once"), "total_name")
    for column in range(2, COST):
        sheet.text(row, column, "", "total_name")
    for column, name in ((COST, "cost"), (DISPLACED, "displaced"), (NET, "net")):
        sheet.formula(row, column, _in_read_year(places, name, years), float(values[name][at]), "total")
    lacking = [named(line.row["name"]) for line in table.lines if np.isnan(line.results["share_of_gdp"][1:]).any()]
    said = _("Not in the sum where their cost is not known: {options}", options=join_listed(lacking)) if lacking else ""
    sheet.across(row + 1, NAME, LAST, said, "warning", lines_of(said, 160) if said else 1)


def _who_pays(sheet: Sheet, table: Negotiation, places: Places) -> None:
    first = places.inputs[f"pays.{table.sources[0].id}"]
    words = {
        1: _("Who pays"), 2: _("% of GDP"), 3: _("How it comes"), 6: _("From year"), 7: _("To year"), 8: "",
        9: _("In the year, % of GDP"), 10: "",
    }  # fmt: skip
    sheet.merged += [(first - 1, 3, 5), (first - 1, DISPLACED, LAST)]
    for column, said in words.items():
        sheet.text(first - 1, column, said, "head" if column in (1, 3) else "head_right")
    sheet.heights[first - 1] = _head_height(words)
    for source in table.sources:
        _source(sheet, source, table, places)
    row = first + len(table.sources)
    sheet.text(row, NAME, _("Space together"), "total_name")
    for column in range(2, LAST + 1):
        sheet.text(row, column, "", "total_name")
    value = float(table.space[place_of_year(table)])
    sheet.formula(row, COST, _in_read_year(places, "space", len(table.years)), value, "total")


def _source(sheet: Sheet, source: Source, table: Negotiation, places: Places) -> None:
    name = f"pays.{source.id}"
    row, said, kinds = places.inputs[name], source_name(source), choice(KINDS)
    bound, every = bound_words(source, table), _(KINDS[source.kind])
    how = join_beside([every, bound]) if source.known else every
    title = said if source.known else join_beside([said, bound])
    sheet.text(row, NAME, title, "name")
    against = _(SAME_STOCK) if rivals(source, table) else ""
    sheet.heights[row] = 15.5 * max(_lines(title, NAME), _lines(how, 3, 4, 5), _lines(against, DISPLACED, LAST)) + 2
    first, last = float(table.years[1]), float(table.years[-1])
    begins = min([first, *([float(source.first)] if source.first else [])])
    ends = max([last, *(float(year) for year in (source.first, source.last) if year)])
    most = max(
        source.stock if source.stock == source.stock else MOST_SPACE, 0.0 if np.isnan(source.value) else source.value
    )
    value = None if np.isnan(source.value) else float(source.value)
    sheet.put(
        Cell(row, COLUMNS[VALUE], INPUT, value, "typed_percent", input=Input(name, VALUE, 0.0, most, optional=True))
    )
    if source.known:
        sheet.text(row, COLUMNS[KIND], how, "note")
    else:
        listed = Input(name, KIND, choices=kinds)
        sheet.put(Cell(row, COLUMNS[KIND], INPUT, how, "typed_text", input=listed))
    sheet.merged.append((row, COLUMNS[KIND], 5))
    for parameter, year in ((FROM, source.first), (TO, source.last)):
        after = address(row, COLUMNS[FROM]) if parameter == TO else ""
        allowed = Input(name, parameter, begins, ends, whole=True, optional=True, after=after)
        sheet.put(
            Cell(row, COLUMNS[parameter], INPUT, None if year is None else float(year), "typed_year", input=allowed)
        )
    at = place_of_year(table)
    sheet.text(row, PERSONS, "", "note")
    sheet.formula(row, COST, _in_read_year(places, name, len(table.years)), float(source.yields[at]), "percent")
    if against:
        said = against if source.value > 0 and source.lost else ""
        formula = f"={remark(source, address(row, COLUMNS[VALUE]), places)}"
        sheet.put(Cell(row, DISPLACED, FORMULA, said, "note", formula))
    else:
        sheet.text(row, DISPLACED, "", "note")
    sheet.merged.append((row, DISPLACED, LAST))


YEAR_COLUMNS = (  # of the table year by year: column, name of the total
    (2, "cost"), (3, "cost_money"), (4, "displaced"), (5, "net"), (6, "space"), (7, "unused"), (8, "gap"), (9, "gap_money"),
)  # fmt: skip
GAP_COLUMN = 8


def first_of_years(table: Negotiation, places: Places) -> int:
    """Row of the first year in the table year by year."""
    return places.inputs[f"pays.{table.sources[-1].id}"] + 5


def _by_year(sheet: Sheet, table: Negotiation, places: Places) -> None:
    scale, unit = scale_of(table)
    first, values = first_of_years(table, places), total_values(table, scale)
    sheet.text(first - 2, NAME, _("Year by year"), "block")
    words = {
        NAME: _("Year"), 2: _("Cost, % of GDP"), 3: _("Cost, {unit}", unit=unit), 4: _("Spent today on it, %"), 5: _("Net cost, %"),
        6: _("Space, %"), 7: _("Not used, %"), 8: _("Gap, %"), 9: _("Gap, {unit}", unit=unit),
    }  # fmt: skip
    for column, said in words.items():
        sheet.text(first - 1, column, said, "head" if column == NAME else "head_right")
    sheet.heights[first - 1] = _head_height(words)
    for at in range(1, len(table.years)):
        row = first + at - 1
        sheet.put(Cell(row, NAME, NUMBER, float(table.years[at]), "year_left"))
        for column, name in YEAR_COLUMNS:
            look = "money" if name.endswith("money") else "gap" if name == "gap" else "percent"
            sheet.formula(row, column, places.at(name, at, TABLE), float(values[name][at]), look)
