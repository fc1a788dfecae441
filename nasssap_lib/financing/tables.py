"""Tables of the eight options, of fiscal space and of what is missing by year for readers."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from nasssap_lib.costing.milestones import Milestones
from nasssap_lib.costing.tables import format_money, range_words, write_fine_share
from nasssap_lib.display.numbers import counted_amount, format_number
from nasssap_lib.display.tables import ReportTable, View, write_name, write_reason, write_text, write_year
from nasssap_lib.display.texts import N_, _, join_clauses, label, named, reason_words
from nasssap_lib.financing.payers import MISSING
from nasssap_lib.financing.words import DIRECTIONS, KINDS, option_words
from nasssap_lib.reasons import reason
from nasssap_lib.rows import as_records
from nasssap_lib.terms import UNITS

ITEMS = {"evidence": N_("figure"), "headroom": N_("headroom"), "proposal": N_("proposal"), "needs": N_("not estimated")}
DERIVED = {"tax_headroom": N_("Tax revenue below its own highest of ten years")}
OF = {  # end of an indicator's id → what its percentage is of
    "_gdp": N_("{share} of GDP"), "aid_social_protection": N_("{share} of GDP"), "_gni": N_("{share} of national income"),
    "_exports": N_("{share} of exports"), "_budget_share": N_("{share} of the budget"),
    "_salaried_share": N_("{share} of persons employed"),
    "informal_employment_share": N_("{share} of persons employed"),
}  # fmt: skip
MILLION = 1e6


def options_table(options: pd.DataFrame, codebook: pd.DataFrame) -> ReportTable:
    """The eight options: what the figures say of each, what is proposed, and what an estimate would need.

    Parameters
    ----------
    options : result of ``financing.financing_options``
    codebook : of the pack, for names of indicators
    """
    rows = as_records(options)
    first = ~options["option"].duplicated()
    names = codebook.set_index("id")["name_en"].to_dict()
    shown = options.assign(
        of=[
            _("{number} {option}", number=row["option"], option=option_words(row["option"])) if is_first else ""
            for row, is_first in zip(rows, first, strict=True)
        ],
        way=[
            label(DIRECTIONS, row["direction"]) if is_first else "" for row, is_first in zip(rows, first, strict=True)
        ],
        what=[_what(row, names) for row in rows],
        sort=[label(ITEMS, row["item"]) for row in rows],
        told=[_figure(row) for row in rows],
        ends=[range_words(row["low"], row["high"], write_fine_share) for row in rows],
        when=[_when(row) for row in rows],
        remark=["" if row["reason"] == "no_yield" else reason_words(row["reason"]) for row in rows],
    )
    views = {
        "of": View(_("Option"), detail="way"),
        "sort": View(_("Kind of figure")),
        "what": View(_("Figure or proposal")),
        "told": View(_("Value"), write_text, "quality", True, "ends"),
        "when": View(_("Year")),
        "remark": View(_("What it says, or what an estimate needs"), long=True),
    }
    return ReportTable(options, _("Eight options for fiscal space"), views, shown)


def _what(row: dict, names: dict[str, str]) -> str:
    if row["item"] == "proposal":
        return named(row["name"])
    return label(DERIVED, row["id"]) if row["id"] in DERIVED else named(names.get(row["id"], ""))


def _figure(row: dict) -> str:
    if row["item"] == "proposal":
        return _("{central} of GDP", central=write_fine_share(row["central"]))
    if pd.isna(row["value"]):
        return ""
    if row["item"] == "headroom":
        return counted_amount(row["value"], "{n} point of GDP", "{n} points of GDP")
    if row["unit"] == "percent":
        words = next((words for end, words in OF.items() if row["id"].endswith(end)), N_("{share}"))
        return _(words, share=write_fine_share(row["value"] / 100))
    return f"{format_number(row['value'], 2)} {label(UNITS, row['unit'])}"


def _when(row: dict) -> str:
    if row["item"] != "proposal":
        return write_year(row["year"])
    span = (
        _("from {first}", first=int(row["from_year"]))
        if pd.isna(row["to_year"])
        else _("{first} to {last}", first=int(row["from_year"]), last=int(row["to_year"]))
    )
    return _("{kind}, {span}", kind=label(KINDS, row["kind"]), span=span)


def space_table(space: pd.DataFrame, years: Iterable[int]) -> ReportTable:
    """What each proposal brings in some years, and why it is not counted; all years in its CSV.

    Parameters
    ----------
    space : result of ``financing.space_by_year``
    years : years that are shown
    """
    if space.empty:
        return ReportTable(space, _("Fiscal space by year"))
    shown = space.drop_duplicates("id")[["id", "option", "name", "counted", "reason", "quality"]].reset_index(drop=True)
    runs = space[space["high"] > 0].groupby("id")["year"].agg(["min", "max"]).reindex(shown["id"])
    shown["of"] = [
        join_clauses(
            [
                option_words(number),
                *([] if pd.isna(first) else [_("{first} to {last}", first=int(first), last=int(last))]),
            ]
        )
        for number, first, last in zip(shown["option"], runs["min"], runs["max"], strict=True)
    ]
    shown["pays"] = [_("counts") if counted else _("does not count") for counted in shown["counted"]]
    views = {"name": View(_("Proposal"), write_name, detail="of"), "pays": View(_("Towards the cost"))}
    figures = space[["id", "year", "low", "central", "high"]]
    for year in sorted(set(years) & set(space["year"])):
        rows = figures[figures["year"] == year].set_index("id").loc[shown["id"]]
        shown[f"y{year}"] = rows["central"].to_numpy()
        shown[f"ends{year}"] = [
            range_words(*ends, write_fine_share) for ends in zip(rows["low"], rows["high"], strict=True)
        ]
        views[f"y{year}"] = View(_("{year}, % of GDP", year=year), write_fine_share, "quality", True, f"ends{year}")
    views["reason"] = View(_("How it is counted"), write_reason, long=True)
    return ReportTable(space, _("Fiscal space by year"), views, shown)


def gap_table(gap: pd.DataFrame, years: Iterable[int], currency: str) -> ReportTable:
    """What it costs, what there is, what is missing in some years; all years in its CSV.

    Parameters
    ----------
    gap : result of ``financing.financing_gap``
    years : years that are shown
    currency : code of the national currency
    """
    shown = gap[gap["year"].isin(list(years))].copy()
    for name in ("space", "gap"):
        shown[f"{name}_ends"] = [
            range_words(low, high, write_fine_share)
            for low, high in zip(shown[f"{name}_low"], shown[f"{name}_high"], strict=True)
        ]
    shown["gross_words"] = [
        _("gross {share}", share=write_fine_share(gross)) if gross - cost > 1e-12 else ""
        for gross, cost in zip(shown["gross"], shown["cost"], strict=True)
    ]
    shown["money"] = [format_money(value / MILLION) for value in shown["gap_money"]]
    shown["no_money"] = [
        reason_words(reason("no_gdp", year=year)) if pd.isna(money) and pd.notna(share) else ""
        for year, share, money in zip(shown["year"], shown["gap"], shown["gap_money"], strict=True)
    ]
    views = {
        "year": View(_("Year"), write_year, numeric=True),
        "cost": View(_("Cost, % of GDP"), write_fine_share, "quality", True, "gross_words"),
        "space": View(_("Space, % of GDP"), write_fine_share, "quality", True, "space_ends"),
        "gap": View(_("Missing"), write_fine_share, "quality", True, "gap_ends"),
        "money": View(_("Missing, million {currency}", currency=currency), numeric=True, detail="no_money"),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    return ReportTable(gap, _("What it costs, what there is, what is missing"), views, shown)


def payers_table(payers: pd.DataFrame, at: Milestones | None) -> ReportTable:
    """Who pays for the options when all have grown up and in the last year; all years in its CSV.

    Parameters
    ----------
    payers : result of ``financing.who_pays``
    at : result of ``costing.milestones_of``
    """
    years = list(dict.fromkeys([at.mature, at.last])) if at else []
    rows = payers[payers["year"].isin(years)]
    order = sorted(rows["option"].unique(), key=lambda number: (number == MISSING, number))
    shown = pd.DataFrame({"option": order})
    shown["name"] = [option_words(number) for number in order]
    views = {"name": View(_("Who pays"))}
    for year in years:
        of_year = rows[rows["year"] == year].set_index("option").reindex(order)
        shown[f"share_{year}"] = of_year["share_of_gdp"].fillna(0.0).to_numpy()
        shown[f"part_{year}"] = of_year["of_cost"].fillna(0.0).to_numpy()
        shown[f"quality_{year}"] = of_year["quality"].fillna("").to_numpy()
        views[f"share_{year}"] = View(_("{year}, % of GDP", year=year), write_fine_share, f"quality_{year}", True)
        views[f"part_{year}"] = View(_("of the cost"), _whole, numeric=True)
    return ReportTable(payers, _("Who pays"), views, shown)


def _whole(share) -> str:
    return f"{format_number(100 * share, 0)}\N{NO-BREAK SPACE}%"
