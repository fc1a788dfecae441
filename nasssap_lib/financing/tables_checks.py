"""Tables of what a ministry of finance asks for: debt, revenue and aid, the wage bill, labour cost."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.tables import range_words, write_fine_share
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number
from nasssap_lib.display.tables import ReportTable, View, write_code, write_reason, write_share, write_text, write_year
from nasssap_lib.display.texts import _, named
from nasssap_lib.display.words import amount_words
from nasssap_lib.financing.contributions import EVERY
from nasssap_lib.financing.words import WAGES, span_words


def debt_table(debt: pd.DataFrame) -> ReportTable:
    """Published debt and what it would be if all that is missing were borrowed; years without a published path in its CSV.

    Parameters
    ----------
    debt : result of ``financing.debt_path``
    """
    shown = debt[debt["added"].notna()].copy()
    shown["ends"] = [
        range_words(low, high, write_fine_share)
        for low, high in zip(shown["added_low"], shown["added_high"], strict=True)
    ]
    views = {
        "year": View(_("Year"), write_year, numeric=True),
        "debt": View(_("Published debt, % of GDP"), write_share, numeric=True),
        "primary_balance": View(_("Primary balance"), write_share, numeric=True),
        "growth": View(_("Growth of GDP, nominal"), write_share, numeric=True),
        "interest": View(_("Implied interest"), write_share, numeric=True),
        "gap": View(_("Missing"), write_fine_share, "quality", True),
        "borrowed": View(_("Proposed as borrowing"), write_fine_share, "quality", True),
        "added": View(_("Borrowing adds"), write_fine_share, "quality", True, "ends"),
        "debt_with_gap": View(_("Debt then"), write_share, "quality", True),
    }
    return ReportTable(
        debt,
        _("Debt if all that is missing, and what is proposed so, were borrowed, all else as published"),
        views,
        shown,
    )


def weight_table(revenue: pd.DataFrame, aid: pd.DataFrame) -> ReportTable:
    """What is missing beside revenue, expenditure, taxes and today's aid, year by year.

    Parameters
    ----------
    revenue : result of ``financing.revenue_checks``
    aid : result of ``financing.aid_beside_gap`` for the same years
    """
    data = revenue.merge(aid[["year", "aid", "aid_year", "times"]], on="year", how="left")
    shown = data[data["revenue"].notna() | ~data["revenue"].notna().any()].copy()
    shown = shown if data["revenue"].notna().any() else shown.head(1)
    shown["taxes"] = [_("of {year}", year=int(year)) if pd.notna(year) else "" for year in shown["tax_year"]]
    shown["given"] = [_("of {year}", year=int(year)) if pd.notna(year) else "" for year in shown["aid_year"]]
    shown["as_published"] = [
        _("{share} as published", share=write_share(value)) if pd.notna(value) else "" for value in shown["growth"]
    ]
    views = {
        "year": View(_("Year"), write_year, numeric=True),
        "gap": View(_("Missing, % of GDP"), write_fine_share, "quality", True),
        "of_revenue": View(_("Missing, % of revenue"), write_share, numeric=True),
        "of_expenditure": View(_("Missing, % of expenditure"), write_share, numeric=True),
        "of_tax": View(_("Missing, % of tax revenue"), write_share, numeric=True, detail="taxes"),
        "growth_needed": View(
            _("Growth of revenue a year that would cover it"), write_share, numeric=True, detail="as_published"
        ),
        "times": View(_("Missing, times today's aid"), _times, numeric=True, detail="given"),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    return ReportTable(data, _("What is missing beside revenue, taxes and aid"), views, shown)


def _times(value) -> str:
    return format_number(value, 1)


def staff_table(staff: pd.DataFrame) -> ReportTable:
    """Administration of the options beside the wage bill and its ceiling.

    Parameters
    ----------
    staff : result of ``financing.staff_check``
    """
    shown = (
        staff if staff["wage_bill"].notna().any() else staff.tail(1)
    ).copy()  # without a wage bill a year says what all do
    for name in ("wage_bill", "ceiling"):
        shown[f"{name}_of"] = [
            _("of {year}", year=int(year)) if pd.notna(year) else "" for year in shown[f"{name}_year"]
        ]
    views = {
        "year": View(_("Year"), write_year, numeric=True),
        "administration": View(_("Administration, % of GDP"), write_fine_share, "quality", True),
        "wage_bill": View(_("Wage bill"), write_fine_share, numeric=True, detail="wage_bill_of"),
        "ceiling": View(_("Its ceiling"), write_fine_share, numeric=True, detail="ceiling_of"),
        "left": View(_("Left below it"), write_fine_share, numeric=True),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    return ReportTable(staff, _("Staff against the ceiling of the wage bill"), views, shown)


def labour_table(labour: pd.DataFrame, currency: str) -> ReportTable:
    """What contributions take of the average and of the minimum wage, scheme by scheme, and what one more point would do.

    Parameters
    ----------
    labour : result of ``financing.labour_cost``
    currency : code of the national currency
    """
    shown = labour[labour["amount"].notna()].copy()
    shown["of"] = [
        _("{amount} a month ({year})", amount=amount_words(round(row.amount), "lcu", currency), year=int(row.wage_year))
        for row in shown.itertuples()
    ]
    shown["who"] = [_("All together") if row.scheme == EVERY else named(row.short_name) for row in shown.itertuples()]
    for who in ("employer", "worker"):
        shown[who] = [
            span_words(low, high) if pd.notna(low) else _(NOT_AVAILABLE)
            for low, high in zip(shown[f"{who}_low"], shown[f"{who}_high"], strict=True)
        ]
    shown["rates"] = [_rate_years(row) for row in shown.itertuples()]
    views = {
        "wage": View(_("Wage"), write_code(WAGES), detail="of"),
        "who": View(_("Scheme"), detail="rates"),
        "employer": View(_("Employers, % of the wage"), write_text, numeric=True),
        "worker": View(_("Workers, % of the wage"), write_text, numeric=True),
        "point_labour_cost": View(_("One more point of employers: labour cost"), write_fine_share, numeric=True),
        "point_take_home": View(_("One more point of workers: take-home pay"), write_fine_share, numeric=True),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    return ReportTable(labour, _("What contributions take of a wage"), views, shown)


def _rate_years(row) -> str:
    if pd.isna(row.first_year):
        return ""
    if row.first_year == row.last_year:
        return _("rates of {year}", year=int(row.first_year))
    return _("rates of {first} to {last}", first=int(row.first_year), last=int(row.last_year))
