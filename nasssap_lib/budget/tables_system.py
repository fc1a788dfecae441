"""Tables of the system in the years to come, for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.budget.tables_accounts import shown_years
from nasssap_lib.budget.words_accounts import ITEM_NAMES
from nasssap_lib.budget.words_system import METHODS, projected
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_share
from nasssap_lib.display.tables import ReportTable, View, write_code, write_text, write_year
from nasssap_lib.display.texts import N_, _, label, reason_words
from nasssap_lib.display.words import money_words, small_share
from nasssap_lib.rows import as_records
from nasssap_lib.schemes.words_sper import account_name
from nasssap_lib.terms import SCHEME_TYPES

TOTAL_LINES = {  # lines of the system, in the order in which a table shows them
    "contributions": N_("Contributions"),
    "state_transfer": N_("From the State"),
    "donor_income": N_("From donors"),
    "investment_income": N_("From investment"),
    "income": N_("Income"),
    "expenditure": N_("Expenditure"),
    "balance": N_("Balance"),
    "reserve": N_("Reserves"),
}


def system_table(system: pd.DataFrame) -> ReportTable:
    """What each scheme pays, in % of GDP, every ten years, how it is projected, or why it is not.

    Parameters
    ----------
    system : result of ``budget.project_system``
    """
    years = shown_years(projected(system)) if len(projected(system)) else []
    rows = [_scheme_row(part, years) for _scheme, part in system.groupby("scheme", sort=False)]
    columns = ["account", "type", "method", "base", *map(str, years), "remark"]
    views = {
        "account": View(_("Scheme"), detail="type_words"),
        "method": View(_("How it is projected"), write_code(METHODS)),
        "base": View(_("Account"), numeric=True),
    }
    views |= {str(year): View(str(year), write_text, numeric=True) for year in years}
    views |= {"remark": View(_("Remark"), long=True)}
    shown = pd.DataFrame(rows, columns=[*columns, "type_words"])
    title = _("Expenditure of each scheme in % of GDP if nothing is decided, and why others are not projected")
    return ReportTable(system, title, views, shown)


def _scheme_row(part: pd.DataFrame, years: list[int]) -> dict:
    base, ahead = part[part["method"].isin(("account", ""))].iloc[0], projected(part)
    at = ahead.set_index("year")["share_of_gdp"]
    told = _base_words(base)
    return {str(year): small_share(at[year]) if year in at.index else _(NOT_AVAILABLE) for year in years} | {
        "account": account_name(base["short_name"]),
        "type": base["type"],
        "type_words": label(SCHEME_TYPES, base["type"]) if base["type"] in SCHEME_TYPES else "",
        "method": ahead["method"].iat[0] if len(ahead) else "",
        "base": told,
        "remark": reason_words(base["reason"]),
    }


def _base_words(base: pd.Series) -> str:
    """What the account says that was paid, of GDP: expenditure, or benefits where they alone were printed."""
    if pd.isna(base["year"]):
        return _(NOT_AVAILABLE)
    item = "expenditure" if pd.notna(base["expenditure"]) else "benefits"
    told = _("{value} ({year})", value=small_share(base[item] / base["gdp"]), year=base["year"])
    return told if item == "expenditure" else _("{figure}: {value}", figure=label(ITEM_NAMES, item), value=told)


def totals_table(totals: pd.DataFrame, currency: str = "") -> ReportTable:
    """What the projected schemes take in and pay together, every ten years: money of the year, and % of GDP.

    Parameters
    ----------
    totals : result of ``budget.system_totals``
    currency : code of the national currency
    """
    years = shown_years(totals) if len(totals) else []
    shown = totals[totals["year"].isin(years)]
    words = {
        line: [
            _(
                "{value} ({year})",
                value=format_share(row[line] / row["gdp"], 2),
                year=money_words(row[line], "lcu_billion", currency),
            )
            for row in as_records(shown)
        ]
        for line in TOTAL_LINES
    }
    views = {"year": View(_("Year"), write_year, numeric=True)}
    views |= {f"{line}_words": View(_(name), write_text, numeric=True) for line, name in TOTAL_LINES.items()}
    shown = shown.assign(**{f"{line}_words": cells for line, cells in words.items()})
    title = _(
        "All projected schemes together, in % of GDP and in money of the year: each transfer of the State counted once"
    )
    return ReportTable(totals, title, views, shown)
