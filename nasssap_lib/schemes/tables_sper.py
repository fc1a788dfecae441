"""Tables of the expenditure and performance review for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number
from nasssap_lib.display.tables import ReportTable, View, write_code, write_name, write_text, write_year
from nasssap_lib.display.texts import N_, _, join_beside, join_clauses, join_listed, label, named, reason_words
from nasssap_lib.display.words import amount_number, capital, money_words, small_share
from nasssap_lib.provenance import OLD_AFTER
from nasssap_lib.schemes.accounts import MONEY
from nasssap_lib.schemes.words import detail_words, short_names
from nasssap_lib.schemes.words_sper import (
    BESIDE_NAMES,
    FINANCING_NAMES,
    GROUPS,
    PARTS,
    SHARE_OF,
    YARDSTICK_NAMES,
    account_name,
    covered_names,
    ratio_name,
    ratio_value,
)
from nasssap_lib.schemes.yardsticks import YARDSTICKS
from nasssap_lib.terms import SCHEME_MEASURES, SCHEME_TYPES, UNITS

KINDS = {"outturn": N_("outturn"), "budget": N_("budget"), "stock": N_("stock"), "count": ""}
FRONT = (  # ratios that a page shows first: heading, the first of these that a scheme has
    (N_("Expenditure, % of GDP"), ("expenditure_gdp", "benefits_gdp")),
    (N_("Expenditure, % of income"), ("cost_ratio", "benefits_contributions", "benefits_income")),
    (N_("Administration, % of expenditure"), ("administration_share",)),
    (N_("Contributors for one pensioner"), ("contributors_per_pensioner",)),
    (N_("Reserves, in years of benefits"), ("fund_ratio_closing", "fund_ratio_opening")),
)
INSTEAD = {  # what a ratio is of that stands for the one in the heading
    "benefits_gdp": N_("benefits alone"), "benefits_contributions": N_("benefits ÷ contributions"),
    "benefits_income": N_("benefits ÷ income"), "fund_ratio_opening": N_("at the start of the year"),
}  # fmt: skip


def _names(table: pd.DataFrame, *others: pd.DataFrame) -> dict[str, str]:
    """Short names of the schemes of tables: an account may be of schemes that have no line of their own."""
    return {code: name for one in (*others, table) for code, name in zip(one["scheme"], one["short_name"], strict=True)}


def ratios_table(ratios: pd.DataFrame, currency: str = "") -> ReportTable:
    """The ratios that a reader asks for first, a row a scheme or account, each with its year; n/a stays visible.

    Parameters
    ----------
    ratios : result of ``schemes.sper_ratios``
    currency : code of the national currency
    """
    wanted = {code for _words, codes in FRONT for code in codes}
    newest = ratios[ratios["newest"] & ratios["ratio"].isin(wanted) & ratios["value"].notna()]
    newest = newest[newest["detail"].eq("") | newest["ratio"].eq("benefits_gdp")]
    names = _names(ratios)
    rows = [_front_row(account, part, names, currency) for account, part in newest.groupby("covers", sort=False)]
    heads = [f"front_{i}" for i in range(len(FRONT))]
    shown = pd.DataFrame(rows, columns=["accounts", *heads]).sort_values("accounts", kind="stable", ignore_index=True)
    views = {"accounts": View(_("Scheme"))} | {
        head: View(_(words), write_text, numeric=True) for head, (words, _codes) in zip(heads, FRONT, strict=True)
    }
    return ReportTable(
        ratios, _("Expenditure and performance: the newest ratio of each scheme and its year"), views, shown
    )


def _front_row(covers: str, part: pd.DataFrame, names: dict[str, str], currency: str) -> list[str]:
    cells, rows = [], list(part.itertuples())
    for _words, codes in FRONT:
        found = [row for code in codes for row in rows if row.ratio == code]
        found = sorted(found, key=lambda row: (row.detail != "", -row.year - OLD_AFTER * (row.kind != "budget")))
        cells.append(_front_cell(found[0], currency) if found else _(NOT_AVAILABLE))
    return [covered_names(covers, names), *cells]


def _front_cell(row, currency: str) -> str:
    year = _("{year}, budget", year=row.year) if row.kind == "budget" else str(row.year)
    return _(
        "{value} ({year})",
        value=ratio_value(row.value, row.unit, currency),
        year=join_listed([year, label(INSTEAD, row.ratio) if row.ratio in INSTEAD else "", named(row.detail)]),
    )


def ratio_details_table(ratios: pd.DataFrame, currency: str = "") -> ReportTable:
    """Every ratio of the review with the two figures that it is made of, and what lacks where it cannot be given.

    Parameters
    ----------
    ratios : result of ``schemes.sper_ratios``
    currency : code of the national currency
    """
    shown = ratios[ratios["newest"]].copy()
    names = _names(ratios)
    rows = list(shown.itertuples())
    shown = shown.assign(
        account=[covered_names(row.covers, names) for row in rows],
        figure=[join_listed([ratio_name(row.ratio), named(row.detail)]) for row in rows],
        words=[_(NOT_AVAILABLE) if pd.isna(row.value) else ratio_value(row.value, row.unit, currency) for row in rows],
        made_of=[_made_of(row) for row in rows],
        remark=[
            join_clauses([label(KINDS, row.kind) if row.kind == "budget" else "", reason_words(row.reason)])
            for row in rows
        ],
    ).sort_values(["account", "figure"], kind="stable")
    views = {
        "account": View(_("Scheme")),
        "figure": View(_("Ratio")),
        "words": View(_("Value"), write_text, "quality", True),
        "year": View(_("Year"), write_year, numeric=True),
        "made_of": View(_("Of which figures"), long=True),
        "remark": View(_("Remark"), long=True),
    }
    return ReportTable(ratios, _("Each ratio, the two figures that it is made of, and what lacks"), views, shown)


def _made_of(row) -> str:
    if pd.isna(row.value) and pd.isna(row.above_value):
        return ""
    below = {"gdp": _("GDP"), "population": _("population")}.get(row.below) or label(SCHEME_MEASURES, row.below)
    return join_beside(
        [
            _("{figure} {value} ({year})", figure=what, value=value, year=year)
            for what, value, year in (
                (label(SCHEME_MEASURES, row.above), _plain(row.above, row.above_value), row.above_year),
                (below, _plain(row.below, row.below_value), row.below_year),
            )
        ]
    )


def _plain(item: str, value: float) -> str:
    """A figure of a ratio without its currency: money in the size that fits it, persons as they are."""
    if item not in (*MONEY, "gdp"):
        return format_number(value, 0)
    if abs(value) >= 1:
        return _("{number} billion", number=amount_number(value))
    return _("{number} million", number=amount_number(value * 1e3))


def money_table(lines: pd.DataFrame, spending: pd.DataFrame, currency: str = "") -> ReportTable:
    """Income by source, expenditure, debts and reserves of each scheme, line by line.

    Parameters
    ----------
    lines : result of ``schemes.money_lines``
    spending : result of ``schemes.scheme_spending``, for the names of all schemes
    currency : code of the national currency
    """
    rows, names = list(lines.itertuples()), _names(lines, spending)
    shown = lines.assign(
        account=[covered_names(row.covers, names) for row in rows],
        figure=[join_listed([label(SCHEME_MEASURES, row.item), detail_words(row.detail)]) for row in rows],
        billions=[money_words(row.amount, row.unit, currency) for row in rows],
        share_of_gdp=[_(NOT_AVAILABLE) if pd.isna(row.share) else small_share(row.share) for row in rows],
        remark=[join_clauses([detail_words(row.note), reason_words(row.reason)]) for row in rows],
    )
    views = {
        "account": View(_("Scheme"), detail="group_words"),
        "figure": View(_("Figure")),
        "kind": View(_("Kind"), write_code(KINDS)),
        "year": View(_("Year"), write_year, numeric=True),
        "billions": View(_("Amount"), numeric=True),
        "share_of_gdp": View(_("Of GDP of the year"), write_text, "quality", True),
        "remark": View(_("Remark"), long=True),
    }
    shown = shown.assign(group_words=[label(GROUPS, code) for code in shown["group"]])
    title = _("Income by source, expenditure, what is owed, and reserves: a budget is no outturn, a stock no flow")
    return ReportTable(lines, title, views, shown)


def groups_table(both: pd.DataFrame) -> ReportTable:
    """Spending by type of scheme and by who pays: of one year each, lower bounds; accounts of several schemes are in no sum.

    Parameters
    ----------
    both : result of ``schemes.spending_by_group``
    """
    words = SCHEME_TYPES | FINANCING_NAMES
    rows = list(both.itertuples())
    shown = both.assign(
        group_words=[
            account_name(row.names) if row.by == "account" else capital(label(words, row.group)) for row in rows
        ],
        share_of_gdp=[_(NOT_AVAILABLE) if pd.isna(row.share) else small_share(row.share) for row in rows],
        counted=["" if row.by == "account" else _("{n} of {all}", n=row.schemes, all=row.of) for row in rows],
        which=[reason_words(row.reason) or short_names(row.names) for row in rows],
    )
    views = {
        "group_words": View(_("Schemes")),
        "kind": View(_("Kind"), write_code(KINDS)),
        "year": View(_("Year"), write_year, numeric=True),
        "share_of_gdp": View(_("Of GDP of the year"), write_text, "quality", True),
        "counted": View(_("Schemes known")),
        "which": View(_("What is added")),
    }
    found = shown if both["share"].notna().any() else shown.iloc[:0]
    return ReportTable(
        both, _("Spending by type and by who pays: lower bounds, of one year each, not to be added up"), views, found
    )


def yardsticks_table(yardsticks: pd.DataFrame) -> ReportTable:
    """What benefits are worth against what people live on and earn.

    Parameters
    ----------
    yardsticks : result of ``schemes.benefit_yardsticks``
    """
    key = ["scheme", "short_name", "measure", "detail", "year", "recipient"]
    words = [_(NOT_AVAILABLE) if pd.isna(share) else small_share(share) for share in yardsticks["share"]]
    wide = yardsticks.assign(words=words).pivot_table(
        index=key, columns="yardstick", values="words", aggfunc="first", sort=False
    )
    shown = wide.reindex(columns=list(YARDSTICKS)).reset_index()
    shown = shown.assign(
        figure=[_benefit_words(row) for row in shown.itertuples()],
        year=shown["year"].astype("Int64"),
    ).sort_values(["short_name", "year"], kind="stable")
    views = {
        "short_name": View(_("Scheme"), write_name, detail="figure"),
        "year": View(_("Year"), write_year, numeric=True),
        **{code: View(label(YARDSTICK_NAMES, code), write_text, numeric=True) for code in YARDSTICKS},
    }
    title = _("Benefits against what people live on and earn, both of the same year or the next")
    return ReportTable(yardsticks, title, views, shown)


def _benefit_words(row) -> str:
    shared = row.recipient == "household" and "household" not in row.detail
    words = [label(SCHEME_MEASURES, row.measure), detail_words(row.detail), _("per household") if shared else ""]
    return join_listed(words)


def beside_table(beside: pd.DataFrame) -> ReportTable:
    """Aid, external debt, taxes and earnings beside a country's own money.

    Parameters
    ----------
    beside : result of ``schemes.money_beside``
    """
    rows = list(beside.itertuples())
    shown = beside.assign(
        figure=[
            join_listed([label(BESIDE_NAMES, row.what), label(PARTS, row.part) if row.part else ""]) for row in rows
        ],
        words=["" if pd.isna(row.value) or row.unit == "percent" else _amount(row) for row in rows],
        ratio=[_share_words(row) for row in rows],
        remark=[
            join_clauses(
                [
                    reason_words(row.reason),
                    "" if pd.isna(row.of_aid) else _("{share} of all aid", share=small_share(row.of_aid)),
                ]
            )
            for row in rows
        ],
    )
    views = {
        "figure": View(_("Figure")),
        "words": View(_("Amount"), numeric=True),
        "ratio": View(_("Ratio"), write_text, "quality", True),
        "year": View(_("Year"), write_year, numeric=True),
        "remark": View(_("Remark"), long=True),
    }
    return ReportTable(
        beside, _("Beside it: aid, external debt, where taxes come from, and what employees earn"), views, shown
    )


def _amount(row) -> str:
    billions = {"usd": 1e-9, "usd_million": 1e-3, "usd_billion": 1.0}.get(row.unit)
    if billions:
        return money_words(row.value * billions, "usd_billion")
    return _("{number} {unit}", number=format_number(row.value, 1), unit=label(UNITS, row.unit))


def _share_words(row) -> str:
    if pd.isna(row.share):
        return _(NOT_AVAILABLE)
    pattern = SHARE_OF.get(row.what, N_("{share} of GDP"))
    return _(pattern, share=small_share(row.share), ratio=format_number(row.share, 2))
