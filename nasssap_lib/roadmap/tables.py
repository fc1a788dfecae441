"""Tables of the order of options for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.tables import write_fine_share, write_whole_share
from nasssap_lib.costing.words import quoted
from nasssap_lib.display.tables import ReportTable, View, write_code, write_name, write_reason, write_text, write_year
from nasssap_lib.display.texts import N_, _, join_beside, label, named, ngettext
from nasssap_lib.display.words import join_words
from nasssap_lib.roadmap.plan import Roadmap
from nasssap_lib.roadmap.words import starts_of
from nasssap_lib.rows import as_records
from nasssap_lib.terms import GROUPS, GUARANTEES

ORDERS = {"typed": N_("Assumed order"), "best": N_("Best order")}
GIVES_WAY = {
    "envelope": N_("money of a year"), "earliest": N_("end of activities"), "prerequisite": N_("what is needed first"),
    "capacity": N_("starts of an institution"), "all": N_("several rules at once"),
}  # fmt: skip
KINDS = {
    "envelope": N_("costs more than there is"), "earliest": N_("starts before its activities end"),
    "prerequisite": N_("starts before what it needs"), "capacity": N_("more starts than the institution carries"),
}  # fmt: skip
NO_MONEY = N_("not known, for no money is proposed")
UNTRIED = N_("none; its cost was not held against money, for none is proposed")


def order_table(roadmap: Roadmap) -> ReportTable:
    """Each option: who is responsible, when its activities end, the typed first year and that of the best order, and what it closes.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    table, starts = roadmap.ready.options, starts_of(roadmap)
    data = table.assign(start=pd.array([starts.get(option, pd.NA) for option in table["option"]], "Int64"))
    shown = data.assign(
        whom=[
            join_beside([label(GUARANTEES, row["guarantee"]), label(GROUPS, row["group"])]) for row in as_records(table)
        ],
        begins=[_start_words(row, roadmap.best is not None) for row in as_records(data)],
        by=[named(name) for name in table["institution"]],
    )
    views = {
        "name": View(_("Option"), write_name, detail="whom"),
        "by": View(_("Institution")),
        "ready_by": View(_("Activities end")),
        "typed_start": View(_("Assumed start"), write_year, numeric=True),
        "begins": View(_("Best order"), numeric=True),
        "closed": View(_("Gap of its group closed at least"), write_whole_share, "quality", True),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    if roadmap.best is None:
        del views["begins"]
    return ReportTable(data, _("Options, and when they start"), views, shown)


def _start_words(row: dict, best: bool) -> str:
    if not row["in_order"]:
        return _("not ordered")
    return write_year(row["start"]) or (_("not within the money") if best else "")


def breaks_table(roadmap: Roadmap) -> ReportTable:
    """What the typed order breaks: which rule, whose, in which years, and by how much.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    rules = [label(KINDS, kind) for kind in roadmap.breaks["kind"]]
    words = _("Rules that the assumed order breaks"), _("What is broken"), _("By how much")
    return _rules(roadmap, roadmap.breaks, rules, words, _no_row(roadmap, _("none"), _(UNTRIED)))


def in_the_way_table(roadmap: Roadmap) -> ReportTable:
    """What would have to give way for all options to start: one way out a kind of rule.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    rules = [label(GIVES_WAY, kind) for kind in roadmap.in_the_way["relaxed"]]
    words = _("What keeps all options from starting"), _("What gives way"), _("By how much at least")
    nothing = _no_row(roadmap, _("nothing: all can start within the money of every year"))
    return _rules(roadmap, roadmap.in_the_way, rules, words, nothing)


def _rules(
    roadmap: Roadmap, data: pd.DataFrame, rules: list[str], words: tuple[str, str, str], nothing: str
) -> ReportTable:
    """Rules with whose they are, the year, and by how much: a title, the headings of the first and the last column, what no row means."""
    names = dict(zip(roadmap.ready.options["option"], roadmap.ready.options["name"], strict=True))
    shown = data.assign(
        rule=rules,
        whose=[named(names.get(row.option, row.institution) or "") for row in data.itertuples()],
        much=[_amount(row) for row in data.itertuples()],
    )
    title, first, last = words
    views = {
        "rule": View(first),
        "whose": View(_("Option or institution")),
        "year": View(_("Year"), write_year, numeric=True),
        "much": View(last, numeric=True),
    }
    return ReportTable(data, title, views, shown, nothing)


def high_table(roadmap: Roadmap) -> ReportTable:
    """In which years each order costs more than there is when costs come out high.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    data = roadmap.high
    shown = data.assign(whose=[label(ORDERS, order) for order in data["order"]])
    views = {
        "whose": View(_("Order")),
        "year": View(_("Year"), write_year, numeric=True),
        "amount": View(_("More than there is, % of GDP"), write_fine_share, numeric=True),
    }
    nothing = _no_row(roadmap, _("both stay within the money"))
    return ReportTable(data, _("The orders when costs come out high"), views, shown, nothing)


def _no_row(roadmap: Roadmap, none: str, without_money: str = "") -> str:
    """What it means that a table has no row, with money to hold an order against and without."""
    if roadmap.best is not None:
        return none
    return (without_money or _(NO_MONEY)) if len(roadmap.typed_costs) else ""


def _amount(row) -> str:
    if row.kind == "envelope":
        return _("{share} of GDP", share=write_fine_share(row.amount))
    if pd.isna(row.amount):
        return _("what it needs never starts")
    n = int(row.amount)
    if row.kind == "capacity":
        return ngettext("{n} start too many", "{n} starts too many", n, n=n)
    return ngettext("{n} year too early", "{n} years too early", n, n=n)


def years_table(roadmap: Roadmap) -> ReportTable:
    """Cost by year of both orders against the money that there is.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    data = roadmap.typed_costs[["year", "cost", "envelope"]].rename(columns={"cost": "typed"})
    best = roadmap.best_costs.set_index("year")["cost"] if roadmap.best is not None else None
    data = data.assign(best=float("nan") if best is None else data["year"].map(best))
    data = data.assign(left=data["envelope"] - data["best"])
    views = {
        "year": View(_("Year"), write_year),
        "typed": View(_("Assumed order"), write_fine_share, numeric=True),
        "best": View(_("Best order"), write_fine_share, numeric=True),
        "envelope": View(_("Money"), write_fine_share, numeric=True),
        "left": View(_("Left by the best order"), write_fine_share, numeric=True),
    }
    shown = {name: view for name, view in views.items() if roadmap.best is not None or name in ("year", "typed")}
    return ReportTable(data, _("Net cost of the orders by year, % of GDP, and the money that there is"), shown)


def closed_table(roadmap: Roadmap) -> ReportTable:
    """How far each guarantee's gap is closed at least at the horizon, in both orders.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    last = roadmap.closed["year"].max() if len(roadmap.closed) else 0
    data = roadmap.closed[roadmap.closed["year"] == last].reset_index(drop=True)
    views = {
        "guarantee": View(_("Guarantee"), write_code(GUARANTEES)),
        "typed": View(_("Assumed order"), write_whole_share, numeric=True),
        "best": View(_("Best order"), write_whole_share, numeric=True),
    }
    if roadmap.best is None:
        del views["best"]
    title = _("Share of the gap closed at least by {year}; groups of a guarantee weigh the same", year=int(last))
    return ReportTable(data, title, views)


def other_money_table(roadmap: Roadmap) -> ReportTable:
    """What other amounts of money would buy.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    data = roadmap.money
    shown = data.assign(
        amount=[_money_words(row) for row in data.itertuples()],
        begun=[
            join_words(quoted(named(name) for name in cell.split(";") if name)) if cell else _("none")
            for cell in data["names"]
        ],
        sure=[_("yes") if proved else _("no") for proved in data["proved"]],
    )
    views = {
        "amount": View(_("Money each year")),
        "begun": View(_("Options that start"), write_text, long=True),
        "smallest_share": View(_("Gap closed, guarantee that gains least"), write_whole_share, numeric=True),
        "mean_share": View(_("Gap closed, mean of the guarantees"), write_whole_share, numeric=True),
        "cost": View(_("Cost at the horizon, % of GDP"), write_fine_share, numeric=True),
        "sure": View(_("Proved to be best")),
    }
    return ReportTable(data, _("What other money would buy"), views, shown)


def _money_words(row) -> str:
    if pd.notna(row.money):
        return _("{share} of GDP", share=write_fine_share(row.money))
    return _("{share} of GDP more", share=write_fine_share(row.more)) if row.more else _("what is proposed")
