"""Tables of schemes for readers: inventory, relations, rates, levels, spending, health care."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_number
from nasssap_lib.display.tables import ReportTable, View, write_number, write_share, write_text, write_year
from nasssap_lib.display.words import amount_words, small_share
from nasssap_lib.schemes.contributions_and_benefits import BENEFIT_MEASURES, PAYERS
from nasssap_lib.terms import BRANCHES, COUNTED_IN, POPULATION_CATEGORIES, SCHEME_MEASURES, SCHEME_RELATIONS

STATE_WORDS = {"listed": "listed", "incomplete": "inventory incomplete", "none": "none found in the sources read"}


def inventory_table(inventory: pd.DataFrame) -> ReportTable:
    """The inventory of schemes.

    Parameters
    ----------
    inventory : result of ``schemes.inventory``
    """
    views = {
        "scheme": View("Scheme", detail="status_words"),
        "type": View("Type", detail="tier"),
        "branches": View("Branches"),
        "population_category": View("For whom"),
        "institution": View("Institution", long=True),
        "legal_basis": View("Legal basis", long=True),
    }
    shown = inventory.assign(status_words=inventory["status"].where(inventory["status"] != "Active", ""))
    return ReportTable(inventory, "Inventory of schemes, formal and informal", views, shown)


def _words(codes: pd.Series, names: dict[str, str]) -> list[str]:
    return ["; ".join(names[code] for code in text.split(";") if code) for text in codes]


def relations_table(relations: pd.DataFrame) -> ReportTable:
    """How schemes stand to each other.

    Parameters
    ----------
    relations : result of ``schemes.relations``
    """
    shown = relations.assign(
        pair=relations["first"] + " · " + relations["second"],
        name=relations["relation"].map(SCHEME_RELATIONS),
        branch_words=_words(relations["branches"], BRANCHES),
        category_words=_words(relations["categories"], POPULATION_CATEGORIES),
    )
    views = {
        "pair": View("Schemes"),
        "name": View("Relation"),
        "branch_words": View("Common branches"),
        "category_words": View("Common categories"),
        "meaning": View("What it means", long=True),
    }
    return ReportTable(relations, "How schemes stand to each other", views, shown)


def without_table(without: pd.DataFrame) -> ReportTable:
    """Branches without a listed scheme, and what is known of them.

    Parameters
    ----------
    without : result of ``schemes.branches_without_scheme``
    """
    shown = without.assign(
        branch_words=without["branch"].map(BRANCHES),
        state_words=without["state"].map(STATE_WORDS),
        planned_words=without["planned"].str.replace(";", ", "),
    )
    views = {
        "branch_words": View("Branch"),
        "state_words": View("State"),
        "evidence": View("What is published", long=True),
        "planned_words": View("Planned"),
    }
    return ReportTable(without, "Branches for which no active scheme is listed", views, shown)


def rates_table(rates: pd.DataFrame) -> ReportTable:
    """Contribution rates by scheme and payer.

    Parameters
    ----------
    rates : result of ``levels.contribution_rates``
    """
    shown = rates.assign(
        payer_words=rates["payer"].map(PAYERS).fillna(""),
        rate=[_range(row) for row in rates.itertuples()],
        years=[_years(row) for row in rates.itertuples()],
        planned=rates["status"].map(lambda status: "planned" if status == "planned" else ""),
    )
    shown["remark"] = [_remark(row) for row in rates.itertuples()]
    views = {
        "short_name": View("Scheme", detail="planned"),
        "payer_words": View("Paid by"),
        "rate": View("% of earnings", write_text, "quality", True),
        "years": View("Year", numeric=True),
        "remark": View("Remark", long=True),
    }
    return ReportTable(rates, "Contribution rates (of a pensioner: % of the pension)", views, shown)


def _range(row) -> str:
    if row.low != row.low:
        return "n/a"
    low, high = format_number(row.low, 2), format_number(row.high, 2)
    return low if low == high else f"{low}–{high}"


def _years(row) -> str:
    if pd.isna(row.year):
        return ""
    return str(row.year) if row.year == row.last_year else f"{row.year}–{row.last_year}"


def _remark(row) -> str:
    later = f"decreed: {row.later}" if row.later else ""
    return "; ".join(filter(None, [row.detail, later, row.reason]))


def levels_table(levels: pd.DataFrame, currency: str = "") -> ReportTable:
    """Benefits against GDP per head of their year.

    Parameters
    ----------
    levels : result of ``levels.benefit_levels``
    currency : code of the national currency
    """
    names = {code: SCHEME_MEASURES[code] for code in BENEFIT_MEASURES}
    values = zip(levels["value"], levels["unit"], strict=True)
    shown = levels.assign(
        what=[", ".join(filter(None, [names[row.measure], row.detail])) for row in levels.itertuples()],
        amount=[amount_words(value, unit, currency) for value, unit in values],
    )
    views = {
        "short_name": View("Scheme", detail="what"),
        "amount": View("Amount", numeric=True),
        "recipient": View("For a"),
        "year": View("Year", write_year, numeric=True),
        "share": View("Of GDP per head", write_share, "quality", True),
        "reason": View("Why missing"),
    }
    if not levels["reason"].any():
        views.pop("reason")
    return ReportTable(levels, "Benefits against GDP per head of the same year", views, shown)


def sper_table(sper: pd.DataFrame, currency: str = "") -> ReportTable:
    """The figures found for the review, one line each, with what they count; what is missing is in the picture.

    Parameters
    ----------
    sper : result of ``spending.sper_matrix``
    currency : code of the national currency
    """
    found = sper[~sper["state"].isin(["missing", "by_design"])]
    shown = found.assign(
        item_words=[_item_words(row) for row in found.itertuples()],
        amount=[_amount_range(row, currency) for row in found.itertuples()],
        counted=[_counted(row) for row in found.itertuples()],
        remark=[" ".join(filter(None, [_state_words(row.state), row.reason])) for row in found.itertuples()],
    )
    views = {
        "short_name": View("Scheme"),
        "item_words": View("Figure"),
        "amount": View("Value", write_text, "quality", True),
        "year": View("Year", write_year, numeric=True),
        "counted": View("Counted in"),
        "remark": View("Remark", long=True),
    }
    return ReportTable(sper, "Persons and money of each scheme: the figures that were found", views, shown)


def _amount_range(row, currency: str) -> str:
    high = amount_words(row.high, row.unit, currency)
    return high if row.value == row.high else f"{format_number(row.value, 1)} to {high}"


def _item_words(row) -> str:
    return f"{SCHEME_MEASURES[row.measure]}" + (f", {row.detail}" if row.detail else "")


def _counted(row) -> str:
    return (
        ""
        if row.counted_in in ("money", "rate")
        else f"{COUNTED_IN[row.counted_in]}" + (" (stock)" if row.kind == "stock" else "")
    )


def _state_words(state: str) -> str:
    return {"old": "older than five years", "budget": "budget, not outturn", "doubt": "in doubt:"}.get(state, "")


def spending_table(spending: pd.DataFrame, currency: str = "") -> ReportTable:
    """Each scheme's expenditure on GDP of its own year.

    Parameters
    ----------
    spending : result of ``spending.scheme_spending``
    currency : code of the national currency
    """
    names = {"lcu_billion": f"billion {currency}".strip(), "usd_billion": "billion US dollars"}
    shown = spending.assign(
        amount_words=[
            "n/a" if row.amount != row.amount else f"{format_number(row.amount, 2)} {names[row.unit]}"
            for row in spending.itertuples()
        ],
        share_words=[small_share(value) for value in spending["share"]],
        remark=["; ".join(filter(None, dict.fromkeys([row.detail, row.reason]))) for row in spending.itertuples()],
    )
    views = {
        "short_name": View("Scheme"),
        "kind": View("Kind"),
        "year": View("Year", write_year, numeric=True),
        "amount_words": View("Expenditure", numeric=True),
        "share_words": View("Of GDP of the year", write_text, "quality", True),
        "remark": View("Remark", long=True),
    }
    return ReportTable(spending, "Expenditure of schemes on GDP of its year", views, shown)


def total_table(total: pd.DataFrame) -> ReportTable:
    """The sum of known expenditure as a lower bound, and published national totals.

    Parameters
    ----------
    total : result of ``spending.spending_total``
    """
    shown = total.assign(
        share_words=[small_share(value) for value in total["share"]],
        schemes_words=["" if pd.isna(row.of) else f"{row.schemes} of {row.of}" for row in total.itertuples()],
        years=["" if pd.isna(row.first_year) else _span(row) for row in total.itertuples()],
    )
    views = {
        "what": View("Sum"),
        "share_words": View("Of GDP", write_text, "quality", True),
        "schemes_words": View("Schemes"),
        "years": View("Years"),
        "reason": View("Why missing"),
    }
    return ReportTable(total, "What is known of all schemes together: a lower bound", views, shown)


def _span(row) -> str:
    return str(row.first_year) if row.first_year == row.last_year else f"{row.first_year}–{row.last_year}"


def health_table(panel: pd.DataFrame) -> ReportTable:
    """How health care is paid and reached.

    Parameters
    ----------
    panel : result of ``health.health_panel``
    """
    views = {
        "item": View("Figure"),
        "value": View("Value", write_number, "quality", True),
        "unit": View("Unit"),
        "year": View("Year", write_year, numeric=True),
        "reason": View("Why missing"),
    }
    if not panel["reason"].any():
        views.pop("reason")
    return ReportTable(panel, "How health care is paid and reached", views)


def affiliation_table(affiliation: pd.DataFrame) -> ReportTable:
    """Who is affiliated to which health scheme.

    Parameters
    ----------
    affiliation : result of ``health.health_affiliation``
    """
    shown = affiliation.assign(
        amount=[amount_words(row.value, row.unit) for row in affiliation.itertuples()],
        counted=affiliation["counted_in"].map(COUNTED_IN).fillna(""),
    )
    views = {
        "name": View("Scheme"),
        "measure": View("Figure"),
        "amount": View("Value", write_text, "quality", True),
        "year": View("Year", write_year, numeric=True),
        "reason": View("Why missing"),
    }
    return ReportTable(affiliation, "Affiliation to health schemes (it is not access)", views, shown)
