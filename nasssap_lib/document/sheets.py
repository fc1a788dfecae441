"""Sheets of the options: each aspect, put together from the tables of the notebooks; and what their costs assume, a row an option."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from nasssap_lib.display.grid import Cell, Column, Grid
from nasssap_lib.display.numbers import NOT_AVAILABLE
from nasssap_lib.display.tables import MARK_WORDS, ReportTable, View, known_views, mark_of, write_text
from nasssap_lib.display.texts import N_, _, join_beside, join_clauses, join_listed, label, named
from nasssap_lib.document.blocks import Block, Section, Table
from nasssap_lib.document.material import Material
from nasssap_lib.pack.model import Pack
from nasssap_lib.terms import BRANCHES, GROUPS, GUARANTEES

FOR, IN, ALL = N_("Target population"), N_("Benefit package"), N_("Administration")
DELIVERY, MONEY, SEEN, FITS = N_("Service delivery"), N_("Financing"), N_("Monitoring"), N_("Coherence")
SHEET = (  # aspect, exhibit, columns of it
    (FOR, "03.option_cards", ("whom",)),
    (FOR, "03.needs_of_options", ("people", "coverage", "evidence", "newly_covered_central")),
    (IN, "03.option_cards", ("level_central", "month", "paid", "take_up_central")),
    (ALL, "03.option_cards", ("runs", "admin_rate")),
    (ALL, "05.skeleton", ("law", "institution", "register")),
    (DELIVERY, "03.option_cards", ("how",)),
    (DELIVERY, "05.skeleton", ("channel",)),
    (MONEY, "03.costs", ("cost_central", "net_cost_central")),
    (MONEY, "05.skeleton", ("financing",)),
    (SEEN, "05.skeleton", ("monitoring",)),
    (FITS, "03.option_cards", ("stands",)),
    (FITS, "05.alignment", ("title",)),
)
ASSUMPTIONS = "04.assumptions"
PLAIN_UNITS = ("share", "year")  # a percentage or a year says itself what it is in
HIDDEN = ("how",)  # columns that a table shows small below another, and a sheet as an item
HEADINGS = {  # of items that say more in a sheet than at the head of a column
    "evidence": N_("Coverage read from"), "newly_covered_central": N_("Newly covered at full take-up, {year}"),
    "runs": N_("Institution that would run it"), "how": N_("How it is paid or delivered"),
    "law": N_("Law in place"), "institution": N_("Institution in place"), "register": N_("Register and identification in place"),
    "channel": N_("Payment channel in place"), "cost_central": N_("Cost at full take-up, {year}, % of GDP"),
    "net_cost_central": N_("The same, less those covered today, % of GDP"), "financing": N_("Decision on finance in place"),
    "monitoring": N_("Indicator in place"),
}  # fmt: skip


class _Known(NamedTuple):
    """What a table says of the options: how its columns are written, and the rows of each option."""

    views: dict[str, View]
    rows: dict[str, list[dict]]


def options(material: Material) -> list[Block | Section]:
    """A sheet for each option, grouped by guarantee, population group, policy area, payer or institution."""
    groups: dict[str, list[dict]] = {}
    tables = _tables(material)
    for row in material.pack.measures.to_dict("records"):
        groups.setdefault(GROUPED[material.options_by](material.pack, row), []).append(row)
    return [
        Section(f"options_{place}", title, 2, parts=tuple(_sheet(material, tables, row) for row in rows))
        for place, (title, rows) in enumerate(groups.items(), start=1)
    ]


def _tables(material: Material) -> dict[str, _Known]:
    """What the notebooks' tables say of the options, by place."""
    found = {}
    for place in dict.fromkeys(place for _aspect, place, _names in SHEET):
        exhibit = material.record.exhibits.get(place)
        table = exhibit.thing if exhibit else None
        if isinstance(table, ReportTable) and "option" in table.rows:
            rows: dict[str, list[dict]] = {}
            for row in table.rows.to_dict("records"):
                rows.setdefault(row["option"], []).append(row)
            found[place] = _Known(known_views(table)[0], rows)
    return found


def _sheet(material: Material, tables: dict[str, _Known], row: dict) -> Section:
    """One option: items with their aspect and what is known of them, taken from the tables of the notebooks."""
    year = material.pack.settings.reference_year
    rows = [
        cells
        for aspect, place, names in SHEET
        if place in tables
        for cells in _aspect(aspect, names, tables[place], row["id"], year)
    ]
    columns = Column(_("Item")), Column(_("Aspect")), Column(_("What is known or assumed"), long=True)
    title = _("Sheet of the option: {option}", option=named(row["name"]))
    table = Table(f"sheet_{row['id']}", title, _grid(title, columns, tuple(rows)))
    return Section(f"option_{row['id']}", named(row["name"]), 3, blocks=(table,))


def _aspect(aspect: str, names: tuple[str, ...], table: _Known, option: str, year: int) -> list[tuple[Cell, ...]]:
    views = table.views | {name: View("") for name in names if name in HIDDEN}
    mine = table.rows.get(option, [])
    return [
        (
            Cell(_(HEADINGS[name], year=year) if name in HEADINGS else views[name].words),
            Cell(_(aspect)),
            _joined(views[name], name, mine),
        )
        for name in names
        if name in views and mine and any(views[name].write(row.get(name)) for row in mine)
    ]


def _joined(view: View, name: str, rows: list[dict]) -> Cell:
    """The words of a column in the rows of one option, and what stands small below them."""
    words = join_clauses(list(filter(None, dict.fromkeys(view.write(row.get(name)) for row in rows))))
    details = [write_text(row.get(view.detail)) for row in rows] if view.detail not in ("", *HIDDEN) else []
    return Cell(
        words,
        "" if words == _(NOT_AVAILABLE) else mark_of(rows[0], view),
        join_clauses(list(filter(None, dict.fromkeys(details)))),
    )


def assumptions(material: Material) -> list[Block | Section]:
    """What the costs assume, a row an option and a column an assumption, with its range below; then what is assumed for all options."""
    exhibit = material.record.exhibits.get(ASSUMPTIONS)
    table = exhibit.thing if exhibit else None
    if not isinstance(table, ReportTable) or not len(table.rows):
        return []
    views = known_views(table)[0]
    rows = table.rows.fillna("").to_dict("records")
    own, shared = ([row for row in rows if bool(row["option"]) is one] for one in (True, False))
    kinds = list(dict.fromkeys((row["assumption"], row["unit"]) for row in own))
    names = {row["option"]: views["name"].write(row["name"]) for row in own}
    cells = {(row["option"], row["assumption"]): _ranged(row, views["central"]) for row in own}
    columns = (Column(views["name"].words), *(Column(_heading(views, *kind), True) for kind in kinds))
    body = tuple(
        (Cell(name), *(cells.get((option, kind), Cell("")) for kind, _unit in kinds)) for option, name in names.items()
    )
    source = _("Source: {sources}.", sources=exhibit.source) if exhibit.source else ""
    together = _("What the costs assume for all options together")
    return [
        *([Table("own_assumptions", table.title, _grid(table.title, columns, body), source)] if own else []),
        *([Table("own_shared_assumptions", together, _shared(together, views, shared), source)] if shared else []),
    ]


def _heading(views: dict[str, View], assumption: str, unit: str) -> str:
    """An assumption with its unit, where its values do not say it themselves."""
    words = views["assumption"].write(assumption)
    return words if unit in PLAIN_UNITS else join_listed([words, views["unit"].write(unit)])


def _ranged(row: dict, central: View) -> Cell:
    ends = _("{low} to {high}", low=row["low"], high=row["high"]) if row["low"] and row["high"] else ""
    return Cell(central.write(row["central"]), mark_of(row, central), ends)


def _shared(title: str, views: dict[str, View], rows: list[dict]) -> Grid:
    columns = tuple(Column(_heading(views, row["assumption"], row["unit"]), True) for row in rows)
    return _grid(
        title,
        (Column(views["name"].words), *columns),
        ((Cell(_("All options")), *(_ranged(row, views["central"]) for row in rows)),),
    )


def _grid(title: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]) -> Grid:
    """A grid with the meaning of its marks below."""
    marks = {cell.mark for cells in rows for cell in cells}
    told = [_("{mark}: {meaning}", mark=mark, meaning=_(words)) for mark, words in MARK_WORDS.items() if mark in marks]
    return Grid(title, columns, rows, join_clauses(told))


def _by_branch(pack: Pack, row: dict) -> str:
    """Policy areas: the branches of the schemes to which an option is related, else its guarantee."""
    related = pack.schemes[pack.schemes["id"].isin(str(row["related_scheme"]).split(";"))]
    branches = dict.fromkeys(code for cell in related["branches"] for code in cell.split(";") if code)
    return join_beside([label(BRANCHES, code) for code in branches]) or label(GUARANTEES, row["guarantee"])


def _by_payer(pack: Pack, row: dict) -> str:
    money = pack.financing
    pays_for = money["pays_for"] if "pays_for" in money else [""] * len(money)
    names = [name for name, cell in zip(money["name"], pays_for, strict=True) if row["id"] in cell.split(";")]
    return join_clauses(list(map(named, names))) or _("No proposal names it")


GROUPED: dict[str, Callable[[Pack, dict], str]] = {
    "guarantee": lambda pack, row: label(GUARANTEES, row["guarantee"]),
    "group": lambda pack, row: label(GROUPS, row["group"]),
    "branch": _by_branch,
    "payer": _by_payer,
    "institution": lambda pack, row: named(row["institution"]) or _("No institution is named"),
}
