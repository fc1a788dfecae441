"""Tables of schemes for readers: inventory, relations, rates, levels, spending, health care."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_number, format_share, numbers_within
from nasssap_lib.display.tables import (
    ReportTable,
    View,
    write_code,
    write_name,
    write_number,
    write_reason,
    write_share,
    write_text,
    write_year,
)
from nasssap_lib.display.texts import N_, _, join_beside, join_clauses, join_listed, label, named, reason_words
from nasssap_lib.display.words import amount_words, capital, money_words, small_first, small_share
from nasssap_lib.schemes.health import NATIONAL
from nasssap_lib.schemes.words import HEALTH_NAMES, PAYER_NAMES, SUM_NAMES, detail_words, short_names, year_span
from nasssap_lib.schemes.words_sper import account_name
from nasssap_lib.terms import (
    BRANCHES,
    COUNTED_IN,
    PANEL_UNITS,
    POPULATION_CATEGORIES,
    SCHEME_MEASURES,
    SCHEME_RELATIONS,
    SCHEME_STATUSES,
    SCHEME_TYPES,
    TIERS,
)

MOST_PAIRS = 200  # that a page shows; the CSV holds all
STATES = {
    "listed": N_("listed"),
    "incomplete": N_("inventory incomplete"),
    "none": N_("none found in the sources read"),
}
RELATION_MEANINGS = {
    "parallel": N_("one task, two occupations: rules, records and administration exist twice"),
    "complementary": N_(
        "each serves people whom the other does not aim at: one may be in both, so nothing is added up"
    ),
    "stacked": N_("the second layer is meant to stand on the first: no overlap"),
    "successor": N_("the first replaces the second: beneficiaries must not be counted twice"),
    "delegate": N_("the first enrols or pays for the second: the same people are not counted twice"),
    "possible_overlap": N_("same branch, category and tier, both active: compare the rules before anything is counted"),
}
RECIPIENTS = {"person": N_("person"), "household": N_("household")}
REMARKS = {"old": N_("older than five years"), "budget": N_("budget, not outturn")}
ROLES = {
    "used": N_("used wherever a share of persons is needed"),
    "differs": N_("differs from the one that is used"),
    "above": N_("above the share of all schemes together: others are counted, or another year"),
}
WEAK_GRADES = ("press", "other")
KINDS = {"outturn": N_("outturn"), "budget": N_("budget")}
BENEFITS_ALONE = ("benefits", "benefits_budget")
MEASURES = SCHEME_MEASURES | {NATIONAL: N_("Population with health insurance")}


def inventory_table(inventory: pd.DataFrame) -> ReportTable:
    """The inventory of schemes.

    Parameters
    ----------
    inventory : result of ``schemes.scheme_inventory``
    """
    views = {
        "scheme": View(_("Scheme"), write_name, detail="unusual_status"),
        "type": View(_("Type"), write_code(SCHEME_TYPES), detail="tier_name"),
        "branches": View(_("Branches"), _write_codes(BRANCHES)),
        "population_category": View(_("For whom"), _write_codes(POPULATION_CATEGORIES)),
        "institution": View(_("Institution"), write_name, long=True),
        "legal_basis": View(_("Legal basis"), write_name, long=True),
    }
    statuses = inventory["status"].map(lambda status: label(SCHEME_STATUSES, status))
    shown = inventory.assign(
        unusual_status=statuses.where(inventory["status"] != "active", ""),
        tier_name=[label(TIERS, tier) for tier in inventory["tier"]],
    )
    return ReportTable(inventory, _("Inventory of schemes, formal and informal"), views, shown)


def _write_codes(names: dict[str, str]):
    """How a ";" list of codes is written: the first with a capital."""

    def write(codes: str) -> str:
        words = [label(names, code) for code in codes.split(";") if code]
        return join_clauses([*words[:1], *map(small_first, words[1:])])

    return write


def relations_table(relations: pd.DataFrame) -> ReportTable:
    """How schemes stand to each other.

    Parameters
    ----------
    relations : result of ``schemes.relations``
    """
    some = relations.head(MOST_PAIRS)
    shown = some.assign(
        pair=[join_beside([named(row.first), named(row.second)]) for row in some.itertuples()], meaning=some["relation"]
    )
    title = _("How schemes stand to each other")
    if len(relations) > len(some):
        title = _("How schemes stand to each other: the first {n} of {all} pairs", n=len(some), all=len(relations))
    views = {
        "pair": View(_("Schemes")),
        "relation": View(_("Relation"), write_code(SCHEME_RELATIONS)),
        "branches": View(_("Common branches"), _write_codes(BRANCHES)),
        "categories": View(_("Common categories"), _write_codes(POPULATION_CATEGORIES)),
        "meaning": View(_("What it means"), write_code(RELATION_MEANINGS), long=True),
    }
    return ReportTable(relations, title, views, shown)


def without_table(without: pd.DataFrame) -> ReportTable:
    """Branches without a listed scheme, and what is known of them.

    Parameters
    ----------
    without : result of ``schemes.branches_without_scheme``
    """
    views = {
        "branch": View(_("Branch"), write_code(BRANCHES)),
        "state": View(_("State"), write_code(STATES)),
        "evidence": View(_("What is published"), write_reason, long=True),
        "planned_names": View(_("Planned")),
    }
    shown = without.assign(planned_names=without["planned"].map(short_names))
    title, none = _("Branches for which no active scheme is listed"), _("none: each has one")
    return ReportTable(without, title, views, shown, none)


def rates_table(rates: pd.DataFrame) -> ReportTable:
    """Contribution rates by scheme and payer.

    Parameters
    ----------
    rates : result of ``schemes.contribution_rates``
    """
    rows = list(rates.itertuples())
    shown = rates.assign(
        payer_name=[capital(label(PAYER_NAMES, row.payer)) for row in rows],
        rate=[_range(row) for row in rows],
        years=["" if pd.isna(row.year) else year_span(row.year, row.last_year) for row in rows],
        planned=[_("planned") if row.status == "planned" else "" for row in rows],
        remark=[_remark(row) for row in rows],
    )
    views = {
        "short_name": View(_("Scheme"), write_name, detail="planned"),
        "payer_name": View(_("Paid by")),
        "rate": View(_("% of earnings"), write_text, "quality", True),
        "years": View(_("Year"), numeric=True),
        "remark": View(_("Remark"), long=True),
    }
    return ReportTable(rates, _("Contribution rates (of a pensioner: % of the pension)"), views, shown)


def _range(row) -> str:
    low, high = format_number(row.low, 2), format_number(row.high, 2)
    return low if low == high else f"{low}–{high}"


def _remark(row) -> str:
    later = _("decreed: {rates}", rates=numbers_within(row.later)) if row.later else ""
    return join_clauses([reason_words(row.detail), later, detail_words(row.note), reason_words(row.reason)])


def levels_table(levels: pd.DataFrame, currency: str = "") -> ReportTable:
    """Benefits against GDP per head of their year.

    Parameters
    ----------
    levels : result of ``schemes.benefit_levels``
    currency : code of the national currency
    """
    rows = list(levels.itertuples())
    shown = levels.assign(
        figure=[_figure(row) for row in rows],
        amount=[amount_words(row.value, row.unit, currency) for row in rows],
        remark=[join_clauses([reason_words(row.reason), detail_words(row.note)]) for row in rows],
    )
    views = {
        "short_name": View(_("Scheme"), write_name, detail="figure"),
        "amount": View(_("Amount"), numeric=True),
        "recipient": View(_("For a"), write_code(RECIPIENTS)),
        "year": View(_("Year"), write_year, numeric=True),
        "share": View(_("Of GDP per head"), write_share, "quality", True),
        "remark": View(_("Remark"), long=True),
    }
    return ReportTable(levels, _("Benefits against GDP per head of the same year"), views, shown)


def _figure(row) -> str:
    """What a scheme's figure measures, and what the pack says of it."""
    return join_listed([label(MEASURES, row.measure), detail_words(row.detail)])


def sper_table(sper: pd.DataFrame, currency: str = "") -> ReportTable:
    """The figures found for the review, one line each, with what they count; what is missing is in the picture.

    Parameters
    ----------
    sper : result of ``schemes.sper_matrix``
    currency : code of the national currency
    """
    known = sper[~sper["state"].isin(["missing", "by_design"])]
    rows = list(known.itertuples())
    shown = known.assign(
        figure=[_figure(row) for row in rows],
        amount=[_amount_range(row, currency) for row in rows],
        counted=[_counted(row) for row in rows],
        remark=[
            join_clauses([_(REMARKS.get(row.state, "")) or reason_words(row.reason), detail_words(row.note)])
            for row in rows
        ],
        rests_on=_on_press(known),
    )
    views = {
        "short_name": View(_("Scheme"), write_name, detail="rests_on"),
        "figure": View(_("Figure")),
        "amount": View(_("Value"), write_text, "quality", True),
        "year": View(_("Year"), write_year, numeric=True),
        "counted": View(_("Counted in")),
        "remark": View(_("Remark"), long=True),
    }
    return ReportTable(sper, _("Persons and money of each scheme: the figures that were found"), views, shown)


def _on_press(known: pd.DataFrame) -> list[str]:
    """Words beside a scheme of which every figure that was found rests on newspapers."""
    weak = known["grade"].isin(WEAK_GRADES).groupby(known["scheme"]).transform("all")
    pressed = weak & known["grade"].eq("press").groupby(known["scheme"]).transform("any")
    return [_("press alone") if alone else "" for alone in pressed]


def _amount_range(row, currency: str) -> str:
    high = amount_words(row.high, row.unit, currency)
    return high if row.value == row.high else _("{low} to {high}", low=format_number(row.value, 1), high=high)


def _counted(row) -> str:
    counted = "" if row.counted_in in ("money", "rate") else label(COUNTED_IN, row.counted_in)
    return _("{counted} (stock)", counted=counted) if counted and row.kind == "stock" else counted


def spending_table(spending: pd.DataFrame, currency: str = "") -> ReportTable:
    """Each scheme's expenditure on GDP of its own year, and below it that of accounts of several schemes.

    Parameters
    ----------
    spending : result of ``schemes.spending_accounts``
    currency : code of the national currency
    """
    rows = list(spending.itertuples())
    shown = spending.assign(
        account=[account_name(row.short_name) for row in rows],
        billions=[money_words(row.amount, row.unit, currency) for row in rows],
        share_of_gdp=[small_share(row.share) for row in rows],
        remark=[
            join_clauses([
                _("benefits alone") if row.measure in BENEFITS_ALONE else "", detail_words(row.detail), detail_words(row.note),
                reason_words(row.reason),
            ])
            for row in rows
        ],
    )  # fmt: skip
    views = {
        "account": View(_("Scheme")),
        "kind": View(_("Kind"), write_code(KINDS)),
        "year": View(_("Year"), write_year, numeric=True),
        "billions": View(_("Expenditure"), numeric=True),
        "share_of_gdp": View(_("Of GDP of the year"), write_text, "quality", True),
        "remark": View(_("Remark"), long=True),
    }
    found = shown if shown["amount"].notna().any() else shown.iloc[:0]  # rows of nothing say nothing
    return ReportTable(spending, _("Expenditure of schemes on GDP of its year"), views, found)


def total_table(total: pd.DataFrame, currency: str = "") -> ReportTable:
    """Schemes of one single year as a lower bound, and national figures.

    Parameters
    ----------
    total : result of ``schemes.spending_total``
    currency : code of the national currency
    """
    rows = list(total.itertuples())
    shown = total.assign(
        share_of_gdp=[small_share(row.share) for row in rows],
        of_budget=["" if row.budget_share != row.budget_share else format_share(row.budget_share, 1) for row in rows],
        money=["" if row.amount != row.amount else money_words(row.amount, "lcu_billion", currency) for row in rows],
        counted=["" if pd.isna(row.of) else _("{n} of {all}", n=row.schemes, all=row.of) for row in rows],
        which=[short_names(row.names) if row.names else numbers_within(row.parts) for row in rows],
        remark=[join_clauses([reason_words(row.reason), detail_words(row.note)]) for row in rows],
    )
    views = {
        "what": View(_("Figure"), write_code(SUM_NAMES)),
        "year": View(_("Year"), write_year, numeric=True),
        "share_of_gdp": View(_("Of GDP"), write_text, "quality", True),
        "of_budget": View(_("Of the budget"), numeric=True),
        "money": View(_("Amount"), numeric=True),
        "counted": View(_("Schemes")),
        "which": View(_("What is added")),
        "remark": View(_("Remark"), long=True),
    }
    return ReportTable(
        total, _("What is known of all schemes together: one year each, never added over years"), views, shown
    )


def health_table(panel: pd.DataFrame) -> ReportTable:
    """How health care is paid and reached.

    Parameters
    ----------
    panel : result of ``schemes.health_panel``
    """
    views = {
        "indicator": View(_("Figure"), write_code(HEALTH_NAMES)),
        "value": View(_("Value"), write_number, "quality", True),
        "unit": View(_("Unit"), write_code(PANEL_UNITS)),
        "year": View(_("Year"), write_year, numeric=True),
        "reason": View(_("Why missing"), write_reason),
    }
    return ReportTable(panel, _("How health care is paid and reached"), views)


def affiliation_table(affiliation: pd.DataFrame) -> ReportTable:
    """Who is affiliated to which health scheme.

    Parameters
    ----------
    affiliation : result of ``schemes.health_affiliation``
    """
    rows = list(affiliation.itertuples())
    shown = affiliation.assign(
        scheme=[_affiliated_to(row) for row in rows],
        figure=[_figure(row) for row in rows],
        amount=[amount_words(row.value, row.unit) for row in rows],
        remark=[
            join_clauses([label(ROLES, row.role), named(row.edition), detail_words(row.note), reason_words(row.reason)])
            for row in rows
        ],
    )
    views = {
        "scheme": View(_("Scheme")),
        "figure": View(_("Figure")),
        "amount": View(_("Value"), write_text, "quality", True),
        "year": View(_("Year"), write_year, numeric=True),
        "remark": View(_("Remark"), long=True),
    }
    return ReportTable(affiliation, _("Affiliation to health schemes (it is not access)"), views, shown)


def _affiliated_to(row) -> str:
    return named(row.name) or (_("All health insurance") if row.measure == NATIONAL else _("Health schemes"))
