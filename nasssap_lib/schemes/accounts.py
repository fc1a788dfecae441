"""Accounts: what schemes take in, pay, hold and are owed, year by year, each figure in one unit and told from budgets and parts.

An account of several schemes is one of its own: it belongs to none of them alone, and is never shared out.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import join_notes, join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.schemes.inventory import standing_schemes

OUTGO = ("expenditure", "benefits", "administration", "staff_pay")
INCOME = ("income", "contributions", "investment_income", "state_transfer", "donor_income")
OWED = ("debt_state", "debt_employers")
STOCKS = ("assets", *OWED)
MONEY = (*OUTGO, *INCOME, "surplus", *STOCKS)
PEOPLE = ("contributors", "affiliates", "beneficiaries", "pensioners")
BUDGET = "_budget"
COLUMNS = [
    "scheme", "short_name", "type", "item", "kind", "detail", "branch", "covers", "year", "first_year", "value", "unit",
    "counted_in", "note", "quality", "source", "reason",
]  # fmt: skip
FISCAL_YEAR = re.compile(
    r"(?:\bFY ?|\bfiscal year )(\d{4})/\d{2}", re.I
)  # begins in one calendar year and ends in the next
NOT_OF_ONE_YEAR = re.compile(
    r"\d{4}\s*(?:-|–|to)\s*\d{4}|together|project total|cumulat|later total|period not stated|one payment|six months|half year"
    r"|\d{1,2} [A-Z][a-z]+ to \d{1,2} [A-Z][a-z]+",
    re.I,
)
NOT_TO_DRAW = re.compile(r"do not plot|printed error", re.I)
SCALE = {  # to billions
    f"{currency}{unit}": scale
    for currency in ("lcu", "usd")
    for unit, scale in {"": 1e-9, "_million": 1e-3, "_billion": 1.0}.items()
}
MONTHLY = {"lcu_per_month": 12e-9, "usd_per_month": 12e-9}

KEYS = ("scheme", "item", "detail", "branch", "covers", "kind", "unit")  # what tables of accounts are joined by


@once_a_pack
def scheme_accounts(pack: Pack) -> pd.DataFrame:
    """Figures of money and persons of each scheme up to the reference year, in one unit and with what they are of.

    Returns
    -------
    table, one row a figure : scheme (id), short_name, type, item (a code of ``MONEY`` or ``PEOPLE``), kind (outturn, budget, stock,
        count), detail, branch, covers (ids of the schemes that it is of, sorted, ";"), year, first_year (of a fiscal year of two
        calendar years, otherwise as year), value (billion a year of money, else a number), unit (lcu_billion, usd_billion, number),
        counted_in, note, quality, source, reason (why it is no figure of one year: then value is NaN)

    Notes
    -----
    An amount a month is a year's twelfth where its source states it as the pace at which the scheme pays: times twelve, estimated. With
    a detail, such as one month's name, it is a part of a year and is not multiplied; nor is a half year doubled. Where a source states
    income and surplus, expenditure is their difference; where it states benefits and administration, their sum: both estimated.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> accounts = scheme_accounts(read_pack("TZA")).query("scheme == 'nssf' and item == 'contributions' and kind == 'outturn'")
    >>> accounts[["year", "first_year", "value"]].values.tolist()[-1]
    [2023.0, 2022.0, 1660.0]
    """
    figures = pack.scheme_figures
    schemes = standing_schemes(pack).set_index("id")
    item = figures["measure"].str.removesuffix(BUDGET)
    wanted = item.isin([*MONEY, *PEOPLE]) & figures["scheme"].isin(schemes.index)
    figures = figures.assign(item=item)[wanted & (figures["year"] <= pack.settings.reference_year)]
    rows = accounts_of(figures).assign(
        short_name=lambda rows: rows["scheme"].map(schemes["short_name"]),
        type=lambda rows: rows["scheme"].map(schemes["type"]),
    )[COLUMNS]
    table = pd.concat([rows, derived_expenditure(rows)], ignore_index=True)[COLUMNS]
    table = table.astype(dict.fromkeys(KEYS, "str"))  # in an empty table too
    return table.sort_values(["scheme", "item", "year"], kind="stable", ignore_index=True)


def accounts_of(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures of schemes as accounts, without their names.

    Parameters
    ----------
    figures : columns of ``scheme_figures`` and item
    """
    money = figures["item"].isin(MONEY)
    kind = np.select(
        [figures["measure"].str.endswith(BUDGET), figures["item"].isin(STOCKS), ~money],
        ["budget", "stock", "count"],
        "outturn",
    )
    told = (figures["detail"] + " " + figures["note"]).str
    monthly = figures["unit"].isin(MONTHLY) & money
    scale = figures["unit"].map(SCALE).where(~monthly, figures["unit"].map(MONTHLY)).where(money, 1.0).astype(float)
    why = pd.Series("", figures.index, dtype=object)
    why[money & scale.isna()] = [reason("unit_is", unit=unit) for unit in figures["unit"][money & scale.isna()]]
    part = monthly & figures["detail"].ne("")
    several = (told.contains(NOT_OF_ONE_YEAR) | part) & money
    why[several] = [
        reason("not_of_one_year", detail=detail or note)
        for detail, note in zip(figures["detail"][several], figures["note"][several], strict=True)
    ]
    why[told.contains(NOT_TO_DRAW)] = "printing_error"
    sound = why == ""
    paced = monthly & sound
    why[paced] = "twelve_months"
    return figures.assign(
        kind=kind,
        covers=[_covered(*cells) for cells in zip(figures["scheme"], figures["covers"], strict=True)],
        first_year=_first_years(figures),
        value=(figures["value"] * scale).where(sound | paced),
        unit=np.select([~money, figures["unit"].str.startswith("usd")], ["number", "usd_billion"], "lcu_billion"),
        quality=[
            weakest([cell, *(["estimated"] if month else [])])
            for cell, month in zip(figures["quality"], paced, strict=True)
        ],
        reason=why,
    )


def _covered(scheme: str, covers: str) -> str:
    return ";".join(sorted(covers.split(";"))) if covers else scheme


def _first_years(figures: pd.DataFrame) -> pd.Series:
    """The calendar year in which each figure's year begins: its fiscal year's, where its note names one."""
    first = figures["note"].str.extract(FISCAL_YEAR, expand=False).astype(float)
    years = figures["year"].astype(float)
    return first.where(first.notna(), years).astype(int)


def is_whole(accounts: pd.DataFrame) -> pd.Series:
    """Whether each figure is all of its item: of no branch, class or part alone.

    Parameters
    ----------
    accounts : result of :func:`scheme_accounts`
    """
    return accounts["detail"].eq("") & (accounts["branch"].eq("") | accounts["item"].ne("benefits"))


def derived_expenditure(accounts: pd.DataFrame) -> pd.DataFrame:
    """Expenditure where a source states it in two parts: income less surplus, or else benefits and administration.

    Parameters
    ----------
    accounts : columns of :func:`scheme_accounts`

    Returns
    -------
    rows of expenditure, estimated, for schemes and years that have none as a whole
    """
    whole = accounts[is_whole(accounts) & accounts["value"].notna() & accounts["kind"].ne("budget")]
    key = ["scheme", "covers", "year", "unit"]
    has = pd.MultiIndex.from_frame(whole.loc[whole["item"] == "expenditure", key])
    found: list[pd.DataFrame] = []
    for first, sign, second, code in (
        ("income", -1, "surplus", "income_less_surplus"), ("benefits", 1, "administration", "benefits_and_administration"),
    ):  # fmt: skip
        pairs = _item(whole, first, key).merge(_item(whole, second, key), on=key, suffixes=("", "_other"))
        pairs = pairs[~pd.MultiIndex.from_frame(pairs[key]).isin(has)]
        has = has.append(pd.MultiIndex.from_frame(pairs[key]))
        both = list(zip(pairs["source"], pairs["source_other"], strict=True))
        found.append(
            pairs.assign(
                item="expenditure",
                value=pairs["value"] + sign * pairs["value_other"],
                quality=[
                    weakest([*cells, "estimated"])
                    for cells in zip(pairs["quality"], pairs["quality_other"], strict=True)
                ],
                source=[join_sources(*cells) for cells in both],
                note=[join_notes(list(cells)) for cells in zip(pairs["note"], pairs["note_other"], strict=True)],
                reason=[join_reasons(cell, reason(code)) for cell in pairs["reason"]],
            )[COLUMNS]
        )
    return pd.concat(found, ignore_index=True)


def _item(whole: pd.DataFrame, item: str, key: list[str]) -> pd.DataFrame:
    """One row a scheme and year of an item: of several sources the later one."""
    return whole[whole["item"] == item].drop_duplicates(key, keep="last")
